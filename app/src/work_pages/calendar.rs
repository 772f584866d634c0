//! The calendar of workdays: which years are known, and a file for a new one, looked at before it is taken.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use db::Fault;
use kernel::Refusal;
use rights::{Action, authorize, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Errors, Field, Head, Input, Tone, Weight, acts, button_named, empty, form, head, notice, sheet, steps, text,
        textarea,
    },
};
use web::{Fields, Problem, Rim, Section, SignedIn, Visit, problem};
use work::{
    calendar::bundled,
    commands::import_calendar::{ImportCalendar, Imported, import_calendar, preview},
    queries::{KnownYear, known_years},
};

/// What was typed: the file's text, where it comes from, and whether it is to be taken or only looked at.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    text: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    act: String,
}

#[derive(Default)]
struct Shown<'a> {
    typed: Typed,
    refusal: Option<&'a Refusal>,
    told: &'a [Imported],
}

/// `GET /work/calendar`: for everybody; the form only for whoever keeps the calendar.
pub(super) async fn show(State(rim): State<Rim>, visit: Visit) -> Result<Response, Problem> {
    page(&rim, &visit, &Shown::default()).await
}

/// `POST /work/calendar`: looks, or imports.
pub(super) async fn import(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let input = ImportCalendar { text: typed.text.clone(), source: typed.source.clone() };
    let answer = if typed.act == "import" {
        let take = move |tx: &mut db::Tx<'_>| {
            let site = super::root(tx)?;
            import_calendar(tx, &mut cx.clone(), &site, &input)
        };
        rim.db.write(take).await
    } else {
        let look = move |s: &mut db::Snapshot<'_>| {
            authorize(&cx.actor, Action::KeepCalendar, &super::root(s)?)?;
            preview(s, &input)
        };
        rim.db.read(look).await
    };
    match answer {
        Ok(_) if typed.act == "import" => Ok(Redirect::to("/work/calendar").into_response()),
        Ok(told) => page(&rim, &visit, &Shown { typed, refusal: None, told: &told }).await,
        Err(Fault::Refused(refusal)) if refusal.kind == kernel::Kind::Invalid => {
            let mut response = page(&rim, &visit, &Shown { typed, refusal: Some(&refusal), told: &[] }).await?;
            *response.status_mut() = problem::status_of(&refusal);
            Ok(response)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(rim: &Rim, visit: &Visit, state: &Shown<'_>) -> Result<Response, Problem> {
    let cx = rim.context_of(visit);
    let read = rim.db.read(move |s| {
        let keeps = super::root(s).is_ok_and(|site| may(&cx.actor, Action::KeepCalendar, &site));
        Ok::<_, Fault>((known_years(s)?, keeps))
    });
    let (years, keeps) = read.await?;
    let w = visit.words;
    let body = html! {
        (head(&Head { title: w.t("calendar-title"), lead: w.t("calendar-lead"), ..Head::default() }))
        (known(w, &years))
        @if keeps { (import_form(visit, state)) }
    };
    Ok(visit.page(Section::Other, w.t("calendar-title"), &body))
}

fn known(w: Words, years: &[KnownYear]) -> Markup {
    let own: Vec<Markup> = bundled()
        .iter()
        .filter(|year| years.iter().all(|known| known.year != i64::from(year.year)))
        .map(|year| html! { (w.t_with("calendar-of-the-program", &[("year", year.year.to_string().as_str().into())])) })
        .collect();
    let imported = years.iter().map(|year| {
        let (number, source) = (year.year.to_string(), year.source.as_str());
        html! { (w.t_with("calendar-imported-from", &[("year", number.as_str().into()), ("source", source.into())])) }
    });
    let list: Vec<Markup> = imported.chain(own).collect();
    html! {
        @if list.is_empty() { (empty(w.t("calendar-none"), "", None)) } @else { (sheet(w.t("calendar-known"), &html! { ul { @for line in &list { li { (line) } } } })) }
        (notice(w, Tone::Due, "", &html! { p { (w.t("calendar-provisional")) } }))
    }
}

fn import_form(visit: &Visit, state: &Shown<'_>) -> Markup {
    let w = visit.words;
    let errors = Errors::new(w, state.refusal.map_or(&[], |refusal| &refusal.fields));
    let labels = [("source", w.t("calendar-source")), ("text", w.t("calendar-file"))];
    let field = |name, label, hint, value| Field { name, label, hint, value, error: errors.of(name), required: true };
    let source = field("source", labels[0].1, w.t("calendar-source-hint"), &state.typed.source);
    let file = field("text", labels[1].1, w.t("calendar-file-hint"), &state.typed.text);
    let look = button_named(Weight::Plain, "act", "look", w.t("calendar-look"));
    let take = button_named(Weight::First, "act", "import", w.t("calendar-take"));
    let body = html! {
        (visit.csrf_field())
        (errors.summary(&labels))
        @if let Some(refusal) = state.refusal.filter(|r| r.fields.is_empty()) {
            (notice(w, Tone::NeedsYou, "", &html! { p { (Errors::refusal(w, refusal).unwrap_or_default()) } }))
        }
        (text(w, &source, Input::Line, Some(200)))
        (textarea(w, &file, 8, None))
        @if !state.told.is_empty() { (steps(&state.told.iter().map(|year| told(w, year)).collect::<Vec<_>>())) }
        (acts(&if state.told.is_empty() { vec![look] } else { vec![take, look] }))
    };
    sheet(w.t("calendar-add"), &form("/work/calendar", &[], &body))
}

fn told(w: Words, year: &Imported) -> Markup {
    let number = year.year.to_string();
    let args = [
        ("year", number.as_str().into()),
        ("holidays", year.holidays.into()),
        ("workdays", year.workdays.into()),
        ("changed", year.changed.into()),
    ];
    html! { (w.t_with("calendar-would", &args)) }
}

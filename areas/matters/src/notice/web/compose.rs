//! Writing a notice.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use db::{DbError, Fault};
use kernel::{Day, FieldError, Kind as No, PlaceId, Refusal};
use places::Place;
use rights::{Action, reach};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Errors, Field, Head, Input, Weight, acts, breadcrumb, button, button_named, form, head, select, text,
        textarea,
    },
};
use web::{Fields, Problem, Rim, Section, SignedIn, Visit, optional_id};

use crate::{
    notice::{
        draft::{DraftNotice, draft},
        kinds,
        post::post_now,
    },
    page,
};

/// For which place.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    place: String,
}

/// What the form sends.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    place: String,
    kind: String,
    title: String,
    body: String,
    days: String,
    once: String,
    /// `post`, or else the draft is kept.
    then: String,
}

/// `GET /notices/new`: the place of the address, else the one where the reader posts.
pub(crate) async fn fresh(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let own = visit.actor.principal().and_then(|me| reach(me, Action::PostNotice).into_iter().next());
    let place = optional_id::<kernel::PlaceNoun>(Some(&which.place)).or(own);
    let once = rim.once();
    let typed = Typed { place: place.map(|p| p.to_string()).unwrap_or_default(), once, ..Typed::default() };
    let place = place_of(&rim, &typed).await?;
    let body = page_of(&visit, place.as_ref(), &typed, None, &page::today(&rim));
    Ok(visit.page(Section::Notices, visit.words.t("notice-new"), &body))
}

async fn place_of(rim: &Rim, typed: &Typed) -> Result<Option<Place>, Problem> {
    let Some(id) = optional_id::<kernel::PlaceNoun>(Some(&typed.place)) else { return Ok(None) };
    let id: PlaceId = id;
    Ok(rim.db.read(move |s| places::queries::show(s, &id).map_err(|e: DbError| e)).await?)
}

/// `POST /notices`: to the notice, or the page again with what was typed.
pub(crate) async fn send(
    State(rim): State<Rim>,
    visit: Visit,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let posts = typed.then == "post";
    let refusal = match input(&typed) {
        Err(refusal) => refusal,
        Ok(input) => {
            let made = page::act(
                &rim,
                &visit,
                move |tx, cx| {
                    if posts { post_now(tx, cx, &input) } else { draft(tx, cx, &input) }
                },
            );
            let verb = if posts { "?done=post" } else { "" };
            match made.await {
                Ok(notice) => return Ok(Redirect::to(&format!("/notices/{}{verb}", notice.id)).into_response()),
                Err(Fault::Refused(refusal)) if refusal.kind != No::NotFound => refusal,
                Err(fault) => return Err(fault.into()),
            }
        }
    };
    let place = place_of(&rim, &typed).await?;
    let body = page_of(&visit, place.as_ref(), &typed, Some(&refusal), &page::today(&rim));
    Ok(page::again(&visit, Section::Notices, visit.words.t("notice-new"), &body, &refusal))
}

fn input(typed: &Typed) -> Result<DraftNotice, Refusal> {
    let days = match typed.days.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Refusal::invalid(vec![FieldError::new("days", "not-a-number")]))?),
    };
    let Typed { place, kind, title, body, once, .. } = typed.clone();
    Ok(DraftNotice { place, kind, title, body, days, once, ..DraftNotice::default() })
}

fn page_of(visit: &Visit, place: Option<&Place>, typed: &Typed, refusal: Option<&Refusal>, today: &Day) -> Markup {
    const NONE: &[FieldError] = &[];
    let w = visit.words;
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let labels = [
        ("kind", w.t("notice-field-kind")),
        ("title", w.t("notice-field-title")),
        ("body", w.t("notice-field-body")),
        ("days", w.t("notice-field-days")),
    ];
    let field = |at: usize, hint: &'static str, value, required| {
        let (name, label) = labels[at];
        let hint = if hint.is_empty() { "" } else { w.t(hint) };
        Field { name, label, hint, value, error: errors.of(name), required }
    };
    let labelled: Vec<(&str, String)> = kinds::words_on(today).map(|word| (word, label(w, word, today))).collect();
    let choices: Vec<Choice<'_>> = labelled.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let body = html! {
        (visit.csrf_field())
        (errors.summary(&labels))
        (page::told(w, refusal))
        (select(w, &field(0, "notice-field-kind-hint", &typed.kind, true), &choices))
        (text(w, &field(1, "", &typed.title, true), Input::Line, Some(120)))
        (textarea(w, &field(2, "notice-field-body-hint", &typed.body, true), 12, Some(8_000)))
        (text(w, &field(3, "notice-field-days-hint", &typed.days, false), Input::Number, Some(3)))
        (acts(&[
            button_named(Weight::First, "then", "post", w.t("notice-post")),
            button(Weight::Plain, w.t("notice-keep-draft")),
        ]))
    };
    html! {
        (breadcrumb(w, &[("/notices", w.t("notices-title"))], w.t("notice-new")))
        (head(&Head {
            kicker: &place.iter().map(|place| html! { (place.shown) }).collect::<Vec<_>>(),
            title: w.t("notice-new"),
            lead: w.t("notice-new-lead"),
            ..Head::default()
        }))
        (form("/notices", &[("place", &typed.place), ("once", &typed.once)], &body))
    }
}

/// A kind with the least number of its days.
fn label(w: Words, word: &str, today: &Day) -> String {
    let name = w.t(&format!("notice-kind-{word}"));
    let least = kinds::kind_on(word, today).map_or(0, |kind| kind.min_days);
    format!("{name} · {}", w.n("notice-least", least))
}

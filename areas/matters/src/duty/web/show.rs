//! One duty: who owes it, how its day was counted, what became of it, what can be done.

use axum::{extract::State as Shared, response::Response};
use db::Fault;
use kernel::{Actor, Day, FieldError, Instant, PlaceId, Refusal, Role, Site};
use rights::{Action, may};
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Errors, Event, Field, Head, Input, Stage as When, Tone, Weight, acts, apart, breadcrumb, button, cols,
        fold, form, head, notice, pairs, section, select, sheet, text, textarea, thread,
    },
};
use web::{PathId, Problem, Rim, Section, SignedIn, Visit};
use work::{
    calendar::{Calendar, add_days},
    clock::Rule,
};

use super::acts::{Again, Which};
use crate::{
    duty::{
        DutyId, Holder, State,
        queries::{self, Named},
        store::DutyStep,
    },
    shown::{self, date, prose, said},
};

/// Days of one period that a page lists at most.
const MAX_DAYS: i32 = 400;

struct Facts {
    named: Named,
    steps: Vec<DutyStep>,
    /// Days on the way that were not counted.
    skipped: Vec<Day>,
    /// Who else could take it over, as (value, name).
    others: Vec<(String, String)>,
    site: Site,
    now: Instant,
    offset_minutes: i32,
}

/// `GET /duties/{duty}`: at most ten statements.
pub(super) async fn show(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<DutyId>,
) -> Result<Response, Problem> {
    page(&rim, &visit, &id, None).await
}

/// Days off between the start and the due day, of rules that count workdays.
fn skipped(calendar: &Calendar, named: &Named) -> Vec<Day> {
    let duty = &named.duty;
    let (Rule::WithinWorkdays(_), Some(due)) = (&duty.rule, &duty.deadline) else { return Vec::new() };
    let days = (1..=MAX_DAYS).map(|n| add_days(&duty.start_day, n));
    days.take_while(|day| *day <= due.day).filter(|day| !calendar.is_workday(day).0).collect()
}

/// Posts that could take a duty at a place: workers, secretaries and officers there or above. One statement.
pub(super) fn takers(
    s: &mut db::Snapshot<'_>,
    place: &PlaceId,
    day: &Day,
) -> Result<Vec<(String, Role, Option<String>)>, Fault> {
    let takers = crate::duty::store::takers(s, place, day)?;
    let named = takers.into_iter().filter_map(|(post, role, name)| {
        let role = role.parse().ok()?;
        Some((Holder::Post(post).to_string(), role, Some(name)))
    });
    Ok(named.collect())
}

async fn facts(rim: &Rim, visit: &Visit, id: &DutyId) -> Result<Facts, Problem> {
    let (cx, id, offset_minutes) = (rim.context_of(visit), id.clone(), rim.settings.offset_minutes);
    let w = visit.words;
    let read = rim.db.read(move |s| {
        let named = queries::shown(s, &cx, &id)?;
        let steps = queries::steps(s, &id)?;
        let skipped = skipped(&work::queries::calendar(s)?, &named);
        let site = named.duty.site()?;
        let label = |role: Role, name: Option<String>| {
            format!("{} {}", shown::role(w, role.as_str()), name.unwrap_or_default())
        };
        let others = takers(s, &named.duty.place, &cx.day)?;
        let others = others.into_iter().map(|(value, role, name)| (value, label(role, name))).collect();
        Ok::<_, Fault>(Facts { named, steps, skipped, others, site, now: cx.now, offset_minutes })
    });
    Ok(read.await?)
}

/// The page, with a form that was refused if there is one.
pub(super) async fn page(rim: &Rim, visit: &Visit, id: &DutyId, again: Option<&Again>) -> Result<Response, Problem> {
    let f = facts(rim, visit, id).await?;
    let w = visit.words;
    let duty = &f.named.duty;
    let first = html! {
        (shown::told(w, again.map(|a| &a.refusal)))
        (counted(w, &f))
        (section(w.t("thread-title"), &events(w, &f)))
    };
    let aside = html! { @if duty.state.is_open() { (forms(visit, &f, again)) } };
    let kicker = [
        html! { (shown::holder(w, &f.named)) },
        html! { (f.named.place) },
        shown::due_or_state(w, duty, f.now, f.offset_minutes),
    ];
    let body = html! {
        (breadcrumb(w, &[("/due", w.t("due-title"))], &duty.title))
        (head(&Head { kicker: &kicker, title: &duty.title, ..Head::default() }))
        @if duty.deadline.as_ref().is_some_and(|d| d.provisional) {
            (notice(w, Tone::Due, "", &html! { p { (w.t("duty-provisional")) } }))
        }
        (cols(&first, &aside))
    };
    let response = visit.page(Section::Due, &duty.title, &body);
    Ok(shown::refused(response, again.map(|a| &a.refusal)))
}

fn counted(w: Words, f: &Facts) -> Markup {
    let duty = &f.named.duty;
    let mut list = vec![
        (w.t("duty-rule"), html! { (shown::rule(w, &duty.rule)) }),
        (w.t("duty-start"), html! { (date(w, &duty.start_day)) }),
    ];
    if let Some(due) = &duty.deadline {
        list.push((w.t("duty-due"), html! { (date(w, &due.day)) }));
    }
    if duty.n_wanted > 1 {
        list.push((w.t("duty-done"), html! { (duty.n_done) " / " (duty.n_wanted) }));
    }
    if let Some(matter) = &duty.matter {
        list.push((w.t("duty-matter"), html! { a href={ "/matters/" (matter) } { (w.t("btn-details")) } }));
    }
    if !duty.page.is_empty() {
        list.push((w.t("duty-where"), html! { a href=(duty.page) { (w.t("btn-details")) } }));
    }
    if !duty.evidence.is_empty() {
        list.push((w.t("duty-evidence"), html! { (duty.evidence.join(" ")) }));
    }
    let days: Vec<String> = f.skipped.iter().map(|day| ui::Civil::from(day).short(w.locale())).collect();
    sheet(
        w.t("duty-how-counted"),
        &html! {
            (pairs(&list))
            @if !days.is_empty() { (fold(w.n("duty-skipped", days.len()).as_str(), &html! { p { (days.join(" · ")) } })) }
            p.small.soft { (w.t("duty-counted-why")) }
        },
    )
}

fn events(w: Words, f: &Facts) -> Markup {
    let whens: Vec<String> = f.steps.iter().map(|s| ui::Civil::from(&s.day).short(w.locale())).collect();
    let list: Vec<Event<'_>> = f
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| Event {
            stage: When::Past,
            when: &whens[at],
            datetime: step.day.as_str(),
            title: said(w, "duty-step", &step.kind),
            href: None,
            body: prose(&step.words),
        })
        .collect();
    thread(w, &list)
}

fn forms(visit: &Visit, f: &Facts, again: Option<&Again>) -> Markup {
    const NONE: &[FieldError] = &[];
    let w = visit.words;
    let duty = &f.named.duty;
    let of = |which: Which| match again {
        Some(again) if again.which == which => (again.typed.words.as_str(), again.refusal.fields.as_slice()),
        _ => ("", NONE),
    };
    let put = |act: &str, body: &Markup, (weight, label): (Weight, &str)| {
        let body = html! { (visit.csrf_field()) (body) (acts(&[button(weight, w.t(label))])) };
        apart(act, &form(&format!("/duties/{}/{act}", duty.id), &[], &body))
    };
    // whether words are asked for and how many, as the command behind each form has it
    let words = |label: &'static str, which: Which| {
        let (value, list) = of(which);
        let (error, required) = (Errors::new(w, list).of("words"), which != Which::HandOver);
        let most = if which == Which::Meet { 1_000 } else { 500 };
        textarea(
            w,
            &Field { name: "words", label: w.t(label), value, error, required, ..Field::default() },
            3,
            Some(most),
        )
    };
    let works = may(&visit.actor, Action::GiveDuty, &f.site);
    let spans = [("workdays:3", "duty-span-3"), ("workdays:5", "duty-span-5"), ("workdays:10", "duty-span-10")];
    let spans = spans.map(|(value, label)| Choice { value, label: w.t(label), ..Choice::default() });
    let span = Field { name: "span", label: w.t("duty-span"), required: true, ..Field::default() };
    let more = html! { (select(w, &span, &spans)) (words("duty-extend-words", Which::Extend)) };
    let others: Vec<Choice<'_>> =
        f.others.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect();
    let error = Errors::new(w, of(Which::HandOver).1).of("to");
    let to = Field { name: "to", label: w.t("duty-hand-to"), error, required: true, ..Field::default() };
    let over = html! { (select(w, &to, &others)) (words("duty-hand-words", Which::HandOver)) };
    html! {
        @if let (true, Some(matter)) = (duty.by_answer, &duty.matter) {
            (sheet(w.t("duty-meet"), &html! { p { a href={ "/matters/" (matter) } { (w.t("duty-by-answer")) } } }))
        } @else if duty.by_answer && !duty.page.is_empty() {
            (sheet(w.t("duty-meet"), &html! { p { a href=(duty.page) { (w.t("duty-by-answer-there")) } } }))
        } @else {
            (sheet(w.t("duty-meet"), &put("meet", &words("duty-meet-words", Which::Meet), (Weight::First, "duty-meet-send"))))
        }
        (fold(w.t("duty-hand"), &put("hand-over", &over, (Weight::Plain, "duty-hand"))))
        @if works {
            @if duty.state == State::Open {
                (fold(w.t("duty-extend"), &put("extend", &more, (Weight::Plain, "duty-extend"))))
                (fold(w.t("duty-pause"), &put("pause", &words("duty-reason", Which::Pause), (Weight::Plain, "duty-pause"))))
            } @else { (put("resume", &html! {}, (Weight::Plain, "duty-resume"))) }
            (fold(w.t("duty-cancel"), &put("cancel", &words("duty-reason", Which::Cancel), (Weight::Plain, "duty-cancel"))))
        }
    }
}

/// A field for a post by role and place, shared with the form that gives duties.
pub(super) fn taker_field(w: Words, name: &str, others: &[(String, String)], error: Option<String>) -> Markup {
    let choices: Vec<Choice<'_>> =
        others.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect();
    select(w, &Field { name, label: w.t("duty-hand-to"), error, required: true, ..Field::default() }, &choices)
}

/// Whether somebody may give duties at a place.
pub(super) fn may_give(actor: &Actor, site: &Site) -> Result<(), Refusal> {
    rights::authorize(actor, Action::GiveDuty, site).map(|_| ())
}

/// A line of a form.
pub(super) fn line(w: Words, name: &str, label: &str, (value, error): (&str, Option<String>)) -> Markup {
    text(w, &Field { name, label, value, error, required: true, ..Field::default() }, Input::Line, Some(80))
}

//! What came of the check-ins: what waits for an officer first, with the forms to decide it; then all of them.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{PersonId, Refusal, local_time};
use programmes::page::{act, errors, form as page_form, press, shown, to};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Civil, Markup, Words, html,
    parts::{
        Field, Head, Input, Tone, Weight, acts, apart, button_named, empty, fold, head, pager, section, tag, text, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use crate::{
    ActivityId,
    checkin::{
        Check, CheckId, Doubt, State as Standing,
        decide::{self, Decide},
        leave as leaving,
        queries::{self, PAGE, Tally},
    },
    feedback,
    page::{self, One},
};

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    before: String,
}

struct Facts {
    one: One,
    tally: Tally,
    open: Vec<Check>,
    rows: Vec<Check>,
    words: Vec<(u32, String)>,
    before: bool,
}

async fn facts(rim: &Rim, visit: &Visit, id: &ActivityId, which: &Which) -> Result<Facts, Problem> {
    let one = page::one(rim, visit, id).await?.inside()?;
    let before: Option<CheckId> = optional_id(Some(&which.before));
    let of = id.clone();
    let is_later = before.is_some();
    let read = rim.db.read(move |s| {
        let tally = queries::tally(s, &of)?;
        let open = if is_later { Vec::new() } else { queries::list(s, &of, true, None)? };
        let words = if is_later { Vec::new() } else { feedback::queries::words(s, &of)? };
        Ok::<_, Fault>((tally, open, queries::list(s, &of, false, before.as_ref())?, words))
    });
    let (tally, open, rows, words) = read.await?;
    Ok(Facts { one, tally, open, rows, words, before: is_later })
}

/// `GET /activities/{activity}/checks`.
pub(super) async fn list(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id, &which).await?;
    checks_page(&visit, &facts, None)
}

/// A form that was refused: of which check-in, what was typed, why.
type Refused<'a> = Option<(&'a CheckId, &'a Decide, &'a Refusal)>;

fn checks_page(visit: &Visit, facts: &Facts, refused: Refused<'_>) -> Result<Response, Problem> {
    let (w, one) = (visit.words, &facts.one);
    let base = format!("{}/checks", one.here());
    let full = i64::try_from(facts.rows.len()).is_ok_and(|n| n >= PAGE);
    let next = facts.rows.last().filter(|_| full).map(|last| format!("{base}?before={}", last.id));
    let summary = w.t_with(
        "checks-summary",
        &[
            ("counted", facts.tally.counted.into()),
            ("open", facts.tally.open.into()),
            ("out", facts.tally.left_out.into()),
        ],
    );
    let mut open = Vec::new();
    for check in &facts.open {
        open.push(entry(visit, one, ("o", check), refused)?);
    }
    let mut rows = Vec::new();
    for check in facts.rows.iter().filter(|check| check.state != Standing::Open) {
        rows.push(entry(visit, one, ("c", check), refused)?);
    }
    let body = html! {
        (one.way(w, w.t("checks-title")))
        (head(&Head { title: w.t("checks-title"), lead: w.t("checks-lead"), ..Head::default() }))
        p { (summary) }
        @if !open.is_empty() {
            (section(w.t("checks-open"), &html! {
                p.soft { (w.t("checks-open-lead")) }
                @for row in &open { (row) }
            }))
        }
        (section(w.t("checks-all"), &html! {
            @if rows.is_empty() { (empty(w.t(if facts.before { "list-end" } else { "checks-none" }), "", None)) }
            @for row in &rows { (row) }
            (pager(w, facts.before.then_some(base.as_str()), next.as_deref()))
        }))
        @if !facts.words.is_empty() {
            (section(w.t("feedback-said"), &html! {
                ul { @for (grade, words) in &facts.words {
                    li { (w.t(&format!("feedback-grade-{grade}"))) " — " (words) }
                } }
            }))
        }
    };
    Ok(page::page(visit, w.t("checks-title"), &body, refused.map(|(.., refusal)| refusal)))
}

/// Whether somebody may count it: an officer who neither recorded it nor came.
fn may_count(visit: &Visit, one: &One, check: &Check) -> Result<bool, Problem> {
    let site = one.place.site().map_err(Fault::from)?;
    let came: Vec<PersonId> = check.person.iter().cloned().collect();
    let case = one.activity.resource(&site).made_by(check.recorded_by.as_ref()).in_conflict(&came);
    Ok(may(&visit.actor, Action::Approve, case))
}

fn entry(visit: &Visit, one: &One, (scope, check): (&str, &Check), refused: Refused<'_>) -> Result<Markup, Problem> {
    let w = visit.words;
    let (here, again) = (format!("{}/checks/{}", one.here(), check.id), refused.filter(|(id, ..)| **id == check.id));
    // at one that was cancelled nothing is decided any more
    let held = one.activity.cancelled_at.is_none();
    let count = held && check.state != Standing::Counted && may_count(visit, one, check)?;
    let tone = if check.state == Standing::Counted { Tone::Ok } else { Tone::Due };
    let day = kernel::local_day(check.came_at, one.offset);
    let form = form(visit, (&here, check), count, again);
    let form = apart(&format!("{scope}{}", check.id.as_str().replace(|c: char| !c.is_ascii_alphanumeric(), "")), &form);
    Ok(html! {
        article.sheet.stack {
            p.meta {
                span { strong { @if check.name.is_empty() { (w.t("check-nameless")) } @else { (check.name) } } }
                span {
                    @if day != one.activity.day { (Civil::from(&day).short(w.locale())) " " }
                    (local_time(check.came_at, one.offset))
                    @if let Some(left) = check.left_at { "–" (local_time(left, one.offset)) }
                }
                span { (w.t(&format!("attendance-way-{}", check.way.as_str()))) }
                (tag(tone, w.t(&format!("check-state-{}", check.state.as_str()))))
            }
            @if !check.doubts.is_empty() {
                ul { @for doubt in &check.doubts { li { (doubted(w, check, *doubt)) } } }
            } @else if check.skew != 0 { p.small.soft { (skew(w, check.skew)) } }
            @if !check.reason.is_empty() { p { (w.t("check-reason")) " " (check.reason) } }
            @if one.activity.hours && check.left_at.is_none() && check.state == Standing::Counted {
                (press(visit, &format!("{here}/leave"), &[], Weight::Quiet, w.t("check-leave")))
            }
            @if again.is_some() || check.state == Standing::Open { (form) }
            @else if count || check.state == Standing::Counted { (fold(w.t("check-change"), &form)) }
        }
    })
}

fn doubted(w: Words, check: &Check, doubt: Doubt) -> Markup {
    let said = w.t(&format!("check-doubt-{}", doubt.as_str()));
    html! {
        (said)
        @if doubt == Doubt::Clock { " " (skew(w, check.skew)) }
        @if let (Doubt::Elsewhere, Some(other)) = (doubt, &check.other) {
            " " a href={ "/activities/" (other) } { (w.t("check-other")) }
        }
    }
}

/// By how much the device's clock is off, in whole minutes and hours, rounded down.
fn skew(w: Words, seconds: i64) -> String {
    let (off, key) = (seconds.unsigned_abs(), if seconds > 0 { "check-skew-ahead" } else { "check-skew-behind" });
    let hours = i64::try_from(off / 3_600).unwrap_or(i64::MAX);
    let minutes = i64::try_from(off / 60 % 60).unwrap_or(0);
    w.t_with(key, &[("hours", hours.into()), ("minutes", minutes.into())])
}

fn form(
    visit: &Visit,
    (here, check): (&str, &Check),
    count: bool,
    again: Option<(&CheckId, &Decide, &Refusal)>,
) -> Markup {
    let w = visit.words;
    let refusal = again.map(|(.., refusal)| refusal);
    let reason = Field {
        name: "reason",
        label: w.t("check-field-reason"),
        hint: w.t("check-field-reason-hint"),
        value: again.map_or("", |(_, typed, _)| &typed.reason),
        error: errors(w, refusal).of("reason"),
        required: true,
    };
    let out = check.state != Standing::LeftOut;
    page_form(
        visit,
        &format!("{here}/decide"),
        &[],
        &html! {
            (told(w, refusal))
            (text(w, &reason, Input::Line, Some(200)))
            (acts(&[
                html! { @if count { (button_named(Weight::Plain, "verdict", "count", w.t("check-count"))) } },
                html! { @if out { (button_named(Weight::Plain, "verdict", "leave-out", w.t("check-leave-out"))) } },
            ]))
            @if !count && check.state == Standing::Open { p.small.soft { (w.t("check-not-yours")) } }
        },
    )
}

/// `POST /activities/{activity}/checks/{check}/decide`.
pub(super) async fn decide(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, of)): PathId<(ActivityId, CheckId)>,
    Fields(input): Fields<Decide>,
) -> Result<Response, Problem> {
    let (ids, typed) = ((id.clone(), of.clone()), input.clone());
    match shown(act(&rim, &visit, move |tx, cx| decide::decide(tx, cx, (&ids.0, &ids.1), &input)).await)? {
        Ok(_) => Ok(to(&format!("/activities/{id}/checks"))),
        Err(refusal) => {
            let facts = facts(&rim, &visit, &id, &Which::default()).await?;
            checks_page(&visit, &facts, Some((&of, &typed, &refusal)))
        }
    }
}

/// `POST /activities/{activity}/checks/{check}/leave`.
pub(super) async fn leave(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, of)): PathId<(ActivityId, CheckId)>,
    Fields(_): Fields<Which>,
) -> Result<Response, Problem> {
    let ids = (id.clone(), of);
    act(&rim, &visit, move |tx, cx| leaving::leave(tx, cx, &ids.0, &ids.1)).await?;
    Ok(to(&format!("/activities/{id}/checks")))
}

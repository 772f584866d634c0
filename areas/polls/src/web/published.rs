//! The ballots of a published poll by their numbers, so that whoever has a number finds theirs.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use ballots::BallotId;
use db::{DbError, Fault};
use kernel::{FieldError, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Column, Field, Input, Table, Weight, acts, button, empty, pager, sheet, table, text},
};
use web::{PathId, Problem, Rim, Visit, page::errors, page::to};

use super::{
    One, answer,
    ballot::said,
    result::{top, weight},
};
use crate::{PollId, PollKind, State, Weighed, queries};

/// Characters of a number as somebody types it.
const NUMBER: u32 = 60;

/// What is looked for, and where the page begins.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    number: String,
    after: String,
}

type Ballot = (BallotId, Weighed);

/// `GET /polls/{poll}/ballots`: the way to one's own ballot by its number, and all of a published poll in the order of their
/// numbers, which is that of chance. Whose they are stands nowhere. Of a survey the numbers alone are public. Three
/// statements.
pub(crate) async fn list(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<PollId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let typed: String = which.number.chars().filter(|c| !c.is_whitespace()).take(NUMBER as usize).collect();
    if let Ok(ballot) = typed.to_ascii_lowercase().parse::<BallotId>() {
        return Ok(to(&format!("/polls/{id}/receipt/{ballot}")));
    }
    let wrong = (!typed.is_empty()).then(|| Refusal::invalid(vec![FieldError::new("number", "not-a-ballot-number")]));
    let (actor, after) = (visit.actor.clone(), which.after.clone());
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let told = one.poll.state == State::Published && one.poll.kind != PollKind::Survey;
        let page =
            if told { ballots::store::page(s, id.home(), id.as_str(), &after, queries::PAGE)? } else { Vec::new() };
        let read = |ballot: ballots::Ballot| {
            let weighed = Weighed::parse(one.poll.kind, &ballot.says);
            Ok((ballot.id, weighed.ok_or_else(|| DbError::Data(format!("ballot of {id}")))?))
        };
        let page: Vec<Ballot> = page.into_iter().map(read).collect::<Result<_, DbError>>()?;
        Ok::<_, Fault>((one, page))
    });
    let (one, page) = read.await?;
    let body = body(&visit, &one, (&page, &which), wrong.as_ref());
    Ok(answer(&visit, visit.words.t("poll-ballots-title"), &body, wrong.as_ref()))
}

fn body(visit: &Visit, one: &One, (page, which): (&[Ballot], &Which), wrong: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let here = format!("{}/ballots", one.here());
    let field = Field {
        name: "number",
        label: w.t("vote-receipt-number"),
        hint: w.t("poll-ballots-number-hint"),
        value: &which.number,
        error: errors(w, wrong).of("number"),
        required: true,
    };
    let full = i64::try_from(page.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = page.last().filter(|_| full).map(|(last, _)| format!("{here}?after={last}"));
    html! {
        (top(one, w, (w.t("poll-ballots-title"), w.t("poll-ballots-lead"))))
        div.stack {
            (sheet(w.t("poll-ballots-find"), &html! {
                form.form method="get" action=(here) {
                    (text(w, &field, Input::Line, Some(NUMBER)))
                    (acts(&[button(Weight::Plain, w.t("poll-ballots-look"))]))
                }
            }))
            @if one.poll.state != State::Published { p.soft { (w.t("poll-ballots-not-yet")) } }
            @else if one.poll.kind == PollKind::Survey { p.soft { (w.t("poll-receipt-commitment")) } }
            @else if page.is_empty() { (empty(w.t("poll-ballots-none"), "", None)) }
            @else { (listed(w, one, page)) }
            (pager(w, None, next.as_deref()))
        }
    }
}

fn listed(w: Words, one: &One, page: &[Ballot]) -> Markup {
    let columns = ["vote-receipt-number", "poll-ballot-says"].map(|key| Column::text(w.t(key)));
    let row = |(id, ballot): &Ballot| -> Vec<Markup> {
        let number = html! { a href={ (one.here()) "/receipt/" (id) } { span.num translate="no" { (id) } } };
        let says = html! {
            (said(w, &one.poll, &ballot.choice))
            @if one.poll.is_weighted() { p.small.soft { (weight(w, ballot.weight)) } }
        };
        vec![number, says]
    };
    let rows: Vec<Vec<Markup>> = page.iter().map(row).collect();
    table(w, &Table { id: "ballots", caption: w.t("poll-ballots-title"), columns: &columns, rows: &rows })
}

//! An owner votes online, where the rules of the place admit it; elsewhere the page says where one votes.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use ui::{
    Markup, html,
    parts::{
        CheckList, Choice, Head, Tone, Weight, acts, apart, button, checks, empty, flash, head, link_button, notice,
        prose, sheet, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::super::{
    Door,
    online::{self, CastOnline},
};
use crate::{
    page::{self, Typed, field, typed},
    round::{Later, RoundId, State as Standing, web::One},
};

struct Facts {
    one: One,
    doors: Vec<Door>,
    online: bool,
}

async fn facts(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<Facts, Problem> {
    let (id, actor, cx) = (id.clone(), visit.actor.clone(), rim.context_of(visit));
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let me = cx.author().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
        let doors = online::doors_of(s, &one.round, me)?;
        let online = one.round.channels(&cx.day)?.contains(&consent::Channel::Online);
        Ok::<_, Fault>(Facts { one, doors, online })
    });
    Ok(read.await?)
}

/// `GET /rounds/{round}/vote`.
pub(super) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    Ok(shown(&visit, &facts, (&Typed::new(), None), None))
}

fn shown(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>), done: Option<&Door>) -> Response {
    let (w, one) = (visit.words, &f.one);
    let open = one.round.state == Standing::Open;
    let survey = link_button(Weight::Plain, &format!("{}/survey", one.here()), w.t("round-survey"));
    let body = html! {
        (one.way(w, w.t("round-vote")))
        (head(&Head { title: w.t("round-vote"), lead: w.t("vote-online-lead"), ..Head::default() }))
        @if let Some(door) = done { (flash(Tone::Ok, &w.t_with("vote-online-done", &[("unit", door.unit.as_str().into())]))) }
        (told(w, refusal))
        (prose(&one.round.question))
        @if !f.online { (notice(w, Tone::Plain, "", &html! { p { (w.t("vote-online-not-here")) } })) (acts(&[survey])) }
        @else if !open { (notice(w, Tone::Plain, "", &html! { p { (w.t("vote-online-not-open")) } })) }
        @else if f.doors.is_empty() { (empty(w.t("survey-no-unit"), w.t("survey-no-unit-hint"), None)) }
        @else { @for door in &f.doors { (one_door(visit, one, door, (fields, refusal))) } }
    };
    page::page(visit, w.t("round-vote"), &body, refusal)
}

fn one_door(visit: &Visit, one: &One, door: &Door, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let takes = door.ballots == 0 || one.round.later == Later::Replace;
    let here = typed(fields, "unit") == door.unit;
    let choices: Vec<Choice<'_>> = (["agree", "disagree", "abstain"].iter())
        .map(|word| Choice { value: word, label: w.t(&format!("ballot-choice-{word}")), more: "" })
        .collect();
    let chosen = if here { typed(fields, "choice") } else { "" };
    let asked = field(w, ("choice", "sheet-choice", ""), "", (true, refusal.filter(|_| here)));
    let inner = html! {
        (checks(w, &CheckList { field: asked, choices: &choices, chosen: &[chosen], one: true }))
        (acts(&[button(Weight::First, w.t("vote-online-cast"))]))
    };
    let form = page::form(visit, &format!("{}/vote", one.here()), &[("unit", &door.unit)], &inner);
    sheet(
        &door.unit,
        &html! {
            @if door.ballots > 0 { p { (tag(Tone::Ok, w.t("board-voted-one"))) " " (w.t(&format!("round-later-{}", one.round.later.as_str()))) } }
            @if takes { (apart(&format!("d{}", door.number), &form)) }
        },
    )
}

/// `POST /rounds/{round}/vote`.
pub(super) async fn cast(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = CastOnline { unit: typed(&fields, "unit").to_owned(), choice: typed(&fields, "choice").to_owned() };
    let of = id.clone();
    let done = page::shown(page::act(&rim, &visit, move |tx, cx| online::cast(tx, cx, &of, &input)).await)?;
    let facts = facts(&rim, &visit, &id).await?;
    Ok(match &done {
        Ok(door) => shown(&visit, &facts, (&Typed::new(), None), Some(door)),
        Err(refusal) => shown(&visit, &facts, (&fields, Some(refusal)), None),
    })
}

//! The intent survey: what owners think, before or beside the vote. Its first line says that it is no vote.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use ui::{
    Markup, html,
    parts::{
        CheckList, Choice, Head, Input, Tone, Weight, acts, apart, button, checks, empty, flash, head, notice, prose,
        sheet, text, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::super::answer::{self, Answer};
use crate::{
    ballot::{Door, online},
    page::{self, Typed, field, typed},
    round::{RoundId, State as Standing, web::One},
};

struct Facts {
    one: One,
    doors: Vec<Door>,
}

async fn facts(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<Facts, Problem> {
    let (id, actor, cx) = (id.clone(), visit.actor.clone(), rim.context_of(visit));
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let me = cx.author().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
        let doors = online::doors_of(s, &one.round, me)?;
        Ok::<_, Fault>(Facts { one, doors })
    });
    Ok(read.await?)
}

/// `GET /rounds/{round}/survey`.
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
    let runs = matches!(one.round.state, Standing::Roll | Standing::Notice | Standing::Open);
    let body = html! {
        (notice(w, Tone::Plain, w.t("survey-no-vote"), &html! { p { (w.t("survey-no-vote-why")) } }))
        (one.way(w, w.t("round-survey")))
        (head(&Head { title: w.t("round-survey"), lead: w.t("survey-lead"), ..Head::default() }))
        @if let Some(door) = done { (flash(Tone::Ok, &w.t_with("survey-done", &[("unit", door.unit.as_str().into())]))) }
        (told(w, refusal))
        (prose(&one.round.question))
        @if !runs { (notice(w, Tone::Plain, "", &html! { p { (w.t("survey-over")) } })) }
        @else if f.doors.is_empty() { (empty(w.t("survey-no-unit"), w.t("survey-no-unit-hint"), None)) }
        @else { @for door in &f.doors { (one_door(visit, one, door, (fields, refusal))) } }
    };
    page::page(visit, w.t("round-survey"), &body, refusal)
}

fn one_door(visit: &Visit, one: &One, door: &Door, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let here = typed(fields, "unit") == door.unit;
    let refusal = refusal.filter(|_| here);
    let of = |name: &str| if here { typed(fields, name) } else { "" };
    let choices: Vec<Choice<'_>> = (["agrees", "refuses", "undecided"].iter())
        .map(|word| Choice { value: word, label: w.t(&format!("survey-{word}")), more: "" })
        .collect();
    let asked = field(w, ("answer", "survey-answer", ""), "", (true, refusal));
    let words = field(w, ("words", "survey-words", "survey-words-hint"), of("words"), (false, refusal));
    let inner = html! {
        (checks(w, &CheckList { field: asked, choices: &choices, chosen: &[of("answer")], one: true }))
        (text(w, &words, Input::Line, Some(300)))
        (acts(&[button(Weight::First, w.t("survey-send"))]))
    };
    let form = page::form(visit, &format!("{}/survey", one.here()), &[("unit", &door.unit)], &inner);
    sheet(&door.unit, &apart(&format!("d{}", door.number), &form))
}

/// `POST /rounds/{round}/survey`.
pub(super) async fn answer(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name: &str| typed(&fields, name).to_owned();
    let (input, round) = (Answer { unit: of("unit"), answer: of("answer"), words: of("words") }, id.clone());
    let done = page::shown(page::act(&rim, &visit, move |tx, cx| answer::answer(tx, cx, &round, &input)).await)?;
    let facts = facts(&rim, &visit, &id).await?;
    Ok(match &done {
        Ok(door) => shown(&visit, &facts, (&Typed::new(), None), Some(door)),
        Err(refusal) => shown(&visit, &facts, (&fields, Some(refusal)), None),
    })
}

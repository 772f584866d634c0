//! The intent survey: what owners think, before or beside the vote. Its first line says that it is no vote.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::Refusal;
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Head, Input, Tone, Weight, acts, button, checks, flash, head, link_button, notice, prose,
        text, told,
    },
};
use web::{Fields, PathId, Problem, Rim, Visit};

use super::super::answer::{self, Answer};
use crate::{
    ballot::{
        Door,
        web::own::{self, By, Own},
    },
    page::{self, Typed, field, typed},
    round::{RoundId, State as Standing, web::One},
};

struct Facts {
    one: One,
    own: Own,
    /// One votes on these pages now.
    votes: bool,
}

async fn facts(rim: &Rim, visit: &Visit, (id, by): (&RoundId, By)) -> Result<Facts, Problem> {
    let (id, actor, cx) = (id.clone(), visit.actor.clone(), rim.context_of(visit));
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let own = Own::read(s, &one.round, &cx, &by)?;
        let online = one.round.channels(&cx.day)?.contains(&consent::Channel::Online);
        let votes = one.round.state == Standing::Open && online;
        Ok::<_, Fault>(Facts { one, own, votes })
    });
    Ok(read.await?)
}

/// `GET /rounds/{round}/survey`: five statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Query(by): Query<By>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, (&id, by)).await?;
    Ok(shown(&visit, &facts, (&Typed::new(), None), None))
}

fn shown(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>), done: Option<&Door>) -> Response {
    let (w, one) = (visit.words, &f.one);
    let runs = matches!(one.round.state, Standing::Roll | Standing::Notice | Standing::Open);
    let inner = |_: Option<&Door>, here: bool| Some(fields_of(w, here, (fields, refusal.filter(|_| here))));
    let body = html! {
        (notice(w, Tone::Plain, w.t("survey-no-vote"), &html! { p { (w.t("survey-no-vote-why")) } }))
        (one.way(w, w.t("round-survey")))
        (head(&Head { title: w.t("round-survey"), lead: w.t("survey-lead"), ..Head::default() }))
        div.stack {
            @if let Some(door) = done { (flash(Tone::Ok, &w.t_with("survey-done", &[("unit", door.unit.as_str().into())]))) }
            (told(w, refusal))
            (prose(&one.round.question))
            @if f.votes {
                (notice(w, Tone::NeedsYou, "", &html! { p { (w.t("survey-vote-open")) } }))
                (acts(&[link_button(Weight::First, &format!("{}/vote", one.here()), w.t("round-vote"))]))
            } @else if !runs { (notice(w, Tone::Plain, "", &html! { p { (w.t("survey-over")) } })) }
            @else {
                (f.own.several(w, ("own-one-head-survey-title", "own-one-head-survey")))
                (own::forms(visit, (one, "survey"), &f.own, (fields, refusal), inner))
            }
        }
    };
    page::page(visit, w.t("round-survey"), &body, refusal)
}

fn fields_of(w: Words, here: bool, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let of = |name: &str| if here { typed(fields, name) } else { "" };
    let choices: Vec<Choice<'_>> = (["agrees", "refuses", "undecided"].iter())
        .map(|word| Choice { value: word, label: w.t(&format!("survey-{word}")), more: "" })
        .collect();
    let asked = field(w, ("answer", "survey-answer", ""), "", (true, refusal));
    let words = field(w, ("words", "survey-words", "survey-words-hint"), of("words"), (false, refusal));
    html! {
        (checks(w, &CheckList { field: asked, choices: &choices, chosen: &[of("answer")], one: true }))
        (text(w, &words, Input::Line, Some(300)))
        (acts(&[button(Weight::First, w.t("survey-send"))]))
    }
}

/// `POST /rounds/{round}/survey`.
pub(super) async fn answer(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name: &str| typed(&fields, name).to_owned();
    let input = Answer { unit: of("unit"), answer: of("answer"), words: of("words"), code: of("code") };
    let (round, code) = (id.clone(), input.code.clone());
    let done = page::act_by((&rim, &visit), &code, move |tx, cx| answer::answer(tx, cx, &round, &input)).await;
    let done = page::shown(done)?;
    let facts = facts(&rim, &visit, (&id, By::of(&fields))).await?;
    Ok(match &done {
        Ok(door) => shown(&visit, &facts, (&Typed::new(), None), Some(door)),
        Err(refusal) => shown(&visit, &facts, (&fields, Some(refusal)), None),
    })
}

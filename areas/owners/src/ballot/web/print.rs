//! Papers to be printed: one for each unit, with its number and its area.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use serde::Deserialize;
use ui::{
    Markup, Money, Words, html,
    parts::{Head, day, head, paper, print_button},
};
use web::{PathId, Problem, Rim, SignedIn};

use super::{
    super::{Door, queries},
    for_typists,
};
use crate::{
    page::{self, area},
    round::{RoundId, call::told_scope, web::One},
};

/// Which papers.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    building: String,
}

/// `GET /rounds/{round}/papers/print`: the papers of a building, the first one's where none is named.
pub(super) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let one = for_typists(&rim, &visit, &id).await?;
    let doors = rim.db.read(move |s| Ok::<_, Fault>(queries::doors(s, &id)?)).await?;
    let mut buildings: Vec<&str> = doors.iter().map(|door| door.building.as_str()).collect();
    buildings.dedup();
    let chosen = buildings.iter().find(|name| **name == which.building).or(buildings.first()).copied().unwrap_or("");
    let w = visit.words;
    let here = format!("{}/papers/print", one.here());
    let body = html! {
        (one.way(w, w.t("papers-typed-print")))
        (head(&Head { title: w.t("papers-typed-print"), lead: w.t("papers-typed-print-lead"), acts: &[print_button(w)], ..Head::default() }))
        ul.links { @for name in &buildings { li {
            @if *name == chosen { strong { (name) } }
            @else { a href={ (here) "?building=" (web::in_query(name)) } { (name) } }
        } } }
        @for door in doors.iter().filter(|door| door.building == chosen) { (ballot(w, &one, door)) }
    };
    Ok(page::page(&visit, w.t("papers-typed-print"), &body, None))
}

fn ballot(w: Words, one: &One, door: &Door) -> Markup {
    let round = &one.round;
    let mut facts = vec![
        (w.t("register-unit"), html! { strong { (door.unit) } }),
        (w.t("register-area"), html! { (area(door.area)) }),
        (w.t("round-scope"), html! { (told_scope(w, round)) }),
    ];
    if let Some(cost) = round.cost {
        facts.push((w.t("round-field-cost"), html! { (Money::cny(cost.0).exact(w.locale())) }));
    }
    if let Some(last) = &round.closes.day {
        facts.push((w.t("round-vote-until"), day(w, last)));
    }
    let body = html! {
        p { (round.question) }
        p { "□ " (w.t("ballot-choice-agree")) "　□ " (w.t("ballot-choice-disagree")) "　□ " (w.t("ballot-choice-abstain")) }
        p { (w.t("papers-typed-sign")) }
        p.soft { (w.t(&format!("round-later-{}", round.later.as_str()))) "。" (w.t("papers-typed-proxy-note")) }
    };
    paper(&round.title, &one.place.shown, &facts, &body)
}

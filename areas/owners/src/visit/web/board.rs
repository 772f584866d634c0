//! The board: building by building, floor by floor, door by door. For those who work on the round.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{Column, Figure, Head, Table, Tone, Weight, figures, head, link_button, section, table, tag},
};
use web::{PathId, Problem, Rim, SignedIn};

use super::{
    super::{Door, Met, Totals, queries},
    for_office,
};
use crate::{
    page::{self, area},
    round::{RoundId, web::One},
};

/// Which building.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    building: String,
}

/// `GET /rounds/{round}/board`: four statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let one = for_office(&rim, &visit, &id).await?;
    let read = rim.db.read(move |s| {
        let totals = queries::totals(s, &id)?;
        let chosen = totals.iter().find(|one| one.building == which.building).map(|one| one.building.clone());
        let doors = match &chosen {
            Some(building) => queries::doors(s, &id, building)?,
            None => Vec::new(),
        };
        Ok::<_, Fault>((totals, chosen, doors))
    });
    let (totals, chosen, doors) = read.await?;
    let w = visit.words;
    let building = chosen.as_deref().unwrap_or("");
    let list = format!("{}/doors?building={}", one.here(), web::in_query(building));
    let phone = link_button(Weight::First, &list, w.t("doors-title"));
    let all = queries::sum(&totals);
    let body = html! {
        (one.way(w, w.t("board-title")))
        (head(&Head { title: w.t("board-title"), lead: w.t("board-lead"), acts: &[phone], ..Head::default() }))
        (sums(w, &all))
        (section(w.t("board-by-building"), &buildings(w, &one, &totals)))
        @if !doors.is_empty() { (section(building, &by_floor(w, &one, &doors))) }
    };
    Ok(page::page(&visit, w.t("board-title"), &body, None))
}

fn sums(w: Words, all: &Totals) -> Markup {
    let numbers =
        [all.units, all.reached, all.agrees, all.refuses, all.undecided, all.not_reached(), all.visits, all.voted]
            .map(|n| format::count(n.into()));
    let labels = [
        "round-count-units",
        "board-reached",
        "board-agrees",
        "board-refuses",
        "board-undecided",
        "board-not-reached",
        "round-count-visits",
        "board-voted",
    ];
    let list: Vec<Figure<'_>> = labels
        .iter()
        .zip(&numbers)
        .map(|(label, value)| Figure { label: w.t(label), value, ..Figure::default() })
        .collect();
    figures(&list)
}

fn buildings(w: Words, one: &One, totals: &[Totals]) -> Markup {
    let columns = [
        Column::text(w.t("register-building")),
        Column::number(w.t("round-count-units")),
        Column::number(w.t("board-reached")),
        Column::number(w.t("board-agrees")),
        Column::number(w.t("board-refuses")),
        Column::number(w.t("board-undecided")),
        Column::number(w.t("board-not-reached")),
        Column::number(w.t("board-voted")),
    ];
    let rows: Vec<Vec<Markup>> = (totals.iter())
        .map(|of| {
            let href = format!("{}/board?building={}", one.here(), web::in_query(&of.building));
            let mut row = vec![html! { a href=(href) { (of.building) } }];
            let numbers = [of.units, of.reached, of.agrees, of.refuses, of.undecided, of.not_reached(), of.voted];
            row.extend(numbers.map(|n| html! { (format::count(n.into())) }));
            row
        })
        .collect();
    table(w, &Table { id: "by-building", caption: w.t("board-by-building"), columns: &columns, rows: &rows })
}

pub(super) fn stance(w: Words, door: &Door) -> Markup {
    match (door.stance, door.reached) {
        (Some(Met::Agrees), _) => tag(Tone::Ok, w.t("door-result-agrees")),
        (Some(met), _) => tag(Tone::Due, w.t(&format!("door-result-{}", met.as_str()))),
        (None, true) => tag(Tone::Plain, w.t("board-no-stance")),
        (None, false) => tag(Tone::Plain, w.t("board-not-reached")),
    }
}

fn by_floor(w: Words, one: &One, doors: &[Door]) -> Markup {
    let columns = [
        Column::text(w.t("register-floor")),
        Column::text(w.t("register-unit")),
        Column::number(w.t("register-area")),
        Column::number(w.t("round-count-visits")),
        Column::text(w.t("board-stance")),
        Column::text(w.t("board-voted")),
    ];
    let rows: Vec<Vec<Markup>> = (doors.iter())
        .map(|door| {
            let href = format!("{}/doors/{}", one.here(), door.number);
            vec![
                html! { (door.floor) },
                html! { a href=(href) { (door.unit) } },
                html! { (area(door.area)) },
                html! { (door.visits) },
                stance(w, door),
                html! { @if door.voted { (w.t("board-voted-one")) } },
            ]
        })
        .collect();
    table(w, &Table { id: "doors", caption: w.t("board-doors"), columns: &columns, rows: &rows })
}

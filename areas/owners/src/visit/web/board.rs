//! The board: building by building, floor by floor, door by door. For those who work on the round.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        Figure, Head, Tone, Weight, WorkColumn, WorkRow, WorkTable, figures, head, link_button, section, tag, worktable,
    },
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
    let (by_building, chosen, doors) = read.await?;
    let w = visit.words;
    let building = chosen.as_deref().unwrap_or("");
    let list = format!("{}/doors?building={}", one.here(), web::in_query(building));
    let phone = link_button(Weight::First, &list, w.t("doors-title"));
    let all = queries::sum(&by_building);
    let body = html! {
        (one.way(w, w.t("board-title")))
        (head(&Head { title: w.t("board-title"), lead: w.t("board-lead"), acts: &[phone], ..Head::default() }))
        (sums(w, &all))
        (buildings(w, &one, &by_building))
        @if !doors.is_empty() {
            @let floors = queries::by_floor(&doors);
            (section(building, &html! {
                (totals(w, ("floors", "board-by-floor", "register-floor"), (&floors, &|of| html! { (of.building) })))
                (door_rows(w, &one, &doors))
            }))
        }
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

fn buildings(w: Words, one: &One, list: &[Totals]) -> Markup {
    let here = one.here();
    let name = |of: &Totals| {
        let href = format!("{here}/board?building={}#doors", web::in_query(&of.building));
        html! { a href=(href) { (of.building) } }
    };
    totals(w, ("by-building", "board-by-building", "register-building"), (list, &name))
}

/// A row of totals each: a card on a phone.
fn totals(
    w: Words,
    (id, caption, first): (&str, &str, &str),
    (list, name): (&[Totals], &dyn Fn(&Totals) -> Markup),
) -> Markup {
    let number = |key| WorkColumn { numeric: true, ..WorkColumn::plain(w.t(key)) };
    let columns = [
        WorkColumn::plain(w.t(first)),
        number("round-count-units"),
        number("board-reached"),
        number("board-agrees"),
        number("board-refuses"),
        number("board-undecided"),
        number("board-not-reached"),
        number("round-count-visits"),
        number("board-voted"),
    ];
    let rows: Vec<WorkRow<'_>> = (list.iter())
        .map(|of| {
            let numbers =
                [of.units, of.reached, of.agrees, of.refuses, of.undecided, of.not_reached(), of.visits, of.voted];
            let cells = std::iter::once(name(of)).chain(numbers.map(|n| html! { (format::count(n.into())) }));
            row(&of.building, cells.collect())
        })
        .collect();
    worktable(w, &WorkTable { id, caption: w.t(caption), columns: &columns, rows: &rows, pick: None })
}

fn row(name: &str, cells: Vec<Markup>) -> WorkRow<'_> {
    WorkRow { key: "", name, picked: false, cells }
}

/// What the owner said at a visit; nothing of one who has voted without.
pub(super) fn stance(w: Words, door: &Door) -> Markup {
    match (door.stance, door.reached) {
        (None, _) if door.voted => html! {},
        (Some(Met::Agrees), _) => tag(Tone::Ok, w.t("door-result-agrees")),
        (Some(met), _) => tag(Tone::Due, w.t(&format!("door-result-{}", met.as_str()))),
        (None, true) => tag(Tone::Plain, w.t("board-no-stance")),
        (None, false) => tag(Tone::Plain, w.t("board-not-reached")),
    }
}

fn door_rows(w: Words, one: &One, doors: &[Door]) -> Markup {
    let columns = [
        WorkColumn::plain(w.t("register-unit")),
        WorkColumn::plain(w.t("register-floor")),
        WorkColumn { numeric: true, ..WorkColumn::plain(w.t("register-area")) },
        WorkColumn { numeric: true, ..WorkColumn::plain(w.t("round-count-visits")) },
        WorkColumn::plain(w.t("board-stance")),
        WorkColumn::plain(w.t("board-voted")),
    ];
    let rows: Vec<WorkRow<'_>> = (doors.iter())
        .map(|door| {
            let href = format!("{}/doors/{}", one.here(), door.number);
            let cells = vec![
                html! { a href=(href) { (door.unit) } },
                html! { (door.floor) },
                html! { (area(door.area)) },
                html! { (door.visits) },
                stance(w, door),
                html! { @if door.voted { (tag(Tone::Ok, w.t("board-voted-one"))) } },
            ];
            row(&door.unit, cells)
        })
        .collect();
    worktable(w, &WorkTable { id: "doors", caption: w.t("board-doors"), columns: &columns, rows: &rows, pick: None })
}

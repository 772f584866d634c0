//! The list of doors for a phone, where a tap notes a visit; and one door with what was said there.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Kind, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Column, Field, Head, Input, Table, Tone, Weight, acts, apart, button, day, empty, flash, fold, head,
        link_button, pager, section, select, sheet, table, tag, text, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{
    super::{
        Door, Met, Visit as Noted, Way, queries,
        record::{self, Tap, Visits},
    },
    board::stance,
    for_office,
};
use crate::{
    ballot,
    page::{self, Typed, field, typed},
    round::{RoundId, web::One},
};

/// Which building, and what was noted last.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    building: String,
    after: u32,
    noted: u32,
    /// A flat that is looked for.
    unit: String,
}

/// Doors of a page: each has a form of its own.
const PAGE: usize = 40;

/// `GET /rounds/{round}/doors`: four statements, one more for a flat that is looked for.
pub(super) async fn list(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let one = for_office(&rim, &visit, &id).await?;
    let (asked, wanted) = (which.building.clone(), which.unit.trim().to_owned());
    let read = rim.db.read(move |s| {
        let found = match wanted.as_str() {
            "" => None,
            unit => ballot::store::door_of(s, &id, unit)?.map(|door| door.number),
        };
        let totals = queries::totals(s, &id)?;
        let chosen = totals.iter().find(|one| one.building == asked).or(totals.first());
        let chosen = chosen.map(|one| one.building.clone()).unwrap_or_default();
        let doors = queries::doors(s, &id, &chosen)?;
        Ok::<_, Fault>((found, totals, chosen, doors))
    });
    let (found, totals, chosen, doors) = read.await?;
    let w = visit.words;
    let here = format!("{}/doors", one.here());
    if let Some(number) = found {
        return Ok(page::to(&format!("{here}/{number}")));
    }
    let noted = doors.iter().find(|door| door.number == which.noted);
    let shown: Vec<&Door> = doors.iter().filter(|door| door.number > which.after).take(PAGE).collect();
    let at = |after: u32| format!("{here}?building={}&after={after}", web::in_query(&chosen));
    let more = shown.last().filter(|last| doors.last().is_some_and(|end| end.number > last.number));
    let next = more.map(|last| at(last.number));
    let texts =
        ["waiting", "refused", "lost"].map(|what| w.t_with(&format!("doors-taps-{what}"), &[("n", "#".into())]));
    let to = format!("/api/v1/rounds/{}/visits", one.round.id);
    let body = html! {
        (one.way(w, w.t("doors-title")))
        (head(&Head { title: w.t("doors-title"), lead: w.t("doors-lead"), ..Head::default() }))
        ul.links { @for of in &totals { li {
            @if of.building == chosen { strong { (of.building) } }
            @else { a href={ (here) "?building=" (web::in_query(&of.building)) } { (of.building) } }
        } } }
        (find(w, &here, which.unit.trim()))
        @let floors = floors(&doors);
        @if floors.len() > 1 {
            (fold(w.t("doors-jump"), &html! { ul.links { @for first in &floors { li {
                @let args = [("floor", first.floor.as_str().into()), ("unit", first.unit.as_str().into())];
                a href=(at(first.number.saturating_sub(1))) { (w.t_with("doors-jump-to", &args)) }
            } } } }))
        }
        @if let Some(door) = noted { (flash(Tone::Ok, &w.t_with("doors-noted", &[("unit", door.unit.as_str().into())]))) }
        p.notice #taps hidden role="status" data-to=(to) data-waiting=(texts[0]) data-refused=(texts[1])
            data-lost=(texts[2]) {}
        @if shown.is_empty() { (empty(w.t("doors-none"), "", None)) }
        @for door in &shown { (entry(&visit, &one, door, which.after)) }
        (pager(w, (which.after > 0).then(|| at(0)).as_deref(), next.as_deref()))
        (visit.script(ui::TAPS_PATH))
    };
    Ok(page::page(&visit, w.t("doors-title"), &body, None))
}

/// The first door of each run of doors of one floor.
fn floors(doors: &[Door]) -> Vec<&Door> {
    let mut firsts: Vec<&Door> = Vec::new();
    for door in doors {
        if firsts.last().is_none_or(|last| last.floor != door.floor) {
            firsts.push(door);
        }
    }
    firsts
}

/// A field that leads to a flat by its number.
fn find(w: Words, here: &str, wanted: &str) -> Markup {
    let missed = w.t_with("doors-find-none", &[("unit", wanted.into())]);
    let field = Field {
        name: "unit",
        label: w.t("doors-find"),
        hint: w.t("doors-find-hint"),
        value: wanted,
        // what is found is gone to
        error: (!wanted.is_empty()).then_some(missed),
        ..Field::default()
    };
    html! {
        form method="get" action=(here) {
            (text(w, &field, Input::Line, Some(40)))
            (acts(&[button(Weight::Plain, w.t("doors-find-go"))]))
        }
    }
}

fn results(w: Words) -> Vec<Choice<'static>> {
    let of = |met: &Met| Choice { value: met.as_str(), label: w.t(&format!("door-result-{}", met.as_str())), more: "" };
    Met::ALL.iter().map(of).collect()
}

/// A door of the list: with a script the tap stays on the phone until it is sent; without, it is a form.
fn entry(visit: &Visit, one: &One, door: &Door, after: u32) -> Markup {
    let w = visit.words;
    let action = format!("{}/doors/{}", one.here(), door.number);
    let result = field(w, ("result", "door-result", ""), "", (true, None));
    let words = field(w, ("words", "door-words", ""), "", (false, None));
    let inner = html! {
        (select(w, &result, &results(w)))
        (text(w, &words, Input::Line, Some(300)))
        (acts(&[button(Weight::Plain, w.t("door-note"))]))
    };
    let after = after.to_string();
    let form = page::form(visit, &action, &[("list", "1"), ("after", &after)], &inner);
    html! {
        article.sheet.stack {
            p.meta {
                span { a href=(action) { strong { (door.unit) } } }
                span { (w.n("door-visits-n", door.visits)) }
                (stance(w, door))
                @if door.voted { (tag(Tone::Ok, w.t("board-voted-one"))) }
            }
            div data-tap=(door.number) { (apart(&format!("d{}", door.number), &form)) }
        }
    }
}

struct Facts {
    one: One,
    door: ballot::Door,
    visits: Vec<Noted>,
}

async fn facts(rim: &Rim, visit: &Visit, (id, number): (&RoundId, u32)) -> Result<Facts, Problem> {
    let one = for_office(rim, visit, id).await?;
    let id = id.clone();
    let read = rim.db.read(move |s| {
        let door = ballot::store::door(s, &id, number)?;
        let door = door.ok_or_else(|| Refusal::new(Kind::NotFound, "door-not-found"))?;
        let visits = queries::visits(s, &id, &door.unit)?;
        Ok::<_, Fault>((door, visits))
    });
    let (door, visits) = read.await?;
    Ok(Facts { one, door, visits })
}

/// `GET /rounds/{round}/doors/{door}`: four statements.
pub(super) async fn one(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(RoundId, u32)>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, (&id, number)).await?;
    let fields: Typed = [("way".to_owned(), "door".to_owned()), ("client".to_owned(), rim.once())].into();
    Ok(shown(&visit, &facts, (&fields, None)))
}

fn shown(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let (w, one) = (visit.words, &f.one);
    let list = format!("{}/doors?building={}", one.here(), web::in_query(&f.door.building));
    let ways: Vec<Choice<'_>> = [Way::Door, Way::Desk]
        .iter()
        .map(|way| Choice { value: way.as_str(), label: w.t(&format!("door-way-{}", way.as_str())), more: "" })
        .collect();
    let of = |name, label, hint, required| field(w, (name, label, hint), typed(fields, name), (required, refusal));
    let inner = html! {
        (select(w, &of("way", "door-way", "", true), &ways))
        (select(w, &of("result", "door-result", "", true), &results(w)))
        (text(w, &of("words", "door-words", "door-words-hint", false), Input::Line, Some(300)))
        (acts(&[button(Weight::First, w.t("door-note")), link_button(Weight::Plain, &list, w.t("btn-back"))]))
    };
    let hidden = [("client", typed(fields, "client"))];
    let action = format!("{}/doors/{}", one.here(), f.door.number);
    let body = html! {
        (one.way(w, &f.door.unit))
        (head(&Head {
            kicker: &[html! { (f.door.building) }, html! { (w.t("register-floor")) " " (f.door.floor) }],
            title: &f.door.unit,
            ..Head::default()
        }))
        (told(w, refusal))
        (sheet(w.t("door-note"), &page::form(visit, &action, &hidden, &inner)))
        (section(w.t("door-visits"), &visits(w, &f.visits)))
    };
    page::page(visit, &f.door.unit, &body, refusal)
}

fn visits(w: Words, list: &[Noted]) -> Markup {
    let columns = [
        Column::text(w.t("door-day")),
        Column::text(w.t("door-way")),
        Column::text(w.t("door-result")),
        Column::text(w.t("door-words")),
    ];
    let rows: Vec<Vec<Markup>> = (list.iter())
        .map(|visit| {
            vec![
                day(w, &visit.day),
                html! { (w.t(&format!("door-way-{}", visit.way.as_str()))) },
                html! { (w.t(&format!("door-result-{}", visit.result.as_str()))) },
                html! { (visit.words) },
            ]
        })
        .collect();
    html! {
        @if rows.is_empty() { (empty(w.t("door-visits-none"), "", None)) }
        @else { (table(w, &Table { id: "visits", caption: w.t("door-visits"), columns: &columns, rows: &rows })) }
    }
}

/// `POST /rounds/{round}/doors/{door}`: one visit from a form.
pub(super) async fn record(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(RoundId, u32)>,
    Fields(mut fields): Fields<Typed>,
) -> Result<Response, Problem> {
    if typed(&fields, "client").trim().is_empty() {
        fields.insert("client".to_owned(), rim.once());
    }
    let of = |name: &str| typed(&fields, name).to_owned();
    let tap =
        Tap { door: number, result: of("result"), words: of("words"), way: of("way"), client: of("client"), at: None };
    let (input, round) = (Visits { sent: None, rows: vec![tap] }, id.clone());
    match page::shown(page::act(&rim, &visit, move |tx, cx| record::record(tx, cx, &round, &input)).await)? {
        Ok(_) if typed(&fields, "list") == "1" => {
            let facts = facts(&rim, &visit, (&id, number)).await?;
            let building = web::in_query(&facts.door.building);
            let after: u32 = typed(&fields, "after").parse().unwrap_or(0);
            Ok(page::to(&format!("/rounds/{id}/doors?building={building}&after={after}&noted={number}")))
        }
        Ok(_) => Ok(page::to(&format!("/rounds/{id}/doors/{number}"))),
        Err(refusal) => {
            let facts = facts(&rim, &visit, (&id, number)).await?;
            Ok(shown(&visit, &facts, (&fields, Some(&refusal))))
        }
    }
}

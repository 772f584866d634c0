//! Pages of a register: what it holds, and a file that is looked at before it is kept.

mod import;

use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use places::Place;
use rights::{Action, authorize, may};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        Column, Figure, Head, Table, Tone, Weight, breadcrumb, day, empty, figures, flash, fold, head, link_button,
        pager, section, table,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Upload, Visit};

use super::{
    Register, Row,
    queries::{self, PAGE},
    reveal, status_word,
};
use crate::page::{self, Typed, area};

pub(crate) use import::{kept, wrong};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/registers/{place}", get(show))
        .route("/registers/{place}/import", Upload::route(get(import::ask).post(import::look)))
        .route("/registers/{place}/import/take", post(import::take))
        .route("/registers/{place}/units/{number}/reveal", post(reveal_one))
}

/// Which rows.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Which {
    building: String,
    after: u32,
}

struct Facts {
    place: Place,
    keeps: bool,
    versions: Vec<Register>,
    buildings: Vec<(String, u64)>,
    several: Vec<Row>,
    rows: Vec<Row>,
}

async fn facts(rim: &Rim, visit: &Visit, id: &PlaceId, which: &Which) -> Result<Facts, Problem> {
    let (id, actor, which) = (id.clone(), visit.actor.clone(), which.clone());
    let read = rim.db.read(move |s| {
        let place = places::queries::show(s, &id)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        let site = place.site()?;
        authorize(&actor, Action::SeeRoll, &site)?;
        let versions = queries::versions(s, &id)?;
        let (mut buildings, mut several, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(latest) = versions.first() {
            buildings = queries::buildings(s, &latest.id)?;
            several = queries::several(s, &latest.id)?;
            rows = queries::rows(s, &latest.id, (&which.building, which.after))?;
        }
        let keeps = may(&actor, Action::KeepRoll, &site);
        Ok::<_, Fault>(Facts { place, keeps, versions, buildings, several, rows })
    });
    Ok(read.await?)
}

/// `GET /registers/{place}`: five statements.
async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PlaceId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id, &which).await?;
    Ok(shown(&visit, &facts, (&which, None)))
}

fn shown(visit: &Visit, f: &Facts, (which, seen): (&Which, Option<(u32, &str)>)) -> Response {
    let w = visit.words;
    let here = format!("/registers/{}", f.place.id);
    let new = link_button(Weight::First, &format!("{here}/import"), w.t("register-import"));
    let rounds = format!("/rounds?place={}", f.place.id);
    let body = html! {
        (breadcrumb(w, &[(&rounds, w.t("rounds-title"))], w.t("register-title")))
        (head(&Head {
            kicker: &[html! { a href={ "/places/" (f.place.id) } { (f.place.shown) } }],
            title: w.t("register-title"),
            lead: w.t("register-lead"),
            acts: if f.keeps { std::slice::from_ref(&new) } else { &[] },
        }))
        @match f.versions.first() {
            None => (empty(w.t("register-none"), w.t("register-none-hint"), None)),
            Some(latest) => {
                (totals(w, latest, f))
                @if !f.several.is_empty() { (section(w.t("register-several"), &several(w, &f.several))) }
                (section(w.t("register-units"), &html! {
                    (by_building(w, &here, &f.buildings, &which.building))
                    @if let Some((number, owner)) = seen { (flash(Tone::Ok, &told_owner(w, &f.rows, (number, owner)))) }
                    (rows(visit, &here, &f.rows))
                    (turn(w, &here, f, which))
                }))
                (fold(w.t("register-versions"), &versions(w, &f.versions)))
            }
        }
    };
    page::page(visit, w.t("register-title"), &body, None)
}

fn totals(w: Words, latest: &Register, f: &Facts) -> Markup {
    let (units, owners, size) =
        (format::count(latest.units.into()), format::count(latest.owners.into()), area(latest.area));
    let buildings = format::count(f.buildings.len() as u64);
    let list = [
        Figure { label: w.t("register-count-units"), value: &units, ..Figure::default() },
        Figure { label: w.t("register-count-buildings"), value: &buildings, ..Figure::default() },
        Figure { label: w.t("register-count-area"), value: &size, unit: "m²", ..Figure::default() },
        Figure {
            label: w.t("register-count-owners"),
            value: &owners,
            note: w.t("register-count-owners-note"),
            ..Figure::default()
        },
    ];
    figures(&list)
}

/// Each owner of several units with all of them: one head.
fn several(w: Words, list: &[Row]) -> Markup {
    let mut owners: Vec<(&str, Vec<&Row>)> = Vec::new();
    for row in list {
        match owners.last_mut() {
            Some((head, units)) if *head == row.head => units.push(row),
            _ => owners.push((&row.head, vec![row])),
        }
    }
    let columns = [
        Column::text(w.t("register-owner")),
        Column::text(w.t("register-units")),
        Column::number(w.t("register-area")),
        Column::text(w.t("register-heads")),
    ];
    let rows: Vec<Vec<Markup>> = (owners.iter())
        .map(|(_, units)| {
            let names: Vec<&str> = units.iter().map(|row| row.unit.unit.as_str()).collect();
            let sum = units.iter().map(|row| row.unit.area.0).sum();
            vec![
                html! { (units.first().map_or_else(String::new, |row| veiled(&row.unit.owner))) },
                html! { (names.join(w.t("list-comma"))) },
                html! { (area(sum)) },
                html! { (w.t("register-one-head")) },
            ]
        })
        .collect();
    html! {
        p.soft { (w.t("register-several-lead")) }
        (table(w, &Table { id: "several", caption: w.t("register-several"), columns: &columns, rows: &rows }))
    }
}

/// The first character of each owner.
fn veiled(owner: &str) -> String {
    owner.split('+').map(|name| matters::matter::rules::masked(name.trim())).collect::<Vec<_>>().join("+")
}

fn by_building(w: Words, here: &str, buildings: &[(String, u64)], chosen: &str) -> Markup {
    html! {
        @if buildings.len() > 1 {
            ul.links {
                li { @if chosen.is_empty() { strong { (w.t("rounds-all")) } } @else { a href=(here) { (w.t("rounds-all")) } } }
                @for (name, n) in buildings {
                    li {
                        @if name == chosen { strong { (name) } }
                        @else { a href={ (here) "?building=" (web::in_query(name)) } { (name) } }
                        " " (n)
                    }
                }
            }
        }
    }
}

fn told_owner(w: Words, rows: &[Row], (number, owner): (u32, &str)) -> String {
    let unit = rows.iter().find(|row| row.number == number).map_or("", |row| row.unit.unit.as_str());
    let owner = if owner.is_empty() { w.t("register-owner-none") } else { owner };
    w.t_with("register-owner-is", &[("unit", unit.into()), ("owner", owner.into())])
}

fn rows(visit: &Visit, here: &str, list: &[Row]) -> Markup {
    let w = visit.words;
    let columns = [
        Column::text(w.t("register-unit")),
        Column::text(w.t("register-building")),
        Column::text(w.t("register-floor")),
        Column::number(w.t("register-area")),
        Column::text(w.t("register-owner")),
        Column::text(w.t("register-status")),
    ];
    let rows: Vec<Vec<Markup>> = (list.iter())
        .map(|row| {
            let unit = &row.unit;
            let reveal = format!("{here}/units/{}/reveal", row.number);
            vec![
                html! { (unit.unit) },
                html! { (unit.building) },
                html! { (unit.floor) },
                html! { (area(unit.area.0)) },
                html! { @if !unit.owner.is_empty() {
                    (veiled(&unit.owner)) " "
                    (ui::parts::apart(&format!("r{}", row.number), &page::press(visit, &reveal, &[], Weight::Quiet, w.t("register-reveal"))))
                } },
                html! { (w.t(&format!("owner-status-{}", status_word(unit.status)))) },
            ]
        })
        .collect();
    table(w, &Table { id: "units", caption: w.t("register-units"), columns: &columns, rows: &rows })
}

fn turn(w: Words, here: &str, f: &Facts, which: &Which) -> Markup {
    let full = i64::try_from(f.rows.len()).is_ok_and(|n| n >= PAGE);
    let at = |after: u32| format!("{here}?building={}&after={after}", web::in_query(&which.building));
    let next = f.rows.last().filter(|_| full).map(|last| at(last.number));
    pager(w, (which.after > 0).then(|| at(0)).as_deref(), next.as_deref())
}

fn versions(w: Words, list: &[Register]) -> Markup {
    let columns = [
        Column::number(w.t("register-version")),
        Column::text(w.t("register-made")),
        Column::number(w.t("register-count-units")),
        Column::number(w.t("register-area")),
    ];
    let rows: Vec<Vec<Markup>> = (list.iter())
        .map(|register| {
            vec![
                html! { (register.version.unwrap_or(0)) },
                day(w, &register.made_day),
                html! { (format::count(register.units.into())) },
                html! { (area(register.area)) },
            ]
        })
        .collect();
    table(w, &Table { id: "versions", caption: w.t("register-versions"), columns: &columns, rows: &rows })
}

/// `POST /registers/{place}/units/{number}/reveal`.
async fn reveal_one(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(PlaceId, u32)>,
    Fields(_): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = id.clone();
    let owner = page::act(&rim, &visit, move |tx, cx| reveal::reveal(tx, cx, (&of, number))).await?;
    // the page on which the row stands
    let which = Which { building: String::new(), after: number.saturating_sub(1) };
    let facts = facts(&rim, &visit, &id, &which).await?;
    Ok(shown(&visit, &facts, (&which, Some((number, &owner)))))
}

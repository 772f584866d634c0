//! The roll of residents, for who may see it.

use axum::{
    extract::{Query, State},
    response::Response,
};
use kernel::PlaceId;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{Column, Input, Table, Tone, Weight, acts, button, empty, link_button, notice, pager, table},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, in_query, optional_id};

use super::shown::{Line, form, page, run, top};
use crate::resident::{
    Listed, ResidentId,
    queries::{self, Search},
    reveal::{self, FieldName},
};

/// Which part of the roll.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    flat: String,
    /// The flat and the id of the row before.
    after: String,
    id: String,
}

/// A field to be seen, and on which part of the roll.
#[derive(Debug, Deserialize)]
pub(crate) struct See {
    resident: ResidentId,
    field: FieldName,
    #[serde(default)]
    flat: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    id: String,
}

/// `GET /residents/{place}`: two statements.
pub(crate) async fn list(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(place): PathId<PlaceId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    shown(&rim, &visit, (place, which), None).await
}

async fn shown(rim: &Rim, visit: &Visit, what: (PlaceId, Which), seen: Option<&str>) -> Result<Response, Problem> {
    let (cx, (place, which)) = (rim.context_of(visit), what);
    let after = optional_id(Some(&which.id)).map(|id| (which.after.clone(), id));
    let is_first = after.is_none();
    let search = Search { place, flat: which.flat.clone(), after };
    let (place, rows) = rim.db.read(move |s| queries::page(s, &cx, &search)).await?;
    let (w, site) = (visit.words, place.site()?);
    let here = format!("/residents/{}", place.id);
    let next = rows
        .last()
        .filter(|_| rows.len() == queries::PAGE)
        .map(|last| format!("{here}?flat={}&after={}&id={}", in_query(&which.flat), in_query(&last.flat), last.id));
    let line = Line {
        name: "flat",
        label: w.t("roll-flat"),
        hint: w.t("roll-flat-hint"),
        value: &which.flat,
        input: Input::Search,
        most: 40,
        required: false,
    };
    let body = html! {
        (top(&format!("{} · {}", w.t("roll-title"), place.shown), w.t("roll-lead")))
        @if let Some(value) = seen {
            (notice(w, Tone::Ok, "", &html! { p { (w.t_with("roll-seen", &[("value", value.into())])) } }))
        }
        @if may(&visit.actor, Action::KeepRoll, &site) {
            (acts(&[link_button(Weight::Plain, &format!("{here}/import"), w.t("import-title"))]))
        }
        form.form method="get" action=(here) { (line.show(w, None)) (acts(&[button(Weight::Plain, w.t("btn-search"))])) }
        @if rows.is_empty() { (empty(w.t("roll-none"), "", None)) } @else { (listed(visit, (&here, &which), &rows)) }
        (pager(w, (!is_first).then_some(here.as_str()), next.as_deref()))
    };
    Ok(page(visit, w.t("roll-title"), &body, None))
}

fn listed(visit: &Visit, (here, which): (&str, &Which), rows: &[Listed]) -> Markup {
    let w = visit.words;
    let part = [("flat", which.flat.as_str()), ("after", &which.after), ("id", &which.id)];
    let see = |row: &Listed, field: FieldName, shown: &str| {
        let hidden = [("resident", row.id.as_str()), ("field", field.as_str()), part[0], part[1], part[2]];
        html! {
            (shown)
            @if !shown.is_empty() { (form(visit, here, &hidden, &button(Weight::Quiet, w.t("roll-see")))) }
        }
    };
    let columns = ["roll-flat", "roll-name", "roll-phone", "roll-kind", "roll-place"].map(|key| Column::text(w.t(key)));
    let rows: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| {
            vec![
                html! { (row.flat) },
                see(row, FieldName::Name, &row.name),
                see(row, FieldName::Phone, &row.phone),
                html! { (w.t(&format!("resident-{}", row.kind.as_str()))) },
                html! { (row.place_name) },
            ]
        })
        .collect();
    table(w, &Table { id: "roll", caption: w.t("roll-title"), columns: &columns, rows: &rows })
}

/// `POST /residents/{place}`: shows one field above the same part of the roll, and records that it was shown.
pub(crate) async fn reveal(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(place): PathId<PlaceId>,
    Fields(see): Fields<See>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let See { resident, field, flat, after, id } = see;
    let value = run(&rim.db, &cx, move |tx, cx| reveal::reveal(tx, cx, &resident, field)).await?;
    shown(&rim, &visit, (place, Which { flat, after, id }), Some(&value)).await
}

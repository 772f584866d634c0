//! All places: the roots, and what a search finds.

use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Head, empty, head, pager},
};
use web::{Problem, Rim, Section, Visit, optional_id};

use super::{listed, search_box};
use crate::{Listed, PlaceId, queries, search};

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    q: String,
    near: Option<String>,
    after: Option<String>,
}

/// `GET /places`: one statement; with a search at most seven.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let w = visit.words;
    let typed = wanted.q.trim().to_owned();
    let near: Option<PlaceId> = optional_id(wanted.near.as_deref());
    let after: Option<PlaceId> = optional_id(wanted.after.as_deref());
    let (text, from) = (typed.clone(), after.clone());
    let mut places = rim
        .db
        .read(move |s| match text.is_empty() {
            true => queries::page(s, None, from.as_ref(), queries::PAGE + 1),
            false => search(s, &text, near.as_ref()),
        })
        .await?;
    let most = usize::try_from(queries::PAGE).unwrap_or(usize::MAX);
    let more = typed.is_empty() && places.len() > most;
    places.truncate(most);
    let body = html! {
        (head(&Head { title: w.t("places-title"), lead: w.t("places-lead"), ..Head::default() }))
        div.stack {
            @if typed.is_empty() {
                (search_box(w, "", ""))
                (roots(w, &places, (after.is_some(), more)))
            } @else {
                (search_box(w, &typed, &w.n("place-found", places.len())))
                @if places.is_empty() {
                    (empty(w.t("place-none-found"), w.t("place-none-found-hint"), Some(("/places", w.t("place-all")))))
                } @else {
                    (listed(w, &places, true))
                    @if places.len() >= crate::MOST_FOUND { p.soft { (w.t("place-found-more")) } }
                }
            }
        }
    };
    Ok(visit.page(Section::Other, w.t("places-title"), &body))
}

fn roots(w: Words, places: &[Listed], (has_before, more): (bool, bool)) -> Markup {
    let next = places.last().filter(|_| more).map(|last| format!("/places?after={}", last.place.id));
    html! {
        @if !places.is_empty() {
            (listed(w, places, false))
        } @else if has_before {
            (empty(w.t("list-end"), "", Some(("/places", w.t("list-first")))))
        } @else {
            (empty(w.t("places-none"), w.t("places-none-hint"), None))
        }
        (pager(w, has_before.then_some("/places"), next.as_deref()))
    }
}

//! The halls of a place.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use places::{Place, web::Listing};
use rights::{Action, may, reach};
use serde::Deserialize;
use ui::{
    Markup, format, html,
    parts::{Card, Tone, Weight, day, link_button, tag},
};
use web::{Problem, Rim, Visit, optional_id};

use super::super::{
    Hall, HallId, HallNoun,
    queries::{self, PAGE},
};
use crate::delegates::page;

/// Which list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    place: String,
    before: String,
}

/// `GET /halls`: one statement, two with a place.
pub(super) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let asked = which.clone();
    let read = rim.db.read(move |s| {
        let place: Option<PlaceId> = optional_id(Some(&asked.place));
        let place = match place {
            Some(id) => {
                let found = places::queries::show(s, &id)?;
                Some(found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
            }
            None => None,
        };
        let before: Option<HallId> = optional_id::<HallNoun>(Some(&asked.before));
        let path = place.as_ref().map(|place| place.path.as_str());
        let list = queries::halls(s, path, before.as_ref())?;
        Ok::<_, Fault>((place, list))
    });
    let (place, list) = read.await?;
    let w = visit.words;
    Ok(page::answer(&visit, w.t("halls-title"), &listed(&visit, (place.as_ref(), &which), &list), None))
}

fn listed(visit: &Visit, (place, which): (Option<&Place>, &Which), list: &[Hall]) -> Markup {
    let w = visit.words;
    let works = match place {
        Some(place) => place.site().is_ok_and(|site| may(&visit.actor, Action::MoveMatter, &site)),
        None => visit.actor.principal().is_some_and(|me| !reach(me, Action::MoveMatter).is_empty()),
    };
    let of = place.map_or("", |place| place.id.as_str());
    let new = link_button(Weight::First, &format!("/halls/new?place={of}"), w.t("hall-new"));
    let acts = if works { vec![new] } else { Vec::new() };
    let hrefs: Vec<String> = list.iter().map(|hall| format!("/halls/{}", hall.id)).collect();
    let excerpts: Vec<String> = list.iter().map(|hall| format::excerpt(&hall.about, 100)).collect();
    let metas: Vec<[Markup; 2]> = (list.iter())
        .map(|hall| {
            [html! { (w.n("hall-seats-n", hall.seats())) }, html! { (day(w, &hall.from)) " – " (day(w, &hall.until)) }]
        })
        .collect();
    let rows = list.iter().enumerate().map(|(at, hall)| Card {
        title: &hall.name,
        href: &hrefs[at],
        tag: tag(Tone::Plain, w.t(&format!("hall-kind-{}", hall.kind.as_str()))),
        meta: &metas[at],
        excerpt: &excerpts[at],
    });
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= PAGE);
    let listing = Listing {
        at: "/halls",
        title: w.t("halls-title"),
        lead: w.t("halls-lead"),
        none: (w.t("halls-none"), w.t("halls-none-hint")),
        place,
        acts: &acts,
        rows: &rows.collect::<Vec<_>>(),
        behind: ("before", &which.before),
        last: list.last().filter(|_| full).map(|last| last.id.to_string()),
    };
    listing.shown(w)
}

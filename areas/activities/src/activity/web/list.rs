//! What comes and what was, at a place or of a season.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Instant, Kind, PlaceId, Refusal};
use places::Place;
use programmes::{Season, SeasonId, season};
use rights::{Action, reach};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{Card, Figure, Head, Tab, Weight, breadcrumb, cards, empty, figures, head, link_button, pager, tabs},
};
use web::{Problem, Rim, Visit, optional_id};

use crate::{
    Activity, ActivityId,
    activity::queries::{self, Asked, PAGE},
    figures::{self, Counts},
    page,
};

/// Which list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    season: String,
    project: u32,
    place: String,
    /// `past`; anything else is what comes.
    view: String,
    /// The instant at which the last one of the page before began, in microseconds, and its id.
    at: String,
    id: String,
}

struct Facts {
    season: Option<Season>,
    counts: Counts,
    place: Option<Place>,
    list: Vec<Activity>,
}

/// `GET /activities`: one statement; with a place or a season some more, whatever they hold.
pub(super) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let now = rim.context_of(&visit).now;
    let asked = which.clone();
    let read = rim.db.read(move |s| {
        let season: Option<SeasonId> = optional_id(Some(&asked.season));
        let season = season.map(|id| season::queries::season(s, &id)).transpose()?;
        let place: Option<PlaceId> = optional_id(Some(&asked.place));
        let place = match place.filter(|_| season.is_none()) {
            Some(id) => {
                let found = places::queries::show(s, &id)?;
                Some(found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
            }
            None => None,
        };
        let counts = match &season {
            Some(season) if asked.project > 0 => figures::queries::of_project(s, &season.id, asked.project)?,
            Some(season) => figures::queries::of_season(s, &season.id)?,
            None => Counts::default(),
        };
        let behind =
            asked.at.parse().ok().map(Instant).zip(optional_id::<crate::activity::ActivityNoun>(Some(&asked.id)));
        let list = Asked {
            season: season.as_ref().map(|season| season.id.clone()),
            project: asked.project,
            path: place.as_ref().map(|place| place.path.clone()),
            past: asked.view == "past",
            behind,
        };
        Ok::<_, Fault>(Facts { list: queries::list(s, &list, now)?, season, counts, place })
    });
    let facts = read.await?;
    let w = visit.words;
    let body = told(&visit, &facts, &which, rim.settings.offset_minutes);
    Ok(page::page(&visit, w.t("activities-title"), &body, None))
}

fn address(which: &Which, view: &str, behind: Option<(Instant, &ActivityId)>) -> String {
    let mut parts = Vec::new();
    if optional_id::<programmes::SeasonNoun>(Some(&which.season)).is_some() {
        parts.push(format!("season={}", which.season));
        if which.project > 0 {
            parts.push(format!("project={}", which.project));
        }
    } else if optional_id::<()>(Some(&which.place)).is_some() {
        parts.push(format!("place={}", which.place));
    }
    if view == "past" {
        parts.push("view=past".to_owned());
    }
    if let Some((Instant(at), id)) = behind {
        parts.push(format!("at={at}&id={id}"));
    }
    if parts.is_empty() { "/activities".to_owned() } else { format!("/activities?{}", parts.join("&")) }
}

fn told(visit: &Visit, facts: &Facts, which: &Which, offset: i32) -> Markup {
    let w = visit.words;
    let past = which.view == "past";
    let view = if past { "past" } else { "" };
    let mine = visit.me.is_some()
        && (facts.season.is_some()
            || visit.actor.principal().is_some_and(|me| !reach(me, Action::HoldActivity).is_empty()));
    let new = match &facts.season {
        Some(season) => format!("/activities/new?season={}&project={}", season.id, which.project),
        None => format!("/activities/new?place={}", facts.place.as_ref().map_or("", |place| place.id.as_str())),
    };
    let new = link_button(Weight::First, &new, w.t("activity-new"));
    let (coming, gone) = (address(which, "", None), address(which, "past", None));
    let full = i64::try_from(facts.list.len()).is_ok_and(|n| n >= PAGE);
    let last = facts.list.last().filter(|_| full);
    let next = last.map(|last| address(which, view, Some((last.starts_at, &last.id))));
    let first = address(which, view, None);
    let here = facts.season.as_ref().map(|season| (format!("/seasons/{}", season.id), &season.name));
    html! {
        @if let Some((href, name)) = &here {
            (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (href, name)], w.t("activities-title")))
        }
        (head(&Head {
            kicker: &facts.place.iter().map(|place| html! { (place.shown) }).collect::<Vec<_>>(),
            title: w.t("activities-title"),
            lead: w.t("activities-lead"),
            acts: if mine { std::slice::from_ref(&new) } else { &[] },
        }))
        @if facts.season.is_some() { (numbers(w, &facts.counts)) }
        (tabs(w.t("activities-title"), &[
            Tab { href: &coming, label: w.t("activities-coming"), here: !past, ..Tab::default() },
            Tab { href: &gone, label: w.t("activities-past"), here: past, ..Tab::default() },
        ]))
        @if facts.list.is_empty() {
            (empty(w.t(if which.at.is_empty() { "activities-none" } else { "list-end" }), "", None))
        } @else { (entries(w, &facts.list, offset)) }
        (pager(w, (!which.at.is_empty()).then_some(first.as_str()), next.as_deref()))
    }
}

fn entries(w: Words, list: &[Activity], offset: i32) -> Markup {
    let hrefs: Vec<String> = list.iter().map(|a| format!("/activities/{}", a.id)).collect();
    let excerpts: Vec<String> = list.iter().map(|a| format::excerpt(&a.about, 80)).collect();
    let metas: Vec<Vec<Markup>> = list
        .iter()
        .map(|a| {
            let mut facts = vec![page::when(w, a, offset), html! { (w.t(&format!("activity-theme-{}", a.theme))) }];
            if !a.spot.is_empty() {
                facts.push(html! { (a.spot) });
            }
            facts
        })
        .collect();
    let list = list.iter().enumerate().map(|(at, a)| Card {
        title: &a.title,
        href: &hrefs[at],
        tag: page::state(w, a),
        meta: &metas[at],
        excerpt: &excerpts[at],
    });
    cards(&list.collect::<Vec<_>>())
}

/// What the activities of a season or project became. Visits, persons and estimates stay apart.
fn numbers(w: Words, counts: &Counts) -> Markup {
    let held = format::count(counts.held);
    let planned = w.n("activities-planned", counts.planned);
    let direct = format::Count::exact(counts.direct_visits).attendances(w);
    let persons = format::Count::exact(counts.persons).people(w);
    let unnamed = w.n("activities-unnamed", counts.unnamed);
    let indirect = format::Count::exact(counts.indirect_visits).attendances(w);
    let guessed = w.n("activities-estimated-direct", counts.estimated_direct);
    let note = |n: u64, text| if n > 0 { text } else { "" };
    let plain = Figure::default();
    figures(&[
        Figure { label: w.t("activities-held"), value: &held, note: &planned, ..plain },
        Figure {
            label: w.t("activities-direct"),
            value: &direct,
            note: note(counts.estimated_direct, &guessed),
            ..plain
        },
        Figure { label: w.t("activities-persons"), value: &persons, note: note(counts.unnamed, &unnamed), ..plain },
        Figure { label: w.t("activities-indirect"), value: &indirect, note: w.t("activities-estimated"), ..plain },
    ])
}

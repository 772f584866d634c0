//! Polls at a place, the newest first.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use db::Fault;
use kernel::PlaceId;
use places::{Place, web::Listing};
use rights::{Action, may, reach};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Card, Weight, day, link_button},
    words::key_of,
};
use web::{Problem, Rim, Visit, optional_id};

use super::{answer, state};
use crate::{Poll, PollId, queries};

/// Which list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    place: String,
    /// Behind this poll.
    after: String,
}

struct Facts {
    place: Option<Place>,
    list: Vec<Poll>,
    drafts: bool,
}

/// `GET /polls`: two statements, three with a place.
pub(crate) async fn list(From(rim): From<Rim>, visit: Visit, Query(which): Query<Which>) -> Result<Response, Problem> {
    let (asked, actor) = (which.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let place: Option<PlaceId> = optional_id(Some(&asked.place));
        let mut place = place.map(|id| places::queries::show(s, &id)).transpose()?.flatten();
        let own = actor.principal().map_or_else(Vec::new, |me| reach(me, Action::Enrol));
        if place.is_none()
            && let [only, ..] = &own[..]
        {
            // whoever works somewhere begins there
            place = places::queries::show(s, only)?;
        }
        let drafts = match &place {
            Some(place) => may(&actor, Action::Enrol, &place.site()?),
            None => false,
        };
        let behind: Option<PollId> = optional_id(Some(&asked.after));
        let path = place.as_ref().map(|place| place.path.as_str());
        let list = queries::list(s, path, drafts, behind.as_ref())?;
        Ok::<_, Fault>(Facts { place, list, drafts })
    });
    let facts = read.await?;
    let w = visit.words;
    Ok(answer(&visit, w.t("polls-title"), &body(w, &facts, &which), None))
}

fn body(w: Words, facts: &Facts, which: &Which) -> Markup {
    let place = facts.place.as_ref();
    let new = format!("/polls/new?place={}", place.map_or("", |place| place.id.as_str()));
    let acts = if facts.drafts { vec![link_button(Weight::First, &new, w.t("poll-new"))] } else { Vec::new() };
    let list = &facts.list;
    let hrefs: Vec<String> = list.iter().map(|poll| format!("/polls/{}", poll.id)).collect();
    let metas: Vec<[Markup; 2]> = list
        .iter()
        .map(|poll| {
            let kind = w.t(&key_of("poll-kind", poll.kind.as_str()));
            [html! { (kind) }, html! { (day(w, &poll.opens_day)) " – " (day(w, &poll.closes_day)) }]
        })
        .collect();
    let rows: Vec<Card<'_>> = list
        .iter()
        .zip(hrefs.iter().zip(&metas))
        .map(|(poll, (href, meta))| Card { title: &poll.title, href, tag: state(w, poll), meta, excerpt: "" })
        .collect();
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= queries::PAGE);
    let listing = Listing {
        at: "/polls",
        title: w.t("polls-title"),
        lead: w.t("polls-lead"),
        none: (w.t("polls-none"), w.t("polls-none-hint")),
        place,
        acts: &acts,
        rows: &rows,
        behind: ("after", &which.after),
        last: list.last().filter(|_| full).map(|last| last.id.to_string()),
    };
    listing.shown(w)
}

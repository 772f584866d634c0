//! Conversations at a place, the newest first.

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
};
use web::{Problem, Rim, Visit, optional_id};

use super::{answer, state};
use crate::conversation::{Conversation, ConversationId, queries};

/// Which list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    place: String,
    /// Behind this conversation.
    after: String,
}

struct Facts {
    place: Option<Place>,
    list: Vec<Conversation>,
    drafts: bool,
}

/// `GET /conversations`: two statements, three with a place.
pub(crate) async fn list(From(rim): From<Rim>, visit: Visit, Query(which): Query<Which>) -> Result<Response, Problem> {
    let (asked, actor) = (which.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let place: Option<PlaceId> = optional_id(Some(&asked.place));
        let mut place = place.map(|id| places::queries::show(s, &id)).transpose()?.flatten();
        let own = actor.principal().map_or_else(Vec::new, |me| reach(me, Action::PostNotice));
        if place.is_none()
            && let [only, ..] = &own[..]
        {
            // whoever works somewhere begins there
            place = places::queries::show(s, only)?;
        }
        let drafts = match &place {
            Some(place) => may(&actor, Action::PostNotice, &place.site()?),
            None => false,
        };
        let behind: Option<ConversationId> = optional_id(Some(&asked.after));
        let path = place.as_ref().map(|place| place.path.as_str());
        let list = queries::list(s, path, drafts, behind.as_ref())?;
        Ok::<_, Fault>(Facts { place, list, drafts })
    });
    let facts = read.await?;
    let w = visit.words;
    Ok(answer(&visit, w.t("conversations-title"), &body(w, &facts, &which), None))
}

fn body(w: Words, facts: &Facts, which: &Which) -> Markup {
    let place = facts.place.as_ref();
    let new = format!("/conversations/new?place={}", place.map_or("", |place| place.id.as_str()));
    let acts = if facts.drafts { vec![link_button(Weight::First, &new, w.t("conversation-new"))] } else { Vec::new() };
    let list = &facts.list;
    let hrefs: Vec<String> = list.iter().map(|one| format!("/conversations/{}", one.id)).collect();
    let metas: Vec<Vec<Markup>> = list.iter().map(|one| meta(w, one)).collect();
    let rows: Vec<Card<'_>> = list
        .iter()
        .zip(hrefs.iter().zip(&metas))
        .map(|(one, (href, meta))| Card { title: &one.title, href, tag: state(w, one), meta, excerpt: "" })
        .collect();
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= queries::PAGE);
    let listing = Listing {
        at: "/conversations",
        title: w.t("conversations-title"),
        lead: w.t("conversations-lead"),
        none: (w.t("conversations-none"), w.t("conversations-none-hint")),
        place,
        acts: &acts,
        rows: &rows,
        behind: ("after", &which.after),
        last: list.last().filter(|_| full).map(|last| last.id.to_string()),
    };
    listing.shown(w)
}

fn meta(w: Words, one: &Conversation) -> Vec<Markup> {
    match (&one.opens_day, &one.closes_day) {
        (Some(opens), Some(closes)) => vec![html! { (day(w, opens)) " – " (day(w, closes)) }],
        _ if one.is_taken_in() => vec![html! { (w.t("conversation-taken-in")) }],
        _ => Vec::new(),
    }
}

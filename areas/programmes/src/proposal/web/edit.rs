//! The form, and what its buttons do.

use axum::{
    extract::{Query, State as Shared},
    response::Response,
};
use db::{Fault, Snapshot};
use kernel::{FieldError, Kind, PlaceId, Refusal};
use places::Place;
use serde::Deserialize;
use ui::{
    html,
    parts::{Head, Tone, flash, head},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{
    Facts, facts,
    form::{self, ROWS, Sent, Shown},
    page_of, show, way,
};
use crate::{
    SeasonId, page,
    promotion::{self, Earlier},
    proposal::{
        Proposal, ProposalId, Typed,
        read::read,
        save::{self, SaveProposal},
        submit,
    },
    season::web::shown,
};

type Ids = (SeasonId, ProposalId);

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

struct Desk {
    facts: Facts,
    places: Vec<Place>,
    /// What the team was promoted to in earlier seasons.
    promoted: Vec<Earlier>,
}

fn desk(s: &mut Snapshot<'_>, ids: &Ids, visit: &Visit) -> Result<Desk, Fault> {
    let facts = facts(s, (&ids.0, &ids.1), &visit.actor)?;
    if !facts.standing.writes {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let mut found: Vec<Place> = places::queries::show(s, &facts.season.place)?.into_iter().collect();
    found.extend(places::queries::list(s, Some(&facts.season.place))?);
    // one deeper in the tree, that was chosen over the interface for programs
    let chosen = facts.proposal.typed.place.parse::<PlaceId>().ok();
    if let Some(chosen) = chosen.filter(|id| !found.iter().any(|place| place.id == *id)) {
        found.extend(places::queries::show(s, &chosen)?);
    }
    let promoted = promotion::queries::earlier(s, &facts.season, &facts.proposal)?;
    Ok(Desk { facts, places: found, promoted })
}

async fn read_desk(rim: &Rim, visit: &Visit, ids: &Ids) -> Result<Desk, Problem> {
    let (ids, asker) = (ids.clone(), visit.clone());
    Ok(rim.db.read(move |s| desk(s, &ids, &asker)).await?)
}

/// `GET /seasons/{season}/proposals/{proposal}/edit`: seven statements, eight with a place deeper in the tree.
pub(crate) async fn edit(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(ids): PathId<Ids>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let desk = read_desk(&rim, &visit, &ids).await?;
    if !desk.facts.proposal.state.is_open() {
        return Ok(page::to(&page_of(&desk.facts)));
    }
    let faults = read(&desk.facts.proposal.typed, &desk.facts.template).wrong();
    let typed = desk.facts.proposal.typed.clone();
    let at = At { typed: &typed, revision: desk.facts.proposal.revision, rows: ROWS, done: done.done.is_some() };
    Ok(shown_form(&visit, &desk, &at, (&faults, None)))
}

/// `POST /seasons/{season}/proposals/{proposal}/edit`: keeps what was typed; then submits it, or shows more rows.
pub(crate) async fn send(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(ids): PathId<Ids>,
    Fields(pairs): Fields<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let desk = read_desk(&rim, &visit, &ids).await?;
    let sent = form::parse(pairs, &desk.facts.template);
    if sent.then == "more" {
        let faults = read(&sent.typed, &desk.facts.template).wrong();
        let at = At { typed: &sent.typed, revision: sent.revision, rows: sent.rows.saturating_add(ROWS), done: false };
        return Ok(shown_form(&visit, &desk, &at, (&faults, None)));
    }
    let saved = match page::shown(keep(&rim, &visit, &ids, &sent).await)? {
        Ok(saved) => saved,
        Err(refusal) => return again(&rim, &visit, &ids, (&sent, None, &refusal)).await,
    };
    let here = page_of(&desk.facts);
    if sent.then != "submit" {
        return Ok(page::to(&format!("{here}/edit?done=save")));
    }
    let (season, id) = ids.clone();
    let submitted = page::act(&rim, &visit, move |tx, cx| submit::submit(tx, cx, (&season, &id))).await;
    match page::shown(submitted)? {
        Ok(_) => Ok(page::to(&format!("{here}?done=submit"))),
        Err(refusal) => again(&rim, &visit, &ids, (&sent, Some(&saved), &refusal)).await,
    }
}

async fn keep(rim: &Rim, visit: &Visit, ids: &Ids, sent: &Sent) -> Result<Proposal, Fault> {
    let (season, id) = ids.clone();
    let version = sent.then == "version";
    let input = SaveProposal { revision: sent.revision, version, proposal: sent.typed.clone() };
    page::act(rim, visit, move |tx, cx| save::save(tx, cx, (&season, &id), &input)).await
}

/// The form again, with what was typed and why it was not taken. What was saved before that counts as read.
async fn again(
    rim: &Rim,
    visit: &Visit,
    ids: &Ids,
    (sent, saved, refusal): (&Sent, Option<&Proposal>, &Refusal),
) -> Result<Response, Problem> {
    let desk = read_desk(rim, visit, ids).await?;
    let typed = saved.map_or(&sent.typed, |saved| &saved.typed);
    // who was told that somebody else saved meanwhile, and saves again, means it
    let known = saved.is_some() || refusal.code == "proposal-saved-meanwhile";
    let revision = if known { desk.facts.proposal.revision } else { sent.revision };
    let at = At { typed, revision, rows: sent.rows, done: false };
    Ok(shown_form(visit, &desk, &at, (&refusal.fields, Some(refusal))))
}

/// What the form begins with.
struct At<'a> {
    typed: &'a Typed,
    revision: i64,
    rows: usize,
    /// It was just saved.
    done: bool,
}

fn shown_form(
    visit: &Visit,
    desk: &Desk,
    at: &At<'_>,
    (faults, refusal): (&[FieldError], Option<&Refusal>),
) -> Response {
    let (w, facts) = (visit.words, &desk.facts);
    let shown = Shown { typed: at.typed, revision: at.revision, rows: at.rows, faults, refusal, places: &desk.places };
    let title = w.t("proposal-edit");
    let body = html! {
        (way(w, facts, title))
        (head(&Head { title: &facts.proposal.typed.title, lead: w.t("proposal-edit-lead"), ..Head::default() }))
        div.stack {
            (shown::tabs(w, &facts.season, &facts.template, "proposals"))
            @if at.done { (flash(Tone::Ok, w.t("proposal-saved"))) }
            (show::sums(w, &facts.season, &read(at.typed, &facts.template), facts.template.cap(&at.typed.tier)))
            (show::reasons(w, facts))
            (promotion::web::earlier(w, &facts.template.tiers, &desk.promoted))
            (form::form(visit, facts, &shown))
        }
    };
    page::page(visit, title, &body, refusal)
}

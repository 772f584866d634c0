//! Begin a proposal, from an idea or afresh.

use db::{DbError, Fault, Tx};
use kernel::{Context, Fen, Kind, OrgId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize, may};
use serde::Deserialize;
use serde_json::json;
use ui::format::excerpt;

use super::{
    MAX_OWN, MAX_PROPOSALS, Proposal, State, Typed,
    rules::{self, Beginner},
    store,
};
use crate::{
    Season, SeasonId,
    idea::{self, IdeaId},
    season::queries,
};

/// A proposal that somebody begins.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct StartProposal {
    /// The id of the idea it comes from; empty for none.
    pub idea: String,
    /// The id of the organisation that applies; empty for the person.
    pub org: String,
    /// 1 to 60 characters; empty takes the idea's.
    pub title: String,
    /// A text the sender makes up for this one proposal, at most 64 characters, so that sending twice begins one.
    pub once: String,
}

/// Begins a proposal. The same `once` again answers with the proposal that is already there.
///
/// From an idea that everybody sees it is begun by its author, by somebody for an organisation in which they hold a seat, or by the office.
/// The office may name any organisation as the applicant.
///
/// # Errors
/// Refusals `sign-in-first`, `verify-first`, `invalid-input`, `season-not-found`, `wrong-stage`, `too-many-proposals`,
/// `too-many-own-proposals`, `idea-not-found`, `idea-wrong-state`, `idea-of-another`, `org-not-found`,
/// `org-seat-needed`, `changed-meanwhile`; database faults.
pub fn start(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId, input: &StartProposal) -> Result<Proposal, Fault> {
    let permit = authorize(&cx.actor, Action::PostIdea, id.home())?;
    let author = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let season = queries::season(tx, id)?;
    let once = once(cx, input, &author)?;
    if let Some(begun) = store::proposal_once(tx, id, &once)? {
        return Ok(begun);
    }
    let (idea, typed, org) = told(tx, cx, &season, input)?;
    let nth = store::count_own(tx, id, &author)? + 1;
    if nth > MAX_OWN {
        return Err(Refusal::new(Kind::LimitReached, "too-many-own-proposals").with_int("limit", MAX_OWN).into());
    }
    let Some(number) = store::count_proposal(tx, &permit, id, MAX_PROPOSALS)? else {
        rules::may_start(&season)?;
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    };
    let proposal = Proposal {
        id: cx.id(id.home()),
        season: id.clone(),
        number,
        idea,
        author,
        org,
        entered_by: cx.entered_by().cloned(),
        state: State::Draft,
        typed,
        grant: Fen(0),
        whole: Fen(0),
        n_versions: 0,
        coach: None,
        coached: Vec::new(),
        project: None,
        reasons: Vec::new(),
        revision: 0,
        started_day: cx.day.clone(),
        submitted_day: None,
    };
    match store::insert(tx, &permit, &proposal, &store::Came { once: &once, source: cx.source(), nth }) {
        // the twin of a double click, at the same instant
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let public =
        json!({ "proposal": proposal.id, "number": number, "idea": proposal.idea, "source": cx.source().as_str() });
    let private = json!({
        "title": proposal.typed.title, "person": proposal.author, "org": proposal.org, "entered_by": proposal.entered_by,
    });
    let draft = Draft { kind: "proposal.started", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(proposal)
}

/// Two people may make up the same text.
fn once(cx: &mut Context, input: &StartProposal, author: &kernel::PersonId) -> Result<String, Refusal> {
    let mut shape = Shape::new();
    let once = shape.optional_line("once", &input.once, 64);
    let once = shape.finish(once)?;
    if once.is_empty() {
        return Ok(cx.id::<super::ProposalNoun>(author.home()).to_string());
    }
    Ok(format!("{author}/{once}"))
}

type Told = (Option<IdeaId>, Typed, Option<OrgId>);

/// What the proposal begins with, once it is known that it may.
fn told(tx: &mut Tx<'_>, cx: &Context, season: &Season, input: &StartProposal) -> Result<Told, Fault> {
    let office = may(&cx.actor, Action::MoveMatter, &queries::site(tx, season)?);
    let org = org(tx, cx, &input.org, office)?;
    let mut title = input.title.clone();
    let (mut summary, mut from) = (String::new(), None);
    if !input.idea.is_empty() {
        let id: IdeaId = input.idea.parse().map_err(|_| Refusal::new(Kind::NotFound, "idea-not-found"))?;
        let (idea, _) = idea::queries::seen(tx, cx, season, &id)?;
        idea::rules::expect_state(&idea, &[idea::State::Shown])?;
        let is_author = idea.person.is_some() && idea.person.as_ref() == cx.author();
        rules::may_take_up(Beginner { is_author, for_org: org.is_some(), is_office: office })?;
        if title.trim().is_empty() {
            title = idea.title;
        }
        summary = excerpt(&idea.body, 280);
        from = Some(id);
    }
    let mut shape = Shape::new();
    let title = shape.line("title", &title, 60);
    let typed = shape.finish(Typed { title, summary, ..Typed::default() })?;
    Ok((from, typed, org))
}

/// The organisation that applies, if one does and this person may say so.
fn org(tx: &mut Tx<'_>, cx: &Context, typed: &str, office: bool) -> Result<Option<OrgId>, Fault> {
    if typed.is_empty() {
        return Ok(None);
    }
    let id: OrgId = typed.parse().map_err(|_| Refusal::new(Kind::NotFound, "org-not-found"))?;
    let org = people::org::queries::org(tx, &id)?;
    if org.closed.is_some() {
        return Err(Refusal::new(Kind::NotFound, "org-not-found").into());
    }
    let seated = cx.actor.principal().is_some_and(|principal| principal.seats.contains(&id));
    if !seated && !office {
        return Err(Refusal::new(Kind::Forbidden, "org-seat-needed").into());
    }
    Ok(Some(id))
}

//! Write a note on a version.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{MAX_NOTES, Note, store};
use crate::{
    Proposal, ProposalId, Season, SeasonId,
    proposal::{self, State, rules},
    season,
};

/// A note as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = WriteNoteCoaching)]
pub struct WriteNote {
    /// 1 to 1,000 characters.
    #[serde(default)]
    pub words: String,
    /// A text the sender makes up for this one note, at most 64 characters, so that sending twice writes one.
    #[serde(default)]
    pub once: String,
}

/// Writes a note on the last version; a draft without versions is kept as the first one, so that it stays known what was
/// read. The same `once` again answers with the note that is already there.
///
/// # Errors
/// Refusals `invalid-input`, `proposal-not-found`, `proposal-state`, `too-many-notes`, `too-many-versions`,
/// `changed-meanwhile`, `not-allowed`, `sign-in-first`; database faults.
pub fn note(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &ProposalId),
    input: &WriteNote,
) -> Result<Note, Fault> {
    let (season, mut proposal, permit, author) = open(tx, cx, (season, id))?;
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 1_000);
    let once = shape.optional_line("once", &input.once, 64);
    let (words, once) = shape.finish((words, once))?;
    let note = Note { id: cx.id(id.home()), version: 0, author, words, made_day: cx.day.clone() };
    let once = if once.is_empty() { note.id.to_string() } else { format!("{}/{once}", note.author) };
    if let Some(written) = store::note_once(tx, id, &once)? {
        return Ok(written);
    }
    if !store::count_note(tx, &permit, (&season.id, id))? {
        let limit = i64::from(MAX_NOTES);
        return Err(Refusal::new(Kind::LimitReached, "too-many-notes").with_int("limit", limit).into());
    }
    let note = Note { version: read_version(tx, cx, &permit, &mut proposal)?, ..note };
    match store::insert_note(tx, &permit, (id, &once), &note) {
        // the twin of a double click, at the same instant
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let public = json!({ "proposal": id, "number": proposal.number, "version": note.version, "note": note.id });
    let private = json!({ "words": note.words, "person": note.author });
    let subject = season.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "proposal.noted", subject, public: &public, private: Some(&private) })?;
    Ok(note)
}

/// A proposal that this coach or the office may speak about.
pub(super) fn open(
    tx: &mut Tx<'_>,
    cx: &Context,
    (season, id): (&SeasonId, &ProposalId),
) -> Result<(Season, Proposal, Permit, PersonId), Fault> {
    let season = season::queries::season(tx, season)?;
    let site = season::queries::site(tx, &season)?;
    let (proposal, _) = proposal::queries::seen(tx, (&season.id, id), &cx.actor, &site)?;
    let permit = authorize(&cx.actor, Action::CoachProposal, Resource::at(&site).owned_by(proposal.coach.as_ref()))?;
    let author = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    rules::expect_state(&proposal, &[State::Draft, State::Submitted, State::Returned])?;
    Ok((season, proposal, permit, author))
}

/// The version that is spoken of: the last one, or the draft as it is now, which becomes the first.
pub(super) fn read_version(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    proposal: &mut Proposal,
) -> Result<u32, Fault> {
    if proposal.n_versions == 0 {
        proposal::save::keep(tx, cx, permit, proposal)?;
    }
    Ok(proposal.n_versions)
}

//! Draw the map anew: asked for with a vote, done by a job, by any node, never in the voter's transaction.

use std::collections::BTreeMap;

use db::{Db, DbError, Fault, Tx};
use kernel::{Actor, Context, Instant};
use rights::{Action, authorize};
use serde::{Deserialize, Serialize};
use work::jobs::{Failure, Handler, Job, New, Outcome, enqueue};

use super::{Gathered, Picture, drawn, each_member, gather, members};
use crate::conversation::{Conversation, ConversationId, State, queries, store};

/// The kind of job that draws the map of a conversation anew.
pub const REDRAW: &str = "conversation.map";
/// A map is drawn at most once in this time, in microseconds.
const STEP: i64 = 20_000_000;

/// What a job of [`REDRAW`] does.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Redrawing {
    conversation: ConversationId,
}

/// Asks for a new map in the transaction of a vote: one job for all votes of the same third of a minute.
///
/// # Errors
/// Database faults.
pub(crate) fn ask(tx: &mut Tx<'_>, cx: &mut Context, id: &ConversationId) -> Result<(), DbError> {
    let step = cx.now.0.div_euclid(STEP) + 1;
    let (once, payload) = (format!("{id}/{step}"), Redrawing { conversation: id.clone() });
    let run_at = Some(Instant(step * STEP));
    enqueue(tx, cx, &New { home: id.home(), kind: REDRAW, payload: &payload, dedup: Some(&once), run_at })?;
    Ok(())
}

/// The handler of [`REDRAW`].
pub struct Redraw {
    /// Where conversations are.
    pub db: Db,
}

impl Handler for Redraw {
    fn kind(&self) -> &'static str {
        REDRAW
    }

    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        let asked: Redrawing = job.read()?;
        let drawing = redrawn(&self.db, &asked.conversation)?;
        Ok(Outcome::Keep(Box::new(move |tx, cx| keep(tx, cx.now, &drawing))))
    }
}

/// A map that was drawn and is not kept yet.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The conversation as it was read.
    pub conversation: Conversation,
    /// What is drawn and told.
    pub picture: Picture,
    /// Who stands where.
    pub members: String,
}

impl Drawing {
    /// Draws what was gathered. `before` is each participant's group on the map before.
    ///
    /// # Errors
    /// [`DbError::Data`] where the votes fit no map.
    pub fn of(gathered: &Gathered, before: &BTreeMap<u64, u32>) -> Result<Drawing, DbError> {
        let map = gathered.map(before)?;
        let (picture, members) = (drawn(&map), members(&map));
        Ok(Drawing { conversation: gathered.conversation.clone(), picture, members })
    }
}

/// Draws the map of a conversation from its votes, outside any write transaction. Groups keep the colours that they have on
/// the map before; that of a published conversation follows from the votes alone, as its verdict does.
///
/// # Errors
/// Refusal `conversation-not-found`; database faults.
pub fn redrawn(db: &Db, id: &ConversationId) -> Result<Drawing, Fault> {
    let (gathered, key) = (gather(db, id)?, id.clone());
    let mut before = BTreeMap::new();
    if gathered.conversation.state == State::Open {
        let text = db.read_wait(move |s| store::members(s, &key))?.unwrap_or_default();
        let grouped = each_member(&text).filter_map(|(number, _, _, group)| Some((u64::from(number), group?)));
        before.extend(grouped);
    }
    Ok(Drawing::of(&gathered, &before)?)
}

/// Keeps a map as of `at`. A map of a conversation that was closed meanwhile is not kept: its last one follows from the
/// votes alone.
///
/// # Errors
/// Refusal `conversation-not-found`; database faults.
pub fn keep(tx: &mut Tx<'_>, at: Instant, drawing: &Drawing) -> Result<(), Fault> {
    let id = &drawing.conversation.id;
    if queries::conversation(tx, id)?.state != drawing.conversation.state {
        return Ok(());
    }
    // nobody asks for this: the installation itself does it, whoever voted
    let permit = authorize(&Actor::Operator, Action::PostNotice, id.home())?;
    store::keep_map(tx, &permit, id, at, (&drawing.picture.print()?, &drawing.members))?;
    Ok(())
}

/// Draws and keeps the map of a conversation now: what any node does to have it again from the votes.
///
/// # Errors
/// As [`redrawn`] and [`keep`].
pub fn refresh(db: &Db, at: Instant, id: &ConversationId) -> Result<Picture, Fault> {
    let drawing = redrawn(db, id)?;
    let kept = drawing.clone();
    db.write_wait(move |tx| keep(tx, at, &kept))?;
    Ok(drawing.picture)
}

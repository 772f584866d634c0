//! Cast a ballot.

use ballots::{BallotKey, Kept};
use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::EntryId;
use people::{
    VoterKey,
    commands::mark::{mark, seal_mark},
};
use rights::{Action, Permit, Resource, authorize};
use serde::Serialize;

use crate::{
    Choice, Openness, Poll, PollId, Weighed,
    choice::{self, Salted},
    queries,
    rules::may_vote,
    store,
    survey::{Ask, Question, numbered},
};

/// The kind of a ballot's entry.
pub const CAST: &str = "poll.ballot-cast";

/// What the log says of a ballot: what is chosen; of a survey a commitment alone.
#[derive(Serialize)]
pub(crate) struct Told<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<&'a str>,
}

/// A ballot as it was cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// Its id.
    pub id: ballots::BallotId,
    /// What it says.
    pub ballot: Weighed,
}

/// A ballot that comes with a code.
#[derive(Debug, Clone)]
pub struct Coded<'a> {
    /// As somebody typed it.
    pub code: &'a str,
    /// What is chosen.
    pub choice: &'a Choice,
    /// What opens it for changing; nothing for a ballot that stays as it is.
    pub key: Option<BallotKey>,
}

/// Casts a ballot at the row of the roll to which a typed code leads ([`VoterKey::typed`]).
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `poll-not-yet`, `poll-over`, `not-on-the-roll`, `already-voted`,
/// `key-taken`, those of a ballot's check, `not-allowed`; database faults.
pub fn cast_code(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, new: &Coded<'_>) -> Result<Cast, Fault> {
    let permit = authorize(&cx.actor, Action::CastBallot, id.home())?;
    let poll = held(tx, cx, id)?;
    let mut done = Err(Refusal::new(Kind::Forbidden, "not-on-the-roll").into());
    for voter in VoterKey::typed(id.as_str(), new.code) {
        let kept = keep(tx, cx, &permit, &poll, &New { voter, choice: new.choice, key: new.key });
        done = kept.map(|(cast, _)| cast);
        if !done.as_ref().is_err_and(|fault: &Fault| fault.is_refusal("not-on-the-roll")) {
            break;
        }
    }
    done
}

/// Casts the ballot of the person who has signed in, at their own row of the roll. Nobody casts it for them.
///
/// # Errors
/// As [`cast_code`], and `sign-in-first`, `vote-yourself`.
pub fn cast_mine(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    id: &PollId,
    choice: &Choice,
    key: Option<BallotKey>,
) -> Result<Cast, Fault> {
    if cx.behalf.is_some() {
        return Err(Refusal::new(Kind::Forbidden, "vote-yourself").into());
    }
    let me = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let permit = authorize(&cx.actor, Action::CastBallot, Resource::of(id.home()).owned_by(Some(me)))?;
    let poll = held(tx, cx, id)?;
    let voter = queries::row_of(tx, id, &cx.actor)?;
    let voter = voter.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-on-the-roll"))?;
    Ok(keep(tx, cx, &permit, &poll, &New { voter, choice, key })?.0)
}

/// The poll, held while ballots are taken.
pub(crate) fn held(tx: &mut Tx<'_>, cx: &Context, id: &PollId) -> Result<Poll, Fault> {
    let poll = store::hold(tx, id)?.ok_or_else(|| Refusal::new(Kind::NotFound, "poll-not-found"))?;
    may_vote(&poll, &cx.day)?;
    Ok(poll)
}

/// A ballot of a row of the roll.
pub(crate) struct New<'a> {
    pub voter: VoterKey,
    pub choice: &'a Choice,
    pub key: Option<BallotKey>,
}

/// Marks the roll and keeps the ballot apart from it. Answers also with the sealed entry of the mark.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    poll: &Poll,
    new: &New<'_>,
) -> Result<(Cast, EntryId), Fault> {
    let choice = salted(cx, poll, choice::check(poll, new.choice)?);
    let scope = poll.id.as_str();
    let mark = mark(tx, cx, permit, scope, new.voter)?;
    let entry = seal_mark(tx, cx, permit, scope, &mark)?;
    let weight = if poll.is_weighted() { store::weight(tx, &poll.id, mark.key)? } else { 1 };
    let cast = put(tx, cx, permit, &poll.id, Weighed { weight, choice })?;
    if poll.openness == Openness::Named {
        store::name_ballot(tx, permit, &poll.id, &cast.id, mark.key)?;
    }
    if let Some(key) = new.key {
        let kept = ballots::store::insert_key(tx, permit, scope, key, &cast.id);
        kept.map_err(|error| match error {
            DbError::Unique(_) => Fault::from(Refusal::new(Kind::Conflict, "key-taken")),
            error => error.into(),
        })?;
    }
    Ok((cast, entry))
}

/// Answers of a survey get salts of their own, one of them for what was written.
pub(crate) fn salted(cx: &mut Context, poll: &Poll, choice: Choice) -> Choice {
    let mut drawn = || cx.chance.bytes32().iter().map(|byte| format!("{byte:02x}")).collect();
    match choice {
        Choice::Survey(Salted { answers, .. }) => {
            let text = |(number, question): (u32, &Question)| matches!(question.ask, Ask::Text).then_some(number);
            let written = numbered(&poll.definition.questions).filter_map(text).filter(|n| answers.contains_key(n));
            let written = written.collect();
            Choice::Survey(Salted { salt: drawn(), written_salt: drawn(), written, answers })
        }
        choice => choice,
    }
}

/// Stores a ballot with a random id and seals its entry.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    id: &PollId,
    ballot: Weighed,
) -> Result<Cast, Fault> {
    let kept = ballots::Ballot { id: cx.secret_id(permit.home()), says: ballot.print() };
    ballots::put(tx, permit, &told(id, &ballot, &kept))?;
    Ok(Cast { id: kept.id, ballot })
}

/// A ballot with its entry.
pub(crate) fn told<'a>(id: &'a PollId, ballot: &'a Weighed, kept: &'a ballots::Ballot) -> Kept<'a, Told<'a>> {
    let (says, commit) = match &ballot.choice {
        Choice::Survey(salted) => (None, Some(salted.commit())),
        _ => (Some(kept.says.as_str()), None),
    };
    Kept { scope: id.as_str(), kind: CAST, ballot: kept, public: Told { says }, commit }
}

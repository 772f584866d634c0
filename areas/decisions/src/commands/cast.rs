//! Cast a ballot.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::{
    entry::{Sealed, seal},
    erase,
};
use people::{Mark, VoterKey};
use programmes::{Phase, Season, SeasonId, expect_phase, season::hold};
use rights::{Action, Permit, Resource, authorize};
use serde::Serialize;

use crate::{Ballot, BallotId, BallotKey, rules, store};

#[derive(Serialize)]
struct ToldBallot<'a> {
    choices: &'a [u32],
}

#[derive(Serialize)]
struct ToldMark {}

/// Casts a ballot: checks the roll, marks it, stores the ballot apart from it, and seals an entry of each.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `too-many-choices`, `unknown-project`, `named-twice`,
/// `not-on-the-roll`, `already-voted`, `not-allowed`; database faults.
pub fn cast(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    season: &SeasonId,
    voter: VoterKey,
    chosen: &[u32],
) -> Result<Ballot, Fault> {
    let permit = authorize(&cx.actor, Action::CastBallot, season.home())?;
    let held = open_season(tx, season)?;
    keep(tx, cx, &permit, &held, &New { voter, chosen, key: None })
}

/// A ballot with the key by which its voter may change it.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The row of the roll.
    pub voter: VoterKey,
    /// Numbers of projects.
    pub chosen: &'a [u32],
    /// What opens it for changing; nothing for a ballot that stays as it is.
    pub key: Option<BallotKey>,
}

/// The same with a key.
///
/// # Errors
/// As [`cast`], and `key-taken`.
pub fn cast_with(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, new: &New<'_>) -> Result<Ballot, Fault> {
    let permit = authorize(&cx.actor, Action::CastBallot, season.home())?;
    let held = open_season(tx, season)?;
    keep(tx, cx, &permit, &held, new)
}

/// A ballot with the code that came with it.
#[derive(Debug, Clone, Copy)]
pub struct Coded<'a> {
    /// As somebody typed it.
    pub code: &'a str,
    /// As in [`New`].
    pub chosen: &'a [u32],
    /// As in [`New`].
    pub key: Option<BallotKey>,
}

/// Casts a ballot at the row of the roll to which a typed code leads ([`VoterKey::typed`]).
///
/// # Errors
/// As [`cast_with`].
pub fn cast_code(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, new: &Coded<'_>) -> Result<Ballot, Fault> {
    let &Coded { code, chosen, key } = new;
    let mut done = Err(Refusal::new(Kind::Forbidden, "not-on-the-roll").into());
    for voter in VoterKey::typed(season.as_str(), code) {
        done = cast_with(tx, cx, season, &New { voter, chosen, key });
        if !done.as_ref().is_err_and(|fault: &Fault| fault.is_refusal("not-on-the-roll")) {
            break;
        }
    }
    done
}

/// Casts the ballot of the person who has signed in, at their own row of the roll. Nobody casts it for them.
///
/// # Errors
/// As [`cast_with`], and `sign-in-first`, `vote-yourself`.
pub fn cast_mine(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    season: &SeasonId,
    chosen: &[u32],
    key: Option<BallotKey>,
) -> Result<Ballot, Fault> {
    let permit = permit_of_person(cx, season)?;
    let me = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let voter = VoterKey::of_person(season.as_str(), me);
    let held = open_season(tx, season)?;
    keep(tx, cx, &permit, &held, &New { voter, chosen, key })
}

/// The permit for what one does with one's own vote.
///
/// # Errors
/// Refusals `sign-in-first`, `vote-yourself`, `not-allowed`.
pub(crate) fn permit_of_person(cx: &Context, season: &SeasonId) -> Result<Permit, Refusal> {
    if cx.behalf.is_some() {
        return Err(Refusal::new(Kind::Forbidden, "vote-yourself"));
    }
    let me = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    authorize(&cx.actor, Action::CastBallot, Resource::of(season.home()).owned_by(Some(me)))
}

pub(crate) fn open_season(tx: &mut Tx<'_>, season: &SeasonId) -> Result<Season, Fault> {
    let held = hold(tx, season)?;
    expect_phase(&held, Phase::Voting)?;
    Ok(held)
}

fn keep(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, season: &Season, new: &New<'_>) -> Result<Ballot, Fault> {
    let choices = rules::choices(season, new.chosen)?;
    let mark = people::commands::mark::mark(tx, cx, permit, season.id.as_str(), new.voter)?;
    seal_mark(tx, cx, permit, &season.id, &mark)?;
    let ballot = Ballot { id: cx.secret_id(permit.home()), choices };
    put(tx, permit, &season.id, &ballot)?;
    if let Some(key) = new.key {
        let kept = store::insert_key(tx, permit, &season.id, key, &ballot.id);
        kept.map_err(|error| match error {
            DbError::Unique(_) => Fault::from(Refusal::new(Kind::Conflict, "key-taken")),
            error => error.into(),
        })?;
    }
    Ok(ballot)
}

/// Seals the entry of a mark in the roll: the day, and a commitment to who it was.
pub(crate) fn seal_mark(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    season: &SeasonId,
    mark: &Mark,
) -> Result<(), DbError> {
    let (id, day): (BallotId, _) = (cx.secret_id(permit.home()), cx.day.clone());
    let told = Sealed {
        season: season.as_str(),
        kind: "roll.marked",
        id: id.as_str(),
        day: Some(&day),
        public: ToldMark {},
        commit: Some(erase::commit(&mark.salt, &mark.key.0)),
    };
    seal(tx, permit, &told)
}

/// Stores a ballot and seals its entry, which has neither time nor voter.
pub(crate) fn put(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, ballot: &Ballot) -> Result<(), DbError> {
    store::insert_ballot(tx, permit, season, ballot)?;
    let told = Sealed {
        season: season.as_str(),
        kind: CAST,
        id: ballot.id.as_str(),
        day: None,
        public: ToldBallot { choices: &ballot.choices },
        commit: None,
    };
    seal(tx, permit, &told)
}

/// The kind of a ballot's entry.
pub(crate) const CAST: &str = "ballot.cast";

//! Cast a ballot.

use ballots::Kept;
use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal};
use people::{
    VoterKey,
    commands::mark::{mark, seal_mark},
};
use programmes::{Phase, Season, SeasonId, expect_phase, season::hold};
use rights::{Action, Permit, Resource, authorize};
use serde::Serialize;

use crate::{Ballot, BallotKey, rules};

#[derive(Serialize)]
struct ToldBallot<'a> {
    choices: &'a [u32],
}

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
    let mark = mark(tx, cx, permit, season.id.as_str(), new.voter)?;
    seal_mark(tx, cx, permit, season.id.as_str(), &mark)?;
    let ballot = Ballot { id: cx.secret_id(permit.home()), choices };
    put(tx, permit, &season.id, &ballot)?;
    if let Some(key) = new.key {
        let kept = ballots::store::insert_key(tx, permit, season.id.as_str(), key, &ballot.id);
        kept.map_err(|error| match error {
            DbError::Unique(_) => Fault::from(Refusal::new(Kind::Conflict, "key-taken")),
            error => error.into(),
        })?;
    }
    Ok(ballot)
}

/// Stores a ballot and seals its entry, which has neither time nor voter.
pub(crate) fn put(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, ballot: &Ballot) -> Result<(), DbError> {
    let kept = ballot.kept();
    ballots::put(tx, permit, &told(season, ballot, &kept))
}

/// A ballot with its entry.
pub(super) fn told<'a>(
    season: &'a SeasonId,
    ballot: &'a Ballot,
    kept: &'a ballots::Ballot,
) -> Kept<'a, impl Serialize + 'a> {
    let public = ToldBallot { choices: &ballot.choices };
    Kept { scope: season.as_str(), kind: CAST, ballot: kept, public, commit: None }
}

/// The kind of a ballot's entry.
pub(crate) const CAST: &str = "ballot.cast";

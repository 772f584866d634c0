//! Put oneself on the roll of a vote.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use people::{
    VoterKey,
    commands::enrol::{self, Listed, Voter},
    resident::queries::lives_at,
};
use programmes::{SeasonId, season::hold};

use super::cast::permit_of_person;
use crate::rules;

/// Puts the person who has signed in on the roll, if the roll of residents has them in the season's place. Sent again,
/// it changes nothing; true when they were new. It is an act of its own, so that the log's time of it says nothing of
/// when somebody voted.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `not-a-resident`, `sign-in-first`, `vote-yourself`, `not-allowed`;
/// database faults.
pub fn enrol_self(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId) -> Result<bool, Fault> {
    let permit = permit_of_person(cx, season)?;
    let me = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let held = hold(tx, season)?;
    rules::still_open(&held)?;
    let path = lives_at(tx, &me, &held.place)?.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-a-resident"))?;
    let part = rules::part_of(&path, &held.place);
    let voter = Voter { key: VoterKey::of_person(season.as_str(), &me), person: Some(me) };
    let listed = [Listed { voter: &voter, part: part.as_ref() }];
    Ok(enrol::list(tx, cx, &permit, season.as_str(), &listed)? == 1)
}

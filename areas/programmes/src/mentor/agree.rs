//! Agree to a pair, or end it.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::Action;
use serde_json::json;

use super::{Pair, queries, store};
use crate::{SeasonId, running::Case};

/// Agrees for the team of the one who does so, on the side or sides that they are. Nobody agrees for others, not even
/// the office. Once more changes nothing.
///
/// # Errors
/// Refusals `season-not-found`, `project-not-found`, `wrong-stage`, `pair-not-found`, `pair-over`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn agree(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, (old, new): (u32, u32)) -> Result<Pair, Fault> {
    let (mut pair, cases) = read(tx, season, (old, new))?;
    let sides = [0, 1].map(|side| cases[side].standing(&cx.actor).team);
    let Some(side) = sides.iter().position(|is| *is) else {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    };
    let permit = cases[side].team(&cx.actor)?;
    open(&pair, cx)?;
    let before = pair.clone();
    if sides[0] {
        pair.old_agreed.get_or_insert_with(|| cx.day.clone());
    }
    if sides[1] {
        pair.new_agreed.get_or_insert_with(|| cx.day.clone());
    }
    if pair == before {
        return Ok(pair);
    }
    if !store::agree(tx, &permit, season, (&pair, sides))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "old": old, "new": new, "stands": pair.stands() });
    let private = json!({ "by": cx.actor.person() });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "mentor.agreed", subject, public: &public, private: Some(&private) })?;
    Ok(pair)
}

/// Ends the pair: either team, or whoever runs the season. Once more changes nothing.
///
/// # Errors
/// Refusals `season-not-found`, `project-not-found`, `wrong-stage`, `pair-not-found`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn end(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, (old, new): (u32, u32)) -> Result<(), Fault> {
    let (pair, cases) = read(tx, season, (old, new))?;
    let teams = [0, 1].map(|side| cases[side].standing(&cx.actor).team);
    let permit = match teams.iter().position(|is| *is) {
        Some(side) => cases[side].team(&cx.actor)?,
        None => rights::authorize(&cx.actor, Action::RunSeason, &cases[0].site)?,
    };
    if pair.ended.is_some() {
        return Ok(());
    }
    if !store::end(tx, &permit, season, (&pair, &cx.day))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "old": old, "new": new });
    let private = json!({ "by": cx.actor.person() });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "mentor.ended", subject, public: &public, private: Some(&private) })?;
    Ok(())
}

fn read(tx: &mut Tx<'_>, season: &SeasonId, (old, new): (u32, u32)) -> Result<(Pair, [Case; 2]), Fault> {
    let cases = [Case::read(tx, season, old)?, Case::read(tx, season, new)?];
    Ok((queries::pair(tx, season, (old, new))?, cases))
}

fn open(pair: &Pair, cx: &Context) -> Result<(), Refusal> {
    if pair.ended.is_some() || pair.until < cx.day {
        return Err(Refusal::new(Kind::Conflict, "pair-over"));
    }
    Ok(())
}

//! Publish the numbered list with its digest, and announce the seed, before anybody knows it.

use db::{Fault, Tx};
use kernel::{Context, Day, Kind, Refusal, Shape};
use ledger::tree::Hash;
use rights::Action;
use serde::Deserialize;
use serde_json::json;
use work::calendar::{add_days, days_between};

use super::{
    Announced, Lot, State,
    draft::{hold_for, moved},
    rules,
    solve::Prepared,
    store,
};
use crate::delegates::seat;

/// Days from the list to the seed at most.
const MAX_DAYS: i64 = 60;

/// The announced seed, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
#[schema(as = AnnounceSeed)]
pub struct Announce {
    /// What it is, such as the numbers of a lottery of a day: 1 to 120 characters, for everybody to read.
    pub source: String,
    /// Where everybody can read it: 1 to 200 characters.
    pub at: String,
    /// From when it is known, `YYYY-MM-DD`: after today, in 60 days at the latest.
    pub day: String,
}

/// Checks an announcement.
///
/// # Errors
/// Refusal `invalid-input`.
pub fn checked(today: &Day, input: &Announce) -> Result<Announced, Refusal> {
    let mut shape = Shape::new();
    let (source, at) = (shape.line("source", &input.source, 120), shape.line("at", &input.at, 200));
    let day = Day::parse(input.day.trim());
    match &day {
        None => shape.error("day", if input.day.trim().is_empty() { "required" } else { "not-a-date" }),
        // a seed that is known today could have chosen the list
        Some(day) if day <= today => shape.error("day", "seed-day-past"),
        Some(day) if days_between(today, day) > MAX_DAYS => shape.error("day", "seed-day-far"),
        Some(_) => {}
    }
    shape.finish(Announced { source, at, day })
}

/// Publishes a list: an officer. Its digest stands in the log from now on, with the digest of the announcement, so that
/// neither can be changed once the seed is known.
///
/// # Errors
/// Refusals `invalid-input`, `lot-not-found`, `lot-wrong-state`, `inputs-changed` where something happened to the lot since
/// it was reckoned, `lot-seats-taken` where the hall has fewer free seats, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn publish(tx: &mut Tx<'_>, cx: &mut Context, prepared: &Prepared, input: &Announce) -> Result<Lot, Fault> {
    let (lot, hall, permit) = hold_for(tx, cx, &prepared.lot.id, Action::PublishVerdict)?;
    if lot.state == State::Published && lot.digest == prepared.list.digest() {
        return Ok(lot);
    }
    rules::expect(&lot, &[State::Frozen])?;
    if lot.revision != prepared.lot.revision {
        return Err(Refusal::new(Kind::Conflict, "inputs-changed").into());
    }
    let announced = checked(&cx.day, input)?;
    let sitting = seat::store::sitting(tx, &hall.id)?;
    let taken = sitting.iter().filter(|one| hall.way_of(one.seat) == Some(super::super::hall::Way::Lot)).count();
    let free = hall.drawn.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX));
    if free < lot.size {
        return Err(Refusal::new(Kind::Conflict, "lot-seats-taken").with_int("free", free.into()).into());
    }
    store::keep_list(tx, &permit, &lot.id, (&prepared.list.text(), &prepared.chances))?;
    let digest = prepared.list.digest();
    let told = json!({
        "lot": lot.id, "hall": lot.hall, "digest": digest, "panels": lot.panels, "size": lot.size,
        "rule": lot.rule.to_string(), "people": lot.pool.people, "pool": lot.pool.digest,
        "announced": announcement(&announced), "seed_day": announced.day.as_ref().map(Day::as_str),
    });
    let new = Lot {
        state: State::Published,
        digest,
        found: Some(prepared.found.clone()),
        announced,
        published: Some(cx.day.clone()),
        ..lot
    };
    moved(tx, cx, &permit, (new, "lot.published", told))
}

/// The SHA-256 of an announcement: what, where and from when, a line each.
#[must_use]
pub fn announcement(announced: &Announced) -> String {
    let day = announced.day.as_ref().map_or("", Day::as_str);
    Hash::of(format!("{}\n{}\n{day}\n", announced.source, announced.at).as_bytes()).to_string()
}

/// The last day in which an answer is taken, of somebody who is asked today.
#[must_use]
pub(super) fn due(lot: &Lot, today: &Day) -> Day {
    add_days(today, i32::try_from(lot.answer_days).unwrap_or(i32::MAX))
}

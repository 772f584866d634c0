//! Note visits: from a list on a phone, also those that waited there for the network, or from a plain form.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape, local_day};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{Met, Visit, Way, rules, store};
use crate::round::{RoundId, State, draft::hold, meanwhile, rules as rounds};

/// Visits as a device sends them.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Visits {
    /// What the device's clock says at the sending, in milliseconds since 1970. With it the times are set right.
    pub sent: Option<i64>,
    /// The visits, [`rules::MAX_ROWS`] at most.
    pub rows: Vec<Tap>,
}

/// One visit.
#[derive(Debug, Clone, Default, Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Tap {
    /// The door's number.
    pub door: u32,
    /// `agrees`, `refuses`, `undecided`, `nobody`, `come-back` or `no-talk`.
    pub result: String,
    /// What was said, at most 300 characters; private.
    pub words: String,
    /// `door`, or `desk` for what was heard at the desk or by telephone; empty is `door`.
    pub way: String,
    /// A text that the device makes up for this one visit, 1 to 40 characters, so that sending it twice counts once.
    pub client: String,
    /// What the device's clock said, in milliseconds since 1970; none is now.
    pub at: Option<i64>,
}

/// Notes all of them or none: community work at the place of the round, while its roll is frozen and the vote is not over.
/// Answers how many are new. What was sent before counts once.
///
/// # Errors
/// Refusals `invalid-input`, `too-many-at-once`, `door-not-found`, `round-not-found`, `round-wrong-state`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn record(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &Visits) -> Result<usize, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    rounds::expect(&round, &[State::Roll, State::Notice, State::Open, State::Closed])?;
    if input.rows.len() > rules::MAX_ROWS {
        let limit = i64::try_from(rules::MAX_ROWS).unwrap_or(0);
        return Err(Refusal::new(Kind::LimitReached, "too-many-at-once").with_int("limit", limit).into());
    }
    let taps: Vec<(u32, Drafted)> =
        input.rows.iter().map(|tap| shaped(cx, (tap, input.sent))).collect::<Result<_, Refusal>>()?;
    let clients: Vec<&str> = taps.iter().map(|(_, tap)| tap.client.as_str()).collect();
    let known = store::known(tx, id, &clients)?;
    let numbers: Vec<u32> = taps.iter().map(|(door, _)| *door).collect();
    let units = store::units(tx, id, &numbers)?;
    let mut seen: Vec<String> = known;
    let (mut visits, mut doors): (Vec<(Visit, String)>, Vec<u32>) = (Vec::new(), Vec::new());
    for (door, tap) in taps {
        let unit = units.iter().find(|(number, _)| *number == door);
        let unit = unit.ok_or_else(|| Refusal::new(Kind::NotFound, "door-not-found"))?;
        if seen.contains(&tap.client) {
            continue;
        }
        seen.push(tap.client.clone());
        doors.push(door);
        let visit = Visit {
            id: cx.id(permit.home()),
            unit: unit.1.clone(),
            way: tap.way,
            result: tap.result,
            words: tap.words,
            at: tap.at,
            day: local_day(tap.at, cx.offset_minutes),
            by: cx.actor.person().cloned(),
        };
        visits.push((visit, tap.client));
    }
    if visits.is_empty() {
        return Ok(0);
    }
    match store::insert_all(tx, &permit, id, (&visits, cx.now)) {
        Err(DbError::Unique(_)) => return Err(meanwhile().into()),
        other => other?,
    }
    store::refresh(tx, &permit, id, &doors)?;
    let told = json!({ "round": id, "visits": visits.len() });
    let rows: Vec<_> = visits.iter().map(|(visit, _)| json!([visit.unit, visit.result, visit.words])).collect();
    let words = json!({ "visits": rows, "by": cx.actor.person() });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "visits.noted", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(visits.len())
}

/// A tap that is well formed.
struct Drafted {
    result: Met,
    way: Way,
    words: String,
    client: String,
    at: kernel::Instant,
}

fn shaped(cx: &Context, (tap, sent): (&Tap, Option<i64>)) -> Result<(u32, Drafted), Refusal> {
    let mut shape = Shape::new();
    let result = tap.result.trim().parse::<Met>();
    if result.is_err() {
        shape.error("result", if tap.result.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let way = match tap.way.trim() {
        "" | "door" => Some(Way::Door),
        "desk" => Some(Way::Desk),
        _ => None,
    };
    if way.is_none() {
        shape.error("way", "unknown-choice");
    }
    for (field, time) in [("at", tap.at), ("sent", sent)] {
        if time.is_some_and(|time| !rules::DEVICE_TIMES.contains(&time)) {
            shape.error(field, "not-a-time");
        }
    }
    let words = shape.optional_line("words", &tap.words, 300);
    let client = shape.line("client", &tap.client, 40);
    let (words, client) = shape.finish((words, client))?;
    // two people's devices may make up the same text
    let client = format!("{}/{client}", cx.actor.person().map_or("-", |person| person.as_str()));
    let at = rules::when(tap.at, sent, cx.now);
    let (result, way) = (result.unwrap_or(Met::Nobody), way.unwrap_or(Way::Door));
    Ok((tap.door, Drafted { result, way, words, client, at }))
}

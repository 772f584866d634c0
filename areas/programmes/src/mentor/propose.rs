//! Propose a pair.

use db::{Fault, Tx};
use kernel::{Context, Day, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;
use work::calendar::add_days;

use super::{MAX_PAIRS, Pair, store};
use crate::{
    SeasonId,
    running::{Case, rules::running},
};

/// Days that a pair may last at most.
const LONGEST: i32 = 366;

/// A pair as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Propose {
    /// The number of the project whose team brings on.
    pub old: u32,
    /// The number of the project whose team is brought on.
    pub new: u32,
    /// In what, 1 to 500 characters, without names.
    pub about: String,
    /// The first day, `YYYY-MM-DD`; not before today.
    pub from: String,
    /// The last day, `YYYY-MM-DD`; within a year of the first.
    pub until: String,
}

/// Proposes it: either team, which agrees with that, or the office, which agrees for nobody. The same two again answer
/// with the pair that is there.
///
/// # Errors
/// Refusals `invalid-input` (`old`, `new`, `about`, `from`, `until`), `season-not-found`, `project-not-found`,
/// `wrong-stage`, `project-not-running`, `too-many-pairs`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn propose(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &Propose) -> Result<Pair, Fault> {
    let (old, new) = (Case::read(tx, season, input.old)?, Case::read(tx, season, input.new)?);
    let permit = match old.team(&cx.actor) {
        Ok(permit) => permit,
        Err(_) => new.team(&cx.actor)?,
    };
    let mut shape = Shape::new();
    if input.old == input.new {
        shape.error("new", "the-same-project");
    }
    let about = shape.prose("about", &input.about, 500);
    let from = day(&mut shape, "from", &input.from, (&cx.day, &add_days(&cx.day, LONGEST)));
    let until = day(&mut shape, "until", &input.until, (&from, &add_days(&from, LONGEST)));
    let about = shape.finish(about)?;
    if let Some(there) = store::pair(tx, season, (input.old, input.new))? {
        return Ok(there);
    }
    running(&old.run)?;
    running(&new.run)?;
    if store::count(tx, season)? >= MAX_PAIRS {
        let limit = i64::from(MAX_PAIRS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-pairs").with_int("limit", limit).into());
    }
    let agreed = |case: &Case| case.standing(&cx.actor).team.then(|| cx.day.clone());
    let (old_agreed, new_agreed) = (agreed(&old), agreed(&new));
    let pair = Pair { old: input.old, new: input.new, about, from, until, old_agreed, new_agreed, ended: None };
    if !store::insert(tx, &permit, season, &pair)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "old": pair.old, "new": pair.new, "from": pair.from.as_str(), "until": pair.until.as_str() });
    let private = json!({ "about": pair.about, "by": cx.actor.person() });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "mentor.proposed", subject, public: &public, private: Some(&private) })?;
    Ok(pair)
}

fn day(shape: &mut Shape, field: &'static str, text: &str, (first, last): (&Day, &Day)) -> Day {
    match Day::parse(text.trim()) {
        None if text.trim().is_empty() => shape.error(field, "required"),
        None => shape.error(field, "not-a-date"),
        Some(day) if day < *first => shape.error(field, "day-too-early"),
        Some(day) if day > *last => shape.error(field, "day-too-late"),
        Some(day) => return day,
    }
    first.clone()
}

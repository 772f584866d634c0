//! Reckon provisional due days anew when the calendar of a year has come.

use db::{Fault, Tx};
use kernel::{Context, Home};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;
use work::clock::Reckoner;

use super::{DutyId, store};

/// Duties that are reckoned in one transaction.
const CHUNK: i64 = 200;

/// How far a recount has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recounted {
    /// Duties whose day is certain now, or moved.
    pub changed: u64,
    /// The last one that was looked at; none when there are no more.
    pub last: Option<DutyId>,
}

/// Reckons up to 200 provisional duties of a home after `after` (none for the first); a job asks again until `last` is
/// none. Running it twice changes nothing.
///
/// # Errors
/// Refusal `not-allowed` (and its kin); database faults.
pub fn recount(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    home: Home,
    after: Option<&DutyId>,
) -> Result<Recounted, Fault> {
    let permit = authorize(&cx.actor, Action::KeepCalendar, home)?;
    let found = store::provisional(tx, home, after.map_or("", |id| id.as_str()), CHUNK)?;
    let full = i64::try_from(found.len()).is_ok_and(|n| n >= CHUNK);
    let mut moved = Vec::new();
    for duty in found.iter().filter(|duty| duty.state.is_open()) {
        let Some(due) = duty.reckon(reckoner) else { continue };
        if duty.deadline.as_ref() != Some(&due) && store::set_due(tx, &permit, duty, &due)? {
            let was = duty.deadline.as_ref().map(|d| d.day.as_str());
            moved.push(json!({ "duty": duty.id, "from": was, "to": due.day.as_str() }));
        }
    }
    if let Some(first) = found.first().filter(|_| !moved.is_empty()) {
        let told = json!({ "moved": moved });
        let draft = Draft { kind: "duty.recounted", subject: first.place.as_str(), public: &told, private: None };
        append(tx, cx, &permit, &draft)?;
    }
    let last = found.last().filter(|_| full).map(|duty| duty.id.clone());
    Ok(Recounted { changed: u64::try_from(moved.len()).unwrap_or(u64::MAX), last })
}

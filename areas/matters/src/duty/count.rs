//! Count something towards what is owed again and again.

use db::{Fault, Tx};
use kernel::{Context, Day};
use ledger::entry::{Draft, append};
use rights::Permit;
use serde_json::json;
use work::{
    calendar::{add_days, midnight},
    clock::{Reckoner, Rule},
};

use super::{
    State,
    meet::{self, Ending},
    store,
};

/// What happened: a joint meeting, a visit.
#[derive(Debug, Clone, Copy)]
pub struct Happened<'a> {
    /// Ids of the place and those above, joined with `/`.
    pub path: &'a str,
    /// What, as plans name it.
    pub kind: &'a str,
    /// The local day on which it took place.
    pub day: &'a Day,
    /// A reference to it, such as `meeting:<id>`, at most 80 characters; the same one counts once.
    pub evidence: &'a str,
}

/// Counts it towards every duty of a plan for its place, kind and period, and meets those that are done often enough.
/// For other areas, in the transaction that records it. Answers how many duties it counted for.
///
/// # Errors
/// Database faults.
pub fn count(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    permit: &Permit,
    what: &Happened<'_>,
) -> Result<u64, Fault> {
    let mut counted = 0;
    for duty in store::counting(tx, permit.home(), what.path, what.kind, what.day)? {
        let Some(done) = store::count(tx, permit, &duty.id, what.evidence, cx.now)? else { continue };
        counted += 1;
        let told = json!({ "done": done, "place": duty.place, "wanted": duty.n_wanted });
        let subject = duty.id.as_str();
        append(tx, cx, permit, &Draft { kind: "duty.counted", subject, public: &told, private: None })?;
        if done >= duty.n_wanted {
            // what was held in time and recorded later was in time
            let in_time = duty.deadline.as_ref().is_none_or(|due| *what.day <= due.day);
            let state = if in_time { State::Met } else { State::MetLate };
            let evidence = [what.evidence.to_owned()];
            meet::end(tx, cx, permit, &duty, &Ending { state: Some(state), words: "", evidence: &evidence })?;
        } else if let (Rule::TimesAYear(times), Some(due)) = (&duty.rule, &duty.deadline) {
            let pace = reckoner.pace(due.day.parts().0, *times, done, cx.now);
            if let Some(next) = pace.next {
                let from = midnight(&add_days(&next, 1), reckoner.offset_minutes);
                store::set_amber(tx, permit, &duty.id, from)?;
            }
        }
    }
    Ok(counted)
}

//! Take up a desk entry for a command.

use db::{Fault, Snapshot};
use kernel::{Behalf, Instant, PersonId};

use super::{DeskId, queries, rules};

/// For whom and by which way the worker is entering something: what a command's context takes as its behalf. The
/// command's own transaction ends the entry with [`super::finish`].
///
/// # Errors
/// Refusals `desk-not-found` (also for another worker's), `desk-expired`, `desk-ended`; database faults.
pub fn take(s: &mut Snapshot<'_>, id: &DeskId, worker: &PersonId, now: Instant) -> Result<Behalf, Fault> {
    let entry = queries::entry(s, id)?;
    rules::is_good(&entry, worker, now)?;
    Ok(entry.behalf())
}

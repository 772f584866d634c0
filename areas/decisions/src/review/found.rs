//! Conflicts of interest that the records show by themselves.

use db::{Fault, Snapshot};
use kernel::{Day, PersonId};
use people::{account, org};
use programmes::Season;

use super::rules::{Behind, Known};

/// Who stands behind a project.
///
/// # Errors
/// Database faults.
pub(crate) fn behind(_: &mut Snapshot<'_>, _: &Season, _: u32) -> Result<Behind, Fault> {
    // a project that was put on the list by hand has nobody behind it that the records know
    Ok(Behind::default())
}

/// What the records know of a reviewer on a day.
///
/// # Errors
/// Database faults.
pub(crate) fn known(s: &mut Snapshot<'_>, person: &PersonId, day: &Day) -> Result<Known, Fault> {
    let home = account::queries::site_of(s, person)?;
    let homes = home.into_iter().flat_map(|site| std::iter::once(site.place).chain(site.above)).collect();
    Ok(Known { person: person.clone(), homes, seats: org::queries::seats_of(s, person, day)? })
}

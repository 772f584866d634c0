//! Reading organisations and seats.

use db::{DbError, Fault, Snapshot};
use kernel::{Day, Kind, OrgId, PersonId, Refusal};
use places::Place;

pub use super::store::Listed;
use super::{Holder, Org, OrgKind, SeatId, store};

/// Rows of a page.
pub const PAGE: i64 = 50;
const PAGE_ROWS: usize = 50;

/// Organisations in which the person holds a seat on `day`: one statement, at most 100.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn seats_of(s: &mut Snapshot<'_>, person: &PersonId, day: &Day) -> Result<Vec<OrgId>, DbError> {
    store::seats_of(s, person, day)
}

/// One organisation, closed ones too.
///
/// # Errors
/// Refusal `org-not-found`; database faults.
pub fn org(s: &mut Snapshot<'_>, id: &OrgId) -> Result<Org, Fault> {
    let found = store::by_id(s, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "org-not-found"))?)
}

/// Seats with their holders, past ones too, the newest first, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn seats(s: &mut Snapshot<'_>, org: &OrgId, before: Option<&SeatId>) -> Result<Vec<Holder>, DbError> {
    store::seats(s, org, before, PAGE)
}

/// Which part of the list of a place.
#[derive(Debug, Clone, Default)]
pub struct Which {
    /// Only this kind.
    pub kind: Option<OrgKind>,
    /// Only those whose name holds this text, at most 60 characters of it.
    pub name: String,
    /// The last one that was seen.
    pub after: Option<OrgId>,
}

/// Organisations at the place and below it that are not closed, in the order of the tree, [`PAGE`] at most. A district's
/// list holds its own, not those of its subdistricts, which lie in other shards.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn list(s: &mut Snapshot<'_>, place: &Place, which: &Which) -> Result<Vec<Listed>, DbError> {
    let after = which.after.as_ref();
    let name: String = which.name.trim().chars().take(60).collect();
    let mut found = Vec::new();
    for home in places::queries::homes(s, place.home, &place.path)? {
        let which = store::Which { home, path: &place.path, kind: which.kind, name: &name, after };
        found.extend(store::list(s, &which, PAGE)?);
    }
    found.sort_by(|a, b| (&a.path, &a.org.id).cmp(&(&b.path, &b.org.id)));
    found.truncate(PAGE_ROWS);
    Ok(found)
}

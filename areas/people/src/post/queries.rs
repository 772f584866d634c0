//! Reading posts.

use db::{DbError, Fault, Snapshot};
use kernel::{Day, Kind, PersonId, PlaceId, Post, Refusal, Role};
use places::Place;

use super::{Appointment, Holder, PostId, store};

/// Rows of a page.
pub const PAGE: i64 = 50;
const PAGE_ROWS: usize = 50;

/// The roles that are in force on `day`, own and as a stand-in, for the rights of who signs in: one statement, at most
/// 100. Nothing has to run at midnight: a role is over on the day after its last.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn in_force(s: &mut Snapshot<'_>, person: &PersonId, day: &Day) -> Result<Vec<Post>, DbError> {
    store::in_force(s, person, day)
}

/// Who holds the role for a place: those at the place itself, else at the nearest place above where anybody does, with
/// their stand-ins. One statement, at most 50.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn holders(s: &mut Snapshot<'_>, place: &PlaceId, role: Role, day: &Day) -> Result<Vec<Appointment>, DbError> {
    let mut found = store::holders(s, place, role, day)?;
    if let Some(nearest) = found.first().map(|post| post.place.clone()) {
        found.retain(|post| post.place == nearest);
    }
    Ok(found)
}

/// Who could take over the duties of a post: others who hold the same role at its place, else above it. Stand-ins are
/// not among them, for they hold no duties.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn successors(s: &mut Snapshot<'_>, post: &Appointment, day: &Day) -> Result<Vec<Appointment>, DbError> {
    let mut found = store::holders(s, &post.place, post.role, day)?;
    found.retain(|other| other.person != post.person && other.stand_in_for.is_none());
    Ok(found)
}

/// One post.
///
/// # Errors
/// Refusal `post-not-found`; database faults.
pub fn post(s: &mut Snapshot<'_>, id: &PostId) -> Result<Appointment, Fault> {
    let found = store::by_id(s, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "post-not-found"))?)
}

/// All posts of a person, past ones too, the newest first, at most 100: each with its place's name and path.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_person(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<Holder>, DbError> {
    let found = store::of_person(s, person)?;
    Ok(found
        .into_iter()
        .map(|row| Holder { post: row.post, place: row.place, path: row.path, name: String::new() })
        .collect())
}

/// Which part of the list of a place.
#[derive(Debug, Clone, Default)]
pub struct Which {
    /// Only this role.
    pub role: Option<Role>,
    /// The last post that was seen.
    pub after: Option<PostId>,
}

/// Who holds what at the place and below it on `day`, in the order of the tree, [`PAGE`] at most. A district's list
/// holds its own posts, not those of its subdistricts, which lie in other shards; what came into a subdistrict by a move
/// is in its list.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn list(s: &mut Snapshot<'_>, place: &Place, which: &Which, day: &Day) -> Result<Vec<Holder>, DbError> {
    let after = which.after.as_ref();
    let mut found = Vec::new();
    for home in places::queries::homes(s, place.home, &place.path)? {
        let which = store::Which { home, path: &place.path, day, role: which.role, after };
        found.extend(store::list(s, &which, PAGE)?);
    }
    found.sort_by(|a, b| (&a.path, &a.post.id).cmp(&(&b.path, &b.post.id)));
    found.truncate(PAGE_ROWS);
    Ok(found)
}

/// Posts at the place and below it that ran out while they still owed duties, in the order of the tree, [`PAGE`] at
/// most: somebody has to take these over.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn left_open(s: &mut Snapshot<'_>, place: &Place, day: &Day) -> Result<Vec<Holder>, DbError> {
    let mut found = Vec::new();
    for home in places::queries::homes(s, place.home, &place.path)? {
        found.extend(store::left_open(s, home, &place.path, day, PAGE)?);
    }
    found.sort_by(|a, b| (&a.path, &a.post.id).cmp(&(&b.path, &b.post.id)));
    found.truncate(PAGE_ROWS);
    Ok(found)
}

//! Reading the roll of residents.

use db::{DbError, Fault, Snapshot};
use kernel::{Context, Kind, PersonId, PlaceId, Refusal};
use rights::{Action, authorize};
use serde_json::{Value, json};

use super::{Listed, ResidentId, ResidentKind, sheet, store};

/// Rows of a page.
pub const PAGE: usize = 50;

/// Which part of the roll.
#[derive(Debug, Clone)]
pub struct Search {
    /// At this place and below.
    pub place: PlaceId,
    /// Flats that begin with this; empty for all.
    pub flat: String,
    /// Behind this row: its flat and its id.
    pub after: Option<(String, ResidentId)>,
}

/// A page of the roll in order of flats, masked; [`PAGE`] rows at most: three statements, and one more for
/// each home from which a part of the place came by a move.
///
/// # Errors
/// Refusals `place-not-found`, `not-allowed`; database faults.
pub fn page(s: &mut Snapshot<'_>, cx: &Context, search: &Search) -> Result<(places::Place, Vec<Listed>), Fault> {
    let place = places::queries::show(s, &search.place)?;
    let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    authorize(&cx.actor, Action::SeeRoll, &place.site()?)?;
    let flat: String = search.flat.trim().chars().take(sheet::MAX_FLAT).collect();
    let (after, id) = search.after.as_ref().map_or(("", ""), |(flat, id)| (flat.as_str(), id.as_str()));
    let limit = i64::try_from(PAGE).unwrap_or(50);
    let mut rows = Vec::new();
    for home in places::queries::homes(s, place.home, &place.path)? {
        let wanted = store::Wanted { home, path: &place.path, flat: &flat, after: (after, id), limit };
        rows.extend(store::page(s, &wanted)?);
    }
    rows.sort_by(|a, b| (&a.flat, &a.id).cmp(&(&b.flat, &b.id)));
    rows.truncate(PAGE);
    Ok((place, rows))
}

/// A person's rows, for the export of their data.
pub(crate) fn told(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<Value>, DbError> {
    let rows = store::of_person(s, person)?.into_iter();
    let told = rows.map(
        |(place, kind, flat, since)| json!({ "place": place, "kind": kind, "flat": flat, "since": since.as_str() }),
    );
    Ok(told.collect())
}

/// The flats that somebody owns by the roll of residents: place and flat, at most 100. Who asks is that person.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn owned_by(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<(PlaceId, String)>, DbError> {
    let rows = store::of_person(s, person)?.into_iter();
    Ok(rows
        .filter(|(_, kind, ..)| kind == ResidentKind::Owner.as_str())
        .map(|(place, _, flat, _)| (place, flat))
        .collect())
}

/// Somebody who lives somewhere, for the roll of a vote: not masked, for who has the right to see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dweller {
    /// The row of the roll of residents.
    pub row: super::ResidentId,
    /// Which flat.
    pub flat: String,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The place's name.
    pub place: String,
    /// The path of the place: ids joined with `/`.
    pub path: String,
}

/// Who lives at a place or below it, in flats that begin with `flat`, behind the row `after` (flat and id), in order of
/// flats; at most `limit`. Who lives in what came to the place by a move is among them; owners who do not live there are
/// not. Who asks has the right.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub fn dwellers(
    s: &mut Snapshot<'_>,
    place: &PlaceId,
    flat: &str,
    after: (&str, &str),
    limit: i64,
) -> Result<Vec<Dweller>, Fault> {
    let place = places::queries::show(s, place)?;
    let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let flat: String = flat.trim().chars().take(sheet::MAX_FLAT).collect();
    let mut found = Vec::new();
    for home in places::queries::homes(s, place.home, &place.path)? {
        found.extend(store::dwellers(s, &store::Wanted { home, path: &place.path, flat: &flat, after, limit })?);
    }
    found.sort_by(|a, b| (&a.flat, &a.row).cmp(&(&b.flat, &b.row)));
    found.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(found)
}

/// The path of the place where somebody lives, if it is `place` or below it.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn lives_at(s: &mut Snapshot<'_>, person: &PersonId, place: &PlaceId) -> Result<Option<String>, DbError> {
    let paths = store::lives(s, person)?;
    Ok(paths.into_iter().find(|path| path.split('/').any(|id| id == place.as_str())))
}

/// The dweller of a row of the roll of residents; nothing for an owner's row. Who asks has the right.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn dweller(s: &mut Snapshot<'_>, row: &super::ResidentId) -> Result<Option<Dweller>, DbError> {
    store::dweller(s, row)
}

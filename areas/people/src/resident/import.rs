//! Import a file of residents, chunk by chunk.

use std::collections::HashMap;

use db::{DbError, Fault, Snapshot, Tx};
use kernel::{Context, Kind, PersonId, PlaceId, Refusal};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use places::Place;
use rights::{Action, Permit, authorize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    ResidentKind,
    sheet::{Row, RowError},
    store,
};
use crate::account::{ask::hash, enter};

/// Rows one command takes; longer files come in several.
pub const MAX_CHUNK: usize = 100;

/// What a row does, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Somebody is new on the roll, or new as owner or resident.
    New,
    /// The telephone is another one.
    Changed,
    /// All of it is there.
    Unchanged,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that are new.
    pub new: usize,
    /// Rows whose telephone is another one.
    pub changed: usize,
    /// Rows that are there.
    pub unchanged: usize,
    /// Rows that cannot be taken.
    pub errors: Vec<RowError>,
}

impl Counts {
    /// Takes another chunk's counts in.
    pub fn add(&mut self, other: Counts) {
        self.new += other.new;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.errors.extend(other.errors);
    }

    /// Counts one row.
    pub fn count(&mut self, change: Change) {
        match change {
            Change::New => self.new += 1,
            Change::Changed => self.changed += 1,
            Change::Unchanged => self.unchanged += 1,
        }
    }
}

/// The place of the import and those directly below it, by code and by name.
struct Around {
    root: Place,
    below: HashMap<String, Place>,
}

impl Around {
    fn of(s: &mut Snapshot<'_>, place: &PlaceId) -> Result<Around, Fault> {
        let root = places::queries::show(s, place)?;
        let root = root.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        let mut below = HashMap::new();
        for place in places::queries::list(s, Some(place))?.into_iter().chain([root.clone()]) {
            let code = place.code.map(|code| code.to_string());
            for key in [Some(place.name.clone()), Some(place.shown.clone()), code].into_iter().flatten() {
                below.insert(key, place.clone());
            }
        }
        Ok(Around { root, below })
    }

    fn find(&self, typed: &str) -> Option<&Place> {
        if typed.is_empty() { Some(&self.root) } else { self.below.get(typed) }
    }
}

/// The same place, flat and name are the same person, whatever the person corrects in their account later.
fn same(place: &Place, row: &Row) -> [u8; 32] {
    let bare: String = row.flat.chars().filter(|c| !c.is_whitespace()).collect();
    hash("linli.resident/v1", &[place.id.as_str().as_bytes(), bare.as_bytes(), row.name.as_bytes()])
}

/// What the rows would do. Writes nothing; [`MAX_CHUNK`] rows at most.
///
/// # Errors
/// Refusals `too-many-at-once`, `place-not-found`, `not-allowed`; database faults.
pub fn preview(s: &mut Snapshot<'_>, cx: &Context, place: &PlaceId, rows: &[Row]) -> Result<Counts, Fault> {
    let mut counts = Counts::default();
    for (_, looked) in look(s, cx, place, rows)? {
        match looked {
            Ok(change) => counts.count(change),
            Err(error) => counts.errors.push(error),
        }
    }
    Ok(counts)
}

/// What a row would do, or why it cannot be taken.
pub type Looked<'a> = (&'a Row, Result<Change, RowError>);

/// [`preview`], row by row.
///
/// # Errors
/// Refusals `too-many-at-once`, `place-not-found`, `not-allowed`; database faults.
pub fn look<'a>(
    s: &mut Snapshot<'_>,
    cx: &Context,
    place: &PlaceId,
    rows: &'a [Row],
) -> Result<Vec<Looked<'a>>, Fault> {
    bounded(rows)?;
    let around = Around::of(s, place)?;
    authorize(&cx.actor, Action::KeepRoll, &around.root.site()?)?;
    let mut looked = Vec::with_capacity(rows.len());
    for row in rows {
        let change = match around.find(&row.place) {
            Some(place) => Ok(compare(s, place, row)?.0),
            None => Err(unknown_place(row)),
        };
        looked.push((row, change));
    }
    Ok(looked)
}

/// Takes the rows, [`MAX_CHUNK`] at most, for a place and those directly below it. The same rows again change and tell
/// nothing. Nobody is taken off the roll by being absent from a file.
///
/// # Errors
/// Refusals `too-many-at-once`, `place-not-found`, `not-allowed`, `changed-meanwhile` (try again); database faults.
pub fn import(tx: &mut Tx<'_>, cx: &mut Context, place: &PlaceId, rows: &[Row]) -> Result<Counts, Fault> {
    bounded(rows)?;
    let around = Around::of(tx, place)?;
    let permit = authorize(&cx.actor, Action::KeepRoll, &around.root.site()?)?;
    let (mut counts, mut permits, mut digest) = (Counts::default(), HashMap::new(), Sha256::new());
    for row in rows {
        let Some(place) = around.find(&row.place) else {
            counts.errors.push(unknown_place(row));
            continue;
        };
        // below a district each place may be of another home
        let permit = match permits.get(&place.home) {
            Some(permit) => *permit,
            None => *permits.entry(place.home).or_insert(authorize(&cx.actor, Action::KeepRoll, &place.site()?)?),
        };
        match take(tx, cx, &permit, place, row)? {
            Ok(Change::Unchanged) => counts.count(Change::Unchanged),
            Ok(change) => {
                counts.count(change);
                digest.update(same(place, row));
            }
            Err(error) => counts.errors.push(error),
        }
    }
    if counts.new + counts.changed > 0 {
        // salted, so that nobody tries names and flats against the log
        let digest = ledger::erase::commit(&cx.chance.bytes32(), &<[u8; 32]>::from(digest.finalize()));
        tell(tx, cx, &permit, place, (&counts, digest))?;
    }
    Ok(counts)
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    place: &PlaceId,
    told: (&Counts, Hash),
) -> Result<(), Fault> {
    let (counts, digest) = told;
    let public = json!({ "place": place, "new": counts.new, "changed": counts.changed, "digest": digest.to_string() });
    append(
        tx,
        cx,
        permit,
        &Draft { kind: "residents.imported", subject: place.as_str(), public: &public, private: None },
    )?;
    Ok(())
}

fn bounded(rows: &[Row]) -> Result<(), Refusal> {
    if rows.len() <= MAX_CHUNK {
        return Ok(());
    }
    Err(Refusal::new(Kind::LimitReached, "too-many-at-once").with_int("limit", MAX_CHUNK as i64))
}

fn unknown_place(row: &Row) -> RowError {
    RowError { line: row.line, column: "place", code: "unknown-place" }
}

/// Whom the row names, and what it would change.
fn compare(s: &mut Snapshot<'_>, place: &Place, row: &Row) -> Result<(Change, Option<PersonId>), DbError> {
    let Some((person, kinds)) = store::same(s, place.home, &same(place, row))? else {
        // who owns several flats is one person, known by name and telephone together
        let known = match (&row.phone, row.kind) {
            (Some(phone), ResidentKind::Owner) => store::owner_with(s, place.home, (phone, &row.name))?,
            _ => None,
        };
        return Ok((Change::New, known));
    };
    let change = if !kinds.iter().any(|kind| kind == row.kind.as_str()) {
        Change::New
    } else {
        match &row.phone {
            Some(phone) if !store::has_phone(s, &person, phone)? => Change::Changed,
            _ => Change::Unchanged,
        }
    };
    Ok((change, Some(person)))
}

fn take(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    place: &Place,
    row: &Row,
) -> Result<Result<Change, RowError>, Fault> {
    let (change, person) = compare(tx, place, row)?;
    let is_known = person.is_some();
    let person = person.unwrap_or_else(|| cx.id(place.home));
    if let Some(phone) = &row.phone
        && change != Change::Unchanged
        && !(is_known && store::has_phone(tx, &person, phone)?)
    {
        if crate::account::store::free_slot(tx, phone)?.is_none() {
            return Ok(Err(RowError { line: row.line, column: "phone", code: "contact-full" }));
        }
        store::forget_phones(tx, permit, &person, phone)?;
        enter::attach(tx, cx, phone, &person, false)?;
    }
    if !is_known {
        store::insert_person(tx, permit, (&person, &place.id, &row.name), cx.now)?;
    }
    if change == Change::New {
        let new =
            store::New { place: &place.id, person: &person, kind: row.kind, flat: &row.flat, same: &same(place, row) };
        match store::insert(tx, cx, permit, &new) {
            Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
            other => other?,
        }
    }
    Ok(Ok(change))
}

//! All SQL of the roll of residents.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Home, Instant, PersonId, PlaceId};
use rights::Permit;

use super::{Listed, ResidentId, ResidentKind, mask, queries::Dweller};
use crate::account::{Contact, contact::mask_phone};

/// A person's telephone: the one they have verified, else one that a file names.
macro_rules! phone {
    () => {
        "COALESCE((SELECT MIN(c.contact) FROM contacts c WHERE c.home = r.home AND c.person = r.person \
         AND c.kind = 'phone' AND c.verified_day IS NOT NULL), (SELECT MIN(c.contact) FROM contacts c \
         WHERE c.home = r.home AND c.person = r.person AND c.kind = 'phone'), '')"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO residents (home, id, place, person, kind, flat, same, since) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    SAME = "SELECT person, kind FROM residents WHERE home = ?1 AND same = ?2 ORDER BY kind";
    /// An owner of another flat with this telephone and name.
    OWNER_WITH = "SELECT r.person FROM contacts c JOIN residents r ON r.home = c.home AND r.person = c.person \
                  JOIN persons p ON p.home = c.home AND p.id = c.person WHERE c.home = ?1 AND c.kind = 'phone' \
                  AND c.contact = ?2 AND p.name = ?3 AND r.kind = 'owner' ORDER BY r.person LIMIT 1";
    PHONES = "SELECT contact FROM contacts WHERE home = ?1 AND person = ?2 AND kind = 'phone' LIMIT 20";
    FORGET_PHONES = "DELETE FROM contacts WHERE home = ?1 AND person = ?2 AND kind = 'phone' \
                     AND verified_day IS NULL AND contact <> ?3";
    INSERT_PERSON = "INSERT INTO persons (home, id, place, name, added_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    PAGE = concat!("SELECT r.id, r.place, l.shown, r.person, r.kind, r.flat, p.name, ", phone!(), ", r.since \
            FROM residents r JOIN persons p ON p.home = r.home AND p.id = r.person \
            JOIN places l ON l.id = r.place \
            WHERE r.home = ?1 AND l.path >= ?2 AND l.path < ?3 AND r.flat >= ?4 AND r.flat < ?5 \
            AND (r.flat > ?6 OR (r.flat = ?6 AND r.id > ?7)) ORDER BY r.flat, r.id LIMIT ?8");
    DWELLERS = "SELECT r.id, r.flat, r.person, p.name, l.shown, l.path FROM residents r \
                JOIN persons p ON p.home = r.home AND p.id = r.person JOIN places l ON l.id = r.place \
                WHERE r.home = ?1 AND l.path >= ?2 AND l.path < ?3 AND r.flat >= ?4 AND r.flat < ?5 \
                AND (r.flat > ?6 OR (r.flat = ?6 AND r.id > ?7)) AND r.kind = 'resident' \
                ORDER BY r.flat, r.id LIMIT ?8";
    DWELLER = "SELECT r.id, r.flat, r.person, p.name, l.shown, l.path FROM residents r \
               JOIN persons p ON p.home = r.home AND p.id = r.person JOIN places l ON l.id = r.place \
               WHERE r.home = ?1 AND r.id = ?2 AND r.kind = 'resident'";
    LIVES = "SELECT l.path FROM residents r JOIN places l ON l.id = r.place \
             WHERE r.home = ?1 AND r.person = ?2 AND r.kind = 'resident' ORDER BY r.id LIMIT 100";
    FIELDS = concat!("SELECT r.place, p.name, ", phone!(), " FROM residents r \
              JOIN persons p ON p.home = r.home AND p.id = r.person WHERE r.home = ?1 AND r.id = ?2");
    OF_PERSON = "SELECT place, kind, flat, since FROM residents WHERE home = ?1 AND person = ?2 ORDER BY id LIMIT 100";
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (kind, name, phone): (String, String, String) = (row.get(4)?, row.get(6)?, row.get(7)?);
        Ok(Listed {
            id: row.get(0)?,
            place: row.get(1)?,
            place_name: row.get(2)?,
            person: row.get(3)?,
            kind: kind.parse().map_err(|()| DbError::Data(format!("kind {kind}")))?,
            flat: row.get(5)?,
            name: mask::name(&name),
            phone: if phone.is_empty() { phone } else { mask_phone(&phone) },
            since: row.get(8)?,
        })
    }
}

/// A row to be kept.
pub(super) struct New<'a> {
    pub place: &'a PlaceId,
    pub person: &'a PersonId,
    pub kind: ResidentKind,
    pub flat: &'a str,
    pub same: &'a [u8; 32],
}

pub(super) fn insert(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, new: &New<'_>) -> Result<(), DbError> {
    let id: ResidentId = cx.id(permit.home());
    let params = params![permit.home(), &id, new.place, new.person, new.kind.as_str(), new.flat, new.same, &cx.day];
    tx.execute(&INSERT, params).map(|_| ())
}

/// The person whom this row of a file names, and as what the roll has them.
pub(super) fn same(
    s: &mut Snapshot<'_>,
    home: Home,
    same: &[u8; 32],
) -> Result<Option<(PersonId, Vec<String>)>, DbError> {
    let rows: Vec<(PersonId, String)> = s.all(&SAME, params![home, same])?;
    let Some(person) = rows.first().map(|(person, _)| person.clone()) else { return Ok(None) };
    Ok(Some((person, rows.into_iter().map(|(_, kind)| kind).collect())))
}

/// Who owns another flat with this telephone and name.
pub(super) fn owner_with(
    s: &mut Snapshot<'_>,
    home: Home,
    (phone, name): (&Contact, &str),
) -> Result<Option<PersonId>, DbError> {
    let found: Option<(PersonId,)> = s.optional(&OWNER_WITH, params![home, phone.as_str(), name])?;
    Ok(found.map(|(person,)| person))
}

pub(super) fn has_phone(s: &mut Snapshot<'_>, person: &PersonId, phone: &Contact) -> Result<bool, DbError> {
    let phones: Vec<(String,)> = s.all(&PHONES, params![person.home(), person])?;
    Ok(phones.iter().any(|(known,)| known == phone.as_str()))
}

/// Telephones that only an earlier file named give way to this one.
pub(super) fn forget_phones(tx: &mut Tx<'_>, _: &Permit, person: &PersonId, but: &Contact) -> Result<(), DbError> {
    tx.execute(&FORGET_PHONES, params![person.home(), person, but.as_str()]).map(|_| ())
}

pub(super) fn insert_person(
    tx: &mut Tx<'_>,
    permit: &Permit,
    person: (&PersonId, &PlaceId, &str),
    now: Instant,
) -> Result<(), DbError> {
    tx.execute(&INSERT_PERSON, params![permit.home(), person.0, person.1, person.2, now]).map(|_| ())
}

/// Where a page begins and what it shows.
pub(super) struct Wanted<'a> {
    pub home: Home,
    pub path: &'a str,
    pub flat: &'a str,
    pub after: (&'a str, &'a str),
    pub limit: i64,
}

db::record!(Dweller { row, flat, person, name, place, path });

pub(super) fn dwellers(s: &mut Snapshot<'_>, wanted: &Wanted<'_>) -> Result<Vec<Dweller>, DbError> {
    let (path_end, flat_end) = (format!("{}0", wanted.path), format!("{}\u{10ffff}", wanted.flat));
    let (flat, id) = wanted.after;
    let params = params![wanted.home, wanted.path, &path_end, wanted.flat, &flat_end, flat, id, wanted.limit];
    s.all(&DWELLERS, params)
}

pub(super) fn dweller(s: &mut Snapshot<'_>, row: &ResidentId) -> Result<Option<Dweller>, DbError> {
    s.optional(&DWELLER, params![row.home(), row])
}

/// The paths of the places where somebody lives.
pub(super) fn lives(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<String>, DbError> {
    let rows: Vec<(String,)> = s.all(&LIVES, params![person.home(), person])?;
    Ok(rows.into_iter().map(|(path,)| path).collect())
}

pub(super) fn page(s: &mut Snapshot<'_>, wanted: &Wanted<'_>) -> Result<Vec<Listed>, DbError> {
    // '0' comes right after the '/' that joins the ids of a path
    let (path_end, flat_end) = (format!("{}0", wanted.path), format!("{}\u{10ffff}", wanted.flat));
    let (flat, id) = wanted.after;
    let params = params![wanted.home, wanted.path, &path_end, wanted.flat, &flat_end, flat, id, wanted.limit];
    s.all(&PAGE, params)
}

/// Place, name and telephone of a row.
pub(super) fn fields(s: &mut Snapshot<'_>, id: &ResidentId) -> Result<Option<(PlaceId, String, String)>, DbError> {
    s.optional(&FIELDS, params![id.home(), id])
}

pub(super) fn of_person(
    s: &mut Snapshot<'_>,
    person: &PersonId,
) -> Result<Vec<(PlaceId, String, String, kernel::Day)>, DbError> {
    s.all(&OF_PERSON, params![person.home(), person])
}

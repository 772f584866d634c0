//! All SQL of people.

use db::{DbError, Snapshot, Tx, params};
use kernel::{Day, Home, Instant, PlaceId};
use rights::Permit;

use crate::{Mark, PersonId, VoterKey, account::Contact, find::Candidate};

db::statements! {
    STATEMENTS:
    INSERT_PERSON = "INSERT INTO persons (home, id, place, name, added_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    /// By the whole name within a home, or by id.
    CANDIDATES = "SELECT n.id, n.name, p.shown FROM persons n JOIN places p ON p.id = n.place \
                  WHERE n.home = ?1 AND n.name = ?2 ORDER BY n.id LIMIT 20";
    CANDIDATE = "SELECT n.id, n.name, p.shown FROM persons n JOIN places p ON p.id = n.place \
                 WHERE n.home = ?1 AND n.id = ?2";
    /// Whom a telephone or a mail address serves within a home.
    SERVED_BY = "SELECT n.id, n.name, p.shown FROM contacts c JOIN persons n ON n.home = c.home AND n.id = c.person \
                 JOIN places p ON p.id = n.place WHERE c.home = ?1 AND c.kind = ?2 AND c.contact = ?3 \
                 ORDER BY c.slot LIMIT 20";
    NAME = "SELECT name FROM persons WHERE home = ?1 AND id = ?2";
    /// A code that leads to a row already has no second one.
    ENROL = "INSERT INTO roll (home, season, voter, person, salt, voted_day, part) \
             SELECT ?1, ?2, ?3, ?4, ?5, NULL, ?6 WHERE NOT EXISTS (SELECT 1 FROM voter_codes c WHERE c.home = ?1 \
             AND c.season = ?2 AND c.code = ?3) ON CONFLICT (home, season, voter) DO NOTHING";
    /// The guard of one person one ballot: it touches a row once. A code of a letter leads to the row of its voter.
    MARK = "UPDATE roll SET voted_day = ?4 WHERE home = ?1 AND season = ?2 AND voter = COALESCE((SELECT c.voter \
            FROM voter_codes c WHERE c.home = ?1 AND c.season = ?2 AND c.code = ?3), ?3) AND voted_day IS NULL \
            RETURNING salt, voter";
    UNMARK = "UPDATE roll SET voted_day = NULL \
              WHERE home = ?1 AND season = ?2 AND voter = ?3 AND voted_day IS NOT NULL";
    VOTED = "SELECT voted_day, voter FROM roll WHERE home = ?1 AND season = ?2 AND voter = COALESCE((SELECT c.voter \
             FROM voter_codes c WHERE c.home = ?1 AND c.season = ?2 AND c.code = ?3), ?3)";
    /// A voter's second letter makes the code of the first worthless.
    SET_CODE = "INSERT INTO voter_codes (home, season, voter, code) VALUES (?1, ?2, ?3, ?4) \
                ON CONFLICT (home, season, voter) DO UPDATE SET code = excluded.code";
    /// Who has voted stays.
    STRIKE = "DELETE FROM roll WHERE home = ?1 AND season = ?2 AND voter = ?3 AND voted_day IS NULL";
    DROP_CODE = "DELETE FROM voter_codes WHERE home = ?1 AND season = ?2 AND voter = ?3";
    COUNT_CODES = "SELECT count(*) FROM voter_codes WHERE home = ?1 AND season = ?2";
    CODES_UP_TO = "SELECT voter FROM voter_codes WHERE home = ?1 AND season = ?2 ORDER BY voter LIMIT ?3";
    FORGET_CODES = "DELETE FROM voter_codes WHERE home = ?1 AND season = ?2 AND voter <= ?3";
    ROLL_PAGE = "SELECT voter, person, salt, voted_day, part FROM roll \
                 WHERE home = ?1 AND season = ?2 AND voter > ?3 ORDER BY voter LIMIT ?4";
    TAKE_OUT = "DELETE FROM roll WHERE home = ?1 AND season = ?2 AND voter > ?3 AND voter <= ?4";
    PUT_BACK = "INSERT INTO roll (home, season, voter, person, salt, voted_day, part) \
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    BY_PART = "SELECT part, count(*), count(voted_day) FROM roll WHERE home = ?1 AND season = ?2 \
               GROUP BY part ORDER BY part";
    COUNT = "SELECT count(*), count(voted_day) FROM roll WHERE home = ?1 AND season = ?2";
    BY_DAY = "SELECT voted_day, count(*) FROM roll WHERE home = ?1 AND season = ?2 AND voted_day IS NOT NULL \
              GROUP BY voted_day ORDER BY voted_day";
}

pub(crate) struct NewPerson<'a> {
    pub id: &'a PersonId,
    pub place: &'a str,
    pub name: &'a str,
}

pub(crate) fn insert_person(
    tx: &mut Tx<'_>,
    permit: &Permit,
    new: &NewPerson<'_>,
    now: Instant,
) -> Result<(), DbError> {
    tx.execute(&INSERT_PERSON, params![permit.home(), new.id, new.place, new.name, now]).map(|_| ())
}

pub(crate) fn candidates(s: &mut Snapshot<'_>, home: Home, name: &str) -> Result<Vec<Candidate>, DbError> {
    s.all(&CANDIDATES, params![home, name])
}

pub(crate) fn candidate(s: &mut Snapshot<'_>, id: &PersonId) -> Result<Option<Candidate>, DbError> {
    s.optional(&CANDIDATE, params![id.home(), id])
}

pub(crate) fn served_by(s: &mut Snapshot<'_>, home: Home, contact: &Contact) -> Result<Vec<Candidate>, DbError> {
    s.all(&SERVED_BY, params![home, contact.kind().as_str(), contact.as_str()])
}

db::record!(Candidate { id, name, place });

/// The name of a registered person.
pub(crate) fn name_of(s: &mut Snapshot<'_>, id: &PersonId) -> Result<Option<String>, DbError> {
    Ok(s.optional::<(String,)>(&NAME, params![id.home(), id])?.map(|(name,)| name))
}

pub(crate) struct NewVoter<'a> {
    pub scope: &'a str,
    pub key: VoterKey,
    pub person: Option<&'a PersonId>,
    pub salt: [u8; 32],
    pub part: Option<&'a PlaceId>,
}

/// True when the voter was not on the roll yet.
pub(crate) fn enrol(tx: &mut Tx<'_>, permit: &Permit, new: &NewVoter<'_>) -> Result<bool, DbError> {
    let touched = tx.execute(&ENROL, params![permit.home(), new.scope, &new.key.0, new.person, &new.salt, new.part])?;
    Ok(touched == 1)
}

pub(crate) fn mark(
    tx: &mut Tx<'_>,
    permit: &Permit,
    scope: &str,
    key: VoterKey,
    day: &Day,
) -> Result<Option<Mark>, DbError> {
    let row = tx.optional::<([u8; 32], [u8; 32])>(&MARK, params![permit.home(), scope, &key.0, day])?;
    Ok(row.map(|(salt, voter)| Mark { salt, key: VoterKey(voter) }))
}

/// False when the voter is not marked.
pub(crate) fn unmark(tx: &mut Tx<'_>, permit: &Permit, scope: &str, voter: VoterKey) -> Result<bool, DbError> {
    Ok(tx.execute(&UNMARK, params![permit.home(), scope, &voter.0])? == 1)
}

/// Whether a voter is on the roll, and if so, whether they have voted.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn has_voted(s: &mut Snapshot<'_>, home: Home, scope: &str, key: VoterKey) -> Result<Option<bool>, DbError> {
    let row = s.optional::<(Option<Day>, [u8; 32])>(&VOTED, params![home, scope, &key.0])?;
    Ok(row.map(|(day, _)| day.is_some()))
}

/// [`has_voted`] by a code as somebody typed it ([`VoterKey::typed`]).
///
/// # Errors
/// [`DbError`] of the statements.
pub fn has_voted_with(s: &mut Snapshot<'_>, home: Home, scope: &str, typed: &str) -> Result<Option<bool>, DbError> {
    for key in VoterKey::typed(scope, typed) {
        if let Some(voted) = has_voted(s, home, scope, key)? {
            return Ok(Some(voted));
        }
    }
    Ok(None)
}

/// The row of the roll to which a code leads.
pub(crate) fn holder(
    s: &mut Snapshot<'_>,
    home: Home,
    scope: &str,
    code: VoterKey,
) -> Result<Option<VoterKey>, DbError> {
    let row = s.optional::<(Option<Day>, [u8; 32])>(&VOTED, params![home, scope, &code.0])?;
    Ok(row.map(|(_, voter)| VoterKey(voter)))
}

/// Gives a voter of the roll the code of a letter, given as its key ([`VoterKey::of_typed`]); an earlier one is worth
/// nothing from then on.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn set_code(tx: &mut Tx<'_>, permit: &Permit, scope: &str, voter: VoterKey, code: VoterKey) -> Result<(), DbError> {
    tx.execute(&SET_CODE, params![permit.home(), scope, &voter.0, &code.0]).map(|_| ())
}

/// Takes a voter who has not voted off a roll, with their code; false when there is none.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn strike(tx: &mut Tx<'_>, permit: &Permit, scope: &str, voter: VoterKey) -> Result<bool, DbError> {
    let struck = tx.execute(&STRIKE, params![permit.home(), scope, &voter.0])? == 1;
    if struck {
        tx.execute(&DROP_CODE, params![permit.home(), scope, &voter.0])?;
    }
    Ok(struck)
}

/// Makes the code of a voter's letter worthless.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn drop_code(tx: &mut Tx<'_>, permit: &Permit, scope: &str, voter: VoterKey) -> Result<(), DbError> {
    tx.execute(&DROP_CODE, params![permit.home(), scope, &voter.0]).map(|_| ())
}

/// How many letters have a code. Walks them all: for the officer's page.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn count_codes(s: &mut Snapshot<'_>, home: Home, scope: &str) -> Result<u64, DbError> {
    Ok(s.one::<(u64,)>(&COUNT_CODES, params![home, scope])?.0)
}

/// Forgets codes of a vote that is over, at most `limit`; false when there was none.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn forget_codes(tx: &mut Tx<'_>, permit: &Permit, scope: &str, limit: i64) -> Result<bool, DbError> {
    let page: Vec<(Vec<u8>,)> = tx.all(&CODES_UP_TO, params![permit.home(), scope, limit])?;
    let Some((last,)) = page.last() else { return Ok(false) };
    tx.execute(&FORGET_CODES, params![permit.home(), scope, last.as_slice()]).map(|_| true)
}

/// Voters and votes by part of the place, those of unknown part first. Walks the whole roll.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn by_part(s: &mut Snapshot<'_>, home: Home, scope: &str) -> Result<Vec<(Option<PlaceId>, u64, u64)>, DbError> {
    s.all(&BY_PART, params![home, scope])
}

/// A row of a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollRow {
    /// The voter's key.
    pub voter: [u8; 32],
    /// Who it is, when the roll knows.
    pub person: Option<PersonId>,
    /// The salt of the voter's commitment.
    pub salt: [u8; 32],
    /// The day of the ballot, if there was one.
    pub voted_day: Option<Day>,
    /// In which part of the season's place they live, where that is known.
    pub part: Option<PlaceId>,
}

db::record!(RollRow { voter, person, salt, voted_day, part });

/// The rows of a roll after the key `after` (empty for the first page), in order of keys, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn roll_page(
    s: &mut Snapshot<'_>,
    home: Home,
    scope: &str,
    after: &[u8],
    limit: i64,
) -> Result<Vec<RollRow>, DbError> {
    s.all(&ROLL_PAGE, params![home, scope, after, limit])
}

/// Takes the rows after `after` up to the last of `page` out and puts them back in the order of `page`. Only for a roll
/// that no longer changes.
///
/// # Errors
/// [`DbError::Data`] when the roll changed meanwhile, else [`DbError`] of the statements.
pub fn relay_roll(
    tx: &mut Tx<'_>,
    permit: &Permit,
    scope: &str,
    after: &[u8],
    page: &[RollRow],
) -> Result<(), DbError> {
    let Some(last) = page.last() else { return Ok(()) };
    let home = permit.home();
    let taken = tx.execute(&TAKE_OUT, params![home, scope, after, &last.voter])?;
    if taken != page.len() as u64 {
        return Err(DbError::Data(format!("{taken} rows of the roll where {} were read", page.len())));
    }
    for row in page {
        let (person, day, part) = (row.person.as_ref(), row.voted_day.as_ref(), row.part.as_ref());
        tx.execute(&PUT_BACK, params![home, scope, &row.voter, person, &row.salt, day, part])?;
    }
    Ok(())
}

/// How many are on the roll, and how many of them voted. Walks the whole roll: for closing, not for pages.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn count(s: &mut Snapshot<'_>, home: Home, scope: &str) -> Result<(u64, u64), DbError> {
    s.one(&COUNT, params![home, scope])
}

/// Votes cast a day, in order of days. Walks the whole roll.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn by_day(s: &mut Snapshot<'_>, home: Home, scope: &str) -> Result<Vec<(Day, u64)>, DbError> {
    s.all(&BY_DAY, params![home, scope])
}

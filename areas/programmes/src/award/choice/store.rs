//! All SQL of choices.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, PersonId};
use rights::Permit;

use super::{Choice, Nominated, Part, rules};
use crate::SeasonId;

/// Columns of a choice in the order of its fields.
macro_rules! columns {
    () => {
        "season, category, way, state, opened_day, closes_day, jurors, ballots, salt, counted_day, verdict, reason"
    };
}

db::statements! {
    STATEMENTS:
    CHOICE = concat!("SELECT ", columns!(), " FROM award_choices WHERE home = ?1 AND season = ?2 AND category = ?3");
    CHOICES = concat!("SELECT ", columns!(), " FROM award_choices WHERE home = ?1 AND season = ?2 \
              ORDER BY category LIMIT 100");
    INSERT = "INSERT INTO award_choices (home, season, category, way, state, opened_day, closes_day, jurors, ballots, \
              salt, reason) VALUES (?1, ?2, ?3, ?4, 'open', ?5, ?6, ?7, 0, ?8, '') ON CONFLICT DO NOTHING";
    EXTEND = "UPDATE award_choices SET closes_day = ?4 WHERE home = ?1 AND season = ?2 AND category = ?3 \
              AND state = 'open'";
    /// The guard of a ballot: it holds the choice's row, so that none slips in while it is counted.
    COUNT_BALLOT = "UPDATE award_choices SET ballots = ballots + ?4 WHERE home = ?1 AND season = ?2 AND category = ?3 \
                    AND state = 'open'";
    /// The guard of the count: as many ballots as were seen.
    CLOSE = "UPDATE award_choices SET state = 'counted' WHERE home = ?1 AND season = ?2 AND category = ?3 \
             AND state = 'open' AND ballots = ?4";
    FINISH = "UPDATE award_choices SET salt = ?4, counted_day = ?5, verdict = ?6, reason = ?7 \
              WHERE home = ?1 AND season = ?2 AND category = ?3 AND state = 'counted'";
    NOMINATED = "SELECT a.number, p.name, a.words, a.nominated_by, r.state, a.approvals, a.certificate, a.was_stopped FROM awards a \
                 JOIN projects p ON p.home = a.home AND p.season = a.season AND p.number = a.number \
                 LEFT JOIN project_runs r ON r.home = a.home AND r.season = a.season AND r.number = a.number \
                 WHERE a.home = ?1 AND a.season = ?2 AND a.category = ?3 ORDER BY a.number LIMIT ?4";
    PARTS = "SELECT p.author, p.entered_by, p.coach, p.coaches, p.org FROM awards a \
             JOIN proposals p ON p.home = a.home AND p.season = a.season AND p.project = a.number \
             WHERE a.home = ?1 AND a.season = ?2 AND a.category = ?3 ORDER BY a.number LIMIT ?4";
    INVITE = "INSERT INTO award_jurors (home, season, category, person, invited_day) VALUES (?1, ?2, ?3, ?4, ?5) \
              ON CONFLICT DO NOTHING";
    UNINVITE = "DELETE FROM award_jurors WHERE home = ?1 AND season = ?2 AND category = ?3 AND person = ?4";
    JURORS = "SELECT person FROM award_jurors WHERE home = ?1 AND season = ?2 AND category = ?3 ORDER BY person LIMIT ?4";
    CALLED = "SELECT category FROM award_jurors WHERE home = ?1 AND season = ?2 AND person = ?3 ORDER BY category LIMIT 100";
    CAST = "INSERT INTO award_ballots (home, season, category, voter, numbers) VALUES (?1, ?2, ?3, ?4, ?5) \
            ON CONFLICT DO NOTHING";
    RECAST = "UPDATE award_ballots SET numbers = ?5 WHERE home = ?1 AND season = ?2 AND category = ?3 AND voter = ?4 \
              AND numbers <> ?5";
    BALLOT = "SELECT numbers FROM award_ballots WHERE home = ?1 AND season = ?2 AND category = ?3 AND voter = ?4";
    SETS = "SELECT numbers, COUNT(*) FROM award_ballots WHERE home = ?1 AND season = ?2 AND category = ?3 \
            GROUP BY numbers ORDER BY numbers LIMIT ?4";
}

impl FromRow for Choice {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (way, state): (String, String) = (row.get(2)?, row.get(3)?);
        Ok(Choice {
            season: row.get(0)?,
            category: row.get(1)?,
            way: way.parse().map_err(|()| DbError::Data(format!("way of a choice {way}")))?,
            state: state.parse().map_err(|()| DbError::Data(format!("choice {state}")))?,
            opened: row.get(4)?,
            closes: row.get(5)?,
            jurors: row.get(6)?,
            ballots: row.get(7)?,
            salt: row.get(8)?,
            counted: row.get(9)?,
            verdict: row.get(10)?,
            reason: row.get(11)?,
        })
    }
}

impl FromRow for Nominated {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        // what it was when it was counted, once it is
        let (state, was_stopped): (Option<String>, Option<bool>) = (row.get(4)?, row.get(7)?);
        Ok(Nominated {
            number: row.get(0)?,
            name: row.get(1)?,
            words: row.get(2)?,
            by: row.get(3)?,
            stopped: was_stopped.unwrap_or(state.as_deref() == Some("stopped")),
            approvals: row.get(5)?,
            certificate: row.get(6)?,
        })
    }
}

impl FromRow for Part {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let coached: String = row.get(3)?;
        let coached: Vec<PersonId> =
            serde_json::from_str(&coached).map_err(|e| DbError::Data(format!("coaches: {e}")))?;
        let (author, entered, coach): (PersonId, Option<PersonId>, Option<PersonId>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let persons = [Some(author), entered, coach].into_iter().flatten().chain(coached).collect();
        Ok(Part { persons, org: row.get(4)? })
    }
}

/// A category of a season.
pub(super) type Of<'a> = (&'a SeasonId, &'a str);

fn most(range: &std::ops::RangeInclusive<usize>) -> i64 {
    i64::try_from(*range.end()).unwrap_or(i64::MAX).saturating_add(1)
}

pub(super) fn choice(s: &mut Snapshot<'_>, (season, category): Of<'_>) -> Result<Option<Choice>, DbError> {
    s.optional(&CHOICE, params![season.home(), season, category])
}

pub(super) fn choices(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Choice>, DbError> {
    s.all(&CHOICES, params![season.home(), season])
}

/// False where there is one already.
pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, new: &Choice) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        &new.season,
        &new.category,
        new.way.as_str(),
        &new.opened,
        &new.closes,
        new.jurors,
        new.salt.as_slice(),
    ];
    Ok(tx.execute(&INSERT, params)? == 1)
}

/// False when it was counted meanwhile.
pub(super) fn extend(tx: &mut Tx<'_>, permit: &Permit, choice: &Choice) -> Result<bool, DbError> {
    let params = params![permit.home(), &choice.season, &choice.category, &choice.closes];
    Ok(tx.execute(&EXTEND, params)? == 1)
}

/// False when it was counted meanwhile.
pub(super) fn count_ballot(tx: &mut Tx<'_>, permit: &Permit, of: Of<'_>, more: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_BALLOT, params![permit.home(), of.0, of.1, more])? == 1)
}

/// False when it was counted, or a ballot came in, meanwhile.
pub(super) fn close(tx: &mut Tx<'_>, permit: &Permit, choice: &Choice) -> Result<bool, DbError> {
    Ok(tx.execute(&CLOSE, params![permit.home(), &choice.season, &choice.category, choice.ballots])? == 1)
}

/// What came of it; the salt is overwritten.
pub(super) fn finish(tx: &mut Tx<'_>, permit: &Permit, choice: &Choice) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &choice.season,
        &choice.category,
        choice.salt.as_slice(),
        choice.counted.as_ref(),
        choice.verdict.as_deref(),
        &choice.reason,
    ];
    tx.execute(&FINISH, params).map(|_| ())
}

/// One more than a choice may have, so that too many are noticed.
pub(super) fn nominated(s: &mut Snapshot<'_>, (season, category): Of<'_>) -> Result<Vec<Nominated>, DbError> {
    s.all(&NOMINATED, params![season.home(), season, category, most(&rules::NOMINATED)])
}

pub(super) fn parts(s: &mut Snapshot<'_>, (season, category): Of<'_>) -> Result<Vec<Part>, DbError> {
    s.all(&PARTS, params![season.home(), season, category, most(&rules::NOMINATED)])
}

/// False who is invited already.
pub(super) fn invite(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, category): Of<'_>,
    (person, day): (&PersonId, &Day),
) -> Result<bool, DbError> {
    Ok(tx.execute(&INVITE, params![permit.home(), season, category, person, day])? == 1)
}

/// False who was not invited.
pub(super) fn uninvite(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, category): Of<'_>,
    person: &PersonId,
) -> Result<bool, DbError> {
    Ok(tx.execute(&UNINVITE, params![permit.home(), season, category, person])? == 1)
}

/// One more than a jury may have, so that too many are noticed.
pub(super) fn jurors(s: &mut Snapshot<'_>, (season, category): Of<'_>) -> Result<Vec<PersonId>, DbError> {
    let found: Vec<(PersonId,)> = s.all(&JURORS, params![season.home(), season, category, most(&rules::JURORS)])?;
    Ok(found.into_iter().map(|(person,)| person).collect())
}

/// The categories of whose jury a person is.
pub(super) fn called(s: &mut Snapshot<'_>, season: &SeasonId, person: &PersonId) -> Result<Vec<String>, DbError> {
    let found: Vec<(String,)> = s.all(&CALLED, params![season.home(), season, person])?;
    Ok(found.into_iter().map(|(category,)| category).collect())
}

/// Numbers as they are stored: `3,7`.
fn print(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

fn parsed(text: &str) -> Result<Vec<u32>, DbError> {
    let numbers: Result<Vec<u32>, _> = text.split(',').map(str::parse).collect();
    numbers.map_err(|e| DbError::Data(format!("ballot {text}: {e}")))
}

/// What became of a ballot that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    New,
    Changed,
    Same,
}

pub(super) fn cast(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, category): Of<'_>,
    (voter, numbers): (&[u8; 32], &[u32]),
) -> Result<Kept, DbError> {
    let numbers = print(numbers);
    let params = params![permit.home(), season, category, voter.as_slice(), &numbers];
    if tx.execute(&CAST, params)? == 1 {
        return Ok(Kept::New);
    }
    let params = params![permit.home(), season, category, voter.as_slice(), &numbers];
    Ok(if tx.execute(&RECAST, params)? == 1 { Kept::Changed } else { Kept::Same })
}

pub(super) fn ballot(
    s: &mut Snapshot<'_>,
    (season, category): Of<'_>,
    voter: &[u8; 32],
) -> Result<Option<Vec<u32>>, DbError> {
    let found: Option<(String,)> = s.optional(&BALLOT, params![season.home(), season, category, voter.as_slice()])?;
    found.map(|(numbers,)| parsed(&numbers)).transpose()
}

/// Each combination of numbers with how often it was handed in, in the order of their text.
pub(super) fn sets(s: &mut Snapshot<'_>, (season, category): Of<'_>) -> Result<Vec<(Vec<u32>, u64)>, DbError> {
    let limit = i64::from(rules::MAX_BALLOTS);
    let rows: Vec<(String, u64)> = s.all(&SETS, params![season.home(), season, category, limit])?;
    rows.into_iter().map(|(numbers, n)| Ok((parsed(&numbers)?, n))).collect()
}

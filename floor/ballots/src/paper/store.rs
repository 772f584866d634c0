//! All SQL of papers.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::Home;
use rights::Permit;

use super::{Counts, Paper};

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO papers (home, season, number, state, first_by, first_read, second_by, second_read) \
              VALUES (?1, ?2, ?3, 'blank', '', '', '', '') ON CONFLICT (home, season, number) DO NOTHING";
    PAPER = "SELECT number, state, first_by, first_read, second_by, second_read FROM papers \
             WHERE home = ?1 AND season = ?2 AND number = ?3";
    /// Guarded by the state that was read.
    ADVANCE = "UPDATE papers SET state = ?5, first_by = ?6, first_read = ?7, second_by = ?8, second_read = ?9 \
               WHERE home = ?1 AND season = ?2 AND number = ?3 AND state = ?4";
    PENDING = "SELECT number, state, first_by, first_read, second_by, second_read FROM papers \
               WHERE home = ?1 AND season = ?2 AND state IN ('once', 'differ') ORDER BY state, number LIMIT 50";
    COUNTS = "SELECT given, counted, spoiled, pending FROM paper_counts WHERE home = ?1 AND season = ?2";
    COUNT_GIVEN = "INSERT INTO paper_counts (home, season, given, counted, spoiled, pending) \
                   VALUES (?1, ?2, 1, 0, 0, 0) ON CONFLICT (home, season) DO UPDATE \
                   SET given = paper_counts.given + 1";
    COUNT_PENDING = "INSERT INTO paper_counts (home, season, given, counted, spoiled, pending) \
                     VALUES (?1, ?2, 0, 0, 0, 1) ON CONFLICT (home, season) DO UPDATE \
                     SET pending = paper_counts.pending + 1";
    /// Never more ballots than papers were given out; one too many can only be spoiled. What was spoiled before makes no
    /// difference: else it would matter in which order papers are typed in.
    COUNT_SETTLED = "UPDATE paper_counts SET counted = counted + ?3, spoiled = spoiled + ?4, pending = pending - 1 \
                     WHERE home = ?1 AND season = ?2 AND (?4 = 1 OR counted < given)";
    COUNT_DISCARDED = "UPDATE paper_counts SET pending = pending - 1 WHERE home = ?1 AND season = ?2 AND pending > 0";
    DISCARD_PENDING = "UPDATE papers SET state = 'blank', first_by = '', first_read = '', second_by = '', \
                       second_read = '' WHERE home = ?1 AND season = ?2 AND state IN ('once', 'differ')";
    NONE_PENDING = "UPDATE paper_counts SET pending = 0 WHERE home = ?1 AND season = ?2";
}

db::record!(Counts { given, counted, spoiled, pending });

impl FromRow for Paper {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let state: String = row.get(1)?;
        Ok(Paper {
            number: row.get(0)?,
            state: state.parse().map_err(|()| DbError::Data(format!("state {state}")))?,
            first: (row.get(2)?, row.get(3)?),
            second: (row.get(4)?, row.get(5)?),
        })
    }
}

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, scope: &str, number: &str) -> Result<bool, DbError> {
    Ok(tx.execute(&INSERT, params![permit.home(), scope, number])? == 1)
}

pub(super) fn paper(s: &mut Snapshot<'_>, home: Home, scope: &str, number: &str) -> Result<Option<Paper>, DbError> {
    s.optional(&PAPER, params![home, scope, number])
}

pub(super) fn advance(
    tx: &mut Tx<'_>,
    permit: &Permit,
    scope: &str,
    from: &Paper,
    to: &Paper,
) -> Result<bool, DbError> {
    let (first, second) = (&to.first, &to.second);
    let (old, new) = (from.state.as_str(), to.state.as_str());
    let params = params![permit.home(), scope, &from.number, old, new, &first.0, &first.1, &second.0, &second.1];
    Ok(tx.execute(&ADVANCE, params)? == 1)
}

/// Papers that were read once, or differently: those that hold up the close, 50 at most, the differing ones first.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn pending(s: &mut Snapshot<'_>, home: Home, scope: &str) -> Result<Vec<Paper>, DbError> {
    s.all(&PENDING, params![home, scope])
}

/// How many papers there are.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn counts(s: &mut Snapshot<'_>, home: Home, scope: &str) -> Result<Counts, DbError> {
    Ok(s.optional(&COUNTS, params![home, scope])?.unwrap_or_default())
}

/// One more was given out against the roll.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn count_given(tx: &mut Tx<'_>, permit: &Permit, scope: &str) -> Result<(), DbError> {
    tx.execute(&COUNT_GIVEN, params![permit.home(), scope]).map(|_| ())
}

pub(super) fn count_pending(tx: &mut Tx<'_>, permit: &Permit, scope: &str) -> Result<(), DbError> {
    tx.execute(&COUNT_PENDING, params![permit.home(), scope]).map(|_| ())
}

pub(super) fn count_discarded(tx: &mut Tx<'_>, permit: &Permit, scope: &str) -> Result<(), DbError> {
    tx.execute(&COUNT_DISCARDED, params![permit.home(), scope]).map(|_| ())
}

pub(super) fn discard_pending(tx: &mut Tx<'_>, permit: &Permit, scope: &str) -> Result<(), DbError> {
    tx.execute(&DISCARD_PENDING, params![permit.home(), scope])?;
    tx.execute(&NONE_PENDING, params![permit.home(), scope]).map(|_| ())
}

pub(super) fn count_settled(tx: &mut Tx<'_>, permit: &Permit, scope: &str, spoiled: bool) -> Result<bool, DbError> {
    let (counted, spoiled) = (i64::from(!spoiled), i64::from(spoiled));
    Ok(tx.execute(&COUNT_SETTLED, params![permit.home(), scope, counted, spoiled])? == 1)
}

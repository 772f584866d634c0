//! All SQL of decisions.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::Home;
use programmes::SeasonId;
use rights::Permit;

use crate::{Ballot, Line, Verdict, VerdictRow, parse_choices, print_choices};

db::statements! {
    STATEMENTS:
    INSERT_BALLOT = "INSERT INTO ballots (home, season, id, choices) VALUES (?1, ?2, ?3, ?4)";
    COUNT_BALLOTS = "SELECT count(*) FROM ballots WHERE home = ?1 AND season = ?2";
    BALLOTS = "SELECT id, choices FROM ballots WHERE home = ?1 AND season = ?2 AND id > ?3 ORDER BY id LIMIT ?4";
    /// A closed vote takes no ballot, so the range holds exactly the rows that were read.
    TAKE_OUT_BALLOTS = "DELETE FROM ballots WHERE home = ?1 AND season = ?2 AND id > ?3 AND id <= ?4";
    INSERT_VERDICT = "INSERT INTO verdicts (home, season, rule, rule_set, inputs, revision, budget, total_cost, winners, \
                      ballots, outcome, published_at, published_day) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    INSERT_LINE = "INSERT INTO verdict_lines (home, season, rank, number, won, supporters, explanation) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    VERDICT = "SELECT rule, rule_set, inputs, budget, total_cost, winners, ballots, published_at, published_day \
               FROM verdicts WHERE home = ?1 AND season = ?2";
    LINES = "SELECT l.rank, l.number, l.won, l.supporters, l.explanation, p.reference, p.name, p.cost \
             FROM verdict_lines l JOIN projects p ON p.home = l.home AND p.season = l.season AND p.number = l.number \
             WHERE l.home = ?1 AND l.season = ?2 AND l.rank > ?3 ORDER BY l.rank LIMIT ?4";
    LINE = "SELECT l.rank, l.number, l.won, l.supporters, l.explanation, p.reference, p.name, p.cost \
            FROM verdict_lines l JOIN projects p ON p.home = l.home AND p.season = l.season AND p.number = l.number \
            WHERE l.home = ?1 AND l.season = ?2 AND l.number = ?3";
}

impl FromRow for Ballot {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let choices: String = row.get(1)?;
        let choices = parse_choices(&choices).ok_or_else(|| DbError::Data(format!("choices {choices}")))?;
        Ok(Ballot { id: row.get(0)?, choices })
    }
}

impl FromRow for Verdict {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Verdict {
            rule: row.get(0)?,
            rule_set: row.get(1)?,
            inputs: row.get(2)?,
            budget: row.get(3)?,
            total_cost: row.get(4)?,
            n_winners: row.get(5)?,
            n_ballots: row.get(6)?,
            published_at: row.get(7)?,
            published_day: row.get(8)?,
        })
    }
}

impl FromRow for VerdictRow {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let explanation: String = row.get(4)?;
        let explanation = serde_json::from_str(&explanation).map_err(|e| DbError::Data(e.to_string()))?;
        let (rank, number, won, supporters) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let line = Line { rank, number, won, supporters, explanation };
        Ok(VerdictRow { line, reference: row.get(5)?, name: row.get(6)?, cost: row.get(7)? })
    }
}

pub(crate) fn insert_ballot(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    ballot: &Ballot,
) -> Result<(), DbError> {
    let choices = print_choices(&ballot.choices);
    tx.execute(&INSERT_BALLOT, params![permit.home(), season, &ballot.id, &choices]).map(|_| ())
}

/// How many ballots were cast. Walks all of them: for closing and tests, not for pages.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn count_ballots(s: &mut Snapshot<'_>, home: Home, season: &SeasonId) -> Result<u64, DbError> {
    Ok(s.one::<(u64,)>(&COUNT_BALLOTS, params![home, season])?.0)
}

/// The ballots whose ids come after `after` (empty for the first page), in order of ids, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn ballots(s: &mut Snapshot<'_>, season: &SeasonId, after: &str, limit: i64) -> Result<Vec<Ballot>, DbError> {
    s.all(&BALLOTS, params![season.home(), season, after, limit])
}

/// Takes the ballots after `after` up to the last of `page` out and puts them back in the order of `page`.
pub(crate) fn relay_ballots(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    after: &str,
    page: &[Ballot],
) -> Result<(), DbError> {
    let Some(last) = page.last() else { return Ok(()) };
    let taken = tx.execute(&TAKE_OUT_BALLOTS, params![permit.home(), season, after, &last.id])?;
    if taken != page.len() as u64 {
        return Err(DbError::Data(format!("{taken} ballots where {} were read", page.len())));
    }
    page.iter().try_for_each(|ballot| insert_ballot(tx, permit, season, ballot))
}

pub(crate) struct NewVerdict<'a> {
    pub season: &'a SeasonId,
    pub verdict: &'a Verdict,
    pub revision: i64,
    pub outcome: &'a str,
}

pub(crate) fn insert_verdict(tx: &mut Tx<'_>, permit: &Permit, new: &NewVerdict<'_>) -> Result<(), DbError> {
    let verdict = new.verdict;
    let params = params![
        permit.home(),
        new.season,
        &verdict.rule,
        &verdict.rule_set,
        &verdict.inputs,
        new.revision,
        verdict.budget,
        verdict.total_cost,
        verdict.n_winners,
        i64::try_from(verdict.n_ballots).unwrap_or(i64::MAX),
        new.outcome,
        verdict.published_at,
        &verdict.published_day,
    ];
    tx.execute(&INSERT_VERDICT, params).map(|_| ())
}

pub(crate) fn insert_line(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, line: &Line) -> Result<(), DbError> {
    let explanation = serde_json::to_string(&line.explanation).map_err(|e| DbError::Data(e.to_string()))?;
    let (rank, number, supporters) = (line.rank, line.number, line.supporters);
    let params = params![permit.home(), season, rank, number, line.won, supporters, &explanation];
    tx.execute(&INSERT_LINE, params).map(|_| ())
}

pub(crate) fn verdict(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<Verdict>, DbError> {
    s.optional(&VERDICT, params![season.home(), season])
}

pub(crate) fn lines(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    after: u32,
    limit: i64,
) -> Result<Vec<VerdictRow>, DbError> {
    s.all(&LINES, params![season.home(), season, after, limit])
}

pub(crate) fn line(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<VerdictRow>, DbError> {
    s.optional(&LINE, params![season.home(), season, number])
}

//! All SQL of decisions.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Home, PersonId};
use programmes::SeasonId;
use rights::Permit;

use crate::{Ballot, BallotId, BallotKey, Line, PartTurnout, Standing, Verdict, VerdictRow, rules::Turnout};

db::statements! {
    STATEMENTS:
    INSERT_TURNOUT = "INSERT INTO turnouts (home, season, position, part, voters, voted) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    TURNOUTS = "SELECT COALESCE(p.shown, ''), t.voters, t.voted FROM turnouts t LEFT JOIN places p ON p.id = t.part \
                WHERE t.home = ?1 AND t.season = ?2 ORDER BY t.position LIMIT 500";
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
    /// Whose proposals became projects.
    OWN = "SELECT p.project, j.name FROM proposals p \
           JOIN projects j ON j.home = p.home AND j.season = p.season AND j.number = p.project \
           WHERE p.home = ?1 AND p.season = ?2 AND p.author = ?3 ORDER BY p.project LIMIT 20";
    STANDINGS = "SELECT rank, number, won, supporters FROM verdict_lines WHERE home = ?1 AND season = ?2 \
                 ORDER BY rank LIMIT ?3";
    LINE = "SELECT l.rank, l.number, l.won, l.supporters, l.explanation, p.reference, p.name, p.cost \
            FROM verdict_lines l JOIN projects p ON p.home = l.home AND p.season = l.season AND p.number = l.number \
            WHERE l.home = ?1 AND l.season = ?2 AND l.number = ?3";
}

db::record!(PartTurnout { part, voters, voted });
db::record!(Standing { rank, number, won, supporters });

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

/// How many ballots were cast. Walks all of them: for closing and tests, not for pages.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn count_ballots(s: &mut Snapshot<'_>, home: Home, season: &SeasonId) -> Result<u64, DbError> {
    ballots::store::count(s, home, season.as_str())
}

/// The ballots whose ids come after `after` (empty for the first page), in order of ids, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn ballots(s: &mut Snapshot<'_>, season: &SeasonId, after: &str, limit: i64) -> Result<Vec<Ballot>, DbError> {
    let kept = ballots::store::page(s, season.home(), season.as_str(), after, limit)?;
    kept.into_iter().map(Ballot::try_from).collect()
}

pub(crate) fn ballot(s: &mut Snapshot<'_>, season: &SeasonId, id: &BallotId) -> Result<Option<Ballot>, DbError> {
    ballots::store::ballot(s, season.as_str(), id)?.map(Ballot::try_from).transpose()
}

pub(crate) fn keyed(s: &mut Snapshot<'_>, season: &SeasonId, key: BallotKey) -> Result<Option<Ballot>, DbError> {
    ballots::store::keyed(s, season.home(), season.as_str(), key)?.map(Ballot::try_from).transpose()
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

pub(crate) fn own(s: &mut Snapshot<'_>, season: &SeasonId, person: &PersonId) -> Result<Vec<(u32, String)>, DbError> {
    s.all(&OWN, params![season.home(), season, person])
}

pub(crate) fn standings(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Standing>, DbError> {
    s.all(&STANDINGS, params![season.home(), season, programmes::MAX_PROJECTS])
}

pub(crate) fn insert_turnouts(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    list: &[Turnout],
) -> Result<(), DbError> {
    for (position, turnout) in (0_i64..).zip(list) {
        let part = turnout.part.as_ref().map_or("", |part| part.as_str());
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let (voters, voted) = (number(turnout.voters), turnout.voted.map(number));
        tx.execute(&INSERT_TURNOUT, params![permit.home(), season, position, part, voters, voted])?;
    }
    Ok(())
}

pub(crate) fn turnouts(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<PartTurnout>, DbError> {
    s.all(&TURNOUTS, params![season.home(), season])
}

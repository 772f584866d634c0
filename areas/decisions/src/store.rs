//! All SQL of decisions.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Home, PersonId};
use programmes::SeasonId;
use rights::Permit;

use crate::{
    Ballot, BallotId, BallotKey, Line, PartTurnout, Standing, Verdict, VerdictRow, parse_choices, print_choices,
    rules::Turnout,
};

db::statements! {
    STATEMENTS:
    INSERT_BALLOT = "INSERT INTO ballots (home, season, id, choices) VALUES (?1, ?2, ?3, ?4)";
    DELETE_BALLOT = "DELETE FROM ballots WHERE home = ?1 AND season = ?2 AND id = ?3";
    BALLOT = "SELECT id, choices FROM ballots WHERE home = ?1 AND season = ?2 AND id = ?3";
    INSERT_KEY = "INSERT INTO ballot_keys (home, season, opener, ballot) VALUES (?1, ?2, ?3, ?4)";
    KEYED = "SELECT b.id, b.choices FROM ballot_keys k \
             JOIN ballots b ON b.home = k.home AND b.season = k.season AND b.id = k.ballot \
             WHERE k.home = ?1 AND k.season = ?2 AND k.opener = ?3";
    /// Two who change one ballot at once: the second finds another ballot under the key.
    MOVE_KEY = "UPDATE ballot_keys SET ballot = ?5 WHERE home = ?1 AND season = ?2 AND opener = ?3 AND ballot = ?4";
    KEYS_UP_TO = "SELECT opener FROM ballot_keys WHERE home = ?1 AND season = ?2 ORDER BY opener LIMIT ?3";
    FORGET_KEYS = "DELETE FROM ballot_keys WHERE home = ?1 AND season = ?2 AND opener <= ?3";
    INSERT_TURNOUT = "INSERT INTO turnouts (home, season, position, part, voters, voted) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    TURNOUTS = "SELECT COALESCE(p.shown, ''), t.voters, t.voted FROM turnouts t LEFT JOIN places p ON p.id = t.part \
                WHERE t.home = ?1 AND t.season = ?2 ORDER BY t.position LIMIT 500";
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

pub(crate) fn own(s: &mut Snapshot<'_>, season: &SeasonId, person: &PersonId) -> Result<Vec<(u32, String)>, DbError> {
    s.all(&OWN, params![season.home(), season, person])
}

pub(crate) fn standings(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Standing>, DbError> {
    s.all(&STANDINGS, params![season.home(), season, programmes::MAX_PROJECTS])
}

pub(crate) fn delete_ballot(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    id: &BallotId,
) -> Result<bool, DbError> {
    Ok(tx.execute(&DELETE_BALLOT, params![permit.home(), season, id])? == 1)
}

pub(crate) fn ballot(s: &mut Snapshot<'_>, season: &SeasonId, id: &BallotId) -> Result<Option<Ballot>, DbError> {
    s.optional(&BALLOT, params![season.home(), season, id])
}

pub(crate) fn insert_key(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    key: BallotKey,
    ballot: &BallotId,
) -> Result<(), DbError> {
    tx.execute(&INSERT_KEY, params![permit.home(), season, &key.0, ballot]).map(|_| ())
}

pub(crate) fn keyed(s: &mut Snapshot<'_>, season: &SeasonId, key: BallotKey) -> Result<Option<Ballot>, DbError> {
    s.optional(&KEYED, params![season.home(), season, &key.0])
}

/// Lets the key open another ballot; false when it no longer opens the first.
pub(crate) fn move_key(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    key: BallotKey,
    (from, to): (&BallotId, &BallotId),
) -> Result<bool, DbError> {
    Ok(tx.execute(&MOVE_KEY, params![permit.home(), season, &key.0, from, to])? == 1)
}

/// Destroys keys, at most `limit`; false when there was none.
pub(crate) fn forget_keys(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, limit: i64) -> Result<bool, DbError> {
    let page: Vec<(Vec<u8>,)> = tx.all(&KEYS_UP_TO, params![permit.home(), season, limit])?;
    let Some((last,)) = page.last() else { return Ok(false) };
    tx.execute(&FORGET_KEYS, params![permit.home(), season, last.as_slice()]).map(|_| true)
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

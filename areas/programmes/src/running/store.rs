//! All SQL of running seasons: projects, assessments, closings.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, PersonId};
use matters::notice::NoticeId;
use rights::Permit;

use super::{
    Closing, Midterm, Run, RunState,
    closing::{Closed, Grades},
    midterm::{Round, Sheet},
    rules::{parse_scores, print_scores},
};
use crate::SeasonId;

/// Columns of a run in the order of its fields.
macro_rules! run_columns {
    () => {
        "number, matter, tier, team, state, midterm, closing, begun_day, revision"
    };
}
/// Columns of a round in the order of its fields.
macro_rules! round_columns {
    () => {
        "round, state, pack, digest, opened_day, points, advice, until_day, mended, decided_day, verdict, notice"
    };
}

db::statements! {
    STATEMENTS:
    INSERT_RUN = "INSERT INTO project_runs (home, season, number, matter, tier, team, state, midterm, closing, \
                  begun_day, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'running', 'none', 'none', ?7, 0) \
                  ON CONFLICT DO NOTHING";
    RUN = concat!("SELECT ", run_columns!(), " FROM project_runs WHERE home = ?1 AND season = ?2 AND number = ?3");
    RUNS = concat!("SELECT ", run_columns!(), " FROM project_runs WHERE home = ?1 AND season = ?2 AND number > ?3 \
                  ORDER BY number LIMIT ?4");
    /// Guarded by the revision that was read: whoever changes a project does so one after the other.
    SET_RUN = "UPDATE project_runs SET state = ?5, midterm = ?6, closing = ?7, revision = revision + 1 \
               WHERE home = ?1 AND season = ?2 AND number = ?3 AND revision = ?4";
    INSERT_ROUND = "INSERT INTO midterms (home, season, number, round, state, pack, digest, opened_day, opened_by, \
                    advice, mended) VALUES (?1, ?2, ?3, ?4, 'open', ?5, ?6, ?7, ?8, '', '')";
    ROUNDS = concat!("SELECT ", round_columns!(), " FROM midterms WHERE home = ?1 AND season = ?2 AND number = ?3 \
                    ORDER BY round LIMIT 20");
    DECIDE_ROUND = "UPDATE midterms SET state = ?5, points = ?6, advice = ?7, until_day = ?8, decided_day = ?9, \
                    verdict = ?10 WHERE home = ?1 AND season = ?2 AND number = ?3 AND round = ?4 AND state = 'open'";
    MEND_ROUND = "UPDATE midterms SET state = 'rectified', mended = ?5 WHERE home = ?1 AND season = ?2 \
                  AND number = ?3 AND round = ?4 AND state = 'rectify'";
    UNTOLD = "SELECT m.number, m.round, p.name, m.points, m.state, m.until_day FROM midterms m \
              JOIN projects p ON p.home = m.home AND p.season = m.season AND p.number = m.number \
              WHERE m.home = ?1 AND m.season = ?2 AND m.notice IS NULL AND m.decided_day IS NOT NULL \
              ORDER BY m.number, m.round LIMIT ?3";
    TELL_ROUND = "UPDATE midterms SET notice = ?5, verdict = ?6 WHERE home = ?1 AND season = ?2 AND number = ?3 \
                  AND round = ?4 AND notice IS NULL";
    /// How many results one notice tells.
    TOLD_BY = "SELECT COUNT(*) FROM midterms WHERE home = ?1 AND season = ?2 AND notice = ?3";
    NOMINABLE = "SELECT r.number, p.name FROM project_runs r \
                 JOIN projects p ON p.home = r.home AND p.season = r.season AND p.number = r.number \
                 WHERE r.home = ?1 AND r.season = ?2 AND r.state <> 'stopped' ORDER BY r.number LIMIT ?3";
    TOLD = "SELECT m.number, m.round, p.name, m.decided_day FROM midterms m \
            JOIN projects p ON p.home = m.home AND p.season = m.season AND p.number = m.number \
            WHERE m.home = ?1 AND m.season = ?2 AND m.notice IS NOT NULL ORDER BY m.number, m.round LIMIT ?3";
    PUT_SHEET = "INSERT INTO midterm_sheets (home, season, number, round, person, scores, comment, scored_day) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (home, season, number, round, person) \
                 DO UPDATE SET scores = excluded.scores, comment = excluded.comment, scored_day = excluded.scored_day";
    SHEETS = "SELECT person, scores, comment FROM midterm_sheets \
              WHERE home = ?1 AND season = ?2 AND number = ?3 AND round = ?4 ORDER BY person LIMIT 100";
    PUT_CLOSING = "INSERT INTO closings (home, season, number, state, report, pack, digest, reasons, submitted_by, \
                   submitted_day, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', ?8, ?9, 1) \
                   ON CONFLICT (home, season, number) DO UPDATE SET state = excluded.state, report = excluded.report, \
                   pack = excluded.pack, digest = excluded.digest, submitted_by = excluded.submitted_by, \
                   submitted_day = excluded.submitted_day, revision = closings.revision + 1";
    CLOSING = "SELECT state, report, pack, digest, reasons, submitted_by, submitted_day, decided_day, verdict, \
               revision FROM closings WHERE home = ?1 AND season = ?2 AND number = ?3";
    DECIDE_CLOSING = "UPDATE closings SET state = ?4, reasons = ?5, decided_day = ?6, verdict = ?7, \
                      revision = revision + 1 WHERE home = ?1 AND season = ?2 AND number = ?3 \
                      AND state = 'submitted'";
    PUT_GRADE = "INSERT INTO project_grades (home, season, number, person, grade, words, day) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (home, season, number, person) \
                 DO UPDATE SET grade = excluded.grade, words = excluded.words, day = excluded.day";
    GRADES = "SELECT COUNT(*), CAST(COALESCE(SUM(grade), 0) AS BIGINT), \
              CAST(COALESCE(SUM(CASE WHEN grade >= 4 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM project_grades \
              WHERE home = ?1 AND season = ?2 AND number = ?3";
    GRADE = "SELECT grade, words FROM project_grades WHERE home = ?1 AND season = ?2 AND number = ?3 AND person = ?4";
}

fn word<T: std::str::FromStr>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let word: String = row.get(at)?;
    word.parse().map_err(|_| DbError::Data(format!("unknown word {word}")))
}

impl FromRow for Run {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Run {
            number: row.get(0)?,
            matter: row.get(1)?,
            tier: row.get(2)?,
            team: row.get(3)?,
            state: word(row, 4)?,
            midterm: word(row, 5)?,
            closing: word(row, 6)?,
            begun_day: row.get(7)?,
            revision: row.get(8)?,
        })
    }
}

fn digest(row: &Row<'_>, at: usize) -> Result<[u8; 32], DbError> {
    let bytes: Vec<u8> = row.get(at)?;
    bytes.try_into().map_err(|_| DbError::Data("a digest that is none".into()))
}

impl FromRow for Round {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Round {
            round: row.get(0)?,
            state: word(row, 1)?,
            pack: row.get(2)?,
            digest: digest(row, 3)?,
            opened_day: row.get(4)?,
            points: row.get(5)?,
            advice: row.get(6)?,
            until: row.get(7)?,
            mended: row.get(8)?,
            decided_day: row.get(9)?,
            verdict: row.get(10)?,
            notice: row.get(11)?,
        })
    }
}

impl FromRow for Sheet {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let scores: String = row.get(1)?;
        let scores = parse_scores(&scores).ok_or_else(|| DbError::Data(format!("scores {scores}")))?;
        Ok(Sheet { person: row.get(0)?, scores, comment: row.get(2)? })
    }
}

impl FromRow for Closed {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let report: String = row.get(1)?;
        Ok(Closed {
            state: word(row, 0)?,
            report: serde_json::from_str(&report).map_err(|e| DbError::Data(format!("report: {e}")))?,
            pack: row.get(2)?,
            digest: digest(row, 3)?,
            reasons: row.get(4)?,
            submitted_by: row.get(5)?,
            submitted_day: row.get(6)?,
            decided_day: row.get(7)?,
            verdict: row.get(8)?,
            revision: row.get(9)?,
        })
    }
}

/// A project of a season.
pub(super) type Of<'a> = (&'a SeasonId, u32);

/// False where it is there already.
pub(super) fn insert_run(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, run: &Run) -> Result<bool, DbError> {
    let params = params![permit.home(), season, run.number, run.matter.as_ref(), &run.tier, &run.team, &run.begun_day,];
    Ok(tx.execute(&INSERT_RUN, params)? == 1)
}

pub(super) fn run(s: &mut Snapshot<'_>, (season, number): Of<'_>) -> Result<Option<Run>, DbError> {
    s.optional(&RUN, params![season.home(), season, number])
}

pub(super) fn runs(s: &mut Snapshot<'_>, season: &SeasonId, after: u32, limit: i64) -> Result<Vec<Run>, DbError> {
    s.all(&RUNS, params![season.home(), season, after, limit])
}

/// What a change makes of a project.
pub(super) type To = (RunState, Midterm, Closing);

/// False when the project is no longer as it was read.
pub(super) fn set_run(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, run): (&SeasonId, &Run),
    (state, midterm, closing): To,
) -> Result<bool, DbError> {
    let params =
        params![permit.home(), season, run.number, run.revision, state.as_str(), midterm.as_str(), closing.as_str(),];
    Ok(tx.execute(&SET_RUN, params)? == 1)
}

pub(super) fn insert_round(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): Of<'_>,
    round: &Round,
    by: Option<&PersonId>,
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        season,
        number,
        round.round,
        &round.pack,
        round.digest.as_slice(),
        &round.opened_day,
        by,
    ];
    tx.execute(&INSERT_ROUND, params).map(|_| ())
}

pub(super) fn rounds(s: &mut Snapshot<'_>, (season, number): Of<'_>) -> Result<Vec<Round>, DbError> {
    s.all(&ROUNDS, params![season.home(), season, number])
}

/// False when it was decided before.
pub(super) fn decide_round(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): Of<'_>,
    round: &Round,
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        season,
        number,
        round.round,
        round.state.as_str(),
        round.points,
        &round.advice,
        round.until.as_ref(),
        round.decided_day.as_ref(),
        round.verdict.as_deref(),
    ];
    Ok(tx.execute(&DECIDE_ROUND, params)? == 1)
}

/// False when it is not owed any more.
pub(super) fn mend_round(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): Of<'_>,
    (round, words): (u32, &str),
) -> Result<bool, DbError> {
    Ok(tx.execute(&MEND_ROUND, params![permit.home(), season, number, round, words])? == 1)
}

/// An [`Untold`] as it is stored.
type UntoldRow = (u32, u32, String, Option<i64>, String, Option<Day>);

/// A result that was not posted yet: number, round, name, hundredths of a point, state, day.
pub(super) type Untold = (u32, u32, String, Option<i64>, Midterm, Option<Day>);

/// Rounds whose result is posted: project, round, name, day of the decision.
pub(super) fn told(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    most: i64,
) -> Result<Vec<(u32, u32, String, Day)>, DbError> {
    s.all(&TOLD, params![season.home(), season, most])
}

pub(super) fn untold(s: &mut Snapshot<'_>, season: &SeasonId, limit: i64) -> Result<Vec<Untold>, DbError> {
    let found: Vec<UntoldRow> = s.all(&UNTOLD, params![season.home(), season, limit])?;
    let known = |word: String| word.parse().map_err(|_| DbError::Data(format!("unknown word {word}")));
    found
        .into_iter()
        .map(|(n, round, name, points, state, until)| Ok((n, round, name, points, known(state)?, until)))
        .collect()
}

/// False when another notice tells it.
pub(super) fn tell_round(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): Of<'_>,
    (round, notice, verdict): (u32, &NoticeId, &str),
) -> Result<bool, DbError> {
    Ok(tx.execute(&TELL_ROUND, params![permit.home(), season, number, round, notice, verdict])? == 1)
}

/// How many results a notice tells.
pub(super) fn told_by(s: &mut Snapshot<'_>, season: &SeasonId, notice: &NoticeId) -> Result<u32, DbError> {
    let (n,): (u32,) = s.one(&TOLD_BY, params![season.home(), season, notice])?;
    Ok(n)
}

/// Numbers and names of approved projects that were not stopped.
pub(super) fn nominable(s: &mut Snapshot<'_>, season: &SeasonId, limit: i64) -> Result<Vec<(u32, String)>, DbError> {
    s.all(&NOMINABLE, params![season.home(), season, limit])
}

pub(super) fn put_sheet(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): Of<'_>,
    (round, sheet, day): (u32, &Sheet, &Day),
) -> Result<(), DbError> {
    let scores = print_scores(&sheet.scores);
    let params = params![permit.home(), season, number, round, &sheet.person, scores.as_str(), &sheet.comment, day];
    tx.execute(&PUT_SHEET, params).map(|_| ())
}

pub(super) fn sheets(s: &mut Snapshot<'_>, (season, number): Of<'_>, round: u32) -> Result<Vec<Sheet>, DbError> {
    s.all(&SHEETS, params![season.home(), season, number, round])
}

pub(super) fn put_closing(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): Of<'_>,
    closed: &Closed,
) -> Result<(), DbError> {
    let report = serde_json::to_string(&closed.report).map_err(|e| DbError::Data(format!("report: {e}")))?;
    let params = params![
        permit.home(),
        season,
        number,
        closed.state.as_str(),
        report.as_str(),
        &closed.pack,
        closed.digest.as_slice(),
        closed.submitted_by.as_ref(),
        closed.submitted_day.as_ref(),
    ];
    tx.execute(&PUT_CLOSING, params).map(|_| ())
}

pub(super) fn closing(s: &mut Snapshot<'_>, (season, number): Of<'_>) -> Result<Option<Closed>, DbError> {
    s.optional(&CLOSING, params![season.home(), season, number])
}

/// False when it lies with the office no more.
pub(super) fn decide_closing(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): Of<'_>,
    closed: &Closed,
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        season,
        number,
        closed.state.as_str(),
        &closed.reasons,
        closed.decided_day.as_ref(),
        closed.verdict.as_deref(),
    ];
    Ok(tx.execute(&DECIDE_CLOSING, params)? == 1)
}

pub(super) fn put_grade(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): Of<'_>,
    (person, grade, words, day): (&PersonId, u32, &str, &Day),
) -> Result<(), DbError> {
    tx.execute(&PUT_GRADE, params![permit.home(), season, number, person, grade, words, day]).map(|_| ())
}

pub(super) fn grades(s: &mut Snapshot<'_>, (season, number): Of<'_>) -> Result<Grades, DbError> {
    let found: Option<(u64, u64, u64)> = s.optional(&GRADES, params![season.home(), season, number])?;
    let (answers, sum, content) = found.unwrap_or_default();
    Ok(Grades { answers, sum, content })
}

pub(super) fn grade(
    s: &mut Snapshot<'_>,
    (season, number): Of<'_>,
    person: &PersonId,
) -> Result<Option<(u32, String)>, DbError> {
    s.optional(&GRADE, params![season.home(), season, number, person])
}

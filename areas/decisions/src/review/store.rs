//! All SQL of reviews.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, OrgId, PersonId};
use programmes::SeasonId;
use rights::Permit;
use tally::panel::PanelLine;

use super::{Conflict, Line, Minutes, Review, Reviewer, ScoreSheet, parse_scores, print_scores};

db::statements! {
    STATEMENTS:
    INSERT_REVIEW = "INSERT INTO reviews (home, season, state, reviewers, revision, opened_day, rule_set, inputs, minutes) \
                     VALUES (?1, ?2, 'open', 0, 0, ?3, '', '', '{}') ON CONFLICT (home, season) DO NOTHING";
    REVIEW = "SELECT season, state, reviewers, revision, opened_day, closed_day, rule_set, inputs, minutes FROM reviews \
              WHERE home = ?1 AND season = ?2";
    /// The guard of an open review with room on its panel.
    COUNT_REVIEWER = "UPDATE reviews SET reviewers = reviewers + 1, revision = revision + 1 \
                      WHERE home = ?1 AND season = ?2 AND state = 'open' AND reviewers < ?3";
    /// Holds the row until the transaction ends, and changes nothing: whoever saves, declares, answers or closes does this
    /// before anything is read, so that what they read is what there is when they write.
    HOLD = "UPDATE reviews SET revision = revision WHERE home = ?1 AND season = ?2 \
            RETURNING season, state, reviewers, revision, opened_day, closed_day, rule_set, inputs, minutes";
    /// The guard of an open review: a close that counted before this change does not fit any more.
    TOUCH = "UPDATE reviews SET revision = revision + 1 WHERE home = ?1 AND season = ?2 AND state = 'open'";
    INSERT_REVIEWER = "INSERT INTO panel_reviewers (home, season, person, name, state, letter, invited_day) \
                       VALUES (?1, ?2, ?3, ?4, 'invited', 0, ?5) ON CONFLICT (home, season, person) DO NOTHING";
    ANSWER = "UPDATE panel_reviewers SET state = ?4 WHERE home = ?1 AND season = ?2 AND person = ?3 AND state <> ?4";
    REVIEWERS = "SELECT r.person, r.name, r.state, r.letter, \
                 (SELECT count(*) FROM review_declarations d \
                  WHERE d.home = r.home AND d.season = r.season AND d.person = r.person), \
                 (SELECT count(*) FROM review_declarations d WHERE d.home = r.home AND d.season = r.season \
                  AND d.person = r.person AND d.conflict <> 'none'), \
                 (SELECT count(*) FROM score_sheets s \
                  WHERE s.home = r.home AND s.season = r.season AND s.person = r.person) \
                 FROM panel_reviewers r WHERE r.home = ?1 AND r.season = ?2 AND (?3 = '' OR r.person = ?3) \
                 ORDER BY r.person LIMIT 100";
    SET_LETTER = "UPDATE panel_reviewers SET letter = ?4 WHERE home = ?1 AND season = ?2 AND person = ?3";
    DECLARE = "INSERT INTO review_declarations (home, season, person, project, conflict, declared_day) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (home, season, person, project) \
               DO UPDATE SET conflict = excluded.conflict, declared_day = excluded.declared_day, \
               lifted = CASE WHEN excluded.conflict = 'none' THEN review_declarations.conflict \
               ELSE review_declarations.lifted END";
    LIFTED = "SELECT r.name, d.project, p.name, d.lifted, d.conflict FROM review_declarations d \
              JOIN panel_reviewers r ON r.home = d.home AND r.season = d.season AND r.person = d.person \
              JOIN projects p ON p.home = d.home AND p.season = d.season AND p.number = d.project \
              WHERE d.home = ?1 AND d.season = ?2 AND d.lifted <> '' ORDER BY r.name, d.project LIMIT 200";
    /// Who stands behind the season's projects.
    BEHIND = "SELECT p.project, p.org, p.author, l.path FROM proposals p JOIN places l ON l.id = p.place \
              WHERE p.home = ?1 AND p.season = ?2 AND p.project IS NOT NULL ORDER BY p.project LIMIT 2000";
    DECLARATIONS = "SELECT person, project, conflict FROM review_declarations \
                    WHERE home = ?1 AND season = ?2 AND person = ?3 ORDER BY project LIMIT 2000";
    DECLARATION = "SELECT person, project, conflict FROM review_declarations \
                   WHERE home = ?1 AND season = ?2 AND person = ?3 AND project = ?4";
    CONFLICTS = "SELECT person, project, conflict FROM review_declarations \
                 WHERE home = ?1 AND season = ?2 AND conflict <> 'none' ORDER BY project, person LIMIT ?3";
    PUT_SHEET = "INSERT INTO score_sheets (home, season, project, person, scores, comment) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (home, season, project, person) \
                 DO UPDATE SET scores = excluded.scores, comment = excluded.comment";
    DROP_SHEET = "DELETE FROM score_sheets WHERE home = ?1 AND season = ?2 AND project = ?3 AND person = ?4";
    SHEET = "SELECT person, project, scores, comment FROM score_sheets \
             WHERE home = ?1 AND season = ?2 AND project = ?3 AND person = ?4";
    SHEETS = "SELECT person, project, scores, comment FROM score_sheets WHERE home = ?1 AND season = ?2 \
              ORDER BY project, person LIMIT ?3";
    SHEETS_OF_PROJECT = "SELECT s.person, s.project, s.scores, s.comment, r.letter FROM score_sheets s \
                         JOIN panel_reviewers r ON r.home = s.home AND r.season = s.season AND r.person = s.person \
                         WHERE s.home = ?1 AND s.season = ?2 AND s.project = ?3 ORDER BY r.letter LIMIT 100";
    SHEETS_OF_PERSON = "SELECT person, project, scores, comment FROM score_sheets \
                        WHERE home = ?1 AND season = ?2 AND person = ?3 ORDER BY project LIMIT 2000";
    SHEETS_BY_PROJECT = "SELECT project, count(*) FROM score_sheets WHERE home = ?1 AND season = ?2 GROUP BY project \
                         ORDER BY project LIMIT 2000";
    CLOSE = "UPDATE reviews SET state = 'closed', closed_day = ?4, rule_set = ?5, inputs = ?6, minutes = ?7, \
             revision = revision + 1 WHERE home = ?1 AND season = ?2 AND revision = ?3 AND state = 'open'";
    /// Across places: reviews are few.
    CLOSED = "SELECT season FROM reviews WHERE state = 'closed' AND season > ?1 ORDER BY season LIMIT 100";
    INSERT_LINE = "INSERT INTO review_lines (home, season, position, project, line) VALUES (?1, ?2, ?3, ?4, ?5)";
    LINES = "SELECT l.position, l.line, p.reference, p.name, p.cost FROM review_lines l \
             JOIN projects p ON p.home = l.home AND p.season = l.season AND p.number = l.project \
             WHERE l.home = ?1 AND l.season = ?2 AND l.position > ?3 ORDER BY l.position LIMIT ?4";
    LINE = "SELECT l.position, l.line, p.reference, p.name, p.cost FROM review_lines l \
            JOIN projects p ON p.home = l.home AND p.season = l.season AND p.number = l.project \
            WHERE l.home = ?1 AND l.season = ?2 AND l.project = ?3";
}

fn word<T: std::str::FromStr>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let text: String = row.get(at)?;
    text.parse().map_err(|_| DbError::Data(format!("column {at}: {text}")))
}

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let text: String = row.get(at)?;
    serde_json::from_str(&text).map_err(|e| DbError::Data(format!("column {at}: {e}")))
}

impl FromRow for Review {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let minutes: String = row.get(8)?;
        let minutes = match minutes.as_str() {
            "{}" => Minutes::default(),
            text => serde_json::from_str(text).map_err(|e| DbError::Data(format!("minutes: {e}")))?,
        };
        Ok(Review {
            season: row.get(0)?,
            state: word(row, 1)?,
            n_reviewers: row.get(2)?,
            revision: row.get(3)?,
            opened_day: row.get(4)?,
            closed_day: row.get(5)?,
            rule_set: row.get(6)?,
            inputs: row.get(7)?,
            minutes,
        })
    }
}

impl FromRow for Reviewer {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Reviewer {
            person: row.get(0)?,
            name: row.get(1)?,
            answer: word(row, 2)?,
            letter: row.get(3)?,
            n_declared: row.get(4)?,
            n_conflicts: row.get(5)?,
            n_sheets: row.get(6)?,
        })
    }
}

impl FromRow for ScoreSheet {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let scores: String = row.get(2)?;
        let scores = parse_scores(&scores).ok_or_else(|| DbError::Data(format!("scores {scores}")))?;
        Ok(ScoreSheet { person: row.get(0)?, project: row.get(1)?, scores, comment: row.get(3)? })
    }
}

/// A sheet with the letter that stands for its reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lettered {
    /// The sheet.
    pub sheet: ScoreSheet,
    /// The letter's number.
    pub letter: u32,
}

impl FromRow for Lettered {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Lettered { sheet: ScoreSheet::from_row(row)?, letter: row.get(4)? })
    }
}

/// What a reviewer has to do with a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Who.
    pub person: PersonId,
    /// With which project.
    pub project: u32,
    /// What.
    pub conflict: Conflict,
}

impl FromRow for Declared {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Declared { person: row.get(0)?, project: row.get(1)?, conflict: word(row, 2)? })
    }
}

/// A conflict that a reviewer said and took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifted {
    /// The reviewer's name.
    pub reviewer: String,
    /// The project's number.
    pub project: u32,
    /// The project's name.
    pub name: String,
    /// What was said first.
    pub said: Conflict,
    /// What stands now.
    pub now: Conflict,
}

impl FromRow for Lifted {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (reviewer, project, name) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Lifted { reviewer, project, name, said: word(row, 3)?, now: word(row, 4)? })
    }
}

/// Who stands behind a project, as it is stored.
pub(crate) struct Applicant {
    pub project: u32,
    pub org: Option<OrgId>,
    pub author: PersonId,
    /// The path of the project's place: ids joined with `/`.
    pub path: String,
}

db::record!(Applicant { project, org, author, path });

impl FromRow for Line {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let line: PanelLine = json(row, 1)?;
        Ok(Line { position: row.get(0)?, line, reference: row.get(2)?, name: row.get(3)?, cost: row.get(4)? })
    }
}

pub(crate) fn review(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<Review>, DbError> {
    s.optional(&REVIEW, params![season.home(), season])
}

/// The review of a season, held as it is until the transaction ends.
pub(crate) fn hold(tx: &mut Tx<'_>, season: &SeasonId) -> Result<Option<Review>, DbError> {
    tx.optional(&HOLD, params![season.home(), season])
}

pub(crate) fn lifted(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Lifted>, DbError> {
    s.all(&LIFTED, params![season.home(), season])
}

/// Of the projects that came from a proposal, in order of numbers.
pub(crate) fn behind(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Applicant>, DbError> {
    s.all(&BEHIND, params![season.home(), season])
}

/// The review's row, made when it is not there.
pub(crate) fn begin(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, day: &Day) -> Result<bool, DbError> {
    Ok(tx.execute(&INSERT_REVIEW, params![permit.home(), season, day])? == 1)
}

/// False when the panel is full or the review closed.
pub(crate) fn count_reviewer(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, most: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_REVIEWER, params![permit.home(), season, most])? == 1)
}

/// False when the review is not open.
pub(crate) fn touch(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId) -> Result<bool, DbError> {
    Ok(tx.execute(&TOUCH, params![permit.home(), season])? == 1)
}

/// False when the person was invited before.
pub(crate) fn insert_reviewer(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (person, name): (&PersonId, &str),
    day: &Day,
) -> Result<bool, DbError> {
    Ok(tx.execute(&INSERT_REVIEWER, params![permit.home(), season, person, name, day])? == 1)
}

/// False when that was the answer already.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    person: &PersonId,
    answer: super::Answer,
) -> Result<bool, DbError> {
    Ok(tx.execute(&ANSWER, params![permit.home(), season, person, answer.as_str()])? == 1)
}

pub(crate) fn reviewers(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Reviewer>, DbError> {
    s.all(&REVIEWERS, params![season.home(), season, ""])
}

pub(crate) fn reviewer(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    person: &PersonId,
) -> Result<Option<Reviewer>, DbError> {
    s.optional(&REVIEWERS, params![season.home(), season, person])
}

pub(crate) fn set_letter(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    person: &PersonId,
    letter: u32,
) -> Result<(), DbError> {
    tx.execute(&SET_LETTER, params![permit.home(), season, person, letter]).map(|_| ())
}

pub(crate) fn declare(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    declared: &Declared,
    day: &Day,
) -> Result<(), DbError> {
    let Declared { person, project, conflict } = declared;
    tx.execute(&DECLARE, params![permit.home(), season, person, *project, conflict.as_str(), day]).map(|_| ())
}

pub(crate) fn declarations(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    person: &PersonId,
) -> Result<Vec<Declared>, DbError> {
    s.all(&DECLARATIONS, params![season.home(), season, person])
}

pub(crate) fn declaration(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    person: &PersonId,
    project: u32,
) -> Result<Option<Declared>, DbError> {
    s.optional(&DECLARATION, params![season.home(), season, person, project])
}

pub(crate) fn conflicts(s: &mut Snapshot<'_>, season: &SeasonId, limit: i64) -> Result<Vec<Declared>, DbError> {
    s.all(&CONFLICTS, params![season.home(), season, limit])
}

pub(crate) fn put_sheet(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    sheet: &ScoreSheet,
) -> Result<(), DbError> {
    let ScoreSheet { person, project, scores, comment } = sheet;
    let scores = print_scores(scores);
    tx.execute(&PUT_SHEET, params![permit.home(), season, *project, person, &scores, comment]).map(|_| ())
}

/// True when there was one.
pub(crate) fn drop_sheet(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (project, person): (u32, &PersonId),
) -> Result<bool, DbError> {
    Ok(tx.execute(&DROP_SHEET, params![permit.home(), season, project, person])? == 1)
}

pub(crate) fn sheet(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (project, person): (u32, &PersonId),
) -> Result<Option<ScoreSheet>, DbError> {
    s.optional(&SHEET, params![season.home(), season, project, person])
}

pub(crate) fn sheets(s: &mut Snapshot<'_>, season: &SeasonId, limit: i64) -> Result<Vec<ScoreSheet>, DbError> {
    s.all(&SHEETS, params![season.home(), season, limit])
}

pub(crate) fn sheets_of_project(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    project: u32,
) -> Result<Vec<Lettered>, DbError> {
    s.all(&SHEETS_OF_PROJECT, params![season.home(), season, project])
}

pub(crate) fn sheets_of_person(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    person: &PersonId,
) -> Result<Vec<ScoreSheet>, DbError> {
    s.all(&SHEETS_OF_PERSON, params![season.home(), season, person])
}

/// How many sheets each project has that has any.
pub(crate) fn sheets_by_project(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, u32)>, DbError> {
    s.all(&SHEETS_BY_PROJECT, params![season.home(), season])
}

/// Seasons whose review is closed, in order of ids after `after`, 100 at most.
pub(crate) fn closed(s: &mut Snapshot<'_>, after: &str) -> Result<Vec<SeasonId>, DbError> {
    let rows: Vec<(SeasonId,)> = s.all(&CLOSED, params![after])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What closing stores.
pub(crate) struct Closed<'a> {
    pub revision: i64,
    pub day: &'a Day,
    pub rule_set: &'a str,
    pub inputs: &'a str,
    pub minutes: &'a Minutes,
}

/// False when the review is no longer as it was counted.
pub(crate) fn close(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, closed: &Closed<'_>) -> Result<bool, DbError> {
    let Closed { revision, day, rule_set, inputs, minutes } = closed;
    let minutes = serde_json::to_string(minutes).map_err(|e| DbError::Data(e.to_string()))?;
    let params = params![permit.home(), season, *revision, *day, *rule_set, *inputs, &minutes];
    Ok(tx.execute(&CLOSE, params)? == 1)
}

pub(crate) fn insert_line(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (position, line): (u32, &PanelLine),
) -> Result<(), DbError> {
    let text = serde_json::to_string(line).map_err(|e| DbError::Data(e.to_string()))?;
    tx.execute(&INSERT_LINE, params![permit.home(), season, position, line.number, &text]).map(|_| ())
}

pub(crate) fn lines(s: &mut Snapshot<'_>, season: &SeasonId, after: u32, limit: i64) -> Result<Vec<Line>, DbError> {
    s.all(&LINES, params![season.home(), season, after, limit])
}

pub(crate) fn line(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Option<Line>, DbError> {
    s.optional(&LINE, params![season.home(), season, project])
}

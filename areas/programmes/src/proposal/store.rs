//! All SQL of proposals and of their versions.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, OrgId, PersonId, Source};
use rights::Permit;
use serde::{Serialize, de::DeserializeOwned};

use super::{Applied, Listed, Proposal, ProposalId, State, Version};
use crate::{SeasonId, proposal::rules::WRITING};

/// Columns of a proposal in the order of its fields.
macro_rules! columns {
    () => {
        "id, season, number, idea, author, org, entered_by, state, body, grant_sum, whole_sum, versions, coach, \
         coaches, project, reasons, revision, started_day, submitted_day"
    };
}
/// Columns of a row of a list.
macro_rules! listed {
    () => {
        "id, number, state, title, field, tier, grant_sum, project"
    };
}

db::statements! {
    STATEMENTS:
    /// The guard of stage and number: two who begin at once get two numbers.
    COUNT_PROPOSAL = "UPDATE seasons SET proposals = proposals + 1 \
                      WHERE home = ?1 AND id = ?2 AND stage IN (?3, ?4, ?5) AND proposals < ?6 RETURNING proposals";
    COUNT_OWN = "SELECT COUNT(*) FROM proposals WHERE home = ?1 AND season = ?2 AND author = ?3";
    INSERT_PROPOSAL = "INSERT INTO proposals (home, id, season, number, idea, author, nth, org, entered_by, source, state, \
                       title, place, field, tier, grant_sum, whole_sum, body, versions, notes, coach, coaches, project, \
                       reasons, revision, once, started_day, submitted_day) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'draft', ?11, '', '', '', 0, 0, ?12, 0, 0, NULL, \
                       '[]', NULL, '[]', 0, ?13, ?14, NULL)";
    PROPOSAL = concat!("SELECT ", columns!(), " FROM proposals WHERE home = ?1 AND season = ?2 AND id = ?3");
    PROPOSAL_ONCE = concat!("SELECT ", columns!(), " FROM proposals WHERE home = ?1 AND season = ?2 AND once = ?3");
    /// Guarded by the revision that was read.
    WRITE = "UPDATE proposals SET title = ?5, place = ?6, field = ?7, tier = ?8, grant_sum = ?9, whole_sum = ?10, \
             body = ?11, revision = revision + 1 \
             WHERE home = ?1 AND season = ?2 AND id = ?3 AND revision = ?4";
    /// The same guard, for what happens to it; and nobody decides who was named its coach meanwhile.
    MOVE = "UPDATE proposals SET state = ?5, project = ?6, reasons = ?7, submitted_day = ?8, revision = revision + 1 \
            WHERE home = ?1 AND season = ?2 AND id = ?3 AND revision = ?4 AND COALESCE(coach, '') = ?9";
    /// Whoever writes keeps on writing: the revision stays.
    COUNT_VERSION = "UPDATE proposals SET versions = versions + 1 \
                     WHERE home = ?1 AND season = ?2 AND id = ?3 AND revision = ?4 AND versions = ?5";
    /// So it does here. Guarded by the coaches that were read.
    NAME_COACH = "UPDATE proposals SET coach = ?4, coaches = ?5 WHERE home = ?1 AND season = ?2 AND id = ?3 \
                  AND COALESCE(coach, '') = ?6 AND coaches = ?7 AND state IN ('draft', 'submitted', 'returned')";
    INSERT_VERSION = "INSERT INTO proposal_versions (home, proposal, number, body, made_by, made_day) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    VERSION = "SELECT number, body, made_by, made_day FROM proposal_versions \
               WHERE home = ?1 AND proposal = ?2 AND number = ?3";
    VERSION_DAYS = "SELECT number, made_day FROM proposal_versions WHERE home = ?1 AND proposal = ?2 \
                    ORDER BY number DESC LIMIT 200";
    CHECKED = concat!("SELECT ", listed!(), " FROM proposals WHERE home = ?1 AND season = ?2 AND state = 'checked' \
               AND number > ?3 AND (?4 = '' OR field = ?4) ORDER BY number LIMIT ?5");
    ALL = concat!("SELECT ", listed!(), " FROM proposals WHERE home = ?1 AND season = ?2 AND number > ?3 \
           AND (?4 = '' OR field = ?4) AND (?5 = '' OR state = ?5) ORDER BY number LIMIT ?6");
    OWN = concat!("SELECT ", listed!(), " FROM proposals WHERE home = ?1 AND season = ?2 AND author = ?3 \
           ORDER BY number LIMIT 20");
    OF_ORGS = concat!("SELECT ", listed!(), " FROM proposals WHERE home = ?1 AND season = ?2 \
               AND org IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ORDER BY number LIMIT 50");
    COACHED = concat!("SELECT ", listed!(), " FROM proposals WHERE home = ?1 AND season = ?2 AND coach = ?3 \
               ORDER BY number LIMIT 100");
    OF_PROJECT = "SELECT id, author, org, place, tier, field, grant_sum FROM proposals \
                  WHERE home = ?1 AND season = ?2 AND project = ?3";
    TIERS = "SELECT project, tier FROM proposals \
             WHERE home = ?1 AND season = ?2 AND project IS NOT NULL ORDER BY project LIMIT 2000";
}

pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Data(format!("a proposal that is no JSON: {error}")))
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Data(format!("a proposal's JSON: {error}")))
}

fn state(word: &str) -> Result<State, DbError> {
    word.parse().map_err(|()| DbError::Data(format!("proposal state {word}")))
}

impl FromRow for Proposal {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (at, body): (String, String) = (row.get(7)?, row.get(8)?);
        let (coached, reasons): (String, String) = (row.get(13)?, row.get(15)?);
        Ok(Proposal {
            id: row.get(0)?,
            season: row.get(1)?,
            number: row.get(2)?,
            idea: row.get(3)?,
            author: row.get(4)?,
            org: row.get(5)?,
            entered_by: row.get(6)?,
            state: state(&at)?,
            typed: from_json(&body)?,
            grant: row.get(9)?,
            whole: row.get(10)?,
            n_versions: row.get(11)?,
            coach: row.get(12)?,
            coached: from_json(&coached)?,
            project: row.get(14)?,
            reasons: from_json(&reasons)?,
            revision: row.get(16)?,
            started_day: row.get(17)?,
            submitted_day: row.get(18)?,
        })
    }
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let at: String = row.get(2)?;
        Ok(Listed {
            id: row.get(0)?,
            number: row.get(1)?,
            state: state(&at)?,
            title: row.get(3)?,
            field: row.get(4)?,
            tier: row.get(5)?,
            grant: row.get(6)?,
            project: row.get(7)?,
        })
    }
}

impl FromRow for Version {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let body: String = row.get(1)?;
        Ok(Version { number: row.get(0)?, typed: from_json(&body)?, made_by: row.get(2)?, made_day: row.get(3)? })
    }
}

db::record!(Applied { id, author, org, place, tier, field, grant });

/// The next number of the season; none when it takes no proposals, or no more.
pub(crate) fn count_proposal(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    limit: u32,
) -> Result<Option<u32>, DbError> {
    let [a, b, c] = [0, 1, 2].map(|at| WRITING.get(at).map_or("", |stage| stage.as_str()));
    let found: Option<(u32,)> = tx.optional(&COUNT_PROPOSAL, params![permit.home(), season, a, b, c, limit])?;
    Ok(found.map(|(number,)| number))
}

/// Proposals of an author in the season so far.
pub(crate) fn count_own(s: &mut Snapshot<'_>, season: &SeasonId, author: &PersonId) -> Result<i64, DbError> {
    let found: Option<(i64,)> = s.optional(&COUNT_OWN, params![season.home(), season, author])?;
    Ok(found.map_or(0, |(n,)| n))
}

/// How a proposal came in.
pub(crate) struct Came<'a> {
    pub once: &'a str,
    pub source: Source,
    /// Which of its author's in the season.
    pub nth: i64,
}

pub(crate) fn insert(tx: &mut Tx<'_>, permit: &Permit, p: &Proposal, came: &Came<'_>) -> Result<(), DbError> {
    let body = json(&p.typed)?;
    let params = params![
        permit.home(),
        &p.id,
        &p.season,
        p.number,
        p.idea.as_ref(),
        &p.author,
        came.nth,
        p.org.as_ref(),
        p.entered_by.as_ref(),
        came.source.as_str(),
        &p.typed.title,
        &body,
        came.once,
        &p.started_day,
    ];
    tx.execute(&INSERT_PROPOSAL, params).map(|_| ())
}

pub(crate) fn proposal(s: &mut Snapshot<'_>, season: &SeasonId, id: &ProposalId) -> Result<Option<Proposal>, DbError> {
    s.optional(&PROPOSAL, params![season.home(), season, id])
}

pub(crate) fn proposal_once(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<Proposal>, DbError> {
    s.optional(&PROPOSAL_ONCE, params![season.home(), season, once])
}

/// Stores the working copy; false when it is no longer as it was read.
pub(crate) fn write(tx: &mut Tx<'_>, permit: &Permit, p: &Proposal) -> Result<bool, DbError> {
    let body = json(&p.typed)?;
    let params = params![
        permit.home(),
        &p.season,
        &p.id,
        p.revision,
        &p.typed.title,
        &p.typed.place,
        &p.typed.field,
        &p.typed.tier,
        p.grant,
        p.whole,
        &body,
    ];
    Ok(tx.execute(&WRITE, params)? == 1)
}

/// Stores what happened to it; false when it is no longer as it was read.
pub(crate) fn shift(tx: &mut Tx<'_>, permit: &Permit, p: &Proposal) -> Result<bool, DbError> {
    let reasons = json(&p.reasons)?;
    let params = params![
        permit.home(),
        &p.season,
        &p.id,
        p.revision,
        p.state.as_str(),
        p.project,
        &reasons,
        p.submitted_day.as_ref(),
        p.coach.as_ref().map_or("", PersonId::as_str),
    ];
    Ok(tx.execute(&MOVE, params)? == 1)
}

/// Takes the next version's number; false when it is no longer as it was read.
pub(crate) fn count_version(tx: &mut Tx<'_>, permit: &Permit, p: &Proposal) -> Result<bool, DbError> {
    let params = params![permit.home(), &p.season, &p.id, p.revision, p.n_versions];
    Ok(tx.execute(&COUNT_VERSION, params)? == 1)
}

/// Names its coach after the one that was read, who joins those before; false when it is no longer as it was read.
pub(crate) fn name_coach(
    tx: &mut Tx<'_>,
    permit: &Permit,
    read: &Proposal,
    (coach, coached): (&PersonId, &[PersonId]),
) -> Result<bool, DbError> {
    let (now, before) = (json(&coached)?, json(&read.coached)?);
    let was = read.coach.as_ref().map_or("", PersonId::as_str);
    let params = params![permit.home(), &read.season, &read.id, coach, &now, was, &before];
    Ok(tx.execute(&NAME_COACH, params)? == 1)
}

pub(crate) fn insert_version(
    tx: &mut Tx<'_>,
    permit: &Permit,
    p: &Proposal,
    (by, day): (Option<&PersonId>, &Day),
) -> Result<(), DbError> {
    let body = json(&p.typed)?;
    tx.execute(&INSERT_VERSION, params![permit.home(), &p.id, p.n_versions, &body, by, day]).map(|_| ())
}

pub(crate) fn version(s: &mut Snapshot<'_>, id: &ProposalId, number: u32) -> Result<Option<Version>, DbError> {
    s.optional(&VERSION, params![id.home(), id, number])
}

/// Numbers and days of the versions, the last one first.
pub(crate) fn version_days(s: &mut Snapshot<'_>, id: &ProposalId) -> Result<Vec<(u32, Day)>, DbError> {
    s.all(&VERSION_DAYS, params![id.home(), id])
}

pub(crate) fn checked(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (after, field): (u32, &str),
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    s.all(&CHECKED, params![season.home(), season, after, field, limit])
}

pub(crate) fn all(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (after, field, state): (u32, &str, &str),
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    s.all(&ALL, params![season.home(), season, after, field, state, limit])
}

pub(crate) fn own(s: &mut Snapshot<'_>, season: &SeasonId, person: &PersonId) -> Result<Vec<Listed>, DbError> {
    s.all(&OWN, params![season.home(), season, person])
}

pub(crate) fn coached(s: &mut Snapshot<'_>, season: &SeasonId, person: &PersonId) -> Result<Vec<Listed>, DbError> {
    s.all(&COACHED, params![season.home(), season, person])
}

/// Proposals of the first eight of these organisations.
pub(crate) fn of_orgs(s: &mut Snapshot<'_>, season: &SeasonId, orgs: &[OrgId]) -> Result<Vec<Listed>, DbError> {
    let at = |n: usize| orgs.get(n).map_or("", OrgId::as_str);
    let params = params![season.home(), season, at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)];
    s.all(&OF_ORGS, params)
}

pub(crate) fn of_project(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Option<Applied>, DbError> {
    s.optional(&OF_PROJECT, params![season.home(), season, project])
}

pub(crate) fn tiers(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, String)>, DbError> {
    s.all(&TIERS, params![season.home(), season])
}

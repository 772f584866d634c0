//! All SQL of work.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, Home, Instant, PersonId};
use rights::Permit;

use crate::{
    calendar::{NamedDay, YearDays},
    files::{Blob, File, FileId},
    jobs::{Dead, JobId},
};

/// Years read at most.
const MAX_YEARS: i64 = 300;

/// Columns of a file in the order in which they are read.
macro_rules! file_columns {
    () => {
        "id, state, kind, name, sha256, bytes, width, height, small_sha256, small_bytes, subject, added_by, added_at, \
         added_day"
    };
}

db::statements! {
    STATEMENTS:
    CALENDAR_YEARS = "SELECT year FROM calendar_years ORDER BY year LIMIT ?1";
    CALENDAR_DAYS = "SELECT year, day, kind, name FROM calendar_days ORDER BY year, day";
    CALENDAR_SOURCES = "SELECT year, source, imported_at FROM calendar_years ORDER BY year DESC LIMIT ?1";
    FORGET_DAYS = "DELETE FROM calendar_days WHERE year = ?1";
    INSERT_DAY = "INSERT INTO calendar_days (year, day, kind, name) VALUES (?1, ?2, ?3, ?4)";
    SET_YEAR = "INSERT INTO calendar_years (year, source, imported_at) VALUES (?1, ?2, ?3) \
                ON CONFLICT (year) DO UPDATE SET source = excluded.source, imported_at = excluded.imported_at";

    ENQUEUE = "INSERT INTO jobs (home, id, kind, payload, dedup, state, run_at, holder, attempts, last_error, added_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, 'queued', ?6, '', 0, '', ?7) \
               ON CONFLICT (home, kind, dedup) WHERE dedup IS NOT NULL DO NOTHING";
    NEXT_JOB = "SELECT run_at FROM jobs WHERE ended_at IS NULL AND run_at <= ?1 ORDER BY run_at LIMIT 1";
    /// A running job whose lease has ended is free. Two who take at once never get the same row: on one engine there is
    /// one writer, on the other a row that is being taken is passed over.
    TAKE_JOB = "UPDATE jobs SET state = 'running', holder = ?1, attempts = attempts + 1, run_at = ?2 \
                WHERE (home, id) = (SELECT home, id FROM jobs WHERE ended_at IS NULL AND run_at <= ?3 \
                ORDER BY run_at, id LIMIT 1 {skip_locked}) RETURNING id, kind, payload, attempts, run_at";
    END_JOB = "UPDATE jobs SET state = 'done', payload = '', last_error = '', ended_at = ?4 \
               WHERE home = ?1 AND id = ?2 AND state = 'running' AND holder = ?3";
    PUT_BACK_JOB = "UPDATE jobs SET state = 'queued', run_at = ?4, last_error = ?5, attempts = ?6 \
                    WHERE home = ?1 AND id = ?2 AND state = 'running' AND holder = ?3";
    BURY_JOB = "UPDATE jobs SET state = 'dead', ended_at = ?4, last_error = ?5 \
                WHERE home = ?1 AND id = ?2 AND state = 'running' AND holder = ?3";
    PRUNE_JOBS = "DELETE FROM jobs WHERE (home, id) IN (SELECT home, id FROM jobs \
                  WHERE state = 'done' AND ended_at < ?1 ORDER BY ended_at, id LIMIT ?2)";
    DEAD_JOBS = "SELECT id, kind, attempts, last_error, added_at, ended_at FROM jobs \
                 WHERE state = 'dead' AND ended_at IS NOT NULL AND (ended_at, id) < (?1, ?2) \
                 ORDER BY ended_at DESC, id DESC LIMIT ?3";
    DEAD_JOB = "SELECT kind FROM jobs WHERE home = ?1 AND id = ?2 AND state = 'dead'";
    REVIVE_JOB = "UPDATE jobs SET state = 'queued', run_at = ?3, attempts = 0, ended_at = NULL \
                  WHERE home = ?1 AND id = ?2 AND state = 'dead'";
    DISCARD_JOB = "DELETE FROM jobs WHERE home = ?1 AND id = ?2 AND state = 'dead'";
    COUNT_OPEN = "SELECT count(*) FROM jobs WHERE ended_at IS NULL";
    COUNT_DEAD = "SELECT count(*) FROM jobs WHERE state = 'dead' AND ended_at IS NOT NULL";

    INSERT_FILE = "INSERT INTO files (home, id, state, kind, name, sha256, bytes, width, height, small_sha256, \
                   small_bytes, added_by, added_at, added_day) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    UNATTACHED_FILES = "SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM files \
                        WHERE home = ?1 AND added_by = ?2 AND subject IS NULL";
    FILE = concat!("SELECT ", file_columns!(), " FROM files WHERE home = ?1 AND id = ?2");
    FILES_OF = concat!("SELECT ", file_columns!(), " FROM files WHERE home = ?1 AND subject = ?2 \
               AND state = 'attached' ORDER BY id LIMIT ?3");
    FILE_ARRIVED = "UPDATE files SET state = 'ready' WHERE home = ?1 AND id = ?2 AND state = 'arriving'";
    /// Only who uploaded it; what nobody uploaded who had signed in, whoever has not either.
    ATTACH_FILE = "UPDATE files SET state = 'attached', subject = ?3 \
                   WHERE home = ?1 AND id = ?2 AND state = 'ready' AND COALESCE(added_by, '') = ?4";
    LET_FILE_GO = "UPDATE files SET state = 'unwanted' \
                   WHERE home = ?1 AND id = ?2 AND state = 'attached' AND subject = ?3";
    UNWANT_FILE = "UPDATE files SET state = 'unwanted' \
                   WHERE home = ?1 AND id = ?2 AND state IN ('arriving', 'ready')";
    DELETE_FILE = "DELETE FROM files WHERE home = ?1 AND id = ?2 AND state = 'unwanted'";
}

db::record!(Dead { id, kind, attempts, error, added_at, died_at });

pub(crate) fn years(s: &mut Snapshot<'_>) -> Result<Vec<YearDays>, DbError> {
    let years = s.all::<(i64,)>(&CALENDAR_YEARS, params![MAX_YEARS])?;
    let mut found = Vec::with_capacity(years.len());
    for (year,) in years {
        let year = i16::try_from(year).map_err(|_| DbError::Data(format!("year {year}")))?;
        found.push(YearDays { year, days: Vec::new() });
    }
    s.each(&CALENDAR_DAYS, &[], |(year, day, kind, name): (i64, Day, String, String)| {
        let kind = kind.parse().map_err(|()| DbError::Data(format!("kind of day {kind}")))?;
        if let Some(entry) = found.iter_mut().find(|entry| i64::from(entry.year) == year) {
            entry.days.push(NamedDay { day, kind, name });
        }
        Ok(())
    })?;
    Ok(found)
}

pub(crate) fn sources(s: &mut Snapshot<'_>) -> Result<Vec<(i64, String, Instant)>, DbError> {
    s.all(&CALENDAR_SOURCES, params![MAX_YEARS])
}

/// Replaces a year. The installation has one calendar, whatever the permit's home.
pub(crate) fn set_year(
    tx: &mut Tx<'_>,
    _permit: &Permit,
    year: &YearDays,
    source: &str,
    now: Instant,
) -> Result<(), DbError> {
    let number = i64::from(year.year);
    // the year's row is the lock: two imports of one year follow each other
    tx.execute(&SET_YEAR, params![number, source, now])?;
    tx.execute(&FORGET_DAYS, params![number])?;
    for named in &year.days {
        tx.execute(&INSERT_DAY, params![number, &named.day, named.kind.as_str(), &named.name])?;
    }
    Ok(())
}

pub(crate) fn dead_jobs(
    s: &mut Snapshot<'_>,
    before: Option<(Instant, &JobId)>,
    limit: i64,
) -> Result<Vec<Dead>, DbError> {
    // no id has a letter above 'z', so "~" is after all of them
    let (at, id) = before.map_or((Instant(i64::MAX), "~"), |(at, id)| (at, id.as_str()));
    s.all(&DEAD_JOBS, params![at, id, limit])
}

/// The kind of a dead job.
pub(crate) fn dead_job(s: &mut Snapshot<'_>, id: &JobId) -> Result<Option<String>, DbError> {
    Ok(s.optional::<(String,)>(&DEAD_JOB, params![id.home(), id])?.map(|row| row.0))
}

pub(crate) fn revive_job(tx: &mut Tx<'_>, permit: &Permit, id: &JobId, now: Instant) -> Result<bool, DbError> {
    Ok(tx.execute(&REVIVE_JOB, params![permit.home(), id, now])? == 1)
}

pub(crate) fn discard_job(tx: &mut Tx<'_>, permit: &Permit, id: &JobId) -> Result<bool, DbError> {
    Ok(tx.execute(&DISCARD_JOB, params![permit.home(), id])? == 1)
}

pub(crate) fn count_jobs(s: &mut Snapshot<'_>) -> Result<(u64, u64), DbError> {
    let open: (u64,) = s.one(&COUNT_OPEN, &[])?;
    let dead: (u64,) = s.one(&COUNT_DEAD, &[])?;
    Ok((open.0, dead.0))
}

impl FromRow for File {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (state, kind): (String, String) = (row.get(1)?, row.get(2)?);
        let small: (Option<[u8; 32]>, Option<u64>) = (row.get(8)?, row.get(9)?);
        Ok(File {
            id: row.get(0)?,
            state: state.parse().map_err(|()| DbError::Data(format!("state of a file {state}")))?,
            kind: kind.parse().map_err(|()| DbError::Data(format!("kind of a file {kind}")))?,
            name: row.get(3)?,
            blob: Blob { sha256: row.get(4)?, bytes: row.get(5)? },
            width: row.get(6)?,
            height: row.get(7)?,
            small: small.0.zip(small.1).map(|(sha256, bytes)| Blob { sha256, bytes }),
            subject: row.get(10)?,
            added_by: row.get(11)?,
            added_at: row.get(12)?,
            added_day: row.get(13)?,
        })
    }
}

pub(crate) fn insert_file(tx: &mut Tx<'_>, permit: &Permit, file: &File) -> Result<(), DbError> {
    let size = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
    let params = params![
        permit.home(),
        &file.id,
        file.state.as_str(),
        file.kind.as_str(),
        &file.name,
        &file.blob.sha256,
        size(file.blob.bytes),
        file.width,
        file.height,
        file.small.as_ref().map(|small| &small.sha256),
        file.small.as_ref().map(|small| size(small.bytes)),
        file.added_by.as_ref(),
        file.added_at,
        &file.added_day,
    ];
    tx.execute(&INSERT_FILE, params).map(|_| ())
}

/// How many files of a person belong to nothing, and their bytes.
pub(crate) fn unattached(s: &mut Snapshot<'_>, home: Home, person: &PersonId) -> Result<(i64, i64), DbError> {
    s.one(&UNATTACHED_FILES, params![home, person])
}

pub(crate) fn file(s: &mut Snapshot<'_>, id: &FileId) -> Result<Option<File>, DbError> {
    s.optional(&FILE, params![id.home(), id])
}

pub(crate) fn files_of(s: &mut Snapshot<'_>, home: Home, subject: &str, limit: i64) -> Result<Vec<File>, DbError> {
    s.all(&FILES_OF, params![home, subject, limit])
}

pub(crate) fn file_arrived(tx: &mut Tx<'_>, permit: &Permit, id: &FileId) -> Result<bool, DbError> {
    Ok(tx.execute(&FILE_ARRIVED, params![permit.home(), id])? == 1)
}

pub(crate) fn attach_file(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &FileId,
    subject: &str,
    by: Option<&PersonId>,
) -> Result<bool, DbError> {
    let by = by.map_or("", PersonId::as_str);
    Ok(tx.execute(&ATTACH_FILE, params![permit.home(), id, subject, by])? == 1)
}

pub(crate) fn let_file_go(tx: &mut Tx<'_>, permit: &Permit, id: &FileId, subject: &str) -> Result<bool, DbError> {
    Ok(tx.execute(&LET_FILE_GO, params![permit.home(), id, subject])? == 1)
}

/// Without a permit, as [`delete_file`]: the runner of jobs does it, for what nobody may want any more.
pub(crate) fn unwant_file(tx: &mut Tx<'_>, id: &FileId) -> Result<(), DbError> {
    tx.execute(&UNWANT_FILE, params![id.home(), id]).map(|_| ())
}

pub(crate) fn delete_file(tx: &mut Tx<'_>, id: &FileId) -> Result<(), DbError> {
    tx.execute(&DELETE_FILE, params![id.home(), id]).map(|_| ())
}

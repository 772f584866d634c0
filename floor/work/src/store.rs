//! All SQL of work.

use db::{DbError, Snapshot, Tx, params};
use kernel::{Day, Instant};
use rights::Permit;

use crate::{
    calendar::{NamedDay, YearDays},
    jobs::{Dead, JobId},
};

/// Years read at most.
const MAX_YEARS: i64 = 300;

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

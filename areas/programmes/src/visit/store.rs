//! All SQL of visits.

use db::{DbError, Snapshot, Tx, params};
use kernel::{Day, Home, Instant, PlaceId};
use rights::Permit;

use super::{HasLine, Lists, MetLine, Need, NeedSum, Visit, VisitId};
use crate::SeasonId;

/// Columns of a visit in the order of its fields.
macro_rules! columns {
    () => {
        "v.id, v.season, v.number, v.place, v.day, v.staff, v.findings, v.revision, v.recorded_at, v.recorded_by, \
         v.struck_at, v.struck_reason"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO visits (home, id, season, number, place, day, staff, findings, revision, recorded_at, \
              recorded_by, struck_reason, once) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, '', ?11)";
    NEXT_NUMBER = "SELECT COALESCE(MAX(number), 0) + 1 FROM visits WHERE home = ?1 AND season = ?2";
    VISIT_ONCE = concat!("SELECT ", columns!(), " FROM visits v WHERE v.home = ?1 AND v.season = ?2 AND v.once = ?3");
    VISIT = concat!("SELECT ", columns!(), " FROM visits v WHERE v.home = ?1 AND v.season = ?2 AND v.id = ?3");
    VISITS = concat!("SELECT ", columns!(), " FROM visits v WHERE v.home = ?1 AND v.season = ?2 AND v.number < ?3 \
              AND v.struck_at IS NULL ORDER BY v.number DESC LIMIT ?4");
    VISITS_OF_NEED = concat!("SELECT ", columns!(), " FROM visits v WHERE v.home = ?1 AND v.season = ?2 \
              AND v.number < ?3 AND v.struck_at IS NULL AND EXISTS (SELECT 1 FROM visit_lines l WHERE l.home = ?1 \
              AND l.visit = v.id AND l.part = 'need' AND l.name = ?5) ORDER BY v.number DESC LIMIT ?4");
    PLACES_VISITED = "SELECT DISTINCT place FROM visits WHERE home = ?1 AND season = ?2 AND struck_at IS NULL";
    STAND = "SELECT v.id, v.place, p.name, v.day FROM visits v JOIN places p ON p.id = v.place \
             WHERE v.home = ?1 AND v.season = ?2 AND v.struck_at IS NULL ORDER BY v.number LIMIT ?3";
    /// Guarded by the revision that was read.
    UPDATE = "UPDATE visits SET place = ?4, day = ?5, staff = ?6, findings = ?7, revision = revision + 1 \
              WHERE home = ?1 AND id = ?2 AND revision = ?3 AND struck_at IS NULL";
    STRIKE = "UPDATE visits SET struck_at = ?4, struck_reason = ?5, revision = revision + 1 \
              WHERE home = ?1 AND id = ?2 AND revision = ?3 AND struck_at IS NULL";
    INSERT_LINE = "INSERT INTO visit_lines (home, visit, part, position, kind, name, note, number) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    REMOVE_LINES = "DELETE FROM visit_lines WHERE home = ?1 AND visit = ?2";
    LINES = "SELECT part, kind, name, note, number FROM visit_lines WHERE home = ?1 AND visit = ?2 \
             ORDER BY part, position LIMIT 200";
    NEEDS = "SELECT l.name, CAST(SUM(l.number) AS BIGINT) AS mentioned, COUNT(*) FROM visits v \
             JOIN visit_lines l ON l.home = v.home AND l.visit = v.id AND l.part = 'need' \
             WHERE v.home = ?1 AND v.season = ?2 AND v.struck_at IS NULL \
             GROUP BY l.name ORDER BY mentioned DESC, l.name LIMIT ?3";
}

db::record!(Visit {
    id,
    season,
    number,
    place,
    day,
    staff,
    findings,
    revision,
    recorded_at,
    recorded_by,
    struck_at,
    struck_reason
});
db::record!(NeedSum { need, mentioned, visits });

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, visit: &Visit, once: &str) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &visit.id,
        &visit.season,
        visit.number,
        &visit.place,
        &visit.day,
        &visit.staff,
        &visit.findings,
        visit.recorded_at,
        visit.recorded_by.as_ref(),
        once,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(super) fn next_number(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<u32, DbError> {
    let next: Option<(u32,)> = s.optional(&NEXT_NUMBER, params![season.home(), season])?;
    Ok(next.map_or(1, |(number,)| number))
}

pub(super) fn visit_once(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<Visit>, DbError> {
    s.optional(&VISIT_ONCE, params![season.home(), season, once])
}

pub(super) fn visit(s: &mut Snapshot<'_>, season: &SeasonId, id: &VisitId) -> Result<Option<Visit>, DbError> {
    s.optional(&VISIT, params![season.home(), season, id])
}

pub(super) fn visits(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    need: Option<&str>,
    (before, limit): (u32, i64),
) -> Result<Vec<Visit>, DbError> {
    match need {
        None => s.all(&VISITS, params![season.home(), season, before, limit]),
        Some(need) => s.all(&VISITS_OF_NEED, params![season.home(), season, before, limit, need]),
    }
}

pub(super) fn stand(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    limit: i64,
) -> Result<Vec<(VisitId, PlaceId, String, Day)>, DbError> {
    s.all(&STAND, params![season.home(), season, limit])
}

pub(super) fn places_visited(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<PlaceId>, DbError> {
    let rows: Vec<(PlaceId,)> = s.all(&PLACES_VISITED, params![season.home(), season])?;
    Ok(rows.into_iter().map(|(place,)| place).collect())
}

/// False when the visit is no longer as it was read.
pub(super) fn update(tx: &mut Tx<'_>, permit: &Permit, new: &Visit) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        &new.id,
        new.revision.saturating_sub(1),
        &new.place,
        &new.day,
        &new.staff,
        &new.findings,
    ];
    Ok(tx.execute(&UPDATE, params)? == 1)
}

/// False when the visit is no longer as it was read.
pub(super) fn strike(
    tx: &mut Tx<'_>,
    permit: &Permit,
    old: &Visit,
    (at, reason): (Instant, &str),
) -> Result<bool, DbError> {
    Ok(tx.execute(&STRIKE, params![permit.home(), &old.id, old.revision, at, reason])? == 1)
}

pub(super) fn remove_lists(tx: &mut Tx<'_>, permit: &Permit, id: &VisitId) -> Result<(), DbError> {
    tx.execute(&REMOVE_LINES, params![permit.home(), id]).map(|_| ())
}

pub(super) fn insert_lists(tx: &mut Tx<'_>, permit: &Permit, id: &VisitId, lists: &Lists) -> Result<(), DbError> {
    let met = lists.met.iter().map(|l| ("met", l.kind.as_str(), "", "", l.people));
    let needs = lists.needs.iter().map(|l| ("need", "", l.need.as_str(), "", l.mentioned));
    let has = lists.has.iter().map(|l| ("has", l.kind.as_str(), l.name.as_str(), l.note.as_str(), 0));
    for (position, (part, kind, name, note, number)) in (0_i64..).zip(met.chain(needs).chain(has)) {
        tx.execute(&INSERT_LINE, params![permit.home(), id, part, position, kind, name, note, number])?;
    }
    Ok(())
}

pub(super) fn lists(s: &mut Snapshot<'_>, home: Home, id: &VisitId) -> Result<Lists, DbError> {
    let rows: Vec<(String, String, String, String, u32)> = s.all(&LINES, params![home, id])?;
    let wrong = |kind: &str| DbError::Data(format!("line {kind} of {id}"));
    let mut lists = Lists::default();
    for (part, kind, name, note, number) in rows {
        match part.as_str() {
            "met" => {
                let kind = kind.parse().map_err(|()| wrong(&kind))?;
                lists.met.push(MetLine { kind, people: number });
            }
            "need" => lists.needs.push(Need { need: name, mentioned: number }),
            _ => {
                let kind = kind.parse().map_err(|()| wrong(&kind))?;
                lists.has.push(HasLine { kind, name, note });
            }
        }
    }
    Ok(lists)
}

pub(super) fn needs(s: &mut Snapshot<'_>, season: &SeasonId, limit: i64) -> Result<Vec<NeedSum>, DbError> {
    s.all(&NEEDS, params![season.home(), season, limit])
}

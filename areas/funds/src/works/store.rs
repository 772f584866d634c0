//! All SQL of works.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Day, Fen, Home, PersonId};
use matters::notice::NoticeId;
use rights::Permit;
use work::files::FileId;

use super::{Quote, Roll, State, Step, Unit, Work, WorkId, WorkKind, share::Flat};

macro_rules! columns {
    () => {
        "k.id, k.place, k.kind, k.title, k.about, k.decision, k.matter, k.verdict, k.from_day, k.until_day, k.state, \
         k.quotes, k.units, k.rolls, k.chosen, k.chosen_reason, k.chosen_by, k.final_sum, k.settled_reason, \
         k.settled_day, k.made_day"
    };
}

/// Works of a place and everything below it.
macro_rules! below {
    ($($rest:tt)*) => {
        concat!(" FROM works k JOIN places w ON w.id = k.place ", $($rest)*)
    };
}

db::statements! {
    STATEMENTS:
    INSERT_WORK = "INSERT INTO works (home, id, place, kind, title, about, decision, matter, verdict, from_day, \
                   until_day, state, quotes, units, rolls, chosen_reason, settled_reason, made_by, made_day, once) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'planned', 0, 0, 0, '', '', ?12, ?13, ?14)";
    WORK_ONCE = concat!("SELECT ", columns!(), " FROM works k WHERE k.home = ?1 AND k.once = ?2");
    WORK = concat!("SELECT ", columns!(), " FROM works k WHERE k.home = ?1 AND k.id = ?2");
    /// Whoever changes a work waits here for whoever does at the same moment.
    HOLD_WORK = "UPDATE works SET quotes = quotes WHERE home = ?1 AND id = ?2";
    WORKS = concat!("SELECT ", columns!(), below!("WHERE w.path >= ?1 AND w.path < ?2 AND (?3 = '' OR k.state = ?3) \
            AND k.id < ?4 ORDER BY k.id DESC LIMIT ?5"));
    BY_KIND = concat!("SELECT u.kind, u.state, COUNT(*)", below!("JOIN work_units u ON u.home = k.home AND u.work = k.id \
              WHERE w.path >= ?1 AND w.path < ?2 GROUP BY u.kind, u.state ORDER BY u.kind, u.state"));
    INSERT_QUOTE = "INSERT INTO work_quotes (home, work, number, bidder, amount, note, day) \
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    COUNT_QUOTE = "UPDATE works SET quotes = quotes + 1 WHERE home = ?1 AND id = ?2";
    QUOTES = "SELECT number, bidder, amount, note, day FROM work_quotes WHERE home = ?1 AND work = ?2 \
              ORDER BY number LIMIT 100";
    CHOOSE = "UPDATE works SET chosen = ?3, chosen_reason = ?4, chosen_by = ?5 WHERE home = ?1 AND id = ?2 \
              AND state = 'planned'";
    INSERT_UNIT = "INSERT INTO work_units (home, work, number, label, kind, state) VALUES (?1, ?2, ?3, ?4, ?5, 'planned')";
    COUNT_UNITS = "UPDATE works SET units = ?3 WHERE home = ?1 AND id = ?2";
    UNITS = "SELECT number, label, kind, state FROM work_units WHERE home = ?1 AND work = ?2 ORDER BY number LIMIT 1000";
    /// The guard of a step: a unit moves only from the state it must be in.
    MOVE_UNIT = "UPDATE work_units SET state = ?5 WHERE home = ?1 AND work = ?2 AND number = ?3 AND state = ?4";
    INSERT_STEP = "INSERT INTO work_steps (home, work, unit, state, day, made_by, words, photos) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    STEPS = "SELECT unit, state, day, made_by, words, photos FROM work_steps WHERE home = ?1 AND work = ?2 \
             ORDER BY unit, day, state DESC LIMIT 3000";
    SET_WORK_STATE = "UPDATE works SET state = ?3 WHERE home = ?1 AND id = ?2";
    SETTLE = "UPDATE works SET state = 'settled', final_sum = ?3, settled_reason = ?4, settled_by = ?5, \
              settled_day = ?6 WHERE home = ?1 AND id = ?2 AND state = 'accepted'";
    INSERT_ROLL = "INSERT INTO work_rolls (home, work, number, total, is_final, rule, bearer, developer, flats, n, area, \
                   digest, day, made_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    COUNT_ROLL = "UPDATE works SET rolls = rolls + 1 WHERE home = ?1 AND id = ?2";
    ROLL = "SELECT number, total, is_final, rule, bearer, developer, flats, area, digest, day, notice FROM work_rolls \
            WHERE home = ?1 AND work = ?2 AND number = ?3";
    /// The apportionment that a verdict is about: there is one for each digest that was in force after another.
    ROLL_BY_DIGEST = "SELECT number, total, is_final, rule, bearer, developer, flats, area, digest, day, notice \
                      FROM work_rolls WHERE home = ?1 AND work = ?2 AND digest = ?3 ORDER BY number DESC LIMIT 1";
    /// The notice of an earlier apportionment.
    ROLL_NOTICE = "SELECT notice FROM work_rolls WHERE home = ?1 AND work = ?2 AND notice IS NOT NULL \
                   ORDER BY number DESC LIMIT 1";
    POST_ROLL = "UPDATE work_rolls SET notice = ?4 WHERE home = ?1 AND work = ?2 AND number = ?3 AND notice IS NULL";
}

fn word<T: std::str::FromStr>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let word: String = row.get(at)?;
    word.parse().map_err(|_| DbError::Data(format!("works: {word}")))
}

impl FromRow for Work {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Work {
            id: row.get(0)?,
            place: row.get(1)?,
            kind: word(row, 2)?,
            title: row.get(3)?,
            about: row.get(4)?,
            decision: row.get(5)?,
            matter: row.get(6)?,
            verdict: row.get(7)?,
            from: row.get(8)?,
            until: row.get(9)?,
            state: word(row, 10)?,
            quotes: row.get(11)?,
            units: row.get(12)?,
            rolls: row.get(13)?,
            chosen: row.get(14)?,
            chosen_reason: row.get(15)?,
            chosen_by: row.get(16)?,
            final_sum: row.get(17)?,
            settled_reason: row.get(18)?,
            settled_day: row.get(19)?,
            made_day: row.get(20)?,
        })
    }
}

db::record!(Quote { number, bidder, amount, note, day });

impl FromRow for Unit {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Unit { number: row.get(0)?, label: row.get(1)?, kind: word(row, 2)?, state: word(row, 3)? })
    }
}

impl FromRow for Step {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let photos: String = row.get(5)?;
        let photos = photos
            .split(',')
            .filter(|id| !id.is_empty())
            .map(|id| id.parse::<FileId>().map_err(|_| DbError::Data(format!("works: photo {id}"))));
        let photos = photos.collect::<Result<Vec<_>, _>>()?;
        let (unit, state, day) = (row.get(0)?, word(row, 1)?, row.get(2)?);
        Ok(Step { unit, state, day, by: row.get(3)?, words: row.get(4)?, photos })
    }
}

impl FromRow for Roll {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (flats, digest): (String, Vec<u8>) = (row.get(6)?, row.get(8)?);
        let flats: Vec<Flat> = serde_json::from_str(&flats).map_err(|e| DbError::Data(format!("works: flats: {e}")))?;
        Ok(Roll {
            number: row.get(0)?,
            total: row.get(1)?,
            is_final: row.get(2)?,
            rule: word(row, 3)?,
            bearer: row.get(4)?,
            developer: row.get(5)?,
            flats,
            area: row.get(7)?,
            digest: digest.try_into().map_err(|_| DbError::Data("works: digest".into()))?,
            day: row.get(9)?,
            notice: row.get(10)?,
        })
    }
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    (new, once): (&Work, &str),
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &new.id,
        &new.place,
        new.kind.as_str(),
        &new.title,
        &new.about,
        &new.decision,
        new.matter.as_ref(),
        new.verdict.as_ref(),
        &new.from,
        &new.until,
        cx.actor.person(),
        &new.made_day,
        once,
    ];
    tx.execute(&INSERT_WORK, params).map(|_| ())
}

pub(super) fn once(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Work>, DbError> {
    s.optional(&WORK_ONCE, params![home, once])
}

pub(super) fn work(s: &mut Snapshot<'_>, id: &WorkId) -> Result<Option<Work>, DbError> {
    s.optional(&WORK, params![id.home(), id])
}

/// Waits for others who change it, then reads; none where there is no such work.
pub(super) fn held(tx: &mut Tx<'_>, id: &WorkId) -> Result<Option<Work>, DbError> {
    tx.execute(&HOLD_WORK, params![id.home(), id])?;
    work(tx, id)
}

/// The bounds of the paths of a place and everything below it; everything without one.
fn bounds(path: Option<&str>) -> (String, String) {
    // '0' is the character after '/', and ids are of one length, so nothing else lies between
    path.map_or_else(|| (String::new(), "~".to_owned()), |path| (path.to_owned(), format!("{path}0")))
}

pub(super) fn works(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    (state, before, limit): (Option<State>, Option<&WorkId>, i64),
) -> Result<Vec<Work>, DbError> {
    let (first, end) = bounds(path);
    let state = state.map_or("", State::as_str);
    s.all(&WORKS, params![&first, &end, state, before.map_or("~", WorkId::as_str), limit])
}

pub(super) fn by_kind(s: &mut Snapshot<'_>, path: Option<&str>) -> Result<Vec<(WorkKind, State, u64)>, DbError> {
    let (first, end) = bounds(path);
    let rows: Vec<(String, String, i64)> = s.all(&BY_KIND, params![&first, &end])?;
    let known = |word: String| DbError::Data(format!("works: {word}"));
    rows.into_iter()
        .map(|(kind, state, n)| {
            let n = u64::try_from(n).unwrap_or(0);
            Ok((kind.parse().map_err(|()| known(kind))?, state.parse().map_err(|()| known(state))?, n))
        })
        .collect()
}

pub(super) fn insert_quote(tx: &mut Tx<'_>, permit: &Permit, id: &WorkId, new: &Quote) -> Result<(), DbError> {
    let params = params![permit.home(), id, new.number, &new.bidder, new.amount, &new.note, &new.day];
    tx.execute(&INSERT_QUOTE, params)?;
    tx.execute(&COUNT_QUOTE, params![permit.home(), id]).map(|_| ())
}

pub(super) fn quotes(s: &mut Snapshot<'_>, id: &WorkId) -> Result<Vec<Quote>, DbError> {
    s.all(&QUOTES, params![id.home(), id])
}

/// False when the work has begun meanwhile.
pub(super) fn choose(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &WorkId,
    (number, reason, by): (u32, &str, Option<&PersonId>),
) -> Result<bool, DbError> {
    Ok(tx.execute(&CHOOSE, params![permit.home(), id, number, reason, by])? == 1)
}

/// The work must be held.
pub(super) fn insert_units(tx: &mut Tx<'_>, permit: &Permit, work: &Work, new: &[Unit]) -> Result<(), DbError> {
    for unit in new {
        let params = params![permit.home(), &work.id, unit.number, &unit.label, unit.kind.as_str()];
        tx.execute(&INSERT_UNIT, params)?;
    }
    let units = new.last().map_or(work.units, |last| last.number);
    tx.execute(&COUNT_UNITS, params![permit.home(), &work.id, units]).map(|_| ())
}

pub(super) fn units(s: &mut Snapshot<'_>, id: &WorkId) -> Result<Vec<Unit>, DbError> {
    s.all(&UNITS, params![id.home(), id])
}

/// False when the unit is not in the state it was read in.
pub(super) fn step(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &WorkId,
    (from, step): (State, &Step),
) -> Result<bool, DbError> {
    let moved = params![permit.home(), id, step.unit, from.as_str(), step.state.as_str()];
    if tx.execute(&MOVE_UNIT, moved)? != 1 {
        return Ok(false);
    }
    let photos: Vec<&str> = step.photos.iter().map(FileId::as_str).collect();
    let photos = photos.join(",");
    let (state, by) = (step.state.as_str(), step.by.as_ref());
    let params = params![permit.home(), id, step.unit, state, &step.day, by, &step.words, &photos];
    tx.execute(&INSERT_STEP, params).map(|_| true)
}

pub(super) fn steps(s: &mut Snapshot<'_>, id: &WorkId) -> Result<Vec<Step>, DbError> {
    s.all(&STEPS, params![id.home(), id])
}

pub(super) fn set_state(tx: &mut Tx<'_>, permit: &Permit, id: &WorkId, state: State) -> Result<(), DbError> {
    tx.execute(&SET_WORK_STATE, params![permit.home(), id, state.as_str()]).map(|_| ())
}

/// False when it is not accepted, or settled already.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &WorkId,
    (sum, reason, by, day): (Fen, &str, Option<&PersonId>, &Day),
) -> Result<bool, DbError> {
    Ok(tx.execute(&SETTLE, params![permit.home(), id, sum, reason, by, day])? == 1)
}

pub(super) fn insert_roll(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &WorkId,
    (new, by): (&Roll, Option<&PersonId>),
) -> Result<(), DbError> {
    let flats = serde_json::to_string(&new.flats).map_err(|e| DbError::Data(format!("works: flats: {e}")))?;
    let params = params![
        permit.home(),
        id,
        new.number,
        new.total,
        new.is_final,
        new.rule.as_str(),
        &new.bearer,
        &new.developer,
        &flats,
        i64::try_from(new.flats.len()).unwrap_or(0),
        new.area,
        new.digest.as_slice(),
        &new.day,
        by,
    ];
    tx.execute(&INSERT_ROLL, params)?;
    tx.execute(&COUNT_ROLL, params![permit.home(), id]).map(|_| ())
}

pub(super) fn roll(s: &mut Snapshot<'_>, id: &WorkId, number: u32) -> Result<Option<Roll>, DbError> {
    s.optional(&ROLL, params![id.home(), id, number])
}

pub(super) fn roll_by_digest(s: &mut Snapshot<'_>, id: &WorkId, digest: [u8; 32]) -> Result<Option<Roll>, DbError> {
    s.optional(&ROLL_BY_DIGEST, params![id.home(), id, &digest])
}

pub(super) fn notice_before(s: &mut Snapshot<'_>, id: &WorkId) -> Result<Option<NoticeId>, DbError> {
    Ok(s.optional::<(NoticeId,)>(&ROLL_NOTICE, params![id.home(), id])?.map(|(notice,)| notice))
}

/// False when it hangs out already.
pub(super) fn post_roll(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (id, number): (&WorkId, u32),
    notice: &NoticeId,
) -> Result<bool, DbError> {
    Ok(tx.execute(&POST_ROLL, params![permit.home(), id, number, notice])? == 1)
}

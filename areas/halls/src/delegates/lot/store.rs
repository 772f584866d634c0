//! All SQL of lots.

use db::{DbError, FromRow, Param, Row, Snapshot, Tx, Wide, params};
use kernel::{Day, Home, PersonId, Source};
use rights::Permit;

use super::{
    Announced, Answer, Frozen, Lot, LotId, Offer, Volunteer, VolunteerId,
    queries::{POOL_PAGE, Published},
};
use crate::delegates::hall::HallId;

macro_rules! columns {
    () => {
        "l.id, l.hall, l.title, l.state, l.size, l.rule, l.panels, l.quotas, l.household, l.enrol_until, l.answer_days, \
         l.people, l.salt, l.pool_digest, l.digest, l.found, l.seed_source, l.seed_where, l.seed_day, l.published_day, \
         l.seed, l.seed_by, l.drawn_number, l.drawn_day, l.verdict, l.revision, l.made_by, l.made_day, \
         l.frozen_day, l.early"
    };
}

macro_rules! volunteers {
    ($($rest:tt)*) => {
        concat!("SELECT v.id, v.person, v.name, v.contact, v.address, v.features, v.source, v.state, v.number, v.made_day \
                 FROM lot_volunteers v WHERE v.home = ?1 AND v.lot = ?2 ", $($rest)*)
    };
}

macro_rules! offers {
    ($($rest:tt)*) => {
        concat!("SELECT o.number, o.seat, o.state, o.asked_day, o.due_day, o.answered_day, o.stands_for, o.turn, o.duty, \
                 o.verdict, o.delegate FROM lot_offers o WHERE o.home = ?1 AND o.lot = ?2 ", $($rest)*)
    };
}

macro_rules! from_file {
    ($($values:tt)*) => {
        concat!("INSERT INTO lot_volunteers (home, lot, id, person, name, contact, address, features, source, state, \
                 reason, number, entered_by, made_day, once) VALUES ", $($values)*)
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO hall_lots (home, id, hall, title, state, size, rule, panels, quotas, household, enrol_until, \
              answer_days, people, salt, pool_digest, digest, found, seed_source, seed_where, seed_day, published_day, \
              seed, seed_by, drawn_number, drawn_day, verdict, revision, made_by, made_day, once) \
              VALUES (?1, ?2, ?3, ?4, 'draft', ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, '', '', '', '', '', '', NULL, NULL, '', \
              NULL, NULL, NULL, NULL, 0, ?12, ?13, ?14)";
    ONCE = concat!("SELECT ", columns!(), " FROM hall_lots l WHERE l.home = ?1 AND l.once = ?2");
    LOT = concat!("SELECT ", columns!(), " FROM hall_lots l WHERE l.home = ?1 AND l.id = ?2");
    /// Whoever changes a lot or its pool waits here for whoever does at the same moment.
    HOLD = "UPDATE hall_lots SET people = people WHERE home = ?1 AND id = ?2";
    /// Everything that may change, from the revision in which it was read.
    WRITE = "UPDATE hall_lots SET revision = revision + 1, title = ?4, state = ?5, size = ?6, rule = ?7, panels = ?8, \
             quotas = ?9, household = ?10, enrol_until = ?11, answer_days = ?12, people = ?13, salt = ?14, \
             pool_digest = ?15, digest = ?16, found = ?17, seed_source = ?18, seed_where = ?19, seed_day = ?20, \
             published_day = ?21, seed = ?22, seed_by = ?23, drawn_number = ?24, drawn_day = ?25, verdict = ?26, \
             frozen_day = ?27, early = ?28 \
             WHERE home = ?1 AND id = ?2 AND revision = ?3";
    OF_HALL = concat!("SELECT ", columns!(), " FROM hall_lots l WHERE l.home = ?1 AND l.hall = ?2 \
              ORDER BY l.id DESC LIMIT 20");
    OPEN_NOW = "SELECT id, title, enrol_until FROM hall_lots WHERE state = 'open' ORDER BY enrol_until LIMIT ?1";
    RUNNING = "SELECT COUNT(*) FROM hall_lots WHERE home = ?1 AND hall = ?2 AND state <> 'drawn'";
    ANY = "SELECT COUNT(*) FROM hall_lots WHERE home = ?1 AND hall = ?2";

    KEEP_LIST = "INSERT INTO hall_lot_lists (home, lot, list, chances) VALUES (?1, ?2, ?3, ?4)";
    LIST = "SELECT list, chances FROM hall_lot_lists WHERE home = ?1 AND lot = ?2";

    ENROL = from_file!("(?1, ?2, ?6, ?12, ?7, ?8, ?9, ?10, ?3, 'in', '', NULL, ?4, ?5, ?11)");
    FILE_ONE = from_file!("(?1, ?2, ?6, NULL, ?7, ?8, ?9, ?10, ?3, 'in', '', NULL, ?4, ?5, ?11) \
                           ON CONFLICT (home, lot, once) DO NOTHING");
    FILE_MANY = from_file!("(?1, ?2, ?6, NULL, ?7, ?8, ?9, ?10, ?3, 'in', '', NULL, ?4, ?5, ?11), \
                            (?1, ?2, ?12, NULL, ?13, ?14, ?15, ?16, ?3, 'in', '', NULL, ?4, ?5, ?17), \
                            (?1, ?2, ?18, NULL, ?19, ?20, ?21, ?22, ?3, 'in', '', NULL, ?4, ?5, ?23), \
                            (?1, ?2, ?24, NULL, ?25, ?26, ?27, ?28, ?3, 'in', '', NULL, ?4, ?5, ?29), \
                            (?1, ?2, ?30, NULL, ?31, ?32, ?33, ?34, ?3, 'in', '', NULL, ?4, ?5, ?35), \
                            (?1, ?2, ?36, NULL, ?37, ?38, ?39, ?40, ?3, 'in', '', NULL, ?4, ?5, ?41), \
                            (?1, ?2, ?42, NULL, ?43, ?44, ?45, ?46, ?3, 'in', '', NULL, ?4, ?5, ?47), \
                            (?1, ?2, ?48, NULL, ?49, ?50, ?51, ?52, ?3, 'in', '', NULL, ?4, ?5, ?53) \
                            ON CONFLICT (home, lot, once) DO NOTHING");
    /// Who withdrew, or says it anew while the pool is open.
    AGAIN = "UPDATE lot_volunteers SET state = 'in', name = ?4, contact = ?5, address = ?6, features = ?7, source = ?8, \
             entered_by = ?9, made_day = ?10 WHERE home = ?1 AND lot = ?2 AND id = ?3 AND state <> 'struck'";
    LEAVE_POOL = "UPDATE lot_volunteers SET state = ?4, reason = ?5 WHERE home = ?1 AND lot = ?2 AND id = ?3 \
                  AND state = 'in'";
    MINE = volunteers!("AND v.person = ?3");
    VOLUNTEER = volunteers!("AND v.id = ?3");
    SAME_ONCE = volunteers!("AND v.once = ?3");
    NUMBERED = volunteers!("AND v.number = ?3");
    /// Those in the pool: in a frozen one by their numbers, which are in the order of their random ids.
    POOL = volunteers!("AND v.state = 'in' ORDER BY v.id LIMIT 2001");
    POOL_PART = volunteers!("AND v.id > ?3 ORDER BY v.id LIMIT ?4");
    COUNT = "SELECT COUNT(*) FROM lot_volunteers WHERE home = ?1 AND lot = ?2 AND state = 'in'";
    BY_SOURCE = "SELECT source, COUNT(*) FROM lot_volunteers WHERE home = ?1 AND lot = ?2 AND state = 'in' \
                 GROUP BY source ORDER BY source";
    NUMBER = "UPDATE lot_volunteers SET number = o.n FROM (SELECT id, row_number() OVER (ORDER BY id) AS n \
              FROM lot_volunteers WHERE home = ?1 AND lot = ?2 AND state = 'in') AS o \
              WHERE lot_volunteers.home = ?1 AND lot_volunteers.lot = ?2 AND lot_volunteers.id = o.id";
    UNNUMBER = "UPDATE lot_volunteers SET number = NULL WHERE home = ?1 AND lot = ?2";

    OFFER = "INSERT INTO lot_offers (home, lot, number, seat, state, asked_day, due_day, answered_day, stands_for, turn, \
             reason, duty, verdict, delegate) VALUES (?1, ?2, ?3, ?4, 'asked', ?5, ?6, NULL, ?7, NULL, '', ?8, ?9, NULL)";
    OFFERS = offers!("ORDER BY o.seat, o.number LIMIT 2000");
    ONE_OFFER = offers!("AND o.number = ?3");
    ANSWER = "UPDATE lot_offers SET state = ?5, answered_day = ?6, turn = ?7, reason = ?8, delegate = ?9 \
              WHERE home = ?1 AND lot = ?2 AND number = ?3 AND state = ?4";
}

const FROM_FILE: Wide = Wide { many: &FILE_MANY, rows: 8, one: &FILE_ONE };

fn data(what: &str) -> DbError {
    DbError::Data(format!("lots: {what}"))
}

fn word<T: std::str::FromStr>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let word: String = row.get(at)?;
    word.parse().map_err(|_| data(&word))
}

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let text: String = row.get(at)?;
    serde_json::from_str(&text).map_err(|e| data(&e.to_string()))
}

fn told<T: serde::Serialize>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|e| data(&e.to_string()))
}

impl FromRow for Lot {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let found: String = row.get(15)?;
        let found = match found.as_str() {
            "" => None,
            text => Some(serde_json::from_str(text).map_err(|e| data(&e.to_string()))?),
        };
        Ok(Lot {
            id: row.get(0)?,
            hall: row.get(1)?,
            title: row.get(2)?,
            state: word(row, 3)?,
            size: row.get(4)?,
            rule: word(row, 5)?,
            panels: row.get(6)?,
            quotas: json(row, 7)?,
            household: row.get(8)?,
            enrol_until: row.get(9)?,
            answer_days: row.get(10)?,
            pool: Frozen { people: row.get(11)?, salt: row.get(12)?, digest: row.get(13)? },
            digest: row.get(14)?,
            found,
            announced: Announced { source: row.get(16)?, at: row.get(17)?, day: row.get(18)? },
            published: row.get(19)?,
            seed: row.get(20)?,
            seed_by: row.get(21)?,
            number: row.get(22)?,
            drawn: row.get(23)?,
            verdict: row.get(24)?,
            revision: row.get(25)?,
            made_by: row.get(26)?,
            made_day: row.get(27)?,
            frozen: row.get(28)?,
            early: row.get(29)?,
        })
    }
}

impl FromRow for Volunteer {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Volunteer {
            id: row.get(0)?,
            person: row.get(1)?,
            name: row.get(2)?,
            contact: row.get(3)?,
            address: row.get(4)?,
            features: json(row, 5)?,
            source: word(row, 6)?,
            standing: word(row, 7)?,
            number: row.get(8)?,
            made_day: row.get(9)?,
        })
    }
}

impl FromRow for Offer {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Offer {
            number: row.get(0)?,
            seat: row.get(1)?,
            answer: word(row, 2)?,
            asked: row.get(3)?,
            due: row.get(4)?,
            answered: row.get(5)?,
            stands_for: row.get(6)?,
            turn: row.get(7)?,
            duty: row.get(8)?,
            verdict: row.get(9)?,
            delegate: row.get(10)?,
        })
    }
}

pub(super) fn open_now(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<(LotId, String, Option<Day>)>, DbError> {
    s.all(&OPEN_NOW, params![limit])
}

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, new: &Lot, once: &str) -> Result<(), DbError> {
    let (rule, quotas) = (new.rule.to_string(), told(&new.quotas)?);
    let params = params![
        permit.home(),
        &new.id,
        &new.hall,
        &new.title,
        new.size,
        &rule,
        new.panels,
        &quotas,
        new.household,
        &new.enrol_until,
        new.answer_days,
        new.made_by.as_ref(),
        &new.made_day,
        once,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(super) fn once(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Lot>, DbError> {
    s.optional(&ONCE, params![home, once])
}

pub(super) fn lot(s: &mut Snapshot<'_>, id: &LotId) -> Result<Option<Lot>, DbError> {
    s.optional(&LOT, params![id.home(), id])
}

/// Waits for others who change it, then reads; none where there is no such lot.
pub(super) fn held(tx: &mut Tx<'_>, id: &LotId) -> Result<Option<Lot>, DbError> {
    tx.execute(&HOLD, params![id.home(), id])?;
    lot(tx, id)
}

/// Writes what may change, from the revision in which it was read; none where it moved meanwhile.
pub(super) fn write(tx: &mut Tx<'_>, permit: &Permit, new: &Lot) -> Result<Option<Lot>, DbError> {
    let (rule, quotas) = (new.rule.to_string(), told(&new.quotas)?);
    let found = new.found.as_ref().map(told).transpose()?.unwrap_or_default();
    let params = params![
        permit.home(),
        &new.id,
        new.revision,
        &new.title,
        new.state.as_str(),
        new.size,
        &rule,
        new.panels,
        &quotas,
        new.household,
        &new.enrol_until,
        new.answer_days,
        new.pool.people,
        &new.pool.salt,
        &new.pool.digest,
        &new.digest,
        &found,
        &new.announced.source,
        &new.announced.at,
        new.announced.day.as_ref(),
        new.published.as_ref(),
        &new.seed,
        new.seed_by.as_ref(),
        new.number,
        new.drawn.as_ref(),
        new.verdict.as_ref(),
        new.frozen.as_ref(),
        &new.early,
    ];
    let written = tx.execute(&WRITE, params)? == 1;
    Ok(written.then(|| Lot { revision: new.revision + 1, ..new.clone() }))
}

pub(super) fn of_hall(s: &mut Snapshot<'_>, hall: &HallId) -> Result<Vec<Lot>, DbError> {
    s.all(&OF_HALL, params![hall.home(), hall])
}

/// Whether a lot of a hall is not drawn yet.
pub(super) fn running(s: &mut Snapshot<'_>, hall: &HallId) -> Result<bool, DbError> {
    let (n,): (u64,) = s.one(&RUNNING, params![hall.home(), hall])?;
    Ok(n > 0)
}

/// Whether a hall has lots.
pub(crate) fn any(s: &mut Snapshot<'_>, hall: &HallId) -> Result<bool, DbError> {
    let (n,): (u64,) = s.one(&ANY, params![hall.home(), hall])?;
    Ok(n > 0)
}

pub(super) fn keep_list(
    tx: &mut Tx<'_>,
    permit: &Permit,
    lot: &LotId,
    (list, chances): (&str, &[sortition::Chance]),
) -> Result<(), DbError> {
    let chances = told(&chances)?;
    tx.execute(&KEEP_LIST, params![permit.home(), lot, list, &chances]).map(|_| ())
}

pub(super) fn list(s: &mut Snapshot<'_>, lot: &LotId) -> Result<Option<Published>, DbError> {
    let found: Option<(String, String)> = s.optional(&LIST, params![lot.home(), lot])?;
    let Some((list, chances)) = found else { return Ok(None) };
    Ok(Some(Published { list, chances: serde_json::from_str(&chances).map_err(|e| data(&e.to_string()))? }))
}

/// Puts somebody into the pool; `once` parts them from others.
pub(super) fn enrol(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (lot, new): (&LotId, &Volunteer),
    (once, entered_by): (&str, Option<&PersonId>),
) -> Result<(), DbError> {
    let features = told(&new.features)?;
    let params = params![
        permit.home(),
        lot,
        new.source.as_str(),
        entered_by,
        &new.made_day,
        &new.id,
        &new.name,
        &new.contact,
        &new.address,
        &features,
        once,
        new.person.as_ref(),
    ];
    tx.execute(&ENROL, params).map(|_| ())
}

/// Puts the rows of a file into the pool; who stands there already stays as they are. How many were new.
pub(super) fn enrol_file(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (lot, new, once): (&LotId, &[Volunteer], &[String]),
    (entered_by, day): (Option<&PersonId>, &Day),
) -> Result<u64, DbError> {
    let features: Vec<String> = new.iter().map(|one| told(&one.features)).collect::<Result<_, _>>()?;
    let common = params![permit.home(), lot, Source::Import.as_str(), entered_by, day];
    let mut rows: Vec<Vec<Param<'_>>> = Vec::with_capacity(new.len());
    for ((one, once), features) in new.iter().zip(once).zip(&features) {
        rows.push(params![&one.id, &one.name, &one.contact, &one.address, features, once].to_vec());
    }
    let mut written = 0;
    FROM_FILE.each((common, &rows), |statement, params| {
        written += tx.execute(statement, params)?;
        Ok::<_, DbError>(())
    })?;
    Ok(written)
}

/// What somebody says anew; false where the office took them out.
pub(super) fn again(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (lot, new): (&LotId, &Volunteer),
    entered_by: Option<&PersonId>,
) -> Result<bool, DbError> {
    let features = told(&new.features)?;
    let params = params![
        permit.home(),
        lot,
        &new.id,
        &new.name,
        &new.contact,
        &new.address,
        &features,
        new.source.as_str(),
        entered_by,
        &new.made_day,
    ];
    Ok(tx.execute(&AGAIN, params)? == 1)
}

/// Takes somebody out of the pool; false where they are not in it.
pub(super) fn leave_pool(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (lot, id): (&LotId, &VolunteerId),
    (standing, reason): (super::Standing, &str),
) -> Result<bool, DbError> {
    Ok(tx.execute(&LEAVE_POOL, params![permit.home(), lot, id, standing.as_str(), reason])? == 1)
}

pub(super) fn mine(s: &mut Snapshot<'_>, lot: &LotId, person: &PersonId) -> Result<Option<Volunteer>, DbError> {
    s.optional(&MINE, params![lot.home(), lot, person])
}

pub(super) fn volunteer(s: &mut Snapshot<'_>, lot: &LotId, id: &VolunteerId) -> Result<Option<Volunteer>, DbError> {
    s.optional(&VOLUNTEER, params![lot.home(), lot, id])
}

pub(super) fn same_once(s: &mut Snapshot<'_>, lot: &LotId, once: &str) -> Result<Option<Volunteer>, DbError> {
    s.optional(&SAME_ONCE, params![lot.home(), lot, once])
}

pub(super) fn numbered(s: &mut Snapshot<'_>, lot: &LotId, number: u32) -> Result<Option<Volunteer>, DbError> {
    s.optional(&NUMBERED, params![lot.home(), lot, number])
}

/// Who is in the pool, in the order of the numbers.
pub(super) fn pool(s: &mut Snapshot<'_>, lot: &LotId) -> Result<Vec<Volunteer>, DbError> {
    s.all(&POOL, params![lot.home(), lot])
}

/// A page of everybody, also those who are out.
pub(super) fn pool_part(
    s: &mut Snapshot<'_>,
    lot: &LotId,
    after: Option<&VolunteerId>,
) -> Result<Vec<Volunteer>, DbError> {
    s.all(&POOL_PART, params![lot.home(), lot, after.map_or("", VolunteerId::as_str), POOL_PAGE])
}

pub(super) fn count(s: &mut Snapshot<'_>, lot: &LotId) -> Result<u64, DbError> {
    let (n,): (u64,) = s.one(&COUNT, params![lot.home(), lot])?;
    Ok(n)
}

pub(super) fn by_source(s: &mut Snapshot<'_>, lot: &LotId) -> Result<Vec<(String, u64)>, DbError> {
    s.all(&BY_SOURCE, params![lot.home(), lot])
}

/// Numbers the pool from 1 in the order of the random ids.
pub(super) fn number(tx: &mut Tx<'_>, permit: &Permit, lot: &LotId) -> Result<(), DbError> {
    tx.execute(&NUMBER, params![permit.home(), lot]).map(|_| ())
}

pub(super) fn unnumber(tx: &mut Tx<'_>, permit: &Permit, lot: &LotId) -> Result<(), DbError> {
    tx.execute(&UNNUMBER, params![permit.home(), lot]).map(|_| ())
}

pub(super) fn ask(tx: &mut Tx<'_>, permit: &Permit, (lot, new): (&LotId, &Offer)) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        lot,
        new.number,
        new.seat,
        &new.asked,
        &new.due,
        new.stands_for,
        new.duty.as_ref(),
        new.verdict.as_ref(),
    ];
    tx.execute(&OFFER, params).map(|_| ())
}

pub(super) fn offers(s: &mut Snapshot<'_>, lot: &LotId) -> Result<Vec<Offer>, DbError> {
    s.all(&OFFERS, params![lot.home(), lot])
}

pub(super) fn offer(s: &mut Snapshot<'_>, lot: &LotId, number: u32) -> Result<Option<Offer>, DbError> {
    s.optional(&ONE_OFFER, params![lot.home(), lot, number])
}

/// Writes an answer over the one that was there; false where it changed meanwhile.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (lot, before, new): (&LotId, Answer, &Offer),
    reason: &str,
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        lot,
        new.number,
        before.as_str(),
        new.answer.as_str(),
        new.answered.as_ref(),
        new.turn,
        reason,
        new.delegate.as_ref(),
    ];
    Ok(tx.execute(&ANSWER, params)? == 1)
}

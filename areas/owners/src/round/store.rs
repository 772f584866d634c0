//! All SQL of rounds.

use consent::{Area, Item, Status, Unit};
use db::{DbError, FromRow, Param, Row, Snapshot, Tx, params};
use kernel::Home;
use rights::Permit;

use super::{Closes, Committee, Days, Frozen, MAX_BUILDINGS, Notices, Outcome, Round, RoundId, State};
use crate::register::status_of;

macro_rules! columns {
    () => {
        "k.id, k.place, k.item, k.title, k.question, k.cost, k.buildings, k.rules, k.rules_text, k.later, k.law_day, \
         k.matter, k.state, k.revision, k.register, k.version, k.units, k.area, k.roll_notice, k.call_notice, \
         k.decision_notice, k.roll_day, k.called_day, k.opened_day, k.closed_day, k.counted_day, k.posted_day, \
         k.final_day, k.verdict, k.outcome, k.challenge, k.stands, k.made_by, k.made_day, k.meeting, k.committee, \
         k.committee_day, k.delegate, k.delegate_day, k.closes, k.closes_first, k.extended_day, k.extended_why, \
         k.extended_notice"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO owner_rounds (home, id, place, item, title, question, cost, buildings, rules, rules_text, \
              later, law_day, matter, state, revision, units, area, outcome, challenge, made_by, made_day, once, meeting, \
              closes) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'draft', 0, 0, 0, '', '', ?14, ?15, ?16, \
              ?17, ?18)";
    ONCE = concat!("SELECT ", columns!(), " FROM owner_rounds k WHERE k.home = ?1 AND k.once = ?2");
    ROUND = concat!("SELECT ", columns!(), " FROM owner_rounds k WHERE k.home = ?1 AND k.id = ?2");
    /// Whoever changes a round waits here for whoever does at the same moment.
    HOLD = "UPDATE owner_rounds SET units = units WHERE home = ?1 AND id = ?2";
    /// Its state, and everything that comes with it, from the revision in which it was read.
    WRITE = "UPDATE owner_rounds SET revision = revision + 1, state = ?4, register = ?5, version = ?6, units = ?7, \
             area = ?8, roll_notice = ?9, call_notice = ?10, decision_notice = ?11, roll_day = ?12, called_day = ?13, \
             opened_day = ?14, closed_day = ?15, counted_day = ?16, posted_day = ?17, final_day = ?18, verdict = ?19, \
             outcome = ?20, challenge = ?21, stands = ?22, item = ?23, title = ?24, question = ?25, cost = ?26, \
             buildings = ?27, rules = ?28, rules_text = ?29, later = ?30, law_day = ?31, matter = ?32, meeting = ?33, \
             committee = ?34, committee_day = ?35, delegate = ?36, delegate_day = ?37, closes = ?38, closes_first = ?39, \
             extended_day = ?40, extended_why = ?41, extended_notice = ?42 \
             WHERE home = ?1 AND id = ?2 AND revision = ?3";
    OPEN_NOW = "SELECT id, title FROM owner_rounds WHERE state = 'open' ORDER BY opened_day LIMIT ?1";
    LIST = concat!("SELECT ", columns!(), " FROM owner_rounds k JOIN places w ON w.id = k.place WHERE w.path >= ?1 \
           AND w.path < ?2 AND (?3 = '' OR k.state = ?3) AND (?6 = 'all' OR k.state <> 'draft') \
           AND k.id < ?4 ORDER BY k.id DESC LIMIT ?5");
    /// Of a register, all units or those of some buildings; a shorter list repeats its last.
    FREEZE = "INSERT INTO owner_doors (home, round, number, unit, building, floor, head, area, status, visits, reached, \
              stance, stance_at, ballots) SELECT home, ?2, number, unit, building, floor, head, area, status, 0, FALSE, \
              '', 0, 0 FROM owner_units WHERE home = ?1 AND register = ?3 AND (?4 = '' OR building IN (?5, ?6, ?7, ?8, \
              ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, \
              ?30, ?31, ?32, ?33, ?34, ?35, ?36))";
    THAW = "DELETE FROM owner_doors WHERE home = ?1 AND round = ?2";
    FROZEN = "SELECT COUNT(*), CAST(COALESCE(SUM(area), 0) AS BIGINT), COUNT(DISTINCT building) FROM owner_doors \
              WHERE home = ?1 AND round = ?2";
    ROLL = "SELECT unit, building, floor, head, area, status FROM owner_doors WHERE home = ?1 AND round = ?2 \
            ORDER BY number LIMIT 100000";
}

fn data(what: &str) -> DbError {
    DbError::Data(format!("rounds: {what}"))
}

fn word<T: std::str::FromStr>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let word: String = row.get(at)?;
    word.parse().map_err(|_| data(&word))
}

impl FromRow for Round {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (buildings, outcome): (String, String) = (row.get(6)?, row.get(29)?);
        let buildings: Vec<String> = serde_json::from_str(&buildings).map_err(|e| data(&e.to_string()))?;
        let outcome: Option<Outcome> = match outcome.as_str() {
            "" => None,
            text => Some(serde_json::from_str(text).map_err(|e| data(&e.to_string()))?),
        };
        Ok(Round {
            id: row.get(0)?,
            place: row.get(1)?,
            item: word::<Item>(row, 2)?,
            title: row.get(3)?,
            question: row.get(4)?,
            cost: row.get(5)?,
            buildings,
            rules: row.get(7)?,
            rules_text: row.get(8)?,
            later: word(row, 9)?,
            law_day: row.get(10)?,
            matter: row.get(11)?,
            state: word(row, 12)?,
            revision: row.get(13)?,
            frozen: Frozen { register: row.get(14)?, version: row.get(15)?, units: row.get(16)?, area: row.get(17)? },
            notices: Notices { roll: row.get(18)?, call: row.get(19)?, decision: row.get(20)? },
            days: Days {
                roll: row.get(21)?,
                called: row.get(22)?,
                opened: row.get(23)?,
                closed: row.get(24)?,
                counted: row.get(25)?,
                posted: row.get(26)?,
                over: row.get(27)?,
            },
            verdict: row.get(28)?,
            outcome,
            challenge: row.get(30)?,
            stands: row.get(31)?,
            made_by: row.get(32)?,
            made_day: row.get(33)?,
            meeting: word(row, 34)?,
            committee: Committee { name: row.get(35)?, told: row.get(36)?, delegate: row.get(37)?, came: row.get(38)? },
            closes: Closes {
                day: row.get(39)?,
                first: row.get(40)?,
                extended: row.get(41)?,
                why: row.get(42)?,
                notice: row.get(43)?,
            },
        })
    }
}

fn listed(buildings: &[String]) -> Result<String, DbError> {
    serde_json::to_string(buildings).map_err(|e| data(&e.to_string()))
}

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, new: &Round, once: &str) -> Result<(), DbError> {
    let buildings = listed(&new.buildings)?;
    let params = params![
        permit.home(),
        &new.id,
        &new.place,
        new.item.name(),
        &new.title,
        &new.question,
        new.cost,
        &buildings,
        &new.rules,
        &new.rules_text,
        new.later.as_str(),
        new.law_day.as_ref(),
        new.matter.as_ref(),
        new.made_by.as_ref(),
        &new.made_day,
        once,
        new.meeting.as_str(),
        new.closes.day.as_ref(),
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(super) fn once(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Round>, DbError> {
    s.optional(&ONCE, params![home, once])
}

pub(super) fn round(s: &mut Snapshot<'_>, id: &RoundId) -> Result<Option<Round>, DbError> {
    s.optional(&ROUND, params![id.home(), id])
}

/// Waits for others who change it, then reads; none where there is no such round.
pub(crate) fn held(tx: &mut Tx<'_>, id: &RoundId) -> Result<Option<Round>, DbError> {
    tx.execute(&HOLD, params![id.home(), id])?;
    round(tx, id)
}

/// Writes what may change of a round, from the revision in which it was read; none where it moved meanwhile.
pub(crate) fn write(tx: &mut Tx<'_>, permit: &Permit, new: &Round) -> Result<Option<Round>, DbError> {
    let buildings = listed(&new.buildings)?;
    let outcome = match &new.outcome {
        Some(outcome) => serde_json::to_string(outcome).map_err(|e| data(&e.to_string()))?,
        None => String::new(),
    };
    let (frozen, notices, days) = (&new.frozen, &new.notices, &new.days);
    let area = i64::try_from(frozen.area).map_err(|_| data("area"))?;
    let params = params![
        permit.home(),
        &new.id,
        new.revision,
        new.state.as_str(),
        frozen.register.as_ref(),
        frozen.version,
        frozen.units,
        area,
        notices.roll.as_ref(),
        notices.call.as_ref(),
        notices.decision.as_ref(),
        days.roll.as_ref(),
        days.called.as_ref(),
        days.opened.as_ref(),
        days.closed.as_ref(),
        days.counted.as_ref(),
        days.posted.as_ref(),
        days.over.as_ref(),
        new.verdict.as_ref(),
        &outcome,
        &new.challenge,
        new.stands,
        new.item.name(),
        &new.title,
        &new.question,
        new.cost,
        &buildings,
        &new.rules,
        &new.rules_text,
        new.later.as_str(),
        new.law_day.as_ref(),
        new.matter.as_ref(),
        new.meeting.as_str(),
        &new.committee.name,
        new.committee.told.as_ref(),
        &new.committee.delegate,
        new.committee.came.as_ref(),
        new.closes.day.as_ref(),
        new.closes.first.as_ref(),
        new.closes.extended.as_ref(),
        &new.closes.why,
        new.closes.notice.as_ref(),
    ];
    let written = tx.execute(&WRITE, params)? == 1;
    Ok(written.then(|| Round { revision: new.revision + 1, ..new.clone() }))
}

/// The bounds of the paths of a place and everything below it; everything without one.
fn bounds(path: Option<&str>) -> (String, String) {
    // '0' is the character after '/', and ids are of one length, so nothing else lies between
    path.map_or_else(|| (String::new(), "~".to_owned()), |path| (path.to_owned(), format!("{path}0")))
}

pub(super) fn open_now(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<(RoundId, String)>, DbError> {
    s.all(&OPEN_NOW, params![limit])
}

pub(super) fn list(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    (state, before, limit): (Option<State>, Option<&RoundId>, i64),
    drafts: bool,
) -> Result<Vec<Round>, DbError> {
    let (first, end) = bounds(path);
    let state = state.map_or("", State::as_str);
    let drafts = if drafts { "all" } else { "" };
    s.all(&LIST, params![&first, &end, state, before.map_or("~", RoundId::as_str), limit, drafts])
}

/// Puts the units of a register, or of some of its buildings, under a round.
pub(super) fn freeze(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (round, register): (&RoundId, &str),
    of: &[String],
) -> Result<(), DbError> {
    let all = if of.is_empty() { "" } else { "some" };
    let mut params = params![permit.home(), round, register, all].to_vec();
    let last = of.last().map_or("", String::as_str);
    let names = of.iter().map(String::as_str).chain(std::iter::repeat(last)).take(MAX_BUILDINGS);
    params.extend(names.map(Param::from));
    tx.execute(&FREEZE, &params).map(|_| ())
}

pub(super) fn thaw(tx: &mut Tx<'_>, permit: &Permit, round: &RoundId) -> Result<(), DbError> {
    tx.execute(&THAW, params![permit.home(), round]).map(|_| ())
}

/// How many units are frozen, their area, and in how many buildings.
pub(super) fn frozen(s: &mut Snapshot<'_>, round: &RoundId) -> Result<(u32, u64, u32), DbError> {
    s.one(&FROZEN, params![round.home(), round])
}

/// The frozen roll, with signs for the owners.
pub(super) fn roll(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<Unit>, DbError> {
    let mut units = Vec::new();
    s.each(&ROLL, params![round.home(), round], |row: (String, String, String, String, u64, String)| {
        let (unit, building, floor, owner, area, word) = row;
        let status: Status = status_of(&word).ok_or_else(|| data(&word))?;
        units.push(Unit { unit, building, floor, owner, area: Area(area), status });
        Ok(())
    })?;
    Ok(units)
}

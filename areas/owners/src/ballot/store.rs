//! All SQL of ballots and papers.

use consent::{Ballot, Channel};
use db::{DbError, FromRow, Param, Row, Snapshot, Tx, Wide, params};
use kernel::{Day, PersonId};
use ledger::entry::EntryId;
use people::VoterKey;
use rights::Permit;
use work::files::FileId;

use super::{Cast, Door, Paper, Reading, Receipted, Said, channel_of, choice_of, import::Official};
use crate::round::{
    RoundId,
    count::{channel_word, choice_word},
};

/// A ballot of an import: what all have in common is `?1` to `?4`, its own are three.
macro_rules! row {
    ($door:literal, $nth:literal, $choice:literal) => {
        concat!("(?1, ?2, ", $door, ", ", $nth, ", ", $choice, ", 'import', '', ?3, ?4)")
    };
}

macro_rules! insert {
    ($($rows:tt)*) => {
        concat!("INSERT INTO owner_ballots (home, round, door, nth, choice, channel, instruction, day, made_by) VALUES ",
                $($rows)*)
    };
}

/// A code takes the place of the door's earlier one.
macro_rules! codes {
    ($($rows:tt)*) => {
        concat!("INSERT INTO owner_codes (home, round, door, code) VALUES ", $($rows)*,
                " ON CONFLICT (home, round, door) DO UPDATE SET code = excluded.code")
    };
}

db::statements! {
    STATEMENTS:
    DOOR = "SELECT number, unit, building, floor, area, ballots FROM owner_doors WHERE home = ?1 AND round = ?2 AND number = ?3";
    DOOR_OF = "SELECT number, unit, building, floor, area, ballots FROM owner_doors WHERE home = ?1 AND round = ?2 AND unit = ?3";
    /// A shorter list repeats its last.
    DOORS_OF = "SELECT number, unit, building, floor, area, ballots FROM owner_doors WHERE home = ?1 AND round = ?2 \
                AND unit IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, \
                ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34) ORDER BY number LIMIT 100";
    /// Whether the ballot that stands says this, and came online from this person; an empty one is a letter's code.
    STANDS = "SELECT COUNT(*) FROM owner_ballots WHERE home = ?1 AND round = ?2 AND door = ?3 AND nth = ?4 \
              AND choice = ?5 AND channel = 'online' AND COALESCE(made_by, '') = ?6";
    /// What the ballots of these doors say that count; a shorter list repeats its last.
    SAID_OF = "SELECT d.number, b.choice, b.channel FROM owner_doors d JOIN owner_ballots b ON b.home = d.home \
               AND b.round = d.round AND b.door = d.number AND b.nth = d.ballots WHERE d.home = ?1 AND d.round = ?2 \
               AND d.number IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, \
               ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34) ORDER BY d.number LIMIT 32";
    RECEIPT_OF = "SELECT entry FROM owner_ballots WHERE home = ?1 AND round = ?2 AND door = ?3 AND nth = ?4";
    RECEIPTED = "SELECT d.unit, d.area, b.choice, b.channel, b.nth, d.ballots FROM owner_ballots b JOIN owner_doors d \
                 ON d.home = b.home AND d.round = b.round AND d.number = b.door WHERE b.home = ?1 AND b.entry = ?2 \
                 AND b.round = ?3";
    BEHIND = "SELECT number, unit, building, floor, area, ballots FROM owner_doors WHERE home = ?1 AND round = ?2 \
              AND building = ?3 AND number > ?4 ORDER BY number LIMIT ?5";
    /// How many units of a round belong to the owner of a door, and their area together; none where nobody is named.
    OF_HEAD = "SELECT COUNT(*), CAST(COALESCE(SUM(o.area), 0) AS BIGINT) FROM owner_doors d JOIN owner_doors o \
               ON o.home = d.home AND o.round = d.round AND o.head = d.head WHERE d.home = ?1 AND d.round = ?2 \
               AND d.number = ?3 AND d.head <> '' AND d.status = 'sold' AND o.status = 'sold'";
    CODE = codes!("(?1, ?2, ?3, ?4)");
    CODES_8 = codes!("(?1, ?2, ?3, ?4), (?1, ?2, ?5, ?6), (?1, ?2, ?7, ?8), (?1, ?2, ?9, ?10), (?1, ?2, ?11, ?12), \
              (?1, ?2, ?13, ?14), (?1, ?2, ?15, ?16), (?1, ?2, ?17, ?18)");
    BY_CODE = "SELECT d.number, d.unit, d.building, d.floor, d.area, d.ballots FROM owner_codes c JOIN owner_doors d \
               ON d.home = c.home AND d.round = c.round AND d.number = c.door \
               WHERE c.home = ?1 AND c.round = ?2 AND c.code = ?3";
    FORGET_CODES = "DELETE FROM owner_codes WHERE home = ?1 AND round = ?2";
    DOORS = "SELECT number, unit, building, floor, area, ballots FROM owner_doors WHERE home = ?1 AND round = ?2 \
             ORDER BY number LIMIT 100000";
    /// The guard of a ballot: only from the number of ballots that was read.
    COUNT = "UPDATE owner_doors SET ballots = ballots + 1 WHERE home = ?1 AND round = ?2 AND number = ?3 AND ballots = ?4";
    INSERT = "INSERT INTO owner_ballots (home, round, door, nth, choice, channel, instruction, day, made_by, second_by, \
              decided_by, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    IMPORT = insert!(row!("?5", "?6", "?7"));
    IMPORT_8 = insert!(row!("?5", "?6", "?7"), ", ", row!("?8", "?9", "?10"), ", ", row!("?11", "?12", "?13"), ", ",
               row!("?14", "?15", "?16"), ", ", row!("?17", "?18", "?19"), ", ", row!("?20", "?21", "?22"), ", ",
               row!("?23", "?24", "?25"), ", ", row!("?26", "?27", "?28"));
    /// The doors of an import; a shorter list repeats its last.
    COUNT_32 = "UPDATE owner_doors SET ballots = ballots + 1 WHERE home = ?1 AND round = ?2 AND number IN (?3, ?4, ?5, \
                ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, \
                ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34)";
    STANDING = "SELECT d.unit, b.choice, b.channel, b.instruction FROM owner_doors d JOIN owner_ballots b \
                ON b.home = d.home AND b.round = d.round AND b.door = d.number AND b.nth = d.ballots \
                WHERE d.home = ?1 AND d.round = ?2 ORDER BY d.number LIMIT 100000";
    BY_CHANNEL = "SELECT b.channel, COUNT(*) FROM owner_doors d JOIN owner_ballots b ON b.home = d.home \
                  AND b.round = d.round AND b.door = d.number AND b.nth = d.ballots WHERE d.home = ?1 AND d.round = ?2 \
                  GROUP BY b.channel ORDER BY b.channel";
    /// One after the other.
    KEEP_OFFICIAL = "INSERT INTO owner_results (home, round, nth, source, published_day, document, n_new, n_replaced, \
                     n_refused, made_by, made_day) SELECT ?1, ?2, COALESCE(MAX(nth), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, \
                     ?10 FROM owner_results WHERE home = ?1 AND round = ?2";
    OFFICIAL = "SELECT source, published_day, document, n_new, n_replaced, n_refused, made_day FROM owner_results \
                WHERE home = ?1 AND round = ?2 ORDER BY nth LIMIT 20";
    TOUCH = "UPDATE owner_rounds SET revision = revision + 1 WHERE home = ?1 AND id = ?2 AND state IN ('open', 'closed')";
    PAPER = "SELECT door, state, first_by, first, second_by, second, photos FROM owner_papers WHERE home = ?1 \
             AND round = ?2 AND door = ?3";
    PUT_PAPER = "INSERT INTO owner_papers (home, round, door, state, first_by, first, second_by, second, photos) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '') ON CONFLICT (home, round, door) DO UPDATE SET \
                 state = excluded.state, first_by = excluded.first_by, first = excluded.first, \
                 second_by = excluded.second_by, second = excluded.second";
    ADD_PHOTOS = "UPDATE owner_papers SET photos = CASE WHEN photos = '' THEN ?4 ELSE photos || ',' || ?4 END \
                  WHERE home = ?1 AND round = ?2 AND door = ?3";
    UNSETTLED = "SELECT COUNT(*) FROM owner_papers WHERE home = ?1 AND round = ?2 AND state <> 'counted'";
    /// Papers that wait for a second or a third reader.
    WAITING = "SELECT d.number, d.unit, p.state, p.first_by, p.second_by FROM owner_papers p JOIN owner_doors d \
               ON d.home = p.home AND d.round = p.round AND d.number = p.door WHERE p.home = ?1 AND p.round = ?2 \
               AND p.state <> 'counted' ORDER BY p.state, d.number LIMIT ?3";
    CAST_OF = "SELECT COUNT(*) FROM owner_doors WHERE home = ?1 AND round = ?2 AND ballots > 0";
}

fn data(what: &str) -> DbError {
    DbError::Data(format!("ballots: {what}"))
}

db::record!(Official { source, published, document, n_new, n_replaced, n_refused, day });
db::record!(Door { number, unit, building, floor, area, ballots });

impl FromRow for Paper {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (state, first, second): (String, String, String) = (row.get(1)?, row.get(3)?, row.get(5)?);
        let (second_by, photos): (String, String) = (row.get(4)?, row.get(6)?);
        let reading = |text: &str| serde_json::from_str::<Reading>(text).map_err(|e| data(&e.to_string()));
        let second = if second.is_empty() {
            None
        } else {
            Some((second_by.parse().map_err(|_| data(&second_by))?, reading(&second)?))
        };
        Ok(Paper {
            door: row.get(0)?,
            state: state.parse().map_err(|()| data(&state))?,
            first: (row.get(2)?, reading(&first)?),
            second,
            photos: photos_of(&photos)?,
        })
    }
}

fn photos_of(list: &str) -> Result<Vec<FileId>, DbError> {
    let ids = list.split(',').filter(|id| !id.is_empty());
    ids.map(|id| id.parse::<FileId>().map_err(|_| data(&format!("photo {id}")))).collect()
}

pub(crate) fn door(s: &mut Snapshot<'_>, round: &RoundId, number: u32) -> Result<Option<Door>, DbError> {
    s.optional(&DOOR, params![round.home(), round, number])
}

pub(crate) fn door_of(s: &mut Snapshot<'_>, round: &RoundId, unit: &str) -> Result<Option<Door>, DbError> {
    s.optional(&DOOR_OF, params![round.home(), round, unit])
}

/// The doors of these units, 32 at most.
pub(super) fn doors_of(s: &mut Snapshot<'_>, round: &RoundId, units: &[String]) -> Result<Vec<Door>, DbError> {
    let Some(last) = units.last() else { return Ok(Vec::new()) };
    let mut params = params![round.home(), round].to_vec();
    params.extend(units.iter().chain(std::iter::repeat(last)).take(32).map(Param::from));
    s.all(&DOORS_OF, &params)
}

/// What the ballots of these doors say that count, 32 at most.
pub(super) fn said_of(s: &mut Snapshot<'_>, round: &RoundId, doors: &[Door]) -> Result<Vec<Said>, DbError> {
    let Some(last) = doors.last() else { return Ok(Vec::new()) };
    let mut params = params![round.home(), round].to_vec();
    params.extend(doors.iter().chain(std::iter::repeat(last)).take(32).map(|door| Param::from(door.number)));
    let mut found = Vec::new();
    s.each(&SAID_OF, &params, |(door, choice, channel): (u32, String, String)| {
        let choice = choice_of(&choice).ok_or_else(|| data(&choice))?;
        let channel = channel_of(&channel).ok_or_else(|| data(&channel))?;
        found.push(Said { door, choice, channel });
        Ok(())
    })?;
    Ok(found)
}

/// Whether the door's ballot was cast online by somebody, or by a code, and says this.
pub(super) fn stands(
    s: &mut Snapshot<'_>,
    round: &RoundId,
    door: &Door,
    (by, choice): (Option<&PersonId>, consent::Choice),
) -> Result<bool, DbError> {
    let by = by.map_or("", PersonId::as_str);
    let params = params![round.home(), round, door.number, door.ballots, choice_word(choice), by];
    Ok(s.one::<(u64,)>(&STANDS, params)?.0 == 1)
}

/// The entry of the door's ballot that counts.
pub(super) fn receipt_of(s: &mut Snapshot<'_>, round: &RoundId, door: &Door) -> Result<Option<EntryId>, DbError> {
    let found: Option<(Option<EntryId>,)> =
        s.optional(&RECEIPT_OF, params![round.home(), round, door.number, door.ballots])?;
    Ok(found.and_then(|(entry,)| entry))
}

pub(super) fn receipted(s: &mut Snapshot<'_>, round: &RoundId, entry: &EntryId) -> Result<Option<Receipted>, DbError> {
    type Found = (String, u64, String, String, u32, u32);
    let found: Option<Found> = s.optional(&RECEIPTED, params![round.home(), entry, round])?;
    let Some((unit, area, choice, channel, nth, ballots)) = found else { return Ok(None) };
    let choice = choice_of(&choice).ok_or_else(|| data(&choice))?;
    let channel = channel_of(&channel).ok_or_else(|| data(&channel))?;
    Ok(Some(Receipted { unit, area, choice, channel, stands: nth == ballots }))
}

/// Doors of a building behind a number.
pub(super) fn doors_behind(
    s: &mut Snapshot<'_>,
    round: &RoundId,
    (building, after): (&str, u32),
    limit: i64,
) -> Result<Vec<Door>, DbError> {
    s.all(&BEHIND, params![round.home(), round, building, after, limit])
}

pub(super) fn of_head(s: &mut Snapshot<'_>, round: &RoundId, door: u32) -> Result<(u64, u64), DbError> {
    s.one(&OF_HEAD, params![round.home(), round, door])
}

pub(super) fn set_codes(
    tx: &mut Tx<'_>,
    permit: &Permit,
    round: &RoundId,
    codes: &[(u32, VoterKey)],
) -> Result<(), DbError> {
    let rows: Vec<Vec<Param<'_>>> =
        codes.iter().map(|(door, code)| params![*door, code.0.as_slice()].to_vec()).collect();
    Wide { many: &CODES_8, rows: 8, one: &CODE }
        .each((params![permit.home(), round], &rows), |statement, params| tx.execute(statement, params).map(|_| ()))
}

pub(super) fn door_by_code(s: &mut Snapshot<'_>, round: &RoundId, code: VoterKey) -> Result<Option<Door>, DbError> {
    s.optional(&BY_CODE, params![round.home(), round, code.0.as_slice()])
}

/// The doors of a round are numbered anew.
pub(crate) fn forget_codes(tx: &mut Tx<'_>, permit: &Permit, round: &RoundId) -> Result<(), DbError> {
    tx.execute(&FORGET_CODES, params![permit.home(), round]).map(|_| ())
}

pub(crate) fn doors(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<Door>, DbError> {
    s.all(&DOORS, params![round.home(), round])
}

/// False when another ballot of the door came meanwhile.
pub(super) fn cast(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (round, door): (&RoundId, &Door),
    (cast, day, entry): (&Cast, &Day, &EntryId),
) -> Result<bool, DbError> {
    if tx.execute(&COUNT, params![permit.home(), round, door.number, door.ballots])? != 1 {
        return Ok(false);
    }
    let params = params![
        permit.home(),
        round,
        door.number,
        door.ballots + 1,
        choice_word(cast.choice),
        channel_word(cast.channel),
        &cast.instruction,
        day,
        cast.by.as_ref(),
        cast.second.as_ref(),
        cast.decided.as_ref(),
        entry,
    ];
    tx.execute(&INSERT, params).map(|_| true)
}

/// Doors with what an official result says of them.
pub(super) fn import(
    tx: &mut Tx<'_>,
    permit: &Permit,
    round: &RoundId,
    (list, day, by): (&[(Door, consent::Choice)], &Day, Option<&PersonId>),
) -> Result<(), DbError> {
    let rows: Vec<Vec<Param<'_>>> = list
        .iter()
        .map(|(door, choice)| params![door.number, door.ballots + 1, choice_word(*choice)].to_vec())
        .collect();
    Wide { many: &IMPORT_8, rows: 8, one: &IMPORT }
        .each((params![permit.home(), round, day, by], &rows), |statement, params| {
            tx.execute(statement, params).map(|_| ())
        })?;
    for part in list.chunks(32) {
        let mut params = params![permit.home(), round].to_vec();
        let last = part.last().map_or(0, |(door, _)| door.number);
        let numbers = part.iter().map(|(door, _)| door.number).chain(std::iter::repeat(last)).take(32);
        params.extend(numbers.map(Param::from));
        tx.execute(&COUNT_32, &params)?;
    }
    Ok(())
}

pub(super) fn keep_official(
    tx: &mut Tx<'_>,
    permit: &Permit,
    round: &RoundId,
    (new, by): (&Official, Option<&PersonId>),
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        round,
        &new.source,
        &new.published,
        &new.document,
        new.n_new,
        new.n_replaced,
        new.n_refused,
        by,
        &new.day,
    ];
    tx.execute(&KEEP_OFFICIAL, params).map(|_| ())
}

pub(super) fn official(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<Official>, DbError> {
    s.all(&OFFICIAL, params![round.home(), round])
}

/// The ballot of each unit that counts, in the order of the register.
pub(crate) fn standing(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<Ballot>, DbError> {
    let mut ballots = Vec::new();
    s.each(&STANDING, params![round.home(), round], |row: (String, String, String, String)| {
        let (unit, choice, channel, instruction) = row;
        let choice = choice_of(&choice).ok_or_else(|| data(&choice))?;
        let channel = channel_of(&channel).ok_or_else(|| data(&channel))?;
        let instructed = channel != Channel::Proxy || !instruction.is_empty();
        ballots.push(Ballot { unit, choice, channel, instructed, line: 0 });
        Ok(())
    })?;
    Ok(ballots)
}

pub(super) fn by_channel(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<(String, u64)>, DbError> {
    s.all(&BY_CHANNEL, params![round.home(), round])
}

/// False when the round takes no ballots any more.
pub(super) fn touch(tx: &mut Tx<'_>, permit: &Permit, round: &RoundId) -> Result<bool, DbError> {
    Ok(tx.execute(&TOUCH, params![permit.home(), round])? == 1)
}

pub(super) fn paper(s: &mut Snapshot<'_>, round: &RoundId, door: u32) -> Result<Option<Paper>, DbError> {
    s.optional(&PAPER, params![round.home(), round, door])
}

pub(super) fn put_paper(tx: &mut Tx<'_>, permit: &Permit, round: &RoundId, paper: &Paper) -> Result<(), DbError> {
    let text = |reading: &Reading| serde_json::to_string(reading).map_err(|e| data(&e.to_string()));
    let first = text(&paper.first.1)?;
    let (second_by, second) = match &paper.second {
        Some((by, reading)) => (by.to_string(), text(reading)?),
        None => (String::new(), String::new()),
    };
    let params =
        params![permit.home(), round, paper.door, paper.state.as_str(), &paper.first.0, &first, &second_by, &second,];
    tx.execute(&PUT_PAPER, params).map(|_| ())
}

pub(super) fn add_photos(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (round, door): (&RoundId, u32),
    photos: &[FileId],
) -> Result<(), DbError> {
    let list = photos.iter().map(FileId::as_str).collect::<Vec<_>>().join(",");
    tx.execute(&ADD_PHOTOS, params![permit.home(), round, door, &list]).map(|_| ())
}

/// Papers that wait for another reader.
pub(crate) fn unsettled(s: &mut Snapshot<'_>, round: &RoundId) -> Result<u64, DbError> {
    Ok(s.one::<(u64,)>(&UNSETTLED, params![round.home(), round])?.0)
}

/// A paper that waits: its door and unit, how far it is, who read it.
pub(super) type Waiting = (u32, String, String, String, String);

pub(super) fn waiting(s: &mut Snapshot<'_>, round: &RoundId, limit: i64) -> Result<Vec<Waiting>, DbError> {
    s.all(&WAITING, params![round.home(), round, limit])
}

/// How many units have cast a ballot.
pub(crate) fn voted(s: &mut Snapshot<'_>, round: &RoundId) -> Result<u64, DbError> {
    Ok(s.one::<(u64,)>(&CAST_OF, params![round.home(), round])?.0)
}

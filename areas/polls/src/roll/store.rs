//! All SQL of the letters of a roll.

use db::{DbError, Snapshot, Tx, params};
use kernel::Context;
use people::VoterKey;
use rights::Permit;

use super::Listed;
use crate::{
    PollId,
    store::{Behind, voter_rows},
};

db::statements! {
    STATEMENTS:
    /// Who has not voted, by the beginning of a flat.
    TO_FLATS = voter_rows!("v.flat >= ?3 AND v.flat < ?4 AND r.voted_day IS NULL AND (v.flat, v.voter) > (?5, ?6) \
                        ORDER BY v.flat, v.voter LIMIT ?7");
    /// Who has not voted and was sent no letter, from one building to another.
    WITHOUT = voter_rows!("v.building >= ?3 AND v.building <= ?4 AND v.letters = 0 AND r.voted_day IS NULL \
                       ORDER BY v.building, v.flat, v.voter LIMIT ?5");
    RETURNED = voter_rows!("v.returned_day <> '' AND (v.flat, v.voter) > (?3, ?4) ORDER BY v.flat, v.voter LIMIT ?5");
    NOTE_LETTER = "UPDATE poll_voters SET letters = letters + 1, letter_day = ?4, returned_day = '' \
                   WHERE home = ?1 AND poll = ?2 AND voter = ?3";
    /// A letter comes back once.
    NOTE_RETURNED = "UPDATE poll_voters SET returned_day = ?4 \
                     WHERE home = ?1 AND poll = ?2 AND voter = ?3 AND letters > 0 AND returned_day = ''";
    BY_BUILDING = "SELECT v.building, count(*), \
                   CAST(SUM(CASE WHEN v.letters > 0 THEN 1 ELSE 0 END) AS BIGINT), \
                   CAST(SUM(CASE WHEN v.letters > 1 THEN 1 ELSE 0 END) AS BIGINT), \
                   CAST(SUM(CASE WHEN v.returned_day <> '' THEN 1 ELSE 0 END) AS BIGINT), \
                   CAST(SUM(CASE WHEN v.letters = 0 AND r.voted_day IS NULL THEN 1 ELSE 0 END) AS BIGINT) \
                   FROM poll_voters v JOIN roll r ON r.home = v.home AND r.season = v.poll AND r.voter = v.voter \
                   WHERE v.home = ?1 AND v.poll = ?2 GROUP BY v.building ORDER BY v.building LIMIT ?3";
}

/// Letters of a building.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Building {
    /// Its name, as flats begin with it; empty for flats that name none.
    pub name: String,
    /// Voters.
    pub voters: u64,
    /// To whom a letter was printed.
    pub printed: u64,
    /// To whom one was printed more than once.
    pub again: u64,
    /// Whose last letter came back.
    pub returned: u64,
    /// Who has not voted and was sent no letter.
    pub without: u64,
}

db::record!(Building { name, voters, printed, again, returned, without });

/// The letters by building, at most `limit`. Walks the roll: for the office's pages.
pub(crate) fn by_building(s: &mut Snapshot<'_>, id: &PollId, limit: i64) -> Result<Vec<Building>, DbError> {
    s.all(&BY_BUILDING, params![id.home(), id, limit])
}

pub(super) fn to_flats(
    s: &mut Snapshot<'_>,
    id: &PollId,
    flat: &str,
    after: Behind<'_>,
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    let beyond = format!("{flat}\u{10ffff}");
    s.all(&TO_FLATS, params![id.home(), id, flat, &beyond, after.0, after.1, limit])
}

/// Of one building, of all without one.
pub(super) fn without(
    s: &mut Snapshot<'_>,
    id: &PollId,
    building: Option<&str>,
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    let (from, to) = building.map_or(("", "\u{10ffff}"), |name| (name, name));
    s.all(&WITHOUT, params![id.home(), id, from, to, limit])
}

/// Whose last letter came back, behind a row, at most `limit`.
pub(crate) fn came_back(
    s: &mut Snapshot<'_>,
    id: &PollId,
    after: Behind<'_>,
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    s.all(&RETURNED, params![id.home(), id, after.0, after.1, limit])
}

pub(super) fn note_letter(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    id: &PollId,
    voter: VoterKey,
) -> Result<(), DbError> {
    tx.execute(&NOTE_LETTER, params![permit.home(), id, &voter.0, &cx.day]).map(|_| ())
}

/// False where it came back before.
pub(super) fn note_returned(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    id: &PollId,
    voter: VoterKey,
) -> Result<bool, DbError> {
    Ok(tx.execute(&NOTE_RETURNED, params![permit.home(), id, &voter.0, &cx.day])? == 1)
}

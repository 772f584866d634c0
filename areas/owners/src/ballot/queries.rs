//! Reading ballots.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};
use ledger::entry::EntryId;
use work::files::{File, FileId, FileState};

use super::{Door, Receipted, Said, State, import::Official, store};
use crate::round::RoundId;

/// Papers that a page shows as waiting.
const WAITING: i64 = 200;

/// How many ballots stand, by the way they came.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn by_channel(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<(String, u64)>, DbError> {
    store::by_channel(s, round)
}

/// How many units have cast a ballot.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn voted(s: &mut Snapshot<'_>, round: &RoundId) -> Result<u64, DbError> {
    store::voted(s, round)
}

/// A paper that waits for another reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The door's number.
    pub door: u32,
    /// The unit.
    pub unit: String,
    /// How far it is.
    pub state: State,
    /// Who has read it.
    pub readers: Vec<String>,
}

/// Papers that wait for a second or a third reader: those that differ first, 200 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn waiting(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<Waiting>, DbError> {
    let rows = store::waiting(s, round, WAITING)?;
    rows.into_iter()
        .map(|(door, unit, state, first, second)| {
            let state = state.parse().map_err(|()| DbError::Data(format!("ballots: {state}")))?;
            let readers = [first, second].into_iter().filter(|who| !who.is_empty()).collect();
            Ok(Waiting { door, unit, state, readers })
        })
        .collect()
}

/// All doors of a round, in the order of the register: for papers to be printed.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn doors(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<Door>, DbError> {
    store::doors(s, round)
}

/// How many units of a round belong to the owner of a door, who is one head, and their area together in 0.01 m²; none where no
/// owner is named.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_one_head(s: &mut Snapshot<'_>, round: &RoundId, door: u32) -> Result<(u64, u64), DbError> {
    store::of_head(s, round, door)
}

/// Official results that were taken in, one after the other, 20 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn official(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<Official>, DbError> {
    store::official(s, round)
}

/// What the ballots of some doors say that count, 32 at most: for those whose doors they are.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn said_of(s: &mut Snapshot<'_>, round: &RoundId, doors: &[Door]) -> Result<Vec<Said>, DbError> {
    store::said_of(s, round, doors)
}

/// The ballot of a round whose entry this is.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn receipted(s: &mut Snapshot<'_>, round: &RoundId, entry: &EntryId) -> Result<Option<Receipted>, DbError> {
    store::receipted(s, round, entry)
}

/// A photo of a paper of a round.
///
/// # Errors
/// Refusal `file-not-found`; database faults.
pub fn photo(s: &mut Snapshot<'_>, id: &RoundId, file: &FileId) -> Result<File, Fault> {
    let found = work::files::file(s, file)?;
    if found.state == FileState::Attached && found.subject.as_deref() == Some(id.as_str()) {
        return Ok(found);
    }
    Err(Refusal::new(Kind::NotFound, "file-not-found").into())
}

//! The roll of a poll: who may vote, by name for the office, by digests for the count.

pub mod file;
pub mod freeze;
pub mod letters;
pub mod residents;
pub mod returned;
pub mod store;
pub mod strike;

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal};
use people::{
    VoterKey,
    commands::enrol::{self, Listed as Enrolled, Voter},
};
use rights::Permit;

use crate::{Poll, PollId, Source, State, rules::expect, store as polls, verify::Subject};

/// Somebody on the roll, for those who keep it.
#[derive(Clone, PartialEq, Eq)]
pub struct Listed {
    /// The row.
    pub voter: VoterKey,
    /// Where they live, as the roll says it.
    pub flat: String,
    /// Their name.
    pub name: String,
    /// A mobile telephone, or empty.
    pub contact: String,
    /// What their vote weighs.
    pub weight: u64,
    /// Whether they have voted, or have a paper.
    pub voted: bool,
    /// How many letters or codes at the desk were printed for them.
    pub letters: u64,
    /// Whether the last letter came back.
    pub returned: bool,
    /// By what a provider's answer finds the row, as a file says it; it is not read back.
    pub subject: Option<Subject>,
}

impl std::fmt::Debug for Listed {
    /// Without what is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Listed({})", self.weight)
    }
}

/// What a vote weighs at most.
pub const MAX_WEIGHT: u64 = 1_000_000_000;
/// Voters of a poll at most.
pub const MAX_VOTERS: u64 = 200_000;

/// The poll while its roll may change, from this source.
fn taking(tx: &mut Tx<'_>, permit: &Permit, poll: &Poll, source: Source) -> Result<(), Fault> {
    expect(poll, &[State::Draft])?;
    if polls::take_source(tx, permit, &poll.id, source)? {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "roll-other-source").into())
}

/// Puts rows on the roll; answers how many were new.
fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    poll: &PollId,
    rows: &[(Voter, Listed)],
) -> Result<u64, Fault> {
    let enrolled: Vec<Enrolled<'_>> = rows.iter().map(|(voter, _)| Enrolled { voter, part: None }).collect();
    let new = enrol::list(tx, cx, permit, poll.as_str(), &enrolled)?;
    for (_, row) in rows {
        polls::list(tx, permit, poll, row).map_err(|error| match error {
            // the row itself is changed where it is there: what stands twice is what a provider says
            DbError::Unique(_) => Fault::from(Refusal::new(Kind::Conflict, "subject-taken")),
            error => error.into(),
        })?;
    }
    if polls::total(tx, poll)?.0 > MAX_VOTERS {
        let limit = i64::try_from(MAX_VOTERS).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::LimitReached, "poll-roll-too-large").with_int("limit", limit).into());
    }
    Ok(new)
}

//! Laying a closed vote anew, so that nothing in the database tells the order or the company in which rows arrived.
//!
//! After the close every row of both tables is taken out and put back, the ballots in the order of their random ids
//! (`ballots::settle`) and the roll in the order of its digests (`people`), in transactions that hold nothing else. What
//! led from a link or a letter to a ballot or to the roll is destroyed first.

use db::{Db, Fault};
use kernel::Actor;
use programmes::SeasonId;
use rights::{Action, authorize};

/// Lays the ballots and the roll of a closed vote anew. May be run again; what was interrupted is simply done again.
///
/// # Errors
/// Database faults.
pub(crate) fn settle(db: &Db, season: &SeasonId) -> Result<(), Fault> {
    // nobody asks for this: the installation itself does it, whoever had the vote counted
    let permit = authorize(&Actor::Operator, Action::RunSeason, season.home())?;
    ballots::settle(db, permit, season.as_str())?;
    people::commands::settle::settle(db, permit, season.as_str())?;
    Ok(())
}

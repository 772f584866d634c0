//! Laying a closed vote anew, so that nothing in the database tells the order or the company in which rows arrived.
//!
//! A ballot and its roll mark are written in one transaction. Engines remember that: PostgreSQL stores the transaction's
//! number with each row, and both engines lay rows of one page in the order in which they came. After the close every
//! row of both tables is therefore taken out and put back, the ballots in the order of their random ids and the roll in
//! the order of its digests, in transactions that hold nothing else. Nothing changes but where and when a row was laid.
//! What led from a link or a letter to a ballot or to the roll is destroyed first.

use db::{Db, Fault};
use kernel::{Actor, Home};
use programmes::SeasonId;
use rights::{Action, Permit, authorize};

use crate::store;

/// Rows of one transaction.
const CHUNK: i64 = 500;

/// Lays the ballots and the roll of a closed vote anew. May be run again; what was interrupted is simply done again.
///
/// # Errors
/// Database faults.
pub(crate) fn settle(db: &Db, season: &SeasonId) -> Result<(), Fault> {
    // nobody asks for this: the installation itself does it, whoever had the vote counted
    let permit = authorize(&Actor::Operator, Action::RunSeason, season.home())?;
    forget(db, season, permit)?;
    let mut after = String::new();
    loop {
        let (key, from) = (season.clone(), after.clone());
        let page = db.read_wait(move |s| store::ballots(s, &key, &from, CHUNK))?;
        let Some(last) = page.last() else { break };
        let (key, from) = (season.clone(), after);
        after = last.id.to_string();
        db.write_wait(move |tx| store::relay_ballots(tx, &permit, &key, &from, &page))?;
    }
    let home: Home = season.home();
    let mut after = Vec::new();
    loop {
        let (key, from) = (season.clone(), after.clone());
        let page = db.read_wait(move |s| people::store::roll_page(s, home, key.as_str(), &from, CHUNK))?;
        let Some(last) = page.last() else { return Ok(()) };
        let (key, from) = (season.clone(), after);
        after = last.voter.to_vec();
        db.write_wait(move |tx| people::store::relay_roll(tx, &permit, key.as_str(), &from, &page))?;
    }
}

/// The links by which ballots could be changed and the codes of letters are of no use any more: they go.
fn forget(db: &Db, season: &SeasonId, permit: Permit) -> Result<(), Fault> {
    loop {
        let key = season.clone();
        if !db.write_wait(move |tx| store::forget_keys(tx, &permit, &key, CHUNK))? {
            break;
        }
    }
    loop {
        let key = season.clone();
        if !db.write_wait(move |tx| people::store::forget_codes(tx, &permit, key.as_str(), CHUNK))? {
            return Ok(());
        }
    }
}

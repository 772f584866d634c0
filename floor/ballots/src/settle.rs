//! Laying the ballots of a closed vote anew, so that nothing in the database tells the order or the company in which they
//! arrived.
//!
//! A ballot and its roll mark are written in one transaction. Engines remember that: PostgreSQL stores the transaction's
//! number with each row, and both engines lay rows of one page in the order in which they came. After the close every
//! row is therefore taken out and put back in the order of random ids, in transactions that hold nothing else. What led
//! from a link to a ballot is destroyed first. The roll is settled likewise by `people`.

use db::{Db, DbError};
use rights::Permit;

use crate::store;

/// Rows of one transaction.
const CHUNK: i64 = 500;

/// Destroys the links of a closed vote and lays its ballots anew. May be run again; what was interrupted is simply done
/// again.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn settle(db: &Db, permit: Permit, scope: &str) -> Result<(), DbError> {
    loop {
        let key = scope.to_owned();
        if !db.write_wait(move |tx| store::forget_keys(tx, &permit, &key, CHUNK))? {
            break;
        }
    }
    let mut after = String::new();
    loop {
        let (key, from) = (scope.to_owned(), after.clone());
        let page = db.read_wait(move |s| store::page(s, permit.home(), &key, &from, CHUNK))?;
        let Some(last) = page.last() else { return Ok(()) };
        let (key, from) = (scope.to_owned(), after);
        after = last.id.to_string();
        db.write_wait(move |tx| store::relay(tx, &permit, &key, &from, &page))?;
    }
}

//! Lay the roll of a closed vote anew.

use db::{Db, DbError};
use rights::Permit;

use crate::store;

/// Rows of one transaction.
const CHUNK: i64 = 500;

/// Destroys the codes of letters of a closed vote, and lays its roll anew in the order of its digests, so that nothing in
/// the database tells in whose company a mark was made. May be run again; what was interrupted is simply done again.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn settle(db: &Db, permit: Permit, scope: &str) -> Result<(), DbError> {
    loop {
        let key = scope.to_owned();
        if !db.write_wait(move |tx| store::forget_codes(tx, &permit, &key, CHUNK))? {
            break;
        }
    }
    let mut after = Vec::new();
    loop {
        let (key, from) = (scope.to_owned(), after.clone());
        let page = db.read_wait(move |s| store::roll_page(s, permit.home(), &key, &from, CHUNK))?;
        let Some(last) = page.last() else { return Ok(()) };
        let (key, from) = (scope.to_owned(), after);
        after = last.voter.to_vec();
        db.write_wait(move |tx| store::relay_roll(tx, &permit, &key, &from, &page))?;
    }
}

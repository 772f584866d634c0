//! What other areas keep beside places follows them when they move.

use db::{DbError, Statement, Tx, params};
use kernel::Home;
use rights::Permit;

use crate::store;

/// A place that lies elsewhere now, with everything below it.
#[derive(Debug, Clone, Copy)]
pub struct Moved<'a> {
    /// The ids from the root down to the place, before.
    pub old: &'a str,
    /// The homes of all that lies there now: what is kept of each is brought along by a statement of its own.
    pub homes: &'a [Home],
}

/// Brings along what one area keeps, in the transaction of the move, after the tree has changed. Answers how many rows
/// it looked at.
pub type Follow = fn(&mut Tx<'_>, &Permit, &Moved<'_>) -> Result<u64, DbError>;

/// Everybody who keeps paths of places: the program that puts the areas together knows them.
#[derive(Debug, Clone, Copy)]
pub struct Followers(&'static [Follow]);

impl Followers {
    /// These.
    pub const fn new(all: &'static [Follow]) -> Followers {
        Followers(all)
    }

    /// Calls everybody for what moved from the path `old` to the path `new`.
    pub(crate) fn call(self, tx: &mut Tx<'_>, permit: &Permit, (old, new): (&str, &str)) -> Result<(), DbError> {
        let homes = store::homes_within(tx, new)?;
        let moved = Moved { old, homes: &homes };
        self.0.iter().try_for_each(|follow| follow(tx, permit, &moved).map(|_| ()))
    }
}

/// Runs a statement made by [`crate::follow!`]. Whatever lies where the place was gets the path that its own place has
/// now, so places that ended and stayed keep theirs; running it again changes nothing.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn follow(tx: &mut Tx<'_>, _: &Permit, statement: &Statement, moved: &Moved<'_>) -> Result<u64, DbError> {
    // '0' is the character after '/', and ids are of one length
    let end = format!("{}0", moved.old);
    let mut n = 0;
    for home in moved.homes {
        n += tx.execute(statement, params![*home, moved.old, &end])?;
    }
    Ok(n)
}

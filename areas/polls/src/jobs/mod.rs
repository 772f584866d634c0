//! What polls need done behind the pages: those on the roll who have an account are reminded, and a poll closes by itself.
//! Both are asked for when the poll opens.

pub mod close;
pub mod remind;
pub mod store;

use db::{DbError, Tx};
use kernel::Context;

use crate::Poll;

/// Asks for what a poll needs that was opened just now.
///
/// # Errors
/// [`DbError`] of the statements.
pub(crate) fn opened(tx: &mut Tx<'_>, cx: &mut Context, poll: &Poll) -> Result<(), DbError> {
    close::ask(tx, cx, poll)?;
    remind::ask(tx, cx, poll)
}

/// Asks for it for polls that are open, 1,000 at most: those that opened under an earlier program. What was asked for is
/// not asked for again.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn start(tx: &mut Tx<'_>, cx: &mut Context) -> Result<(), DbError> {
    store::open_polls(tx)?.iter().try_for_each(|poll| opened(tx, cx, poll))
}

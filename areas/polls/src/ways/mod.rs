//! Ways to vote without a screen of one's own: papers, the booth, the telephone.

pub mod paper;
pub mod phone;

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use rights::{Action, Permit, authorize};

use crate::{Poll, PollId, commands::cast::held, queries};

/// The poll while ballots are taken, and the permit of who works at the desk.
fn at_the_desk(tx: &mut Tx<'_>, cx: &Context, id: &PollId, action: Action) -> Result<(Poll, Permit), Fault> {
    let poll = held(tx, cx, id)?;
    let permit = authorize(&cx.actor, action, &queries::site(tx, &poll)?)?;
    Ok((poll, permit))
}

/// Papers carry neither a weight nor a name.
fn takes_papers(poll: &Poll) -> Result<(), Refusal> {
    if poll.takes_papers() { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "no-papers-here")) }
}

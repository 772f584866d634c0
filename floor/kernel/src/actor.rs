//! Who acts, and the proof that they may.

use crate::{Home, Kind, Refusal};

/// Who asks for a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Whoever holds the installation itself: the command line, or the operator's token over the API.
    Operator,
    /// Anybody who reads and writes publicly without having signed in.
    Visitor,
    /// A person who showed a voter code that stands in a season's roll.
    Voter,
}

/// Everything that can be asked for. A new write gets a line here and in the table of [`authorize`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Add a place to the tree.
    AddPlace,
    /// Put persons on a roll.
    Enrol,
    /// Open a season, add its projects, open and close its vote.
    RunSeason,
    /// Post an idea.
    PostIdea,
    /// Cast a ballot.
    CastBallot,
    /// Store and publish a verdict.
    PublishVerdict,
}

/// Proof that an actor may do an action in a home. It can be made only by [`authorize`], and every writing function
/// of a store asks for one, so that neither a forgotten check nor a swapped home compiles or passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permit {
    action: Action,
    home: Home,
}

impl Permit {
    /// What was permitted.
    pub fn action(&self) -> Action {
        self.action
    }

    /// Where it was permitted.
    pub fn home(&self) -> Home {
        self.home
    }
}

/// Deny by default: the pairs that are allowed stand in this one table.
///
/// # Errors
/// [`Kind::Forbidden`] with code `not-allowed`.
pub fn authorize(actor: &Actor, action: Action, home: Home) -> Result<Permit, Refusal> {
    use Action::{AddPlace, CastBallot, Enrol, PostIdea, PublishVerdict, RunSeason};
    let allowed = match actor {
        Actor::Operator => {
            matches!(action, AddPlace | Enrol | RunSeason | PostIdea | CastBallot | PublishVerdict)
        }
        Actor::Visitor => matches!(action, PostIdea),
        Actor::Voter => matches!(action, CastBallot),
    };
    if allowed { Ok(Permit { action, home }) } else { Err(Refusal::new(Kind::Forbidden, "not-allowed")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows: action; columns: operator, visitor, voter. A change of rights shows in review as a change of this table.
    const GOLDEN: [(Action, [bool; 3]); 6] = [
        (Action::AddPlace, [true, false, false]),
        (Action::Enrol, [true, false, false]),
        (Action::RunSeason, [true, false, false]),
        (Action::PostIdea, [true, true, false]),
        (Action::CastBallot, [true, false, true]),
        (Action::PublishVerdict, [true, false, false]),
    ];

    #[test]
    fn rights_are_as_the_golden_table_says() {
        for (action, row) in GOLDEN {
            for (actor, allowed) in [Actor::Operator, Actor::Visitor, Actor::Voter].iter().zip(row) {
                let answer = authorize(actor, action, Home(3));
                assert_eq!(answer.is_ok(), allowed, "{actor:?} {action:?}");
                if let Ok(permit) = answer {
                    assert_eq!((permit.action(), permit.home()), (action, Home(3)));
                }
            }
        }
    }
}

//! Who acts.

use std::sync::Arc;

use crate::{PersonId, Principal};

/// Who asks for a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Whoever holds the installation itself: the command line, or the operator's token over the API.
    Operator,
    /// Anybody who has not signed in.
    Visitor,
    /// A person who showed a voter code that stands in a season's roll.
    Voter,
    /// A person who has signed in.
    Person(Arc<Principal>),
}

impl Actor {
    /// The person, if one has signed in.
    pub fn person(&self) -> Option<&PersonId> {
        self.principal().map(|principal| &principal.person)
    }

    /// The person with their roles, if one has signed in.
    pub fn principal(&self) -> Option<&Principal> {
        match self {
            Actor::Person(principal) => Some(principal),
            _ => None,
        }
    }
}

//! Awards that a jury or the residents choose by approval: the office opens the choice of a category, each person says
//! which of the nominated projects deserve it, and the count settles it by a rule that was said beforehand.
//!
//! ```text
//! (jury invited) ──open──► open ──until its last day──► over ──count──► counted
//!                           ▲                             │
//!                           └── open with a later day ◄───┘ too few handed in
//! ```
//!
//! Who approved of what is told to nobody. Until the count a salted digest leads from a person to their ballot, so that
//! it can be changed; the count overwrites the salt.

pub mod cast;
pub mod count;
pub mod invite;
pub mod open;
pub mod queries;
pub mod recompute;
pub mod rules;
pub mod store;

use kernel::{Day, OrgId, PersonId};
use sha2::{Digest, Sha256};

use crate::{SeasonId, template::Decides};

kernel::words! {
    /// Where a choice stands.
    #[schema(as = AwardChoiceState)]
    State {
        /// Ballots come in until its last day.
        Open "open",
        /// It is settled.
        Counted "counted",
    }
}

/// The choice of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The season.
    pub season: SeasonId,
    /// The key of the category.
    pub category: String,
    /// A jury or a vote.
    pub way: Decides,
    /// Where it stands.
    pub state: State,
    /// When it was opened.
    pub opened: Day,
    /// The last day on which ballots come in.
    pub closes: Day,
    /// Persons of the jury; 0 of a vote.
    pub jurors: u32,
    /// How many handed a ballot in.
    pub ballots: u32,
    /// 32 bytes that lead from a person to their ballot; empty once it is counted.
    pub salt: Vec<u8>,
    /// When it was counted.
    pub counted: Option<Day>,
    /// The verdict in the register.
    pub verdict: Option<String>,
    /// Why the office chose among those that were tied; may be empty.
    pub reason: String,
}

impl Choice {
    /// The key of a person's ballot: SHA-256 over `linli.award/v1`, the salt and the person's id, parted by line feeds.
    pub fn voter(&self, person: &PersonId) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"linli.award/v1\n");
        hash.update(&self.salt);
        hash.update(b"\n");
        hash.update(person.as_str().as_bytes());
        hash.finalize().into()
    }

    /// Whether no ballot comes in any more: its last day has passed, or the whole jury has handed in.
    pub fn is_over(&self, today: &Day) -> bool {
        *today > self.closes || (self.way == Decides::Jury && self.ballots >= self.jurors)
    }
}

/// A project that is nominated in a category that is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nominated {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Why it was nominated.
    pub words: String,
    /// Who nominated it; told to nobody.
    pub by: Option<PersonId>,
    /// It was stopped, so that it can get nothing.
    pub stopped: bool,
    /// How many ballots approved of it, once they are counted.
    pub approvals: Option<u64>,
    /// The certificate, where it got the award.
    pub certificate: Option<String>,
}

/// Those who had a part in a nominated project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Who proposed it, entered it for somebody, and coached it.
    pub persons: Vec<PersonId>,
    /// The organisation that applied.
    pub org: Option<OrgId>,
}

impl Part {
    /// Whether somebody with these seats had it.
    pub fn is_of(&self, person: &PersonId, seats: &[OrgId]) -> bool {
        self.persons.contains(person) || self.org.as_ref().is_some_and(|org| seats.contains(org))
    }
}

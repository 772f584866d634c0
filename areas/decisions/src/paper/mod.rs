//! Papers: for those who vote without a telephone. A paper is given against the roll, which marks the voter; the paper
//! itself carries a random number that stands beside nobody. Two people read each paper; what they agree on is cast.

pub mod discard;
pub mod give;
pub mod print;
pub mod read;
pub mod store;

use std::str::FromStr;

use db::{Fault, Snapshot};
use kernel::{Actor, Kind, Refusal, Site};
use programmes::{Season, season::queries::site};
use rights::{Action, authorize, may};

use crate::{parse_choices, print_choices};

/// How far a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Printed, not read.
    Blank,
    /// Read by one.
    Once,
    /// Read differently by two.
    Differ,
    /// Its ballot is cast.
    Counted,
    /// It is no valid ballot.
    Spoiled,
}

const STATES: [(State, &str); 5] = [
    (State::Blank, "blank"),
    (State::Once, "once"),
    (State::Differ, "differ"),
    (State::Counted, "counted"),
    (State::Spoiled, "spoiled"),
];

impl State {
    /// The word in the database and the message keys (`paper-…`).
    pub fn as_str(self) -> &'static str {
        STATES.iter().find(|(state, _)| *state == self).map_or("blank", |(_, word)| word)
    }
}

impl FromStr for State {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        STATES.iter().find(|(_, w)| *w == word).map(|(state, _)| *state).ok_or(())
    }
}

/// What somebody reads on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// These projects, ascending.
    Choices(Vec<u32>),
    /// It is no valid ballot: too many marks, a name on it, not to be read.
    Spoiled,
}

impl Reading {
    fn print(&self) -> String {
        match self {
            Reading::Choices(choices) => print_choices(choices),
            Reading::Spoiled => "x".to_owned(),
        }
    }

    fn parse(text: &str) -> Option<Reading> {
        if text == "x" { Some(Reading::Spoiled) } else { parse_choices(text).map(Reading::Choices) }
    }
}

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Ten random digits.
    pub number: String,
    /// How far it is.
    pub state: State,
    /// Who read it first, and what; empty before, and once it is settled.
    pub first: (String, String),
    /// Who read it second, and what.
    pub second: (String, String),
}

impl Paper {
    /// A paper of which nothing is kept but its state.
    fn settled(number: &str, state: State) -> Paper {
        let nobody = || (String::new(), String::new());
        Paper { number: number.to_owned(), state, first: nobody(), second: nobody() }
    }
}

/// How many papers there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Given out against the roll.
    pub given: u64,
    /// Cast.
    pub counted: u64,
    /// No valid ballots.
    pub spoiled: u64,
    /// Read once, or read differently.
    pub pending: u64,
}

/// Where the actor does community work for a season: at its place, or at each post of theirs within it; one at least.
///
/// # Errors
/// Refusals `not-allowed`, `sign-in-first`; database faults.
pub(crate) fn offices(s: &mut Snapshot<'_>, actor: &Actor, season: &Season) -> Result<Vec<Site>, Fault> {
    let whole = site(s, season)?;
    if may(actor, Action::Enrol, &whole) {
        return Ok(vec![whole]);
    }
    let mut all: Vec<Site> = Vec::new();
    // as many as somebody holds posts at: a few
    for post in actor.principal().map_or(&[][..], |principal| &principal.posts).iter().take(20) {
        if all.iter().any(|at| at.place == post.place) {
            continue;
        }
        let at = places::site(s, &post.place)?;
        all.extend(at.filter(|at| at.above.contains(&season.place) && may(actor, Action::Enrol, at)));
    }
    if all.is_empty() {
        authorize(actor, Action::Enrol, &whole)?;
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    Ok(all)
}

/// One of [`offices`]: for what is the same at each of them.
///
/// # Errors
/// As [`offices`].
pub(crate) fn office(s: &mut Snapshot<'_>, actor: &Actor, season: &Season) -> Result<Site, Fault> {
    let first = offices(s, actor, season)?.into_iter().next();
    Ok(first.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-allowed"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_come_back_as_they_were_kept() {
        for reading in [Reading::Spoiled, Reading::Choices(vec![]), Reading::Choices(vec![2, 11])] {
            assert_eq!(Reading::parse(&reading.print()), Some(reading));
        }
        assert_eq!(Reading::parse("y"), None);
    }
}

//! Papers: for those who vote without a telephone. A paper is given against the roll, which marks the voter; the paper
//! itself carries a random number that stands beside nobody. Two people read each paper; what they agree on is cast.

mod read;
pub mod store;

use std::str::FromStr;

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal};
use rights::Permit;

pub use read::{Taken, read};

/// What is read on a paper that is no valid ballot.
pub const SPOILED: &str = "x";

/// Papers of one page for the printer.
pub const PAGE: usize = 20;

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

/// Why a paper cannot be read a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// What was typed as its number is that of another paper.
    WrongNumber,
    /// Nobody finds it.
    Missing,
}

impl Why {
    /// Both.
    pub const ALL: [Why; 2] = [Why::WrongNumber, Why::Missing];

    /// The word in forms, in the log and in the message keys (`paper-why-…`).
    pub fn as_str(self) -> &'static str {
        match self {
            Why::WrongNumber => "wrong-number",
            Why::Missing => "missing",
        }
    }
}

impl FromStr for Why {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Why::ALL.into_iter().find(|why| why.as_str() == word).ok_or(())
    }
}

/// Makes numbers for [`PAGE`] blank papers: ten random digits each, in no order.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn print(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, scope: &str) -> Result<Vec<String>, DbError> {
    let mut numbers = Vec::with_capacity(PAGE);
    for _ in 0..PAGE {
        let number = format!("{:010}", cx.chance.bits128() % 10_000_000_000);
        if store::insert(tx, permit, scope, &number)? {
            numbers.push(number);
        }
    }
    Ok(numbers)
}

/// Takes back what was read on every paper that waits for another reading: when a vote closes by itself. Nobody learns what
/// was read on them.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn discard_pending(tx: &mut Tx<'_>, permit: &Permit, scope: &str) -> Result<(), DbError> {
    store::discard_pending(tx, permit, scope)
}

/// The paper as it was read so far, made blank again; nothing where it is blank already.
///
/// # Errors
/// Refusals `unknown-paper`, `paper-done`, `changed-meanwhile`; database faults.
pub fn discard(tx: &mut Tx<'_>, permit: &Permit, scope: &str, number: &str) -> Result<Option<Paper>, Fault> {
    let paper = found(tx, permit, scope, number)?;
    match paper.state {
        State::Blank => return Ok(None),
        State::Counted | State::Spoiled => return Err(Refusal::new(Kind::Conflict, "paper-done").into()),
        State::Once | State::Differ => {}
    }
    moved(store::advance(tx, permit, scope, &paper, &Paper::settled(number, State::Blank))?)?;
    store::count_discarded(tx, permit, scope)?;
    Ok(Some(paper))
}

fn found(tx: &mut Tx<'_>, permit: &Permit, scope: &str, number: &str) -> Result<Paper, Fault> {
    let paper = store::paper(tx, permit.home(), scope, number)?;
    Ok(paper.ok_or_else(|| Refusal::new(Kind::NotFound, "unknown-paper"))?)
}

fn moved(moved: bool) -> Result<(), Refusal> {
    if moved { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "changed-meanwhile")) }
}

//! Ballots of a round: one a unit, on paper typed by two, by proxy, online where the rules admit it, or from an official
//! result. They are named: what each door said, by which way and who entered it is kept as evidence.

pub mod api;
pub mod import;
pub mod letters;
pub mod online;
pub mod paper;
pub mod queries;
pub mod rules;
pub mod store;
pub mod web;

use consent::{Channel, Choice};
use kernel::{Context, Kind, PersonId, Refusal};
use serde::{Deserialize, Serialize};

use crate::round::{
    Round,
    count::{channel_word, choice_word},
};

kernel::words! {
    /// How far a paper is. The words are `ballot-paper-<word>`.
    #[schema(as = OwnersPaperState)]
    State {
        /// Read by one.
        Once "once",
        /// Read differently by two.
        Differ "differ",
        /// Its ballot is cast.
        Counted "counted",
    }
}

/// A door as ballots need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// 1, 2, 3, … in the register.
    pub number: u32,
    /// The unit.
    pub unit: String,
    /// Its building.
    pub building: String,
    /// Its floor.
    pub floor: String,
    /// Its exclusive area in 0.01 m².
    pub area: u64,
    /// Ballots so far; the last one counts.
    pub ballots: u32,
}

/// What somebody reads on a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What it says.
    pub choice: Choice,
    /// `paper`, or `proxy` with a written instruction.
    pub channel: Channel,
    /// Of a proxy: who keeps the instruction.
    #[serde(default)]
    pub instruction: String,
}

impl Reading {
    /// Whether two readings say the same; where the instruction lies may be told differently.
    pub fn says(&self, other: &Reading) -> bool {
        (self.choice, self.channel) == (other.choice, other.channel)
    }
}

/// A paper of a door while it is typed in, and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The door's number.
    pub door: u32,
    /// How far it is.
    pub state: State,
    /// Who read it first, and what.
    pub first: (PersonId, Reading),
    /// Who read it second, and what.
    pub second: Option<(PersonId, Reading)>,
    /// Ids of its photos.
    pub photos: Vec<work::files::FileId>,
}

/// What the receipt of a ballot leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipted {
    /// The unit.
    pub unit: String,
    /// Its area, in 0.01 m².
    pub area: u64,
    /// What the ballot says.
    pub choice: Choice,
    /// The way it came.
    pub channel: Channel,
    /// Whether it is the unit's ballot that counts; else a later one took its place.
    pub stands: bool,
}

/// What the ballot of a door says that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The door's number.
    pub door: u32,
    /// What it says.
    pub choice: Choice,
    /// The way it came.
    pub channel: Channel,
}

/// A ballot as it is cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// What it says.
    pub choice: Choice,
    /// The way it came.
    pub channel: Channel,
    /// Of a proxy: where the written instruction lies.
    pub instruction: String,
    /// Who cast or entered it; none where a letter's code did.
    pub by: Option<PersonId>,
    /// Who typed it a second time.
    pub second: Option<PersonId>,
    /// Who decided between two who differed.
    pub decided: Option<PersonId>,
}

/// A choice from its word.
pub(crate) fn choice_of(word: &str) -> Option<Choice> {
    Choice::ALL.into_iter().find(|choice| choice_word(*choice) == word.trim())
}

/// A channel from its word.
pub(crate) fn channel_of(word: &str) -> Option<Channel> {
    Channel::ALL.into_iter().find(|channel| channel_word(*channel) == word.trim())
}

pub(crate) fn no_door() -> Refusal {
    Refusal::new(Kind::NotFound, "door-not-found")
}

/// Whether the rules of the round admit a way of casting.
///
/// # Errors
/// Refusal `channel-not-admitted`; database faults.
pub(crate) fn admitted(round: &Round, cx: &Context, channel: Channel) -> Result<(), db::Fault> {
    if round.channels(&cx.day)?.contains(&channel) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "channel-not-admitted").with_text("rules", round.rules.clone()).into())
}

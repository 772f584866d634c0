//! What seasons, ideas and projects are.

use std::str::FromStr;

use kernel::{Day, Fen, Id, Instant};
use places::PlaceId;

/// The noun of season ids.
pub enum SeasonNoun {}
/// The id of a season.
pub type SeasonId = Id<SeasonNoun>;
/// The noun of idea ids.
pub enum IdeaNoun {}
/// The id of an idea.
pub type IdeaId = Id<IdeaNoun>;

/// Where a season stands. The order is the order of its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Ideas are collected and projects prepared.
    Collecting,
    /// The vote is open.
    Voting,
    /// The vote is closed and not yet counted.
    Closed,
    /// The verdict is public.
    Published,
}

const PHASES: [(Phase, &str); 4] = [
    (Phase::Collecting, "collecting"),
    (Phase::Voting, "voting"),
    (Phase::Closed, "closed"),
    (Phase::Published, "published"),
];

impl Phase {
    /// The word in the database, the API and the message keys.
    pub fn as_str(self) -> &'static str {
        PHASES.iter().find(|(phase, _)| *phase == self).map_or("collecting", |(_, word)| word)
    }
}

impl FromStr for Phase {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        PHASES.iter().find(|(_, w)| *w == word).map(|(phase, _)| *phase).ok_or(())
    }
}

/// One round of a programme at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// Its id.
    pub id: SeasonId,
    /// Where it is held.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// What it is about, in a few sentences.
    pub about: String,
    /// Where it stands.
    pub phase: Phase,
    /// What may be spent.
    pub budget: Fen,
    /// ISO 4217 code.
    pub currency: String,
    /// The rule of the count, by the name that `tally` gives it.
    pub rule: String,
    /// The step of the rule's increment, in the smallest unit, if the rule has one.
    pub increment: Option<Fen>,
    /// Projects a ballot may name.
    pub max_choices: u32,
    /// Moves with every change of what a count depends on.
    pub revision: i64,
    /// Projects put to the vote.
    pub n_projects: u32,
    /// Ideas posted.
    pub n_ideas: u32,
    /// Voters on the roll, known from the close on.
    pub n_voters: u64,
    /// Ballots cast, known from the close on.
    pub n_ballots: u64,
    /// Where an imported season came from: JSON of the file's META section, else empty.
    pub source: String,
    /// When it was opened.
    pub opened_at: Instant,
    /// The local day of that.
    pub opened_day: Day,
}

/// A project put to the vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// 1, 2, 3, … within the season; what ballots name.
    pub number: u32,
    /// What people and exchange files call it.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// What it wants, in a few sentences; may be empty.
    pub about: String,
    /// Its field; may be empty.
    pub category: String,
    /// What it costs.
    pub cost: Fen,
}

/// An idea somebody posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idea {
    /// Its id.
    pub id: IdeaId,
    /// Its title.
    pub title: String,
    /// What is wanted.
    pub body: String,
    /// How the author wants to be called; empty means without a name.
    pub author: String,
    /// When it was posted.
    pub posted_at: Instant,
    /// The local day of that.
    pub posted_day: Day,
}

//! What a poll is.

use kernel::{Day, Id, PlaceId};
use matters::notice::NoticeId;
use serde::{Deserialize, Serialize};
use tally::motion::{Dots, MotionRule};

use crate::survey::Question;

/// The noun of poll ids.
pub enum PollNoun {}
/// The id of a poll.
pub type PollId = Id<PollNoun>;

kernel::words! {
    /// What is asked.
    PollKind {
        /// Yes or no: agree, disagree, abstain.
        Motion "motion",
        /// Options in the order in which one prefers them.
        Ranked "ranked",
        /// Points to spread over options.
        Dots "dots",
        /// Questions that decide nothing.
        Survey "survey",
    }
}

kernel::words! {
    /// Who sees what was chosen.
    Openness {
        /// Nobody sees anything before the close, and nobody ever sees whose a ballot is.
        Secret "secret",
        /// The count is shown while the poll is open; nobody sees whose a ballot is.
        Open "open",
        /// As a secret poll, and those who keep the roll see after the close who chose what.
        Named "named",
    }
}

kernel::words! {
    /// Where a poll stands. It never goes back, but from the roll to the draft.
    State {
        /// Being written; its roll may change.
        Draft "draft",
        /// Its roll is frozen, and hangs for objections.
        Roll "roll",
        /// Ballots are taken from the opening day to the closing day.
        Open "open",
        /// No ballot is taken any more.
        Closed "closed",
        /// Its result is published.
        Published "published",
    }
}

kernel::words! {
    /// How ranked ballots are counted.
    RankedRule {
        /// Every two options are compared; the strongest paths decide.
        Schulze "schulze",
        /// The last one is eliminated round by round.
        Irv "irv",
        /// Several seats, by the quota of Droop.
        Stv "stv",
    }
}

kernel::words! {
    /// Where a roll comes from: one of them, so that nobody stands on it twice.
    Source {
        /// The roll of residents of the place, as of the day on which it is taken.
        Residents "residents",
        /// A file.
        File "file",
    }
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Choosable {
    /// 1 to 80 characters.
    pub title: String,
    /// At most 400 characters.
    #[serde(default)]
    pub about: String,
}

/// How ranked ballots are counted, and for how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    /// The method.
    pub rule: RankedRule,
    /// How many are chosen: 1, but for [`RankedRule::Stv`].
    pub seats: usize,
}

/// What can be chosen, and by what it is decided. One of the rules is there: that of the kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// 2 to [`MAX_OPTIONS`] options; none of motions and surveys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choosable>,
    /// Of a motion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion: Option<MotionRule>,
    /// Of a ranked poll.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ranked: Option<Ranked>,
    /// Of dots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dots: Option<Dots>,
    /// Of a survey.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
}

/// Options of a poll at most.
pub const MAX_OPTIONS: usize = 30;

/// A poll as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// Its id.
    pub id: PollId,
    /// Whom it asks: people of this place.
    pub place: PlaceId,
    /// 1 to 120 characters.
    pub title: String,
    /// What is put to the vote, at most 4,000 characters.
    pub body: String,
    /// What is asked.
    pub kind: PollKind,
    /// Who sees what was chosen.
    pub openness: Openness,
    /// The template of rules, see [`crate::templates`].
    pub template: String,
    /// Options, rule, questions.
    pub definition: Definition,
    /// The first day on which ballots are taken.
    pub opens_day: Day,
    /// The last day on which ballots are taken, included.
    pub closes_day: Day,
    /// How many days the roll hangs for objections; 0 where it does not.
    pub roll_days: u32,
    /// The notice on which the roll hangs.
    pub notice: Option<NoticeId>,
    /// Where the roll comes from; nothing while there is none.
    pub source: Option<Source>,
    /// Where it stands.
    pub state: State,
    /// What parts ties, drawn at the opening: 32 hexadecimal digits; empty before.
    pub seed: String,
    /// Voters on the frozen roll.
    pub voters: u64,
    /// Their weights together.
    pub weight: u64,
    /// How many were present, where the rule counts them.
    pub present: Option<u64>,
    /// Whether it closed by itself. Then whoever voted counts as present.
    pub closed_alone: bool,
    /// The local day on which it closed; nothing before, and for polls that an earlier program closed.
    pub closed_day: Option<Day>,
    /// Moves with every change.
    pub revision: i64,
}

impl Poll {
    /// Whether voters have weights of their own, by the template.
    pub fn is_weighted(&self) -> bool {
        crate::templates::named(&self.template).is_some_and(|template| template.weighted)
    }

    /// Whether papers can be used: a paper carries neither a weight nor a name, and a survey is too long for two to type.
    pub fn takes_papers(&self) -> bool {
        !self.is_weighted() && self.openness != Openness::Named && self.kind != PollKind::Survey
    }

    /// Whether the rule counts those who are present.
    pub fn counts_present(&self) -> bool {
        crate::rules::counts_present(self.definition.motion.as_ref())
    }
}

//! A lot 抽签 for the seats of a hall: who puts themselves forward, quotas, a numbered list of panels, a seed that nobody
//! knew, the draw, and who stands in.
//!
//! ```text
//! draft ──open──► open ──freeze──► frozen ──publish──► published ──type──► seeded ──confirm──► drawn
//!                  ▲                 │
//!                  └─────reopen──────┘
//! ```

pub mod answer;
pub mod confirm;
pub mod draft;
pub mod enrol;
pub mod freeze;
pub mod import;
pub mod method;
pub mod publish;
pub mod queries;
pub mod quotas;
pub mod replace;
pub mod rules;
pub mod seed;
pub mod solve;
pub mod store;
pub mod web;

use kernel::{Day, Id, Kind, PersonId, Refusal, Source};
use matters::{duty::DutyId, verdict::VerdictId};
use serde::{Deserialize, Serialize};
use sortition::{Chance, Quotas, Rule};

use super::{hall::HallId, seat::DelegateId};

/// The noun of lot ids.
pub enum LotNoun {}
/// The id of a lot.
pub type LotId = Id<LotNoun>;
/// The noun of volunteers' ids.
pub enum VolunteerNoun {}
/// The id of a volunteer.
pub type VolunteerId = Id<VolunteerNoun>;

/// People of a pool at most.
pub const MAX_POOL: u64 = 2_000;
/// Seats that one lot fills at most.
pub const MAX_SIZE: u32 = 50;
/// How many panels a list may have.
pub const PANELS: [u32; 3] = [100, 500, 1_000];
/// The rules of lots as they are now; the draw and who stands in.
pub const RULE_SET: &str = "delegates-lot/2026-11";

kernel::words! {
    /// Where a lot stands. The words are `lot-state-<word>`.
    #[schema(as = LotState)]
    State {
        /// Being written.
        Draft "draft",
        /// People put themselves forward.
        Open "open",
        /// The pool is frozen.
        Frozen "frozen",
        /// The numbered list is out; the seed is to come.
        Published "published",
        /// One officer has typed the seed; another confirms it.
        Seeded "seeded",
        /// Drawn.
        Drawn "drawn",
    }
}

kernel::words! {
    /// Whether somebody is in the pool. The words are `lot-volunteer-<word>`.
    #[schema(as = LotVolunteer)]
    Standing {
        /// In it.
        In "in",
        /// They changed their mind.
        Withdrawn "withdrawn",
        /// The office took them out.
        Struck "struck",
    }
}

kernel::words! {
    /// What somebody who was drawn, or stands in, answered. The words are `lot-offer-<word>`.
    #[schema(as = LotAnswer)]
    Answer {
        /// Nothing yet.
        Asked "asked",
        /// They sit.
        Accepted "accepted",
        /// They declined.
        Declined "declined",
        /// They let the days go by.
        Silent "silent",
        /// They sat, and left.
        Left "left",
    }
}

impl Answer {
    /// Whether somebody else comes in their place.
    #[must_use]
    pub fn is_out(self) -> bool {
        matches!(self, Answer::Declined | Answer::Silent | Answer::Left)
    }
}

/// A lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// Its id.
    pub id: LotId,
    /// For which hall.
    pub hall: HallId,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// Seats that it fills.
    pub size: u32,
    /// What makes it fair.
    pub rule: Rule,
    /// Panels of the list.
    pub panels: u32,
    /// What a panel must look like.
    pub quotas: Quotas,
    /// One of an address at most.
    pub household: bool,
    /// The last day on which people put themselves forward.
    pub enrol_until: Day,
    /// Days in which who was drawn answers, 1 to 60.
    pub answer_days: u32,
    /// The day on which enrolment ended.
    pub frozen: Option<Day>,
    /// Why it ended before its last day was over; empty where it did not.
    pub early: String,
    /// The frozen pool.
    pub pool: Frozen,
    /// SHA-256 of the published list, hexadecimal; empty before.
    pub digest: String,
    /// Figures of the lottery; none before.
    pub found: Option<Found>,
    /// The seed that was announced with the list.
    pub announced: Announced,
    /// The day on which the list was published.
    pub published: Option<Day>,
    /// The seed; empty before.
    pub seed: String,
    /// Who typed it.
    pub seed_by: Option<PersonId>,
    /// The number of the panel drawn.
    pub number: Option<u32>,
    /// The day of the draw.
    pub drawn: Option<Day>,
    /// Its verdict.
    pub verdict: Option<VerdictId>,
    /// Moves with everything that happens to it.
    pub revision: i64,
    /// Who drafted it.
    pub made_by: Option<PersonId>,
    /// The day of that.
    pub made_day: Day,
}

/// A frozen pool: how many people, a salt, and the SHA-256 of the pool's text; empty before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frozen {
    /// How many.
    pub people: u32,
    /// 32 bytes in hexadecimal, so that nobody guesses the pool from its digest.
    pub salt: String,
    /// Hexadecimal.
    pub digest: String,
}

/// The future value that draws: announced with the list, known to nobody then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Announced {
    /// What it is: 1 to 120 characters.
    pub source: String,
    /// Where everybody can read it: 1 to 200 characters.
    pub at: String,
    /// From when it is known; none before it is announced.
    pub day: Option<Day>,
}

/// Figures of a lottery, for reading; they decide nothing. Chances are fractions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The lowest chance of anybody.
    pub lowest: Chance,
    /// The highest.
    pub highest: Chance,
    /// Gini coefficient of the chances, in ten-thousandths: 0 when all are equal.
    pub gini: u32,
    /// The largest difference between a chance of the lottery and the share of the list, in hundredths of a panel.
    pub error: u32,
    /// People with equal features, and their chances.
    pub kinds: Vec<Alike>,
}

/// People with equal features.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// Their features, in the order of the categories.
    pub features: Vec<String>,
    /// How many there are.
    pub people: u32,
    /// The lowest chance among them: with a rule of households they may differ.
    pub lowest: Chance,
    /// The highest.
    pub highest: Chance,
}

/// Somebody who put themselves forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volunteer {
    /// A random id.
    pub id: VolunteerId,
    /// Their account, where they have one.
    pub person: Option<PersonId>,
    /// Private.
    pub name: String,
    /// A telephone or another way to reach who has no account; private, may be empty.
    pub contact: String,
    /// Private; may be empty.
    pub address: String,
    /// Their feature in each category, in the order of [`Quotas::categories`].
    pub features: Vec<String>,
    /// By which way it came in.
    pub source: Source,
    /// Whether they are in the pool.
    pub standing: Standing,
    /// Their number in the frozen pool, which stands for them in published lists.
    pub number: Option<u32>,
    /// The day on which they put themselves forward.
    pub made_day: Day,
}

/// Somebody who was drawn, or stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Their number in the pool.
    pub number: u32,
    /// The seat.
    pub seat: u32,
    /// What they answered.
    pub answer: Answer,
    /// When they were asked.
    pub asked: Day,
    /// The last day for an answer.
    pub due: Day,
    /// When they answered.
    pub answered: Option<Day>,
    /// In whose place they come; none of the panel drawn.
    pub stands_for: Option<u32>,
    /// The how manyth that made room, from 1.
    pub turn: Option<u32>,
    /// The duty to answer, of who has an account.
    pub duty: Option<DutyId>,
    /// The verdict by which they stand in.
    pub verdict: Option<VerdictId>,
    /// Whom they became.
    pub delegate: Option<DelegateId>,
}

/// A number of the pool as it stands in lists: four digits.
#[must_use]
pub fn key(number: u32) -> String {
    format!("{number:04}")
}

pub(crate) fn not_found() -> Refusal {
    Refusal::new(Kind::NotFound, "lot-not-found")
}

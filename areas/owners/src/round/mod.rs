//! A round of consent 征求业主共同决定: one question to the owners of a place, or of some of its buildings, from the frozen
//! roll to the verdict.
//!
//! ```text
//! draft ──freeze──► roll ──call──► notice ──open──► open ──close──► closed ──count──► counted ──post──► posted ──► final
//!   ▲                │               │                                                               │  ▲
//!   └─────thaw───────┴───────────────┘                                                     challenge ▼  │ settle
//!                                                                                             challenged
//! ```

pub mod api;
pub mod call;
pub mod close;
pub mod committee;
pub mod count;
pub mod draft;
pub mod extend;
pub mod freeze;
pub mod owed;
pub mod posted;
pub mod queries;
pub mod recompute;
pub mod rules;
pub mod store;
mod terms;
pub mod web;

use std::collections::BTreeSet;

use consent::{Item, Question, Rules};
use db::DbError;
use kernel::{Day, Fen, Id, Kind, PersonId, PlaceId, Refusal};
use matters::{
    matter::MatterId,
    notice::{NoticeId, draft::DraftNotice},
    verdict::VerdictId,
};
use serde::{Deserialize, Serialize};

use crate::register::RegisterId;

pub use terms::Terms;

/// The noun of round ids.
pub enum RoundNoun {}
/// The id of a round.
pub type RoundId = Id<RoundNoun>;

/// Buildings that a scope names at most.
pub const MAX_BUILDINGS: usize = 32;
/// The rule set that stands for a file's own text.
pub const OWN_RULES: &str = "own";

kernel::words! {
    /// Where a round stands. The words are `round-state-<word>`.
    #[schema(as = OwnersRoundState)]
    State {
        /// Being written.
        Draft "draft",
        /// Its roll is frozen and hangs out; objections are taken.
        Roll "roll",
        /// The vote is announced.
        Notice "notice",
        /// Ballots are taken.
        Open "open",
        /// No ballot is cast any more; papers that were handed in may still be typed.
        Closed "closed",
        /// Its verdict stands in the register of verdicts.
        Counted "counted",
        /// Its result hangs out.
        Posted "posted",
        /// Somebody challenges it.
        Challenged "challenged",
        /// It is over.
        Final "final",
    }
}

kernel::words! {
    /// What becomes of a later ballot of the same unit. The words are `round-later-<word>`.
    Later {
        /// It is refused: the first one counts.
        Refuse "refuse",
        /// It takes the place of the one before, which stays as evidence.
        Replace "replace",
    }
}

kernel::words! {
    /// What kind of meeting of the owners it is. The words are `round-meeting-<word>`.
    Meeting {
        /// As their rules of procedure provide.
        Regular "regular",
        /// Asked for by a fifth of the owners, or in urgent need.
        Extraordinary "extraordinary",
    }
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// Whose owners.
    pub place: PlaceId,
    /// What kind of joint decision.
    pub item: Item,
    /// Its name.
    pub title: String,
    /// The question in words.
    pub question: String,
    /// What it costs.
    pub cost: Option<Fen>,
    /// The buildings that pay and vote; empty is all.
    pub buildings: Vec<String>,
    /// The rule set: one that comes along ([`Rules::builtin_names`]) or [`OWN_RULES`].
    pub rules: String,
    /// The text of a rule set of one's own; else empty.
    pub rules_text: String,
    /// What becomes of a later ballot.
    pub later: Later,
    /// What kind of meeting it is: an extraordinary one may be called on a shorter notice.
    pub meeting: Meeting,
    /// The day whose law applies; none is the day on which it closes.
    pub law_day: Option<Day>,
    /// The matter it belongs to.
    pub matter: Option<MatterId>,
    /// Where it stands.
    pub state: State,
    /// Moves with everything that happens to it.
    pub revision: i64,
    /// What was frozen: the register, its version, how many units of it are asked, and their area in 0.01 m².
    pub frozen: Frozen,
    /// What hangs out about it.
    pub notices: Notices,
    /// On which day it came to each state.
    pub days: Days,
    /// Until when ballots are cast.
    pub closes: Closes,
    /// What the residents' committee has heard, and who came.
    pub committee: Committee,
    /// Its verdict in the register.
    pub verdict: Option<VerdictId>,
    /// The figures of that.
    pub outcome: Option<Outcome>,
    /// Why it was challenged; private.
    pub challenge: String,
    /// Whether it stands after the challenge.
    pub stands: Option<bool>,
    /// Who drafted it.
    pub made_by: Option<PersonId>,
    /// The day of that.
    pub made_day: Day,
}

/// The part of a register that a round is held on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frozen {
    /// The register; none before.
    pub register: Option<RegisterId>,
    /// Its version.
    pub version: Option<u32>,
    /// Units that are asked.
    pub units: u32,
    /// Their area, in 0.01 m².
    pub area: u64,
}

/// Notices of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notices {
    /// Of the roll.
    pub roll: Option<NoticeId>,
    /// Of the vote.
    pub call: Option<NoticeId>,
    /// Of the result.
    pub decision: Option<NoticeId>,
}

/// Until when ballots are cast.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closes {
    /// The last day of the vote, as it is announced; none in rounds from before one was asked for.
    pub day: Option<Day>,
    /// The last day that was announced first, where it was extended.
    pub first: Option<Day>,
    /// The day of the latest extension.
    pub extended: Option<Day>,
    /// Why it was extended, for everybody to read.
    pub why: String,
    /// What hangs out about that.
    pub notice: Option<NoticeId>,
}

/// The residents' committee's part in a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Committee {
    /// Which one the notice of the vote was sent to; empty before.
    pub name: String,
    /// The day of that.
    pub told: Option<Day>,
    /// Who came from it; private. Empty where nobody did.
    pub delegate: String,
    /// The day of that.
    pub came: Option<Day>,
}

/// The day on which a round came to a state; none before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the day of the state of its name")]
pub struct Days {
    pub roll: Option<Day>,
    pub called: Option<Day>,
    pub opened: Option<Day>,
    pub closed: Option<Day>,
    pub counted: Option<Day>,
    pub posted: Option<Day>,
    pub over: Option<Day>,
}

/// What a count found, as it is kept with the round. Areas in 0.01 m².
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Outcome {
    /// Whether all gates are met.
    pub passed: bool,
    /// The first gate that is not met, or `passed`.
    pub reason: String,
    /// The rule by its name in the rule set.
    pub rule: String,
    /// Article, paragraph, item.
    pub source: String,
    /// The day whose law applied.
    pub on: String,
    /// Approval is measured by `all` or by `participants`.
    pub of: String,
    /// The comparisons.
    pub gates: Vec<Compared>,
    /// Units, areas and heads by what they did.
    pub units: Figures,
    /// See above.
    pub area: Figures,
    /// See above.
    pub heads: Figures,
    /// SHA-256 over everything it depends on, hexadecimal.
    pub inputs: String,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Compared {
    /// `participation-area`, `participation-heads`, `approval-area`, `approval-heads`.
    pub gate: String,
    /// The part: in 0.01 m² or heads.
    pub part: u64,
    /// The whole.
    pub of: u64,
    /// What is needed: `>= 2/3`.
    pub needs: String,
    /// Whether it is met.
    pub met: bool,
    /// By how much the part falls short.
    pub missing: u64,
}

/// One basis by what it did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = OwnersFigures)]
pub struct Figures {
    /// Everybody asked.
    pub all: u64,
    /// Took part.
    pub took_part: u64,
    /// Agreed.
    pub agree: u64,
    /// Were against.
    pub disagree: u64,
    /// Abstained.
    pub abstain: u64,
    /// Cast an invalid ballot.
    pub invalid: u64,
    /// Heads that said different things for different units.
    pub mixed: u64,
}

impl Round {
    /// A notice of this kind about the round, in the language of its place; one for each step and revision.
    fn notice(&self, (step, kind): (&str, &str), (title, body): (String, String)) -> DraftNotice {
        DraftNotice {
            place: self.place.to_string(),
            matter: self.matter.as_ref().map(ToString::to_string).unwrap_or_default(),
            subject_kind: "round".to_owned(),
            subject: self.id.to_string(),
            kind: kind.to_owned(),
            title,
            body,
            days: None,
            once: format!("{step}-{}-{}", self.id, self.revision),
        }
    }

    /// The rule set.
    ///
    /// # Errors
    /// [`DbError::Data`] where what is kept is none.
    pub fn rule_set(&self) -> Result<Rules, DbError> {
        rule_set(&self.rules, &self.rules_text).map_err(|why| DbError::Data(format!("rounds: rules: {why}")))
    }

    /// The question as it is counted on a day: the day whose law applies, if one is set.
    ///
    /// # Errors
    /// [`DbError::Data`] for a day that is none.
    pub fn asked(&self, on: &Day) -> Result<Question, DbError> {
        let on = self.law_day.as_ref().unwrap_or(on);
        let on = on.as_str().parse().map_err(|e| DbError::Data(format!("rounds: {e}")))?;
        let buildings = (!self.buildings.is_empty()).then(|| self.buildings.clone());
        Ok(Question { item: self.item, on, buildings })
    }

    /// The rule by which it is counted: of the day whose law applies, before the close that of the last day of the vote. None
    /// where the rule set says nothing of that day.
    ///
    /// # Errors
    /// As [`Round::rule_set`].
    pub fn rule(&self, today: &Day) -> Result<Option<consent::rules::Rule>, DbError> {
        let on = self.days.closed.as_ref().or(self.closes.day.as_ref()).unwrap_or(today);
        let (question, rules) = (self.asked(on)?, self.rule_set()?);
        Ok(rules.on(question.on).and_then(|period| period.rule(question.item)).cloned())
    }

    /// The ways of casting that the rules admit on a day; none where they say nothing about it.
    ///
    /// # Errors
    /// As [`Round::rule_set`].
    pub fn channels(&self, today: &Day) -> Result<BTreeSet<consent::Channel>, DbError> {
        let question = self.asked(self.days.closed.as_ref().unwrap_or(today))?;
        let rules = self.rule_set()?;
        Ok(rules.on(question.on).map(|period| period.channels.iter().copied().collect()).unwrap_or_default())
    }
}

/// A rule set by its name, or from a text of its own.
pub(crate) fn rule_set(name: &str, text: &str) -> Result<Rules, String> {
    if name == OWN_RULES {
        return Rules::parse(text).map_err(|error| error.to_string());
    }
    Rules::builtin(name).ok_or_else(|| format!("no set is called {name}"))
}

pub(crate) fn not_found() -> Refusal {
    Refusal::new(Kind::NotFound, "round-not-found")
}

pub(crate) fn meanwhile() -> Refusal {
    Refusal::new(Kind::Conflict, "changed-meanwhile")
}

//! A template: how a programme runs its seasons, as data. A new programme is a new file and needs no code.
//!
//! Templates come with the program (`areas/programmes/templates/*.toml`) or are adopted by an installation
//! ([`adopt`]). A season keeps a copy of its template as it was on the day it was opened, so that a template that is
//! changed later changes no running season.

pub mod adopt;
mod assessment;
mod award;
mod bundled;
mod check;
pub mod funds;
pub mod queries;
pub mod store;
pub mod web;

use kernel::Fen;
use serde::{Deserialize, Serialize};
use ui::Locale;

pub use assessment::Assessment;
pub use award::{AwardTerm, Decides};
pub use bundled::{bundled, bundled_all};
pub use check::{MAX_BYTES, read};
pub use funds::{Condition, Funds};

use crate::Stage;

/// A text in the four languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Names {
    /// Simplified Chinese.
    pub zh_hans: String,
    /// Traditional Chinese.
    pub zh_hant: String,
    /// English.
    pub en: String,
    /// Korean.
    pub ko: String,
}

impl Names {
    /// The text in a language.
    pub fn of(&self, locale: Locale) -> &str {
        match locale {
            Locale::ZhHans => &self.zh_hans,
            Locale::ZhHant => &self.zh_hant,
            Locale::En => &self.en,
            Locale::Ko => &self.ko,
        }
    }
}

/// How a programme runs its seasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Template {
    /// A word of letters and dashes, 1 to 40: what a season and an address call it.
    pub key: String,
    /// Counts up with every change.
    pub version: u32,
    /// The programme's name.
    pub name: Names,
    /// What it is for, in a sentence or two.
    pub about: Names,
    /// Its stages in order, at least one.
    pub stages: Vec<StageLength>,
    /// The fields an idea belongs to; none means that ideas have no field.
    #[serde(default)]
    pub fields: Vec<Term>,
    /// The groups that projects work in; may be none.
    #[serde(default)]
    pub groups: Vec<Term>,
    /// Classes of grants, the largest first; none means one class with the budget's cap.
    #[serde(default)]
    pub tiers: Vec<Tier>,
    /// How ideas are taken.
    #[serde(default)]
    pub ideas: Ideas,
    /// What a good proposal answers; coaches go through these.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// What a proposal's form asks, in order, beside title, place, field, tier and budget.
    #[serde(default)]
    pub form: Vec<Entry>,
    /// What a proposal may spend money on.
    #[serde(default)]
    pub budget: Budget,
    /// How a panel scores; absent means no review.
    #[serde(default)]
    pub review: Option<Review>,
    /// How residents vote; absent means no vote.
    #[serde(default)]
    pub vote: Option<Vote>,
    /// How review and vote give the list.
    pub combine: Combine,
    /// How many may be approved; the budget bounds it in any case.
    #[serde(default)]
    pub places: Option<u32>,
    /// The notice before approval; absent means that the verdict approves at once.
    #[serde(default)]
    pub notice: Option<Notice>,
    /// How projects are assessed halfway; absent means [`Assessment::usual`].
    #[serde(default)]
    pub midterm: Option<Assessment>,
    /// What a project must have reached to be proposed for the next larger class; absent means that none is.
    #[serde(default)]
    pub promotion: Option<Promotion>,
    /// What awards are given for at the end, and who decides on each; may be none.
    #[serde(default)]
    pub awards: Vec<AwardTerm>,
    /// How money is paid out and accounted for; absent means that the program keeps no accounts of it.
    #[serde(default)]
    pub funds: Option<Funds>,
}

/// A stage and how long it is planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageLength {
    /// The stage.
    pub stage: Stage,
    /// Calendar days, 1 to 366.
    pub days: u32,
}

/// A word with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// A word of letters and dashes, 1 to 40.
    pub key: String,
    /// Its names.
    pub name: Names,
}

/// What a project must have reached, beside an accepted closing, to be proposed for the next larger class of grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Promotion {
    /// Points of the assessment halfway, of 100.
    pub points: u32,
    /// Activities, 1 to 1,000.
    pub activities: u32,
    /// How many of a hundred of those served are content.
    pub content: u32,
    /// How many must have answered for that, 5 to 1,000.
    pub answers: u32,
}

/// A class of grants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// A word of letters and dashes, 1 to 40.
    pub key: String,
    /// Its names.
    pub name: Names,
    /// The largest grant, in the smallest unit.
    #[schema(value_type = i64)]
    pub cap: Fen,
    /// How many may be approved in this class; absent means no bound of its own.
    #[serde(default)]
    pub places: Option<u32>,
}

/// When an idea is seen by everybody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Moderation {
    /// The office looks at it first (先审后发).
    Before,
    /// At once; the office may hide it with a reason (先发后审).
    #[default]
    After,
}

/// How ideas are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ideas {
    /// When they are seen.
    pub moderation: Moderation,
    /// Workdays within which each gets an answer with a reason, 1 to 120.
    pub answer_workdays: u32,
    /// Ideas of one person in a season at most, 1 to 100.
    pub per_person: u32,
}

impl Default for Ideas {
    fn default() -> Self {
        Ideas { moderation: Moderation::After, answer_workdays: 15, per_person: 10 }
    }
}

/// A question that a good proposal answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = TemplateQuestion)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// A word of letters and dashes, 1 to 40.
    pub key: String,
    /// The question's name, such as 有目标.
    pub name: Names,
    /// What to look for.
    pub hint: Names,
}

/// What kind of answer a proposal's field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// One line.
    Line,
    /// Several paragraphs.
    Prose,
    /// A whole number from 0.
    Number,
}

/// A field of the proposal's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// A word of letters and dashes, 1 to 40.
    pub key: String,
    /// Its label.
    pub name: Names,
    /// What to write, in a sentence.
    pub hint: Names,
    /// What kind of answer.
    pub kind: EntryKind,
    /// Characters at most (the largest number for [`EntryKind::Number`]).
    pub most: u32,
    /// Whether a proposal cannot be submitted without it.
    #[serde(default)]
    pub required: bool,
}

/// What a budget line pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pays {
    /// Things and services that are used up.
    Use,
    /// Volunteers: refunds of transport, meals and telephone only, never pay (Regulations on Volunteer Service,
    /// article 2).
    Volunteers,
    /// Things that last: bounded for each piece.
    Assets,
    /// Employees of the applicant.
    Staff,
}

/// A kind of budget line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LineKind {
    /// A word of letters and dashes, 1 to 40.
    pub key: String,
    /// Its names.
    pub name: Names,
    /// What it pays.
    pub pays: Pays,
    /// All lines of this kind together at most this share of the grant, as a fraction.
    #[serde(default)]
    pub share: Option<(u32, u32)>,
}

/// What a proposal may spend money on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Budget {
    /// The kinds of lines.
    #[serde(default)]
    pub lines: Vec<LineKind>,
    /// A piece of [`Pays::Assets`] costs at most this, in the smallest unit; absent means that none are paid.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub asset_limit: Option<Fen>,
    /// One person-time of [`Pays::Volunteers`] at most this, in the smallest unit; absent means 0.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub volunteer_limit: Option<Fen>,
    /// The grant at most, in the smallest unit, where no tier says so.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub cap: Option<Fen>,
    /// The grant at most this share of the whole budget with co-funding, as a fraction.
    #[serde(default)]
    pub grant_share: Option<(u32, u32)>,
}

/// How a panel scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Review {
    /// What is scored; the weights add up to 100.
    pub criteria: Vec<Criterion>,
    /// Score sheets a proposal needs at least.
    pub reviewers: u32,
    /// From this many sheets on the highest and the lowest total are dropped; at least 3.
    pub drop_from: u32,
    /// Points of 100 below which a proposal is not approved.
    #[serde(default)]
    pub pass: Option<u32>,
    /// What breaks a tie, in order; the last resort is the lower number.
    #[serde(default)]
    pub ties: Vec<Tie>,
    /// How many stand on the reserve list.
    #[serde(default)]
    pub reserve: u32,
}

/// Something that is scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Criterion {
    /// A word of letters and dashes, 1 to 40.
    pub key: String,
    /// Its names.
    pub name: Names,
    /// What to look for.
    pub hint: Names,
    /// Its share of 100.
    pub weight: u32,
    /// The highest score, 1 to 100; the lowest is 0.
    pub most: u32,
}

/// What breaks a tie of totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// The higher mean of this criterion.
    Criterion(String),
    /// More supporters in the residents' vote.
    Supporters,
    /// The lower cost.
    LowerCost,
}

/// How residents vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Vote {
    /// The rule of the count, by the name that `tally` gives it.
    pub rule: String,
    /// The step of the rule's increment as a share of the budget per thousand; absent means one whole unit.
    #[serde(default)]
    pub increment_permille: Option<u32>,
    /// Projects a ballot may name.
    pub max_choices: u32,
    /// The vote is told and decides nothing.
    #[serde(default)]
    pub advisory: bool,
}

/// How review and vote give the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Combine {
    /// By the panel's points; a vote, if there is one, is advisory.
    ReviewOnly,
    /// By the count of the vote.
    VoteOnly,
    /// Who reaches the panel's pass mark is put to the vote, which decides.
    ReviewThenVote,
    /// By the weighted sum of the ranks in both, the lowest first; weights are whole numbers.
    WeightedRanks {
        /// Weight of the panel's rank.
        review: u32,
        /// Weight of the vote's rank.
        vote: u32,
    },
}

impl Combine {
    /// The word of the message keys (`template-…`).
    pub fn word(self) -> &'static str {
        match self {
            Combine::ReviewOnly => "review-only",
            Combine::VoteOnly => "vote-only",
            Combine::ReviewThenVote => "review-then-vote",
            Combine::WeightedRanks { .. } => "weighted-ranks",
        }
    }
}

/// The notice before approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The kind of notice, which says how long it hangs at least (`matters::notice::KINDS`).
    pub kind: String,
}

/// What has a key and names.
pub trait Named {
    /// Its key and its names.
    fn named(&self) -> (&str, &Names);
}

impl Named for Term {
    fn named(&self) -> (&str, &Names) {
        (&self.key, &self.name)
    }
}

/// The name of a key in a list of terms; the key itself where the list has it no more.
pub fn name_of<'a>(terms: &'a [impl Named], key: &'a str, locale: Locale) -> &'a str {
    let found = terms.iter().map(Named::named).find(|(known, _)| *known == key);
    found.map_or(key, |(_, name)| name.of(locale))
}

impl Template {
    /// How projects are assessed halfway.
    pub fn assessment(&self) -> &Assessment {
        match &self.midterm {
            Some(midterm) => midterm,
            None => Assessment::usual(),
        }
    }

    /// What an award is given for.
    pub fn award(&self, key: &str) -> Option<&AwardTerm> {
        self.awards.iter().find(|term| term.key == key)
    }

    /// Whether it has a stage.
    pub fn has(&self, stage: Stage) -> bool {
        self.stages.iter().any(|planned| planned.stage == stage)
    }

    /// Whether the verdict of the vote decides alone.
    pub fn is_plain_vote(&self) -> bool {
        self.combine == Combine::VoteOnly && self.notice.is_none()
    }

    /// Whether the vote, if there is one, is told and decides nothing.
    pub fn is_advisory(&self) -> bool {
        self.combine == Combine::ReviewOnly || self.vote.as_ref().is_some_and(|vote| vote.advisory)
    }

    /// The largest grant in a class; none where nothing bounds it.
    pub fn cap(&self, tier: &str) -> Option<Fen> {
        self.tiers.iter().find(|t| t.key == tier).map(|t| t.cap).or(self.budget.cap)
    }
}

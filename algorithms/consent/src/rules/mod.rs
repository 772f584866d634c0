//! Rules as data: for each day and item the two gates, with their source. A set is a TOML file; see the crate's page.

mod file;
mod item;
mod procedure;
mod threshold;

pub use file::{MAX_RULES_BYTES, RulesError};
pub use item::{Item, UnknownItem};
pub use procedure::{Committee, NOTICE_DAYS, Procedure, VoteDays};
pub use threshold::{NotAThreshold, Threshold};

use serde::{Deserialize, Serialize};

use crate::ballot::{Channel, Choice};
use crate::day::Day;
use crate::roll::Status;

/// Sets that come along: name and text.
const BUILTIN: &[(&str, &str)] = &[
    ("cn", include_str!("../../rules/cn.toml")),
    ("cn-beijing", include_str!("../../rules/cn-beijing.toml")),
    ("cn-hangzhou", include_str!("../../rules/cn-hangzhou.toml")),
];

/// The text of a set that comes along.
fn builtin_text(name: &str) -> Option<&'static str> {
    BUILTIN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A checked set of rules: periods in order that do not overlap, each with every item exactly once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "file::Written")]
pub struct Rules {
    /// The set's name.
    pub name: String,
    /// The periods, earliest first.
    pub periods: Vec<Period>,
}

/// From one change of the law to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Its first day.
    pub from: Day,
    /// Its last day; absent means in force.
    pub until: Option<Day>,
    /// Laws and interpretations it is taken from.
    pub source: String,
    /// Choices that are taking part in the vote, once cast.
    pub takes_part: Vec<Choice>,
    /// Ways of casting that count.
    pub channels: Vec<Channel>,
    /// Units of these statuses are together one head, the developer's.
    pub developer: Vec<Status>,
    /// The rules; every item belongs to exactly one.
    pub rules: Vec<Rule>,
}

/// The gates for some items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// A name that never changes its meaning.
    pub id: String,
    /// The items it is for.
    pub items: Vec<Item>,
    /// Article, paragraph, item.
    pub source: String,
    /// How many must take part, of all; absent means the law asks for none.
    pub participation: Option<Participation>,
    /// How many must agree.
    pub approval: Approval,
}

/// How many must take part, of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participation {
    /// By area.
    pub area: Threshold,
    /// By heads.
    pub heads: Threshold,
}

/// How many must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Of whom.
    pub of: Of,
    /// By area.
    pub area: Threshold,
    /// By heads.
    pub heads: Threshold,
}

/// The whole that those who agree are a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// All owners of the roll, within the scope.
    All,
    /// Those who took part.
    Participants,
}

impl Rules {
    /// A set that comes along: `cn`, `cn-beijing`, `cn-hangzhou`.
    #[must_use]
    pub fn builtin(name: &str) -> Option<Self> {
        // a test reads every one of them
        Self::parse(builtin_text(name)?).ok()
    }

    /// The names of the sets that come along.
    pub fn builtin_names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// The period that a day falls into.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<&Period> {
        self.periods.iter().find(|period| period.from <= day && period.until.is_none_or(|until| day <= until))
    }
}

impl Period {
    /// The rule for an item; a checked set has one for each.
    #[must_use]
    pub fn rule(&self, item: Item) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.items.contains(&item))
    }
}

//! The rules by name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A way of counting. Names are those of the conformance suite: the rule, then for each of its stages the gain
/// that a supporter is taken to have from a winner (`cost`: as much as it costs).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum Rule {
    /// `greedy:cost`: by number of supporters, each project that still fits the budget.
    GreedyCost,
    /// `mes:cost`: the method of equal shares.
    MesCost,
    /// `mes_add1u:cost:cost`: equal shares with budgets raised step by step, then completed greedily.
    MesAdd1uCostCost,
}

/// What a rule consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Equal shares first, if any.
    pub(crate) shares: Option<Shares>,
    /// Whether greedy completion follows (or stands alone).
    pub(crate) greedy: bool,
}

/// How equal shares chooses the voters' budgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shares {
    /// An equal share of the budget, once.
    Once,
    /// Raised by the increment until winners use the budget up or exceed it.
    Raised,
}

const TABLE: &[(Rule, &str, Plan)] = &[
    (Rule::GreedyCost, "greedy:cost", Plan { shares: None, greedy: true }),
    (Rule::MesCost, "mes:cost", Plan { shares: Some(Shares::Once), greedy: false }),
    (Rule::MesAdd1uCostCost, "mes_add1u:cost:cost", Plan { shares: Some(Shares::Raised), greedy: true }),
];

impl Rule {
    /// Every rule.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(rule, _, _)| *rule)
    }

    /// Whether the rule takes an increment.
    #[must_use]
    pub fn takes_increment(self) -> bool {
        self.plan().shares == Some(Shares::Raised)
    }

    pub(crate) fn plan(self) -> Plan {
        self.row().2
    }

    fn row(self) -> &'static (Self, &'static str, Plan) {
        match self {
            Self::GreedyCost => &TABLE[0],
            Self::MesCost => &TABLE[1],
            Self::MesAdd1uCostCost => &TABLE[2],
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.row().1)
    }
}

/// A name that is no rule's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no rule is called `{0}`: choose one of {names}", names = names())]
pub struct UnknownRule(String);

fn names() -> String {
    TABLE.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", ")
}

impl FromStr for Rule {
    type Err = UnknownRule;
    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let found = TABLE.iter().find(|(_, known, _)| *known == name);
        found.map(|(rule, _, _)| *rule).ok_or_else(|| UnknownRule(crate::money::shown(name)))
    }
}

impl TryFrom<String> for Rule {
    type Error = UnknownRule;
    fn try_from(name: String) -> Result<Self, UnknownRule> {
        name.parse()
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_rows_belong_together() {
        for (rule, name, plan) in TABLE {
            assert_eq!(rule.row().0, *rule);
            assert_eq!((rule.to_string().as_str(), name.parse::<Rule>()), (*name, Ok(*rule)));
            assert_eq!(rule.plan(), *plan);
        }
        assert_eq!(Rule::all().count(), 3);
        let message = "mes".parse::<Rule>().unwrap_err().to_string();
        assert!(message.contains("mes_add1u:cost:cost"), "{message}");
    }
}

//! The rules by name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::election::BallotKind;

/// What a supporter is taken to gain from a winner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Utility {
    /// `card`: every winner counts 1.
    Cardinality,
    /// `cost`: a winner counts as much as it costs.
    Cost,
    /// `cost-sqrt`: a winner counts the square root of its cost in units of the currency, rounded down to a multiple
    /// of 10⁻¹².
    CostSqrt,
    /// `addcard`: a winner counts the points that the voter gave to it. Ballots with points only.
    Points,
    /// `borda`: a winner counts the number of projects that the voter placed after it, so the last counts nothing and
    /// is not supported. Ordinal ballots only.
    Borda,
}

impl Utility {
    /// Every utility.
    pub const ALL: [Self; 5] = [Self::Cardinality, Self::Cost, Self::CostSqrt, Self::Points, Self::Borda];

    /// Its word in a rule's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cardinality => "card",
            Self::Cost => "cost",
            Self::CostSqrt => "cost-sqrt",
            Self::Points => "addcard",
            Self::Borda => "borda",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|utility| utility.name() == name)
    }

    /// Whether ballots of this kind tell what it needs. A project that is named on a ballot with points or ranks
    /// counts as approved where neither is asked for.
    #[must_use]
    pub const fn counts(self, kind: BallotKind) -> bool {
        match self {
            Self::Points => matches!(kind, BallotKind::Points),
            Self::Borda => matches!(kind, BallotKind::Ordinal),
            Self::Cardinality | Self::Cost | Self::CostSqrt => true,
        }
    }
}

/// A way of counting. Its name ([`fmt::Display`], [`FromStr`]) is that of the conformance suite: the family, then for
/// each of its stages the utility, or the options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum Rule {
    /// `greedy:U`: by total utility per cost, each project that still fits the budget.
    Greedy(Utility),
    /// `mes:U`, `mes_greedy:U:V`, `mes_add1:U`, `mes_add1u:U:V`: the method of equal shares.
    EqualShares {
        /// What supporters gain.
        utility: Utility,
        /// Whether voters' budgets are raised from `B/n` until nothing that someone supports fits any more (Add1).
        raised: bool,
        /// The utility of the greedy completion, if one follows.
        completion: Option<Utility>,
    },
    /// `eqs_add1[:integral][,exhaustive]`, `eqs_add1u…`: equal shares by cost as equalshares.net counts it.
    EqualSharesNet {
        /// Whether voters' budgets start at `B/n` rounded down to a whole unit of the currency.
        integral: bool,
        /// Whether raising stops as soon as no project at all fits, one without votes included.
        exhaustive: bool,
        /// Whether what is left goes by number of votes.
        completed: bool,
    },
    /// `phragmen`: sequential Phragmén; a winner's cost is a load that its supporters share evenly, and the least
    /// largest load goes first.
    Phragmen,
}

/// How equal shares chooses the voters' budgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Raise {
    /// An equal share of the budget, once.
    Once,
    /// From `B/n`, until no project that costs something and has supporters fits, or winners cost too much.
    Supported,
    /// As equalshares.net.
    Net { integral: bool, exhaustive: bool },
}

impl Rule {
    /// `greedy:cost`: most votes first.
    pub const GREEDY_COST: Self = Self::Greedy(Utility::Cost);
    /// `mes:cost`: the method of equal shares.
    pub const MES_COST: Self = Self::EqualShares { utility: Utility::Cost, raised: false, completion: None };
    /// `mes_add1u:cost:cost`: equal shares with budgets raised step by step, then completed greedily.
    pub const MES_ADD1U_COST_COST: Self =
        Self::EqualShares { utility: Utility::Cost, raised: true, completion: Some(Utility::Cost) };

    /// Every rule.
    pub fn all() -> impl Iterator<Item = Self> {
        let completions = || Utility::ALL.into_iter().map(Some).chain([None]);
        let shares = Utility::ALL.into_iter().flat_map(move |utility| {
            completions().flat_map(move |completion| {
                [false, true].map(|raised| Self::EqualShares { utility, raised, completion })
            })
        });
        let net = (0..8_u8).map(|bits| Self::EqualSharesNet {
            integral: bits & 1 > 0,
            exhaustive: bits & 2 > 0,
            completed: bits & 4 > 0,
        });
        Utility::ALL.into_iter().map(Self::Greedy).chain(shares).chain(net).chain([Self::Phragmen])
    }

    /// Whether the rule takes an increment.
    #[must_use]
    pub const fn takes_increment(self) -> bool {
        matches!(self, Self::EqualShares { raised: true, .. } | Self::EqualSharesNet { .. })
    }

    /// Whether ballots of this kind can be counted by it.
    #[must_use]
    pub fn counts(self, kind: BallotKind) -> bool {
        self.shares().is_none_or(|(utility, _)| utility.counts(kind))
            && self.greedy().is_none_or(|utility| utility.counts(kind))
    }

    /// Whether a project that wins when some voters more name it alone also wins when still more do.
    ///
    /// So it is where further votes only move a project forward in the order: greedy, and Phragmén, where the count is the
    /// same until the project is taken, which more supporters make no later. In equal shares every further voter lowers
    /// everybody's share.
    #[must_use]
    pub const fn keeps_with_more_votes(self) -> bool {
        matches!(self, Self::Greedy(_) | Self::Phragmen)
    }

    /// Whether a project that wins at a lower cost, above 0, also wins at every cost below that.
    ///
    /// So it is where the count is the same until the project is taken, which a lower cost makes no later: in all rules but
    /// those that raise budgets, where other costs end the raising elsewhere.
    #[must_use]
    pub const fn keeps_at_lower_cost(self) -> bool {
        matches!(self, Self::Greedy(_) | Self::Phragmen | Self::EqualShares { raised: false, .. })
    }

    /// The utility by which a greedy stage orders projects, alone or as completion; none where there is no such stage.
    #[must_use]
    pub const fn ordered_by(self) -> Option<Utility> {
        self.greedy()
    }

    /// Equal shares first, if any.
    pub(crate) const fn shares(self) -> Option<(Utility, Raise)> {
        match self {
            Self::Greedy(_) | Self::Phragmen => None,
            Self::EqualShares { utility, raised: false, .. } => Some((utility, Raise::Once)),
            Self::EqualShares { utility, raised: true, .. } => Some((utility, Raise::Supported)),
            Self::EqualSharesNet { integral, exhaustive, .. } => {
                Some((Utility::Cost, Raise::Net { integral, exhaustive }))
            }
        }
    }

    /// The utility of the greedy stage, alone or as completion.
    pub(crate) const fn greedy(self) -> Option<Utility> {
        match self {
            Self::Greedy(utility) => Some(utility),
            Self::EqualShares { completion, .. } => completion,
            Self::EqualSharesNet { completed: true, .. } => Some(Utility::Cost),
            Self::EqualSharesNet { .. } | Self::Phragmen => None,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match *self {
            Self::Greedy(utility) => format!("greedy:{}", utility.name()),
            Self::EqualShares { utility, raised, completion } => {
                let family = match (raised, completion) {
                    (false, None) => "mes",
                    (false, Some(_)) => "mes_greedy",
                    (true, None) => "mes_add1",
                    (true, Some(_)) => "mes_add1u",
                };
                let completion = completion.map_or(String::new(), |utility| format!(":{}", utility.name()));
                format!("{family}:{}{completion}", utility.name())
            }
            Self::EqualSharesNet { integral, exhaustive, completed } => {
                let options = match (integral, exhaustive) {
                    (false, false) => "",
                    (true, false) => ":integral",
                    (false, true) => ":exhaustive",
                    (true, true) => ":integral,exhaustive",
                };
                format!("eqs_add1{}{options}", if completed { "u" } else { "" })
            }
            Self::Phragmen => "phragmen".to_owned(),
        };
        f.pad(&name)
    }
}

/// A name that is no rule's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "no rule is called `{0}`: write greedy:U, mes:U, mes_greedy:U:U, mes_add1:U, mes_add1u:U:U (such as \
     mes_add1u:cost:cost), eqs_add1:integral,exhaustive, eqs_add1u:integral,exhaustive or phragmen, with {utilities} \
     for U",
    utilities = Utility::ALL.map(Utility::name).join(", ")
)]
pub struct UnknownRule(String);

impl FromStr for Rule {
    type Err = UnknownRule;
    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let unknown = || UnknownRule(crate::money::shown(name));
        let mut parts = name.split(':');
        let family = parts.next().unwrap_or_default();
        let (first, second) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return Err(unknown());
        }
        let utility = |part: Option<&str>| part.and_then(Utility::named).ok_or_else(unknown);
        let equal_shares = |raised, completed| {
            let completion = if completed { Some(utility(second)?) } else { None };
            let alone = completed || second.is_none();
            if alone { Ok(Self::EqualShares { utility: utility(first)?, raised, completion }) } else { Err(unknown()) }
        };
        match family {
            "greedy" if second.is_none() => utility(first).map(Self::Greedy),
            "mes" => equal_shares(false, false),
            "mes_greedy" => equal_shares(false, true),
            "mes_add1" => equal_shares(true, false),
            "mes_add1u" => equal_shares(true, true),
            "eqs_add1" | "eqs_add1u" if second.is_none() => {
                let options: Vec<&str> = first.map_or(Vec::new(), |options| options.split(',').collect());
                let (integral, exhaustive) = (options.contains(&"integral"), options.contains(&"exhaustive"));
                if options.len() != usize::from(integral) + usize::from(exhaustive) {
                    return Err(unknown());
                }
                Ok(Self::EqualSharesNet { integral, exhaustive, completed: family.ends_with('u') })
            }
            "phragmen" if first.is_none() => Ok(Self::Phragmen),
            _ => Err(unknown()),
        }
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
    fn names_come_back_and_are_different() {
        let names: std::collections::BTreeSet<String> = Rule::all().map(|rule| rule.to_string()).collect();
        assert_eq!((Rule::all().count(), names.len()), (74, 74));
        for rule in Rule::all() {
            assert_eq!(rule.to_string().parse(), Ok(rule));
        }
    }

    #[test]
    fn names_that_were_recorded_keep_their_rule() {
        let recorded = [
            ("greedy:cost", Rule::GREEDY_COST),
            ("mes:cost", Rule::MES_COST),
            ("mes_add1u:cost:cost", Rule::MES_ADD1U_COST_COST),
        ];
        for (name, rule) in recorded {
            assert_eq!((name.parse(), rule.to_string().as_str()), (Ok(rule), name));
        }
        let both = Rule::EqualSharesNet { integral: true, exhaustive: true, completed: false };
        assert_eq!("eqs_add1:exhaustive,integral".parse(), Ok(both));
        assert_eq!(both.to_string(), "eqs_add1:integral,exhaustive");
    }

    #[test]
    fn other_names_are_refused_with_what_can_be_written() {
        for name in [
            "",
            "mes",
            "mes:",
            "mes:cost:cost",
            "mes_greedy:cost",
            "greedy",
            "greedy:cost:cost",
            "mes:Cost",
            "mes:cost ",
            "mes_add1u:cost:cost:cost",
            "phragmen:cost",
            "phragmen:",
            "eqs_add1:",
            "eqs_add1:integral,integral",
            "eqs_add1:integral,",
            "eqs_add1:cost",
            "eqs:integral",
        ] {
            let message = name.parse::<Rule>().unwrap_err().to_string();
            assert!(message.contains("mes_add1u:cost:cost") && message.contains("borda"), "{name}: {message}");
        }
    }

    #[test]
    fn a_rule_says_which_ballots_it_counts() {
        let counts = |name: &str| {
            let rule: Rule = name.parse().unwrap();
            [BallotKind::Approval, BallotKind::Ordinal, BallotKind::Points].map(|kind| rule.counts(kind))
        };
        assert_eq!(counts("mes:cost"), [true; 3]);
        assert_eq!(counts("phragmen"), [true; 3]);
        assert_eq!(counts("mes:borda"), [false, true, false]);
        assert_eq!(counts("mes_greedy:cost:addcard"), [false, false, true]);
        assert_eq!(counts("mes_greedy:borda:addcard"), [false; 3]);
    }
}

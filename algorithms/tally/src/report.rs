//! An outcome with names and amounts as they are written, to be printed as JSON; and what stands behind it, project by
//! project.

use serde::Serialize;

use crate::count::profile;
use crate::election::{BallotKind, Election};
use crate::explain::Explanation;
use crate::outcome::{Loss, Outcome, Phase, Ratio, Reason, Step, Stop};
use crate::profile::{scores, unit_of_points};
use crate::rule::Rule;
use crate::shares::moneys;

/// An [`Outcome`] in the words of its file: projects by id, amounts in units of the currency as decimal text. Fractions
/// ([`Ratio`]) in `steps` and `endowment`, and numbers inside a `reason`, are in scaled units as in the outcome; those in
/// `explain` are in units of the currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "told at the fields of the same names of `Outcome`, `Step`, `Loss` and `Shortfall`")]
pub struct Report<'a> {
    pub rule: Rule,
    pub increment: Option<String>,
    /// Number of ballots, empty ones included.
    pub ballots: u32,
    pub budget: String,
    pub winners: Vec<&'a str>,
    pub total_cost: String,
    pub runs: u64,
    pub endowment: Option<&'a Ratio>,
    /// Fraction digits of all amounts.
    pub scale_digits: u8,
    pub stop: Stop,
    pub steps: Vec<ReportStep<'a>>,
    pub losses: Vec<ReportLoss<'a>>,
    /// One entry for each project: winners in order, then the others by support.
    pub explain: Vec<Account<'a>>,
    /// What would have made one project win, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_if: Option<WhatIf<'a>>,
}

/// See [`Step`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "told at the fields of the same names of `Step`")]
pub struct ReportStep<'a> {
    pub project: &'a str,
    pub cost: String,
    pub supporters: u32,
    pub phase: Phase,
    pub left: String,
    pub price: Option<&'a Ratio>,
    pub full_payers: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load: Option<&'a Ratio>,
}

/// See [`Loss`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "told at the fields of the same names of `Loss`")]
pub struct ReportLoss<'a> {
    pub project: &'a str,
    pub cost: String,
    pub supporters: u32,
    pub reason: Reason,
    pub shortfall: Option<ReportShortfall<'a>>,
}

/// See [`crate::Shortfall`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "told at the fields of the same names of `Shortfall`")]
pub struct ReportShortfall<'a> {
    pub needed: String,
    pub given: String,
    pub had: String,
    pub after: usize,
    pub spent: Vec<ReportSpent<'a>>,
}

/// See [`crate::Spent`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "told at the fields of the same names of `Spent`")]
pub struct ReportSpent<'a> {
    pub project: &'a str,
    pub amount: String,
}

/// What a count can say about one project, so that its win or loss can be checked with pencil and paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account<'a> {
    /// Its id.
    pub project: &'a str,
    /// Its cost.
    pub cost: String,
    /// Whether it won.
    pub won: bool,
    /// Voters who support it.
    pub supporters: u32,
    /// All points, or places above others, that it was given, where ballots have them; up to three fraction digits.
    pub points: Option<String>,
    /// In equal shares: what its supporters had together before the first winner of that stage was chosen and after each,
    /// rounded down. Empty in other rules.
    pub money: Vec<String>,
    /// If it won by equal shares: the most that one supporter paid (for one point or place, where they count), in units of
    /// the currency.
    pub price: Option<Ratio>,
    /// If it won by Phragmén's rule: the load of each supporter after it, in units of the currency.
    pub load: Option<Ratio>,
    /// If it won: which choice it was, from 1.
    pub step: Option<usize>,
    /// If it won: the part of the rule that chose it.
    pub phase: Option<Phase>,
    /// If it lost: why.
    pub reason: Option<Reason>,
}

/// See [`Explanation`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "told at the fields of the same names of `Explanation`")]
pub struct WhatIf<'a> {
    pub project: &'a str,
    pub extra_supporters: Option<u32>,
    pub fewest: bool,
    pub lower_cost: Option<String>,
    pub at_most: bool,
    pub out_of_effort: bool,
}

/// Tells an outcome of this election. Equal shares is run once more, with the accepted budget, for what supporters had.
#[must_use]
pub fn report<'a>(election: &'a Election, outcome: &'a Outcome) -> Report<'a> {
    let tell = Tell { election };
    let losses = outcome.losses.iter().map(|loss| tell.loss(loss));
    Report {
        rule: outcome.rule,
        increment: outcome.increment.map(|increment| tell.amount(increment)),
        ballots: election.n_ballots(),
        budget: tell.amount(election.budget()),
        winners: outcome.winners.iter().map(|project| tell.id(*project)).collect(),
        total_cost: tell.amount(outcome.total_cost),
        runs: outcome.runs,
        endowment: outcome.endowment.as_ref(),
        scale_digits: election.scale().digits(),
        stop: outcome.stop,
        steps: outcome.steps.iter().map(|step| tell.step(step)).collect(),
        losses: losses.collect(),
        explain: tell.accounts(outcome),
        what_if: None,
    }
}

impl<'a> Report<'a> {
    /// Adds what would have made a project win.
    #[must_use]
    pub fn with_what_if(mut self, election: &'a Election, found: &Explanation) -> Self {
        let tell = Tell { election };
        self.what_if = Some(WhatIf {
            project: tell.id(found.project),
            extra_supporters: found.extra_supporters,
            fewest: found.fewest,
            lower_cost: found.lower_cost.map(|cost| tell.amount(cost)),
            at_most: found.at_most,
            out_of_effort: found.out_of_effort,
        });
        self
    }
}

#[derive(Clone, Copy)]
struct Tell<'a> {
    election: &'a Election,
}

impl<'a> Tell<'a> {
    fn id(self, project: usize) -> &'a str {
        self.election.projects().get(project).map_or("", |project| project.id.as_str())
    }

    fn amount(self, scaled: i64) -> String {
        self.election.scale().shortest(scaled)
    }

    fn step(self, step: &'a Step) -> ReportStep<'a> {
        ReportStep {
            project: self.id(step.project),
            cost: self.amount(step.cost),
            supporters: step.supporters,
            phase: step.phase,
            left: self.amount(step.left),
            price: step.price.as_ref(),
            full_payers: step.full_payers,
            load: step.load.as_ref(),
        }
    }

    fn loss(self, loss: &Loss) -> ReportLoss<'a> {
        let spent =
            |spent: &crate::Spent| ReportSpent { project: self.id(spent.winner), amount: self.amount(spent.amount) };
        let shortfall = loss.shortfall.as_ref().map(|short| ReportShortfall {
            needed: self.amount(short.needed),
            given: self.amount(short.given),
            had: self.amount(short.had),
            after: short.after,
            spent: short.spent.iter().map(spent).collect(),
        });
        ReportLoss {
            project: self.id(loss.project),
            cost: self.amount(loss.cost),
            supporters: loss.supporters,
            reason: loss.reason,
            shortfall,
        }
    }

    fn accounts(self, outcome: &Outcome) -> Vec<Account<'a>> {
        let election = self.election;
        let endowment = outcome.accepted_endowment.as_ref();
        let profile = endowment.and_then(|endowment| Some((profile(election, outcome.rule)?.0, endowment)));
        let moneys = profile.and_then(|(profile, endowment)| moneys(&profile, endowment)).unwrap_or_default();
        let scores = (election.kind() != BallotKind::Approval).then(|| scores(election));
        let account = |project: usize, supporters: u32| Account {
            project: self.id(project),
            cost: election.projects().get(project).map_or_else(String::new, |project| self.amount(project.cost)),
            won: false,
            supporters,
            points: scores.as_ref().and_then(|scores| scores.get(project)).map(|score| points(election.kind(), *score)),
            money: moneys.get(project).into_iter().flatten().map(|amount| self.amount(*amount)).collect(),
            price: None,
            load: None,
            step: None,
            phase: None,
            reason: None,
        };
        let units = |ratio: &Option<Ratio>| ratio.as_ref().map(|ratio| ratio.in_units(election.scale()));
        let won = outcome.steps.iter().enumerate().map(|(place, step)| Account {
            won: true,
            price: units(&step.price),
            load: units(&step.load),
            step: Some(place + 1),
            phase: Some(step.phase),
            ..account(step.project, step.supporters)
        });
        let mut losses: Vec<&Loss> = outcome.losses.iter().collect();
        losses.sort_by_key(|loss| (std::cmp::Reverse(loss.supporters), loss.project));
        let lost = losses.into_iter();
        won.chain(lost.map(|loss| Account { reason: Some(loss.reason), ..account(loss.project, loss.supporters) }))
            .collect()
    }
}

/// Points as decimal text without needless zeros.
fn points(kind: BallotKind, score: i64) -> String {
    let unit = unit_of_points(kind).unsigned_abs();
    let sign = if score < 0 { "-" } else { "" };
    let (whole, fraction) = (score.unsigned_abs() / unit, score.unsigned_abs() % unit);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let fraction = format!("{fraction:03}");
    format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_written_as_short_as_they_are() {
        let texts = [0, 12_000, 1_500, -1_250, 1].map(|score| points(BallotKind::Points, score));
        assert_eq!(texts, ["0", "12", "1.5", "-1.25", "0.001"]);
        assert_eq!(points(BallotKind::Ordinal, 17), "17");
    }
}

//! A count in the words of the pages, for the command line.

use std::io::Write;

use tally::{Account, Election, Explanation, Outcome, Phase, Reason, Report};
use ui::{Money, Words, words::key_of};

/// Tells a count in one language.
pub struct Teller<'a> {
    /// The language.
    pub words: Words,
    /// What was counted.
    pub election: &'a Election,
    /// What came out.
    pub outcome: &'a Outcome,
    /// Code of the currency; may be empty.
    pub currency: &'a str,
}

impl Teller<'_> {
    /// The rule, how the count ended, then each project with its sentences.
    ///
    /// # Errors
    /// When the output fails.
    pub fn print(&self, what_if: Option<&Explanation>, out: &mut impl Write) -> std::io::Result<()> {
        for line in self.rule() {
            writeln!(out, "{line}")?;
        }
        let report = tally::report(self.election, self.outcome);
        for (account, sentences) in report.explain.iter().zip(self.by_project(&report, what_if)) {
            writeln!(out, "\n{}", account.project)?;
            for sentence in sentences {
                writeln!(out, "  {sentence}")?;
            }
        }
        Ok(())
    }

    /// For each entry of the report's `explain` its sentences.
    pub fn by_project(&self, report: &Report<'_>, what_if: Option<&Explanation>) -> Vec<Vec<String>> {
        let asked = |account: &Account<'_>| {
            what_if.filter(|found| self.election.projects()[found.project].id == account.project)
        };
        report.explain.iter().map(|account| self.project(account, asked(account))).collect()
    }

    fn amount(&self, scaled: i64) -> String {
        Money::new(scaled, self.currency, self.election.scale().digits()).exact(self.words.locale()).trim().to_owned()
    }

    fn rule(&self) -> Vec<String> {
        let (w, outcome) = (self.words, self.outcome);
        let name = outcome.rule.to_string();
        let key = key_of("rule", &name);
        let mut lines = vec![w.t_with("tally-rule", &[("rule", name.as_str().into())])];
        if w.has(&key) {
            lines.push(w.t(&key).to_owned());
            lines.push(w.t(&format!("{key}-plain")).to_owned());
        }
        let n = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let (budget, spent) = (self.amount(self.election.budget()), self.amount(outcome.total_cost));
        let args = [
            ("winners", n(outcome.winners.len()).into()),
            ("projects", n(self.election.projects().len()).into()),
            ("budget", (&budget).into()),
            ("spent", (&spent).into()),
        ];
        lines.push(w.t_with("result-summary", &args));
        lines.push(w.n("turnout-ballots", self.election.n_ballots()));
        let stop = serde_json::to_value(outcome.stop).unwrap_or_default();
        lines.push(w.t(&key_of("stop", stop.as_str().unwrap_or_default())).to_owned());
        if let Some(each) = outcome.accepted_endowment.as_ref().and_then(tally::Ratio::floor) {
            lines.push(w.t_with("share-each", &[("amount", (&self.amount(each)).into())]));
        }
        lines
    }

    fn project(&self, account: &Account<'_>, what_if: Option<&Explanation>) -> Vec<String> {
        let w = self.words;
        let mut lines = vec![w.n("result-supporters", account.supporters)];
        if let Some(points) = &account.points {
            lines.push(w.t_with("tally-points", &[("points", points.into())]));
        }
        match account.step {
            Some(step) => self.won(account, step, &mut lines),
            None => self.lost(account, &mut lines),
        }
        if !account.money.is_empty() {
            let list = account.money.join(" → ");
            lines.push(w.t_with("tally-money", &[("list", (&list).into())]));
        }
        if let Some(found) = what_if {
            lines.push(self.what_if(found));
        }
        lines
    }

    fn won(&self, account: &Account<'_>, step: usize, lines: &mut Vec<String>) {
        let (w, taken) = (self.words, &self.outcome.steps[step - 1]);
        let n = i64::try_from(step).unwrap_or(i64::MAX);
        let left = self.amount(taken.left);
        lines.push(w.t_with("result-step-left", &[("n", n.into()), ("left", (&left).into())]));
        let phase = match taken.phase {
            Phase::Greedy => "phase-greedy",
            Phase::EqualShares => "phase-equal-shares",
            Phase::Completion => "phase-completion",
            Phase::Phragmen => "phase-phragmen",
        };
        lines.push(w.t_with("phase-line", &[("phase", w.t(phase).into())]));
        if let Some(price) = taken.price.as_ref().and_then(tally::Ratio::ceil) {
            let key = if account.points.is_some() { "tally-price-point" } else { "step-price" };
            lines.push(w.t_with(key, &[("price", (&self.amount(price)).into())]));
        }
        if let Some(load) = taken.load.as_ref().and_then(tally::Ratio::ceil) {
            lines.push(w.t_with("tally-load", &[("load", (&self.amount(load)).into())]));
        }
    }

    fn lost(&self, account: &Account<'_>, lines: &mut Vec<String>) {
        let w = self.words;
        let Some(loss) = self.outcome.losses.iter().find(|l| self.election.projects()[l.project].id == account.project)
        else {
            return;
        };
        let cost = self.amount(loss.cost);
        let missing = |had: i64| self.amount(loss.cost.saturating_sub(had));
        lines.push(match (loss.reason, &loss.shortfall) {
            (Reason::CostsMoreThanBudget, _) => {
                let budget = self.amount(self.election.budget());
                w.t_with("lost-over-budget", &[("cost", (&cost).into()), ("budget", (&budget).into())])
            }
            (Reason::NoSupporters, _) => w.t("lost-no-supporters").to_owned(),
            (Reason::CostsNothing, _) => w.t("lost-costs-nothing").to_owned(),
            (Reason::TurnNotReached { left, .. }, _) => {
                let left = self.amount(left);
                w.t_with("lost-turn-not-reached", &[("left", (&left).into()), ("cost", (&cost).into())])
            }
            (Reason::DoesNotFit { left, .. }, _) => {
                let (left, missing) = (self.amount(left), missing(left));
                let args = [("left", (&left).into()), ("cost", (&cost).into()), ("missing", (&missing).into())];
                w.t_with("lost-does-not-fit", &args)
            }
            (Reason::SupportersShort, Some(short)) => {
                let (had, missing) = (self.amount(short.had), missing(short.had));
                let args = [("had", (&had).into()), ("cost", (&cost).into()), ("missing", (&missing).into())];
                w.t_with("lost-supporters-short", &args)
            }
            (Reason::SupportersShort, None) => w.t("lost-shares-short").to_owned(),
        });
        for spent in loss.shortfall.iter().flat_map(|short| &short.spent) {
            let (amount, project) = (self.amount(spent.amount), &self.election.projects()[spent.winner].id);
            lines.push(w.t_with("lost-spent", &[("amount", (&amount).into()), ("project", project.into())]));
        }
    }

    fn what_if(&self, found: &Explanation) -> String {
        let w = self.words;
        let cost = found.lower_cost.map(|cost| self.amount(cost));
        match (found.extra_supporters, &cost) {
            (Some(n), Some(cost)) => w.t_with("whatif-both", &[("n", n.into()), ("cost", cost.into())]),
            (Some(n), None) => w.n("whatif-supporters", n),
            (None, Some(cost)) => w.t_with("whatif-cost", &[("cost", cost.into())]),
            (None, None) => w.t("tally-whatif-none").to_owned(),
        }
    }
}

//! A count in the words of the pages, for the command line.

use std::io::Write;

use tally::{Account, Election, Explanation, Outcome, Phase, Ratio, Reason, Report, Rule, Shortfall, Utility};
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
    /// Fraction digits of the file; the election may have more.
    pub digits: u8,
    /// The name of each project, as far as the file has names; empty where it has not.
    pub names: Vec<&'a str>,
}

/// Fraction digits with which shares of money are told at least: a share of 4 and a payment of 5 of it would not agree.
const DIGITS: u8 = 2;

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
            writeln!(out, "\n{}", self.label(account.project))?;
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

    /// An amount with the digits of the file, or as many more as it has itself.
    fn amount(&self, scaled: i64) -> String {
        let (mut amount, mut digits) = (scaled, self.election.scale().digits());
        while digits > self.digits && amount % 10 == 0 {
            (amount, digits) = (amount / 10, digits - 1);
        }
        Money::new(amount, self.currency, digits).exact(self.words.locale()).trim().to_owned()
    }

    /// A fraction of the money, rounded half up: what is paid out of a share then never looks larger than the share.
    fn part(&self, ratio: &Ratio) -> Option<String> {
        if ratio.is_whole() {
            return ratio.floor().map(|whole| self.amount(whole));
        }
        let digits = self.election.scale().digits();
        let more = DIGITS.saturating_sub(digits);
        let money = Money::new(ratio.rounded(more)?, self.currency, digits + more);
        Some(money.exact(self.words.locale()).trim().to_owned())
    }

    /// The id of a project, with its name where the file has another.
    fn label(&self, id: &str) -> String {
        let place = self.election.projects().iter().position(|project| project.id == id);
        let name = place.and_then(|place| self.names.get(place)).copied().unwrap_or_default();
        if name.is_empty() || name == id { id.to_owned() } else { format!("{id} · {name}") }
    }

    /// By what a greedy stage goes, where the rule has one and no words of its own.
    fn order(&self) -> Option<&'static str> {
        let rule = self.outcome.rule;
        let stage = if matches!(rule, Rule::Greedy(_)) { "tally-order" } else { "tally-fill" };
        rule.ordered_by().map(|utility| self.words.t(&key_of(stage, utility.name())))
    }

    fn rule(&self) -> Vec<String> {
        let (w, outcome) = (self.words, self.outcome);
        let name = outcome.rule.to_string();
        let key = key_of("rule", &name);
        let mut lines = vec![w.t_with("tally-rule", &[("rule", name.as_str().into())])];
        if w.has(&key) {
            lines.push(w.t(&key).to_owned());
            lines.push(w.t(&format!("{key}-plain")).to_owned());
        } else {
            lines.extend(self.order().map(str::to_owned));
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
        if let Some(each) = outcome.accepted_endowment.as_ref().and_then(|each| self.part(each)) {
            lines.push(w.t_with("share-each", &[("amount", (&each).into())]));
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
            Some(step) => self.won(step, &mut lines),
            None => self.lost(account, &mut lines),
        }
        if !account.money.is_empty() {
            let list = account.money.join(" → ");
            lines.push(w.t_with("tally-money", &[("list", (&list).into())]));
        }
        if let Some(found) = what_if {
            self.what_if(found, &mut lines);
        }
        lines
    }

    fn won(&self, step: usize, lines: &mut Vec<String>) {
        let (w, taken) = (self.words, &self.outcome.steps[step - 1]);
        let n = i64::try_from(step).unwrap_or(i64::MAX);
        let left = self.amount(taken.left);
        lines.push(w.t_with("result-step-left", &[("n", n.into()), ("left", (&left).into())]));
        let phase = match taken.phase {
            Phase::Greedy => self.phase_greedy(),
            Phase::EqualShares => "phase-equal-shares",
            Phase::Completion => "phase-completion",
            Phase::Phragmen => "phase-phragmen",
        };
        lines.push(w.t_with("phase-line", &[("phase", w.t(phase).into())]));
        if let Some(price) = taken.price.as_ref().and_then(|price| self.part(price)) {
            let key = if self.by_points() { "tally-price-point" } else { "step-price" };
            lines.push(w.t_with(key, &[("price", (&price).into())]));
        }
        if let Some(load) = taken.load.as_ref().and_then(|load| self.part(load)) {
            lines.push(w.t_with("tally-load", &[("load", (&load).into())]));
        }
    }

    fn phase_greedy(&self) -> &'static str {
        match self.outcome.rule.ordered_by() {
            None | Some(Utility::Cost) => "phase-greedy",
            Some(Utility::Cardinality) => "phase-greedy-card",
            Some(Utility::CostSqrt) => "phase-greedy-cost-sqrt",
            Some(Utility::Points) => "phase-greedy-addcard",
            Some(Utility::Borda) => "phase-greedy-borda",
        }
    }

    fn lost(&self, account: &Account<'_>, lines: &mut Vec<String>) {
        let w = self.words;
        let Some(loss) = self.outcome.losses.iter().find(|l| self.election.projects()[l.project].id == account.project)
        else {
            return;
        };
        let cost = self.amount(loss.cost);
        let sentence = match (loss.reason, &loss.shortfall) {
            (Reason::CostsMoreThanBudget, _) => {
                let budget = self.amount(self.election.budget());
                w.t_with("lost-over-budget", &[("cost", (&cost).into()), ("budget", (&budget).into())])
            }
            (Reason::NoSupporters, _) => w.t("lost-no-supporters").to_owned(),
            (Reason::CostsNothing, _) => w.t("lost-costs-nothing").to_owned(),
            (Reason::TurnNotReached { left, .. }, _) => {
                let left = self.amount(left);
                let key = if loss.supporters == 0 { "lost-turn-last" } else { "lost-turn-not-reached" };
                w.t_with(key, &[("left", (&left).into()), ("cost", (&cost).into())])
            }
            (reason @ (Reason::DoesNotFit { .. } | Reason::SupportersShort), Some(short)) => {
                self.short(short, lines);
                let Reason::DoesNotFit { left, .. } = reason else { return };
                w.t_with("lost-second-chance", &[("left", (&self.amount(left)).into())])
            }
            (Reason::DoesNotFit { left, .. }, None) => {
                let (left, missing) = (self.amount(left), self.amount(loss.cost.saturating_sub(left)));
                let args = [("left", (&left).into()), ("cost", (&cost).into()), ("missing", (&missing).into())];
                w.t_with("lost-does-not-fit", &args)
            }
            (Reason::SupportersShort, None) => w.t("lost-shares-short").to_owned(),
        };
        lines.push(sentence);
    }

    /// What supporters were given, where it went, what was left and what was missing: each line follows from those before.
    fn short(&self, short: &Shortfall, lines: &mut Vec<String>) {
        let w = self.words;
        let parts = short.parts();
        let given = self.amount(short.given);
        if parts.is_empty() {
            lines.push(w.t_with("lost-given", &[("given", (&given).into())]));
        } else {
            let spent = self.amount(short.given.saturating_sub(short.had));
            lines.push(w.t_with("lost-spent-lead", &[("given", (&given).into()), ("spent", (&spent).into())]));
        }
        for part in parts {
            let (amount, project) = (self.amount(part.amount), self.label(&self.election.projects()[part.winner].id));
            lines.push(w.t_with("lost-spent", &[("amount", (&amount).into()), ("project", (&project).into())]));
        }
        let [had, cost, missing] =
            [short.had, short.needed, short.needed.saturating_sub(short.had)].map(|amount| self.amount(amount));
        let args = [("had", (&had).into()), ("cost", (&cost).into()), ("missing", (&missing).into())];
        lines.push(w.t_with("lost-supporters-short", &args));
    }

    fn what_if(&self, found: &Explanation, lines: &mut Vec<String>) {
        let w = self.words;
        let cost = found.lower_cost.map(|cost| self.amount(cost));
        let [both, alone] = match found.at_most {
            true => ["whatif-both", "whatif-cost"],
            false => ["whatif-both-exactly", "whatif-cost-exactly"],
        };
        lines.push(match (found.extra_supporters, &cost) {
            (Some(n), Some(cost)) => w.t_with(both, &[("n", n.into()), ("cost", cost.into())]),
            (Some(n), None) => w.n("whatif-supporters", n),
            (None, Some(cost)) => w.t_with(alone, &[("cost", cost.into())]),
            (None, None) => w.t("tally-whatif-none").to_owned(),
        });
        if found.extra_supporters.is_some() && !found.fewest {
            lines.push(w.t("whatif-fewer").to_owned());
        }
        if found.out_of_effort {
            lines.push(w.t("whatif-effort").to_owned());
        }
    }

    /// Whether supporters pay by the points or places that they gave.
    fn by_points(&self) -> bool {
        let Rule::EqualShares { utility, .. } = self.outcome.rule else { return false };
        matches!(utility, Utility::Points | Utility::Borda)
    }
}

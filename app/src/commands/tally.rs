//! `linli tally`: count a file, so that anybody can check a result.

use std::{fs::File, io::Write, path::Path, process::ExitCode};

use serde_json::{Value, json};
use tally::{CountOptions, Election, Outcome, Rule, Scale, pabulib::Header};

use crate::cli;

/// Runs of the rule that `--explain` may take.
const EXPLAIN_RUNS: u64 = 200_000;

/// Counts the file; on standard output the result only, progress on standard error.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::Tally) -> Result<ExitCode, String> {
    let rule: Rule = options.rule.parse().map_err(|e: tally::UnknownRule| e.to_string())?;
    let (header, election) = read(&options.file)?;
    let increment = increment(options.increment.as_deref(), header.scale)?;
    eprintln!("{} projects, {} ballots, counting by {rule}", election.projects().len(), election.n_ballots());
    let options_of_count = CountOptions { increment, ..CountOptions::default() };
    let outcome = tally::count(&election, rule, &options_of_count).map_err(|e| e.to_string())?;
    let print = Print { election: &election, outcome: &outcome, scale: header.scale };
    let mut out = std::io::stdout().lock();
    let written = if options.json {
        let mut document = print.json();
        if options.explain {
            document["explanations"] = print.explanations();
        }
        writeln!(out, "{document}")
    } else {
        print.text(&mut out)
    };
    written.map_err(|e| format!("cannot write the result: {e}"))?;
    Ok(ExitCode::SUCCESS)
}

/// Reads a file as an election; memory follows the number of different ballots.
///
/// # Errors
/// A sentence with the file and the line.
pub fn read(path: &Path) -> Result<(Header, Election), String> {
    let place = path.display();
    let file = File::open(path).map_err(|e| format!("cannot read {place}: {e}"))?;
    tally::pabulib::read_election(file).map_err(|e| format!("{place}: {e}"))
}

/// An increment in units of the currency as scaled units.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn increment(text: Option<&str>, scale: Scale) -> Result<Option<i64>, String> {
    text.map(|t| scale.parse(t).map_err(|e| format!("--increment {t}: {e}"))).transpose()
}

struct Print<'a> {
    election: &'a Election,
    outcome: &'a Outcome,
    scale: Scale,
}

impl Print<'_> {
    fn id(&self, project: usize) -> &str {
        &self.election.projects()[project].id
    }

    fn amount(&self, scaled: i64) -> String {
        self.scale.format(scaled)
    }

    fn json(&self) -> Value {
        let outcome = self.outcome;
        let steps = outcome.steps.iter().map(|step| {
            json!({
                "project": self.id(step.project), "cost": self.amount(step.cost), "supporters": step.supporters,
                "phase": step.phase, "left": self.amount(step.left), "price": step.price,
                "full_payers": step.full_payers,
            })
        });
        let losses = outcome.losses.iter().map(|loss| {
            let spent = |s: &tally::Shortfall| -> Vec<Value> {
                let one = |s: &tally::Spent| json!({ "project": self.id(s.winner), "amount": self.amount(s.amount) });
                s.spent.iter().map(one).collect()
            };
            json!({
                "project": self.id(loss.project), "cost": self.amount(loss.cost), "supporters": loss.supporters,
                "reason": loss.reason,
                "shortfall": loss.shortfall.as_ref().map(|s| json!({
                    "needed": self.amount(s.needed), "given": self.amount(s.given), "had": self.amount(s.had),
                    "after": s.after, "spent": spent(s),
                })),
            })
        });
        json!({
            "rule": outcome.rule,
            "increment": outcome.increment.map(|n| self.amount(n)),
            "ballots": self.election.n_ballots(),
            "budget": self.amount(self.election.budget()),
            "winners": outcome.winners.iter().map(|p| self.id(*p)).collect::<Vec<_>>(),
            "total_cost": self.amount(outcome.total_cost),
            "runs": outcome.runs,
            "endowment": outcome.endowment,
            "scale_digits": self.scale.digits(),
            "stop": outcome.stop,
            "steps": steps.collect::<Vec<_>>(),
            "losses": losses.collect::<Vec<_>>(),
        })
    }

    fn explanations(&self) -> Value {
        let found = tally::explain(self.election, self.outcome, EXPLAIN_RUNS);
        let one = |e: &tally::Explanation| {
            json!({
                "project": self.id(e.project), "extra_supporters": e.extra_supporters,
                "lower_cost": e.lower_cost.map(|n| self.amount(n)), "out_of_effort": e.out_of_effort,
            })
        };
        found.iter().map(one).collect()
    }

    fn text(&self, out: &mut impl Write) -> std::io::Result<()> {
        let budget = self.election.budget();
        for (n, step) in (1..).zip(&self.outcome.steps) {
            let (cost, left) = (self.amount(step.cost), self.amount(step.left));
            writeln!(
                out,
                "{n:>4}  {:<24} {cost:>14} {:>9} supporters, {left} left",
                self.id(step.project),
                step.supporters
            )?;
        }
        let total = self.outcome.total_cost;
        writeln!(out, "{} of {} spent", self.amount(total), self.amount(budget))
    }
}

//! `linli tally`: count a file, so that anybody can check a result.

use std::{fs::File, io::Write, path::Path, process::ExitCode};

use serde_json::{Value, json};
use tally::{AmountError, CountOptions, Election, Explanation, MAX_DIGITS, Outcome, Rule, Scale, pabulib::Header};
use ui::Words;

use crate::{cli, commands::tally_words};

/// Runs of the rule that `--what-if` may take.
const WHAT_IF_RUNS: u64 = 200_000;

/// Counts the file; on standard output the result only, progress on standard error.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::Tally) -> Result<ExitCode, String> {
    let rule: Rule = options.rule.parse().map_err(|e: tally::UnknownRule| e.to_string())?;
    let locale = super::locale(&options.lang)?;
    let (header, election) = read(&options.file)?;
    let scale = scale(options.increment.as_deref(), header.scale)?;
    let election = election.finer(scale).map_err(|e| format!("--increment with {} digits: {e}", scale.digits()))?;
    let increment = increment(options.increment.as_deref(), scale)?;
    let asked = options.what_if.as_deref().map(|id| project(&election, id)).transpose()?;
    eprintln!("{} projects, {} ballots, counting by {rule}", election.projects().len(), election.n_ballots());
    let options_of_count = CountOptions { increment, ..CountOptions::default() };
    let outcome = tally::count(&election, rule, &options_of_count).map_err(|e| e.to_string())?;
    let what_if = asked.map(|project| what_if(&election, &outcome, project)).transpose()?;
    let currency = header.meta("currency").unwrap_or_default();
    let words = options.explain.then(|| tally_words::Teller {
        words: Words::of(locale),
        election: &election,
        outcome: &outcome,
        currency,
        digits: header.scale.digits(),
        names: names(&header),
    });
    let mut out = std::io::stdout().lock();
    let written = match (options.json, &words) {
        (true, words) => {
            let document = document(&election, &outcome, what_if.as_ref(), words.as_ref())?;
            writeln!(out, "{document}")
        }
        (false, Some(words)) => words.print(what_if.as_ref(), &mut out),
        (false, None) => text(&election, &outcome, what_if.as_ref(), &mut out),
    };
    super::written(written)
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

/// The scale in which a file is counted: its own, or a finer one that the increment needs.
fn scale(increment: Option<&str>, own: Scale) -> Result<Scale, String> {
    let finest = Scale::new(MAX_DIGITS).unwrap_or(own);
    let needed = increment.map(|text| Scale::of(text).map_err(|e| no_increment(text, finest, &e))).transpose()?;
    Ok(needed.map_or(own, |needed| needed.max(own)))
}

/// An increment in units of the currency as scaled units.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn increment(text: Option<&str>, scale: Scale) -> Result<Option<i64>, String> {
    text.map(|text| scale.parse(text).map_err(|e| no_increment(text, scale, &e))).transpose()
}

/// What is wrong with an increment, which was typed and stands in no file.
fn no_increment(text: &str, scale: Scale, error: &AmountError) -> String {
    match error {
        AmountError::TooFine(_) => {
            let digits = scale.digits();
            format!(
                "--increment {text}: at most {digits} digits after the point are counted here; leave out the others"
            )
        }
        other => format!("--increment {text}: {other}"),
    }
}

/// The name of each project of a file that has names.
fn names(header: &Header) -> Vec<&str> {
    let Some(column) = header.project_columns.iter().position(|name| name == "name") else { return Vec::new() };
    header.projects.iter().map(|row| row.cells.get(column).map_or("", |name| name.trim())).collect()
}

fn project(election: &Election, id: &str) -> Result<usize, String> {
    let found = election.projects().iter().position(|project| project.id == id);
    found.ok_or_else(|| format!("--what-if {id}: the file has no project with this id"))
}

fn what_if(election: &Election, outcome: &Outcome, project: usize) -> Result<Explanation, String> {
    eprintln!("counting again with changes");
    let mut runs = WHAT_IF_RUNS;
    let found = tally::explain_loss(election, outcome, project, &mut runs);
    found.ok_or_else(|| format!("--what-if {}: this project won", election.projects()[project].id))
}

/// The JSON document; with words each entry of `explain` has its sentences.
fn document(
    election: &Election,
    outcome: &Outcome,
    what_if: Option<&Explanation>,
    words: Option<&tally_words::Teller<'_>>,
) -> Result<Value, String> {
    let mut report = tally::report(election, outcome);
    if let Some(found) = what_if {
        report = report.with_what_if(election, found);
    }
    let mut document = serde_json::to_value(&report).map_err(|e| e.to_string())?;
    if let Some(words) = words {
        let told = words.by_project(&report, what_if);
        let entries = document["explain"].as_array_mut().into_iter().flatten();
        entries.zip(told).for_each(|(entry, sentences)| entry["words"] = json!(sentences));
    }
    Ok(document)
}

fn text(
    election: &Election,
    outcome: &Outcome,
    what_if: Option<&Explanation>,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let amount = |scaled: i64| election.scale().shortest(scaled);
    let id = |project: usize| &election.projects()[project].id;
    for (n, step) in (1..).zip(&outcome.steps) {
        let (cost, left) = (amount(step.cost), amount(step.left));
        writeln!(out, "{n:>4}  {:<24} {cost:>14} {:>9} supporters, {left} left", id(step.project), step.supporters)?;
    }
    writeln!(out, "{} of {} spent", amount(outcome.total_cost), amount(election.budget()))?;
    let Some(found) = what_if else { return Ok(()) };
    let more = found.extra_supporters.map(|n| match (n, found.fewest) {
        (1, _) => "1 more supporter".to_owned(),
        (n, true) => format!("{n} more supporters"),
        (n, false) => format!("{n} more supporters (fewer were not all tried)"),
    });
    let less = found.lower_cost.map(|cost| match found.at_most {
        true => format!("a cost of at most {}", amount(cost)),
        false => format!("a cost of {} (others were not all tried)", amount(cost)),
    });
    let enough = [more, less].into_iter().flatten().collect::<Vec<_>>().join(", or ");
    let enough = if enough.is_empty() { "nothing that was tried" } else { &enough };
    writeln!(out, "{} would have won with {enough}", id(found.project))?;
    if found.out_of_effort {
        writeln!(out, "the search ended early, for want of effort")?;
    }
    Ok(())
}

//! Counts a Pabulib file as `linli tally` does, so that it can be run and timed without the rest of the program:
//! `count FILE --rule NAME [--increment N] [--json] [--what-if PROJECT]`.

use std::error::Error;
use std::fs::File;

use tally::{CountOptions, Rule, count, explain_loss, pabulib, report};

/// Runs of the rule that `--what-if` may take.
const WHAT_IF_RUNS: u64 = 200_000;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut file, mut rule, mut increment, mut what_if, mut json) = (None, None, None, None, false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--rule" => rule = args.next(),
            "--increment" => increment = args.next(),
            "--what-if" => what_if = args.next(),
            "--json" => json = true,
            _ => file = Some(arg),
        }
    }
    let (Some(file), Some(rule)) = (file, rule) else {
        return Err("usage: count FILE --rule NAME [--increment N] [--json] [--what-if PROJECT]".into());
    };
    let rule: Rule = rule.parse()?;
    let (header, election) = pabulib::read_election(File::open(file)?)?;
    let increment = increment.map(|text| header.scale.parse(&text)).transpose()?;
    let outcome = count(&election, rule, &CountOptions { increment, ..CountOptions::default() })?;
    let mut told = report(&election, &outcome);
    if let Some(id) = what_if {
        let project = header.projects.iter().position(|project| project.id == id).ok_or("no such project")?;
        let mut effort = WHAT_IF_RUNS;
        let found = explain_loss(&election, &outcome, project, &mut effort).ok_or("the project won")?;
        told = told.with_what_if(&election, &found);
    }
    if json {
        println!("{}", serde_json::to_string(&told)?);
    } else {
        told.steps.iter().for_each(|step| println!("{} {:?} left {}", step.project, step.phase, step.left));
        println!("{} of {} spent, {} runs, {:?}", told.total_cost, told.budget, told.runs, told.stop);
    }
    Ok(())
}

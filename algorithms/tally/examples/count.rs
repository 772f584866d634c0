//! Counts a Pabulib file: `count FILE RULE [INCREMENT [EFFORT]]`, the increment in units of the currency, the effort
//! in runs spent on explaining losses.

use std::error::Error;
use std::fs::File;

use tally::{CountOptions, Rule, count, explain, pabulib};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(file), Some(rule)) = (args.next(), args.next()) else {
        return Err("usage: count FILE RULE [INCREMENT [EFFORT]]".into());
    };
    let rule: Rule = rule.parse()?;
    let (header, election) = pabulib::read_election(File::open(file)?)?;
    let increment = args.next().map(|text| header.scale.parse(&text)).transpose()?;
    let outcome = count(&election, rule, &CountOptions { increment, ..CountOptions::default() })?;
    println!("{rule}: {} ballots, {} different", election.n_ballots(), election.n_distinct());
    println!("runs {}, stop {:?}", outcome.runs, outcome.stop);
    if let Some(endowment) = &outcome.endowment {
        println!("endowment {endowment}");
    }
    for step in &outcome.steps {
        println!("{} {:?} left {}", header.projects[step.project].id, step.phase, header.scale.format(step.left));
    }
    println!("total {}", header.scale.format(outcome.total_cost));
    let effort = args.next().map_or(Ok(0), |text| text.parse())?;
    for explained in explain(&election, &outcome, effort) {
        let lower_cost = explained.lower_cost.map(|cost| header.scale.format(cost));
        let id = &header.projects[explained.project].id;
        println!("{id}: {:?} more supporters, or a cost of {lower_cost:?}", explained.extra_supporters);
    }
    Ok(())
}

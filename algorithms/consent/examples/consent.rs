//! Counts owners' consent without the binary: `consent --roll ROLL.csv --ballots BALLOTS.csv --item ITEM --on DATE
//! [--scope-building A,B] [--rules NAME|FILE]`; prints the report as JSON, the time on standard error.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::Instant;

use consent::{Question, Rules, count, read_ballots, read_roll};

fn main() -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let args: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let needed = |name: &str| option(name).ok_or_else(|| format!("{name} is missing"));
    let rules = option("--rules").map_or("cn", String::as_str);
    let rules = match Rules::builtin(rules) {
        Some(rules) => rules,
        None => Rules::parse(&std::fs::read_to_string(rules)?)?,
    };
    let question = Question {
        item: needed("--item")?.parse()?,
        on: needed("--on")?.parse()?,
        buildings: option("--scope-building").map(|names| names.split(',').map(str::to_owned).collect()),
    };
    let roll = read_roll(File::open(needed("--roll")?)?)?;
    let ballots = read_ballots(File::open(needed("--ballots")?)?)?;
    let report = count(&roll, &ballots, &rules, &question)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer(&mut out, &report)?;
    writeln!(out)?;
    out.flush()?;
    eprintln!("{} units, {} ballots, {:?}", roll.units().len(), ballots.len(), started.elapsed());
    Ok(())
}

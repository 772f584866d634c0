//! Draws a panel: `sortition --categories FILE --people FILE --size N [--seed S] [--rule NAME] [--id COLUMN]
//! [--address COLUMN]... [--panels N] [--write-list FILE]`, as the program's command of the same name.

use std::error::Error;

use sortition::{
    Effort, Outcome, PeopleColumns, Problem, Report, Rule, Seed, draw, numbered_list, read_people, read_quotas, solve,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut columns = PeopleColumns::default();
    let (mut categories, mut people, mut size, mut seed) = (None, None, None, None);
    let (mut rule, mut panels, mut file) = (Rule::Leximin, 1_000, None);
    let mut args = std::env::args().skip(1);
    while let Some(flag) = args.next() {
        if flag == "--json" {
            continue;
        }
        let value = args.next().ok_or("a flag lacks its value")?;
        match flag.as_str() {
            "--categories" => categories = Some(value),
            "--people" => people = Some(value),
            "--size" => size = Some(value.parse()?),
            "--seed" => seed = Some(Seed::new(&value)?),
            "--rule" => rule = value.parse()?,
            "--id" => columns.id = Some(value),
            "--address" => columns.address.push(value),
            "--panels" => panels = value.parse()?,
            "--write-list" => file = Some(value),
            other => return Err(format!("there is no flag {other}").into()),
        }
    }
    let quotas = read_quotas(&std::fs::read(categories.ok_or("--categories is missing")?)?)?;
    let pool = read_people(&std::fs::read(people.ok_or("--people is missing")?)?, &quotas, &columns)?;
    let problem = Problem::new(pool, quotas, size.ok_or("--size is missing")?)?;
    let start = std::time::Instant::now();
    let report = match solve(&problem, rule, Effort::default())? {
        Outcome::Infeasible(infeasible) => Report::not_found(infeasible),
        Outcome::Feasible(lottery) => {
            eprintln!(
                "{} kinds, {} panels in the lottery after {:?}",
                problem.n_kinds(),
                lottery.panels.len(),
                start.elapsed()
            );
            let list = numbered_list(&problem, &lottery, panels, Effort::default())?;
            eprintln!("list after {:?}", start.elapsed());
            if let Some(file) = file {
                std::fs::write(file, list.text())?;
            }
            let drawn = seed.map(|seed| draw(&list, &seed));
            Report::found(&problem, rule, &lottery, &list, drawn.as_ref())
        }
    };
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}

//! `linli sortition`: a panel by lot with quotas; and the check of a published list.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use sortition::{
    After, Checked, Draw, Drawn, Effort, Outcome, PanelList, PeopleColumns, Problem, Report, Rule, Seed, draw,
    numbered_list, read_people, read_quotas, report_check, solve, withdraw,
};

use crate::cli;

/// Prints the lottery, its list and the draw; or, with `--list`, what a published list says. One JSON document with
/// `--json`; else lines for reading.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::Sortition) -> Result<ExitCode, String> {
    let seed = options.seed.as_deref().map(|text| Seed::new(text).map_err(|e| format!("--seed: {e}"))).transpose()?;
    match &options.list {
        Some(path) => check(options, path, seed.as_ref()),
        None => lot(options, seed.as_ref()),
    }
}

fn lot(options: &cli::Sortition, seed: Option<&Seed>) -> Result<ExitCode, String> {
    let rule: Rule = options.rule.parse().map_err(|e: sortition::UnknownRule| e.to_string())?;
    let problem = problem(options)?.ok_or("name --categories, --people and --size")?;
    eprintln!("{} people of {} kinds, {rule}", problem.pool().people().len(), problem.n_kinds());
    let lottery = match solve(&problem, rule, Effort::default()).map_err(|e| e.to_string())? {
        Outcome::Feasible(lottery) => lottery,
        Outcome::Infeasible(infeasible) => {
            let report = Report::not_found(infeasible);
            print(options.json, &report, || relaxed(&report))?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let list = numbered_list(&problem, &lottery, options.panels, Effort::default()).map_err(|e| e.to_string())?;
    if let Some(path) = &options.write_list {
        std::fs::write(path, list.text()).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
    }
    let drawn = seed.map(|seed| draw(&list, seed));
    let mut report = Report::found(&problem, rule, &lottery, &list, drawn.as_ref());
    let mut lines = vec![format!("digest {}", list.digest())];
    if let Report::Feasible(found) = &mut report {
        lines.push(format!("lowest chance {}, highest {}", found.minimum, found.maximum));
        lines.extend(drawn.iter().flat_map(drawn_lines));
        lines.extend(withdrawn(options, &problem, drawn.as_ref(), found.draw.as_mut())?);
    }
    print(options.json, &report, || lines)?;
    Ok(ExitCode::SUCCESS)
}

fn check(options: &cli::Sortition, path: &Path, seed: Option<&Seed>) -> Result<ExitCode, String> {
    let list = PanelList::read(&read(path)?).map_err(|e| format!("{}: {e}", path.display()))?;
    let problem = problem(options)?;
    let drawn = seed.map(|seed| draw(&list, seed));
    let mut report = report_check(&list, options.digest.as_deref(), problem.as_ref(), drawn.as_ref());
    let drawn = drawn.filter(|_| report.draw.is_some());
    let mut lines = vec![format!("{} panels, digest {}", list.panels().len(), report.list_digest)];
    lines.extend(report.faults.iter().cloned());
    lines.extend(drawn.iter().flat_map(drawn_lines));
    match (&problem, &mut report.draw) {
        (Some(problem), Some(Checked::Drawn(document))) => {
            lines.extend(withdrawn(options, problem, drawn.as_ref(), Some(document))?);
        }
        _ if options.withdrawn.is_empty() || !report.holds => {}
        _ => return Err("--withdrawn needs a list that holds, with --categories, --people and --size".to_owned()),
    }
    print(options.json, &report, || lines)?;
    Ok(ExitCode::from(u8::from(!report.holds)))
}

/// People, quotas and size, where all three are named.
fn problem(options: &cli::Sortition) -> Result<Option<Problem>, String> {
    let (Some(categories), Some(people), Some(size)) = (&options.categories, &options.people, options.size) else {
        let none = options.categories.is_none() && options.people.is_none() && options.size.is_none();
        return if none { Ok(None) } else { Err("name all of --categories, --people and --size".to_owned()) };
    };
    let quotas = read_quotas(&read(categories)?).map_err(|e| format!("{}: {e}", categories.display()))?;
    let columns = PeopleColumns { id: options.id.clone(), address: options.address.clone() };
    let pool = read_people(&read(people)?, &quotas, &columns).map_err(|e| format!("{}: {e}", people.display()))?;
    Problem::new(pool, quotas, size).map(Some).map_err(|e| e.to_string())
}

/// A whole file; one beyond the limit is not taken into memory.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let fault = |e: std::io::Error| format!("cannot read {}: {e}", path.display());
    if std::fs::metadata(path).map_err(fault)?.len() > sortition::MAX_BYTES as u64 {
        return Err(format!("{} is larger than {} MiB", path.display(), sortition::MAX_BYTES >> 20));
    }
    std::fs::read(path).map_err(fault)
}

/// Puts those who withdrew and the panel after that into the document; gives the lines for reading.
fn withdrawn(
    options: &cli::Sortition,
    problem: &Problem,
    drawn: Option<&Draw>,
    document: Option<&mut Drawn>,
) -> Result<Vec<String>, String> {
    let both = drawn.zip(document).filter(|_| !options.withdrawn.is_empty());
    let Some((drawn, document)) = both else { return Ok(Vec::new()) };
    let (panel_after, withdrawn) = withdraw(problem, drawn, &options.withdrawn)?;
    let line = |r: &sortition::Replacement| format!("{} -> {}", r.leaves, r.enters.as_deref().unwrap_or("nobody fits"));
    let lines = withdrawn.iter().map(line).collect();
    document.after = Some(After { withdrawn, panel_after });
    Ok(lines)
}

fn drawn_lines(drawn: &Draw) -> Vec<String> {
    let head = format!("seed {}, number {} of {}", drawn.seed.as_str(), drawn.number, drawn.panels);
    std::iter::once(head).chain(drawn.panel.iter().cloned()).collect()
}

fn relaxed(report: &Report) -> Vec<String> {
    let Report::Infeasible(found) = report else { return Vec::new() };
    let change = |new: &sortition::NewBounds| {
        format!(
            "{} {}: {} to {} instead of {} to {}",
            new.category, new.feature, new.new_min, new.new_max, new.min, new.max
        )
    };
    std::iter::once(found.reason.clone()).chain(found.infeasible.relax.iter().map(change)).collect()
}

fn print(json: bool, document: &impl serde::Serialize, lines: impl FnOnce() -> Vec<String>) -> Result<(), String> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let written = if json {
        super::print_json(&mut out, document)
    } else {
        lines().iter().try_for_each(|line| writeln!(out, "{line}"))
    };
    written.and_then(|()| out.flush()).map_err(|e| format!("cannot write the result: {e}"))
}

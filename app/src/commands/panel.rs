//! `linli tally panel`: rank projects by score sheets, so that anybody can check a panel's list.

use std::{fs::File, io::Write, process::ExitCode};

use sortition::Seed;
use tally::{
    Ratio,
    panel::{Method, Report, Settings, Standing, UnknownMethod, file, report},
};

use crate::cli;

/// Counts the file; on standard output the result only, progress on standard error.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::Panel) -> Result<ExitCode, String> {
    let place = options.file.display();
    let method = match options.method.parse().map_err(|e: UnknownMethod| e.to_string())? {
        Method::Zscore { .. } => Method::Zscore { shrink: options.shrink },
        other => other,
    };
    let seed = options.seed.as_deref().map(|text| Seed::new(text).map_err(|e| format!("--seed: {e}"))).transpose()?;
    let settings = Settings {
        method,
        most: options.most,
        drop_from: (options.drop_from > 0).then_some(options.drop_from),
        least: options.least,
        pass: options.pass,
        places: options.places,
        reserve: options.reserve,
        near: Ratio::new(options.near.into(), 100).ok_or("--near is no number")?,
        seed: seed.map(String::from),
    };
    let input = File::open(&options.file).map_err(|e| format!("cannot read {place}: {e}"))?;
    let scores = file::read(input).map_err(|e| format!("{place}: {e}"))?;
    let (projects, reviewers) = (scores.projects.len(), scores.reviewers.len());
    eprintln!("{projects} projects, {reviewers} reviewers, counting by {method}");
    let told = report(&scores, &settings).map_err(|e| format!("{place}: {e}"))?;
    let mut out = std::io::stdout().lock();
    let written = if options.json { super::print_json(&mut out, &told) } else { text(&told, &mut out) };
    super::written(written)
}

fn text(told: &Report, out: &mut impl Write) -> std::io::Result<()> {
    for row in &told.ranking {
        let rank = row.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
        let standing = match row.standing {
            Standing::Proposed => "proposed",
            Standing::Reserve => "reserve",
            Standing::Below => "below the pass mark",
            Standing::NoPlace | Standing::TooFewSheets => "",
        };
        writeln!(out, "{rank:>4}  {:<24} {:>9} {:>3} sheets  {standing}", row.project, row.points, row.sheets.len())?;
    }
    if !told.network.connected {
        writeln!(out, "no sheet joins all projects: {} parts cannot be compared", told.network.groups.len())?;
    }
    for without in told.without.iter().flatten().filter(|without| without.decides) {
        writeln!(out, "without {} other projects would have a place", without.reviewer)?;
    }
    for lot in &told.lots {
        let projects = lot.projects.join(", ");
        let order = if lot.drawn { "in the order that the lot gave" } else { "by name" };
        writeln!(out, "equal in everything: {projects}; they stand {order}, {} of them proposed", lot.proposed)?;
        if !lot.drawn {
            writeln!(out, "a name is no reason: draw a lot among them with --seed and a public value")?;
        }
    }
    if let Some(near) = told.near.as_ref().filter(|near| !near.cut.is_empty()) {
        writeln!(out, "near the line: {}", near.cut.join(", "))?;
    }
    Ok(())
}

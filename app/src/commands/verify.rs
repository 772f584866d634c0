//! `linli verify`: recompute every proof and every verdict of an export, or the reviews of the installation.

use std::{path::Path, process::ExitCode};

use decisions::{
    recompute::{Confirmed, Fault, Recompute},
    review::recount::recount,
};
use ledger::verify::{Report, VerifyError, verify_continues, verify_dir_with};
use serde_json::json;

use crate::{cli, home};

/// Bytes of a key or checkpoint file.
const MAX_SMALL_FILE: u64 = 64 * 1024;

/// Verifies; exit code 1 on any difference.
///
/// # Errors
/// A sentence when the export cannot be read at all.
pub fn run(options: &cli::Verify) -> Result<ExitCode, String> {
    let Some(dir) = options.dir.as_deref().filter(|_| !options.installation) else { return installation(options) };
    let key = options.key.as_deref().map(small_file).transpose()?;
    let earlier = options.earlier.as_deref().map(small_file).transpose()?;
    let (mut recompute, mut polls) = (Recompute::new(), polls::recompute::Recompute::new());
    let checked = verify_dir_with(dir, key.as_deref(), |index, leaf| {
        recompute.entry(index, leaf);
        polls.entry(index, leaf);
    });
    let checked = checked.and_then(|report| {
        if let Some(note) = &earlier {
            verify_continues(dir, &report, note)?;
        }
        Ok(report)
    });
    let report = match checked {
        Ok(report) => report,
        Err(VerifyError::Io { path, source }) => return Err(format!("cannot read {}: {source}", path.display())),
        Err(error) => return Ok(wrong(options.json, &error)),
    };
    let n_reviews = recompute.n_reviews();
    let (confirmed, mut faults) = recompute.finish();
    let (polled, more) = polls.finish();
    faults.extend(more.into_iter().map(|fault| Fault { season: fault.poll, what: fault.what }));
    if options.json {
        print_json(&report, n_reviews, (&confirmed, &polled, &faults));
    } else {
        print_text(&report, n_reviews, (&confirmed, &polled, &faults));
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Counts the reviews of this installation again.
fn installation(options: &cli::Verify) -> Result<ExitCode, String> {
    let home = home::open_cli(&options.home)?;
    // what is committed and has no place in the log yet gets one first
    home.sequencer.drain().map_err(|e| e.to_string())?;
    let (confirmed, faults) = recount(&home.db.jobs()).map_err(|e| e.to_string())?;
    if options.json {
        let reviews: Vec<_> = confirmed
            .iter()
            .map(
                |r| json!({ "season": r.season, "sheets": r.n_sheets, "ranked": r.n_ranked, "proposed": r.n_proposed }),
            )
            .collect();
        println!("{}", json!({ "ok": faults.is_empty(), "reviews": reviews, "faults": told(&faults) }));
    } else {
        println!("level     database: the sheets of closed reviews; votes are counted again from an export");
        for review in &confirmed {
            println!(
                "review    season {}: {} sheets counted again, {} projects ranked, {} proposed: the same",
                review.season, review.n_sheets, review.n_ranked, review.n_proposed
            );
        }
        conclude(&faults);
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn conclude(faults: &[Fault]) {
    for fault in faults {
        println!("WRONG  {fault}");
    }
    println!("{}", if faults.is_empty() { "OK" } else { "NOT OK" });
}

fn told(faults: &[Fault]) -> Vec<serde_json::Value> {
    faults.iter().map(|f| json!({ "season": f.season, "says": f.what })).collect()
}

fn small_file(path: &Path) -> Result<String, String> {
    let place = path.display();
    let size = std::fs::metadata(path).map_err(|e| format!("cannot read {place}: {e}"))?.len();
    if size > MAX_SMALL_FILE {
        return Err(format!("{place} is too long for a key or a checkpoint"));
    }
    std::fs::read_to_string(path).map_err(|e| format!("cannot read {place}: {e}"))
}

fn wrong(json: bool, error: &VerifyError) -> ExitCode {
    if json {
        let (finding, path, log) = match error {
            VerifyError::Found { finding, log } => (finding.code(), finding.path(), log.code()),
            _ => ("key", None, "unknown"),
        };
        println!("{}", json!({ "ok": false, "finding": finding, "path": path, "log": log, "says": error.to_string() }));
    } else {
        println!("WRONG  {error}");
    }
    ExitCode::FAILURE
}

/// What was computed again: votes of seasons, polls, and what does not hold.
type Again<'a> = (&'a [Confirmed], &'a [polls::recompute::Confirmed], &'a [Fault]);

fn print_text(report: &Report, n_reviews: u64, (confirmed, polled, faults): Again<'_>) {
    println!("log       {} entries, root {}", report.size, report.root);
    println!("key       {}", report.vkey);
    if report.pinned {
        println!("          the key you gave signed this log");
    } else {
        println!(
            "          taken from the export itself; give --key FILE with a key from elsewhere to know whose log it is"
        );
    }
    println!("files     {}, {} bytes, every byte checked", report.files, report.bytes);
    println!("level     public: totals, commitments and proofs; personal parts are not in this export");
    for verdict in confirmed {
        println!(
            "verdict   season {}: {} ballots counted again by {}, {} winners, {} in all: the same",
            verdict.season, verdict.n_ballots, verdict.rule, verdict.n_winners, verdict.total_cost
        );
    }
    for poll in polled {
        let what = if poll.whole { "counted again" } else { "their number, the roll and the digest compared" };
        println!("verdict   poll {} ({}): {} ballots, {what}: the same", poll.poll, poll.kind.as_str(), poll.n_ballots);
    }
    if n_reviews > 0 {
        println!(
            "reviews   {n_reviews} told in this log and not counted here: their sheets are in the database and, under letters, \
             on the pages; linli verify --installation counts them again"
        );
    }
    conclude(faults);
}

fn print_json(report: &Report, n_reviews: u64, (confirmed, polled, faults): Again<'_>) {
    let verdicts: Vec<_> = confirmed
        .iter()
        .map(|v| {
            json!({ "season": v.season, "rule": v.rule, "ballots": v.n_ballots, "winners": v.n_winners,
                    "total_cost": v.total_cost.to_string() })
        })
        .collect();
    let polled: Vec<_> = polled
        .iter()
        .map(|p| json!({ "poll": p.poll, "kind": p.kind.as_str(), "ballots": p.n_ballots, "whole": p.whole }))
        .collect();
    let document = json!({
        "ok": faults.is_empty(), "entries": report.size, "root": report.root.to_string(), "vkey": report.vkey,
        "pinned": report.pinned, "files": report.files, "bytes": report.bytes, "level": "public",
        "verdicts": verdicts, "polls": polled, "reviews_not_counted": n_reviews, "faults": told(faults),
    });
    println!("{document}");
}

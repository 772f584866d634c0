//! `linli verify`: recompute every proof and every verdict of an export, one verdict from its file, or all verdicts of the
//! installation.

mod installation;
mod verdict;

use std::{collections::BTreeMap, path::Path, process::ExitCode};

use decisions::recompute::Fault;
use ledger::verify::{Report, VerifyError, verify_continues, verify_dir_with};
use serde_json::{Value, json};

use crate::{
    cli,
    levels::{Audit, Audited, Outcome},
    router::METHODS,
};

/// Bytes of a key or checkpoint file.
const MAX_SMALL_FILE: u64 = 64 * 1024;

/// Verifies; exit code 1 on any difference.
///
/// # Errors
/// A sentence when the export cannot be read at all.
pub fn run(options: &cli::Verify) -> Result<ExitCode, String> {
    if let Some(file) = &options.verdict {
        return verdict::run(options, file);
    }
    let Some(dir) = options.dir.as_deref().filter(|_| !options.installation) else {
        return installation::run(options);
    };
    let key = options.key.as_deref().map(small_file).transpose()?;
    let earlier = options.earlier.as_deref().map(small_file).transpose()?;
    let mut audit = Audit::new(dir, METHODS);
    let checked = verify_dir_with(dir, key.as_deref(), |index, leaf| audit.entry(index, leaf));
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
    let audited = audit.finish(dir, &report.added)?;
    if options.json {
        println!("{}", document(&report, &audited));
    } else {
        print_text(&report, &audited);
    }
    Ok(if audited.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn conclude(faults: &[Fault]) {
    for fault in faults {
        match fault.season.as_str() {
            "" => println!("WRONG  {}", fault.what),
            _ => println!("WRONG  {fault}"),
        }
    }
    println!("{}", if faults.is_empty() { "OK" } else { "NOT OK" });
}

fn told(faults: &[Fault]) -> Vec<Value> {
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

/// `season-result 2, midterm 3`.
fn counted(kinds: &BTreeMap<&str, u64>) -> String {
    kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect::<Vec<_>>().join(", ")
}

/// Who can compute what this level cannot.
const ELSEWHERE: [(&str, &str); 4] = [
    ("sealed", "sealed: an export with --sealed, or linli verify --installation, computes them"),
    ("kept", "what people wrote stands in their inputs: linli verify --installation compares them"),
    ("elsewhere", "computed outside this program: whoever entered them has the inputs"),
    ("absent", "their inputs were left out of this export: linli verify --installation computes them"),
];

fn print_text(report: &Report, audited: &Audited) {
    let level = if audited.is_sealed {
        "sealed: for auditors: sheets, rolls and salts under pseudonyms; no names, nothing that people wrote"
    } else {
        "public: totals, commitments and proofs; personal parts are not in this export"
    };
    println!("level     {level}");
    let same = audited.by_kind(Outcome::is_equal);
    let n: u64 = same.values().sum();
    match audited.outcomes.len() {
        0 => println!("computed  nothing: this log has no verdict"),
        all => println!("computed  {n} of {all} verdicts again, the same: {}", counted(&same)),
    }
    for (inputs, who) in ELSEWHERE {
        let kinds = audited.by_kind(|one| one.answer.is_none() && one.inputs == inputs);
        if !kinds.is_empty() {
            println!("not here  {}: {who}", counted(&kinds));
        }
    }
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
    for verdict in &audited.confirmed {
        println!(
            "verdict   season {}: {} ballots counted again by {}, {} winners, {} in all: the same",
            verdict.season, verdict.n_ballots, verdict.rule, verdict.n_winners, verdict.total_cost
        );
    }
    for poll in &audited.polled {
        let what = if poll.whole { "counted again" } else { "their number, the roll and the digest compared" };
        println!("verdict   poll {} ({}): {} ballots, {what}: the same", poll.poll, poll.kind.as_str(), poll.n_ballots);
    }
    if audited.openings > 0 {
        println!("opened    {} commitments of the log: ids and numbers alone", audited.openings);
    }
    for (vote, voters, voted) in &audited.rolls {
        let what = if audited.polled.iter().any(|poll| poll.poll == *vote) { "poll" } else { "season" };
        println!("roll      {what} {vote}: {voters} voters; {voted} marks of the log are {voted} different rows of it");
    }
    if audited.n_reviews > 0 && !audited.is_sealed {
        println!(
            "reviews   {} told in this log and not counted here: their sheets are in the database and, under letters, \
             on the pages; linli verify --installation counts them again",
            audited.n_reviews
        );
    }
    conclude(&audited.faults);
}

fn document(report: &Report, audited: &Audited) -> Value {
    let verdicts: Vec<_> = audited
        .confirmed
        .iter()
        .map(|v| {
            json!({ "season": v.season, "rule": v.rule, "ballots": v.n_ballots, "winners": v.n_winners,
                    "total_cost": v.total_cost.to_string() })
        })
        .collect();
    let outcomes: Vec<_> = audited
        .outcomes
        .iter()
        .map(|one| {
            json!({ "verdict": one.told.verdict, "kind": one.told.kind, "subject": one.told.subject,
                    "inputs": one.inputs, "computed": one.answer })
        })
        .collect();
    let polls: Vec<_> = audited
        .polled
        .iter()
        .map(|p| json!({ "poll": p.poll, "kind": p.kind.as_str(), "ballots": p.n_ballots, "whole": p.whole }))
        .collect();
    let rolls = audited.rolls.iter().map(|(season, n, voted)| json!({ "season": season, "voters": n, "voted": voted }));
    let n_counted = audited.by_kind(Outcome::is_equal).get("season-review").copied().unwrap_or(0);
    json!({
        "ok": audited.faults.is_empty(), "level": if audited.is_sealed { "sealed" } else { "public" },
        "entries": report.size, "root": report.root.to_string(), "vkey": report.vkey, "pinned": report.pinned,
        "files": report.files, "bytes": report.bytes, "verdicts": verdicts, "polls": polls, "register": outcomes,
        "openings": audited.openings, "rolls": rolls.collect::<Vec<_>>(),
        "reviews_not_counted": audited.n_reviews.saturating_sub(n_counted), "faults": told(&audited.faults),
    })
}

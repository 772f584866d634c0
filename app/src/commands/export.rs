//! `linli export`: the whole log with its proofs, or one season in Pabulib's format.

use std::{fs::File, io::BufWriter, path::Path, process::ExitCode};

use db::Db;
use ledger::{export::ExportWriter, read};
use programmes::{Project, Season, SeasonId};
use tally::{
    Scale,
    pabulib::{Header, ProjectRow, VoteType, Writer},
};

use super::import::words;
use crate::{
    cli::{self, ExportWhat},
    home::{self, Home},
    levels::{self, Added},
};

/// Entries read in one piece, each on a snapshot of its own, so that a long export never holds back a checkpoint of
/// the database.
const PAGE: u64 = 2_000;

/// Exports what was asked for.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::Export) -> Result<ExitCode, String> {
    match (&options.what, &options.out) {
        (Some(ExportWhat::Pabulib { season, file, home }), _) => pabulib(&home::open_cli(home)?, season, file),
        (None, Some(out)) => log(&home::open_cli(&options.home)?, out, options.sealed),
        (None, None) => Err("say where to: linli export --out DIR".into()),
    }
}

/// Places everything that is committed, then writes the log up to that head, and what its level has beside.
fn log(home: &Home, out: &Path, is_sealed: bool) -> Result<ExitCode, String> {
    home.sequencer.drain().map_err(|e| e.to_string())?;
    let db = home.db.jobs();
    let (head, sealed) =
        db.read_wait(|s| Ok::<_, db::DbError>((read::head(s)?, read::sealed(s)?))).map_err(|e| e.to_string())?;
    let head = head.ok_or("the log has not begun")?;
    let mut writer = ExportWriter::create(out, home.sequencer.signer()).map_err(|e| e.to_string())?;
    let (mut next, mut added) = (0, Added::default());
    while next < head.size {
        let limit = PAGE.min(head.size - next);
        let page = db.read_wait(move |s| read::tail(s, next, limit)).map_err(|e: db::DbError| e.to_string())?;
        for entry in &page {
            if entry.seq != next {
                return Err(format!("entry {next} is missing from the database"));
            }
            writer.push(&entry.leaf).map_err(|e| e.to_string())?;
            next += 1;
        }
        if is_sealed {
            added.open(&db, &mut writer, &page)?;
        }
        if page.is_empty() {
            return Err(format!("entry {next} is missing from the database"));
        }
    }
    levels::add(&db, &mut writer, &mut added, is_sealed)?;
    let summary = writer.finish(&head.checkpoint).map_err(|e| e.to_string())?;
    println!("{} entries, {} files, {} bytes in {}", summary.size, summary.files, summary.bytes, out.display());
    println!("root {}", summary.root);
    if is_sealed {
        let Added { verdicts, openings, voters, .. } = &added;
        println!("sealed: inputs of {verdicts} verdicts, {openings} commitments opened, {voters} rows of rolls");
        println!("for auditors alone: keep it as you would keep ballots");
    }
    for (verdict, why) in &added.left_out {
        println!("the records do not give the inputs of verdict {verdict}: {why}");
    }
    if sealed > 0 {
        println!("{sealed} entries of open votes are still sealed; they enter the log when their votes close");
    }
    Ok(ExitCode::SUCCESS)
}

fn pabulib(home: &Home, season: &str, path: &Path) -> Result<ExitCode, String> {
    let id: SeasonId = season.parse().map_err(|e| format!("{season} is {e}"))?;
    let db = home.db.jobs();
    let key = id.clone();
    let (season, projects) = db
        .read_wait(move |s| {
            let season = programmes::season::queries::season(s, &key)?;
            let projects = programmes::project::queries::projects(s, &key, 0, i64::from(programmes::MAX_PROJECTS))?;
            Ok::<_, db::Fault>((season, projects))
        })
        .map_err(|e| words(&e))?;
    if season.phase < programmes::Phase::Closed {
        return Err("the vote is still open: its ballots are sealed until it closes".into());
    }
    let n = write_pabulib(&db, &season, &projects, path)?;
    println!("{n} ballots, {} projects in {}", projects.len(), path.display());
    Ok(ExitCode::SUCCESS)
}

fn write_pabulib(db: &Db, season: &Season, projects: &[Project], path: &Path) -> Result<u32, String> {
    let place = path.display();
    let key = season.id.clone();
    let n_votes = db.read_wait(move |s| decisions::store::count_ballots(s, key.home(), &key));
    let n_votes = u32::try_from(n_votes.map_err(|e| e.to_string())?).map_err(|e| e.to_string())?;
    let header = header(season, projects, n_votes)?;
    let file = File::create(path).map_err(|e| format!("cannot write {place}: {e}"))?;
    let mut writer = Writer::new(BufWriter::new(file), &header).map_err(|e| format!("{place}: {e}"))?;
    let mut voter = 0_u32;
    decisions::count::read_ballots(db, &season.id, |ballot| {
        voter += 1;
        let choices: Vec<u32> = ballot.choices.iter().map(|n| n - 1).collect();
        let written = writer.ballot(&voter.to_string(), &choices, []);
        written.map_err(|e| db::DbError::Data(e.to_string()))
    })
    .map_err(|e| e.to_string())?;
    writer.finish().map_err(|e| format!("{place}: {e}"))?;
    Ok(n_votes)
}

/// Keys that the writer or this season says anew.
const OWN_KEYS: [&str; 5] = ["num_projects", "num_votes", "budget", "vote_type", "rule"];

fn header(season: &Season, projects: &[Project], n_votes: u32) -> Result<Header, String> {
    let whole = projects.iter().all(|p| p.cost.0 % 100 == 0) && season.budget.0 % 100 == 0;
    let (digits, divisor) = if whole { (0, 100) } else { (2, 1) };
    let scale = Scale::new(digits).ok_or("no such scale")?;
    let source: Vec<(String, String)> = serde_json::from_str(&season.source).unwrap_or_default();
    let choose_one = source.iter().any(|(key, value)| key == "vote_type" && value == "choose-1");
    let mut meta: Vec<(String, String)> =
        source.into_iter().filter(|(key, _)| !OWN_KEYS.contains(&key.as_str())).collect();
    if meta.is_empty() {
        let year = season.opened_day.as_str().get(..4).unwrap_or("");
        let pairs = [
            ("description", season.name.as_str()),
            ("country", "-"),
            ("unit", "-"),
            ("instance", season.id.as_str()),
            ("date_begin", year),
            ("date_end", year),
            ("currency", season.currency.as_str()),
        ];
        meta.extend(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }
    let rule = match season.rule.as_str() {
        "greedy:cost" => "greedy",
        "mes:cost" => "equalshares",
        _ => "equalshares/add1",
    };
    meta.push(("rule".to_owned(), rule.to_owned()));
    let rows = projects.iter().map(|p| ProjectRow {
        id: p.reference.clone(),
        cost: p.cost.0 / divisor,
        cells: vec![p.name.clone(), p.category.clone()],
    });
    Ok(Header {
        meta,
        scale,
        budget: season.budget.0 / divisor,
        vote_type: if choose_one { VoteType::ChooseOne } else { VoteType::Approval },
        n_votes,
        project_columns: vec!["name".to_owned(), "category".to_owned()],
        projects: rows.collect(),
        vote_columns: Vec::new(),
    })
}

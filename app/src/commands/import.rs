//! `linli import pabulib`: a real election through the commands that residents use.
//!
//! Resumable: where the import stands is stored with each chunk, and the phase of the season tells the rest. The same
//! file with the same rule again goes on where it stopped, or says that it is there.

use std::{
    fs::File,
    io::{IsTerminal, Read},
    path::Path,
    process::ExitCode,
};

use db::{Db, Fault, params};
use decisions::{Verdict, commands::close::close, commands::publish::publish};
use kernel::{Actor, Context, Fen, Home, Kind, Refusal};
use places::{Level, PlaceId, commands::add};
use programmes::{
    Phase, Season, SeasonId,
    project::add as add_projects,
    season::{open, open_vote},
};
use sha2::{Digest, Sha256};
use tally::{
    Rule,
    pabulib::{Header, Reader},
};

use super::bulk::{CHUNK, Paper, cast_chunk};
use crate::{
    cli,
    home::{self, context},
};

db::statements! {
    STATEMENTS:
    BY_DIGEST = "SELECT home, season, done FROM imports WHERE digest = ?1";
    BEGIN = "INSERT INTO imports (home, digest, season, done) VALUES (?1, ?2, ?3, 0)";
    /// The guard of a chunk: nobody else has taken these ballots in meanwhile.
    ADVANCE = "UPDATE imports SET done = ?4 WHERE home = ?1 AND digest = ?2 AND done = ?3";
}

/// Digits after the point that stored money has.
const DIGITS: u8 = 2;

/// Imports the file, counts it and publishes the verdict.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::ImportPabulib) -> Result<ExitCode, String> {
    let rule: Rule = options.rule.parse().map_err(|e: tally::UnknownRule| e.to_string())?;
    let digest = digest(&options.file, &options.rule, options.increment.as_deref())?;
    let home = home::open_cli(&options.home)?;
    let mut import = Import { db: home.db.jobs(), path: &options.file, digest, rule };
    let season = import.run(options.increment.as_deref())?;
    home.sequencer.drain().map_err(|e| e.to_string())?;
    println!("season {}", season.0);
    println!("{} ballots, {} of {} projects funded", season.1.n_ballots, season.1.n_winners, season.2);
    println!("page /seasons/{}/result", season.0);
    Ok(ExitCode::SUCCESS)
}

struct Import<'a> {
    db: Db,
    path: &'a Path,
    digest: [u8; 32],
    rule: Rule,
}

impl Import<'_> {
    fn run(&mut self, increment: Option<&str>) -> Result<(SeasonId, Verdict, u32), String> {
        let mut reader = self.reader()?;
        let factor = factor(reader.header())?;
        let increment = super::tally::increment(increment, reader.header().scale)?;
        let increment = increment.map(|n| scaled(n, factor)).transpose()?;
        let (id, done) = match self.stands()? {
            Some((_, season, done)) => (season, done),
            None => (self.begin(reader.header(), factor, increment)?, 0),
        };
        self.add_projects(&id, reader.header(), factor)?;
        if self.season(&id)?.phase == Phase::Collecting {
            let key = id.clone();
            self.write(move |tx, cx| open_vote::open_vote(tx, cx, &key))?;
        }
        if self.season(&id)?.phase == Phase::Voting {
            self.cast(&mut reader, &id, done)?;
            let key = id.clone();
            self.write(move |tx, cx| close(tx, cx, &key))?;
        }
        if self.season(&id)?.phase == Phase::Closed {
            eprintln!("counting and explaining");
            let counted = decisions::count::count(&self.db, &id).map_err(|e| words(&e))?;
            let counted = std::sync::Arc::new(counted);
            self.write(move |tx, cx| publish(tx, cx, &counted))?;
        } else {
            eprintln!("this file is already there");
        }
        let key = id.clone();
        let verdict = self.db.read_wait(move |s| decisions::queries::verdict(s, &key)).map_err(|e| e.to_string())?;
        let verdict = verdict.ok_or("the verdict is missing")?;
        let n_projects = self.season(&id)?.n_projects;
        Ok((id, verdict, n_projects))
    }

    fn reader(&self) -> Result<Reader<File>, String> {
        let place = self.path.display();
        let file = File::open(self.path).map_err(|e| format!("cannot read {place}: {e}"))?;
        Reader::new(file).map_err(|e| format!("{place}: {e}"))
    }

    fn stands(&self) -> Result<Option<(Home, SeasonId, u32)>, String> {
        let digest = self.digest;
        self.db.read_wait(move |s| s.optional(&BY_DIGEST, params![&digest])).map_err(|e: db::DbError| e.to_string())
    }

    fn season(&self, id: &SeasonId) -> Result<Season, String> {
        let key = id.clone();
        self.db.read_wait(move |s| programmes::season::queries::season(s, &key)).map_err(|e| words(&e))
    }

    /// Opens the season and remembers the import in one transaction.
    fn begin(&self, header: &Header, factor: i64, increment: Option<i64>) -> Result<SeasonId, String> {
        let (digest, place) = (self.digest, place_name(header));
        let season = open_season(header, factor, self.rule, increment)?;
        self.write(move |tx, cx| {
            let roots = places::queries::list(tx, None)?;
            let place: PlaceId = match roots.into_iter().find(|p| p.name == place) {
                Some(place) => place.id,
                None => {
                    let new = add::AddPlace { parent: None, level: Level::City, name: place.clone() };
                    add::add(tx, cx, &new)?.id
                }
            };
            let season = open::open(tx, cx, &open::OpenSeason { place, ..season.clone() })?;
            tx.execute(&BEGIN, params![season.id.home(), &digest, &season.id])?;
            Ok(season.id)
        })
    }

    fn add_projects(&self, id: &SeasonId, header: &Header, factor: i64) -> Result<(), String> {
        let column = |name: &str| header.project_columns.iter().position(|c| c == name);
        let (name, category, about) = (column("name"), column("category"), column("description"));
        let there = usize::try_from(self.season(id)?.n_projects).unwrap_or(usize::MAX);
        let rows = header.projects.get(there..).unwrap_or_default();
        for chunk in rows.chunks(add_projects::MAX_CHUNK) {
            let mut new = Vec::with_capacity(chunk.len());
            for row in chunk {
                let cell = |at: Option<usize>, max| {
                    at.and_then(|i| row.cells.get(i)).map_or_else(String::new, |c| clean(c, max))
                };
                let title = cell(name, 400);
                new.push(add_projects::NewProject {
                    // never shortened: ties are broken by it
                    reference: row.id.clone(),
                    name: if title.is_empty() { row.id.clone() } else { title },
                    about: cell(about, 4_000),
                    category: cell(category, 200),
                    cost: Fen(scaled(row.cost, factor)?),
                });
            }
            let key = id.clone();
            self.write(move |tx, cx| add_projects::add_projects(tx, cx, &key, &new))?;
        }
        Ok(())
    }

    fn cast(&self, reader: &mut Reader<File>, id: &SeasonId, done: u32) -> Result<(), String> {
        let total = reader.header().n_votes;
        let mut progress = Progress::new(total);
        let (mut read, mut stored, mut papers) = (0_u32, done, Vec::with_capacity(CHUNK));
        loop {
            let ballot = reader.next_ballot().map_err(|e| format!("{}: {e}", self.path.display()))?;
            let more = ballot.is_some();
            if let Some(ballot) = ballot {
                read += 1;
                if read > done {
                    let mut choices: Vec<u32> = ballot.choices().iter().map(|p| p + 1).collect();
                    choices.sort_unstable();
                    choices.dedup();
                    // files repeat voter ids; the line makes each voter one voter
                    papers.push(Paper { code: format!("{read}/{}", ballot.voter_id()), choices });
                }
            }
            if papers.len() == CHUNK || (!more && !papers.is_empty()) {
                let next = stored + u32::try_from(papers.len()).unwrap_or(0);
                self.store(id, std::mem::take(&mut papers), stored, next)?;
                stored = next;
                progress.show(stored);
            }
            if !more {
                progress.end();
                return Ok(());
            }
        }
    }

    fn store(&self, id: &SeasonId, papers: Vec<Paper>, from: u32, to: u32) -> Result<(), String> {
        let (digest, key) = (self.digest, id.clone());
        self.write(move |tx, cx| {
            cast_chunk(tx, cx, &key, &papers)?;
            match tx.execute(&ADVANCE, params![key.home(), &digest, from, to])? {
                1 => Ok(()),
                _ => Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
            }
        })
    }

    fn write<T: Send + 'static>(
        &self,
        mut f: impl FnMut(&mut db::Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, String> {
        let cx = context(Actor::Operator);
        self.db.write_wait(move |tx| f(tx, &mut cx.clone())).map_err(|e| words(&e))
    }
}

/// How far an import is: one line that moves on a terminal, one line a tenth elsewhere.
struct Progress {
    total: u32,
    terminal: bool,
    shown: u32,
}

impl Progress {
    fn new(total: u32) -> Progress {
        Progress { total, terminal: std::io::stderr().is_terminal(), shown: 0 }
    }

    fn show(&mut self, done: u32) {
        let step = if self.terminal { 2_000 } else { (self.total / 10).max(1) };
        if done / step > self.shown / step || done == self.total {
            let filled = usize::try_from(u64::from(done) * 30 / u64::from(self.total.max(1))).unwrap_or(30).min(30);
            let bar = format!("{}{}", "█".repeat(filled), "·".repeat(30 - filled));
            let end = if self.terminal { "\r" } else { "\n" };
            eprint!("{bar} {done} of {} ballots{end}", self.total);
            self.shown = done;
        }
    }

    fn end(&self) {
        if self.terminal {
            eprintln!();
        }
    }
}

fn open_season(header: &Header, factor: i64, rule: Rule, increment: Option<i64>) -> Result<open::OpenSeason, String> {
    let name = clean(header.meta("description").unwrap_or("Pabulib"), 120);
    let currency = header.meta("currency").filter(|c| c.len() == 3).unwrap_or("XXX").to_ascii_uppercase();
    let unknown: PlaceId = "0-00000000000000000000".parse().map_err(|_| "no place")?;
    Ok(open::OpenSeason {
        place: unknown,
        name: if name.is_empty() { "Pabulib".to_owned() } else { name },
        about: String::new(),
        budget: Fen(scaled(header.budget, factor)?),
        currency,
        rule: rule.to_string(),
        increment: increment.map(Fen),
        max_choices: u32::try_from(header.projects.len()).unwrap_or(u32::MAX).min(2_000),
        template: "plain".into(),
        start: String::new(),
        source: serde_json::to_string(&header.meta).map_err(|e| e.to_string())?,
        once: String::new(),
    })
}

fn place_name(header: &Header) -> String {
    let name = format!("{} {}", header.meta("country").unwrap_or(""), header.meta("unit").unwrap_or(""));
    let name = clean(&name, 80);
    if name.chars().any(char::is_alphanumeric) { name } else { "Pabulib".to_owned() }
}

/// What the file's scaled units are multiplied with to become hundredths.
fn factor(header: &Header) -> Result<i64, String> {
    let digits = header.scale.digits();
    match DIGITS.checked_sub(digits) {
        Some(missing) => Ok(10_i64.pow(u32::from(missing))),
        None => Err(format!("this file has amounts with {digits} decimals; a season's money has at most {DIGITS}")),
    }
}

fn scaled(amount: i64, factor: i64) -> Result<i64, String> {
    amount.checked_mul(factor).ok_or_else(|| format!("the amount {amount} is too large"))
}

/// One line of at most `max` characters.
fn clean(text: &str, max: usize) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().chars().take(max).collect::<String>().trim().to_owned()
}

/// SHA-256 of the file, the rule and the increment: what makes two imports the same one.
fn digest(path: &Path, rule: &str, increment: Option<&str>) -> Result<[u8; 32], String> {
    let place = path.display();
    let mut file = File::open(path).map_err(|e| format!("cannot read {place}: {e}"))?;
    let mut hasher = Sha256::new();
    hasher.update(format!("{rule}\n{}\n", increment.unwrap_or("")));
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finalize().into()),
            Ok(n) => hasher.update(&buffer[..n]),
            Err(e) => return Err(format!("cannot read {place}: {e}")),
        }
    }
}

/// A fault as a sentence of the command line.
pub(crate) fn words(fault: &Fault) -> String {
    match fault {
        Fault::Refused(refusal) => {
            let fields: Vec<String> = refusal.fields.iter().map(|f| format!(" {} ({})", f.field, f.code)).collect();
            format!("refused: {}{}", refusal.code, fields.concat())
        }
        Fault::Db(error) => error.to_string(),
    }
}

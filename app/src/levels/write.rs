//! Adding to an export what its level has beside the log.

use std::collections::BTreeSet;

use db::{Db, DbError, Fault};
use kernel::{Home, Instant};
use ledger::{
    entry::EntryId,
    export::ExportWriter,
    read::{Entry, openings},
};
use matters::verdict::{
    Verdict, VerdictId, queries,
    recompute::{Method, Openness, file::MAX_TEXT, text_of},
};

use super::{ANSWERS, LINES, OPEN_VERDICTS, OPENED, OPENINGS, README, ROLLS, SEALED_VERDICTS, hex, only_ids};
use crate::{commands::import::words, router::METHODS};

/// What was added to an export, and what had to be left out.
#[derive(Debug, Default)]
pub struct Added {
    /// Verdicts whose inputs were added.
    pub verdicts: u64,
    /// Commitments that were opened.
    pub openings: u64,
    /// Rows of rolls.
    pub voters: u64,
    /// Lines of the answers of surveys.
    pub answers: u64,
    /// Verdicts whose inputs the records do not give, each with the code of the refusal.
    pub left_out: Vec<(VerdictId, String)>,
    pages: Pages,
}

/// Bytes after which a file of lines is full.
const MAX_TEXT_PAGE: usize = 8 << 20;

/// Lines that wait for their file.
#[derive(Debug, Default)]
struct Pages {
    text: String,
    lines: usize,
    number: u32,
}

impl Pages {
    /// Adds a line; a full file is written.
    fn line(&mut self, writer: &mut ExportWriter<'_>, folder: &str, line: &str) -> Result<(), String> {
        self.text.push_str(line);
        self.text.push('\n');
        self.lines += 1;
        if self.lines == LINES || self.text.len() > MAX_TEXT_PAGE { self.flush(writer, folder) } else { Ok(()) }
    }

    fn flush(&mut self, writer: &mut ExportWriter<'_>, folder: &str) -> Result<(), String> {
        if self.lines > 0 {
            self.number += 1;
            let name = format!("{folder}{:06}.txt", self.number);
            writer.add_file(&name, self.text.as_bytes()).map_err(|e| e.to_string())?;
            self.text.clear();
            self.lines = 0;
        }
        Ok(())
    }
}

impl Added {
    /// Opens the commitments of a page of the log that auditors may see opened.
    ///
    /// # Errors
    /// A sentence when it cannot be read or written.
    pub fn open(&mut self, db: &Db, writer: &mut ExportWriter<'_>, page: &[Entry]) -> Result<(), String> {
        let (Some(first), Some(last)) = (page.first(), page.last()) else { return Ok(()) };
        let (from, limit) = (first.seq, last.seq + 1 - first.seq);
        let (mut there, mut found) = (BTreeSet::new(), Vec::new());
        for entry in page {
            if let Some(kind) = OPENED.iter().find(|kind| entry.kind == **kind) {
                let id: EntryId = entry.id.parse().map_err(|e| format!("entry {}: {e}", entry.seq))?;
                there.insert((id.home().as_i64(), *kind));
            }
        }
        for (home, kind) in there {
            let home = Home::from_i64(home).ok_or("an entry without a home")?;
            let read = db.read_wait(move |s| openings(s, (home, kind), from, limit));
            found.extend(read.map_err(|e: DbError| e.to_string())?);
        }
        found.sort_by_key(|one| one.seq);
        for one in found {
            // a kind may come to hold words in a later version of the program: then it stays closed
            if serde_json::from_str(&one.body).is_ok_and(|body| only_ids(&body)) {
                self.pages.line(writer, OPENINGS, &format!("{} {} {}", one.seq, hex(one.salt), one.body))?;
                self.openings += 1;
            }
        }
        Ok(())
    }
}

/// Adds the inputs of verdicts and, where it is sealed, the rest of what auditors get. Call it when all entries are
/// written; `added` has opened their commitments.
///
/// # Errors
/// A sentence when something cannot be read or written.
pub fn add(db: &Db, writer: &mut ExportWriter<'_>, added: &mut Added, is_sealed: bool) -> Result<(), String> {
    if is_sealed {
        writer.add_file(README, include_bytes!("README.txt")).map_err(|e| e.to_string())?;
        std::mem::take(&mut added.pages).flush(writer, OPENINGS)?;
    }
    let (mut votes, mut surveys) = (BTreeSet::new(), BTreeSet::new());
    let mut before: Option<(Instant, VerdictId)> = None;
    loop {
        let from = before.clone();
        let page = db.read_wait(move |s| queries::newest(s, None, "", from.as_ref().map(|(at, id)| (*at, id))));
        let page = page.map_err(|e| e.to_string())?;
        let Some(last) = page.last() else { break };
        before = Some((last.decided_at, last.id.clone()));
        for verdict in page.iter().filter(|verdict| verdict.is_computed_here()) {
            if let Some(method) = METHODS.of(&verdict.kind) {
                inputs(db, writer, added, (verdict, method, is_sealed))?;
            }
            if is_sealed && has_roll(&verdict.kind) {
                votes.insert(verdict.subject.clone());
                if verdict.kind == "poll-survey" {
                    surveys.insert(verdict.subject.clone());
                }
            }
        }
    }
    votes.iter().try_for_each(|vote| roll(db, writer, added, vote))?;
    surveys.iter().try_for_each(|survey| answers(db, writer, added, survey))
}

/// What was chosen on each ballot of a survey.
fn answers(db: &Db, writer: &mut ExportWriter<'_>, added: &mut Added, survey: &str) -> Result<(), String> {
    let id: polls::PollId = survey.parse().map_err(|e| format!("survey {survey}: {e}"))?;
    let (folder, mut pages) = (format!("{ANSWERS}{survey}/"), Pages::default());
    let lines = polls::survey::sealed::lines(db, &id, |line| pages.line(writer, &folder, line));
    added.answers += lines.map_err(|fault| words(&fault))?;
    pages.flush(writer, &folder)
}

/// Whether verdicts of this kind are about votes with a roll: those of seasons, and polls.
fn has_roll(kind: &str) -> bool {
    kind == decisions::recompute::ballots::METHOD.kind || polls::METHODS.iter().any(|method| method.kind == kind)
}

/// The inputs of a verdict, where this level has them and the log has not.
fn inputs(
    db: &Db,
    writer: &mut ExportWriter<'_>,
    added: &mut Added,
    (verdict, method, is_sealed): (&Verdict, &Method, bool),
) -> Result<(), String> {
    let folder = match method.openness {
        _ if method.in_log => return Ok(()),
        Openness::Open => OPEN_VERDICTS,
        Openness::Sealed | Openness::Named(_) if is_sealed => SEALED_VERDICTS,
        _ => return Ok(()),
    };
    let text = match text_of(db, method, verdict, MAX_TEXT) {
        Ok(text) => text,
        Err(Fault::Refused(refusal)) => {
            added.left_out.push((verdict.id.clone(), refusal.code.to_owned()));
            return Ok(());
        }
        Err(Fault::Db(DbError::Data(_))) => {
            added.left_out.push((verdict.id.clone(), "inputs-unreadable".to_owned()));
            return Ok(());
        }
        Err(fault) => return Err(words(&fault)),
    };
    let text = match method.openness {
        Openness::Named(blot) => text.split_inclusive('\n').map(blot).collect(),
        _ => text,
    };
    writer.add_file(&format!("{folder}{}.txt", verdict.id), text.as_bytes()).map_err(|e| e.to_string())?;
    added.verdicts += 1;
    Ok(())
}

/// The roll of a vote that was counted: of a season or a poll.
fn roll(db: &Db, writer: &mut ExportWriter<'_>, added: &mut Added, vote: &str) -> Result<(), String> {
    const PAGE: i64 = 5_000;
    let id: kernel::Id<()> = vote.parse().map_err(|e| format!("vote {vote}: {e}"))?;
    let (folder, mut pages, mut after) = (format!("{ROLLS}{vote}/"), Pages::default(), Vec::new());
    loop {
        let (key, from) = (id.clone(), after.clone());
        let page = db.read_wait(move |s| people::store::roll_page(s, key.home(), key.as_str(), &from, PAGE));
        let page = page.map_err(|e| e.to_string())?;
        let Some(last) = page.last() else { return pages.flush(writer, &folder) };
        after = last.voter.to_vec();
        for row in &page {
            let day = row.voted_day.as_ref().map_or("-", |day| day.as_str());
            pages.line(writer, &folder, &format!("{} {} {day}", hex(row.voter), hex(row.salt)))?;
            added.voters += 1;
        }
    }
}

//! Computing again what an export tells, at the level that it has. Reads a folder that was verified already: what is in its
//! files is compared with the signed log.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::Path,
};

use decisions::recompute::{Confirmed, Fault, Recompute};
use ledger::{entry::Leaf, erase};
use matters::verdict::recompute::{Answer, Methods, Openness, Told, file::MAX_TEXT, from_text};
use serde::de::IgnoredAny;
use serde_json::Value;

use super::{
    ANSWERS, MAX_LINES_FILE, OPEN_VERDICTS, OPENED, OPENINGS, README, ROLLS, SEALED, SEALED_VERDICTS, only_ids,
    rolls::{Marks, Roll},
    unhex,
};

/// Verdicts that one log may hold for this reader.
const MAX_VERDICTS: usize = 200_000;
/// Faults that are told at most.
const MAX_FAULTS: usize = 100;

/// Follows a log entry by entry.
pub struct Audit {
    methods: Methods,
    /// Whether the folder has rolls: marks of votes are kept for them alone.
    has_rolls: bool,
    counts: Recompute,
    polls: polls::recompute::Recompute,
    told: BTreeMap<u64, Told>,
    commits: BTreeMap<u64, [u8; 32]>,
    marks: Marks,
    faults: Vec<Fault>,
}

/// A verdict of the log and what came of computing it again.
#[derive(Debug)]
pub struct Outcome {
    /// What the log tells of it.
    pub told: Told,
    /// What came out; none where this level does not have the inputs.
    pub answer: Option<Answer>,
    /// Where the inputs are: `log`, a file's path, or who has them: `sealed`, `kept`, `elsewhere`, `absent`.
    pub inputs: String,
}

/// What was computed again.
#[derive(Debug)]
pub struct Audited {
    /// Whether it is the level for auditors.
    pub is_sealed: bool,
    /// Votes that were counted again from the log.
    pub confirmed: Vec<Confirmed>,
    /// Polls that were counted again from the log.
    pub polled: Vec<polls::recompute::Confirmed>,
    /// Every verdict of the register, in the order of the log.
    pub outcomes: Vec<Outcome>,
    /// Commitments that were opened.
    pub openings: u64,
    /// Rolls: season or poll, voters, how many voted.
    pub rolls: Vec<(String, u64, u64)>,
    /// Closed reviews of which the log tells.
    pub n_reviews: u64,
    /// What does not hold.
    pub faults: Vec<Fault>,
}

impl Audited {
    /// Verdicts that came out the same or could not be computed here, by kind.
    pub fn by_kind(&self, which: impl Fn(&Outcome) -> bool) -> BTreeMap<&str, u64> {
        let mut kinds = BTreeMap::new();
        for outcome in self.outcomes.iter().filter(|outcome| which(outcome)) {
            *kinds.entry(outcome.told.kind.as_str()).or_default() += 1;
        }
        kinds
    }
}

impl Outcome {
    /// Whether the same came out.
    pub fn is_equal(&self) -> bool {
        matches!(self.answer, Some(Answer::Equal { .. }))
    }
}

impl Audit {
    /// A reader at the beginning of the log of the export in `dir`.
    pub fn new(dir: &Path, methods: Methods) -> Audit {
        Audit {
            methods,
            has_rolls: dir.join(ROLLS).is_dir(),
            counts: Recompute::new(),
            polls: if dir.join(ANSWERS).is_dir() {
                polls::recompute::Recompute::with_answers()
            } else {
                polls::recompute::Recompute::new()
            },
            told: BTreeMap::new(),
            commits: BTreeMap::new(),
            marks: Marks::default(),
            faults: Vec::new(),
        }
    }

    /// Takes the next entry.
    pub fn entry(&mut self, index: u64, leaf: &[u8]) {
        self.counts.entry(index, leaf);
        self.polls.entry(index, leaf);
        // what cannot be read is told by the count
        let Ok(Leaf { kind, .. }) = serde_json::from_slice::<Leaf<IgnoredAny>>(leaf) else { return };
        let of_roll = self.has_rolls && matches!(kind.as_str(), "roll.marked" | "roll.enrolled" | "roll.struck");
        if kind != "verdict.recorded" && !of_roll && !OPENED.contains(&kind.as_str()) {
            return;
        }
        if let Err(what) = self.take(index, leaf) {
            self.fault("", format!("entry {index}: {what}"));
        }
    }

    fn take(&mut self, index: u64, leaf: &[u8]) -> Result<(), String> {
        let leaf: Leaf<Value> = serde_json::from_slice(leaf).map_err(|e| e.to_string())?;
        if let Some(told) = Told::of_entry(&leaf)? {
            if self.told.len() >= MAX_VERDICTS {
                return Err("this log has more verdicts than this program takes".into());
            }
            self.told.insert(index, told);
        } else if leaf.kind.starts_with("roll.") {
            self.marks.entry(&leaf)?;
        } else if let Some(commit) = leaf.commit.as_deref().and_then(unhex) {
            self.commits.insert(index, commit);
        }
        Ok(())
    }

    fn fault(&mut self, season: &str, what: String) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault { season: season.to_owned(), what });
        }
    }

    /// Computes everything again that the files `added` to the log allow.
    ///
    /// # Errors
    /// A sentence when a file cannot be read.
    pub fn finish(mut self, dir: &Path, added: &[String]) -> Result<Audited, String> {
        let n_reviews = self.counts.n_reviews();
        let (confirmed, faults) = std::mem::take(&mut self.counts).finish();
        for fault in faults {
            self.fault(&fault.season, fault.what);
        }
        let there: BTreeSet<&str> = added.iter().map(String::as_str).collect();
        for path in there.iter().filter(|path| path.starts_with(ANSWERS)) {
            self.answers(dir, path)?;
        }
        let (polled, faults) = std::mem::take(&mut self.polls).finish();
        for fault in faults {
            self.fault(&fault.poll, fault.what);
        }
        let mut outcomes = Vec::new();
        for told in std::mem::take(&mut self.told).into_values() {
            let (answer, inputs) = self.answer(dir, (&told, &confirmed), &there)?;
            if let Some(what) = answer.as_ref().and_then(says) {
                self.fault("", format!("verdict {} ({}, {inputs}): {what}", told.verdict, told.kind));
            }
            outcomes.push(Outcome { told, answer, inputs });
        }
        let known: BTreeSet<&str> = outcomes.iter().map(|outcome| outcome.inputs.as_str()).collect();
        let (mut openings, mut rolls) = (0, Vec::new());
        for path in &there {
            if path.starts_with(OPENINGS) {
                openings += self.openings(dir, path)?;
            } else if !path.starts_with(ROLLS) && !path.starts_with(ANSWERS) && *path != README && !known.contains(path)
            {
                self.fault("", format!("{path}: nothing in the log needs this file"));
            }
        }
        let of_rolls: BTreeSet<&str> = there.iter().filter_map(|path| season_of(path)).collect();
        for season in of_rolls {
            if let Some((voters, voted)) = self.roll(dir, &there, season)? {
                rolls.push((season.to_owned(), voters, voted));
            }
        }
        let is_sealed = there.iter().any(|path| path.starts_with(SEALED));
        Ok(Audited { is_sealed, confirmed, polled, outcomes, openings, rolls, n_reviews, faults: self.faults })
    }

    /// What came of a verdict, and where its inputs are.
    fn answer(
        &self,
        dir: &Path,
        (told, confirmed): (&Told, &[Confirmed]),
        there: &BTreeSet<&str>,
    ) -> Result<(Option<Answer>, String), String> {
        let Some(method) = self.methods.of(&told.kind) else { return Ok((None, "elsewhere".into())) };
        if let Some(own) = method.own {
            return Ok((Some(from_text(method, told, &own(told), true)), "log".into()));
        }
        if method.in_log {
            let same = confirmed.iter().find(|one| one.season == told.subject);
            let Some(same) = same else { return Ok((None, "elsewhere".into())) };
            let answer = Answer::of(told, (Some(same.inputs), same.n_ballots), Ok(same.computed.clone()));
            return Ok((Some(answer), "log".into()));
        }
        for folder in [OPEN_VERDICTS, SEALED_VERDICTS] {
            let path = format!("{folder}{}.txt", told.verdict);
            if there.contains(path.as_str()) {
                let whole = !matches!(method.openness, Openness::Named(_));
                let answer = match text(&dir.join(&path))? {
                    Ok(text) => from_text(method, told, &text, whole),
                    Err(what) => Answer::Cannot { why: "inputs-unreadable".into(), detail: what },
                };
                return Ok((Some(answer), path));
            }
        }
        let who = match method.openness {
            Openness::Sealed | Openness::Named(_) => "sealed",
            Openness::Kept => "kept",
            Openness::Open => "absent",
        };
        Ok((None, who.into()))
    }

    /// Hands the answers of a survey to its count.
    fn answers(&mut self, dir: &Path, path: &str) -> Result<(), String> {
        let poll = path.strip_prefix(ANSWERS).and_then(|rest| rest.split_once('/')).map_or("", |(poll, _)| poll);
        let (polls, mut wrong) = (&mut self.polls, None);
        lines(&dir.join(path), |at, line| {
            if wrong.is_none()
                && let Err(what) = polls.answers(poll, line)
            {
                wrong = Some(format!("{path}, line {at}: {what}"));
            }
        })?;
        if let Some(what) = wrong {
            self.fault(poll, what);
        }
        Ok(())
    }

    /// Opens commitments; answers with how many.
    fn openings(&mut self, dir: &Path, path: &str) -> Result<u64, String> {
        let (mut n, mut found) = (0, Vec::new());
        lines(&dir.join(path), |at, line| match self.opened(line) {
            Ok(()) => n += 1,
            Err(what) => found.push((at, what)),
        })?;
        for (at, what) in found {
            self.fault("", format!("{path}, line {at}: {what}"));
        }
        Ok(n)
    }

    fn opened(&self, line: &str) -> Result<(), String> {
        let mut parts = line.splitn(3, ' ');
        let (place, salt, body) = (parts.next(), parts.next().and_then(unhex), parts.next());
        let place: u64 = place.and_then(|place| place.parse().ok()).ok_or("it names no place")?;
        let (salt, body) = (salt.ok_or("its salt is no salt")?, body.ok_or("it has no private part")?);
        let commit = self.commits.get(&place).ok_or("the entry at that place has no commitment to be opened")?;
        if erase::commit(&salt, body.as_bytes()).0 != *commit {
            return Err("it does not open the commitment of the log".into());
        }
        let value: Value = serde_json::from_str(body).map_err(|_| "its private part cannot be read")?;
        if only_ids(&value) { Ok(()) } else { Err("its private part holds more than ids and numbers".into()) }
    }

    /// Reads a roll and compares it with the log.
    fn roll(&mut self, dir: &Path, there: &BTreeSet<&str>, season: &str) -> Result<Option<(u64, u64)>, String> {
        let (mut roll, mut wrong) = (Roll::default(), None);
        for path in there.iter().filter(|path| season_of(path) == Some(season)) {
            lines(&dir.join(path), |at, line| {
                if wrong.is_none()
                    && let Err(what) = roll.row(line)
                {
                    wrong = Some(format!("{path}, line {at}: {what}"));
                }
            })?;
        }
        let compared = wrong.map_or_else(|| self.marks.compare(season, roll), Err);
        if let Err(what) = &compared {
            self.fault(season, format!("its roll: {what}"));
        }
        Ok(compared.ok())
    }
}

/// The season or poll that a file of a roll is about.
fn season_of(path: &str) -> Option<&str> {
    path.strip_prefix(ROLLS)?.split_once('/').map(|(season, _)| season)
}

/// Whether an answer tells of a fault; that a verdict is computed elsewhere is none.
pub fn is_fault(answer: &Answer) -> bool {
    match answer {
        Answer::Equal { .. } => false,
        Answer::Differs { .. } => true,
        Answer::Cannot { why, .. } => !["elsewhere", "rule-set-unknown", "inputs-absent"].contains(&why.as_str()),
    }
}

/// A fault in a sentence.
pub(crate) fn says(answer: &Answer) -> Option<String> {
    match answer {
        _ if !is_fault(answer) => None,
        Answer::Differs { what, .. } => {
            let members: Vec<String> = what
                .iter()
                .map(|one| format!("{} is {} where {} comes out", one.member, one.recorded, one.computed))
                .collect();
            Some(format!("it does not hold: {}", members.join("; ")))
        }
        Answer::Cannot { why, detail } => Some(format!("it cannot be computed again: {why} {detail}")),
        Answer::Equal { .. } => None,
    }
}

fn opened(path: &Path, most: u64) -> Result<File, String> {
    let failed = |e: std::io::Error| format!("cannot read {}: {e}", path.display());
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > most {
        return Err(format!("{} is longer than this program takes", path.display()));
    }
    File::open(path).map_err(failed)
}

/// The text of a file of inputs; what is no text is told as such.
fn text(path: &Path) -> Result<Result<String, String>, String> {
    let most = MAX_TEXT as u64;
    let mut bytes = Vec::new();
    let read = opened(path, most)?.take(most).read_to_end(&mut bytes);
    read.map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    Ok(String::from_utf8(bytes).map_err(|_| "it is no text".to_owned()))
}

/// The lines of a file, counted from 1.
fn lines(path: &Path, mut each: impl FnMut(u64, &str)) -> Result<(), String> {
    let reader = BufReader::new(opened(path, MAX_LINES_FILE)?.take(MAX_LINES_FILE));
    for (at, line) in (1..).zip(reader.lines()) {
        each(at, &line.map_err(|e| format!("cannot read {}: {e}", path.display()))?);
    }
    Ok(())
}

//! Score sheets as CSV.
//!
//! UTF-8, with or without a byte order mark; the first row names the columns, in any order and case:
//!
//! | column | |
//! |---|---|
//! | `project`, `reviewer`, `criterion` | names; rows and columns may come in any order, names are ordered as text |
//! | `score` | a decimal number from 0 with at most three digits after the point |
//! | `weight` | optional: the criterion's weight, above 0, the same in all its rows or left empty; without any, all are 1 |
//! | `conflict` | optional: `yes` (`y`, `true`, `1`, `是`) in any row of a reviewer and a project: a conflict of interest |
//!
//! One row holds one score; a sheet is all rows of one reviewer for one project and has every criterion. With a conflict
//! the pair is missing: criterion and score may be empty, and scores that stand there all the same are set aside.

use std::collections::BTreeMap;
use std::io::Read;

use super::{Criterion, Entrant, MAX_SHEETS, Panel, PanelTie, Settings, Sheet};
use crate::money::shown;

mod rows;

use rows::Rows;

/// Bytes of a file at most.
pub const MAX_FILE_BYTES: u64 = 64 << 20;
/// Rows of a file at most, without the first.
pub const MAX_ROWS: usize = 1_000_000;
/// Criteria at most.
pub const MAX_CRITERIA: usize = 100;
/// Bytes of a name at most.
pub const MAX_NAME_BYTES: usize = 200;
/// The highest score, and the highest weight, at most.
pub const MAX_VALUE: u32 = 1_000;

/// Scores are kept in thousandths.
pub(super) const SCORE_UNIT: u32 = 1_000;
/// The highest score where nothing is said: points then are means on the scores' own scale.
const OWN_SCALE: u32 = 100;

/// What a file holds. Numbers of reviewers and projects count from 1 in the order of their names as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    /// Names of the projects, in order.
    pub projects: Vec<String>,
    /// Names of the reviewers, in order.
    pub reviewers: Vec<String>,
    /// Names of the criteria, in order.
    pub criteria: Vec<String>,
    /// Weights of the criteria as whole numbers in lowest terms.
    pub weights: Vec<u32>,
    /// Reviewer and project of each pair with a conflict of interest, in order.
    pub conflicts: Vec<(u32, u32)>,
    /// Those of them for whom scores were given all the same.
    pub set_aside: Vec<(u32, u32)>,
    /// In thousandths, in order of reviewers and projects.
    sheets: Vec<Sheet>,
    /// The highest score, and the first line that holds it.
    highest: (u32, u64),
}

/// What is wrong with a file, and on which line (from 1) its row begins.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct FileError {
    /// Line, from 1.
    pub line: u64,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each variant is told by its message")]
pub enum Fault {
    #[error("the file cannot be read: {0}")]
    Io(String),
    #[error("the file is larger than {MAX_FILE_BYTES} bytes")]
    FileTooLong,
    #[error("this is not UTF-8 text: save the file with the encoding UTF-8")]
    NotUtf8,
    #[error("there is no column `{0}`: the first row names the columns project,reviewer,criterion,score")]
    NoColumn(&'static str),
    #[error("no column is called `{0}`: take it out, or use project,reviewer,criterion,score,weight,conflict")]
    UnknownColumn(String),
    #[error("the column `{0}` occurs twice")]
    ColumnTwice(String),
    #[error("the row has {found} cells, the first row {wanted}")]
    Cells { found: usize, wanted: usize },
    #[error("the {0} is empty: fill it in, or mark a conflict of interest in the column conflict")]
    Empty(&'static str),
    #[error("the {0} is longer than {MAX_NAME_BYTES} bytes; is a closing quote missing?")]
    NameTooLong(&'static str),
    #[error("`{0}` is no score: write a number from 0 to {MAX_VALUE} with at most three digits after the point")]
    Score(String),
    #[error("`{0}` is no weight: write a number above 0, at most {MAX_VALUE}, with at most six digits after the point")]
    Weight(String),
    #[error(
        "the weight of `{criterion}` is `{weight}` here and `{other}` on line {earlier}: a criterion has one weight"
    )]
    Weights { criterion: String, weight: String, other: String, earlier: u64 },
    #[error("`{0}` has no weight while other criteria have one")]
    NoWeight(String),
    #[error("`{0}` in the column conflict is neither yes nor no")]
    Conflict(String),
    #[error("the same reviewer, project and criterion stand on line {0} already: keep one of the rows")]
    Twice(u64),
    #[error("the sheet that begins here has no score for `{0}`: each sheet has every criterion")]
    NoScore(String),
    #[error("the score {score} is above the highest, {most}: mend it, or say which score is the highest")]
    AboveMost { score: String, most: u32 },
    #[error("no row holds a score")]
    NoSheet,
    #[error("more than {MAX_ROWS} rows")]
    Rows,
    #[error("more than {MAX_CRITERIA} criteria")]
    Criteria,
    #[error("more than {MAX_SHEETS} sheets")]
    Sheets,
}

fn at<T>(line: u64, fault: Fault) -> Result<T, FileError> {
    Err(FileError { line, fault })
}

/// Reads a file.
///
/// # Errors
/// [`FileError`] with the line of the first fault.
pub fn read(input: impl Read) -> Result<Scores, FileError> {
    let mut bytes = Vec::new();
    if let Err(e) = input.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes) {
        return at(1, Fault::Io(e.to_string()));
    }
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return at(1, Fault::FileTooLong);
    }
    let text = std::str::from_utf8(&bytes).or_else(|e| {
        let before = bytes.iter().take(e.valid_up_to()).filter(|byte| **byte == b'\n').count();
        at(before as u64 + 1, Fault::NotUtf8)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut table = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Rows::default();
    let mut columns = None;
    let mut record = csv::StringRecord::new();
    loop {
        match table.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) => return at(e.position().map_or(1, csv::Position::line), Fault::Io(e.to_string())),
        }
        let line = record.position().map_or(1, csv::Position::line);
        match &columns {
            _ if record.iter().all(|cell| cell.trim().is_empty()) => {}
            None => columns = Some(Columns::of(&record, line)?),
            Some(columns) => rows.add(&columns.row(&record, line)?)?,
        }
    }
    if columns.is_none() {
        return at(1, Fault::NoColumn("project"));
    }
    rows.scores()
}

/// Where each column stands.
struct Columns {
    n: usize,
    project: usize,
    reviewer: usize,
    criterion: usize,
    score: usize,
    weight: Option<usize>,
    conflict: Option<usize>,
}

impl Columns {
    fn of(record: &csv::StringRecord, line: u64) -> Result<Self, FileError> {
        const KNOWN: [&str; 6] = ["project", "reviewer", "criterion", "score", "weight", "conflict"];
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (place, cell) in record.iter().enumerate() {
            let name = cell.trim().to_lowercase();
            if !KNOWN.contains(&name.as_str()) {
                return at(line, Fault::UnknownColumn(shown(&name)));
            }
            if places.insert(name.clone(), place).is_some() {
                return at(line, Fault::ColumnTwice(name));
            }
        }
        let need =
            |name: &'static str| places.get(name).copied().ok_or(FileError { line, fault: Fault::NoColumn(name) });
        Ok(Self {
            n: record.len(),
            project: need("project")?,
            reviewer: need("reviewer")?,
            criterion: need("criterion")?,
            score: need("score")?,
            weight: places.get("weight").copied(),
            conflict: places.get("conflict").copied(),
        })
    }

    fn row<'a>(&self, record: &'a csv::StringRecord, line: u64) -> Result<Cells<'a>, FileError> {
        if record.len() != self.n {
            return at(line, Fault::Cells { found: record.len(), wanted: self.n });
        }
        let cell = |place: usize| record.get(place).unwrap_or_default().trim();
        let flag = self.conflict.map_or("", cell);
        let conflict = match flag.to_lowercase().as_str() {
            "" | "0" | "no" | "n" | "false" | "否" => false,
            "1" | "yes" | "y" | "true" | "是" => true,
            _ => return at(line, Fault::Conflict(shown(flag))),
        };
        let cells = Cells {
            line,
            project: cell(self.project),
            reviewer: cell(self.reviewer),
            criterion: cell(self.criterion),
            score: cell(self.score),
            weight: self.weight.map_or("", cell),
            conflict,
        };
        for (what, name) in [("project", cells.project), ("reviewer", cells.reviewer), ("criterion", cells.criterion)] {
            if name.len() > MAX_NAME_BYTES {
                return at(line, Fault::NameTooLong(what));
            }
            if name.is_empty() && (what != "criterion" || !conflict) {
                return at(line, Fault::Empty(what));
            }
        }
        Ok(cells)
    }
}

struct Cells<'a> {
    line: u64,
    project: &'a str,
    reviewer: &'a str,
    criterion: &'a str,
    score: &'a str,
    weight: &'a str,
    conflict: bool,
}

impl Scores {
    /// The panel by a rule. Equal values are parted by the criteria, that of the most weight first and of equal weights
    /// the first name, then by the project's name as text.
    ///
    /// # Errors
    /// [`Fault::AboveMost`] with the line of a score that is too high.
    pub fn panel(&self, rule: &Settings) -> Result<Panel, FileError> {
        let most = rule.most.unwrap_or(OWN_SCALE);
        if self.highest.0 > most.saturating_mul(SCORE_UNIT) {
            let score = format!("{}.{:03}", self.highest.0 / SCORE_UNIT, self.highest.0 % SCORE_UNIT);
            let score = score.trim_end_matches('0').trim_end_matches('.').to_owned();
            return at(self.highest.1, Fault::AboveMost { score, most });
        }
        let mut heavy: Vec<usize> = (0..self.criteria.len()).collect();
        heavy.sort_by_key(|place| (std::cmp::Reverse(self.weights.get(*place).copied()), *place));
        let criterion = |weight: &u32| Criterion { weight: *weight, most: most.saturating_mul(SCORE_UNIT) };
        Ok(Panel {
            criteria: self.weights.iter().map(criterion).collect(),
            entrants: (1..).zip(&self.projects).map(|(number, _)| Entrant { number, cost: 0, supporters: 0 }).collect(),
            sheets: self.sheets.clone(),
            conflicts: self.conflicts.clone(),
            least: rule.least,
            drop_from: rule.drop_from.unwrap_or(u32::MAX),
            pass: rule.pass,
            places: rule.places,
            reserve: rule.reserve,
            ties: heavy.into_iter().map(PanelTie::Criterion).collect(),
        })
    }
}

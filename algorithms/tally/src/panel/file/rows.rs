//! The rows of a file put together to sheets.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cells, Fault, FileError, MAX_CRITERIA, MAX_ROWS, MAX_VALUE, Scores, at};
use crate::{
    money::shown,
    panel::{MAX_SHEETS, Sheet},
};

const SCORE_DIGITS: usize = 3;
/// Weights are read in millionths.
const WEIGHT_DIGITS: usize = 6;

/// Project, reviewer and criterion (none where a conflict names none).
type Key = (u32, u32, Option<u32>);
/// The line and the score.
type Cell = (u64, Option<u32>);
/// By reviewer and project: the first line and the score of each criterion.
type Drafts = BTreeMap<(u32, u32), (u64, Vec<Option<u32>>)>;

/// Names with a number each, in the order in which they came.
#[derive(Default)]
struct Names(BTreeMap<String, u32>);

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(name.to_owned(), number);
        number
    }

    /// The names in order, and for each number the place in that order.
    fn ordered(self) -> (Vec<String>, Vec<u32>) {
        let mut places = vec![0; self.0.len()];
        let mut names = Vec::with_capacity(places.len());
        for (place, (name, number)) in (0..).zip(self.0) {
            if let Some(at) = places.get_mut(number as usize) {
                *at = place;
            }
            names.push(name);
        }
        (names, places)
    }
}

/// A criterion's weight as written, in millionths, and where it stands first.
struct Written {
    text: String,
    millionths: u32,
    line: u64,
}

/// What the rows have told so far; numbers in the order in which names came.
#[derive(Default)]
pub(super) struct Rows {
    projects: Names,
    reviewers: Names,
    criteria: Names,
    weights: BTreeMap<u32, Written>,
    cells: BTreeMap<Key, Cell>,
    conflicts: BTreeSet<(u32, u32)>,
}

impl Rows {
    pub(super) fn add(&mut self, row: &Cells<'_>) -> Result<(), FileError> {
        let line = row.line;
        if self.cells.len() >= MAX_ROWS {
            return at(line, Fault::Rows);
        }
        let (project, reviewer) = (self.projects.number(row.project), self.reviewers.number(row.reviewer));
        let criterion = (!row.criterion.is_empty()).then(|| self.criteria.number(row.criterion));
        if self.criteria.0.len() > MAX_CRITERIA {
            return at(line, Fault::Criteria);
        }
        let score = match row.score {
            "" if row.conflict => None,
            "" => return at(line, Fault::Empty("score")),
            text => match decimal(text, SCORE_DIGITS) {
                Some(score) => Some(score),
                None => return at(line, Fault::Score(shown(text))),
            },
        };
        if let Some(criterion) = criterion.filter(|_| !row.weight.is_empty()) {
            self.weigh(criterion, row)?;
        }
        if let Some((earlier, _)) = self.cells.insert((project, reviewer, criterion), (line, score)) {
            return at(line, Fault::Twice(earlier));
        }
        if row.conflict {
            self.conflicts.insert((project, reviewer));
        }
        Ok(())
    }

    fn weigh(&mut self, criterion: u32, row: &Cells<'_>) -> Result<(), FileError> {
        let Some(millionths) = decimal(row.weight, WEIGHT_DIGITS).filter(|weight| *weight > 0) else {
            return at(row.line, Fault::Weight(shown(row.weight)));
        };
        let written = self.weights.entry(criterion).or_insert_with(|| Written {
            text: shown(row.weight),
            millionths,
            line: row.line,
        });
        if written.millionths == millionths {
            return Ok(());
        }
        let (other, earlier) = (written.text.clone(), written.line);
        let (criterion, weight) = (shown(row.criterion), shown(row.weight));
        at(row.line, Fault::Weights { criterion, weight, other, earlier })
    }

    pub(super) fn scores(self) -> Result<Scores, FileError> {
        let (projects, project_of) = self.projects.ordered();
        let (reviewers, reviewer_of) = self.reviewers.ordered();
        let (criteria, criterion_of) = self.criteria.ordered();
        let number = |places: &[u32], at: u32| places.get(at as usize).map_or(0, |place| place + 1);
        let place = |criterion: u32| criterion_of.get(criterion as usize).map_or(0, |place| *place as usize);
        let pair = |project, reviewer| (number(&reviewer_of, reviewer), number(&project_of, project));
        let mut highest = (0, 1);
        let mut sheets = Drafts::new();
        let mut set_aside = BTreeSet::new();
        for ((project, reviewer, criterion), (line, score)) in self.cells {
            let (Some(criterion), Some(score)) = (criterion, score) else { continue };
            if self.conflicts.contains(&(project, reviewer)) {
                set_aside.insert(pair(project, reviewer));
                continue;
            }
            highest =
                if score > highest.0 || (score == highest.0 && line < highest.1) { (score, line) } else { highest };
            let sheet = sheets.entry(pair(project, reviewer)).or_insert_with(|| (line, vec![None; criteria.len()]));
            sheet.0 = sheet.0.min(line);
            if let Some(cell) = sheet.1.get_mut(place(criterion)) {
                *cell = Some(score);
            }
        }
        let mut conflicts: Vec<(u32, u32)> = self.conflicts.iter().map(|(p, r)| pair(*p, *r)).collect();
        conflicts.sort_unstable();
        let used: BTreeSet<usize> =
            sheets.values().flat_map(|(_, row)| (0..).zip(row)).filter_map(|(at, s)| s.map(|_| at)).collect();
        let written: BTreeMap<usize, u32> = self.weights.iter().map(|(c, w)| (place(*c), w.millionths)).collect();
        whole(Scores {
            weights: weights(&criteria, &used, &written)?,
            set_aside: set_aside.into_iter().collect(),
            sheets: full(sheets, &criteria, &used)?,
            criteria: (0..).zip(criteria).filter(|(at, _)| used.contains(at)).map(|(_, name)| name).collect(),
            projects,
            reviewers,
            conflicts,
            highest,
        })
    }
}

fn whole(scores: Scores) -> Result<Scores, FileError> {
    match scores.sheets.len() {
        0 => at(1, Fault::NoSheet),
        n if n > MAX_SHEETS => at(1, Fault::Sheets),
        _ => Ok(scores),
    }
}

/// The sheets with a score for each criterion that any sheet has.
fn full(sheets: Drafts, criteria: &[String], used: &BTreeSet<usize>) -> Result<Vec<Sheet>, FileError> {
    let mut found = Vec::with_capacity(sheets.len());
    let mut gap: Option<FileError> = None;
    for ((reviewer, project), (line, row)) in sheets {
        let missing = used.iter().find(|at| row.get(**at).copied().flatten().is_none());
        if let Some(name) = missing.and_then(|missing| criteria.get(*missing))
            && gap.as_ref().is_none_or(|gap| line < gap.line)
        {
            gap = Some(FileError { line, fault: Fault::NoScore(name.clone()) });
        }
        found.push(Sheet { reviewer, project, scores: row.into_iter().flatten().collect() });
    }
    gap.map_or(Ok(found), Err)
}

/// The weights of the criteria that are used, as whole numbers in lowest terms.
fn weights(criteria: &[String], used: &BTreeSet<usize>, written: &BTreeMap<usize, u32>) -> Result<Vec<u32>, FileError> {
    let weights: Vec<Option<u32>> = used.iter().map(|at| written.get(at).copied()).collect();
    if weights.iter().all(Option::is_none) {
        return Ok(vec![1; weights.len()]);
    }
    if let Some((at_place, _)) = used.iter().zip(&weights).find(|(_, weight)| weight.is_none()) {
        return at(1, Fault::NoWeight(criteria.get(*at_place).cloned().unwrap_or_default()));
    }
    let divisor = weights.iter().flatten().fold(0, |a, b| gcd(a, *b)).max(1);
    Ok(weights.into_iter().flatten().map(|weight| weight / divisor).collect())
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A decimal number from 0 to [`MAX_VALUE`] in units of 10 to minus `digits`.
fn decimal(text: &str, digits: usize) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let plain = |t: &str| !t.is_empty() && t.bytes().all(|byte| byte.is_ascii_digit());
    let part = if part.len() > digits { part.trim_end_matches('0') } else { part };
    if !plain(whole) || part.len() > digits || !(part.is_empty() || plain(part)) || text.ends_with('.') {
        return None;
    }
    let unit = 10_u32.pow(u32::try_from(digits).ok()?);
    let part: u32 = format!("{part:0<digits$}").parse().ok()?;
    let value = whole.parse::<u32>().ok()?.checked_mul(unit)?.checked_add(part)?;
    (value <= MAX_VALUE * unit).then_some(value)
}

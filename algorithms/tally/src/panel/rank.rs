//! The ranking, and the ranking without one reviewer.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::{
    Criterion, Dropped, Entrant, LeftOut, Method, Panel, PanelError, PanelLine, PanelTie, Scored, Sheet, Spread,
    Standing, check::check,
};
use crate::outcome::Ratio;

/// A sheet with its total.
#[derive(Clone, Debug)]
pub(super) struct Mark<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) total: RBig,
}

/// The sheets of a panel in order of reviewers and projects, with their totals.
pub(super) fn marks(panel: &Panel) -> Vec<Mark<'_>> {
    let mark = |sheet| Mark { sheet, total: total_of(&panel.criteria, &sheet.scores) };
    let mut marks: Vec<Mark<'_>> = panel.sheets.iter().map(mark).collect();
    marks.sort_by_key(|mark| (mark.sheet.reviewer, mark.sheet.project));
    marks
}

/// Ranks the projects: one line for each, the ranked ones in order of ranks, then the others in order of numbers.
///
/// # Errors
/// [`PanelError`] for what does not fit together.
pub fn rank(panel: &Panel) -> Result<Vec<PanelLine>, PanelError> {
    rank_by(panel, Method::Raw)
}

/// Ranks the projects by another value of their sheets than the points of 100. Values take the place of points in what
/// is dropped, in means and in ties; the pass mark and the spread stay with the points, whose scale reviewers were told.
///
/// # Errors
/// As [`rank`].
pub fn rank_by(panel: &Panel, method: Method) -> Result<Vec<PanelLine>, PanelError> {
    check(panel)?;
    Ok(ranked(panel, &panel.entrants, &marks(panel), method))
}

/// The ranking of some of a panel's projects by some of its sheets, in the order of [`marks`].
pub(super) fn ranked(panel: &Panel, entrants: &[Entrant], marks: &[Mark<'_>], method: Method) -> Vec<PanelLine> {
    let mut sheets: BTreeMap<u32, Vec<(&Mark<'_>, RBig)>> = BTreeMap::new();
    for (mark, value) in marks.iter().zip(method.values(marks)) {
        sheets.entry(mark.sheet.project).or_default().push((mark, value));
    }
    let mut conflicts: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (reviewer, project) in &panel.conflicts {
        conflicts.entry(*project).or_default().insert(*reviewer);
    }
    let field = Field { panel, conflicts, lower_first: method.lower_first() };
    let (mut ranked, mut others): (Vec<Counted<'_>>, Vec<Counted<'_>>) = entrants
        .iter()
        .map(|entrant| field.counted(entrant, sheets.remove(&entrant.number).unwrap_or_default()))
        .partition(|counted| counted.is_ranked(panel.least));
    ranked.sort_by(|a, b| field.beats(a, b).0);
    others.sort_by_key(|other| other.entrant.number);
    let mut before: Option<&Counted<'_>> = None;
    let mut ties = Vec::with_capacity(ranked.len());
    for counted in &ranked {
        let tie = before.filter(|before| before.mean == counted.mean).and_then(|before| field.beats(before, counted).1);
        ties.push(tie);
        before = Some(counted);
    }
    let standings = field.standings(&ranked);
    let mut lines: Vec<PanelLine> = (1..)
        .zip(ranked)
        .zip(ties.into_iter().zip(standings))
        .map(|((rank, counted), (tie, standing))| PanelLine { rank: Some(rank), tie, standing, ..counted.line() })
        .collect();
    lines.extend(others.into_iter().map(Counted::line));
    lines
}

/// For each reviewer, in order of numbers, what changes among the ranked projects when their sheets are left out, so that
/// nobody has to guess whether one sheet decided. Projects with too few sheets to be ranked take no part. Reviewers
/// without whom nothing changes are not named.
///
/// # Errors
/// As [`rank`].
pub fn leave_one_out(panel: &Panel) -> Result<Vec<LeftOut>, PanelError> {
    leave_one_out_by(panel, Method::Raw)
}

/// As [`leave_one_out`], for a ranking by [`rank_by`]. A method that looks at all sheets together is applied anew to those
/// that are left. The work grows with the number of reviewers times the number of sheets.
///
/// # Errors
/// As [`rank`].
pub fn leave_one_out_by(panel: &Panel, method: Method) -> Result<Vec<LeftOut>, PanelError> {
    check(panel)?;
    let all = marks(panel);
    let whole = ranked(panel, &panel.entrants, &all, method);
    let names: BTreeSet<u32> = whole.iter().filter(|line| line.rank.is_some()).map(|line| line.number).collect();
    let entrants: Vec<Entrant> = panel.entrants.iter().copied().filter(|one| names.contains(&one.number)).collect();
    let kept: Vec<Mark<'_>> = all.into_iter().filter(|mark| names.contains(&mark.sheet.project)).collect();
    // conflicts change no rank, and a project that would miss its least number of sheets is ranked all the same: the question is about points
    let rule =
        Panel { least: panel.least.saturating_sub(1).max(1), sheets: vec![], conflicts: vec![], ..panel.clone() };
    let reviewers: BTreeSet<u32> = kept.iter().map(|mark| mark.sheet.reviewer).collect();
    let mut found = Vec::new();
    for reviewer in reviewers {
        let left: Vec<Mark<'_>> = kept.iter().filter(|mark| mark.sheet.reviewer != reviewer).cloned().collect();
        let without = ranked(&rule, &entrants, &left, method);
        let places: BTreeMap<u32, &PanelLine> = without.iter().map(|line| (line.number, line)).collect();
        let mut moved = Vec::new();
        let mut decides = false;
        for line in whole.iter().filter(|line| line.rank.is_some()) {
            let Some(other) = places.get(&line.number) else { continue };
            decides |= (line.standing == Standing::Proposed) != (other.standing == Standing::Proposed);
            if line.rank != other.rank || line.standing != other.standing {
                moved.push((line.number, line.rank, other.rank));
            }
        }
        if !moved.is_empty() {
            found.push(LeftOut { reviewer, moved, decides });
        }
    }
    Ok(found)
}

/// The total of one sheet's scores, out of 100; `None` when they do not fit the criteria.
#[must_use]
pub fn total(criteria: &[Criterion], scores: &[u32]) -> Option<Ratio> {
    let fits = criteria.len() == scores.len() && criteria.iter().zip(scores).all(|(c, s)| *s <= c.most && c.most > 0);
    (fits && !criteria.is_empty()).then(|| Ratio::of(total_of(criteria, scores)))
}

fn total_of(criteria: &[Criterion], scores: &[u32]) -> RBig {
    let weights: u64 = criteria.iter().map(|c| u64::from(c.weight)).sum();
    let sum = criteria.iter().zip(scores).fold(RBig::ZERO, |sum, (criterion, score)| {
        sum + fraction(u64::from(criterion.weight) * u64::from(*score), u64::from(criterion.most))
    });
    sum * fraction(100, weights.max(1))
}

pub(super) fn fraction(numerator: u64, denominator: u64) -> RBig {
    RBig::from_parts(IBig::from(numerator), UBig::from(denominator))
}

/// The mean of some numbers; 0 of none.
pub(super) fn mean_of<'a>(numbers: impl ExactSizeIterator<Item = &'a RBig>) -> RBig {
    let n = numbers.len().max(1) as u64;
    numbers.fold(RBig::ZERO, |sum, number| sum + number) * fraction(1, n)
}

/// What all projects are counted by.
struct Field<'a> {
    panel: &'a Panel,
    /// Reviewers by project.
    conflicts: BTreeMap<u32, BTreeSet<u32>>,
    lower_first: bool,
}

/// A project with its sums.
struct Counted<'a> {
    entrant: &'a Entrant,
    conflicts: u32,
    sheets: Vec<Scored>,
    /// Of the values.
    mean: Option<RBig>,
    /// Of the points, for the pass mark.
    points: Option<RBig>,
    criteria: Vec<RBig>,
    spread: Option<Spread>,
}

impl Field<'_> {
    fn counted<'a>(&self, entrant: &'a Entrant, sheets: Vec<(&Mark<'_>, RBig)>) -> Counted<'a> {
        let panel = self.panel;
        let totals: Vec<&RBig> = sheets.iter().map(|(mark, _)| &mark.total).collect();
        let values: Vec<&RBig> = sheets.iter().map(|(_, value)| value).collect();
        let dropped = dropped(&values, panel.drop_from);
        let criteria = (0..panel.criteria.len()).map(|at| {
            let scores = sheets.iter().filter_map(|(mark, _)| mark.sheet.scores.get(at));
            fraction(scores.map(|score| u64::from(*score)).sum(), sheets.len().max(1) as u64)
        });
        let conflicts = self.conflicts.get(&entrant.number).map_or(0, BTreeSet::len);
        Counted {
            entrant,
            conflicts: u32::try_from(conflicts).unwrap_or(u32::MAX),
            mean: kept_mean(&values, &dropped),
            points: kept_mean(&totals, &self::dropped(&totals, panel.drop_from)),
            criteria: if sheets.is_empty() { Vec::new() } else { criteria.collect() },
            spread: spread(&totals),
            sheets: (sheets.into_iter().zip(dropped))
                .map(|((mark, value), dropped)| Scored {
                    reviewer: mark.sheet.reviewer,
                    total: Ratio::of(value),
                    dropped,
                })
                .collect(),
        }
    }

    /// Which of two comes first, and what decides it; `None` where the means do.
    fn beats(&self, one: &Counted<'_>, other: &Counted<'_>) -> (Ordering, Option<PanelTie>) {
        let by_mean = other.mean.cmp(&one.mean);
        if by_mean != Ordering::Equal {
            return (if self.lower_first { by_mean.reverse() } else { by_mean }, None);
        }
        let (a, b) = (one.entrant, other.entrant);
        for tie in self.panel.ties.iter().copied().chain([PanelTie::LowerNumber]) {
            let order = match tie {
                PanelTie::Criterion(at) => other.criteria.get(at).cmp(&one.criteria.get(at)),
                PanelTie::Supporters => b.supporters.cmp(&a.supporters),
                PanelTie::LowerCost => a.cost.cmp(&b.cost),
                PanelTie::LowerNumber => a.number.cmp(&b.number),
            };
            if order != Ordering::Equal {
                return (order, Some(tie));
            }
        }
        (Ordering::Equal, None)
    }

    /// The list from above: who passes gets a place while there are some, then stands in reserve.
    fn standings(&self, ranked: &[Counted<'_>]) -> Vec<Standing> {
        let pass = RBig::from(u64::from(self.panel.pass.unwrap_or(0)));
        let mut places = self.panel.places.unwrap_or(u32::MAX);
        let mut reserve = self.panel.reserve;
        let mut standing = |counted: &Counted<'_>| match &counted.points {
            Some(points) if *points < pass => Standing::Below,
            _ if places > 0 => {
                places -= 1;
                Standing::Proposed
            }
            _ if reserve > 0 => {
                reserve -= 1;
                Standing::Reserve
            }
            _ => Standing::NoPlace,
        };
        ranked.iter().map(&mut standing).collect()
    }
}

impl Counted<'_> {
    fn is_ranked(&self, least: u32) -> bool {
        self.mean.is_some() && u32::try_from(self.sheets.len()).is_ok_and(|n| n >= least)
    }

    /// The line of a project that is not ranked.
    fn line(self) -> PanelLine {
        PanelLine {
            number: self.entrant.number,
            rank: None,
            mean: self.mean.map(Ratio::of),
            criteria: self.criteria.into_iter().map(Ratio::of).collect(),
            sheets: self.sheets,
            conflicts: self.conflicts,
            spread: self.spread,
            tie: None,
            standing: Standing::TooFewSheets,
        }
    }
}

fn kept_mean(numbers: &[&RBig], dropped: &[Option<Dropped>]) -> Option<RBig> {
    let kept: Vec<&RBig> = numbers.iter().zip(dropped).filter(|(_, d)| d.is_none()).map(|(t, _)| *t).collect();
    (!kept.is_empty()).then(|| mean_of(kept.into_iter()))
}

/// Which numbers are dropped, given in order of reviewers.
fn dropped(numbers: &[&RBig], drop_from: u32) -> Vec<Option<Dropped>> {
    let mut dropped = vec![None; numbers.len()];
    if u32::try_from(numbers.len()).is_ok_and(|n| n >= drop_from) {
        // the first of the lowest and the last of the highest: two different ones, also where all are equal
        let lowest = (0..numbers.len()).min_by(|a, b| numbers[*a].cmp(numbers[*b]).then(a.cmp(b)));
        let highest = (0..numbers.len()).max_by(|a, b| numbers[*a].cmp(numbers[*b]).then(a.cmp(b)));
        for (at, why) in [(lowest, Dropped::Lowest), (highest, Dropped::Highest)] {
            if let Some(at) = at {
                dropped[at] = Some(why);
            }
        }
    }
    dropped
}

fn spread(totals: &[&RBig]) -> Option<Spread> {
    let (highest, lowest) = (*totals.iter().max()?, *totals.iter().min()?);
    let deviation = u64::try_from(deviation(totals)).unwrap_or(u64::MAX);
    Some(Spread { range: Ratio::of(highest - lowest), deviation })
}

/// The standard deviation (divided by the number, not by one less) in units of 10⁻¹², rounded down.
pub(super) fn deviation(numbers: &[&RBig]) -> UBig {
    let centre = mean_of(numbers.iter().copied());
    let squares: Vec<RBig> = numbers.iter().map(|number| (*number - &centre) * (*number - &centre)).collect();
    let scaled = mean_of(squares.iter()) * RBig::from(UBig::from(10_u64).pow(24));
    UBig::try_from(scaled.floor()).unwrap_or_default().nth_root(2)
}

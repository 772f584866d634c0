//! Panel scores: reviewers fill in sheets, each criterion has a weight, and the means rank the projects.
//!
//! A sheet's total is `100 · Σ wᵢ·sᵢ/mᵢ / Σ wᵢ` for weights `wᵢ`, scores `sᵢ` and highest scores `mᵢ`: an exact fraction
//! between 0 and 100. From [`Panel::drop_from`] sheets on, one highest and one lowest total of a project count no more (a
//! trimmed mean, as in judged sports and prize competitions). The mean of the others ranks the projects; equal means are
//! parted by [`Panel::ties`], at last by the lower number. A reviewer with a conflict of interest gives no sheet for that
//! project: the pair is missing and never counts as zero.
//!
//! Nothing is rounded before it decides. Numbers for people are rounded once, half up, to two decimals.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use crate::outcome::Ratio;

/// Sheets of a panel at most.
pub const MAX_SHEETS: usize = 100_000;
/// Highest score of a criterion at most.
pub const MAX_SCORE: u32 = 1_000;

/// Something that is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its share of the total, as a whole number above 0; shares need not add up to 100.
    pub weight: u32,
    /// The highest score, 1 to [`MAX_SCORE`]; the lowest is 0.
    pub most: u32,
}

/// A project before the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entrant {
    /// Its number, the last tie-break: the lower one comes first.
    pub number: u32,
    /// What it costs, for [`PanelTie::LowerCost`].
    pub cost: i64,
    /// How many support it, for [`PanelTie::Supporters`].
    pub supporters: u64,
}

/// What one reviewer says of one project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sheet {
    /// A number that stands for the reviewer.
    pub reviewer: u32,
    /// The project's number.
    pub project: u32,
    /// One score for each criterion, in their order, 0 to its `most`.
    pub scores: Vec<u32>,
}

/// What parts equal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PanelTie {
    /// The higher mean score of this criterion, by its index, over all sheets of the project, dropped ones too: which of
    /// two equal sheets was dropped then makes no difference.
    Criterion(usize),
    /// More supporters.
    Supporters,
    /// The lower cost.
    LowerCost,
    /// The lower number: always the last resort, needs not be named.
    LowerNumber,
}

/// Everything a ranking depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// What is scored.
    pub criteria: Vec<Criterion>,
    /// The projects.
    pub entrants: Vec<Entrant>,
    /// The sheets, in any order.
    pub sheets: Vec<Sheet>,
    /// Reviewer and project that have nothing to do with one another.
    pub conflicts: Vec<(u32, u32)>,
    /// Sheets a project needs to be ranked, at least 1.
    pub least: u32,
    /// From so many sheets on, at least 3, one highest and one lowest are dropped.
    pub drop_from: u32,
    /// Points of 100 that a project needs; absent means 0.
    pub pass: Option<u32>,
    /// How many are proposed; absent means all that pass.
    pub places: Option<u32>,
    /// How many after them stand on the reserve list.
    pub reserve: u32,
    /// What parts equal means, in order.
    pub ties: Vec<PanelTie>,
}

/// Why a panel cannot be counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PanelError {
    /// No criterion, or one of weight 0 or with a highest score out of range.
    #[error("criterion {0} is missing or has no weight or no scores")]
    Criterion(usize),
    /// A tie-break by a criterion that there is not.
    #[error("there is no criterion {0} to part ties")]
    Tie(usize),
    /// Too few sheets to drop two of them, or none needed at all.
    #[error("sheets are dropped from 3 on at the earliest, and at least one is needed")]
    Bounds,
    /// A number that two projects have.
    #[error("two projects have the number {0}")]
    NamedTwice(u32),
    /// A sheet or a conflict of a project that there is not.
    #[error("there is no project {0}")]
    UnknownProject(u32),
    /// Scores that are more, fewer or higher than the criteria allow.
    #[error("the sheet of reviewer {reviewer} for project {project} does not fit the criteria")]
    Scores {
        /// Whose.
        reviewer: u32,
        /// Of which project.
        project: u32,
    },
    /// Two sheets of one reviewer for one project.
    #[error("reviewer {reviewer} has two sheets for project {project}")]
    ScoredTwice {
        /// Whose.
        reviewer: u32,
        /// Of which project.
        project: u32,
    },
    /// A sheet of somebody who has a conflict of interest.
    #[error("reviewer {reviewer} has a conflict of interest in project {project}")]
    InConflict {
        /// Whose.
        reviewer: u32,
        /// Of which project.
        project: u32,
    },
    /// More than [`MAX_SHEETS`].
    #[error("more than {MAX_SHEETS} sheets")]
    TooLarge,
}

/// Why a sheet counts no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dropped {
    /// The highest total; of equal ones that of the highest reviewer number.
    Highest,
    /// The lowest total; of equal ones that of the lowest reviewer number.
    Lowest,
}

/// A sheet with its total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// Whose.
    pub reviewer: u32,
    /// Points of 100.
    pub total: Ratio,
    /// Whether it was dropped.
    pub dropped: Option<Dropped>,
}

/// How far the reviewers of a project are apart, over all its sheets, dropped ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// The highest total less the lowest.
    pub range: Ratio,
    /// The standard deviation of the totals (divided by their number, not by one less) in units of 10⁻¹², rounded down by
    /// an integer square root.
    pub deviation: u64,
}

impl Spread {
    /// The standard deviation to two decimals, half up.
    #[must_use]
    pub fn deviation_text(&self) -> String {
        const HUNDREDTH: u64 = 10_000_000_000;
        let hundredths = (self.deviation + HUNDREDTH / 2) / HUNDREDTH;
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

/// What a project has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It passes and stands within the places.
    Proposed,
    /// It passes and stands on the reserve list.
    Reserve,
    /// It passes and there was no place left.
    NoPlace,
    /// It has fewer points than the pass mark.
    Below,
    /// It has too few sheets to be ranked.
    TooFewSheets,
}

/// What a panel says of one project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelLine {
    /// The project's number.
    pub number: u32,
    /// 1 for the best; none with too few sheets.
    pub rank: Option<u32>,
    /// Mean of the totals that count; none without a sheet.
    pub mean: Option<Ratio>,
    /// Mean score of each criterion over all sheets; empty without a sheet.
    pub criteria: Vec<Ratio>,
    /// Its sheets in order of reviewers.
    pub sheets: Vec<Scored>,
    /// Reviewers who had nothing to do with it for a conflict of interest.
    pub conflicts: u32,
    /// How far its reviewers are apart; none without a sheet.
    pub spread: Option<Spread>,
    /// Set when the project one rank before has the same mean: what put that one first.
    pub tie: Option<PanelTie>,
    /// What it has come to.
    pub standing: Standing,
}

impl PanelLine {
    /// The mean to two decimals, half up; empty without a sheet.
    #[must_use]
    pub fn points(&self) -> String {
        self.mean.as_ref().map(Ratio::hundredths_text).unwrap_or_default()
    }
}

/// The ranking that is left when one reviewer's sheets are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The reviewer.
    pub reviewer: u32,
    /// Number, rank with and rank without, of each project whose rank or standing changes; in order of ranks.
    pub moved: Vec<(u32, Option<u32>, Option<u32>)>,
    /// Whether the set of projects that are proposed changes.
    pub decides: bool,
}

/// Ranks the projects: one line for each, the ranked ones in order of ranks, then the others in order of numbers.
///
/// # Errors
/// [`PanelError`] for what does not fit together.
pub fn rank(panel: &Panel) -> Result<Vec<PanelLine>, PanelError> {
    check(panel)?;
    let mut sheets: BTreeMap<u32, Vec<&Sheet>> = BTreeMap::new();
    for sheet in &panel.sheets {
        sheets.entry(sheet.project).or_default().push(sheet);
    }
    let (mut ranked, mut others): (Vec<Counted<'_>>, Vec<Counted<'_>>) = panel
        .entrants
        .iter()
        .map(|entrant| Counted::of(panel, entrant, sheets.remove(&entrant.number).unwrap_or_default()))
        .partition(Counted::is_ranked);
    ranked.sort_by(|a, b| a.beats(b, &panel.ties).0);
    others.sort_by_key(|other| other.entrant.number);
    let ties: Vec<Option<PanelTie>> = (0..ranked.len())
        .map(|at| {
            let before = &ranked[at.checked_sub(1)?];
            (before.mean == ranked[at].mean).then(|| before.beats(&ranked[at], &panel.ties).1)?
        })
        .collect();
    let mut lines: Vec<PanelLine> =
        (1..).zip(ranked).zip(ties).map(|((rank, counted), tie)| counted.line(Some(rank), tie)).collect();
    stand(panel, &mut lines);
    lines.extend(others.into_iter().map(|counted| counted.line(None, None)));
    Ok(lines)
}

/// For each reviewer, in order of numbers, what changes among the ranked projects when their sheets are left out, so that
/// nobody has to guess whether one sheet decided. Projects with too few sheets to be ranked take no part. Reviewers
/// without whom nothing changes are not named.
///
/// # Errors
/// As [`rank`].
pub fn leave_one_out(panel: &Panel) -> Result<Vec<LeftOut>, PanelError> {
    let whole = rank(panel)?;
    let ranked: BTreeSet<u32> = whole.iter().filter(|line| line.rank.is_some()).map(|line| line.number).collect();
    let field = Panel {
        entrants: panel.entrants.iter().copied().filter(|entrant| ranked.contains(&entrant.number)).collect(),
        sheets: panel.sheets.iter().filter(|sheet| ranked.contains(&sheet.project)).cloned().collect(),
        conflicts: panel.conflicts.iter().copied().filter(|(_, project)| ranked.contains(project)).collect(),
        // a project that would miss its least number of sheets is ranked all the same: the question is about points
        least: panel.least.saturating_sub(1).max(1),
        ..panel.clone()
    };
    let reviewers: BTreeSet<u32> = field.sheets.iter().map(|sheet| sheet.reviewer).collect();
    let mut found = Vec::new();
    for reviewer in reviewers {
        let sheets = field.sheets.iter().filter(|sheet| sheet.reviewer != reviewer).cloned().collect();
        let without = rank(&Panel { sheets, ..field.clone() })?;
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

fn fraction(numerator: u64, denominator: u64) -> RBig {
    RBig::from_parts(IBig::from(numerator), UBig::from(denominator))
}

fn mean(sum: RBig, n: usize) -> RBig {
    sum * fraction(1, n.max(1) as u64)
}

fn check(panel: &Panel) -> Result<(), PanelError> {
    if panel.criteria.is_empty() {
        return Err(PanelError::Criterion(0));
    }
    if panel.sheets.len() > MAX_SHEETS {
        return Err(PanelError::TooLarge);
    }
    if panel.drop_from < 3 || panel.least == 0 {
        return Err(PanelError::Bounds);
    }
    let bad = |c: &Criterion| c.weight == 0 || !(1..=MAX_SCORE).contains(&c.most);
    if let Some(at) = panel.criteria.iter().position(bad) {
        return Err(PanelError::Criterion(at));
    }
    for tie in &panel.ties {
        if let PanelTie::Criterion(at) = *tie
            && at >= panel.criteria.len()
        {
            return Err(PanelError::Tie(at));
        }
    }
    let mut numbers = BTreeSet::new();
    if let Some(twice) = panel.entrants.iter().find(|entrant| !numbers.insert(entrant.number)) {
        return Err(PanelError::NamedTwice(twice.number));
    }
    let conflicts: BTreeSet<(u32, u32)> = panel.conflicts.iter().copied().collect();
    let mut pairs = BTreeSet::new();
    for &Sheet { reviewer, project, ref scores } in &panel.sheets {
        if !numbers.contains(&project) {
            return Err(PanelError::UnknownProject(project));
        }
        if total(&panel.criteria, scores).is_none() {
            return Err(PanelError::Scores { reviewer, project });
        }
        if !pairs.insert((reviewer, project)) {
            return Err(PanelError::ScoredTwice { reviewer, project });
        }
        if conflicts.contains(&(reviewer, project)) {
            return Err(PanelError::InConflict { reviewer, project });
        }
    }
    match panel.conflicts.iter().find(|(_, project)| !numbers.contains(project)) {
        Some((_, project)) => Err(PanelError::UnknownProject(*project)),
        None => Ok(()),
    }
}

/// The list from above: who passes gets a place while there are some, then stands in reserve.
fn stand(panel: &Panel, lines: &mut [PanelLine]) {
    let pass = Ratio::of(RBig::from(u64::from(panel.pass.unwrap_or(0))));
    let mut places = panel.places.unwrap_or(u32::MAX);
    let mut reserve = panel.reserve;
    for line in lines {
        line.standing = match &line.mean {
            Some(mean) if *mean < pass => Standing::Below,
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
    }
}

/// A project with its sums.
struct Counted<'a> {
    entrant: &'a Entrant,
    least: u32,
    conflicts: u32,
    sheets: Vec<Scored>,
    mean: Option<RBig>,
    criteria: Vec<RBig>,
    spread: Option<Spread>,
}

impl<'a> Counted<'a> {
    fn of(panel: &Panel, entrant: &'a Entrant, mut sheets: Vec<&Sheet>) -> Counted<'a> {
        sheets.sort_by_key(|sheet| sheet.reviewer);
        let totals: Vec<RBig> = sheets.iter().map(|sheet| total_of(&panel.criteria, &sheet.scores)).collect();
        let dropped = dropped(&totals, panel.drop_from);
        let kept: Vec<&RBig> = totals.iter().zip(&dropped).filter(|(_, d)| d.is_none()).map(|(t, _)| t).collect();
        let n_kept = kept.len();
        let sum = kept.into_iter().fold(RBig::ZERO, |sum, total| sum + total);
        let criteria = (0..panel.criteria.len()).map(|at| {
            let sum = sheets.iter().filter_map(|sheet| sheet.scores.get(at)).map(|score| u64::from(*score)).sum();
            fraction(sum, sheets.len().max(1) as u64)
        });
        let conflicts: BTreeSet<u32> =
            panel.conflicts.iter().filter(|(_, project)| *project == entrant.number).map(|(who, _)| *who).collect();
        Counted {
            entrant,
            least: panel.least,
            conflicts: u32::try_from(conflicts.len()).unwrap_or(u32::MAX),
            mean: (n_kept > 0).then(|| mean(sum, n_kept)),
            criteria: if sheets.is_empty() { Vec::new() } else { criteria.collect() },
            spread: spread(&totals),
            sheets: (sheets.iter().zip(totals).zip(dropped))
                .map(|((sheet, total), dropped)| Scored { reviewer: sheet.reviewer, total: Ratio::of(total), dropped })
                .collect(),
        }
    }

    fn is_ranked(&self) -> bool {
        self.mean.is_some() && u32::try_from(self.sheets.len()).is_ok_and(|n| n >= self.least)
    }

    /// Which of two comes first, and what decides it; `None` where the means do.
    fn beats(&self, other: &Counted<'_>, ties: &[PanelTie]) -> (Ordering, Option<PanelTie>) {
        let by_mean = other.mean.cmp(&self.mean);
        if by_mean != Ordering::Equal {
            return (by_mean, None);
        }
        let (a, b) = (self.entrant, other.entrant);
        for tie in ties.iter().copied().chain([PanelTie::LowerNumber]) {
            let order = match tie {
                PanelTie::Criterion(at) => other.criteria.get(at).cmp(&self.criteria.get(at)),
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

    fn line(self, rank: Option<u32>, tie: Option<PanelTie>) -> PanelLine {
        PanelLine {
            number: self.entrant.number,
            rank,
            mean: self.mean.map(Ratio::of),
            criteria: self.criteria.into_iter().map(Ratio::of).collect(),
            sheets: self.sheets,
            conflicts: self.conflicts,
            spread: self.spread,
            tie,
            standing: Standing::TooFewSheets,
        }
    }
}

/// Which totals are dropped, given in order of reviewers.
fn dropped(totals: &[RBig], drop_from: u32) -> Vec<Option<Dropped>> {
    let mut dropped = vec![None; totals.len()];
    if u32::try_from(totals.len()).is_ok_and(|n| n >= drop_from) {
        // the first of the lowest and the last of the highest: two different ones, also where all are equal
        let lowest = (0..totals.len()).min_by(|a, b| totals[*a].cmp(&totals[*b]).then(a.cmp(b)));
        let highest = (0..totals.len()).max_by(|a, b| totals[*a].cmp(&totals[*b]).then(a.cmp(b)));
        for (at, why) in [(lowest, Dropped::Lowest), (highest, Dropped::Highest)] {
            if let Some(at) = at {
                dropped[at] = Some(why);
            }
        }
    }
    dropped
}

fn spread(totals: &[RBig]) -> Option<Spread> {
    let (highest, lowest) = (totals.iter().max()?, totals.iter().min()?);
    let n = totals.len();
    let centre = mean(totals.iter().fold(RBig::ZERO, |sum, total| sum + total), n);
    let squares = totals.iter().fold(RBig::ZERO, |sum, total| {
        let off = total - &centre;
        sum + &off * &off
    });
    let scaled = mean(squares, n) * RBig::from(UBig::from(10_u64).pow(24));
    let root = UBig::try_from(scaled.floor()).unwrap_or_default().nth_root(2);
    Some(Spread { range: Ratio::of(highest - lowest), deviation: u64::try_from(root).unwrap_or(u64::MAX) })
}

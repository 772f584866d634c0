//! Everything that can be told of a file of score sheets, by names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lot::{Lot, lots, with_lots};
use super::{
    Dropped, LeftOut, Method, Panel, PanelError, PanelLine, PanelTie, Standing, file, groups::groups, leave_one_out_by,
    near_ties, rank, rank::fraction, rank_by,
};
use crate::outcome::Ratio;

/// Reviewers times sheets up to which the ranking without each reviewer is told.
pub const MAX_LEAVE_ONE_OUT: usize = 300_000;

/// The rule by which a file is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What is made of points.
    pub method: Method,
    /// The highest score, 1 to [`file::MAX_VALUE`]; points are then out of 100. Absent: points are weighted means of the
    /// scores as they are, which must not be above 100.
    pub most: Option<u32>,
    /// From so many sheets on, at least 3, one highest and one lowest are dropped; absent: never.
    pub drop_from: Option<u32>,
    /// Sheets a project needs to be ranked, at least 1.
    pub least: u32,
    /// Points that a project needs, before anything is made of them.
    pub pass: Option<u32>,
    /// How many are proposed; absent means all that pass.
    pub places: Option<u32>,
    /// How many after them stand on the reserve list.
    pub reserve: u32,
    /// How many standard errors are near: see [`super::Band`].
    pub near: Ratio,
    /// The public value that draws the order of projects that are equal in everything: by the SHA-256 of
    /// `panel-lot 1`, seed and name, parted by line feeds, lowest first. Absent: they stand in order of names.
    pub seed: Option<String>,
}

impl Default for Settings {
    /// Points as they are, extremes dropped from five sheets on, one sheet needed, no pass mark, no limit of places, near
    /// within one standard error.
    fn default() -> Self {
        Self {
            method: Method::Raw,
            most: None,
            drop_from: Some(5),
            least: 1,
            pass: None,
            places: None,
            reserve: 0,
            near: Ratio::of(fraction(1, 1)),
            seed: None,
        }
    }
}

/// Why nothing can be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The file and the rule do not fit together.
    #[error(transparent)]
    File(#[from] file::FileError),
    /// The rule itself does not hold.
    #[error(transparent)]
    Panel(#[from] PanelError),
}

/// What a panel decides and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The rule as it was used.
    pub rule: Used,
    /// Projects that are proposed, in order of ranks.
    pub winners: Vec<String>,
    /// The reserve list, in order of ranks.
    pub reserve: Vec<String>,
    /// Every project: the ranked ones in order of ranks, then the others in order of names.
    pub ranking: Vec<Row>,
    /// The reviewers who gave a sheet that counts, in order of names.
    pub reviewers: Vec<Judging>,
    /// Conflicts of interest; each pair is missing and never a zero.
    pub conflicts: Vec<Conflict>,
    /// Whether all projects can be compared.
    pub network: Network,
    /// Projects that the method puts elsewhere than points as they are would.
    pub changed: Vec<Changed>,
    /// Which ranks change when one reviewer is left out, for those without whom any does; none where reviewers times sheets
    /// are more than [`MAX_LEAVE_ONE_OUT`].
    pub without: Option<Vec<Without>>,
    /// Neighbours that the sheets do not part; none where no project has two sheets.
    pub near: Option<Near>,
    /// Projects that are equal in everything with the line of the list among them, so that a lot has to part them.
    pub lots: Vec<Lot>,
}

/// The rule as it was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// What was made of points, with its parameter.
    #[serde(flatten)]
    pub method: Method,
    /// The highest score; absent where points are on the scores' own scale.
    pub most: Option<u32>,
    /// From how many sheets on extremes are dropped.
    pub drop_from: Option<u32>,
    /// Sheets a project needs.
    pub least: u32,
    /// The pass mark.
    pub pass: Option<u32>,
    /// Places.
    pub places: Option<u32>,
    /// Places on the reserve list.
    pub reserve: u32,
    /// Weights by criterion, in lowest terms.
    pub weights: BTreeMap<String, u32>,
    /// The criteria that part equal values, in order; at last the lot does, or without a seed the name.
    pub ties: Vec<String>,
    /// The seed of the lot.
    pub seed: Option<String>,
}

/// What is told of one project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its name.
    pub project: String,
    /// 1 for the best; none with too few sheets.
    pub rank: Option<u32>,
    /// The mean that ranks it, exact.
    pub mean: Option<Ratio>,
    /// That mean to two decimals, half up; empty without a sheet.
    pub points: String,
    /// Its rank by points as they are.
    pub raw_rank: Option<u32>,
    /// Its mean by points as they are.
    pub raw_mean: Option<Ratio>,
    /// Mean score of each criterion over all its sheets.
    pub criteria: BTreeMap<String, Ratio>,
    /// Its sheets in order of reviewers.
    pub sheets: Vec<Mark>,
    /// Reviewers with a conflict of interest.
    pub conflicts: Vec<String>,
    /// The highest points of a sheet less the lowest.
    pub range: Option<Ratio>,
    /// The standard deviation of its sheets' points, to two decimals, half up.
    pub deviation: Option<String>,
    /// What put the project before it first, where both have the same mean.
    pub tie: Option<Tie>,
    /// What it has come to.
    pub standing: Standing,
}

/// What parts two equal means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// The higher mean score of this criterion.
    Criterion(String),
    /// The lot.
    Lot,
    /// The project's name as text: nothing parts them, and where it matters a lot has to.
    Name,
}

/// One sheet of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Whose.
    pub reviewer: String,
    /// Points as they are.
    pub points: Ratio,
    /// What the method makes of them.
    pub value: Ratio,
    /// Whether it was dropped.
    pub dropped: Option<Dropped>,
}

/// One reviewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judging {
    /// The name.
    pub reviewer: String,
    /// How many sheets they gave.
    pub sheets: u32,
    /// The mean of their points.
    pub mean: Ratio,
    /// The standard deviation of their points, to two decimals, half up, as that of a project.
    pub deviation: String,
}

/// A conflict of interest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Whose.
    pub reviewer: String,
    /// In which project.
    pub project: String,
    /// Whether scores were given all the same, which count nowhere.
    pub set_aside: bool,
}

/// Whether all projects can be compared: see [`super::groups`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// Whether sheets join all projects that have any.
    pub connected: bool,
    /// The parts: reviewers and projects.
    pub groups: Vec<(Vec<String>, Vec<String>)>,
}

/// A project that the method puts elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Which.
    pub project: String,
    /// By points as they are.
    pub raw_rank: Option<u32>,
    /// By the method.
    pub rank: Option<u32>,
    /// What it would have come to by points as they are.
    pub raw_standing: Standing,
    /// What it has come to.
    pub standing: Standing,
}

/// What changes when one reviewer is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Without {
    /// Who.
    pub reviewer: String,
    /// Whether the set of projects that are proposed changes.
    pub decides: bool,
    /// Whose rank or standing changes.
    pub moved: Vec<Moved>,
}

/// A project whose rank or standing hangs on one reviewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Which.
    pub project: String,
    /// Its rank.
    pub rank: Option<u32>,
    /// Its rank without the reviewer; none without a sheet.
    pub without: Option<u32>,
}

/// Neighbours that the sheets do not part: see [`super::Band`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// How many standard errors are near.
    pub z: Ratio,
    /// The pooled variance of one sheet's value.
    pub variance: Ratio,
    /// Its degrees of freedom.
    pub freedom: u64,
    /// Neighbours that are near, better first.
    pub pairs: Vec<(String, String)>,
    /// Projects near the line between the places and the others.
    pub cut: Vec<String>,
}

/// Counts a file by a rule.
///
/// # Errors
/// [`ReportError`] where they do not fit together.
pub fn report(scores: &file::Scores, settings: &Settings) -> Result<Report, ReportError> {
    let panel = with_lots(scores.panel(settings)?, scores, settings.seed.as_deref());
    let method = settings.method;
    let (lines, raw) = (rank_by(&panel, method)?, rank(&panel)?);
    let raw: BTreeMap<u32, PanelLine> = raw.into_iter().map(|line| (line.number, line)).collect();
    let names = Names::of(scores);
    let standing = |wanted: Standing| {
        lines.iter().filter(|line| line.standing == wanted).map(|line| names.project(line.number)).collect()
    };
    let changed = lines.iter().filter_map(|line| names.changed(line, raw.get(&line.number)?));
    let near = near_ties(&lines, &settings.near).map(|band| Near {
        pairs: band.pairs.iter().map(|(a, b)| (names.project(*a), names.project(*b))).collect(),
        cut: band.cut.iter().map(|number| names.project(*number)).collect(),
        z: band.z,
        variance: band.variance,
        freedom: band.freedom,
    });
    let groups = groups(&panel)?;
    Ok(Report {
        rule: names.used(settings, &panel),
        winners: standing(Standing::Proposed),
        reserve: standing(Standing::Reserve),
        ranking: lines.iter().filter_map(|line| Some(names.row(line, raw.get(&line.number)?))).collect(),
        reviewers: judging(&names, &panel)?,
        conflicts: names.conflicts(),
        network: Network {
            connected: groups.len() <= 1,
            groups: (groups.iter())
                .map(|group| {
                    let reviewers = group.reviewers.iter().map(|number| names.reviewer(*number)).collect();
                    (reviewers, group.projects.iter().map(|number| names.project(*number)).collect())
                })
                .collect(),
        },
        changed: changed.collect(),
        without: without(&names, &panel, method)?,
        near,
        lots: lots(&lines, settings.seed.is_some(), |number| names.project(number)),
    })
}

fn judging(names: &Names<'_>, panel: &Panel) -> Result<Vec<Judging>, PanelError> {
    let one = |judge: super::Judge| Judging {
        reviewer: names.reviewer(judge.reviewer),
        sheets: judge.sheets,
        mean: judge.mean,
        deviation: super::deviation_text(judge.deviation),
    };
    Ok(super::judges(panel)?.into_iter().map(one).collect())
}

fn without(names: &Names<'_>, panel: &Panel, method: Method) -> Result<Option<Vec<Without>>, PanelError> {
    if names.scores.reviewers.len().saturating_mul(panel.sheets.len()) > MAX_LEAVE_ONE_OUT {
        return Ok(None);
    }
    let one = |found: LeftOut| Without {
        reviewer: names.reviewer(found.reviewer),
        decides: found.decides,
        moved: (found.moved.into_iter())
            .map(|(project, rank, without)| Moved { project: names.project(project), rank, without })
            .collect(),
    };
    Ok(Some(leave_one_out_by(panel, method)?.into_iter().map(one).collect()))
}

/// Names for numbers.
struct Names<'a> {
    scores: &'a file::Scores,
    /// Reviewers with a conflict of interest by project.
    conflicts: BTreeMap<u32, Vec<u32>>,
}

fn name(names: &[String], number: u32) -> String {
    let at = number.checked_sub(1).and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| names.get(at)).cloned().unwrap_or_default()
}

impl<'a> Names<'a> {
    fn of(scores: &'a file::Scores) -> Self {
        let mut conflicts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (reviewer, project) in &scores.conflicts {
            conflicts.entry(*project).or_default().push(*reviewer);
        }
        Self { scores, conflicts }
    }

    fn project(&self, number: u32) -> String {
        name(&self.scores.projects, number)
    }

    fn reviewer(&self, number: u32) -> String {
        name(&self.scores.reviewers, number)
    }

    fn criterion(&self, tie: PanelTie) -> Option<String> {
        match tie {
            PanelTie::Criterion(at) => self.scores.criteria.get(at).cloned(),
            PanelTie::Supporters | PanelTie::LowerCost | PanelTie::LowerNumber => None,
        }
    }

    fn used(&self, settings: &Settings, panel: &Panel) -> Used {
        Used {
            method: settings.method,
            most: settings.most,
            drop_from: settings.drop_from,
            least: settings.least,
            pass: settings.pass,
            places: settings.places,
            reserve: settings.reserve,
            weights: self.scores.criteria.iter().cloned().zip(self.scores.weights.iter().copied()).collect(),
            ties: panel.ties.iter().filter_map(|tie| self.criterion(*tie)).collect(),
            seed: settings.seed.clone(),
        }
    }

    fn row(&self, line: &PanelLine, raw: &PanelLine) -> Row {
        let own = |score: &Ratio| Ratio::of(score.big() * fraction(1, u64::from(file::SCORE_UNIT)));
        let mark = |(sheet, raw): (&super::Scored, &super::Scored)| Mark {
            reviewer: self.reviewer(sheet.reviewer),
            points: raw.total.clone(),
            value: sheet.total.clone(),
            dropped: sheet.dropped,
        };
        let conflicts = self.conflicts.get(&line.number).map(Vec::as_slice).unwrap_or_default();
        Row {
            project: self.project(line.number),
            rank: line.rank,
            mean: line.mean.clone(),
            points: line.points(),
            raw_rank: raw.rank,
            raw_mean: raw.mean.clone(),
            criteria: self.scores.criteria.iter().cloned().zip(line.criteria.iter().map(own)).collect(),
            sheets: line.sheets.iter().zip(&raw.sheets).map(mark).collect(),
            conflicts: conflicts.iter().map(|reviewer| self.reviewer(*reviewer)).collect(),
            range: line.spread.as_ref().map(|spread| spread.range.clone()),
            deviation: line.spread.as_ref().map(super::Spread::deviation_text),
            tie: line.tie.map(|tie| match self.criterion(tie) {
                Some(criterion) => Tie::Criterion(criterion),
                None if tie == super::lot::DRAWN => Tie::Lot,
                None => Tie::Name,
            }),
            standing: line.standing,
        }
    }

    fn changed(&self, line: &PanelLine, raw: &PanelLine) -> Option<Changed> {
        (line.rank != raw.rank || line.standing != raw.standing).then(|| Changed {
            project: self.project(line.number),
            raw_rank: raw.rank,
            rank: line.rank,
            raw_standing: raw.standing,
            standing: line.standing,
        })
    }

    fn conflicts(&self) -> Vec<Conflict> {
        let one = |(reviewer, project): &(u32, u32)| Conflict {
            reviewer: self.reviewer(*reviewer),
            project: self.project(*project),
            set_aside: self.scores.set_aside.binary_search(&(*reviewer, *project)).is_ok(),
        };
        self.scores.conflicts.iter().map(one).collect()
    }
}

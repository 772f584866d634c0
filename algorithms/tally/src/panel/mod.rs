//! Panel scores: reviewers fill in sheets, each criterion has a weight, and the means rank the projects.
//!
//! A sheet's total is `100 · Σ wᵢ·sᵢ/mᵢ / Σ wᵢ` for weights `wᵢ`, scores `sᵢ` and highest scores `mᵢ`: an exact fraction
//! between 0 and 100. From [`Panel::drop_from`] sheets on, one highest and one lowest total of a project count no more (a
//! trimmed mean, as in judged sports and prize competitions). The mean of the others ranks the projects; equal means are
//! parted by [`Panel::ties`], at last by the lower number. A reviewer with a conflict of interest gives no sheet for that
//! project: the pair is missing and never counts as zero.
//!
//! [`rank`] goes by these points as they are; nothing is rounded before it decides, and numbers for people are rounded
//! once, half up, to two decimals. Where each reviewer reads other projects, one may be strict and another kind:
//! [`rank_by`] ranks by values that make reviewers comparable ([`Method`]). [`leave_one_out_by`] tells which ranks hang
//! on one reviewer, [`near_ties`] which neighbours the sheets do not part, [`groups`] whether all can be compared at all.
//! [`mod@file`] reads score sheets from CSV and [`report`] tells everything at once.

use serde::{Deserialize, Serialize};

use crate::outcome::Ratio;

mod band;
mod check;
pub mod file;
mod groups;
mod lot;
mod method;
mod rank;
mod report;

pub use band::{Band, near_ties};
pub use groups::{Group, groups};
pub use lot::Lot;
pub use method::{Judge, Method, UnknownMethod, judges};
pub use rank::{leave_one_out, leave_one_out_by, rank, rank_by, total};
pub use report::{
    Changed, Conflict, Judging, MAX_LEAVE_ONE_OUT, Mark, Moved, Near, Network, Report, ReportError, Row, Settings, Tie,
    Used, Without, report,
};

/// Sheets of a panel at most.
pub const MAX_SHEETS: usize = 100_000;
/// Highest score of a criterion at most.
pub const MAX_SCORE: u32 = 1_000_000;

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
    /// Points of 100; by [`rank_by`], the value that the method makes of them.
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
        deviation_text(self.deviation)
    }
}

/// A deviation in units of 10⁻¹² to two decimals, half up.
fn deviation_text(deviation: u64) -> String {
    const HUNDREDTH: u64 = 10_000_000_000;
    let hundredths = deviation.saturating_add(HUNDREDTH / 2) / HUNDREDTH;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
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
    /// Mean of the totals, or by [`rank_by`] of the values, that count; none without a sheet.
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

//! Promotion of a project to the next larger class of grants 育苗→品牌→示范: proposed from its results by the template's
//! numbers, confirmed by somebody who has no part in it.

pub mod confirm;
pub mod queries;
pub mod rules;
pub mod store;
pub mod web;

use kernel::{Day, PersonId};
use serde::{Deserialize, Serialize};

use crate::{SeasonId, running::closing::Grades};

/// What the records say of a project, as far as promotion asks for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Results {
    /// Its closing was accepted.
    pub closed: bool,
    /// The points with which it passed halfway, in hundredths.
    pub points: Option<i64>,
    /// Activities that were held; none where nobody keeps them.
    pub activities: Option<u32>,
    /// How content those are whom it served.
    pub grades: Grades,
}

/// One of the things that promotion asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// The closing was accepted.
    Closing,
    /// Points of the assessment halfway.
    Points,
    /// Activities.
    Activities,
    /// Enough answers of those served, and enough of them content.
    Content,
}

impl Asked {
    /// Its key in the words: `promotion-<key>`.
    pub fn as_str(self) -> &'static str {
        match self {
            Asked::Closing => "closing",
            Asked::Points => "points",
            Asked::Activities => "activities",
            Asked::Content => "content",
        }
    }
}

/// Whether a project has what is asked for, with what it has and what it needs, as they are printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What is asked.
    pub asked: Asked,
    /// Whether it has that.
    pub met: bool,
    /// What it has; empty where nothing is shown.
    pub has: String,
    /// What it needs; may be empty.
    pub needs: String,
}

/// A promotion that was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// The project's number.
    pub number: u32,
    /// The key of the tier it was in.
    pub from: String,
    /// The key of the tier it is promoted to.
    pub to: String,
    /// Why, as it was on that day.
    pub reasons: Vec<Reason>,
    /// Who confirmed it.
    pub by: Option<PersonId>,
    /// When.
    pub day: Day,
}

/// A promotion of a team in an earlier season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// That season.
    pub season: SeasonId,
    /// Its name.
    pub name: String,
    /// The key of the template it ran by.
    pub template: String,
    /// The project's number there.
    pub number: u32,
    /// Its name.
    pub project: String,
    /// The key of the tier it was promoted to.
    pub to: String,
    /// When.
    pub day: Day,
}

//! A figure: a number counted from records, with a way to them.

pub mod api;
mod facts;
mod season;
pub mod web;

use std::collections::BTreeSet;

use db::{Fault, Snapshot};
use kernel::{Day, Kind, Refusal};
use programmes::{
    Season, Stage, season as seasons,
    template::{Names, Term},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use work::calendar::add_days;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Communities (社区).
    Communities,
    /// Ideas (金点子).
    Ideas,
    /// Projects (项目).
    Projects,
    /// Fields of work (领域).
    Fields,
    /// Activities (场次).
    Activities,
    /// Attendances (人次): the same person at two activities counts twice.
    Visits,
    /// Awards (奖项).
    Awards,
    /// Whole calendar months.
    Months,
    /// Groups of projects (小组).
    Groups,
    /// Leaders of groups (组长).
    Leaders,
    /// Trainings (场).
    Trainings,
    /// Reviews of a whole season (次).
    Reviews,
}

impl Unit {
    /// Its key in the words: `figure-unit-<key>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Unit::Communities => "communities",
            Unit::Ideas => "ideas",
            Unit::Projects => "projects",
            Unit::Fields => "fields",
            Unit::Activities => "activities",
            Unit::Visits => "visits",
            Unit::Awards => "awards",
            Unit::Months => "months",
            Unit::Groups => "groups",
            Unit::Leaders => "leaders",
            Unit::Trainings => "trainings",
            Unit::Reviews => "reviews",
        }
    }
}

/// What a figure is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What names it, without tabs and line feeds.
    pub id: String,
    /// The property whose different values count, or how much the record counts for, or empty.
    pub part: String,
    /// What a list shows; empty for a record whose words are not public.
    pub title: String,
    /// The day it belongs to, where it has one.
    pub day: Option<Day>,
    /// Its page.
    pub page: String,
    /// What is told beside the title.
    pub note: Note,
}

/// What is told beside a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Note {
    /// Nothing.
    #[default]
    None,
    /// What an estimate rests on, in its organisers' words.
    Basis(String),
    /// A name from the template, in the reader's language.
    Named(Names),
    /// A round of an assessment.
    Round(u32),
    /// A stage that the season came into.
    Stage(Stage),
}

/// How a figure comes from its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    /// One each.
    Each,
    /// Their different parts.
    Parts,
    /// Their parts added up, which are whole numbers.
    Sum,
    /// Whole calendar months from the first of their days to the last.
    Months,
}

/// The days that a figure covers, both included, as `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Period {
    /// The first.
    pub from: String,
    /// The last.
    pub until: String,
}

/// What a figure is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Scope {
    /// The season's slug.
    pub season: String,
    /// The name of its place.
    pub place: String,
}

/// Where the records are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Records {
    /// How many.
    pub count: u64,
    /// The page that lists them.
    pub page: String,
}

/// A figure of a season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its key, such as `communities_visited`.
    pub key: &'static str,
    /// The exact count.
    pub value: u64,
    /// What is counted.
    pub unit: Unit,
    /// Whether some of it was estimated rather than recorded.
    pub estimated: bool,
    /// Whether its records count for more than one each.
    pub is_sum: bool,
    /// SHA-256 over the records, in lower-case hexadecimal.
    pub digest: String,
    /// What it is counted from, in the order of their ids.
    pub records: Vec<Record>,
}

/// Attendances are printed in thousands once there are that many: 2,137 as more than 2,000.
const STEP: u64 = 1_000;

impl Figure {
    fn counted((key, unit, count): (&'static str, Unit, Count), mut records: Vec<Record>) -> Figure {
        records.sort_by(|a, b| a.id.cmp(&b.id));
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let value = match count {
            Count::Each => number(records.len()),
            Count::Parts => {
                let parts: BTreeSet<&str> = records.iter().map(|record| record.part.as_str()).collect();
                number(parts.len())
            }
            Count::Sum => {
                let parts = records.iter().filter_map(|record| record.part.parse::<u64>().ok());
                parts.fold(0, u64::saturating_add)
            }
            Count::Months => {
                let days: BTreeSet<&Day> = records.iter().filter_map(|record| record.day.as_ref()).collect();
                days.first().zip(days.last()).map_or(0, |(first, last)| whole_months(first, last))
            }
        };
        let digest = digest(&records);
        Figure { key, value, unit, estimated: false, is_sum: count == Count::Sum, digest, records }
    }

    /// The same, told to be an estimate where there is anything to it.
    fn estimated(self) -> Figure {
        Figure { estimated: !self.records.is_empty(), ..self }
    }

    /// The page of its records.
    pub fn page(&self, season: &Season) -> String {
        format!("/seasons/{}/figures/{}", season.id, self.key)
    }

    /// The count as a text prints it; [`Figure::value`] stays exact.
    pub fn printed(&self) -> ui::format::Count {
        match self.unit {
            Unit::Visits => ui::format::Count::cut(self.value, STEP),
            _ => ui::format::Count::exact(self.value),
        }
    }
}

/// Whole calendar months from one day to another: from the 31st to the last day of a shorter month is whole.
fn whole_months(first: &Day, last: &Day) -> u64 {
    let ((year, month, day), (to_year, to_month, to_day)) = (first.parts(), last.parts());
    let is_last_of_month = add_days(last, 1).parts().1 != to_month;
    let short = to_day < day && !is_last_of_month;
    let months = (i64::from(to_year) - i64::from(year)) * 12 + i64::from(to_month) - i64::from(month);
    u64::try_from(months - i64::from(short)).unwrap_or(0)
}

/// The key of a word of a figure: `figure-def-communities-visited`.
fn word(of: &str, key: &str) -> String {
    format!("{of}-{}", key.replace('_', "-"))
}

fn digest(records: &[Record]) -> String {
    let mut hash = Sha256::new();
    for record in records {
        for part in [record.id.as_str(), "\t", record.part.as_str(), "\n"] {
            hash.update(part.as_bytes());
        }
    }
    ledger::tree::Hash(hash.finalize().into()).to_string()
}

/// The figures of a season with what they are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The season.
    pub season: Season,
    /// What the figures are about.
    pub scope: Scope,
    /// The days of its calendar.
    pub period: Period,
    /// The figures, in the order in which they are told.
    pub figures: Vec<Figure>,
    /// What the programme gives awards for.
    pub categories: Vec<Term>,
}

/// The figures of a season, counted now: as many statements for a large season as for a small one.
///
/// # Errors
/// Database faults.
pub fn report(s: &mut Snapshot<'_>, season: Season) -> Result<Report, Fault> {
    let slug = seasons::queries::slug(s, &season.id)?;
    let place = places::queries::show(s, &season.place)?.map(|place| place.name).unwrap_or_default();
    let plan = seasons::queries::plan(s, &season.id)?;
    let day = |day: Option<&Day>| day.unwrap_or(&season.opened_day).to_string();
    let period =
        Period { from: day(plan.first().map(|stage| &stage.from)), until: day(plan.last().map(|stage| &stage.until)) };
    let facts = facts::load(s, &season)?;
    let figures = season::figures(&facts);
    Ok(Report { scope: Scope { season: slug, place }, period, figures, season, categories: facts.categories })
}

/// One figure of a report.
///
/// # Errors
/// Refusal `figure-not-found`.
pub fn one<'a>(report: &'a Report, key: &str) -> Result<&'a Figure, Refusal> {
    let found = report.figures.iter().find(|figure| figure.key == key);
    found.ok_or_else(|| Refusal::new(Kind::NotFound, "figure-not-found"))
}

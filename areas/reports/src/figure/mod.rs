//! A figure: a number counted from records, with a way to them.

pub mod api;
mod facts;
mod season;
pub mod web;

use db::{Fault, Snapshot};
use kernel::{Day, Kind, Refusal};
use programmes::{Season, season as seasons};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

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
}

impl Unit {
    /// Its key in the words: `figure-unit-<key>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Unit::Communities => "communities",
            Unit::Ideas => "ideas",
            Unit::Projects => "projects",
            Unit::Fields => "fields",
        }
    }
}

/// What a figure is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What names it, without tabs and line feeds.
    pub id: String,
    /// The property whose different values count, or empty.
    pub part: String,
    /// What a list shows; empty for a record whose words are not public.
    pub title: String,
    /// The day it belongs to, where it has one.
    pub day: Option<Day>,
    /// Its page.
    pub page: String,
}

/// How a figure comes from its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    /// One each.
    Each,
    /// Their different parts.
    Parts,
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
    /// SHA-256 over the records, in lower-case hexadecimal.
    pub digest: String,
    /// What it is counted from, in the order of their ids.
    pub records: Vec<Record>,
}

impl Figure {
    fn counted((key, unit, count): (&'static str, Unit, Count), mut records: Vec<Record>) -> Figure {
        records.sort_by(|a, b| a.id.cmp(&b.id));
        let n = match count {
            Count::Each => records.len(),
            Count::Parts => {
                let mut parts: Vec<&str> = records.iter().map(|record| record.part.as_str()).collect();
                parts.sort_unstable();
                parts.dedup();
                parts.len()
            }
        };
        let digest = digest(&records);
        Figure { key, value: u64::try_from(n).unwrap_or(u64::MAX), unit, estimated: false, digest, records }
    }

    /// The page of its records.
    pub fn page(&self, season: &Season) -> String {
        format!("/seasons/{}/figures/{}", season.id, self.key)
    }
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
    let figures = season::figures(&facts::load(s, &season)?);
    Ok(Report { scope: Scope { season: slug, place }, period, figures, season })
}

/// One figure of a report.
///
/// # Errors
/// Refusal `figure-not-found`.
pub fn one<'a>(report: &'a Report, key: &str) -> Result<&'a Figure, Refusal> {
    let found = report.figures.iter().find(|figure| figure.key == key);
    found.ok_or_else(|| Refusal::new(Kind::NotFound, "figure-not-found"))
}

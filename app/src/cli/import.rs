//! What is brought in.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Home;

/// Bring data in
#[derive(Debug, Subcommand)]
pub enum Import {
    /// A participatory-budgeting election: season, projects, ballots, count and verdict
    Pabulib(ImportPabulib),
    /// Official codes of places: code,level,name,parent
    Places(ImportPlaces),
    /// Announced holidays and make-up workdays of one or more years
    Calendar(ImportCalendar),
    /// A roll of residents and owners: CSV in UTF-8 with columns for name, phone, place, flat, kind
    Residents(ImportResidents),
    /// A programme's template: its stages, form, budget rules, score sheet and decision
    Template(ImportTemplate),
    /// A conversation that was held elsewhere: a folder in the export format of Polis, with its map as a verdict
    Polis(ImportPolis),
}

/// A conversation that was held elsewhere
#[derive(Debug, Args)]
pub struct ImportPolis {
    /// The folder, with comments.csv and participants-votes.csv or votes.csv
    pub folder: PathBuf,
    /// The id of the place whose conversation it is
    #[arg(long)]
    pub place: String,
    /// Its title, at most 120 characters
    #[arg(long)]
    pub title: String,
    /// What it was about
    #[arg(long, default_value = "")]
    pub about: String,
    /// The attribution that its licence asks for; it stands on every page and in the download
    #[arg(long)]
    pub source: String,
    /// The licence by name, such as "CC BY 4.0"
    #[arg(long)]
    pub licence: String,
    /// Where it was held
    #[arg(long, default_value = "")]
    pub url: String,
    /// What the search for groups starts from
    #[arg(long, default_value_t = 0)]
    pub seed: u32,
    /// Only read the files and say what is in them
    #[arg(long)]
    pub preview: bool,
    /// Where the data is kept.
    #[command(flatten)]
    pub home: Home,
}

/// A programme's template
#[derive(Debug, Args)]
pub struct ImportTemplate {
    /// The file, TOML; those that come along are in areas/programmes/templates
    pub file: PathBuf,
    /// Only say whether it holds
    #[arg(long)]
    pub preview: bool,
    /// Where the data is kept.
    #[command(flatten)]
    pub home: Home,
}

/// A roll of residents and owners
#[derive(Debug, Args)]
pub struct ImportResidents {
    /// The file
    pub file: PathBuf,
    /// The id of the place; rows may name places directly below it
    #[arg(long)]
    pub place: String,
    /// Only show what would change
    #[arg(long)]
    pub preview: bool,
    /// Where the data is kept.
    #[command(flatten)]
    pub home: Home,
}

/// Official codes of places
#[derive(Debug, Args)]
pub struct ImportPlaces {
    /// The file: CSV in UTF-8 with the columns code,level,name,parent
    pub file: PathBuf,
    /// Say what would change and what is wrong, and write nothing
    #[arg(long)]
    pub preview: bool,
    /// Take in the rows that hold although others are wrong
    #[arg(long)]
    pub skip_wrong: bool,
    /// Only what lies in the place with this id
    #[arg(long, value_name = "PLACE")]
    pub under: Option<String>,
    /// Other names that people use: CSV with the columns mention,code
    #[arg(long, value_name = "FILE")]
    pub aliases: Option<PathBuf>,
    /// Where the data is kept.
    #[command(flatten)]
    pub home: Home,
}

/// Announced holidays and make-up workdays of one or more years
#[derive(Debug, Args)]
pub struct ImportCalendar {
    /// The file, JSON as chinese-days publishes it
    pub file: PathBuf,
    /// Where it comes from [default: the file's name]
    #[arg(long)]
    pub source: Option<String>,
    /// Only show what would change
    #[arg(long)]
    pub preview: bool,
    /// Where the data is kept.
    #[command(flatten)]
    pub home: Home,
}

/// A participatory-budgeting election
#[derive(Debug, Args)]
pub struct ImportPabulib {
    /// The file, in Pabulib's .pb format
    pub file: PathBuf,
    /// greedy:cost, mes:cost or mes_add1u:cost:cost
    #[arg(long)]
    pub rule: String,
    /// By how much equal shares are raised each time, in units of the currency [default: 1]
    #[arg(long)]
    pub increment: Option<String>,
    /// Where the data is kept.
    #[command(flatten)]
    pub home: Home,
}

//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

mod count;
mod import;

pub use count::{Consent, Count, CountWhat, Opinion, OpinionGroups, Panel, Sortition, Tally};
pub use import::{Import, ImportCalendar, ImportPabulib, ImportPlaces, ImportPolis, ImportResidents, ImportTemplate};

/// Linli 邻里, the operating system of a neighbourhood's self-government.
#[derive(Debug, Parser)]
#[command(name = "linli", version, about, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Load the demonstration and serve it
    Demo(Demo),
    /// Serve an installation
    Serve(Serve),
    /// Bring data in
    #[command(subcommand)]
    Import(Import),
    /// Take data out: the whole log with its proofs, or one season
    Export(Export),
    /// Verify an export or one verdict's file, with no database and no network; or this installation's verdicts
    Verify(Verify),
    /// Check that the books of money add up, and say how it stands with PDF
    Doctor(Doctor),
    /// What a season became, counted from its records
    Figures(Figures),
    /// Count a Pabulib file, or a panel's score sheets
    Tally(Count),
    /// Decide whether owners have agreed together, by area and by heads
    Consent(Consent),
    /// Draw a panel by lot with quotas, or check a published list and its draw
    Sortition(Sortition),
    /// Map a conversation: who thinks alike, what all share, what parts them
    Opinion(Opinion),
    /// Print the public key that signs this installation's log
    Key(Home),
}

/// Where an installation keeps its data.
#[derive(Debug, Clone, Args)]
pub struct Home {
    /// Folder of the embedded database and of the log's key
    #[arg(long, env = "LINLI_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// sqlite:PATH or postgres://USER@HOST/NAME; by default linli.db in the data folder
    #[arg(long, env = "LINLI_DATABASE", value_name = "ADDRESS")]
    pub database: Option<String>,
}

/// Check that the books of money add up, and say how it stands with PDF
#[derive(Debug, Args)]
pub struct Doctor {
    /// Where the data is kept.
    #[command(flatten)]
    pub home: Home,
    /// Font file of PDFs [default: where Debian's fonts-noto-cjk puts it]
    #[arg(long, env = "LINLI_PDF_FONT", value_name = "FILE")]
    pub pdf_font: Option<PathBuf>,
}

/// Load the demonstration and serve it
#[derive(Debug, Args)]
pub struct Demo {
    /// Where the data is kept.
    #[command(flatten)]
    pub home: Home,
    /// Delete the demonstration's data and start anew (asks before)
    #[arg(long)]
    pub fresh: bool,
    /// Answer the question of --fresh with yes
    #[arg(long)]
    pub yes: bool,
    /// Port on this machine
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Load, print the lines and exit
    #[arg(long)]
    pub load_only: bool,
}

/// Serve an installation
#[derive(Debug, Args)]
pub struct Serve {
    /// Settings file (TOML); flags and environment variables come before it
    #[arg(long, env = "LINLI_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the embedded database and of the log's key [default: data]
    #[arg(long, env = "LINLI_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// sqlite:PATH or postgres://USER@HOST/NAME
    #[arg(long, env = "LINLI_DATABASE", value_name = "ADDRESS")]
    pub database: Option<String>,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "LINLI_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Name of the installation, shown in the top bar
    #[arg(long, env = "LINLI_NAME")]
    pub name: Option<String>,
    /// Token of the operator's API, at least 24 characters; prefer the environment variable
    #[arg(long, env = "LINLI_OPERATOR_TOKEN", hide_env_values = true)]
    pub operator_token: Option<String>,
    /// Residents reach it by https (a proxy ends TLS): cookies are secure, browsers come by TLS only
    #[arg(long)]
    pub https: bool,
    /// A proxy stands before it and writes X-Forwarded-For
    #[arg(long)]
    pub proxied: bool,
    /// Font file of PDFs [default: where Debian's fonts-noto-cjk puts it]
    #[arg(long, env = "LINLI_PDF_FONT", value_name = "FILE")]
    pub pdf_font: Option<PathBuf>,
}

/// What a season became, counted from its records
#[derive(Debug, Args)]
pub struct Figures {
    /// The season, as --list names it
    #[arg(long, value_name = "SLUG", required_unless_present = "list")]
    pub season: Option<String>,
    /// Print one JSON array: key, value, unit, definition, period, scope, records, estimated, more_than, digest
    #[arg(long)]
    pub json: bool,
    /// Print the seasons, one a line: name for --season, tab, title
    #[arg(long, conflicts_with_all = ["season", "json"])]
    pub list: bool,
    /// Language of the definitions: zh-Hans, zh-Hant, en, ko
    #[arg(long, default_value = "zh-Hans", value_name = "TAG")]
    pub lang: String,
    /// Where the data is kept.
    #[command(flatten)]
    pub home: Home,
}

/// Take data out
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Export {
    /// One season instead of the log.
    #[command(subcommand)]
    pub what: Option<ExportWhat>,
    /// New folder for the log, its proofs and its key
    #[arg(long, value_name = "DIR", required = true)]
    pub out: Option<PathBuf>,
    /// For auditors: also score sheets, rolls and salts under pseudonyms; keep it as you would keep ballots
    #[arg(long)]
    pub sealed: bool,
    /// Where the data is kept.
    #[command(flatten)]
    pub home: Home,
}

/// One season instead of the log
#[derive(Debug, Subcommand)]
pub enum ExportWhat {
    /// A season's projects and ballots in Pabulib's format
    Pabulib {
        /// The season's id
        season: String,
        /// The file to write
        file: PathBuf,
        /// Where the data is kept.
        #[command(flatten)]
        home: Home,
    },
}

/// Verify an export, the file of one verdict, or this installation's verdicts
#[derive(Debug, Args)]
pub struct Verify {
    /// The export's folder
    #[arg(required_unless_present_any = ["installation", "verdict"])]
    pub dir: Option<PathBuf>,
    /// Instead of an export: compute every verdict of the database again from its records
    #[arg(long, conflicts_with_all = ["dir", "key", "earlier", "verdict"])]
    pub installation: bool,
    /// Instead of an export: the file of one verdict, as its page gives it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dir", "earlier"])]
    pub verdict: Option<PathBuf>,
    /// File with the log's public key, from a source other than the export
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// A checkpoint kept from earlier: the export must continue it
    #[arg(long, value_name = "FILE")]
    pub earlier: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
    /// Where the installation is, with --installation
    #[command(flatten)]
    pub home: Home,
}

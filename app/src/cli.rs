//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

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

/// Count a Pabulib file, or a panel's score sheets
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Count {
    /// What else than a Pabulib file.
    #[command(subcommand)]
    pub what: Option<CountWhat>,
    /// A Pabulib file.
    #[command(flatten)]
    pub file: Option<Tally>,
}

/// What else than a Pabulib file
#[derive(Debug, Subcommand)]
pub enum CountWhat {
    /// Score sheets of a panel: CSV in UTF-8 with the columns project, reviewer, criterion, score; weight and conflict if wanted
    Panel(Panel),
}

/// Score sheets of a panel
#[derive(Debug, Args)]
pub struct Panel {
    /// The file
    pub file: PathBuf,
    /// What is made of a sheet's points before projects are compared: raw, zscore, mean-rank or borda
    #[arg(long, default_value = "raw", value_name = "NAME")]
    pub method: String,
    /// With zscore: from how many sheets on a reviewer's own mean and deviation count for more than half; 0: alone
    #[arg(long, default_value_t = 5, value_name = "SHEETS")]
    pub shrink: u32,
    /// The highest score; points are then out of 100 [default: points are weighted means of the scores as they are]
    #[arg(long, value_name = "SCORE", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub most: Option<u32>,
    /// From how many sheets on a project's highest and lowest are dropped, at least 3; 0: never
    #[arg(long, default_value_t = 5, value_name = "SHEETS")]
    pub drop_from: u32,
    /// How many sheets a project needs to be ranked
    #[arg(long, default_value_t = 1, value_name = "SHEETS", value_parser = clap::value_parser!(u32).range(1..))]
    pub least: u32,
    /// Points that a project needs
    #[arg(long, value_name = "POINTS")]
    pub pass: Option<u32>,
    /// How many projects have a place [default: all that pass]
    #[arg(long, value_name = "PROJECTS")]
    pub places: Option<u32>,
    /// How many after them stand on the reserve list
    #[arg(long, default_value_t = 0, value_name = "PROJECTS")]
    pub reserve: u32,
    /// Within how many hundredths of a standard error two means are near
    #[arg(long, default_value_t = 100, value_name = "HUNDREDTHS")]
    pub near: u32,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// Count a Pabulib file
#[derive(Debug, Args)]
pub struct Tally {
    /// The file, in Pabulib's .pb format
    pub file: PathBuf,
    /// greedy:U, mes:U, mes_greedy:U:U, mes_add1:U, mes_add1u:U:U, eqs_add1 or eqs_add1u:integral,exhaustive or phragmen, where U is
    /// card, cost, cost-sqrt, addcard (points) or borda (places)
    #[arg(long)]
    pub rule: String,
    /// By how much equal shares are raised each time, in units of the currency [default: 1]
    #[arg(long)]
    pub increment: Option<String>,
    /// Answer as JSON: winners, steps, losses, and for each project what stands behind it (explain)
    #[arg(long)]
    pub json: bool,
    /// Say in words why each project won or lost; with --json, in each entry of explain
    #[arg(long)]
    pub explain: bool,
    /// Find what would have made this project win: more supporters, or a lower cost. Counts many times
    #[arg(long, value_name = "PROJECT")]
    pub what_if: Option<String>,
    /// Language of --explain: zh-Hans, zh-Hant, en, ko
    #[arg(long, default_value = "zh-Hans", value_name = "TAG")]
    pub lang: String,
}

/// Decide whether owners have agreed together, by area and by heads
#[derive(Debug, Args)]
pub struct Consent {
    /// The roll: CSV in UTF-8 with the columns unit,building,floor,owner,area,status
    #[arg(long, value_name = "FILE")]
    pub roll: PathBuf,
    /// The ballots: CSV in UTF-8 with the columns unit,choice,channel
    #[arg(long, value_name = "FILE")]
    pub ballots: PathBuf,
    /// use-fund, raise-fund, rebuild, change-use, rules, covenant, elect-committee, hire-firm or other
    #[arg(long)]
    pub item: String,
    /// The day of the decision, whose law applies: 2021-01-01
    #[arg(long, value_name = "DATE")]
    pub on: String,
    /// Only these buildings pay and vote
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub scope_building: Option<Vec<String>>,
    /// A set of rules: cn, cn-beijing, or a file
    #[arg(long, value_name = "NAME|FILE", default_value = "cn")]
    pub rules: String,
    /// Also print what is posted: each unit with what it cast, and nobody's name
    #[arg(long)]
    pub sheet: bool,
    /// Answer as JSON, areas in 0.01 m²
    #[arg(long)]
    pub json: bool,
    /// Language: zh-Hans, zh-Hant, en, ko
    #[arg(long, default_value = "zh-Hans", value_name = "TAG")]
    pub lang: String,
}

/// Draw a panel by lot with quotas, or check a published list and its draw
#[derive(Debug, Args)]
pub struct Sortition {
    /// Quotas: CSV with the columns category,feature,min,max or feature,value,min,max
    #[arg(long, value_name = "FILE", required_unless_present = "list")]
    pub categories: Option<PathBuf>,
    /// People: CSV with a column for each category, and one of ids
    #[arg(long, value_name = "FILE", required_unless_present = "list")]
    pub people: Option<PathBuf>,
    /// Members of the panel
    #[arg(long, value_name = "N", required_unless_present = "list")]
    pub size: Option<u32>,
    /// The public value that draws; without it the list is made and nothing drawn
    #[arg(long, value_name = "TEXT")]
    pub seed: Option<String>,
    /// leximin, maximin or nash
    #[arg(long, default_value = "leximin")]
    pub rule: String,
    /// The column of people's ids [default: the one named id or ending in _id; else row numbers]
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// At most one person of an address: its column; name several columns one by one
    #[arg(long, value_name = "COLUMN")]
    pub address: Vec<String>,
    /// Panels of the numbered list
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub panels: usize,
    /// Write the numbered list, to be published with its digest before the draw
    #[arg(long, value_name = "FILE", conflicts_with = "list")]
    pub write_list: Option<PathBuf>,
    /// Check this published list and draw from it; nothing is solved. With quotas and people each panel is checked
    #[arg(long, value_name = "FILE")]
    pub list: Option<PathBuf>,
    /// The digest that was announced for the list
    #[arg(long, value_name = "SHA256", requires = "list")]
    pub digest: Option<String>,
    /// Ids of members who withdrew, in this order: replace them
    #[arg(long, value_name = "ID", requires = "seed")]
    pub withdrawn: Vec<String>,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// Map a conversation: who thinks alike, what all share, what parts them
#[derive(Debug, Args)]
pub struct Opinion {
    /// Folder in the export format of Polis: comments.csv, and participants-votes.csv or votes.csv
    pub folder: PathBuf,
    /// Whose groups: found here, or those of the exporter (column group-id of participants-votes.csv)
    #[arg(long, value_enum, default_value_t = OpinionGroups::Found)]
    pub groups: OpinionGroups,
    /// Where the draws begin; equal votes and an equal seed give an equal map
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// A statement counts only once it is accepted
    #[arg(long)]
    pub strict: bool,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
    /// With --json: also the figures behind the result, as `details`
    #[arg(long, requires = "json")]
    pub details: bool,
}

/// Whose groups are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum OpinionGroups {
    /// Those that are found here.
    Found,
    /// Those that the exporter found.
    Exported,
}

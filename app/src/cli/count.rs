//! What is counted from files alone, with no database.

use std::path::PathBuf;

use clap::{Args, Subcommand};

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
    /// The public value that draws lots among projects that are equal in everything [default: they stand by name, and
    /// where that would decide it is said that a lot has to]
    #[arg(long, value_name = "TEXT")]
    pub seed: Option<String>,
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
    /// By how much equal shares are raised each time, in units of the currency, also below 1 [default: 1]
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
    /// A set of rules: cn, cn-beijing, cn-hangzhou, or a file
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

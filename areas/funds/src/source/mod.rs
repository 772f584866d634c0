//! A source: who gave money, or something that is worth money.

pub mod add;
pub mod queries;
pub mod store;
pub mod withdraw;

use kernel::{Day, Fen};

/// Sources of a season at most.
pub const MAX_SOURCES: i64 = 1_000;

/// What kind of source it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// 财政资金: money of the public.
    Public,
    /// 社会捐赠: money that somebody gave.
    Donor,
    /// 自筹: the project's own money, which never goes through the bank of the season.
    Own,
    /// 实物和服务: things and services, with a stated valuation.
    InKind,
}

impl SourceKind {
    /// All of them.
    pub const ALL: [SourceKind; 4] = [SourceKind::Public, SourceKind::Donor, SourceKind::Own, SourceKind::InKind];

    /// The word in the database, the API and the message keys (`money-source-…`).
    pub fn as_str(self) -> &'static str {
        match self {
            SourceKind::Public => "public",
            SourceKind::Donor => "donor",
            SourceKind::Own => "own",
            SourceKind::InKind => "in-kind",
        }
    }

    /// Whether its money goes through the bank of the season.
    pub fn is_banked(self) -> bool {
        matches!(self, SourceKind::Public | SourceKind::Donor)
    }
}

impl std::str::FromStr for SourceKind {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        SourceKind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// 1, 2, 3, … within the season.
    pub number: u32,
    /// What kind.
    pub kind: SourceKind,
    /// Who gave it.
    pub name: String,
    /// The name is a person's: masked for the public.
    pub is_person: bool,
    /// How much it gave.
    pub amount: Fen,
    /// How a gift in kind was valued; else empty.
    pub basis: String,
    /// The project it was given to; none for money of the season.
    pub project: Option<u32>,
    /// The day it was entered.
    pub day: Day,
    /// The day it was taken back, where it was entered by mistake.
    pub withdrawn: Option<Day>,
    /// Why it was; else empty.
    pub withdrawn_why: String,
}

impl Source {
    /// The name as the public sees it.
    pub fn public_name(&self) -> String {
        if self.is_person { crate::masked(&self.name) } else { self.name.clone() }
    }
}

//! What owners decide together.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A kind of joint decision: the nine of Civil Code article 278, paragraph 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    /// (1) Rules of procedure of the owners' assembly.
    Rules,
    /// (2) The covenant.
    Covenant,
    /// (3) To elect the owners' committee or replace its members.
    ElectCommittee,
    /// (4) To hire or dismiss the property firm or another manager.
    HireFirm,
    /// (5) To use the maintenance fund.
    UseFund,
    /// (6) To raise the maintenance fund.
    RaiseFund,
    /// (7) To alter or rebuild the building and what belongs to it.
    Rebuild,
    /// (8) To change the use of common parts, or to trade with them.
    ChangeUse,
    /// (9) Any other grave matter of common ownership.
    Other,
}

/// A name that is no item's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no item is called `{0}`: choose one of {names}", names = names())]
pub struct UnknownItem(String);

impl Item {
    /// Every item, in the order of the article.
    pub const ALL: [Self; 9] = [
        Self::Rules,
        Self::Covenant,
        Self::ElectCommittee,
        Self::HireFirm,
        Self::UseFund,
        Self::RaiseFund,
        Self::Rebuild,
        Self::ChangeUse,
        Self::Other,
    ];

    /// Its name in files and commands.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Covenant => "covenant",
            Self::ElectCommittee => "elect-committee",
            Self::HireFirm => "hire-firm",
            Self::UseFund => "use-fund",
            Self::RaiseFund => "raise-fund",
            Self::Rebuild => "rebuild",
            Self::ChangeUse => "change-use",
            Self::Other => "other",
        }
    }
}

fn names() -> String {
    Item::ALL.map(Item::name).join(", ")
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Item {
    type Err = UnknownItem;
    fn from_str(name: &str) -> Result<Self, UnknownItem> {
        let found = Self::ALL.into_iter().find(|item| item.name() == name);
        found.ok_or_else(|| UnknownItem(crate::text::shown(name)))
    }
}

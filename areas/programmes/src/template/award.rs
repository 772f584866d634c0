//! What awards are given for, and who decides on each.

use serde::{Deserialize, Serialize};

use super::{Named, Names, Term};

kernel::words! {
    /// Who decides which of the nominated projects get an award.
    #[schema(as = AwardDecides)]
    Decides {
        /// Somebody of the office who neither nominated it nor had a part in it.
        Office "office",
        /// Persons who are invited, by approval.
        Jury "jury",
        /// Verified residents of the season's place, by approval.
        Vote "vote",
    }
}

/// What an award is given for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardTerm {
    /// A word of letters and dashes, 1 to 40.
    pub key: String,
    /// Its names.
    pub name: Names,
    /// Who decides on it; absent means the office.
    #[serde(default = "office")]
    pub decide: Decides,
    /// How many projects a jury or a vote gives it to, 1 to 20; absent means one. Where the office decides, nothing
    /// bounds it.
    #[serde(default = "one")]
    pub places: u32,
}

fn office() -> Decides {
    Decides::Office
}

fn one() -> u32 {
    1
}

impl AwardTerm {
    /// Its key and its names alone.
    pub fn term(&self) -> Term {
        Term { key: self.key.clone(), name: self.name.clone() }
    }
}

impl Named for AwardTerm {
    fn named(&self) -> (&str, &Names) {
        (&self.key, &self.name)
    }
}

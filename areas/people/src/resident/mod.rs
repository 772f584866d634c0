//! The roll of residents and owners of a place.

pub mod import;
pub mod mask;
pub mod queries;
pub mod reveal;
pub mod sheet;
pub mod store;

use std::str::FromStr;

use kernel::{Day, Id, PersonId, PlaceId};

/// The noun of ids of rows of the roll.
pub enum ResidentNoun {}
/// The id of a row of the roll.
pub type ResidentId = Id<ResidentNoun>;

/// What somebody is in a flat. Who lives in a flat of their own has two rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResidentKind {
    /// 居民, who lives there.
    Resident,
    /// 业主, who owns it.
    Owner,
}

impl ResidentKind {
    /// The word in the database, the API and the message keys (`resident-<word>`).
    pub fn as_str(self) -> &'static str {
        match self {
            ResidentKind::Resident => "resident",
            ResidentKind::Owner => "owner",
        }
    }
}

impl FromStr for ResidentKind {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "resident" => Ok(ResidentKind::Resident),
            "owner" => Ok(ResidentKind::Owner),
            _ => Err(()),
        }
    }
}

/// A row of the roll as a list shows it: name and telephone are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: ResidentId,
    /// Where.
    pub place: PlaceId,
    /// The place's name.
    pub place_name: String,
    /// Who.
    pub person: PersonId,
    /// As what.
    pub kind: ResidentKind,
    /// Which flat, as the file has it.
    pub flat: String,
    /// The first character of the name and `**`.
    pub name: String,
    /// Three and four digits of a telephone; empty without one.
    pub phone: String,
    /// Since when the roll has this row.
    pub since: Day,
}

//! Consents: what somebody agreed to, in which version, since when, until when.

pub mod agree;
pub mod end;
pub mod give;
pub mod queries;
pub mod store;

use std::str::FromStr;

use kernel::{Day, Id, PersonId, Source};

/// The noun of consent ids.
pub enum ConsentNoun {}
/// The id of a consent.
pub type ConsentId = Id<ConsentNoun>;

/// What a consent is for. Each has words (`purpose-<word>`, `purpose-<word>-text`) in a version of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Somebody acts in the giver's name.
    ActFor,
    /// The giver's name stands in public lists, such as those of awards.
    ShowName,
    /// Photos that show the giver are public.
    ShowPhoto,
}

const PURPOSES: [(Purpose, &str, u32); 3] =
    [(Purpose::ActFor, "act-for", 1), (Purpose::ShowName, "show-name", 1), (Purpose::ShowPhoto, "show-photo", 1)];

impl Purpose {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Purpose> {
        PURPOSES.iter().map(|(purpose, ..)| *purpose)
    }

    /// The word in the database, the API and the message keys.
    pub fn as_str(self) -> &'static str {
        PURPOSES.iter().find(|(purpose, ..)| *purpose == self).map_or("act-for", |(_, word, _)| word)
    }

    /// The present version of its words. Who agreed to an earlier one has not agreed to this one.
    pub fn version(self) -> u32 {
        PURPOSES.iter().find(|(purpose, ..)| *purpose == self).map_or(1, |(.., version)| *version)
    }

    /// Whether it is to one person, not to everybody.
    pub fn is_to_one(self) -> bool {
        self == Purpose::ActFor
    }
}

impl FromStr for Purpose {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        PURPOSES.iter().find(|(_, w, _)| *w == word).map(|(purpose, ..)| *purpose).ok_or(())
    }
}

/// In which way it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// By the giver, signed in.
    OneSelf,
    /// By reading a code from the giver's telephone to who asked for it.
    Code,
    /// To a worker, who noted it.
    Desk,
}

impl How {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            How::OneSelf => "self",
            How::Code => "code",
            How::Desk => "desk",
        }
    }
}

/// A consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Its id; its home is the giver's.
    pub id: ConsentId,
    /// Who agreed.
    pub giver: PersonId,
    /// To whom; `None` to everybody.
    pub taker: Option<PersonId>,
    /// To what.
    pub purpose: Purpose,
    /// In which version of its words.
    pub version: u32,
    /// The word of [`How`].
    pub how: String,
    /// By which way it came in.
    pub source: Source,
    /// Since when.
    pub given_day: Day,
    /// Until when; `None` while it is in force.
    pub ended_day: Option<Day>,
}

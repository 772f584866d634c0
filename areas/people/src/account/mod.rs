//! Accounts: how a person is reached, proves to be it, and appears.

pub mod add_contact;
pub mod ask;
pub mod contact;
pub mod enter;
pub mod erasure;
mod mine;
mod outbox;
pub mod password;
pub mod prove;
pub mod purge;
pub mod queries;
pub mod register;
pub mod remove_contact;
pub mod rename;
pub mod rules;
pub mod set_password;
pub mod settings;
pub mod store;
pub mod verify;

use std::str::FromStr;

use kernel::{Day, Instant, PersonId, PlaceId};

pub use contact::{Contact, ContactKind};
pub(crate) use mine::own;

/// Persons one contact may serve.
pub const MAX_PERSONS: usize = 8;

/// How it is known who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerifiedHow {
    /// It is not.
    No,
    /// They read a code from a mail address. That says nothing of who they are.
    Email,
    /// They read a code from a mobile telephone, which its operator gives only to somebody it has identified.
    Phone,
    /// A worker saw them and a document at the desk.
    Desk,
}

const HOWS: [(VerifiedHow, &str); 4] =
    [(VerifiedHow::No, ""), (VerifiedHow::Email, "email"), (VerifiedHow::Phone, "phone"), (VerifiedHow::Desk, "desk")];

impl VerifiedHow {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        HOWS.iter().find(|(how, _)| *how == self).map_or("", |(_, word)| word)
    }

    /// Whether it is enough for publishing.
    pub fn is_verified(self) -> bool {
        matches!(self, VerifiedHow::Phone | VerifiedHow::Desk)
    }
}

impl FromStr for VerifiedHow {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        HOWS.iter().find(|(_, w)| *w == word).map(|(how, _)| *how).ok_or(())
    }
}

/// What a person keeps of themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// Where they live or work.
    pub place: PlaceId,
    /// Their name; workers see it, others do not.
    pub name: String,
    /// How they appear to others; empty means without a name.
    pub shown_name: String,
    /// How it is known who they are.
    pub verified: VerifiedHow,
    /// Since when.
    pub verified_day: Option<Day>,
    /// The tag of a language of the pages, or empty.
    pub language: String,
    /// Whether they want the elder view; `None` leaves it to the device.
    pub elder: Option<bool>,
    /// Whether they have a password.
    pub has_password: bool,
    /// Since when they wish to be forgotten.
    pub erasure_asked: Option<Day>,
    /// Since when they are known.
    pub added_at: Instant,
}

/// A contact of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The contact.
    pub contact: Contact,
    /// Since when a code was read from it by this person; `None` for one that only a file names.
    pub verified_day: Option<Day>,
}

/// Somebody whom a contact serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Who.
    pub person: PersonId,
    /// Whether this person has read a code from it.
    pub verified: bool,
}

/// What the browser that asked for a code keeps for the answer: 32 random bytes. Without them the code is worth nothing,
/// so that nobody tries, ends or uses up a code that another asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge(pub [u8; 32]);

impl Challenge {
    /// 64 hexadecimal digits, for a hidden field.
    pub fn to_text(&self) -> String {
        ledger::tree::Hash(self.0).to_string()
    }

    /// Reads [`Challenge::to_text`].
    pub fn parse(text: &str) -> Option<Challenge> {
        ledger::tree::Hash::from_hex(text).map(|hash| Challenge(hash.0))
    }
}

impl std::fmt::Debug for Challenge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Challenge")
    }
}

/// What a right code is exchanged for: 32 bytes that open what comes next, for ten minutes.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket(pub [u8; 32]);

impl Ticket {
    /// 64 hexadecimal digits, for a hidden field.
    pub fn to_text(&self) -> String {
        ledger::tree::Hash(self.0).to_string()
    }

    /// Reads [`Ticket::to_text`].
    pub fn parse(text: &str) -> Option<Ticket> {
        ledger::tree::Hash::from_hex(text).map(|hash| Ticket(hash.0))
    }
}

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ticket")
    }
}

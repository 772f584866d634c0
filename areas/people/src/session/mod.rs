//! Sessions: what a browser's cookie opens, for how long, on which device.

pub mod device;
pub mod door;
pub mod end;
pub mod queries;
pub mod rules;
pub mod seen;
pub mod start;
pub mod store;
pub mod switch;

use kernel::{Day, Id, Instant, PersonId};
use sha2::{Digest, Sha256};

/// The noun of session ids.
pub enum SessionNoun {}
/// The id by which a person tells their sessions apart. It opens nothing.
pub type SessionId = Id<SessionNoun>;

/// Sessions of one person; the oldest ends when one more begins.
pub const MAX_SESSIONS: i64 = 20;

/// What the cookie holds: 32 random bytes. The database keeps only their SHA-256.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(pub [u8; 32]);

impl Token {
    /// What the database keeps.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

/// How somebody signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// With a one-time code.
    Code,
    /// With a password.
    Password,
}

impl How {
    /// The word in the database and the message keys (`signed-in-<word>`).
    pub fn as_str(self) -> &'static str {
        match self {
            How::Code => "code",
            How::Password => "password",
        }
    }
}

/// A session as its person sees it: days, no hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// SHA-256 of its token, to tell which one is asking.
    pub digest: [u8; 32],
    /// The device, as [`device::label`] named it.
    pub device: String,
    /// When it began. Kept to the microsecond because officers' sessions end after twelve hours; pages show the day.
    pub made_at: Instant,
    /// The day it began.
    pub made_day: Day,
    /// The last day it was used.
    pub seen_day: Day,
    /// For whom it acts.
    pub behalf: Option<PersonId>,
}

//! The film of a project's results. Whoever is to be seen or heard in it was asked before: without their consent it stays
//! inside.

pub mod add;
pub mod queries;
pub mod store;
pub mod web;

use kernel::Day;
use work::files::FileId;

/// What is said of those in the film: nobody can be recognised; everybody in it agreed to its being public; or not, so
/// that only the team and the office see it.
pub const FACES: [&str; 3] = ["nobody", "agreed", "inside"];

/// A film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Film {
    /// The file.
    pub file: FileId,
    /// One of [`FACES`].
    pub faces: String,
    /// When it was added.
    pub added_day: Day,
}

impl Film {
    /// Whether everybody may see it once the closing is accepted.
    pub fn is_public(&self) -> bool {
        self.faces != "inside"
    }
}

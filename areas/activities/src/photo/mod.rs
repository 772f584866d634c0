//! Photos of an activity. Who is to be seen on them was asked before: without their consent a photo stays inside.

pub mod add;
pub mod queries;
pub mod store;
pub mod web;

use kernel::Instant;
use work::files::FileId;

/// Photos of an activity at most.
pub const MAX_PHOTOS: i64 = 60;
/// What is said of the faces on a photo: nobody can be recognised; everybody on it agreed to its being public; or not, so
/// that only those who hold the activity see it.
pub const FACES: [&str; 3] = ["nobody", "agreed", "inside"];

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// The file.
    pub file: FileId,
    /// What it shows, at most 60 characters; may be empty.
    pub caption: String,
    /// One of [`FACES`].
    pub faces: String,
    /// When it was added.
    pub added_at: Instant,
}

impl Photo {
    /// Whether everybody may see it.
    pub fn is_public(&self) -> bool {
        self.faces != "inside"
    }
}

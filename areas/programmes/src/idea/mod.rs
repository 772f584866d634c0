//! An idea: what a neighbour would like to see done.

pub mod api;
pub mod post;
pub mod post_for;
pub mod queries;
pub mod rules;
pub mod store;
pub mod web;

use kernel::{Day, Id, Instant};

/// The noun of idea ids.
pub enum IdeaNoun {}
/// The id of an idea.
pub type IdeaId = Id<IdeaNoun>;

/// Ideas of a season at most, so that a flood of posts ends.
pub const MAX_IDEAS: u32 = 5_000;

/// An idea somebody posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idea {
    /// Its id.
    pub id: IdeaId,
    /// Its title.
    pub title: String,
    /// What is wanted.
    pub body: String,
    /// How the author wants to be called; empty means without a name.
    pub author: String,
    /// When it was posted.
    pub posted_at: Instant,
    /// The local day of that.
    pub posted_day: Day,
}

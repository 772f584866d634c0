//! An idea: what a neighbour would like to see done. It is shown, talked about, supported, and answered with a reason
//! by a day that was told when it was posted.

pub mod answer;
pub mod api;
pub mod comment;
pub mod hide;
pub mod merge;
mod model;
pub(crate) mod owed;
pub mod post;
pub mod post_for;
pub mod queries;
pub mod rules;
pub mod show_it;
pub mod split;
pub mod store;
pub mod support;
pub mod web;
pub mod withdraw;

pub use model::{Answer, Comment, CommentId, CommentNoun, Idea, IdeaId, IdeaNoun, Outcome, Promise, State};

/// Ideas of a season at most, so that a flood of posts ends.
pub const MAX_IDEAS: u32 = 50_000;
/// Comments on an idea at most.
pub const MAX_COMMENTS: u32 = 500;
/// Photos of an idea at most.
pub const MAX_PHOTOS: usize = 3;

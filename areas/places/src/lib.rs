#![doc = include_str!("../README.md")]

pub mod api;
mod code;
pub mod commands;
mod follow;
pub mod import;
mod model;
pub mod names;
mod offer;
pub mod queries;
mod rules;
mod search;
pub mod store;
mod tree;
pub mod web;

pub use code::{Code, CodeError};
pub use follow::{Bring, FOLLOW, Follow, Followers, Moved, follow};
pub use kernel::{PlaceId, PlaceNoun};
pub use model::{Level, Line, Listed, Place, Reason, State, Version};
pub use offer::offered;
pub use queries::site;
pub use search::{MOST as MOST_FOUND, search};
pub use tree::{At, Node, Tree};

#![doc = include_str!("../README.md")]

mod assets;
mod body;
mod frame;
mod guard;
mod operator;
pub mod problem;
mod rim;
pub mod server;
mod visit;

pub use body::{Fields, Json, PathId, optional_id};
pub use operator::Operator;
pub use problem::Problem;
pub use rim::{Rim, Settings};
pub use visit::{Section, Visit};

#![doc = include_str!("../README.md")]

pub mod api;
pub mod commands;
mod model;
pub mod queries;
mod rules;
pub mod store;
pub mod web;

pub use model::{Idea, IdeaId, IdeaNoun, Phase, Project, Season, SeasonId, SeasonNoun};
pub use rules::{MAX_IDEAS, MAX_PROJECTS, expect_phase};

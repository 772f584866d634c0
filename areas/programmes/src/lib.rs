#![doc = include_str!("../README.md")]

pub mod api;
pub mod award;
pub mod coaching;
pub mod group;
pub mod idea;
pub mod mentor;
pub mod page;
pub mod plan;
pub mod project;
pub mod promotion;
pub mod proposal;
pub mod running;
pub mod season;
pub mod template;
pub mod training;
pub mod visit;
pub mod web;
pub mod workshop;

pub use idea::{Idea, IdeaId, IdeaNoun};
pub use plan::Plan;
pub use project::{MAX_PROJECTS, Project};
pub use proposal::{Proposal, ProposalId};
pub use running::{Evidence, closing, midterm};
pub use season::{Phase, Season, SeasonId, SeasonNoun, Stage, expect_phase, expect_stage};
pub use template::Template;
pub use visit::{Visit, VisitId};
pub use workshop::{Workshop, WorkshopId};

/// How this area's verdicts are computed again.
pub const METHODS: &[matters::verdict::recompute::Method] =
    &[running::midterm::recompute::METHOD, running::closing::recompute::METHOD, award::choice::recompute::METHOD];

//! Projects: what is put to the vote and before the panel.

pub mod add;
pub mod api;
pub mod queries;
pub mod store;

use kernel::Fen;

/// Projects of a season at most: a ballot paper longer than this is none.
pub const MAX_PROJECTS: u32 = 2_000;

/// A project put to the vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// 1, 2, 3, … within the season; what ballots name.
    pub number: u32,
    /// What people and exchange files call it.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// What it wants, in a few sentences; may be empty.
    pub about: String,
    /// Its field; may be empty.
    pub category: String,
    /// What it costs.
    pub cost: Fen,
}

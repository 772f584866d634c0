#![doc = include_str!("../README.md")]

mod components;
mod consensus;
mod conversation;
mod counts;
mod eigen;
pub mod export;
mod grouping;
mod groups;
mod kmeans;
mod layout;
mod map;
mod options;
mod priority;
mod report;
mod representative;
mod rng;
mod stability;
mod statistics;
mod vote;

pub use components::Components;
pub use consensus::{Divided, Majority, MajorityStatement, Ranked, divides, group_aware, majority, ranked};
pub use conversation::{
    Cast, Conversation, ConversationBuilder, ConversationError, MAX_PARTICIPANTS, MAX_STATEMENTS, MAX_VOTES,
};
pub use counts::{Count, Counts};
pub use grouping::Grouping;
pub use groups::MAX_GROUPS;
pub use layout::{Dot, Hull, LAYOUT_SIDE, Layout};
pub use map::OpinionMap;
pub use options::Options;
pub use priority::{META_PRIORITY, pick, priorities};
pub use report::{Details, Document, GroupDetails, Report, ReportGroup, ReportMajority, StatementDetails};
pub use representative::{Typical, representative};
pub use stability::{Quality, adjusted_rand};
pub use statistics::{Side, Z_90, proportion_test, two_proportions_test};
pub use vote::{Moderation, Statement, UnknownVote, Vote};

//! Groups of projects that learn from one another 分组互学: members, one leader, visits with findings, talks, a report.

pub mod api;
pub mod lead;
pub mod note;
pub mod queries;
pub mod store;
pub mod web;

use kernel::{Day, Id};

/// The noun of the ids of notes.
pub enum NoteNoun {}
/// The id of a note.
pub type NoteId = Id<NoteNoun>;

kernel::words! {
    /// How a leader came to lead.
    How {
        /// The office recommended them.
        Recommended "recommended",
        /// The group elected them.
        Elected "elected",
    }
}

kernel::words! {
    /// What a group notes down.
    NoteKind {
        /// A visit to a member's project, with what was found.
        Visit "visit",
        /// A talk among the members.
        Talk "talk",
        /// The group's report.
        Report "report",
    }
}

/// Who leads a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    /// The key of the group.
    pub team: String,
    /// The project whose team leads.
    pub number: u32,
    /// How they came to it.
    pub how: How,
    /// Since when.
    pub since: Day,
}

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The key of the group.
    pub team: String,
    /// The project's number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// The key of its tier; may be empty.
    pub tier: String,
}

/// What a group noted down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// What it is.
    pub kind: NoteKind,
    /// The project that was visited.
    pub number: Option<u32>,
    /// The day.
    pub day: Day,
    /// What was found or said.
    pub words: String,
}

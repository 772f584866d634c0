//! Coaching: somebody experienced goes through a proposal with its author, by the template's questions and in notes on a
//! version. It stays between them and the office until the season is approved.

pub mod api;
pub mod ask;
pub mod assign;
pub mod note;
pub mod queries;
pub mod store;
pub mod web;

use std::str::FromStr;

use kernel::{Day, Id, PersonId};
use serde::{Deserialize, Serialize};

/// The noun of note ids.
pub enum NoteNoun {}
/// The id of a note.
pub type NoteId = Id<NoteNoun>;

/// Notes on a proposal at most.
pub const MAX_NOTES: u32 = 200;

/// How far a proposal answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = AnswerCoaching)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It does.
    Yes,
    /// In part.
    Partly,
    /// Not yet.
    No,
}

impl Answer {
    /// All of them.
    pub const ALL: [Answer; 3] = [Answer::Yes, Answer::Partly, Answer::No];

    /// The word in the database, the API and the message keys (`coaching-answer-…`).
    pub fn as_str(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::Partly => "partly",
            Answer::No => "no",
        }
    }
}

impl FromStr for Answer {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Answer::ALL.into_iter().find(|answer| answer.as_str() == word).ok_or(())
    }
}

/// What the coach found on one question, in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The version that was read.
    pub version: u32,
    /// The key of the template's question.
    pub question: String,
    /// How far it is answered.
    pub answer: Answer,
    /// What is missing; may be empty.
    pub note: String,
    /// When.
    pub made_day: Day,
}

/// A note on a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The version that was read.
    pub version: u32,
    /// Who wrote it.
    pub author: PersonId,
    /// What it says.
    pub words: String,
    /// When.
    pub made_day: Day,
}

//! What is wrong with a file, where, and what to do.

use crate::conversation::ConversationError;
use crate::vote::UnknownVote;

use super::{MAX_EXPORTED_GROUPS, MAX_FILE_BYTES, MAX_RECORD_BYTES};

/// A fault of a file at a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {fault}")]
pub struct ReadError {
    /// The file's name.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Io(String),
    /// More bytes than may be.
    #[error("the file has more than {MAX_FILE_BYTES} bytes; split the conversation")]
    FileTooLong,
    /// A row longer than may be, often because of a quote that is not closed.
    #[error("a row of more than {MAX_RECORD_BYTES} bytes; close the quote, or shorten the row")]
    RecordTooLong,
    /// The file ends inside quotes.
    #[error("the quote that opens here is never closed; close it")]
    OpenQuote,
    /// Not even a header.
    #[error("the file is empty; its first line names the columns")]
    Empty,
    /// The header lacks a column.
    #[error("there is no column `{0}`; the first line names the columns")]
    NoColumn(&'static str),
    /// A header that names one column twice.
    #[error("the column `{0}` stands twice; leave one out")]
    TwoColumns(String),
    /// A row that is shorter or longer than the header.
    #[error("{found} cells where the first line has {wanted}; add or remove commas")]
    Cells {
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        wanted: usize,
    },
    /// A cell that should be a whole number.
    #[error("`{text}` in column `{column}` is no whole number in range; correct it")]
    Number {
        /// The column's name.
        column: String,
        /// The cell, shortened.
        text: String,
    },
    /// A column of votes that no statement's number names.
    #[error(
        "the column `{0}` begins like a statement's number and is none in range; name it by the number, or leave it out"
    )]
    Column(String),
    /// A cell that should be a vote.
    #[error("{0}; correct it")]
    Vote(#[from] UnknownVote),
    /// A moderation that is none.
    #[error("{0} is no moderation: 1 accepts, -1 rejects, 0 is undecided; correct it")]
    Moderation(i64),
    /// A participant with two rows.
    #[error("participant {0} has two rows; leave one out")]
    DuplicateParticipant(u64),
    /// A statement with two rows that differ.
    #[error("statement {0} has two rows that differ in moderation; leave one out")]
    TwoModerations(u64),
    /// More groups than may be.
    #[error("more than {MAX_EXPORTED_GROUPS} groups in column `group-id`; a map has few")]
    TooManyGroups,
    /// What the conversation does not take.
    #[error(transparent)]
    Conversation(#[from] ConversationError),
}

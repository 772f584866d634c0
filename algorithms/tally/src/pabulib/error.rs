//! What can be wrong with a Pabulib file, where, and what to do about it.

use thiserror::Error;

use super::limits::{MAX_COLUMNS, MAX_FIELD_BYTES, MAX_FILE_BYTES, MAX_META, MAX_RECORD_BYTES};
use crate::election::{ElectionError, MAX_BALLOTS, MAX_CHOICES, MAX_PROJECTS};
use crate::money::AmountError;

/// A fault in a file and the line (from 1) on which its record begins.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct ParseError {
    /// Line, from 1.
    pub line: u64,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each variant is told by its message")]
pub enum Fault {
    #[error("the file cannot be read: {0}")]
    Io(String),
    #[error("the file is larger than {MAX_FILE_BYTES} bytes")]
    FileTooLong,
    #[error("a row is longer than {MAX_RECORD_BYTES} bytes; is a closing quote missing?")]
    RecordTooLong,
    #[error("a cell is longer than {MAX_FIELD_BYTES} bytes; is a closing quote missing?")]
    FieldTooLong,
    #[error("this is not UTF-8 text: save the file with the encoding UTF-8")]
    NotUtf8,
    #[error("a cell that begins with a quote here is never closed: add the closing quote")]
    OpenQuote,
    #[error("text follows a closing quote: double the quotes inside a quoted cell")]
    AfterQuote,
    #[error("the section {0} is missing: its title stands alone on a line, in the order META, PROJECTS, VOTES")]
    MissingSection(&'static str),
    #[error("the section VOTES stands before PROJECTS: put the sections in the order META, PROJECTS, VOTES")]
    VotesFirst,
    #[error("the section {0} has no row of column names")]
    MissingHeader(&'static str),
    #[error("the section META must begin with the row `key;value`, not with `{0}`")]
    MetaHeader(String),
    #[error("`{0}` is no key and value: part them with a semicolon")]
    NoValue(String),
    #[error("the key `{0}` occurs twice in META: keep one")]
    DuplicateKey(String),
    #[error("more than {MAX_META} rows in META")]
    TooMuchMeta,
    #[error("META has no `{0}`: add the row `{0};…`")]
    MissingKey(&'static str),
    #[error("`{0}` in META is not a whole number that can be counted to: `{1}`")]
    NotACount(&'static str, String),
    #[error("the vote type `{0}` is not known: use approval, choose-1, ordinal, cumulative or scoring")]
    VoteType(String),
    #[error("{0}: {1}")]
    Amount(&'static str, AmountError),
    #[error("the section {0} has no column `{1}`")]
    MissingColumn(&'static str, &'static str),
    #[error("the column `{0}` occurs twice")]
    DuplicateColumn(String),
    #[error("more than {MAX_COLUMNS} columns")]
    TooManyColumns,
    #[error("the row has {found} cells, but there are {columns} columns: put quotes around a cell with a semicolon")]
    TooManyCells { found: usize, columns: usize },
    #[error("the row ends before the column `{0}`")]
    RowTooShort(&'static str),
    #[error("the cell `{0}` is empty: every row needs its own")]
    EmptyId(&'static str),
    #[error("a project id cannot contain a comma: `{0}`")]
    CommaInId(String),
    #[error("two projects have the id `{0}`")]
    DuplicateProject(String),
    #[error("more than {MAX_PROJECTS} projects")]
    TooManyProjects,
    #[error("META says {said} {what}, but the file has {found}: it may be cut off, or the number is wrong")]
    Count { what: &'static str, said: u32, found: u32 },
    #[error("the voter id `{0}` occurs twice: a voter has one ballot")]
    DuplicateVoter(String),
    #[error("the ballot names `{0}`, which is no project's id")]
    UnknownProject(String),
    #[error("the ballot names project `{0}` twice")]
    DuplicateChoice(String),
    #[error("the ballot names {0} projects, but with vote type choose-1 it may name one")]
    ChooseOne(usize),
    #[error("the ballot names more than {MAX_CHOICES} projects")]
    TooManyChoices,
    #[error("more than {MAX_BALLOTS} ballots")]
    TooManyBallots,
    #[error("the ballot names {choices} projects but gives {points} numbers of points: they belong in pairs")]
    Points { choices: usize, points: usize },
    #[error("`{0}` is no number of points: write a number up to a million, with at most three digits after a point")]
    NotPoints(String),
    #[error("{0}")]
    Election(#[from] ElectionError),
}

impl Fault {
    pub(super) fn at(self, line: u64) -> ParseError {
        ParseError { line, fault: self }
    }
}

/// Why a file cannot be written.
#[derive(Debug, Error)]
#[expect(missing_docs, reason = "each variant is told by its message")]
pub enum WriteError {
    #[error("the file cannot be written: {0}")]
    Io(#[from] std::io::Error),
    #[error("`{key}` in META is `{text}`, but it is {value}")]
    Disagrees { key: &'static str, text: String, value: String },
    #[error("project `{0}` has an id that is empty, contains a comma, or begins or ends with a space")]
    ProjectId(String),
    #[error("{found} cells for {columns} columns besides the two that are always there")]
    Cells { found: usize, columns: usize },
    #[error("a ballot names project number {0}, which is not there: numbers start at 0")]
    UnknownProject(u32),
    #[error("{found} ballots were written, but {said} were announced")]
    Count { said: u32, found: u32 },
}

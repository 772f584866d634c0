//! Conversations in the export format of Polis: `comments.csv` and either `participants-votes.csv`, the matrix, or
//! `votes.csv`, one vote a line.
//!
//! Votes are 1 agree, −1 disagree, 0 pass, empty not seen. Columns are found by their names in the first line, in any
//! order, and others are passed over, but not one that begins like a number and is none: its votes would be lost. The matrix alone holds the exporter's groups, so it is taken where both are
//! there; its columns are the statements, and of `comments.csv` only the moderation of these is used. With lines of
//! votes, the statements are those of `comments.csv` and those that are voted on; of several votes on one statement
//! the one with the latest `timestamp` counts.

mod error;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use crate::conversation::{Conversation, ConversationBuilder};
use crate::vote::{Moderation, Statement, Vote};

pub use error::{Fault, ReadError};
use records::Records;

/// Bytes a file may have.
pub const MAX_FILE_BYTES: u64 = 1 << 30;
/// Bytes a row may have.
pub const MAX_RECORD_BYTES: usize = 1 << 20;
/// Groups the exporter may have found.
pub const MAX_EXPORTED_GROUPS: usize = 100;

/// Name of the file of statements.
pub const COMMENTS: &str = "comments.csv";
/// Name of the file with a row for each participant and a column for each statement.
pub const MATRIX: &str = "participants-votes.csv";
/// Name of the file with a row for each vote.
pub const VOTES: &str = "votes.csv";

/// Where the votes are.
#[derive(Debug)]
pub enum Source<R> {
    /// The content of [`MATRIX`].
    Matrix(R),
    /// The content of [`VOTES`].
    Lines(R),
}

/// What an export holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Statements, participants, votes.
    pub conversation: Conversation,
    /// The exporter's groups by participant; empty where the export names none.
    pub groups: BTreeMap<u64, u32>,
    /// Statements that are voted on and have no row in [`COMMENTS`], ascending: nobody can say whether they were rejected.
    pub unlisted: Vec<u64>,
}

/// Statements that are named in a sentence at most.
const NAMED: usize = 10;

impl Export {
    /// Refuses an export with statements that are [`Export::unlisted`]: those that were rejected would come back as if
    /// nobody had.
    ///
    /// # Errors
    /// A sentence that names them.
    pub fn complete(&self) -> Result<(), String> {
        let n = self.unlisted.len();
        if n == 0 {
            return Ok(());
        }
        let named: Vec<String> = self.unlisted.iter().take(NAMED).map(u64::to_string).collect();
        let more = if n > NAMED { format!(" and {} more", n - NAMED) } else { String::new() };
        Err(format!(
            "{COMMENTS} has no row for {n} statements that are voted on ({}{more}): it may be cut off, and those that were \
             rejected would count again; add their rows, with 0 under `moderated` where nothing was decided",
            named.join(", ")
        ))
    }
}

/// Reads an export.
///
/// # Errors
/// The first fault with its file and line.
pub fn read<R: Read>(mut comments: R, votes: Source<R>) -> Result<Export, ReadError> {
    match votes {
        Source::Matrix(mut matrix) => read_plain(&mut comments, Source::Matrix(&mut matrix)),
        Source::Lines(mut lines) => read_plain(&mut comments, Source::Lines(&mut lines)),
    }
}

/// Not generic, so that it is built with this crate's effort, however little the caller's crate is built with.
fn read_plain(comments: &mut dyn Read, votes: Source<&mut dyn Read>) -> Result<Export, ReadError> {
    let moderation = read_comments(Records::new(COMMENTS, comments))?;
    match votes {
        Source::Matrix(matrix) => read_matrix(Records::new(MATRIX, matrix), &moderation),
        Source::Lines(lines) => read_lines(Records::new(VOTES, lines), moderation),
    }
}

/// Statements by id.
type Statements = BTreeMap<u64, Statement>;

fn read_comments<R: Read>(mut records: Records<R>) -> Result<Statements, ReadError> {
    let header = Header::read(&mut records)?;
    let id = header.place(&records, "comment-id")?;
    let moderated = header.place(&records, "moderated")?;
    let meta = ["is-meta", "is_meta", "meta"].iter().find_map(|name| header.find(name));
    let mut statements = Statements::new();
    while records.advance()? {
        header.same_length(&records)?;
        let statement = Statement {
            id: number(&records, id, "comment-id")?,
            moderation: moderation(&records, moderated)?,
            meta: meta.is_some_and(|place| matches!(records.cell(place), b"1" | b"true" | b"TRUE" | b"True" | b"t")),
        };
        let before = statements.insert(statement.id, statement);
        if before.is_some_and(|before| before != statement) {
            return Err(records.fault(Fault::TwoModerations(statement.id)));
        }
        if statements.len() > crate::MAX_STATEMENTS {
            return Err(records.fault(crate::ConversationError::TooManyStatements));
        }
    }
    Ok(statements)
}

fn moderation<R: Read>(records: &Records<R>, place: usize) -> Result<Moderation, ReadError> {
    match signed(records.cell(place)) {
        Some(-1) => Ok(Moderation::Rejected),
        Some(0) => Ok(Moderation::Unmoderated),
        Some(1) => Ok(Moderation::Accepted),
        Some(other) => Err(records.fault(Fault::Moderation(other))),
        None if records.cell(place).is_empty() => Ok(Moderation::Unmoderated),
        None => Err(records.fault(no_number("moderated", records.cell(place)))),
    }
}

fn read_matrix<R: Read>(mut records: Records<R>, moderation: &Statements) -> Result<Export, ReadError> {
    let header = Header::read(&mut records)?;
    let participant = header.place(&records, "participant")?;
    let group = header.find("group-id");
    let mut builder = ConversationBuilder::default();
    let mut columns: Vec<(usize, u32)> = Vec::new();
    for (place, name) in header.names.iter().enumerate() {
        let Some(id) = unsigned(name) else {
            match name.first() {
                Some(b'0'..=b'9' | b'-' | b'+') => return Err(records.fault(Fault::Column(shown(name)))),
                _ => continue,
            }
        };
        let unknown = Statement { id, moderation: Moderation::Unmoderated, meta: false };
        let statement = moderation.get(&id).copied().unwrap_or(unknown);
        columns.push((place, builder.statement(statement).map_err(|e| records.fault(e))?));
    }
    let (mut groups, mut ids) = (BTreeMap::new(), BTreeSet::new());
    let mut voted = vec![false; columns.len()];
    while records.advance()? {
        header.same_length(&records)?;
        let id = number(&records, participant, "participant")?;
        let n_before = builder.n_participants();
        let row = builder.participant(id).map_err(|e| records.fault(e))?;
        if row < n_before {
            return Err(records.fault(Fault::DuplicateParticipant(id)));
        }
        if let Some(place) = group.filter(|place| !records.cell(*place).is_empty()) {
            let text = records.cell(place);
            let named = unsigned(text).and_then(|id| u32::try_from(id).ok());
            let named = named.ok_or_else(|| records.fault(no_number("group-id", text)))?;
            groups.insert(id, named);
            ids.insert(named);
            if ids.len() > MAX_EXPORTED_GROUPS {
                return Err(records.fault(Fault::TooManyGroups));
            }
        }
        for ((place, column), voted) in columns.iter().zip(&mut voted) {
            let cell = records.cell(*place);
            if !cell.is_empty() {
                *voted = true;
                let name =
                    || String::from_utf8_lossy(header.names.get(*place).map_or(&[][..], Vec::as_slice)).into_owned();
                let value = signed(cell).ok_or_else(|| records.fault(no_number(&name(), cell)))?;
                let vote = Vote::try_from(value).map_err(|e| records.fault(e))?;
                builder.vote_at(row, *column, vote, 0).map_err(|e| records.fault(e))?;
            }
        }
    }
    let names =
        columns.iter().zip(voted).filter(|(_, voted)| *voted).filter_map(|((place, _), _)| header.names.get(*place));
    let mut unlisted: Vec<u64> =
        names.filter_map(|name| unsigned(name)).filter(|id| !moderation.contains_key(id)).collect();
    unlisted.sort_unstable();
    Ok(Export { conversation: builder.finish(), groups, unlisted })
}

fn read_lines<R: Read>(mut records: Records<R>, statements: Statements) -> Result<Export, ReadError> {
    let header = Header::read(&mut records)?;
    let names = ["timestamp", "comment-id", "voter-id", "vote"];
    let mut places = [0; 4];
    for (place, name) in places.iter_mut().zip(names) {
        *place = header.place(&records, name)?;
    }
    let [time, comment, voter, vote] = places;
    let (mut builder, mut unlisted) = (ConversationBuilder::default(), BTreeSet::new());
    for statement in statements.into_values() {
        builder.statement(statement).map_err(|e| records.fault(e))?;
    }
    while records.advance()? {
        header.same_length(&records)?;
        let text = records.cell(time);
        let time = signed(text).ok_or_else(|| records.fault(no_number("timestamp", text)))?;
        let id = number(&records, comment, "comment-id")?;
        let text = records.cell(vote);
        let value = signed(text).ok_or_else(|| records.fault(no_number("vote", text)))?;
        let vote = Vote::try_from(value).map_err(|e| records.fault(e))?;
        let unknown = Statement { id, moderation: Moderation::Unmoderated, meta: false };
        let column = match builder.column(id) {
            Some(column) => column,
            None => {
                unlisted.insert(id);
                builder.statement(unknown).map_err(|e| records.fault(e))?
            }
        };
        let row = builder.participant(number(&records, voter, "voter-id")?).map_err(|e| records.fault(e))?;
        builder.vote_at(row, column, vote, time).map_err(|e| records.fault(e))?;
    }
    let unlisted = unlisted.into_iter().collect();
    Ok(Export { conversation: builder.finish(), groups: BTreeMap::new(), unlisted })
}

/// The names of a file's columns.
struct Header {
    names: Vec<Vec<u8>>,
}

impl Header {
    fn read<R: Read>(records: &mut Records<R>) -> Result<Self, ReadError> {
        if !records.advance()? {
            return Err(records.fault(Fault::Empty));
        }
        let names: Vec<Vec<u8>> = (0..records.n_cells()).map(|place| records.cell(place).to_vec()).collect();
        let mut sorted: Vec<&Vec<u8>> = names.iter().filter(|name| !name.is_empty()).collect();
        sorted.sort_unstable();
        let twice = sorted.windows(2).find(|pair| pair.first() == pair.last()).and_then(|pair| pair.first());
        match twice {
            Some(name) => Err(records.fault(Fault::TwoColumns(shown(name)))),
            None => Ok(Self { names }),
        }
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|given| given.eq_ignore_ascii_case(name.as_bytes()))
    }

    fn place<R: Read>(&self, records: &Records<R>, name: &'static str) -> Result<usize, ReadError> {
        self.find(name).ok_or_else(|| records.fault(Fault::NoColumn(name)))
    }

    fn same_length<R: Read>(&self, records: &Records<R>) -> Result<(), ReadError> {
        let (found, wanted) = (records.n_cells(), self.names.len());
        if found == wanted { Ok(()) } else { Err(records.fault(Fault::Cells { found, wanted })) }
    }
}

fn number<R: Read>(records: &Records<R>, place: usize, column: &str) -> Result<u64, ReadError> {
    unsigned(records.cell(place)).ok_or_else(|| records.fault(no_number(column, records.cell(place))))
}

fn no_number(column: &str, text: &[u8]) -> Fault {
    Fault::Number { column: column.to_owned(), text: shown(text) }
}

/// A cell for a message.
fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).chars().take(40).collect()
}

/// Digits only, below 2⁶³; what programs write as `3.0` is 3.
fn unsigned(text: &[u8]) -> Option<u64> {
    let text = text.strip_suffix(b".0").unwrap_or(text);
    if text.is_empty() || text.len() > 19 {
        return None;
    }
    let mut digits = text.iter().map(|byte| byte.is_ascii_digit().then(|| u64::from(byte - b'0')));
    let value = digits.try_fold(0_u64, |value, digit| value.checked_mul(10)?.checked_add(digit?))?;
    i64::try_from(value).is_ok().then_some(value)
}

fn signed(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix(b"-") {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    Some(sign * i64::try_from(unsigned(digits)?).ok()?)
}

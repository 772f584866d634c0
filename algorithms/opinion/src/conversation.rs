//! Who said what: statements, participants, and the vote that counts for each pair.

use std::collections::HashMap;

use crate::vote::{Moderation, Statement, Vote};

/// Statements a conversation may have.
pub const MAX_STATEMENTS: usize = 20_000;
/// Participants a conversation may have.
pub const MAX_PARTICIPANTS: usize = 1_000_000;
/// Votes a conversation may have, repeated ones included.
pub const MAX_VOTES: usize = 20_000_000;

/// Why a vote or a statement cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConversationError {
    /// Two statements with one id.
    #[error("statement {0} stands twice; leave one out")]
    DuplicateStatement(u64),
    /// A vote on a statement that is not there.
    #[error("there is no statement {0}; add it first")]
    UnknownStatement(u64),
    /// More than [`MAX_STATEMENTS`].
    #[error("more than {MAX_STATEMENTS} statements; split the conversation")]
    TooManyStatements,
    /// More than [`MAX_PARTICIPANTS`].
    #[error("more than {MAX_PARTICIPANTS} participants; split the conversation")]
    TooManyParticipants,
    /// More than [`MAX_VOTES`].
    #[error("more than {MAX_VOTES} votes; split the conversation")]
    TooManyVotes,
}

/// The vote of a row's participant on the statement of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) column: u32,
    pub(crate) vote: Vote,
    time: i64,
}

/// What became of a vote that came later than the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// The participant's first vote on the statement.
    New,
    /// It counts instead of this earlier one.
    Instead(Vote),
    /// A later one is already there.
    TooLate,
}

/// Statements in order of id, participants in order of id, and for each pair at most one vote: the latest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    statements: Vec<Statement>,
    participants: Vec<u64>,
    rows: Vec<Vec<Cell>>,
    n_votes: usize,
}

impl Conversation {
    /// The statements in order of id.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The participants' ids in ascending order.
    #[must_use]
    pub fn participants(&self) -> &[u64] {
        &self.participants
    }

    /// Votes that count: at most one for each participant and statement.
    #[must_use]
    pub fn n_votes(&self) -> usize {
        self.n_votes
    }

    /// Votes of the participant at `index`, as (index of the statement, vote) in order of statements.
    pub fn votes_of(&self, index: usize) -> impl Iterator<Item = (usize, Vote)> + '_ {
        self.row(index).iter().map(|cell| (cell.column as usize, cell.vote))
    }

    /// Index of a participant.
    #[must_use]
    pub fn index_of(&self, participant: u64) -> Option<usize> {
        self.participants.binary_search(&participant).ok()
    }

    /// Index of a statement.
    #[must_use]
    pub fn column_of(&self, statement: u64) -> Option<usize> {
        self.statements.binary_search_by_key(&statement, |s| s.id).ok()
    }

    /// For each statement, whether it shapes the map ([`Statement::counts`]).
    #[must_use]
    pub fn counted(&self, strict: bool) -> Vec<bool> {
        self.statements.iter().map(|s| s.counts(strict)).collect()
    }

    pub(crate) fn row(&self, index: usize) -> &[Cell] {
        self.rows.get(index).map_or(&[], Vec::as_slice)
    }

    /// Takes one more vote; `time` is any count that grows, such as milliseconds. Of two votes of one instant that
    /// differ, a pass counts.
    ///
    /// # Errors
    /// No such statement, or a limit.
    pub fn cast(&mut self, participant: u64, statement: u64, vote: Vote, time: i64) -> Result<Cast, ConversationError> {
        let column = self.column_of(statement).ok_or(ConversationError::UnknownStatement(statement))? as u32;
        if self.n_votes >= MAX_VOTES {
            return Err(ConversationError::TooManyVotes);
        }
        let index = self.add_participant(participant)?;
        let Some(row) = self.rows.get_mut(index) else { return Ok(Cast::TooLate) };
        let new = Cell { column, vote, time };
        match row.binary_search_by_key(&column, |cell| cell.column) {
            Err(place) => {
                row.insert(place, new);
                self.n_votes += 1;
                Ok(Cast::New)
            }
            Ok(place) => {
                let Some(old) = row.get_mut(place) else { return Ok(Cast::TooLate) };
                if old.time > time {
                    return Ok(Cast::TooLate);
                }
                let before = old.vote;
                *old = latest(*old, new);
                Ok(Cast::Instead(before))
            }
        }
    }

    /// Adds a participant who has not voted yet, and tells the index.
    ///
    /// # Errors
    /// A limit.
    pub fn add_participant(&mut self, participant: u64) -> Result<usize, ConversationError> {
        match self.participants.binary_search(&participant) {
            Ok(index) => Ok(index),
            Err(_) if self.participants.len() >= MAX_PARTICIPANTS => Err(ConversationError::TooManyParticipants),
            Err(index) => {
                self.participants.insert(index, participant);
                self.rows.insert(index, Vec::new());
                Ok(index)
            }
        }
    }

    /// Adds a statement and tells its index. Those after it move by one.
    ///
    /// # Errors
    /// An id that is there, or a limit.
    pub fn add_statement(&mut self, statement: Statement) -> Result<usize, ConversationError> {
        if self.statements.len() >= MAX_STATEMENTS {
            return Err(ConversationError::TooManyStatements);
        }
        match self.statements.binary_search_by_key(&statement.id, |s| s.id) {
            Ok(_) => Err(ConversationError::DuplicateStatement(statement.id)),
            Err(place) => {
                if place < self.statements.len() {
                    let moved = self.rows.iter_mut().flatten().filter(|cell| cell.column as usize >= place);
                    moved.for_each(|cell| cell.column += 1);
                }
                self.statements.insert(place, statement);
                Ok(place)
            }
        }
    }

    /// Sets what a moderator decided.
    ///
    /// # Errors
    /// No such statement.
    pub fn moderate(&mut self, statement: u64, moderation: Moderation) -> Result<(), ConversationError> {
        let unknown = ConversationError::UnknownStatement(statement);
        let column = self.column_of(statement).ok_or(unknown)?;
        self.statements.get_mut(column).ok_or(unknown)?.moderation = moderation;
        Ok(())
    }
}

/// The vote that counts of two on one statement.
fn latest(old: Cell, new: Cell) -> Cell {
    match old.time.cmp(&new.time) {
        std::cmp::Ordering::Greater => old,
        std::cmp::Ordering::Less => new,
        std::cmp::Ordering::Equal => Cell { vote: old.vote.or_at_once(new.vote), ..new },
    }
}

/// Collects many votes in any order.
#[derive(Debug, Default)]
pub struct ConversationBuilder {
    statements: Vec<Statement>,
    columns: HashMap<u64, u32>,
    participants: Vec<u64>,
    places: HashMap<u64, usize>,
    rows: Vec<Vec<Cell>>,
    n_votes: usize,
}

impl ConversationBuilder {
    /// Begins with some statements, in any order.
    ///
    /// # Errors
    /// An id that stands twice, or too many.
    pub fn new(statements: &[Statement]) -> Result<Self, ConversationError> {
        let mut builder = Self::default();
        for statement in statements {
            builder.statement(*statement)?;
        }
        Ok(builder)
    }

    /// Adds a statement, and tells its column while building.
    ///
    /// # Errors
    /// An id that is there, or too many.
    pub(crate) fn statement(&mut self, statement: Statement) -> Result<u32, ConversationError> {
        if self.statements.len() >= MAX_STATEMENTS {
            return Err(ConversationError::TooManyStatements);
        }
        let column = self.statements.len() as u32;
        if self.columns.insert(statement.id, column).is_some() {
            return Err(ConversationError::DuplicateStatement(statement.id));
        }
        self.statements.push(statement);
        Ok(column)
    }

    /// Takes a vote; of several on one statement the latest counts, of several at one instant that differ, a pass.
    ///
    /// # Errors
    /// No such statement, or a limit.
    pub fn vote(&mut self, participant: u64, statement: u64, vote: Vote, time: i64) -> Result<(), ConversationError> {
        let column = self.column(statement).ok_or(ConversationError::UnknownStatement(statement))?;
        let row = self.participant(participant)?;
        self.vote_at(row, column, vote, time)
    }

    pub(crate) fn column(&self, statement: u64) -> Option<u32> {
        self.columns.get(&statement).copied()
    }

    /// Takes a vote at a row and a column that this builder gave out.
    pub(crate) fn vote_at(&mut self, row: usize, column: u32, vote: Vote, time: i64) -> Result<(), ConversationError> {
        if self.n_votes >= MAX_VOTES {
            return Err(ConversationError::TooManyVotes);
        }
        if let Some(cells) = self.rows.get_mut(row) {
            cells.push(Cell { column, vote, time });
            self.n_votes += 1;
        }
        Ok(())
    }

    /// Adds a participant, who need not vote, and tells the row while building.
    ///
    /// # Errors
    /// Too many.
    pub fn participant(&mut self, participant: u64) -> Result<usize, ConversationError> {
        if let Some(row) = self.places.get(&participant) {
            return Ok(*row);
        }
        if self.participants.len() >= MAX_PARTICIPANTS {
            return Err(ConversationError::TooManyParticipants);
        }
        let row = self.rows.len();
        self.places.insert(participant, row);
        self.participants.push(participant);
        self.rows.push(Vec::new());
        Ok(row)
    }

    pub(crate) fn n_participants(&self) -> usize {
        self.participants.len()
    }

    /// The conversation.
    #[must_use]
    pub fn finish(self) -> Conversation {
        let mut order: Vec<u32> = (0..).take(self.statements.len()).collect();
        order.sort_by_key(|column| self.statements[*column as usize].id);
        let mut moved = vec![0; order.len()];
        for (new, old) in (0..).zip(&order) {
            moved[*old as usize] = new;
        }
        let mut rows: Vec<(u64, Vec<Cell>)> = self.participants.into_iter().zip(self.rows).collect();
        rows.sort_by_key(|(participant, _)| *participant);
        for (_, row) in &mut rows {
            row.iter_mut().for_each(|cell| cell.column = moved[cell.column as usize]);
            row.sort_by_key(|cell| cell.column);
            row.dedup_by(|next, kept| {
                let same = next.column == kept.column;
                if same {
                    *kept = latest(*kept, *next);
                }
                same
            });
        }
        let n_votes = rows.iter().map(|(_, row)| row.len()).sum();
        let (participants, rows) = rows.into_iter().unzip();
        let statements = order.iter().map(|column| self.statements[*column as usize]).collect();
        Conversation { statements, participants, rows, n_votes }
    }
}

//! What can go wrong with a database, told apart by what the caller can do.

use kernel::Refusal;

/// A fault of the database or of a closure given to it. Never shown to visitors; the log has the cause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// The database cannot be opened; the text is a sentence for the operator.
    #[error("{0}")]
    Open(String),
    /// Too many closures wait: try again in a moment (503 with Retry-After).
    #[error("the database queue is full")]
    Busy,
    /// The process is stopping.
    #[error("the database is stopping")]
    Stopped,
    /// A unique or primary key already holds this value. The text names the constraint or its columns.
    #[error("already there: {0}")]
    Unique(String),
    /// The transaction must run again (serialization failure, deadlock); callers see it only when retries ran out.
    #[error("the transaction collided with another one too often")]
    Collided,
    /// The connection was lost. A write may or may not have been kept when this came from its commit.
    #[error("the connection to the database was lost: {0}")]
    Lost(String),
    /// The closure took longer than its budget, twice.
    #[error("a write took longer than its budget")]
    OverBudget,
    /// The closure panicked; its changes are undone.
    #[error("a closure panicked")]
    Panicked,
    /// The statement took longer than the statement timeout.
    #[error("a statement took too long")]
    Timeout,
    /// A row holds what the program does not expect: a fault of the program or of somebody who edited the data.
    #[error("unexpected data: {0}")]
    Data(String),
    /// Any other error of a statement.
    #[error("{0}")]
    Statement(String),
}

/// What a command ends with when it does not succeed: a reasoned no, or a fault of the machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A rule says no, and why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Fault {
    /// Whether `self` is a refusal with this code.
    pub fn is_refusal(&self, code: &str) -> bool {
        matches!(self, Fault::Refused(refusal) if refusal.code == code)
    }
}

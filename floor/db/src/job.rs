//! Closures on their way to a database thread, and answers on their way back.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use tokio::sync::oneshot;

use crate::{
    Counters, DbError,
    tx::{Budget, Connection, Snapshot, Tx},
};

/// Which queue a closure waits in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Requests of people.
    Web,
    /// Sequencer, imports, exports.
    Jobs,
}

/// An engine that takes closures.
pub(crate) trait Submit: Send + Sync {
    fn write(&self, lane: Lane, job: Box<dyn WriteJob>) -> Result<(), DbError>;
    fn read(&self, lane: Lane, job: Box<dyn ReadJob>) -> Result<(), DbError>;
    fn wal_bytes(&self) -> Option<u64>;
}

/// What the engine must do with the changes of a closure that ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ran {
    /// Keep them.
    Keep,
    /// Undo them; the answer is an error.
    Undo,
    /// Undo them and run the closure again.
    Again,
    /// Undo them; it overran its budget and may run once more.
    OverBudget,
}

/// A write closure with its result and its waiting caller.
pub(crate) trait WriteJob: Send {
    fn run(&mut self, connection: &mut dyn Connection, counters: &Counters, budget: Duration) -> Ran;
    /// Replaces the closure's result by an error of the engine.
    fn fail(&mut self, error: DbError);
    /// Answers the caller. Called after the commit, with its outcome.
    fn answer(self: Box<Self>, commit: Result<(), DbError>);
}

/// A read closure with its waiting caller.
pub(crate) trait ReadJob: Send {
    /// Runs the closure; true when the connection must be replaced and the closure may run again.
    fn run(&mut self, connection: &mut dyn Connection, counters: &Counters) -> bool;
    fn fail(&mut self, error: DbError);
    fn answer(self: Box<Self>);
}

struct Job<F, T, E> {
    f: F,
    result: Option<Result<T, E>>,
    sender: oneshot::Sender<Result<T, E>>,
}

pub(crate) fn write_job<T, E, F>(f: F) -> (Box<dyn WriteJob>, oneshot::Receiver<Result<T, E>>)
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    (Box::new(Job { f, result: None, sender }), receiver)
}

pub(crate) fn read_job<T, E, F>(f: F) -> (Box<dyn ReadJob>, oneshot::Receiver<Result<T, E>>)
where
    F: FnMut(&mut Snapshot<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    (Box::new(Reading(Job { f, result: None, sender })), receiver)
}

impl<F, T, E> WriteJob for Job<F, T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    fn run(&mut self, connection: &mut dyn Connection, counters: &Counters, budget: Duration) -> Ran {
        counters.add_writes(1);
        let mut tx = Tx::new(Snapshot::new(connection, counters, Some(Budget::new(budget))));
        let result = catch_unwind(AssertUnwindSafe(|| (self.f)(&mut tx)));
        let (collided, over) = (tx.collided, tx.is_over_budget());
        match result {
            _ if collided => Ran::Again,
            Err(panic) => {
                tracing::error!(message = panic_text(&*panic), "a write closure panicked");
                self.result = Some(Err(DbError::Panicked.into()));
                Ran::Undo
            }
            Ok(_) if over => {
                counters.add_over_budget(1);
                tracing::warn!(closure = std::any::type_name::<F>(), "a write overran its budget");
                Ran::OverBudget
            }
            Ok(result) => {
                let ran = if result.is_ok() { Ran::Keep } else { Ran::Undo };
                self.result = Some(result);
                ran
            }
        }
    }

    fn fail(&mut self, error: DbError) {
        self.result = Some(Err(error.into()));
    }

    fn answer(self: Box<Self>, commit: Result<(), DbError>) {
        let result = match (self.result, commit) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(DbError::Stopped.into()),
        };
        // a caller that went away is no fault
        let _ = self.sender.send(result);
    }
}

struct Reading<F, T, E>(Job<F, T, E>);

impl<F, T, E> ReadJob for Reading<F, T, E>
where
    F: FnMut(&mut Snapshot<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    fn run(&mut self, connection: &mut dyn Connection, counters: &Counters) -> bool {
        counters.add_reads(1);
        let mut snapshot = Snapshot::new(connection, counters, None);
        let result = catch_unwind(AssertUnwindSafe(|| (self.0.f)(&mut snapshot)));
        let collided = snapshot.collided;
        self.0.result = Some(result.unwrap_or_else(|panic| {
            tracing::error!(message = panic_text(&*panic), "a read closure panicked");
            Err(DbError::Panicked.into())
        }));
        collided
    }

    fn fail(&mut self, error: DbError) {
        self.0.result = Some(Err(error.into()));
    }

    fn answer(self: Box<Self>) {
        let result = self.0.result.unwrap_or_else(|| Err(DbError::Stopped.into()));
        let _ = self.0.sender.send(result);
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

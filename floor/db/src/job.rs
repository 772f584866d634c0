//! Closures on their way to a database thread, and answers on their way back.

use std::{
    any::Any,
    marker::PhantomData,
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

/// What waits for a closure's result: the result itself travels without its type, so that channels are compiled once and
/// not once for each closure.
pub(crate) struct Answer<T, E> {
    receiver: oneshot::Receiver<Box<dyn Any + Send>>,
    of: PhantomData<fn() -> Result<T, E>>,
}

impl<T: 'static, E: From<DbError> + 'static> Answer<T, E> {
    /// Waits in the async runtime.
    pub(crate) async fn wait(self) -> Result<T, E> {
        Self::typed(self.receiver.await.ok())
    }

    /// Waits on a thread outside the async runtime.
    pub(crate) fn block(self) -> Result<T, E> {
        Self::typed(self.receiver.blocking_recv().ok())
    }

    fn typed(answer: Option<Box<dyn Any + Send>>) -> Result<T, E> {
        match answer.map(|a| a.downcast::<Result<T, E>>()) {
            Some(Ok(result)) => *result,
            // the engine went away with the closure
            _ => Err(DbError::Stopped.into()),
        }
    }
}

/// A closure's result, and who waits for it.
struct Slot<T, E> {
    result: Option<Result<T, E>>,
    sender: oneshot::Sender<Box<dyn Any + Send>>,
}

impl<T: Send + 'static, E: From<DbError> + Send + 'static> Slot<T, E> {
    fn new() -> (Self, Answer<T, E>) {
        let (sender, receiver) = oneshot::channel();
        (Self { result: None, sender }, Answer { receiver, of: PhantomData })
    }

    fn fail(&mut self, error: DbError) {
        self.result = Some(Err(error.into()));
    }

    fn keep(&mut self, result: Result<T, E>) -> bool {
        let kept = result.is_ok();
        self.result = Some(result);
        kept
    }

    fn answer(self, commit: Result<(), DbError>) {
        let result = match (self.result, commit) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(DbError::Stopped.into()),
        };
        // a caller that went away is no fault
        let _ = self.sender.send(Box::new(result));
    }
}

/// A closure that writes. Boxed at once: what follows is compiled once for each kind of result, not for each closure.
pub(crate) type Writer<T, E> = Box<dyn FnMut(&mut Tx<'_>) -> Result<T, E> + Send>;

/// A closure that reads.
pub(crate) type Reader<T, E> = Box<dyn FnMut(&mut Snapshot<'_>) -> Result<T, E> + Send>;

struct Writing<T, E> {
    f: Writer<T, E>,
    name: &'static str,
    slot: Slot<T, E>,
}

struct Reading<T, E> {
    f: Reader<T, E>,
    slot: Slot<T, E>,
}

/// A write and who waits for it; `name` is said when it overruns its budget.
pub(crate) fn write_job<T, E>(f: Writer<T, E>, name: &'static str) -> (Box<dyn WriteJob>, Answer<T, E>)
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let (slot, answer) = Slot::new();
    (Box::new(Writing { f, name, slot }), answer)
}

/// A read and who waits for it.
pub(crate) fn read_job<T, E>(f: Reader<T, E>) -> (Box<dyn ReadJob>, Answer<T, E>)
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let (slot, answer) = Slot::new();
    (Box::new(Reading { f, slot }), answer)
}

impl<T: Send + 'static, E: From<DbError> + Send + 'static> WriteJob for Writing<T, E> {
    fn run(&mut self, connection: &mut dyn Connection, counters: &Counters, budget: Duration) -> Ran {
        let (f, slot) = (&mut self.f, &mut self.slot);
        let tx = Tx::new(Snapshot::new(connection, counters, Some(Budget::new(budget))));
        let ran = attempt(tx, self.name, &mut |tx| {
            let result = f(tx);
            slot.keep(result)
        });
        match ran {
            Attempt::Ran(ran) => {
                // what is undone and runs again has no result yet
                if matches!(ran, Ran::Again | Ran::OverBudget) {
                    self.slot.result = None;
                }
                ran
            }
            Attempt::Panicked => {
                self.slot.fail(DbError::Panicked);
                Ran::Undo
            }
        }
    }

    fn fail(&mut self, error: DbError) {
        self.slot.fail(error);
    }

    fn answer(self: Box<Self>, commit: Result<(), DbError>) {
        self.slot.answer(commit);
    }
}

enum Attempt {
    Ran(Ran),
    Panicked,
}

/// Runs a write closure, which tells whether its changes are to be kept. Without the closure's type, so that it is
/// compiled once.
fn attempt(mut tx: Tx<'_>, name: &str, closure: &mut dyn FnMut(&mut Tx<'_>) -> bool) -> Attempt {
    let counters = tx.counters();
    counters.add_writes(1);
    let result = catch_unwind(AssertUnwindSafe(|| closure(&mut tx)));
    let (collided, over) = (tx.collided, tx.is_over_budget());
    match result {
        _ if collided => Attempt::Ran(Ran::Again),
        Err(panic) => {
            tracing::error!(message = panic_text(&*panic), "a write closure panicked");
            Attempt::Panicked
        }
        Ok(_) if over => {
            counters.add_over_budget(1);
            tracing::warn!(closure = name, "a write overran its budget");
            Attempt::Ran(Ran::OverBudget)
        }
        Ok(kept) => Attempt::Ran(if kept { Ran::Keep } else { Ran::Undo }),
    }
}

impl<T: Send + 'static, E: From<DbError> + Send + 'static> ReadJob for Reading<T, E> {
    fn run(&mut self, connection: &mut dyn Connection, counters: &Counters) -> bool {
        let (f, slot) = (&mut self.f, &mut self.slot);
        let (whole, collided) = look(Snapshot::new(connection, counters, None), &mut |snapshot| {
            let result = f(snapshot);
            slot.keep(result);
        });
        if !whole {
            self.slot.fail(DbError::Panicked);
        }
        collided
    }

    fn fail(&mut self, error: DbError) {
        self.slot.fail(error);
    }

    fn answer(self: Box<Self>) {
        self.slot.answer(Ok(()));
    }
}

/// Runs a read closure; whether it came to its end, and whether its connection must be replaced.
fn look(mut snapshot: Snapshot<'_>, closure: &mut dyn FnMut(&mut Snapshot<'_>)) -> (bool, bool) {
    snapshot.counters().add_reads(1);
    let result = catch_unwind(AssertUnwindSafe(|| closure(&mut snapshot)));
    if let Err(panic) = &result {
        tracing::error!(message = panic_text(&**panic), "a read closure panicked");
    }
    (result.is_ok(), snapshot.collided)
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

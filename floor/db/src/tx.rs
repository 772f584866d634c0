//! What a closure gets: a snapshot to read, or a transaction to write.

use std::{
    ops::{ControlFlow, Deref, DerefMut},
    time::{Duration, Instant},
};

use crate::{Counters, DbError, Dialect, FromRow, Param, Row, Statement};

/// One connection of an engine, behind which its driver hides.
pub(crate) trait Connection {
    fn query(
        &mut self,
        statement: &Statement,
        params: &[Param<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, DbError>,
    ) -> Result<(), DbError>;
    fn execute(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<u64, DbError>;
    fn prepare(&mut self, statement: &Statement) -> Result<(), DbError>;
    fn batch(&mut self, sql: &str) -> Result<(), DbError>;
    fn dialect(&self) -> Dialect;
}

/// A closure that waits (sleeps, blocks) is caught by the wall clock, this many times wider than its budget.
const PATIENCE: u32 = 20;

/// What a write closure may take.
///
/// The budget counts the processor time of the database thread: a busy machine that runs something else meanwhile is
/// not the closure's fault. On SQLite the time in statements counts too, for nobody else can write meanwhile. On
/// PostgreSQL it does not: the work is the server's, the waiting is for the network and row locks, and statements have
/// a timeout of their own.
pub(crate) struct Budget {
    length: Duration,
    began: Spent,
    /// What statements took, where they do not count.
    excused: Spent,
}

/// Processor time of this thread and time by the clock.
#[derive(Clone, Copy, Default)]
struct Spent {
    busy: Duration,
    clock: Duration,
}

impl Spent {
    fn now() -> Spent {
        static BASE: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
        Spent { busy: processor_time(), clock: BASE.elapsed() }
    }

    fn since(self, earlier: Spent) -> Spent {
        let Spent { busy, clock } = earlier;
        Spent { busy: self.busy.saturating_sub(busy), clock: self.clock.saturating_sub(clock) }
    }
}

impl Budget {
    pub(crate) fn new(length: Duration) -> Self {
        Budget { length, began: Spent::now(), excused: Spent::default() }
    }

    fn excuse(&mut self, spent: Spent) {
        self.excused.busy += spent.busy;
        self.excused.clock += spent.clock;
    }

    fn is_over(&self) -> bool {
        let spent = Spent::now().since(self.began).since(self.excused);
        spent.busy > self.length || spent.clock > self.length * PATIENCE
    }
}

/// Processor time of this thread.
#[cfg(unix)]
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Where threads have no clock of their own, only waiting is caught.
#[cfg(not(unix))]
fn processor_time() -> Duration {
    Duration::ZERO
}

/// A consistent view of the database for reading.
pub struct Snapshot<'c> {
    connection: &'c mut dyn Connection,
    counters: &'c Counters,
    /// None for reads, whose statements have a timeout of their own.
    budget: Option<Budget>,
    /// Set when a statement failed in a way that asks for the whole closure to run again.
    pub(crate) collided: bool,
}

/// A transaction: everything that [`Snapshot`] can, and writing.
pub struct Tx<'c>(Snapshot<'c>);

impl<'c> Snapshot<'c> {
    pub(crate) fn new(connection: &'c mut dyn Connection, counters: &'c Counters, budget: Option<Budget>) -> Self {
        Snapshot { connection, counters, budget, collided: false }
    }

    pub(crate) fn counters(&self) -> &'c Counters {
        self.counters
    }

    /// All rows, as tuples or records.
    ///
    /// # Errors
    /// [`DbError`] of the statement or of a row that does not fit `T`.
    pub fn all<T: FromRow>(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<Vec<T>, DbError> {
        let mut rows = Vec::new();
        self.each(statement, params, |row: T| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Snapshot::all`].
    pub fn optional<T: FromRow>(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<Option<T>, DbError> {
        let mut found = None;
        self.query(statement, params, &mut |row| {
            found = Some(T::from_row(row)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// The first row, which must be there.
    ///
    /// # Errors
    /// [`DbError::Data`] when there is none, else as [`Snapshot::all`].
    pub fn one<T: FromRow>(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<T, DbError> {
        let row = self.optional(statement, params)?;
        row.ok_or_else(|| DbError::Data(format!("{} found no row", statement.name)))
    }

    /// Calls `each` for every row without keeping them.
    ///
    /// # Errors
    /// As [`Snapshot::all`], or what `each` returns.
    pub fn each<T: FromRow>(
        &mut self,
        statement: &Statement,
        params: &[Param<'_>],
        mut each: impl FnMut(T) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        self.query(statement, params, &mut |row| {
            each(T::from_row(row)?)?;
            Ok(ControlFlow::Continue(()))
        })
    }

    /// Prepares a statement without running it: for the test that proves every text on both engines.
    ///
    /// # Errors
    /// [`DbError::Statement`] when the engine does not take it.
    pub fn prepare(&mut self, statement: &Statement) -> Result<(), DbError> {
        self.connection.prepare(statement)
    }

    /// Does nothing but prove that the database answers.
    ///
    /// # Errors
    /// [`DbError`] when it does not.
    pub fn ping(&mut self) -> Result<(), DbError> {
        static PING: Statement = Statement { name: "PING", module: module_path!(), sql: "SELECT 1" };
        self.run(|c| c.query(&PING, &[], &mut |_| Ok(ControlFlow::Break(()))))
    }

    /// Which engine this is.
    pub fn dialect(&self) -> Dialect {
        self.connection.dialect()
    }

    /// Without the rows' type, so that it is compiled once.
    fn query(
        &mut self,
        statement: &Statement,
        params: &[Param<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, DbError>,
    ) -> Result<(), DbError> {
        self.run(|c| c.query(statement, params, each))
    }

    fn run<T>(&mut self, f: impl FnOnce(&mut dyn Connection) -> Result<T, DbError>) -> Result<T, DbError> {
        if self.is_over_budget() {
            return Err(DbError::OverBudget);
        }
        self.counters.add_statements(1);
        let excusable = self.connection.dialect() == Dialect::Postgres && self.budget.is_some();
        let sent = excusable.then(Spent::now);
        let result = f(self.connection);
        if let (Some(budget), Some(sent)) = (&mut self.budget, sent) {
            budget.excuse(Spent::now().since(sent));
        }
        self.collided |= matches!(result, Err(DbError::Collided));
        result
    }

    pub(crate) fn is_over_budget(&self) -> bool {
        self.budget.as_ref().is_some_and(Budget::is_over)
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(snapshot: Snapshot<'c>) -> Self {
        Tx(snapshot)
    }

    /// Runs a statement and returns how many rows it touched.
    ///
    /// # Errors
    /// [`DbError::Unique`] for a key that is already there, else [`DbError`] of the statement.
    pub fn execute(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<u64, DbError> {
        self.0.run(|c| c.execute(statement, params))
    }
}

/// A statement that takes so many rows at once, and the one for a single row.
#[derive(Debug, Clone, Copy)]
pub struct Wide {
    /// Takes [`Wide::rows`] rows.
    pub many: &'static Statement,
    /// How many.
    pub rows: usize,
    /// Takes one.
    pub one: &'static Statement,
}

impl Wide {
    /// Calls `run` with a statement and its parameters until all rows are through: what they have in common first, then
    /// row after row.
    ///
    /// # Errors
    /// The first that `run` returns.
    pub fn each<'p, E>(
        self,
        (common, rows): (&[Param<'p>], &[Vec<Param<'p>>]),
        mut run: impl FnMut(&Statement, &[Param<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let params = |rows: &[Vec<Param<'p>>]| [common, &rows.concat()].concat();
        let mut chunks = rows.chunks_exact(self.rows.max(1));
        for chunk in &mut chunks {
            run(self.many, &params(chunk))?;
        }
        chunks.remainder().iter().try_for_each(|row| run(self.one, &params(std::slice::from_ref(row))))
    }
}

impl<'c> Deref for Tx<'c> {
    type Target = Snapshot<'c>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

#![doc = include_str!("../README.md")]

mod address;
mod dialect;
mod error;
mod job;
mod metrics;
mod migrate;
mod pg;
mod sqlite;
mod statement;
mod tx;
mod value;

use std::sync::Arc;

pub use address::{Address, AddressError};
pub use dialect::Dialect;
pub use error::{DbError, Fault};
pub use metrics::Counters;
pub use migrate::{LARGE_TABLES, MIGRATIONS, Migration};
pub use statement::{ACROSS_HOMES, Statement, check_home};
pub use tx::{Snapshot, Tx, Wide};
pub use value::{FromCell, FromRow, Param, Row};

use job::{Answer, Lane, Reader, Submit, Writer, read_job, write_job};

/// Limits and sizes of the database's threads and queues.
#[derive(Debug, Clone)]
pub struct Options {
    /// Reader threads (SQLite) or connections for reads (PostgreSQL).
    pub readers: usize,
    /// Connections for writes (PostgreSQL; SQLite has one writer).
    pub writers: usize,
    /// Connections for jobs: sequencer, imports, exports (PostgreSQL).
    pub jobs: usize,
    /// Waiting closures a lane holds before it answers [`DbError::Busy`].
    pub queue: usize,
    /// Processor time that one write closure may take. Over it, the closure is undone alone and run once more, then refused.
    pub budget: std::time::Duration,
    /// What one statement of a read may take.
    pub statement_timeout: std::time::Duration,
}

/// What a write may take beside others: a program built without optimisation, which is slower tenfold, is given more.
const BUDGET: std::time::Duration = std::time::Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 50 });

impl Options {
    /// For a command that has nobody waiting beside it: loading, importing, a test.
    pub fn alone() -> Options {
        Options { budget: std::time::Duration::from_secs(20), ..Options::default() }
    }
}

impl Default for Options {
    fn default() -> Self {
        Options {
            readers: std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8)),
            writers: 16,
            jobs: 3,
            queue: 4096,
            budget: BUDGET,
            statement_timeout: std::time::Duration::from_secs(10),
        }
    }
}

/// A database: cheap to clone, safe to share.
///
/// A command is a plain synchronous closure given to [`Db::write`]; it runs on a database thread in one transaction
/// and its caller is answered only after that transaction is durable.
#[derive(Clone)]
pub struct Db {
    engine: Arc<dyn Submit>,
    counters: Arc<Counters>,
    lane: Lane,
    dialect: Dialect,
}

impl Db {
    /// Opens the database at `address`, takes its lock (SQLite), and brings its schema up to date under a lock.
    ///
    /// # Errors
    /// [`DbError::Open`] with a sentence for the operator: a folder that cannot be written, a file in use by another
    /// process, a schema that is newer than this program, a server that does not answer.
    pub fn open(address: &Address, options: &Options) -> Result<Db, DbError> {
        let counters = Arc::new(Counters::default());
        let (engine, dialect): (Arc<dyn Submit>, Dialect) = match address {
            Address::Sqlite(path) => (Arc::new(sqlite::Engine::open(path, options, &counters)?), Dialect::Sqlite),
            Address::Postgres(text) => {
                (Arc::new(pg::Engine::open(text, options, counters.clone())?), Dialect::Postgres)
            }
        };
        Ok(Db { engine, counters, lane: Lane::Web, dialect })
    }

    /// The same database through the lane for jobs, so that long work never takes a page's connection.
    #[must_use]
    pub fn jobs(&self) -> Db {
        Db { lane: Lane::Jobs, ..self.clone() }
    }

    /// Which engine this is. Areas have no need to know; tests and operators' reports do.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Statements, batches and closures counted since the start.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Bytes of the write-ahead log on disk (SQLite), `None` where the server keeps it.
    pub fn wal_bytes(&self) -> Option<u64> {
        self.engine.wal_bytes()
    }

    /// Runs a write in one transaction and answers after it is durable.
    ///
    /// `f` may run more than once (serialization failures, a budget overrun), so it must compute from its arguments
    /// and the database alone. When it returns an error, panics or overruns its budget, its own changes are undone
    /// and its neighbours' are kept.
    ///
    /// # Errors
    /// What `f` returned, or [`DbError`] as `E`: busy queue, lost connection, failed commit, panic, budget.
    pub fn write<T, E, F>(&self, f: F) -> impl Future<Output = Result<T, E>> + Send
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.write_of(Box::new(f), std::any::type_name::<F>())
    }

    /// [`Db::write`] for threads outside the async runtime: commands, tests, the sequencer.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_wait<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.send_write(Box::new(f), std::any::type_name::<F>())?.block()
    }

    async fn write_of<T, E>(&self, f: Writer<T, E>, name: &'static str) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.send_write(f, name)?.wait().await
    }

    fn send_write<T, E>(&self, f: Writer<T, E>, name: &'static str) -> Result<Answer<T, E>, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (job, answer) = write_job(f, name);
        self.engine.write(self.lane, job)?;
        Ok(answer)
    }

    /// Runs reads on one consistent snapshot.
    ///
    /// # Errors
    /// What `f` returned, or [`DbError`] as `E`.
    pub fn read<T, E, F>(&self, f: F) -> impl Future<Output = Result<T, E>> + Send
    where
        F: FnMut(&mut Snapshot<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.read_of(Box::new(f))
    }

    /// [`Db::read`] for threads outside the async runtime.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_wait<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut Snapshot<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.send_read(Box::new(f))?.block()
    }

    async fn read_of<T, E>(&self, f: Reader<T, E>) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.send_read(f)?.wait().await
    }

    fn send_read<T, E>(&self, f: Reader<T, E>) -> Result<Answer<T, E>, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (job, answer) = read_job(f);
        self.engine.read(self.lane, job)?;
        Ok(answer)
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Db({:?}, {:?})", self.dialect, self.lane)
    }
}

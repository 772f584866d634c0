//! SQLite: readers beside one writer with group commit.

use std::{
    collections::HashMap,
    fs::File,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use rusqlite::{OpenFlags, types::ToSqlOutput};

use crate::{
    Counters, DbError, Dialect, Options, Param, Row, Statement, check_home,
    job::{Lane, Ran, ReadJob, Submit, WriteJob},
    migrate,
    tx::Connection,
};

/// Closures that share one commit at most.
const BATCH: usize = 256;
/// A batch takes no further closure after this long, so that no caller waits for many neighbours.
const BATCH_TIME: Duration = Duration::from_millis(40);

pub(crate) struct Engine {
    /// `None` only while the engine is being dropped.
    writer: Option<Sender<Box<dyn WriteJob>>>,
    readers: Option<Sender<Box<dyn ReadJob>>>,
    write_thread: Option<JoinHandle<()>>,
    read_threads: Vec<JoinHandle<()>>,
    wal: PathBuf,
    /// Held for the life of the process: one process a file.
    _lock: File,
}

impl Engine {
    pub(crate) fn open(path: &Path, options: &Options, counters: &Arc<Counters>) -> Result<Engine, DbError> {
        let lock = lock(path)?;
        let mut connection = connect(path, false, options)?;
        migrate::run(&mut connection)?;
        let (writer, jobs) = bounded(options.queue);
        let budget = options.budget;
        let shared = counters.clone();
        let write_thread = spawn("db-writer", move || write_loop(&mut connection, &jobs, &shared, budget))?;
        let (readers, jobs) = bounded(options.queue);
        let mut read_threads = Vec::new();
        for _ in 0..options.readers.max(1) {
            let (jobs, shared) = (jobs.clone(), counters.clone());
            let mut connection = connect(path, true, options)?;
            read_threads.push(spawn("db-reader", move || read_loop(&mut connection, &jobs, &shared))?);
        }
        let mut wal = path.as_os_str().to_owned();
        wal.push("-wal");
        let (writer, readers, write_thread) = (Some(writer), Some(readers), Some(write_thread));
        Ok(Engine { writer, readers, write_thread, read_threads, wal: wal.into(), _lock: lock })
    }
}

impl Drop for Engine {
    /// Lets what is queued end and the connections close: the writer's last, for only a connection that may write can
    /// fold the write-ahead log into the file.
    fn drop(&mut self) {
        self.readers = None;
        let readers = self.read_threads.drain(..);
        readers.for_each(|thread| drop(thread.join()));
        self.writer = None;
        if let Some(thread) = self.write_thread.take() {
            // a thread that panicked has nothing left to close
            let _ = thread.join();
        }
    }
}

impl Submit for Engine {
    fn write(&self, _: Lane, job: Box<dyn WriteJob>) -> Result<(), DbError> {
        self.writer.as_ref().ok_or(DbError::Stopped)?.try_send(job).map_err(|e| full(&e))
    }
    fn read(&self, _: Lane, job: Box<dyn ReadJob>) -> Result<(), DbError> {
        self.readers.as_ref().ok_or(DbError::Stopped)?.try_send(job).map_err(|e| full(&e))
    }
    fn wal_bytes(&self) -> Option<u64> {
        Some(std::fs::metadata(&self.wal).map_or(0, |m| m.len()))
    }
}

pub(crate) fn full<T>(error: &TrySendError<T>) -> DbError {
    if error.is_full() { DbError::Busy } else { DbError::Stopped }
}

pub(crate) fn spawn(name: &str, f: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, DbError> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(f);
    thread.map_err(|e| DbError::Open(format!("cannot start a database thread: {e}")))
}

fn lock(path: &Path) -> Result<File, DbError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let place = path.display();
    let file = File::options().create(true).append(true).open(&name);
    let file = file.map_err(|e| DbError::Open(format!("cannot write the database's folder ({place}): {e}")))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(DbError::Open(format!("another linli process is using {place}; stop it first"))),
    }
}

fn connect(path: &Path, read_only: bool, options: &Options) -> Result<SqliteConnection, DbError> {
    let flags = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX
    };
    let open = || -> rusqlite::Result<rusqlite::Connection> {
        let raw = rusqlite::Connection::open_with_flags(path, flags)?;
        raw.busy_timeout(Duration::from_secs(10))?;
        raw.set_prepared_statement_cache_capacity(512);
        if !read_only {
            raw.pragma_update(None, "journal_mode", "WAL")?;
            raw.pragma_update(None, "synchronous", "FULL")?;
            // random keys (ballots) touch many pages: a longer log before each checkpoint writes each page less often
            raw.pragma_update(None, "wal_autocheckpoint", 8_000)?;
            raw.pragma_update(None, "journal_size_limit", 64 << 20)?;
            raw.pragma_update(None, "foreign_keys", true)?;
        }
        raw.pragma_update(None, "cache_size", if read_only { -4_000 } else { -48_000 })?;
        raw.pragma_update(None, "temp_store", "MEMORY")?;
        Ok(raw)
    };
    let timeout = read_only.then_some(options.statement_timeout);
    let connection = open().and_then(|raw| SqliteConnection::new(raw, timeout));
    connection.map_err(|e| DbError::Open(format!("cannot open {}: {e}", path.display())))
}

fn write_loop(
    connection: &mut SqliteConnection,
    jobs: &Receiver<Box<dyn WriteJob>>,
    counters: &Counters,
    budget: Duration,
) {
    let mut batch = Vec::with_capacity(BATCH);
    while let Ok(first) = jobs.recv() {
        let begun = connection.batch("BEGIN IMMEDIATE");
        if let Err(error) = begun {
            tracing::error!(%error, "cannot begin a transaction");
            first.answer(Err(error));
            continue;
        }
        let start = Instant::now();
        let mut next = Some(first);
        while let Some(mut job) = next {
            run_apart(connection, &mut *job, counters, budget);
            batch.push(job);
            let more = batch.len() < BATCH && start.elapsed() < BATCH_TIME;
            next = if more { jobs.try_recv().ok() } else { None };
        }
        let committed = connection.batch("COMMIT");
        if let Err(error) = &committed {
            tracing::error!(%error, "commit failed");
            let _ = connection.batch("ROLLBACK");
        }
        counters.add_commits(1);
        for job in batch.drain(..) {
            job.answer(committed.clone());
        }
    }
}

/// Runs a closure in its own savepoint: what it changed is kept or undone without touching its neighbours.
fn run_apart(connection: &mut SqliteConnection, job: &mut dyn WriteJob, counters: &Counters, budget: Duration) {
    for attempt in 0..2 {
        if let Err(error) = connection.batch("SAVEPOINT closure") {
            return job.fail(error);
        }
        let ran = job.run(connection, counters, budget);
        let end = if ran == Ran::Keep { "RELEASE closure" } else { "ROLLBACK TO closure; RELEASE closure" };
        if let Err(error) = connection.batch(end) {
            tracing::error!(%error, "cannot end a savepoint");
            return job.fail(error);
        }
        match ran {
            Ran::Keep | Ran::Undo => return,
            // a stall of the machine is not the closure's fault: once more, then it is
            Ran::OverBudget if attempt == 0 => {}
            Ran::OverBudget => job.fail(DbError::OverBudget),
            Ran::Again => job.fail(DbError::Collided),
        }
    }
}

fn read_loop(connection: &mut SqliteConnection, jobs: &Receiver<Box<dyn ReadJob>>, counters: &Counters) {
    while let Ok(mut job) = jobs.recv() {
        match connection.batch("BEGIN") {
            Ok(()) => {
                job.run(connection, counters);
                if let Err(error) = connection.batch("COMMIT") {
                    tracing::error!(%error, "cannot end a read");
                    let _ = connection.batch("ROLLBACK");
                }
            }
            Err(error) => job.fail(error),
        }
        job.answer();
    }
}

/// One connection with its translated texts and its statement timeout.
pub(crate) struct SqliteConnection {
    raw: rusqlite::Connection,
    /// Translated texts by the address of the project's text, which is `'static` and so never reused.
    texts: HashMap<usize, Arc<str>>,
    timer: Option<Timer>,
}

/// Interrupts a read statement that runs too long. Writes are not interrupted: SQLite would undo the whole batch.
struct Timer {
    base: Instant,
    length: Duration,
    /// Microseconds after `base` at which the running statement ends; 0 means none runs.
    deadline: Arc<AtomicU64>,
}

impl SqliteConnection {
    fn new(mut raw: rusqlite::Connection, timeout: Option<Duration>) -> Result<Self, rusqlite::Error> {
        let timer = timeout.map(|length| Timer { base: Instant::now(), length, deadline: Arc::default() });
        if let Some(timer) = &timer {
            let (base, deadline) = (timer.base, timer.deadline.clone());
            let late = move || match deadline.load(Relaxed) {
                0 => false,
                at => micros(base.elapsed()) > at,
            };
            raw.progress_handler(20_000, Some(late))?;
        }
        Ok(SqliteConnection { raw, texts: HashMap::new(), timer })
    }

    fn text(&mut self, statement: &Statement) -> Result<Arc<str>, DbError> {
        let key = statement.sql.as_ptr() as usize;
        if let Some(text) = self.texts.get(&key) {
            return Ok(text.clone());
        }
        checked(statement)?;
        let text: Arc<str> = Dialect::Sqlite.translate(statement.sql).into();
        self.texts.insert(key, text.clone());
        Ok(text)
    }

    fn start_timer(&self) {
        if let Some(timer) = &self.timer {
            timer.deadline.store(micros(timer.base.elapsed() + timer.length), Relaxed);
        }
    }
}

fn micros(length: Duration) -> u64 {
    u64::try_from(length.as_micros()).unwrap_or(u64::MAX)
}

/// Refuses a statement that reaches a large table without its shard key, at its first use on a connection.
pub(crate) fn checked(statement: &Statement) -> Result<(), DbError> {
    check_home(statement.sql).map_err(|table| {
        DbError::Statement(format!("{}::{} reaches {table} without home", statement.module, statement.name))
    })
}

impl Connection for SqliteConnection {
    fn query(
        &mut self,
        statement: &Statement,
        params: &[Param<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, DbError>,
    ) -> Result<(), DbError> {
        let text = self.text(statement)?;
        self.start_timer();
        let mut prepared = self.raw.prepare_cached(&text).map_err(|e| translate(&e))?;
        let mut rows = prepared.query(rusqlite::params_from_iter(params)).map_err(|e| translate(&e))?;
        while let Some(row) = rows.next().map_err(|e| translate(&e))? {
            if each(&Row::Sqlite(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn execute(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<u64, DbError> {
        let text = self.text(statement)?;
        let mut prepared = self.raw.prepare_cached(&text).map_err(|e| translate(&e))?;
        let touched = prepared.execute(rusqlite::params_from_iter(params)).map_err(|e| translate(&e))?;
        Ok(touched as u64)
    }

    fn prepare(&mut self, statement: &Statement) -> Result<(), DbError> {
        let text = self.text(statement)?;
        self.raw.prepare(&text).map(|_| ()).map_err(|e| translate(&e))
    }

    fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.raw.execute_batch(sql).map_err(|e| translate(&e))
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
}

impl rusqlite::ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        use rusqlite::types::ValueRef;
        let value = match *self {
            Param::Null => ValueRef::Null,
            Param::Int(n) => ValueRef::Integer(n),
            Param::Text(text) => ValueRef::Text(text.as_bytes()),
            Param::Bytes(bytes) => ValueRef::Blob(bytes),
            Param::Bool(b) => ValueRef::Integer(i64::from(b)),
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

fn translate(error: &rusqlite::Error) -> DbError {
    use rusqlite::{ErrorCode, ffi};
    let rusqlite::Error::SqliteFailure(cause, text) = error else {
        return DbError::Statement(error.to_string());
    };
    let text = text.clone().unwrap_or_default();
    match (cause.code, cause.extended_code) {
        (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => DbError::Unique(text),
        (ErrorCode::OperationInterrupted, _) => DbError::Timeout,
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => DbError::Busy,
        (ErrorCode::DiskFull, _) => DbError::Statement("the disk is full".into()),
        _ => DbError::Statement(error.to_string()),
    }
}

//! PostgreSQL: pools of threads that each own a connection; closures run again after collisions.

use std::{collections::HashMap, ops::ControlFlow, sync::Arc, time::Duration};

use crossbeam_channel::{Receiver, Sender, bounded};
use postgres::{
    Client, NoTls,
    error::SqlState,
    fallible_iterator::FallibleIterator,
    types::{IsNull, ToSql, Type, private::BytesMut},
};

use crate::{
    Counters, DbError, Dialect, Options, Param, Row, Statement,
    job::{Lane, Ran, ReadJob, Submit, WriteJob},
    migrate,
    sqlite::{checked, full, spawn},
    tx::Connection,
};

/// Runs of a closure that keeps colliding, before its caller is told.
const RUNS: u32 = 12;

/// Three pools, so that neither jobs nor reads take the connections of people's writes.
pub(crate) struct Engine {
    writers: Sender<Box<dyn WriteJob>>,
    readers: Sender<Box<dyn ReadJob>>,
    job_writers: Sender<Box<dyn WriteJob>>,
    job_readers: Sender<Box<dyn ReadJob>>,
}

impl Engine {
    pub(crate) fn open(address: &str, options: &Options, counters: Arc<Counters>) -> Result<Engine, DbError> {
        let config: postgres::Config =
            address.parse().map_err(|e| DbError::Open(format!("the database address cannot be read: {e}")))?;
        let mut first = PgConnection::new(config.clone(), options.statement_timeout);
        first.connect().map_err(|e| DbError::Open(format!("cannot reach the database server: {e}")))?;
        first.batch("SET statement_timeout = 0")?;
        migrate::run(&mut first)?;
        drop(first);

        let pool = Pool { config, options, counters };
        Ok(Engine {
            writers: pool.start("db-write", options.writers, write_loop)?,
            readers: pool.start("db-read", options.readers, read_loop)?,
            job_writers: pool.start("db-job", options.jobs, write_loop)?,
            job_readers: pool.start("db-job-read", options.jobs, read_loop)?,
        })
    }
}

struct Pool<'a> {
    config: postgres::Config,
    options: &'a Options,
    counters: Arc<Counters>,
}

impl Pool<'_> {
    fn start<J: Send + 'static>(
        &self,
        name: &str,
        threads: usize,
        work: fn(&mut PgConnection, &Receiver<J>, &Counters, Duration),
    ) -> Result<Sender<J>, DbError> {
        let (sender, jobs) = bounded(self.options.queue);
        for _ in 0..threads.max(1) {
            let (jobs, counters) = (jobs.clone(), self.counters.clone());
            let mut connection = PgConnection::new(self.config.clone(), self.options.statement_timeout);
            let budget = self.options.budget;
            spawn(name, move || work(&mut connection, &jobs, &counters, budget))?;
        }
        Ok(sender)
    }
}

impl Submit for Engine {
    fn write(&self, lane: Lane, job: Box<dyn WriteJob>) -> Result<(), DbError> {
        let queue = if lane == Lane::Jobs { &self.job_writers } else { &self.writers };
        queue.try_send(job).map_err(|e| full(&e))
    }
    fn read(&self, lane: Lane, job: Box<dyn ReadJob>) -> Result<(), DbError> {
        let queue = if lane == Lane::Jobs { &self.job_readers } else { &self.readers };
        queue.try_send(job).map_err(|e| full(&e))
    }
    fn wal_bytes(&self) -> Option<u64> {
        None
    }
}

fn write_loop(
    connection: &mut PgConnection,
    jobs: &Receiver<Box<dyn WriteJob>>,
    counters: &Counters,
    budget: Duration,
) {
    while let Ok(mut job) = jobs.recv() {
        let commit = run_write(connection, &mut *job, counters, budget);
        job.answer(commit);
    }
}

fn run_write(
    connection: &mut PgConnection,
    job: &mut dyn WriteJob,
    counters: &Counters,
    budget: Duration,
) -> Result<(), DbError> {
    let mut overran = false;
    for run in 0..RUNS {
        if run > 0 {
            counters.add_retries(1);
            std::thread::sleep(pause(run));
        }
        connection.ready()?;
        match connection.batch("BEGIN") {
            Ok(()) => {}
            // nothing was sent of the closure yet: a fresh connection is safe
            Err(DbError::Lost(_)) => continue,
            Err(error) => return Err(error),
        }
        let ran = job.run(connection, counters, budget);
        if ran == Ran::Keep {
            match connection.batch("COMMIT") {
                Ok(()) => {
                    counters.add_commits(1);
                    return Ok(());
                }
                Err(DbError::Collided) => continue,
                Err(error) => return Err(error),
            }
        }
        let _ = connection.batch("ROLLBACK");
        match ran {
            Ran::Again => {}
            Ran::OverBudget if !overran => overran = true,
            Ran::OverBudget => return Err(DbError::OverBudget),
            Ran::Keep | Ran::Undo => return Ok(()),
        }
    }
    Err(DbError::Collided)
}

/// Between 1 and about 100 ms, longer with each run, different for each thread so that they do not meet again.
fn pause(run: u32) -> Duration {
    use std::hash::{BuildHasher, RandomState};
    let spread = RandomState::new().hash_one(run) % 8;
    Duration::from_millis((1u64 << run.min(6)) + spread)
}

fn read_loop(connection: &mut PgConnection, jobs: &Receiver<Box<dyn ReadJob>>, counters: &Counters, _: Duration) {
    while let Ok(mut job) = jobs.recv() {
        for _ in 0..2 {
            let begun =
                connection.ready().and_then(|()| connection.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
            match begun {
                Ok(()) => {
                    let again = job.run(connection, counters);
                    let _ = connection.batch("COMMIT");
                    // a read changes nothing, so a lost connection is simply read again
                    if !again && !connection.is_lost() {
                        break;
                    }
                }
                Err(error) => job.fail(error),
            }
        }
        job.answer();
    }
}

/// One connection, made anew when it is lost; with several hosts in the address the next one is tried.
pub(crate) struct PgConnection {
    config: postgres::Config,
    timeout: Duration,
    client: Option<Client>,
    /// Prepared statements by the address of the project's text, which is `'static` and so never reused.
    prepared: HashMap<usize, postgres::Statement>,
}

impl PgConnection {
    fn new(config: postgres::Config, timeout: Duration) -> Self {
        PgConnection { config, timeout, client: None, prepared: HashMap::new() }
    }

    fn is_lost(&self) -> bool {
        self.client.as_ref().is_none_or(Client::is_closed)
    }

    fn ready(&mut self) -> Result<(), DbError> {
        if self.is_lost() { self.connect() } else { Ok(()) }
    }

    fn connect(&mut self) -> Result<(), DbError> {
        self.prepared.clear();
        let mut config = self.config.clone();
        config.connect_timeout(Duration::from_secs(5)).application_name("linli");
        let mut client = config.connect(NoTls).map_err(|e| DbError::Lost(e.to_string()))?;
        let millis = self.timeout.as_millis();
        client
            .batch_execute(&format!(
                "SET statement_timeout = {millis}; SET lock_timeout = {millis}; \
                 SET idle_in_transaction_session_timeout = 60000; SET synchronous_commit = on; \
                 SET TIME ZONE 'UTC'; SET client_min_messages = warning"
            ))
            .map_err(|e| translate(&e))?;
        self.client = Some(client);
        Ok(())
    }

    fn client(&mut self) -> Result<&mut Client, DbError> {
        self.client.as_mut().ok_or_else(|| DbError::Lost("not connected".into()))
    }

    /// Prepared at first use with the types of the parameters given, so that `?1 - 1` is not taken for a 32-bit number.
    fn statement(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<postgres::Statement, DbError> {
        let key = statement.sql.as_ptr() as usize;
        if let Some(prepared) = self.prepared.get(&key) {
            return Ok(prepared.clone());
        }
        checked(statement)?;
        let text = Dialect::Postgres.translate(statement.sql);
        let types: Vec<Type> = params.iter().map(column_type).collect();
        let prepared = self.client()?.prepare_typed(&text, &types).map_err(|e| translate(&e))?;
        self.prepared.insert(key, prepared.clone());
        Ok(prepared)
    }
}

impl Connection for PgConnection {
    fn query(
        &mut self,
        statement: &Statement,
        params: &[Param<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, DbError>,
    ) -> Result<(), DbError> {
        let prepared = self.statement(statement, params)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let mut rows = self.client()?.query_raw(&prepared, params).map_err(|e| translate(&e))?;
        while let Some(row) = rows.next().map_err(|e| translate(&e))? {
            if each(&Row::Postgres(&row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn execute(&mut self, statement: &Statement, params: &[Param<'_>]) -> Result<u64, DbError> {
        let prepared = self.statement(statement, params)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        self.client()?.execute(&prepared, &params).map_err(|e| translate(&e))
    }

    fn prepare(&mut self, statement: &Statement) -> Result<(), DbError> {
        self.statement(statement, &[]).map(|_| ())
    }

    fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.client()?.batch_execute(sql).map_err(|e| translate(&e))
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }
}

/// NULL fits every column: its type is left to the server.
fn column_type(param: &Param<'_>) -> Type {
    match param {
        Param::Null => Type::UNKNOWN,
        Param::Int(_) => Type::INT8,
        Param::Text(_) => Type::TEXT,
        Param::Bytes(_) => Type::BYTEA,
        Param::Bool(_) => Type::BOOL,
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match *self {
            Param::Null => Ok(IsNull::Yes),
            Param::Int(n) => n.to_sql(ty, out),
            Param::Text(text) => text.to_sql(ty, out),
            Param::Bytes(bytes) => bytes.to_sql(ty, out),
            Param::Bool(b) => b.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        [Type::INT8, Type::TEXT, Type::BYTEA, Type::BOOL, Type::UNKNOWN].contains(ty)
    }

    postgres::types::to_sql_checked!();
}

fn translate(error: &postgres::Error) -> DbError {
    let Some(cause) = error.as_db_error() else {
        return if error.is_closed() || std::error::Error::source(error).is_some_and(|s| s.is::<std::io::Error>()) {
            DbError::Lost(error.to_string())
        } else {
            DbError::Statement(format!("{error}: {}", source(error)))
        };
    };
    let code = cause.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        DbError::Unique(cause.constraint().unwrap_or_default().to_owned())
    } else if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED {
        DbError::Collided
    } else if *code == SqlState::QUERY_CANCELED || *code == SqlState::LOCK_NOT_AVAILABLE {
        DbError::Timeout
    } else if [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW].contains(code) {
        DbError::Lost(cause.message().to_owned())
    } else {
        DbError::Statement(format!("{}: {}", code.code(), cause.message()))
    }
}

fn source(error: &postgres::Error) -> String {
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}

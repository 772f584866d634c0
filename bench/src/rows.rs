//! Single-row commands, beside the bare drivers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Instant,
};

use db::{Address, Db, DbError, Statement, params};
use tokio::runtime::Runtime;

use crate::{Anything, Rate};

static PUT: Statement =
    Statement { name: "PUT", module: module_path!(), sql: "INSERT INTO settings (name, value) VALUES (?1, ?2)" };

/// One-row inserts through `db.write`, each answered after its commit.
pub(crate) fn run(runtime: &Runtime, db: &Db, clients: usize, rows: usize) -> Result<Rate, Anything> {
    let next = Arc::new(AtomicUsize::new(0));
    let before = db.counters().commits();
    let start = Instant::now();
    runtime.block_on(async {
        let tasks: Vec<_> = (0..clients).map(|_| tokio::spawn(client(db.clone(), next.clone(), rows))).collect();
        for task in tasks {
            task.await??;
        }
        Ok::<_, Anything>(())
    })?;
    let commits = db.counters().commits() - before;
    Ok(Rate::since("single-row commands, durable", rows, start).with(format!("{commits} commits")))
}

async fn client(db: Db, next: Arc<AtomicUsize>, rows: usize) -> Result<(), DbError> {
    loop {
        let n = next.fetch_add(1, Relaxed);
        if n >= rows {
            return Ok(());
        }
        db.write(move |tx| tx.execute(&PUT, params![&format!("bench-{n}"), "a value of about thirty bytes"])).await?;
    }
}

/// The bare driver on a database of its own: one commit a row, as a program without group commit does.
pub(crate) fn peers(address: &Address, rows: usize) -> Result<(), Anything> {
    let rows = rows / 20;
    match address {
        Address::Sqlite(path) => {
            let peer = path.with_extension("peer");
            let raw = rusqlite::Connection::open(&peer)?;
            raw.pragma_update(None, "journal_mode", "WAL")?;
            raw.pragma_update(None, "synchronous", "FULL")?;
            raw.execute_batch("CREATE TABLE IF NOT EXISTS peer (name TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID; DELETE FROM peer")?;
            let start = Instant::now();
            let mut insert = raw.prepare("INSERT INTO peer VALUES (?1, ?2)")?;
            for n in 0..rows {
                insert.execute((format!("bench-{n}"), "a value of about thirty bytes"))?;
            }
            Rate::since("peer: rusqlite, one commit a row", rows, start).print();
            drop(insert);
            drop(raw);
            std::fs::remove_file(peer)?;
        }
        Address::Postgres(address) => {
            let mut raw = postgres::Client::connect(address, postgres::NoTls)?;
            raw.batch_execute(
                "CREATE TABLE IF NOT EXISTS bench_peer (name TEXT PRIMARY KEY, value TEXT); TRUNCATE bench_peer",
            )?;
            let insert = raw.prepare("INSERT INTO bench_peer VALUES ($1, $2)")?;
            let start = Instant::now();
            for n in 0..rows {
                raw.execute(&insert, &[&format!("bench-{n}"), &"a value of about thirty bytes"])?;
            }
            Rate::since("peer: postgres, one connection", rows, start).print();
            raw.batch_execute("DROP TABLE bench_peer")?;
        }
    }
    Ok(())
}

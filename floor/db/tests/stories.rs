//! What the database layer promises, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

use std::{
    sync::mpsc,
    time::{Duration, Instant},
};

use db::{Address, Db, DbError, Dialect, Options, Statement, params};
use testkit::{Folder, each_engine, each_engine_with};

macro_rules! sql {
    ($name:ident = $sql:expr) => {
        static $name: Statement = Statement { name: stringify!($name), module: "stories", sql: $sql };
    };
}

sql!(PUT = "INSERT INTO settings (name, value) VALUES (?1, ?2)");
sql!(SET = "UPDATE settings SET value = ?2 WHERE name = ?1");
sql!(GET = "SELECT value FROM settings WHERE name = ?1");
sql!(COUNT = "SELECT count(*) FROM settings");
sql!(
    ENDLESS =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000000000) SELECT count(*) FROM n"
);
sql!(
    PUT_LINE = "INSERT INTO verdict_lines (home, season, rank, number, won, supporters, explanation) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
);
sql!(GET_LINE = "SELECT season, rank, won, supporters FROM verdict_lines WHERE home = ?1 AND season = ?2");
sql!(SUM = "SELECT ?1 - 1 + row_number() OVER () FROM settings");
sql!(NO_HOME = "SELECT count(*) FROM ballots WHERE season = ?1");

fn put(db: &Db, name: &'static str) -> Result<u64, DbError> {
    db.write_wait(move |tx| tx.execute(&PUT, params![name, "x"]))
}

fn count(db: &Db) -> i64 {
    db.read_wait(|s| s.one::<(i64,)>(&COUNT, &[])).unwrap().0
}

/// Holds the writer so that what is sent meanwhile shares one batch.
fn hold_writer(db: &Db) -> std::thread::JoinHandle<Result<(), DbError>> {
    let (started, wait) = mpsc::channel();
    let db = db.clone();
    let held = std::thread::spawn(move || {
        db.write_wait(move |_| {
            let _ = started.send(());
            std::thread::sleep(Duration::from_millis(30));
            Ok(())
        })
    });
    wait.recv().unwrap();
    held
}

#[test]
fn a_failed_closure_is_undone_alone() {
    each_engine(|db| {
        let held = hold_writer(db);
        let threads: Vec<_> = (0..20_u32)
            .map(|i| {
                let db = db.clone();
                std::thread::spawn(move || {
                    db.write_wait(move |tx| {
                        tx.execute(&PUT, params![&format!("n{i}"), "x"])?;
                        match i % 4 {
                            1 => Err(DbError::Data("no".into())),
                            2 => panic!("a fault in closure {i}"),
                            3 => tx.execute(&PUT, params![&format!("n{i}"), "twice"]).map(|_| ()),
                            _ => Ok(()),
                        }
                    })
                })
            })
            .collect();
        let answers: Vec<_> = threads.into_iter().map(|t| t.join().unwrap()).collect();
        held.join().unwrap().unwrap();
        for (i, answer) in answers.iter().enumerate() {
            match i % 4 {
                0 => assert_eq!(*answer, Ok(())),
                1 => assert_eq!(*answer, Err(DbError::Data("no".into()))),
                2 => assert_eq!(*answer, Err(DbError::Panicked)),
                _ => assert!(matches!(answer, Err(DbError::Unique(_))), "{answer:?}"),
            }
        }
        assert_eq!(count(db), 5);
    });
}

#[test]
fn closures_share_a_commit_on_sqlite() {
    let folder = Folder::new();
    let db = Db::open(&folder.address(), &Options::default()).unwrap();
    let held = hold_writer(&db);
    let before = db.counters().commits();
    let threads: Vec<_> = (0..50)
        .map(|i| {
            let db = db.clone();
            std::thread::spawn(move || db.write_wait(move |tx| tx.execute(&PUT, params![&format!("n{i}"), "x"])))
        })
        .collect();
    assert!(threads.into_iter().all(|t| t.join().unwrap() == Ok(1)));
    held.join().unwrap().unwrap();
    assert!(db.counters().commits() - before < 50);
}

#[test]
fn a_closure_over_its_budget_is_undone_and_its_neighbours_stay() {
    let options = Options { budget: Duration::from_millis(5), ..Options::default() };
    each_engine_with(&options, |db| {
        let slow = db.write_wait(|tx| {
            tx.execute(&PUT, params!["slow", "x"])?;
            std::thread::sleep(Duration::from_millis(250));
            Ok::<_, DbError>(())
        });
        assert_eq!(slow, Err(DbError::OverBudget));
        assert_eq!(put(db, "quick"), Ok(1));
        assert_eq!(count(db), 1);
        assert_eq!(db.counters().over_budget(), 2, "it was run once more before it was refused");
    });
}

#[test]
fn values_come_back_as_they_went_in() {
    each_engine(|db| {
        db.write_wait(|tx| tx.execute(&PUT_LINE, params![1_i64, "季", 3_i64, 4_i64, true, i64::MAX, "'?1' 邻里 🏮"]))
            .unwrap();
        let row = db.read_wait(|s| s.one::<(String, u32, bool, i64)>(&GET_LINE, params![1_i64, "季"]));
        assert_eq!(row, Ok(("季".to_owned(), 3, true, i64::MAX)));
    });
}

#[test]
fn a_number_beyond_32_bits_may_stand_beside_a_small_one() {
    each_engine(|db| {
        put(db, "a").unwrap();
        let sum = db.read_wait(|s| s.one::<(i64,)>(&SUM, params![i64::MAX - 7]));
        assert_eq!(sum, Ok((i64::MAX - 7,)));
    });
}

#[test]
fn a_large_table_is_not_reached_without_its_shard_key() {
    each_engine(|db| {
        let answer = db.read_wait(|s| s.one::<(i64,)>(&NO_HOME, params!["x"]));
        assert_eq!(answer, Err(DbError::Statement("stories::NO_HOME reaches ballots without home".into())));
    });
}

#[test]
fn statements_are_counted() {
    each_engine(|db| {
        let before = db.counters().statements();
        db.write_wait(|tx| {
            tx.execute(&PUT, params!["a", "x"])?;
            tx.execute(&SET, params!["a", "y"])
        })
        .unwrap();
        assert_eq!(db.counters().statements() - before, 2);
    });
}

#[test]
fn a_read_sees_one_moment() {
    each_engine(|db| {
        put(db, "a").unwrap();
        let (reading, started) = mpsc::channel();
        let (written, wait) = mpsc::channel::<()>();
        let wait = std::sync::Mutex::new(wait);
        let reader = {
            let db = db.clone();
            std::thread::spawn(move || {
                db.read_wait(move |s| {
                    let before = s.one::<(i64,)>(&COUNT, &[])?.0;
                    let _ = reading.send(());
                    let _ = wait.lock().unwrap().recv();
                    Ok::<_, DbError>((before, s.one::<(i64,)>(&COUNT, &[])?.0))
                })
            })
        };
        started.recv().unwrap();
        put(db, "b").unwrap();
        written.send(()).unwrap();
        assert_eq!(reader.join().unwrap(), Ok((1, 1)));
        assert_eq!(count(db), 2);
    });
}

#[test]
fn a_statement_that_never_ends_is_ended() {
    let options = Options { statement_timeout: Duration::from_millis(200), ..Options::default() };
    each_engine_with(&options, |db| {
        let start = Instant::now();
        let answer = db.read_wait(|s| s.one::<(i64,)>(&ENDLESS, &[]));
        assert_eq!(answer, Err(DbError::Timeout));
        assert!(start.elapsed() < Duration::from_secs(20), "it went on");
        assert_eq!(count(db), 0, "the reader still reads");
    });
}

#[test]
fn a_full_queue_says_busy_and_loses_nothing() {
    let options = Options { queue: 2, writers: 1, ..Options::default() };
    each_engine_with(&options, |db| {
        let held = hold_writer(db);
        let threads: Vec<_> = (0..12)
            .map(|i| {
                let db = db.clone();
                std::thread::spawn(move || db.write_wait(move |tx| tx.execute(&PUT, params![&format!("n{i}"), "x"])))
            })
            .collect();
        let answers: Vec<_> = threads.into_iter().map(|t| t.join().unwrap()).collect();
        held.join().unwrap().unwrap();
        let kept = answers.iter().filter(|a| **a == Ok(1)).count();
        assert!(answers.iter().all(|a| matches!(a, Ok(1) | Err(DbError::Busy))), "{answers:?}");
        assert!((1..12).contains(&kept), "{kept} kept");
        assert_eq!(count(db), i64::try_from(kept).unwrap());
    });
}

#[test]
fn closures_that_collide_are_run_again() {
    each_engine(|db| {
        put(db, "a").unwrap();
        put(db, "b").unwrap();
        // each thread locks the two rows in the other order: PostgreSQL finds deadlocks and asks for another run
        let threads: Vec<_> = (0..4)
            .map(|i| {
                let db = db.clone();
                let names = if i % 2 == 0 { ["a", "b"] } else { ["b", "a"] };
                std::thread::spawn(move || {
                    db.write_wait(move |tx| {
                        for name in names {
                            let (value,) = tx.one::<(String,)>(&GET, params![name])?;
                            tx.execute(&SET, params![name, &format!("{value}{i}")])?;
                        }
                        Ok::<_, DbError>(())
                    })
                })
            })
            .collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), Ok(()));
        }
    });
}

#[test]
fn serializable_servers_ask_for_another_run_and_get_it() {
    let Some(fresh) = testkit::FreshPostgres::new() else { return };
    let Address::Postgres(address) = &fresh.address else { unreachable!() };
    let strict = Address::Postgres(format!(
        "{address} options='-c default_transaction_isolation=serializable -c deadlock_timeout=100ms'"
    ));
    let db = Db::open(&strict, &Options::default()).unwrap();
    db.write_wait(|tx| tx.execute(&PUT, params!["sum", "0"])).unwrap();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let db = db.clone();
            std::thread::spawn(move || {
                let add = || {
                    db.write_wait(|tx| {
                        // read, then write: lost updates unless every collision is run again
                        let (sum,) = tx.one::<(String,)>(&GET, params!["sum"])?;
                        let next = (sum.parse::<i64>().unwrap() + 1).to_string();
                        tx.execute(&SET, params!["sum", &next])
                    })
                };
                (0..5).map(|_| add()).collect::<Vec<_>>()
            })
        })
        .collect();
    let answers: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    assert!(answers.iter().all(|answer| *answer == Ok(1)), "{answers:?}");
    let sum = db.read_wait(|s| s.one::<(String,)>(&GET, params!["sum"]));
    assert_eq!(sum, Ok(("40".to_owned(),)));
}

#[test]
fn several_hosts_in_the_address_are_tried_in_turn() {
    let Some(fresh) = testkit::FreshPostgres::new() else { return };
    let Address::Postgres(address) = &fresh.address else { unreachable!() };
    // a first host where nobody listens, then the real one, which must take writes
    let part = |key: &str| {
        let mut pairs = address.split_whitespace().filter_map(|pair| pair.split_once('='));
        pairs.find_map(|(name, value)| (name == key).then_some(value)).unwrap_or_default()
    };
    let (host, port) = (part("host"), part("port"));
    let rest: Vec<_> =
        address.split_whitespace().filter(|p| !p.starts_with("host=") && !p.starts_with("port=")).collect();
    let several = format!("host={host},{host} port=1,{port} target_session_attrs=read-write {}", rest.join(" "));
    let db = Db::open(&Address::Postgres(several), &Options::default()).unwrap();
    assert_eq!(put(&db, "a"), Ok(1));
}

#[test]
fn one_process_a_file() {
    let folder = Folder::new();
    let first = Db::open(&folder.address(), &Options::default()).unwrap();
    let second = Db::open(&folder.address(), &Options::default());
    assert!(matches!(second, Err(DbError::Open(text)) if text.contains("another linli process")));
    drop(first);
}

#[test]
fn a_newer_or_foreign_schema_is_refused() {
    for (change, words) in [
        ("INSERT INTO migrations (number, name, digest) VALUES (99, 'later', x'00')", "newer than this program"),
        ("UPDATE migrations SET digest = x'00' WHERE number = 1", "another build"),
    ] {
        let folder = Folder::new();
        drop(Db::open(&folder.address(), &Options::default()).unwrap());
        let Address::Sqlite(path) = folder.address() else { unreachable!() };
        // the threads of the dropped database may still be closing it
        let raw = rusqlite::Connection::open(path).unwrap();
        raw.busy_timeout(Duration::from_secs(5)).unwrap();
        raw.execute_batch(change).unwrap();
        let answer = Db::open(&folder.address(), &Options::default());
        assert!(matches!(&answer, Err(DbError::Open(text)) if text.contains(words)), "{answer:?}");
    }
}

#[test]
fn a_closed_database_is_one_whole_file() {
    let folder = Folder::new();
    let db = Db::open(&folder.address(), &Options::default()).unwrap();
    put(&db, "kept").unwrap();
    count(&db);
    drop(db);
    let names = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    assert_eq!(names, ["linli.db", "linli.db.lock"]);
}

#[test]
fn opening_twice_changes_nothing() {
    each_engine(|db| {
        assert!(matches!(db.dialect(), Dialect::Sqlite | Dialect::Postgres));
        assert_eq!(count(db), 0);
    });
    let folder = Folder::new();
    put(&Db::open(&folder.address(), &Options::default()).unwrap(), "kept").unwrap();
    assert_eq!(count(&Db::open(&folder.address(), &Options::default()).unwrap()), 1);
}

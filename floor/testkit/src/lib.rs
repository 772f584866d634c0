//! What tests share: a fresh database of each engine, a fixed time and seeded chance.
//!
//! PostgreSQL stories need a server: `LINLI_TEST_POSTGRES` holds its address (a superuser's, without a database
//! name), which `./test` sets. Without it they are skipped with one loud line; with `LINLI_REQUIRE_POSTGRES` set, a
//! missing server fails them.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot be set up must stop")]

pub mod story;

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use db::{Address, Db, MIGRATIONS, Options};
use kernel::{Actor, Chance, Context, Home, Id, Instant, Post, Principal};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Runs a story on a fresh SQLite database, and on a fresh PostgreSQL database where there is a server. On machines of
/// any speed: no write is refused for the time it takes.
pub fn each_engine(story: impl Fn(&Db)) {
    each_engine_with(&Options::alone(), story);
}

/// [`each_engine`] with other sizes and limits.
pub fn each_engine_with(options: &Options, story: impl Fn(&Db)) {
    let folder = Folder::new();
    let db = Db::open(&folder.address(), options).expect("a SQLite database opens");
    story(&db);
    drop(db);
    if let Some(fresh) = FreshPostgres::migrated() {
        let db = Db::open(&fresh.address, options).expect("a PostgreSQL database opens");
        story(&db);
    }
}

/// The instant at which tests begin: 2026-11-22, 10:00 in Beijing.
pub const START: Instant = Instant(1_795_312_800_000_000);

/// A context of `actor` at [`START`] with seeded chance.
pub fn context(actor: Actor, seed: u64) -> Context {
    Context::new(actor, START, 480, Chance::seeded(seed))
}

/// A person who has signed in and whose telephone is verified, with these roles; the same for the same seed.
pub fn person(seed: u64, posts: Vec<Post>) -> Actor {
    let person = Id::random(Home(0), &mut Chance::seeded(seed.wrapping_add(1 << 60)));
    Actor::Person(Principal { person, verified: true, posts, seats: Vec::new() }.into())
}

/// The folder of real data, or `None` after one loud line.
pub fn real_data(part: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("LINLI_TEST_DATA").map(|f| PathBuf::from(f).join(part));
    let found = folder.filter(|f| f.is_dir());
    if found.is_none() {
        eprintln!("SKIPPED, NOT PASSED: no real data; set LINLI_TEST_DATA to a folder that holds {part}/");
    }
    found
}

/// An empty folder that is removed at the end.
pub struct Folder(PathBuf);

impl Folder {
    /// A new empty folder in the system's temporary folder.
    pub fn new() -> Folder {
        let n = NEXT.fetch_add(1, Relaxed);
        let path = std::env::temp_dir().join(format!("linli-test-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the temporary folder can be written");
        Folder(path)
    }

    /// Its path.
    pub fn path(&self) -> &std::path::Path {
        &self.0
    }

    /// The address of a database file in it.
    pub fn address(&self) -> Address {
        Address::Sqlite(self.0.join("linli.db"))
    }
}

impl Default for Folder {
    fn default() -> Self {
        Folder::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A new empty database on the test server, dropped at the end.
pub struct FreshPostgres {
    /// Its address.
    pub address: Address,
    server: String,
    name: String,
}

impl FreshPostgres {
    /// Makes one, or says loudly that there is no server.
    pub fn new() -> Option<FreshPostgres> {
        let Ok(server) = std::env::var("LINLI_TEST_POSTGRES") else {
            assert!(std::env::var_os("LINLI_REQUIRE_POSTGRES").is_none(), "LINLI_TEST_POSTGRES is not set");
            eprintln!("SKIPPED, NOT PASSED: no PostgreSQL server; set LINLI_TEST_POSTGRES, or run ./test");
            return None;
        };
        Some(FreshPostgres::of(server, "template0"))
    }

    /// Makes one whose tables are there already: a copy of a database that is kept on the server for the migrations of
    /// this program, for making two hundred tables takes longer than most stories.
    pub fn migrated() -> Option<FreshPostgres> {
        static TEMPLATE: OnceLock<String> = OnceLock::new();
        let Ok(server) = std::env::var("LINLI_TEST_POSTGRES") else { return FreshPostgres::new() };
        let template = TEMPLATE.get_or_init(|| template(&server));
        Some(FreshPostgres::of(server, template))
    }

    fn of(server: String, template: &str) -> FreshPostgres {
        let name = format!("linli_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Relaxed));
        admin(&server, &format!("CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'"));
        // deadlocks are part of some stories: the server shall find them before anybody's patience ends
        let address = Address::Postgres(format!("{server} dbname={name} options='-c deadlock_timeout=100ms'"));
        FreshPostgres { address, server, name }
    }
}

impl Drop for FreshPostgres {
    fn drop(&mut self) {
        admin(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

/// The name of the database that has this program's tables and nothing else; made by whoever asks first.
fn template(server: &str) -> String {
    let mut digest = DefaultHasher::new();
    MIGRATIONS.iter().for_each(|migration| (migration.number, migration.sql).hash(&mut digest));
    let (name, making) =
        (format!("linli_template_{:016x}", digest.finish()), format!("linli_making_{}", std::process::id()));
    let mut client = connected(server);
    // held until this connection ends: test programs that begin together make it once
    client.batch_execute("SELECT pg_advisory_lock(1819176553)").expect("the test server locks");
    let there =
        client.query("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).expect("the server knows itself");
    if !there.is_empty() {
        return name;
    }
    admin(server, &format!("CREATE DATABASE {making} TEMPLATE template0 ENCODING 'UTF8'"));
    let address = Address::Postgres(format!("{server} dbname={making}"));
    drop(Db::open(&address, &Options::alone()).expect("a PostgreSQL database opens"));
    // a connection may take a moment to go
    for _ in 0..100 {
        let ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
        client.execute(ending, &[&making]).expect("a superuser ends connections");
        if client.batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}")).is_ok() {
            return name;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{making} stays in use");
}

fn connected(server: &str) -> postgres::Client {
    let client = postgres::Client::connect(&format!("{server} dbname=postgres"), postgres::NoTls);
    client.unwrap_or_else(|e| panic!("the test server does not answer: {e}"))
}

fn admin(server: &str, sql: &str) {
    connected(server).batch_execute(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
}

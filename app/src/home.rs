//! An installation on disk: its database, its log's key, its clock and its chance.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use db::{Address, Db, Options};
use kernel::{Actor, Chance, Clock, Context, Instant};
use ledger::{note::Signer, sequencer::Sequencer};

use crate::cli;

/// Minutes east of UTC where nothing else is set: China.
pub const OFFSET_MINUTES: i32 = 480;

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the clock is read")]
    fn now(&self) -> Instant {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Instant(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// 32 bytes of the system's entropy. Without entropy nothing may be signed or drawn, so the process ends.
pub fn entropy() -> [u8; 32] {
    let mut bytes = [0; 32];
    if getrandom::fill(&mut bytes).is_err() {
        eprintln!("linli: the system gives no random numbers");
        std::process::abort();
    }
    bytes
}

/// A context of `actor` now.
pub fn context(actor: Actor) -> Context {
    Context::new(actor, SystemClock.now(), OFFSET_MINUTES, Chance::from_bytes(entropy()))
}

/// An opened installation.
pub struct Home {
    /// Its database.
    pub db: Db,
    /// What places and signs the log's entries.
    pub sequencer: Arc<Sequencer>,
    /// Its folder: the embedded database, the log's key, files, messages.
    pub data: PathBuf,
    /// Names this process among others of the same installation.
    pub holder: String,
    /// The key of digests that rolls keep of providers' claims. Made from the log's key, so that all nodes have it.
    pub subjects: [u8; 32],
}

/// Opens an installation; makes its folder, database and key where they are missing.
///
/// # Errors
/// A sentence for the operator.
pub fn open(data: &Path, database: Option<&str>) -> Result<Home, String> {
    open_with(data, database, &Options::default())
}

fn open_with(data: &Path, database: Option<&str>, options: &Options) -> Result<Home, String> {
    folder(data).map_err(|e| format!("cannot write the data folder {}: {e}", data.display()))?;
    let address = address(data, database)?;
    let db = Db::open(&address, options).map_err(|e| e.to_string())?;
    let begun = db.read_wait(ledger::read::head).map_err(|e| e.to_string())?.is_some();
    let secret = key(&data.join("ledger.key"), begun)?;
    let signer = Signer::new(&origin(&secret), &secret).map_err(|e| e.to_string())?;
    let holder = format!("{}-{:08x}", std::process::id(), u32::from_le_bytes(first4(&entropy())));
    let sequencer = Sequencer::new(&db, signer, holder.clone(), Arc::new(SystemClock))
        .map_err(|e| format!("{e}; bring the file ledger.key of this log into the data folder"))?;
    let subjects = ledger::erase::commit(&secret, b"subjects of rolls").0;
    Ok(Home { db, sequencer: Arc::new(sequencer), data: data.to_path_buf(), holder, subjects })
}

/// Makes the data folder, which only its owner may enter: names, telephone numbers and codes lie in it. One that is
/// there already keeps the rights that somebody gave it.
///
/// # Errors
/// What the file system says.
pub fn folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// [`open`] with the options of the command line, for a command that serves nobody meanwhile: its writes may take long.
///
/// # Errors
/// As [`open`].
pub fn open_cli(home: &cli::Home) -> Result<Home, String> {
    open_with(&home.data, home.database.as_deref(), &Options::alone())
}

/// The database's address: the given one, or the file in the data folder.
///
/// # Errors
/// A sentence for the operator.
pub fn address(data: &Path, database: Option<&str>) -> Result<Address, String> {
    match database {
        Some(text) => text.parse().map_err(|e: db::AddressError| e.to_string()),
        None => Ok(Address::Sqlite(data.join("linli.db"))),
    }
}

fn first4(bytes: &[u8; 32]) -> [u8; 4] {
    [bytes[0], bytes[1], bytes[2], bytes[3]]
}

/// The log's name: witnesses tell logs apart by it, so each installation has its own, made from its key.
fn origin(secret: &[u8; 32]) -> String {
    let digest = ledger::erase::commit(secret, b"origin").to_string();
    format!("linli-{}", digest.get(..16).unwrap_or("0"))
}

/// The log's secret key: 32 bytes in hexadecimal in a file that only its owner reads. Made only for a log that has not
/// begun: a second node brings the first one's file.
fn key(path: &PathBuf, begun: bool) -> Result<[u8; 32], String> {
    let place = path.display();
    match std::fs::read_to_string(path) {
        Ok(text) => ledger::tree::Hash::from_hex(text.trim())
            .map(|hash| hash.0)
            .ok_or_else(|| format!("{place} is not a key: expected 64 hexadecimal digits")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && begun => {
            Err(format!("{place} is missing: this log was begun with a key; bring that file into the data folder"))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let secret = entropy();
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let written = options.open(path).and_then(|mut file| {
                writeln!(file, "{}", ledger::tree::Hash(secret))?;
                file.sync_all()
            });
            written.map_err(|e| format!("cannot write the log's key {place}: {e}"))?;
            Ok(secret)
        }
        Err(error) => Err(format!("cannot read the log's key {place}: {error}")),
    }
}

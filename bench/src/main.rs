//! What Linli does in a second, beside the bare drivers in the same run.
//!
//! `cargo run --release -p bench -- --database sqlite:/tmp/bench/linli.db`, or with an empty PostgreSQL database.
//! Nothing here asserts a time: numbers are printed, and `bench/README.md` keeps those of a named machine.

mod http;
mod pages;
mod places;
mod rights;
mod rows;
mod votes;

use std::{sync::Arc, time::Instant};

use clap::Parser;
use db::{Address, Db, Options};
use ledger::{note::Signer, sequencer::Sequencer};
use linli::home::SystemClock;

/// What Linli does in a second.
#[derive(Parser)]
struct Cli {
    /// An address of an empty database; sqlite:PATH or postgres://USER@HOST/NAME
    #[arg(long)]
    database: String,
    /// Commands that wait at the same time
    #[arg(long, default_value_t = 256)]
    clients: usize,
    /// Rows of the single-row run
    #[arg(long, default_value_t = 100_000)]
    rows: usize,
    /// Ballots of the full-vote run
    #[arg(long, default_value_t = 40_000)]
    votes: usize,
    /// Ballots of the run over HTTP
    #[arg(long, default_value_t = 20_000)]
    requests: usize,
    /// Communities of a made-up tree: only places are measured then
    #[arg(long)]
    places: Option<usize>,
    /// Ideas of a season whose pages are measured: only pages and memory are measured then
    #[arg(long)]
    pages: Option<usize>,
    /// Residents who stand beside the pages
    #[arg(long, default_value_t = 0, requires = "pages")]
    residents: usize,
    /// Only decisions of rights are measured; the database stays untouched
    #[arg(long)]
    rights: bool,
}

/// A run's result.
struct Rate {
    what: &'static str,
    done: usize,
    seconds: f64,
    note: String,
}

impl Rate {
    fn since(what: &'static str, done: usize, start: Instant) -> Rate {
        Rate { what, done, seconds: start.elapsed().as_secs_f64(), note: String::new() }
    }

    fn with(mut self, note: String) -> Rate {
        self.note = note;
        self
    }

    fn print(&self) {
        let rate = self.done as f64 / self.seconds;
        println!("{:<44} {:>9} in {:>6.2} s {:>9.0}/s  {}", self.what, self.done, self.seconds, rate, self.note);
    }
}

/// Any fault ends the bench.
type Anything = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Anything> {
    let cli = Cli::parse();
    if cli.rights {
        return rights::run();
    }
    let address: Address = cli.database.parse()?;
    let db = Db::open(&address, &Options::default())?;
    if let Some(communities) = cli.places {
        println!("{address}");
        return places::run(&db, communities);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    if let Some(ideas) = cli.pages {
        println!("{address}");
        return pages::run(&runtime, &db, pages::Fill { ideas, residents: cli.residents });
    }
    let signer = Signer::new("bench", &[7; 32])?;
    let sequencer = Arc::new(Sequencer::new(&db, signer, "bench".into(), Arc::new(SystemClock))?);
    println!("{address}, {} commands at the same time, a sequencer beside them", cli.clients);
    rows::peers(&address, cli.rows)?;
    rows::run(&runtime, &db, cli.clients, cli.rows)?.print();
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (follow, halt) = (sequencer.clone(), stop.clone());
    let follower = std::thread::spawn(move || follow.run(&halt));
    let season = votes::run(&runtime, &db, cli.clients, cli.votes)?;
    http::run(&runtime, &db, cli.clients.min(64), cli.requests)?.print();
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let _ = follower.join();
    sequencer.drain()?;
    votes::close(&db, &season)?;
    let start = Instant::now();
    let placed = sequencer.drain()?;
    Rate::since("entries of a closed vote placed in the log", usize::try_from(placed)?, start).print();
    Ok(())
}

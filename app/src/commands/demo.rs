//! `linli demo`: load the demonstration and serve it.

use std::{
    io::{BufRead, IsTerminal, Write},
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use db::Address;
use web::Settings;
use work::files::FolderStore;

use super::{import::words, serve};
use crate::{
    cli, demo,
    home::{self, OFFSET_MINUTES},
    pdf::Pdf,
    settings,
};

/// Marks a folder whose data may be deleted: it holds a demonstration and nothing else.
const MARKER: &str = "DEMONSTRATION.txt";
const MARKER_TEXT: &str =
    "This folder holds a demonstration of Linli. Every person, place and figure in it is invented.\n";
/// Files of an embedded installation.
const FILES: [&str; 6] = ["linli.db", "linli.db-wal", "linli.db-shm", "linli.db.lock", "ledger.key", MARKER];

/// Where photos lie, as [`crate::behind::Behind`] looks for them.
const FILES_FOLDER: &str = "files";

/// What loading may take and the database may weigh; printed beside what it took and weighs.
const LOAD_SECONDS: u64 = 60;
const DATABASE_MEGABYTES: u64 = 150;

/// Loads if nothing is there yet, then serves at 127.0.0.1.
///
/// # Errors
/// A sentence for whoever typed it: a port in use, a folder that cannot be written, real data in the folder.
pub fn run(options: &cli::Demo) -> Result<ExitCode, String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    if !options.load_only {
        is_free(address)?;
    }
    prepare(options)?;
    serve::logs("warn");
    let start = Instant::now();
    let home = home::open_cli(&options.home)?;
    match settings::get(&home.db, "demo").map_err(|e| e.to_string())?.as_deref() {
        Some("loaded") => {
            println!("the demonstration is there already; --fresh starts anew");
            drop(home);
        }
        Some(_) => return Err("an earlier load was interrupted; run linli demo --fresh".into()),
        None => {
            println!("loading the demonstration");
            settings::put(&home.db, "demo", "loading").map_err(|e| e.to_string())?;
            let files = FolderStore::new(home.data.join(FILES_FOLDER));
            demo::load(&home.db, Arc::new(files)).map_err(|e| words(&e))?;
            home.sequencer.drain().map_err(|e| e.to_string())?;
            settings::put(&home.db, "demo", "loaded").map_err(|e| e.to_string())?;
            let took = start.elapsed();
            // closing folds the write-ahead log into the file, so that the weight printed is the weight kept
            drop(home);
            report(options, took);
        }
    }
    if options.load_only {
        println!("http://{address}/  (not served: --load-only)");
        return Ok(ExitCode::SUCCESS);
    }
    let settings = Settings {
        demo: true,
        offset_minutes: OFFSET_MINUTES,
        demo_people: demo::lines(),
        pdf: Pdf::look(None).fonts(),
        ..Settings::default()
    };
    let home = home::open(&options.home.data, options.home.database.as_deref())?;
    serve::serve(&home, settings, address, |address| {
        println!("open http://{address}/   (stop with Ctrl-C)");
    })?;
    Ok(ExitCode::SUCCESS)
}

fn report(options: &cli::Demo, took: Duration) {
    let seconds = took.as_secs_f64();
    let files = FILES.iter().filter_map(|name| std::fs::metadata(options.home.data.join(name)).ok());
    let bytes: u64 = files.map(|m| m.len()).sum();
    println!("loaded in {seconds:.1} s (at most {LOAD_SECONDS} s)");
    if options.home.database.is_none() {
        let megabytes = bytes as f64 / 1_000_000.0;
        println!("database {megabytes:.1} MB (at most {DATABASE_MEGABYTES} MB) in {}", options.home.data.display());
    }
}

/// A port that is taken is said before anything is loaded.
fn is_free(address: SocketAddr) -> Result<(), String> {
    match std::net::TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Err(format!("port {} is in use by another program; choose one with --port", address.port()))
        }
        Err(error) => Err(format!("cannot listen on {address}: {error}")),
    }
}

/// Makes the folder, or with `--fresh` empties it after asking. Never touches a folder that is not a demonstration's.
fn prepare(options: &cli::Demo) -> Result<(), String> {
    let data = &options.home.data;
    let address = home::address(data, options.home.database.as_deref())?;
    if let Address::Postgres(_) = address {
        return if options.fresh {
            Err("--fresh is for the embedded database; drop the PostgreSQL database yourself".into())
        } else {
            Ok(())
        };
    }
    let marker = data.join(MARKER);
    let (is_demo, has_data) = (marker.exists(), data.join("linli.db").exists());
    if has_data && !is_demo {
        let place = data.display();
        return Err(format!(
            "{place} holds an installation that is no demonstration; choose another folder with --data"
        ));
    }
    if options.fresh && has_data {
        if !options.yes && !asked(data)? {
            return Err("nothing was deleted".into());
        }
        FILES.iter().try_for_each(|name| remove(&data.join(name)))?;
        emptied(&data.join(FILES_FOLDER))?;
    }
    home::folder(data)
        .and_then(|()| std::fs::write(&marker, MARKER_TEXT))
        .map_err(|e| format!("cannot write the data folder {}: {e}", data.display()))
}

fn asked(data: &Path) -> Result<bool, String> {
    if !std::io::stdin().is_terminal() {
        return Err("--fresh deletes the demonstration's data; add --yes to say that you mean it".into());
    }
    print!("delete the demonstration in {}? [y/N] ", data.display());
    std::io::stdout().flush().map_err(|e| e.to_string())?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).map_err(|e| e.to_string())?;
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}

/// Photos of an earlier load belong to nothing any more.
fn emptied(folder: &Path) -> Result<(), String> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("cannot delete {}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn remove(path: &PathBuf) -> Result<(), String> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("cannot delete {}: {error}", path.display()))
        }
        _ => Ok(()),
    }
}

//! Full votes over HTTP, kept-alive connections on loopback.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Instant,
};

use db::Db;
use linli::home::{self, SystemClock};
use programmes::SeasonId;
use tokio::runtime::Runtime;
use web::{Rim, Settings};

use crate::{Anything, Rate, votes};

/// Casts `requests` ballots through the JSON API from `clients` threads, then reads the season's page.
pub(crate) fn run(runtime: &Runtime, db: &Db, clients: usize, requests: usize) -> Result<Rate, Anything> {
    let season = votes::open_season(db, requests)?;
    let address = serve(runtime, db)?;
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let threads: Vec<_> = (0..clients)
        .map(|_| {
            let (season, next) = (season.clone(), next.clone());
            std::thread::spawn(move || client(address, &season, &next, requests))
        })
        .collect();
    for thread in threads {
        thread.join().map_err(|_| "a client failed")??;
    }
    let rate = Rate::since("full votes over HTTP, durable", requests, start);
    let start = Instant::now();
    let mut reader = Connection::open(address)?;
    let path = format!("/seasons/{season}");
    let pages = 2_000;
    for _ in 0..pages {
        reader.send("GET", &path, "")?;
    }
    Rate::since("season page over HTTP, one connection", pages, start).print();
    Ok(rate)
}

/// Serves the database on a free port of this machine.
pub(crate) fn serve(runtime: &Runtime, db: &Db) -> Result<SocketAddr, Anything> {
    let rim = Rim::new(db.clone(), Settings::default(), Arc::new(SystemClock), home::entropy);
    let listener = runtime.block_on(web::server::bind(SocketAddr::from(([127, 0, 0, 1], 0))))?;
    let address = listener.local_addr()?;
    runtime.spawn(web::server::serve(listener, linli::router::site(rim), std::future::pending()));
    Ok(address)
}

fn client(address: SocketAddr, season: &SeasonId, next: &AtomicUsize, requests: usize) -> Result<(), Anything> {
    let mut connection = Connection::open(address)?;
    let path = format!("/api/v1/seasons/{season}/ballots");
    loop {
        let n = next.fetch_add(1, Relaxed);
        if n >= requests {
            return Ok(());
        }
        let body = serde_json::json!({ "code": votes::code(n), "choices": votes::choices(n) });
        let status = connection.send("POST", &path, &body.to_string())?;
        if status != 201 {
            return Err(format!("status {status}").into());
        }
    }
}

/// A kept-alive connection that asks one thing after the other.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Result<Connection, Anything> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Connection(BufReader::new(stream)))
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Result<u16, Anything> {
        Ok(self.ask(method, path, body)?.0)
    }

    /// The answer's status and the length of its body in bytes.
    pub(crate) fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<(u16, u64), Anything> {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.0.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        let status = line.split(' ').nth(1).unwrap_or("0").parse()?;
        let mut length: u64 = 0;
        loop {
            line.clear();
            self.0.read_line(&mut line)?;
            let header = line.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
        }
        std::io::copy(&mut (&mut self.0).take(length), &mut std::io::sink())?;
        Ok((status, length))
    }
}

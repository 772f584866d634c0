//! Running the built program as its users do.

#![allow(dead_code, clippy::allow_attributes, reason = "each test binary uses a part")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

/// The operator's token of test servers.
pub const TOKEN: &str = "a-token-for-tests-only-0123456789";

/// The program with `args`, run to its end with nothing on standard input.
pub fn linli(args: &[&str]) -> Output {
    program(args).output().expect("the program starts")
}

fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    for name in ["LINLI_DATA", "LINLI_DATABASE", "LINLI_CONFIG", "LINLI_LISTEN", "LINLI_OPERATOR_TOKEN"] {
        command.env_remove(name);
    }
    command.args(args).stdin(Stdio::null());
    command
}

/// Standard output as text.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Standard error as text.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A path as text.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A running server, killed at the end.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`
    pub address: String,
}

impl Server {
    /// Starts `linli serve` on a free port and waits for its address.
    pub fn start(data: &Path, database: Option<&str>) -> Server {
        let mut args = vec!["serve", "--data", text(data), "--listen", "127.0.0.1:0", "--operator-token", TOKEN];
        args.extend(database.iter().flat_map(|address| ["--database", address]));
        let mut command = program(&args);
        let mut child = command.env("RUST_LOG", "error").stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(!address.is_empty(), "the server printed no address");
        Server { child, address }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the server to stop and waits until it has.
    #[cfg(unix)]
    pub fn stop(mut self) -> std::process::ExitStatus {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().unwrap();
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One connection to a server, kept open.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Client {
    /// Connects; `None` when nobody listens.
    pub fn connect(address: &str) -> Option<Client> {
        let stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
        stream.set_nodelay(true).ok()?;
        Some(Client { stream: BufReader::new(stream), host: address.to_owned() })
    }

    /// Sends a request; `None` when the connection broke before the whole answer was there.
    pub fn send(&mut self, method: &str, path: &str, body: Option<&str>) -> Option<(u16, String)> {
        let body = body.unwrap_or("");
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {TOKEN}\r\nAccept: application/json\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        self.stream.get_mut().write_all(head.as_bytes()).ok()?;
        let mut line = String::new();
        self.stream.read_line(&mut line).ok()?;
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let mut length = 0;
        loop {
            let mut header = String::new();
            self.stream.read_line(&mut header).ok().filter(|n| *n > 0)?;
            let header = header.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer).ok()?;
        Some((status, String::from_utf8(answer).ok()?))
    }

    /// A request whose answer must have `status`, as JSON (null when the body is empty).
    pub fn expect(&mut self, status: u16, method: &str, path: &str, body: &serde_json::Value) -> serde_json::Value {
        let text = body.to_string();
        let (found, answer) = self.send(method, path, (!body.is_null()).then_some(&text)).expect("an answer");
        assert_eq!(found, status, "{method} {path}: {answer}");
        serde_json::from_str(&answer).unwrap_or_default()
    }
}

//! What is stored about the installation itself, and what its settings file says.

use std::path::{Path, PathBuf};

use db::{Db, DbError, params};
use serde::Deserialize;

db::statements! {
    STATEMENTS:
    GET = "SELECT value FROM settings WHERE name = ?1";
    PUT = "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

/// A stored setting.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn get(db: &Db, name: &'static str) -> Result<Option<String>, DbError> {
    db.read_wait(move |s| s.optional::<(String,)>(&GET, params![name])).map(|row| row.map(|(value,)| value))
}

/// Stores a setting.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn put(db: &Db, name: &'static str, value: &str) -> Result<(), DbError> {
    let value = value.to_owned();
    db.write_wait(move |tx| tx.execute(&PUT, params![name, &value])).map(|_| ())
}

/// The settings file of `linli serve`. Flags and environment variables come before it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Folder of the embedded database and of the log's key.
    pub data: Option<PathBuf>,
    /// Address of the database.
    pub database: Option<String>,
    /// Address and port to listen on.
    pub listen: Option<String>,
    /// Name of the installation.
    pub name: Option<String>,
    /// Token of the operator's API.
    pub operator_token: Option<String>,
    /// Minutes east of UTC of the jurisdiction's clock; 480 for China.
    pub offset_minutes: Option<i32>,
    /// Where residents reach the site, such as `https://linli.example`.
    pub origin: Option<String>,
    /// Served behind TLS: cookies are secure, and browsers are told to come by TLS only.
    pub https: Option<bool>,
    /// A proxy stands before and writes `X-Forwarded-For`.
    pub proxied: Option<bool>,
    /// Font file of PDFs.
    pub pdf_font: Option<PathBuf>,
}

/// Reads a settings file.
///
/// # Errors
/// A sentence for the operator.
pub fn read(path: &Path) -> Result<File, String> {
    let place = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read the settings file {place}: {e}"))?;
    toml::from_str(&text).map_err(|e| format!("the settings file {place} cannot be understood: {e}"))
}

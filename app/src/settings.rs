//! What is stored about the installation itself, and what its settings file says.

use std::path::{Path, PathBuf};

use db::{Db, DbError, params};
use serde::Deserialize;
use web::Provider;

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
    /// Providers of OpenID Connect that verify people of polls' rolls.
    #[serde(default)]
    pub oidc: Vec<Oidc>,
}

/// A provider of OpenID Connect, `[[oidc]]` in the settings file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// How people call it, 1 to 40 characters: what the button says.
    pub name: String,
    /// Its issuer, such as `https://id.example`; http only on this machine.
    pub issuer: String,
    /// What it calls this installation.
    pub client_id: String,
    /// File with the secret that it gave this installation.
    pub client_secret_file: PathBuf,
    /// The claim whose value stands in rolls [default: sub].
    pub claim: Option<String>,
}

/// Providers at most: each is a button.
const MAX_PROVIDERS: usize = 5;

/// The providers of a settings file, with their secrets. Coming back to `origin` they need its whole address.
///
/// # Errors
/// A sentence for the operator.
pub fn providers(list: &[Oidc], origin: &str) -> Result<Vec<Provider>, String> {
    if list.is_empty() {
        return Ok(Vec::new());
    }
    if cfg!(not(feature = "oidc")) {
        return Err("the settings name a provider of OpenID Connect, and this program was built without it; \
                    build it with --features oidc, or take [[oidc]] out"
            .into());
    }
    read_providers(list, origin)
}

/// What the settings say of the providers, whether or not this program can ask them.
fn read_providers(list: &[Oidc], origin: &str) -> Result<Vec<Provider>, String> {
    if !is_safe(origin) {
        return Err("[[oidc]] needs origin = \"https://…\" in the settings: providers send people back there".into());
    }
    if list.len() > MAX_PROVIDERS {
        return Err(format!("[[oidc]] stands there {} times; at most {MAX_PROVIDERS}", list.len()));
    }
    let found: Vec<Provider> = list.iter().map(provider).collect::<Result<_, _>>()?;
    let twice = |(at, one): (usize, &Provider)| {
        found.iter().take(at).any(|other| other.name == one.name || other.issuer == one.issuer)
    };
    match found.iter().enumerate().find(|pair| twice(*pair)) {
        Some((_, one)) => Err(format!("[[oidc]] {}: another one has this name or this issuer", one.name)),
        None => Ok(found),
    }
}

fn provider(oidc: &Oidc) -> Result<Provider, String> {
    let name = oidc.name.trim();
    let wrong = |why: &str| Err(format!("[[oidc]] {name}: {why}"));
    if name.is_empty() || name.chars().count() > 40 || name.contains([':', '：']) {
        return wrong("name must have 1 to 40 characters and no colon");
    }
    let issuer = oidc.issuer.trim();
    if !is_safe(issuer) {
        return wrong("issuer must begin with https:// (http:// only for 127.0.0.1 and localhost)");
    }
    let (client_id, claim) = (oidc.client_id.trim(), oidc.claim.as_deref().unwrap_or("sub").trim());
    if client_id.is_empty() || claim.is_empty() || claim.chars().count() > 80 {
        return wrong("client_id and claim must say something");
    }
    let path = oidc.client_secret_file.display();
    let secret = std::fs::read_to_string(&oidc.client_secret_file)
        .map_err(|e| format!("[[oidc]] {name}: cannot read client_secret_file {path}: {e}"))?;
    if secret.trim().is_empty() {
        return wrong(&format!("client_secret_file {path} is empty"));
    }
    Ok(Provider {
        name: name.to_owned(),
        issuer: issuer.to_owned(),
        client_id: client_id.to_owned(),
        client_secret: secret.trim().to_owned(),
        claim: claim.to_owned(),
    })
}

/// Whether nobody on the way can read along.
fn is_safe(url: &str) -> bool {
    let host = |rest: &str| rest.split(['/', ':']).next().unwrap_or("").to_owned();
    match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => !host(rest).is_empty(),
        (_, Some(rest)) => ["127.0.0.1", "localhost"].contains(&host(rest).as_str()),
        _ => false,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, origin: &str) -> Result<Vec<Provider>, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        read_providers(&file.oidc, origin)
    }

    #[test]
    fn a_provider_is_read_and_what_is_wrong_is_said() {
        let folder = testkit::Folder::new();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, "geheim\n").unwrap();
        let text = |name: &str, issuer: &str, file: &str| {
            format!(
                "[[oidc]]\nname = \"{name}\"\nissuer = \"{issuer}\"\nclient_id = \"linli\"\nclient_secret_file = \"{file}\"\n"
            )
        };
        let file = secret.display().to_string();
        let good = text("联合会", "https://id.example", &file);
        let origin = "https://linli.example";
        let found = said(&good, origin).unwrap();
        assert_eq!((found[0].client_secret.as_str(), found[0].claim.as_str()), ("geheim", "sub"));
        assert!(!format!("{found:?}").contains("geheim"));
        for (wrong, origin, part) in [
            (good.clone(), "", "origin"),
            (text("", "https://id.example", &file), origin, "name"),
            (text("联合会", "http://id.example", &file), origin, "https://"),
            (text("联合会", "http://localhost.example", &file), origin, "https://"),
            (text("联合会", "https://id.example", "/nowhere/secret"), origin, "cannot read"),
            (good.clone() + &good, origin, "another one"),
            (good.clone() + "scope = 1\n", origin, "scope"),
        ] {
            let why = said(&wrong, origin).unwrap_err();
            assert!(why.contains(part), "{why}");
        }
        assert!(said(&text("本机", "http://127.0.0.1:9000/x", &file), "http://localhost:8080").is_ok());
    }

    #[test]
    #[cfg(not(feature = "oidc"))]
    fn a_provider_that_this_program_cannot_ask_is_a_fault_at_the_start() {
        let text = "[[oidc]]\nname = \"a\"\nissuer = \"https://a\"\nclient_id = \"b\"\nclient_secret_file = \"c\"\n";
        let file: File = toml::from_str(text).unwrap();
        assert!(providers(&file.oidc, "https://linli.example").unwrap_err().contains("--features oidc"));
        assert_eq!(providers(&[], "").unwrap(), []);
    }
}

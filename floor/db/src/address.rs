//! `--database sqlite:PATH` or `postgres://…`.

use std::{path::PathBuf, str::FromStr};

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file of an embedded database.
    Sqlite(PathBuf),
    /// A PostgreSQL address, as a URL or as `key=value` pairs; several hosts are allowed
    /// (`postgres://a,b/linli?target_session_attrs=read-write`).
    Postgres(String),
}

/// Why a text is no database address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a database address: expected sqlite:PATH or postgres://USER@HOST/NAME")]
pub struct AddressError;

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return if path.is_empty() { Err(AddressError) } else { Ok(Address::Sqlite(path.into())) };
        }
        let known = ["postgres://", "postgresql://"].iter().any(|p| text.starts_with(p)) || text.starts_with("host=");
        if known { Ok(Address::Postgres(text.to_owned())) } else { Err(AddressError) }
    }
}

impl std::fmt::Display for Address {
    /// Never prints a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Address::Postgres(text) => match text.rsplit_once('@') {
                Some((_, host)) => write!(f, "postgres://…@{host}"),
                None if text.contains("password") => f.write_str("postgres (address with a password)"),
                None => f.write_str(text),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_parse_and_hide_passwords() {
        assert_eq!("sqlite:data/linli.db".parse(), Ok(Address::Sqlite("data/linli.db".into())));
        assert_eq!("sqlite:///var/l.db".parse(), Ok(Address::Sqlite("/var/l.db".into())));
        let pg: Address = "postgres://u:secret@a,b/linli".parse().unwrap();
        assert!(!pg.to_string().contains("secret"));
        for bad in ["", "sqlite:", "mysql://x", "data/linli.db"] {
            assert_eq!(bad.parse::<Address>(), Err(AddressError), "{bad}");
        }
    }
}

//! The few real differences between the engines, by name.

/// The engine behind a [`crate::Db`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL, or an engine that speaks its protocol.
    Postgres,
}

/// Tokens that may stand in a statement or a migration, and what they become: `(token, SQLite, PostgreSQL)`.
///
/// - `{int}` `{text}` `{bytes}` `{bool}`: column types. Text sorts by bytes on both engines.
/// - `{rows}`: ends a `CREATE TABLE`; strict typing, and no hidden row number that would keep the order of insertion.
/// - `{share}`: holds a row that was read until the transaction ends, where the engine has more than one writer.
/// - `{skip_locked}`: takes rows that no other transaction has taken.
const TOKENS: [(&str, &str, &str); 7] = [
    ("{int}", "INTEGER", "BIGINT"),
    ("{text}", "TEXT", "TEXT COLLATE \"C\""),
    ("{bytes}", "BLOB", "BYTEA"),
    ("{bool}", "INTEGER", "BOOLEAN"),
    ("{rows}", "STRICT, WITHOUT ROWID", ""),
    ("{share}", "", "FOR SHARE"),
    ("{skip_locked}", "", "FOR UPDATE SKIP LOCKED"),
];

impl Dialect {
    /// Turns the project's SQL text into this engine's: tokens replaced, and `?1` into `$1` for PostgreSQL.
    ///
    /// Quoted text is left as it is.
    pub fn translate(self, sql: &str) -> String {
        let mut text = sql.to_owned();
        if text.contains('{') {
            for (token, sqlite, postgres) in TOKENS {
                text = text.replace(token, if self == Dialect::Sqlite { sqlite } else { postgres });
            }
            // an empty table suffix leaves ") ;", which both engines take
        }
        if self == Dialect::Sqlite {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        let mut quoted = false;
        for c in text.chars() {
            if c == '\'' {
                quoted = !quoted;
            }
            out.push(if c == '?' && !quoted { '$' } else { c });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_translated_outside_quotes_only() {
        let sql = "SELECT '?1', a FROM t WHERE a = ?1 {share}";
        assert_eq!(Dialect::Postgres.translate(sql), "SELECT '?1', a FROM t WHERE a = $1 FOR SHARE");
        assert_eq!(Dialect::Sqlite.translate(sql), "SELECT '?1', a FROM t WHERE a = ?1 ");
    }
}

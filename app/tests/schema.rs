//! The schema is the same on both engines: tables, columns, nullability, keys.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use std::collections::BTreeSet;

use db::{Address, Db, Options};
use testkit::{Folder, FreshPostgres};

type Facts = BTreeSet<String>;

fn sqlite() -> Facts {
    let folder = Folder::new();
    let db = Db::open(&folder.address(), &Options::default()).unwrap();
    let Address::Sqlite(path) = folder.address() else { panic!("not a file") };
    let raw = rusqlite::Connection::open(path).unwrap();
    let list = |sql: &str| -> Vec<Vec<String>> {
        let mut statement = raw.prepare(sql).unwrap();
        let n = statement.column_count();
        let rows = statement.query_map([], |row| (0..n).map(|i| row.get::<_, String>(i)).collect());
        rows.unwrap().map(Result::unwrap).collect()
    };
    let mut facts = Facts::new();
    for row in list(
        "SELECT m.name, c.name, CASE c.type WHEN 'INTEGER' THEN 'int' WHEN 'TEXT' THEN 'text' ELSE 'bytes' END, \
         CASE WHEN c.\"notnull\" OR c.pk > 0 THEN 'required' ELSE 'optional' END \
         FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'",
    ) {
        facts.insert(format!("column {}", row.join(" ")));
    }
    for row in list(
        "SELECT m.name, group_concat(c.name, ' ') FROM sqlite_schema m, pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND c.pk > 0 GROUP BY m.name ORDER BY c.pk",
    ) {
        facts.insert(format!("key {}", row.join(" ")));
    }
    for row in list(
        "SELECT m.name, i.name, CASE WHEN i.\"unique\" THEN 'unique' ELSE 'plain' END, group_concat(c.name, ' ') \
         FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c \
         WHERE m.type = 'table' AND i.origin = 'c' GROUP BY m.name, i.name",
    ) {
        facts.insert(format!("index {}", row.join(" ")));
    }
    drop(db);
    facts
}

fn postgres(address: &str) -> Facts {
    let mut client = postgres::Client::connect(address, postgres::NoTls).unwrap();
    let mut list = |sql: &str| -> Vec<Vec<String>> {
        let rows = client.query(sql, &[]).unwrap();
        rows.iter().map(|row| (0..row.len()).map(|i| row.get::<_, String>(i)).collect()).collect()
    };
    let mut facts = Facts::new();
    for row in list(
        "SELECT table_name::text, column_name::text, CASE data_type WHEN 'bigint' THEN 'int' WHEN 'boolean' THEN 'int' \
         WHEN 'text' THEN 'text' ELSE 'bytes' END, \
         CASE is_nullable WHEN 'NO' THEN 'required' ELSE 'optional' END \
         FROM information_schema.columns WHERE table_schema = 'public'",
    ) {
        facts.insert(format!("column {}", row.join(" ")));
    }
    let columns = "(SELECT string_agg(a.attname, ' ' ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY k (at, place) \
                   JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.at)";
    for row in list(&format!(
        "SELECT i.indrelid::regclass::text, {columns} FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
         WHERE i.indisprimary AND c.relnamespace = 'public'::regnamespace"
    )) {
        facts.insert(format!("key {}", row.join(" ")));
    }
    for row in list(&format!(
        "SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, \
         CASE WHEN i.indisunique THEN 'unique' ELSE 'plain' END, {columns} \
         FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
         WHERE NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace"
    )) {
        facts.insert(format!("index {}", row.join(" ")));
    }
    facts
}

#[test]
fn both_engines_have_the_same_schema() {
    let here = sqlite();
    assert!(here.len() > 100, "{} facts", here.len());
    let Some(fresh) = FreshPostgres::new() else { return };
    drop(Db::open(&fresh.address, &Options::default()).unwrap());
    let Address::Postgres(address) = &fresh.address else { panic!("not a server") };
    let there = postgres(address);
    let only_here: Vec<_> = here.difference(&there).collect();
    let only_there: Vec<_> = there.difference(&here).collect();
    assert!(
        only_here.is_empty() && only_there.is_empty(),
        "SQLite only: {only_here:?}\nPostgreSQL only: {only_there:?}"
    );
}

#[test]
fn large_tables_begin_their_keys_with_home() {
    let facts = sqlite();
    for table in db::LARGE_TABLES {
        let key = facts.iter().find(|f| f.starts_with(&format!("key {table} "))).unwrap();
        assert!(key.starts_with(&format!("key {table} home ")), "{key}");
        for index in facts.iter().filter(|f| f.starts_with(&format!("index {table} "))) {
            assert!(index.contains("unique home ") || index.contains("plain home "), "{index}");
        }
    }
}

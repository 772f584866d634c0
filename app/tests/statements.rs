//! Every SQL text of the program, on both engines.

use testkit::each_engine;

/// Statements that read every shard on purpose. This list may only shrink.
const ACROSS_HOMES: [&str; 3] = ["NEXT_QUEUED", "COUNT_SEALED", "FORGET_ALL_NOTES"];

#[test]
fn every_statement_is_taken_by_both_engines() {
    let statements = linli::statements();
    assert!(statements.len() > 50, "a list is missing");
    each_engine(|db| {
        let statements = linli::statements();
        let faults = db.read_wait(move |s| {
            let mut faults = Vec::new();
            for statement in &statements {
                if let Err(error) = s.prepare(statement) {
                    faults.push(format!("{}::{}: {error}", statement.module, statement.name));
                }
            }
            Ok::<_, db::DbError>(faults)
        });
        assert_eq!(faults.unwrap(), Vec::<String>::new(), "on {:?}", db.dialect());
    });
}

#[test]
fn statements_have_different_names_within_a_module_and_only_three_reach_all_shards() {
    let mut names: Vec<_> = linli::statements().iter().map(|s| (s.module, s.name)).collect();
    names.sort_unstable();
    let n = names.len();
    names.dedup();
    assert_eq!(names.len(), n);
    let marked: Vec<_> =
        linli::statements().iter().filter(|s| s.sql.contains(db::ACROSS_HOMES)).map(|s| s.name).collect();
    assert_eq!(marked, ACROSS_HOMES);
}

/// Words that one of the engines does not know or means otherwise.
const BANNED: [&str; 8] = ["ilike", "::", "insert or", "now()", "current_timestamp", "greatest(", "->", "nextval"];

#[test]
fn statements_keep_to_the_common_subset() {
    for statement in linli::statements() {
        let text = statement.sql.to_ascii_lowercase();
        for banned in BANNED {
            assert!(!text.contains(banned), "{}::{} uses {banned}", statement.module, statement.name);
        }
    }
}

//! Shared by the tests: where real data is, and small conversations.
#![allow(dead_code, clippy::unwrap_used, clippy::allow_attributes, reason = "each test uses its part, and may fall")]

use std::fs::File;
use std::path::{Path, PathBuf};

use opinion::export::{self, COMMENTS, Export, MATRIX, Source, VOTES};
use opinion::{Conversation, ConversationBuilder, Statement, Vote};
use serde_json::Value;

/// The folder of real conversations, or one loud line.
pub fn real_data(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("LINLI_TEST_DATA").map(|root| PathBuf::from(root).join("opinion"));
    let found = folder.filter(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("SKIPPED {test}: LINLI_TEST_DATA names no folder with opinion/");
    }
    found
}

/// The folders in it that hold an export and what the reference says of it.
pub fn exports(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("expected.json").is_file())
        .collect();
    found.sort();
    found
}

pub fn json(path: &Path) -> Value {
    serde_json::from_reader(std::io::BufReader::new(File::open(path).unwrap())).unwrap()
}

pub fn read_matrix(folder: &Path) -> Export {
    let open = |name| File::open(folder.join(name)).unwrap();
    export::read(open(COMMENTS), Source::Matrix(open(MATRIX))).unwrap()
}

pub fn read_lines(folder: &Path) -> Option<Export> {
    let votes = File::open(folder.join(VOTES)).ok()?;
    Some(export::read(File::open(folder.join(COMMENTS)).unwrap(), Source::Lines(votes)).unwrap())
}

/// A vote as (participant, statement, vote, time).
pub type Line = (u64, u64, Vote, i64);

/// A conversation of `n` accepted statements.
pub fn conversation(n: u64, lines: &[Line]) -> Conversation {
    let statements: Vec<Statement> = (0..n).map(Statement::accepted).collect();
    let mut builder = ConversationBuilder::new(&statements).unwrap();
    for (participant, statement, vote, time) in lines {
        builder.vote(*participant, *statement, *vote, *time).unwrap();
    }
    builder.finish()
}

/// Camps of the given sizes: camp `c` agrees with the statements whose number modulo the number of camps is `c` and
/// disagrees with the others; each person departs from it on one statement.
pub fn camps(sizes: &[u64], n_statements: u64) -> Vec<Line> {
    let n_camps = sizes.len() as u64;
    let camp_of = sizes.iter().zip(0..).flat_map(|(size, camp)| std::iter::repeat_n(camp, *size as usize));
    let mut lines = Vec::new();
    for (participant, camp) in (0_u64..).zip(camp_of) {
        for statement in 0..n_statements {
            let agrees = (statement % n_camps == camp) != (statement == participant % n_statements);
            lines.push((participant, statement, if agrees { Vote::Agree } else { Vote::Disagree }, 0));
        }
    }
    lines
}

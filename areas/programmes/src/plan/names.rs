//! The names of fields that come in rows: all of them are made once.

use std::sync::LazyLock;

use super::{MAX_LINES, MAX_MONTHS};

/// The parts of a month.
pub(super) const MONTH: [&str; 3] = ["activities", "people", "money"];
/// The parts of a line.
pub(super) const LINE: [&str; 2] = ["what", "sum"];

static MONTHS: LazyLock<Vec<String>> = LazyLock::new(|| rows("month", MAX_MONTHS, &MONTH));
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| rows("line", MAX_LINES, &LINE));

fn rows(name: &str, most: usize, parts: &[&str]) -> Vec<String> {
    (1..=most).flat_map(|row| parts.iter().map(move |part| format!("{name}-{row}-{part}"))).collect()
}

/// `month-<row>-<part>`, the row counted from 1.
pub(super) fn month(row: usize, part: usize) -> &'static str {
    row.checked_sub(1).and_then(|row| MONTHS.get(row * MONTH.len() + part)).map_or("months", String::as_str)
}

/// `line-<row>-<part>`, the row counted from 1.
pub(super) fn line(row: usize, part: usize) -> &'static str {
    row.checked_sub(1).and_then(|row| LINES.get(row * LINE.len() + part)).map_or("lines", String::as_str)
}

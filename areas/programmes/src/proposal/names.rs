//! The names of fields that come in rows. A field's name is a constant of the program, so all of them are made once; how
//! many there are is bounded by the rows of a form.

use std::sync::LazyLock;

use super::{MAX_FUNDS, MAX_LINES};

/// Entries of a template's form at most (the template's check says so).
pub(crate) const MAX_ANSWERS: usize = 100;

/// The parts of a budget line.
pub(crate) const LINE: [&str; 5] = ["kind", "what", "quantity", "price", "from"];
/// The parts of a line of co-funding.
pub(crate) const FUND: [&str; 2] = ["whom", "amount"];

static LINES: LazyLock<Vec<String>> = LazyLock::new(|| rows("line", MAX_LINES, &LINE));
static FUNDS: LazyLock<Vec<String>> = LazyLock::new(|| rows("fund", MAX_FUNDS, &FUND));
static ANSWERS: LazyLock<Vec<String>> =
    LazyLock::new(|| (1..=MAX_ANSWERS).map(|row| format!("answer-{row}")).collect());

fn rows(name: &str, most: usize, parts: &[&str]) -> Vec<String> {
    (1..=most).flat_map(|row| parts.iter().map(move |part| format!("{name}-{row}-{part}"))).collect()
}

/// `line-<row>-<part>`, the row counted from 1; what is beyond the rows there can be is the budget's.
pub(crate) fn line(row: usize, part: usize) -> &'static str {
    row.checked_sub(1).and_then(|row| LINES.get(row * LINE.len() + part)).map_or("budget", String::as_str)
}

/// `fund-<row>-<part>`, the row counted from 1.
pub(crate) fn fund(row: usize, part: usize) -> &'static str {
    row.checked_sub(1).and_then(|row| FUNDS.get(row * FUND.len() + part)).map_or("funds", String::as_str)
}

/// `answer-<row>`, the row counted from 1.
pub(crate) fn answer(row: usize) -> &'static str {
    row.checked_sub(1).and_then(|row| ANSWERS.get(row)).map_or("answers", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_from_one_and_end() {
        assert_eq!(
            (line(1, 0), line(60, 4), line(61, 0), line(0, 0)),
            ("line-1-kind", "line-60-from", "budget", "budget")
        );
        assert_eq!((fund(1, 1), fund(11, 0)), ("fund-1-amount", "funds"));
        assert_eq!((answer(1), answer(100), answer(101)), ("answer-1", "answer-100", "answers"));
    }
}

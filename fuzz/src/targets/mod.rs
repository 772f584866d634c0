//! The targets, by what is read.

mod areas;
mod counts;
mod files;
mod log;
mod requests;
mod values;
mod words;

use std::borrow::Cow;

use crate::Target;

/// All targets, in the order in which they are listed.
#[must_use]
pub fn all() -> Vec<Target> {
    [values::TARGETS, counts::TARGETS, log::TARGETS, files::TARGETS, areas::TARGETS, words::TARGETS, requests::TARGETS]
        .concat()
}

/// What stands between the parts of an input where a reader takes more than one.
const BETWEEN: &str = "\n=====\n";

/// An input as text. What is no UTF-8 is told by a mark, so that no input is spent on it.
fn text(input: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(input)
}

/// The parts of an input; those that are missing are empty.
fn parts<const N: usize>(input: &[u8]) -> [&[u8]; N] {
    let mut rest = input;
    let mut out: [&[u8]; N] = [b""; N];
    let last = N - 1;
    for part in &mut out[..last] {
        let cut = rest.windows(BETWEEN.len()).position(|window| window == BETWEEN.as_bytes());
        let (head, tail) = cut.map_or((rest, &b""[..]), |at| (&rest[..at], &rest[at + BETWEEN.len()..]));
        (*part, rest) = (head, tail);
    }
    out[last] = rest;
    out
}

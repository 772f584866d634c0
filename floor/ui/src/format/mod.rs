//! Numbers, money, dates and sizes as text. Integers in, text out; nothing is rounded unless the function says so.

mod count;
mod day;
mod money;
mod number;

pub use count::Count;
pub use day::{Civil, when};
pub use money::Money;
pub use number::{bytes, count, group, percent};

/// The beginning of what people wrote, on one line, at most `most` characters.
#[must_use]
pub fn excerpt(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

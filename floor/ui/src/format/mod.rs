//! Numbers, money, dates and sizes as text. Integers in, text out; nothing is rounded unless the function says so.

mod count;
mod day;
mod money;
mod number;

pub use count::Count;
pub use day::{Civil, when};
pub use money::Money;
pub use number::{bytes, count, group, percent};

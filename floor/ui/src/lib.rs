#![doc = include_str!("../README.md")]

pub mod assets;
pub mod format;
mod locale;
pub mod words;

pub use assets::{ASSETS, Asset};
pub use format::{Civil, Money};
pub use locale::Locale;
pub use maud::{Markup, PreEscaped, html};
pub use words::{Arg, Words};

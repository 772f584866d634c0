#![doc = include_str!("../README.md")]

pub mod assets;
pub mod format;
mod layout;
mod locale;
pub mod parts;
mod styleguide;
pub mod words;

pub use assets::{ASSETS, Asset, TAPS_PATH};
pub use format::{Civil, Money};
pub use layout::{NavItem, Page, Theme, main_nav, page};
pub use locale::Locale;
pub use maud::{Markup, PreEscaped, html};
pub use styleguide::styleguide;
pub use words::{Arg, Words};

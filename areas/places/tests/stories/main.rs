//! What places promise, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

mod change;
mod import;
mod search;
mod support;
mod tree;

//! What votes promise, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

mod cast;
mod recompute;
mod secrecy;
mod selection;
mod support;
mod verdict;

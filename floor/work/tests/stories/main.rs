//! What work promises, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

mod calendar;
mod crash;
mod files;
mod jobs;
mod messages;
mod support;

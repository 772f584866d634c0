#![doc = include_str!("../README.md")]

pub mod entry;
pub mod erase;
pub mod export;
pub mod manifest;
pub mod note;
pub mod proof;
pub mod read;
pub mod sequencer;
pub mod store;
#[cfg(test)]
mod testing;
pub mod tile;
pub mod tree;
pub mod verify;

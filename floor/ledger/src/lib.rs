#![doc = include_str!("../README.md")]

pub mod erase;
pub mod export;
pub mod manifest;
pub mod note;
pub mod proof;
#[cfg(test)]
mod testing;
pub mod tile;
pub mod tree;
pub mod verify;

#![doc = include_str!("../README.md")]
// a target that finds something stops there: that is how both engines learn of it
#![expect(clippy::expect_used, clippy::panic, reason = "a target stops where a reader is wrong")]

mod targets;

use std::{fs, path::PathBuf};

pub use targets::all;

/// A reader, what it is fed with, and what must hold.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, which is also that of its folders in `seeds/` and `found/`.
    pub name: &'static str,
    /// What is read, and what must hold besides that nothing falls.
    pub what: &'static str,
    /// Bytes of an input at most: enough for every branch, few enough to be quick.
    pub longest: usize,
    /// What memory may grow by while one input is read.
    pub memory: Memory,
    /// How many times fewer inputs it gets than others, because one takes so much longer.
    pub slow: u32,
    /// Pieces that its format is made of, for both engines to put in.
    pub words: &'static [&'static str],
    /// Inputs that a writer of ours makes; others lie in `seeds/`.
    pub made: fn() -> Vec<Vec<u8>>,
    /// Reads one input. Panics where something does not hold.
    pub run: fn(&[u8]),
}

/// A bound of memory: a part that every input may take, and so much for each of its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// Bytes for any input.
    pub any: usize,
    /// Bytes for each byte of the input.
    pub each: usize,
}

impl Memory {
    /// Bytes for an input of this length.
    #[must_use]
    pub fn of(self, length: usize) -> usize {
        self.any + self.each * length
    }
}

impl Target {
    /// A target of an ordinary reader: 4 KiB of input, and of memory 256 KiB and 256 times the input.
    const fn new(name: &'static str, what: &'static str, run: fn(&[u8])) -> Target {
        let memory = Memory { any: 256 << 10, each: 256 };
        Target { name, what, longest: 4 << 10, memory, slow: 1, words: &[], made: Vec::new, run }
    }

    const fn words(self, words: &'static [&'static str]) -> Target {
        Target { words, ..self }
    }

    const fn made(self, made: fn() -> Vec<Vec<u8>>) -> Target {
        Target { made, ..self }
    }

    const fn longest(self, longest: usize) -> Target {
        Target { longest, ..self }
    }

    const fn memory(self, any: usize, each: usize) -> Target {
        Target { memory: Memory { any, each }, ..self }
    }

    const fn slow(self, slow: u32) -> Target {
        Target { slow, ..self }
    }

    /// The inputs to begin with: those of `seeds/` and those that are made. Never none.
    #[must_use]
    pub fn seeds(&self) -> Vec<Vec<u8>> {
        let mut seeds: Vec<Vec<u8>> = self.folder("seeds").into_iter().map(|(_, bytes)| bytes).collect();
        seeds.extend((self.made)());
        if seeds.is_empty() {
            seeds.push(Vec::new());
        }
        seeds
    }

    /// Inputs that once were too much for a reader, by the names of their files.
    #[must_use]
    pub fn found(&self) -> Vec<(String, Vec<u8>)> {
        self.folder("found")
    }

    fn folder(&self, part: &str) -> Vec<(String, Vec<u8>)> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(part).join(self.name);
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be read").path()).collect();
        files.sort();
        let read = |path: PathBuf| {
            let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
            (name, fs::read(path).expect("a seed can be read"))
        };
        files.into_iter().map(read).collect()
    }

    /// Its words as a dictionary of libFuzzer.
    #[must_use]
    pub fn dictionary(&self) -> String {
        let plain = |byte: &u8| byte.is_ascii_graphic() && !b"\"\\".contains(byte);
        let letter = |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("\\x{byte:02x}") };
        let line = |word: &&str| format!("\"{}\"\n", word.bytes().map(letter).collect::<String>());
        self.words.iter().map(line).collect()
    }
}

/// The target of a name.
#[must_use]
pub fn named(name: &str) -> Option<Target> {
    all().into_iter().find(|target| target.name == name)
}

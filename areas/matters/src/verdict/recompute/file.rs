//! The file of one verdict: what the log tells of it with a proof, and what it was computed from, so that anybody computes
//! it again with no database and no network.
//!
//! ```text
//! linli.verdict/v1
//! inputs open                      open, sealed, named (names are blotted out), absent
//! key linli-…+…+…                  the log's key
//! entry {"v":1,…}                  the entry that tells of the verdict
//! proof 17                         so many lines of c2sp.org/tlog-proof
//! …
//! text                             the rest is the text of the inputs, byte by byte
//! rule mes_add1u:cost:cost 100 30000000
//! …
//! ```
//!
//! The SHA-256 of the text is the digest in the entry, unless names are blotted out.

use std::fmt;

use ledger::{
    entry::Leaf,
    note::{Checkpoint, Verifier},
    proof::Receipt,
};
use serde_json::Value;

use super::{Answer, Methods, Told, from_text};

const HEADER: &str = "linli.verdict/v1";
/// Bytes of the inputs that a file holds at most.
pub const MAX_TEXT: usize = 32 << 20;
/// Bytes of a file at most.
pub const MAX_FILE: usize = MAX_TEXT + (1 << 20);
/// Lines of a proof at most.
const MAX_PROOF: usize = 200;

/// The file of one verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictFile {
    /// `open`, `sealed`, `named` or `absent`.
    pub inputs: String,
    /// The log's key.
    pub vkey: String,
    /// The bytes of the entry.
    pub entry: String,
    /// The receipt that the entry is in the log.
    pub proof: String,
    /// What the verdict was computed from; empty where it is absent.
    pub text: String,
}

/// What a file was found to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// What the log tells of the verdict.
    pub told: Told,
    /// The head of the log that has the entry.
    pub checkpoint: Checkpoint,
    /// Whether the key was given, and not taken from the file.
    pub pinned: bool,
    /// What came of computing it again.
    pub answer: Answer,
}

impl VerdictFile {
    /// Reads a file.
    ///
    /// # Errors
    /// Which part of it is not as such a file has it, in a sentence.
    pub fn parse(text: &str) -> Result<VerdictFile, String> {
        if text.len() > MAX_FILE {
            return Err(format!("the file is longer than {MAX_FILE} bytes"));
        }
        let mut rest = text;
        let mut line = || {
            let (line, after) = rest.split_once('\n').ok_or("the file breaks off")?;
            rest = after;
            Ok::<_, &str>(line)
        };
        if line()? != HEADER {
            return Err(format!("the file does not begin with {HEADER}"));
        }
        let mut parts = ["inputs", "key", "entry", "proof"].map(|word| (word, ""));
        for (word, value) in &mut parts {
            let found = line()?.strip_prefix(*word).and_then(|rest| rest.strip_prefix(' '));
            *value = found.ok_or_else(|| format!("the line \"{word}\" is missing"))?;
        }
        let [(_, inputs), (_, vkey), (_, entry), (_, n)] = parts;
        if !["open", "sealed", "named", "absent"].contains(&inputs) {
            return Err("the line \"inputs\" says nothing that this program knows".into());
        }
        let n = n.parse().ok().filter(|n| *n <= MAX_PROOF).ok_or("the line \"proof\" has no number")?;
        let mut proof = String::new();
        for _ in 0..n {
            proof.push_str(line()?);
            proof.push('\n');
        }
        if line()? != "text" {
            return Err("the line \"text\" is missing".into());
        }
        if inputs == "absent" && !rest.is_empty() {
            return Err("there is a text although the file says that it is absent".into());
        }
        let [inputs, vkey, entry, text] = [inputs, vkey, entry, rest].map(str::to_owned);
        Ok(VerdictFile { inputs, vkey, entry, proof, text })
    }

    /// Checks that the entry is in the log of the key `pin` (else of the file's own), and computes the verdict again.
    ///
    /// # Errors
    /// What does not hold of the entry or its proof, in a sentence. What the inputs come to is the answer.
    pub fn check(&self, methods: Methods, pin: Option<&str>) -> Result<Checked, String> {
        let key = pin.map_or(self.vkey.as_str(), str::trim);
        let log = Verifier::parse(key).map_err(|e| format!("the key: {e}"))?;
        if pin.is_some() && self.vkey != key {
            return Err("the file names another key than the one you gave".into());
        }
        let receipt = Receipt::parse(&self.proof).map_err(|e| format!("the proof: {e}"))?;
        let checkpoint = receipt.verify(self.entry.as_bytes(), &log).map_err(|e| format!("the proof: {e}"))?;
        let leaf: Leaf<Value> =
            serde_json::from_str(&self.entry).map_err(|e| format!("the entry cannot be read: {e}"))?;
        let told = Told::of_entry(&leaf)?.ok_or("the entry does not tell of a verdict")?;
        let answer = match methods.of(&told.kind) {
            _ if self.inputs == "absent" => Answer::cannot("inputs-absent"),
            None => Answer::cannot("elsewhere"),
            Some(method) => from_text(method, &told, &self.text, self.inputs != "named"),
        };
        Ok(Checked { told, checkpoint, pinned: pin.is_some(), answer })
    }
}

impl fmt::Display for VerdictFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let VerdictFile { inputs, vkey, entry, proof, text } = self;
        writeln!(f, "{HEADER}\ninputs {inputs}\nkey {vkey}\nentry {entry}\nproof {}", proof.lines().count())?;
        proof.lines().try_for_each(|line| writeln!(f, "{line}"))?;
        write!(f, "text\n{text}")
    }
}

#[cfg(test)]
mod tests {
    use ledger::{
        note::Signer,
        tree::{Hash, leaf_hash},
    };
    use serde_json::json;

    use super::*;
    use crate::verdict::recompute::{Computed, Count, Method, Openness, members};

    /// Counts lines.
    #[derive(Default)]
    struct Lines(u64);

    impl Count for Lines {
        fn line(&mut self, _: &str) -> Result<(), String> {
            self.0 += 1;
            Ok(())
        }

        fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
            Ok(Computed { outcome: members(json!({ "lines": self.0 })), ..Computed::default() })
        }
    }

    const METHODS: Methods = Methods::new(&[&[Method {
        kind: "lines",
        knows: |set| set == "lines/2026-11",
        openness: Openness::Open,
        in_log: false,
        gather: |_, _, _| Ok(()),
        own: None,
        begin: || Box::<Lines>::default(),
    }]]);

    fn signer(seed: u8) -> Signer {
        Signer::new("linli.example/log/1", &[seed; 32]).unwrap()
    }

    /// A verdict over three lines in a log of one entry.
    fn sample() -> VerdictFile {
        let text = "乙 1\n甲 2\n丙 3\n";
        let public = json!({
            "verdict": "v", "place": "p", "kind": "lines", "about": "season", "rule": "count",
            "rule_set": "lines/2026-11", "parameters": {}, "inputs": Hash::of(text.as_bytes()).to_string(),
            "outcome": { "lines": 3 }, "passed": null,
        });
        let entry = json!({ "v": 1, "id": "e", "kind": "verdict.recorded", "subject": "s", "public": public });
        let entry = entry.to_string();
        let checkpoint = signer(7).sign_checkpoint(1, leaf_hash(entry.as_bytes())).unwrap();
        let proof = Receipt { extra: None, index: 0, path: Vec::new(), checkpoint }.to_string();
        let (inputs, vkey) = ("open".to_owned(), signer(7).verifier().to_string());
        VerdictFile { inputs, vkey, entry, proof, text: text.to_owned() }
    }

    #[test]
    fn a_file_reads_back_and_its_verdict_is_computed_again() {
        let file = sample();
        assert_eq!(VerdictFile::parse(&file.to_string()), Ok(file.clone()));
        let checked = file.check(METHODS, None).unwrap();
        assert_eq!(checked.answer, Answer::Equal { lines: 3, beside: Vec::new() });
        assert!(!checked.pinned && checked.told.subject == "s");
        let key = format!("{}\n", signer(7).verifier());
        assert!(file.check(METHODS, Some(&key)).unwrap().pinned);
        let other = signer(8).verifier().to_string();
        assert!(file.check(METHODS, Some(&other)).unwrap_err().contains("another key"));
        let absent = VerdictFile { inputs: "absent".into(), text: String::new(), ..file };
        assert_eq!(VerdictFile::parse(&absent.to_string()), Ok(absent.clone()));
        assert_eq!(absent.check(METHODS, None).unwrap().answer, Answer::cannot("inputs-absent"));
    }

    #[test]
    fn a_changed_byte_is_found_wherever_it_is() {
        let text = sample().to_string();
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                // what is no text is refused where it is read
                let Ok(changed) = String::from_utf8(bytes) else { continue };
                let answer = VerdictFile::parse(&changed).and_then(|file| file.check(METHODS, None));
                let same = answer.is_ok_and(|checked| matches!(checked.answer, Answer::Equal { .. }));
                assert!(!same, "byte {at}, bit {bit}: {}", String::from_utf8_lossy(&text.as_bytes()[..at]));
            }
        }
    }
}

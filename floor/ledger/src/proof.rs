//! Receipts: c2sp.org/tlog-proof, one text that shows without a network that an entry is in a signed log.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::note::{Checkpoint, MAX_CHECKPOINT, NoteError, Verifier, decimal};
use crate::tree::{Hash, MAX_PROOF, MAX_SIZE, ProofFault, leaf_hash, verify_inclusion};

/// The most extra data in a receipt, in bytes before base64.
pub const MAX_EXTRA: usize = 4096;

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A receipt. Displayed as the text that a voter keeps; the usual file ending is `.tlog-proof`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Opaque data for the application, such as the nonce of a commitment. Not covered by any signature.
    pub extra: Option<Vec<u8>>,
    /// Zero-based index of the entry.
    pub index: u64,
    /// The inclusion proof, from the leaf's sibling up to the root's child.
    pub path: Vec<Hash>,
    /// The signed checkpoint, word for word.
    pub checkpoint: String,
}

/// Why a text is not a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// The first line is not that of a receipt.
    #[error("a receipt begins with the line {HEADER}")]
    Header,
    /// The extra line is not base64 or too long.
    #[error("the extra data is not base64 of at most {MAX_EXTRA} bytes")]
    Extra,
    /// The index line is missing or not a number.
    #[error("the line \"index N\" is missing or not a number")]
    Index,
    /// A hash of the path is not base64 of 32 bytes, or there are more than [`MAX_PROOF`].
    #[error("the path is not at most {MAX_PROOF} lines of base64 hashes before an empty line")]
    Path,
    /// The checkpoint is missing or longer than [`MAX_CHECKPOINT`].
    #[error("the checkpoint is missing or longer than {MAX_CHECKPOINT} bytes")]
    Checkpoint,
}

/// Why a receipt does not show what it claims.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptFault {
    /// The checkpoint is not signed by the log or is malformed.
    #[error("the checkpoint does not hold: {0}")]
    Checkpoint(#[from] NoteError),
    /// The path does not lead from this entry to the checkpoint's root.
    #[error("this entry is not at that place of the log: {0}")]
    Inclusion(#[from] ProofFault),
}

impl Receipt {
    /// Reads a receipt.
    ///
    /// # Errors
    /// [`ReceiptError`]; nothing is verified yet.
    pub fn parse(text: &str) -> Result<Self, ReceiptError> {
        let mut rest =
            text.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix('\n')).ok_or(ReceiptError::Header)?;
        let mut line = || {
            let (line, after) = rest.split_once('\n')?;
            rest = after;
            Some(line)
        };
        let mut next = line().ok_or(ReceiptError::Index)?;
        let mut extra = None;
        if let Some(data) = next.strip_prefix("extra ") {
            let data = STANDARD.decode(data).ok().filter(|data| data.len() <= MAX_EXTRA);
            extra = Some(data.ok_or(ReceiptError::Extra)?);
            next = line().ok_or(ReceiptError::Index)?;
        }
        let index = next.strip_prefix("index ").and_then(decimal).filter(|index| *index < MAX_SIZE);
        let index = index.ok_or(ReceiptError::Index)?;
        let mut path = Vec::new();
        loop {
            match line() {
                Some("") => break,
                Some(hash) if path.len() < MAX_PROOF => path.push(Hash::from_base64(hash).ok_or(ReceiptError::Path)?),
                _ => return Err(ReceiptError::Path),
            }
        }
        if rest.is_empty() || rest.len() > MAX_CHECKPOINT {
            return Err(ReceiptError::Checkpoint);
        }
        Ok(Self { extra, index, path, checkpoint: rest.to_owned() })
    }

    /// Checks that `entry` is in the log of `log`'s key at this receipt's index, and gives the checkpoint that says so.
    ///
    /// # Errors
    /// [`ReceiptFault`].
    pub fn verify(&self, entry: &[u8], log: &Verifier) -> Result<Checkpoint, ReceiptFault> {
        let checkpoint = log.open_checkpoint(&self.checkpoint)?;
        verify_inclusion(&leaf_hash(entry), self.index, checkpoint.size, &self.path, &checkpoint.root)?;
        Ok(checkpoint)
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.path {
            writeln!(f, "{}", hash.to_base64())?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

#[cfg(test)]
mod tests;

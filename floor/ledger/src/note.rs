//! Signed notes (c2sp.org/signed-note) with Ed25519 keys, and the checkpoint they carry (c2sp.org/tlog-checkpoint).
//!
//! A note is text, an empty line, and lines `— name base64(key id ‖ signature)`. The key's name is the log's origin.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use crate::tree::{Hash, MAX_SIZE};

/// The longest name of a key, in bytes.
pub const MAX_NAME: usize = 255;

/// The most signature lines a note may carry; the specification asks for at least 16.
pub const MAX_SIGNATURES: usize = 64;

/// The longest checkpoint note, in bytes: room for [`MAX_SIGNATURES`] witnesses.
pub const MAX_CHECKPOINT: usize = 1 << 16;

/// The signature type "Ed25519 over the note text".
const ED25519: u8 = 1;

/// Why a note, key or checkpoint is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A key name is empty, too long, or holds spaces, control characters or `+`.
    #[error("a key name is 1 to {MAX_NAME} bytes without spaces, control characters or '+'")]
    Name,
    /// The verifier key text is not `name+id+base64` of an Ed25519 key with that id.
    #[error("this is not an Ed25519 verifier key (name+id+base64)")]
    Key,
    /// The text is empty, lacks the final newline or holds control characters.
    #[error("the text of a note is lines that end in a newline, without control characters")]
    Text,
    /// The bytes are not text, an empty line and signature lines.
    #[error("this is not a signed note")]
    Malformed,
    /// There are more than [`MAX_SIGNATURES`] signatures.
    #[error("a note has at most {MAX_SIGNATURES} signatures")]
    TooManySignatures,
    /// No signature line is of the key asked for.
    #[error("no signature of the key {0}")]
    Unsigned(String),
    /// The key asked for signed other text.
    #[error("the signature of the key {0} does not fit the text")]
    BadSignature(String),
    /// The text is not origin, size and root.
    #[error("the text is not a checkpoint: origin, size and root on three lines")]
    Checkpoint,
    /// The checkpoint is of another log.
    #[error("the checkpoint is of the log {found}, not {expected}")]
    Origin {
        /// The origin asked for.
        expected: String,
        /// The origin found.
        found: String,
    },
}

fn check_name(name: &str) -> Result<(), NoteError> {
    let fits = !name.is_empty()
        && name.len() <= MAX_NAME
        && !name.chars().any(|c| c == '+' || c.is_whitespace() || c.is_control());
    if fits { Ok(()) } else { Err(NoteError::Name) }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    let fits = text.ends_with('\n') && !text.bytes().any(|byte| byte < 0x20 && byte != b'\n');
    if fits { Ok(()) } else { Err(NoteError::Text) }
}

/// Who a log is: the key's name, its id and the public key, enough to check its signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

impl Verifier {
    fn new(name: &str, key: VerifyingKey) -> Result<Self, NoteError> {
        check_name(name)?;
        let digest =
            Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(key.as_bytes()).finalize();
        Ok(Self { name: name.to_owned(), id: [digest[0], digest[1], digest[2], digest[3]], key })
    }

    /// Reads the text form `name+id+base64(type ‖ key)`, for example
    /// `PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW`.
    ///
    /// # Errors
    /// [`NoteError::Name`] or [`NoteError::Key`]; a weak key (of small order) is refused too.
    pub fn parse(vkey: &str) -> Result<Self, NoteError> {
        let mut parts = vkey.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key);
        };
        let bytes: [u8; 33] = STANDARD.decode(key).ok().and_then(|key| key.try_into().ok()).ok_or(NoteError::Key)?;
        let [ED25519, key @ ..] = bytes else { return Err(NoteError::Key) };
        let key = VerifyingKey::from_bytes(&key).map_err(|_| NoteError::Key)?;
        let verifier = Self::new(name, key)?;
        if key.is_weak() || id != verifier.id_text() {
            return Err(NoteError::Key);
        }
        Ok(verifier)
    }

    /// The key's name; for a log, its origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn id_text(&self) -> String {
        format!("{:08x}", u32::from_be_bytes(self.id))
    }

    /// Checks that this key signed the note, and gives its text. Lines of other keys (witnesses) are ignored.
    ///
    /// # Errors
    /// When the note is malformed, this key did not sign it, signed it twice, or signed other text.
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        let note = Note::parse(note)?;
        let mut own = note.signatures.iter().filter(|line| line.name == self.name && line.id == self.id);
        let line = own.next().ok_or_else(|| NoteError::Unsigned(self.to_string()))?;
        let signature = Signature::from_slice(&line.signature).ok();
        let valid = signature.is_some_and(|it| self.key.verify_strict(note.text.as_bytes(), &it).is_ok());
        if !valid || own.next().is_some() {
            return Err(NoteError::BadSignature(self.to_string()));
        }
        Ok(note.text)
    }

    /// Opens a note that is a checkpoint of this key's log.
    ///
    /// # Errors
    /// As [`Verifier::open`]; also when the text is no checkpoint or has another origin than this key's name.
    pub fn open_checkpoint(&self, note: &str) -> Result<Checkpoint, NoteError> {
        let checkpoint = Checkpoint::parse(self.open(note)?)?;
        if checkpoint.origin != self.name {
            return Err(NoteError::Origin { expected: self.name.clone(), found: checkpoint.origin });
        }
        Ok(checkpoint)
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![ED25519];
        key.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, self.id_text(), STANDARD.encode(key))
    }
}

/// A signing key with its name. Holds a secret: no `Debug`, no `Clone`; the secret is wiped from memory when dropped.
pub struct Signer {
    key: SigningKey,
    verifier: Verifier,
}

impl Signer {
    /// A signer from the 32 secret bytes of an Ed25519 key (RFC 8032 §5.1.5). The same bytes give the same key, and
    /// signatures are deterministic: there is no chance inside.
    ///
    /// # Errors
    /// [`NoteError::Name`].
    pub fn new(name: &str, secret: &[u8; 32]) -> Result<Self, NoteError> {
        let key = SigningKey::from_bytes(secret);
        let verifier = Verifier::new(name, key.verifying_key())?;
        Ok(Self { key, verifier })
    }

    /// The public half.
    #[must_use]
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// The whole note: `text`, an empty line and one signature line.
    ///
    /// # Errors
    /// [`NoteError::Text`] unless `text` ends in a newline and has no other control characters.
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        check_text(text)?;
        let mut blob = self.verifier.id.to_vec();
        blob.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        Ok(format!("{text}\n— {} {}\n", self.verifier.name, STANDARD.encode(blob)))
    }

    /// The signed checkpoint of this signer's log at `size` leaves with root `root`.
    ///
    /// # Errors
    /// None that a valid signer can meet; [`NoteError::Text`] is passed on.
    pub fn sign_checkpoint(&self, size: u64, root: Hash) -> Result<String, NoteError> {
        self.sign(&Checkpoint { origin: self.verifier.name.clone(), size, root }.to_string())
    }
}

/// A note taken apart, with nothing checked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note<'a> {
    /// The signed text with its final newline.
    pub text: &'a str,
    /// The signature lines in order.
    pub signatures: Vec<SignatureLine<'a>>,
}

/// One signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureLine<'a> {
    /// The name of the key.
    pub name: &'a str,
    /// The key id.
    pub id: [u8; 4],
    /// The signature: 64 bytes for Ed25519, other lengths for other kinds of keys.
    pub signature: Vec<u8>,
}

impl<'a> Note<'a> {
    /// Takes a note apart.
    ///
    /// # Errors
    /// [`NoteError::Text`], [`NoteError::Malformed`], [`NoteError::Name`] or [`NoteError::TooManySignatures`].
    pub fn parse(note: &'a str) -> Result<Self, NoteError> {
        check_text(note)?;
        let cut = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
        let (text, lines) = (&note[..=cut], &note[cut + 2..]);
        let mut signatures = Vec::new();
        for line in lines.lines() {
            if signatures.len() == MAX_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            signatures.push(SignatureLine::parse(line)?);
        }
        if signatures.is_empty() {
            return Err(NoteError::Malformed);
        }
        Ok(Self { text, signatures })
    }
}

impl<'a> SignatureLine<'a> {
    fn parse(line: &'a str) -> Result<Self, NoteError> {
        let (name, blob) = line.strip_prefix("— ").and_then(|line| line.split_once(' ')).ok_or(NoteError::Malformed)?;
        check_name(name)?;
        let blob = STANDARD.decode(blob).map_err(|_| NoteError::Malformed)?;
        let (id, signature) = blob.split_first_chunk::<4>().ok_or(NoteError::Malformed)?;
        if signature.is_empty() {
            return Err(NoteError::Malformed);
        }
        Ok(Self { name, id: *id, signature: signature.to_vec() })
    }
}

/// A log's head: its origin, its size and its root. Displayed as the text that is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, a URL without scheme, such as `linli.example/log/1`.
    pub origin: String,
    /// Entries in the log.
    pub size: u64,
    /// The root of the tree of that size.
    pub root: Hash,
}

impl Checkpoint {
    /// Reads the text of a checkpoint. Extension lines are refused: nobody could audit them.
    ///
    /// # Errors
    /// [`NoteError::Checkpoint`] for anything but the exact form; the size is at most [`MAX_SIZE`].
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let mut lines = text.strip_suffix('\n').ok_or(NoteError::Checkpoint)?.split('\n');
        let (Some(origin), Some(size), Some(root), None) = (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(NoteError::Checkpoint);
        };
        let size = decimal(size).filter(|size| *size <= MAX_SIZE).ok_or(NoteError::Checkpoint)?;
        let root = Hash::from_base64(root).ok_or(NoteError::Checkpoint)?;
        if origin.is_empty() {
            return Err(NoteError::Checkpoint);
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root.to_base64())
    }
}

/// A decimal number written the one canonical way: digits only, no leading zero.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let canonical = text == "0" || !text.starts_with('0');
    if canonical && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;

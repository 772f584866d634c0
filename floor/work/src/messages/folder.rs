//! Messages laid into a folder, one JSON file each, for a program that hands them on or for a demonstration.
//!
//! ```text
//! <folder>/<first 32 digits of SHA-256 of the contact>/<id>.json
//! ```

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Contact, Message, Post};
use crate::{
    disk::{hex, read_bounded, remove, write_whole},
    jobs::Failure,
};

/// Messages kept for one contact; the oldest give way.
pub const MAX_PER_CONTACT: usize = 20;
/// Bytes of a file at most: the limits of a message, four bytes a character, and room for escapes.
const MAX_FILE: u64 = 64 * 1024;

/// A message in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// The id, the same each time it was handed over.
    pub id: String,
    /// The message.
    #[serde(flatten)]
    pub message: Message,
}

/// A folder of messages.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at `path`, which is made with the first message.
    pub fn new(path: impl Into<PathBuf>) -> Folder {
        Folder { path: path.into() }
    }

    /// The newest message to a contact. For pages of a demonstration that show people the code they were sent, and
    /// for nothing else: who sees it could sign in as them.
    ///
    /// # Errors
    /// What the file system says, or [`io::ErrorKind::InvalidData`] for a file that is no message.
    pub fn newest_for(&self, contact: &Contact) -> io::Result<Option<Delivered>> {
        let folder = self.of(contact);
        let Some((_, name)) = names(&folder)?.pop() else { return Ok(None) };
        let bytes = read_bounded(&folder.join(name), MAX_FILE)?;
        serde_json::from_slice(&bytes).map(Some).map_err(|_| io::ErrorKind::InvalidData.into())
    }

    fn of(&self, contact: &Contact) -> PathBuf {
        let digest = hex(&Sha256::digest(contact.reveal().as_bytes()));
        self.path.join(digest.get(..32).unwrap_or("0"))
    }

    fn lay(&self, id: &str, message: &Message) -> io::Result<()> {
        let folder = self.of(&message.to);
        let told = Delivered { id: id.to_owned(), message: message.clone() };
        let text = serde_json::to_vec(&told).map_err(io::Error::other)?;
        write_whole(&folder.join(format!("{id}.json")), &text)?;
        let mut names = names(&folder)?;
        names.truncate(names.len().saturating_sub(MAX_PER_CONTACT));
        names.iter().try_for_each(|(_, name)| remove(&folder.join(name)))
    }
}

/// Names of the messages in a folder with the part of their id that is ordered by time, oldest first.
fn names(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut names = Vec::new();
    // a folder that somebody else has filled is not read to its end
    for entry in entries.take(1_000) {
        let name = entry?.file_name().into_string().unwrap_or_default();
        if let Some(id) = name.strip_suffix(".json") {
            names.push((id.split_once('-').map_or(id, |(_, time)| time).to_owned(), name));
        }
    }
    names.sort();
    Ok(names)
}

impl Post for Folder {
    fn deliver(&self, id: &str, message: &Message) -> Result<(), Failure> {
        let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && (1..=80).contains(&id.len());
        if !plain {
            return Err(Failure::for_good("not an id"));
        }
        // the kind of fault, not its path, which tells of the contact
        self.lay(id, message).map_err(|error| Failure::again(format!("folder of messages: {}", error.kind())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(phone: &str, text: &str) -> Message {
        let to = Contact::phone(phone).unwrap();
        Message { to, kind: "sign-in-code".into(), subject: String::new(), text: text.into() }
    }

    #[test]
    fn a_message_handed_over_twice_is_there_once_and_the_newest_is_found() {
        let place = testkit::Folder::new();
        let folder = Folder::new(place.path().join("post"));
        let (one, other) = (message("13900000001", "1"), message("13900000002", "2"));
        assert_eq!(folder.newest_for(&one.to).unwrap(), None);
        folder.deliver("3-0aaaaaaaaaaaaaaaaaaa", &one).unwrap();
        folder.deliver("3-0aaaaaaaaaaaaaaaaaaa", &one).unwrap();
        folder.deliver("3-0ccccccccccccccccccc", &other).unwrap();
        // a home's number must not decide what is newest
        folder.deliver("12-0bbbbbbbbbbbbbbbbbbb", &message("13900000001", "newer")).unwrap();
        assert_eq!(folder.newest_for(&one.to).unwrap().unwrap().message.text, "newer");
        let files = |contact: &Contact| fs::read_dir(folder.of(contact)).unwrap().count();
        assert_eq!((files(&one.to), files(&other.to)), (2, 1));
        for (n, letter) in (b'a'..=b'z').cycle().take(40).enumerate() {
            folder.deliver(&format!("3-1{n:04}{}", char::from(letter)), &one).unwrap();
        }
        assert_eq!(files(&one.to), MAX_PER_CONTACT);
        assert_eq!(folder.newest_for(&one.to).unwrap().unwrap().id, "3-10039n");
        let names = format!("{:?}", fs::read_dir(place.path().join("post")).unwrap().collect::<Vec<_>>());
        assert!(!names.contains("1390000"), "{names}");
    }

    #[test]
    fn an_id_never_leads_out_of_the_folder() {
        let place = testkit::Folder::new();
        let folder = Folder::new(place.path());
        for bad in ["", "../x", "a/b", "a\\b", "."] {
            assert!(folder.deliver(bad, &message("13900000001", "1")).unwrap_err().for_good, "{bad}");
        }
    }
}

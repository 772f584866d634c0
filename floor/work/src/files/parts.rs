//! Reading a large file part by part, each part checked before anybody gets it.
//!
//! The row has one hash of the whole. The first reading goes through the whole once, a part at a time, compares that hash
//! and keeps the hash of each part in the memory of the process; from then on a part is compared with its own. So a player
//! that asks for a hundred parts of a film has the film hashed once, and nothing holds more than one part of it.

use std::{
    collections::VecDeque,
    io::{self, Read},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use sha2::{Digest, Sha256};

use super::{BlobKey, FileStore, MAX_FILM};

/// Bytes of a part; the last one of a file may be shorter.
pub const PART: usize = 1 << 20;
/// Files whose parts are known at a time; each takes 32 bytes a part, 1,280 at most. The one learnt first is forgotten first.
const KNOWN: usize = 1_000;

/// The hash of each part of a file.
type Hashes = Vec<[u8; 32]>;
/// What is known of a file, or is being learnt: whoever comes meanwhile waits.
type Learnt = Arc<Mutex<Option<Arc<Hashes>>>>;

/// By the hash of the whole, from which those of its parts follow: so they are the same in whichever store it lies.
#[derive(Default)]
struct Memory {
    files: VecDeque<([u8; 32], Learnt)>,
}

fn learnt(sha256: &[u8; 32]) -> Learnt {
    static MEMORY: OnceLock<Mutex<Memory>> = OnceLock::new();
    let mut memory = MEMORY.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, found)) = memory.files.iter().find(|(of, _)| of == sha256) {
        return found.clone();
    }
    if memory.files.len() >= KNOWN {
        memory.files.pop_front();
    }
    let new = Learnt::default();
    memory.files.push_back((*sha256, new.clone()));
    new
}

/// A file whose parts can be read one by one.
#[derive(Clone)]
pub struct Parts {
    store: Arc<dyn FileStore>,
    key: BlobKey,
    hashes: Arc<Hashes>,
}

impl Parts {
    /// Opens a file of at most [`MAX_FILM`] bytes. The first time it reads and hashes the whole: call it on a thread that
    /// may block.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] for other bytes than were kept; as [`FileStore::get`].
    pub fn open(store: &Arc<dyn FileStore>, key: &BlobKey) -> io::Result<Parts> {
        let learnt = learnt(key.sha256());
        let mut known = learnt.lock().unwrap_or_else(PoisonError::into_inner);
        let hashes = match &*known {
            Some(hashes) => hashes.clone(),
            None => {
                let hashes = Arc::new(learn(store.as_ref(), key)?);
                *known = Some(hashes.clone());
                hashes
            }
        };
        drop(known);
        Ok(Parts { store: store.clone(), key: key.clone(), hashes })
    }

    /// How many parts there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether the file has no bytes.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The bytes of part `n`, from 0 on.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] for other bytes than were kept, [`io::ErrorKind::UnexpectedEof`] where there is no
    /// such part; as [`FileStore::get`].
    pub fn part(&self, n: usize) -> io::Result<Vec<u8>> {
        let hash = self.hashes.get(n).ok_or(io::ErrorKind::UnexpectedEof)?;
        let bytes = self.store.part(&self.key, (n as u64) * (PART as u64), PART)?;
        if Sha256::digest(&bytes)[..] == hash[..] { Ok(bytes) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

/// Goes through the whole file, holding one part of it.
fn learn(store: &dyn FileStore, key: &BlobKey) -> io::Result<Hashes> {
    let mut file = store.get(key)?.take(MAX_FILM as u64);
    let (mut whole, mut hashes, mut part) = (Sha256::new(), Hashes::new(), Vec::with_capacity(PART));
    loop {
        part.clear();
        file.by_ref().take(PART as u64).read_to_end(&mut part)?;
        if part.is_empty() {
            break;
        }
        whole.update(&part);
        hashes.push(Sha256::digest(&part).into());
    }
    let found: [u8; 32] = whole.finalize().into();
    if found == *key.sha256() { Ok(hashes) } else { Err(io::ErrorKind::InvalidData.into()) }
}

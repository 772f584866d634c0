//! Files: taken in, given to a record, swept when nobody wants them.

use std::{
    io::{self, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
};

use db::{Db, Fault};
use kernel::{Actor, Chance, Clock, Context, Id, Principal};
use rights::{Action, authorize};
use sha2::{Digest, Sha256};
use testkit::Folder as Place;
use work::{
    files::{
        BlobKey, Desk, File, FileKind, FileState, FileStore, FolderStore, Gate, MAX_UNATTACHED, PART, Parts, Sweep,
        Upload, attach, file, let_go, of_subject,
    },
    jobs::{Runner, Step},
};

use crate::support::{HOME, Hand, act, each_engine, entropy, refused, runner, site};

/// A store whose disk can fail.
#[derive(Clone)]
struct Shaky {
    inner: FolderStore,
    broken: Arc<AtomicBool>,
}

impl Shaky {
    fn check(&self) -> io::Result<()> {
        if self.broken.load(SeqCst) { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl FileStore for Shaky {
    fn put(&self, key: &BlobKey, bytes: &[u8]) -> io::Result<()> {
        self.check()?;
        self.inner.put(key, bytes)
    }
    fn get(&self, key: &BlobKey) -> io::Result<Box<dyn Read + Send>> {
        self.inner.get(key)
    }
    fn delete(&self, key: &BlobKey) -> io::Result<()> {
        self.check()?;
        self.inner.delete(key)
    }
}

struct World {
    place: Place,
    desk: Desk,
    clock: Hand,
    runner: Runner,
    broken: Arc<AtomicBool>,
}

fn world(db: &Db) -> World {
    let (place, clock, broken) = (Place::new(), Hand::new(), Arc::new(AtomicBool::new(false)));
    let store: Arc<dyn FileStore> =
        Arc::new(Shaky { inner: FolderStore::new(place.path().join("files")), broken: broken.clone() });
    let runner = runner(db, &clock, vec![Box::new(Sweep { db: db.clone(), store: store.clone() })]);
    World { place, desk: Desk { db: db.clone(), store, gate: Arc::new(Gate::new(2)) }, clock, runner, broken }
}

fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.7\n{text}\n%%EOF\n").into_bytes()
}

fn photo() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::DynamicImage::new_rgb8(900, 600);
    picture.write_to(&mut io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

impl World {
    fn receive(&self, actor: Actor, name: &str, bytes: Vec<u8>) -> Result<File, Fault> {
        let cx = Context::new(actor, self.clock.now(), 480, Chance::from_bytes(entropy()));
        self.desk.receive(&cx, &site(), &Upload { name: name.into(), bytes })
    }

    fn blobs(&self) -> usize {
        fn count(folder: &Path) -> usize {
            let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
            entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
        }
        count(self.place.path())
    }
}

fn give(db: &Db, actor: Actor, file: &File, subject: &'static str) -> Result<File, Fault> {
    let id = file.id.clone();
    act(db, actor, move |tx, cx| {
        let permit = authorize(&Actor::Operator, Action::AddFile, &site())?;
        attach(tx, cx, &permit, &id, subject)
    })
}

fn stands(db: &Db, of: &File) -> Result<FileState, Fault> {
    let id = of.id.clone();
    db.read_wait(move |s| file(s, &id)).map(|file| file.state)
}

#[test]
fn an_upload_is_kept_and_belongs_to_the_record_that_gets_it() {
    each_engine(|db| {
        let world = world(db);
        let kept = world.receive(Actor::Operator, "../院子.png", photo()).unwrap();
        assert_eq!((kept.kind, kept.state, kept.name.as_str()), (FileKind::Photo, FileState::Ready, "院子.png"));
        assert_eq!((kept.width, kept.height, world.blobs()), (900, 600, 2));
        let id = kept.id.clone();
        assert_eq!(db.read_wait(move |s| file(s, &id)).unwrap(), kept, "the row says what was answered");
        for (key, blob) in [(kept.key(), &kept.blob), (kept.small_key(), kept.small.as_ref().unwrap())] {
            let bytes = world.desk.store.whole(&key).unwrap();
            assert_eq!((bytes.len() as u64, &bytes[..3]), (blob.bytes, &[0xff, 0xd8, 0xff][..]));
        }
        let given = give(db, Actor::Operator, &kept, "3-matter").unwrap();
        assert_eq!((given.state, given.subject.as_deref()), (FileState::Attached, Some("3-matter")));
        assert_eq!(refused(give(db, Actor::Operator, &kept, "3-other")), "file-in-use");
        assert_eq!(db.read_wait(|s| of_subject(s, HOME, "3-matter")).unwrap(), [given]);
        world.clock.on(25 * 3_600);
        assert!(matches!(world.runner.step(), Ok(Step::Done(_))));
        assert_eq!((stands(db, &kept).unwrap(), world.blobs()), (FileState::Attached, 2), "it is wanted");
    });
}

#[test]
fn what_nobody_attached_within_a_day_is_swept() {
    each_engine(|db| {
        let world = world(db);
        let lost = world.receive(Actor::Operator, "a.png", photo()).unwrap();
        // the same bytes of somebody else stay
        let twin = world.receive(Actor::Operator, "b.png", photo()).unwrap();
        assert_eq!((lost.blob.sha256, world.blobs()), (twin.blob.sha256, 4));
        give(db, Actor::Operator, &twin, "3-matter").unwrap();
        world.clock.on(24 * 3_600 - 1);
        assert_eq!(world.runner.step(), Ok(Step::Idle), "not before a day is over");
        world.clock.on(1);
        // a disk that fails leaves a file that nobody can attach any more, and the job comes back
        world.broken.store(true, SeqCst);
        let steps = [world.runner.step().unwrap(), world.runner.step().unwrap()];
        assert!(steps.iter().any(|step| matches!(step, Step::Failed(_))), "{steps:?}");
        assert_eq!(stands(db, &lost).unwrap(), FileState::Unwanted);
        assert_eq!(refused(give(db, Actor::Operator, &lost, "3-matter")), "file-not-found");
        world.broken.store(false, SeqCst);
        world.clock.on(60);
        assert!(matches!(world.runner.step(), Ok(Step::Done(_))));
        assert_eq!(refused(stands(db, &lost)), "file-not-found");
        assert_eq!((stands(db, &twin).unwrap(), world.blobs()), (FileState::Attached, 2));
        assert!(world.desk.store.whole(&twin.key()).is_ok());
    });
}

#[test]
fn an_upload_that_broke_off_leaves_nothing_after_a_day() {
    each_engine(|db| {
        let world = world(db);
        world.broken.store(true, SeqCst);
        assert!(matches!(world.receive(Actor::Operator, "a.pdf", pdf("a")), Err(Fault::Db(_))));
        world.broken.store(false, SeqCst);
        assert_eq!(world.blobs(), 0);
        world.clock.on(24 * 3_600);
        assert!(matches!(world.runner.step(), Ok(Step::Done(_))));
        assert_eq!(world.runner.step(), Ok(Step::Idle));
    });
}

#[test]
fn a_record_lets_its_file_go_and_nobody_elses() {
    each_engine(|db| {
        let world = world(db);
        let kept = world.receive(Actor::Operator, "章程.pdf", pdf("a")).unwrap();
        assert_eq!((kept.kind, kept.small.clone(), kept.small_key()), (FileKind::Pdf, None, kept.key()));
        give(db, Actor::Operator, &kept, "3-matter").unwrap();
        let go = |subject: &'static str| {
            let id = kept.id.clone();
            act(db, Actor::Operator, move |tx, cx| {
                let permit = authorize(&cx.actor, Action::AddFile, &site())?;
                let_go(tx, cx, &permit, &id, subject)
            })
        };
        assert_eq!(refused(go("3-other")), "file-not-found");
        go("3-matter").unwrap();
        assert_eq!(refused(go("3-matter")), "file-not-found");
        assert!(db.read_wait(|s| of_subject(s, HOME, "3-matter")).unwrap().is_empty());
        assert!(matches!(world.runner.step(), Ok(Step::Done(_))));
        assert_eq!((refused(stands(db, &kept)), world.blobs()), ("file-not-found", 0));
    });
}

#[test]
fn nobody_attaches_what_somebody_else_uploaded_and_strangers_upload_nothing() {
    each_engine(|db| {
        let world = world(db);
        assert_eq!(refused(world.receive(Actor::Visitor, "a.pdf", pdf("a"))), "sign-in-first");
        assert_eq!(world.blobs(), 0);
        assert_eq!(refused(world.receive(Actor::Operator, "a.jpg", b"text".to_vec())), "file-kind-unknown");
        let kept = world.receive(Actor::Operator, "a.pdf", pdf("a")).unwrap();
        let person = Id::random(HOME, &mut Chance::seeded(9));
        let somebody = Principal { person, verified: true, posts: Vec::new(), seats: Vec::new() };
        let somebody = Actor::Person(somebody.into());
        assert_eq!(refused(give(db, somebody.clone(), &kept, "3-matter")), "file-not-found");
        let own = world.receive(somebody.clone(), "b.pdf", pdf("b")).unwrap();
        assert_eq!(own.added_by.as_ref(), somebody.person());
        assert_eq!(refused(give(db, Actor::Operator, &own, "3-matter")), "file-not-found");
        assert!(give(db, somebody.clone(), &own, "3-matter").is_ok());
        assert_eq!(refused(give(db, Actor::Operator, &own, "3-matter")), "file-not-found", "nor learns of it");
    });
}

#[test]
fn who_sends_and_gives_to_nothing_is_stopped_until_something_is_used() {
    each_engine(|db| {
        let world = world(db);
        let person = Id::random(HOME, &mut Chance::seeded(11));
        let somebody = Actor::Person(Principal { person, verified: true, posts: Vec::new(), seats: Vec::new() }.into());
        let sent: Vec<File> = (0..MAX_UNATTACHED)
            .map(|n| world.receive(somebody.clone(), "a.pdf", pdf(&n.to_string())).unwrap())
            .collect();
        assert_eq!(refused(world.receive(somebody.clone(), "a.pdf", pdf("x"))), "files-unattached");
        // others are not stopped by that
        assert!(world.receive(Actor::Operator, "a.pdf", pdf("x")).is_ok());
        give(db, somebody.clone(), &sent[0], "3-matter").unwrap();
        assert!(world.receive(somebody.clone(), "a.pdf", pdf("x")).is_ok());
        assert_eq!(refused(world.receive(somebody, "a.pdf", pdf("y"))), "files-unattached");
    });
}

#[test]
fn bytes_that_were_changed_on_the_disk_are_never_served() {
    each_engine(|db| {
        let world = world(db);
        let kept = world.receive(Actor::Operator, "a.pdf", pdf("a")).unwrap();
        let path = world.place.path().join("files").join(kept.key().path());
        std::fs::write(&path, pdf("b")).unwrap();
        let error = world.desk.store.whole(&kept.key()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        std::fs::remove_file(path).unwrap();
        assert_eq!(world.desk.store.whole(&kept.key()).unwrap_err().kind(), io::ErrorKind::NotFound);
    });
}

/// A store that says how many bytes were read of it.
struct Counted {
    inner: FolderStore,
    read: Arc<AtomicUsize>,
}

struct Counter(Box<dyn io::Read + Send>, Arc<AtomicUsize>);

impl io::Read for Counter {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(into)?;
        self.1.fetch_add(n, SeqCst);
        Ok(n)
    }
}

impl FileStore for Counted {
    fn put(&self, key: &BlobKey, bytes: &[u8]) -> io::Result<()> {
        self.inner.put(key, bytes)
    }
    fn get(&self, key: &BlobKey) -> io::Result<Box<dyn io::Read + Send>> {
        Ok(Box::new(Counter(self.inner.get(key)?, self.read.clone())))
    }
    fn part(&self, key: &BlobKey, from: u64, len: usize) -> io::Result<Vec<u8>> {
        let bytes = self.inner.part(key, from, len)?;
        self.read.fetch_add(bytes.len(), SeqCst);
        Ok(bytes)
    }
    fn delete(&self, key: &BlobKey) -> io::Result<()> {
        self.inner.delete(key)
    }
}

#[test]
fn a_film_is_hashed_once_and_each_part_is_checked_by_itself() {
    let (place, read) = (Place::new(), Arc::new(AtomicUsize::new(0)));
    let inner = FolderStore::new(place.path());
    let store: Arc<dyn FileStore> = Arc::new(Counted { inner: inner.clone(), read: read.clone() });
    // no two parts are alike
    let sown = entropy().into_iter().cycle().take(3 * PART + 5).enumerate();
    let bytes: Vec<u8> = sown.map(|(at, byte)| byte ^ u8::try_from(at / PART).unwrap()).collect();
    let key = BlobKey::new(&Id::random(HOME, &mut Chance::from_bytes(entropy())), &Sha256::digest(&bytes).into());
    store.put(&key, &bytes).unwrap();

    let parts = Parts::open(&store, &key).unwrap();
    assert_eq!((parts.len(), parts.is_empty(), read.swap(0, SeqCst)), (4, false, bytes.len()));
    // whoever comes after reads what they ask for, and no more
    for n in [0, 3, 0] {
        let part = Parts::open(&store, &key).unwrap().part(n).unwrap();
        assert_eq!(part, bytes[n * PART..((n + 1) * PART).min(bytes.len())], "{n}");
    }
    assert_eq!(read.swap(0, SeqCst), 2 * PART + 5);
    assert_eq!(parts.part(4).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);

    // the part that somebody changed is not given out, the others are
    let mut other = bytes.clone();
    other[PART + 7] ^= 1;
    std::fs::write(place.path().join(key.path()), &other).unwrap();
    assert_eq!(parts.part(1).unwrap_err().kind(), io::ErrorKind::InvalidData);
    assert_eq!(parts.part(2).unwrap(), bytes[2 * PART..3 * PART]);
    // cut short: the last part is not what was kept
    std::fs::write(place.path().join(key.path()), &bytes[..3 * PART + 4]).unwrap();
    assert_eq!(parts.part(3).unwrap_err().kind(), io::ErrorKind::InvalidData);
    // what was changed before anybody knew its parts is found with the first reading
    let again = BlobKey::new(&Id::random(HOME, &mut Chance::from_bytes(entropy())), &Sha256::digest(&other).into());
    store.put(&again, &bytes).unwrap();
    let refused = Parts::open(&store, &again).map(|parts| parts.len()).unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
    // nothing wrong was learnt on the way
    store.put(&again, &other).unwrap();
    assert_eq!(Parts::open(&store, &again).unwrap().part(1).unwrap(), other[PART..2 * PART]);
    // a store that cannot jump to a place reads up to it
    assert_eq!(Plain(inner).part(&again, PART as u64, 3).unwrap(), other[PART..PART + 3]);
}

/// A store with nothing but what it must have.
struct Plain(FolderStore);

impl FileStore for Plain {
    fn put(&self, key: &BlobKey, bytes: &[u8]) -> io::Result<()> {
        self.0.put(key, bytes)
    }
    fn get(&self, key: &BlobKey) -> io::Result<Box<dyn io::Read + Send>> {
        self.0.get(key)
    }
    fn delete(&self, key: &BlobKey) -> io::Result<()> {
        self.0.delete(key)
    }
}

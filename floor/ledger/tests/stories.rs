//! What the log promises while it is written, followed, proved, exported and erased from; told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering::SeqCst},
    },
    time::Duration,
};

use db::{Db, DbError, Dialect, Options, Statement, params};
use kernel::{Actor, Chance, Clock, Context, Home, Id, Instant};
use ledger::{
    entry::{Draft, Leaf, Sealed, append, open_box, seal},
    erase,
    export::ExportWriter,
    note::{Signer, Verifier},
    proof::Receipt,
    read::{self, Entry, Head, MAX_PAGE},
    sequencer::{Sequencer, SequencerError, Step},
    tile::{Kind, Tile, append_entry, tiles_of},
    tree::{Frontier, Hash, leaf_hash},
    verify::verify_dir_with,
};
use rights::{Action, Permit, authorize};
use serde_json::{Value, json};
use testkit::Folder;
use testkit::each_engine;

const START: i64 = 1_795_312_800_000_000;

macro_rules! sql {
    ($($name:ident = $sql:expr;)*) => {
        $(static $name: Statement = Statement { name: stringify!($name), module: "stories", sql: $sql };)*
    };
}

sql! {
    SECRET = "SELECT salt, body FROM entry_secrets WHERE home = ?1 AND id = ?2";
    FORGET = "DELETE FROM entry_secrets WHERE home = ?1 AND id = ?2";
    QUEUED = "SELECT count(*) FROM entry_queue /* across homes */";
    BOXES = "SELECT count(*) FROM opened_boxes /* across homes */";
}

/// A clock that a story sets.
#[derive(Default)]
struct Watch(AtomicI64);

impl Clock for Watch {
    fn now(&self) -> Instant {
        Instant(START + self.0.load(SeqCst))
    }
}

fn signer() -> Signer {
    Signer::new("linli.example/log/1", &[7; 32]).unwrap()
}

fn sequencer(db: &Db) -> Sequencer {
    Sequencer::new(db, signer(), "story".into(), Arc::new(Watch::default())).unwrap()
}

fn permit(cx: &Context) -> Permit {
    authorize(&cx.actor, Action::RunSeason, Home(1)).unwrap()
}

/// Ids of different `n` never meet, and do not sort as they are written.
fn context(n: u64) -> Context {
    let now = START + i64::try_from(n * 7_919 % 100_003).unwrap();
    Context::new(Actor::Operator, Instant(now), 480, Chance::seeded(n))
}

fn write(db: &Db, n: u64, private: Option<Value>) -> Result<String, DbError> {
    let cx = context(n);
    db.write_wait(move |tx| {
        let (cx, told) = (&mut cx.clone(), json!({ "n": n }));
        let permit = permit(cx);
        let draft = Draft { kind: "thing.done", subject: "1-thing", public: &told, private: private.as_ref() };
        append(tx, cx, &permit, &draft).map(|id| id.to_string())
    })
}

fn head(db: &Db) -> Head {
    db.read_wait(read::head).unwrap().unwrap()
}

fn tail(db: &Db, from: u64, limit: u64) -> Vec<Entry> {
    db.read_wait(move |s| read::tail(s, from, limit)).unwrap()
}

fn all(db: &Db) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let page = tail(db, entries.len() as u64, MAX_PAGE);
        if page.is_empty() {
            return entries;
        }
        entries.extend(page);
    }
}

/// The log holds exactly `ids`, without a gap, and its head signs exactly these entries.
#[track_caller]
fn assert_whole(db: &Db, ids: &[String]) -> Vec<Entry> {
    let (entries, head) = (all(db), head(db));
    assert!(entries.iter().map(|entry| entry.seq).eq(0..ids.len() as u64));
    let (logged, given): (BTreeSet<_>, BTreeSet<_>) = (entries.iter().map(|e| &e.id).collect(), ids.iter().collect());
    assert_eq!(logged, given);
    let mut frontier = Frontier::new();
    entries.iter().for_each(|entry| frontier.push(leaf_hash(&entry.leaf)));
    assert_eq!((head.size, head.root()), (frontier.size(), Some(frontier.root())));
    let signed = Verifier::parse(&head.vkey).unwrap().open_checkpoint(&head.checkpoint).unwrap();
    assert_eq!((signed.size, signed.root), (frontier.size(), frontier.root()));
    entries
}

/// Writes entries in one transaction.
fn write_many(db: &Db, numbers: std::ops::Range<u64>) -> Result<Vec<String>, DbError> {
    db.write_wait(move |tx| {
        let entry = |n: u64| {
            let (mut cx, told) = (context(n), json!({ "n": n, "pad": ".".repeat((n % 5) as usize) }));
            let permit = permit(&cx);
            let draft = Draft { kind: "thing.done", subject: "1-thing", public: &told, private: None };
            append(tx, &mut cx, &permit, &draft).map(|id| id.to_string())
        };
        numbers.clone().map(entry).collect()
    })
}

/// A log of `n` entries.
fn log_of(db: &Db, n: u64) -> Vec<Entry> {
    let ids = write_many(db, 0..n).unwrap();
    assert_eq!(sequencer(db).drain().unwrap(), n);
    assert_whole(db, &ids)
}

#[test]
fn a_reader_that_follows_sees_every_entry_once_in_order() {
    const HANDS: u64 = 16;
    const EACH: u64 = 20;
    each_engine(|db| {
        let (sequencer, stop) = (sequencer(db), AtomicBool::new(false));
        let (written, seen) = std::thread::scope(|scope| {
            scope.spawn(|| sequencer.run(&stop));
            let reader = scope.spawn(|| {
                let (mut seen, mut cursor) = (Vec::new(), 0);
                while seen.len() < (HANDS * EACH) as usize {
                    for entry in tail(db, cursor, 7) {
                        assert_eq!(entry.seq, cursor, "none is skipped");
                        cursor = entry.seq + 1;
                        seen.push(entry);
                    }
                }
                seen
            });
            let hand =
                |hand: u64| move || (0..EACH).map(|n| write(db, hand * EACH + n, None).unwrap()).collect::<Vec<_>>();
            let hands: Vec<_> = (0..HANDS).map(|n| scope.spawn(hand(n))).collect();
            let written: Vec<String> = hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect();
            let seen = reader.join();
            stop.store(true, SeqCst);
            (written, seen.unwrap())
        });
        assert_eq!(assert_whole(db, &written), seen);
    });
}

#[test]
fn of_two_sequencers_one_leads_and_nothing_is_placed_twice() {
    each_engine(|db| {
        let one = |holder: &str| Sequencer::new(db, signer(), holder.into(), Arc::new(Watch::default())).unwrap();
        let (first, second) = (one("first"), one("second"));
        let done = AtomicBool::new(false);
        let ids: Vec<String> = std::thread::scope(|scope| {
            for sequencer in [&first, &second] {
                let done = &done;
                scope.spawn(move || {
                    while !done.load(SeqCst) {
                        sequencer.step().unwrap();
                    }
                });
            }
            let ids = (0..120).map(|n| write(db, n, None).unwrap()).collect();
            while head(db).size < 120 {
                std::thread::yield_now();
            }
            done.store(true, SeqCst);
            ids
        });
        assert_whole(db, &ids);
    });
}

#[test]
fn a_second_sequencer_takes_over_when_the_lease_of_the_first_has_run_out() {
    each_engine(|db| {
        let watch = Arc::new(Watch::default());
        let one = |holder: &str| Sequencer::new(db, signer(), holder.into(), watch.clone()).unwrap();
        let (first, second) = (one("first"), one("second"));
        let mut ids = vec![write(db, 1, None).unwrap()];
        assert_eq!(first.step().unwrap(), Step::Placed(1));
        ids.push(write(db, 2, None).unwrap());
        if db.dialect() == Dialect::Postgres {
            assert_eq!(second.step().unwrap(), Step::NotLeading);
            watch.0.store(3_000_000, SeqCst);
            assert_eq!(second.step().unwrap(), Step::NotLeading, "to the last microsecond of three seconds");
            watch.0.store(3_000_001, SeqCst);
            assert_eq!(second.step().unwrap(), Step::Placed(1));
            ids.push(write(db, 3, None).unwrap());
            assert_eq!(first.step().unwrap(), Step::NotLeading, "the first comes back and finds another leading");
        }
        second.drain().unwrap();
        assert_whole(db, &ids);
    });
}

#[test]
fn another_key_does_not_go_on_with_the_log() {
    each_engine(|db| {
        let entries = log_of(db, 3);
        for (name, secret) in [("linli.example/log/1", [8; 32]), ("linli.example/log/2", [7; 32])] {
            let other = Signer::new(name, &secret).unwrap();
            let given_key = other.verifier().to_string();
            match Sequencer::new(db, other, "other".into(), Arc::new(Watch::default())) {
                Err(SequencerError::OtherKey { found, given }) => {
                    assert_eq!((found, given), (signer().verifier().to_string(), given_key));
                }
                other => panic!("{other:?}"),
            }
        }
        sequencer(db);
        assert_eq!(all(db), entries);
    });
}

#[test]
fn an_entry_longer_than_a_log_takes_is_refused_with_its_change() {
    each_engine(|db| {
        let cx = context(1);
        let answer = db.write_wait(move |tx| {
            let (cx, told) = (&mut cx.clone(), "x".repeat(65_536));
            let permit = permit(cx);
            append(tx, cx, &permit, &Draft { kind: "thing.done", subject: "s", public: &told, private: None })
                .map(|_| ())
        });
        assert!(matches!(&answer, Err(DbError::Data(e)) if e.contains("longer than the log takes")), "{answer:?}");
        assert_eq!(db.read_wait(|s| s.one::<(u64,)>(&QUEUED, &[])), Ok((0,)));
    });
}

#[test]
fn a_receipt_shows_that_an_entry_is_in_the_log() {
    each_engine(|db| {
        let entries = log_of(db, 600);
        let head = head(db);
        let log = signer().verifier().clone();
        for index in (0..600).step_by(37).chain([1, 254, 255, 256, 257, 511, 512, 513, 598, 599]) {
            let at = head.clone();
            let receipt = db.read_wait(move |s| Ok::<_, DbError>(read::receipt(s, &at, index).unwrap())).unwrap();
            let kept = Receipt::parse(&receipt.to_string()).unwrap();
            let entry = &entries[index as usize].leaf;
            assert_eq!(kept.verify(entry, &log).unwrap().size, 600, "{index}");
            assert!(kept.verify(&entries[(index as usize + 1) % 600].leaf, &log).is_err(), "{index}");
            let elsewhere = Receipt { index: index ^ 1, ..kept };
            assert!(elsewhere.verify(entry, &log).is_err(), "{index}");
        }
        let beyond = db.read_wait(move |s| Ok::<_, DbError>(read::receipt(s, &head, 600).is_err()));
        assert_eq!(beyond, Ok(true));
    });
}

/// What a tile holds, computed from the entries alone.
fn computed(entries: &[Entry], tile: &Tile) -> Vec<u8> {
    let from = tile.start() as usize;
    let mut bytes = Vec::new();
    for n in from..from + usize::from(tile.width) {
        match tile.kind {
            Kind::Entries => append_entry(&mut bytes, &entries[n].leaf).unwrap(),
            Kind::Hashes(level) => {
                let span = 1 << (8 * usize::from(level));
                let mut frontier = Frontier::new();
                entries[n * span..(n + 1) * span].iter().for_each(|entry| frontier.push(leaf_hash(&entry.leaf)));
                bytes.extend_from_slice(frontier.root().as_bytes());
            }
        }
    }
    bytes
}

#[test]
fn tiles_of_the_database_are_those_of_its_entries() {
    each_engine(|db| {
        let entries = log_of(db, 600);
        let head = head(db);
        let mut wanted: Vec<Tile> = tiles_of(600).chain(tiles_of(300)).chain(tiles_of(1)).collect();
        assert!(wanted.iter().any(|tile| tile.kind == Kind::Hashes(1)));
        wanted.dedup();
        for tile in wanted {
            let at = head.clone();
            let served = db.read_wait(move |s| read::tile(s, &at, &tile)).unwrap();
            assert_eq!(served, Some(computed(&entries, &tile)), "{tile}");
        }
        for path in
            ["tile/0/002.p/89", "tile/0/002", "tile/0/003.p/1", "tile/1/000.p/3", "tile/2/000.p/1", "tile/63/000"]
        {
            let (tile, at) = (Tile::parse(path).unwrap(), head.clone());
            assert_eq!(db.read_wait(move |s| read::tile(s, &at, &tile)), Ok(None), "{path}");
        }
    });
}

/// Exports the log as it is and verifies the folder against the log's key.
fn exported(db: &Db) -> Vec<Vec<u8>> {
    let (folder, signer, head) = (Folder::new(), signer(), head(db));
    let dir = folder.path().join("export");
    let mut writer = ExportWriter::create(&dir, &signer).unwrap();
    all(db).iter().for_each(|entry| writer.push(&entry.leaf).unwrap());
    writer.finish(&head.checkpoint).unwrap();
    let (mut leaves, pin) = (Vec::new(), signer.verifier().to_string());
    let report = verify_dir_with(&dir, Some(&pin), |_, leaf| leaves.push(leaf.to_vec())).unwrap();
    assert_eq!((report.size, Some(report.root), report.checkpoint), (head.size, head.root(), head.checkpoint));
    leaves
}

#[test]
fn what_is_exported_is_verified_entry_by_entry() {
    each_engine(|db| {
        let entries = log_of(db, 300);
        assert!(exported(db).iter().eq(entries.iter().map(|entry| &entry.leaf)));
    });
}

/// Seals `n` entries of each kind into a box.
fn fill(db: &Db, season: &'static str, n: u64, kinds: [&'static str; 2]) {
    db.write_wait(move |tx| {
        let cx = &mut context(n);
        let permit = permit(cx);
        for i in 0..n {
            for kind in kinds {
                let id: Id<()> = cx.secret_id(Home(1));
                let told = Sealed { season, kind, id: id.as_str(), day: None, public: json!({ "i": i }), commit: None };
                seal(tx, &permit, &told)?;
            }
        }
        Ok::<_, DbError>(())
    })
    .unwrap();
}

#[test]
fn a_sealed_box_enters_the_log_when_it_is_opened_kind_by_kind() {
    const EACH: u64 = 1_100; // more than the sequencer places in one transaction
    each_engine(|db| {
        let sequencer = sequencer(db);
        let sealed = || db.read_wait(read::sealed).unwrap();
        fill(db, "1-vote", EACH, ["mark", "ballot"]);
        fill(db, "1-other", 3, ["mark", "ballot"]);
        assert_eq!(sequencer.drain().unwrap(), 0);
        assert_eq!((sealed(), all(db)), (2 * EACH + 6, vec![]));
        let open = |season: &'static str| {
            let cx = context(9);
            db.write_wait(move |tx| open_box(tx, &permit(&cx), season)).unwrap();
        };
        open("1-vote");
        open("1-vote");
        assert_eq!(sealed(), 6, "of boxes that are closed");
        assert_eq!(sequencer.drain().unwrap(), 2 * EACH);
        let entries = all(db);
        let kinds: Vec<&str> = entries.iter().map(|entry| entry.kind.as_str()).collect();
        let split = EACH as usize;
        assert!(
            kinds[..split].iter().all(|kind| *kind == "ballot") && kinds[split..].iter().all(|kind| *kind == "mark")
        );
        for run in entries.chunks(split) {
            assert!(run.windows(2).all(|pair| pair[0].id < pair[1].id));
        }
        let ids: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
        assert!(assert_whole(db, &ids).iter().all(|entry| !entry.leaf.windows(5).any(|w| w == b"\"at\":")));
        assert_eq!(db.read_wait(|s| s.one::<(u64,)>(&BOXES, &[])), Ok((0,)));
        open("1-other");
        assert_eq!((sequencer.drain().unwrap(), sealed()), (6, 0));
    });
}

#[test]
fn what_is_erased_can_no_longer_be_opened_and_the_log_still_verifies() {
    each_engine(|db| {
        let words = json!({ "name": "王芳" });
        let id = write(db, 1, Some(words.clone())).unwrap();
        let ids = [id.clone(), write(db, 2, Some(json!({ "name": "李强" }))).unwrap()];
        sequencer(db).drain().unwrap();
        let entries = assert_whole(db, &ids);
        assert!(entries.iter().all(|entry| !String::from_utf8_lossy(&entry.leaf).contains("name")));
        let leaf: Leaf<Value> = serde_json::from_slice(&entries.iter().find(|e| e.id == id).unwrap().leaf).unwrap();
        let commit = Hash::from_hex(&leaf.commit.unwrap()).unwrap();
        let secret = |id: &str| {
            let id = id.to_owned();
            db.read_wait(move |s| s.optional::<([u8; 32], String)>(&SECRET, params![1_i64, &id])).unwrap()
        };
        let (salt, body) = secret(&id).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), words);
        assert_eq!(erase::commit(&salt, body.as_bytes()), commit, "it can be opened");
        let (other, _) = secret(&ids[1]).unwrap();
        assert_ne!(salt, other, "each has a salt of its own");
        assert_ne!(erase::commit(&other, body.as_bytes()), commit, "the words alone do not open it");

        let gone = id.clone();
        assert_eq!(db.write_wait(move |tx| tx.execute(&FORGET, params![1_i64, &gone])), Ok(1));
        assert_eq!(secret(&id), None);
        assert!(secret(&ids[1]).is_some(), "its neighbour stays");
        assert_eq!(assert_whole(db, &ids), entries);
        assert_eq!(exported(db).len(), 2);
    });
}

#[test]
fn a_slow_machine_places_in_smaller_chunks() {
    const N: u64 = 1_500;
    let hurried = Options { budget: Duration::from_millis(6), ..Options::default() };
    testkit::each_engine_with(&hurried, |db| {
        let mut ids = Vec::new();
        for from in (0..N).step_by(10) {
            let written = std::iter::repeat_with(|| write_many(db, from..from + 10)).flatten().next();
            ids.extend(written.unwrap());
        }
        let sequencer = sequencer(db);
        for _ in 0..2_000 {
            if head(db).size == N {
                break;
            }
            // a single entry may overrun when the machine is busy elsewhere; the next step tries again
            let _ = sequencer.step();
        }
        assert_whole(db, &ids);
    });
}

//! What persons and rolls promise, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use db::{Db, Fault, Statement, Tx};
use kernel::{Actor, Chance, Context, Home, Instant, Refusal};
use people::{
    Mark, VoterKey,
    commands::{
        enrol::{self, Voter},
        mark, register,
    },
    store,
};
use rights::{Action, authorize};
use testkit::each_engine;

static ACTS: AtomicU64 = AtomicU64::new(0);
const HOME: Home = Home(1);
const VOTE: &str = "1-00000000000000000001";
const OTHER: &str = "1-00000000000000000002";

macro_rules! sql {
    ($($name:ident = $sql:expr;)*) => {
        $(static $name: Statement = Statement { name: stringify!($name), module: "stories", sql: $sql };)*
    };
}

sql! {
    QUEUED = "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */";
    SALTS = "SELECT voter, salt FROM roll ORDER BY voter /* across homes */";
}

/// Runs a command, each a day later than the one before.
fn act<T: Send + 'static>(
    db: &Db,
    actor: Actor,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let n = ACTS.fetch_add(1, Relaxed);
    let now = Instant(1_795_312_800_000_000 + i64::try_from(n).unwrap() * 86_400_000_000);
    let cx = Context::new(actor, now, 480, Chance::seeded(n));
    db.write_wait(move |tx| command(tx, &mut cx.clone()))
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Refusal {
    match answer {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn voters(scope: &str, codes: &[&str]) -> Vec<Voter> {
    codes.iter().map(|code| Voter { key: VoterKey::of(scope, code), person: None }).collect()
}

fn enrol_as(db: &Db, actor: Actor, scope: &'static str, voters: Vec<Voter>) -> Result<u64, Fault> {
    act(db, actor, move |tx, cx| enrol::enrol(tx, cx, HOME, scope, &voters))
}

fn mark_in(db: &Db, scope: &'static str, code: &str) -> Result<Mark, Fault> {
    let key = VoterKey::of(scope, code);
    act(db, Actor::Voter, move |tx, cx| {
        let permit = authorize(&cx.actor, Action::CastBallot, HOME)?;
        mark::mark(tx, cx, &permit, scope, key)
    })
}

fn count(db: &Db, scope: &'static str) -> (u64, u64) {
    db.read_wait(move |s| store::count(s, HOME, scope)).unwrap()
}

fn queued(db: &Db) -> Vec<(String, Vec<u8>)> {
    db.read_wait(|s| s.all(&QUEUED, &[])).unwrap()
}

#[test]
fn enrolling_twice_changes_nothing() {
    each_engine(|db| {
        assert_eq!(enrol_as(db, Actor::Operator, VOTE, voters(VOTE, &["A1", "B2", "C3"])), Ok(3));
        mark_in(db, VOTE, "A1").unwrap();
        let salts = || db.read_wait(|s| s.all::<(Vec<u8>, Vec<u8>)>(&SALTS, &[])).unwrap();
        let (before, told) = (salts(), queued(db).len());
        assert_eq!(enrol_as(db, Actor::Operator, VOTE, voters(VOTE, &["C3", "A1", " B2 "])), Ok(0));
        assert_eq!(count(db, VOTE), (3, 1), "who voted stays marked");
        assert_eq!(salts(), before, "a salt once committed to stays");
        assert_eq!(queued(db).len(), told, "nothing to tell");
        assert_eq!(enrol_as(db, Actor::Operator, VOTE, voters(VOTE, &["D4", "A1", "D4"])), Ok(1));
        assert_eq!(count(db, VOTE), (4, 1));
        assert_eq!(refused(mark_in(db, VOTE, "A1")).code, "already-voted");
    });
}

#[test]
fn many_who_enrol_the_same_voters_enrol_each_once() {
    each_engine(|db| {
        let new: u64 = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| enrol_as(db, Actor::Operator, VOTE, voters(VOTE, &["A1", "B2", "C3"])).unwrap())
                })
                .collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).sum()
        });
        assert_eq!(new, 3);
        assert_eq!(count(db, VOTE), (3, 0));
    });
}

#[test]
fn the_same_code_in_two_votes_is_two_voters() {
    each_engine(|db| {
        enrol_as(db, Actor::Operator, VOTE, voters(VOTE, &["A1"])).unwrap();
        assert_eq!(refused(mark_in(db, OTHER, "A1")).code, "not-on-the-roll");
        enrol_as(db, Actor::Operator, OTHER, voters(OTHER, &["A1"])).unwrap();
        let (here, there) = (mark_in(db, VOTE, "A1").unwrap(), mark_in(db, OTHER, "A1").unwrap());
        assert!(here.key != there.key && here.salt != there.salt, "nothing in the two rolls shows that they are one");
        assert_eq!(refused(mark_in(db, VOTE, "A1")).code, "already-voted");
        assert_eq!((count(db, VOTE), count(db, OTHER)), ((1, 1), (1, 1)));
    });
}

#[test]
fn votes_are_known_by_the_day() {
    each_engine(|db| {
        enrol_as(db, Actor::Operator, VOTE, voters(VOTE, &["A1", "B2", "C3"])).unwrap();
        mark_in(db, VOTE, "A1").unwrap();
        mark_in(db, VOTE, "B2").unwrap();
        let days = db.read_wait(|s| store::by_day(s, HOME, VOTE)).unwrap();
        assert_eq!(days.iter().map(|(_, n)| *n).sum::<u64>(), 2);
        assert!(days.is_sorted());
    });
}

#[test]
fn only_the_operator_writes_rolls_and_persons_within_bounds() {
    each_engine(|db| {
        for (actor, code) in [(Actor::Visitor, "sign-in-first"), (Actor::Voter, "not-allowed")] {
            assert_eq!(refused(enrol_as(db, actor.clone(), VOTE, voters(VOTE, &["A1"]))).code, code);
            let input = register::RegisterPerson { place: "1-x".into(), name: "王芳".into() };
            let answer = act(db, actor, move |tx, cx| register::register(tx, cx, HOME, &input));
            assert_eq!(refused(answer).code, code);
        }
        let codes: Vec<String> = (0..=enrol::MAX_CHUNK).map(|n| format!("C{n}")).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        assert_eq!(refused(enrol_as(db, Actor::Operator, VOTE, voters(VOTE, &codes))).code, "roll-too-large");
        for (place, name, field) in [("1-x", "", "name"), ("1-x", "a\nb", "name"), ("", "王芳", "place")] {
            let input = register::RegisterPerson { place: place.into(), name: name.into() };
            let answer = act(db, Actor::Operator, move |tx, cx| register::register(tx, cx, HOME, &input));
            assert_eq!(refused(answer).fields[0].field, field);
        }
        assert_eq!(count(db, VOTE), (0, 0));
        assert_eq!(queued(db), []);
    });
}

#[test]
fn the_log_never_holds_a_name_or_a_code() {
    each_engine(|db| {
        let input = register::RegisterPerson { place: "1-00000000000000000009".into(), name: "王芳".into() };
        let person = act(db, Actor::Operator, move |tx, cx| register::register(tx, cx, HOME, &input)).unwrap();
        let voter = Voter { key: VoterKey::of(VOTE, "SECRET-CODE"), person: Some(person) };
        enrol_as(db, Actor::Operator, VOTE, vec![voter]).unwrap();
        let leaves = queued(db);
        assert_eq!(leaves.len(), 2);
        for (kind, leaf) in leaves {
            let text = String::from_utf8(leaf).unwrap();
            assert!(!text.contains("王芳") && !text.contains("SECRET"), "{kind}: {text}");
        }
    });
}

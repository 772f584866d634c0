//! What the register of verdicts promises, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use db::{Db, Fault, Tx};
use kernel::{Actor, Chance, Context, Instant, PlaceId, Post, Principal, Role};
use ledger::tree::Hash;
use matters::verdict::{
    Explained, Verdict,
    enter::{EnterVerdict, enter},
    queries,
};
use places::{Level, commands::add};
use serde_json::json;
use testkit::each_engine;

static ACTS: AtomicU64 = AtomicU64::new(0);

fn act<T: Send + 'static>(
    db: &Db,
    actor: Actor,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let n = ACTS.fetch_add(1, Relaxed);
    let now = Instant(1_795_312_800_000_000 + i64::try_from(n).unwrap() * 1_000_000);
    let cx = Context::new(actor, now, 480, Chance::seeded(n));
    db.write_wait(move |tx| command(tx, &mut cx.clone()))
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    match answer {
        Err(Fault::Refused(no)) => no.code,
        other => panic!("not refused: {other:?}"),
    }
}

fn street(db: &Db) -> PlaceId {
    let input = add::AddPlace { parent: None, level: Level::Subdistrict, name: "邻里街道".into() };
    act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
}

fn typed(place: &PlaceId, subject: &str, inputs: &str) -> EnterVerdict {
    EnterVerdict {
        place: place.to_string(),
        kind: "owners-vote".into(),
        subject_kind: "round".into(),
        subject: subject.into(),
        rule: "article-278".into(),
        rule_set: "civil-code/2021-01".into(),
        parameters: json!({ "gate": "2/3" }),
        inputs: inputs.into(),
        outcome: json!({ "agree": 51, "took-part": 67 }),
        passed: Some(true),
        explained: "参加的三分之二都到了，同意的过半。".into(),
    }
}

fn enter_as(db: &Db, actor: Actor, input: EnterVerdict) -> Result<Verdict, Fault> {
    act(db, actor, move |tx, cx| enter(tx, cx, &input))
}

#[test]
fn a_verdict_is_kept_as_it_was_recorded_and_once() {
    each_engine(|db| {
        let place = street(db);
        let secretary = Principal {
            person: "1-00000000000000000007".parse().unwrap(),
            verified: true,
            posts: vec![Post { role: Role::Secretary, place: place.clone() }],
            seats: vec![],
        };
        let secretary = Actor::Person(secretary.into());
        let first = enter_as(db, secretary.clone(), typed(&place, "r-1", "67 51")).unwrap();
        assert_eq!(first.inputs, Hash::of(b"67 51"));
        assert_eq!(first.explained, Explained::by_text("参加的三分之二都到了，同意的过半。"));
        let id = first.id.clone();
        assert_eq!(db.read_wait(move |s| queries::verdict(s, &id)).unwrap(), first);
        assert_eq!(enter_as(db, secretary.clone(), typed(&place, "r-1", "67 51")).unwrap(), first, "once");
        let again = enter_as(db, secretary, typed(&place, "r-1", "67 52")).unwrap();
        assert_ne!(again.id, first.id, "other inputs are another verdict");
        let home = place.home();
        let about = db.read_wait(move |s| queries::about(s, home, "r-1")).unwrap();
        assert_eq!(about, [again, first]);
    });
}

#[test]
fn a_stranger_enters_no_verdict() {
    each_engine(|db| {
        let place = street(db);
        assert_eq!(refused(enter_as(db, Actor::Visitor, typed(&place, "r-1", "x"))), "sign-in-first");
        assert_eq!(refused(enter_as(db, testkit::person(1, vec![]), typed(&place, "r-1", "x"))), "not-allowed");
        let flood = typed(&place, "r-1", &"x".repeat(200_001));
        assert_eq!(refused(enter_as(db, Actor::Operator, flood)), "inputs-too-long");
        let wrong = EnterVerdict { outcome: json!("yes"), ..typed(&place, "r-1", "x") };
        assert_eq!(refused(enter_as(db, Actor::Operator, wrong)), "invalid-input");
        assert_eq!(db.read_wait(|s| queries::newest(s, None, "", None)).unwrap(), []);
    });
}

#[test]
fn the_list_is_cut_by_place_and_kind_and_paged_by_key() {
    each_engine(|db| {
        let (here, there) = (street(db), street(db));
        for n in 0..35 {
            enter_as(db, Actor::Operator, typed(&here, &format!("r-{n}"), "x")).unwrap();
        }
        let lot = EnterVerdict { kind: "lot".into(), ..typed(&there, "l-1", "x") };
        let lot = enter_as(db, Actor::Operator, lot).unwrap();
        let path = here.to_string();
        let first = db.read_wait(move |s| queries::newest(s, Some(&path), "", None)).unwrap();
        assert_eq!((first.len(), first[0].subject.as_str()), (30, "r-34"));
        let (path, last) = (here.to_string(), first[29].clone());
        let before =
            move |s: &mut db::Snapshot<'_>| queries::newest(s, Some(&path), "", Some((last.decided_at, &last.id)));
        let rest = db.read_wait(before).unwrap();
        assert_eq!((rest.len(), rest[4].subject.as_str()), (5, "r-0"));
        assert_eq!(db.read_wait(|s| queries::newest(s, None, "lot", None)).unwrap(), [lot]);
        assert_eq!(db.read_wait(queries::kinds).unwrap(), ["lot", "owners-vote"]);
    });
}

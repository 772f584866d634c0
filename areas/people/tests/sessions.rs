//! What sessions promise, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod support;

use db::Statement;
use kernel::{Actor, Post, Role};
use people::{
    account::{ask::Purpose, enter::Who},
    post::appoint,
    session::{self, MAX_SESSIONS, SessionId, Token},
};
use support::*;

const PHONE: &str = "13900000001";
static KEPT: Statement = Statement { name: "KEPT", module: "stories", sql: "SELECT token, seen_day FROM sessions" };

fn again(db: &db::Db, now: i64, person: &kernel::PersonId) -> Token {
    let cx = at(now, Actor::Visitor);
    let t = ticket(db, &cx, PHONE, Purpose::SignIn);
    come_in(db, &cx, &t, Who::Known(person.clone())).unwrap().0
}

#[test]
fn the_database_holds_no_token_and_an_unknown_one_opens_nothing() {
    each_engine(|db| {
        places(db);
        let (token, _) = sign_up(db, START, PHONE, "王芳");
        let kept: Vec<(Vec<u8>, String)> = db.read_wait(|s| s.all(&KEPT, &[])).unwrap();
        assert_eq!(kept.len(), 1);
        assert_ne!(kept[0].0, token.0);
        assert_eq!(kept[0].0, web::session::digest(&token.0), "as the rim digests it");
        assert!(enters(db, &token, START).is_some());
        assert!(enters(db, &Token([7; 32]), START).is_none());
        assert!(enters(db, &Token(token.digest()), START).is_none(), "what the table holds is no key");
    });
}

#[test]
fn a_session_idles_out_unless_it_is_used() {
    each_engine(|db| {
        places(db);
        let (token, _) = sign_up(db, START, PHONE, "王芳");
        assert!(enters(db, &token, START + 30 * DAY).is_none());
        for n in 1..=7 {
            let (digest, day) = (token.digest(), at(START + n * 25 * DAY, Actor::Visitor).day);
            let first = day.clone();
            assert!(db.write_wait(move |tx| session::seen::seen(tx, &digest, &first)).unwrap());
            assert!(!db.write_wait(move |tx| session::seen::seen(tx, &digest, &day)).unwrap(), "once a day");
        }
        assert!(enters(db, &token, START + 179 * DAY).is_some());
        assert!(enters(db, &token, START + 181 * DAY).is_none(), "180 days at most");
        assert!(enters(db, &token, START - HOUR).is_some(), "a clock that steps back signs nobody out");
    });
}

#[test]
fn the_door_notes_the_day_by_itself() {
    each_engine(|db| {
        places(db);
        let (token, _) = sign_up(db, START, PHONE, "王芳");
        let later = at(START + 3 * DAY, Actor::Visitor);
        assert!(enters(db, &token, START + 3 * DAY).is_some());
        let seen = || db.read_wait(|s| s.all::<(Vec<u8>, String)>(&KEPT, &[])).unwrap()[0].1.clone();
        for _ in 0..200 {
            if seen() == later.day.as_str() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert_eq!(seen(), later.day.as_str());
    });
}

#[test]
fn sessions_are_listed_and_ended_by_their_person_only() {
    each_engine(|db| {
        places(db);
        let (one, person) = sign_up(db, START, PHONE, "王芳");
        let two = again(db, START + HOUR, &person);
        let (_, other) = sign_up(db, START, "13900000002", "李明");
        let list = |who: &kernel::PersonId| {
            let cx = at(START + HOUR, signed_in(who));
            db.read_wait(move |s| session::queries::mine(s, &cx)).unwrap()
        };
        let mine = list(&person);
        assert_eq!(mine.len(), 2);
        assert_eq!(mine[0].digest, two.digest(), "newest first");
        let end = |who: &kernel::PersonId, id: &SessionId| {
            let (cx, id) = (at(START, signed_in(who)), id.clone());
            act(db, &cx, move |tx, cx| session::end::one(tx, cx, &id))
        };
        assert_eq!(refused(end(&other, &mine[1].id)), "session-not-found");
        end(&person, &mine[1].id).unwrap();
        assert_eq!(refused(end(&person, &mine[1].id)), "session-not-found");
        assert!(enters(db, &one, START).is_none() && enters(db, &two, START).is_some());
        let key = two.clone();
        db.write_wait(move |tx| session::end::this(tx, &key)).unwrap();
        assert!(enters(db, &two, START).is_none());
        again(db, START + 2 * HOUR, &person);
        again(db, START + 2 * HOUR, &person);
        let n = act(db, &at(START, signed_in(&person)), |tx, cx| session::end::everywhere(tx, cx)).unwrap();
        assert_eq!((n, list(&person).len(), list(&other).len()), (2, 0, 1));
        assert_eq!(
            refused(act(db, &at(START, Actor::Visitor), |tx, cx| session::end::everywhere(tx, cx))),
            "sign-in-first"
        );
    });
}

#[test]
fn the_oldest_session_makes_room() {
    each_engine(|db| {
        places(db);
        let (first, person) = sign_up(db, START, PHONE, "王芳");
        let mut last = first.clone();
        for n in 1..=MAX_SESSIONS {
            last = again(db, START + n * 2 * HOUR, &person);
        }
        let cx = at(START + 100 * HOUR, signed_in(&person));
        let mine = db.read_wait(move |s| session::queries::mine(s, &cx)).unwrap();
        assert_eq!(i64::try_from(mine.len()).unwrap(), MAX_SESSIONS);
        assert!(enters(db, &first, START).is_none() && enters(db, &last, START + 41 * HOUR).is_some());
    });
}

#[test]
fn an_officers_session_ends_with_the_working_day_and_the_door_takes_three_statements() {
    each_engine(|db| {
        let (root, _) = places(db);
        let (token, person) = sign_up(db, START, PHONE, "王芳");
        let input = appoint::Appoint {
            person: person.to_string(),
            role: "officer".into(),
            from: "2026-11-22".into(),
            ..appoint::Appoint::default()
        };
        let place = root.clone();
        act(db, &at(START, Actor::Operator), move |tx, cx| appoint::appoint(tx, cx, &place, &input)).unwrap();
        let before = db.counters().statements();
        let entry = enters(db, &token, START + 11 * HOUR).unwrap();
        assert_eq!(db.counters().statements() - before, 3);
        assert_eq!(entry.principal.posts, [Post { role: Role::Officer, place: root }]);
        assert!(enters(db, &token, START + 12 * HOUR).is_none());
    });
}

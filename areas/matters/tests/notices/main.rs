//! What notices promise, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

mod objections;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use db::{Db, Fault, Tx};
use kernel::{Actor, Chance, Context, Day, Instant, PersonId, PlaceId, Post, Principal, Refusal, Role};
use matters::{
    duty::{self},
    notice::{
        Notice, NoticeId, Objection, ObjectionId, State,
        answer::{NewAnswer, answer},
        correct::{Correction, correct},
        draft::{DraftNotice, draft},
        end::end,
        object::{NewObjection, object},
        post::{post, post_now},
        queries,
        withdraw::{Withdrawal, withdraw},
    },
    verdict,
};
use people::post::{
    self as posts,
    appoint::{Appoint, appoint},
};
use places::{Level, commands::add};
use testkit::each_engine;

/// 2026-11-22, 10:00 in Beijing.
const START: i64 = 1_795_312_800_000_000;
const DAY: i64 = 86_400_000_000;

static ACTS: AtomicU64 = AtomicU64::new(0);

/// A context so many days after the start, each a second later than the one before, with chance of its own.
fn context(actor: Actor, days: i64) -> Context {
    let n = ACTS.fetch_add(1, Relaxed);
    let seconds = i64::try_from(n).unwrap() * 1_000_000 % (DAY / 4);
    Context::new(actor, Instant(START + days * DAY + seconds), 480, Chance::seeded(n))
}

fn act<T: Send + 'static>(
    db: &Db,
    cx: Context,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    db.write_wait(move |tx| command(tx, &mut cx.clone()))
}

#[track_caller]
fn refusal<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Refusal {
    match answer {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    refusal(answer).code
}

fn person(n: u32) -> PersonId {
    format!("1-{n:0>20}").parse().unwrap()
}

fn resident(n: u32) -> Actor {
    Actor::Person(Principal { person: person(n), verified: true, posts: vec![], seats: vec![] }.into())
}

fn with(n: u32, role: Role, place: &PlaceId) -> Actor {
    let posts = vec![Post { role, place: place.clone() }];
    Actor::Person(Principal { person: person(n), verified: true, posts, seats: vec![] }.into())
}

struct Ward {
    db: Db,
    street: PlaceId,
    community: PlaceId,
}

impl Ward {
    fn new(db: &Db) -> Ward {
        let add = |parent: Option<PlaceId>, level, name: &str| {
            let input = add::AddPlace { parent, level, name: name.into() };
            act(db, context(Actor::Operator, 0), move |tx, cx| add::add(tx, cx, &input)).unwrap().id
        };
        let street = add(None, Level::Subdistrict, "邻里街道");
        let community = add(Some(street.clone()), Level::Community, "和睦社区");
        Ward { db: db.clone(), street, community }
    }

    fn worker(&self) -> Actor {
        with(1, Role::Worker, &self.community)
    }

    fn secretary(&self) -> Actor {
        with(2, Role::Secretary, &self.community)
    }

    fn officer(&self) -> Actor {
        with(3, Role::Officer, &self.street)
    }

    fn typed(&self, kind: &str, days: Option<u32>) -> DraftNotice {
        DraftNotice {
            place: self.community.to_string(),
            kind: kind.into(),
            title: "资助名单公示".into(),
            body: "资助五个团队。下周一发放。".into(),
            days,
            ..DraftNotice::default()
        }
    }

    fn draft(&self, actor: Actor, input: DraftNotice) -> Result<Notice, Fault> {
        act(&self.db, context(actor, 0), move |tx, cx| draft(tx, cx, &input))
    }

    fn post(&self, actor: Actor, id: &NoticeId, days: i64) -> Result<Notice, Fault> {
        let id = id.clone();
        act(&self.db, context(actor, days), move |tx, cx| post(tx, cx, &id))
    }

    /// A notice that the worker puts up on the first day.
    fn posted(&self, kind: &str) -> Notice {
        let input = self.typed(kind, None);
        act(&self.db, context(self.worker(), 0), move |tx, cx| post_now(tx, cx, &input)).unwrap()
    }

    fn correct(&self, id: &NoticeId, body: &str, days: i64) -> Result<Notice, Fault> {
        let (id, why) = (id.clone(), "漏了一个团队".to_owned());
        let input = Correction { title: "资助名单公示".into(), body: body.into(), why };
        act(&self.db, context(self.worker(), days), move |tx, cx| correct(tx, cx, &id, &input))
    }

    fn object(&self, actor: Actor, id: &NoticeId, words: &str, days: i64) -> Result<Objection, Fault> {
        let (id, input) = (id.clone(), NewObjection { words: words.into(), ..NewObjection::default() });
        act(&self.db, context(actor, days), move |tx, cx| object(tx, cx, &id, &input))
    }

    fn answer(&self, actor: Actor, id: &ObjectionId, outcome: &str, days: i64) -> Result<Objection, Fault> {
        let input = NewAnswer { outcome: outcome.into(), words: "已经核对。".into() };
        let id = id.clone();
        act(&self.db, context(actor, days), move |tx, cx| answer(tx, cx, &id, &input))
    }

    /// Somebody holds a post there from the first day on.
    fn appoint(&self, n: u32, role: &str, place: &PlaceId) -> posts::PostId {
        static PERSON: db::Statement = db::Statement {
            name: "PERSON",
            module: "story",
            sql: "INSERT INTO persons (home, id, place, name, added_at) VALUES (?1, ?2, ?3, '某某', 0)",
        };
        let place = place.clone();
        let input = Appoint {
            person: person(n).to_string(),
            role: role.into(),
            from: "2026-11-22".into(),
            ..Appoint::default()
        };
        act(&self.db, context(Actor::Operator, 0), move |tx, cx| {
            tx.execute(&PERSON, db::params![place.home(), &person(n), &place])?;
            appoint(tx, cx, &place, &input)
        })
        .unwrap()
        .id
    }

    /// The duties that run at the street and below, as everybody's list there shows them.
    fn due(&self) -> Vec<duty::queries::Named> {
        let below = duty::queries::Scope::Below(self.street.to_string());
        let (home, now) = (self.street.home(), Instant(START));
        self.db
            .read_wait(move |s| duty::queries::page(s, (home, now), &below, &duty::queries::Filter::default(), 50))
            .unwrap()
    }

    fn end(&self, actor: Actor, id: &NoticeId, days: i64) -> Result<Notice, Fault> {
        let id = id.clone();
        act(&self.db, context(actor, days), move |tx, cx| end(tx, cx, &id))
    }

    fn shown(&self, id: &NoticeId) -> Notice {
        let id = id.clone();
        self.db.read_wait(move |s| queries::notice(s, &id)).unwrap()
    }

    /// What waits for its place in the log: kind and bytes.
    fn entries(&self) -> Vec<(String, String)> {
        static QUEUED: db::Statement = db::Statement {
            name: "QUEUED",
            module: "story",
            sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
        };
        let rows: Vec<(String, Vec<u8>)> = self.db.read_wait(|s| s.all(&QUEUED, &[])).unwrap();
        rows.into_iter().map(|(kind, leaf)| (kind, String::from_utf8(leaf).unwrap())).collect()
    }
}

fn day(text: &str) -> Option<Day> {
    Day::parse(text)
}

#[test]
fn a_notice_hangs_as_long_as_its_rule_asks_and_never_less() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let no = refusal(ward.draft(ward.worker(), ward.typed("residents-affairs", Some(14))));
        let args = vec![("days", kernel::Arg::Int(14)), ("least", kernel::Arg::Int(15))];
        assert_eq!((no.code, no.args), ("notice-too-short", args));
        let drafted = ward.draft(ward.worker(), ward.typed("residents-affairs", Some(20))).unwrap();
        assert_eq!((drafted.state, drafted.version, drafted.until_day.clone()), (State::Draft, 0, None));
        assert_eq!(ward.shown(&drafted.id), drafted);
        let posted = ward.post(ward.secretary(), &drafted.id, 0).unwrap();
        assert_eq!(ward.shown(&posted.id), posted);
        assert_eq!((posted.law.as_str(), posted.min_days, posted.days), ("organic-34", 15, 20));
        assert_eq!((posted.from_day, posted.until_day), (day("2026-11-22"), day("2026-12-12")));
        assert_eq!(refused(ward.post(ward.worker(), &posted.id, 0)), "notice-wrong-state");
        let least = ward.posted("residents-affairs");
        assert_eq!((least.days, least.until_day), (15, day("2026-12-07")));
        assert!(!least.provisional, "calendar days are certain");
        let meeting = ward.posted("property-committee-meeting");
        assert_eq!((meeting.until_day, meeting.provisional), (day("2026-12-04"), true), "2026 is not announced here");
    });
}

#[test]
fn only_who_works_there_posts_there() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let elsewhere = Ward::new(db);
        for (actor, code) in [
            (Actor::Visitor, "sign-in-first"),
            (resident(9), "not-allowed"),
            (elsewhere.worker(), "not-allowed"),
            (with(9, Role::Supervisor, &ward.community), "not-allowed"),
        ] {
            assert_eq!(refused(ward.draft(actor.clone(), ward.typed("other", None))), code);
            let notice = ward.posted("other");
            assert_eq!(refused(ward.end(actor.clone(), &notice.id, 30)), code);
            let (id, input) = (notice.id.clone(), Withdrawal { reason: "误发".into() });
            assert_eq!(refused(act(db, context(actor, 0), move |tx, cx| withdraw(tx, cx, &id, &input))), code);
        }
        assert!(ward.draft(ward.officer(), ward.typed("other", None)).is_ok(), "an officer reaches below");
        let wrong = DraftNotice { kind: "gossip".into(), title: "字".repeat(121), ..ward.typed("", None) };
        let no = refusal(ward.draft(ward.worker(), wrong));
        let fields: Vec<_> = no.fields.iter().map(|f| (f.field, f.code)).collect();
        assert_eq!(fields, [("title", "too-long"), ("kind", "unknown-choice")]);
        let nowhere = DraftNotice { place: "1-00000000000000000000".into(), ..ward.typed("other", None) };
        assert_eq!(refused(ward.draft(ward.worker(), nowhere)), "place-not-found");
    });
}

#[test]
fn a_correction_begins_the_time_again_and_the_old_wording_stays() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let notice = ward.posted("grant-approval");
        assert_eq!(notice.until_day, day("2026-11-30"), "the seventh day, 29 November, is a Sunday");
        assert_eq!(refused(ward.correct(&notice.id, &notice.body, 5)), "nothing-changed");
        let corrected = ward.correct(&notice.id, "资助六个团队。下周一发放。", 5).unwrap();
        assert_eq!((corrected.version, corrected.from_day.clone()), (2, day("2026-11-27")));
        assert_eq!(corrected.until_day, day("2026-12-04"));
        assert_eq!(ward.shown(&notice.id), corrected);
        assert_eq!(refused(ward.end(ward.worker(), &notice.id, 9)), "notice-still-running", "the first time is void");
        let id = notice.id.clone();
        let versions = db.read_wait(move |s| queries::versions(s, &id)).unwrap();
        let told: Vec<_> = versions.iter().map(|v| (v.version, v.body.as_str(), v.why.as_str())).collect();
        let (old, new) = ("资助五个团队。下周一发放。", "资助六个团队。下周一发放。");
        assert_eq!(told, [(2, new, "漏了一个团队"), (1, old, "")]);
        let parts = matters::notice::difference(old, new);
        assert_eq!(parts.len(), 3, "one sentence went, one came, one stayed");
    });
}

#[test]
fn it_ends_on_the_day_after_its_last_and_not_before() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let notice = ward.posted("other");
        assert_eq!(notice.until_day, day("2026-11-25"));
        for days in [0, 2, 3] {
            let no = refusal(ward.end(ward.worker(), &notice.id, days));
            let until = ("day", kernel::Arg::Text("2026-11-25".into()));
            assert_eq!((no.code, no.args), ("notice-still-running", vec![until]), "the last day counts to its end");
        }
        let ended = ward.end(ward.worker(), &notice.id, 4).unwrap();
        assert_eq!((ended.state, ended.closed_day.clone()), (State::Ended, day("2026-11-26")));
        assert_eq!(ward.shown(&notice.id), ended);
        assert_eq!(refused(ward.end(ward.worker(), &notice.id, 5)), "notice-wrong-state");
        let (home, subject) = (notice.id.home(), notice.id.to_string());
        let verdicts = db.read_wait(move |s| verdict::queries::about(s, home, &subject)).unwrap();
        assert_eq!(verdicts.len(), 1);
        let verdict = &verdicts[0];
        assert_eq!((verdict.kind.as_str(), verdict.passed), ("notice-minimum", Some(true)));
        assert_eq!(verdict.outcome["ended"], "2026-11-26");
        // the digest is over what the register itself shows
        let line = format!("{}\n{}\n{}\n", verdict.rule_set, verdict.parameters, verdict.outcome);
        assert_eq!(verdict.inputs, ledger::tree::Hash::of(line.as_bytes()));
        let kinds: Vec<_> = ward.entries().into_iter().map(|(kind, _)| kind).collect();
        for kind in ["notice.drafted", "notice.posted", "notice.ended", "verdict.recorded"] {
            assert_eq!(kinds.iter().filter(|k| *k == kind).count(), 1, "{kind}");
        }
    });
}

#[test]
fn a_withdrawn_notice_says_why_and_takes_nothing_more() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let notice = ward.posted("other");
        let take_back = |reason: &str| {
            let (id, input) = (notice.id.clone(), Withdrawal { reason: reason.into() });
            act(db, context(ward.worker(), 1), move |tx, cx| withdraw(tx, cx, &id, &input))
        };
        assert_eq!(refused(take_back("")), "invalid-input");
        let withdrawn = take_back("发错了小区").unwrap();
        assert_eq!((withdrawn.state, withdrawn.reason.as_str()), (State::Withdrawn, "发错了小区"));
        assert_eq!(ward.shown(&notice.id), withdrawn);
        assert_eq!(refused(take_back("再撤一次")), "notice-wrong-state");
        assert_eq!(refused(ward.object(resident(9), &notice.id, "不对", 1)), "notice-wrong-state");
        assert_eq!(refused(ward.correct(&notice.id, "改", 1)), "notice-wrong-state");
        assert_eq!(refused(ward.end(ward.worker(), &notice.id, 30)), "notice-wrong-state");
    });
}

#[test]
fn the_board_shows_a_place_and_what_is_below_and_pages_by_key() {
    each_engine(|db| {
        let (ward, other) = (Ward::new(db), Ward::new(db));
        let ids: Vec<_> = (0..35).map(|_| ward.posted("other").id).collect();
        let long = ward.posted("residents-affairs");
        other.posted("other");
        ward.draft(ward.worker(), ward.typed("other", None)).unwrap();
        let list = |path: Option<String>, kind: &str, after: Option<Notice>| {
            let filter = queries::Filter { path, kind: kind.into() };
            let read = db.read_wait(move |s| {
                let after = after.as_ref().and_then(|n| Some((n.until_day.as_ref()?, &n.id)));
                queries::running(s, &filter, after)
            });
            read.unwrap()
        };
        let first = list(Some(ward.street.to_string()), "", None);
        assert_eq!(first.len(), 30);
        let rest = list(Some(ward.street.to_string()), "", first.last().cloned());
        assert_eq!(rest.len(), 6);
        assert_eq!(rest.last().map(|n| &n.id), Some(&long.id), "what ends last stands last");
        let all: std::collections::BTreeSet<_> = first.iter().chain(&rest).map(|n| n.id.clone()).collect();
        assert!(all.len() == 36 && ids.iter().all(|id| all.contains(id)));
        assert_eq!(list(None, "", None).len(), 30);
        assert_eq!(list(Some(ward.street.to_string()), "residents-affairs", None), [long]);
        let community = format!("{}/{}", ward.street, ward.community);
        assert_eq!(list(Some(community.clone()), "", None).len(), 30);
        let drafts = db.read_wait(move |s| queries::drafts(s, &community, None)).unwrap();
        assert_eq!(drafts.len(), 1);
        ward.end(ward.worker(), &ids[0], 9).unwrap();
        let filter = queries::Filter { path: Some(ward.street.to_string()), kind: String::new() };
        let past = db.read_wait(move |s| queries::past(s, &filter, None)).unwrap();
        assert_eq!(past.iter().map(|n| &n.id).collect::<Vec<_>>(), [&ids[0]]);
    });
}

#[test]
fn a_form_sent_twice_is_one_notice() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let input = DraftNotice { once: "form-1".into(), ..ward.typed("other", None) };
        let first = ward.draft(ward.worker(), input.clone()).unwrap();
        assert_eq!(ward.draft(ward.worker(), input.clone()).unwrap(), first);
        let posted = act(db, context(ward.worker(), 0), move |tx, cx| post_now(tx, cx, &input)).unwrap();
        assert_eq!((posted.id.clone(), posted.state), (first.id, State::Posted));
    });
}

#[test]
fn what_two_people_send_under_one_name_stays_two_notices() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let sent =
            |title: &str| DraftNotice { title: title.into(), once: "form-1".into(), ..ward.typed("other", None) };
        let first = ward.draft(ward.worker(), sent("停水")).unwrap();
        let second = ward.draft(ward.secretary(), sent("停电")).unwrap();
        assert_eq!((first.title.as_str(), second.title.as_str()), ("停水", "停电"));
        assert_eq!(ward.draft(ward.worker(), sent("停水")).unwrap(), first);
        assert_eq!(ward.draft(ward.secretary(), sent("停电")).unwrap(), second);
    });
}

//! Who has a place is reminded on the day before; told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

use std::sync::{Arc, Mutex};

use activities::{
    ActivityId,
    activity::{
        cancel::{CancelActivity, cancel},
        hold::{HoldActivity, hold},
    },
    remind::Remind,
    signup::{
        join::{Enter, Join, enter, join},
        step_back::step_back,
    },
};
use db::Db;
use kernel::{Actor, Instant, PersonId, PlaceId, Principal};
use people::account::{ask, enter as come_in, prove, register};
use places::{Level, commands::add};
use testkit::{
    START,
    story::{Still, act, each_engine, entropy},
};
use work::{
    jobs::{Failure, Handler, Runner, Setup, Step},
    messages::{Deliver, Message, Post},
};

const HOUR: i64 = 3_600_000_000;

/// Keeps what it is given.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<(String, String)>>>);

impl Post for Kept {
    fn deliver(&self, _: &str, message: &Message) -> Result<(), Failure> {
        self.0.lock().unwrap().push((message.to.reveal().to_owned(), message.text.clone()));
        Ok(())
    }
}

/// Everything that is due so long after the start of the tests is done; answers with the reminders that went out.
fn after(db: &Db, hours: i64) -> Vec<(String, String)> {
    let kept = Kept::default();
    let handlers: Vec<Box<dyn Handler>> =
        vec![Box::new(Remind { offset_minutes: 480 }), Box::new(Deliver(kept.clone()))];
    let setup = Setup {
        db: db.clone(),
        clock: Arc::new(Still(Instant(START.0 + hours * HOUR))),
        entropy,
        offset_minutes: 480,
        holder: "test".into(),
    };
    let runner = Runner::new(setup, handlers);
    while runner.step().unwrap() != Step::Idle {}
    let mut sent = kept.0.lock().unwrap().clone();
    sent.retain(|(_, text)| text.contains("写春联"));
    sent
}

/// Somebody whose telephone is known to be theirs.
fn neighbour(db: &Db, place: &PlaceId, (name, phone): (&'static str, &'static str)) -> Actor {
    let at = place.clone();
    let person: PersonId = act(db, Actor::Operator, move |tx, cx| {
        let site = places::site(tx, &at)?.unwrap();
        register::register(tx, cx, &site, &register::Register { name: name.into(), contact: phone.into() })
    })
    .unwrap();
    act(db, Actor::Visitor, move |tx, cx| {
        let purpose = ask::Purpose::SignIn;
        let wanted = ask::AskCode { contact: phone.into(), purpose, locale: ui::Locale::ZhHans, network: None };
        let sent = ask::ask(tx, cx, &wanted)?;
        let (code, challenge) = (sent.shown(true).unwrap().to_owned(), sent.challenge.to_text());
        let ticket =
            prove::prove(tx, cx, &prove::Prove { contact: phone.into(), challenge, code, purpose })?.ticket()?;
        let who = come_in::Who::Named { name: name.into(), place: None };
        come_in::enter(tx, cx, &come_in::Enter { ticket, who, device: String::new() })
    })
    .unwrap();
    Actor::Person(Arc::new(Principal { person, verified: true, posts: Vec::new(), seats: Vec::new() }))
}

/// On the day after tomorrow, from ten to twelve: 48 hours after the start.
fn held(db: &Db, place: &PlaceId, capacity: u32) -> ActivityId {
    let input = HoldActivity {
        place: place.to_string(),
        theme: "culture".into(),
        title: "写春联".into(),
        spot: "二层活动室".into(),
        day: "2026-11-24".into(),
        from: "10:00".into(),
        until: "12:00".into(),
        capacity,
        ..HoldActivity::default()
    };
    act(db, Actor::Operator, move |tx, cx| hold(tx, cx, &input)).unwrap().id
}

fn joins(db: &Db, who: &Actor, id: &ActivityId) {
    let id = id.clone();
    act(db, who, move |tx, cx| join(tx, cx, &id, &Join { heads: 1 })).unwrap();
}

#[test]
fn who_has_a_place_is_reminded_once_and_who_waits_or_stepped_back_is_not() {
    each_engine(|db| {
        let add = add::AddPlace { parent: None, level: Level::Subdistrict, name: "北园街道".into() };
        let place = act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &add)).unwrap().id;
        let [one, two, three] = [("王芳", "13900000001"), ("李远山", "13900000002"), ("赵听雪", "13900000003")]
            .map(|who| neighbour(db, &place, who));
        let (full, off) = (held(db, &place, 4), held(db, &place, 0));
        joins(db, &two, &full);
        joins(db, &one, &full);
        // entered at the desk by name: nobody to write to
        let (id, input) = (full.clone(), Enter { name: "楼上大爷".into(), heads: 2, once: String::new() });
        act(db, Actor::Operator, move |tx, cx| enter(tx, cx, &id, &input)).unwrap();
        joins(db, &three, &full);
        let id = full.clone();
        act(db, &two, move |tx, cx| step_back(tx, cx, &id)).unwrap();
        joins(db, &one, &off);
        let id = off.clone();
        act(db, Actor::Operator, move |tx, cx| cancel(tx, cx, &id, &CancelActivity { reason: "下雨".into() })).unwrap();

        assert_eq!(after(db, 23), [], "two days before nobody is told");
        let told = after(db, 25);
        let mut to: Vec<&str> = told.iter().map(|(to, _)| to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, ["13900000001", "13900000003"], "the first keeps the place, the third moved up");
        assert!(told[0].1.contains("10:00") && told[0].1.contains("二层活动室"), "{}", told[0].1);
        assert_eq!(after(db, 26), [], "nobody is told twice");
    });
}

#[test]
fn nobody_is_reminded_of_what_begins_at_once() {
    each_engine(|db| {
        let add = add::AddPlace { parent: None, level: Level::Subdistrict, name: "北园街道".into() };
        let place = act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &add)).unwrap().id;
        let me = neighbour(db, &place, ("王芳", "13900000001"));
        let input = HoldActivity {
            place: place.to_string(),
            theme: "culture".into(),
            title: "写春联".into(),
            day: "2026-11-22".into(),
            from: "11:00".into(),
            until: "12:00".into(),
            ..HoldActivity::default()
        };
        let id = act(db, Actor::Operator, move |tx, cx| hold(tx, cx, &input)).unwrap().id;
        joins(db, &me, &id);
        assert_eq!(after(db, 0), []);
    });
}

//! What activities promise, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod checkins;
mod support;

use activities::{
    activity::{
        cancel::{CancelActivity, cancel},
        change::{ChangeActivity, change},
        hold::{HoldActivity, hold},
    },
    checkin::{
        here::scan,
        take::{Arrival, CheckIn},
    },
    feedback::{
        self,
        rate::{Rate, RatePaper, rate, rate_paper},
    },
    signup::{
        self, SignUp, State as Place,
        paste::{PasteList, paste},
        step_back::step_back,
    },
};
use db::Fault;
use kernel::{Actor, Chance, Context, PersonId, Role};
use testkit::{
    START,
    story::{act, each_engine, fields, refused},
};

use support::*;

#[test]
fn an_activity_is_held_once_and_its_words_stay_out_of_the_open_log() {
    each_engine(|db| {
        let Town { community, root } = town(db);
        let worker = holder(1, Role::Worker, &community);
        let input = HoldActivity { once: "form".into(), ..typed(&community, 0) };
        let hold_as = |actor: &Actor, input: &HoldActivity| {
            let input = input.clone();
            act(db, actor, move |tx, cx| hold(tx, cx, &input))
        };
        let first = hold_as(&worker, &input).unwrap();
        assert_eq!(hold_as(&worker, &input).unwrap(), first, "sent twice");
        assert_eq!(refused(hold_as(&somebody(2, &root, Vec::new()), &input)), "not-allowed");
        let wrong = HoldActivity { until: "9:00".into(), title: String::new(), ..input.clone() };
        assert_eq!(fields(hold_as(&worker, &wrong)), ["title: required", "until: ends-too-early"]);
        let leaves: Vec<(String, Vec<u8>)> = db.read_wait(|s| s.all(&LEAVES, &[])).unwrap();
        let told: Vec<_> = leaves.iter().filter(|(kind, _)| kind == "activity.held").collect();
        assert_eq!(told.len(), 1);
        let secret = {
            let id = first.id.clone();
            let cx = Context::new(worker.clone(), START, 480, Chance::seeded(1));
            db.read_wait(move |s| scan(s, &cx, (&id, cx.actor.person().unwrap()), "0000000000000000"))
        };
        assert_eq!(refused(secret), "room-code-stale");
        let text = String::from_utf8(told[0].1.clone()).unwrap();
        for hidden in ["写春联", "毛笔", "活动室", worker.person().unwrap().as_str()] {
            assert!(!text.contains(hidden), "{text}");
        }
        let (id, why) = (first.id.clone(), CancelActivity { reason: "下雨".into() });
        let off = act(db, &worker, move |tx, cx| cancel(tx, cx, &id, &why)).unwrap();
        assert_eq!(off.cancelled_reason, "下雨");
        assert_eq!(refused(joins(db, &worker, &first.id, 1)), "activity-cancelled");
        assert_eq!(
            refused(takes(db, &worker, &first.id, CheckIn { sent: None, rows: vec![tap("a")] })),
            "activity-cancelled"
        );
    });
}

#[test]
fn who_waits_moves_up_in_order_and_no_more_come_than_fit_in() {
    each_engine(|db| {
        let Town { community, .. } = town(db);
        let of = held(db, &community, 4);
        let people: Vec<Actor> = (10..15).map(|seed| somebody(seed, &community, Vec::new())).collect();
        let states = |rows: &[SignUp]| rows.iter().map(|row| (row.number, row.state)).collect::<Vec<_>>();
        let first = joins(db, &people[0], &of.id, 3).unwrap();
        let big = joins(db, &people[1], &of.id, 3).unwrap();
        // one would fit, but nobody passes who came before
        let small = joins(db, &people[2], &of.id, 1).unwrap();
        assert_eq!(states(&[first.clone(), big, small]), [(1, Place::In), (2, Place::Waiting), (3, Place::Waiting)]);
        assert_eq!(joins(db, &people[0], &of.id, 1).unwrap(), first, "signed up already");
        assert_eq!(fields(joins(db, &people[3], &of.id, 5)), ["heads: too-large"]);
        assert_eq!((activity(db, &of.id).heads, activity(db, &of.id).waiting), (3, 2));
        let leave_as = |who: &Actor| {
            let id = of.id.clone();
            act(db, who, move |tx, cx| step_back(tx, cx, &id))
        };
        leave_as(&people[0]).unwrap();
        leave_as(&people[0]).unwrap();
        assert_eq!((activity(db, &of.id).heads, activity(db, &of.id).waiting), (4, 0), "both move up, once");
        assert_eq!(refused(leave_as(&people[4])), "not-signed-up");
        // who comes again is the last one
        assert_eq!(states(&[joins(db, &people[0], &of.id, 2).unwrap()]), [(4, Place::Waiting)]);
        let more = ChangeActivity { revision: 0, activity: typed(&community, 6) };
        let id = of.id.clone();
        let wider = act(db, Actor::Operator, move |tx, cx| change(tx, cx, &id, &more)).unwrap();
        assert_eq!((wider.heads, wider.waiting, wider.capacity), (6, 0, 6), "a larger room");
    });
}

#[test]
fn twenty_who_sign_up_at_once_get_the_seven_places_that_there_are() {
    each_engine(|db| {
        let Town { community, .. } = town(db);
        let of = held(db, &community, 7);
        let states: Vec<Place> = std::thread::scope(|scope| {
            let threads: Vec<_> = (100..120)
                .map(|seed| {
                    let (id, who) = (of.id.clone(), somebody(seed, &community, Vec::new()));
                    scope.spawn(move || joins(db, &who, &id, 1).unwrap().state)
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(states.iter().filter(|state| **state == Place::In).count(), 7);
        let now = activity(db, &of.id);
        assert_eq!((now.heads, now.waiting), (7, 13));
        let id = of.id.clone();
        let rows = db.read_wait(move |s| signup::queries::list(s, &id, 0)).unwrap();
        let numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    });
}

#[test]
fn a_list_of_a_chat_group_is_taken_whole_and_grows() {
    each_engine(|db| {
        let Town { community, .. } = town(db);
        let of = held(db, &community, 5);
        let paste_as = |text: &str| {
            let (id, input) = (of.id.clone(), PasteList { list: text.into() });
            act(db, Actor::Operator, move |tx, cx| paste(tx, cx, &id, &input))
        };
        assert_eq!(fields(paste_as("接龙\n1. 远山 2人\n2. 近水 13900001717")), ["list: list-has-errors"]);
        assert_eq!(fields(paste_as("大家好")), ["list: list-without-rows"]);
        assert_eq!(activity(db, &of.id).heads, 0, "all or nothing");
        let first = paste_as("#接龙\n1. 远山 2人\n2、近水\n").unwrap();
        assert_eq!((first.taken, first.waiting, first.known), (2, 0, 0));
        let grown = paste_as("#接龙\n1. 远山 2人\n2、近水\n3 听雪+1\n4 映月").unwrap();
        assert_eq!((grown.taken, grown.waiting, grown.known), (1, 1, 2));
        assert_eq!((activity(db, &of.id).heads, activity(db, &of.id).waiting), (5, 1));
    });
}

#[test]
fn feedback_is_shown_from_five_answers_on() {
    each_engine(|db| {
        let Town { community, .. } = town(db);
        let of = held(db, &community, 0);
        let me = somebody(60, &community, Vec::new());
        let rate_as = |who: &Actor, grade: u32| {
            let (id, input) = (of.id.clone(), Rate { grade, words: "好".into() });
            act(db, who, move |tx, cx| rate(tx, cx, &id, &input))
        };
        assert_eq!(refused(rate_as(&me, 5)), "not-checked-in");
        let row = joins(db, &me, &of.id, 1).unwrap();
        let signed = Arrival { sign_up: row.id.to_string(), ..Arrival::default() };
        takes(db, &Actor::Operator, &of.id, CheckIn { sent: None, rows: vec![signed] }).unwrap();
        assert_eq!(fields(rate_as(&me, 6)), ["grade: too-large"]);
        rate_as(&me, 1).unwrap();
        rate_as(&me, 5).unwrap();
        let grades = || {
            let id = of.id.clone();
            db.read_wait(move |s| {
                Ok::<_, Fault>((feedback::queries::grades(s, &id)?, feedback::queries::words(s, &id)?))
            })
            .unwrap()
        };
        let slip = |n: u32| {
            let rate = Rate { grade: 4, words: format!("第{n}张") };
            let (id, input) = (of.id.clone(), RatePaper { rate, once: n.to_string() });
            act(db, Actor::Operator, move |tx, cx| rate_paper(tx, cx, &id, &input)).unwrap();
        };
        (0..3).for_each(slip);
        slip(2);
        let (few, words) = grades();
        assert_eq!((few.answers, few.by_grade, few.tenths(), words.len()), (4, [0; 5], None, 0));
        slip(3);
        let (five, words) = grades();
        // (5 + 4 * 4) / 5 = 4.2
        assert_eq!((five.answers, five.by_grade, five.tenths()), (5, [0, 0, 0, 4, 1], Some(42)));
        assert_eq!(words.len(), 5);
        let stranger: PersonId = kernel::Id::random(community.home(), &mut Chance::seeded(99));
        let id = of.id.clone();
        assert_eq!(db.read_wait(move |s| feedback::queries::own(s, &id, &stranger)).unwrap(), None);
    });
}

//! What duties promise, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

mod support;

use db::{Db, Fault};
use kernel::{Actor, Day};
use matters::duty::{
    Duty, DutyId, Holder, State,
    cancel::{Reason, cancel},
    count::{Happened, count},
    extend::{Extend, extend},
    give::{GiveDuty, give},
    hand_over::{HandOver, hand_over, hand_over_all},
    meet::{Meet, meet},
    pause::{pause, resume},
    plan::{MakePlan, plan, unfold},
    queries::{self, Filter, Scope},
    recount::recount,
};
use rights::{Action, authorize};
use support::{Town, act, at, each_engine, opened, reckoned, refused};
use work::{
    calendar::{DayKind, NamedDay, YearDays},
    clock::{Light, Rule},
};

fn owes(actor: &Actor) -> Holder {
    Holder::Person(actor.person().unwrap().clone())
}

fn typed(town: &Town, holder: Holder, rule: &str) -> GiveDuty {
    let rule: Rule = rule.parse().unwrap();
    GiveDuty { title: "上门看一看".into(), ..GiveDuty::new(town.east.clone(), holder, &rule) }
}

fn given(db: &Db, actor: &Actor, day: &str, input: GiveDuty) -> Result<Duty, Fault> {
    act(db, actor, day, move |tx, cx| reckoned(&[], |r| give(tx, cx, r, &input)))
}

fn met(db: &Db, actor: &Actor, day: &str, id: &DutyId) -> Result<Duty, Fault> {
    let (id, input) = (id.clone(), Meet { words: "看过了。".into(), evidence: Vec::new() });
    act(db, actor, day, move |tx, cx| meet(tx, cx, &id, &input))
}

fn duty(db: &Db, id: &DutyId) -> Duty {
    let id = id.clone();
    db.read_wait(move |s| queries::duty(s, &id)).unwrap()
}

fn due(duty: &Duty) -> (&str, bool) {
    let due = duty.deadline.as_ref().unwrap();
    (due.day.as_str(), due.provisional)
}

#[test]
fn national_day_is_skipped_and_an_unknown_year_is_provisional_until_its_calendar_comes() {
    each_engine(|db| {
        let town = Town::new(db);
        let worker = town.worker_of(&town.east);
        // 28 September 2025 is a worked Sunday, 1 to 8 October are holidays, 11 October is a worked Saturday
        let duty25 = given(db, &worker, "2025-09-29", typed(&town, owes(&worker), "workdays:5")).unwrap();
        assert_eq!(due(&duty25), ("2025-10-13", false));
        let duty26 = given(db, &worker, "2026-09-29", typed(&town, owes(&worker), "workdays:5")).unwrap();
        assert_eq!(due(&duty26), ("2026-10-06", true));
        let holiday = |n: u8| NamedDay {
            day: Day::parse(&format!("2026-10-{n:02}")).unwrap(),
            kind: DayKind::Holiday,
            name: "国庆节".into(),
        };
        let year = YearDays { year: 2026, days: (1..=7).map(holiday).collect() };
        let recounted = |actor: &Actor| {
            let (home, year) = (town.home(), year.clone());
            act(db, actor, "2026-09-30", move |tx, cx| {
                reckoned(std::slice::from_ref(&year), |r| recount(tx, cx, r, home, None))
            })
        };
        assert_eq!(refused(recounted(&worker)), "not-allowed");
        assert_eq!(recounted(&Actor::Operator).unwrap().changed, 1);
        assert_eq!(due(&duty(db, &duty26.id)), ("2026-10-13", false));
        assert_eq!(due(&duty(db, &duty25.id)), ("2025-10-13", false), "a known year is left alone");
        assert_eq!(recounted(&Actor::Operator).unwrap().changed, 0);
    });
}

#[test]
fn of_two_who_meet_at_once_one_does() {
    each_engine(|db| {
        let town = Town::new(db);
        let worker = town.worker_of(&town.east);
        let id = given(db, &worker, "2025-03-03", typed(&town, owes(&worker), "days:3")).unwrap().id;
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let (db, worker, id) = (db.clone(), worker.clone(), id.clone());
                std::thread::spawn(move || met(&db, &worker, "2025-03-04", &id))
            })
            .collect();
        let answers: Vec<_> = threads.into_iter().map(|t| t.join().unwrap()).collect();
        assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 1);
        let no = answers.into_iter().find(Result::is_err).unwrap();
        assert_eq!(refused(no), "duty-ended");
        assert_eq!(duty(db, &id).state, State::Met);
    });
}

#[test]
fn only_who_owes_it_or_works_there_meets_it() {
    each_engine(|db| {
        let town = Town::new(db);
        let (worker, liu) = (town.worker_of(&town.east), town.resident());
        let id = given(db, &worker, "2025-03-03", typed(&town, owes(&liu), "days:3")).unwrap().id;
        assert_eq!(refused(met(db, &town.resident(), "2025-03-04", &id)), "not-allowed");
        assert_eq!(refused(met(db, &town.worker_of(&town.west), "2025-03-04", &id)), "not-allowed");
        let empty = act(db, &liu, "2025-03-04", {
            let id = id.clone();
            move |tx, cx| meet(tx, cx, &id, &Meet::default())
        });
        assert_eq!(refused(empty), "invalid-input", "no evidence");
        assert_eq!(met(db, &liu, "2025-03-07", &id).unwrap().state, State::MetLate);
        let other = given(db, &liu, "2025-03-03", typed(&town, owes(&liu), "days:3"));
        assert_eq!(refused(other), "not-allowed", "residents give no duties");
    });
}

#[test]
fn more_time_once_and_a_clock_that_stands() {
    each_engine(|db| {
        let town = Town::new(db);
        let worker = town.worker_of(&town.east);
        let id = given(db, &worker, "2025-03-03", typed(&town, owes(&worker), "workdays:5")).unwrap().id;
        let more = |day: &str, words: &'static str| {
            let (id, input) = (id.clone(), Extend { span: "workdays:3".into(), words: words.into() });
            act(db, &worker, day, move |tx, cx| reckoned(&[], |r| extend(tx, cx, r, &id, &input)))
        };
        assert_eq!(refused(more("2025-03-04", "")), "invalid-input", "with a reason");
        assert_eq!(due(&more("2025-03-04", "等配件").unwrap()).0, "2025-03-13");
        assert_eq!(refused(more("2025-03-05", "还在等")), "extended-before");
        let reason = Reason { words: "等厂家".into() };
        let stopped = act(db, &worker, "2025-03-06", {
            let (id, reason) = (id.clone(), reason.clone());
            move |tx, cx| reckoned(&[], |r| pause(tx, cx, r, &id, &reason))
        })
        .unwrap();
        assert_eq!((stopped.state, &stopped.deadline), (State::Paused, &None));
        assert_eq!(stopped.light(at("2025-12-01")), Some(Light::Paused));
        let go_on = {
            let id = id.clone();
            move |db: &Db, worker: &Actor| {
                let id = id.clone();
                act(db, worker, "2025-03-10", move |tx, cx| reckoned(&[], |r| resume(tx, cx, r, &id)))
            }
        };
        // two workdays stood still: 6 and 7 March
        assert_eq!(due(&go_on(db, &worker).unwrap()).0, "2025-03-17");
        assert_eq!(refused(go_on(db, &worker)), "duty-not-paused");
        let gone = act(db, &worker, "2025-03-11", {
            let id = id.clone();
            move |tx, cx| cancel(tx, cx, &id, &reason)
        });
        assert_eq!(gone.unwrap().state, State::Cancelled);
        assert_eq!(refused(met(db, &worker, "2025-03-11", &id)), "duty-ended");
    });
}

#[test]
fn what_is_owed_each_month_is_made_once_and_counted_once() {
    each_engine(|db| {
        let town = Town::new(db);
        let worker = town.worker_of(&town.east);
        for rule in ["every-month", "times-a-year:12"] {
            let input = MakePlan {
                place: town.east.clone(),
                title: "五方联席会议".into(),
                kind: "joint-meeting".into(),
                holder: owes(&worker),
                rule: rule.into(),
            };
            act(db, &worker, "2025-01-06", move |tx, cx| plan(tx, cx, &input)).unwrap();
        }
        let home = town.home();
        for day in ["2025-01-06", "2025-01-07", "2025-02-03"] {
            let left = act(db, &Actor::Operator, day, move |tx, cx| reckoned(&[], |r| unfold(tx, cx, r, home, None)));
            assert_eq!(left, Ok(None));
        }
        let path = format!("{}/{}", town.street, town.east);
        let mine = Scope::Below(path.clone());
        let list = || {
            let mine = mine.clone();
            db.read_wait(move |s| queries::page(s, (home, at("2025-02-10")), &mine, &Filter::default(), 50)).unwrap()
        };
        let days: Vec<_> = list().iter().map(|n| n.duty.deadline.as_ref().unwrap().day.to_string()).collect();
        assert_eq!(days, ["2025-01-31", "2025-02-28", "2025-12-31"], "one a period");
        let held = |day: &'static str, evidence: &'static str| {
            let (path, site_place) = (path.clone(), town.east.clone());
            act(db, &worker, day, move |tx, cx| {
                let site = places::queries::site(tx, &site_place)?.unwrap();
                let permit = authorize(&cx.actor, Action::GiveDuty, &site)?;
                let day = cx.day.clone();
                let what = Happened { path: &path, kind: "joint-meeting", day: &day, evidence };
                reckoned(&[], |r| count(tx, cx, r, &permit, &what))
            })
        };
        assert_eq!(held("2025-02-10", "meeting:1"), Ok(2), "towards the month and the year");
        assert_eq!(held("2025-02-10", "meeting:1"), Ok(0), "once");
        assert_eq!(held("2025-02-11", "meeting:2"), Ok(1), "the month is met");
        let left = list();
        let light = |n: usize| left[n].duty.light(at("2025-02-10"));
        assert_eq!((left.len(), light(0), light(1)), (2, Some(Light::Red), Some(Light::Green)));
        assert_eq!(left[1].duty.n_done, 2);
    });
}

#[test]
fn one_duty_or_all_go_over_to_somebody_else() {
    each_engine(|db| {
        let town = Town::new(db);
        let (old, new) = (town.worker_of(&town.east), town.worker_of(&town.east));
        let first = given(db, &old, "2025-03-03", typed(&town, owes(&old), "days:3")).unwrap().id;
        let over = |id: &DutyId, to: &Actor| {
            let (id, input) = (id.clone(), HandOver { to: owes(to), words: "换人了".into() });
            act(db, &old, "2025-03-03", move |tx, cx| hand_over(tx, cx, &id, &input))
        };
        assert_eq!(over(&first, &new).unwrap().holder, owes(&new));
        assert_eq!(refused(over(&first, &new)), "same-holder");
        for _ in 0..105 {
            given(db, &old, "2025-03-03", typed(&town, owes(&old), "days:3")).unwrap();
        }
        let all = |actor: &Actor| {
            let (from, input) = (owes(&old), HandOver { to: owes(&new), words: String::new() });
            act(db, actor, "2025-03-03", move |tx, cx| hand_over_all(tx, cx, &from, &input))
        };
        assert_eq!(refused(all(&town.worker_of(&town.west))), "not-allowed");
        let now = all(&old).unwrap();
        assert_eq!((now.done, now.left), (100, 5));
        let now = all(&old).unwrap();
        assert_eq!((now.done, now.left), (5, 0));
        let now = all(&old).unwrap();
        assert_eq!((now.done, now.left), (0, 0));
        let holder = owes(&new);
        let (n, _) = db.read_wait(move |s| queries::of_holder(s, &holder)).unwrap();
        assert_eq!(n, 106);
    });
}

#[test]
fn an_answer_waits_for_what_else_is_owed() {
    use matters::matter::{
        Outcome,
        close::{Answer, close},
    };
    each_engine(|db| {
        let town = Town::new(db);
        let worker = town.worker_of(&town.east);
        let id = opened(db, &town.resident(), "2025-03-03", support::lamp(&town.east)).unwrap().id;
        let task = GiveDuty { matter: Some(id.clone()), ..typed(&town, owes(&worker), "days:3") };
        let task = given(db, &worker, "2025-03-03", task).unwrap().id;
        let closed = || {
            let id = id.clone();
            let answer = Answer { outcome: Outcome::Solved, words: "好了".into(), files: Vec::new() };
            act(db, &worker, "2025-03-04", move |tx, cx| close(tx, cx, &id, &answer))
        };
        assert_eq!(refused(closed()), "duties-still-open");
        assert_eq!(support::matter(db, &id).n_waits, 1);
        met(db, &worker, "2025-03-04", &task).unwrap();
        closed().unwrap();
        assert_eq!(support::thread(db, &id, false), ["opened", "duty", "duty-met", "answered"]);
    });
}

#[test]
fn a_role_ends_only_when_its_duties_are_handed_over() {
    use kernel::{Post, Role};
    use people::{
        commands::register::{RegisterPerson, register},
        post::{
            PostId,
            appoint::{Appoint, appoint},
            end::{End, end},
        },
    };
    each_engine(|db| {
        let town = Town::new(db);
        let (home, east) = (town.home(), town.east.clone());
        let appointed = |name: &str| {
            let input = RegisterPerson { place: east.to_string(), name: name.into() };
            let someone =
                act(db, &Actor::Operator, "2025-03-03", move |tx, cx| register(tx, cx, home, &input)).unwrap();
            let input = Appoint {
                person: someone.to_string(),
                role: "worker".into(),
                from: "2025-03-03".into(),
                until: String::new(),
                reason: String::new(),
            };
            let place = east.clone();
            let post = act(db, &Actor::Operator, "2025-03-03", move |tx, cx| appoint(tx, cx, &place, &input)).unwrap();
            (someone, post.id)
        };
        let ((who, old), (_, new)) = (appointed("甲（虚构）"), appointed("乙（虚构）"));
        let ended = |post: &PostId| {
            let post = post.clone();
            act(db, &Actor::Operator, "2025-03-05", move |tx, cx| end(tx, cx, &post, &End { reason: String::new() }))
        };
        let worker = town.worker_of(&town.east);
        for rule in ["days:3", "workdays:5"] {
            given(db, &worker, "2025-03-03", typed(&town, Holder::Post(old.clone()), rule)).unwrap();
        }
        // whoever holds the post finds them under "mine", and may meet them
        let posts = vec![Post { role: Role::Worker, place: town.east.clone() }];
        let principal = kernel::Principal { person: who, verified: true, posts, seats: Vec::new() };
        let holder = Actor::Person(principal.into());
        let actor = holder.clone();
        let mine = db
            .read_wait(move |s| {
                let mine = queries::mine(s, &actor, &Day::parse("2025-03-04").unwrap())?;
                Ok::<_, Fault>(queries::page(s, (home, at("2025-03-04")), &Scope::Mine(mine), &Filter::default(), 50)?)
            })
            .unwrap();
        assert_eq!(mine.len(), 2);
        assert_eq!((mine[0].role.as_str(), mine[0].of.as_str()), ("worker", "东里"));
        assert_eq!(refused(ended(&old)), "duties-open");
        met(db, &holder, "2025-03-04", &mine[0].duty.id).unwrap();
        assert_eq!(refused(ended(&old)), "duties-open", "one is left");
        let handed = act(db, &worker, "2025-03-04", {
            let (from, to) = (Holder::Post(old.clone()), Holder::Post(new.clone()));
            move |tx, cx| hand_over_all(tx, cx, &from, &HandOver { to: to.clone(), words: String::new() })
        });
        assert_eq!(handed.map(|h| (h.done, h.left)), Ok((1, 0)));
        ended(&old).unwrap();
        let to_gone = given(db, &worker, "2025-03-06", typed(&town, Holder::Post(old), "days:3"));
        assert_eq!(refused(to_gone), "post-ended", "who has gone gets none");
        assert_eq!(refused(ended(&new)), "duties-open");
    });
}

#[test]
fn what_is_due_takes_five_statements_however_many_duties_there_are() {
    each_engine(|db| {
        let town = Town::new(db);
        let worker = town.worker_of(&town.east);
        let home = town.home();
        let (first, last) = (Day::parse("2025-01-01").unwrap(), Day::parse("2026-01-01").unwrap());
        let spent = |n: usize| {
            for _ in 0..n {
                given(db, &worker, "2025-03-03", typed(&town, owes(&worker), "workdays:5")).unwrap();
            }
            let (actor, path, first, last) = (worker.clone(), town.street.to_string(), first.clone(), last.clone());
            let before = db.counters().statements();
            let (counts, rows, cells) = db
                .read_wait(move |s| {
                    let at = (home, at("2025-03-04"));
                    let mine = Scope::Mine(queries::mine(s, &actor, &first)?);
                    let counts = queries::counts(s, at.0, at.1, &mine)?;
                    let rows = queries::page(s, at, &mine, &Filter::default(), queries::PAGE)?;
                    let cells = queries::board(s, at, &path, (&first, &last))?;
                    Ok::<_, Fault>((counts, rows.len(), cells))
                })
                .unwrap();
            (db.counters().statements() - before, counts.green, rows, cells)
        };
        let (few, n, rows, _) = spent(2);
        assert_eq!((few, n, rows), (5, 2, 2));
        let (many, n, rows, cells) = spent(80);
        assert_eq!((many, n, rows), (5, 82, 50), "a page of fifty");
        assert_eq!((cells.len(), cells[0].month.as_str(), cells[0].green), (1, "2025-03", 82));
        // the lights and the key of the next page
        let (actor, first) = (worker.clone(), Day::parse("2025-03-04").unwrap());
        let (reds, next) = db
            .read_wait(move |s| {
                let at = (home, at("2025-03-11"));
                let mine = Scope::Mine(queries::mine(s, &actor, &first)?);
                let red = Filter { light: Some(Light::Red), ..Filter::default() };
                let rows = queries::page(s, at, &mine, &red, queries::PAGE)?;
                let last = rows.last().unwrap();
                let after = Some((last.duty.deadline.as_ref().unwrap().until, last.duty.id.clone()));
                let next = queries::page(s, at, &mine, &Filter { after, ..red }, queries::PAGE)?;
                Ok::<_, Fault>((rows.len(), next.len()))
            })
            .unwrap();
        assert_eq!((reds, next), (50, 32));
    });
}

#[test]
fn jobs_unfold_plans_each_day_and_recount_when_a_calendar_comes() {
    use std::sync::{
        Arc,
        atomic::{AtomicI64, Ordering::Relaxed},
    };

    use kernel::{Clock, Instant};
    use matters::duty::jobs::{Recount, Unfold, start};
    use work::{
        commands::import_calendar::{ImportCalendar, import_calendar},
        jobs::{Runner, Setup, Step},
    };

    struct Hand(Arc<AtomicI64>);
    impl Clock for Hand {
        fn now(&self) -> Instant {
            Instant(self.0.load(Relaxed))
        }
    }
    each_engine(|db| {
        let town = Town::new(db);
        let (home, worker) = (town.home(), town.worker_of(&town.east));
        let clock = Arc::new(AtomicI64::new(0));
        let setup = Setup {
            db: db.clone(),
            clock: Arc::new(Hand(clock.clone())),
            entropy: testkit::story::entropy,
            offset_minutes: support::OFFSET,
            holder: "story".into(),
        };
        let offset_minutes = support::OFFSET;
        let runner =
            Runner::new(setup, vec![Box::new(Recount { offset_minutes }), Box::new(Unfold { offset_minutes })]);
        // an hour after whatever the stories did on this day
        let run = |day: &str| {
            clock.store(at(day).0 + 3_600_000_000, Relaxed);
            let mut done = 0;
            loop {
                match runner.step().unwrap() {
                    Step::Idle => break done,
                    Step::Done(_) => done += 1,
                    other => panic!("{other:?}"),
                }
            }
        };
        let input = MakePlan {
            place: town.east.clone(),
            title: "五方联席会议".into(),
            kind: "joint-meeting".into(),
            holder: owes(&worker),
            rule: "every-month".into(),
        };
        act(db, &worker, "2026-01-06", move |tx, cx| plan(tx, cx, &input)).unwrap();
        let begin = |day: &str| act(db, &Actor::Operator, day, |tx, cx| Ok(start(tx, cx)?)).unwrap();
        begin("2026-01-06");
        begin("2026-01-06");
        let path = town.street.to_string();
        let days = || {
            let path = Scope::Below(path.clone());
            let list = db.read_wait(move |s| queries::page(s, (home, at("2026-01-01")), &path, &Filter::default(), 50));
            list.unwrap().iter().map(|named| named.duty.deadline.as_ref().unwrap().day.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(run("2026-01-06"), 2, "the plan's own, and the day's once");
        assert_eq!(days(), ["2026-01-31"]);
        assert_eq!(run("2026-01-06"), 0, "tomorrow's waits");
        assert_eq!(run("2026-01-07"), 1, "one a day");
        assert_eq!(run("2026-02-02"), 1, "the one that waited; the days between are over");
        assert_eq!(days(), ["2026-01-31", "2026-02-28"]);

        let duty = given(db, &worker, "2030-09-29", typed(&town, owes(&worker), "workdays:5")).unwrap();
        assert_eq!(due(&duty), ("2030-10-04", true));
        let street = town.street.clone();
        // the three days that matter, and as many others as a year has
        let days = (1..=3).map(|n| format!("2030-10-{n:02}")).chain((1..=12).map(|n| format!("2030-02-{n:02}")));
        let days: Vec<String> = days.map(|day| format!("\"{day}\": \"Holiday,节日,1\"")).collect();
        let text = format!("{{ \"holidays\": {{ {} }}, \"workdays\": {{}}, \"inLieuDays\": {{}} }}", days.join(", "));
        let input = ImportCalendar { text, source: "国办发明电（虚构）".into() };
        act(db, &Actor::Operator, "2030-09-30", move |tx, cx| {
            let site = places::queries::site(tx, &street)?.unwrap();
            import_calendar(tx, cx, &site, &input)
        })
        .unwrap();
        assert!(run("2030-09-30") >= 2, "one that asks for the homes, one for this home");
        let counted = self::duty(db, &duty.id);
        assert_eq!(due(&counted).0, "2030-10-09");
    });
}

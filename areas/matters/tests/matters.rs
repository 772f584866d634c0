//! What matters promise, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

mod support;

use db::{Db, Fault};
use kernel::{Actor, PersonId, PlaceId};
use matters::{
    duty::{
        self, Holder,
        give::{GiveDuty, give},
    },
    matter::{
        Grade, MatterId, Outcome, Part, Stage, State,
        close::{Answer, close},
        follow::{follow, unfollow},
        grade::{GradeMatter, grade},
        join::join,
        queries::{self, Filter},
        shift::{Shift, shift},
        step::{Note, note},
    },
};
use people::{
    commands::register::{RegisterPerson, register},
    post::{
        PostId,
        appoint::{Appoint, appoint},
    },
};
use support::{Town, act, each_engine, lamp, matter, opened, reckoned, refused, thread};
use work::clock::Rule;

const DAY: &str = "2025-03-03";

fn answer(db: &Db, actor: &Actor, day: &str, id: &MatterId) -> Result<(), Fault> {
    let id = id.clone();
    let answer = Answer { outcome: Outcome::Solved, words: "灯泡换好了。".into(), files: Vec::new() };
    act(db, actor, day, move |tx, cx| close(tx, cx, &id, &answer))
}

fn graded(db: &Db, actor: &Actor, day: &str, id: &MatterId, (word, back): (Grade, bool)) -> Result<bool, Fault> {
    let id = id.clone();
    let input = GradeMatter { grade: word, words: "晚上还是不亮。".into(), send_back: back };
    act(db, actor, day, move |tx, cx| reckoned(&[], |r| grade(tx, cx, r, &id, &input)))
}

fn give_answer(db: &Db, worker: &Actor, day: &str, id: &MatterId) -> duty::Duty {
    let matter = matter(db, id);
    let holder = Holder::Person(worker.person().unwrap().clone());
    let input = GiveDuty {
        matter: Some(id.clone()),
        title: "答复".into(),
        kind: "answer".into(),
        by_answer: true,
        ..GiveDuty::new(matter.place, holder, &Rule::WithinWorkdays(5))
    };
    act(db, worker, day, move |tx, cx| reckoned(&[], |r| give(tx, cx, r, &input))).unwrap()
}

fn duties(db: &Db, id: &MatterId) -> Vec<duty::Duty> {
    let id = id.clone();
    let found = db.read_wait(move |s| duty::queries::of_matter(s, &id)).unwrap();
    found.into_iter().map(|named| named.duty).collect()
}

#[test]
fn a_broken_lamp_is_reported_answered_and_graded() {
    each_engine(|db| {
        let town = Town::new(db);
        let (liu, worker) = (town.resident(), town.worker_of(&town.east));
        let lamp = opened(db, &liu, DAY, lamp(&town.east)).unwrap();
        assert_eq!((lamp.number.as_str(), lamp.stage, lamp.state), ("2025-000001", Stage::Collect, State::Open));
        let id = lamp.id.clone();
        let duty = give_answer(db, &worker, DAY, &id);
        assert_eq!(duty.deadline.as_ref().unwrap().day.as_str(), "2025-03-10");
        act(db, &worker, DAY, {
            let id = id.clone();
            move |tx, cx| shift(tx, cx, &id, &Shift { to: Stage::Do, words: String::new() })
        })
        .unwrap();
        for (inner, words) in [(false, "师傅明天来。"), (true, "灯泡库存还有三只。")] {
            let (id, input) = (id.clone(), Note { words: words.into(), inner, files: Vec::new() });
            act(db, &worker, DAY, move |tx, cx| note(tx, cx, &id, &input)).unwrap();
        }
        assert_eq!(refused(graded(db, &liu, DAY, &id, (Grade::Good, false))), "not-answered-yet");
        answer(db, &worker, "2025-03-05", &id).unwrap();
        assert_eq!(thread(db, &id, false), ["opened", "duty", "moved", "noted", "answered"]);
        assert_eq!(thread(db, &id, true).len(), 6, "the office sees the inner note");
        assert_eq!(duties(db, &id)[0].state, duty::State::Met);
        assert_eq!(refused(answer(db, &worker, "2025-03-05", &id)), "matter-closed");

        assert_eq!(graded(db, &liu, "2025-03-06", &id, (Grade::Fair, false)), Ok(false));
        assert_eq!(graded(db, &liu, "2025-03-13", &id, (Grade::Good, false)), Ok(false), "changed within seven days");
        assert_eq!(refused(graded(db, &liu, "2025-03-14", &id, (Grade::Bad, false))), "grade-is-final");
        let closed = matter(db, &id);
        assert_eq!((closed.grade, closed.outcome), (Some(Grade::Good), Some(Outcome::Solved)));
        let counts = db.read_wait(move |s| queries::grades(s, &closed)).unwrap();
        assert_eq!(counts, [1, 0, 0], "once a person");
    });
}

/// A post that somebody of this invented name holds from the first day of 2025.
fn appointed(db: &Db, place: &PlaceId, role: &'static str, name: &str) -> (PersonId, PostId) {
    let (home, at) = (place.home(), place.clone());
    let input = RegisterPerson { place: at.to_string(), name: name.into() };
    let person = act(db, &Actor::Operator, "2025-01-02", move |tx, cx| register(tx, cx, home, &input)).unwrap();
    let input = Appoint {
        person: person.to_string(),
        role: role.into(),
        from: "2025-01-02".into(),
        until: String::new(),
        reason: String::new(),
    };
    let post = act(db, &Actor::Operator, "2025-01-02", move |tx, cx| appoint(tx, cx, &at, &input)).unwrap();
    (person, post.id)
}

#[test]
fn a_new_matter_has_an_owner_and_a_clock_at_once() {
    each_engine(|db| {
        let town = Town::new(db);
        let liu = town.resident();
        let nobodys = opened(db, &liu, DAY, lamp(&town.east)).unwrap();
        assert!(duties(db, &nobodys.id).is_empty(), "nobody holds a post: it opens all the same");
        let (_, office) = appointed(db, &town.street, "officer", "丙（虚构）");
        let above = opened(db, &liu, DAY, lamp(&town.east)).unwrap();
        assert_eq!(duties(db, &above.id)[0].holder, Holder::Post(office), "who is above when nobody is nearer");
        let (who, east) = appointed(db, &town.east, "worker", "甲（虚构）");
        let mut input = lamp(&town.east);
        input.once = "twice".into();
        let first = opened(db, &liu, DAY, input.clone()).unwrap();
        let (_, second) = appointed(db, &town.east, "worker", "乙（虚构）");
        let other = opened(db, &liu, DAY, lamp(&town.east)).unwrap();
        assert_eq!(duties(db, &other.id)[0].holder, Holder::Post(second), "of two who owes less");
        assert_eq!(opened(db, &liu, "2025-03-04", input).unwrap().id, first.id);
        let given = duties(db, &first.id);
        assert_eq!((given.len(), first.n_steps), (1, 2), "given once, and told in the thread");
        let given = &given[0];
        assert_eq!((&given.holder, given.given_by.as_ref()), (&Holder::Post(east), None));
        assert_eq!((given.kind.as_str(), given.by_answer), ("answer", true));
        assert_eq!(given.title, "答复居民：路灯坏了");
        assert_eq!(given.deadline.as_ref().unwrap().day.as_str(), "2025-03-10", "five workdays");
        let holder = Actor::Person(
            kernel::Principal { person: who, verified: true, posts: Vec::new(), seats: Vec::new() }.into(),
        );
        let home = town.home();
        let due = db.read_wait(move |s| {
            let mine = duty::queries::mine(s, &holder, &kernel::Day::parse(DAY).unwrap())?;
            let scope = duty::queries::Scope::Mine(mine);
            let all = duty::queries::Filter::default();
            Ok::<_, Fault>(duty::queries::page(s, (home, support::at(DAY)), &scope, &all, 50)?)
        });
        let due: Vec<_> = due.unwrap().into_iter().map(|named| named.duty.id).collect();
        assert_eq!(due, std::slice::from_ref(&given.id), "it is in the list of what this worker owes");
        answer(db, &town.worker_of(&town.east), "2025-03-04", &first.id).unwrap();
        assert_eq!(duties(db, &first.id)[0].state, duty::State::Met);
    });
}

#[test]
fn who_is_not_satisfied_sends_it_back_once() {
    each_engine(|db| {
        let town = Town::new(db);
        let (liu, zhao, worker) = (town.resident(), town.resident(), town.worker_of(&town.east));
        let id = opened(db, &liu, DAY, lamp(&town.east)).unwrap().id;
        give_answer(db, &worker, DAY, &id);
        let following = |who: &Actor| {
            let id = id.clone();
            act(db, who, DAY, move |tx, cx| follow(tx, cx, &id)).unwrap();
        };
        following(&zhao);
        answer(db, &worker, DAY, &id).unwrap();
        let late = town.resident();
        assert_eq!(refused(graded(db, &late, DAY, &id, (Grade::Bad, true))), "not-concerned");
        following(&late);
        assert_eq!(
            refused(graded(db, &late, DAY, &id, (Grade::Good, false))),
            "not-concerned",
            "came after the answer"
        );
        assert_eq!(
            graded(db, &zhao, DAY, &id, (Grade::Bad, true)),
            Ok(false),
            "a follower grades and sends nothing back"
        );
        assert_eq!(graded(db, &liu, "2025-03-04", &id, (Grade::Bad, true)), Ok(true));
        let again = matter(db, &id);
        assert_eq!((again.state, again.stage, again.round), (State::Open, Stage::Do, 1));
        let open: Vec<_> = duties(db, &id).into_iter().filter(|d| d.state.is_open()).collect();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].holder, Holder::Person(worker.person().unwrap().clone()));
        assert_eq!(open[0].deadline.as_ref().unwrap().day.as_str(), "2025-03-11");
        answer(db, &worker, "2025-03-12", &id).unwrap();
        assert_eq!(duties(db, &id)[0].state, duty::State::MetLate);
        assert_eq!(refused(graded(db, &liu, "2025-03-12", &id, (Grade::Bad, true))), "sent-back-before");
        assert_eq!(matter(db, &id).grade, None, "what was refused left nothing");
        assert_eq!(graded(db, &liu, "2025-03-12", &id, (Grade::Bad, false)), Ok(false));
        assert_eq!(graded(db, &late, "2025-03-12", &id, (Grade::Good, false)), Ok(false), "heard the second answer");
    });
}

#[test]
fn duplicates_are_joined_and_all_authors_credited() {
    each_engine(|db| {
        let town = Town::new(db);
        let (liu, zhao, worker) = (town.resident(), town.resident(), town.worker_of(&town.east));
        let first = opened(db, &liu, DAY, lamp(&town.east)).unwrap();
        let second = opened(db, &zhao, DAY, lamp(&town.east)).unwrap();
        let third = opened(db, &town.resident(), DAY, lamp(&town.east)).unwrap();
        assert_eq!(second.number, "2025-000002");
        let joined = |from: &MatterId, into: &MatterId| {
            let (from, into) = (from.clone(), into.clone());
            act(db, &worker, DAY, move |tx, cx| join(tx, cx, &from, &into))
        };
        assert_eq!(refused(joined(&first.id, &first.id)), "join-itself");
        give_answer(db, &worker, DAY, &second.id);
        joined(&third.id, &second.id).unwrap();
        joined(&second.id, &first.id).unwrap();
        assert_eq!(refused(joined(&second.id, &first.id)), "matter-joined");
        for id in [&second.id, &third.id] {
            let gone = matter(db, id);
            assert_eq!((gone.state, gone.joined_into.as_ref()), (State::Joined, Some(&first.id)), "leads to the end");
        }
        let id = first.id.clone();
        let authors = db.read_wait(move |s| queries::authors(s, &id)).unwrap();
        let mut parts: Vec<_> = authors.iter().map(|m| m.part).collect();
        parts.sort();
        assert_eq!(parts, [Part::Author, Part::Credited, Part::Credited]);
        assert_eq!(duties(db, &first.id).len(), 1, "what is owed goes along");
        answer(db, &worker, DAY, &first.id).unwrap();
        assert_eq!(graded(db, &zhao, DAY, &first.id, (Grade::Good, false)), Ok(false), "the other author grades too");
        assert_eq!(thread(db, &second.id, false), ["opened", "duty", "took-in", "joined"]);
    });
}

#[test]
fn wrong_places_expired_roles_and_strangers_are_refused() {
    each_engine(|db| {
        let town = Town::new(db);
        let (liu, other) = (town.resident(), town.worker_of(&town.west));
        let id = opened(db, &liu, DAY, lamp(&town.east)).unwrap().id;
        let shifted = |actor: &Actor, to: Stage, words: &'static str| {
            let id = id.clone();
            act(db, actor, DAY, move |tx, cx| shift(tx, cx, &id, &Shift { to, words: words.into() }))
        };
        assert_eq!(refused(opened(db, &Actor::Visitor, DAY, lamp(&town.east))), "sign-in-first");
        assert_eq!(refused(shifted(&other, Stage::Do, "")), "not-allowed", "a worker of another community");
        assert_eq!(refused(shifted(&liu, Stage::Do, "")), "not-allowed");
        assert_eq!(refused(answer(db, &other, DAY, &id)), "not-allowed");
        // whose post has run out signs in without it
        assert_eq!(refused(shifted(&town.resident(), Stage::Do, "")), "not-allowed");
        let mut topic = lamp(&town.east);
        topic.kind = "topic".into();
        assert_eq!(refused(opened(db, &liu, DAY, topic.clone())), "not-allowed", "topics are the office's");
        let worker = town.worker_of(&town.east);
        opened(db, &worker, DAY, topic).unwrap();
        let officer = town.worker_of(&town.street);
        shifted(&officer, Stage::Do, "").unwrap();
        assert_eq!(refused(shifted(&worker, Stage::Collect, "")), "invalid-input", "back only with a reason");
        assert_eq!(refused(shifted(&worker, Stage::Appraise, "")), "stage-not-allowed");
        shifted(&worker, Stage::Collect, "位置没说清楚").unwrap();
        let inner = |actor: &Actor, inner| {
            let (id, input) = (id.clone(), Note { words: "补一句".into(), inner, files: Vec::new() });
            act(db, actor, DAY, move |tx, cx| note(tx, cx, &id, &input))
        };
        inner(&liu, false).unwrap();
        assert_eq!(refused(inner(&liu, true)), "not-allowed");
        assert_eq!(refused(inner(&town.resident(), false)), "not-allowed");
    });
}

#[test]
fn a_form_sent_twice_opens_once_and_others_texts_lead_nowhere() {
    each_engine(|db| {
        let town = Town::new(db);
        let (liu, zhao) = (town.resident(), town.resident());
        let mut input = lamp(&town.east);
        input.once = "one".into();
        let first = opened(db, &liu, DAY, input.clone()).unwrap();
        let again = opened(db, &liu, DAY, input.clone()).unwrap();
        assert_eq!(first.id, again.id);
        assert_ne!(opened(db, &zhao, DAY, input).unwrap().id, first.id);
        let threads: Vec<_> = (0..4)
            .map(|n| {
                let (db, liu, mut input) = (db.clone(), liu.clone(), lamp(&town.west));
                input.title = format!("同时 {n}");
                std::thread::spawn(move || opened(&db, &liu, DAY, input).unwrap().number)
            })
            .collect();
        let mut numbers: Vec<String> = threads.into_iter().map(|t| t.join().unwrap()).collect();
        numbers.sort();
        assert_eq!(numbers, ["2025-000003", "2025-000004", "2025-000005", "2025-000006"], "no gap, no twin");
    });
}

#[test]
fn lists_are_of_a_place_and_what_is_below_it() {
    each_engine(|db| {
        let town = Town::new(db);
        let liu = town.resident();
        for (place, title) in [(&town.east, "东门 50% 的灯"), (&town.west, "西门的树"), (&town.east, "垃圾桶")]
        {
            let mut input = lamp(place);
            input.title = title.into();
            opened(db, &liu, DAY, input).unwrap();
        }
        let titles = |path: &str, filter: Filter| -> Vec<String> {
            let (home, path) = (town.home(), path.to_owned());
            let found = db.read_wait(move |s| queries::page(s, home, &path, &filter)).unwrap();
            found.into_iter().map(|shown| shown.matter.title).collect()
        };
        let (all, east) = (town.street.to_string(), format!("{}/{}", town.street, town.east));
        assert_eq!(titles(&all, Filter::default()), ["垃圾桶", "西门的树", "东门 50% 的灯"]);
        assert_eq!(titles(&east, Filter::default()), ["垃圾桶", "东门 50% 的灯"]);
        let words = |words: &str| Filter { words: words.into(), ..Filter::default() };
        assert_eq!(titles(&all, words("50%")), ["东门 50% 的灯"]);
        assert_eq!(titles(&all, words("%")), ["东门 50% 的灯"]);
        assert_eq!(titles(&all, words("2025-000002")), ["西门的树"]);
        assert!(titles(&all, Filter { state: "closed".into(), ..Filter::default() }).is_empty());
    });
}

#[test]
fn one_follows_and_no_longer() {
    each_engine(|db| {
        let town = Town::new(db);
        let (liu, zhao) = (town.resident(), town.resident());
        let id = opened(db, &liu, DAY, lamp(&town.east)).unwrap().id;
        let part = |actor: &Actor| {
            let (id, person) = (id.clone(), actor.person().unwrap().clone());
            db.read_wait(move |s| queries::part_of(s, &id, &person)).unwrap()
        };
        for (actor, stays) in [(&zhao, None), (&liu, Some(Part::Author))] {
            let i = id.clone();
            act(db, actor, DAY, move |tx, cx| follow(tx, cx, &i)).unwrap();
            assert_eq!(part(actor), stays.or(Some(Part::Follower)));
            let i = id.clone();
            act(db, actor, DAY, move |tx, cx| unfollow(tx, cx, &i)).unwrap();
            assert_eq!(part(actor), stays);
        }
    });
}

#[test]
fn an_anonymous_authors_name_is_in_no_public_byte() {
    use std::sync::Arc;

    use axum::body::Body;
    use kernel::{Clock, Instant, Principal};
    use tower::ServiceExt;

    struct Fixed(Instant);
    impl Clock for Fixed {
        fn now(&self) -> Instant {
            self.0
        }
    }
    each_engine(|db| {
        let town = Town::new(db);
        let (home, east) = (town.home(), town.east.clone());
        let name = "欧阳虚构";
        let input = RegisterPerson { place: east.to_string(), name: name.into() };
        let person = act(db, &Actor::Operator, DAY, move |tx, cx| register(tx, cx, home, &input)).unwrap();
        let principal = Principal { person: person.clone(), verified: true, posts: Vec::new(), seats: Vec::new() };
        let author = Actor::Person(principal.into());
        let mut hidden = lamp(&town.east);
        hidden.anonymous = true;
        let hidden = opened(db, &author, DAY, hidden).unwrap().id;
        let named = opened(db, &author, DAY, lamp(&town.east)).unwrap().id;
        let rim = web::Rim::new(db.clone(), web::Settings::default(), Arc::new(Fixed(support::at(DAY))), || [7; 32]);
        let (api, _) =
            utoipa_axum::router::OpenApiRouter::new().nest("/api/v1", matters::api(&runs())).split_for_parts();
        let site = web::server::site(matters::routes(&runs()).merge(api), rim);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let get = |path: String| {
            let request = axum::http::Request::get(&path).body(Body::empty()).unwrap();
            let answer = runtime.block_on(site.clone().oneshot(request)).unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            let bytes = runtime.block_on(axum::body::to_bytes(answer.into_body(), 1 << 20)).unwrap();
            String::from_utf8(bytes.to_vec()).unwrap()
        };
        let list = format!("/matters?place={}", town.street);
        for path in [format!("/matters/{hidden}"), format!("/api/v1/matters/{hidden}"), list, "/api/v1/matters".into()]
        {
            let text = get(path.clone());
            assert!(text.contains("路灯坏了"), "{path}: the matter itself is there");
            assert!(!text.contains(name) && !text.contains(person.as_str()) && !text.contains("欧**"), "{path}");
        }
        let text = get(format!("/matters/{named}"));
        assert!(text.contains("欧**") && !text.contains(name), "another author's name is masked outside");
    });
}

fn runs() -> std::sync::Arc<matters::verdict::recompute::Runs> {
    matters::verdict::recompute::Runs::new(matters::verdict::recompute::Methods::new(&[matters::METHODS]))
}

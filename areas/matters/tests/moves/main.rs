//! What becomes of everything at a community that is moved to another subdistrict, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]
#![expect(dead_code, reason = "the support has more than this story needs")]

mod history;
#[path = "../support/mod.rs"]
mod support;

use db::{Db, Snapshot};
use kernel::{Actor, Day, PlaceId, Post, Role};
use matters::{
    attendance::{
        self,
        record::{RecordAttendance, record},
    },
    duty::{
        self,
        queries::{Filter as Due, Scope},
    },
    matter,
    notice::{
        self,
        draft::DraftNotice,
        post::post_now,
        withdraw::{Withdrawal, withdraw},
    },
};
use places::{
    Followers, Place,
    commands::{
        merge::{MergePlaces, merge},
        relocate::{MovePlace, relocate},
    },
};
use rights::{Action, may};
use support::{Town, act, at, each_engine, lamp, opened, person, place, refused};

const DAY: &str = "2026-03-02";
const FOLLOWERS: Followers = Followers::new(&[people::follow_place, matters::follow_place]);

fn shown(s: &mut Snapshot<'_>, id: &PlaceId) -> Place {
    places::queries::show(s, id).unwrap().unwrap()
}

/// How much a place's lists hold: matters, duties, duties counted, cells of the board.
fn lists(db: &Db, id: &PlaceId) -> [u64; 4] {
    let id = id.clone();
    let day = |day| Day::parse(day).unwrap();
    db.read_wait(move |s| {
        let Place { home, path, .. } = shown(s, &id);
        let now = at(DAY);
        let below = Scope::Below(path.clone());
        let counts = duty::queries::counts(s, home, now, &below)?;
        let n = |n: usize| u64::try_from(n).unwrap();
        Ok::<_, db::DbError>([
            n(matter::queries::page(s, home, &path, &matter::queries::Filter::default())?.len()),
            n(duty::queries::page(s, (home, now), &below, &Due::default(), 50)?.len()),
            counts.red + counts.amber + counts.green,
            n(duty::queries::board(s, (home, now), &path, (&day("2026-01-01"), &day("2027-01-01")))?.len()),
        ])
    })
    .unwrap()
}

fn officer_of(place: &PlaceId) -> Actor {
    person(place.home(), vec![Post { role: Role::Officer, place: place.clone() }])
}

/// A line of the signed paper list of an activity at a place.
fn signed(place: &PlaceId, mark: &str) -> RecordAttendance {
    RecordAttendance {
        place: place.to_string(),
        event_kind: "cleaning".into(),
        event: "1-a".into(),
        person: String::new(),
        mark: mark.into(),
        way: "paper".into(),
        day: DAY.into(),
    }
}

fn move_to(db: &Db, id: &PlaceId, parent: &PlaceId) {
    let (id, input) = (id.clone(), MovePlace { parent: parent.clone(), day: None });
    act(db, &Actor::Operator, DAY, move |tx, cx| relocate(tx, cx, FOLLOWERS, &id, &input)).unwrap();
}

#[test]
fn who_answers_for_a_community_changes_with_the_street_that_it_lies_in() {
    each_engine(|db| {
        let town = Town::new(db);
        let other = place(db, None, places::Level::Subdistrict, "柳荫里街道");
        let (was, now) = (officer_of(&town.street), officer_of(&other));
        let estate = place(db, Some(town.east.clone()), places::Level::Estate, "东苑");
        let worker = town.worker_of(&town.east);
        let matter = opened(db, &town.resident(), DAY, lamp(&estate)).unwrap();
        let (title, holder) = ("查路灯".to_owned(), worker.person().unwrap().clone());
        let given = {
            let (estate, id) = (estate.clone(), matter.id.clone());
            act(db, &worker, DAY, move |tx, cx| {
                let rule = work::clock::Rule::WithinWorkdays(5);
                let holder = duty::Holder::Person(holder.clone());
                let new = duty::give::GiveDuty {
                    matter: Some(id.clone()),
                    title: title.clone(),
                    kind: "check".into(),
                    ..duty::give::GiveDuty::new(estate.clone(), holder, &rule)
                };
                support::reckoned(&[], |r| duty::give::give(tx, cx, r, &new))
            })
            .unwrap()
        };
        let input = DraftNotice {
            place: town.east.to_string(),
            kind: "grant-approval".into(),
            title: "资助公示".into(),
            body: "资助五个团队。".into(),
            ..DraftNotice::default()
        };
        let notice = act(db, &worker, DAY, move |tx, cx| post_now(tx, cx, &input)).unwrap();
        let input = signed(&estate, "纸1");
        let came = act(db, &worker, DAY, move |tx, cx| record(tx, cx, &input)).unwrap();
        let full = [1; 4];
        assert_eq!((lists(db, &town.street), lists(db, &other)), (full, [0; 4]));

        move_to(db, &town.east, &other);

        assert_eq!((lists(db, &town.street), lists(db, &other)), ([0; 4], full));
        assert_eq!((lists(db, &town.east), lists(db, &estate)), (full, full));
        let (m, n, d, a) = (matter.id.clone(), notice.id.clone(), given.id.clone(), came.id.clone());
        let now_at = other.clone();
        let sites = db
            .read_wait(move |s| {
                let path = attendance::queries::attendance(s, &a)?.path;
                let posted = notice::queries::notice(s, &n)?.path;
                assert!(
                    [&path, &posted].iter().all(|path| path.starts_with(shown(s, &now_at).path.as_str())),
                    "{path}"
                );
                Ok::<_, db::Fault>([
                    (Action::MoveMatter, matter::queries::matter(s, &m)?.site()?),
                    (Action::SeeDuties, duty::queries::duty(s, &d)?.site()?),
                ])
            })
            .unwrap();
        for (action, site) in &sites {
            assert!(!may(&was, *action, site), "{action:?}");
            assert!(may(&now, *action, site), "{action:?}");
            assert!(site.is_within(&other) && !site.is_within(&town.street));
        }
        // and the commands ask just that
        let take_down = |actor: &Actor| {
            let (id, input) = (notice.id.clone(), Withdrawal { reason: "名单有误".into() });
            act(db, actor, DAY, move |tx, cx| withdraw(tx, cx, &id, &input))
        };
        assert_eq!(refused(take_down(&was)), "not-allowed");
        take_down(&now).unwrap();
        let board = |path: String| {
            let filter = notice::queries::Filter { path: Some(path), ..notice::queries::Filter::default() };
            db.read_wait(move |s| notice::queries::past(s, &filter, None)).unwrap().len()
        };
        assert_eq!((board(town.street.to_string()), board(other.to_string())), (0, 1));

        // and back again
        move_to(db, &town.east, &town.street);
        assert_eq!((lists(db, &town.street), lists(db, &other)), (full, [0; 4]));
    });
}

#[test]
fn what_is_below_merged_places_follows_and_what_was_at_them_stays() {
    each_engine(|db| {
        let town = Town::new(db);
        let estate = place(db, Some(town.east.clone()), places::Level::Estate, "东苑");
        let here = opened(db, &town.resident(), DAY, lamp(&town.east)).unwrap();
        let below = opened(db, &town.resident(), DAY, lamp(&estate)).unwrap();
        let input = MergePlaces {
            places: vec![town.east.clone(), town.west.clone()],
            into: Some(town.west.clone()),
            name: "槐荫社区居委会".into(),
            ..MergePlaces::default()
        };
        act(db, &Actor::Operator, DAY, move |tx, cx| merge(tx, cx, FOLLOWERS, &input)).unwrap();
        let stays = support::matter(db, &here.id);
        assert_eq!(stays.path, here.path, "the place that ended is still where it was");
        let moved = support::matter(db, &below.id);
        assert_eq!(moved.path, format!("{}/{}/{estate}", town.street, town.west));
        assert_eq!(lists(db, &town.west)[0], 1);
        assert_eq!(lists(db, &town.street)[0], 2);
    });
}

#[test]
fn lists_of_a_place_and_of_what_came_to_it_are_one_list() {
    each_engine(|db| {
        let town = Town::new(db);
        let other = place(db, None, places::Level::Subdistrict, "柳荫里街道");
        let own = place(db, Some(other.clone()), places::Level::Community, "茶花社区");
        // by turns here and there, so that neither home's come all first
        let opened: Vec<matter::MatterId> = (0..70)
            .map(|n| {
                let (author, at) =
                    if n % 2 == 0 { (town.resident(), &town.east) } else { (person(own.home(), Vec::new()), &own) };
                opened(db, &author, DAY, lamp(at)).unwrap().id
            })
            .collect();
        let given = |at: &PlaceId| {
            let holder = duty::Holder::Person(town.worker_of(at).person().unwrap().clone());
            let worker = person(at.home(), vec![Post { role: Role::Worker, place: at.clone() }]);
            let at = at.clone();
            act(db, &worker, DAY, move |tx, cx| {
                let rule = work::clock::Rule::WithinWorkdays(5);
                let new = duty::give::GiveDuty {
                    title: "查路灯".into(),
                    kind: "check".into(),
                    ..duty::give::GiveDuty::new(at.clone(), holder.clone(), &rule)
                };
                support::reckoned(&[], |r| duty::give::give(tx, cx, r, &new))
            })
            .unwrap();
        };
        [&own, &town.east, &town.east, &own].into_iter().for_each(given);
        move_to(db, &town.east, &other);

        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let (at, filter) = (other.clone(), matter::queries::Filter { before, ..Default::default() });
            let page = db.read_wait(move |s| matter::queries::page(s, at.home(), at.as_str(), &filter)).unwrap();
            let Some(last) = page.last() else { break };
            before = Some(last.matter.id.clone());
            seen.extend(page.into_iter().map(|shown| shown.matter.id));
        }
        assert!(seen.iter().eq(opened.iter().rev()), "the newest first, none twice and none left out");
        let at = other.clone();
        let day = |day| Day::parse(day).unwrap();
        let read = db.read_wait(move |s| {
            duty::queries::board(
                s,
                (at.home(), support::at(DAY)),
                at.as_str(),
                (&day("2026-01-01"), &day("2027-01-01")),
            )
        });
        let cells: Vec<_> = read.unwrap().into_iter().map(|cell| (cell.path, cell.place)).collect();
        assert!(cells.is_sorted(), "in the order of the tree: {cells:?}");
        assert_eq!(cells.into_iter().map(|(_, place)| place).collect::<Vec<_>>(), [town.east.clone(), own.clone()]);
    });
}

#[test]
fn figures_count_what_came_by_a_move_and_each_person_once() {
    each_engine(|db| {
        let town = Town::new(db);
        let other = place(db, None, places::Level::Subdistrict, "柳荫里街道");
        let own = place(db, Some(other.clone()), places::Level::Community, "茶花社区");
        let (both, once) = (town.resident(), town.resident());
        for (at, event, who) in
            [(&town.east, "a", &both), (&own, "b", &both), (&own, "b", &once), (&town.east, "b", &once)]
        {
            let who = who.person().unwrap();
            let input = RecordAttendance {
                place: at.to_string(),
                event_kind: "cleaning".into(),
                event: event.into(),
                person: who.to_string(),
                mark: String::new(),
                way: "paper".into(),
                day: DAY.into(),
            };
            let worker = person(at.home(), vec![Post { role: Role::Worker, place: at.clone() }]);
            act(db, &worker, DAY, move |tx, cx| record(tx, cx, &input)).unwrap();
        }
        let figures = |street: &PlaceId| {
            let (from, until) = (Day::parse(DAY).unwrap(), Day::parse(DAY).unwrap());
            let range = attendance::queries::Range { home: street.home(), path: street.to_string(), from, until };
            let at = attendance::queries::EventAt {
                home: street.home(),
                path: street.to_string(),
                kind: "cleaning".into(),
                event: "b".into(),
            };
            db.read_wait(move |s| {
                let all = attendance::queries::figures(s, &range)?;
                let event = attendance::queries::event_figures(s, &at)?;
                let rows = attendance::queries::rows(s, &range, false, None)?.len();
                let told = attendance::queries::event_rows(s, &at, None)?;
                assert!(told.iter().rev().is_sorted_by_key(|row| row.at), "the newest first");
                Ok::<_, db::DbError>([
                    (all.events, all.visits, all.persons, rows),
                    (event.events, event.visits, event.persons, told.len()),
                ])
            })
            .unwrap()
        };
        assert_eq!(figures(&town.street), [(2, 2, 2, 2), (1, 1, 1, 1)]);
        assert_eq!(figures(&other), [(1, 2, 2, 2), (1, 2, 2, 2)]);
        move_to(db, &town.east, &other);
        assert_eq!(figures(&other), [(2, 4, 2, 4), (1, 3, 2, 3)], "four visits of two people");
        assert_eq!(figures(&town.street), [(0, 0, 0, 0), (0, 0, 0, 0)]);
    });
}

#[test]
fn what_is_entered_while_its_place_moves_has_the_new_way_down() {
    use std::sync::{Mutex, mpsc};
    each_engine(|db| {
        let town = Town::new(db);
        let other = place(db, None, places::Level::Subdistrict, "柳荫里街道");
        let estate = place(db, Some(town.east.clone()), places::Level::Estate, "东苑");
        let way = |of: &PlaceId| {
            let of = of.clone();
            db.read_wait(move |s| Ok::<_, db::DbError>(shown(s, &of).path)).unwrap()
        };
        let input = DraftNotice {
            place: estate.to_string(),
            kind: "grant-approval".into(),
            title: "资助公示".into(),
            body: "资助五个团队。".into(),
            ..DraftNotice::default()
        };
        // each is done but not yet durable when the other begins: whichever engine lets them meet makes one wait
        for (n, street) in [&other, &town.street].into_iter().enumerate() {
            let (told, heard) = mpsc::channel();
            let told = Mutex::new(told);
            let pause = move |done: bool| {
                let _ = told.lock().unwrap().send(());
                if done {
                    std::thread::sleep(std::time::Duration::from_millis(400));
                }
            };
            let (worker, resident, lamp) = (town.worker_of(&town.east), town.resident(), lamp(&estate));
            let (input, id, to) = (input.clone(), town.east.clone(), MovePlace { parent: street.clone(), day: None });
            let entered = move |db: &Db, pause: Box<dyn Fn(bool) + Send>| {
                act(db, &resident, DAY, move |tx, cx| {
                    let matter = support::reckoned(&[], |r| matter::open::open(tx, cx, r, &lamp))?;
                    cx.actor = worker.clone();
                    let notice = post_now(tx, cx, &input)?;
                    pause(true);
                    Ok((matter.id, notice.id))
                })
                .unwrap()
            };
            let moved = move |db: &Db, pause: Box<dyn Fn(bool) + Send>| {
                act(db, &Actor::Operator, DAY, move |tx, cx| {
                    relocate(tx, cx, FOLLOWERS, &id, &to)?;
                    pause(true);
                    Ok(())
                })
                .unwrap();
            };
            let (matter, notice) = std::thread::scope(|scope| {
                if n == 0 {
                    let hand = scope.spawn(|| entered(db, Box::new(pause)));
                    heard.recv().unwrap();
                    moved(db, Box::new(|_| ()));
                    hand.join().unwrap()
                } else {
                    let hand = scope.spawn(|| moved(db, Box::new(pause)));
                    heard.recv().unwrap();
                    let made = entered(db, Box::new(|_| ()));
                    hand.join().unwrap();
                    made
                }
            });
            let (path, estate_home) = (way(&estate), estate.home());
            assert!(path.starts_with(street.as_str()));
            let here = path.clone();
            let kept = db.read_wait(move |s| {
                let listed = matter::queries::page(s, estate_home, &here, &matter::queries::Filter::default())?;
                assert!(listed.iter().any(|shown| shown.matter.id == matter), "{n}");
                Ok::<_, db::Fault>(notice::queries::notice(s, &notice)?.path)
            });
            assert_eq!(kept.unwrap(), path, "{n}");
        }
    });
}

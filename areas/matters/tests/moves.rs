//! What becomes of everything at a community that is moved to another subdistrict, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]
#![expect(dead_code, reason = "the support has more than this story needs")]

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
        let input = RecordAttendance {
            place: estate.to_string(),
            event_kind: "activity".into(),
            event: "1-a".into(),
            person: String::new(),
            mark: "纸1".into(),
            way: "paper".into(),
            day: DAY.into(),
        };
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

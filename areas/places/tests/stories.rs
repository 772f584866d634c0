//! What the tree of places promises, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use db::{Db, Fault, Options};
use kernel::{Actor, Home, Refusal};
use places::{Level, Place, PlaceId, commands::add, queries};

static ACTS: AtomicU64 = AtomicU64::new(0);

fn each_engine(story: impl Fn(&Db)) {
    let patient = Options { budget: Duration::from_secs(20), ..Options::default() };
    testkit::each_engine_with(&patient, story);
}

fn add_as(db: &Db, actor: Actor, parent: Option<&Place>, level: Level, name: &str) -> Result<Place, Fault> {
    let input = add::AddPlace { parent: parent.map(|p| p.id.clone()), level, name: name.into() };
    let cx = testkit::context(actor, ACTS.fetch_add(1, Relaxed));
    db.write_wait(move |tx| add::add(tx, &mut cx.clone(), &input))
}

fn add(db: &Db, parent: Option<&Place>, level: Level, name: &str) -> Place {
    add_as(db, Actor::Operator, parent, level, name).unwrap()
}

fn below(db: &Db, parent: Option<&Place>) -> Vec<Place> {
    let parent = parent.map(|p| p.id.clone());
    db.read_wait(move |s| queries::list(s, parent.as_ref())).unwrap()
}

#[track_caller]
fn refused(answer: Result<Place, Fault>) -> Refusal {
    match answer {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_tree_is_added_and_children_take_the_home_of_their_parent() {
    const LEVELS: [Level; 8] = [
        Level::City,
        Level::District,
        Level::Subdistrict,
        Level::Community,
        Level::Estate,
        Level::Building,
        Level::Entrance,
        Level::Flat,
    ];
    each_engine(|db| {
        let mut path: Vec<Place> = Vec::new();
        for level in LEVELS {
            let place = add(db, path.last(), level, level.as_str());
            assert_eq!(place.parent, path.last().map(|p| p.id.clone()));
            assert_eq!((place.home, place.id.home(), place.level), (Home(1), Home(1), level));
            path.push(place);
        }
        for pair in path.windows(2) {
            assert_eq!(below(db, Some(&pair[0])), [pair[1].clone()]);
        }
        let (id, flat): (PlaceId, _) = (path[7].id.clone(), path[7].clone());
        assert_eq!(db.read_wait(move |s| queries::show(s, &id)), Ok(Some(flat)));
        let other = add(db, None, Level::Subdistrict, "另一个街道");
        assert_eq!(other.home, Home(2), "another tree, another home");
        assert_eq!(add(db, Some(&other), Level::Community, "社区").home, Home(2));
        assert_eq!(below(db, None), [path[0].clone(), other]);
    });
}

#[test]
fn children_are_listed_by_name_alike_on_both_engines() {
    each_engine(|db| {
        let root = add(db, None, Level::Subdistrict, "邻里街道");
        for name in ["b", "Z", "a", "é", "社区", "一"] {
            add(db, Some(&root), Level::Community, name);
        }
        let names: Vec<String> = below(db, Some(&root)).into_iter().map(|p| p.name).collect();
        assert_eq!(names, ["Z", "a", "b", "é", "一", "社区"], "by their bytes");
    });
}

#[test]
fn what_cannot_be_added_is_refused_and_leaves_nothing() {
    each_engine(|db| {
        let nobody = Place {
            id: "1-00000000000000000000".parse().unwrap(),
            home: Home(1),
            parent: None,
            level: Level::City,
            name: String::new(),
        };
        let no = refused(add_as(db, Actor::Operator, Some(&nobody), Level::Community, "x"));
        assert_eq!(no.code, "parent-not-found");
        for actor in [Actor::Visitor, Actor::Voter] {
            assert_eq!(refused(add_as(db, actor, None, Level::City, "x")).code, "not-allowed");
        }
        let long = "字".repeat(81);
        for (name, code) in
            [("", "required"), (" \t", "required"), (&*long, "too-long"), ("a\u{0}", "control-characters")]
        {
            let no = refused(add_as(db, Actor::Operator, None, Level::City, name));
            assert_eq!((no.code, no.fields[0].field, no.fields[0].code), ("invalid-input", "name", code));
        }
        assert_eq!(below(db, None), []);
        let place = add(db, None, Level::City, &format!(" {} ", "字".repeat(80)));
        assert_eq!(place.name.chars().count(), 80);
    });
}

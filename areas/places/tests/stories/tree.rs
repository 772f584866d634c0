//! The tree.

use db::{Db, Fault};
use kernel::{Actor, Home};
use places::{Level, Place, PlaceId, commands::add, queries};

use crate::support::{act, each_engine, refusal};

fn add_as(db: &Db, actor: Actor, parent: Option<&Place>, level: Level, name: &str) -> Result<Place, Fault> {
    let input = add::AddPlace { parent: parent.map(|p| p.id.clone()), level, name: name.into() };
    act(db, actor, move |tx, cx| add::add(tx, cx, &input))
}

fn add(db: &Db, parent: Option<&Place>, level: Level, name: &str) -> Place {
    add_as(db, Actor::Operator, parent, level, name).unwrap()
}

fn below(db: &Db, parent: Option<&Place>) -> Vec<Place> {
    let parent = parent.map(|p| p.id.clone());
    db.read_wait(move |s| queries::list(s, parent.as_ref())).unwrap()
}

#[test]
fn a_tree_is_added_and_each_subdistrict_begins_a_home() {
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
            let home = Home(if level < Level::Subdistrict { 1 } else { 2 });
            assert_eq!((place.home, place.id.home(), place.level), (home, home, level));
            path.push(place);
        }
        for pair in path.windows(2) {
            assert_eq!(below(db, Some(&pair[0])), [pair[1].clone()]);
        }
        let (id, flat): (PlaceId, _) = (path[7].id.clone(), path[7].clone());
        assert_eq!(db.read_wait(move |s| queries::show(s, &id)), Ok(Some(flat)));
        let other = add(db, None, Level::Subdistrict, "另一个街道");
        assert_eq!(other.home, Home(3), "another tree, another home");
        assert_eq!(add(db, Some(&other), Level::Community, "社区").home, Home(3));
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
        let nobody =
            add::AddPlace { parent: "1-00000000000000000000".parse().ok(), level: Level::Community, name: "x".into() };
        let no = refusal(act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &nobody)));
        assert_eq!(no.code, "parent-not-found");
        for (actor, code) in [(Actor::Visitor, "sign-in-first"), (Actor::Voter, "not-allowed")] {
            assert_eq!(refusal(add_as(db, actor, None, Level::City, "x")).code, code);
        }
        let root = add(db, None, Level::Community, "x");
        for level in [Level::Subdistrict, Level::Community] {
            assert_eq!(refusal(add_as(db, Actor::Operator, Some(&root), level, "y")).code, "level-not-below");
        }
        let long = "字".repeat(81);
        for (name, code) in
            [("", "required"), (" \t", "required"), (&*long, "too-long"), ("a\u{0}", "control-characters")]
        {
            let no = refusal(add_as(db, Actor::Operator, None, Level::City, name));
            assert_eq!((no.code, no.fields[0].field, no.fields[0].code), ("invalid-input", "name", code));
        }
        assert_eq!(below(db, None), [root]);
        let place = add(db, None, Level::City, &format!(" {} ", "字".repeat(80)));
        assert_eq!(place.name.chars().count(), 80);
    });
}

//! By which rules the owners of a place decide, in stories on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod estate;

use std::sync::Arc;

use db::{Db, Fault};
use estate::{Estate, FILE};
use kernel::{Actor, PlaceId, Post, Principal, Role};
use owners::{
    law::{
        Law, queries,
        set::{SetLaw, set},
    },
    round::{
        OWN_RULES,
        draft::{DraftRound, change},
        freeze,
    },
};
use testkit::story::{each_engine, fields, refused};

fn sets(estate: &Estate, who: &Actor, place: &PlaceId, rules: &str) -> Result<Option<Law>, Fault> {
    let (place, input) = (place.clone(), SetLaw { rules: rules.into(), rules_text: String::new() });
    estate.act(who, move |tx, cx| set(tx, cx, &place, &input))
}

fn holds(db: &Db, place: &PlaceId) -> Option<(String, PlaceId)> {
    let place = place.clone();
    db.read_wait(move |s| queries::of(s, &place)).unwrap().map(|law| (law.rules, law.place))
}

/// An officer of the subdistrict above the estate.
fn above(estate: &Estate) -> (Actor, PlaceId) {
    let place = estate.place.clone();
    let site = estate.db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap();
    let root = site.above.last().unwrap().clone();
    let Actor::Person(officer) = &estate.officer else { unreachable!("an officer is a person") };
    let posts = vec![Post { role: Role::Officer, place: root.clone() }];
    let person = officer.person.clone();
    (Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() })), root)
}

#[test]
fn an_officer_sets_the_rules_and_the_nearest_place_wins() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let (officer, root) = above(&estate);
        assert_eq!(holds(db, &estate.place), None);
        assert_eq!(refused(sets(&estate, &estate.worker, &estate.place, "cn")), "not-allowed");
        assert_eq!(refused(sets(&estate, &estate.officer, &root, "cn")), "not-allowed", "an officer below");
        assert_eq!(fields(sets(&estate, &officer, &root, "mars")), ["rules: unknown-choice"]);
        assert_eq!(fields(sets(&estate, &officer, &root, OWN_RULES)), ["rules_text: required"]);
        let first = sets(&estate, &officer, &root, "cn-beijing").unwrap().unwrap();
        assert_eq!(holds(db, &estate.place), Some(("cn-beijing".into(), root.clone())));
        assert_eq!(first.set_by.as_ref(), officer.person());
        let again = sets(&estate, &estate.officer, &estate.place, "cn").unwrap();
        assert_eq!(again.map(|law| law.place), Some(estate.place.clone()));
        assert_eq!(holds(db, &estate.place), Some(("cn".into(), estate.place.clone())), "the nearest");
        assert_eq!(holds(db, &root), Some(("cn-beijing".into(), root.clone())));
        // taken back, that of the place above holds again
        sets(&estate, &estate.officer, &estate.place, "").unwrap();
        sets(&estate, &estate.officer, &estate.place, "").unwrap();
        assert_eq!(holds(db, &estate.place), Some(("cn-beijing".into(), root)));
    });
}

#[test]
fn where_the_place_decides_no_round_chooses() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let (officer, root) = above(&estate);
        // drafted before: the rules of its own, until its roll is frozen
        let early = estate.draft(&estate.worker, estate.question()).unwrap();
        assert_eq!(early.rules, "cn");
        sets(&estate, &officer, &root, "cn-beijing").unwrap();
        let other = DraftRound { once: "b".into(), ..estate.question() };
        assert_eq!(fields(estate.draft(&estate.worker, other.clone())), ["rules: place-decides"]);
        let (of, same) = (early.id.clone(), DraftRound { title: "换电梯".into(), ..estate.question() });
        let changed = estate.act(&estate.worker, move |tx, cx| change(tx, cx, &of, &same));
        assert_eq!(fields(changed), ["rules: place-decides"]);
        let none = DraftRound { rules: String::new(), ..other };
        assert_eq!(estate.draft(&estate.worker, none).unwrap().rules, "cn-beijing");
        estate.keep(&estate.worker, FILE).unwrap();
        let frozen = estate.step(1, &early.id, freeze::freeze).unwrap();
        assert_eq!(frozen.rules, "cn-beijing", "set since it was drafted");
        // what is frozen keeps its rules
        sets(&estate, &officer, &root, "cn").unwrap();
        let of = early.id.clone();
        let kept = db.read_wait(move |s| owners::round::queries::round(s, &of)).unwrap();
        assert_eq!(kept.rules, "cn-beijing");
    });
}

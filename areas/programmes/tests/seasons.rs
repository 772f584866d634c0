//! What the office does to a season, and what a second tap of it does: told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

use db::{Db, Fault};
use kernel::{Actor, Fen, PlaceId, Post, Role};
use places::{Level, commands::add};
use programmes::{
    Season, SeasonId, Stage,
    season::{
        PlannedStage,
        advance::advance,
        open::{OpenSeason, open},
        plan::{Plan, StageDays, reschedule},
        queries,
    },
};
use testkit::story::{act, each_engine, fields, refused};

fn street(db: &Db) -> PlaceId {
    let input = add::AddPlace { parent: None, level: Level::Subdistrict, name: "邻里街道".into() };
    act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
}

fn officer(seed: u64, place: &PlaceId) -> Actor {
    testkit::person(seed, vec![Post { role: Role::Officer, place: place.clone() }])
}

fn open_as(db: &Db, actor: &Actor, place: &PlaceId, once: &str) -> Result<Season, Fault> {
    let by = OpenSeason::by("star-pick", place.clone(), "星选", Fen(20_000_000));
    let input = OpenSeason { once: once.into(), ..by };
    act(db, actor, move |tx, cx| open(tx, cx, &input))
}

fn shown(db: &Db, id: &SeasonId) -> Season {
    let id = id.clone();
    db.read_wait(move |s| queries::season(s, &id)).unwrap()
}

fn to(db: &Db, actor: &Actor, id: &SeasonId, stage: Stage) -> Result<Stage, Fault> {
    let id = id.clone();
    act(db, actor, move |tx, cx| advance(tx, cx, &id, stage))
}

#[test]
fn a_season_that_is_sent_twice_is_opened_once() {
    each_engine(|db| {
        let place = street(db);
        let (mine, other) = (officer(1, &place), officer(2, &place));
        let first = open_as(db, &mine, &place, "form-1").unwrap();
        assert_eq!(open_as(db, &mine, &place, " form-1 ").unwrap(), first, "sent twice");
        assert_ne!(open_as(db, &other, &place, "form-1").unwrap().id, first.id, "somebody else's text");
        assert_ne!(open_as(db, &mine, &place, "").unwrap().id, open_as(db, &mine, &place, "").unwrap().id);
        assert_eq!(fields(open_as(db, &mine, &place, &"字".repeat(65))), ["once: too-long"]);
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..6).map(|_| scope.spawn(|| open_as(db, &mine, &place, "form-2"))).collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        let there = open_as(db, &mine, &place, "form-2").unwrap();
        for answer in answers {
            match answer {
                Ok(season) => assert_eq!(season, there),
                no => assert_eq!(refused(no), "changed-meanwhile"),
            }
        }
        assert_eq!(db.read_wait(|s| queries::seasons(s, None)).unwrap().len(), 5);
    });
}

#[test]
fn a_double_tap_moves_a_season_on_by_one_stage() {
    each_engine(|db| {
        let place = street(db);
        let mine = officer(1, &place);
        let id = open_as(db, &mine, &place, "").unwrap().id;
        assert_eq!(shown(db, &id).stage, Stage::Visits);
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..6).map(|_| scope.spawn(|| to(db, &mine, &id, Stage::Call))).collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        for answer in answers {
            match answer {
                Ok(stage) => assert_eq!(stage, Stage::Call),
                no => assert_eq!(refused(no), "changed-meanwhile"),
            }
        }
        assert_eq!(to(db, &mine, &id, Stage::Call).unwrap(), Stage::Call, "tapped again");
        let season = shown(db, &id);
        assert_eq!((season.stage, season.revision), (Stage::Call, 1));
        // a page that somebody opened before: neither back nor two at once
        assert_eq!(refused(to(db, &mine, &id, Stage::Visits)), "changed-meanwhile");
        assert_eq!(refused(to(db, &mine, &id, Stage::Screening)), "changed-meanwhile");
        assert_eq!(refused(to(db, &testkit::person(9, Vec::new()), &id, Stage::Call)), "not-allowed");
        assert_eq!(to(db, &mine, &id, Stage::Ideas).unwrap(), Stage::Ideas);
    });
}

#[test]
fn days_that_somebody_else_has_changed_are_not_overwritten() {
    each_engine(|db| {
        let place = street(db);
        let (mine, other) = (officer(1, &place), officer(2, &place));
        let id = open_as(db, &mine, &place, "").unwrap().id;
        let days = |actor: &Actor, revision: i64, until: &str| -> Result<Vec<PlannedStage>, Fault> {
            let first = StageDays { stage: Stage::Visits, from: "2026-11-22".into(), until: until.into() };
            let (id, input) = (id.clone(), Plan { revision, stages: vec![first] });
            act(db, actor, move |tx, cx| reschedule(tx, cx, &id, &input))
        };
        let mended = days(&mine, 0, "2026-11-25").unwrap();
        assert_eq!(mended[0].until.as_str(), "2026-11-25");
        assert_eq!(days(&mine, 0, "2026-11-25").unwrap(), mended, "sent twice");
        assert_eq!(refused(days(&other, 0, "2026-11-24")), "changed-meanwhile");
        assert_eq!(shown(db, &id).plan_revision, 1);
        assert_eq!(days(&other, 1, "2026-11-24").unwrap()[0].until.as_str(), "2026-11-24");
        assert_eq!(shown(db, &id).revision, 0, "a count does not depend on the calendar");
    });
}

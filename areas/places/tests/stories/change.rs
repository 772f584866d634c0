//! Splits, mergers, names and moves, with their history kept.

use db::{Db, Fault};
use kernel::{Actor, Day, PlaceId};
use places::{
    Level, Place, Reason, State,
    commands::{
        add,
        merge::{MergePlaces, merge},
        relocate::{MovePlace, relocate},
        rename::{RenamePlace, rename},
        split::{Part, SplitPlace, split},
    },
};

use crate::support::{NOBODY, act, below, each_engine, entries, fields, found, history, refused, shown};

fn add(db: &Db, parent: Option<&Place>, level: Level, name: &str) -> Place {
    let input = add::AddPlace { parent: parent.map(|p| p.id.clone()), level, name: name.into() };
    act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap()
}

/// A district with two streets, a community in the first, and two estates in that.
struct Town {
    streets: [Place; 2],
    community: Place,
    estates: [Place; 2],
    building: Place,
}

fn town(db: &Db) -> Town {
    let district = add(db, None, Level::District, "东山区");
    let streets = ["青石街道", "白沙街道"].map(|name| add(db, Some(&district), Level::Subdistrict, name));
    let community = add(db, Some(&streets[0]), Level::Community, "果园社区居委会");
    let estates = ["南苑", "北苑"].map(|name| add(db, Some(&community), Level::Estate, name));
    let building = add(db, Some(&estates[1]), Level::Building, "3号楼");
    Town { streets, community, estates, building }
}

fn part(name: &str, takes: &[&Place]) -> Part {
    Part { name: name.into(), takes: takes.iter().map(|p| p.id.clone()).collect(), ..Part::default() }
}

fn split_as(db: &Db, actor: Actor, id: &PlaceId, input: SplitPlace) -> Result<Vec<Place>, Fault> {
    let id = id.clone();
    act(db, actor, move |tx, cx| split(tx, cx, NOBODY, &id, &input))
}

fn merge_as(db: &Db, input: MergePlaces) -> Result<Place, Fault> {
    act(db, Actor::Operator, move |tx, cx| merge(tx, cx, NOBODY, &input))
}

fn move_to(db: &Db, place: &Place, parent: &Place) -> Result<Place, Fault> {
    let (id, input) = (place.id.clone(), MovePlace { parent: parent.id.clone(), day: None });
    act(db, Actor::Operator, move |tx, cx| relocate(tx, cx, NOBODY, &id, &input))
}

fn rename_to(db: &Db, place: &Place, input: RenamePlace) -> Result<Place, Fault> {
    let id = place.id.clone();
    act(db, Actor::Operator, move |tx, cx| rename(tx, cx, &id, &input))
}

/// The path of every place is that of the place it lies in, and its own id.
fn paths_hold(db: &Db, places: &[&Place]) {
    for place in places {
        let now = shown(db, &place.id);
        let above = now.parent.as_ref().map(|parent| shown(db, parent).path);
        let path = above.map_or_else(|| now.id.to_string(), |above| format!("{above}/{}", now.id));
        assert_eq!(now.path, path, "{}", now.name);
        let id = place.id.clone();
        let site = db.read_wait(move |s| places::site(s, &id)).unwrap().unwrap();
        assert_eq!((site.place, site.above.first().cloned()), (now.id, now.parent));
    }
}

#[test]
fn a_community_splits_and_its_history_is_kept() {
    each_engine(|db| {
        let town = town(db);
        let day = "2026-07-01".to_owned();
        let parts = vec![part("果园南社区居委会", &[&town.estates[0]]), part("果园北社区居委会", &[&town.estates[1]])];
        let made =
            split_as(db, Actor::Operator, &town.community.id, SplitPlace { parts, day: Some(day.clone()) }).unwrap();
        let (south, north) = (&made[0], &made[1]);
        assert_eq!((south.shown.as_str(), north.shown.as_str()), ("果园南", "果园北"));
        let old = shown(db, &town.community.id);
        assert_eq!((old.state, old.valid_until.as_ref().map(Day::as_str)), (State::Closed, Some("2026-07-01")));
        assert_eq!((&old.name, &old.path), (&town.community.name, &town.community.path), "it stays what it was");
        assert_eq!(south.home, old.home, "the new ones live in the same home");
        let told = history(db, &old.id);
        assert_eq!(told.to.len(), 2);
        assert!(told.to.iter().all(|(line, _)| line.kind == Reason::Split && line.day.as_str() == "2026-07-01"));
        assert_eq!(told.versions.len(), 1);
        assert_eq!(told.versions[0].until.as_ref().map(Day::as_str), Some("2026-07-01"));
        let new = history(db, &south.id);
        assert_eq!(new.from[0].0.predecessor, old.id);
        assert_eq!(new.versions[0].from.as_ref().map(Day::as_str), Some("2026-07-01"));
        let street = below(db, Some(&town.streets[0].id));
        assert_eq!(street.iter().map(|l| l.place.shown.as_str()).collect::<Vec<_>>(), ["果园北", "果园南"]);
        assert_eq!(history(db, &town.streets[0].id).former[0].place.id, old.id);
        assert_eq!(shown(db, &town.estates[0].id).parent, Some(south.id.clone()));
        assert!(shown(db, &town.building.id).path.starts_with(&north.path));
        paths_hold(db, &[south, north, &town.estates[0], &town.estates[1], &town.building, &old]);
        let first = found(db, "果园社区居委会").remove(0).place;
        assert_eq!(first.id, old.id, "the old name still finds it");
        assert_eq!(entries(db, "place.split"), 1);
        assert_eq!(
            refused(rename_to(db, &old, RenamePlace { name: "x".into(), ..RenamePlace::default() })),
            "place-closed"
        );
    });
}

#[test]
fn a_part_may_go_on_as_the_place_itself() {
    each_engine(|db| {
        let town = town(db);
        let stays = Part { stays: true, code: Some("110191001001".into()), ..part("果园社区居委会", &[]) };
        let parts = vec![part("果园北社区居委会", &[&town.estates[1]]), stays];
        let made = split_as(db, Actor::Operator, &town.community.id, SplitPlace { parts, day: None }).unwrap();
        assert_eq!((&made[1].id, made[1].version, made[1].state), (&town.community.id, 2, State::Open));
        assert_eq!(made[1].code.map(|c| c.to_string()).as_deref(), Some("110191001001"));
        assert_eq!(history(db, &town.community.id).to[0].0.successor, made[0].id);
        assert_eq!(shown(db, &town.estates[0].id).parent, Some(town.community.id.clone()));
        assert_eq!(shown(db, &town.estates[1].id).parent, Some(made[0].id.clone()));
        paths_hold(db, &[&made[0], &made[1], &town.estates[1], &town.building]);
    });
}

#[test]
fn a_split_that_cannot_be_is_refused_and_leaves_everything() {
    each_engine(|db| {
        let town = town(db);
        let id = &town.community.id;
        let try_it = |parts: Vec<Part>, day: Option<&str>| {
            split_as(db, Actor::Operator, id, SplitPlace { parts, day: day.map(str::to_owned) })
        };
        let two = || vec![part("甲", &[&town.estates[0]]), part("乙", &[&town.estates[1]])];
        assert_eq!(refused(try_it(vec![part("甲", &[&town.estates[0]]), part("乙", &[])], None)), "children-left");
        assert_eq!(
            refused(try_it(vec![part("甲", &[&town.building, &town.estates[0]]), part("乙", &[])], None)),
            "not-below"
        );
        assert_eq!(fields(try_it(vec![part("甲", &[])], None)), ["parts: too-small"]);
        assert_eq!(fields(try_it(vec![Part::default(); 21], None))[0], "parts: too-many-parts");
        assert_eq!(fields(try_it(two(), Some("2026-11-23"))), ["day: day-to-come"]);
        assert_eq!(fields(try_it(two(), Some("2026-02-30"))), ["day: not-a-date"]);
        let coded = |code: &str| {
            vec![Part { code: Some(code.into()), ..part("甲", &[&town.estates[0]]) }, part("乙", &[&town.estates[1]])]
        };
        assert_eq!(fields(try_it(coded("x"), None)), ["code: not-a-code"]);
        assert_eq!(fields(try_it(coded("110191"), None)), ["code: level-does-not-fit"]);
        let same = || Part { code: Some("110191001001".into()), ..part("乙", &[&town.estates[1]]) };
        assert_eq!(
            fields(try_it(vec![same(), Part { takes: vec![town.estates[0].id.clone()], ..same() }], None)),
            ["code: code-taken"]
        );
        assert_eq!(refused(split_as(db, Actor::Visitor, id, SplitPlace { parts: two(), day: None })), "sign-in-first");
        assert_eq!(shown(db, id), town.community);
        assert_eq!(below(db, Some(&town.streets[0].id)).len(), 1);
        assert_eq!(entries(db, "place.split"), 0);
    });
}

#[test]
fn communities_merge_and_what_lay_in_them_lies_in_the_one() {
    each_engine(|db| {
        let town = town(db);
        let other = add(db, Some(&town.streets[0]), Level::Community, "梨园社区居委会");
        let gate = add(db, Some(&other), Level::Estate, "西门里");
        let input = MergePlaces {
            places: vec![town.community.id.clone(), other.id.clone()],
            name: "果梨社区居委会".into(),
            day: Some("2026-10-01".into()),
            ..MergePlaces::default()
        };
        let one = merge_as(db, input).unwrap();
        assert_eq!((one.shown.as_str(), one.level), ("果梨", Level::Community));
        for old in [&town.community, &other] {
            assert_eq!(shown(db, &old.id).state, State::Closed);
            assert_eq!(history(db, &old.id).to[0].0.successor, one.id);
        }
        assert_eq!(history(db, &one.id).from.len(), 2);
        assert_eq!(below(db, Some(&one.id)).len(), 3);
        paths_hold(db, &[&one, &town.estates[0], &town.estates[1], &town.building, &gate]);
        let estate = history(db, &gate.id).versions;
        assert_eq!(
            (estate.len(), estate[0].reason, estate[0].parent.clone()),
            (2, Reason::Moved, Some(one.id.clone()))
        );
        assert_eq!(estate[1].until.as_ref().map(Day::as_str), Some("2026-10-01"));
        let into = add(db, Some(&town.streets[0]), Level::Community, "东门社区居委会");
        let input = MergePlaces {
            places: vec![one.id.clone(), into.id.clone()],
            into: Some(into.id.clone()),
            name: "东门社区居委会".into(),
            ..MergePlaces::default()
        };
        let kept = merge_as(db, input.clone()).unwrap();
        assert_eq!((&kept.id, kept.version), (&into.id, 2));
        paths_hold(db, &[&kept, &town.building, &gate]);
        assert_eq!(refused(merge_as(db, input)), "place-closed");
        assert_eq!(entries(db, "places.merged"), 2);
        let far = add(db, Some(&town.streets[1]), Level::Community, "远村委会");
        let input = MergePlaces { places: vec![kept.id, far.id], name: "x".into(), ..MergePlaces::default() };
        assert_eq!(refused(merge_as(db, input)), "not-siblings");
        assert_eq!(
            fields(merge_as(db, MergePlaces { places: vec![gate.id], name: "x".into(), ..MergePlaces::default() })),
            ["places: too-small"]
        );
    });
}

#[test]
fn a_community_moves_with_all_below_it_and_keeps_its_ids() {
    each_engine(|db| {
        let town = town(db);
        let moved = move_to(db, &town.community, &town.streets[1]).unwrap();
        assert_eq!((moved.id.clone(), moved.home, moved.version), (town.community.id.clone(), town.community.home, 2));
        assert_ne!(moved.home, town.streets[1].home, "the home it was born in stays");
        paths_hold(db, &[&moved, &town.estates[0], &town.estates[1], &town.building]);
        assert_eq!(below(db, Some(&town.streets[0].id)), []);
        let versions = history(db, &moved.id).versions;
        assert_eq!((versions[0].reason, versions[1].parent.clone()), (Reason::Moved, Some(town.streets[0].id.clone())));
        assert_eq!(move_to(db, &moved, &town.streets[1]), Ok(moved.clone()), "moving it there again changes nothing");
        assert_eq!(entries(db, "place.moved"), 1);
        assert_eq!(refused(move_to(db, &moved, &town.building)), "inside-itself");
        assert_eq!(refused(move_to(db, &town.streets[0], &town.streets[1])), "level-not-below");
    });
}

#[test]
fn a_temporary_code_gives_way_to_the_official_one() {
    each_engine(|db| {
        let town = town(db);
        let name = |name: &str, code: &str| RenamePlace { name: name.into(), code: Some(code.into()), day: None };
        let local = rename_to(db, &town.community, name("果园社区居委会", "L110191001901")).unwrap();
        assert!(local.code.unwrap().is_local());
        let other = add(db, Some(&town.streets[0]), Level::Community, "梨园社区居委会");
        assert_eq!(fields(rename_to(db, &other, name("梨园", "L110191001901"))), ["code: code-taken"]);
        let now = rename_to(db, &town.community, name("果园社区居委会", "110191001001")).unwrap();
        assert_eq!((now.version, now.code.unwrap().to_string().as_str()), (3, "110191001001"));
        let codes: Vec<_> = history(db, &now.id).versions.iter().map(|v| v.code.map(|c| c.to_string())).collect();
        assert_eq!(codes, [Some("110191001001".into()), Some("L110191001901".into()), None]);
        let renamed =
            rename_to(db, &now, RenamePlace { name: "桃园社区居委会".into(), ..RenamePlace::default() }).unwrap();
        assert_eq!((renamed.shown.as_str(), renamed.code), ("桃园", now.code));
        assert_eq!(found(db, "taoyuan")[0].place.id, now.id);
        assert_eq!(found(db, "果园"), [], "a name that was given up finds nothing");
        let before = RenamePlace { name: "x".into(), day: Some("2026-11-01".into()), ..RenamePlace::default() };
        assert_eq!(refused(rename_to(db, &renamed, before)), "day-before-version");
    });
}

#[test]
fn places_added_while_their_street_moves_are_never_lost() {
    each_engine(|db| {
        let town = town(db);
        let others = [(); 2].map(|()| add(db, None, Level::District, "西山区"));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for n in 0..10 {
                    move_to(db, &shown(db, &town.streets[0].id), &others[n % 2]).unwrap();
                }
            });
            for hand in 0..2 {
                let (db, estate) = (&*db, &town.estates[0]);
                scope.spawn(move || {
                    for n in 0..10 {
                        add(db, Some(estate), Level::Building, &format!("{hand}-{n}号楼"));
                    }
                });
            }
        });
        let buildings = below(db, Some(&town.estates[0].id));
        assert_eq!(buildings.len(), 20);
        let places: Vec<&Place> = buildings.iter().map(|l| &l.place).collect();
        paths_hold(db, &places);
        paths_hold(db, &[&town.community, &town.estates[0], &town.building]);
    });
}

#[test]
fn a_list_looks_into_the_homes_of_all_that_came_by_a_move_however_deep() {
    each_engine(|db| {
        let town = town(db);
        let [first, second] = &town.streets;
        let homes = |place: &Place| {
            let place = shown(db, &place.id);
            db.read_wait(move |s| places::queries::homes(s, place.home, &place.path)).unwrap()
        };
        let yard = add(db, Some(second), Level::Community, "茶花社区居委会");
        let estate = add(db, Some(&yard), Level::Estate, "东苑");
        assert_eq!((homes(first), homes(second)), (vec![first.home], vec![second.home]));
        // four levels below the street
        let door = add(db, Some(&town.building), Level::Entrance, "1单元");
        let house = add(db, Some(&estate), Level::Building, "9号楼");
        move_to(db, &door, &house).unwrap();
        for place in [second, &yard, &estate, &house] {
            assert_eq!(homes(place), [second.home, first.home], "{}", place.name);
        }
        assert_eq!(homes(&door), [first.home], "what came is at home in itself");
        assert_eq!(homes(first), [first.home]);
        let district = shown(db, first.parent.as_ref().unwrap());
        assert_eq!(homes(&district), [district.home], "a district looks into no subdistrict");
        move_to(db, &door, &town.building).unwrap();
        assert_eq!(homes(second), [second.home]);
    });
}

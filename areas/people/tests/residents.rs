//! What the roll of residents promises, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod support;

use db::{Db, Fault};
use kernel::{Actor, Context, PlaceId, Post, Role};
use people::{
    account::{VerifiedHow, ask::Purpose},
    resident::{
        Listed,
        import::{Counts, MAX_CHUNK, import, preview},
        queries::{self, Search},
        reveal::{FieldName, reveal},
        sheet::{self, Row},
    },
};
use places::{
    Followers, Level,
    commands::{
        add::AddPlace,
        relocate::{MovePlace, relocate},
    },
};
use support::*;

const FILE: &str = "姓名,手机,门牌,身份\n张三,13900000001,1-101,业主\n张三,13900000001,1-101,居民\n\
                    李四,13900000002,1-102,居民\n王五,,2-201,居民\n";

fn rows(file: &str) -> Vec<Row> {
    let (rows, errors) = sheet::parse(file.as_bytes()).unwrap();
    assert_eq!(errors, []);
    rows
}

fn bring(db: &Db, cx: &Context, place: &PlaceId, file: &str) -> Result<Counts, Fault> {
    let (place, rows) = (place.clone(), rows(file));
    act(db, cx, move |tx, cx| import(tx, cx, &place, &rows))
}

fn look(db: &Db, cx: &Context, place: &PlaceId, file: &str) -> Result<Counts, Fault> {
    let (place, rows, cx) = (place.clone(), rows(file), cx.clone());
    db.read_wait(move |s| preview(s, &cx, &place, &rows))
}

fn counts(new: usize, changed: usize, unchanged: usize) -> Counts {
    Counts { new, changed, unchanged, errors: Vec::new() }
}

fn page(db: &Db, actor: Actor, place: &PlaceId, flat: &str) -> Result<Vec<Listed>, Fault> {
    let search = Search { place: place.clone(), flat: flat.into(), after: None };
    let cx = at(START, actor);
    db.read_wait(move |s| queries::page(s, &cx, &search)).map(|(_, rows)| rows)
}

#[test]
fn a_file_is_shown_before_it_is_taken_and_the_same_again_changes_nothing() {
    each_engine(|db| {
        let (_, community) = places(db);
        let cx = at(START, worker(&community));
        assert_eq!(look(db, &cx, &community, FILE).unwrap(), counts(4, 0, 0));
        assert!(page(db, worker(&community), &community, "").unwrap().is_empty(), "nothing was written");
        assert_eq!(bring(db, &cx, &community, FILE).unwrap(), counts(4, 0, 0));
        assert_eq!(bring(db, &at(START + DAY, worker(&community)), &community, FILE).unwrap(), counts(0, 0, 4));
        assert_eq!(told(db), ["residents.imported"], "what changes nothing tells nothing");
        let other = FILE.replace("13900000002", "13900000008").replace("王五,,2-201", "王五,,2-202");
        assert_eq!(look(db, &cx, &community, &other).unwrap(), counts(1, 1, 2));
        let later = at(START + 2 * DAY, worker(&community));
        assert_eq!(bring(db, &later, &community, &other).unwrap(), counts(1, 1, 2));
        let list = page(db, worker(&community), &community, "1-102").unwrap();
        assert_eq!((list.len(), list[0].phone.as_str()), (1, "139****0008"), "the earlier number is gone");
        let log = leaves(db);
        assert!(!log.contains("张三") && !log.contains("1390000") && !log.contains("1-101"), "{log}");
    });
}

#[test]
fn who_owns_several_flats_is_one_person_by_name_and_telephone() {
    each_engine(|db| {
        let (_, community) = places(db);
        let cx = at(START, worker(&community));
        let file = "姓名,手机,门牌,身份\n赵六,13900000021,3-101,业主\n赵六,13900000021,3-102,业主\n\
                    孙七,13900000021,3-103,业主\n赵六,13900000022,3-104,业主\n赵六,,3-105,业主\n\
                    赵六,13900000021,3-106,居民\n";
        assert_eq!(bring(db, &cx, &community, file).unwrap(), counts(6, 0, 0));
        assert_eq!(bring(db, &cx, &community, file).unwrap(), counts(0, 0, 6), "the same again");
        let list = page(db, worker(&community), &community, "3-").unwrap();
        let of = |flat: &str| list.iter().find(|row| row.flat == flat).unwrap().person.clone();
        let owner = of("3-101");
        assert_eq!(of("3-102"), owner);
        for (flat, why) in [
            ("3-103", "another name on a shared telephone"),
            ("3-104", "another telephone"),
            ("3-105", "nothing but a name"),
            ("3-106", "a tenant's row is a person of its own, as a vote's roll counts it"),
        ] {
            assert_ne!(of(flat), owner, "{why}");
        }
        let owned = db.read_wait(move |s| queries::owned_by(s, &owner)).unwrap();
        let flats: Vec<_> = owned.iter().map(|(_, flat)| flat.as_str()).collect();
        assert_eq!(flats, ["3-101", "3-102"]);
    });
}

#[test]
fn lists_are_masked_and_a_look_is_recorded() {
    each_engine(|db| {
        let (root, community) = places(db);
        bring(db, &at(START, worker(&community)), &community, FILE).unwrap();
        let list = page(db, worker(&community), &community, "1-").unwrap();
        let shown: Vec<_> = list.iter().map(|r| (r.flat.as_str(), r.name.as_str(), r.phone.as_str())).collect();
        assert_eq!(
            shown,
            [("1-101", "张**", "139****0001"), ("1-101", "张**", "139****0001"), ("1-102", "李**", "139****0002")]
        );
        assert_eq!(list[0].person, list[1].person, "owner and resident are one person");
        assert_eq!(page(db, worker(&root), &root, "").unwrap().len(), 4, "also from above");
        let id = list[0].id.clone();
        let see = |actor: Actor, field| {
            let id = id.clone();
            act(db, &at(START, actor), move |tx, cx| reveal(tx, cx, &id, field))
        };
        assert_eq!(see(worker(&community), FieldName::Name).unwrap(), "张三");
        assert_eq!(see(worker(&community), FieldName::Phone).unwrap(), "13900000001");
        let log = leaves(db);
        assert!(log.contains("field.revealed") && log.contains(id.as_str()) && !log.contains("张三"));
        let (_, stranger) = sign_up(db, START, "13900000077", "生人");
        let elsewhere = with_posts(
            &stranger,
            vec![Post {
                role: Role::Worker,
                place: kernel::Id::random(kernel::Home(1), &mut kernel::Chance::seeded(3)),
            }],
        );
        for actor in [Actor::Visitor, signed_in(&stranger), elsewhere] {
            assert!(["not-allowed", "sign-in-first"].contains(&refused(see(actor.clone(), FieldName::Name))));
            assert!(page(db, actor.clone(), &community, "").is_err());
            assert!(bring(db, &at(START, actor), &community, FILE).is_err());
        }
        assert_eq!(told(db).iter().filter(|k| *k == "field.revealed").count(), 2);
    });
}

#[test]
fn somebody_on_the_roll_signs_in_by_their_name() {
    each_engine(|db| {
        let (_, community) = places(db);
        bring(db, &at(START, worker(&community)), &community, FILE).unwrap();
        let list = page(db, worker(&community), &community, "1-101").unwrap();
        let (_, person) = sign_up(db, START + HOUR, "13900000001", "张三");
        assert_eq!(person, list[0].person);
        assert_eq!(account(db, &person).verified, VerifiedHow::Phone);
        let (_, other) = sign_up(db, START + 2 * HOUR, "13900000002", "别人");
        assert!(page(db, worker(&community), &community, "").unwrap().iter().all(|r| r.person != other));
        let cx = at(START + 3 * HOUR, Actor::Visitor);
        let t = ticket(db, &cx, "13900000001", Purpose::SignIn);
        let (_, shown) = db.read_wait(move |s| people::account::enter::choices(s, &cx, &t)).unwrap();
        assert_eq!(shown, [person]);
    });
}

#[test]
fn rows_for_a_place_below_and_wrong_ones_are_told_apart() {
    each_engine(|db| {
        let (root, community) = places(db);
        let file = "name,place,flat\n甲,槐树社区,1\n乙,,2\n丙,没有的社区,3\n";
        let found = bring(db, &at(START, worker(&root)), &root, file).unwrap();
        assert_eq!((found.new, found.errors.len()), (2, 1));
        assert_eq!((found.errors[0].line, found.errors[0].code), (4, "unknown-place"));
        assert_eq!(page(db, worker(&community), &community, "").unwrap().len(), 1);
        let many: String = (0..=MAX_CHUNK).map(|n| format!("人{n},{n}\n")).collect();
        let long = bring(db, &at(START, worker(&root)), &root, &format!("name,flat\n{many}"));
        assert_eq!(refused(long), "too-many-at-once");
        let nine: String = (0..9).map(|n| format!("家人{n},13900000055,5-5\n")).collect();
        let found = bring(db, &at(START, worker(&root)), &root, &format!("name,phone,flat\n{nine}")).unwrap();
        assert_eq!((found.new, found.errors[0].code), (8, "contact-full"));
    });
}

#[test]
fn pages_follow_each_other_without_gaps() {
    each_engine(|db| {
        let (_, community) = places(db);
        for chunk in 0..2 {
            let lines: String = (0..60).map(|n| format!("人{n},{:03}\n", (chunk * 60 + n) / 2)).collect();
            let file = format!("name,flat\n{lines}");
            bring(db, &at(START + chunk * MINUTE, worker(&community)), &community, &file).unwrap();
        }
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let search = Search { place: community.clone(), flat: String::new(), after: after.clone() };
            let cx = at(START, worker(&community));
            let (_, rows) = db.read_wait(move |s| queries::page(s, &cx, &search)).unwrap();
            assert!(rows.len() <= queries::PAGE);
            let Some(last) = rows.last() else { break };
            after = Some((last.flat.clone(), last.id.clone()));
            seen.extend(rows.into_iter().map(|r| (r.flat, r.id)));
        }
        assert_eq!(seen.len(), 120);
        assert!(seen.is_sorted());
    });
}

#[test]
fn who_lives_in_a_house_that_came_by_a_move_is_on_the_roll_of_the_new_place() {
    each_engine(|db| {
        let (root, community) = places(db);
        let add = |parent: Option<&PlaceId>, level, name: &str| {
            let input = AddPlace { parent: parent.cloned(), level, name: name.into() };
            act(db, &at(START, Actor::Operator), move |tx, cx| places::commands::add::add(tx, cx, &input)).unwrap().id
        };
        let other = add(None, Level::Subdistrict, "柳荫街道");
        let house = add(Some(&other), Level::Building, "9号楼");
        bring(db, &at(START, worker(&community)), &community, FILE).unwrap();
        bring(db, &at(START, worker(&house)), &house, "name,flat\n赵六,1-101\n钱七,1-103\n").unwrap();
        let names = |limit| {
            let root = root.clone();
            let found = db.read_wait(move |s| queries::dwellers(s, &root, "1-", ("", ""), limit)).unwrap();
            found.into_iter().map(|dweller| dweller.name).collect::<Vec<_>>()
        };
        assert_eq!(names(500), ["张三", "李四"]);
        let (id, input) = (house.clone(), MovePlace { parent: community.clone(), day: None });
        let moved = act(db, &at(START + DAY, Actor::Operator), move |tx, cx| {
            relocate(tx, cx, Followers::new(&[]), &id, &input)
        });
        moved.unwrap();
        assert_eq!(names(500), ["张三", "赵六", "李四", "钱七"], "in order of flats, whichever home they are kept in");
        assert_eq!(names(3).len(), 3);
        let (all, place) = (names(500), root.clone());
        let first = db.read_wait(move |s| queries::dwellers(s, &place, "1-", ("", ""), 1)).unwrap();
        let (after, place) = ((first[0].flat.clone(), first[0].row.to_string()), root.clone());
        let rest = db.read_wait(move |s| queries::dwellers(s, &place, "1-", (&after.0, &after.1), 500)).unwrap();
        assert_eq!(rest.into_iter().map(|dweller| dweller.name).collect::<Vec<_>>(), all[1..], "pages go on");
        let roll = page(db, worker(&root), &root, "1-").unwrap();
        assert_eq!(roll.iter().filter(|row| row.place == house).count(), 2);
        assert!(roll.is_sorted_by_key(|row| (row.flat.clone(), row.id.clone())));
    });
}

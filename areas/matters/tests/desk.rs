//! A matter is opened and graded for somebody at the desk, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]
#![expect(dead_code, reason = "the support has more than these stories need")]

mod support;

use std::sync::Arc;

use db::{Db, Fault};
use kernel::{Actor, PlaceId, Post, Principal, Role};
use matters::matter::{Grade, MatterId, Outcome, at_desk, close, grade::GradeMatter, open::OpenMatter};
use people::desk::{
    DeskEntry, Receipt,
    begin::{Begin, begin},
};
use support::{Town, act, each_engine, lamp, reckoned, refused};

const DAY: &str = "2025-03-03";

/// A worker without a telephone of their own: the right of the post is enough to type.
fn worker(town: &Town, place: &PlaceId) -> Actor {
    let Actor::Person(known) = town.worker_of(place) else { panic!() };
    Actor::Person(Arc::new(Principal { verified: false, ..(*known).clone() }))
}

fn sit_down(db: &Db, actor: &Actor, place: &PlaceId, input: Begin) -> Result<DeskEntry, Fault> {
    let place = place.clone();
    act(db, actor, DAY, move |tx, cx| begin(tx, cx, &place, &input))
}

fn grandmother(shown: &str) -> Begin {
    Begin { name: "陈奶奶".into(), source: "phone".into(), shown: shown.into(), ..Begin::default() }
}

fn again(entry: &DeskEntry) -> Begin {
    Begin { person: entry.person.to_string(), source: "phone".into(), ..Begin::default() }
}

fn open_for(db: &Db, actor: &Actor, entry: &DeskEntry, input: OpenMatter) -> Result<Receipt, Fault> {
    let id = entry.id.clone();
    act(db, actor, DAY, move |tx, cx| reckoned(&[], |r| at_desk::open_for(tx, cx, r, &id, &input)))
}

fn grade_for(db: &Db, actor: &Actor, entry: &DeskEntry, id: &MatterId) -> Result<Receipt, Fault> {
    let (entry, id) = (entry.id.clone(), id.clone());
    let input = GradeMatter { grade: Grade::Good, words: String::new(), send_back: false };
    act(db, actor, DAY, move |tx, cx| reckoned(&[], |r| at_desk::grade_for(tx, cx, r, (&id, &entry), &input)))
}

#[test]
fn a_call_becomes_a_matter_and_its_answer_is_graded_by_telephone() {
    each_engine(|db| {
        let town = Town::new(db);
        let (worker, other) = (worker(&town, &town.east), worker(&town, &town.east));
        let unknown = sit_down(db, &worker, &town.east, grandmother("")).unwrap();
        assert_eq!(refused(open_for(db, &worker, &unknown, lamp(&town.east))), "desk-verify-first");
        let entry = sit_down(db, &worker, &town.east, grandmother("id-card")).unwrap();
        let inspection = OpenMatter { kind: "inspection".into(), ..lamp(&town.east) };
        assert_eq!(refused(open_for(db, &worker, &entry, inspection)), "not-allowed", "hers are everybody's kinds");
        assert_eq!(refused(open_for(db, &other, &entry, lamp(&town.east))), "desk-not-found");
        let receipt = open_for(db, &worker, &entry, lamp(&town.east)).unwrap();
        assert_eq!((receipt.thing.as_str(), receipt.title.as_str()), ("matter", "路灯坏了"));
        assert_eq!(open_for(db, &worker, &entry, lamp(&town.east)).unwrap(), receipt, "sent twice, opened once");
        for other in [
            OpenMatter { title: "井盖没了".into(), ..lamp(&town.east) },
            OpenMatter { words: "五号楼也不亮。".into(), ..lamp(&town.east) },
            OpenMatter { anonymous: true, ..lamp(&town.east) },
        ] {
            let answer = open_for(db, &worker, &entry, other);
            assert_eq!(refused(answer), "desk-ended", "no receipt of something else hides that it was not taken");
        }
        let id: MatterId = receipt.page.strip_prefix("/matters/").unwrap().parse().unwrap();
        let matter = support::matter(db, &id);
        assert_eq!(matter.author.as_ref(), Some(&entry.person), "it is hers, not the worker's");

        let early = sit_down(db, &worker, &town.east, again(&entry)).unwrap();
        assert_eq!(refused(grade_for(db, &worker, &early, &id)), "not-answered-yet");
        let (answer, closed) = (id.clone(), town.worker_of(&town.east));
        let typed = close::Answer { outcome: Outcome::Solved, words: "换了灯泡。".into(), files: Vec::new() };
        act(db, &closed, DAY, move |tx, cx| close::close(tx, cx, &answer, &typed)).unwrap();
        let stranger =
            sit_down(db, &other, &town.east, Begin { name: "王爷爷".into(), ..grandmother("id-card") }).unwrap();
        assert_eq!(refused(grade_for(db, &other, &stranger, &id)), "not-concerned");
        let own = sit_down(db, &closed, &town.east, again(&entry)).unwrap();
        assert_eq!(refused(grade_for(db, &closed, &own, &id)), "own-answer", "nobody types a grade for what they did");
        let told = grade_for(db, &worker, &early, &id).unwrap();
        assert_eq!((told.thing.as_str(), told.page.as_str()), ("grade", receipt.page.as_str()));
        assert_eq!(grade_for(db, &worker, &early, &id).unwrap(), told);
        assert_eq!(refused(open_for(db, &worker, &early, lamp(&town.east))), "desk-ended");
        assert_eq!(support::matter(db, &id).grade, Some(Grade::Good));
    });
}

#[test]
fn a_desk_serves_those_who_are_at_home_in_its_reach() {
    each_engine(|db| {
        let town = Town::new(db);
        let (east, west) = (worker(&town, &town.east), worker(&town, &town.west));
        let entry = sit_down(db, &east, &town.east, grandmother("id-card")).unwrap();
        assert_eq!(refused(sit_down(db, &west, &town.west, again(&entry))), "desk-out-of-reach");
        let post = Post { role: Role::Officer, place: town.street.clone() };
        let officer = support::person(town.home(), vec![post]);
        assert!(sit_down(db, &officer, &town.west, again(&entry)).is_ok(), "the street's officer reaches both");
        // whom the telephone serves is found elsewhere too, and is no more in reach than by the name
        let phoned = |name: &str| Begin { contact: "13900001234".into(), name: name.into(), ..grandmother("") };
        sit_down(db, &east, &town.east, phoned("赵叔")).unwrap();
        assert_eq!(refused(sit_down(db, &west, &town.west, phoned("赵叔"))), "desk-out-of-reach");
        assert!(sit_down(db, &west, &town.west, phoned("钱姨")).is_ok(), "who is new is registered here");
        // whom only a file of residents names is at home there
        let (place, file) = (town.west.clone(), "姓名,手机,门牌,身份\n孙伯,13900005678,1-101,居民\n");
        let (rows, errors) = people::resident::sheet::parse(file.as_bytes()).unwrap();
        assert!(errors.is_empty());
        act(db, &Actor::Operator, DAY, move |tx, cx| people::resident::import::import(tx, cx, &place, &rows)).unwrap();
        let uncle = Begin { contact: "13900005678".into(), name: "孙伯".into(), ..grandmother("") };
        assert_eq!(refused(sit_down(db, &east, &town.east, uncle.clone())), "desk-out-of-reach");
        assert!(sit_down(db, &west, &town.west, uncle).is_ok());
    });
}

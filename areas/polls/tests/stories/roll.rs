//! The roll: from residents or from a file, frozen, hung out, thawed.

use std::collections::BTreeSet;

use db::{Db, Statement};
use kernel::{Actor, PersonId};
use matters::notice;
use people::{
    commands::register::{RegisterPerson, register},
    resident,
};
use polls::{
    Choice, DraftPoll, State, Vote,
    roll::{freeze, letters, strike},
};

use super::support::{Asked, each_engine, motion, refused};

const AGREE: Choice = Choice::Motion(Vote::Agree);

static VERIFY: Statement = Statement {
    name: "VERIFY",
    module: "stories",
    sql: "INSERT INTO contacts (kind, contact, slot, person, home, added_at, verified_day) \
          VALUES ('phone', ?1, ?2, ?3, ?4, 0, '2026-01-01')",
};

/// Residents of the poll's place, by their flats.
fn settled(db: &Db, asked: &Asked, n: usize) -> Vec<PersonId> {
    let list: String = (0..n).map(|n| format!("居民{n},1-{n},居民\n")).collect();
    let (rows, _) = resident::sheet::parse(format!("姓名,门牌,身份\n{list}房东,9-9,业主\n").as_bytes()).unwrap();
    let place = asked.place.clone();
    asked.act(Actor::Operator, move |tx, cx| resident::import::import(tx, cx, &place, &rows)).unwrap();
    let place = asked.place.clone();
    let found = db.read_wait(move |s| resident::queries::dwellers(s, &place, "", ("", ""), 500)).unwrap();
    found.into_iter().map(|d| d.person).collect()
}

#[test]
fn residents_vote_by_account_or_by_letter_and_owners_elsewhere_do_not() {
    each_engine(|db| {
        let asked = Asked::draft(db, &motion());
        let persons = settled(db, &asked, 4);
        assert_eq!(asked.take_residents().unwrap(), 4);
        assert_eq!(asked.take_residents().unwrap(), 0, "sent again");
        assert_eq!(refused(asked.take("甲,1-1,,\n")), "roll-other-source");
        assert_eq!(asked.freeze().unwrap().voters, 4);
        asked.open_poll().unwrap();
        asked.cast_mine(&persons[0], &AGREE).unwrap();
        assert_eq!(refused(asked.cast_mine(&persons[0], &AGREE)), "already-voted");
        let stranger: PersonId = "1-0000000000000000000z".parse().unwrap();
        assert_eq!(refused(asked.cast_mine(&stranger, &AGREE)), "not-on-the-roll");
        let id = asked.poll.clone();
        let drawn = asked
            .act(Actor::Operator, move |tx, cx| letters::letters(tx, cx, &id, letters::To::Flats("", ("", &[]))))
            .unwrap();
        assert_eq!(drawn.len(), 4);
        let codes: BTreeSet<&str> = drawn.iter().map(|letter| letter.code.as_str()).collect();
        assert_eq!(codes.len(), 4);
        let voted = drawn.iter().find(|letter| letter.to.voted).unwrap();
        assert_eq!(refused(asked.cast_code(&voted.code, &AGREE, None)), "already-voted");
        let other = drawn.iter().find(|letter| !letter.to.voted).unwrap();
        asked.cast_code(&other.code, &AGREE, None).unwrap();
        assert_eq!(asked.traces(), (2, 2));
        let log: String = asked.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect();
        assert!(codes.iter().all(|code| !log.contains(code)) && !log.contains("居民1"));
    });
}

#[test]
fn name_and_verified_telephone_open_a_row_of_the_file_and_neither_alone_does() {
    each_engine(|db| {
        let rows =
            "甲,1-1,,13900000001\n乙,1-2,,13900000002\n丙,1-3,,13900000002\n丁,1-4,,13900000004\n丁,2-4,,13900000004\n";
        let asked = Asked::open(db, &motion(), rows);
        let person = |name: &str, contact: &'static str, slot: i64| -> PersonId {
            let new = RegisterPerson { place: asked.place.to_string(), name: name.into() };
            let home = asked.place.home();
            let who = asked.act(Actor::Operator, move |tx, cx| register(tx, cx, home, &new)).unwrap();
            let of = who.clone();
            asked
                .act(Actor::Operator, move |tx, _| {
                    tx.execute(&VERIFY, db::params![contact, slot, &of, of.home()]).map_err(db::Fault::from)
                })
                .unwrap();
            who
        };
        asked.cast_mine(&person("甲", "13900000001", 1), &AGREE).unwrap();
        assert_eq!(refused(asked.cast_code(&asked_code(&asked), &AGREE, None)), "already-voted");
        // one telephone of a family: the name tells the rows apart
        asked.cast_mine(&person("乙", "13900000002", 1), &AGREE).unwrap();
        assert_eq!(refused(asked.cast_mine(&person("戊", "13900000002", 2), &AGREE)), "not-on-the-roll");
        assert_eq!(refused(asked.cast_mine(&person("丙", "13900000009", 1), &AGREE)), "not-on-the-roll");
        // two rows of one name and telephone: nobody can tell which is theirs
        assert_eq!(refused(asked.cast_mine(&person("丁", "13900000004", 1), &AGREE)), "not-on-the-roll");
        assert_eq!(asked.traces(), (2, 2));
    });
}

/// A code for the first row, drawn though it has voted, as a page of letters does.
fn asked_code(asked: &Asked) -> String {
    let id = asked.poll.clone();
    let drawn = asked
        .act(Actor::Operator, move |tx, cx| letters::letters(tx, cx, &id, letters::To::Flats("1-1", ("", &[]))))
        .unwrap();
    drawn[0].code.clone()
}

#[test]
fn an_objection_that_is_right_thaws_the_roll_and_it_hangs_anew() {
    each_engine(|db| {
        let asked = Asked::draft(db, &DraftPoll { roll_days: 3, closes: "2026-12-20".into(), ..motion() });
        asked.take("甲,1-1,,\n乙,1-2,,\n").unwrap();
        let frozen = asked.freeze().unwrap();
        let posted = frozen.notice.clone().unwrap();
        let thaw = |reason: &'static str| {
            let id = asked.poll.clone();
            asked.act(Actor::Operator, move |tx, cx| freeze::thaw(tx, cx, &id, reason))
        };
        assert_eq!(refused(thaw("搬走了")), "notice-still-hangs");
        let (of, withdrawn) = (posted, "名册有误".to_owned());
        asked
            .act(Actor::Operator, move |tx, cx| {
                let input = notice::withdraw::Withdrawal { reason: withdrawn.clone() };
                notice::withdraw::withdraw(tx, cx, &of, &input)
            })
            .unwrap();
        assert_eq!(refused(asked.open_poll()), "roll-notice-withdrawn");
        assert_eq!(refused(thaw("")), "invalid-input");
        assert_eq!(thaw("乙搬走了").unwrap().state, State::Draft);
        let (id, gone) = (asked.poll.clone(), asked.row("1-2", "乙"));
        let strike = move || {
            let id = id.clone();
            asked
                .act(Actor::Operator, move |tx, cx| strike::strike(tx, cx, &id, gone, "搬走了"))
                .map(|()| asked.clone())
        };
        let asked = strike().unwrap();
        assert_eq!(refused(strike().map(|_| ())), "not-on-the-roll");
        let frozen = asked.freeze().unwrap();
        assert_eq!(frozen.voters, 1);
        asked.later(10);
        let posted = frozen.notice.unwrap();
        asked.act(Actor::Operator, move |tx, cx| notice::end::end(tx, cx, &posted)).unwrap();
        asked.open_poll().unwrap();
        asked.cast_code(&asked.code("1-1", "甲"), &AGREE, None).unwrap();
        let counted = asked.end_at(40);
        assert_eq!(counted.poll.voters, 1);
        assert_eq!(asked.recomputed(), (1, vec![]));
    });
}

#[test]
fn the_same_file_again_changes_nothing_and_a_corrected_one_corrects() {
    each_engine(|db| {
        let input = DraftPoll { template: "statutes".into(), base: "roll".into(), quorum: String::new(), ..motion() };
        let asked = Asked::draft(db, &input);
        assert_eq!(asked.take("甲,1-1,2,\n乙,1-2,3,\n").unwrap(), 2);
        assert_eq!(asked.take("甲,1-1,2,\n乙,1-2,3,\n").unwrap(), 0);
        assert_eq!(asked.take("甲,1-1,5,\n").unwrap(), 0);
        let frozen = asked.freeze().unwrap();
        assert_eq!((frozen.voters, frozen.weight), (2, 8));
        let id = asked.poll.clone();
        let answer =
            asked.act(Actor::Visitor, move |tx, cx| letters::letters(tx, cx, &id, letters::To::Flats("", ("", &[]))));
        assert_eq!(refused(answer), "sign-in-first");
    });
}

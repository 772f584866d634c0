//! Letters with codes and receipts, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod estate;

use consent::{Channel, Choice};
use db::{Db, Fault};
use estate::Estate;
use kernel::{Actor, Day};
use owners::{
    ballot::{
        letters::{Letter, To, letters},
        online::{CastOnline, Taken, cast},
        queries::{of_one_head, receipted},
    },
    round::{RoundId, call, count, draft::DraftRound, freeze, queries},
    visit::answer::{Answer, answer},
};
use testkit::story::{each_engine, fields, refused};

fn drawn(estate: &Estate, who: &Actor, id: &RoundId, (building, unit): (&str, &str)) -> Result<Vec<Letter>, Fault> {
    let (id, building, unit) = (id.clone(), building.to_owned(), unit.to_owned());
    estate.on(31, who, move |tx, cx| {
        let to = if unit.is_empty() { To::Building(&building, 0) } else { To::One(&unit) };
        letters(tx, cx, &id, to)
    })
}

fn votes(estate: &Estate, who: &Actor, id: &RoundId, (unit, choice, code): (&str, &str, &str)) -> Result<Taken, Fault> {
    let (id, input) = (id.clone(), CastOnline { unit: unit.into(), choice: choice.into(), code: code.into() });
    estate.on(32, who, move |tx, cx| cast(tx, cx, &id, &input))
}

fn standing(db: &Db, id: &RoundId) -> Vec<(String, Choice, Channel)> {
    let of = id.clone();
    let facts = db.read_wait(move |s| {
        let round = queries::round(s, &of)?;
        Ok::<_, Fault>(count::Facts::read(s, &round, &Day::parse("2026-12-22").unwrap())?)
    });
    facts.unwrap().ballots.into_iter().map(|cast| (cast.unit, cast.choice, cast.channel)).collect()
}

#[test]
fn a_letters_code_casts_the_ballot_of_its_unit_once() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = estate.called(estate.question());
        estate.step(30, &id, call::open).unwrap();
        assert_eq!(refused(drawn(&estate, &estate.stranger, &id, ("1号", ""))), "not-allowed");
        let list = drawn(&estate, &estate.worker, &id, ("1号", "")).unwrap();
        let units: Vec<&str> = list.iter().map(|letter| letter.door.unit.as_str()).collect();
        assert_eq!(units, ["1-101", "1-102", "1-201"]);
        assert_eq!(refused(drawn(&estate, &estate.worker, &id, ("", "9-999"))), "door-not-found");
        // whoever has the letter needs no account; the code leads to its unit, whatever unit is typed
        let voter = Actor::Voter;
        assert_eq!(fields(votes(&estate, &voter, &id, ("", "agree", "ABCD-EFGH-JKMN-PQRS"))), ["code: code-unknown"]);
        assert_eq!(fields(votes(&estate, &voter, &id, ("", "", &list[0].code))), ["choice: required"]);
        let typed = list[0].code.to_lowercase().replace('-', " ");
        let taken = votes(&estate, &voter, &id, ("2-101", "agree", &typed)).unwrap();
        assert_eq!(taken.door.unit, "1-101");
        let again = votes(&estate, &voter, &id, ("", "agree", &list[0].code)).unwrap();
        assert_eq!((again.door.ballots, again.receipt.clone()), (1, taken.receipt.clone()), "sent twice");
        assert_eq!(refused(votes(&estate, &voter, &id, ("", "disagree", &list[0].code))), "unit-has-voted");
        assert_eq!(standing(db, &id), [("1-101".to_owned(), Choice::Agree, Channel::Online)]);
        // a code drawn anew makes the earlier one worthless; a unit that has voted gets none
        let desk = drawn(&estate, &estate.worker, &id, ("", "1-102")).unwrap();
        assert_eq!(fields(votes(&estate, &voter, &id, ("", "agree", &list[1].code))), ["code: code-unknown"]);
        votes(&estate, &voter, &id, ("", "disagree", &desk[0].code)).unwrap();
        assert_eq!(refused(drawn(&estate, &estate.worker, &id, ("", "1-101"))), "unit-has-voted");
        let left = drawn(&estate, &estate.worker, &id, ("1号", "")).unwrap();
        assert_eq!(left.iter().map(|letter| letter.door.unit.as_str()).collect::<Vec<_>>(), ["1-201"]);
        // the receipt leads to what the ballot says
        let (of, entry) = (id.clone(), taken.receipt.unwrap());
        let found = db.read_wait(move |s| receipted(s, &of, &entry)).unwrap().unwrap();
        assert_eq!((found.unit.as_str(), found.choice, found.stands), ("1-101", Choice::Agree, true));
        estate.no_names_in_the_log();
    });
}

#[test]
fn where_no_ballot_is_cast_online_a_code_answers_the_intent_survey() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = estate.called(DraftRound { rules: "cn-hangzhou".into(), ..estate.question() });
        let letter = drawn(&estate, &estate.worker, &id, ("", "2-101")).unwrap().remove(0);
        let said = |what: &str, code: &str| {
            let (id, input) = (id.clone(), Answer { answer: what.into(), code: code.into(), ..Answer::default() });
            estate.on(32, &Actor::Voter, move |tx, cx| answer(tx, cx, &id, &input))
        };
        assert_eq!(fields(said("agrees", "nothing")), ["code: code-unknown"]);
        assert_eq!(said("agrees", &letter.code).unwrap().unit, "2-101");
        said("agrees", &letter.code).unwrap();
        let of = id.clone();
        let told = db.read_wait(move |s| owners::visit::queries::visits(s, &of, "2-101")).unwrap();
        assert_eq!(told.len(), 1, "sent twice");
        estate.step(30, &id, call::open).unwrap();
        let vote = votes(&estate, &Actor::Voter, &id, ("", "agree", &letter.code));
        assert_eq!(refused(vote), "channel-not-admitted");
        assert_eq!(standing(db, &id), []);
    });
}

#[test]
fn a_code_dies_with_the_roll_that_it_was_drawn_for() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = estate.called(estate.question());
        let letter = drawn(&estate, &estate.worker, &id, ("", "2-101")).unwrap().remove(0);
        let (of, why) = (id.clone(), freeze::Thaw { reason: "名册有误".into() });
        estate.on(33, &estate.worker, move |tx, cx| freeze::thaw(tx, cx, &of, &why)).unwrap();
        let of = id.clone();
        estate.on(34, &estate.worker, move |tx, cx| freeze::freeze(tx, cx, &of)).unwrap();
        let (of, input) = (id.clone(), Answer { answer: "agrees".into(), code: letter.code, ..Answer::default() });
        assert_eq!(
            fields(estate.on(35, &Actor::Voter, move |tx, cx| answer(tx, cx, &of, &input))),
            ["code: code-unknown"]
        );
    });
}

#[test]
fn an_owner_of_three_flats_reads_that_they_are_one_head_and_votes_for_each() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = estate.called(DraftRound { later: "replace".into(), ..estate.question() });
        estate.step(30, &id, call::open).unwrap();
        let owner = estate.owner("1-102");
        for (door, want) in [(1, (3, 30_000)), (2, (3, 30_000)), (4, (1, 10_000)), (6, (0, 0))] {
            let of = id.clone();
            assert_eq!(db.read_wait(move |s| of_one_head(s, &of, door)).unwrap(), want, "door {door}");
        }
        let first = votes(&estate, &owner, &id, ("1-102", "disagree", "")).unwrap().receipt.unwrap();
        let second = votes(&estate, &owner, &id, ("1-102", "agree", "")).unwrap().receipt.unwrap();
        let stands = |entry: &ledger::entry::EntryId| {
            let (of, entry) = (id.clone(), entry.clone());
            db.read_wait(move |s| receipted(s, &of, &entry)).unwrap().map(|found| (found.choice, found.stands))
        };
        assert_eq!(stands(&first), Some((Choice::Disagree, false)), "kept as evidence");
        assert_eq!(stands(&second), Some((Choice::Agree, true)));
        // a receipt of another round leads nowhere here
        let other = estate.called(DraftRound { once: "other".into(), ..estate.question() });
        assert_eq!(db.read_wait(move |s| receipted(s, &other, &second)).unwrap(), None);
    });
}

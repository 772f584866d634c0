//! The vote on paper: given out, read by two, taken back.

use std::collections::BTreeSet;
use std::sync::Arc;

use db::Fault;
use decisions::paper::{self, Reading, State};
use kernel::{Actor, PersonId, Principal};
use people::resident;

use super::{
    KEPT_OF_PAPERS, PAPER_AND_BALLOT, SAME_TRANSACTION, logged, recomputed,
    roll::{cast_code, cast_mine, person, printed, with_residents},
    support::{Vote, each_engine, refused, rows},
};

fn given(vote: &Vote, row: &resident::ResidentId) -> Result<(), Fault> {
    let (season, row) = (vote.season.clone(), row.clone());
    vote.act(Actor::Operator, move |tx, cx| paper::give::give(tx, cx, &season, &row))
}

fn worker(vote: &Vote, n: u32) -> Actor {
    let season = vote.season.clone();
    let place = vote.db.read_wait(move |s| programmes::season::queries::season(s, &season)).unwrap().place;
    let person: PersonId = format!("1-0000000000000000000{n}").parse().unwrap();
    let post = kernel::Post { role: kernel::Role::Worker, place };
    Actor::Person(Arc::new(Principal { person, verified: true, posts: vec![post], seats: vec![] }))
}

fn read(vote: &Vote, n: u32, number: &str, reading: Reading) -> Result<State, Fault> {
    let (season, number, who) = (vote.season.clone(), number.to_owned(), worker(vote, n));
    vote.act(who, move |tx, cx| paper::read::read(tx, cx, &season, &number, &reading))
}

#[test]
fn a_paper_is_read_by_two_and_cast_once_and_nothing_joins_it_with_a_voter() {
    let choices = |list: &[u32]| Reading::Choices(list.to_vec());
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 6);
        let letters = printed(&vote, "", ("", ""));
        let season = vote.season.clone();
        let papers = vote.act(worker(&vote, 1), move |tx, cx| paper::print::print(tx, cx, &season)).unwrap();
        assert_eq!(papers.len(), paper::print::PAGE);
        for letter in letters.iter().take(4) {
            given(&vote, &letter.to.row).unwrap();
        }
        assert_eq!(refused(given(&vote, &letters[0].to.row)), "already-voted", "one paper each");
        assert_eq!(refused(cast_code(&vote, &letters[0].code, &[1])), "already-voted", "and no other way");
        cast_mine(&vote, &letters[5].to.person, &[1]).unwrap();
        assert_eq!(refused(given(&vote, &letters[5].to.row)), "already-voted");

        // two who agree
        assert_eq!(read(&vote, 1, &papers[0], choices(&[2, 1])).unwrap(), State::Once);
        assert_eq!(refused(vote.close()), "papers-open");
        assert_eq!(read(&vote, 1, &papers[0], choices(&[1, 2])).unwrap(), State::Once, "sent again");
        assert_eq!(refused(read(&vote, 1, &papers[0], choices(&[3]))), "paper-other-hands");
        assert_eq!(read(&vote, 2, &papers[0], choices(&[1, 2])).unwrap(), State::Counted);
        assert_eq!(refused(read(&vote, 3, &papers[0], choices(&[1, 2]))), "paper-done");
        // two who differ, and a third
        read(&vote, 1, &papers[1], choices(&[3])).unwrap();
        assert_eq!(read(&vote, 2, &papers[1], choices(&[4])).unwrap(), State::Differ);
        assert_eq!(refused(read(&vote, 2, &papers[1], choices(&[3]))), "paper-other-hands");
        assert_eq!(refused(read(&vote, 3, &papers[1], choices(&[5]))), "paper-matches-neither");
        assert_eq!(read(&vote, 3, &papers[1], choices(&[4])).unwrap(), State::Counted);
        // one that is none
        read(&vote, 1, &papers[2], Reading::Spoiled).unwrap();
        assert_eq!(read(&vote, 2, &papers[2], Reading::Spoiled).unwrap(), State::Spoiled);
        // refused
        assert_eq!(refused(read(&vote, 1, "0000000000x", choices(&[]))), "unknown-paper");
        assert_eq!(refused(read(&vote, 1, &papers[3], choices(&[1, 1]))), "named-twice");
        let stranger = vote.act(person(&persons[0], true), {
            let (season, number) = (vote.season.clone(), papers[3].clone());
            move |tx, cx| paper::read::read(tx, cx, &season, &number, &Reading::Spoiled)
        });
        assert_eq!(refused(stranger), "not-allowed");

        assert_eq!(vote.traces(), (3, 5, 8), "two papers and one by account; four papers given");
        vote.close().unwrap();
        let counted = vote.count().unwrap();
        assert_eq!((counted.papers.given, counted.papers.counted, counted.papers.spoiled), (4, 2, 1));
        vote.publish(&counted).unwrap();
        assert_eq!(recomputed(&vote), (1, vec![]));
        assert_eq!(logged(&vote).len(), 3, "a ballot from a paper looks like any other");
        if db.dialect() == db::Dialect::Postgres {
            assert_eq!(rows::<(i64,)>(db, &SAME_TRANSACTION), [(0,)]);
            assert_eq!(rows::<(i64,)>(db, &PAPER_AND_BALLOT), [(0,)], "papers that name their ballot");
        }
        let kept: Vec<(String, String)> = rows(db, &KEPT_OF_PAPERS);
        assert!(kept.iter().all(|(by, what)| by.is_empty() && what.is_empty()), "{kept:?}");
        let log = vote.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect::<String>();
        assert!(papers.iter().all(|number| !log.contains(number.as_str())));
    });
}

#[test]
fn no_more_papers_are_cast_than_were_given_and_two_hands_at_once_cast_one() {
    each_engine(|db| {
        let (vote, _) = with_residents(db, 2);
        let letters = printed(&vote, "", ("", ""));
        let season = vote.season.clone();
        let papers = vote.act(Actor::Operator, move |tx, cx| paper::print::print(tx, cx, &season)).unwrap();
        given(&vote, &letters[0].to.row).unwrap();
        read(&vote, 1, &papers[0], Reading::Choices(vec![1])).unwrap();
        std::thread::scope(|scope| {
            for n in 2..8 {
                let (vote, papers) = (&vote, &papers);
                scope.spawn(move || match read(vote, n, &papers[0], Reading::Choices(vec![1])) {
                    Ok(state) => assert_eq!(state, State::Counted),
                    refusal => assert!(["paper-done", "changed-meanwhile"].contains(&refused(refusal))),
                });
            }
        });
        assert_eq!(vote.traces().0, 1);
        read(&vote, 1, &papers[1], Reading::Choices(vec![1])).unwrap();
        assert_eq!(refused(read(&vote, 2, &papers[1], Reading::Choices(vec![1]))), "more-papers-than-given");
        assert_eq!(vote.traces().0, 1);
        // two others say that it is none, and the vote can be closed
        assert_eq!(read(&vote, 2, &papers[1], Reading::Spoiled).unwrap(), State::Differ);
        assert_eq!(read(&vote, 3, &papers[1], Reading::Spoiled).unwrap(), State::Spoiled);
        vote.close().unwrap();
        vote.publish(&vote.count().unwrap()).unwrap();
        assert_eq!(recomputed(&vote), (1, vec![]));
    });
}

fn discarded(vote: &Vote, n: u32, number: &str) -> Result<State, Fault> {
    let (season, number, who) = (vote.season.clone(), number.to_owned(), worker(vote, n));
    vote.act(who, move |tx, cx| paper::discard::discard(tx, cx, &season, &number, paper::discard::Why::Missing))
}

fn pending(vote: &Vote) -> Vec<(String, State)> {
    let season = vote.season.clone();
    let found = vote.db.read_wait(move |s| paper::store::pending(s, season.home(), season.as_str())).unwrap();
    found.into_iter().map(|paper| (paper.number, paper.state)).collect()
}

#[test]
fn a_paper_that_holds_up_the_close_is_named_and_read_again_or_taken_back() {
    each_engine(|db| {
        let (vote, _) = with_residents(db, 3);
        let letters = printed(&vote, "", ("", ""));
        let season = vote.season.clone();
        let papers = vote.act(Actor::Operator, move |tx, cx| paper::print::print(tx, cx, &season)).unwrap();
        letters.iter().for_each(|letter| given(&vote, &letter.to.row).unwrap());
        read(&vote, 1, &papers[0], Reading::Choices(vec![1])).unwrap();
        read(&vote, 1, &papers[1], Reading::Choices(vec![1])).unwrap();
        read(&vote, 2, &papers[1], Reading::Choices(vec![2])).unwrap();
        read(&vote, 1, &papers[2], Reading::Choices(vec![3])).unwrap();
        read(&vote, 2, &papers[2], Reading::Choices(vec![3])).unwrap();
        let mut waiting = vec![(papers[1].clone(), State::Differ), (papers[0].clone(), State::Once)];
        assert_eq!(pending(&vote), waiting);
        let refusal = testkit::story::refusal(vote.close());
        assert_eq!(refusal.code, "papers-open");
        let named = format!("{}, {}", papers[1], papers[0]);
        assert_eq!(refusal.args, [("papers", kernel::Arg::Int(2)), ("numbers", kernel::Arg::Text(named))]);

        // one was typed under the number of another paper
        let (season, number) = (vote.season.clone(), papers[0].clone());
        let stranger = vote.act(Actor::Visitor, move |tx, cx| {
            paper::discard::discard(tx, cx, &season, &number, paper::discard::Why::WrongNumber)
        });
        assert_eq!(refused(stranger), "sign-in-first");
        assert_eq!(discarded(&vote, 2, &papers[0]).unwrap(), State::Blank);
        assert_eq!(discarded(&vote, 2, &papers[0]).unwrap(), State::Blank, "sent again");
        assert_eq!(refused(discarded(&vote, 2, &papers[2])), "paper-done");
        assert_eq!(refused(discarded(&vote, 2, "0")), "unknown-paper");
        waiting.pop();
        assert_eq!(pending(&vote), waiting);
        // it may be read anew, by two
        assert_eq!(read(&vote, 1, &papers[0], Reading::Choices(vec![2])).unwrap(), State::Once);
        assert_eq!(read(&vote, 3, &papers[0], Reading::Choices(vec![2])).unwrap(), State::Counted);
        assert_eq!(discarded(&vote, 3, &papers[1]).unwrap(), State::Blank);
        vote.close().unwrap();
        assert_eq!(refused(discarded(&vote, 3, &papers[1])), "wrong-phase");
        let counted = vote.count().unwrap();
        assert_eq!((counted.papers.given, counted.papers.counted, counted.papers.pending), (3, 2, 0));
        vote.publish(&counted).unwrap();
        assert_eq!(recomputed(&vote), (1, vec![]));
        let told: Vec<_> = vote.log().into_iter().filter(|entry| entry.kind == "paper.discarded").collect();
        assert_eq!(told.len(), 2);
        let text: String = told.iter().map(|entry| String::from_utf8_lossy(&entry.leaf).into_owned()).collect();
        assert!(text.contains("missing") && papers.iter().all(|number| !text.contains(number.as_str())), "{text}");
    });
}

#[test]
fn a_spoiled_paper_takes_no_place_from_a_valid_one_in_whatever_order_they_are_typed() {
    each_engine(|db| {
        for spoiled_first in [true, false] {
            let (vote, _) = with_residents(db, 1);
            let letters = printed(&vote, "", ("", ""));
            let season = vote.season.clone();
            let papers = vote.act(Actor::Operator, move |tx, cx| paper::print::print(tx, cx, &season)).unwrap();
            given(&vote, &letters[0].to.row).unwrap();
            let settle = |number: &str, reading: Reading| {
                read(&vote, 1, number, reading.clone()).unwrap();
                read(&vote, 2, number, reading)
            };
            let mut turns = [(&papers[0], Reading::Spoiled), (&papers[1], Reading::Choices(vec![1]))];
            if !spoiled_first {
                turns.reverse();
            }
            for (number, reading) in turns {
                settle(number, reading).unwrap();
            }
            assert_eq!(refused(settle(&papers[2], Reading::Choices(vec![1]))), "more-papers-than-given");
            assert_eq!(vote.traces().0, 1);
        }
    });
}

#[test]
fn a_worker_of_two_places_gives_papers_at_both() {
    each_engine(|db| {
        let (vote, _) = with_residents(db, 4);
        let letters = printed(&vote, "", ("", ""));
        let communities: BTreeSet<&str> = letters.iter().map(|l| l.to.path.rsplit('/').next().unwrap()).collect();
        assert_eq!(communities.len(), 2);
        let who = |places: &[&str]| {
            let person: PersonId = "1-00000000000000000009".parse().unwrap();
            let post = |place: &&str| kernel::Post { role: kernel::Role::Worker, place: place.parse().unwrap() };
            let posts = places.iter().map(post).collect();
            Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: vec![] }))
        };
        let give = |who: &Actor, row: &resident::ResidentId| {
            let (season, row) = (vote.season.clone(), row.clone());
            vote.act(who.clone(), move |tx, cx| paper::give::give(tx, cx, &season, &row))
        };
        let all: Vec<&str> = communities.into_iter().collect();
        let elsewhere = letters.iter().find(|l| l.to.path.ends_with(all[1])).unwrap();
        assert_eq!(refused(give(&who(&all[..1]), &elsewhere.to.row)), "not-a-resident");
        for letter in &letters {
            give(&who(&all), &letter.to.row).unwrap();
        }
        assert_eq!(vote.traces().1, 4);
    });
}

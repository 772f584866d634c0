//! Until when owners vote, in stories on both engines: the announced day, ballots and papers around it, an extension, and what the
//! pages say of one's own ballot.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod estate;

use db::{Db, Fault};
use estate::Estate;
use kernel::{Actor, Day};
use owners::{
    ballot::{
        State as Paper,
        online::{CastOnline, cast},
        paper::{self, TypePaper},
        queries::{self as ballots, said_of},
    },
    round::{
        Round, RoundId, State, call, close,
        draft::{DraftRound, change},
        extend::{Extend, extend},
        freeze, queries,
    },
    visit::{
        answer::{Answer, answer},
        queries::{sum, totals},
    },
};
use testkit::story::{each_engine, fields, refused};

fn read(db: &Db, id: &RoundId) -> Round {
    let id = id.clone();
    db.read_wait(move |s| queries::round(s, &id)).unwrap()
}

fn votes(estate: &Estate, day: i64, id: &RoundId, (who, unit, choice): (&Actor, &str, &str)) -> Result<(), Fault> {
    let (id, input) = (id.clone(), CastOnline { unit: unit.into(), choice: choice.into(), ..CastOnline::default() });
    estate.on(day, who, move |tx, cx| cast(tx, cx, &id, &input)).map(|_| ())
}

fn types(estate: &Estate, day: i64, id: &RoundId, unit: &str) -> Result<Paper, Fault> {
    let input =
        TypePaper { unit: unit.into(), choice: "agree".into(), channel: "paper".into(), ..TypePaper::default() };
    for who in 0..2 {
        let (id, input) = (id.clone(), input.clone());
        estate.on(day, &estate.typists[who], move |tx, cx| paper::read(tx, cx, &id, &input))?;
    }
    Ok(Paper::Counted)
}

fn extends(estate: &Estate, day: i64, id: &RoundId, (closes, reason): (&str, &str)) -> Result<Round, Fault> {
    let (id, input) = (id.clone(), Extend { closes: closes.into(), reason: reason.into() });
    estate.on(day, &estate.worker, move |tx, cx| extend(tx, cx, &id, &input))
}

fn notice(db: &Db, id: &matters::notice::NoticeId) -> matters::notice::Notice {
    let id = id.clone();
    db.read_wait(move |s| matters::notice::queries::notice(s, &id)).unwrap()
}

#[test]
fn a_vote_closes_after_the_day_that_was_announced_and_papers_come_in_later() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let with = |closes: &str| DraftRound { closes: closes.into(), ..estate.question() };
        assert_eq!(fields(estate.draft(&estate.worker, with(""))), ["closes: required"]);
        assert_eq!(fields(estate.draft(&estate.worker, with("soon"))), ["closes: not-a-date"]);
        // fifteen days of notice, and the day after them at the earliest
        assert_eq!(fields(estate.draft(&estate.worker, with(&estate.day(15)))), ["closes: closes-too-early"]);
        assert_eq!(fields(estate.draft(&estate.worker, with(&estate.day(801)))), ["closes: closes-past-rules"]);
        let id = estate.called(estate.question());
        let said = notice(db, &read(db, &id).notices.call.unwrap()).body;
        let day = ui::Civil::from(&Day::parse(&estate.day(38)).unwrap()).long(ui::Locale::ZhHans);
        assert!(said.contains(&day), "{said}");
        estate.step(30, &id, call::open).unwrap();
        let owner = estate.owner("2-101");
        assert_eq!(refused(estate.step(31, &id, close::close)), "round-still-runs", "pressed too early");
        votes(&estate, 38, &id, (&owner, "2-101", "agree")).unwrap();
        assert_eq!(refused(estate.step(38, &id, close::close)), "round-still-runs", "its last day is a day of it");
        assert_eq!(refused(votes(&estate, 39, &id, (&owner, "2-101", "disagree"))), "round-vote-over");
        // what was handed in in time is typed when there is time
        types(&estate, 39, &id, "1-101").unwrap();
        assert_eq!(estate.step(39, &id, close::close).unwrap().state, State::Closed);
        types(&estate, 40, &id, "1-102").unwrap();
    });
}

#[test]
fn when_every_unit_has_voted_a_vote_closes_at_once() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = estate.called(DraftRound { buildings: "2号".into(), ..estate.question() });
        estate.step(30, &id, call::open).unwrap();
        for unit in ["2-101", "2-102", "2-201"] {
            types(&estate, 31, &id, unit).unwrap();
        }
        assert_eq!(refused(estate.step(31, &id, close::close)), "round-still-runs", "three of four");
        types(&estate, 31, &id, "2-202").unwrap();
        // who has voted was reached, though nobody was at the door
        let of = id.clone();
        let all = db.read_wait(move |s| totals(s, &of)).unwrap();
        assert_eq!((sum(&all).reached, sum(&all).not_reached(), sum(&all).visits), (4, 0, 0));
        assert_eq!(estate.step(31, &id, close::close).unwrap().state, State::Closed);
    });
}

#[test]
fn the_last_day_is_moved_before_it_comes_and_everybody_reads_why() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = estate.called(estate.question());
        let told = |day| estate.day(day);
        estate.step(30, &id, call::open).unwrap();
        assert_eq!(refused(extends(&estate, 38, &id, (&told(45), "下雨"))), "round-extend-too-late");
        assert_eq!(fields(extends(&estate, 37, &id, (&told(45), " "))), ["reason: required"]);
        assert_eq!(fields(extends(&estate, 37, &id, (&told(38), "下雨"))), ["closes: closes-not-later"]);
        let (of, input) = (id.clone(), Extend { closes: told(45), reason: "下雨".into() });
        let stranger = estate.on(37, &estate.stranger, move |tx, cx| extend(tx, cx, &of, &input));
        assert_eq!(refused(stranger), "not-allowed");
        let round = extends(&estate, 37, &id, (&told(45), "下雨")).unwrap();
        let closes = round.closes.clone();
        assert_eq!(closes.day.unwrap().to_string(), told(45));
        assert_eq!((closes.first.unwrap().to_string(), closes.why.as_str()), (told(38), "下雨"));
        assert_eq!(extends(&estate, 37, &id, (&told(45), "下雨")).unwrap().revision, round.revision, "sent twice");
        let first = round.closes.notice.unwrap();
        assert!(notice(db, &first).body.contains("下雨"));
        // once more: the earlier notice is taken down, the day that was announced first stays
        let round = extends(&estate, 40, &id, (&told(50), "还在下")).unwrap();
        assert_eq!(round.closes.first.unwrap().to_string(), told(38));
        assert_eq!(notice(db, &first).state, matters::notice::State::Withdrawn);
        assert_eq!(refused(estate.step(46, &id, close::close)), "round-still-runs");
        assert_eq!(estate.step(51, &id, close::close).unwrap().state, State::Closed);
        estate.no_names_in_the_log();
    });
}

#[test]
fn a_last_day_that_the_notice_overtook_is_moved_before_the_vote_is_announced() {
    each_engine(|db| {
        let estate = Estate::new(db);
        estate.keep(&estate.worker, estate::FILE).unwrap();
        let early = DraftRound { closes: estate.day(20), ..estate.question() };
        let id = estate.draft(&estate.worker, early.clone()).unwrap().id;
        estate.step(1, &id, freeze::freeze).unwrap();
        // its roll hung for long
        assert_eq!(refused(estate.step(10, &id, call::call)), "round-ends-too-early");
        let round = extends(&estate, 10, &id, (&estate.day(26), "名册公示晚了")).unwrap();
        assert_eq!(round.closes.notice, None, "nothing was announced yet");
        estate.step(10, &id, call::call).unwrap();
        assert_eq!(refused(estate.step(27, &id, call::open)), "round-ends-too-early", "its day is over");
        extends(&estate, 27, &id, (&estate.day(33), "预告晚了")).unwrap();
        assert_eq!(estate.step(27, &id, call::open).unwrap().state, State::Open);
        // a draft is changed with the day that it has, as long as that can be
        let id = estate.draft(&estate.worker, DraftRound { once: "b".into(), ..early.clone() }).unwrap().id;
        let late = estate.on(6, &estate.worker, move |tx, cx| change(tx, cx, &id, &early));
        assert_eq!(fields(late), ["closes: closes-too-early"]);
    });
}

#[test]
fn owners_read_what_they_chose_and_the_survey_ends_where_the_vote_begins() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = estate.called(DraftRound { later: "replace".into(), ..estate.question() });
        let owner = estate.owner("1-102");
        let said = |day, what: &str| {
            let (id, input) = (id.clone(), Answer { unit: "1-102".into(), answer: what.into(), ..Answer::default() });
            estate.on(day, &owner, move |tx, cx| answer(tx, cx, &id, &input))
        };
        said(29, "agrees").unwrap();
        estate.step(30, &id, call::open).unwrap();
        assert_eq!(refused(said(31, "refuses")), "survey-vote-open");
        votes(&estate, 31, &id, (&owner, "1-102", "disagree")).unwrap();
        votes(&estate, 32, &id, (&owner, "1-102", "abstain")).unwrap();
        let of = id.clone();
        let own = db.read_wait(move |s| {
            let doors = ballots::doors(s, &of)?;
            Ok::<_, Fault>(said_of(s, &of, &doors)?)
        });
        let own: Vec<_> = own.unwrap().into_iter().map(|said| (said.door, said.choice)).collect();
        assert_eq!(own, [(2, consent::Choice::Abstain)], "the later one of the two");
    });
}

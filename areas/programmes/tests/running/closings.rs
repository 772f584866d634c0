//! The closing of a project.

use db::{Db, Fault};
use kernel::Actor;
use programmes::{
    closing::{
        self, Closed, Report, State,
        decide::{SendBack, accept, send_back},
        grade::{Grade, grade},
        report::{WriteReport, write},
    },
    running::{Nothing, RunState},
};
use testkit::story::{act, each_engine, fields, refused as code};

use crate::{Records, SERVED, Town, halfway::pass, public, run, somebody, town};

fn save(db: &Db, who: &Actor, town: &Town, input: WriteReport) -> Result<Closed, Fault> {
    let season = town.season.clone();
    act(db, who, move |tx, cx| write(tx, cx, &Records, (&season, 1), &input))
}

fn report(done: &str, revision: u32, submit: bool) -> WriteReport {
    let report = Report { done: done.into(), changed: "孩子们认得邻居了。".into(), ..Report::default() };
    WriteReport { revision, report, submit }
}

fn say(db: &Db, who: &Actor, town: &Town, n: u32) -> Result<(), Fault> {
    let (season, input) = (town.season.clone(), Grade { grade: n, words: "很喜欢。".into() });
    act(db, who, move |tx, cx| grade(tx, cx, &Records, (&season, 1), &input))
}

#[test]
fn a_project_is_closed_by_somebody_who_had_no_part_in_it() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        let accepted = || {
            let season = town.season.clone();
            db.read_wait(move |s| closing::accepted(s, &season, 1)).unwrap()
        };
        let yes = |who: &Actor| {
            let season = town.season.clone();
            act(db, who, move |tx, cx| accept(tx, cx, (&season, 1)))
        };
        assert_eq!(code(save(db, &town.author, &town, report("办了十二场。", 0, true))), "midterm-not-passed");
        pass(db, &town, 1);
        assert_eq!(code(yes(&town.officer)), "closing-state");
        assert_eq!(code(save(db, &town.neighbour, &town, report("", 0, false))), "not-allowed");
        assert_eq!(save(db, &town.author, &town, report("", 0, false)).unwrap().state, State::Draft);
        assert_eq!(fields(save(db, &town.author, &town, report("", 1, true))), ["done: required"]);
        assert_eq!(code(save(db, &town.author, &town, report("办了十二场。", 0, true))), "changed-meanwhile");
        let mut film = report("办了十二场。", 1, true);
        film.report.video = "http://v.example.org/1".into();
        assert_eq!(
            fields(save(db, &town.author, &town, film.clone())),
            ["video: not-a-link", "consents: consents-needed"]
        );
        film.report.video = "https://v.example.org/1".into();
        film.report.consents = true;
        let sent = save(db, &town.author, &town, film.clone()).unwrap();
        assert_eq!((sent.state, sent.revision), (State::Submitted, 2));
        assert_eq!(save(db, &town.author, &town, film.clone()).unwrap(), sent, "sent twice, handed in once");

        let (season, why) = (town.season.clone(), SendBack { reasons: "请写花了多少钱。".into() });
        let back = move |who: &Actor| {
            let (season, why) = (season.clone(), why.clone());
            act(db, who, move |tx, cx| send_back(tx, cx, (&season, 1), &why))
        };
        assert_eq!(code(back(&town.worker)), "not-allowed");
        assert_eq!(back(&town.officer).unwrap().state, State::Returned);
        // the office hands in for the team: then another officer accepts
        film.revision = 3;
        film.report.done = "办了十二场，花了三千二百元。".into();
        assert_eq!(save(db, &town.officer, &town, film).unwrap().state, State::Submitted);
        assert_eq!(code(yes(&town.officer)), "not-allowed");
        assert_eq!(code(yes(&town.author)), "not-allowed");
        assert!(!accepted());
        let done = yes(&town.second).unwrap();
        assert!(accepted() && done.verdict.is_some());
        assert_eq!(yes(&town.second).unwrap().verdict, done.verdict);
        assert_eq!(run(db, &town, 1).state, RunState::Closed);
        assert_eq!(code(save(db, &town.author, &town, report("又改。", 5, false))), "project-not-running");

        let told = public(db, &["closing"]);
        for word in ["十二场", "example", town.author.person().unwrap().as_str()] {
            assert!(!told.contains(word), "{word}");
        }
    });
}

#[test]
fn satisfaction_is_of_those_served_and_shown_from_five_answers() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        let shown = || {
            let season = town.season.clone();
            db.read_wait(move |s| closing::queries::satisfaction(s, &season, 1)).unwrap()
        };
        assert_eq!(code(say(db, &town.neighbour, &town, 5)), "not-served");
        assert_eq!(code(say(db, &town.author, &town, 5)), "own-project");
        assert_eq!(code(say(db, &Actor::Visitor, &town, 5)), "sign-in-first");
        // where nobody's coming is recorded by person, nobody is counted as served
        let (season, input) = (town.season.clone(), Grade { grade: 5, words: String::new() });
        let unknown = act(db, &town.neighbour, move |tx, cx| grade(tx, cx, &Nothing, (&season, 1), &input));
        assert_eq!(code(unknown), "not-served");
        for n in 1..=5_u32 {
            assert_eq!(shown(), None, "{n}");
            let who = somebody(db, &town.place, &format!("{SERVED}{n}"), None);
            assert_eq!(fields(say(db, &who, &town, 6)), ["grade: too-large"]);
            say(db, &who, &town, 1).unwrap();
            // a second thought counts once
            say(db, &who, &town, n).unwrap();
        }
        let all = shown().unwrap();
        assert_eq!((all.answers, all.sum, all.content), (5, 15, 2));
        assert!(!public(db, &["project.graded"]).contains("很喜欢"));
    });
}

/// The first project, passed and closed by the second officer.
pub(crate) fn closed_well(db: &Db, town: &Town) {
    pass(db, town, 1);
    save(db, &town.author, town, report("办了十二场。", 0, true)).unwrap();
    let season = town.season.clone();
    act(db, &town.second, move |tx, cx| accept(tx, cx, (&season, 1))).unwrap();
}

//! The assessment halfway.

use db::{Db, Fault};
use kernel::{Actor, Day};
use matters::{
    duty,
    notice::{
        self,
        answer::{NewAnswer, answer},
        correct::{Correction, correct},
        object::{NewObjection, object},
    },
    verdict,
};
use programmes::{
    Stage,
    midterm::{
        self, Round, State,
        announce::announce,
        decide::{Decide, decide},
        mend::{Mend, mend},
        open::open,
        score::{WriteSheet, score},
    },
    running::{RunState, pack::opened},
};
use testkit::story::{act, each_engine, fields, refused as code};

use crate::{Records, Town, public, run, to_stage, town};

pub(crate) fn begin(db: &Db, town: &Town, number: u32) -> Result<Round, Fault> {
    let season = town.season.clone();
    act(db, &town.officer, move |tx, cx| open(tx, cx, &Records, (&season, number)))
}

fn sheet(db: &Db, who: &Actor, town: &Town, (round, scores): (u32, [&str; 4])) -> Result<(), Fault> {
    let season = town.season.clone();
    let input = WriteSheet { round, scores: scores.map(str::to_owned).to_vec(), comment: "看了现场。".into() };
    act(db, who, move |tx, cx| score(tx, cx, (&season, 1), &input)).map(|_| ())
}

fn end(db: &Db, who: &Actor, town: &Town, input: Decide) -> Result<Round, Fault> {
    let season = town.season.clone();
    act(db, who, move |tx, cx| decide(tx, cx, (&season, 1), &input))
}

fn decision(round: u32, outcome: &str, until: &str) -> Decide {
    Decide { round, outcome: outcome.into(), advice: "台账要补齐。".into(), until: until.into() }
}

/// Scored twice with the same points and decided.
pub(crate) fn pass(db: &Db, town: &Town, number: u32) {
    ends(db, town, number, ("90", "passed"));
}

/// Scored twice with the same points and stopped.
pub(crate) fn fail(db: &Db, town: &Town, number: u32) {
    ends(db, town, number, ("10", "failed"));
}

fn ends(db: &Db, town: &Town, number: u32, (points, outcome): (&str, &str)) {
    let round = begin(db, town, number).unwrap().round;
    for who in [&town.officer, &town.worker] {
        let season = town.season.clone();
        let input = WriteSheet { round, scores: vec![points.into(); 4], comment: String::new() };
        act(db, who, move |tx, cx| score(tx, cx, (&season, number), &input)).unwrap();
    }
    let (season, input) = (town.season.clone(), decision(round, outcome, ""));
    act(db, &town.officer, move |tx, cx| decide(tx, cx, (&season, number), &input)).unwrap();
}

fn passed(db: &Db, town: &Town) -> bool {
    let season = town.season.clone();
    db.read_wait(move |s| midterm::passed(s, &season, 1)).unwrap()
}

#[test]
fn a_project_mends_what_was_found_and_passes() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        let round = begin(db, &town, 1).unwrap();
        assert_eq!(begin(db, &town, 1).unwrap(), round, "opened twice is opened once");
        let pack = opened(&round.pack).unwrap();
        assert_eq!((pack.known.activities, pack.known.visits, pack.months.len()), (Some(12), Some(240), 3));
        assert_eq!(pack.plan, "九月四场，十月四场。");

        // who had a part in it scores nothing, and neither do neighbours
        assert_eq!(code(sheet(db, &town.author, &town, (1, ["60"; 4]))), "not-allowed");
        assert_eq!(code(sheet(db, &town.neighbour, &town, (1, ["60"; 4]))), "not-allowed");
        let wrong = fields(sheet(db, &town.worker, &town, (1, ["60", "", "101", "x"])));
        assert_eq!(wrong, ["score-2: required", "score-3: too-large", "score-4: not-a-number"]);
        sheet(db, &town.worker, &town, (1, ["50"; 4])).unwrap();
        assert_eq!(code(end(db, &town.officer, &town, decision(1, "rectify", "2026-12-10"))), "sheets-too-few");
        sheet(db, &town.officer, &town, (1, ["40"; 4])).unwrap();
        // a second thought takes the place of the first
        sheet(db, &town.officer, &town, (1, ["50", "60", "60", "50"])).unwrap();
        assert_eq!(code(sheet(db, &town.officer, &town, (2, ["50"; 4]))), "changed-meanwhile");

        assert_eq!(code(end(db, &town.officer, &town, decision(1, "passed", ""))), "points-too-few");
        assert_eq!(fields(end(db, &town.officer, &town, decision(1, "rectify", ""))), ["until: required"]);
        assert_eq!(
            fields(end(db, &town.officer, &town, decision(1, "rectify", "2027-06-01"))),
            ["until: day-too-late"]
        );
        assert_eq!(code(end(db, &town.worker, &town, decision(1, "rectify", "2026-12-10"))), "not-allowed");
        let done = end(db, &town.officer, &town, decision(1, "rectify", "2026-12-10")).unwrap();
        // 30·50 + 20·55 + 20·55 + 30·50 over both sheets
        assert_eq!(
            (done.state, done.points, done.until.as_ref().map(Day::as_str)),
            (State::Rectify, Some(5_200), Some("2026-12-10"))
        );
        assert_eq!(end(db, &town.officer, &town, decision(1, "rectify", "2026-12-10")).unwrap(), done);
        assert!(!passed(db, &town));
        assert_eq!(code(begin(db, &town, 1)), "rectification-runs");

        // it is a duty of the team, met by saying what was mended
        let (home, once) = (town.season.home(), format!("mend {}/1 1", town.season));
        let owed = || {
            let once = once.clone();
            db.read_wait(move |s| duty::queries::given(s, home, &once)).unwrap().unwrap()
        };
        assert!(owed().state.is_open());
        let (season, words) = (town.season.clone(), Mend { words: "台账补齐了。".into() });
        let say = move |who: &Actor| {
            let (season, words) = (season.clone(), words.clone());
            act(db, who, move |tx, cx| mend(tx, cx, (&season, 1), &words))
        };
        assert_eq!(code(say(&town.neighbour)), "not-allowed");
        say(&town.author).unwrap();
        say(&town.author).unwrap();
        assert!(!owed().state.is_open());
        assert_eq!(run(db, &town, 1).midterm, State::Rectified);

        assert_eq!(begin(db, &town, 1).unwrap().round, 2);
        for who in [&town.officer, &town.worker] {
            sheet(db, who, &town, (2, ["60"; 4])).unwrap();
        }
        assert_eq!(code(end(db, &town.officer, &town, decision(2, "failed", ""))), "points-pass");
        let done = end(db, &town.officer, &town, decision(2, "passed", "")).unwrap();
        assert_eq!((done.points, passed(db, &town)), (Some(6_000), true));
        // until it is posted a result is for the team and the office
        assert_eq!((&done.verdict, done.is_unposted()), (&None, true));
        let rounds = || {
            let season = town.season.clone();
            db.read_wait(move |s| midterm::queries::rounds(s, &season, 1)).unwrap()
        };
        for round in rounds().into_iter().map(Round::as_posted) {
            assert_eq!((round.state, round.points, round.decided_day, round.until), (State::Open, None, None, None));
        }
        let unposted = || {
            let season = town.season.clone();
            db.read_wait(move |s| midterm::queries::unposted(s, &season)).unwrap()
        };
        assert_eq!(unposted().into_iter().collect::<Vec<_>>(), [1]);
        let told = public(db, &["midterm", "verdict"]);
        assert!(!told.contains("52.00") && !told.contains("60.00") && !told.contains("rectify"), "{told}");
        let season = town.season.clone();
        let posted = act(db, &town.officer, move |tx, cx| announce(tx, cx, &season)).unwrap();
        assert!(posted.body.contains("52.00") && posted.body.contains("60.00"), "{}", posted.body);
        assert!(unposted().is_empty());
        let both = rounds();
        assert_eq!(both.iter().map(|round| round.clone().as_posted()).collect::<Vec<_>>(), both);
        let ids: Vec<_> = both.iter().map(|round| round.verdict.clone().unwrap()).collect();
        let id = ids[0].parse().unwrap();
        let first = db.read_wait(move |s| verdict::queries::verdict(s, &id)).unwrap();
        assert_eq!((first.passed, first.outcome["outcome"].as_str()), (Some(false), Some("rectify")));
        let id = ids[1].parse().unwrap();
        let verdict = db.read_wait(move |s| verdict::queries::verdict(s, &id)).unwrap();
        assert_eq!((verdict.kind.as_str(), verdict.passed), ("midterm", Some(true)));
        assert_eq!(code(begin(db, &town, 1)), "midterm-decided");

        let told = public(db, &["midterm"]);
        assert!(told.contains("52.00") && told.contains("60.00"));
        for word in ["台账", "看了现场", town.worker.person().unwrap().as_str(), town.author.person().unwrap().as_str()]
        {
            assert!(!told.contains(word), "{word}");
        }
    });
}

#[test]
fn a_project_that_failed_is_assessed_again_only_where_an_objection_is_upheld() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        begin(db, &town, 1).unwrap();
        for who in [&town.officer, &town.worker] {
            sheet(db, who, &town, (1, ["10"; 4])).unwrap();
        }
        end(db, &town.officer, &town, decision(1, "failed", "")).unwrap();
        assert_eq!(run(db, &town, 1).state, RunState::Stopped);
        assert_eq!(code(begin(db, &town, 1)), "midterm-decided");

        let season = town.season.clone();
        let posted = act(db, &town.officer, move |tx, cx| announce(tx, cx, &season)).unwrap();
        assert!(posted.body.contains("楼道美术馆：10.00分，不通过"), "{}", posted.body);
        let season = town.season.clone();
        assert_eq!(code(act(db, &town.officer, move |tx, cx| announce(tx, cx, &season))), "nothing-to-post");
        let id = posted.id.clone();
        let words = NewObjection { words: "现场没有看。".into(), once: "one".into(), ..NewObjection::default() };
        let objection = act(db, &town.author, move |tx, cx| object(tx, cx, &id, &words)).unwrap();
        assert_eq!(code(begin(db, &town, 1)), "midterm-decided", "an objection alone changes nothing");
        let words = NewAnswer { outcome: "upheld".into(), words: "确实没有。".into() };
        act(db, &town.second, move |tx, cx| answer(tx, cx, &objection.id, &words)).unwrap();
        let id = posted.id.clone();
        assert_eq!(db.read_wait(move |s| notice::queries::notice(s, &id)).unwrap().n_upheld, 1);
        assert_eq!(begin(db, &town, 1).unwrap().round, 2);
        assert_eq!(run(db, &town, 1).state, RunState::Running);
    });
}

#[test]
fn an_objection_opens_the_project_of_its_team_and_no_other() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆", "邻家花园"]);
        fail(db, &town, 1);
        fail(db, &town, 2);
        let stands = run(db, &town, 1).as_posted();
        assert_eq!((stands.state, stands.midterm), (RunState::Running, State::Open), "as strangers see it until then");
        let season = town.season.clone();
        let posted = act(db, &town.officer, move |tx, cx| announce(tx, cx, &season)).unwrap();
        let id = posted.id.clone();
        let words = NewObjection { words: "花园没有看。".into(), once: "one".into(), ..NewObjection::default() };
        let objection = act(db, &town.neighbour, move |tx, cx| object(tx, cx, &id, &words)).unwrap();
        assert_eq!(code(begin(db, &town, 2)), "midterm-decided", "an objection alone changes nothing");
        let words = NewAnswer { outcome: "upheld".into(), words: "确实没有。".into() };
        act(db, &town.second, move |tx, cx| answer(tx, cx, &objection.id, &words)).unwrap();
        assert_eq!(code(begin(db, &town, 1)), "objection-of-another");
        let (id, body) = (posted.id, posted.body.replace("邻家花园", "邻家花园（重新评估）"));
        let words = Correction { title: posted.title, body, why: "异议成立。".into() };
        assert_eq!(act(db, &town.officer, move |tx, cx| correct(tx, cx, &id, &words)).unwrap().version, 2);
        assert_eq!(code(begin(db, &town, 1)), "objection-of-another", "a new wording opens nothing");
        assert_eq!(run(db, &town, 1).state, RunState::Stopped);
        assert_eq!(begin(db, &town, 2).unwrap().round, 2);
        assert_eq!(run(db, &town, 2).state, RunState::Running);
    });
}

#[test]
fn two_officers_who_decide_at_once_decide_once() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        begin(db, &town, 1).unwrap();
        for who in [&town.officer, &town.worker] {
            sheet(db, who, &town, (1, ["70"; 4])).unwrap();
        }
        let (one, two) = std::thread::scope(|scope| {
            let one = scope.spawn(|| end(db, &town.officer, &town, decision(1, "passed", "")));
            let two = scope.spawn(|| end(db, &town.second, &town, decision(1, "rectify", "2026-12-10")));
            (one.join().unwrap(), two.join().unwrap())
        });
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
        let state = run(db, &town, 1).midterm;
        assert_eq!(state, if one.is_ok() { State::Passed } else { State::Rectify });
    });
}

#[test]
fn a_season_goes_on_to_its_end() {
    each_engine(|db| {
        let town = town(db, &[]);
        to_stage(db, &town.season, Stage::Showcase);
        let season = town.season.clone();
        let next = db.read_wait(move |s| programmes::season::queries::next_stage(s, &season));
        assert_eq!(code(next), "no-next-stage");
    });
}

//! What seasons, ideas and projects promise, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

use db::{Db, Fault};
use kernel::{Actor, Fen};
use places::{Level, PlaceId, commands::add};
use programmes::{
    Idea, Phase, Project, Season, SeasonId,
    idea::{
        self,
        post::{PostIdea, post},
    },
    project::{
        self,
        add::{MAX_CHUNK, NewProject, add_projects},
    },
    season::{
        open::{MAX_MONEY, OpenSeason, open},
        open_vote::open_vote,
        queries,
    },
    template::adopt::adopt,
};
use rights::{Action, authorize};
use testkit::story::{act, each_engine, fields, refusal, refused};

fn place(db: &Db) -> PlaceId {
    let input = add::AddPlace { parent: None, level: Level::Subdistrict, name: "邻里街道".into() };
    act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
}

fn typed(place: PlaceId) -> OpenSeason {
    OpenSeason {
        place,
        name: "社区微更新".into(),
        about: "第一行\r\n第二行".into(),
        budget: Fen(100_000),
        currency: "CNY".into(),
        rule: "mes:cost".into(),
        increment: None,
        max_choices: 3,
        template: "plain".into(),
        start: String::new(),
        source: String::new(),
        once: String::new(),
    }
}

fn open_as(db: &Db, actor: Actor, input: OpenSeason) -> Result<Season, Fault> {
    act(db, actor, move |tx, cx| open(tx, cx, &input))
}

fn season(db: &Db) -> SeasonId {
    open_as(db, Actor::Operator, typed(place(db))).unwrap().id
}

fn shown(db: &Db, id: &SeasonId) -> Season {
    let id = id.clone();
    db.read_wait(move |s| queries::season(s, &id)).unwrap()
}

fn new_project(reference: &str, cost: i64) -> NewProject {
    NewProject {
        reference: reference.into(),
        name: "长椅".into(),
        about: String::new(),
        category: String::new(),
        cost: Fen(cost),
    }
}

fn add_as(db: &Db, actor: Actor, id: &SeasonId, projects: Vec<NewProject>) -> Result<Vec<Project>, Fault> {
    let id = id.clone();
    act(db, actor, move |tx, cx| add_projects(tx, cx, &id, &projects))
}

fn projects(db: &Db, id: &SeasonId) -> Vec<Project> {
    let id = id.clone();
    db.read_wait(move |s| project::queries::projects(s, &id, 0, 10_000)).unwrap()
}

fn start_vote(db: &Db, actor: Actor, id: &SeasonId) -> Result<(), Fault> {
    let id = id.clone();
    act(db, actor, move |tx, cx| open_vote(tx, cx, &id))
}

fn idea(once: &str) -> PostIdea {
    PostIdea { title: "屋顶花园".into(), body: "种菜。".into(), once: once.into(), ..Default::default() }
}

fn post_as(db: &Db, actor: Actor, id: &SeasonId, input: PostIdea) -> Result<Idea, Fault> {
    let id = id.clone();
    act(db, actor, move |tx, cx| post(tx, cx, &id, &input))
}

fn ideas(db: &Db, id: &SeasonId) -> Vec<Idea> {
    let id = id.clone();
    db.read_wait(move |s| idea::queries::ideas(s, &id, None)).unwrap()
}

/// Moves a season as closing and publishing do, which are verbs of another area.
fn advance(db: &Db, id: &SeasonId, to: Phase) {
    let season = shown(db, id);
    let moved = act(db, Actor::Operator, move |tx, cx| {
        let permit = authorize(&cx.actor, Action::RunSeason, season.id.home())?;
        Ok(programmes::season::store::advance(tx, &permit, &season, to)?)
    });
    assert_eq!(moved, Ok(true));
}

#[test]
fn a_season_is_opened_as_it_was_typed() {
    each_engine(|db| {
        let opened = open_as(db, Actor::Operator, typed(place(db))).unwrap();
        assert_eq!(shown(db, &opened.id), opened);
        assert_eq!((opened.phase, opened.revision, opened.n_projects), (Phase::Collecting, 0, 0));
        assert_eq!(opened.about, "第一行\n第二行");
        let newest = db.read_wait(|s| queries::seasons(s, None)).unwrap();
        assert_eq!(newest, [opened]);
    });
}

#[test]
fn a_season_that_cannot_be_is_refused_with_every_wrong_field() {
    type Change = fn(&mut OpenSeason);
    let cases: [(Change, &[&str]); 12] = [
        (|s| s.name = " ".into(), &["name: required"]),
        (|s| s.name = "季".repeat(121), &["name: too-long"]),
        (|s| s.name = "a\nb".into(), &["name: control-characters"]),
        (|s| s.about = "字".repeat(2_001), &["about: too-long"]),
        (|s| s.budget = Fen(0), &["budget: too-small"]),
        (|s| s.budget = Fen(MAX_MONEY + 1), &["budget: too-large"]),
        (|s| s.currency = "cny".into(), &["currency: not-a-currency"]),
        (|s| s.rule = "by-luck".into(), &["rule: unknown-rule"]),
        (|s| s.increment = Some(Fen(0)), &["increment: too-small"]),
        (|s| s.max_choices = 2_001, &["max_choices: too-large"]),
        (|s| s.source = "x".repeat(20_001), &["source: too-long"]),
        (
            |s| (s.name, s.rule, s.max_choices) = (String::new(), "x".into(), u32::MAX),
            &["name: required", "rule: unknown-rule", "max_choices: too-large"],
        ),
    ];
    each_engine(|db| {
        let place = place(db);
        for (change, expected) in cases {
            let mut input = typed(place.clone());
            change(&mut input);
            assert_eq!(fields(open_as(db, Actor::Operator, input)), expected);
        }
        let nowhere = typed("1-00000000000000000000".parse().unwrap());
        assert_eq!(refused(open_as(db, Actor::Operator, nowhere)), "place-not-found");
        for (actor, code) in strangers() {
            assert_eq!(refused(open_as(db, actor, typed(place.clone()))), code);
        }
        assert_eq!(db.read_wait(|s| queries::seasons(s, None)), Ok(vec![]), "nothing was opened");
    });
}

/// Those who may not run a season, and what they are told.
fn strangers() -> [(Actor, &'static str); 3] {
    [(Actor::Visitor, "sign-in-first"), (Actor::Voter, "not-allowed"), (testkit::person(5, Vec::new()), "not-allowed")]
}

#[test]
fn each_verb_is_refused_outside_its_phase() {
    each_engine(|db| {
        let id = season(db);
        assert_eq!(refused(start_vote(db, Actor::Operator, &id)), "no-projects");
        add_as(db, Actor::Operator, &id, vec![new_project("A", 100)]).unwrap();
        post_as(db, testkit::person(1, Vec::new()), &id, idea("kept")).unwrap();
        for (actor, code) in strangers() {
            assert_eq!(refused(start_vote(db, actor.clone(), &id)), code);
            assert_eq!(refused(add_as(db, actor, &id, vec![new_project("B", 1)])), code);
        }
        assert_eq!(refused(post_as(db, Actor::Voter, &id, idea(""))), "not-allowed");
        start_vote(db, Actor::Operator, &id).unwrap();
        for next in [Some(Phase::Closed), Some(Phase::Published), None] {
            let at = shown(db, &id).phase.as_str();
            assert_eq!(refused(start_vote(db, Actor::Operator, &id)), "wrong-phase", "{at}");
            assert_eq!(refused(add_as(db, Actor::Operator, &id, vec![new_project("C", 1)])), "wrong-phase", "{at}");
            assert_eq!(refused(post_as(db, testkit::person(1, Vec::new()), &id, idea("late"))), "wrong-stage", "{at}");
            let kept = post_as(db, testkit::person(1, Vec::new()), &id, idea("kept"));
            assert!(kept.is_ok(), "who sends again what was taken in time hears that it was taken");
            next.into_iter().for_each(|to| advance(db, &id, to));
        }
        let season = shown(db, &id);
        assert_eq!((season.n_projects, season.n_ideas), (1, 1));
        assert_eq!((projects(db, &id).len(), ideas(db, &id).len()), (1, 1));
        let nowhere: SeasonId = "1-00000000000000000000".parse().unwrap();
        assert_eq!(refused(start_vote(db, Actor::Operator, &nowhere)), "season-not-found");
        assert_eq!(refused(add_as(db, Actor::Operator, &nowhere, vec![new_project("C", 1)])), "season-not-found");
        assert_eq!(refused(post_as(db, testkit::person(1, Vec::new()), &nowhere, idea("x"))), "season-not-found");
    });
}

#[test]
fn an_idea_sent_twice_is_posted_once() {
    each_engine(|db| {
        let (id, other) = (season(db), season(db));
        let first = post_as(db, testkit::person(1, Vec::new()), &id, idea("form-1")).unwrap();
        let again = post_as(db, testkit::person(1, Vec::new()), &id, idea(" form-1 ")).unwrap();
        assert_eq!(first, again);
        assert_eq!(ideas(db, &id), [first]);
        assert_eq!(shown(db, &id).n_ideas, 1);
        post_as(db, testkit::person(1, Vec::new()), &other, idea("form-1")).unwrap();
        post_as(db, testkit::person(1, Vec::new()), &other, idea("")).unwrap();
        post_as(db, testkit::person(1, Vec::new()), &other, idea("")).unwrap();
        assert_eq!(ideas(db, &other).len(), 3, "another season, and without a text of their own, are others");
    });
}

#[test]
fn an_idea_sent_by_many_hands_at_once_is_posted_once() {
    each_engine(|db| {
        let id = season(db);
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..10)
                .map(|_| scope.spawn(|| post_as(db, testkit::person(1, Vec::new()), &id, idea("form-1"))))
                .collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        let posted = ideas(db, &id);
        assert_eq!(posted.len(), 1);
        assert_eq!(shown(db, &id).n_ideas, 1);
        assert!(answers.iter().any(Result::is_ok));
        for answer in answers {
            match answer {
                Ok(idea) => assert_eq!(idea, posted[0]),
                // a twin at the same instant: sending once more answers with the idea
                no => assert_eq!(refused(no), "changed-meanwhile"),
            }
        }
    });
}

#[test]
fn ideas_of_many_hands_are_all_posted_and_counted() {
    each_engine(|db| {
        let id = season(db);
        let before = db.counters().retries();
        std::thread::scope(|scope| {
            for hand in 0..8 {
                let (db, id) = (&*db, &id);
                scope.spawn(move || {
                    for n in 0..5 {
                        let resident = testkit::person(hand + 1, Vec::new());
                        post_as(db, resident, id, idea(&format!("{hand}-{n}"))).unwrap();
                    }
                });
            }
        });
        assert_eq!(shown(db, &id).n_ideas, 40);
        assert_eq!(ideas(db, &id).len(), 40);
        assert_eq!(db.counters().retries() - before, 0, "they wait for one another; none collides");
    });
}

#[test]
fn an_idea_out_of_bounds_is_refused_with_its_fields() {
    each_engine(|db| {
        let id = season(db);
        let long = |n: usize| "字".repeat(n);
        let cases = [
            (PostIdea { title: long(61), ..idea("") }, "title: too-long"),
            (PostIdea { title: String::new(), ..idea("") }, "title: required"),
            (PostIdea { title: "a\tb".into(), ..idea("") }, "title: control-characters"),
            (PostIdea { body: long(10_000), ..idea("") }, "body: too-long"),
            (PostIdea { body: " \n ".into(), ..idea("") }, "body: required"),
            (PostIdea { body: "a\u{0}b".into(), ..idea("") }, "body: control-characters"),
            (PostIdea { body: "\u{1b}[31m".into(), ..idea("") }, "body: control-characters"),
            (PostIdea { author: "王主任".into(), ..idea("") }, "author: own-name-only"),
            (idea(&long(65)), "once: too-long"),
        ];
        for (input, expected) in cases {
            assert_eq!(fields(post_as(db, testkit::person(1, Vec::new()), &id, input)), [expected]);
        }
        let everything =
            PostIdea { title: long(61), body: String::new(), author: "x".into(), once: long(65), ..Default::default() };
        let expected = ["title: too-long", "body: required", "author: own-name-only", "once: too-long"];
        assert_eq!(fields(post_as(db, testkit::person(1, Vec::new()), &id, everything)), expected);
        assert_eq!((ideas(db, &id), shown(db, &id).n_ideas), (vec![], 0));
        let largest = PostIdea { title: long(60), body: long(2_000), once: long(64), ..Default::default() };
        let posted = post_as(db, testkit::person(1, Vec::new()), &id, largest).unwrap();
        assert_eq!(ideas(db, &id), [posted]);
    });
}

#[test]
fn projects_are_numbered_without_a_gap() {
    each_engine(|db| {
        let id = season(db);
        let before = shown(db, &id).revision;
        std::thread::scope(|scope| {
            for hand in 0..6 {
                let (db, id) = (&*db, &id);
                scope.spawn(move || {
                    for n in 0..2 {
                        let two =
                            vec![new_project(&format!("{hand}.{n}.a"), 1), new_project(&format!("{hand}.{n}.b"), 2)];
                        // whoever was overtaken tries again, as a person would
                        while let Err(error) = add_as(db, Actor::Operator, id, two.clone()) {
                            assert!(error.is_refusal("changed-meanwhile"), "{error}");
                        }
                    }
                });
            }
        });
        let all = projects(db, &id);
        assert!(all.iter().map(|p| p.number).eq(1..=24));
        assert!(
            all.chunks(2)
                .all(|pair| pair[0].reference.trim_end_matches('a') == pair[1].reference.trim_end_matches('b'))
        );
        assert_eq!(
            db.counters().retries(),
            0,
            "an overtaken one is told at once; none waits for a deadlock to be found"
        );
        assert_eq!(shown(db, &id).n_projects, 24);
        assert_eq!(shown(db, &id).revision - before, 12, "each command moves the revision");
    });
}

#[test]
fn a_reference_is_taken_once_and_then_nothing_of_the_command_stays() {
    each_engine(|db| {
        let (id, other) = (season(db), season(db));
        add_as(db, Actor::Operator, &id, vec![new_project("A", 1)]).unwrap();
        let both = vec![new_project("B", 1), new_project(" A ", 1)];
        let no = refusal(add_as(db, Actor::Operator, &id, both));
        assert_eq!((no.code, no.args), ("reference-taken", vec![("reference", kernel::Arg::Text("A".into()))]));
        let twins = vec![new_project("C", 1), new_project("C", 1)];
        assert_eq!(refused(add_as(db, Actor::Operator, &id, twins)), "reference-taken");
        assert_eq!(projects(db, &id).len(), 1);
        assert_eq!(shown(db, &id).n_projects, 1);
        add_as(db, Actor::Operator, &other, vec![new_project("A", 1)]).unwrap();
        let next = add_as(db, Actor::Operator, &id, vec![new_project("B", 1)]).unwrap();
        assert_eq!(next[0].number, 2, "the refused ones took no number");
    });
}

#[test]
fn projects_out_of_bounds_are_refused() {
    each_engine(|db| {
        let id = season(db);
        let wrong = |change: fn(&mut NewProject)| {
            let mut project = new_project("A", 1);
            change(&mut project);
            fields(add_as(db, Actor::Operator, &id, vec![project]))
        };
        assert_eq!(wrong(|p| p.cost = Fen(-1)), ["cost: too-small"]);
        assert_eq!(wrong(|p| p.cost = Fen(MAX_MONEY + 1)), ["cost: too-large"]);
        assert_eq!(wrong(|p| p.reference = String::new()), ["reference: required"]);
        assert_eq!(wrong(|p| p.reference = "a\nproject 2 x 0".into()), ["reference: control-characters"]);
        assert_eq!(wrong(|p| p.name = "字".repeat(401)), ["name: too-long"]);
        assert_eq!(wrong(|p| p.about = "字".repeat(4_001)), ["about: too-long"]);
        assert_eq!(wrong(|p| p.category = "字".repeat(201)), ["category: too-long"]);
        let many: Vec<_> = (0..=MAX_CHUNK).map(|n| new_project(&n.to_string(), 1)).collect();
        assert_eq!(refused(add_as(db, Actor::Operator, &id, many)), "too-many-at-once");
        let flood: Vec<_> = (0..2_001).map(|n| new_project(&n.to_string(), 1)).collect();
        assert_eq!(refused(add_as(db, Actor::Operator, &id, flood)), "too-many-projects");
        assert_eq!(projects(db, &id), []);
        add_as(db, Actor::Operator, &id, vec![]).unwrap();
        assert_eq!(refused(start_vote(db, Actor::Operator, &id)), "no-projects");
    });
}

#[test]
fn two_who_open_the_vote_at_once_open_it_once() {
    each_engine(|db| {
        let id = season(db);
        add_as(db, Actor::Operator, &id, vec![new_project("A", 1)]).unwrap();
        let opened = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..6).map(|_| scope.spawn(|| start_vote(db, Actor::Operator, &id))).collect();
            let answers: Vec<_> = hands.into_iter().map(|hand| hand.join().unwrap()).collect();
            let (yes, no): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
            assert!(no.into_iter().all(|answer| ["wrong-phase", "changed-meanwhile"].contains(&refused(answer))));
            yes.len()
        });
        assert_eq!(opened, 1);
        assert_eq!(shown(db, &id).revision, 3, "one add, one stage, one opening");
    });
}

/// A panel decides, and there is no vote.
const NO_VOTE: &str = r#"
key = "panel-only"
version = 1
name = { zh-hans = "评审", zh-hant = "評審", en = "Panel", ko = "심사" }
about = { zh-hans = "只评审。", zh-hant = "只評審。", en = "A panel only.", ko = "심사만 합니다." }
stages = [{ stage = "deciding", days = 10 }, { stage = "approved", days = 10 }]
combine = "review-only"

[review]
reviewers = 1
drop-from = 3
criteria = [{ key = "need", weight = 100, most = 10, name = { zh-hans = "需要", zh-hant = "需要", en = "Need", ko = "필요" }, hint = { zh-hans = "看", zh-hant = "看", en = "Look", ko = "봄" } }]
"#;

#[test]
fn no_vote_is_opened_in_a_season_whose_template_has_none() {
    each_engine(|db| {
        let at = place(db);
        let street = at.clone();
        act(db, Actor::Operator, move |tx, cx| adopt(tx, cx, &street, NO_VOTE)).unwrap();
        let input = OpenSeason { template: "panel-only".into(), ..typed(at) };
        let id = open_as(db, Actor::Operator, input).unwrap().id;
        add_as(db, Actor::Operator, &id, vec![new_project("A", 100)]).unwrap();
        assert_eq!(refused(start_vote(db, Actor::Operator, &id)), "season-without-vote");
        assert_eq!(shown(db, &id).phase, Phase::Collecting);
    });
}

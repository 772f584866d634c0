//! A panel scores the projects of a season, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod conflicts;
mod recounted;

use std::{collections::BTreeMap, sync::Arc};

use db::{Db, Fault, Statement};
use decisions::{
    review::{
        Conflict, Minutes, Review, ReviewOutcome, ScoreSheet, State,
        answer::answer,
        close::close,
        count::count,
        declare::{Declaration, declare},
        invite::{Invite, invite},
        queries, rules,
        score::{Score, score},
    },
    selection::decide::decide,
};
use kernel::{Actor, Chance, Fen, PersonId, PlaceId, Post, Principal, Role};
use people::commands::register::{RegisterPerson, register};
use places::{Level, commands::add};
use programmes::{
    SeasonId, Stage,
    project::add::{NewProject, add_projects},
    season::{self, advance, open, open_vote::open_vote},
};
use rights::{Action, authorize};
use tally::panel::{PanelTie, Standing};
use testkit::story::{act, each_engine, refusal, refused};

static QUEUED: Statement = Statement {
    name: "QUEUED",
    module: "stories",
    sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
};

/// A season before its panel, with an officer and six persons.
struct Panel {
    db: Db,
    place: PlaceId,
    season: SeasonId,
    officer: Actor,
    people: Vec<(PersonId, Actor)>,
}

fn somebody(db: &Db, place: &PlaceId, name: &'static str) -> PersonId {
    let (home, input) = (place.home(), RegisterPerson { place: place.to_string(), name: name.into() });
    act(db, Actor::Operator, move |tx, cx| register(tx, cx, home, &input)).unwrap()
}

fn signed_in(person: &PersonId, posts: Vec<Post>) -> Actor {
    Actor::Person(Arc::new(Principal { person: person.clone(), verified: true, posts, seats: Vec::new() }))
}

impl Panel {
    /// Three projects that cost 300, 200 and 100.
    fn new(db: &Db) -> Panel {
        let operator = Actor::Operator;
        let input = add::AddPlace { parent: None, level: Level::Subdistrict, name: "南桥街道".into() };
        let place = act(db, &operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id;
        let by = open::OpenSeason::by("star-pick", place.clone(), "星选", Fen(1_000_000));
        let season = act(db, &operator, move |tx, cx| open::open(tx, cx, &by)).unwrap().id;
        let people = ["林一", "邱二", "方三", "古四", "项五", "盛六"].map(|name| somebody(db, &place, name));
        let officer = somebody(db, &place, "干部");
        let post = Post { role: Role::Officer, place: place.clone() };
        let panel = Panel {
            db: db.clone(),
            officer: signed_in(&officer, vec![post]),
            people: people.into_iter().map(|p| (p.clone(), signed_in(&p, Vec::new()))).collect(),
            place,
            season,
        };
        panel.projects(&[300, 200, 100]);
        panel.to(Stage::Deciding);
        panel
    }

    fn projects(&self, costs: &[i64]) {
        let new = |(n, cost): (usize, &i64)| NewProject {
            reference: format!("P{n}"),
            name: format!("项目 {n}"),
            about: String::new(),
            category: String::new(),
            cost: Fen(*cost),
        };
        let (id, list): (_, Vec<_>) = (self.season.clone(), costs.iter().enumerate().map(new).collect());
        act(&self.db, &Actor::Operator, move |tx, cx| add_projects(tx, cx, &id, &list)).unwrap();
    }

    fn to(&self, stage: Stage) {
        let id = self.season.clone();
        act(&self.db, &Actor::Operator, move |tx, cx| {
            let season = season::queries::season(tx, &id)?;
            let permit = authorize(&cx.actor, Action::RunSeason, id.home())?;
            advance::shift(tx, cx, &permit, &season, stage)
        })
        .unwrap();
    }

    fn stage(&self) -> Stage {
        let id = self.season.clone();
        self.db.read_wait(move |s| season::queries::season(s, &id)).unwrap().stage
    }

    fn invite_as(&self, actor: &Actor, who: usize) -> Result<decisions::review::Reviewer, Fault> {
        let (id, input) = (self.season.clone(), Invite { person: self.people[who].0.to_string() });
        act(&self.db, actor, move |tx, cx| invite(tx, cx, &id, &input))
    }

    fn answer(&self, who: usize, accept: bool) -> Result<decisions::review::Reviewer, Fault> {
        let id = self.season.clone();
        act(&self.db, &self.people[who].1, move |tx, cx| answer(tx, cx, &id, accept))
    }

    fn declare(&self, who: usize, said: &[(u32, Conflict)]) -> Result<(), Fault> {
        let id = self.season.clone();
        let said: Vec<_> =
            said.iter().map(|(number, conflict)| Declaration { number: *number, conflict: *conflict }).collect();
        act(&self.db, &self.people[who].1, move |tx, cx| declare(tx, cx, &id, &said).map(|_| ()))
    }

    /// Sits down: invited, accepted, no conflict with any of the three.
    fn seat(&self, who: usize) {
        self.invite_as(&self.officer, who).unwrap();
        self.answer(who, true).unwrap();
        self.declare(who, &[(1, Conflict::None), (2, Conflict::None), (3, Conflict::None)]).unwrap();
    }

    fn score_as(&self, actor: &Actor, number: u32, scores: &[i64]) -> Result<ScoreSheet, Fault> {
        let id = self.season.clone();
        let keys = ["need", "participation", "feasibility", "budget", "innovation", "sustainability", "team"];
        let scores: BTreeMap<_, _> =
            keys.iter().zip(scores).map(|(key, n)| ((*key).to_owned(), rules::Typed::Number(*n))).collect();
        let input = Score { scores, comment: "看得见变化".into() };
        act(&self.db, actor, move |tx, cx| score(tx, cx, (&id, number), &input))
    }

    /// The same score for each criterion.
    fn score(&self, who: usize, number: u32, each: i64) -> Result<ScoreSheet, Fault> {
        self.score_as(&self.people[who].1, number, &[each; 7])
    }

    /// The first three give each of the three projects six points by each criterion.
    fn three_score(&self) {
        for who in 0..3 {
            (1..=3).for_each(|number| drop(self.score(who, number, 6).unwrap()));
        }
    }

    fn close_as(&self, actor: &Actor) -> Result<Review, Fault> {
        let counted = Arc::new(count(&self.db, &self.season, &mut Chance::seeded(9))?);
        act(&self.db, actor, move |tx, cx| close(tx, cx, &counted))
    }

    fn outcome(&self) -> Option<ReviewOutcome> {
        let id = self.season.clone();
        let read = self.db.read_wait(move |s| {
            let season = season::queries::season(s, &id)?;
            Ok::<_, Fault>(queries::outcome(s, &season)?)
        });
        read.unwrap()
    }
}

#[test]
fn a_panel_is_invited_scores_and_is_counted() {
    each_engine(|db| {
        let panel = Panel::new(db);
        (0..4).for_each(|who| panel.seat(who));
        assert_eq!(refused(panel.close_as(&panel.officer)), "sheets-missing");
        // 1: 80, 80, 80, 60; 2: 90, 60, 90, 60 (equal means, lower cost); 3: 50 each
        for (who, scores) in [[8, 9, 5], [8, 6, 5], [8, 9, 5], [6, 6, 5]].into_iter().enumerate() {
            for (number, each) in (1..).zip(scores) {
                panel.score(who, number, each).unwrap();
            }
        }
        assert_eq!(panel.outcome(), None);
        let id = panel.season.clone();
        let read = panel.db.read_wait(move |s| queries::sheets(s, &id, 1)).unwrap();
        assert_eq!(read, [], "nobody sees a sheet before the review is closed");
        let review = panel.close_as(&panel.officer).unwrap();
        assert_eq!((review.state, review.rule_set.as_str()), (State::Closed, decisions::review::RULE_SET));
        assert_eq!((review.minutes.sheets, review.minutes.reviewers, review.minutes.missing), (12, 4, 0));

        let outcome = panel.outcome().unwrap();
        let told: Vec<_> = outcome.projects.iter().map(|p| (p.number, p.rank, p.passed, p.standing)).collect();
        let (proposed, below) = (Standing::Proposed, Standing::Below);
        assert_eq!(told, [(2, Some(1), true, proposed), (1, Some(2), true, proposed), (3, Some(3), false, below)]);
        let points: Vec<_> = outcome.projects.iter().map(|p| p.points.as_ref().unwrap().to_string()).collect();
        assert_eq!(points, ["75", "75", "50"]);
        let id = panel.season.clone();
        let lines = panel.db.read_wait(move |s| queries::lines(s, &id, 0, 50)).unwrap();
        // need and participation have equal means too, so the cost decided
        assert_eq!(lines[1].line.tie, Some(PanelTie::LowerCost));
        assert_eq!(lines[0].line.spread.as_ref().unwrap().range.to_string(), "30");
        let id = panel.season.clone();
        let sheets = panel.db.read_wait(move |s| queries::sheets(s, &id, 1)).unwrap();
        assert_eq!(sheets.iter().map(|sheet| sheet.letter).collect::<Vec<_>>(), [1, 2, 3, 4]);

        // nothing changes any more
        assert_eq!(refused(panel.score(0, 1, 9)), "review-closed");
        assert_eq!(refused(panel.declare(0, &[(1, Conflict::Kin)])), "review-closed");
        assert_eq!(refused(panel.invite_as(&panel.officer, 5)), "review-closed");
        assert_eq!(refused(panel.close_as(&panel.officer)), "review-closed");
        let found = {
            let id = panel.season.clone();
            panel.db.read_wait(move |s| matters::verdict::queries::about(s, id.home(), id.as_str())).unwrap()
        };
        assert_eq!((found.len(), found[0].kind.as_str()), (1, "season-review"));
        assert_eq!(found[0].inputs.to_string(), outcome.inputs);
        assert_eq!(found[0].outcome["proposed"], serde_json::json!([2, 1]));
    });
}

#[test]
fn a_list_that_is_computed_takes_neither_projects_nor_a_vote() {
    each_engine(|db| {
        let panel = Panel::new(db);
        (0..4).for_each(|who| panel.seat(who));
        for (who, number) in (0..4).flat_map(|who| [(who, 1), (who, 2), (who, 3)]) {
            panel.score(who, number, 8).unwrap();
        }
        panel.close_as(&panel.officer).unwrap();
        let id = panel.season.clone();
        act(db, &panel.officer, move |tx, cx| decide(tx, cx, &id)).unwrap();
        let id = panel.season.clone();
        let late = NewProject {
            reference: "L".into(),
            name: "迟来的项目".into(),
            about: String::new(),
            category: String::new(),
            cost: Fen(1),
        };
        let late = [late];
        assert_eq!(refused(act(db, &panel.officer, move |tx, cx| add_projects(tx, cx, &id, &late))), "already-decided");
        let id = panel.season.clone();
        assert_eq!(refused(act(db, &panel.officer, move |tx, cx| open_vote(tx, cx, &id))), "already-decided");
        let id = panel.season.clone();
        let season = db.read_wait(move |s| season::queries::season(s, &id)).unwrap();
        assert_eq!((season.decided, season.n_projects), (true, 3));
    });
}

#[test]
fn who_has_a_conflict_is_kept_out() {
    each_engine(|db| {
        let panel = Panel::new(db);
        (0..4).for_each(|who| panel.seat(who));
        for who in 0..4 {
            panel.score(who, 1, 7).unwrap();
            panel.score(who, 2, 7).unwrap();
            panel.score(who, 3, 7).unwrap();
        }
        // it appears later: the sheet is taken out, and cannot be saved again
        panel.declare(3, &[(2, Conflict::Kin)]).unwrap();
        assert_eq!(refused(panel.score(3, 2, 10)), "not-allowed");
        assert_eq!(refused(panel.declare(3, &[(2, Conflict::None)])), "conflict-stands");
        assert_eq!(refused(panel.declare(3, &[(2, Conflict::FoundHome)])), "invalid-input");
        panel.score(3, 1, 8).unwrap();
        panel.close_as(&panel.officer).unwrap();
        let id = panel.season.clone();
        let line = panel.db.read_wait(move |s| queries::line(s, &id, 2)).unwrap().unwrap();
        assert_eq!((line.line.sheets.len(), line.line.conflicts), (3, 1));
        assert_eq!(line.line.points(), "70.00", "a conflict is missing, never zero");
    });
}

#[test]
fn each_verb_has_its_people_and_its_time() {
    each_engine(|db| {
        let panel = Panel::new(db);
        let (stranger, _) = (&panel.people[5].1, ());
        assert_eq!(refused(panel.invite_as(stranger, 0)), "not-allowed");
        assert_eq!(refused(panel.invite_as(&Actor::Visitor, 0)), "sign-in-first");
        assert_eq!(refused(panel.close_as(&panel.officer)), "review-not-begun");
        assert_eq!(refused(panel.answer(0, true)), "not-a-reviewer");
        panel.invite_as(&panel.officer, 0).unwrap();
        // twice is once
        panel.invite_as(&panel.officer, 0).unwrap();
        assert_eq!(refused(panel.declare(0, &[(1, Conflict::None)])), "answer-first");
        assert_eq!(refused(panel.score(0, 1, 5)), "answer-first");
        panel.answer(0, true).unwrap();
        assert_eq!(refused(panel.score(0, 1, 5)), "declare-first");
        assert_eq!(refused(panel.declare(0, &[(9, Conflict::None)])), "project-not-found");
        panel.declare(0, &[(1, Conflict::None)]).unwrap();
        assert_eq!(refused(panel.score(0, 9, 5)), "project-not-found");
        assert_eq!(refused(panel.score_as(stranger, 1, &[5; 7])), "not-a-reviewer");
        assert_eq!(refused(panel.score_as(&Actor::Visitor, 1, &[5; 7])), "sign-in-first");
        assert_eq!(refused(panel.score_as(&Actor::Operator, 1, &[5; 7])), "takes-a-reviewer");
        let wrong = refusal(panel.score_as(&panel.people[0].1, 1, &[11, 5, 5, 5, 5, 5]));
        let fields: Vec<_> = wrong.fields.iter().map(|f| (f.field, f.code)).collect();
        assert_eq!(fields, [("score-1", "too-large"), ("score-7", "required")]);
        panel.score(0, 1, 5).unwrap();
        assert_eq!(refused(panel.answer(0, false)), "scored-already");
        panel.to(Stage::Notice);
        assert_eq!(refused(panel.score(0, 1, 6)), "wrong-stage");
        assert_eq!(refused(panel.invite_as(&panel.officer, 1)), "wrong-stage");
        // a season whose template has no review
        let by = open::OpenSeason::by("plain", panel.place.clone(), "投票", Fen(1_000));
        let plain = act(db, Actor::Operator, move |tx, cx| open::open(tx, cx, &by)).unwrap().id;
        let other = Panel { season: plain, ..panel };
        assert_eq!(refused(other.invite_as(&other.officer, 0)), "no-review-here");
    });
}

#[test]
fn what_changes_while_it_is_counted_is_counted_again() {
    each_engine(|db| {
        let panel = Panel::new(db);
        (0..3).for_each(|who| panel.seat(who));
        panel.three_score();
        let counted = Arc::new(count(&panel.db, &panel.season, &mut Chance::seeded(1)).unwrap());
        // the same sheet again changes nothing, another does
        panel.score(0, 1, 6).unwrap();
        panel.score(0, 1, 9).unwrap();
        assert_eq!(refused(act(db, &panel.officer, move |tx, cx| close(tx, cx, &counted))), "inputs-changed");
        panel.close_as(&panel.officer).unwrap();
    });
}

#[test]
fn neither_names_nor_scores_nor_comments_are_in_the_log() {
    each_engine(|db| {
        let panel = Panel::new(db);
        (0..3).for_each(|who| panel.seat(who));
        panel.three_score();
        panel.close_as(&panel.officer).unwrap();
        let entries: Vec<(String, Vec<u8>)> = db.read_wait(|s| s.all(&QUEUED, &[])).unwrap();
        let mut kinds = Vec::new();
        for (kind, leaf) in &entries {
            if !kind.starts_with("review.") {
                continue;
            }
            kinds.push(kind.as_str());
            let leaf = String::from_utf8_lossy(leaf);
            for (person, _) in &panel.people {
                assert!(!leaf.contains(person.as_str()), "{leaf}");
            }
            for secret in ["林一", "看得见变化", "[6,6"] {
                assert!(!leaf.contains(secret), "{leaf}");
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds, ["review.answered", "review.closed", "review.declared", "review.invited", "review.scored"]);
        assert_ne!(Minutes::default(), Minutes { sheets: 1, ..Minutes::default() });
    });
}

#[test]
fn a_contest_goes_through_its_order_and_shows_no_score() {
    use decisions::contest::{
        Speech,
        arrange::{Arrange, arrange},
        drawn,
        next::{Next, next},
        queries as contests,
        question::{Question, note},
    };
    each_engine(|db| {
        let panel = Panel::new(db);
        let arranged = |actor: &Actor, order: &[u32], minutes, revision| {
            let (id, input) = (panel.season.clone(), Arrange { order: order.to_vec(), minutes, revision });
            act(db, actor, move |tx, cx| arrange(tx, cx, &id, &input))
        };
        let go_on = |revision| {
            let id = panel.season.clone();
            act(db, &panel.officer, move |tx, cx| next(tx, cx, &id, Next { revision }))
        };
        let turns = || {
            let id = panel.season.clone();
            db.read_wait(move |s| contests::turns(s, &id)).unwrap()
        };
        let order = || turns().iter().map(|turn| turn.project).collect::<Vec<_>>();
        assert_eq!(refused(go_on(0)), "no-contest");
        assert_eq!(refused(arranged(&panel.people[0].1, &[], 5, 0)), "not-allowed");
        for (order, minutes) in [(&[1, 2][..], 5), (&[1, 2, 2], 5), (&[1, 2, 3], 0), (&[1, 2, 3], 61)] {
            assert_eq!(refused(arranged(&panel.officer, order, minutes, 0)), "invalid-input");
        }
        let contest = arranged(&panel.officer, &[], 5, 0).unwrap();
        let seed: Vec<u8> = (0..32).map(|n| u8::from_str_radix(&contest.seed[2 * n..2 * n + 2], 16).unwrap()).collect();
        assert_eq!(order(), drawn(vec![1, 2, 3], seed.try_into().unwrap()), "anybody draws the same from the seed");
        // sent twice it is not drawn again
        assert_eq!(refused(arranged(&panel.officer, &[], 5, 0)), "changed-meanwhile");
        let contest = arranged(&panel.officer, &[3, 1, 2], 8, contest.revision).unwrap();
        assert_eq!((order(), contest.seconds, contest.seed.as_str()), (vec![3, 1, 2], 480, ""));

        assert_eq!(go_on(contest.revision).unwrap(), Some(3));
        assert_eq!(refused(go_on(contest.revision)), "changed-meanwhile", "a second tap skips nobody");
        assert_eq!(refused(arranged(&panel.officer, &[1, 2, 3], 5, contest.revision + 1)), "changed-meanwhile");
        let (id, asked) = (panel.season.clone(), Question { position: 1, question: "冬天怎么办？".into() });
        for _ in 0..2 {
            let (id, asked) = (id.clone(), asked.clone());
            act(db, &panel.officer, move |tx, cx| note(tx, cx, &id, &asked)).unwrap();
        }
        assert_eq!((turns()[0].questions.as_str(), turns()[0].state), ("冬天怎么办？", Speech::Speaking));
        assert_eq!(go_on(contest.revision + 1).unwrap(), Some(1));
        assert_eq!(go_on(contest.revision + 2).unwrap(), Some(2));
        assert_eq!(go_on(contest.revision + 3).unwrap(), None);
        assert!(turns().iter().all(|turn| turn.state == Speech::Done));
        assert_eq!(go_on(contest.revision + 4).unwrap(), None);
    });
}

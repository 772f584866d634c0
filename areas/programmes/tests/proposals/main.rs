//! From the first draft to the number among the projects, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod coaches;
mod fair;

use std::sync::Arc;

use db::{Db, Fault, Statement, Tx};
use kernel::{Actor, Context, Fen, OrgId, PersonId, PlaceId, Post, Principal, Role};
use people::{
    account,
    commands::register::{RegisterPerson, register},
    org,
};
use places::{Level, commands::add};
use programmes::{
    Proposal, ProposalId, Season, SeasonId, Stage,
    coaching::{
        self, Answer, Found, Note,
        ask::{AskQuestions, Asked, ask},
        assign::{AssignCoach, assign},
        note::{WriteNote, note},
    },
    idea::{
        post::{PostIdea, post},
        show_it,
    },
    project,
    proposal::{
        Reason, State, Typed, TypedFund, TypedLine,
        check::{SendBack, accept, send_back},
        queries,
        save::{SaveProposal, save},
        start::{StartProposal, start},
        submit::submit,
        withdraw::withdraw,
    },
    season::{
        self,
        advance::advance,
        open::{OpenSeason, open},
    },
};
use testkit::story::{act, each_engine, fields, refused as code};

static QUEUED: Statement = Statement {
    name: "QUEUED",
    module: "stories",
    sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
};

/// A subdistrict with a community, a season of the fund at the subdistrict, and people.
struct Town {
    community: PlaceId,
    elsewhere: PlaceId,
    season: SeasonId,
    author: Actor,
    neighbour: Actor,
    officer: Actor,
    coach: Actor,
}

fn somebody(db: &Db, place: &PlaceId, name: &str, posts: Vec<Post>) -> Actor {
    let (home, input) = (place.home(), RegisterPerson { place: place.to_string(), name: name.into() });
    let person = act(db, Actor::Operator, move |tx, cx| register(tx, cx, home, &input)).unwrap();
    Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
}

fn seated(actor: &Actor, org: &OrgId) -> Actor {
    let mut principal = (*actor.principal().unwrap()).clone();
    principal.seats.push(org.clone());
    Actor::Person(Arc::new(principal))
}

fn person(actor: &Actor) -> PersonId {
    actor.person().unwrap().clone()
}

fn a_place(db: &Db, parent: Option<&PlaceId>, level: Level, name: &str) -> PlaceId {
    let input = add::AddPlace { parent: parent.cloned(), level, name: name.into() };
    act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
}

fn town(db: &Db) -> Town {
    let subdistrict = a_place(db, None, Level::Subdistrict, "邻里街道");
    let community = a_place(db, Some(&subdistrict), Level::Community, "东里社区");
    let elsewhere = a_place(db, None, Level::Subdistrict, "远方街道");
    let input = OpenSeason::by("self-governance-fund", subdistrict.clone(), "自治金", Fen(100_000_000));
    let season = act(db, Actor::Operator, move |tx, cx| open(tx, cx, &input)).unwrap().id;
    let post = Post { role: Role::Officer, place: subdistrict.clone() };
    let town = Town {
        author: somebody(db, &community, "提案人", Vec::new()),
        neighbour: somebody(db, &community, "邻居", Vec::new()),
        officer: somebody(db, &subdistrict, "干部", vec![post]),
        coach: somebody(db, &subdistrict, "老师", Vec::new()),
        community,
        elsewhere,
        season,
    };
    to_stage(db, &town.season, Stage::Ideas);
    town
}

fn to_stage(db: &Db, season: &SeasonId, wanted: Stage) {
    loop {
        let id = season.clone();
        let now = db.read_wait(move |s| season::queries::season(s, &id)).unwrap().stage;
        if now == wanted {
            return;
        }
        let id = season.clone();
        act(db, Actor::Operator, move |tx, cx| {
            let to = season::queries::next_stage(tx, &id)?;
            advance(tx, cx, &id, to)
        })
        .unwrap();
    }
}

fn begin(db: &Db, actor: &Actor, season: &SeasonId, input: StartProposal) -> Result<Proposal, Fault> {
    let season = season.clone();
    act(db, actor, move |tx, cx| start(tx, cx, &season, &input))
}

fn fresh(db: &Db, town: &Town, once: &str) -> Proposal {
    let input = StartProposal { title: "楼道美术馆".into(), once: once.into(), ..StartProposal::default() };
    begin(db, &town.author, &town.season, input).unwrap()
}

fn write(db: &Db, actor: &Actor, p: &Proposal, (typed, version): (&Typed, bool)) -> Result<Proposal, Fault> {
    let (season, id) = (p.season.clone(), p.id.clone());
    let input = SaveProposal { revision: p.revision, version, proposal: typed.clone() };
    act(db, actor, move |tx, cx| save(tx, cx, (&season, &id), &input))
}

type Verb = fn(&mut Tx<'_>, &mut Context, (&SeasonId, &ProposalId)) -> Result<Proposal, Fault>;

fn verb(db: &Db, actor: &Actor, p: &Proposal, verb: Verb) -> Result<Proposal, Fault> {
    let (season, id) = (p.season.clone(), p.id.clone());
    act(db, actor, move |tx, cx| verb(tx, cx, (&season, &id)))
}

fn give_back(db: &Db, actor: &Actor, p: &Proposal, reasons: &[(&str, &str)]) -> Result<Proposal, Fault> {
    let (season, id) = (p.season.clone(), p.id.clone());
    let reasons =
        reasons.iter().map(|(field, words)| Reason { field: (*field).into(), words: (*words).into() }).collect();
    let input = SendBack { reasons };
    act(db, actor, move |tx, cx| send_back(tx, cx, (&season, &id), &input))
}

fn line(kind: &str, quantity: &str, price: &str) -> TypedLine {
    let [kind, what, quantity, price] = [kind, "彩笔和画框", quantity, price].map(str::to_owned);
    TypedLine { kind, what, quantity, price, from: "grant".into() }
}

fn full(place: &PlaceId) -> Typed {
    let answers =
        ["need", "goals", "method", "months", "team"].map(|key| (key.to_owned(), "写得清清楚楚。".to_owned()));
    let mut answers: std::collections::BTreeMap<String, String> = answers.into();
    answers.insert("people".into(), "120".into());
    Typed {
        title: "楼道美术馆".into(),
        summary: "把六层楼道变成孩子们的画廊。".into(),
        place: place.to_string(),
        field: "stairwells".into(),
        tier: "seedling".into(),
        group: "corridors".into(),
        answers,
        lines: vec![line("materials", "100", "55.55"), line("publicity", "2", "300")],
        funds: Vec::new(),
    }
}

#[test]
fn a_proposal_goes_from_the_draft_to_the_list_of_projects() {
    each_engine(|db| {
        let town = town(db);
        to_stage(db, &town.season, Stage::Proposals);
        let p = fresh(db, &town, "one");
        assert_eq!((p.number, p.state, p.n_versions), (1, State::Draft, 0));
        assert_eq!(fresh(db, &town, "one"), p, "sent twice, begun once");
        // a wrong budget is kept as it was typed, and not submitted
        let mut typed = full(&town.community);
        typed.lines.push(line("volunteers", "十", "60"));
        let p = write(db, &town.author, &p, (&typed, false)).unwrap();
        assert_eq!((p.typed.lines[2].quantity.as_str(), p.grant), ("十", Fen(615_500)));
        assert_eq!(fields(verb(db, &town.author, &p, submit)), ["line-3-quantity: not-a-count"]);
        typed.lines[2].quantity = "10".into();
        let p = write(db, &town.author, &p, (&typed, false)).unwrap();
        assert_eq!(fields(verb(db, &town.author, &p, submit)), ["line-3-price: volunteer-over"]);
        typed.lines[2].price = "50".into();
        let p = write(db, &town.author, &p, (&typed, false)).unwrap();
        assert_eq!(p.n_versions, 0, "a draft keeps one working copy");
        let p = verb(db, &town.author, &p, submit).unwrap();
        assert_eq!((p.state, p.n_versions, p.grant), (State::Submitted, 1, Fen(665_500)));
        assert_eq!(verb(db, &town.author, &p, submit).unwrap(), p, "pressed twice");
        assert_eq!(code(write(db, &town.author, &p, (&full(&town.community), false))), "proposal-state");

        // the office gives it back, and what is mended is another version
        assert_eq!(fields(give_back(db, &town.officer, &p, &[])), ["reasons: required"]);
        assert_eq!(fields(give_back(db, &town.officer, &p, &[("colour", "?")])), ["reasons: unknown-choice"]);
        let p = give_back(db, &town.officer, &p, &[("goals", "请写清楚办几场。"), ("budget", " ")]).unwrap();
        assert_eq!((p.state, p.reasons.len()), (State::Returned, 1));
        typed.answers.insert("goals".into(), "办十二场。".into());
        let p = write(db, &town.author, &p, (&typed, false)).unwrap();
        assert_eq!(p.n_versions, 2, "after the first submission each save keeps a version");
        assert_eq!(write(db, &town.author, &p, (&typed, false)).unwrap(), p, "the same again changes nothing");
        let p = verb(db, &town.author, &p, submit).unwrap();
        assert_eq!(p.n_versions, 2, "what was saved is what is submitted");

        // checked: it is a project that costs what the grant is
        let p = verb(db, &town.officer, &p, accept).unwrap();
        assert_eq!((p.state, p.project), (State::Checked, Some(1)));
        assert_eq!(verb(db, &town.officer, &p, accept).unwrap(), p, "pressed twice");
        let season = town.season.clone();
        let made = db.read_wait(move |s| project::queries::project(s, &season, 1)).unwrap();
        assert_eq!((made.reference.as_str(), made.name.as_str(), made.cost), ("P001", "楼道美术馆", Fen(665_500)));
        let season = town.season.clone();
        let behind = db.read_wait(move |s| queries::of_project(s, &season, 1)).unwrap().unwrap();
        assert_eq!((behind.author, behind.org, behind.place), (person(&town.author), None, town.community.clone()));
        assert_eq!(code(verb(db, &town.author, &p, withdraw)), "proposal-state");

        let told: Vec<(String, Vec<u8>)> = db.read_wait(|s| s.all(&QUEUED, &[])).unwrap();
        for (kind, leaf) in told.iter().filter(|(kind, _)| kind.starts_with("proposal")) {
            let text = String::from_utf8(leaf.clone()).unwrap();
            let told = ["清清楚楚", "办几场", person(&town.author).as_str()].map(|word| text.contains(word));
            assert_eq!(told, [false; 3], "{kind}: {text}");
        }
    });
}

#[test]
fn versions_stay_as_they_were() {
    each_engine(|db| {
        let town = town(db);
        to_stage(db, &town.season, Stage::Screening);
        let p = fresh(db, &town, "one");
        let mut typed = full(&town.community);
        let p = write(db, &town.author, &p, (&typed, true)).unwrap();
        typed.summary = "改过的。".into();
        let q = write(db, &town.author, &p, (&typed, false)).unwrap();
        assert_eq!(q.n_versions, 1);
        let q = write(db, &town.author, &q, (&typed, true)).unwrap();
        assert_eq!(write(db, &town.author, &q, (&typed, true)).unwrap().n_versions, 2, "the same again is no version");
        let id = q.id.clone();
        let (first, second) = db
            .read_wait(move |s| Ok::<_, Fault>((queries::version(s, &id, 1)?, queries::version(s, &id, 2)?)))
            .unwrap();
        assert_eq!((first.typed.summary.as_str(), second.typed), ("把六层楼道变成孩子们的画廊。", typed.clone()));
        // two of a team write at the same time: the second is told, and nothing is lost silently
        typed.summary = "另一个人改的。".into();
        assert_eq!(code(write(db, &town.author, &p, (&typed, false))), "proposal-saved-meanwhile");
    });
}

#[test]
fn who_may_begin_and_who_may_write() {
    each_engine(|db| {
        let town = town(db);
        let season = town.season.clone();
        let new = PostIdea {
            title: "楼道加灯".into(),
            body: "太黑了。".into(),
            field: "stairwells".into(),
            ..PostIdea::default()
        };
        let idea = act(db, &town.author, move |tx, cx| post(tx, cx, &season, &new)).unwrap();
        let (season, id) = (town.season.clone(), idea.id.clone());
        act(db, &town.officer, move |tx, cx| show_it::show(tx, cx, (&season, &id))).unwrap();
        let from = |org: &str, once: &str| StartProposal {
            idea: idea.id.to_string(),
            org: org.into(),
            once: once.into(),
            ..StartProposal::default()
        };
        let go = |actor: &Actor, input| begin(db, actor, &town.season, input);
        assert_eq!(code(go(&town.author, from("", "a"))), "wrong-stage");
        to_stage(db, &town.season, Stage::Screening);
        assert_eq!(code(go(&Actor::Visitor, from("", "a"))), "sign-in-first");
        let mut unknown = (*town.author.principal().unwrap()).clone();
        unknown.verified = false;
        assert_eq!(code(go(&Actor::Person(Arc::new(unknown)), from("", "a"))), "verify-first");
        assert_eq!(code(go(&town.neighbour, from("", "a"))), "idea-of-another");
        let p = go(&town.author, from("", "a")).unwrap();
        assert_eq!((p.typed.title.as_str(), p.typed.summary.as_str()), ("楼道加灯", "太黑了。"));
        assert_eq!(p.idea, Some(idea.id.clone()));

        let place = town.community.clone();
        let input =
            org::register::Register { kind: "volunteer-team".into(), name: "护灯队".into(), short: String::new() };
        let org = act(db, Actor::Operator, move |tx, cx| org::register::register(tx, cx, &place, &input)).unwrap().id;
        assert_eq!(code(go(&town.neighbour, from(org.as_str(), "b"))), "org-seat-needed");
        let member = seated(&town.neighbour, &org);
        let q = go(&member, from(org.as_str(), "b")).unwrap();
        assert_eq!((q.number, q.org.clone()), (2, Some(org.clone())));
        assert!(go(&town.officer, from("", "c")).is_ok(), "the office enters one");

        // a stranger does not even learn of it; whoever sits in the organisation writes along
        let typed = full(&town.community);
        assert_eq!(code(write(db, &town.neighbour, &p, (&typed, false))), "proposal-not-found");
        assert_eq!(code(write(db, &town.officer, &p, (&typed, false))), "not-allowed");
        assert!(write(db, &seated(&town.coach, &org), &q, (&typed, false)).is_ok());
        // done at the season's place or below it
        let away = full(&town.elsewhere);
        assert_eq!(fields(write(db, &town.author, &p, (&away, false))), ["place: unknown-place"]);
        let nowhere = Typed { place: "x".into(), ..Typed::default() };
        assert_eq!(fields(write(db, &town.author, &p, (&nowhere, false))), ["place: unknown-place"]);
        // submitted only in its stage
        assert_eq!(code(verb(db, &town.author, &p, submit)), "wrong-stage");
        let p = verb(db, &town.author, &p, withdraw).unwrap();
        assert_eq!(verb(db, &town.author, &p, withdraw).unwrap(), p);
        assert_eq!(code(write(db, &town.author, &p, (&typed, false))), "proposal-state");
    });
}

#[test]
fn nobody_checks_what_they_wrote_and_each_sees_their_part() {
    each_engine(|db| {
        let town = town(db);
        to_stage(db, &town.season, Stage::Proposals);
        // a proposal of the officer's own
        let input = StartProposal { title: "自己的".into(), ..StartProposal::default() };
        let own = begin(db, &town.officer, &town.season, input).unwrap();
        let own = write(db, &town.officer, &own, (&full(&town.community), false)).unwrap();
        let own = verb(db, &town.officer, &own, submit).unwrap();
        assert_eq!(code(verb(db, &town.officer, &own, accept)), "not-allowed");
        assert_eq!(code(verb(db, &town.author, &own, accept)), "proposal-not-found");

        let p = fresh(db, &town, "one");
        let mut typed = full(&town.community);
        typed.lines.push(TypedLine { from: "own".into(), ..line("venue", "3", "100") });
        typed.funds.push(TypedFund { whom: "街坊凑的".into(), amount: "300".into() });
        let p = write(db, &town.author, &p, (&typed, false)).unwrap();
        assert_eq!((p.grant, p.whole), (Fen(615_500), Fen(645_500)));
        let p = verb(db, &town.author, &p, submit).unwrap();
        verb(db, &town.officer, &p, accept).unwrap();
        let rows = |office| {
            let season = town.season.clone();
            let which = queries::Which::default();
            let found = db.read_wait(move |s| queries::list(s, &season, &which, office)).unwrap();
            found.into_iter().map(|row| (row.number, row.state)).collect::<Vec<_>>()
        };
        assert_eq!(rows(false), [(2, State::Checked)]);
        assert_eq!(rows(true), [(1, State::Submitted), (2, State::Checked)]);
        let (season, actor) = (town.season.clone(), town.author.clone());
        let (mine, coached) = db.read_wait(move |s| queries::mine(s, &season, &actor)).unwrap();
        assert_eq!((mine.len(), coached.len()), (1, 0));
    });
}

/// The desk has checked who somebody is.
fn known(db: &Db, actor: &Actor) {
    let person = person(actor);
    act(db, Actor::Operator, move |tx, cx| {
        let site = account::queries::site_of(tx, &person)?.unwrap();
        let seen = account::verify::Verify { document: "id-card".into() };
        account::verify::verify(tx, cx, &site, &person, &seen)
    })
    .unwrap();
}

fn name_coach(db: &Db, actor: &Actor, p: &Proposal, who: &Actor) -> Result<Proposal, Fault> {
    let (season, id, input) = (p.season.clone(), p.id.clone(), AssignCoach { person: person(who).to_string() });
    act(db, actor, move |tx, cx| assign(tx, cx, (&season, &id), &input))
}

fn say(db: &Db, actor: &Actor, p: &Proposal, (words, once): (&str, &str)) -> Result<Note, Fault> {
    let (season, id) = (p.season.clone(), p.id.clone());
    let input = WriteNote { words: words.into(), once: once.into() };
    act(db, actor, move |tx, cx| note(tx, cx, (&season, &id), &input))
}

fn go_through(db: &Db, actor: &Actor, p: &Proposal, list: &[(&str, &str, &str)]) -> Result<Vec<Found>, Fault> {
    let (season, id) = (p.season.clone(), p.id.clone());
    let answers = list.iter().map(|(question, answer, note)| Asked {
        question: (*question).into(),
        answer: (*answer).into(),
        note: (*note).into(),
    });
    let input = AskQuestions { answers: answers.collect() };
    act(db, actor, move |tx, cx| ask(tx, cx, (&season, &id), &input))
}

#[test]
fn a_coach_speaks_of_a_version_and_the_public_hears_it_at_the_end() {
    each_engine(|db| {
        let town = town(db);
        to_stage(db, &town.season, Stage::Proposals);
        let p = fresh(db, &town, "one");
        assert_eq!(code(name_coach(db, &town.officer, &p, &town.coach)), "coach-unknown");
        for who in [&town.coach, &town.author] {
            known(db, who);
        }
        assert_eq!(code(name_coach(db, &town.author, &p, &town.coach)), "not-allowed");
        assert_eq!(code(name_coach(db, &town.officer, &p, &town.author)), "coach-in-conflict");
        // before that the proposal is not there for the coach
        assert_eq!(code(say(db, &town.coach, &p, ("好", "a"))), "proposal-not-found");
        let p = name_coach(db, &town.officer, &p, &town.coach).unwrap();
        assert_eq!(name_coach(db, &town.officer, &p, &town.coach).unwrap(), p, "the same again changes nothing");

        // what was read is kept as a version
        let first = say(db, &town.coach, &p, ("题目好，再想想谁来做。", "a")).unwrap();
        assert_eq!(first.version, 1);
        assert_eq!(say(db, &town.coach, &p, ("题目好，再想想谁来做。", "a")).unwrap(), first, "sent twice, said once");
        assert_eq!(code(say(db, &town.author, &p, ("我自己说", "b"))), "not-allowed");
        let p = reread(db, &p);
        assert_eq!(p.n_versions, 1);
        let p = write(db, &town.author, &p, (&full(&town.community), true)).unwrap();
        assert_eq!(fields(go_through(db, &town.coach, &p, &[("colour", "yes", "")])), ["answers: unknown-choice"]);
        assert_eq!(fields(go_through(db, &town.coach, &p, &[("goal", "maybe", "")])), ["answers: unknown-choice"]);
        assert_eq!(fields(go_through(db, &town.coach, &p, &[])), ["answers: required"]);
        go_through(db, &town.coach, &p, &[("goal", "no", "没有数"), ("steps", "yes", "")]).unwrap();
        go_through(db, &town.coach, &p, &[("goal", "partly", "只写了场次")]).unwrap();
        let id = p.id.clone();
        let found = db.read_wait(move |s| coaching::queries::answers(s, &id)).unwrap();
        let told: Vec<_> = found.iter().map(|f| (f.version, f.question.as_str(), f.answer, f.note.as_str())).collect();
        assert_eq!(told, [(2, "goal", Answer::Partly, "只写了场次"), (2, "steps", Answer::Yes, "")]);

        // it is theirs until the season is approved
        let p = verb(db, &town.author, &p, submit).unwrap();
        let p = verb(db, &town.officer, &p, accept).unwrap();
        assert_eq!(code(say(db, &town.coach, &p, ("晚了", "c"))), "proposal-state");
        let season_id = town.season.clone();
        let (mut season, site) = db
            .read_wait(move |s| {
                let season = season::queries::season(s, &season_id)?;
                let site = season::queries::site(s, &season)?;
                Ok::<_, Fault>((season, site))
            })
            .unwrap();
        let reads = |season: &Season, who: &Actor| {
            coaching::queries::may_read(season, p.state, queries::Standing::of(who, &p, &site))
        };
        let all = [&town.author, &town.coach, &town.officer, &town.neighbour, &Actor::Visitor];
        assert_eq!(all.map(|who| reads(&season, who)), [true, true, true, false, false]);
        season.stage = Stage::Approved;
        assert_eq!(all.map(|who| reads(&season, who)), [true; 5]);
    });
}

fn reread(db: &Db, p: &Proposal) -> Proposal {
    let (season, id) = (p.season.clone(), p.id.clone());
    db.read_wait(move |s| queries::proposal(s, &season, &id)).unwrap()
}

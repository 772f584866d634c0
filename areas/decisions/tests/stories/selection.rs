//! From the published vote to the approved list.

use std::time::Duration;

use decisions::selection::{
    Selection, State, Why, announce, announce::Announce, approve, condition, condition::SetCondition, decide, queries,
};
use kernel::{Actor, Post, Role};
use matters::{matter, notice};
use places::{Level, PlaceId, commands::add};
use programmes::{
    Stage, proposal,
    season::{self, advance},
};

use super::support::{Paper, Vote, each_engine, refused};

/// Ideas, a vote that decides, a notice.
const TEMPLATE: &str = r#"
key = "street-budget"
version = 1
name = { zh-hans = "街道预算", zh-hant = "街道預算", en = "Street budget", ko = "거리 예산" }
about = { zh-hans = "居民投票。", zh-hant = "居民投票。", en = "Residents vote.", ko = "주민 투표." }
stages = [
  { stage = "ideas", days = 10 },
  { stage = "deciding", days = 10 },
  { stage = "notice", days = 10 },
  { stage = "approved", days = 10 },
]
combine = "vote-only"
places = 2

[vote]
rule = "greedy:cost"
max-choices = 3

[notice]
kind = "grant-approval"
"#;

fn paper() -> Paper {
    // an act every three days, so that a notice's week passes between two of them
    let step = Duration::from_secs(3 * 86_400);
    let costs = vec![50_000, 20_000, 20_000, 40_000];
    Paper { rule: String::new(), costs, template: Some(TEMPLATE), step, ..Paper::default() }
}

fn decide_as(vote: &Vote, actor: Actor) -> Result<Selection, db::Fault> {
    let season = vote.season.clone();
    vote.act(actor, move |tx, cx| decide::decide(tx, cx, &season))
}

fn announce(vote: &Vote) -> Result<notice::Notice, db::Fault> {
    let season = vote.season.clone();
    let words = Announce { title: "名单公示".into(), body: "两个项目入选。".into() };
    vote.act(Actor::Operator, move |tx, cx| announce::announce(tx, cx, &season, &words))
}

fn approve(vote: &Vote) -> Result<(), db::Fault> {
    let season = vote.season.clone();
    vote.act(Actor::Operator, move |tx, cx| approve::approve(tx, cx, &season))
}

fn stage(vote: &Vote) -> Stage {
    let season = vote.season.clone();
    vote.db.read_wait(move |s| season::queries::season(s, &season)).unwrap().stage
}

fn published(db: &db::Db) -> Vote {
    let vote = Vote::open(db, &paper());
    for (voter, choices) in [[1, 2].as_slice(), &[1, 2], &[1, 3], &[2, 3], &[1]].into_iter().enumerate() {
        vote.cast(u32::try_from(voter).unwrap(), choices).unwrap();
    }
    vote.close().unwrap();
    assert_eq!(refused(decide_as(&vote, Actor::Operator)), "vote-not-published");
    let counted = vote.count().unwrap();
    vote.publish(&counted).unwrap();
    vote
}

#[test]
fn an_officer_takes_a_season_from_the_vote_to_the_approved_list() {
    each_engine(|db| {
        let vote = published(db);
        assert_eq!(stage(&vote), Stage::Deciding, "this template's list hangs out first");
        assert_eq!(refused(decide_as(&vote, Actor::Visitor)), "sign-in-first");
        assert_eq!(refused(decide_as(&vote, testkit::person(1, Vec::new()))), "not-allowed");
        let selection = decide_as(&vote, Actor::Operator).unwrap();
        assert_eq!((selection.n_approved, selection.total_cost.0), (2, 70_000));
        assert_eq!(refused(decide_as(&vote, Actor::Operator)), "already-decided");

        let season = vote.season.clone();
        let rows = db.read_wait(move |s| queries::rows(s, &season, 0, 10)).unwrap();
        let told: Vec<_> = rows.iter().map(|r| (r.line.number, r.line.approved, r.line.why.clone())).collect();
        let expected = [
            (1, true, Why::Approved { left: 50_000 }),
            (2, true, Why::Approved { left: 30_000 }),
            // the vote chose it as well, but the programme has two places
            (3, false, Why::PlacesTaken { places: 2 }),
            (4, false, Why::NotChosen),
        ];
        assert_eq!(told, expected);

        let set = |number: u32, words: &'static str| {
            let season = vote.season.clone();
            let input = SetCondition { words: words.into() };
            vote.act(Actor::Operator, move |tx, cx| condition::set(tx, cx, (&season, number), &input))
        };
        assert_eq!(refused(set(1, " ")), "invalid-input");
        set(1, "把志愿者补贴改成实报实销。").unwrap();
        assert_eq!(refused(set(1, "再改一次")), "no-condition-now");
        assert_eq!(refused(set(3, "没有入选")), "no-condition-now");
        assert_eq!(refused(announce(&vote)), "conditions-open");
        assert_eq!(refused(approve(&vote)), "conditions-open");
        let season = vote.season.clone();
        vote.act(Actor::Operator, move |tx, cx| condition::meet(tx, cx, &season, 1)).unwrap();
        assert_eq!(refused(approve(&vote)), "notice-still-hangs");

        let posted = announce(&vote).unwrap();
        assert_eq!(announce(&vote).unwrap().id, posted.id, "sent twice, posted once");
        assert_eq!(stage(&vote), Stage::Notice);
        assert_eq!(refused(approve(&vote)), "notice-still-hangs");
        let id = posted.id.clone();
        // four acts of three days later the week is over, whatever holidays lie in it
        vote.act(Actor::Operator, |_, _| Ok(())).unwrap();
        vote.act(Actor::Operator, |_, _| Ok(())).unwrap();
        vote.act(Actor::Operator, move |tx, cx| notice::end::end(tx, cx, &id)).unwrap();
        approve(&vote).unwrap();
        approve(&vote).unwrap();
        assert_eq!(stage(&vote), Stage::Approved);
        begun(&vote);
    });
}

/// Each approved project is one matter in the stage 办, however often the verb is sent.
fn begun(vote: &Vote) {
    for _ in 0..2 {
        let season = vote.season.clone();
        let more = vote.act(Actor::Operator, move |tx, cx| approve::open_some(tx, cx, &season));
        assert_eq!(more, Ok(false));
    }
    let season = vote.season.clone();
    let (selection, rows) = vote
        .db
        .read_wait(move |s| Ok::<_, db::Fault>((queries::decided(s, &season)?, queries::rows(s, &season, 0, 10)?)))
        .unwrap();
    assert_eq!(selection.state, State::Approved);
    for row in rows {
        assert_eq!(row.matter.is_some(), row.line.approved, "{}", row.name);
        if let Some(id) = row.matter {
            let matter = vote.db.read_wait(move |s| matter::queries::matter(s, &id)).unwrap();
            assert_eq!((matter.stage, matter.title.as_str()), (matter::Stage::Do, row.name.as_str()));
        }
    }
}

#[test]
fn two_who_decide_at_once_decide_once() {
    each_engine(|db| {
        let vote = published(db);
        let decided = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..4).map(|_| scope.spawn(|| decide_as(&vote, Actor::Operator))).collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).filter(Result::is_ok).count()
        });
        assert_eq!(decided, 1);
    });
}

/// What hangs out about the season, drafts aside.
fn notices(vote: &Vote) -> Vec<notice::Notice> {
    let season = vote.season.clone();
    vote.db.read_wait(move |s| notice::queries::about(s, season.home(), "season", season.as_str())).unwrap()
}

fn withdraw(vote: &Vote, id: &notice::NoticeId) {
    let (id, input) = (id.clone(), notice::withdraw::Withdrawal { reason: "写错了金额".into() });
    vote.act(Actor::Operator, move |tx, cx| notice::withdraw::withdraw(tx, cx, &id, &input)).unwrap();
}

/// Lets the notice's week pass, ends it, approves the list.
fn hung_out(vote: &Vote, id: &notice::NoticeId) {
    for _ in 0..3 {
        vote.act(Actor::Operator, |_, _| Ok(())).unwrap();
    }
    let id = id.clone();
    vote.act(Actor::Operator, move |tx, cx| notice::end::end(tx, cx, &id)).unwrap();
    approve(vote).unwrap();
    assert_eq!(stage(vote), Stage::Approved);
}

#[test]
fn a_list_whose_notice_was_withdrawn_hangs_out_anew() {
    each_engine(|db| {
        let vote = published(db);
        decide_as(&vote, Actor::Operator).unwrap();
        let first = announce(&vote).unwrap();
        withdraw(&vote, &first.id);
        assert_eq!(refused(approve(&vote)), "list-notice-withdrawn");
        assert_eq!(stage(&vote), Stage::Notice);

        // by several hands at once, and once more afterwards: it hangs once
        std::thread::scope(|scope| {
            let hands: Vec<_> = (0..4).map(|_| scope.spawn(|| announce(&vote))).collect();
            for hand in hands {
                match hand.join().unwrap() {
                    Ok(notice) => assert_ne!(notice.id, first.id),
                    no => assert_eq!(refused(no), "changed-meanwhile"),
                }
            }
        });
        let second = announce(&vote).unwrap();
        let states: Vec<_> = notices(&vote).into_iter().map(|n| (n.id, n.state)).collect();
        assert_eq!(states.len(), 2, "{states:?}");
        assert!(states.contains(&(first.id.clone(), notice::State::Withdrawn)));
        assert!(states.contains(&(second.id.clone(), notice::State::Posted)));
        assert_eq!(refused(approve(&vote)), "notice-still-hangs");
        hung_out(&vote, &second.id);
    });
}

#[test]
fn a_notice_that_somebody_else_drafted_is_never_taken_for_the_lists() {
    each_engine(|db| {
        let vote = published(db);
        decide_as(&vote, Actor::Operator).unwrap();
        let season = vote.season.clone();
        let place = db.read_wait(move |s| season::queries::season(s, &season)).unwrap().place;
        // three days instead of seven, and another text, under a name that is easy to guess
        let planted = notice::draft::DraftNotice {
            place: place.to_string(),
            kind: "other".into(),
            title: "别的事".into(),
            body: "别的内容。".into(),
            once: format!("list-{}", vote.season),
            ..notice::draft::DraftNotice::default()
        };
        for actor in [testkit::person(7, vec![Post { role: Role::Worker, place: place.clone() }]), Actor::Operator] {
            let input = planted.clone();
            vote.act(actor, move |tx, cx| notice::draft::draft(tx, cx, &input)).unwrap();
        }
        let posted = announce(&vote).unwrap();
        let told = (posted.title.as_str(), posted.kind.as_str(), posted.subject.as_str(), posted.state);
        assert_eq!(told, ("名单公示", "grant-approval", vote.season.as_str(), notice::State::Posted));
        hung_out(&vote, &posted.id);
    });
}

/// The same, with proposals that become the projects.
const PROPOSED: &str = r#"
key = "street-proposals"
version = 1
name = { zh-hans = "街道提案", zh-hant = "街道提案", en = "Street proposals", ko = "거리 제안" }
about = { zh-hans = "居民提案。", zh-hant = "居民提案。", en = "Residents propose.", ko = "주민이 제안합니다." }
stages = [
  { stage = "proposals", days = 10 },
  { stage = "deciding", days = 10 },
  { stage = "notice", days = 10 },
  { stage = "approved", days = 10 },
]
combine = "vote-only"

[budget]
lines = [{ key = "materials", name = { zh-hans = "材料", zh-hant = "材料", en = "Materials", ko = "재료" }, pays = "use" }]

[vote]
rule = "greedy:cost"
max-choices = 3

[notice]
kind = "grant-approval"
"#;

/// A proposal of a neighbour that the office has taken.
fn proposed(vote: &Vote, at: &PlaceId, street: &PlaceId) {
    use proposal::{Typed, TypedLine, check::accept, save, start, submit::submit};

    let (season, input) = (
        vote.season.clone(),
        people::commands::register::RegisterPerson { place: at.to_string(), name: "提案人".into() },
    );
    let home = at.home();
    let author = vote.act(Actor::Operator, move |tx, cx| people::commands::register::register(tx, cx, home, &input));
    let author = Actor::Person(
        kernel::Principal { person: author.unwrap(), verified: true, posts: Vec::new(), seats: Vec::new() }.into(),
    );
    let input = start::StartProposal { title: "楼道扶手".into(), ..start::StartProposal::default() };
    let id = season.clone();
    let begun = vote.act(author.clone(), move |tx, cx| start::start(tx, cx, &id, &input)).unwrap();
    let [kind, what, quantity, price] = ["materials", "扶手", "10", "20"].map(str::to_owned);
    let typed = Typed {
        title: "楼道扶手".into(),
        summary: "给六层楼装上扶手。".into(),
        place: at.to_string(),
        lines: vec![TypedLine { kind, what, quantity, price, from: "grant".into() }],
        ..Typed::default()
    };
    let input = save::SaveProposal { revision: begun.revision, version: false, proposal: typed };
    let (id, of) = (begun.id.clone(), season.clone());
    vote.act(author.clone(), move |tx, cx| save::save(tx, cx, (&of, &id), &input)).unwrap();
    let (id, of) = (begun.id.clone(), season.clone());
    vote.act(author, move |tx, cx| submit(tx, cx, (&of, &id))).unwrap();
    let officer = testkit::person(9, vec![Post { role: Role::Officer, place: street.clone() }]);
    vote.act(officer, move |tx, cx| accept(tx, cx, (&season, &begun.id))).unwrap();
}

#[test]
fn a_community_that_ended_meanwhile_holds_up_no_matter() {
    each_engine(|db| {
        let paper = Paper { costs: Vec::new(), template: Some(PROPOSED), ..paper() };
        let vote = Vote::prepare(db, &paper);
        let season = vote.season.clone();
        let street = db.read_wait(move |s| season::queries::season(s, &season)).unwrap().place;
        let community = |name: &str| {
            let input = add::AddPlace { parent: Some(street.clone()), level: Level::Community, name: name.into() };
            vote.act(Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
        };
        let (east, west) = (community("东里社区"), community("西里社区"));
        for at in [&east, &west] {
            proposed(&vote, at, &street);
        }
        let season = vote.season.clone();
        vote.act(Actor::Operator, move |tx, cx| advance::advance(tx, cx, &season, Stage::Deciding)).unwrap();
        vote.open_vote();
        for voter in 0..3 {
            vote.cast(voter, &[1, 2]).unwrap();
        }
        vote.close().unwrap();
        let counted = vote.count().unwrap();
        vote.publish(&counted).unwrap();
        decide_as(&vote, Actor::Operator).unwrap();
        let input = places::commands::merge::MergePlaces {
            places: vec![east.clone(), west.clone()],
            into: Some(west.clone()),
            name: "西里社区".into(),
            ..places::commands::merge::MergePlaces::default()
        };
        let followers = places::Followers::new(&[]);
        vote.act(Actor::Operator, move |tx, cx| places::commands::merge::merge(tx, cx, followers, &input)).unwrap();
        let posted = announce(&vote).unwrap();
        hung_out(&vote, &posted.id);
        begun(&vote);
        let season = vote.season.clone();
        let rows = db.read_wait(move |s| queries::rows(s, &season, 0, 10)).unwrap();
        let at = |number: u32| {
            let id = rows.iter().find(|row| row.line.number == number).unwrap().matter.clone().unwrap();
            db.read_wait(move |s| matter::queries::matter(s, &id)).unwrap().place
        };
        assert_eq!((at(1), at(2)), (street.clone(), west.clone()), "the ended one's matter is the street's");
    });
}

#[test]
fn a_long_list_is_read_by_pages() {
    each_engine(|db| {
        let vote = Vote::prepare(db, &Paper { costs: vec![1_000; 100], ..paper() });
        let more: Vec<_> = (101..=130)
            .map(|n| programmes::project::add::NewProject {
                reference: format!("P{n}"),
                name: format!("项目 {n}"),
                about: String::new(),
                category: String::new(),
                cost: kernel::Fen(1_000),
            })
            .collect();
        let season = vote.season.clone();
        vote.act(Actor::Operator, move |tx, cx| programmes::project::add::add_projects(tx, cx, &season, &more))
            .unwrap();
        vote.open_vote();
        vote.cast(0, &[130, 120]).unwrap();
        vote.close().unwrap();
        let counted = vote.count().unwrap();
        vote.publish(&counted).unwrap();
        decide_as(&vote, Actor::Operator).unwrap();
        let page = |after: u32| {
            let season = vote.season.clone();
            let rows = db.read_wait(move |s| queries::rows(s, &season, after, queries::PAGE)).unwrap();
            rows.into_iter().map(|row| (row.line.rank, row.line.number)).collect::<Vec<_>>()
        };
        let (first, rest) = (page(0), page(100));
        assert!(first.iter().chain(&rest).map(|(rank, _)| *rank).eq(1..=130));
        assert_eq!((first.len(), rest.len(), page(130)), (100, 30, vec![]));
        for (rank, number) in first.iter().chain(&rest) {
            let (season, number) = (vote.season.clone(), *number);
            let begins = db.read_wait(move |s| queries::page_of(s, &season, number)).unwrap();
            assert_eq!(begins, if *rank <= 100 { 0 } else { 100 }, "{rank}");
        }
        let season = vote.season.clone();
        let named = db.read_wait(move |s| queries::approved(s, &season, 10)).unwrap();
        // both won, with equal support the lower number first
        assert_eq!(named.iter().map(|row| row.line.number).collect::<Vec<_>>(), [120, 130]);
    });
}

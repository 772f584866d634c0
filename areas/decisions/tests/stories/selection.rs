//! From the published vote to the approved list.

use std::time::Duration;

use decisions::selection::{
    Selection, State, Why, announce, announce::Announce, approve, condition, condition::SetCondition, decide, queries,
};
use kernel::Actor;
use matters::{matter, notice};
use programmes::{Stage, season};

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

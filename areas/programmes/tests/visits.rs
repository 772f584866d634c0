//! What visits and workshops promise, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

use std::sync::Arc;

use db::{Db, Fault, Statement};
use kernel::{Actor, Chance, Fen, PlaceId, Post, Principal, Role};
use places::{Level, commands::add};
use programmes::{
    IdeaId, Season, SeasonId, Visit, VisitId, Workshop,
    idea::post::{PostIdea, post},
    season::open::{OpenSeason, open},
    visit::{
        Has, HasLine, MAX_NEEDS, Met, MetLine, Need, correct::CorrectVisit, correct::correct, queries,
        record::RecordVisit, record::record, strike::StrikeVisit, strike::strike,
    },
    workshop::{
        self, Card, Taken,
        ask::{AskQuestion, TakeUp, ask, take_up},
        attend::{Attend, attend},
        card::{self, AddCards},
        record::RecordWorkshop,
    },
};
use testkit::story::{act, each_engine, fields, refusal};

static LEAVES: Statement = Statement {
    name: "LEAVES",
    module: "stories",
    sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
};
static SECRETS: Statement = Statement {
    name: "SECRETS",
    module: "stories",
    sql: "SELECT body FROM entry_secrets ORDER BY id /* across homes */",
};

struct Town {
    season: SeasonId,
    communities: Vec<PlaceId>,
}

fn place(db: &Db, parent: Option<&PlaceId>, level: Level, name: &str) -> PlaceId {
    let input = add::AddPlace { parent: parent.cloned(), level, name: name.into() };
    act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
}

fn season_at(db: &Db, place: PlaceId, template: &str) -> Season {
    let input = OpenSeason::by(template, place, "星选计划", Fen(20_000_000));
    act(db, Actor::Operator, move |tx, cx| open(tx, cx, &input)).unwrap()
}

fn town(db: &Db) -> Town {
    let root = place(db, None, Level::Subdistrict, "北园街道");
    let communities =
        ["槐树里社区", "东井社区", "河沿社区"].map(|name| place(db, Some(&root), Level::Community, name)).to_vec();
    Town { season: season_at(db, root, "star-pick").id, communities }
}

fn worker(seed: u64, place: &PlaceId) -> Actor {
    let person = kernel::Id::random(place.home(), &mut Chance::seeded(seed));
    let posts = vec![Post { role: Role::Worker, place: place.clone() }];
    Actor::Person(Arc::new(Principal { person, verified: false, posts, seats: Vec::new() }))
}

fn need(need: &str, mentioned: u32) -> Need {
    Need { need: need.into(), mentioned }
}

fn typed(place: &PlaceId, once: &str) -> RecordVisit {
    RecordVisit {
        place: place.to_string(),
        day: "2026-11-20".into(),
        staff: "远山、近水".into(),
        findings: "晚上没有地方坐。\r\n老人想要助餐。".into(),
        met: vec![MetLine { kind: Met::Elders, people: 12 }, MetLine { kind: Met::StairwellHeads, people: 3 }],
        needs: vec![need("助餐", 9), need("长椅", 4)],
        has: vec![HasLine { kind: Has::Rooms, name: "活动室".into(), note: "六十平方米".into() }],
        once: once.into(),
    }
}

fn record_as(db: &Db, actor: &Actor, season: &SeasonId, input: RecordVisit) -> Result<Visit, Fault> {
    let season = season.clone();
    act(db, actor, move |tx, cx| record(tx, cx, &season, &input))
}

fn correct_as(db: &Db, actor: &Actor, visit: &Visit, input: RecordVisit) -> Result<Visit, Fault> {
    let ids = (visit.season.clone(), visit.id.clone());
    let input = CorrectVisit { revision: visit.revision, visit: input };
    act(db, actor, move |tx, cx| correct(tx, cx, (&ids.0, &ids.1), &input))
}

fn strike_as(db: &Db, actor: &Actor, visit: &Visit, reason: &str) -> Result<Visit, Fault> {
    let (ids, reason) = ((visit.season.clone(), visit.id.clone()), reason.to_owned());
    act(db, actor, move |tx, cx| strike(tx, cx, (&ids.0, &ids.1), &StrikeVisit { reason: reason.clone() }))
}

fn visited(db: &Db, season: &SeasonId) -> u32 {
    let season = season.clone();
    db.read_wait(move |s| queries::communities_visited(s, &season)).unwrap()
}

fn needs(db: &Db, season: &SeasonId) -> Vec<(String, u64, u64)> {
    let season = season.clone();
    let sums = db.read_wait(move |s| queries::needs(s, &season)).unwrap();
    sums.into_iter().map(|sum| (sum.need, sum.mentioned, sum.visits)).collect()
}

#[test]
fn a_visit_is_kept_as_it_was_typed_and_its_words_stay_out_of_the_open_log() {
    each_engine(|db| {
        let Town { season, communities } = town(db);
        let mine = worker(1, &communities[0]);
        let visit = record_as(db, &mine, &season, typed(&communities[0], "form-1")).unwrap();
        assert_eq!(record_as(db, &mine, &season, typed(&communities[0], "form-1")).unwrap(), visit, "sent twice");
        assert_eq!((visit.number, visit.findings.as_str()), (1, "晚上没有地方坐。\n老人想要助餐。"));
        let (s, id) = (season.clone(), visit.id.clone());
        let (stored, lists) = db.read_wait(move |r| queries::visit(r, &s, &id)).unwrap();
        assert_eq!(stored, visit);
        let input = typed(&communities[0], "");
        assert_eq!((lists.met, lists.needs, lists.has), (input.met, input.needs, input.has));
        let leaves: Vec<(String, Vec<u8>)> = db.read_wait(|s| s.all(&LEAVES, &[])).unwrap();
        let leaf = leaves.iter().filter(|(kind, _)| kind == "visit.recorded").collect::<Vec<_>>();
        assert_eq!(leaf.len(), 1, "one visit, one entry");
        let text = String::from_utf8(leaf[0].1.clone()).unwrap();
        for hidden in ["远山", "助餐", "没有地方坐", mine.person().unwrap().as_str()] {
            assert!(!text.contains(hidden), "{text}");
        }
    });
}

#[test]
fn communities_visited_are_counted_from_the_visits_that_stand() {
    each_engine(|db| {
        let Town { season, communities } = town(db);
        let officer = Actor::Operator;
        assert_eq!(visited(db, &season), 0);
        let first = record_as(db, &officer, &season, typed(&communities[0], "")).unwrap();
        let again = record_as(db, &officer, &season, typed(&communities[0], "")).unwrap();
        record_as(db, &officer, &season, typed(&communities[1], "")).unwrap();
        assert_eq!((first.number, again.number, visited(db, &season)), (1, 2, 2));
        assert_eq!(needs(db, &season), [("助餐".into(), 27, 3), ("长椅".into(), 12, 3)]);
        strike_as(db, &officer, &first, "记重了").unwrap();
        assert_eq!(visited(db, &season), 2, "the other visit there still counts");
        let struck = strike_as(db, &officer, &again, "记重了").unwrap();
        assert_eq!((visited(db, &season), struck.struck_reason.as_str()), (1, "记重了"));
        assert_eq!(needs(db, &season), [("助餐".into(), 9, 1), ("长椅".into(), 4, 1)]);
        assert_eq!(refusal(strike_as(db, &officer, &first, "记重了")).code, "visit-struck");
        assert_eq!(refusal(correct_as(db, &officer, &first, typed(&communities[0], ""))).code, "visit-struck");
        let key = season.clone();
        let (listed, of_need, covered) = db
            .read_wait(move |s| {
                let season = programmes::season::queries::season(s, &key)?;
                let of_need = queries::visits(s, &key, Some("长椅"), None)?;
                let none = queries::visits(s, &key, Some("没人提到"), None)?;
                assert!(none.is_empty());
                Ok::<_, Fault>((queries::visits(s, &key, None, None)?, of_need, queries::coverage(s, &season)?))
            })
            .unwrap();
        assert_eq!((listed.len(), of_need.len()), (1, 1), "what was struck is not listed");
        assert_eq!((covered.communities.len(), covered.visited), (3, vec![communities[1].clone()]));
    });
}

#[test]
fn a_correction_keeps_the_earlier_text_in_the_private_part() {
    each_engine(|db| {
        let Town { season, communities } = town(db);
        let mine = worker(1, &communities[0]);
        let visit = record_as(db, &mine, &season, typed(&communities[0], "")).unwrap();
        let same = correct_as(db, &mine, &visit, typed(&communities[0], "")).unwrap();
        assert_eq!(same.revision, 0, "what is already so is no change");
        let better = RecordVisit {
            findings: "晚上没有地方坐，也没有灯。".into(),
            needs: vec![need("助餐", 9), need("路灯", 5)],
            ..typed(&communities[0], "")
        };
        let corrected = correct_as(db, &mine, &visit, better).unwrap();
        assert_eq!((corrected.revision, corrected.number), (1, 1));
        assert_eq!(needs(db, &season), [("助餐".into(), 9, 1), ("路灯".into(), 5, 1)]);
        let secrets: Vec<(String,)> = db.read_wait(|s| s.all(&SECRETS, &[])).unwrap();
        let kept = secrets.iter().find(|(body,)| body.contains("也没有灯")).unwrap();
        assert!(kept.0.contains("老人想要助餐") && kept.0.contains("长椅"), "{}", kept.0);
        // a worker moves it only to where they work, too
        assert_eq!(refusal(correct_as(db, &mine, &visit, typed(&communities[1], ""))).code, "not-allowed");
        let moved = correct_as(db, &Actor::Operator, &corrected, typed(&communities[1], "")).unwrap();
        assert_eq!(moved.place, communities[1]);
    });
}

#[test]
fn what_somebody_else_corrected_meanwhile_is_not_overwritten() {
    each_engine(|db| {
        let Town { season, communities } = town(db);
        let mine = worker(1, &communities[0]);
        let seen = record_as(db, &mine, &season, typed(&communities[0], "")).unwrap();
        let other = |findings: &str| RecordVisit { findings: findings.into(), ..typed(&communities[0], "") };
        let mended = correct_as(db, &worker(2, &communities[0]), &seen, other("有路灯，不亮。")).unwrap();
        assert_eq!(refusal(correct_as(db, &mine, &seen, other("没有路灯。"))).code, "changed-meanwhile");
        assert_eq!(correct_as(db, &mine, &seen, other("有路灯，不亮。")).unwrap(), mended, "the twin of a double tap");
        assert_eq!(correct_as(db, &mine, &mended, other("没有路灯。")).unwrap().revision, 2);
    });
}

#[test]
fn only_community_work_at_the_place_records_and_only_communities_of_the_season() {
    each_engine(|db| {
        let Town { season, communities } = town(db);
        let (mine, other) = (worker(1, &communities[0]), worker(2, &communities[1]));
        for (actor, code) in [
            (Actor::Visitor, "sign-in-first"),
            (testkit::person(3, Vec::new()), "not-allowed"),
            (other.clone(), "not-allowed"),
        ] {
            assert_eq!(refusal(record_as(db, &actor, &season, typed(&communities[0], ""))).code, code);
        }
        let visit = record_as(db, &mine, &season, typed(&communities[0], "")).unwrap();
        assert_eq!(refusal(correct_as(db, &other, &visit, typed(&communities[0], ""))).code, "not-allowed");
        assert_eq!(refusal(strike_as(db, &other, &visit, "x")).code, "not-allowed");
        let elsewhere = place(db, None, Level::Subdistrict, "南园街道");
        let there = place(db, Some(&elsewhere), Level::Community, "南里社区");
        let no = record_as(db, &Actor::Operator, &season, typed(&there, ""));
        assert_eq!(refusal(no).code, "place-not-of-season");
        let estate = place(db, Some(&communities[0]), Level::Estate, "槐园小区");
        let no = record_as(db, &Actor::Operator, &season, typed(&estate, ""));
        assert_eq!(fields(no), ["place: not-a-community-here"]);
        let plain = season_at(db, communities[0].clone(), "plain").id;
        assert_eq!(refusal(record_as(db, &mine, &plain, typed(&communities[0], ""))).code, "season-without-visits");
        let nowhere: VisitId = "1-00000000000000000000".parse().unwrap();
        let lost = Visit { id: nowhere, ..visit };
        assert_eq!(refusal(strike_as(db, &mine, &lost, "x")).code, "visit-not-found");
    });
}

#[test]
fn a_visit_out_of_bounds_is_refused_with_its_fields() {
    each_engine(|db| {
        let Town { season, communities } = town(db);
        let mine = worker(1, &communities[0]);
        let long = |n: usize| "字".repeat(n);
        let wrong = |change: &dyn Fn(&mut RecordVisit)| {
            let mut input = typed(&communities[0], "");
            change(&mut input);
            fields(record_as(db, &mine, &season, input))
        };
        assert_eq!(wrong(&|v| v.place = String::new()), ["place: required"]);
        assert_eq!(wrong(&|v| v.day = "2026-11-30".into()), ["day: in-the-future"]);
        assert_eq!(wrong(&|v| v.day = "soon".into()), ["day: not-a-date"]);
        assert_eq!(wrong(&|v| v.day = "1024-03-01".into()), ["day: day-too-early"]);
        assert_eq!(wrong(&|v| v.staff = long(201)), ["staff: too-long"]);
        assert_eq!(wrong(&|v| v.findings = long(4_001)), ["findings: too-long"]);
        assert_eq!(wrong(&|v| v.findings = " \n".into()), ["findings: required"]);
        assert_eq!(wrong(&|v| v.met = Vec::new()), ["met: required"]);
        assert_eq!(wrong(&|v| v.met[0].people = 0), ["met: too-small"]);
        assert_eq!(wrong(&|v| v.met[1].kind = Met::Elders), ["met: said-twice"]);
        assert_eq!(wrong(&|v| v.needs[0].mentioned = 100_001), ["needs: too-large"]);
        assert_eq!(wrong(&|v| v.needs[0].need = " 长椅 ".into()), ["needs: said-twice"]);
        assert_eq!(
            wrong(&|v| v.needs = (0..=MAX_NEEDS).map(|n| need(&n.to_string(), 1)).collect()),
            ["needs: too-long-a-list"]
        );
        assert_eq!(wrong(&|v| v.has[0].note = long(201)), ["has: too-long"]);
        assert_eq!(wrong(&|v| v.once = long(65)), ["once: too-long"]);
        assert_eq!(visited(db, &season), 0);
    });
}

#[test]
fn visits_of_many_hands_are_numbered_without_a_gap() {
    each_engine(|db| {
        let Town { season, communities } = town(db);
        std::thread::scope(|scope| {
            for hand in 0..6 {
                let (season, place) = (&season, &communities[hand % 3]);
                scope.spawn(move || {
                    for n in 0..2 {
                        let input = typed(place, &format!("{hand}-{n}"));
                        // whoever was overtaken tries again, as a person would
                        while let Err(error) = record_as(db, &Actor::Operator, season, input.clone()) {
                            assert!(error.is_refusal("changed-meanwhile"), "{error}");
                        }
                    }
                });
            }
        });
        let key = season.clone();
        let all = db.read_wait(move |s| queries::visits(s, &key, None, None)).unwrap();
        assert!(all.iter().rev().map(|v| v.number).eq(1..=12));
        assert_eq!(visited(db, &season), 3);
    });
}

fn held(db: &Db, season: &SeasonId, actor: &Actor, place: &PlaceId, once: &str) -> Result<Workshop, Fault> {
    let input = RecordWorkshop {
        place: place.to_string(),
        day: "2026-11-20".into(),
        title: "金点子夜谈".into(),
        once: once.into(),
        ..RecordWorkshop::default()
    };
    let season = season.clone();
    act(db, actor, move |tx, cx| workshop::record::record(tx, cx, &season, &input))
}

fn add_cards(db: &Db, actor: &Actor, of: &Workshop, cards: &[&str]) -> Result<Vec<Card>, Fault> {
    let input = AddCards { cards: cards.iter().map(|card| (*card).to_owned()).collect() };
    let ids = (of.season.clone(), of.id.clone());
    act(db, actor, move |tx, cx| card::add(tx, cx, (&ids.0, &ids.1), &input))
}

#[test]
fn a_workshop_keeps_its_cards_once_and_a_card_becomes_one_idea() {
    each_engine(|db| {
        let Town { communities, .. } = town(db);
        let season = season_at(db, communities[0].clone(), "plain").id;
        let mine = worker(1, &communities[0]);
        let of = held(db, &season, &mine, &communities[0], "form").unwrap();
        assert_eq!(held(db, &season, &mine, &communities[0], "form").unwrap(), of, "sent twice");
        let first = add_cards(db, &mine, &of, &["长椅", "路灯", "长椅"]).unwrap();
        let again = add_cards(db, &mine, &of, &["长椅", "花坛"]).unwrap();
        assert_eq!(first.iter().map(|c| (c.number, &*c.body)).collect::<Vec<_>>(), [(1, "长椅"), (2, "路灯")]);
        assert_eq!((again.len(), again[2].number), (3, 3));
        let (key, input) =
            (season.clone(), PostIdea { title: "长椅".into(), body: "三把".into(), ..Default::default() });
        let posted = act(db, testkit::person(7, Vec::new()), move |tx, cx| post(tx, cx, &key, &input)).unwrap();
        let link = |number: u32, idea: &IdeaId| {
            let (ids, idea) = ((of.season.clone(), of.id.clone()), idea.clone());
            act(db, &mine, move |tx, cx| card::link(tx, cx, (&ids.0, &ids.1, number), &idea))
        };
        assert_eq!(link(1, &posted.id).unwrap().idea.as_ref(), Some(&posted.id));
        assert_eq!(link(1, &posted.id).unwrap().idea, Some(posted.id.clone()), "said twice");
        let nothing: IdeaId = "1-00000000000000000000".parse().unwrap();
        assert_eq!(refusal(link(2, &nothing)).code, "idea-not-found");
        assert_eq!(refusal(link(9, &posted.id)).code, "card-not-found");
        let (key, input) = (season.clone(), PostIdea { title: "灯".into(), body: "亮".into(), ..Default::default() });
        let other = act(db, testkit::person(7, Vec::new()), move |tx, cx| post(tx, cx, &key, &input)).unwrap();
        assert_eq!(refusal(link(1, &other.id)).code, "card-is-an-idea");
        for (actor, code) in [
            (Actor::Visitor, "sign-in-first"),
            (testkit::person(3, Vec::new()), "not-allowed"),
            (worker(2, &communities[1]), "not-allowed"),
        ] {
            assert_eq!(refusal(add_cards(db, &actor, &of, &["x"])).code, code);
        }
        assert_eq!(fields(add_cards(db, &mine, &of, &[])), ["cards: required"]);
        assert_eq!(fields(add_cards(db, &mine, &of, &["x"; 51])), ["cards: too-long-a-list"]);
    });
}

#[test]
fn advice_is_kept_and_what_became_of_it() {
    each_engine(|db| {
        let Town { season, communities } = town(db);
        let mine = worker(1, &communities[0]);
        let of = held(db, &season, &mine, &communities[0], "").unwrap();
        let ids = (of.season.clone(), of.id.clone());
        let input = AskQuestion {
            question: "放哪里".into(), expert: "社区规划师".into(), advice: "放树下。".into()
        };
        let (at, typed) = (ids.clone(), input.clone());
        let asked = act(db, &mine, move |tx, cx| ask(tx, cx, (&at.0, &at.1), &typed)).unwrap();
        let (at, typed) = (ids.clone(), input);
        let again = act(db, &mine, move |tx, cx| ask(tx, cx, (&at.0, &at.1), &typed)).unwrap();
        assert_eq!((asked.number, asked.taken, &again), (1, Taken::Open, &asked));
        let take = |taken, note: &str| {
            let (at, input) = (ids.clone(), TakeUp { taken, note: note.into() });
            act(db, &mine, move |tx, cx| take_up(tx, cx, (&at.0, &at.1, 1), &input))
        };
        assert_eq!(fields(take(Taken::Partly, " ")), ["note: required"]);
        assert_eq!(take(Taken::Partly, "先放两把").unwrap().taken_note, "先放两把");
        assert_eq!(take(Taken::Yes, "").unwrap().taken, Taken::Yes);
        let elsewhere = held(db, &season, &worker(2, &communities[1]), &communities[0], "");
        assert_eq!(refusal(elsewhere).code, "not-allowed");
    });
}

#[test]
fn an_estimate_is_kept_once_a_form_and_two_of_one_number_are_two() {
    each_engine(|db| {
        let Town { season, communities } = town(db);
        let mine = worker(1, &communities[0]);
        let of = held(db, &season, &mine, &communities[0], "").unwrap();
        let came = |rows, basis: &str, once: &str| {
            let ids = (of.season.clone(), of.id.clone());
            let input = Attend { rows, headcount: Some(30), basis: basis.into(), once: once.into() };
            act(db, &mine, move |tx, cx| attend(tx, cx, (&ids.0, &ids.1), &input))
        };
        came(Some(12), "椅子三十把", "form-1").unwrap();
        came(Some(12), "椅子三十把", "form-1").unwrap();
        came(None, "门口数过", "form-2").unwrap();
        assert_eq!(fields(came(None, " ", "form-3")), ["basis: required"]);
        let key = of.clone();
        let place = communities[0].clone();
        let figures = db.read_wait(move |s| {
            let path = places::queries::show(s, &place)?.map(|place| place.path).unwrap_or_default();
            workshop::queries::figures(s, &key, &path)
        });
        let figures = figures.unwrap();
        assert_eq!((figures.visits, figures.estimates, figures.estimated_direct), (12, 2, 60));
        let ids = (of.season.clone(), of.id.clone());
        let nothing = act(db, &mine, move |tx, cx| attend(tx, cx, (&ids.0, &ids.1), &Attend::default()));
        assert_eq!(fields(nothing), ["rows: required"]);
    });
}

//! Conflicts of interest: found, said, said by mistake, and said while something else happens.

use kernel::OrgId;
use people::org;
use programmes::proposal::{
    Typed, TypedLine,
    check::accept,
    save::{SaveProposal, save},
    start::{StartProposal, start},
    submit::submit,
};
use testkit::story::meanwhile;

use super::*;

fn said(panel: &Panel, who: usize) -> Vec<(u32, Conflict)> {
    let (id, person) = (panel.season.clone(), panel.people[who].0.clone());
    let found = panel.db.read_wait(move |s| queries::declarations(s, &id, &person)).unwrap();
    found.into_iter().map(|one| (one.project, one.conflict)).collect()
}

fn told(panel: &Panel, wanted: &str) -> Vec<serde_json::Value> {
    let entries: Vec<(String, Vec<u8>)> = panel.db.read_wait(|s| s.all(&QUEUED, &[])).unwrap();
    let of = entries.into_iter().filter(|(kind, _)| kind == wanted);
    of.map(|(_, leaf)| serde_json::from_slice::<serde_json::Value>(&leaf).unwrap()["public"].clone()).collect()
}

fn officer_sees(panel: &Panel) -> Vec<(String, u32, Conflict, Conflict)> {
    let id = panel.season.clone();
    let found = panel.db.read_wait(move |s| queries::lifted(s, &id)).unwrap();
    found.into_iter().map(|one| (one.reviewer, one.project, one.said, one.now)).collect()
}

#[test]
fn a_conflict_said_by_mistake_is_taken_back_before_the_first_sheet_and_the_officer_sees_it() {
    each_engine(|db| {
        let panel = Panel::new(db);
        (0..4).for_each(|who| panel.seat(who));
        panel.declare(3, &[(1, Conflict::Kin), (2, Conflict::Other)]).unwrap();
        assert_eq!(officer_sees(&panel), []);
        assert_eq!(refused(panel.score(3, 1, 7)), "not-allowed");
        for _ in 0..2 {
            // sent twice it is taken back once
            panel.declare(3, &[(1, Conflict::None)]).unwrap();
        }
        assert_eq!(said(&panel, 3), [(1, Conflict::None), (2, Conflict::Other), (3, Conflict::None)]);
        assert_eq!(officer_sees(&panel), [("古四".to_owned(), 1, Conflict::Kin, Conflict::None)]);
        assert_eq!(told(&panel, "review.lifted"), [serde_json::json!({ "projects": 1 })]);
        panel.score(3, 1, 7).unwrap();
        // with a sheet handed in, what was said stands
        assert_eq!(refused(panel.declare(3, &[(2, Conflict::None)])), "conflict-stands");
        panel.declare(3, &[(1, Conflict::Kin)]).unwrap();
        assert_eq!(refused(panel.score(3, 1, 7)), "not-allowed");
        panel.three_score();
        panel.close_as(&panel.officer).unwrap();
        assert_eq!(refused(panel.declare(3, &[(1, Conflict::None)])), "review-closed");
    });
}

#[test]
fn what_is_saved_while_a_conflict_is_said_is_seen_or_refused() {
    each_engine(|db| {
        let panel = Panel::new(db);
        (0..5).for_each(|who| panel.seat(who));
        panel.three_score();
        // a sheet that comes while its reviewer says a conflict
        let (id, actor) = (panel.season.clone(), panel.people[3].1.clone());
        let kin = [Declaration { number: 2, conflict: Conflict::Kin }];
        let (declared, scored) = meanwhile(
            |open| {
                act(db, actor, move |tx, cx| {
                    let done = declare(tx, cx, &id, &kin)?;
                    open.wait();
                    Ok(done)
                })
            },
            || panel.score(3, 2, 9),
        );
        assert!(declared.is_ok());
        assert_eq!(refused(scored), "not-allowed");
        // who declines while their first sheet comes
        let (id, actor) = (panel.season.clone(), panel.people[4].1.clone());
        let keys = ["need", "participation", "feasibility", "budget", "innovation", "sustainability", "team"];
        let scores = keys.into_iter().map(|key| (key.to_owned(), rules::Typed::Number(6))).collect();
        let input = Score { scores, comment: String::new() };
        let (scored, declined) = meanwhile(
            |open| {
                act(db, actor, move |tx, cx| {
                    let done = score(tx, cx, (&id, 1), &input)?;
                    open.wait();
                    Ok(done)
                })
            },
            || panel.answer(4, false),
        );
        assert!(scored.is_ok());
        assert_eq!(refused(declined), "scored-already");
        // a sheet that comes while the review is closed
        let counted = Arc::new(count(db, &panel.season, &mut Chance::seeded(3)).unwrap());
        let officer = panel.officer.clone();
        let (closed, late) = meanwhile(
            |open| {
                act(db, officer, move |tx, cx| {
                    let done = close(tx, cx, &counted)?;
                    open.wait();
                    Ok(done)
                })
            },
            || panel.score(3, 1, 9),
        );
        assert_eq!(closed.unwrap().minutes.sheets, 10);
        assert_eq!(refused(late), "review-closed");
    });
}

fn a_place(db: &Db, parent: &PlaceId, name: &str) -> PlaceId {
    let input = add::AddPlace { parent: Some(parent.clone()), level: Level::Community, name: name.into() };
    act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
}

fn typed(place: &PlaceId) -> Typed {
    let answers = ["need", "goals", "method", "months", "team"].map(|key| (key.to_owned(), "写清楚了。".to_owned()));
    let mut answers: BTreeMap<String, String> = answers.into();
    answers.insert("people".into(), "120".into());
    let line = |kind: &str, quantity: &str, price: &str| {
        let [kind, what, quantity, price] = [kind, "彩笔和画框", quantity, price].map(str::to_owned);
        TypedLine { kind, what, quantity, price, from: "grant".into() }
    };
    Typed {
        title: "楼道美术馆".into(),
        summary: "把六层楼道变成孩子们的画廊。".into(),
        place: place.to_string(),
        field: "stairwells".into(),
        tier: "seedling".into(),
        group: "corridors".into(),
        answers,
        lines: vec![line("materials", "100", "50"), line("publicity", "2", "300")],
        funds: Vec::new(),
    }
}

/// A proposal that the office checks into the list of projects; its number there.
fn applied(panel: &Panel, author: &Actor, place: &PlaceId, org: Option<&OrgId>) -> u32 {
    let (db, season) = (&panel.db, panel.season.clone());
    let input = StartProposal {
        title: "楼道美术馆".into(),
        org: org.map(ToString::to_string).unwrap_or_default(),
        once: place.to_string(),
        ..StartProposal::default()
    };
    let begun = act(db, author, move |tx, cx| start(tx, cx, &season, &input)).unwrap();
    let (season, id) = (panel.season.clone(), begun.id.clone());
    let input = SaveProposal { revision: begun.revision, version: false, proposal: typed(place) };
    act(db, author, move |tx, cx| save(tx, cx, (&season, &id), &input)).unwrap();
    let (season, id) = (panel.season.clone(), begun.id.clone());
    act(db, author, move |tx, cx| submit(tx, cx, (&season, &id))).unwrap();
    let (season, id) = (panel.season.clone(), begun.id);
    act(db, &panel.officer, move |tx, cx| accept(tx, cx, (&season, &id))).unwrap().project.unwrap()
}

/// A season of the fund with a project of the first person at home in the east, and one of a team in the west.
fn fund(db: &Db) -> Panel {
    let input = add::AddPlace { parent: None, level: Level::Subdistrict, name: "南桥街道".into() };
    let place = act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id;
    let (east, west) = (a_place(db, &place, "东里社区"), a_place(db, &place, "西里社区"));
    let by = open::OpenSeason::by("self-governance-fund", place.clone(), "自治金", Fen(100_000_000));
    let season = act(db, Actor::Operator, move |tx, cx| open::open(tx, cx, &by)).unwrap().id;
    let people =
        [("林一", &east), ("邱二", &east), ("方三", &west), ("古四", &place), ("项五", &place), ("盛六", &place)];
    let people = people.map(|(name, at)| somebody(db, at, name));
    let officer = somebody(db, &place, "干部");
    let post = Post { role: Role::Officer, place: place.clone() };
    let at = west.clone();
    let input =
        org::register::Register { kind: "volunteer-team".into(), name: "护灯队".into(), short: String::new() };
    let team = act(db, Actor::Operator, move |tx, cx| org::register::register(tx, cx, &at, &input)).unwrap().id;
    let panel = Panel {
        db: db.clone(),
        officer: signed_in(&officer, vec![post]),
        people: people.into_iter().map(|p| (p.clone(), signed_in(&p, Vec::new()))).collect(),
        place,
        season,
    };
    // the fourth, who lives in neither, sits in the team
    let (of, person) = (team.clone(), panel.people[3].0.to_string());
    act(db, Actor::Operator, move |tx, cx| {
        let seat = org::seat::GiveSeat {
            person: person.clone(),
            title: "队长".into(),
            leads: "on".into(),
            from: cx.day.to_string(),
            until: String::new(),
        };
        org::seat::seat(tx, cx, &of, &seat)
    })
    .unwrap();
    let id = panel.season.clone();
    while panel.stage() != Stage::Proposals {
        let id = id.clone();
        act(db, Actor::Operator, move |tx, cx| {
            let to = season::queries::next_stage(tx, &id)?;
            advance::advance(tx, cx, &id, to)
        })
        .unwrap();
    }
    assert_eq!(applied(&panel, &panel.people[0].1, &east, None), 1);
    let mut member = panel.people[5].1.principal().unwrap().clone();
    member.seats.push(team.clone());
    assert_eq!(applied(&panel, &Actor::Person(Arc::new(member)), &west, Some(&team)), 2);
    panel.to(Stage::Deciding);
    panel
}

#[test]
fn what_the_records_show_counts_whatever_was_said_and_is_said_twice_without_harm() {
    each_engine(|db| {
        let panel = fund(db);
        let none = [(1, Conflict::None), (2, Conflict::None)];
        for who in 0..5 {
            panel.invite_as(&panel.officer, who).unwrap();
            panel.answer(who, true).unwrap();
            // the second one changes nothing and is no refusal
            (0..2).for_each(|_| panel.declare(who, &none).unwrap());
        }
        let found = |one, two| vec![(1, one), (2, two)];
        assert_eq!(said(&panel, 0), found(Conflict::FoundApplicant, Conflict::None));
        assert_eq!(said(&panel, 1), found(Conflict::FoundHome, Conflict::None));
        assert_eq!(said(&panel, 2), found(Conflict::None, Conflict::FoundHome));
        assert_eq!(said(&panel, 3), found(Conflict::None, Conflict::FoundOrganisation));
        assert_eq!(said(&panel, 4), found(Conflict::None, Conflict::None), "who lives in neither");
        assert_eq!(told(&panel, "review.declared").len(), 5);
        // nothing of this is taken back by saying so, with a sheet or without
        assert_eq!(officer_sees(&panel), []);
        for (who, number, other) in [(0, 1, 2), (1, 1, 2), (2, 2, 1), (3, 2, 1)] {
            assert_eq!(refused(panel.score(who, number, 9)), "not-allowed");
            panel.score(who, other, 8).unwrap();
            panel.declare(who, &none).unwrap();
            assert_eq!(refused(panel.score(who, number, 9)), "not-allowed");
        }
        (1..=2).for_each(|number| drop(panel.score(4, number, 7).unwrap()));
        panel.close_as(&panel.officer).unwrap();
        let own = |actor: &Actor| {
            let (id, actor) = (panel.season.clone(), actor.clone());
            db.read_wait(move |s| decisions::queries::own_projects(s, &id, &actor)).unwrap()
        };
        assert_eq!(own(&panel.people[0].1), [(1, "楼道美术馆".to_owned())], "the proposer finds the way to the result");
        assert_eq!([own(&panel.people[1].1), own(&Actor::Visitor)], [[], []]);
        let id = panel.season.clone();
        let lines = db.read_wait(move |s| queries::lines(s, &id, 0, 50)).unwrap();
        let told: Vec<_> = lines.iter().map(|l| (l.line.number, l.line.sheets.len(), l.line.conflicts)).collect();
        assert_eq!(told, [(1, 3, 2), (2, 3, 2)]);
    });
}

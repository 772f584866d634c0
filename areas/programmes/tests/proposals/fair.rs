//! Who keeps away from a proposal, and what a form does not give away.

use programmes::idea::{
    Idea, State as IdeaState,
    hide::{self, Why},
};
use testkit::story::meanwhile;

use super::*;

fn idea_of(db: &Db, town: &Town, author: &Actor, title: &str) -> Idea {
    let season = town.season.clone();
    let new =
        PostIdea {
            title: title.into(), body: "太黑了。".into(), field: "stairwells".into(), ..PostIdea::default()
        };
    act(db, author, move |tx, cx| post(tx, cx, &season, &new)).unwrap()
}

fn team(db: &Db, town: &Town) -> OrgId {
    let place = town.community.clone();
    let input =
        org::register::Register { kind: "volunteer-team".into(), name: "护灯队".into(), short: String::new() };
    act(db, Actor::Operator, move |tx, cx| org::register::register(tx, cx, &place, &input)).unwrap().id
}

#[test]
fn an_idea_that_is_not_for_everybody_begins_no_proposal() {
    each_engine(|db| {
        let town = town(db);
        let idea = idea_of(db, &town, &town.author, "楼道加灯");
        assert_eq!(idea.state, IdeaState::Waiting);
        to_stage(db, &town.season, Stage::Screening);
        let org = team(db, &town);
        let member = seated(&town.neighbour, &org);
        let go = |actor: &Actor, org: &str| {
            let input = StartProposal { idea: idea.id.to_string(), org: org.into(), ..StartProposal::default() };
            begin(db, actor, &town.season, input)
        };
        // whoever may not read it does not learn of it either
        assert_eq!(code(go(&member, org.as_str())), "idea-not-found");
        for who in [&town.author, &town.officer] {
            assert_eq!(code(go(who, "")), "idea-wrong-state");
        }
        let (season, id) = (town.season.clone(), idea.id.clone());
        act(db, &town.officer, move |tx, cx| show_it::show(tx, cx, (&season, &id))).unwrap();
        assert_eq!(go(&member, org.as_str()).unwrap().typed.summary, "太黑了。");
        let (season, id) = (town.season.clone(), idea.id.clone());
        let why = Why { reason: "写了别人的电话。".into() };
        act(db, &town.officer, move |tx, cx| hide::hide(tx, cx, (&season, &id), &why)).unwrap();
        assert_eq!(code(go(&member, org.as_str())), "idea-not-found");
    });
}

#[test]
fn who_has_a_seat_in_the_organisation_that_applies_does_not_check_its_proposal() {
    each_engine(|db| {
        let town = town(db);
        to_stage(db, &town.season, Stage::Proposals);
        let org = team(db, &town);
        let (member, insider) = (seated(&town.author, &org), seated(&town.officer, &org));
        let input = StartProposal { title: "护灯".into(), org: org.to_string(), ..StartProposal::default() };
        let p = begin(db, &member, &town.season, input).unwrap();
        let p = write(db, &member, &p, (&full(&town.community), false)).unwrap();
        let p = verb(db, &member, &p, submit).unwrap();
        assert_eq!(code(verb(db, &insider, &p, accept)), "not-allowed");
        assert_eq!(code(give_back(db, &insider, &p, &[("goals", "再写。")])), "not-allowed");
        let season = town.season.clone();
        let site = db
            .read_wait(move |s| {
                let season = season::queries::season(s, &season)?;
                season::queries::site(s, &season)
            })
            .unwrap();
        assert!(!queries::Standing::of(&insider, &p, &site).checks);
        assert!(queries::Standing::of(&town.officer, &p, &site).checks);
        // of another's proposal the same officer decides, and so does who has no seat
        let other = fresh(db, &town, "other");
        let other = write(db, &town.author, &other, (&full(&town.community), false)).unwrap();
        let other = verb(db, &town.author, &other, submit).unwrap();
        assert_eq!(verb(db, &insider, &other, accept).unwrap().state, State::Checked);
        assert_eq!(verb(db, &town.officer, &p, accept).unwrap().state, State::Checked);
    });
}

#[test]
fn a_proposal_does_not_go_back_when_the_season_has_just_gone_on() {
    each_engine(|db| {
        let town = town(db);
        to_stage(db, &town.season, Stage::Proposals);
        let p = fresh(db, &town, "one");
        let p = write(db, &town.author, &p, (&full(&town.community), false)).unwrap();
        let p = verb(db, &town.author, &p, submit).unwrap();
        let season = town.season.clone();
        let (gone, back) = meanwhile(
            |open| {
                act(db, Actor::Operator, move |tx, cx| {
                    let stage = advance(tx, cx, &season, Stage::Deciding)?;
                    open.wait();
                    Ok(stage)
                })
            },
            || give_back(db, &town.officer, &p, &[("goals", "再写。")]),
        );
        assert_eq!((gone.unwrap(), code(back)), (Stage::Deciding, "wrong-stage"));
    });
}

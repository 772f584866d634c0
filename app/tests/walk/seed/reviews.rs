//! Seasons with a panel: one that scores, two that can be closed, one that is closed.

use std::{collections::BTreeMap, sync::Arc};

use decisions::review::{
    Conflict,
    answer::answer,
    close::close,
    count::count,
    declare::{Declaration, declare},
    invite::{Invite, invite},
    rules::Typed,
    score::{Score, score},
};
use kernel::{Actor, Chance, Fen, PersonId, Principal};
use programmes::{
    SeasonId, Stage,
    project::add as add_projects,
    season::{
        advance,
        open::{OpenSeason, open},
        queries,
    },
};
use rights::{Action, authorize};

use super::{Seed, Who};

pub(super) fn reviews(s: &mut Seed) {
    for name in ["reviewing", "answering", "closable", "closable2", "reviewed"] {
        let new = OpenSeason::by("star-pick", s.a(), &format!("季 {name}"), Fen(10_000));
        let season = s.run(move |tx, cx| open(tx, cx, &new)).id;
        s.keep(name, &season);
        let project = add_projects::NewProject {
            reference: "01".into(),
            name: "路灯".into(),
            about: String::new(),
            category: String::new(),
            cost: Fen(4_000),
        };
        let id = season.clone();
        s.run(move |tx, cx| {
            add_projects::add_projects(tx, cx, &id, std::slice::from_ref(&project))?;
            let season = queries::season(tx, &id)?;
            let permit = authorize(&cx.actor, Action::RunSeason, id.home())?;
            advance::shift(tx, cx, &permit, &season, Stage::Deciding)
        });
        let officer = s.persons[&Who::Officer].clone();
        if name == "answering" {
            invited(s, &season, &officer);
            continue;
        }
        seated(s, &season, &officer);
        for n in 1..=3 {
            let helper: PersonId = s.id(&format!("helper{n}")).parse().unwrap();
            seated(s, &season, &helper);
            scored(s, &season, &helper);
        }
        if name == "reviewed" {
            let counted = Arc::new(count(&s.db, &season, &mut Chance::seeded(5)).unwrap());
            s.run(move |tx, cx| close(tx, cx, &counted));
        }
    }
}

fn as_person(person: &PersonId) -> Actor {
    let (posts, seats) = (Vec::new(), Vec::new());
    Actor::Person(Arc::new(Principal { person: person.clone(), verified: true, posts, seats }))
}

fn invited(s: &Seed, season: &SeasonId, person: &PersonId) {
    let (id, input) = (season.clone(), Invite { person: person.to_string() });
    s.run(move |tx, cx| invite(tx, cx, &id, &input));
}

fn seated(s: &Seed, season: &SeasonId, person: &PersonId) {
    invited(s, season, person);
    let (id, said) = (season.clone(), [Declaration { number: 1, conflict: Conflict::None }]);
    s.run_then(&as_person(person), 0, move |tx, cx| {
        answer(tx, cx, &id, true)?;
        declare(tx, cx, &id, &said)
    });
}

fn scored(s: &Seed, season: &SeasonId, person: &PersonId) {
    let keys = ["need", "participation", "feasibility", "budget", "innovation", "sustainability", "team"];
    let scores: BTreeMap<_, _> = keys.into_iter().map(|key| (key.to_owned(), Typed::Number(7))).collect();
    let (id, input) = (season.clone(), Score { scores, comment: "看得见变化".into() });
    s.run_then(&as_person(person), 0, move |tx, cx| score(tx, cx, (&id, 1), &input));
}

//! A season whose list is approved, with a project at every step.

use std::sync::Arc;

use kernel::{Actor, Context, Fen, Post, Principal, Role};
use people::account::verify;
use programmes::{
    SeasonId, Stage,
    award::{self, choice, nominate},
    closing::{
        Report,
        report::{WriteReport, write},
    },
    group::lead,
    midterm::{
        decide::{Decide, decide},
        open::open as open_midterm,
        score::{WriteSheet, score},
    },
    project::add::{NewProject, add_projects},
    running::{Nothing, begin::begin},
    season::{
        advance::shift,
        open::{OpenSeason, open},
        queries,
    },
};
use rights::{Action, authorize};

use super::{Seed, Who};

/// Projects of the season.
const PROJECTS: u32 = 8;

pub(super) fn running(s: &mut Seed) {
    let new = OpenSeason::by("self-governance-fund", s.a(), "季 running", Fen(100_000_000));
    let season = s.run(move |tx, cx| open(tx, cx, &new)).id;
    s.keep("running", &season);
    let id = season.clone();
    s.run(move |tx, cx| {
        let new = |n: u32| NewProject {
            reference: format!("R{n}"),
            name: format!("项目 {n}"),
            about: String::new(),
            category: String::new(),
            cost: Fen(100_000),
        };
        let projects: Vec<NewProject> = (1..=PROJECTS).map(new).collect();
        add_projects(tx, cx, &id, &projects)?;
        let season = queries::season(tx, &id)?;
        let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &season)?)?;
        shift(tx, cx, &permit, &season, Stage::Running)?;
        for number in 1..=PROJECTS {
            begin(tx, cx, &permit, (&season, number), None)?;
        }
        Ok(())
    });
    for n in 3..=PROJECTS {
        s.keep(format!("n{n}"), n);
    }
    for n in 2..=7 {
        let id = season.clone();
        s.run(move |tx, cx| open_midterm(tx, cx, &Nothing, (&id, n)));
    }
    let helper = s.person("第二位评估人");
    let post = Post { role: Role::Worker, place: s.a() };
    let helper = Principal { person: helper, verified: true, posts: vec![post], seats: Vec::new() };
    for n in 3..=7 {
        for who in [s.actor(Who::Officer), Actor::Person(Arc::new(helper.clone()))] {
            let (id, points) = (season.clone(), if n == 4 { "20" } else { "80" });
            let input = WriteSheet { round: 1, scores: vec![points.into(); 4], comment: "看得见变化".into() };
            s.run_then(&who, 0, move |tx, cx| score(tx, cx, (&id, n), &input));
        }
    }
    decided(s, &season);
    shared(s, &season);
    for n in 6..=7 {
        let id = season.clone();
        s.run(move |tx, cx: &mut Context| {
            let report = Report { done: "办了。".into(), changed: "变了。".into(), ..Report::default() };
            write(tx, cx, &Nothing, (&id, n), &WriteReport { revision: 0, report, submit: true })
        });
    }
}

/// A season that runs, with projects nominated for the awards that a jury and the residents choose; the jury sits.
pub(super) fn chosen(s: &mut Seed) {
    let new = OpenSeason::by("star-pick", s.a(), "季 chosen", Fen(100_000_000));
    let season = s.run(move |tx, cx| open(tx, cx, &new)).id;
    s.keep("chosen", &season);
    for category in ["shining", "mobilising", "innovation"] {
        s.keep(category, category);
    }
    let jury: Vec<_> = ["评委甲", "评委乙", "评委丙"].map(|name| s.person(name)).into();
    s.run(move |tx, cx| {
        let new = |n: u32| NewProject {
            reference: format!("R{n}"),
            name: format!("项目 {n}"),
            about: String::new(),
            category: String::new(),
            cost: Fen(100_000),
        };
        add_projects(tx, cx, &season, &[new(1), new(2)])?;
        let of = queries::season(tx, &season)?;
        let site = queries::site(tx, &of)?;
        let permit = authorize(&cx.actor, Action::RunSeason, &site)?;
        shift(tx, cx, &permit, &of, Stage::Running)?;
        for number in 1..=2 {
            begin(tx, cx, &permit, (&of, number), None)?;
            for category in ["shining", "mobilising"] {
                let (category, words) = (category.to_owned(), "邻居都来了。".to_owned());
                nominate::nominate(tx, cx, &season, &nominate::Nominate { category, number, words })?;
            }
        }
        for person in &jury {
            verify::verify(tx, cx, &site, person, &verify::Verify { document: verify::DOCUMENTS[0].into() })?;
            let input = choice::invite::Invite { category: "shining".into(), person: person.to_string() };
            choice::invite::invite(tx, cx, &season, &input)?;
        }
        let input = choice::open::OpenChoice { category: "shining".into(), closes: "2026-12-10".into() };
        choice::open::open(tx, cx, &season, &input)
    });
}

/// Groups with a leader, and awards.
fn shared(s: &mut Seed, season: &SeasonId) {
    for (n, team) in [(1, "corridors"), (3, "garden")] {
        let (id, team) = (season.clone(), team.to_owned());
        s.keep(&*team, &team);
        s.run(move |tx, cx| {
            lead::assign(tx, cx, &id, &lead::Assign { number: n, team: team.clone() })?;
            lead::lead(tx, cx, &id, &lead::Lead { team: team.clone(), number: n, how: "recommended".into() })
        });
    }
    let id = season.clone();
    let given = s.run(move |tx, cx| {
        for category in ["innovation", "mobilising"] {
            let words = "邻居都来了。".into();
            nominate::nominate(tx, cx, &id, &nominate::Nominate { category: category.into(), number: 5, words })?;
        }
        award::decide::decide(
            tx,
            cx,
            &id,
            &award::decide::Decide { category: "mobilising".into(), number: 5, give: true },
        )
    });
    s.keep("certificate", given.certificate.unwrap());
}

fn decided(s: &Seed, season: &SeasonId) {
    for n in 4..=7 {
        let (id, mends) = (season.clone(), n == 4);
        let input = Decide {
            round: 1,
            outcome: if mends { "rectify" } else { "passed" }.into(),
            advice: "补齐台账".into(),
            until: if mends { "2026-12-20".into() } else { String::new() },
        };
        s.run(move |tx, cx| decide(tx, cx, (&id, n), &input));
    }
}

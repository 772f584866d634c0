//! A season from its approved list to its end, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod choices;
mod closings;
mod films;
mod halfway;
mod plans;
mod promotions;
mod site;
mod together;
mod trainings;

use std::{collections::BTreeMap, sync::Arc};

use db::{Db, Fault, Snapshot, Statement};
use kernel::{Actor, Fen, PersonId, PlaceId, Post, Principal, Role};
use people::commands::register::{RegisterPerson, register};
use places::{Level, commands::add};
use programmes::{
    Evidence, SeasonId, Stage,
    proposal::{
        Typed, TypedLine,
        check::accept,
        save::{SaveProposal, save},
        start::{StartProposal, start},
        submit::submit,
    },
    running::{Known, MonthDone, Paid, Run, begin::begin, queries},
    season::{
        self,
        advance::{advance, shift},
        open::{OpenSeason, open},
    },
};
use rights::{Action, authorize};
use testkit::story::act;

pub(crate) static QUEUED: Statement = Statement {
    name: "QUEUED",
    module: "stories",
    sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
};

/// Records of other areas, as a story wants them: twelve activities, 240 visits, the team's own served.
pub(crate) struct Records;

pub(crate) const SERVED: &str = "受益";

impl Evidence for Records {
    fn known(&self, _: &mut Snapshot<'_>, _: &SeasonId, numbers: &[u32]) -> Result<BTreeMap<u32, Known>, Fault> {
        let known = Known {
            activities: Some(12),
            visits: Some(240),
            estimated: Some(60),
            money: Some(Paid { received: Fen(500_000), spent: Fen(320_000) }),
            last: Some("2026-11-20".into()),
        };
        Ok(numbers.iter().map(|number| (*number, known.clone())).collect())
    }

    fn by_month(&self, _: &mut Snapshot<'_>, _: &SeasonId, _: u32) -> Result<Vec<MonthDone>, Fault> {
        let month = |month: &str, n| MonthDone { month: month.into(), activities: n, visits: 80, spent: Fen(100_000) };
        Ok(vec![month("2026-09", 4), month("2026-10", 5), month("2026-11", 3)])
    }

    fn served(&self, s: &mut Snapshot<'_>, _: (&SeasonId, u32), person: &PersonId) -> Result<Option<bool>, Fault> {
        let names = people::account::queries::names(s, std::slice::from_ref(person))?;
        Ok(Some(names.iter().any(|(_, name)| name.starts_with(SERVED))))
    }
}

/// A subdistrict with a season of the fund whose list is approved, with one project of an author's.
pub(crate) struct Town {
    pub(crate) place: PlaceId,
    pub(crate) season: SeasonId,
    pub(crate) author: Actor,
    pub(crate) officer: Actor,
    pub(crate) second: Actor,
    pub(crate) worker: Actor,
    pub(crate) neighbour: Actor,
}

pub(crate) fn somebody(db: &Db, place: &PlaceId, name: &str, role: Option<Role>) -> Actor {
    let (home, input) = (place.home(), RegisterPerson { place: place.to_string(), name: name.into() });
    let person = act(db, Actor::Operator, move |tx, cx| register(tx, cx, home, &input)).unwrap();
    let posts = role.map(|role| Post { role, place: place.clone() }).into_iter().collect();
    Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
}

pub(crate) fn a_place(db: &Db, parent: Option<&PlaceId>, level: Level, name: &str) -> PlaceId {
    let input = add::AddPlace { parent: parent.cloned(), level, name: name.into() };
    act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
}

pub(crate) fn to_stage(db: &Db, season: &SeasonId, wanted: Stage) {
    loop {
        let id = season.clone();
        let now = db.read_wait(move |s| season::queries::season(s, &id)).unwrap().stage;
        if now == wanted {
            return;
        }
        let id = season.clone();
        act(db, Actor::Operator, move |tx, cx| {
            let season = season::queries::season(tx, &id)?;
            match season::queries::next_stage(tx, &id) {
                Ok(to) => advance(tx, cx, &id, to).map(|_| ()),
                // what a verdict brings about, this story brings about
                Err(_) => {
                    let plan = season::queries::plan(tx, &id)?;
                    let to = season::rules::next_stage(&season, &plan).unwrap();
                    let permit = authorize(&cx.actor, Action::RunSeason, &season::queries::site(tx, &season)?)?;
                    shift(tx, cx, &permit, &season, to)
                }
            }
        })
        .unwrap();
    }
}

fn full(place: &PlaceId, title: &str) -> Typed {
    let answers =
        ["need", "goals", "method", "months", "team"].map(|key| (key.to_owned(), "九月四场，十月四场。".to_owned()));
    let mut answers: BTreeMap<String, String> = answers.into();
    answers.insert("people".into(), "120".into());
    let [kind, what, quantity, price] = ["materials", "彩笔", "100", "55.55"].map(str::to_owned);
    Typed {
        title: title.into(),
        summary: "把六层楼道变成孩子们的画廊。".into(),
        place: place.to_string(),
        field: "stairwells".into(),
        tier: "seedling".into(),
        group: "corridors".into(),
        answers,
        lines: vec![TypedLine { kind, what, quantity, price, from: "grant".into() }],
        funds: Vec::new(),
    }
}

/// Projects with such names are the neighbour's.
pub(crate) const NEIGHBOURS: &str = "邻家";

/// A proposal of the author's, or of the neighbour's, that is a project.
pub(crate) fn a_project(db: &Db, town: &Town, title: &str) -> u32 {
    let author = if title.starts_with(NEIGHBOURS) { &town.neighbour } else { &town.author };
    let (season, once) = (town.season.clone(), title.to_owned());
    let input = StartProposal { title: title.into(), once, ..StartProposal::default() };
    let proposal = act(db, author, move |tx, cx| start(tx, cx, &season, &input)).unwrap();
    let (season, id) = (town.season.clone(), proposal.id.clone());
    let input = SaveProposal { revision: proposal.revision, version: false, proposal: full(&town.place, title) };
    act(db, author, move |tx, cx| save(tx, cx, (&season, &id), &input)).unwrap();
    let (season, id) = (town.season.clone(), proposal.id.clone());
    act(db, author, move |tx, cx| submit(tx, cx, (&season, &id))).unwrap();
    let (season, id) = (town.season.clone(), proposal.id);
    act(db, &town.officer, move |tx, cx| accept(tx, cx, (&season, &id))).unwrap().project.unwrap()
}

/// Approved, with as many projects as names.
pub(crate) fn town(db: &Db, names: &[&str]) -> Town {
    town_by(db, names, "")
}

/// The same, where a template's text is adopted for it first: one that calls itself `chosen`.
pub(crate) fn town_by(db: &Db, names: &[&str], template: &str) -> Town {
    let place = a_place(db, None, Level::Subdistrict, "邻里街道");
    let community = a_place(db, Some(&place), Level::Community, "东里社区");
    let key = if template.is_empty() { "self-governance-fund" } else { "chosen" };
    if !template.is_empty() {
        let (of, text) = (place.clone(), template.to_owned());
        act(db, Actor::Operator, move |tx, cx| programmes::template::adopt::adopt(tx, cx, &of, &text)).unwrap();
    }
    let input = OpenSeason::by(key, place.clone(), "自治金", Fen(100_000_000));
    let season = act(db, Actor::Operator, move |tx, cx| open(tx, cx, &input)).unwrap().id;
    let town = Town {
        author: somebody(db, &community, "提案人", None),
        neighbour: somebody(db, &community, "邻居", None),
        officer: somebody(db, &place, "干部", Some(Role::Officer)),
        second: somebody(db, &place, "另一位干部", Some(Role::Officer)),
        worker: somebody(db, &place, "社工", Some(Role::Worker)),
        place: community,
        season,
    };
    to_stage(db, &town.season, Stage::Proposals);
    let numbers: Vec<u32> = names.iter().map(|name| a_project(db, &town, name)).collect();
    to_stage(db, &town.season, Stage::Approved);
    for number in numbers {
        let id = town.season.clone();
        act(db, Actor::Operator, move |tx, cx| {
            let season = season::queries::season(tx, &id)?;
            let permit = authorize(&cx.actor, Action::PublishVerdict, &season::queries::site(tx, &season)?)?;
            begin(tx, cx, &permit, (&season, number), None)?;
            begin(tx, cx, &permit, (&season, number), None)
        })
        .unwrap();
    }
    to_stage(db, &town.season, Stage::Midterm);
    town
}

pub(crate) fn run(db: &Db, town: &Town, number: u32) -> Run {
    let season = town.season.clone();
    db.read_wait(move |s| queries::run(s, &season, number)).unwrap()
}

/// What everybody may read in the log of these kinds.
pub(crate) fn public(db: &Db, kinds: &[&str]) -> String {
    let told: Vec<(String, Vec<u8>)> = db.read_wait(|s| s.all(&QUEUED, &[])).unwrap();
    let told = told.into_iter().filter(|(kind, _)| kinds.iter().any(|wanted| kind.starts_with(wanted)));
    told.map(|(_, leaf)| String::from_utf8_lossy(&leaf).into_owned()).collect()
}

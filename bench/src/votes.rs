//! Full votes at the command layer: roll check, roll mark, ballot, entries.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Instant,
};

use db::{Db, Fault};
use kernel::{Actor, Fen};
use linli::home::context;
use people::{
    VoterKey,
    commands::enrol::{self, Voter},
};
use places::{Level, commands::add};
use programmes::{
    SeasonId,
    project::add as add_projects,
    season::{open, open_vote},
};
use tokio::runtime::Runtime;

use crate::{Anything, Rate};

/// Projects of a vote.
const PROJECTS: u32 = 40;

/// A season whose vote is open, with `voters` on the roll.
pub(crate) fn open_season(db: &Db, voters: usize) -> Result<SeasonId, Anything> {
    let cx = context(Actor::Operator);
    let season = db.write_wait(move |tx| {
        let cx = &mut cx.clone();
        let place = add::add(tx, cx, &add::AddPlace { parent: None, level: Level::Subdistrict, name: "bench".into() })?;
        let new = open::OpenSeason {
            place: place.id,
            name: "bench".into(),
            about: String::new(),
            budget: Fen(100_000_000),
            currency: "CNY".into(),
            rule: "greedy:cost".into(),
            increment: None,
            max_choices: 5,
            template: "plain".into(),
            start: String::new(),
            source: String::new(),
            once: String::new(),
        };
        let season = open::open(tx, cx, &new)?;
        let project = |n: u32| add_projects::NewProject {
            reference: n.to_string(),
            name: format!("project {n}"),
            about: String::new(),
            category: String::new(),
            cost: Fen(5_000_000),
        };
        let projects: Vec<_> = (1..=PROJECTS).map(project).collect();
        add_projects::add_projects(tx, cx, &season.id, &projects)?;
        open_vote::open_vote(tx, cx, &season.id)?;
        Ok::<_, Fault>(season.id)
    })?;
    for chunk in (0..voters).collect::<Vec<_>>().chunks(250) {
        let list: Vec<_> = chunk.iter().map(|n| Voter { key: key(&season, *n), person: None }).collect();
        let (season, cx) = (season.clone(), context(Actor::Operator));
        db.write_wait(move |tx| enrol::enrol(tx, &mut cx.clone(), season.home(), season.as_str(), &list))?;
    }
    Ok(season)
}

/// The code of the n-th voter.
pub(crate) fn code(n: usize) -> String {
    format!("bench-voter-{n}")
}

fn key(season: &SeasonId, n: usize) -> VoterKey {
    VoterKey::of(season.as_str(), &code(n))
}

/// Two to four choices that differ from voter to voter.
pub(crate) fn choices(n: usize) -> Vec<u32> {
    let at = |k: usize| u32::try_from(n * k % PROJECTS as usize).unwrap_or(0) + 1;
    let mut choices = vec![at(1), at(7), at(11), at(13)];
    choices.sort_unstable();
    choices.dedup();
    choices
}

/// Closes the vote, so that its sealed box is opened.
pub(crate) fn close(db: &Db, season: &SeasonId) -> Result<(), Fault> {
    let (season, cx) = (season.clone(), context(Actor::Operator));
    db.write_wait(move |tx| decisions::commands::close::close(tx, &mut cx.clone(), &season))
}

/// Casts `votes` ballots through the command and prints the rate; answers with the season.
pub(crate) fn run(runtime: &Runtime, db: &Db, clients: usize, votes: usize) -> Result<SeasonId, Anything> {
    let season = open_season(db, votes)?;
    let next = Arc::new(AtomicUsize::new(0));
    let before = (db.counters().statements(), db.counters().commits());
    let start = Instant::now();
    runtime.block_on(async {
        let client = |_| tokio::spawn(client(db.clone(), season.clone(), next.clone(), votes));
        let tasks: Vec<_> = (0..clients).map(client).collect();
        for task in tasks {
            task.await??;
        }
        Ok::<_, Anything>(())
    })?;
    let rate = Rate::since("full votes at the command layer, durable", votes, start);
    let statements = (db.counters().statements() - before.0) as f64 / votes as f64;
    let commits = db.counters().commits() - before.1;
    rate.with(format!("{statements:.2} statements a vote (the sequencer's included), {commits} commits")).print();
    Ok(season)
}

async fn client(db: Db, season: SeasonId, next: Arc<AtomicUsize>, votes: usize) -> Result<(), Fault> {
    loop {
        let n = next.fetch_add(1, Relaxed);
        if n >= votes {
            return Ok(());
        }
        let (season, cx) = (season.clone(), context(Actor::Voter));
        let (voter, chosen) = (key(&season, n), choices(n));
        db.write(move |tx| decisions::commands::cast::cast(tx, &mut cx.clone(), &season, voter, &chosen)).await?;
    }
}

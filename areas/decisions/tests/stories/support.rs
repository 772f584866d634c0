//! A vote to tell stories about.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use db::{Db, Fault, FromRow, Statement, Tx};
use decisions::{Ballot, Verdict, commands, count};
use kernel::{Actor, Chance, Clock, Context, Fen, Instant};
use ledger::{note::Signer, read, sequencer::Sequencer};
use people::{VoterKey, commands::enrol};
use places::{Level, PlaceId, commands::add};
use programmes::{
    SeasonId,
    project::add as add_projects,
    season::{open, open_vote},
    template::adopt,
};
pub use testkit::each_engine;

/// 2026-11-22, 10:00 in Beijing.
const START: Instant = Instant(1_795_312_800_000_000);

/// What a vote is about.
pub struct Paper {
    pub rule: String,
    pub budget: i64,
    pub costs: Vec<i64>,
    pub max_choices: u32,
    pub voters: u32,
    /// The text of a template of one's own.
    pub template: Option<&'static str>,
    /// Between one act and the next.
    pub step: Duration,
}

impl Default for Paper {
    fn default() -> Self {
        Paper {
            rule: "mes_add1u:cost:cost".into(),
            budget: 100_000,
            costs: vec![60_000, 50_000, 40_000, 30_000, 0],
            max_choices: 3,
            voters: 5,
            template: None,
            step: Duration::from_secs(1),
        }
    }
}

/// A season with its roll. Each act happens a step later than the one before, with chance of its own.
#[derive(Clone)]
pub struct Vote {
    pub db: Db,
    pub season: SeasonId,
    acts: Arc<AtomicU64>,
    step: i64,
}

/// The code of voter `n`.
pub fn code(n: u32) -> String {
    format!("CODE-{n:06}")
}

impl Vote {
    /// A season in phase collecting, with its projects and its roll.
    pub fn prepare(db: &Db, paper: &Paper) -> Vote {
        let nowhere: SeasonId = "1-00000000000000000000".parse().unwrap();
        let step = i64::try_from(paper.step.as_micros()).unwrap();
        let mut vote = Vote { db: db.clone(), season: nowhere, acts: Arc::default(), step };
        let input = add::AddPlace { parent: None, level: Level::Subdistrict, name: "邻里街道".into() };
        let place = vote.act(Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap();
        let mut input = opened(place.id.clone(), paper);
        if let Some(text) = paper.template {
            let at = place.id.clone();
            let adopted = vote.act(Actor::Operator, move |tx, cx| adopt::adopt(tx, cx, &at, text)).unwrap();
            input.template = adopted.key;
        }
        vote.season = vote.act(Actor::Operator, move |tx, cx| open::open(tx, cx, &input)).unwrap().id;
        let projects: Vec<_> = (1..).zip(&paper.costs).map(|(n, cost)| project(n, *cost)).collect();
        let season = vote.season.clone();
        vote.act(Actor::Operator, move |tx, cx| add_projects::add_projects(tx, cx, &season, &projects)).unwrap();
        let all: Vec<u32> = (0..paper.voters).collect();
        all.chunks(200).for_each(|chunk| vote.enrol(chunk.iter().map(|n| code(*n))));
        vote
    }

    /// A vote that is open.
    pub fn open(db: &Db, paper: &Paper) -> Vote {
        let vote = Vote::prepare(db, paper);
        vote.open_vote();
        vote
    }

    pub fn enrol(&self, codes: impl Iterator<Item = String>) {
        let key = |code: String| enrol::Voter { key: self.key(&code), person: None };
        let voters: Vec<_> = codes.map(key).collect();
        let season = self.season.clone();
        self.act(Actor::Operator, move |tx, cx| enrol::enrol(tx, cx, season.home(), season.as_str(), &voters)).unwrap();
    }

    pub fn open_vote(&self) {
        let season = self.season.clone();
        self.act(Actor::Operator, move |tx, cx| open_vote::open_vote(tx, cx, &season)).unwrap();
    }

    pub fn key(&self, code: &str) -> VoterKey {
        VoterKey::of(self.season.as_str(), code)
    }

    pub fn cast(&self, voter: u32, choices: &[u32]) -> Result<Ballot, Fault> {
        self.cast_as(Actor::Voter, &code(voter), choices)
    }

    pub fn cast_as(&self, actor: Actor, code: &str, choices: &[u32]) -> Result<Ballot, Fault> {
        let (season, voter, choices) = (self.season.clone(), self.key(code), choices.to_vec());
        self.act(actor, move |tx, cx| commands::cast::cast(tx, cx, &season, voter, &choices))
    }

    pub fn close(&self) -> Result<(), Fault> {
        let season = self.season.clone();
        self.act(Actor::Operator, move |tx, cx| commands::close::close(tx, cx, &season))
    }

    pub fn publish(&self, counted: &Arc<count::Counted>) -> Result<Verdict, Fault> {
        let counted = counted.clone();
        self.act(Actor::Operator, move |tx, cx| commands::publish::publish(tx, cx, &counted))
    }

    pub fn count(&self) -> Result<Arc<count::Counted>, Fault> {
        count::count(&self.db, &self.season).map(Arc::new)
    }

    /// Runs a command at the next instant.
    pub fn act<T: Send + 'static>(
        &self,
        actor: Actor,
        mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let n = self.acts.fetch_add(1, Relaxed);
        let now = Instant(START.0 + i64::try_from(n).unwrap() * self.step);
        let cx = Context::new(actor, now, 480, Chance::seeded(n));
        self.db.write_wait(move |tx| command(tx, &mut cx.clone()))
    }

    /// Rows of the season: ballots, marks in the roll, entries of its vote that are still sealed.
    pub fn traces(&self) -> (u64, u64, u64) {
        let season = self.season.clone();
        let read = self.db.read_wait(move |s| {
            let ballots = decisions::store::count_ballots(s, season.home(), &season)?;
            let (_, marks) = people::store::count(s, season.home(), season.as_str())?;
            Ok::<_, db::DbError>((ballots, marks, read::sealed(s)?))
        });
        read.unwrap()
    }

    /// Places everything that may be placed and reads the log.
    pub fn log(&self) -> Vec<read::Entry> {
        sequencer(&self.db).drain().unwrap();
        let mut entries: Vec<read::Entry> = Vec::new();
        loop {
            let from = entries.len() as u64;
            let page = self.db.read_wait(move |s| read::tail(s, from, read::MAX_PAGE)).unwrap();
            if page.is_empty() {
                return entries;
            }
            entries.extend(page);
        }
    }
}

/// The code of a refusal.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    match answer {
        Err(Fault::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

/// All rows of a statement that no area has: what somebody with the database open could ask.
pub fn rows<T: FromRow + Send + 'static>(db: &Db, statement: &'static Statement) -> Vec<T> {
    db.read_wait(move |s| s.all(statement, &[])).unwrap()
}

struct Still;

impl Clock for Still {
    fn now(&self) -> Instant {
        START
    }
}

pub fn sequencer(db: &Db) -> Sequencer {
    let signer = Signer::new("linli.example/log/1", &[7; 32]).unwrap();
    Sequencer::new(db, signer, "story".into(), Arc::new(Still)).unwrap()
}

fn opened(place: PlaceId, paper: &Paper) -> open::OpenSeason {
    open::OpenSeason {
        place,
        name: "社区微更新".into(),
        about: String::new(),
        budget: Fen(paper.budget),
        currency: "CNY".into(),
        rule: paper.rule.clone(),
        increment: None,
        max_choices: paper.max_choices,
        template: "plain".into(),
        start: String::new(),
        source: String::new(),
        once: String::new(),
    }
}

fn project(number: u32, cost: i64) -> add_projects::NewProject {
    add_projects::NewProject {
        reference: format!("P{number}"),
        name: format!("项目 {number}"),
        about: String::new(),
        category: String::new(),
        cost: Fen(cost),
    }
}

//! A site over a fresh database, with one season in each phase.

use std::{cell::Cell, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use db::{Db, Fault, Tx};
use decisions::commands::{cast::cast, close::close, publish::publish};
use kernel::{Actor, Context, Fen, Instant};
use ledger::{note::Signer, sequencer::Sequencer};
use people::{
    VoterKey,
    commands::enrol::{Voter, enrol},
};
use places::{Level, commands::add};
use programmes::{
    SeasonId,
    idea::post,
    project::add as add_projects,
    season::{open, open_vote},
};
use testkit::story::{Still, entropy};
use tower::ServiceExt;
use web::{Rim, Settings};

/// A door with one key: the token of 32 times 7 opens as a verified resident without roles.
struct OneKey;

impl web::Door for OneKey {
    fn enter(
        &self,
        _: &mut db::Snapshot<'_>,
        token: &[u8; 32],
        _: Instant,
        _: &kernel::Day,
    ) -> Result<Option<web::Entry>, db::DbError> {
        let Actor::Person(principal) = testkit::person(1, Vec::new()) else { return Ok(None) };
        let entry = web::Entry { principal: (*principal).clone(), name: "王五".into(), behalf: None, elder: None };
        Ok((*token == web::session::digest(&[7; 32])).then_some(entry))
    }
}

/// The cookie that opens [`OneKey`].
pub fn key() -> String {
    format!("linli-session={}", "07".repeat(32))
}

pub struct Answer {
    pub status: StatusCode,
    headers: HeaderMap,
    pub body: String,
    pub statements: u64,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub struct Site {
    db: Db,
    router: Router,
    runtime: tokio::runtime::Runtime,
    seed: Cell<u64>,
}

/// The ids of what was seeded.
pub struct Seasons {
    pub collecting: String,
    pub voting: String,
    pub published: String,
    pub idea: String,
    pub ballot: String,
    pub sealed_ballot: String,
}

pub fn form(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&")
}

impl Site {
    pub fn new(db: &Db) -> Site {
        Site::with(db, Settings::default())
    }

    /// A site whose settings differ from the usual ones.
    pub fn with(db: &Db, settings: Settings) -> Site {
        let settings = Settings { demo: true, offset_minutes: 480, name: "安贞街道".into(), ..settings };
        let rim = Rim::new(db.clone(), settings, Arc::new(Still(testkit::START)), entropy).with_door(Arc::new(OneKey));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Site { db: db.clone(), router: linli::router::site(rim), runtime, seed: Cell::new(1) }
    }

    fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>, u64) {
        let before = self.db.counters().statements();
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = axum::body::to_bytes(body, 1 << 24).await.unwrap().to_vec();
            (parts.status, parts.headers, body, self.db.counters().statements() - before)
        })
    }

    fn answer(&self, request: Request<Body>) -> Answer {
        let (status, headers, body, statements) = self.send(request);
        Answer { status, headers, body: String::from_utf8(body).unwrap(), statements }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.answer(Request::get(path).body(Body::empty()).unwrap())
    }

    pub fn get_bytes(&self, path: &str) -> (StatusCode, Vec<u8>) {
        let (status, _, body, _) = self.send(Request::get(path).body(Body::empty()).unwrap());
        (status, body)
    }

    /// A page as somebody with this cookie sees it.
    pub fn get_with(&self, path: &str, cookie: &str) -> Answer {
        self.answer(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap())
    }

    /// A form sent as it is, with a cookie or none.
    pub fn post_raw(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.answer(request.header("cookie", cookie).body(Body::from(form.to_owned())).unwrap())
    }

    /// A form of the person who has signed in, with their browser's token.
    pub fn post(&self, path: &str, form: &str) -> Answer {
        // whoever sends no token is shown one, with what they typed
        let page = self.post_raw(path, &key(), "typed=1").body;
        let token = page.split_once("name=\"csrf\" value=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap());
        self.post_raw(path, &key(), &format!("{form}&csrf={token}"))
    }

    /// Runs a command with a context of its own.
    pub fn run<T: Send + 'static>(
        &self,
        actor: Actor,
        command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        let cx = testkit::context(actor, self.seed.replace(self.seed.get() + 1));
        self.db.write_wait(move |tx| command(tx, &mut cx.clone())).unwrap_or_else(|e: Fault| panic!("{e:?}"))
    }

    fn drain(&self) {
        let signer = Signer::new("linli", &[3; 32]).unwrap();
        Sequencer::new(&self.db, signer, "test".into(), Arc::new(Still(testkit::START))).unwrap().drain().unwrap();
    }

    /// The digest of a verdict's inputs, hexadecimal.
    pub fn verdict(&self, season: &str) -> String {
        let id: SeasonId = season.parse().unwrap();
        let verdict = self.db.read_wait(move |s| decisions::queries::verdict(s, &id)).unwrap().unwrap();
        ledger::tree::Hash(verdict.inputs).to_string()
    }

    /// The bytes of the entry with this id.
    pub fn leaf(&self, id: &str) -> Vec<u8> {
        let id = id.to_owned();
        self.db.read_wait(move |s| ledger::read::find(s, &id)).unwrap().unwrap().leaf
    }

    /// Entries in the log.
    pub fn size(&self) -> u64 {
        self.db.read_wait(ledger::read::head).unwrap().unwrap().size
    }

    fn season(&self, place: &places::PlaceId, name: &str) -> SeasonId {
        let new = open::OpenSeason {
            place: place.clone(),
            name: name.into(),
            about: "街坊的事\n街坊来办".into(),
            budget: Fen(10_000),
            currency: "CNY".into(),
            rule: "greedy:cost".into(),
            increment: None,
            max_choices: 4,
            template: "plain".into(),
            start: String::new(),
            source: String::new(),
            once: String::new(),
        };
        let season = self.run(Actor::Operator, move |tx, cx| open::open(tx, cx, &new)).id;
        let projects: Vec<_> = [("长椅", 6_000), ("画廊", 5_000), ("路灯", 3_000), ("舞台", 12_000)]
            .into_iter()
            .map(|(name, cost)| add_projects::NewProject {
                reference: format!("P-{name}"),
                name: name.into(),
                about: "一句介绍".into(),
                category: "设施".into(),
                cost: Fen(cost),
            })
            .collect();
        let id = season.clone();
        self.run(Actor::Operator, move |tx, cx| add_projects::add_projects(tx, cx, &id, &projects));
        season
    }

    /// Opens the vote and casts the ballots; answers the first ballot's id.
    fn vote(&self, season: &SeasonId) -> String {
        let ballots: [&[u32]; 6] = [&[1, 2], &[1, 2], &[1, 2], &[1, 4], &[3, 4], &[]];
        let key = |id: &SeasonId, n: usize| VoterKey::of(id.as_str(), &format!("code-{n:04}"));
        let id = season.clone();
        self.run(Actor::Operator, move |tx, cx| {
            let voters: Vec<Voter> = (0..8).map(|n| Voter { key: key(&id, n), person: None }).collect();
            enrol(tx, cx, id.home(), id.as_str(), &voters)?;
            open_vote::open_vote(tx, cx, &id)
        });
        let mut first = None;
        for (n, choices) in ballots.into_iter().enumerate() {
            let id = season.clone();
            let ballot = self.run(Actor::Voter, move |tx, cx| cast(tx, cx, &id, key(&id, n), choices));
            first.get_or_insert(ballot.id.to_string());
        }
        first.unwrap()
    }
}

/// One season that collects, one that votes, one with its verdict.
pub fn seed(db: &Db) -> (Site, Seasons) {
    let site = Site::new(db);
    let root = add::AddPlace { parent: None, level: Level::Community, name: "安外社区".into() };
    let place = site.run(Actor::Operator, move |tx, cx| add::add(tx, cx, &root)).id;
    let published = site.season(&place, "星选计划 2025");
    let ballot = site.vote(&published);
    let id = published.clone();
    site.run(Actor::Operator, move |tx, cx| close(tx, cx, &id));
    let counted = Arc::new(decisions::count::count(db, &published).unwrap());
    // the sealed box must be empty before a verdict may stand
    site.drain();
    site.run(Actor::Operator, move |tx, cx| publish(tx, cx, &counted));
    let voting = site.season(&place, "星选计划 2026");
    let sealed_ballot = site.vote(&voting);
    let collecting = site.season(&place, "邻里微更新");
    let (id, idea) =
        (collecting.clone(), post::PostIdea { title: "测试点子".into(), body: "一句话".into(), ..Default::default() });
    let idea = site.run(testkit::person(1, Vec::new()), move |tx, cx| post::post(tx, cx, &id, &idea)).id.to_string();
    site.drain();
    let [collecting, voting, published] = [collecting, voting, published].map(|id| id.to_string());
    (site, Seasons { collecting, voting, published, idea, ballot, sealed_ballot })
}

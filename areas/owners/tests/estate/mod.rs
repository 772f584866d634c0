//! An estate of two buildings with seven units, and who works there.

#![allow(dead_code, clippy::allow_attributes, reason = "each test uses its part")]

use std::{borrow::Borrow, sync::Arc};

use db::{Db, Fault, Statement, Tx};
use kernel::{Actor, Chance, Context, Instant, PersonId, PlaceId, Post, Principal, Role};
use owners::{
    register::{Prepared, Register, Row, keep, sheet},
    round::{
        Round, RoundId, State, call,
        draft::{DraftRound, draft},
        freeze, posted,
    },
};
use people::{
    commands::register::{RegisterPerson, register},
    post::appoint::{Appoint, appoint},
    resident,
};
use places::{Level, commands::add as places_add};
use testkit::story::act;

/// Who has three flats is one head; two own one together; one is not sold.
pub const FILE: &str = "房号,楼栋,楼层,业主,面积,状态\n1-101,1号,1,独孤无痕,100.00,已售\n1-102,1号,1,独孤无痕,100.00,已售\n\
                        1-201,1号,2,独孤无痕,100.00,已售\n2-101,2号,1,慕容听雪,100.00,已售\n\
                        2-102,2号,1,上官月+上官星,100.00,已售\n2-201,2号,2,,100.00,未售\n2-202,2号,2,西门雨,100.00,已售\n";
/// Names that nobody outside may read.
const NAMES: [&str; 5] = ["独孤", "慕容", "上官", "西门", "二十部电梯换不换"];
/// A day in microseconds.
const DAY: i64 = 86_400_000_000;

static LEAVES: Statement = Statement {
    name: "LEAVES",
    module: "stories",
    sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
};

pub struct Estate {
    pub db: Db,
    pub place: PlaceId,
    pub worker: Actor,
    pub officer: Actor,
    pub stranger: Actor,
    pub typists: Vec<Actor>,
}

/// A file made ready.
pub fn roll(file: &str) -> Prepared {
    Prepared::of(&sheet::look(file.as_bytes().to_vec()).unwrap().roll().unwrap())
}

/// The rows of a register as they are kept.
pub fn rows(prepared: &Prepared) -> Vec<Row> {
    prepared.rows().to_vec()
}

impl Estate {
    pub fn new(db: &Db) -> Estate {
        let input = places_add::AddPlace { parent: None, level: Level::Subdistrict, name: "石榴街道".into() };
        let root = act(db, Actor::Operator, move |tx, cx| places_add::add(tx, cx, &input)).unwrap().id;
        let input = places_add::AddPlace { parent: Some(root), level: Level::Estate, name: "新苑小区".into() };
        let place = act(db, Actor::Operator, move |tx, cx| places_add::add(tx, cx, &input)).unwrap().id;
        let somebody = |name: &str, roles: &[Role]| {
            let (home, input) = (place.home(), RegisterPerson { place: place.to_string(), name: name.into() });
            let person = act(db, Actor::Operator, move |tx, cx| register(tx, cx, home, &input)).unwrap();
            let posts = roles.iter().map(|role| Post { role: *role, place: place.clone() }).collect();
            Estate::actor(person, posts)
        };
        Estate {
            worker: somebody("社工", &[Role::Worker]),
            officer: somebody("干部", &[Role::Officer]),
            stranger: somebody("路人", &[]),
            typists: (0..3).map(|_| somebody("录入员", &[Role::Worker])).collect(),
            db: db.clone(),
            place,
        }
    }

    fn actor(person: PersonId, posts: Vec<Post>) -> Actor {
        Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
    }

    pub fn act<T: Send + 'static>(
        &self,
        actor: impl Borrow<Actor>,
        command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        act(&self.db, actor.borrow(), command)
    }

    /// So many days after the beginning.
    pub fn on<T: Send + 'static>(
        &self,
        days: i64,
        actor: impl Borrow<Actor>,
        command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let actor = actor.borrow().clone();
        act(&self.db, actor.clone(), move |tx, cx| {
            let (now, seed) = (Instant(cx.now.0 + days * DAY), cx.chance.bits128());
            let seed = u64::try_from(seed % (1 << 60)).unwrap();
            command(tx, &mut Context::new(actor.clone(), now, 480, Chance::seeded(seed)))
        })
    }

    pub fn keep(&self, who: &Actor, file: &str) -> Result<Register, Fault> {
        let (place, prepared) = (self.place.clone(), roll(file));
        self.act(who, move |tx, cx| keep::keep(tx, cx, &place, &prepared))
    }

    pub fn question(&self) -> DraftRound {
        DraftRound {
            place: self.place.to_string(),
            item: "use-fund".into(),
            title: "更换电梯".into(),
            question: "二十部电梯换不换？用维修资金。".into(),
            cost: "3,200,000".into(),
            rules: "cn".into(),
            later: "refuse".into(),
            once: "lifts".into(),
            closes: self.day(38),
            ..DraftRound::default()
        }
    }

    /// The day so many days after the beginning, as one types it.
    pub fn day(&self, days: i64) -> String {
        self.on(days, &Actor::Operator, |_, cx| Ok(cx.day.to_string())).unwrap()
    }

    pub fn draft(&self, who: &Actor, input: DraftRound) -> Result<Round, Fault> {
        self.act(who, move |tx, cx| draft(tx, cx, &input))
    }

    /// Somebody who owns a unit by the roll of residents.
    pub fn owner(&self, unit: &str) -> Actor {
        let file = format!("姓名,手机,门牌,身份\n业主{unit},,{unit},业主\n");
        let (rows, errors) = resident::sheet::parse(file.as_bytes()).unwrap();
        assert!(errors.is_empty());
        let place = self.place.clone();
        self.act(Actor::Operator, move |tx, cx| resident::import::import(tx, cx, &place, &rows)).unwrap();
        let (search, cx) = (
            resident::queries::Search { place: self.place.clone(), flat: unit.into(), after: None },
            testkit::context(Actor::Operator, 1),
        );
        let (_, rows) = self.db.read_wait(move |s| resident::queries::page(s, &cx, &search)).unwrap();
        Estate::actor(rows[0].person.clone(), Vec::new())
    }

    /// Puts the result up and ends the round.
    pub fn ends(&self, db: &Db, id: &RoundId) {
        let of = id.clone();
        let round = self.on(42, &self.worker, move |tx, cx| posted::post(tx, cx, &of)).unwrap();
        let notice = round.notices.decision.clone().unwrap();
        let notice = db.read_wait(move |s| matters::notice::queries::notice(s, &notice)).unwrap();
        assert_eq!((notice.kind.as_str(), notice.subject_kind.as_str()), ("owners-decision", "round"));
        assert!(notice.body.contains("500.00") && notice.body.contains("700.00"), "{}", notice.body);
        let of = id.clone();
        assert_eq!(self.on(46, &self.worker, move |tx, cx| posted::end(tx, cx, &of)).unwrap().state, State::Final);
        self.no_names_in_the_log();
    }

    pub fn no_names_in_the_log(&self) {
        let leaves: Vec<(String, Vec<u8>)> = self.db.read_wait(|s| s.all(&LEAVES, db::params![])).unwrap();
        assert!(leaves.iter().any(|(kind, _)| kind == "register.kept"));
        for (kind, leaf) in leaves {
            let text = String::from_utf8_lossy(&leaf).into_owned();
            for name in NAMES {
                assert!(!text.contains(name), "{kind}: {text}");
            }
        }
    }
}

impl Estate {
    /// Somebody who holds a post at the estate, as the roll of posts has it.
    pub fn holds(&self, name: &str, role: Role) -> Actor {
        let (home, input) = (self.place.home(), RegisterPerson { place: self.place.to_string(), name: name.into() });
        let person = self.act(Actor::Operator, move |tx, cx| register(tx, cx, home, &input)).unwrap();
        let (place, id) = (self.place.clone(), person.to_string());
        self.act(Actor::Operator, move |tx, cx| {
            let from = cx.day.to_string();
            let new = Appoint { person: id.clone(), role: role.as_str().into(), from, ..Appoint::default() };
            appoint(tx, cx, &place, &new)
        })
        .unwrap();
        Estate::actor(person, vec![Post { role, place: self.place.clone() }])
    }

    /// A round whose vote is announced ten days after the beginning.
    pub fn called(&self, input: DraftRound) -> RoundId {
        self.keep(&self.worker, FILE).unwrap();
        let id = self.draft(&self.worker, input).unwrap().id;
        let of = id.clone();
        self.on(1, &self.worker, move |tx, cx| freeze::freeze(tx, cx, &of)).unwrap();
        let of = id.clone();
        self.on(10, &self.worker, move |tx, cx| call::call(tx, cx, &of)).unwrap();
        id
    }

    /// A step of a round on a day, by the worker.
    pub fn step(
        &self,
        day: i64,
        id: &RoundId,
        verb: fn(&mut Tx<'_>, &mut Context, &RoundId) -> Result<Round, Fault>,
    ) -> Result<Round, Fault> {
        let of = id.clone();
        self.on(day, &self.worker, move |tx, cx| verb(tx, cx, &of))
    }
}

//! A community with a hall of two elected, one recommended and four drawn seats, and who works there.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use db::{Db, Fault, Statement, Tx};
use halls::delegates::{
    hall::{Hall, HallId, found::FoundHall, found::found},
    lot::{
        Lot, LotId, Volunteer, confirm,
        draft::{DraftLot, draft, open},
        freeze, import,
        publish::{Announce, publish},
        queries, seed,
        solve::{Solved, solve},
    },
};
use kernel::{Actor, Chance, Context, Day, Instant, PlaceId, Post, Principal, Role};
use matters::verdict::{
    Verdict, VerdictId,
    recompute::{Answer, Methods, recompute, text_of},
};
use people::commands::register::{RegisterPerson, register};
use places::{Level, commands::add};
use sortition::PanelList;

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;
/// Names that nobody outside may read.
const NAMES: [&str; 4] = ["独孤", "慕容", "甲", "三号楼居民会议"];

static LEAVES: Statement = Statement {
    name: "LEAVES",
    module: "stories",
    sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
};

pub struct Town {
    pub db: Db,
    pub worker: Actor,
    pub officer: Actor,
    pub checker: Actor,
    pub stranger: Actor,
    place: PlaceId,
    hall: HallId,
    /// The seed of the next command: each town's own, so that tests beside it change no draw.
    turn: AtomicU64,
}

/// A file of people: two share an address, half are women, a third is old.
pub fn people(n: usize) -> String {
    let mut out = "name,性别,年龄,address\n".to_owned();
    for at in 0..n {
        let (gender, age) = (["女", "男"][at % 2], ["老", "少", "少"][at % 3]);
        out.push_str(&format!("甲{at},{gender},{age},{}-{}\n", at / 2, 1));
    }
    out
}

impl Town {
    pub fn new(db: &Db) -> Town {
        let input = add::AddPlace { parent: None, level: Level::Subdistrict, name: "石榴街道".into() };
        let mut cx = testkit::context(Actor::Operator, 1);
        let place = db.write_wait(move |tx| add::add(tx, &mut cx, &input)).unwrap().id;
        let mut town = Town {
            db: db.clone(),
            worker: Actor::Visitor,
            officer: Actor::Visitor,
            checker: Actor::Visitor,
            stranger: Actor::Visitor,
            hall: "1-0123456789abcdefghjk".parse().unwrap(),
            place,
            turn: AtomicU64::new(10),
        };
        town.worker = town.person("许工", Some(Role::Worker));
        town.officer = town.person("周官", Some(Role::Officer));
        town.checker = town.person("韩官", Some(Role::Officer));
        town.stranger = town.person("路人", None);
        let input = town.hall_input();
        town.hall = town.run(&town.worker, 0, move |tx, cx| found(tx, cx, &input)).unwrap().id;
        town
    }

    pub fn hall_input(&self) -> FoundHall {
        FoundHall {
            place: self.place.to_string(),
            name: "石榴议事厅".into(),
            kind: "fixed".into(),
            elected: "2".into(),
            recommended: "1".into(),
            drawn: "4".into(),
            from: self.day(0).to_string(),
            until: self.day(700).to_string(),
            once: "hall".into(),
            ..FoundHall::default()
        }
    }

    fn person(&self, name: &str, role: Option<Role>) -> Actor {
        let input = RegisterPerson { place: self.place.to_string(), name: name.into() };
        let home = self.place.home();
        let person = self.run(&Actor::Operator, 0, move |tx, cx| register(tx, cx, home, &input)).unwrap();
        let posts = role.map(|role| Post { role, place: self.place.clone() }).into_iter().collect();
        Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
    }

    pub fn resident(&self, name: &str) -> Actor {
        self.person(name, None)
    }

    pub fn day(&self, at: i64) -> Day {
        let _ = &self.place;
        kernel::local_day(Instant(testkit::context(Actor::Visitor, 0).now.0 + at * DAY), 480)
    }

    /// Runs a command so many days after today.
    pub fn run<T: Send + 'static>(
        &self,
        actor: &Actor,
        at: i64,
        command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let turn = self.turn.fetch_add(1, Relaxed);
        let now = Instant(testkit::context(Actor::Visitor, 0).now.0 + at * DAY + i64::try_from(turn).unwrap());
        let cx = Context::new(actor.clone(), now, 480, Chance::seeded(turn));
        self.db.write_wait(move |tx| command(tx, &mut cx.clone()))
    }

    pub fn refused<T: Send + 'static>(
        &self,
        actor: &Actor,
        at: i64,
        command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> &'static str {
        match self.run(actor, at, command) {
            Err(Fault::Refused(refusal)) => refusal.code,
            Err(error) => panic!("{error}"),
            Ok(_) => "ok",
        }
    }

    pub fn hall(&self) -> Hall {
        let id = self.hall.clone();
        self.db.read_wait(move |s| halls::delegates::hall::queries::hall(s, &id)).unwrap()
    }

    /// A lot that is open: two women and two men about, one old at least.
    pub fn lot(&self) -> Lot {
        let hall = self.hall.clone();
        let input = DraftLot {
            title: "议事代表抽签".into(),
            size: "4".into(),
            rule: "leximin".into(),
            panels: "100".into(),
            quotas: "性别：女 2-2，男 2-2\n年龄：老 1-2，少 2-3".into(),
            household: true,
            enrol_until: self.day(5).to_string(),
            answer_days: "7".into(),
            once: "lot".into(),
        };
        let lot = self.run(&self.worker, 0, move |tx, cx| draft(tx, cx, &hall, &input)).unwrap();
        self.run(&self.worker, 0, move |tx, cx| open(tx, cx, &lot.id)).unwrap()
    }

    pub fn frozen(&self, n: usize) -> Lot {
        let id = self.lot().id;
        let of = id.clone();
        self.run(&self.worker, 0, move |tx, cx| import::take(tx, cx, &of, &people(n))).unwrap();
        self.run(&self.worker, 0, move |tx, cx| freeze::freeze(tx, cx, &id, "enough")).unwrap()
    }

    /// With a seed that is known after seven days.
    pub fn published(&self) -> Lot {
        let lot = self.frozen(24);
        let Solved::Found(prepared) = solve(&self.db, &lot.id).unwrap() else { panic!("the quotas can be met") };
        let input = Announce { source: "双色球".into(), at: "公告栏".into(), day: self.day(7).to_string() };
        self.run(&self.officer, 0, move |tx, cx| publish(tx, cx, &prepared, &input)).unwrap()
    }

    /// Drawn on the eighth day.
    pub fn drawn(&self) -> Lot {
        let id = self.published().id;
        let of = id.clone();
        self.run(&self.officer, 8, move |tx, cx| seed::type_seed(tx, cx, &of, "04 11 19 + 09")).unwrap();
        let drawing = confirm::prepare(&self.db, &id).unwrap();
        self.run(&self.checker, 8, move |tx, cx| confirm::confirm(tx, cx, &drawing, "04 11 19 + 09")).unwrap()
    }

    pub fn reread(&self, id: &LotId) -> Lot {
        let id = id.clone();
        self.db.read_wait(move |s| queries::lot(s, &id)).unwrap()
    }

    pub fn list(&self, id: &LotId) -> PanelList {
        let id = id.clone();
        self.db.read_wait(move |s| queries::list(s, &id)).unwrap().unwrap().panels().unwrap()
    }

    pub fn pool(&self, id: &LotId) -> Vec<Volunteer> {
        let id = id.clone();
        self.db.read_wait(move |s| queries::pool(s, &id)).unwrap()
    }

    pub fn count(&self, id: &LotId) -> u64 {
        let id = id.clone();
        self.db.read_wait(move |s| queries::count(s, &id)).unwrap()
    }

    pub fn verdict(&self, id: &VerdictId) -> Verdict {
        let id = id.clone();
        self.db.read_wait(move |s| matters::verdict::queries::verdict(s, &id)).unwrap()
    }

    pub fn methods(&self) -> Methods {
        let _ = &self.place;
        Methods::new(&[halls::METHODS])
    }

    pub fn again(&self, verdict: &Verdict) -> Answer {
        recompute(&self.db, self.methods(), verdict, &0.into())
    }

    pub fn text(&self, verdict: &Verdict) -> String {
        let method = self.methods().of(&verdict.kind).unwrap();
        text_of(&self.db, method, verdict, 10_000_000).unwrap()
    }

    /// No entry tells a name or what somebody wrote.
    pub fn no_names(&self) {
        let told: Vec<(String, Vec<u8>)> = self.db.read_wait(|s| s.all(&LEAVES, db::params![])).unwrap();
        assert!(told.iter().any(|(kind, _)| kind == "hall.founded"));
        for (kind, leaf) in told {
            let leaf = String::from_utf8(leaf).unwrap();
            let found = NAMES.iter().find(|name| leaf.contains(*name));
            assert_eq!(found, None, "{kind}: {leaf}");
        }
    }
}

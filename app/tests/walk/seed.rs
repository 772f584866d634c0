//! Two subdistricts, two communities of the first, and one of everything in the community 东里, by the commands
//! themselves. Names and numbers are invented.

mod activities;
mod conversations;
mod funds;
mod halls;
mod handovers;
mod ideas;
mod owners;
mod plans;
mod polls;
mod proposals;
mod reviews;
mod running;
mod spine;
mod trainings;
mod visits;
mod works;

use std::{cell::Cell, collections::HashMap, sync::Arc};

use db::{Db, Fault, Tx};
use decisions::commands::{cast::cast, close::close, publish::publish};
use kernel::{Actor, Chance, Context, Fen, Instant, PersonId, PlaceId};
use ledger::{note::Signer, sequencer::Sequencer};
use matters::{
    attendance::{
        estimate::{self, Estimate},
        record::{self, RecordAttendance},
    },
    duty::{
        self, Holder,
        give::{self, GiveDuty},
    },
    matter::{
        self, MatterId,
        open::{self, OpenMatter},
    },
    notice,
    verdict::enter::{self, EnterVerdict},
};
use people::{
    VoterKey,
    commands::{
        enrol::{Voter, enrol},
        register::{RegisterPerson, register},
    },
    desk::{self, begin::Begin},
    org::{self, register::Register, seat::GiveSeat},
    post::{self, appoint::Appoint},
    resident,
};
use places::{Level, commands::add};
use programmes::{
    SeasonId,
    idea::{post as idea, post_for},
    project::add as add_projects,
    season::{open as season, open_vote},
};
use work::{
    calendar::Calendar,
    clock::{Reckoner, Rule},
};

use super::site::{PHOTO, Who, files, principal};

/// Who opened the matters without a name.
pub const AUTHOR: &str = "独孤无痕";
/// Who objected.
pub const OBJECTOR: &str = "慕容听雪";
/// Who is on the roll, owes duties and lives there.
pub const RESIDENT: &str = "轩辕映月";

/// Their telephone.
pub const PHONE: &str = "13900001717";

/// What only those may read who work on it, and what nobody may.
const OBJECTION: &str = "隔墙说的话只给经办人看";
const NOTE: &str = "内部批注不外传";
const REASON: &str = "任命缘由不公开";
const MARK: &str = "纸面签到第十七号墨竹";
const DUTY: &str = "值守时带上备用钥匙";

/// What nobody from outside may ever be shown.
pub const SECRETS: [&str; 9] = [AUTHOR, OBJECTOR, RESIDENT, PHONE, OBJECTION, NOTE, REASON, MARK, DUTY];
/// Those of them that pages show to whom they concern.
pub const SHOWN_INSIDE: [&str; 8] = [AUTHOR, OBJECTOR, RESIDENT, PHONE, OBJECTION, NOTE, MARK, DUTY];

db::statements! {
    STATEMENTS:
    BURY = "UPDATE jobs SET state = 'dead', ended_at = ?3, last_error = 'no way' WHERE home = ?1 AND id = ?2";
}

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;

/// What was made: the persons, and everything's id under a name that the table uses.
pub struct Seed {
    pub persons: HashMap<Who, PersonId>,
    ids: HashMap<String, String>,
    db: Db,
    turn: Cell<u64>,
}

impl Seed {
    /// The id under a name.
    pub fn id(&self, name: &str) -> &str {
        self.ids.get(name).unwrap_or_else(|| panic!("nothing was made under the name {name}"))
    }

    #[expect(clippy::needless_pass_by_value, reason = "ids made on the way are kept as well as lent ones")]
    fn keep(&mut self, name: impl Into<String>, id: impl ToString) {
        self.ids.insert(name.into(), id.to_string());
    }

    /// Runs a command `ago` days before today.
    fn run_then<T: Send + 'static>(
        &self,
        actor: &Actor,
        ago: i64,
        command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        let turn = self.turn.replace(self.turn.get() + 1);
        let now = Instant(testkit::context(Actor::Visitor, 0).now.0 - ago * DAY + i64::try_from(turn).unwrap());
        let cx = Context::new(actor.clone(), now, 480, Chance::seeded(turn));
        self.db.write_wait(move |tx| command(tx, &mut cx.clone())).unwrap_or_else(|e: Fault| panic!("{e:?}"))
    }

    fn run<T: Send + 'static>(
        &self,
        command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.run_then(&Actor::Operator, 0, command)
    }

    fn person(&self, name: &str) -> PersonId {
        let place: PlaceId = self.id("a").parse().unwrap();
        let input = RegisterPerson { place: place.to_string(), name: name.into() };
        self.run(move |tx, cx| register(tx, cx, place.home(), &input))
    }

    fn actor(&self, who: Who) -> Actor {
        let (person, day) = (self.persons[&who].clone(), testkit::context(Actor::Visitor, 0).day);
        Actor::Person(Arc::new(self.db.read_wait(move |s| principal(s, &person, &day)).unwrap()))
    }

    fn place(&mut self, name: &str, parent: Option<&str>, (level, shown): (Level, &str)) {
        let parent = parent.map(|parent| self.id(parent).parse().unwrap());
        let input = add::AddPlace { parent, level, name: shown.into() };
        let place = self.run_then(&Actor::Operator, 90, move |tx, cx| add::add(tx, cx, &input));
        self.keep(name, place.id);
    }

    /// A role since `from`, until a day or until further notice.
    fn post(&self, person: &PersonId, role: &str, at: &str, (from, until): (&str, &str)) -> String {
        let place: PlaceId = self.id(at).parse().unwrap();
        let input = Appoint {
            person: person.to_string(),
            role: role.into(),
            from: from.into(),
            until: until.into(),
            reason: REASON.into(),
        };
        self.run_then(&Actor::Operator, 60, move |tx, cx| post::appoint::appoint(tx, cx, &place, &input)).id.to_string()
    }

    fn a(&self) -> PlaceId {
        self.id("a").parse().unwrap()
    }
}

/// Everything.
pub fn seed(db: &Db) -> Seed {
    let mut s = Seed { persons: HashMap::new(), ids: HashMap::new(), db: db.clone(), turn: Cell::new(1) };
    for (name, word) in [
        ("plain", "plain"),
        ("first", "0"),
        ("one", "1"),
        ("two", "2"),
        ("four", "4"),
        ("five", "5"),
        ("post-it", "post"),
    ] {
        s.keep(name, word);
    }
    for word in ["correct", "end", "withdraw", "answer", "object", "communities_visited", "ideas"] {
        s.keep(word, word);
    }
    places(&mut s);
    persons(&mut s);
    organisations(&mut s);
    seasons(&mut s);
    spine::matters(&mut s);
    spine::duties(&mut s);
    spine::notices(&mut s);
    records(&mut s);
    desks(&mut s);
    ideas::ideas(&mut s);
    visits::visits(&mut s);
    activities::activities(&mut s);
    reviews::reviews(&mut s);
    proposals::proposals(&mut s);
    running::running(&mut s);
    running::chosen(&mut s);
    trainings::trainings(&mut s);
    plans::plans(&mut s);
    funds::funds(&mut s);
    works::works(&mut s);
    handovers::handovers(&mut s);
    owners::owners(&mut s);
    polls::polls(&mut s);
    conversations::conversations(&mut s);
    halls::halls(&mut s);
    drain(&mut s);
    s
}

fn places(s: &mut Seed) {
    s.place("s1", None, (Level::Subdistrict, "安里街道"));
    s.place("s2", None, (Level::Subdistrict, "永里街道"));
    s.place("a", Some("s1"), (Level::Community, "东里社区"));
    s.place("b", Some("s1"), (Level::Community, "西里社区"));
    for n in 1..=6 {
        s.place(&format!("c{n}"), Some("s1"), (Level::Community, &format!("南{n}社区")));
    }
    s.place("estate", Some("c1"), (Level::Estate, "南园小区"));
}

fn persons(s: &mut Seed) {
    let all = [
        (Who::Stranger, "路过的人"),
        (Who::WrongPlace, "别处的干部"),
        (Who::Expired, "从前的干部"),
        (Who::Officer, "街道干部"),
        (Who::Admin, "管理员"),
        (Who::Author, AUTHOR),
        (Who::Auditor, "审计"),
    ];
    for (who, name) in all {
        let person = s.person(name);
        s.persons.insert(who, person);
    }
    let (since, ever) = ("2026-10-01", "");
    for (who, roles, until) in [
        (
            Who::WrongPlace,
            [("officer", "s2"), ("admin", "s2"), ("auditor", "s2"), ("worker", "b"), ("secretary", "b")],
            ever,
        ),
        (
            Who::Expired,
            [("officer", "s1"), ("admin", "s1"), ("auditor", "s1"), ("worker", "a"), ("secretary", "a")],
            "2026-11-21",
        ),
    ] {
        for (role, at) in roles {
            s.post(&s.persons[&who].clone(), role, at, (since, until));
        }
    }
    s.post(&s.persons[&Who::Officer].clone(), "officer", "s1", (since, ever));
    s.post(&s.persons[&Who::Admin].clone(), "admin", "s1", (since, ever));
    s.post(&s.persons[&Who::Auditor].clone(), "auditor", "s1", (since, ever));
    let (resident, objector) = (s.person(RESIDENT), s.person(OBJECTOR));
    let home = s.post(&resident, "resident", "a", (since, ever));
    s.keep("post", home);
    for n in 1..=4 {
        let helper = s.person("值班员");
        let post = s.post(&helper, "worker", "a", (since, ever));
        s.keep(format!("post{n}"), post);
        s.keep(format!("helper{n}"), &helper);
        s.keep(format!("holder{n}"), format!("person:{helper}"));
    }
    s.keep("idle", format!("person:{}", s.person("闲人")));
    s.keep("resident", &resident);
    s.keep("objector", &objector);
    let (place, file) = (s.a(), format!("姓名,手机,门牌,身份\n{RESIDENT},{PHONE},1-101,居民\n"));
    let (rows, errors) = resident::sheet::parse(file.as_bytes()).unwrap();
    assert!(errors.is_empty());
    s.run(move |tx, cx| resident::import::import(tx, cx, &place, &rows));
    let (place, cx) = (s.a(), testkit::context(Actor::Operator, 1));
    let search = resident::queries::Search { place, flat: String::new(), after: None };
    let (_, rows) = s.db.read_wait(move |s| resident::queries::page(s, &cx, &search)).unwrap();
    s.keep("row", &rows[0].id);
}

fn organisations(s: &mut Seed) {
    let resident = s.id("resident").to_owned();
    for n in 0..=8 {
        let place = s.a();
        let input = Register { kind: "volunteer-team".into(), name: format!("第{n}志愿队"), short: String::new() };
        let org = s.run(move |tx, cx| org::register::register(tx, cx, &place, &input)).id;
        s.keep(format!("org{n}"), &org);
        let give = GiveSeat {
            person: resident.clone(),
            title: "队员".into(),
            from: "2026-11-01".into(),
            ..GiveSeat::default()
        };
        let seat = s.run(move |tx, cx| org::seat::seat(tx, cx, &org, &give)).id;
        s.keep(format!("seat{n}"), seat);
    }
}

fn seasons(s: &mut Seed) {
    for name in ["collecting", "moving", "moving2", "opening", "opening2", "voting", "voting2", "closed", "published"] {
        let new = season::OpenSeason {
            place: s.a(),
            name: format!("季 {name}"),
            about: "街坊的事街坊来办".into(),
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
        let id = s.run(move |tx, cx| season::open(tx, cx, &new)).id;
        s.keep(name, &id);
        if name != "collecting" && !name.starts_with("moving") {
            vote(s, name, &id);
        }
    }
    let (id, author) = (s.id("collecting").parse::<SeasonId>().unwrap(), s.actor(Who::Author));
    let input = idea::PostIdea { title: "点子".into(), body: "一句话".into(), ..Default::default() };
    let idea = s.run_then(&author, 0, move |tx, cx| idea::post(tx, cx, &id, &input)).id;
    s.keep("idea", idea);
}

fn vote(s: &mut Seed, name: &str, id: &SeasonId) {
    let project = |name: &str| add_projects::NewProject {
        reference: name.into(),
        name: name.into(),
        about: String::new(),
        category: String::new(),
        cost: Fen(4_000),
    };
    let (season, projects) = (id.clone(), vec![project("长椅"), project("路灯")]);
    s.run(move |tx, cx| add_projects::add_projects(tx, cx, &season, &projects));
    if name.starts_with("opening") {
        return;
    }
    let resident: PersonId = s.id("resident").parse().unwrap();
    let key = |id: &SeasonId, n: u32| VoterKey::of(id.as_str(), &format!("code-of-letter-{n}"));
    let season = id.clone();
    s.run(move |tx, cx| {
        let voters: Vec<Voter> =
            (0..3).map(|n| Voter { key: key(&season, n), person: (n == 0).then(|| resident.clone()) }).collect();
        enrol(tx, cx, season.home(), season.as_str(), &voters)?;
        open_vote::open_vote(tx, cx, &season)
    });
    let season = id.clone();
    s.run_then(&Actor::Voter, 0, move |tx, cx| cast(tx, cx, &season, key(&season, 0), &[1]));
    if name.starts_with("voting") {
        return;
    }
    let season = id.clone();
    s.run(move |tx, cx| close(tx, cx, &season));
    drain(s);
    if name == "published" {
        let counted = Arc::new(decisions::count::count(&s.db, id).unwrap());
        s.run(move |tx, cx| publish(tx, cx, &counted));
    }
}

fn records(s: &mut Seed) {
    let input = EnterVerdict {
        place: s.id("a").into(),
        kind: "meeting-vote".into(),
        subject_kind: "season".into(),
        subject: s.id("published").into(),
        rule: "majority".into(),
        rule_set: "house/2026-11".into(),
        parameters: serde_json::json!({}),
        inputs: "3 2".into(),
        outcome: serde_json::json!({ "yes": 3 }),
        passed: Some(true),
        explained: "三票赞成".into(),
    };
    let verdict = s.run(move |tx, cx| enter::enter(tx, cx, &input)).id;
    s.keep("verdict", verdict);
    for n in 0..=2 {
        let input = RecordAttendance {
            place: s.id("a").into(),
            event_kind: "meeting".into(),
            event: "meeting-1".into(),
            person: if n == 0 { s.id("resident").into() } else { String::new() },
            mark: if n == 0 { String::new() } else { format!("{MARK}{n}") },
            ..Default::default()
        };
        let row = s.run(move |tx, cx| record::record(tx, cx, &input)).id;
        s.keep(format!("attendance{n}"), row);
    }
    let input = Estimate {
        place: s.id("a").into(),
        event_kind: "meeting".into(),
        event: "meeting-1".into(),
        headcount: 40,
        direct: true,
        basis: "数了椅子".into(),
        ..Default::default()
    };
    s.run(move |tx, cx| estimate::estimate(tx, cx, &input));
    for n in 0..=2 {
        let home = s.a().home();
        let asked = s.run(move |tx, cx| {
            let new = work::jobs::New { home, kind: "message.deliver", payload: &n, dedup: None, run_at: None };
            let work::jobs::Asked::Queued(id) = work::jobs::enqueue(tx, cx, &new)? else { panic!("asked before") };
            tx.execute(&BURY, db::params![home, &id, cx.now])?;
            Ok(id)
        });
        s.keep(format!("job{n}"), asked);
    }
}

fn desks(s: &mut Seed) {
    let officer = s.actor(Who::Officer);
    for n in 0..=2 {
        let place = s.a();
        let person = if n == 0 { s.id("objector").to_owned() } else { String::new() };
        let name = if n == 0 { String::new() } else { RESIDENT.to_owned() };
        let input = Begin { person, name, shown: "known-in-person".into(), source: "paper".into(), ..Begin::default() };
        let entry = s.run_then(&officer, 0, move |tx, cx| desk::begin::begin(tx, cx, &place, &input)).id;
        s.keep(format!("desk{n}"), entry);
    }
    let (place, person) = (s.a(), s.persons[&Who::Author].to_string());
    let input = Begin { person, source: "phone".into(), shown: "known-in-person".into(), ..Begin::default() };
    let entry = s.run_then(&officer, 0, move |tx, cx| desk::begin::begin(tx, cx, &place, &input)).id;
    s.keep("desk3", entry);
    let (entry, purpose) = (s.id("desk1").parse().unwrap(), people::consent::Purpose::ShowName);
    s.run_then(&officer, 0, move |tx, cx| desk::consents::give(tx, cx, &entry, (purpose, None)));
    let (entry, cx) = (s.id("desk1").parse().unwrap(), testkit::context(officer.clone(), 0));
    let given = s.db.read_wait(move |s| desk::consents::given(s, &cx, &entry)).unwrap();
    s.keep("consent", &given[0].consent.id);
    let (season, entry) = (s.id("collecting").parse::<SeasonId>().unwrap(), s.id("desk0").parse().unwrap());
    let input = idea::PostIdea { title: "纸上的点子".into(), body: "一句话".into(), ..Default::default() };
    let receipt = s.run_then(&officer, 0, move |tx, cx| post_for::post_for(tx, cx, (&season, &entry), &input));
    s.keep("receipt", receipt.number);
}

/// Empties the queue into the log and answers with its size.
pub fn logged(db: &Db) -> u64 {
    let signer = Signer::new("linli", &[3; 32]).unwrap();
    Sequencer::new(db, signer, "test".into(), Arc::new(testkit::story::Still(testkit::START)))
        .unwrap()
        .drain()
        .unwrap();
    db.read_wait(ledger::read::head).unwrap().unwrap().size
}

fn drain(s: &mut Seed) {
    let size = logged(&s.db);
    s.keep("tile", if size < 256 { format!("0/000.p/{size}") } else { "0/000".to_owned() });
    s.keep("asset", ui::ASSETS[0].path.trim_start_matches("/assets/"));
}

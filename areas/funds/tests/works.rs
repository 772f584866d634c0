//! Twenty lifts, from the quotes to who bears how much, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

use std::sync::Arc;

use db::{Db, Fault, Statement, Tx};
use funds::works::{
    State, Work, WorkId, WorkKind,
    apportion::{Apportion, announce, apportion},
    open::{OpenWork, open},
    queries::{self, KindCount},
    quote::{AddQuote, ChooseQuote, add as quoted, choose},
    settle::{SettleWork, settle},
    share::Rest,
    unit::{AcceptUnits, AddUnits, ReportUnit, accept, add as add_units, report},
};
use kernel::{Actor, Context, Fen, PlaceId, Post, Principal, Role};
use people::commands::register::{RegisterPerson, register};
use places::{Level, commands::add as places_add};
use testkit::story::{act, each_engine, fields, meanwhile, refused};

static LEAVES: Statement = Statement {
    name: "LEAVES",
    module: "stories",
    sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
};

struct Estate {
    db: Db,
    place: PlaceId,
    worker: Actor,
    officer: Actor,
    stranger: Actor,
}

impl Estate {
    fn new(db: &Db) -> Estate {
        let input = places_add::AddPlace { parent: None, level: Level::Subdistrict, name: "石榴街道".into() };
        let place = act(db, Actor::Operator, move |tx, cx| places_add::add(tx, cx, &input)).unwrap().id;
        let somebody = |name: &str, roles: &[Role]| {
            let (home, input) = (place.home(), RegisterPerson { place: place.to_string(), name: name.into() });
            let person = act(db, Actor::Operator, move |tx, cx| register(tx, cx, home, &input)).unwrap();
            let posts = roles.iter().map(|role| Post { role: *role, place: place.clone() }).collect();
            Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
        };
        let worker = somebody("社工", &[Role::Worker]);
        let officer = somebody("干部", &[Role::Officer]);
        Estate { worker, officer, stranger: somebody("路人", &[]), db: db.clone(), place }
    }

    /// Another officer.
    fn another(&self) -> Actor {
        let (home, place) = (self.place.home(), self.place.clone());
        let input = RegisterPerson { place: place.to_string(), name: "又一人".into() };
        let person = act(&self.db, Actor::Operator, move |tx, cx| register(tx, cx, home, &input)).unwrap();
        let posts = vec![Post { role: Role::Officer, place }];
        Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
    }

    fn act<T: Send + 'static>(
        &self,
        actor: &Actor,
        command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        act(&self.db, actor, command)
    }

    fn opened(&self, actor: &Actor) -> Result<Work, Fault> {
        let input = OpenWork {
            place: self.place.to_string(),
            kind: "replace".into(),
            title: "二十部电梯".into(),
            decision: "业主大会 2026 年第 2 号决议".into(),
            from: "2026-09-01".into(),
            until: "2027-03-31".into(),
            once: "lifts".into(),
            ..OpenWork::default()
        };
        self.act(actor, move |tx, cx| open(tx, cx, &input))
    }

    fn quote(&self, id: &WorkId, bidder: &str, amount: &str) -> Result<u32, Fault> {
        let (id, input) = (id.clone(), AddQuote { bidder: bidder.into(), amount: amount.into(), note: String::new() });
        self.act(&self.worker, move |tx, cx| quoted(tx, cx, &id, &input)).map(|quote| quote.number)
    }

    fn choose(&self, id: &WorkId, quote: &str, reason: &str) -> Result<Work, Fault> {
        let (id, input) = (id.clone(), ChooseQuote { quote: quote.into(), reason: reason.into() });
        self.act(&self.worker, move |tx, cx| choose(tx, cx, &id, &input))
    }

    fn units(&self, id: &WorkId, kind: &str, labels: &[String]) -> Result<usize, Fault> {
        let (id, input) = (id.clone(), AddUnits { kind: kind.into(), labels: labels.join("\n") });
        self.act(&self.worker, move |tx, cx| add_units(tx, cx, &id, &input)).map(|units| units.len())
    }

    fn report(&self, id: &WorkId, unit: u32, to: &str, day: &str) -> Result<(), Fault> {
        let id = id.clone();
        let input = ReportUnit { to: to.into(), day: day.into(), ..ReportUnit::default() };
        self.act(&self.worker, move |tx, cx| report(tx, cx, (&id, unit), &input)).map(|_| ())
    }

    fn accept(&self, actor: &Actor, id: &WorkId, units: &[u32]) -> Result<(), Fault> {
        let (id, input) = (id.clone(), AcceptUnits { units: units.to_vec(), open: "轿厢灯一盏未换".into() });
        self.act(actor, move |tx, cx| accept(tx, cx, &id, &input)).map(|_| ())
    }

    fn settle(&self, actor: &Actor, id: &WorkId, amount: &str, reason: &str) -> Result<Work, Fault> {
        let (id, input) = (id.clone(), SettleWork { amount: amount.into(), reason: reason.into() });
        self.act(actor, move |tx, cx| settle(tx, cx, &id, &input))
    }

    fn by_kind(&self) -> Vec<KindCount> {
        let place = self.place.clone();
        self.db
            .read_wait(move |s| {
                let place = places::queries::show(s, &place)?.unwrap();
                queries::by_kind(s, Some(&place.path))
            })
            .unwrap()
    }

    fn work(&self, id: &WorkId) -> Work {
        let id = id.clone();
        self.db.read_wait(move |s| queries::work(s, &id)).unwrap()
    }

    /// With a contractor for 3,200,000 yuan.
    fn with_contractor(&self) -> WorkId {
        let id = self.opened(&self.worker).unwrap().id;
        self.quote(&id, "远山电梯", "3200000").unwrap();
        self.choose(&id, "1", "保修五年").unwrap();
        id
    }
}

fn lifts(from: u32, to: u32) -> Vec<String> {
    (from..=to).map(|n| format!("{}号楼{}单元电梯", n.div_ceil(2), 2 - n % 2)).collect()
}

#[test]
fn twelve_lifts_are_replaced_and_eight_overhauled() {
    each_engine(|db| {
        let estate = Estate::new(db);
        assert_eq!(refused(estate.opened(&estate.stranger)), "not-allowed");
        assert_eq!(refused(estate.opened(&Actor::Visitor)), "sign-in-first");
        let id = estate.opened(&estate.worker).unwrap().id;
        assert_eq!(estate.opened(&estate.worker).unwrap().id, id, "sent twice, entered once");
        assert_eq!(estate.quote(&id, "远山电梯", "3200000").unwrap(), 1);
        assert_eq!(estate.quote(&id, "近水电梯", "3,150,000.50").unwrap(), 2);
        assert_eq!(estate.quote(&id, "远山电梯", "3200000").unwrap(), 1, "sent twice");
        assert_eq!(fields(estate.quote(&id, "远山电梯", "1")), ["bidder: quoted-before"]);
        assert_eq!(fields(estate.quote(&id, "", "-1")), ["bidder: required", "amount: money-below-nothing"]);
        assert_eq!(estate.units(&id, "replace", &lifts(1, 12)).unwrap(), 12);
        assert_eq!(estate.units(&id, "overhaul", &lifts(13, 20)).unwrap(), 20);
        assert_eq!(estate.units(&id, "overhaul", &lifts(13, 20)).unwrap(), 20, "sent twice");
        assert_eq!(fields(estate.units(&id, "replace", &lifts(20, 20))), ["labels: unit-there"]);
        assert_eq!(refused(estate.report(&id, 1, "started", "")), "work-without-contractor");
        assert_eq!(fields(estate.choose(&id, "3", "")), ["reason: required", "quote: unknown-choice"]);
        estate.choose(&id, "2", "便宜，保修五年").unwrap();
        estate.choose(&id, "1", "保修十年").unwrap();

        assert_eq!(refused(estate.report(&id, 1, "done", "")), "unit-order");
        for unit in 1..=20 {
            estate.report(&id, unit, "started", "2026-09-10").unwrap();
        }
        assert_eq!(refused(estate.choose(&id, "2", "便宜")), "work-has-begun");
        assert_eq!(fields(estate.report(&id, 1, "done", "2026-09-09")), ["day: day-before-last-step"]);
        assert_eq!(fields(estate.report(&id, 1, "done", "2027-09-09")), ["day: day-in-future"]);
        assert_eq!(refused(estate.accept(&estate.officer, &id, &[])), "nothing-to-accept");
        for unit in 1..=14 {
            estate.report(&id, unit, "done", "2026-11-01").unwrap();
        }
        let counts =
            |kind, planned, finished, accepted| KindCount { kind, planned, started: planned, finished, accepted };
        assert_eq!(estate.by_kind(), [counts(WorkKind::Replace, 12, 12, 0), counts(WorkKind::Overhaul, 8, 2, 0)]);
        assert_eq!(estate.work(&id).state, State::Started);
        assert_eq!(refused(estate.accept(&estate.worker, &id, &[1])), "not-allowed");
        assert_eq!(refused(estate.accept(&estate.officer, &id, &[1, 20])), "unit-order");
        estate.accept(&estate.officer, &id, &[1, 2]).unwrap();
        estate.accept(&estate.officer, &id, &[1, 2]).unwrap();
        for unit in 15..=20 {
            estate.report(&id, unit, "done", "2026-11-20").unwrap();
        }
        assert_eq!(estate.work(&id).state, State::Done);
        assert_eq!(refused(estate.settle(&estate.officer, &id, "3000000", "")), "work-not-accepted");
        estate.accept(&estate.officer, &id, &[]).unwrap();
        assert_eq!(estate.by_kind(), [counts(WorkKind::Replace, 12, 12, 12), counts(WorkKind::Overhaul, 8, 8, 8)]);
        assert_eq!(estate.by_kind().iter().map(|count| count.finished).sum::<u64>(), 20);

        assert_eq!(refused(estate.settle(&estate.worker, &id, "3000000", "")), "not-allowed");
        assert_eq!(fields(estate.settle(&estate.officer, &id, "3200000.01", "")), ["reason: above-the-quote"]);
        let done = estate.settle(&estate.officer, &id, "3210000.01", "多换了一根缆绳").unwrap();
        assert_eq!((done.state, done.final_sum), (State::Settled, Some(Fen(321_000_001))));
        assert_eq!(estate.settle(&estate.officer, &id, "3210000.01", "").unwrap().state, State::Settled, "sent twice");
        assert_eq!(refused(estate.settle(&estate.officer, &id, "1", "")), "work-settled");
        assert_eq!(refused(estate.units(&id, "build", &lifts(21, 21))), "work-settled");
    });
}

#[test]
fn whoever_did_it_does_not_accept_it_and_two_at_once_accept_once() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = estate.opened(&estate.officer).unwrap().id;
        estate.quote(&id, "远山电梯", "100").unwrap();
        let (of, input) = (id.clone(), ChooseQuote { quote: "1".into(), reason: "只有一家".into() });
        estate.act(&estate.officer, move |tx, cx| choose(tx, cx, &of, &input)).unwrap();
        estate.units(&id, "repair", &["屋顶".to_owned()]).unwrap();
        for to in ["started", "done"] {
            let (of, input) = (id.clone(), ReportUnit { to: to.into(), ..ReportUnit::default() });
            estate.act(&estate.officer, move |tx, cx| report(tx, cx, (&of, 1), &input)).unwrap();
        }
        assert_eq!(refused(estate.accept(&estate.officer, &id, &[])), "second-person-needed");
        let other = estate.another();
        let (first, second) = meanwhile(
            |open| {
                let id = id.clone();
                estate.act(&other, move |tx, cx| {
                    let done = accept(tx, cx, &id, &AcceptUnits::default());
                    open.wait();
                    done
                })
            },
            || {
                let id = id.clone();
                estate.act(&other, move |tx, cx| accept(tx, cx, &id, &AcceptUnits::default()))
            },
        );
        assert_eq!((first.unwrap().len(), second.unwrap().len()), (1, 1));
        assert_eq!(refused(estate.settle(&estate.officer, &id, "100", "")), "second-person-needed");
        assert_eq!(estate.settle(&other, &id, "100", "").unwrap().state, State::Settled);
    });
}

const FLATS: &str = "房号,业主,面积\n1-10,独孤无痕,50\n1-2,慕容听雪,50\n1-3,,50\n";

#[test]
fn a_sum_is_apportioned_to_the_last_fen_and_put_up() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = estate.with_contractor();
        let made = |flats: &str, developer: &str, (rule, bearer): (&str, &str)| {
            let [flats, developer, rule, bearer] = [flats, developer, rule, bearer].map(str::to_owned);
            let (id, input) = (id.clone(), Apportion { flats, developer, rule, bearer });
            estate.act(&estate.worker, move |tx, cx| apportion(tx, cx, &id, &input))
        };
        let put_up = || {
            let id = id.clone();
            estate.act(&estate.worker, move |tx, cx| announce(tx, cx, &id))
        };
        assert_eq!(refused(put_up()), "not-apportioned");
        assert_eq!(fields(made(FLATS, "", ("", ""))), ["rule: required", "developer: developer-needed"]);
        assert_eq!(fields(made("1,甲", "远山", ("one", "9"))), ["flats: flats-line-cells"]);
        assert_eq!(fields(made(FLATS, "远山", ("one", "9"))), ["bearer: flat-unknown"]);
        let roll = made(FLATS, "远山置业", ("largest", "")).unwrap();
        assert_eq!(made(FLATS, "远山置业", ("largest", "")).unwrap(), roll, "sent twice");
        let names: Vec<_> = roll.flats.iter().map(|flat| flat.0.as_str()).collect();
        assert_eq!((names, roll.area, roll.is_final), (vec!["1-2", "1-3", "1-10"], 15_000, false));
        let shares = |roll| queries::shares(roll).unwrap().into_iter().map(|fen| fen.0).collect::<Vec<_>>();
        assert_eq!(shares(&roll), [106_666_667, 106_666_667, 106_666_666]);
        let roll = made(FLATS, "远山置业", ("one", "1-10")).unwrap();
        assert_eq!((roll.number, roll.rule), (2, Rest::One));
        assert_eq!(shares(&roll), [106_666_666, 106_666_666, 106_666_668]);

        let posted = put_up().unwrap();
        assert_eq!(put_up().unwrap().id, posted.id, "pressed twice");
        assert_eq!(posted.kind, "accounts");
        assert!(posted.body.contains("3,200,000.00") && posted.body.contains("3 户"), "{}", posted.body);
        let of = id.clone();
        let found = db.read_wait(move |s| matters::verdict::queries::about(s, of.home(), of.as_str())).unwrap();
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|verdict| verdict.kind == "apportionment" && verdict.outcome["sum"] == 320_000_000));
        // no name stands in the log's public part
        let leaves: Vec<(String, Vec<u8>)> = db.read_wait(|s| s.all(&LEAVES, db::params![])).unwrap();
        assert!(leaves.iter().any(|(kind, _)| kind == "work.apportioned"));
        for (kind, leaf) in leaves {
            let text = String::from_utf8_lossy(&leaf).into_owned();
            for name in ["独孤", "慕容", "远山", "二十部"] {
                assert!(!text.contains(name), "{kind}: {text}");
            }
        }

        // another flat bears the last fen: the same words hang on; another area: the notice is put right
        made(FLATS, "远山置业", ("one", "1-2")).unwrap();
        let same = put_up().unwrap();
        assert_eq!((&same.id, same.version), (&posted.id, 1));
        made("1-10,独孤无痕,60\n1-2,慕容听雪,50\n1-3,,50\n", "远山置业", ("largest", "")).unwrap();
        let anew = put_up().unwrap();
        assert_eq!((&anew.id, anew.version), (&posted.id, 2));
        assert!(anew.body.contains("160"), "{}", anew.body);

        // once the work is settled, shares of the quote are old
        estate.units(&id, "replace", &lifts(1, 1)).unwrap();
        for to in ["started", "done"] {
            estate.report(&id, 1, to, "").unwrap();
        }
        estate.accept(&estate.officer, &id, &[]).unwrap();
        estate.settle(&estate.officer, &id, "3000000", "").unwrap();
        assert_eq!(refused(put_up()), "apportionment-of-the-quote");
        assert!(made(FLATS, "远山置业", ("largest", "")).unwrap().is_final);
        let last = put_up().unwrap();
        assert_eq!((&last.id, last.version), (&posted.id, 3));
        assert!(last.body.contains("3,000,000.00"), "{}", last.body);
    });
}

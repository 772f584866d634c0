//! What attendance promises, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use db::{Db, Fault, Tx};
use kernel::{Actor, Chance, Context, Day, Instant, PlaceId, Post, Principal, Role};
use matters::attendance::{
    Attendance, AttendanceId, Figures, MAX_LIST,
    estimate::{Estimate, estimate},
    queries::{self, EventAt, Range},
    record::{RecordAttendance, record},
    record_list::{ListRow, Listed, RecordList, record_list},
    strike::{Strike, strike},
};
use places::{Level, commands::add};
use testkit::each_engine;

static ACTS: AtomicU64 = AtomicU64::new(0);

fn act<T: Send + 'static>(
    db: &Db,
    actor: Actor,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let n = ACTS.fetch_add(1, Relaxed);
    let now = Instant(1_795_312_800_000_000 + i64::try_from(n).unwrap() * 1_000_000);
    let cx = Context::new(actor, now, 480, Chance::seeded(n));
    db.write_wait(move |tx| command(tx, &mut cx.clone()))
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Vec<String> {
    match answer {
        Err(Fault::Refused(no)) if no.fields.is_empty() => vec![no.code.to_owned()],
        Err(Fault::Refused(no)) => no.fields.iter().map(|f| format!("{}: {}", f.field, f.code)).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

fn person(n: usize) -> String {
    format!("1-{n:0>20}")
}

struct Hall {
    db: Db,
    street: PlaceId,
    community: PlaceId,
}

impl Hall {
    fn new(db: &Db) -> Hall {
        let add = |parent: Option<PlaceId>, level, name: &str| {
            let input = add::AddPlace { parent, level, name: name.into() };
            act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
        };
        let street = add(None, Level::Subdistrict, "邻里街道");
        let community = add(Some(street.clone()), Level::Community, "和睦社区");
        Hall { db: db.clone(), street, community }
    }

    fn lead(&self) -> Actor {
        let posts = vec![Post { role: Role::OrgLead, place: self.community.clone() }];
        let person = person(900).parse().unwrap();
        Actor::Person(Principal { person, verified: true, posts, seats: vec![] }.into())
    }

    fn came(&self, event: &str, n: usize) -> RecordAttendance {
        let place = self.community.to_string();
        let (event_kind, event) = ("cleaning".into(), event.into());
        RecordAttendance { place, event_kind, event, person: person(n), way: "qr".into(), ..Default::default() }
    }

    fn record(&self, input: RecordAttendance) -> Result<Attendance, Fault> {
        act(&self.db, self.lead(), move |tx, cx| record(tx, cx, &input))
    }

    fn list(&self, event: &str, rows: Vec<ListRow>) -> Result<Listed, Fault> {
        let (event_kind, event, way) = ("cleaning".into(), event.into(), "paper".into());
        let day = "2026-11-20".into();
        let input = RecordList { place: self.community.to_string(), event_kind, event, way, day, rows };
        act(&self.db, self.lead(), move |tx, cx| record_list(tx, cx, &input))
    }

    fn estimate(&self, event: &str, headcount: u32, direct: bool) -> Result<Attendance, Fault> {
        let input = Estimate {
            place: self.community.to_string(),
            event_kind: "cleaning".into(),
            event: event.into(),
            headcount,
            direct,
            basis: "十点钟数的椅子".into(),
            ..Default::default()
        };
        act(&self.db, self.lead(), move |tx, cx| estimate(tx, cx, &input))
    }

    fn figures_of(&self, path: String, from: &str, until: &str) -> Figures {
        let (from, until) = (Day::parse(from).unwrap(), Day::parse(until).unwrap());
        let range = Range { home: self.street.home(), path, from, until };
        self.db.read_wait(move |s| queries::figures(s, &range)).unwrap()
    }

    fn figures(&self) -> Figures {
        self.figures_of(self.street.to_string(), "2026-11-01", "2026-11-30")
    }

    fn event(&self, event: &str) -> EventAt {
        let (home, path) = (self.street.home(), self.street.to_string());
        EventAt { home, path, kind: "cleaning".into(), event: event.into() }
    }

    fn rows(&self) -> Vec<Attendance> {
        let (from, until) = (Day::parse("2026-11-01").unwrap(), Day::parse("2026-11-30").unwrap());
        let range = Range { home: self.street.home(), path: self.street.to_string(), from, until };
        self.db.read_wait(move |s| queries::rows(s, &range, false, None)).unwrap()
    }
}

#[test]
fn who_is_recorded_twice_came_once() {
    each_engine(|db| {
        let hall = Hall::new(db);
        let first = hall.record(hall.came("a", 1)).unwrap();
        let again = hall.record(RecordAttendance { way: "paper".into(), ..hall.came("a", 1) }).unwrap();
        assert_eq!(again, first);
        hall.record(hall.came("b", 1)).unwrap();
        hall.record(hall.came("a", 2)).unwrap();
        let figures = hall.figures();
        assert_eq!((figures.events, figures.visits, figures.persons), (2, 3, 2), "three visits of two people");
        assert_eq!((figures.direct_visits, figures.unnamed, figures.estimates), (3, 0, 0));
        assert_eq!(hall.rows().len(), 3);
    });
}

#[test]
fn many_hands_at_once_record_one_row() {
    each_engine(|db| {
        let hall = Hall::new(db);
        let ids: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..8).map(|_| scope.spawn(|| hall.record(hall.came("a", 1)))).collect();
            hands.into_iter().map(|hand| hand.join().unwrap().unwrap().id).collect()
        });
        assert!(ids.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(hall.figures().visits, 1);
    });
}

#[test]
fn a_list_from_paper_is_recorded_whole_or_not_at_all() {
    each_engine(|db| {
        let hall = Hall::new(db);
        hall.record(RecordAttendance { day: "2026-11-20".into(), ..hall.came("a", 1) }).unwrap();
        let row = |n| ListRow { person: person(n), mark: String::new() };
        let mark = |mark: &str| ListRow { person: String::new(), mark: mark.into() };
        let rows = vec![row(1), row(2), row(2), mark("7"), mark("7"), mark("8"), mark(""), mark("")];
        assert_eq!(hall.list("a", rows), Ok(Listed { recorded: 5, known: 3 }));
        let figures = hall.figures();
        assert_eq!((figures.visits, figures.persons, figures.unnamed), (6, 2, 4));
        let wrong = vec![row(3), ListRow { person: "who".into(), mark: String::new() }];
        assert_eq!(refused(hall.list("a", wrong)), ["person: not-a-code"]);
        assert_eq!(refused(hall.list("a", vec![])), ["rows: required"]);
        assert_eq!(refused(hall.list("a", vec![row(1); MAX_LIST + 1])), ["too-many-at-once"]);
        assert_eq!(hall.figures(), figures, "nothing of what was refused stays");
        let full: Vec<_> = (0..MAX_LIST).map(|n| row(100 + n)).collect();
        assert_eq!(hall.list("b", full), Ok(Listed { recorded: 500, known: 0 }));
        assert_eq!((hall.figures().visits, hall.figures().events), (506, 2));
    });
}

#[test]
fn estimates_stand_apart_and_never_make_people() {
    each_engine(|db| {
        let hall = Hall::new(db);
        hall.record(hall.came("a", 1)).unwrap();
        for (headcount, direct) in [(300, true), (300, true), (2_000, false)] {
            let row = hall.estimate("a", headcount, direct).unwrap();
            assert_eq!((row.estimated, row.headcount, row.basis.as_str()), (true, headcount, "十点钟数的椅子"));
        }
        let told = hall.figures();
        assert_eq!((told.visits, told.persons, told.unnamed), (1, 1, 0), "one came for certain");
        assert_eq!((told.estimates, told.estimated_direct, told.estimated_indirect), (3, 600, 2_000));
        assert_eq!(hall.rows().len(), 1, "the rows behind the visits are no estimates");
        assert_eq!(refused(hall.estimate("a", 0, true)), ["headcount: too-small"]);
        let at = hall.event("a");
        let event = db.read_wait(move |s| queries::event_figures(s, &at)).unwrap();
        assert_eq!(event, told, "it was the only event");
    });
}

#[test]
fn what_is_struck_counts_no_more_and_stays_readable() {
    each_engine(|db| {
        let hall = Hall::new(db);
        let row = hall.record(hall.came("a", 1)).unwrap();
        let strike_out = |id: &AttendanceId, reason: &str| {
            let (id, input) = (id.clone(), Strike { reason: reason.into() });
            act(db, hall.lead(), move |tx, cx| strike(tx, cx, &id, &input))
        };
        assert_eq!(refused(strike_out(&row.id, " ")), ["reason: required"]);
        strike_out(&row.id, "扫错了活动").unwrap();
        assert_eq!(refused(strike_out(&row.id, "再来")), ["attendance-struck"]);
        assert_eq!(hall.figures(), Figures::default());
        let again = hall.record(hall.came("a", 1)).unwrap();
        assert_ne!(again.id, row.id, "the person can be recorded again");
        assert_eq!(hall.figures().visits, 1);
        let at = hall.event("a");
        let all = db.read_wait(move |s| queries::event_rows(s, &at, None)).unwrap();
        let told: Vec<_> = all.iter().map(|row| row.struck_reason.as_str()).collect();
        assert_eq!(told, ["", "扫错了活动"]);
    });
}

#[test]
fn figures_keep_to_their_place_and_days() {
    each_engine(|db| {
        let hall = Hall::new(db);
        let on = |day: &str, n| RecordAttendance { day: day.into(), ..hall.came(day, n) };
        for day in ["2026-10-31", "2026-11-01", "2026-11-22"] {
            hall.record(on(day, 1)).unwrap();
        }
        let at_the_street = RecordAttendance { place: hall.street.to_string(), ..on("2026-11-22", 2) };
        act(db, Actor::Operator, move |tx, cx| record(tx, cx, &at_the_street)).unwrap();
        assert_eq!(hall.figures().visits, 3, "October is not November");
        let community = format!("{}/{}", hall.street, hall.community);
        assert_eq!(hall.figures_of(community.clone(), "2026-11-01", "2026-11-30").visits, 2);
        assert_eq!(hall.figures_of(community, "2026-11-02", "2026-11-22").visits, 1);
        assert_eq!(refused(hall.record(on("2026-11-23", 1))), ["day: in-the-future"]);
    });
}

#[test]
fn only_who_runs_things_there_records_there() {
    each_engine(|db| {
        let (hall, other) = (Hall::new(db), Hall::new(db));
        let neighbour = Principal { person: person(5).parse().unwrap(), verified: true, posts: vec![], seats: vec![] };
        let neighbour = Actor::Person(neighbour.into());
        for (actor, code) in
            [(Actor::Visitor, "sign-in-first"), (neighbour, "not-allowed"), (other.lead(), "not-allowed")]
        {
            let input = hall.came("a", 1);
            assert_eq!(refused(act(db, actor, move |tx, cx| record(tx, cx, &input))), [code]);
        }
        assert_eq!(hall.figures(), Figures::default());
    });
}

#[test]
fn the_log_tells_no_names() {
    each_engine(|db| {
        let hall = Hall::new(db);
        hall.record(hall.came("a", 31_337)).unwrap();
        hall.list("a", vec![ListRow { person: person(31_338), mark: String::new() }]).unwrap();
        hall.estimate("a", 40, true).unwrap();
        static QUEUED: db::Statement = db::Statement {
            name: "QUEUED",
            module: "story",
            sql: "SELECT kind, leaf FROM entry_queue WHERE kind LIKE 'attendance.%' ORDER BY id /* across homes */",
        };
        let rows: Vec<(String, Vec<u8>)> = db.read_wait(|s| s.all(&QUEUED, &[])).unwrap();
        let kinds: Vec<_> = rows.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["attendance.recorded", "attendance.listed", "attendance.estimated"]);
        for (_, leaf) in rows {
            let text = String::from_utf8(leaf).unwrap();
            assert!(!text.contains("3133") && !text.contains("椅子"), "{text}");
        }
    });
}

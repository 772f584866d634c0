//! What the stories share: a subdistrict with two communities, and people with their posts.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use db::{Db, Fault, Tx};
use kernel::{Actor, Chance, Context, Day, Home, Id, Instant, PersonId, PlaceId, Post, Principal, Role};
use matters::matter::{
    Matter, MatterId,
    open::{OpenMatter, open},
};
use places::{Level, commands::add};
pub use testkit::each_engine;
use work::{
    calendar::{Calendar, YearDays, midnight},
    clock::Reckoner,
};

static ACTS: AtomicU64 = AtomicU64::new(0);

/// Beijing.
pub const OFFSET: i32 = 480;

/// Ten in the morning of a day.
pub fn at(day: &str) -> Instant {
    Instant(midnight(&Day::parse(day).unwrap(), OFFSET).0 + 10 * 3_600_000_000)
}

/// A context on a day; each has chance of its own and is a second later than the one before.
pub fn context(actor: Actor, day: &str) -> Context {
    let n = ACTS.fetch_add(1, Relaxed);
    let now = Instant(at(day).0 + i64::try_from(n).unwrap() * 1_000_000);
    Context::new(actor, now, OFFSET, Chance::seeded(n))
}

/// Runs a command on a day.
pub fn act<T: Send + 'static>(
    db: &Db,
    actor: &Actor,
    day: &str,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let cx = context(actor.clone(), day);
    db.write_wait(move |tx| command(tx, &mut cx.clone()))
}

/// With the calendar that comes with the program, and `more` years.
pub fn reckoned<T>(more: &[YearDays], f: impl FnOnce(&Reckoner<'_>) -> T) -> T {
    let calendar = Calendar::new(work::calendar::bundled().iter().chain(more));
    f(&Reckoner { calendar: &calendar, offset_minutes: OFFSET })
}

#[track_caller]
pub fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    match answer {
        Err(Fault::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

/// A subdistrict and its two communities.
pub struct Town {
    pub street: PlaceId,
    pub east: PlaceId,
    pub west: PlaceId,
}

impl Town {
    pub fn new(db: &Db) -> Town {
        let street = place(db, None, Level::Subdistrict, "槐荫里街道");
        let east = place(db, Some(street.clone()), Level::Community, "东里社区");
        let west = place(db, Some(street.clone()), Level::Community, "西里社区");
        Town { street, east, west }
    }

    pub fn home(&self) -> Home {
        self.street.home()
    }

    pub fn worker_of(&self, place: &PlaceId) -> Actor {
        person(self.home(), vec![Post { role: Role::Worker, place: place.clone() }])
    }

    pub fn resident(&self) -> Actor {
        person(self.home(), Vec::new())
    }
}

pub fn place(db: &Db, parent: Option<PlaceId>, level: Level, name: &str) -> PlaceId {
    let input = add::AddPlace { parent, level, name: name.into() };
    act(db, &Actor::Operator, "2025-01-02", move |tx, cx| add::add(tx, cx, &input)).unwrap().id
}

/// A person who has signed in and is verified.
pub fn person(home: Home, posts: Vec<Post>) -> Actor {
    let n = ACTS.fetch_add(1, Relaxed);
    let person: PersonId = Id::ordered(home, Instant(1_700_000_000_000_000), &mut Chance::seeded(n + 1_000_000));
    Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
}

pub fn lamp(place: &PlaceId) -> OpenMatter {
    OpenMatter {
        place: place.clone(),
        kind: "report".into(),
        title: "路灯坏了".into(),
        words: "三号楼东门的路灯不亮。".into(),
        anonymous: false,
        files: Vec::new(),
        once: String::new(),
    }
}

pub fn opened(db: &Db, actor: &Actor, day: &str, input: OpenMatter) -> Result<Matter, Fault> {
    act(db, actor, day, move |tx, cx| reckoned(&[], |r| open(tx, cx, r, &input)))
}

pub fn matter(db: &Db, id: &MatterId) -> Matter {
    let id = id.clone();
    db.read_wait(move |s| matters::matter::queries::matter(s, &id)).unwrap()
}

/// The kinds of a thread's steps, oldest first.
pub fn thread(db: &Db, id: &MatterId, all: bool) -> Vec<String> {
    let id = id.clone();
    let steps = db.read_wait(move |s| matters::matter::queries::thread(s, &id, u32::MAX, all)).unwrap();
    steps.into_iter().rev().map(|step| step.kind).collect()
}

//! What the stories of posts, organisations and the desk share: a small tree of places and people who sign in.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]
#![allow(dead_code, reason = "each story uses its own part")]

use std::{
    sync::Arc,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use db::{Db, Fault, Statement, Tx};
use kernel::{Actor, Chance, Context, Day, Instant, PersonId, PlaceId, Principal, Refusal};
use people::{
    org,
    post::{self, Appointment, appoint::Appoint},
};
use places::{Level, commands::add};

static ACTS: AtomicU64 = AtomicU64::new(1);
/// 2026-11-22, 10:00 in Beijing.
pub const NOON: i64 = 1_795_312_800_000_000;
pub const DAY: i64 = 86_400_000_000;

pub static QUEUED: Statement = Statement {
    name: "QUEUED",
    module: "stories",
    sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
};
static PERSON: Statement = Statement {
    name: "PERSON",
    module: "stories",
    sql: "INSERT INTO persons (home, id, place, name, added_at) VALUES (?1, ?2, ?3, ?4, 0)",
};

pub fn each_engine(story: impl Fn(&Town)) {
    testkit::each_engine(|db| story(&Town::new(db)));
}

/// Two subdistricts; the first has two communities.
pub struct Town {
    pub db: Db,
    pub district: PlaceId,
    pub beiyuan: PlaceId,
    pub elsewhere: PlaceId,
    pub yijing: PlaceId,
    pub tianfu: PlaceId,
}

impl Town {
    fn new(db: &Db) -> Town {
        let add = |parent: Option<&PlaceId>, level, name: &str| {
            let input = add::AddPlace { parent: parent.cloned(), level, name: name.into() };
            act(db, Actor::Operator, 0, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
        };
        let district = add(None, Level::District, "示范区");
        let beiyuan = add(Some(&district), Level::Subdistrict, "北园街道");
        let elsewhere = add(Some(&district), Level::Subdistrict, "南园街道");
        let yijing = add(Some(&beiyuan), Level::Community, "怡景社区");
        let tianfu = add(Some(&beiyuan), Level::Community, "天福社区");
        Town { db: db.clone(), district, beiyuan, elsewhere, yijing, tianfu }
    }

    /// A person registered at a place.
    pub fn person(&self, place: &PlaceId, name: &'static str) -> PersonId {
        let place = place.clone();
        act(&self.db, Actor::Operator, 0, move |tx, cx| {
            let id: PersonId = cx.id(place.home());
            tx.execute(&PERSON, db::params![place.home(), &id, &place, name])?;
            Ok::<_, Fault>(id)
        })
        .unwrap()
    }

    /// Runs a command `days` after 2026-11-22.
    pub fn act<T: Send + 'static>(
        &self,
        actor: &Actor,
        days: i64,
        command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        act(&self.db, actor.clone(), days, command)
    }

    /// Who signs in on the day, with what is in force then.
    pub fn signed_in(&self, person: &PersonId, day: &str) -> Actor {
        let (who, on) = (person.clone(), Day::parse(day).unwrap());
        let (posts, seats) = self
            .db
            .read_wait(move |s| Ok::<_, Fault>((post::in_force(s, &who, &on)?, org::seats_of(s, &who, &on)?)))
            .unwrap();
        Actor::Person(Arc::new(Principal { person: person.clone(), verified: true, posts, seats }))
    }

    pub fn appoint(
        &self,
        actor: &Actor,
        person: &PersonId,
        (role, place): (&str, &PlaceId),
        (from, until): (&str, &str),
    ) -> Result<Appointment, Fault> {
        let input = Appoint {
            person: person.to_string(),
            role: role.into(),
            from: from.into(),
            until: until.into(),
            reason: "会议决定".into(),
        };
        let place = place.clone();
        self.act(actor, 0, move |tx, cx| post::appoint::appoint(tx, cx, &place, &input))
    }

    /// The entries that wait for their place, as text.
    pub fn told(&self) -> Vec<(String, String)> {
        let rows: Vec<(String, Vec<u8>)> = self.db.read_wait(|s| s.all(&QUEUED, &[])).unwrap();
        rows.into_iter().map(|(kind, leaf)| (kind, String::from_utf8(leaf).unwrap())).collect()
    }

    pub fn count_told(&self, kind: &str) -> usize {
        self.told().iter().filter(|(told, _)| told == kind).count()
    }
}

fn act<T: Send + 'static>(
    db: &Db,
    actor: Actor,
    days: i64,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let n = ACTS.fetch_add(1, Relaxed);
    let now = Instant(NOON + days * DAY + i64::try_from(n).unwrap() * 1_000);
    let cx = Context::new(actor, now, 480, Chance::seeded(n));
    db.write_wait(move |tx| command(tx, &mut cx.clone()))
}

#[track_caller]
pub fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Refusal {
    match answer {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

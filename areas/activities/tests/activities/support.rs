//! What the stories of activities share.

use std::sync::Arc;

use activities::{
    Activity, ActivityId,
    activity::{
        hold::{HoldActivity, hold},
        queries,
    },
    checkin::{
        Check, CheckId,
        decide::{Decide, decide},
        take::{Arrival, CheckIn, take},
    },
    signup::{
        SignUp,
        join::{Enter, Join, enter, join},
    },
};
use db::{Db, Fault, Statement};
use kernel::{Actor, Chance, PlaceId, Post, Principal, Role};
use matters::attendance::queries::{EventAt, event_figures};
use places::{Level, commands::add};
use testkit::story::act;

pub const MINUTE: i64 = 60_000_000;

pub static LEAVES: Statement = Statement {
    name: "LEAVES",
    module: "stories",
    sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
};
pub static SECRET: Statement =
    Statement { name: "SECRET", module: "stories", sql: "SELECT secret FROM activities WHERE home = ?1 AND id = ?2" };
pub static APPROVE: Statement = Statement {
    name: "APPROVE",
    module: "stories",
    sql: "UPDATE seasons SET stage = 'approved' WHERE home = ?1 AND id = ?2",
};

pub fn place(db: &Db, parent: Option<&PlaceId>, level: Level, name: &str) -> PlaceId {
    let input = add::AddPlace { parent: parent.cloned(), level, name: name.into() };
    act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
}

/// The first project of a season is a run in this state.
pub static RUNS: Statement = Statement {
    name: "RUNS",
    module: "stories",
    sql: "INSERT INTO project_runs (home, season, number, matter, tier, team, state, midterm, closing, begun_day, \
          revision) VALUES (?1, ?2, 1, NULL, '', '', ?3, 'none', 'none', '2026-11-22', 0) \
          ON CONFLICT (home, season, number) DO UPDATE SET state = excluded.state",
};

pub struct Town {
    pub root: PlaceId,
    pub community: PlaceId,
}

pub fn town(db: &Db) -> Town {
    let root = place(db, None, Level::Subdistrict, "北园街道");
    let community = place(db, Some(&root), Level::Community, "槐树里社区");
    Town { root, community }
}

pub fn somebody(seed: u64, home: &PlaceId, posts: Vec<Post>) -> Actor {
    let person = kernel::Id::random(home.home(), &mut Chance::seeded(seed));
    Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
}

pub fn holder(seed: u64, role: Role, place: &PlaceId) -> Actor {
    somebody(seed, place, vec![Post { role, place: place.clone() }])
}

pub fn typed(place: &PlaceId, capacity: u32) -> HoldActivity {
    HoldActivity {
        place: place.to_string(),
        theme: "culture".into(),
        title: "写春联".into(),
        about: "自带毛笔。".into(),
        spot: "二层活动室".into(),
        day: "2026-11-22".into(),
        from: "09:30".into(),
        until: "12:00".into(),
        capacity,
        ..HoldActivity::default()
    }
}

pub fn held(db: &Db, place: &PlaceId, capacity: u32) -> Activity {
    let input = typed(place, capacity);
    act(db, Actor::Operator, move |tx, cx| hold(tx, cx, &input)).unwrap()
}

pub fn joins(db: &Db, actor: &Actor, id: &ActivityId, heads: u32) -> Result<SignUp, Fault> {
    let id = id.clone();
    act(db, actor, move |tx, cx| join(tx, cx, &id, &Join { heads }))
}

pub fn enters(db: &Db, actor: &Actor, id: &ActivityId, (name, heads): (&str, u32)) -> SignUp {
    let (id, input) = (id.clone(), Enter { name: name.into(), heads, once: String::new() });
    act(db, actor, move |tx, cx| enter(tx, cx, &id, &input)).unwrap()
}

pub fn takes(db: &Db, actor: &Actor, id: &ActivityId, input: CheckIn) -> Result<Vec<(Check, bool)>, Fault> {
    let id = id.clone();
    act(db, actor, move |tx, cx| take(tx, cx, &id, &input))
}

pub fn tap(client: &str) -> Arrival {
    Arrival { client: client.into(), name: "远山".into(), ..Arrival::default() }
}

pub fn decides(db: &Db, actor: &Actor, id: &ActivityId, of: &CheckId, verdict: &str) -> Result<Check, Fault> {
    let (ids, input) = ((id.clone(), of.clone()), Decide { verdict: verdict.into(), reason: "看过了".into() });
    act(db, actor, move |tx, cx| decide(tx, cx, (&ids.0, &ids.1), &input))
}

pub fn activity(db: &Db, id: &ActivityId) -> Activity {
    let id = id.clone();
    db.read_wait(move |s| queries::activity(s, &id)).unwrap()
}

/// Visits and persons by the shared noun.
pub fn attended(db: &Db, of: &Activity) -> (u64, u64) {
    let of = of.clone();
    let told = db.read_wait(move |s| {
        let path = places::queries::show(s, &of.place)?.unwrap().path;
        let at = EventAt { home: of.id.home(), path, kind: "activity".into(), event: of.id.to_string() };
        Ok::<_, Fault>(event_figures(s, &at)?)
    });
    let told = told.unwrap();
    (told.visits, told.persons)
}

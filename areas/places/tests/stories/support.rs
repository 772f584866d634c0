//! What the stories share.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use db::{Db, Fault, Tx};
use kernel::{Actor, Chance, Context, Instant, PlaceId, Refusal};
use places::{
    Followers, Listed, Place,
    commands::import::take,
    import::{Plan, Sheet, Work, plan, read},
    queries,
};
pub use testkit::each_engine;

/// These stories have no other areas.
pub const NOBODY: Followers = Followers::new(&[]);

static ACTS: AtomicU64 = AtomicU64::new(0);

/// Two cities down to their communities: 14,663 rows.
pub const CITIES: &str = include_str!("../../data/regions_bj_sh.csv");

/// Runs a command, each a second later than the one before and with chance of its own.
pub fn act<T: Send + 'static>(
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
pub fn refusal<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Refusal {
    match answer {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[track_caller]
pub fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    refusal(answer).code
}

/// The wrong fields of a form, as `field: code`.
#[track_caller]
pub fn fields<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Vec<String> {
    let refusal = refusal(answer);
    assert_eq!(refusal.code, "invalid-input");
    refusal.fields.iter().map(|f| format!("{}: {}", f.field, f.code)).collect()
}

pub fn sheet(text: &str) -> Sheet {
    read(text.as_bytes()).unwrap()
}

pub fn planned(db: &Db, text: &str, under: Option<&PlaceId>) -> Plan {
    let (sheet, under) = (sheet(text), under.cloned());
    db.read_wait(move |s| plan(s, &sheet, under.as_ref())).unwrap()
}

/// Takes a file in as the command line does; answers with the number of its parts.
pub fn import_as(db: &Db, actor: &Actor, text: &str, under: Option<&PlaceId>) -> Result<u32, Fault> {
    let mut work = Work::new(planned(db, text, under), under.cloned());
    let mut parts = 0;
    while let Some(part) = work.next_part() {
        work.learn(act(db, actor.clone(), move |tx, cx| take(tx, cx, NOBODY, &part))?);
        parts += 1;
    }
    Ok(parts)
}

pub fn import(db: &Db, text: &str) -> u32 {
    import_as(db, &Actor::Operator, text, None).unwrap()
}

/// What a search finds, the best first.
pub fn found(db: &Db, typed: &str) -> Vec<Listed> {
    found_near(db, typed, None)
}

pub fn found_near(db: &Db, typed: &str, near: Option<&PlaceId>) -> Vec<Listed> {
    let (typed, near) = (typed.to_owned(), near.cloned());
    db.read_wait(move |s| places::search(s, &typed, near.as_ref())).unwrap()
}

/// The place with a code.
#[track_caller]
pub fn by_code(db: &Db, code: &str) -> Place {
    let found = found(db, code);
    let place = found.into_iter().find(|listed| listed.place.code.is_some_and(|c| c.short() == code));
    place.unwrap_or_else(|| panic!("nothing has the code {code}")).place
}

pub fn shown(db: &Db, id: &PlaceId) -> Place {
    let id = id.clone();
    db.read_wait(move |s| queries::show(s, &id)).unwrap().unwrap()
}

pub fn history(db: &Db, id: &PlaceId) -> queries::History {
    let id = id.clone();
    db.read_wait(move |s| queries::history(s, &id)).unwrap()
}

/// Places in force directly below, over all pages.
pub fn below(db: &Db, parent: Option<&PlaceId>) -> Vec<Listed> {
    let (mut all, mut after): (Vec<Listed>, Option<PlaceId>) = (Vec::new(), None);
    loop {
        let (parent, from) = (parent.cloned(), after.clone());
        let page = db.read_wait(move |s| queries::page(s, parent.as_ref(), from.as_ref(), queries::PAGE)).unwrap();
        let Some(last) = page.last() else { return all };
        after = Some(last.place.id.clone());
        all.extend(page);
    }
}

/// How many entries wait for their place in the log, by kind.
pub fn entries(db: &Db, kind: &str) -> i64 {
    static COUNT: db::Statement = db::Statement {
        name: "COUNT",
        module: module_path!(),
        sql: "SELECT COUNT(*) FROM entry_queue WHERE kind = ?1 /* across homes */",
    };
    let kind = kind.to_owned();
    db.read_wait(move |s| s.one::<(i64,)>(&COUNT, db::params![&kind])).unwrap().0
}

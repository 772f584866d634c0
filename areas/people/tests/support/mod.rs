//! What the stories of people share.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]
#![allow(dead_code, clippy::allow_attributes, reason = "each story uses a part")]

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use db::{Db, Fault, Statement, Tx};
use kernel::{Actor, Chance, Context, Day, Instant, PersonId, PlaceId, Post, Principal, Refusal, Role};
use people::{
    account::{
        self, Ticket,
        ask::{AskCode, Purpose, ask},
        enter::{Enter, Who, enter},
        prove::{Prove, Proved, prove},
    },
    session::Token,
};
use places::{Level, commands::add};
pub use testkit::each_engine;
use ui::Locale;

/// 2026-11-22, 10:00 in Beijing.
pub const START: i64 = 1_795_312_800_000_000;
pub const SECOND: i64 = 1_000_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

static ACTS: AtomicU64 = AtomicU64::new(0);

macro_rules! sql {
    ($($name:ident = $sql:expr;)*) => {
        $(pub static $name: Statement = Statement { name: stringify!($name), module: "stories", sql: $sql };)*
    };
}

sql! {
    QUEUED = "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */";
    KINDS = "SELECT kind FROM entry_queue WHERE kind <> 'place.added' ORDER BY id /* across homes */";
}

/// A context at a moment.
pub fn at(now: i64, actor: Actor) -> Context {
    Context::new(actor, Instant(now), 480, Chance::seeded(ACTS.fetch_add(1, Relaxed) + 1))
}

/// Runs a command at a moment.
pub fn act<T: Send + 'static>(
    db: &Db,
    cx: &Context,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let mut cx = cx.clone();
    // chance of its own for each act, as the rim draws it
    cx.chance = Chance::seeded(ACTS.fetch_add(1, Relaxed) + 1);
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

/// A subdistrict with a community.
pub fn places(db: &Db) -> (PlaceId, PlaceId) {
    let add_place = |parent: Option<PlaceId>, level, name: &str| {
        let new = add::AddPlace { parent, level, name: name.into() };
        act(db, &at(START - DAY, Actor::Operator), move |tx, cx| add::add(tx, cx, &new)).unwrap().id
    };
    let root = add_place(None, Level::Subdistrict, "邻里街道");
    let community = add_place(Some(root.clone()), Level::Community, "槐树社区");
    (root, community)
}

pub fn signed_in(person: &PersonId) -> Actor {
    with_posts(person, Vec::new())
}

pub fn with_posts(person: &PersonId, posts: Vec<Post>) -> Actor {
    let principal = Principal { person: person.clone(), verified: true, posts, seats: Vec::new() };
    Actor::Person(Arc::new(principal))
}

/// A worker who is nobody else of the story.
pub fn worker(place: &PlaceId) -> Actor {
    let person: PersonId = kernel::Id::random(place.home(), &mut Chance::seeded(7));
    with_posts(&person, vec![Post { role: Role::Worker, place: place.clone() }])
}

/// What a browser waits for, and what the message says.
#[derive(Debug, Clone)]
pub struct Asked {
    pub challenge: String,
    pub code: String,
}

impl Asked {
    /// The browser that asked, with something else typed.
    pub fn typed(&self, code: &str) -> Asked {
        Asked { challenge: self.challenge.clone(), code: code.into() }
    }
}

/// Sends a code and answers it, as the demonstration's page would.
pub fn code(db: &Db, cx: &Context, contact: &str, purpose: Purpose) -> Result<Asked, Fault> {
    code_from(db, cx, contact, purpose, None)
}

/// The same, asked for from a network.
pub fn code_from(
    db: &Db,
    cx: &Context,
    contact: &str,
    purpose: Purpose,
    network: Option<IpAddr>,
) -> Result<Asked, Fault> {
    let input = AskCode { contact: contact.into(), purpose, locale: Locale::ZhHans, network };
    let sent = act(db, cx, move |tx, cx| ask(tx, cx, &input))?;
    Ok(Asked { challenge: sent.challenge.to_text(), code: sent.shown(true).unwrap().to_owned() })
}

pub fn try_code(db: &Db, cx: &Context, contact: &str, asked: &Asked, purpose: Purpose) -> Result<Proved, Fault> {
    let Asked { challenge, code } = asked.clone();
    let input = Prove { contact: contact.into(), challenge, code, purpose };
    act(db, cx, move |tx, cx| prove(tx, cx, &input))
}

/// A ticket of a contact.
pub fn ticket(db: &Db, cx: &Context, contact: &str, purpose: Purpose) -> Ticket {
    let code = code(db, cx, contact, purpose).unwrap();
    try_code(db, cx, contact, &code, purpose).unwrap().ticket().unwrap()
}

pub fn come_in(db: &Db, cx: &Context, ticket: &Ticket, who: Who) -> Result<(Token, PersonId), Fault> {
    let input = Enter { ticket: ticket.clone(), who, device: "微信 · 安卓".into() };
    act(db, cx, move |tx, cx| enter(tx, cx, &input))
}

pub fn named(name: &str) -> Who {
    Who::Named { name: name.into(), place: None }
}

/// Signs somebody up.
pub fn sign_up(db: &Db, now: i64, contact: &str, name: &str) -> (Token, PersonId) {
    let cx = at(now, Actor::Visitor);
    let ticket = ticket(db, &cx, contact, Purpose::SignIn);
    come_in(db, &cx, &ticket, named(name)).unwrap()
}

pub fn account(db: &Db, person: &PersonId) -> account::Account {
    let cx = at(START, signed_in(person));
    db.read_wait(move |s| account::queries::mine(s, &cx)).unwrap().0
}

/// Who enters with a token at a moment.
pub fn enters(db: &Db, token: &Token, now: i64) -> Option<web::Entry> {
    let door = people::door::Door::new(db).unwrap();
    let (digest, cx) = (token.digest(), at(now, Actor::Visitor));
    db.read_wait(move |s| web::Door::enter(&door, s, &digest, cx.now, &cx.day)).unwrap()
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Kinds of entries, sorted: what is told at the same moment has no order.
pub fn told(db: &Db) -> Vec<String> {
    let rows: Vec<(String,)> = db.read_wait(|s| s.all(&KINDS, &[])).unwrap();
    let mut kinds: Vec<String> = rows.into_iter().map(|(kind,)| kind).collect();
    kinds.sort();
    kinds
}

/// The public bytes of all entries.
pub fn leaves(db: &Db) -> String {
    let rows: Vec<(String, Vec<u8>)> = db.read_wait(|s| s.all(&QUEUED, &[])).unwrap();
    rows.into_iter().map(|(_, leaf)| String::from_utf8(leaf).unwrap()).collect()
}

//! What both histories of the demonstration are told with: somebody does something on a day.

use std::{sync::Arc, thread};

use db::{Db, DbError, Fault, Tx};
use kernel::{Actor, Context, Day, Instant, OrgId, PersonId, PlaceId, Post, Principal};
use people::account::{register, verify};
use work::calendar::days_between;

use super::load::{site, write};
use crate::home::{OFFSET_MINUTES, context};

/// Microseconds of a minute.
const MINUTE: i64 = 60_000_000;

/// A day of the data.
pub(super) fn day(text: &str) -> Result<Day, DbError> {
    Day::parse(text).ok_or_else(|| DbError::Data(format!("{text} is no day")))
}

/// Somebody on a day, so many minutes after midnight.
pub(super) fn then(actor: &Actor, (on, minutes): (&Day, i64)) -> Result<Context, DbError> {
    let days = days_between(&day("1970-01-01")?, on);
    let then = Instant((days * 24 * 60 + minutes - i64::from(OFFSET_MINUTES)) * MINUTE);
    Ok(Context::new(actor.clone(), then, OFFSET_MINUTES, context(Actor::Visitor).chance))
}

/// Runs a verb on a day, so many minutes after midnight.
pub(super) fn run<T: Send + 'static>(
    db: &Db,
    actor: &Actor,
    (on, minutes): (&Day, i64),
    verb: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let cx = then(actor, (on, minutes))?;
    db.write_wait(move |tx| verb(tx, &mut cx.clone()))
}

/// Registers somebody whom the desk has checked.
pub(super) fn person(db: &Db, place: &PlaceId, name: &str) -> Result<PersonId, Fault> {
    let (place, new) = (place.clone(), register::Register { name: name.to_owned(), contact: String::new() });
    write(db, Actor::Operator, move |tx, cx| {
        let site = site(tx, &place)?;
        let person = register::register(tx, cx, &site, &new)?;
        verify::verify(tx, cx, &site, &person, &verify::Verify { document: "known-in-person".into() })?;
        Ok(person)
    })
}

/// Somebody who has signed in.
pub(super) fn acting(person: PersonId, posts: Vec<Post>) -> Actor {
    seated(person, posts, Vec::new())
}

/// The same with seats in organisations.
pub(super) fn seated(person: PersonId, posts: Vec<Post>, seats: Vec<OrgId>) -> Actor {
    Actor::Person(Arc::new(Principal { person, verified: true, posts, seats }))
}

/// How many things are done at once.
const AT_ONCE: usize = 8;

/// Does for each of the items what does not wait for the others: what comes together is made durable together. Answers
/// in the order of the items.
pub(super) fn together<I: Sync, T: Send>(
    items: &[I],
    one: impl Fn(&I) -> Result<T, Fault> + Sync,
) -> Result<Vec<T>, Fault> {
    let mut done = Vec::with_capacity(items.len());
    let one = &one;
    for few in items.chunks(AT_ONCE) {
        let answers: Vec<_> = thread::scope(|scope| {
            let begun: Vec<_> = few.iter().map(|item| scope.spawn(move || one(item))).collect();
            begun.into_iter().map(thread::ScopedJoinHandle::join).collect()
        });
        for answer in answers {
            done.push(answer.map_err(|_| DbError::Panicked)??);
        }
    }
    Ok(done)
}

//! What other areas keep beside places follows them when they move: the first of it in the move itself, much history by a
//! job in steps that each fit into the budget of a write.

use db::{DbError, Fault, Statement, Tx, params};
use kernel::{Context, Home, PlaceId};
use rights::{Action, Permit, authorize};
use serde::{Deserialize, Serialize};
use work::jobs::{Failure, Handler, Job, New, Outcome, enqueue};

use crate::{Place, store};

/// The kind of the job that brings along what did not fit into the move.
pub const FOLLOW: &str = "places.follow";
/// Rows of each table and home that follow in the transaction of the move. A row costs SQLite's writer some 10 µs, of
/// 50 ms that a write may take.
const AT_ONCE: i64 = 250;
/// The same in a step of the job, which does nothing else.
const IN_STEP: i64 = 600;

/// A place that lies elsewhere now, with everything below it.
#[derive(Debug, Clone, Copy)]
pub struct Moved<'a> {
    /// The ids from the root down to the place, before.
    pub old: &'a str,
    /// The homes of all that lies there now: what is kept of each is brought along by a statement of its own.
    pub homes: &'a [Home],
    /// Rows that one statement brings along at most.
    pub most: i64,
}

impl Moved<'_> {
    /// The same without a bound: for what is so little at any place that it all follows in the move.
    #[must_use]
    pub fn whole(&self) -> Self {
        Moved { most: i64::MAX, ..*self }
    }
}

/// Brings along what one area keeps, after the tree has changed. Answers true when there may be more than the bound.
pub type Follow = fn(&mut Tx<'_>, &Permit, &Moved<'_>) -> Result<bool, DbError>;

/// Everybody who keeps paths of places: the program that puts the areas together knows them.
#[derive(Debug, Clone, Copy)]
pub struct Followers(&'static [Follow]);

/// What a step of the job does: of which move, from which path, in which homes.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Step {
    place: String,
    version: u32,
    old: String,
    homes: Vec<u32>,
}

impl Followers {
    /// These.
    pub const fn new(all: &'static [Follow]) -> Followers {
        Followers(all)
    }

    /// Brings along what fits into the move of a place, as it was before, to the path `new`, and asks for the rest.
    pub(crate) fn call(
        self,
        tx: &mut Tx<'_>,
        cx: &mut Context,
        permit: &Permit,
        (place, new): (&Place, &str),
    ) -> Result<(), DbError> {
        let (id, version, old) = (&place.id, place.version, place.path.as_str());
        let homes = store::homes_within(tx, new)?;
        if self.step(tx, permit, &Moved { old, homes: &homes, most: AT_ONCE })? {
            store::begin_move(tx, permit, (id, version))?;
            let homes = homes.iter().map(|home| home.0).collect();
            ask(tx, cx, &Step { place: id.to_string(), version, old: old.to_owned(), homes })?;
        }
        Ok(())
    }

    fn step(self, tx: &mut Tx<'_>, permit: &Permit, moved: &Moved<'_>) -> Result<bool, DbError> {
        let mut more = false;
        for follow in self.0 {
            more |= follow(tx, permit, moved)?;
        }
        Ok(more)
    }

    /// One step of the job; the next is asked for in the same transaction.
    fn go_on(self, tx: &mut Tx<'_>, cx: &mut Context, step: &Step) -> Result<(), Fault> {
        let place: PlaceId = step.place.parse().map_err(|_| DbError::Data(format!("place {}", step.place)))?;
        let permit = authorize(&cx.actor, Action::ChangePlaces, place.home())?;
        let homes: Vec<Home> = step.homes.iter().copied().map(Home).collect();
        if self.step(tx, &permit, &Moved { old: &step.old, homes: &homes, most: IN_STEP })? {
            ask(tx, cx, step)?;
        } else {
            store::end_move(tx, &permit, (&place, step.version))?;
        }
        Ok(())
    }
}

fn ask(tx: &mut Tx<'_>, cx: &mut Context, step: &Step) -> Result<(), DbError> {
    let home = step.homes.first().copied().map_or(Home(0), Home);
    enqueue(tx, cx, &New { home, kind: FOLLOW, payload: step, dedup: None, run_at: None }).map(|_| ())
}

/// The handler of [`FOLLOW`]. No entry tells of it: the entry of the move says where everything lies.
pub struct Bring(pub Followers);

impl Handler for Bring {
    fn kind(&self) -> &'static str {
        FOLLOW
    }

    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        let (step, followers): (Step, _) = (job.read()?, self.0);
        Ok(Outcome::Keep(Box::new(move |tx, cx| followers.go_on(tx, cx, &step))))
    }
}

/// Runs a statement made by [`crate::follow!`]. Whatever lies where the place was gets the path that its own place has
/// now, so places that ended and stayed keep theirs; running it again changes nothing. Answers true when it came to the
/// bound.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn follow(tx: &mut Tx<'_>, _: &Permit, statement: &Statement, moved: &Moved<'_>) -> Result<bool, DbError> {
    // '0' is the character after '/', and ids are of one length
    let end = format!("{}0", moved.old);
    let mut more = false;
    for home in moved.homes {
        let n = tx.execute(statement, params![*home, moved.old, &end, moved.most])?;
        more |= i64::try_from(n).is_ok_and(|n| n >= moved.most);
    }
    Ok(more)
}

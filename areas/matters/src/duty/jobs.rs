//! What duties need done behind the pages: the duties of a new period, and due days anew when a calendar has come.
//!
//! Each job does one part in the transaction that ends it and asks for the next part there, so that nothing is done
//! twice or left out wherever a process dies.

use db::{DbError, Fault, Tx};
use kernel::{Context, Home};
use serde::{Deserialize, Serialize};
use work::{
    calendar::{add_days, midnight},
    clock::Reckoner,
    jobs::{Failure, Handler, Job, New, Outcome, enqueue},
};

use super::{DutyId, PlanId, plan, recount, store};

/// The kind of job that reckons provisional due days anew; an import of a calendar asks for it.
pub const RECOUNT: &str = work::commands::import_calendar::RECOUNT;
/// The kind of job that makes the duties of plans for the present period.
pub const UNFOLD: &str = "duty.unfold";

/// What a job of [`RECOUNT`] does: all homes when it names none.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Recounting {
    home: Option<u32>,
    after: Option<DutyId>,
}

/// What a job of [`UNFOLD`] does.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Unfolding {
    home: u32,
    after: Option<PlanId>,
    /// Whether the next day's job is asked for at the end.
    daily: bool,
}

/// The handler of [`RECOUNT`].
pub struct Recount {
    /// Minutes east of UTC of the jurisdiction's clock.
    pub offset_minutes: i32,
}

/// The handler of [`UNFOLD`].
pub struct Unfold {
    /// Minutes east of UTC of the jurisdiction's clock.
    pub offset_minutes: i32,
}

impl Handler for Recount {
    fn kind(&self) -> &'static str {
        RECOUNT
    }

    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        let (asked, offset_minutes): (Recounting, _) = (job.read()?, self.offset_minutes);
        Ok(Outcome::Keep(Box::new(move |tx, cx| recounted(tx, cx, offset_minutes, &asked))))
    }
}

impl Handler for Unfold {
    fn kind(&self) -> &'static str {
        UNFOLD
    }

    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        let (asked, offset_minutes): (Unfolding, _) = (job.read()?, self.offset_minutes);
        Ok(Outcome::Keep(Box::new(move |tx, cx| unfolded(tx, cx, offset_minutes, &asked))))
    }
}

fn recounted(tx: &mut Tx<'_>, cx: &mut Context, offset_minutes: i32, asked: &Recounting) -> Result<(), Fault> {
    let Some(home) = asked.home.map(Home) else {
        for home in store::all_homes(tx)? {
            let payload = Recounting { home: Some(home.0), after: None };
            enqueue(tx, cx, &New { home, kind: RECOUNT, payload: &payload, dedup: None, run_at: None })?;
        }
        return Ok(());
    };
    let calendar = work::queries::calendar(tx)?;
    let reckoner = Reckoner { calendar: &calendar, offset_minutes };
    let part = recount::recount(tx, cx, &reckoner, home, asked.after.as_ref())?;
    if part.last.is_some() {
        let payload = Recounting { home: Some(home.0), after: part.last };
        enqueue(tx, cx, &New { home, kind: RECOUNT, payload: &payload, dedup: None, run_at: None })?;
    }
    Ok(())
}

fn unfolded(tx: &mut Tx<'_>, cx: &mut Context, offset_minutes: i32, asked: &Unfolding) -> Result<(), Fault> {
    let home = Home(asked.home);
    let calendar = work::queries::calendar(tx)?;
    let reckoner = Reckoner { calendar: &calendar, offset_minutes };
    let after = plan::unfold(tx, cx, &reckoner, home, asked.after.as_ref())?;
    if after.is_some() {
        let payload = Unfolding { after, ..asked.clone() };
        enqueue(tx, cx, &New { home, kind: UNFOLD, payload: &payload, dedup: None, run_at: None })?;
    } else if asked.daily {
        let next = add_days(&cx.day, 1);
        let payload = Unfolding { home: home.0, after: None, daily: true };
        let run_at = Some(midnight(&next, offset_minutes));
        enqueue(tx, cx, &New { home, kind: UNFOLD, payload: &payload, dedup: Some(next.as_str()), run_at })?;
    }
    Ok(())
}

/// Asks for today's unfolding in every home that has plans, whose end asks for tomorrow's. Asked for again on the same
/// day it asks for nothing, so every process may do it at its start. At most 1,000 homes.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn start(tx: &mut Tx<'_>, cx: &mut Context) -> Result<(), DbError> {
    for home in store::homes_with_plans(tx)? {
        let (payload, day) = (Unfolding { home: home.0, after: None, daily: true }, cx.day.clone());
        enqueue(tx, cx, &New { home, kind: UNFOLD, payload: &payload, dedup: Some(day.as_str()), run_at: None })?;
    }
    Ok(())
}

/// Asks for the first duties of a plan that was made just now, and for each day after it.
pub(super) fn planned(tx: &mut Tx<'_>, cx: &mut Context, home: Home) -> Result<(), DbError> {
    // without a key: today's round of the home may be over already
    let payload = Unfolding { home: home.0, after: None, daily: true };
    enqueue(tx, cx, &New { home, kind: UNFOLD, payload: &payload, dedup: None, run_at: None }).map(|_| ())
}

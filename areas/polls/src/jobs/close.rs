//! A poll closes by itself: on the day after its last, or some days later where papers are out or the office is to say how
//! many were present. So none stays open because nobody pressed a button.

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Instant};
use serde::{Deserialize, Serialize};
use work::{
    calendar::{add_days, midnight},
    jobs::{Failure, Handler, Job, New, Outcome, enqueue},
};

use crate::{
    Poll, PollId,
    commands::close::{Ended, close_by_itself},
};

/// The kind of job that closes a poll.
pub const CLOSE: &str = "poll.close";
/// Wait after somebody changed the poll at the same moment, in microseconds.
const SOON: i64 = 60 * 1_000_000;

/// What a job of [`CLOSE`] does.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Closing {
    poll: PollId,
}

/// The handler of [`CLOSE`].
pub struct Close;

impl Handler for Close {
    fn kind(&self) -> &'static str {
        CLOSE
    }

    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        let asked: Closing = job.read()?;
        Ok(Outcome::Keep(Box::new(move |tx, cx| closed(tx, cx, &asked.poll))))
    }
}

/// Asks for the first look, at the midnight that ends the last day.
pub(super) fn ask(tx: &mut Tx<'_>, cx: &mut Context, poll: &Poll) -> Result<(), DbError> {
    ask_on(tx, cx, &poll.id, &add_days(&poll.closes_day, 1))
}

fn ask_on(tx: &mut Tx<'_>, cx: &mut Context, poll: &PollId, day: &Day) -> Result<(), DbError> {
    let run_at = midnight(day, cx.offset_minutes).max(cx.now);
    let once = format!("{poll}/{day}");
    ask_at(tx, cx, poll, (run_at, Some(&once)))
}

fn ask_at(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    poll: &PollId,
    (run_at, dedup): (Instant, Option<&str>),
) -> Result<(), DbError> {
    let payload = Closing { poll: poll.clone() };
    let new = New { home: poll.home(), kind: CLOSE, payload: &payload, dedup, run_at: Some(run_at) };
    enqueue(tx, cx, &new).map(|_| ())
}

fn closed(tx: &mut Tx<'_>, cx: &mut Context, poll: &PollId) -> Result<(), Fault> {
    match close_by_itself(tx, cx, poll) {
        Ok(Ended::Closed) => Ok(()),
        Ok(Ended::On(day)) => Ok(ask_on(tx, cx, poll, &day)?),
        Err(fault) if fault.is_refusal("changed-meanwhile") => {
            let soon = Instant(cx.now.0.saturating_add(SOON));
            Ok(ask_at(tx, cx, poll, (soon, None))?)
        }
        Err(fault) => Err(fault),
    }
}

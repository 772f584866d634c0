//! Close a poll: by hand, or by itself when its time is over.

use ballots::paper;
use db::{Fault, Tx};
use kernel::{Context, Day, FieldError, Kind, Refusal};
use ledger::entry::{Draft, append, open_box};
use rights::{Action, Permit, authorize};
use serde_json::{Value, json};

use crate::{Poll, PollId, State, queries, rules, store};

/// Papers that the refusal `papers-open` names at most.
const NAMED: usize = 10;

/// From now on no ballot is taken; the sealed box is opened and its entries go into the log. `present` is how many were
/// there, where the rule counts them.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `poll-still-runs`, `papers-open`, `invalid-input`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn close(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, present: Option<u64>) -> Result<Poll, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &poll)?)?;
    if poll.state == State::Closed {
        return Ok(poll);
    }
    rules::expect(&poll, &[State::Open])?;
    let (voted, counts) = shut(tx, &permit, &poll)?;
    let out = counts.given.saturating_sub(counts.counted + counts.spoiled);
    rules::may_close(&poll, &cx.day, (voted, out))?;
    let present = present.filter(|_| poll.counts_present());
    if poll.counts_present() {
        counted(&poll, present, voted)?;
    }
    if counts.pending > 0 {
        let pending = paper::store::pending(tx, id.home(), id.as_str())?;
        let numbers: Vec<String> = pending.into_iter().map(|paper| paper.number).take(NAMED).collect();
        return Err(Refusal::new(Kind::Conflict, "papers-open")
            .with_int("papers", i64::try_from(counts.pending).unwrap_or(i64::MAX))
            .with_text("numbers", numbers.join(", "))
            .into());
    }
    store::set_closed(tx, cx, &permit, id, (present, false))?;
    seal_off(tx, cx, &permit, &poll, &closed(&counts, present))
}

/// How a poll that closes by itself came on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It is closed, now or before.
    Closed,
    /// It closes on this day.
    On(Day),
}

/// Closes a poll whose day for it has come (`rules::closes_by_itself`), whoever asks. Nobody said how many were present:
/// whoever voted was. What was read on a paper that nobody settled in time is taken back, and that paper counts as one that
/// was given and did not come back.
///
/// # Errors
/// Refusals `poll-not-found`, `place-not-found`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn close_by_itself(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId) -> Result<Ended, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &poll)?)?;
    if poll.state != State::Open {
        return Ok(Ended::Closed);
    }
    let counts = paper::store::counts(tx, id.home(), id.as_str())?;
    let due = rules::closes_by_itself(&poll, &counts);
    if cx.day < due {
        return Ok(Ended::On(due));
    }
    let (voted, counts) = shut(tx, &permit, &poll)?;
    paper::discard_pending(tx, &permit, id.as_str())?;
    let present = poll.counts_present().then_some(voted);
    let mut told = closed(&counts, present);
    told["by_itself"] = json!(true);
    told["papers_unsettled"] = json!(counts.pending);
    store::set_closed(tx, cx, &permit, id, (present, true))?;
    seal_off(tx, cx, &permit, &poll, &told)?;
    Ok(Ended::Closed)
}

/// Nobody votes and no paper is read from here on: this waits for every ballot that holds the poll's row, and whoever comes
/// later sees the new state. What is answered is read after it: how many voted, and what became of papers.
fn shut(tx: &mut Tx<'_>, permit: &Permit, poll: &Poll) -> Result<(u64, paper::Counts), Fault> {
    let id = &poll.id;
    if !store::close(tx, permit, poll)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let (_, voted) = queries::turnout(tx, id)?;
    Ok((voted, paper::store::counts(tx, id.home(), id.as_str())?))
}

/// What the log says of a close.
fn closed(counts: &paper::Counts, present: Option<u64>) -> Value {
    json!({
        "present": present, "papers_given": counts.given, "papers_counted": counts.counted,
        "papers_spoiled": counts.spoiled,
    })
}

/// Opens the sealed box of a poll that was shut, and tells the log.
fn seal_off(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, poll: &Poll, told: &Value) -> Result<Poll, Fault> {
    let id = &poll.id;
    open_box(tx, permit, id.as_str())?;
    append(tx, cx, permit, &Draft { kind: "poll.closed", subject: id.as_str(), public: told, private: None })?;
    queries::poll(tx, id)
}

/// Whoever voted was present, and nobody is present who is not on the roll. Where votes have weights, so has presence.
fn counted(poll: &Poll, present: Option<u64>, voted: u64) -> Result<(), Refusal> {
    let wrong = |code, limit: u64| {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Err(Refusal::invalid(vec![FieldError::new("present", code).with_limit(limit)]))
    };
    match present {
        None => Err(Refusal::invalid(vec![FieldError::new("present", "required")])),
        Some(present) if present < voted => wrong("too-small", voted),
        Some(present) if present > poll.weight => wrong("too-large", poll.weight),
        Some(_) => Ok(()),
    }
}

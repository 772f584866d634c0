//! Close a poll.

use ballots::paper;
use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal};
use ledger::entry::{Draft, append, open_box};
use rights::{Action, authorize};
use serde_json::json;

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
    let present = present.filter(|_| poll.counts_present());
    // this waits for every ballot that holds the poll's row, and whoever comes later sees the new state
    rules::expect(&poll, &[State::Open])?;
    if !store::close(tx, &permit, &poll, present)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    // read after the state has moved: nobody votes and no paper is read any more
    let (_, voted) = queries::turnout(tx, id)?;
    let counts = paper::store::counts(tx, id.home(), id.as_str())?;
    let out = counts.given.saturating_sub(counts.counted + counts.spoiled);
    rules::may_close(&poll, &cx.day, (voted, out))?;
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
    open_box(tx, &permit, id.as_str())?;
    let told = json!({
        "present": present, "papers_given": counts.given, "papers_counted": counts.counted,
        "papers_spoiled": counts.spoiled,
    });
    append(tx, cx, &permit, &Draft { kind: "poll.closed", subject: id.as_str(), public: &told, private: None })?;
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

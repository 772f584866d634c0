//! What is owed in a round: that its result is posted in time, and that the residents' committee sends its delegate. A result
//! that is late is owed by an officer besides.

use db::{Fault, Snapshot, Tx};
use kernel::{Context, Instant, Role};
use matters::duty::{
    self, Duty, Holder, State as Owed,
    give::{self, GiveDuty},
    meet::{self, Ending},
    nearest::to_nearest,
    queries::{Named, given, given_named},
};
use rights::{Action, Permit, authorize};
use serde::{Deserialize, Serialize};
use work::{
    clock::Rule,
    jobs::{Failure, Handler, Job, New, Outcome, enqueue},
};

use super::{Round, RoundId, State, Terms, queries};

/// The kind of job that looks whether a result was posted in time.
pub const LATE: &str = "owners.result-late";

/// What of a round is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// That its result is posted.
    Result,
    /// The same, by an officer, once it is late.
    Late,
    /// That the residents' committee sends a delegate.
    Delegate,
}

impl What {
    /// The kind of the duty.
    fn kind(self) -> &'static str {
        match self {
            What::Result => "owners-result",
            What::Late => "owners-late",
            What::Delegate => "owners-delegate",
        }
    }

    /// Who owes it, in this order.
    fn roles(self) -> &'static [Role] {
        match self {
            What::Result => &[Role::Worker, Role::Secretary, Role::Officer],
            What::Late => &[Role::Officer],
            // the residents' committee's own people
            What::Delegate => &[Role::Secretary, Role::Worker],
        }
    }

    /// A round that is thawed and called again owes anew.
    fn once(self, round: &Round) -> String {
        match self {
            What::Delegate => {
                let notice = round.notices.call.as_ref().map_or("", |notice| notice.as_str());
                format!("{} {notice}", self.kind())
            }
            _ => format!("{} {}", self.kind(), round.id),
        }
    }
}

fn give(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (round, what, rule): (&Round, What, &Rule),
    but: &[people::post::PostId],
) -> Result<Option<Duty>, Fault> {
    let make = |holder: Holder| GiveDuty {
        title: give::titled(what.kind(), &round.title),
        kind: what.kind().to_owned(),
        // what happens here meets it, and nothing else
        by_answer: true,
        may_extend: 0,
        once: what.once(round),
        page: format!("/rounds/{}", round.id),
        ..GiveDuty::new(round.place.clone(), holder, rule)
    };
    to_nearest(tx, cx, permit, (&round.place, what.roles(), but), make)
}

/// Gives the duty to post the result of a round that was closed just now, to the nearest worker, else secretary, else officer;
/// and asks for a look after its last day.
///
/// # Errors
/// Those of giving a duty; database faults.
pub(super) fn owe_result(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (round, terms): (&Round, &Terms),
) -> Result<(), Fault> {
    let duty = give(tx, cx, permit, (round, What::Result, &Rule::WithinDays(terms.posted_within)), &[])?;
    let days = i64::from(terms.posted_within) + 1;
    let until = duty.and_then(|duty| duty.deadline).map_or(Instant(cx.now.0 + days * 86_400_000_000), |due| due.until);
    let payload = Looking { round: round.id.clone() };
    let run_at = Some(Instant(until.0 + 1));
    enqueue(tx, cx, &New { home: permit.home(), kind: LATE, payload: &payload, dedup: None, run_at })?;
    Ok(())
}

/// Gives the residents' committee's people the duty to send a delegate before the vote opens. None where nobody holds a post.
///
/// # Errors
/// Those of giving a duty; database faults.
pub(super) fn owe_delegate(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (round, last): (&Round, &kernel::Day),
) -> Result<Option<Duty>, Fault> {
    give(tx, cx, permit, (round, What::Delegate, &Rule::OnDay(last.clone())), &[])
}

/// Ends what was owed: met, or no longer wanted. What nobody owes, or what has ended, stays as it is.
///
/// # Errors
/// Database faults; refusal `duty-ended` when it ends at the same moment.
pub(super) fn end(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (round, what, met): (&Round, What, bool),
) -> Result<(), Fault> {
    let duty = given(tx, permit.home(), &what.once(round))?;
    if let Some(duty) = duty.filter(|duty| duty.state.is_open()) {
        let state = (!met).then_some(Owed::Cancelled);
        meet::end(tx, cx, permit, &duty, &Ending { state, ..Ending::default() })?;
    }
    Ok(())
}

/// Who owes it and by when, as pages say it: no person's name.
///
/// # Errors
/// Database faults.
pub fn shown(s: &mut Snapshot<'_>, round: &Round, what: What) -> Result<Option<Named>, Fault> {
    Ok(given_named(s, round.id.home(), &what.once(round))?)
}

/// What a job of [`LATE`] looks at.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Looking {
    round: RoundId,
}

/// The handler of [`LATE`].
pub struct Late;

impl Handler for Late {
    fn kind(&self) -> &'static str {
        LATE
    }

    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        let asked: Looking = job.read()?;
        Ok(Outcome::Keep(Box::new(move |tx, cx| look(tx, cx, &asked.round))))
    }
}

/// A result that is still not posted is owed within a day by the nearest officer, beside whoever owed it before.
///
/// # Errors
/// Refusal `round-not-found`, those of giving a duty; database faults.
pub fn look(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId) -> Result<(), Fault> {
    let round = queries::round(tx, id)?;
    if !matches!(round.state, State::Closed | State::Counted) {
        return Ok(());
    }
    let permit = authorize(&cx.actor, Action::GiveDuty, id.home())?;
    let before = given(tx, permit.home(), &What::Result.once(&round))?;
    let before = before.and_then(|duty| match duty.holder {
        duty::Holder::Post(post) => Some(post),
        _ => None,
    });
    give(tx, cx, &permit, (&round, What::Late, &Rule::WithinDays(1)), before.as_slice())?;
    Ok(())
}

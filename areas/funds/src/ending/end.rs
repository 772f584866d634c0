//! Propose to close a project's account, at its end or before its time; and close it once somebody else has confirmed that.

use db::{Fault, Snapshot, Tx};
use kernel::{Context, Fen, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use matters::duty::{
    DutyId, Holder,
    give::{self, GiveDuty, titled},
};
use programmes::{SeasonId, project::queries as projects};
use rights::Permit;
use serde::Deserialize;
use serde_json::json;
use work::clock::{Reckoner, Rule};

use super::{Ask, Step, StepKind, expect_same, propose, store as steps};
use crate::{
    agreement::{Agreement, State, TrancheState, queries, store},
    book::{self, Account, AccountKind, Posting, Why, queries as books},
    case::{Case, expect_not_stopped},
    voucher,
};

/// Workdays within which money that is left is given back: this house's own number.
const WORKDAYS: &str = "workdays:15";

/// Why an agreement is terminated.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Terminate {
    /// 1 to 300 characters, shown on the project's page.
    pub reason: String,
}

/// Proposes to close the account of a project that is done: what it still holds it must give back, which becomes a duty;
/// what it spent and was not paid it bears itself. Of a settled project the step by which it was settled is the answer.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `agreement-not-found`, `agreement-not-signed`,
/// `agreement-ended`, `project-stopped`, `vouchers-waiting`, `tranche-open`, `step-waits`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn settle(tx: &mut Tx<'_>, cx: &mut Context, ids: (&SeasonId, u32)) -> Result<Step, Fault> {
    end(tx, cx, ids, (StepKind::Settled, ""))
}

/// Proposes to end an agreement before its time, with a reason: what was paid less what was lawfully spent must be given
/// back, which becomes a duty. Of a terminated agreement the step by which it was terminated is the answer.
///
/// # Errors
/// As [`settle`] without `project-stopped`, and `invalid-input`.
pub fn terminate(tx: &mut Tx<'_>, cx: &mut Context, ids: (&SeasonId, u32), input: &Terminate) -> Result<Step, Fault> {
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 300);
    // who has no right is told that first
    let (_, _) = Case::office(tx, cx, ids.0)?;
    let reason = shape.finish(reason)?;
    end(tx, cx, ids, (StepKind::Terminated, &reason))
}

/// Where an agreement is after a step.
fn state_after(kind: StepKind) -> State {
    if kind == StepKind::Settled { State::Settled } else { State::Terminated }
}

fn end(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project): (&SeasonId, u32),
    (kind, reason): (StepKind, &str),
) -> Result<Step, Fault> {
    let (_, permit) = Case::office(tx, cx, season)?;
    book::hold(tx, &permit, season)?;
    let agreement = queries::agreement(tx, season, project)?;
    if agreement.state == state_after(kind)
        && let Some(done) = steps::last(tx, season, (project, kind))?
    {
        return Ok(done);
    }
    let (held, owed) = left(tx, &agreement, (season, kind))?;
    let ask = Ask { kind, project, amount: held, borne: Fen(-owed.0), reason, once: "" };
    propose(tx, cx, (&permit, season), &ask)
}

/// What the account holds and is owed, where nothing stands in the way of closing it.
fn left(
    s: &mut Snapshot<'_>,
    agreement: &Agreement,
    (season, kind): (&SeasonId, StepKind),
) -> Result<(Fen, Fen), Fault> {
    let project = agreement.project;
    queries::expect_running(agreement)?;
    if kind == StepKind::Settled {
        // what failed is ended with a reason
        expect_not_stopped(s, season, project)?;
    }
    let waiting = voucher::store::waiting(s, season, project)?;
    if waiting > 0 {
        return Err(Refusal::new(Kind::Conflict, "vouchers-waiting").with_int("n", waiting).into());
    }
    if queries::tranches(s, season, project)?.iter().any(|tranche| tranche.state == TrancheState::Proposed) {
        return Err(Refusal::new(Kind::Conflict, "tranche-open").into());
    }
    let held = books::balance(s, season, Account::of(AccountKind::Held, project))?;
    Ok((held, books::balance(s, season, Account::of(AccountKind::Owed, project))?))
}

/// Closes the account, as it was proposed.
pub(super) fn done(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, case): (&Permit, &Case),
    step: &Step,
) -> Result<(), Fault> {
    let (season, project, to) = (&case.season.id, step.project, state_after(step.kind));
    let agreement = queries::agreement(tx, season, project)?;
    let (held, owed) = left(tx, &agreement, (season, step.kind))?;
    expect_same(step, (held, Fen(-owed.0)))?;
    let transfer = close(tx, cx, permit, (season, project), (to, held, owed))?;
    let duty = match held {
        Fen(0) => None,
        held => Some(owe(tx, cx, permit, (case, &agreement), held)?),
    };
    if !store::end(tx, permit, (season, project), (to, &step.reason, &cx.day), duty.as_ref())? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({
        "step": step.id, "project": project, "state": to, "to_give_back": held, "borne": step.borne,
        "transfer": transfer, "duty": duty,
    });
    let words = json!({ "reason": step.reason, "by": cx.actor.person(), "proposed_by": step.proposed_by });
    let entry = Draft { kind: "agreement.ended", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, permit, &entry)?;
    Ok(())
}

/// What it holds becomes what it must give back; what it is owed it bears. Nothing to move gives no transfer.
fn close(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    (season, project): (&SeasonId, u32),
    (to, held, owed): (State, Fen, Fen),
) -> Result<Option<i64>, Fault> {
    if held.0 == 0 && owed.0 == 0 {
        return Ok(None);
    }
    let mut postings =
        book::pair(Account::of(AccountKind::Claim, project), Account::of(AccountKind::Held, project), held);
    let borne = Fen(-owed.0);
    postings.extend(book::pair(
        Account::of(AccountKind::Owed, project),
        Account::of(AccountKind::Borne, project),
        borne,
    ));
    postings.retain(|posting: &Posting| posting.amount.0 != 0);
    let why = if to == State::Settled { Why::Settled } else { Why::Terminated };
    let (subject, once) = (project.to_string(), format!("end-{project}"));
    let entry = book::Entry { season, why, project: Some(project), subject: &subject, once: &once };
    book::post(tx, cx, permit, &entry, &book::transfer(postings)?).map(Some)
}

/// The duty of the other side to give it back.
fn owe(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (case, agreement): (&Case, &Agreement),
    amount: Fen,
) -> Result<DutyId, Fault> {
    let (season, project) = (&case.season.id, agreement.project);
    let holder = match (&agreement.party.org, &agreement.party.person) {
        (Some(org), _) => Holder::Org(org.clone()),
        (None, Some(person)) => Holder::Person(person.clone()),
        (None, None) => return Err(Refusal::new(Kind::Conflict, "agreement-not-signed").into()),
    };
    let name = projects::project(tx, season, project)?.name;
    let rule: Rule = WORKDAYS.parse().map_err(|_| db::DbError::Data(format!("rule {WORKDAYS}")))?;
    let calendar = work::queries::calendar(tx)?;
    let reckoner = Reckoner { calendar: &calendar, offset_minutes: cx.offset_minutes };
    let input = GiveDuty {
        title: titled("give-back", &name),
        kind: "give-back".to_owned(),
        words: amount.to_string(),
        once: format!("give-back-{season}-{project}"),
        page: format!("/seasons/{season}/projects/{project}/money"),
        ..GiveDuty::new(case.season.place.clone(), holder, &rule)
    };
    Ok(give::bind(tx, cx, &reckoner, permit, &input)?.id)
}

//! Close a project's account: at its end, or before its time.

use db::{Fault, Tx};
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

/// Closes the account of a project that is done: what it still holds it must give back, which becomes a duty; what it spent
/// and was not paid it bears itself. A settled project is answered as it is.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `agreement-not-found`, `agreement-not-signed`,
/// `agreement-ended`, `vouchers-waiting`, `tranche-open`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn settle(tx: &mut Tx<'_>, cx: &mut Context, ids: (&SeasonId, u32)) -> Result<Agreement, Fault> {
    end(tx, cx, ids, (State::Settled, ""))
}

/// Ends an agreement before its time, with a reason: what was paid less what was lawfully spent must be given back, which
/// becomes a duty. A terminated agreement is answered as it is.
///
/// # Errors
/// As [`settle`], and `invalid-input`.
pub fn terminate(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    ids: (&SeasonId, u32),
    input: &Terminate,
) -> Result<Agreement, Fault> {
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 300);
    // who has no right is told that first
    let (_, _) = Case::office(tx, cx, ids.0)?;
    let reason = shape.finish(reason)?;
    end(tx, cx, ids, (State::Terminated, &reason))
}

fn end(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project): (&SeasonId, u32),
    (to, reason): (State, &str),
) -> Result<Agreement, Fault> {
    let (case, permit) = Case::office(tx, cx, season)?;
    book::hold(tx, &permit, season)?;
    let agreement = queries::agreement(tx, season, project)?;
    if agreement.state == to {
        return Ok(agreement);
    }
    queries::expect_running(&agreement)?;
    if to == State::Settled {
        // what failed is ended with a reason
        expect_not_stopped(tx, season, project)?;
    }
    let waiting = voucher::store::waiting(tx, season, project)?;
    if waiting > 0 {
        return Err(Refusal::new(Kind::Conflict, "vouchers-waiting").with_int("n", waiting).into());
    }
    if queries::tranches(tx, season, project)?.iter().any(|tranche| tranche.state == TrancheState::Proposed) {
        return Err(Refusal::new(Kind::Conflict, "tranche-open").into());
    }
    let held = books::balance(tx, season, Account::of(AccountKind::Held, project))?;
    let owed = books::balance(tx, season, Account::of(AccountKind::Owed, project))?;
    let transfer = close(tx, cx, &permit, (season, project), (to, held, owed))?;
    let duty = match held {
        Fen(0) => None,
        held => Some(owe(tx, cx, &permit, (&case, &agreement), held)?),
    };
    if !store::end(tx, &permit, (season, project), (to, reason, &cx.day), duty.as_ref())? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({
        "project": project, "state": to, "to_give_back": held, "borne": Fen(-owed.0), "transfer": transfer, "duty": duty,
    });
    let words = json!({ "reason": reason, "by": cx.actor.person() });
    let entry = Draft { kind: "agreement.ended", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    queries::agreement(tx, season, project)
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

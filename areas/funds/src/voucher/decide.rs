//! Approve a voucher, or refuse it with a reason.

use db::{Fault, Tx};
use kernel::{Context, Fen, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{State, Voucher, VoucherId, queries, store};
use crate::{
    agreement::{queries as agreements, store as accounts, store::Part},
    book::{self, Account, AccountKind, Posting, Why, queries as books},
    case::{Case, expect_approved, expect_not_stopped},
};

/// Why a voucher is refused.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct RefuseVoucher {
    /// 1 to 300 characters, for those who handed it in.
    pub reason: String,
}

/// Approves a voucher: another person than who handed it in, with no part in the project. What the project holds pays for
/// it; what it does not hold, the office owes it. A voucher that is approved is answered as it is.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `agreement-not-found`, `voucher-not-found`,
/// `voucher-decided`, `agreement-ended`, `second-person-needed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn approve(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project): (&SeasonId, u32),
    id: &VoucherId,
) -> Result<Voucher, Fault> {
    let (voucher, permit) = open(tx, cx, (season, project), id)?;
    match voucher.state {
        State::Approved => return Ok(voucher),
        State::Refused => return Err(Refusal::new(Kind::Conflict, "voucher-decided").into()),
        State::Waiting => {}
    }
    expect_not_stopped(tx, season, project)?;
    let ids = (season, project, voucher.line);
    let first = store::decide(tx, cx, &permit, &voucher, (State::Approved, ""))?;
    if !first || !accounts::part(tx, &permit, ids, Part::Spend, voucher.amount)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let held = Account::of(AccountKind::Held, project);
    let from_held = voucher.amount.0.min(books::balance(tx, season, held)?.0);
    let postings = vec![
        Posting { account: Account::spent(project, voucher.line), amount: voucher.amount },
        Posting { account: held, amount: Fen(-from_held) },
        Posting { account: Account::of(AccountKind::Owed, project), amount: Fen(from_held - voucher.amount.0) },
    ];
    let once = format!("voucher-{id}");
    let entry = book::Entry { season, why: Why::Spent, project: Some(project), subject: id.as_str(), once: &once };
    let transfer = book::post(tx, cx, &permit, &entry, &book::transfer(postings)?)?;
    let told = json!({
        "project": project, "voucher": id, "number": voucher.number, "amount": voucher.amount, "transfer": transfer,
    });
    let words = json!({ "by": cx.actor.person() });
    let entry = Draft { kind: "voucher.approved", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    queries::voucher(tx, (season, project), id)
}

/// Refuses a voucher with a reason, by whom could approve it. Its part of the budget line is free again, and a mended paper
/// can be handed in anew.
///
/// # Errors
/// As [`approve`], and `invalid-input`.
pub fn refuse(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project): (&SeasonId, u32),
    (id, input): (&VoucherId, &RefuseVoucher),
) -> Result<Voucher, Fault> {
    let (voucher, permit) = open(tx, cx, (season, project), id)?;
    match voucher.state {
        State::Refused => return Ok(voucher),
        State::Approved => return Err(Refusal::new(Kind::Conflict, "voucher-decided").into()),
        State::Waiting => {}
    }
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 300);
    let reason = shape.finish(reason)?;
    let ids = (season, project, voucher.line);
    let first = store::decide(tx, cx, &permit, &voucher, (State::Refused, &reason))?;
    if !first || !accounts::part(tx, &permit, ids, Part::Free, voucher.amount)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    store::free_marks(tx, &permit, &voucher)?;
    let told = json!({ "project": project, "voucher": id, "number": voucher.number, "amount": voucher.amount });
    let words = json!({ "by": cx.actor.person(), "reason": reason });
    let entry = Draft { kind: "voucher.refused", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    queries::voucher(tx, (season, project), id)
}

/// The voucher and the right to decide it, with the book held: whoever comes second sees what the first has done.
fn open(
    tx: &mut Tx<'_>,
    cx: &Context,
    (season, project): (&SeasonId, u32),
    id: &VoucherId,
) -> Result<(Voucher, Permit), Fault> {
    let case = Case::of(tx, season)?;
    let right = authorize(&cx.actor, Action::RunSeason, &case.site)?;
    expect_approved(&case.season)?;
    book::hold(tx, &right, season)?;
    let agreement = agreements::agreement(tx, season, project)?;
    let voucher = queries::voucher(tx, (season, project), id)?;
    let permit = case.checker(cx, &agreement.party, voucher.handed_by.as_ref())?;
    if voucher.state == State::Waiting {
        agreements::expect_running(&agreement)?;
    }
    Ok((voucher, permit))
}

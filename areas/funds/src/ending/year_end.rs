//! The end of a year: propose that public money that is left goes back; and let it go once somebody else has confirmed that.

use db::{Fault, Snapshot, Tx};
use kernel::{Context, Fen, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use rights::Permit;
use serde_json::json;

use super::{Ask, Step, StepKind, expect_same, propose};
use crate::{
    agreement,
    book::{self, Account, AccountKind, Why},
    case::Case,
    source,
};

/// Proposes to give the public's money back that is left in the bank, where the template says that none is carried over.
/// None where nothing is left.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `money-carries-over`, `agreements-running`,
/// `step-waits`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn year_end(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId) -> Result<Option<Step>, Fault> {
    let (case, permit) = Case::office(tx, cx, season)?;
    book::hold(tx, &permit, season)?;
    let amount = Fen(left(tx, &case)?.iter().map(|(_, fen)| fen.0).sum());
    if amount == Fen(0) {
        return Ok(None);
    }
    let ask = Ask { kind: StepKind::Lapsed, project: 0, amount, borne: Fen(0), reason: "", once: "" };
    propose(tx, cx, (&permit, season), &ask).map(Some)
}

/// What is left of each public source, where nothing stands in the way of giving it back.
fn left(s: &mut Snapshot<'_>, case: &Case) -> Result<Vec<(u32, Fen)>, Fault> {
    let season = &case.season.id;
    if case.funds.carry_over {
        return Err(Refusal::new(Kind::Conflict, "money-carries-over").into());
    }
    let running = agreement::store::running(s, season)?;
    if running > 0 {
        return Err(Refusal::new(Kind::Conflict, "agreements-running").with_int("n", running).into());
    }
    Ok(source::queries::public_money(s, season)?)
}

/// Gives it back, as it was proposed.
pub(super) fn done(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, case): (&Permit, &Case),
    step: &Step,
) -> Result<(), Fault> {
    let season = &case.season.id;
    let money = left(tx, case)?;
    expect_same(step, (Fen(money.iter().map(|(_, fen)| fen.0).sum()), Fen(0)))?;
    let pairs = money.iter().flat_map(|(number, fen)| {
        book::pair(Account::of(AccountKind::Back, *number), Account::of(AccountKind::Bank, *number), *fen)
    });
    // what comes back after that lapses at the next end
    let once = step.id.as_str();
    let entry = book::Entry { season, why: Why::Lapsed, project: None, subject: "", once };
    let transfer = book::post(tx, cx, permit, &entry, &book::transfer(pairs.collect())?)?;
    let told = json!({ "step": step.id, "amount": step.amount, "transfer": transfer });
    let words = json!({ "by": cx.actor.person(), "proposed_by": step.proposed_by });
    let draft = Draft { kind: "fund.lapsed", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, permit, &draft)?;
    Ok(())
}

//! Propose to enter money that a project gave back; and enter it once somebody else has confirmed that.

use db::{DbError, Fault, Tx};
use kernel::{Context, Fen, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use matters::duty::{
    meet::{self, Ending},
    queries as duties,
};
use programmes::SeasonId;
use rights::Permit;
use serde::Deserialize;
use serde_json::json;

use super::{Ask, Step, StepKind, propose, store as steps};
use crate::{
    agreement::{Agreement, queries},
    book::{self, Account, AccountKind, Posting, Why, queries as books, rules::draw},
    case::Case,
    source, typed,
};

/// Money that came back, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct GiveBack {
    /// In whole units with up to two decimals.
    pub amount: String,
    /// A text the sender makes up for this one return, at most 64 characters, so that sending twice enters once.
    pub once: String,
}

/// Proposes to enter money that a project gave back, of what it must give back and of what it holds. It goes to the sources
/// from which it was drawn, those that are not the public's first. When nothing is left to give back, the duty is met. The
/// same `once` again does nothing more.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `season-without-funds`, `wrong-stage`, `agreement-not-found`,
/// `step-waits`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn give_back(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project): (&SeasonId, u32),
    input: &GiveBack,
) -> Result<Step, Fault> {
    let (_, permit) = Case::office(tx, cx, season)?;
    queries::agreement(tx, season, project)?;
    let mut shape = Shape::new();
    let amount = typed::amount(&mut shape, "amount", &input.amount);
    let once = shape.optional_line("once", &input.once, 64);
    let (amount, once) = shape.finish((amount, once))?;
    let once = if once.is_empty() { once } else { format!("return-{project}-{once}") };
    book::hold(tx, &permit, season)?;
    if let Some(there) = steps::once(tx, season, &once)? {
        return Ok(there);
    }
    // that it can be done is told at once
    postings(tx, (season, project), amount)?;
    let (kind, borne) = (StepKind::Returned, Fen(0));
    propose(tx, cx, (&permit, season), &Ask { kind, project, amount, borne, reason: "", once: &once })
}

/// Enters it, as it was proposed.
pub(super) fn done(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, season): (&Permit, &SeasonId),
    step: &Step,
) -> Result<(), Fault> {
    let (project, amount) = (step.project, step.amount);
    let (postings, left) = postings(tx, (season, project), amount)?;
    let (why, subject) = (Why::Returned, project.to_string());
    let entry = book::Entry { season, why, project: Some(project), subject: &subject, once: step.id.as_str() };
    let transfer = book::post(tx, cx, permit, &entry, &book::transfer(postings)?)?;
    let told = json!({ "step": step.id, "project": project, "amount": amount, "left": left, "transfer": transfer });
    let words = json!({ "by": cx.actor.person(), "proposed_by": step.proposed_by });
    let draft = Draft { kind: "fund.returned", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, permit, &draft)?;
    let agreement = queries::agreement(tx, season, project)?;
    if left == Fen(0) { meet(tx, cx, permit, &agreement) } else { Ok(()) }
}

/// The postings, and what must still be given back.
fn postings(tx: &mut Tx<'_>, (season, project): (&SeasonId, u32), amount: Fen) -> Result<(Vec<Posting>, Fen), Fault> {
    let (claim, held) = (Account::of(AccountKind::Claim, project), Account::of(AccountKind::Held, project));
    let (claimed, holds) = (books::balance(tx, season, claim)?, books::balance(tx, season, held)?);
    if amount.0 > claimed.0 + holds.0 {
        let there = Fen(claimed.0 + holds.0).to_string();
        let args = vec![("limit", kernel::Arg::Text(there))];
        return Err(Refusal::invalid(vec![FieldError { field: "amount", code: "money-over-held", args }]).into());
    }
    let of_claim = amount.0.min(claimed.0);
    let mut drawn = books::drawn(tx, season, project)?;
    source::queries::public_first(tx, season, &mut drawn)?;
    drawn.reverse();
    let back = draw(&drawn, amount);
    let back =
        back.ok_or_else(|| DbError::Data(format!("{season}: project {project} gives back more than it drew")))?;
    let mut postings = vec![
        Posting { account: claim, amount: Fen(-of_claim) },
        Posting { account: held, amount: Fen(of_claim - amount.0) },
    ];
    postings.extend(
        back.into_iter().map(|(number, fen)| Posting { account: Account::of(AccountKind::Bank, number), amount: fen }),
    );
    Ok((postings, Fen(claimed.0 - of_claim)))
}

fn meet(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, agreement: &Agreement) -> Result<(), Fault> {
    let Some(id) = &agreement.duty else { return Ok(()) };
    let duty = duties::duty(tx, id)?;
    if !duty.state.is_open() {
        return Ok(());
    }
    match meet::end(tx, cx, permit, &duty, &Ending::default()) {
        Err(Fault::Refused(refusal)) if refusal.code == "duty-ended" => {
            Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into())
        }
        other => other.map(|_| ()),
    }
}

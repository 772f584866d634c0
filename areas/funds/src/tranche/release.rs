//! Pay a tranche out.

use db::{Fault, Tx};
use kernel::{Context, Fen, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use rights::{Action, authorize};
use serde_json::json;

use super::{expect_condition, in_turn};
use crate::{
    agreement::{TrancheState, queries, store},
    book::{self, Account, AccountKind, Posting, Why, queries as books, rules::draw},
    case::{Case, expect_approved},
    source,
};

/// Releases a tranche: another person than who proposed it, with no part in the project. The money is drawn from the
/// sources in order, those of the public first; what the project has spent before it was paid is made up for, the rest
/// it holds. A tranche that is released is answered as it is.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `agreement-not-found`, `agreement-not-signed`,
/// `agreement-ended`, `tranche-not-found`, `tranche-order`, `tranche-not-proposed`, `second-person-needed`, those of
/// [`expect_condition`], `not-enough-money`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn release(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project, number): (&SeasonId, u32, u32),
) -> Result<TrancheState, Fault> {
    let case = Case::of(tx, season)?;
    let right = authorize(&cx.actor, Action::RunSeason, &case.site)?;
    expect_approved(&case.season)?;
    // whoever comes second waits here, and then sees what the first has done
    book::hold(tx, &right, season)?;
    let agreement = queries::agreement(tx, season, project)?;
    let tranches = queries::tranches(tx, season, project)?;
    let tranche = in_turn(&tranches, number)?;
    match tranche.state {
        TrancheState::Released => return Ok(TrancheState::Released),
        TrancheState::Planned => return Err(Refusal::new(Kind::Conflict, "tranche-not-proposed").into()),
        TrancheState::Proposed => {}
    }
    let permit = case.checker(cx, &agreement.party, tranche.proposed_by.as_ref())?;
    queries::expect_running(&agreement)?;
    expect_condition(tx, season, &agreement, tranche.condition)?;
    if !store::release(tx, &permit, (season, project, number), (cx.actor.person(), &cx.day))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let mut transfer = None;
    // a grant of a few fen may have a part of nothing
    if tranche.amount.0 > 0 {
        let postings = postings(tx, (season, project), tranche.amount)?;
        let (subject, once) = (number.to_string(), format!("tranche-{project}-{number}"));
        let (why, project) = (Why::Released, Some(project));
        let entry = book::Entry { season, why, project, subject: &subject, once: &once };
        transfer = Some(book::post(tx, cx, &permit, &entry, &book::transfer(postings)?)?);
    }
    let told = json!({ "project": project, "tranche": number, "amount": tranche.amount, "transfer": transfer });
    let words = json!({ "by": cx.actor.person(), "proposed_by": tranche.proposed_by });
    let entry = Draft { kind: "tranche.released", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(TrancheState::Released)
}

fn postings(tx: &mut Tx<'_>, (season, project): (&SeasonId, u32), amount: Fen) -> Result<Vec<Posting>, Fault> {
    let money = source::queries::money(tx, season)?;
    let there: i64 = money.iter().map(|(_, fen)| fen.0).sum();
    let short = || Refusal::new(Kind::Conflict, "not-enough-money").with_text("there", Fen(there).to_string());
    let drawn = draw(&money, amount).ok_or_else(short)?;
    let owed = Account::of(AccountKind::Owed, project);
    // stored below nothing
    let owing = -books::balance(tx, season, owed)?.0;
    let made_up = owing.clamp(0, amount.0);
    let mut postings = vec![
        Posting { account: owed, amount: Fen(made_up) },
        Posting { account: Account::of(AccountKind::Held, project), amount: Fen(amount.0 - made_up) },
    ];
    postings.extend(
        drawn
            .into_iter()
            .map(|(source, fen)| Posting { account: Account::of(AccountKind::Bank, source), amount: Fen(-fen.0) }),
    );
    Ok(postings)
}

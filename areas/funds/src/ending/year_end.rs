//! The end of a year: public money that is left goes back.

use db::{Fault, Tx};
use kernel::{Context, Fen, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use serde_json::json;

use crate::{
    agreement,
    book::{self, Account, AccountKind, Why},
    case::Case,
    source,
};

/// Gives the public's money back that is left in the bank, where the template says that none is carried over. Answers how
/// much; nothing where nothing is left.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `money-carries-over`, `agreements-running`,
/// `not-allowed`; database faults.
pub fn year_end(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId) -> Result<Fen, Fault> {
    let (case, permit) = Case::office(tx, cx, season)?;
    if case.funds.carry_over {
        return Err(Refusal::new(Kind::Conflict, "money-carries-over").into());
    }
    book::hold(tx, &permit, season)?;
    let running = agreement::store::running(tx, season)?;
    if running > 0 {
        return Err(Refusal::new(Kind::Conflict, "agreements-running").with_int("n", running).into());
    }
    let money = source::queries::public_money(tx, season)?;
    let sum = Fen(money.iter().map(|(_, fen)| fen.0).sum());
    if sum == Fen(0) {
        return Ok(sum);
    }
    let pairs = money.iter().flat_map(|(number, fen)| {
        book::pair(Account::of(AccountKind::Back, *number), Account::of(AccountKind::Bank, *number), *fen)
    });
    // what comes back after that lapses at the next end
    let once = format!("lapsed-{}", cx.id::<()>(permit.home()));
    let entry = book::Entry { season, why: Why::Lapsed, project: None, subject: "", once: &once };
    let transfer = book::post(tx, cx, &permit, &entry, &book::transfer(pairs.collect())?)?;
    let told = json!({ "amount": sum, "transfer": transfer });
    let words = json!({ "by": cx.actor.person() });
    let draft = Draft { kind: "fund.lapsed", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &draft)?;
    Ok(sum)
}

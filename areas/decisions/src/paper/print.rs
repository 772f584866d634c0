//! Print blank papers.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::{Phase, SeasonId, season::hold};
use rights::{Action, authorize};
use serde_json::json;

use super::{office, store};

/// Papers of one page.
pub const PAGE: usize = 20;

/// Makes numbers for [`PAGE`] blank papers: ten random digits each, in no order.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `not-allowed`; database faults.
pub fn print(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId) -> Result<Vec<String>, Fault> {
    let held = hold(tx, season)?;
    let permit = authorize(&cx.actor, Action::Enrol, &office(tx, &cx.actor, &held)?)?;
    if held.phase >= Phase::Closed || held.n_projects == 0 {
        let refusal = Refusal::new(Kind::Conflict, "wrong-phase").with_text("phase", held.phase.as_str());
        return Err(refusal.with_text("expected", Phase::Voting.as_str()).into());
    }
    let mut numbers = Vec::with_capacity(PAGE);
    for _ in 0..PAGE {
        let number = format!("{:010}", cx.chance.bits128() % 10_000_000_000);
        if store::insert(tx, &permit, season, &number)? {
            numbers.push(number);
        }
    }
    let told = json!({ "papers": numbers.len() });
    append(tx, cx, &permit, &Draft { kind: "papers.printed", subject: season.as_str(), public: &told, private: None })?;
    Ok(numbers)
}

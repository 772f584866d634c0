//! Print blank papers.

use db::{Fault, Tx};
use kernel::Context;
use ledger::entry::{Draft, append};
use programmes::{SeasonId, season::hold};
use rights::{Action, authorize};
use serde_json::json;

use super::office;
use crate::rules;

pub use ballots::paper::PAGE;

/// Makes numbers for [`PAGE`] blank papers: ten random digits each, in no order.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `not-allowed`; database faults.
pub fn print(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId) -> Result<Vec<String>, Fault> {
    let held = hold(tx, season)?;
    let permit = authorize(&cx.actor, Action::Enrol, &office(tx, &cx.actor, &held)?)?;
    rules::still_open(&held)?;
    if held.n_projects == 0 {
        return Err(rules::not_voting(&held).into());
    }
    let numbers = ballots::paper::print(tx, cx, &permit, season.as_str())?;
    let told = json!({ "papers": numbers.len() });
    append(tx, cx, &permit, &Draft { kind: "papers.printed", subject: season.as_str(), public: &told, private: None })?;
    Ok(numbers)
}

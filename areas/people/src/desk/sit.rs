//! Sit at a desk entry: what is done from here on is done for its person.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};

use super::{DeskId, Receipt, ReceiptNumber, Sent, queries, rules, take};

/// The desk entry that a form or an address names: none where nothing is typed. What is no id is refused, so that nothing
/// that was meant for somebody else goes on in the worker's own name.
///
/// # Errors
/// Refusal `desk-not-found`.
pub fn typed(text: &str) -> Result<Option<DeskId>, Refusal> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Refusal::new(Kind::NotFound, "desk-not-found")),
    }
}

/// From here on what the context does is done for the person of the entry. Where the same came in with it before, the
/// receipt that was given then: a form that is sent twice. Anything else finds the entry ended, and is not lost.
///
/// # Errors
/// Refusals `sign-in-first`, `desk-not-found` (also for another worker's), `desk-expired`, `desk-ended`; database faults.
pub fn sit(tx: &mut Tx<'_>, cx: &mut Context, id: &DeskId, sent: &Sent) -> Result<Option<Receipt>, Fault> {
    let worker = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    match take(tx, id, &worker, cx.now) {
        Err(Fault::Refused(refusal)) if refusal.code == "desk-ended" => {
            let entry = queries::entry(tx, id)?;
            let digits = rules::again(&entry, sent).ok_or(refusal)?;
            Ok(Some(queries::receipt(tx, ReceiptNumber { home: id.home(), digits })?))
        }
        behalf => {
            cx.behalf = Some(behalf?);
            Ok(None)
        }
    }
}

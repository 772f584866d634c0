//! End a desk entry with its receipt.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use super::{DeskId, Receipt, ReceiptNumber, Sent, queries, rules, store};
use crate::find;

/// What came in.
#[derive(Debug, Clone, Copy)]
pub struct Done<'a> {
    /// Its kind, such as `idea`: the words are `thing-<kind>`.
    pub thing: &'static str,
    /// Its id.
    pub id: &'a str,
    /// Its title, if its page is public; else empty. The receipt's page shows it to whoever has the number.
    pub title: &'a str,
    /// The page where it is shown: a path of this site.
    pub page: &'a str,
    /// What was sent for it.
    pub sent: Sent,
}

/// Gives the receipt, in the transaction that made the thing. The same thing again gives the same receipt.
///
/// # Errors
/// Refusals `sign-in-first`, `not-allowed` (the worker's role is over), `desk-not-found`, `desk-expired`, `desk-ended`;
/// database faults.
pub fn finish(tx: &mut Tx<'_>, cx: &mut Context, id: &DeskId, done: &Done<'_>) -> Result<Receipt, Fault> {
    let worker = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let entry = queries::entry(tx, id)?;
    let place = find::place(tx, &entry.place)?;
    let permit = authorize(&cx.actor, Action::EnterForAnother, &place.site()?)?;
    if let (true, Some(digits)) = (entry.worker == *worker && entry.thing_id.as_deref() == Some(done.id), entry.receipt)
    {
        return queries::receipt(tx, ReceiptNumber { home: id.home(), digits });
    }
    rules::is_good(&entry, worker, cx.now)?;
    let mut number = ReceiptNumber::of(id, 0);
    // ten digits are wide: that even the second is taken does not happen in a lifetime
    for turn in 1..8 {
        if !store::is_taken(tx, number)? {
            break;
        }
        number = ReceiptNumber::of(id, turn);
    }
    match store::finish(tx, &permit, &entry, (number, done, cx.now)) {
        Err(DbError::Unique(_)) | Ok(false) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    };
    let public = json!({ "thing": done.thing, "id": done.id, "source": entry.source.as_str() });
    let private = json!({ "receipt": number.to_string(), "worker": entry.worker, "person": entry.person });
    let subject = done.id;
    append(tx, cx, &permit, &Draft { kind: "desk.receipted", subject, public: &public, private: Some(&private) })?;
    queries::receipt(tx, number)
}

//! Sign for a side.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Handover, HandoverId, ItemState, Side, mark::met, not_found, queries, store};

/// For which side somebody signs.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct SignHandover {
    /// `old`, `new` or `residents`.
    pub side: Side,
}

/// Signs for a side: whoever holds a seat in its organisation, once something was said of every item. Three sides, three
/// people; the third signature closes the handover and meets the old firm's duty. A side that has signed is answered as it
/// is.
///
/// # Errors
/// Refusals `handover-not-found`, `handover-items-open`, `signed-for-another`, `changed-meanwhile`, `not-allowed`,
/// `sign-in-first`; database faults.
pub fn sign(tx: &mut Tx<'_>, cx: &mut Context, id: &HandoverId, side: Side) -> Result<Handover, Fault> {
    let handover = store::held(tx, id)?.ok_or_else(not_found)?;
    let resource = Resource::of(id.home()).of_organisation(Some(handover.org(side)));
    let permit = authorize(&cx.actor, Action::WriteProposal, resource)?;
    let person = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let signs = queries::signs(tx, id)?;
    if signs.iter().any(|sign| sign.side == side) {
        return Ok(handover);
    }
    if signs.iter().any(|sign| sign.person == person) {
        return Err(Refusal::new(Kind::Conflict, "signed-for-another").into());
    }
    let open = queries::items(tx, id)?.iter().filter(|item| item.state == ItemState::Open).count();
    if open > 0 {
        let n = i64::try_from(open).unwrap_or(0);
        return Err(Refusal::new(Kind::Conflict, "handover-items-open").with_int("n", n).into());
    }
    match store::sign(tx, cx, &permit, (id, side.as_str(), &person)) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let is_last = signs.len() + 1 == Side::ALL.len();
    if is_last {
        if !store::close(tx, &permit, id)? {
            return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
        }
        met(tx, cx, &permit, &handover.duty)?;
    }
    let told = json!({ "handover": id, "side": side, "signed": is_last });
    let words = json!({ "by": person });
    let entry = Draft { kind: "handover.signed", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    queries::handover(tx, id)
}

//! End a seat before its last day.

use db::{Fault, Tx};
use kernel::{Context, Kind, OrgId, Refusal};
use ledger::entry::{Draft, append};
use serde_json::json;

use super::{Seat, SeatId, queries, rules, seat::permitted, store};
use crate::find;

/// Ends the seat today. Who may give it may end it.
///
/// # Errors
/// Refusals `org-not-found`, `seat-not-found`, `seat-ended`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn unseat(tx: &mut Tx<'_>, cx: &mut Context, org: &OrgId, seat: &SeatId) -> Result<Seat, Fault> {
    let org = queries::org(tx, org)?;
    let held = store::seat(tx, &org.id, seat)?.ok_or_else(|| Refusal::new(Kind::NotFound, "seat-not-found"))?;
    let place = find::place(tx, &org.place)?;
    let permit = permitted(tx, cx, (&org, &place), held.leads)?;
    rules::may_unseat(&held, &cx.day)?;
    let by = store::By { person: cx.actor.person(), day: &cx.day };
    if !store::end_seat(tx, &permit, &org.id, seat, &by)? {
        return Err(Refusal::new(Kind::Conflict, "seat-ended").into());
    }
    // what others read of the seats is no longer so
    if !store::turn(tx, &permit, &org)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "org": org.id, "seat": held.id, "leads": held.leads });
    let private = json!({ "person": held.person, "by": cx.actor.person() });
    let subject = org.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "seat.ended", subject, public: &public, private: Some(&private) })?;
    Ok(Seat { ended: Some(cx.day.clone()), ..held })
}

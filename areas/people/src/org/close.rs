//! Close an organisation.

use db::{Fault, Tx};
use kernel::{Context, Kind, OrgId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Org, queries, rules, store};
use crate::{find, post::store::Ending};

/// Why an organisation closes, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Close {
    /// At most 200 characters. Kept out of the public log.
    #[serde(default)]
    pub reason: String,
}

/// Closes the organisation and ends its seats. What it did stays where it was recorded.
///
/// # Errors
/// Refusals `invalid-input`, `org-not-found`, `org-closed`, `duties-open` with their number, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn close(tx: &mut Tx<'_>, cx: &mut Context, org: &OrgId, input: &Close) -> Result<Org, Fault> {
    let mut shape = Shape::new();
    let reason = shape.optional_line("reason", &input.reason, 200);
    let reason = shape.finish(reason)?;
    let org = queries::org(tx, org)?;
    let place = find::place(tx, &org.place)?;
    let permit = authorize(&cx.actor, Action::KeepOrganisations, &place.site()?)?;
    rules::may_close(&org)?;
    let how = Ending { day: &cx.day, by: cx.actor.person(), reason: &reason };
    if !store::close(tx, &permit, &org, &how)? {
        rules::may_close(&queries::org(tx, &org.id)?)?;
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let by = store::By { person: cx.actor.person(), day: &cx.day };
    let seats = store::end_seats(tx, &permit, &org.id, &by)?;
    let (public, private) = (json!({ "org": org.id, "seats": seats }), json!({ "reason": reason }));
    let subject = org.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "org.closed", subject, public: &public, private: Some(&private) })?;
    Ok(Org { closed: Some(cx.day.clone()), revision: org.revision + 1, ..org })
}

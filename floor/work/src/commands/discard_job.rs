//! Give a dead job up for good.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Site};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use crate::{jobs::JobId, store};

/// Deletes a dead job with its payload.
///
/// # Errors
/// Refusals `not-allowed` (and its kin), `job-not-found` when it is not dead (any more); database faults.
pub fn discard_job(tx: &mut Tx<'_>, cx: &mut Context, site: &Site, id: &JobId) -> Result<(), Fault> {
    let permit = authorize(&cx.actor, Action::KeepJobs, site)?;
    let kind = super::dead_kind(tx, site, id)?;
    if !store::discard_job(tx, &permit, id)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "job": id, "kind": kind });
    append(tx, cx, &permit, &Draft { kind: "job.discarded", subject: id.as_str(), public: &told, private: None })?;
    Ok(())
}

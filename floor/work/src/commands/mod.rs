//! One verb a file, one transaction each.

pub mod discard_job;
pub mod import_calendar;
pub mod retry_job;

use db::{Fault, Snapshot};
use kernel::{Kind, Refusal, Site};

use crate::{jobs::JobId, store};

/// The kind of a dead job of the site's home.
fn dead_kind(s: &mut Snapshot<'_>, site: &Site, id: &JobId) -> Result<String, Fault> {
    let absent = || Refusal::new(Kind::NotFound, "job-not-found");
    if id.home() != site.home {
        return Err(absent().into());
    }
    Ok(store::dead_job(s, id)?.ok_or_else(absent)?)
}

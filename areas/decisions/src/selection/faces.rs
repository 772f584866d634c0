//! What both faces of a list do in several transactions.

use db::Fault;
use programmes::{SeasonId, page};
use web::{Rim, Visit};

use super::approve::{approve, open_some};

/// Approves the list and opens the matters of its projects.
///
/// # Errors
/// Those of [`approve`] and [`open_some`].
pub(super) async fn approve_and_open(rim: &Rim, visit: &Visit, id: &SeasonId) -> Result<(), Fault> {
    let season = id.clone();
    page::act(rim, visit, move |tx, cx| approve(tx, cx, &season)).await?;
    // a few matters a transaction; whatever is left after a stop is opened by asking again
    for _ in 0..programmes::MAX_PROJECTS {
        let season = id.clone();
        if !page::act(rim, visit, move |tx, cx| open_some(tx, cx, &season)).await? {
            break;
        }
    }
    Ok(())
}

//! Change what an activity says.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use rights::{Action, Permit, authorize};
use serde::Deserialize;

use super::{
    Activity, ActivityId, hold,
    hold::HoldActivity,
    queries,
    rules::{self, Days},
    store,
};
use crate::{remind, signup::step_back};

/// A changed activity as somebody typed it. Season, project and place stay what they were.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ChangeActivity {
    /// The revision that was seen.
    pub revision: u32,
    /// All of it anew.
    #[serde(flatten)]
    pub activity: HoldActivity,
}

/// Who may hold the activity, with the activity as it stands while nobody else changes who comes.
///
/// # Errors
/// Refusals `activity-not-found`, `not-allowed`; database faults.
pub(crate) fn permit(
    tx: &mut Tx<'_>,
    cx: &Context,
    id: &ActivityId,
) -> Result<(Activity, kernel::Site, Permit), Fault> {
    let activity = store::held(tx, id)?.ok_or_else(queries::not_found)?;
    let site = queries::site(tx, &activity)?;
    let permit = authorize(&cx.actor, Action::HoldActivity, activity.resource(&site))?;
    Ok((activity, site, permit))
}

/// Changes it. Where more people fit in than before, whoever waits moves up. Day and hours stay once somebody has checked
/// in.
///
/// # Errors
/// Refusals `invalid-input`, `activity-not-found`, `activity-cancelled`, `activity-has-begun`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn change(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &ChangeActivity) -> Result<Activity, Fault> {
    let (old, _, permit) = permit(tx, cx, id)?;
    rules::expect_held(&old)?;
    let began = match (&old.season, old.project) {
        (Some(season), Some(project)) => Some(hold::goes_on(tx, (season, project), false)?),
        _ => None,
    };
    let days = Days { today: &cx.day, season: began.as_ref(), before: Some(&old.day) };
    let draft = rules::draft(&input.activity, days, cx.offset_minutes)?;
    if old.checked > 0 && (draft.starts_at, draft.ends_at) != (old.starts_at, old.ends_at) {
        return Err(Refusal::new(Kind::Conflict, "activity-has-begun").into());
    }
    if !store::change(tx, &permit, (id, input.revision), &draft)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    step_back::move_up(tx, cx, &permit, id)?;
    let new = queries::activity(tx, id)?;
    hold::tell(tx, cx, &permit, ("activity.changed", &new))?;
    if new.starts_at != old.starts_at {
        remind::ask(tx, cx, &new)?;
    }
    Ok(new)
}

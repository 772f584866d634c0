//! Hold an activity.

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, FieldError, Instant, Kind, OrgId, PersonId, PlaceId, Refusal, Site};
use ledger::entry::{self, append};
use programmes::{
    SeasonId, Stage, expect_stage, project, proposal,
    running::{self, RunState},
    season,
};
use rights::{Action, Permit, Resource, authorize};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Activity, ActivityId,
    rules::{self, Days},
    store,
};
use crate::remind;

/// An activity as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(default)]
pub struct HoldActivity {
    /// The id of a season whose project it belongs to; empty where it stands alone.
    pub season: String,
    /// The number of the project within the season; 0 where it stands alone.
    pub project: u32,
    /// The id of a place; may be empty for a project, and is then where the project is done.
    pub place: String,
    /// One of the themes: `civility`, `order`, `culture`, `health`, `environment`, `safety`, `other`.
    pub theme: String,
    /// 1 to 80 characters.
    pub title: String,
    /// At most 2,000 characters, without names of residents.
    pub about: String,
    /// Where exactly, such as a room: at most 100 characters.
    pub spot: String,
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// When it begins on that day, `HH:MM`.
    pub from: String,
    /// When it ends on that day, `HH:MM`, at the latest `24:00`.
    pub until: String,
    /// People who fit in, 0 to 100,000; 0 is as many as come.
    pub capacity: u32,
    /// Whoever comes also checks out, because hours count.
    pub hours: bool,
    /// A text the sender makes up for this one activity, at most 64 characters, so that sending twice makes one.
    pub once: String,
}

/// Stages of a season whose projects may hold activities: from the approval on.
const RUNNING: [Stage; 5] = [Stage::Approved, Stage::Running, Stage::Midterm, Stage::Closing, Stage::Showcase];

/// Whose an activity is and where.
pub(super) struct Whose {
    pub season: Option<(SeasonId, u32)>,
    pub owner: Option<PersonId>,
    pub org: Option<OrgId>,
    pub site: Site,
}

/// Holds the activity. The same `once` of the same person again answers with the activity that is already there.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `season-not-found`, `project-not-found`, `wrong-stage` for a season that has
/// no approved projects yet, `project-not-running` for one that was stopped or closed, `place-not-of-season`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn hold(tx: &mut Tx<'_>, cx: &mut Context, input: &HoldActivity) -> Result<Activity, Fault> {
    let whose = whose(tx, input)?;
    let on = Resource::at(&whose.site).owned_by(whose.owner.as_ref()).of_organisation(whose.org.as_ref());
    let permit = authorize(&cx.actor, Action::HoldActivity, on)?;
    let began = match &whose.season {
        Some((season, project)) => Some(goes_on(tx, (season, *project), true)?),
        None => None,
    };
    let days = Days { today: &cx.day, season: began.as_ref(), before: None };
    let draft = rules::draft(input, days, cx.offset_minutes)?;
    let id: ActivityId = cx.id(permit.home());
    let once = match (input.once.trim(), cx.actor.person()) {
        ("", _) => id.to_string(),
        (once, _) if once.chars().count() > 64 => {
            return Err(Refusal::invalid(vec![FieldError::new("once", "too-long").with_limit(64)]).into());
        }
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::once(tx, permit.home(), &once)? {
        return Ok(there);
    }
    let (season, project) = whose.season.unzip();
    let activity = Activity {
        id,
        season,
        project,
        place: whose.site.place.clone(),
        theme: draft.theme,
        title: draft.title,
        about: draft.about,
        spot: draft.spot,
        starts_at: draft.starts_at,
        ends_at: draft.ends_at,
        day: draft.day,
        capacity: draft.capacity,
        hours: draft.hours,
        owner: whose.owner,
        org: whose.org,
        cancelled_at: None,
        cancelled_reason: String::new(),
        heads: 0,
        waiting: 0,
        checked: 0,
        revision: 0,
    };
    let secret = cx.chance.bytes32().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match store::insert(tx, &permit, &activity, (&secret, &once, cx)) {
        // the twin of a double tap was first
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    tell(tx, cx, &permit, ("activity.held", &activity))?;
    remind::ask(tx, cx, &activity)?;
    Ok(activity)
}

/// The first day of the season of a project that goes on: the day it was opened, or the first one of its plan where that was
/// before. A project that was stopped or closed holds nothing more; `new` is false for what it holds already.
pub(super) fn goes_on(tx: &mut Tx<'_>, (season, project): (&SeasonId, u32), new: bool) -> Result<Day, Fault> {
    let found = season::queries::season(tx, season)?;
    if new {
        expect_stage(&found, &RUNNING)?;
        // one of a season without a list runs without a record of it
        let state = running::queries::state(tx, season, project)?;
        if let Some(state) = state.filter(|state| *state != RunState::Running) {
            let refusal = Refusal::new(Kind::Conflict, "project-not-running");
            return Err(refusal.with_text("state", state.as_str()).into());
        }
    }
    let planned = season::queries::plan(tx, season)?.into_iter().map(|stage| stage.from);
    Ok(planned.fold(found.opened_day, Day::min))
}

fn whose(tx: &mut Tx<'_>, input: &HoldActivity) -> Result<Whose, Fault> {
    let not_found = |code| Refusal::new(Kind::NotFound, code);
    let place: Option<PlaceId> = match input.place.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| not_found("place-not-found"))?),
    };
    if input.season.trim().is_empty() {
        let place = place.ok_or_else(|| Refusal::invalid(vec![FieldError::new("place", "required")]))?;
        let site = places::site(tx, &place)?.ok_or_else(|| not_found("place-not-found"))?;
        return Ok(Whose { season: None, owner: None, org: None, site });
    }
    let season: SeasonId = input.season.trim().parse().map_err(|_| not_found("season-not-found"))?;
    let found = season::queries::season(tx, &season)?;
    project::queries::project(tx, &season, input.project)?;
    let applied = proposal::queries::of_project(tx, &season, input.project)?;
    let at = place.or_else(|| applied.as_ref().map(|a| a.place.clone())).unwrap_or_else(|| found.place.clone());
    let site = places::site(tx, &at)?.ok_or_else(|| not_found("place-not-found"))?;
    let inside = site.place == found.place || site.above.contains(&found.place);
    if !inside || site.home != season.home() {
        return Err(Refusal::new(Kind::Invalid, "place-not-of-season").into());
    }
    let (owner, org) = applied.map_or((None, None), |a| (Some(a.author), a.org));
    Ok(Whose { season: Some((season, input.project)), owner, org, site })
}

/// The entry of an activity: when, where and whose are public; what people wrote is not.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (kind, activity): (&'static str, &Activity),
) -> Result<(), Fault> {
    let Instant(starts) = activity.starts_at;
    let public = json!({
        "activity": activity.id, "season": activity.season, "project": activity.project, "place": activity.place,
        "on": activity.day.as_str(), "theme": activity.theme, "capacity": activity.capacity,
        "revision": activity.revision,
    });
    let private = json!({
        "title": activity.title, "about": activity.about, "spot": activity.spot, "starts": starts,
        "ends": activity.ends_at.0, "by": cx.actor.person(),
    });
    let subject = activity.season.as_ref().map_or(activity.id.as_str(), SeasonId::as_str);
    append(tx, cx, permit, &entry::Draft { kind, subject, public: &public, private: Some(&private) })?;
    Ok(())
}

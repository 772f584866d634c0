//! Sign up for a training, or step back.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use ledger::entry::{self, append};
use rights::{Action, Permit, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{MAX_SIGNUPS, Signup, Training, TrainingId, queries, store};
use crate::{
    Season, SeasonId,
    running::Case,
    season,
    visit::{queries::communities, record::permit_at},
};

/// For whom somebody comes.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct SignUp {
    /// The number of the project whose team they are of; 0 for community work.
    pub number: u32,
}

/// Signs up: who does an approved project, or does community work in the season's area. Once more changes nothing; for
/// another project it is that one.
///
/// # Errors
/// Refusals `season-not-found`, `training-not-found`, `training-over`, `project-not-found`, `wrong-stage`,
/// `too-many-signups`, `not-allowed`, `verify-first`, `sign-in-first`; database faults.
pub fn sign_up(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &TrainingId),
    input: SignUp,
) -> Result<Signup, Fault> {
    let (training, person) = open(tx, cx, (season, id))?;
    let permit = if input.number == 0 {
        let season = season::queries::season(tx, season)?;
        community_work(tx, cx, &season)?
    } else {
        let case = Case::read(tx, season, input.number)?;
        let own = Resource::at(&case.site);
        let own = match &case.applied {
            Some(applied) => own.owned_by(Some(&applied.author)).of_organisation(applied.org.as_ref()),
            None => own,
        };
        authorize(&cx.actor, Action::WriteProposal, own)?
    };
    let there = store::signups(tx, id)?;
    if let Some(same) = there.iter().find(|one| one.person == person && one.number == input.number) {
        return Ok(same.clone());
    }
    if there.len() >= usize::try_from(MAX_SIGNUPS).unwrap_or(usize::MAX) {
        let limit = i64::from(MAX_SIGNUPS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-signups").with_int("limit", limit).into());
    }
    store::put_signup(tx, &permit, id, (&person, input.number, &cx.day))?;
    let public = json!({ "training": id, "number": training.number, "project": input.number });
    let private = json!({ "person": person, "by": cx.entered_by() });
    let draft =
        entry::Draft { kind: "training.signed-up", subject: season.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(Signup { person, number: input.number, came: false })
}

/// Steps back. Who has not signed up changes nothing.
///
/// # Errors
/// Refusals `season-not-found`, `training-not-found`, `training-over`, `not-allowed`, `sign-in-first`; database faults.
pub fn step_back(tx: &mut Tx<'_>, cx: &mut Context, (season, id): (&SeasonId, &TrainingId)) -> Result<(), Fault> {
    let (training, person) = open(tx, cx, (season, id))?;
    let permit = authorize(&cx.actor, Action::WriteProposal, Resource::of(season.home()).owned_by(Some(&person)))?;
    if !store::drop_signup(tx, &permit, id, &person)? {
        return Ok(());
    }
    let public = json!({ "training": id, "number": training.number });
    let private = json!({ "person": person, "by": cx.entered_by() });
    let draft = entry::Draft {
        kind: "training.stepped-back",
        subject: season.as_str(),
        public: &public,
        private: Some(&private),
    };
    append(tx, cx, &permit, &draft)?;
    Ok(())
}

/// One signs up until the day is over.
fn open(tx: &mut Tx<'_>, cx: &Context, (season, id): (&SeasonId, &TrainingId)) -> Result<(Training, PersonId), Fault> {
    let person = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let training = queries::training(tx, season, id)?;
    if training.day < cx.day {
        return Err(Refusal::new(Kind::Conflict, "training-over").into());
    }
    Ok((training, person))
}

/// The permit of somebody who does community work at the season's place or in one of its communities.
pub(super) fn community_work(tx: &mut Tx<'_>, cx: &Context, season: &Season) -> Result<Permit, Fault> {
    let refused = match permit_at(tx, cx, season, &season.place) {
        Ok(permit) => return Ok(permit),
        Err(refused) => refused,
    };
    for place in communities(tx, season)? {
        if let Ok(permit) = authorize(&cx.actor, Action::MoveMatter, &place.site()?) {
            return Ok(permit);
        }
    }
    Err(refused)
}

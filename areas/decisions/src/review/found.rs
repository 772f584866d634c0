//! Conflicts of interest that the records show by themselves.

use std::collections::BTreeMap;

use db::{DbError, Fault, Snapshot};
use kernel::{Day, PersonId, PlaceId, Site};
use people::{account, org};
use places::Level;
use programmes::{Season, proposal};

use super::{
    rules::{Behind, Known},
    store,
};

/// Who stands behind a project; nobody that the records know, where it was put on the list by hand.
///
/// # Errors
/// Database faults.
pub(crate) fn behind(s: &mut Snapshot<'_>, season: &Season, project: u32) -> Result<Behind, Fault> {
    let Some(applied) = proposal::queries::of_project(s, &season.id, project)? else { return Ok(Behind::default()) };
    let site = places::site(s, &applied.place)?;
    let places = site.into_iter().flat_map(|site| std::iter::once(site.place).chain(site.above)).collect();
    Ok(Behind { places, organisation: applied.org, applicants: vec![applied.author] })
}

/// The same of all projects of the season that came from a proposal, by number: one statement.
///
/// # Errors
/// [`DbError`] of the statement.
pub(crate) fn behind_all(s: &mut Snapshot<'_>, season: &Season) -> Result<BTreeMap<u32, Behind>, DbError> {
    let of = |applicant: store::Applicant| {
        let places = applicant.path.split('/').filter_map(|id| id.parse().ok()).collect();
        (applicant.project, Behind { places, organisation: applicant.org, applicants: vec![applicant.author] })
    };
    Ok(store::behind(s, &season.id)?.into_iter().map(of).collect())
}

/// What the records know of a reviewer on a day.
///
/// # Errors
/// Database faults.
pub(crate) fn known(s: &mut Snapshot<'_>, person: &PersonId, day: &Day) -> Result<Known, Fault> {
    let site = account::queries::site_of(s, person)?;
    let homes = community(s, site)?.into_iter().collect();
    Ok(Known { person: person.clone(), homes, seats: org::queries::seats_of(s, person, day)? })
}

/// The community in which a place lies. A place above all communities is nobody's own: else whoever lives in the
/// subdistrict would be kept out of what is done for all of it.
fn community(s: &mut Snapshot<'_>, site: Option<Site>) -> Result<Option<PlaceId>, DbError> {
    let Some(site) = site else { return Ok(None) };
    for id in std::iter::once(site.place).chain(site.above) {
        if places::queries::show(s, &id)?.is_some_and(|place| place.level == Level::Community) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

//! What somebody at the desk agrees to, and takes back: noted by the worker of their entry.

use db::{Fault, Snapshot, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Site};

use super::{DeskId, take};
use crate::{
    account,
    consent::{
        ConsentId, Purpose,
        end::at_desk as end_at_desk,
        give::{Desk, at_desk as give_at_desk},
        queries,
        queries::Bound,
        store,
    },
};

/// Notes that the person of the entry agreed: that `taker` acts for them, or without a taker that name or photo may be
/// shown. The same again changes nothing. The entry stays open.
///
/// # Errors
/// Refusals `sign-in-first`, `desk-not-found`, `desk-ended`, `desk-expired`, `not-allowed`, `person-not-found`,
/// `wrong-purpose`, `not-oneself`; database faults.
pub fn give(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    id: &DeskId,
    (purpose, taker): (Purpose, Option<PersonId>),
) -> Result<(), Fault> {
    let (giver, site) = sat_down(tx, cx, id)?;
    give_at_desk(tx, cx, &site, &Desk { giver, taker, purpose })
}

/// Notes that the person of the entry takes a consent back.
///
/// # Errors
/// Refusals `sign-in-first`, `desk-not-found`, `desk-ended`, `desk-expired`, `not-allowed`, `person-not-found`,
/// `consent-not-found` (also for another giver's); database faults.
pub fn end(tx: &mut Tx<'_>, cx: &mut Context, id: &DeskId, consent: &ConsentId) -> Result<(), Fault> {
    let (giver, site) = sat_down(tx, cx, id)?;
    if store::by_id(tx, consent)?.is_none_or(|found| found.giver != giver) {
        return Err(Refusal::new(Kind::NotFound, "consent-not-found").into());
    }
    end_at_desk(tx, cx, &site, consent)
}

/// What the person of the entry has agreed to, with the names of those to whom.
///
/// # Errors
/// Refusals `sign-in-first`, `desk-not-found`, `desk-ended`, `desk-expired`; database faults.
pub fn given(s: &mut Snapshot<'_>, cx: &Context, id: &DeskId) -> Result<Vec<Bound>, Fault> {
    let worker = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let giver = take(s, id, worker, cx.now)?.person;
    Ok(queries::given_by(s, &giver)?)
}

/// Who sits at the desk, and where they are registered; from here on what the context does is done for them.
fn sat_down(tx: &mut Tx<'_>, cx: &mut Context, id: &DeskId) -> Result<(PersonId, Site), Fault> {
    let worker = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let behalf = take(tx, id, &worker, cx.now)?;
    let site = account::queries::site_of(tx, &behalf.person)?;
    let site = site.ok_or_else(|| Refusal::new(Kind::NotFound, "person-not-found"))?;
    let giver = behalf.person.clone();
    cx.behalf = Some(behalf);
    Ok((giver, site))
}

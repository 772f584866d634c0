//! End a consent.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Site};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde_json::json;

use super::{Consent, ConsentId, store};
use crate::{account, session};

/// Ends the consent, as its giver or its taker: as easily as it was given (Personal Information Protection Law,
/// art. 15). Ending it again changes nothing. Whoever acts for the giver at this moment does so no longer.
///
/// # Errors
/// Refusals `sign-in-first`, `consent-not-found` (also for who has no part in it); database faults.
pub fn end(tx: &mut Tx<'_>, cx: &mut Context, id: &ConsentId) -> Result<(), Fault> {
    let (_, me) = account::own(cx)?;
    let consent = store::by_id(tx, id)?.filter(|c| c.giver == me || c.taker.as_ref() == Some(&me));
    let consent = consent.ok_or_else(|| Refusal::new(Kind::NotFound, "consent-not-found"))?;
    let permit = authorize(&cx.actor, Action::GiveConsent, Resource::of(id.home()).owned_by(Some(&me)))?;
    stop(tx, cx, &permit, &consent)
}

/// Ends it at the desk. `site` is the giver's place.
///
/// # Errors
/// Refusals `not-allowed`, `consent-not-found`; database faults.
pub fn at_desk(tx: &mut Tx<'_>, cx: &mut Context, site: &Site, id: &ConsentId) -> Result<(), Fault> {
    let permit = authorize(&cx.actor, Action::EnterForAnother, Resource::at(site))?;
    let absent = || Refusal::new(Kind::NotFound, "consent-not-found");
    let consent = store::by_id(tx, id)?.filter(|_| id.home() == site.home).ok_or_else(absent)?;
    let giver = account::store::account(tx, &consent.giver)?.ok_or_else(absent)?;
    if giver.place != site.place {
        return Err(absent().into());
    }
    stop(tx, cx, &permit, &consent)
}

fn stop(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, consent: &Consent) -> Result<(), Fault> {
    if !store::end(tx, cx, permit, &consent.id)? {
        return Ok(());
    }
    if let Some(taker) = &consent.taker {
        session::store::switch_back(tx, permit, taker, &consent.giver)?;
    }
    let public = json!({ "consent": consent.id, "purpose": consent.purpose.as_str() });
    let private = json!({ "by": cx.actor.person() });
    let draft = Draft { kind: "consent.ended", subject: consent.id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, permit, &draft)?;
    Ok(())
}

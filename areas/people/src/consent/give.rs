//! Give a consent: signed in, or at the desk.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Site};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde_json::json;

use super::{ConsentId, How, Purpose, store};
use crate::account;

/// Agrees, as whoever has signed in, to what concerns them alone (name, photo). To let somebody act in one's name is
/// agreed by a code ([`super::agree`]), so that it is the right somebody.
///
/// # Errors
/// Refusals `sign-in-first`, `wrong-purpose`; database faults.
pub fn give(tx: &mut Tx<'_>, cx: &mut Context, purpose: Purpose) -> Result<(), Fault> {
    if purpose.is_to_one() {
        return Err(Refusal::new(Kind::Conflict, "wrong-purpose").into());
    }
    let me = cx.actor.person().cloned();
    let home = me.as_ref().map_or(account::store::NOWHERE, PersonId::home);
    let permit = authorize(&cx.actor, Action::GiveConsent, Resource::of(home).owned_by(me.as_ref()))?;
    let me = me.ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    keep(tx, cx, &permit, &Agreed { giver: &me, taker: None, purpose, how: How::OneSelf })
}

/// What somebody told a worker, by telephone, on paper or at the desk.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Who agreed.
    pub giver: PersonId,
    /// To whom; none to everybody.
    pub taker: Option<PersonId>,
    /// To what.
    pub purpose: Purpose,
}

/// Notes at the desk what the giver said. `site` is the giver's place; the context names the giver as the one for whom
/// it is entered, and by which way it came in.
///
/// # Errors
/// Refusals `not-allowed`, `person-not-found`, `wrong-purpose`, `not-oneself`; database faults.
pub fn at_desk(tx: &mut Tx<'_>, cx: &mut Context, site: &Site, input: &Desk) -> Result<(), Fault> {
    let permit = authorize(&cx.actor, Action::EnterForAnother, Resource::at(site))?;
    let absent = || Refusal::new(Kind::NotFound, "person-not-found");
    let giver = account::store::account(tx, &input.giver)?.filter(|a| a.place == site.place).ok_or_else(absent)?;
    if input.purpose.is_to_one() != input.taker.is_some() {
        return Err(Refusal::new(Kind::Conflict, "wrong-purpose").into());
    }
    if let Some(taker) = &input.taker {
        account::store::account(tx, taker)?.ok_or_else(absent)?;
        // a worker who notes that somebody may act for another is not that somebody
        if cx.actor.person() == Some(taker) || *taker == giver.person {
            return Err(Refusal::new(Kind::Forbidden, "not-oneself").into());
        }
    }
    let agreed = Agreed { giver: &giver.person, taker: input.taker.as_ref(), purpose: input.purpose, how: How::Desk };
    keep(tx, cx, &permit, &agreed)
}

/// A consent whose giver is known to mean it.
pub(super) struct Agreed<'a> {
    pub giver: &'a PersonId,
    pub taker: Option<&'a PersonId>,
    pub purpose: Purpose,
    pub how: How,
}

/// Keeps it. The same again changes and tells nothing.
pub(super) fn keep(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, agreed: &Agreed<'_>) -> Result<(), Fault> {
    let id: ConsentId = cx.id(permit.home());
    let Agreed { giver, taker, purpose, how } = *agreed;
    if !store::give(tx, cx, permit, &store::New { id: &id, giver, taker, purpose, how })? {
        return Ok(());
    }
    // who may act for whom is a matter of the family: the log holds a commitment to it
    let public =
        json!({ "consent": id, "purpose": purpose.as_str(), "version": purpose.version(), "how": how.as_str() });
    let private = json!({ "giver": giver, "taker": taker });
    append(
        tx,
        cx,
        permit,
        &Draft { kind: "consent.given", subject: id.as_str(), public: &public, private: Some(&private) },
    )?;
    Ok(())
}

//! Say that the desk has checked who somebody is.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Shape, Site};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde_json::json;

use super::{VerifiedHow, store};

/// Documents a desk may look at. Their numbers are not kept.
pub const DOCUMENTS: [&str; 5] = ["id-card", "household-book", "passport", "residence-permit", "known-in-person"];

/// What a worker has checked.
#[derive(Debug, Clone, serde::Deserialize, utoipa::ToSchema)]
pub struct Verify {
    /// One of [`DOCUMENTS`].
    pub document: String,
}

/// Notes that a worker saw the person and a document. `site` is the person's place ([`super::queries::site_of`]).
///
/// # Errors
/// Refusals `not-allowed`, `not-oneself`, `person-not-found`, `invalid-input`; database faults.
pub fn verify(tx: &mut Tx<'_>, cx: &mut Context, site: &Site, person: &PersonId, input: &Verify) -> Result<(), Fault> {
    let me = cx.actor.person().cloned();
    let permit = authorize(&cx.actor, Action::VerifyPerson, Resource::at(site))?;
    if me.as_ref() == Some(person) {
        return Err(Refusal::new(Kind::Forbidden, "not-oneself").into());
    }
    let mut shape = Shape::new();
    if !DOCUMENTS.contains(&input.document.as_str()) {
        shape.error("document", "unknown-choice");
    }
    shape.finish(())?;
    let absent = || Refusal::new(Kind::NotFound, "person-not-found");
    let account = store::account(tx, person)?.filter(|a| site.place == a.place && site.home == person.home());
    if account.ok_or_else(absent)?.verified == VerifiedHow::Desk {
        return Ok(());
    }
    let day = cx.day.clone();
    store::verify(tx, &permit, person, VerifiedHow::Desk, Some(&day))?;
    tell(tx, cx, &permit, person, VerifiedHow::Desk)
}

/// The entry of a person whose standing has changed.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    person: &PersonId,
    how: VerifiedHow,
) -> Result<(), Fault> {
    let by = cx.actor.person().filter(|by| *by != person).cloned();
    let public = json!({ "person": person, "how": how.as_str(), "by": by });
    let draft = Draft { kind: "account.verified", subject: person.as_str(), public: &public, private: None };
    append(tx, cx, permit, &draft)?;
    Ok(())
}

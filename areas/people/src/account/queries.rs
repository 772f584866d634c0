//! Reading accounts.

use db::{DbError, Fault, Snapshot};
use kernel::{Context, PersonId, PlaceId, Site};
use serde_json::{Value, json};
use ui::Locale;
use work::messages;

use super::{Account, Reached, VerifiedHow, mine, outbox, store};
use crate::{consent, resident, session};

/// The account of whoever has signed in, with their contacts.
///
/// # Errors
/// Refusal `sign-in-first`; database faults.
pub fn mine(s: &mut Snapshot<'_>, cx: &Context) -> Result<(Account, Vec<Reached>), Fault> {
    let (_, account) = mine::mine(s, cx)?;
    let contacts = store::contacts(s, &account.person)?;
    Ok((account, contacts))
}

/// How a message reaches a person: the language that they chose, and the first contact from which they have read a code.
/// None for somebody who has no such contact.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn reach(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Option<(Locale, messages::Contact)>, DbError> {
    let Some(account) = store::account(s, person)? else { return Ok(None) };
    let read = store::contacts(s, person)?.into_iter().find(|reached| reached.verified_day.is_some());
    let contact = read.and_then(|reached| outbox::addressed(&reached.contact).ok());
    Ok(contact.map(|contact| (Locale::from_tag(&account.language).unwrap_or_default(), contact)))
}

/// The names by which persons know themselves, in the order asked for; eight at most.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn names(s: &mut Snapshot<'_>, persons: &[PersonId]) -> Result<Vec<(PersonId, String)>, DbError> {
    let mut names = Vec::new();
    for person in persons.iter().take(super::MAX_PERSONS) {
        let account = store::account(s, person)?;
        names.extend(account.map(|a| (person.clone(), if a.name.is_empty() { a.shown_name } else { a.name })));
    }
    Ok(names)
}

/// The place of a person, for the question what may be done with their account.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn site_of(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Option<Site>, DbError> {
    match store::account(s, person)? {
        Some(account) => places::site(s, &account.place),
        None => Ok(None),
    }
}

/// Where somebody lives or works.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn place_of(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Option<PlaceId>, DbError> {
    Ok(store::account(s, person)?.map(|account| account.place))
}

/// The name by which others see a person; empty where there is none.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn shown_name(s: &mut Snapshot<'_>, person: &PersonId) -> Result<String, DbError> {
    Ok(store::account(s, person)?.map(|account| account.shown_name).unwrap_or_default())
}

/// How it is known who somebody is; `None` for nobody.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn standing(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Option<VerifiedHow>, DbError> {
    Ok(store::account(s, person)?.map(|account| account.verified))
}

/// Everything this area keeps of whoever has signed in (Personal Information Protection Law, art. 45), bounded by what
/// one person can have.
///
/// # Errors
/// Refusal `sign-in-first`; database faults.
pub fn export(s: &mut Snapshot<'_>, cx: &Context) -> Result<Value, Fault> {
    let (account, contacts) = mine(s, cx)?;
    let me = &account.person;
    let contacts: Vec<Value> = contacts
        .iter()
        .map(|r| {
            let day = r.verified_day.as_ref().map(ToString::to_string);
            json!({ "kind": r.contact.kind(), "contact": r.contact.as_str(), "verified-day": day })
        })
        .collect();
    Ok(json!({
        "person": me,
        "place": account.place,
        "name": account.name,
        "shown-name": account.shown_name,
        "verified": account.verified.as_str(),
        "verified-day": account.verified_day.as_ref().map(ToString::to_string),
        "language": account.language,
        "elder": account.elder,
        "has-password": account.has_password,
        "erasure-asked-day": account.erasure_asked.as_ref().map(ToString::to_string),
        "registered-at": account.added_at.0,
        "contacts": contacts,
        "sessions": session::queries::told(s, me)?,
        "sign-ins": session::queries::sign_ins(s, me)?,
        "consents": consent::queries::told(s, me)?,
        "rolls": resident::queries::told(s, me)?,
    }))
}

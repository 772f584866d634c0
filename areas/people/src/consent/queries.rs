//! Reading consents.

use db::{DbError, Fault, Snapshot};
use kernel::{Context, PersonId};
use serde_json::{Value, json};

use super::{Consent, Purpose, store};
use crate::account;

/// A consent in force with the name of the other one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The consent.
    pub consent: Consent,
    /// The other one's name.
    pub name: String,
}

/// Those for whom whoever has signed in may act, and those who may act for them; [`super::agree::MAX_BOUND`] each.
///
/// # Errors
/// Refusal `sign-in-first`; database faults.
pub fn bound(s: &mut Snapshot<'_>, cx: &Context) -> Result<(Vec<Bound>, Vec<Bound>), Fault> {
    let (_, me) = account::own(cx)?;
    let (taken, given) = (store::of_taker(s, &me)?, store::of_giver(s, &me)?);
    let mut name = |person: Option<PersonId>, consent: Consent| -> Result<Bound, DbError> {
        let name = match person {
            Some(person) => account::store::name(s, &person)?.unwrap_or_default(),
            None => String::new(),
        };
        Ok(Bound { consent, name })
    };
    let taken = taken.into_iter().map(|c| name(Some(c.giver.clone()), c)).collect::<Result<_, _>>()?;
    let given = given.into_iter().map(|c| name(c.taker.clone(), c)).collect::<Result<_, _>>()?;
    Ok((taken, given))
}

/// What somebody has agreed to, with the names of those to whom; [`store::MOST`] at most.
pub(crate) fn given_by(s: &mut Snapshot<'_>, giver: &PersonId) -> Result<Vec<Bound>, DbError> {
    let mut given = Vec::new();
    for consent in store::of_giver(s, giver)? {
        let name = match &consent.taker {
            Some(taker) => account::store::name(s, taker)?.unwrap_or_default(),
            None => String::new(),
        };
        given.push(Bound { consent, name });
    }
    Ok(given)
}

/// Whether somebody has agreed to something that concerns them alone, in its present version.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn in_force(s: &mut Snapshot<'_>, giver: &PersonId, purpose: Purpose) -> Result<bool, DbError> {
    store::in_force(s, giver, purpose)
}

/// A person's consents, ended ones too, for the export of their data; 500 at most.
pub(crate) fn told(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<Value>, DbError> {
    let told = store::all_of(s, person)?.into_iter().map(|c| {
        json!({
            "consent": c.id,
            "to": c.taker,
            "purpose": c.purpose.as_str(),
            "version": c.version,
            "how": c.how,
            "source": c.source.as_str(),
            "given-day": c.given_day.as_str(),
            "ended-day": c.ended_day.as_ref().map(ToString::to_string),
        })
    });
    Ok(told.collect())
}

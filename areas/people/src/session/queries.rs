//! Reading sessions.

use db::{DbError, Fault, Snapshot};
use kernel::{Context, PersonId};
use serde_json::{Value, json};

use super::{Session, store};
use crate::account;

/// The sessions of whoever has signed in, newest first, [`super::MAX_SESSIONS`] at most.
///
/// # Errors
/// Refusal `sign-in-first`; database faults.
pub fn mine(s: &mut Snapshot<'_>, cx: &Context) -> Result<Vec<Session>, Fault> {
    let (_, me) = account::own(cx)?;
    Ok(store::mine(s, &me)?)
}

/// A person's sessions, for the export of their data.
pub(crate) fn told(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<Value>, DbError> {
    let sessions = store::mine(s, person)?;
    let told = sessions.iter().map(|session| {
        json!({
            "device": session.device,
            "made-day": session.made_day.as_str(),
            "seen-day": session.seen_day.as_str(),
            "for": session.behalf,
        })
    });
    Ok(told.collect())
}

/// A person's sign-ins of the last 200 days, for the export of their data; 500 at most.
pub(crate) fn sign_ins(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<Value>, DbError> {
    let notes = store::notes(s, person)?;
    Ok(notes.into_iter().map(|(at, how, device)| json!({ "at": at.0, "how": how, "device": device })).collect())
}

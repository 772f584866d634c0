//! Check somebody in with the code on their own telephone.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use matters::attendance::Way;
use serde::Deserialize;

use super::{Check, room, rules, take};
use crate::{
    ActivityId,
    activity::{queries, store as activities},
    signup,
};

/// A code as it was scanned.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Scan {
    /// The code, or the address that holds it; at most 300 characters.
    pub code: String,
}

/// The code of what was scanned: the address that a camera reads ends with it.
pub fn code_of(text: &str) -> &str {
    let text = text.trim();
    text.rsplit_once("code=").map_or(text, |(_, code)| code)
}

/// Checks in whose code it is, as they signed up or by their name: who takes check-ins. Tells the check-in and whether it is
/// new. Scanned twice it is one.
///
/// # Errors
/// Refusals `person-code-stale` for one that is older than two minutes or nobody's, `activity-not-found`,
/// `activity-cancelled`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn scan(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &Scan) -> Result<(Check, bool), Fault> {
    let (activity, site, permit) = take::permit(tx, cx, id)?;
    let secret = activities::secret(tx, id)?.ok_or_else(queries::not_found)?;
    let person = room::passes(&secret, id, code_of(&input.code), cx.now);
    let person = person.ok_or_else(|| Refusal::new(Kind::Conflict, "person-code-stale"))?;
    let signup = signup::queries::of_person(tx, id, &person)?;
    let name = match &signup {
        Some(signup) => signup.name.clone(),
        None => people::account::queries::shown_name(tx, &person)?,
    };
    let who = format!("p:{person}");
    let told = rules::told(None, None, cx.now);
    let signup = signup.map(|s| s.id);
    let one = take::Coming { who, person: Some(person), signup, name, way: Way::Qr, told, beyond: false };
    let mut done = take::keep(tx, cx, &permit, (&activity, &site), vec![one])?;
    Ok(done.pop().ok_or_else(|| Refusal::new(Kind::Conflict, "changed-meanwhile"))?)
}

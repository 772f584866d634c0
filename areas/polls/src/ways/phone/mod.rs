//! A ballot that a worker types in as its voter says it: on the telephone, or beside the voter at the desk.

mod enter;
mod revoke;
pub mod store;

pub use enter::enter;
pub use revoke::revoke;

use kernel::{Context, Kind, Refusal};

/// Who works at the telephone, by their person.
fn at_the_telephone(cx: &Context) -> Result<String, Refusal> {
    let who = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    Ok(who.to_string())
}

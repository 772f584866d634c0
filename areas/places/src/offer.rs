//! Which places a form offers to somebody.

use db::{Fault, Snapshot};
use kernel::{Actor, Kind, PlaceId, Refusal};
use rights::{Action, authorize, reach};

use crate::{Place, queries};

/// Posts whose places are offered.
const POSTS: usize = 10;
/// Places below a single post that are offered: a list of choices that somebody still reads.
const BELOW: usize = 200;

/// The places where `actor` may do `action` that a form offers: the one that a link asked for, those of the actor's posts,
/// and what lies directly below a single one. At most 211, each once; 13 statements at most. Text that is no id asks for
/// nothing.
///
/// # Errors
/// Refusals `place-not-found`; `not-allowed` at the place that was asked for, or where there is nothing to offer; database
/// faults.
pub fn offered(s: &mut Snapshot<'_>, actor: &Actor, action: Action, asked: &str) -> Result<Vec<Place>, Fault> {
    let own = actor.principal().map_or_else(Vec::new, |me| reach(me, action));
    let asked: Option<PlaceId> = asked.trim().parse().ok();
    if let Some(asked) = &asked {
        let site = queries::site(s, asked)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        authorize(actor, action, &site)?;
    }
    let mut found = Vec::new();
    for id in asked.iter().chain(own.iter().take(POSTS)) {
        found.extend(queries::show(s, id)?);
    }
    if let [only] = &own[..] {
        found.extend(queries::list(s, Some(only))?.into_iter().take(BELOW));
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found.dedup_by(|a, b| a.id == b.id);
    if found.is_empty() { Err(Refusal::new(Kind::Forbidden, "not-allowed").into()) } else { Ok(found) }
}

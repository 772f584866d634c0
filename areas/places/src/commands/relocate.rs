//! Move a place into another one.

use db::{Fault, Tx};
use kernel::{Context, Kind, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{changeable, changed_meanwhile, day_of, shown_below};
use crate::{Followers, Place, Reason, rules, store};

/// Where to, as somebody chose it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct MovePlace {
    /// The place it will lie in.
    #[schema(value_type = String)]
    pub parent: PlaceId,
    /// From which day; absent for today. Not later than today.
    #[serde(default)]
    pub day: Option<String>,
}

/// Moves the place with everything below it. Ids and homes stay; the paths that `followers` keep follow.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `parent-not-found`, `place-closed`, `level-not-below`,
/// `inside-itself`, `day-before-version`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn relocate(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    followers: Followers,
    id: &PlaceId,
    input: &MovePlace,
) -> Result<Place, Fault> {
    let (place, permit) = changeable(tx, cx, id)?;
    let found = store::hold(tx, &input.parent)?;
    let parent = found.ok_or_else(|| Refusal::new(Kind::NotFound, "parent-not-found"))?;
    authorize(&cx.actor, Action::ChangePlaces, &parent.site()?)?;
    if place.parent.as_ref() == Some(&parent.id) {
        return Ok(place);
    }
    rules::may_move(&place, &parent)?;
    let mut shape = Shape::new();
    let day = day_of(&mut shape, cx, input.day.as_deref());
    let day = shape.finish(day)?;
    rules::may_change_on(store::versions(tx, id, 1)?.first(), &day)?;
    let shown = shown_below(tx, Some(&parent.id), id.as_str(), (place.level, &place.name))?;
    let change = store::Change { name: place.name.clone(), shown, code: place.code, parent: Some(parent.id.clone()) };
    if !store::revise(tx, &permit, &place, &change, (&day, Reason::Moved))? {
        return Err(changed_meanwhile());
    }
    let path = format!("{}/{id}", parent.path);
    store::rebase(tx, &permit, &place, &path)?;
    followers.call(tx, cx, &permit, (&place, &path))?;
    let told = json!({ "place": id, "parent": parent.id, "was": place.parent, "day": day.as_str() });
    append(tx, cx, &permit, &Draft { kind: "place.moved", subject: id.as_str(), public: &told, private: None })?;
    let (shown, parent) = (change.shown, change.parent);
    Ok(Place { shown, parent, path, version: place.version + 1, ..place })
}

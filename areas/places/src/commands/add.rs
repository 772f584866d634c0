//! Add a place to the tree.

use db::{Fault, Tx};
use kernel::{Action, Context, Kind, Refusal, Shape, authorize};
use ledger::entry::{Draft, append};
use serde::{Deserialize, Serialize};

use crate::{Level, Place, PlaceId, store};

/// A new place as somebody typed it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct AddPlace {
    /// The place it lies in; absent for the root of a tree, which begins a new home.
    #[schema(value_type = Option<String>)]
    pub parent: Option<PlaceId>,
    /// How high in the tree.
    pub level: Level,
    /// 1 to 80 characters.
    pub name: String,
}

#[derive(Serialize)]
struct Told<'a> {
    place: &'a PlaceId,
    parent: Option<&'a PlaceId>,
    level: &'a str,
    name: &'a str,
}

/// Adds the place.
///
/// # Errors
/// Refusals `invalid-input`, `parent-not-found`, `not-allowed`; database faults.
pub fn add(tx: &mut Tx<'_>, cx: &mut Context, input: &AddPlace) -> Result<Place, Fault> {
    let mut shape = Shape::new();
    let name = shape.line("name", &input.name, 80);
    let name = shape.finish(name)?;
    let home = match &input.parent {
        None => store::next_home(tx)?,
        Some(parent) => {
            let found = store::by_id(tx, parent)?;
            found.ok_or_else(|| Refusal::new(Kind::NotFound, "parent-not-found"))?.home
        }
    };
    let permit = authorize(&cx.actor, Action::AddPlace, home)?;
    let place = Place { id: cx.id(home), home, parent: input.parent.clone(), level: input.level, name };
    store::insert(tx, &permit, &place, cx.now)?;
    let told = Told { place: &place.id, parent: place.parent.as_ref(), level: place.level.as_str(), name: &place.name };
    let subject = place.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "place.added", subject, public: &told, private: None })?;
    Ok(place)
}

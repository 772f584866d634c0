//! Add a place to the tree.

use db::{Fault, Tx};
use kernel::{Context, Home, Kind, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::{Deserialize, Serialize};

use super::shown_below;
use crate::{Level, Place, Reason, State, rules, store};

/// A new place as somebody typed it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct AddPlace {
    /// The place it lies in; absent for the root of a tree.
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

/// Adds the place. A root and a subdistrict begin a home; every other place takes that of the place it lies in.
///
/// # Errors
/// Refusals `invalid-input`, `parent-not-found`, `place-closed`, `level-not-below`, `not-allowed`; database faults.
pub fn add(tx: &mut Tx<'_>, cx: &mut Context, input: &AddPlace) -> Result<Place, Fault> {
    let mut shape = Shape::new();
    let name = shape.line("name", &input.name, 80);
    let name = shape.finish(name)?;
    let parent = match &input.parent {
        None => None,
        Some(parent) => {
            let found = store::hold(tx, parent)?;
            Some(found.ok_or_else(|| Refusal::new(Kind::NotFound, "parent-not-found"))?)
        }
    };
    let (home, permit) = permitted(tx, cx, parent.as_ref(), input.level)?;
    if let Some(parent) = &parent {
        rules::may_lie_in(input.level, parent)?;
    }
    let shown = shown_below(tx, input.parent.as_ref(), "", (input.level, &name))?;
    let place = new_place(cx, home, parent.as_ref(), (input.level, name, shown));
    let coming = store::Coming { place, reason: Reason::Added };
    store::insert(tx, &permit, &coming, cx.now)?;
    let place = coming.place;
    let told = Told { place: &place.id, parent: place.parent.as_ref(), level: place.level.as_str(), name: &place.name };
    let subject = place.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "place.added", subject, public: &told, private: None })?;
    Ok(place)
}

fn permitted(tx: &mut Tx<'_>, cx: &Context, parent: Option<&Place>, level: Level) -> Result<(Home, Permit), Fault> {
    let permit = match parent {
        None => authorize(&cx.actor, Action::AddPlace, store::next_home(tx)?)?,
        Some(parent) => authorize(&cx.actor, Action::AddPlace, &parent.site()?)?,
    };
    let home = match parent {
        Some(_) if level == Level::Subdistrict => store::next_home(tx)?,
        _ => permit.home(),
    };
    Ok((home, permit))
}

/// A place in force without a code, of a level, with its full name and the one it is shown by.
pub(crate) fn new_place(
    cx: &mut Context,
    home: Home,
    parent: Option<&Place>,
    (level, name, shown): (Level, String, String),
) -> Place {
    let id: PlaceId = cx.id(home);
    let path = parent.map_or_else(|| id.to_string(), |p| format!("{}/{id}", p.path));
    Place {
        id,
        home,
        parent: parent.map(|p| p.id.clone()),
        level,
        name,
        shown,
        code: None,
        path,
        state: State::Open,
        version: 1,
        valid_from: None,
        valid_until: None,
    }
}

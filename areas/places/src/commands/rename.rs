//! Give a place another name, or the code it was waiting for.

use db::{Fault, Tx};
use kernel::{Context, PlaceId, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{MAX_NAME, changeable, changed_meanwhile, code_of, day_of, shown_below, taken};
use crate::{Place, Reason, rules, store};

/// A new name as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct RenamePlace {
    /// The full name, 1 to 80 characters.
    pub name: String,
    /// 12 digits, or `L` and 12 digits for a temporary one; absent to keep what it has.
    #[serde(default)]
    pub code: Option<String>,
    /// From which day (`2026-11-22`); absent for today. Not later than today.
    #[serde(default)]
    pub day: Option<String>,
}

/// Renames the place: a new version; the old name still finds it in what was recorded.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `place-closed`, `day-before-version`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn rename(tx: &mut Tx<'_>, cx: &mut Context, id: &PlaceId, input: &RenamePlace) -> Result<Place, Fault> {
    let (place, permit) = changeable(tx, cx, id)?;
    let mut shape = Shape::new();
    let name = shape.line("name", &input.name, MAX_NAME);
    let day = day_of(&mut shape, cx, input.day.as_deref());
    let code = code_of(&mut shape, input.code.as_deref(), place.level).or(place.code);
    let (name, day) = shape.finish((name, day))?;
    if name == place.name && code == place.code {
        return Ok(place);
    }
    rules::may_change_on(store::versions(tx, id, 1)?.first(), &day)?;
    let shown = shown_below(tx, place.parent.as_ref(), id.as_str(), (place.level, &name))?;
    let change = store::Change { name, shown, code, parent: place.parent.clone() };
    if !store::revise(tx, &permit, &place, &change, (&day, Reason::Renamed)).map_err(taken)? {
        return Err(changed_meanwhile());
    }
    let told = json!({
        "place": id, "name": change.name, "was": place.name, "code": change.code, "day": day.as_str(),
    });
    append(tx, cx, &permit, &Draft { kind: "place.renamed", subject: id.as_str(), public: &told, private: None })?;
    let store::Change { name, shown, code, .. } = change;
    Ok(Place { name, shown, code, version: place.version + 1, ..place })
}

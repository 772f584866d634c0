//! Let a place be found by another name that people use.

use db::{Fault, Tx};
use kernel::{Context, PlaceId, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{MAX_NAME, changeable};
use crate::store;

/// Another name as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct AddAlias {
    /// 1 to 80 characters.
    pub alias: String,
}

/// Adds the name; false when the place had it already, and then nothing is written.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `place-closed`, `not-allowed`; database faults.
pub fn alias(tx: &mut Tx<'_>, cx: &mut Context, id: &PlaceId, input: &AddAlias) -> Result<bool, Fault> {
    let (place, permit) = changeable(tx, cx, id)?;
    let mut shape = Shape::new();
    let alias = shape.line("alias", &input.alias, MAX_NAME);
    let alias = shape.finish(alias)?;
    if alias == place.name || alias == place.shown || !store::alias(tx, &permit, &place, &alias)? {
        return Ok(false);
    }
    let told = json!({ "place": id, "alias": alias });
    append(tx, cx, &permit, &Draft { kind: "place.alias-added", subject: id.as_str(), public: &told, private: None })?;
    Ok(true)
}

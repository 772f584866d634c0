//! Register an organisation.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, OrgId, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Org, OrgKind, store};
use crate::find;

/// An organisation as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = RegisterOrg)]
pub struct Register {
    /// What it is, such as `owners-committee`.
    #[serde(default)]
    pub kind: String,
    /// Its full name, 1 to 80 characters. Public.
    #[serde(default)]
    pub name: String,
    /// Its name as people say it, at most 20 characters; empty means the full name.
    #[serde(default)]
    pub short: String,
}

/// The names of an organisation, checked.
pub(super) fn names(shape: &mut Shape, name: &str, short: &str) -> (String, String) {
    let name = shape.line("name", name, 80);
    let short = shape.optional_line("short", short, 20);
    let short = if short.is_empty() { name.clone() } else { short };
    (name, short)
}

/// Registers the organisation at the place.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `place-closed`, `org-name-taken`, `not-allowed`; database faults.
pub fn register(tx: &mut Tx<'_>, cx: &mut Context, place: &PlaceId, input: &Register) -> Result<Org, Fault> {
    let mut shape = Shape::new();
    let (name, short) = names(&mut shape, &input.name, &input.short);
    let kind: Option<OrgKind> = input.kind.parse().ok();
    if kind.is_none() {
        shape.error("kind", "unknown-choice");
    }
    let kind = shape.finish(kind)?.unwrap_or(OrgKind::Other);
    let place = find::open_place(tx, place)?;
    let permit = authorize(&cx.actor, Action::KeepOrganisations, &place.site()?)?;
    let id: OrgId = cx.id(permit.home());
    let org = Org { id, place: place.id, kind, name, short, revision: 0, open_duties: 0, closed: None };
    let by = store::By { person: cx.actor.person(), day: &cx.day };
    match store::insert(tx, &permit, &org, &place.path, &by) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "org-name-taken").into()),
        other => other?,
    }
    let public =
        json!({ "org": org.id, "place": org.place, "kind": kind.as_str(), "name": org.name, "short": org.short });
    let draft = Draft { kind: "org.registered", subject: org.id.as_str(), public: &public, private: None };
    append(tx, cx, &permit, &draft)?;
    Ok(org)
}

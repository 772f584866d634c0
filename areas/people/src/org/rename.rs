//! Give an organisation another name.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, OrgId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Org, queries, register, rules, store};
use crate::find;

/// New names as somebody typed them.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = RenameOrg)]
pub struct Rename {
    /// The full name, 1 to 80 characters. Public.
    #[serde(default)]
    pub name: String,
    /// The name as people say it, at most 20 characters; empty means the full name.
    #[serde(default)]
    pub short: String,
}

/// Renames the organisation. Earlier names stay in the log.
///
/// # Errors
/// Refusals `invalid-input`, `org-not-found`, `org-closed`, `org-name-taken`, `changed-meanwhile`, `not-allowed`;
/// database faults.
pub fn rename(tx: &mut Tx<'_>, cx: &mut Context, org: &OrgId, input: &Rename) -> Result<Org, Fault> {
    let mut shape = Shape::new();
    let (name, short) = register::names(&mut shape, &input.name, &input.short);
    let (name, short) = shape.finish((name, short))?;
    let org = queries::org(tx, org)?;
    let place = find::place(tx, &org.place)?;
    let permit = authorize(&cx.actor, Action::KeepOrganisations, &place.site()?)?;
    rules::is_open(&org)?;
    match store::rename(tx, &permit, &org, &name, &short) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "org-name-taken").into()),
        Ok(false) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    };
    let public = json!({ "org": org.id, "name": name, "short": short, "before": org.name });
    append(tx, cx, &permit, &Draft { kind: "org.renamed", subject: org.id.as_str(), public: &public, private: None })?;
    Ok(Org { name, short, revision: org.revision + 1, ..org })
}

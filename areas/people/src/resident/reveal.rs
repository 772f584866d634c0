//! See what a masked field says.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use super::{ResidentId, store};

/// A masked field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldName {
    /// The name.
    Name,
    /// The telephone.
    Phone,
}

impl FieldName {
    /// The word in the log and the message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            FieldName::Name => "name",
            FieldName::Phone => "phone",
        }
    }
}

/// Answers what one field of one row says. Each look is an entry: who looked at which field of whose row, never what it
/// said.
///
/// # Errors
/// Refusals `not-allowed`, `resident-not-found`; database faults.
pub fn reveal(tx: &mut Tx<'_>, cx: &mut Context, id: &ResidentId, field: FieldName) -> Result<String, Fault> {
    let absent = || Refusal::new(Kind::NotFound, "resident-not-found");
    let (place, name, phone) = store::fields(tx, id)?.ok_or_else(absent)?;
    let site = places::site(tx, &place)?.ok_or_else(absent)?;
    let permit = authorize(&cx.actor, Action::Reveal, &site)?;
    let public = json!({ "resident": id, "field": field.as_str(), "by": cx.actor.person() });
    append(tx, cx, &permit, &Draft { kind: "field.revealed", subject: id.as_str(), public: &public, private: None })?;
    Ok(match field {
        FieldName::Name => name,
        FieldName::Phone => phone,
    })
}

//! Adopt a template.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use places::PlaceId;
use rights::{Action, authorize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Template, check::read, store};

/// Templates of an installation at most.
const MAX_TEMPLATES: i64 = 100;

/// Reads, checks and keeps a template for seasons to come; one of the same key is replaced.
///
/// # Errors
/// Refusals of [`read`], `place-not-found`, `too-many-templates`, `not-allowed`; database faults.
pub fn adopt(tx: &mut Tx<'_>, cx: &mut Context, place: &PlaceId, text: &str) -> Result<Template, Fault> {
    let site = places::site(tx, place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::RunSeason, &site)?;
    let template = read(text)?;
    let is_new = store::body(tx, permit.home(), &template.key)?.is_none();
    if is_new && store::count(tx, permit.home())? >= MAX_TEMPLATES {
        return Err(Refusal::new(Kind::LimitReached, "too-many-templates").with_int("limit", MAX_TEMPLATES).into());
    }
    store::put(tx, &permit, &template.key, text, cx.now)?;
    let digest: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    let told = json!({ "template": template.key, "version": template.version, "sha256": digest });
    let draft = Draft { kind: "template.adopted", subject: &template.key, public: &told, private: None };
    append(tx, cx, &permit, &draft)?;
    Ok(template)
}

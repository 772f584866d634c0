//! Correct one's own name, or how one appears.

use db::{Fault, Tx};
use kernel::Context;
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{VerifiedHow, mine, rules, store, verify};

/// Names as somebody typed them.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = RenameAccount)]
pub struct Rename {
    /// 1 to 60 characters; only workers see it.
    #[serde(default)]
    pub name: String,
    /// At most 30 characters; empty appears without a name.
    #[serde(default, rename = "shown-name")]
    pub shown_name: String,
}

/// Renames whoever has signed in. What the desk has checked was the earlier name: its word lapses with it.
///
/// # Errors
/// Refusals `sign-in-first`, `invalid-input`; database faults.
pub fn rename(tx: &mut Tx<'_>, cx: &mut Context, input: &Rename) -> Result<(), Fault> {
    let (permit, account) = mine::mine(tx, cx)?;
    let (name, shown) = rules::names(&input.name, &input.shown_name)?;
    if (&name, &shown) == (&account.name, &account.shown_name) {
        return Ok(());
    }
    let me = &account.person;
    store::rename(tx, &permit, me, (&name, &shown))?;
    let (public, private) = (json!({ "person": me }), json!({ "name": name, "shown-name": shown }));
    let draft = Draft { kind: "person.renamed", subject: me.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    if name != account.name && account.verified == VerifiedHow::Desk {
        let how = rules::verified_with(&store::contacts(tx, me)?);
        let day = cx.day.clone();
        store::verify(tx, &permit, me, how, (how != VerifiedHow::No).then_some(&day))?;
        verify::tell(tx, cx, &permit, me, how)?;
    }
    Ok(())
}

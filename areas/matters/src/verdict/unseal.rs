//! Take out what a verdict was computed from, where it is for auditors alone.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use super::{
    Verdict, VerdictId, queries,
    recompute::{Method, Methods},
};
use crate::site::of;

/// Records that an auditor takes the sealed inputs of a verdict out; answers with what they are gathered by.
///
/// # Errors
/// Refusals `verdict-not-found`, `not-allowed`, `verdict-not-sealed` where anybody may have them or nobody; database
/// faults.
pub fn unseal(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    methods: Methods,
    id: &VerdictId,
) -> Result<(Verdict, &'static Method), Fault> {
    let verdict = queries::verdict(tx, id)?;
    let permit = authorize(&cx.actor, Action::Audit, &of(id.home(), &verdict.path)?)?;
    let method = methods.of(&verdict.kind).filter(|m| verdict.is_computed_here() && m.openness.is_for_auditors());
    let method = method.ok_or_else(|| Refusal::new(Kind::Conflict, "verdict-not-sealed"))?;
    let (told, by) = (json!({ "verdict": id, "kind": verdict.kind }), json!({ "by": cx.actor.person() }));
    let draft = Draft { kind: "verdict.unsealed", subject: &verdict.subject, public: &told, private: Some(&by) };
    append(tx, cx, &permit, &draft)?;
    Ok((verdict, method))
}

//! Strike out a visit that was recorded by mistake.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{self, append};
use serde::Deserialize;
use serde_json::json;

use super::{Visit, VisitId, queries, record, rules, store};
use crate::{SeasonId, season};

/// Why a visit is struck out.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct StrikeVisit {
    /// 1 to 400 characters, shown on the visit's page.
    pub reason: String,
}

/// Strikes the visit out: it stays readable and counts no more.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `visit-not-found`, `visit-struck`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn strike(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &VisitId),
    input: &StrikeVisit,
) -> Result<Visit, Fault> {
    let season = season::queries::season(tx, season)?;
    let (old, _) = queries::visit(tx, &season.id, id)?;
    let permit = record::permit_at(tx, cx, &season, &old.place)?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 400);
    let reason = shape.finish(reason)?;
    rules::not_struck(&old)?;
    if !store::strike(tx, &permit, &old, (cx.now, &reason))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "visit": old.id, "number": old.number, "place": old.place });
    let private = json!({ "reason": reason, "by": cx.actor.person() });
    let subject = old.season.as_str();
    append(tx, cx, &permit, &entry::Draft { kind: "visit.struck", subject, public: &public, private: Some(&private) })?;
    Ok(Visit { struck_at: Some(cx.now), struck_reason: reason, revision: old.revision + 1, ..old })
}

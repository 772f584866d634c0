//! Correct a visit.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{self, append};
use serde::Deserialize;
use serde_json::json;

use super::{
    Visit, VisitId, queries,
    record::{self, RecordVisit},
    rules, store,
};
use crate::{SeasonId, season, template};

/// A visit as somebody mended it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct CorrectVisit {
    /// The revision of the visit that they saw.
    pub revision: u32,
    /// All of it anew.
    #[serde(flatten)]
    pub visit: RecordVisit,
}

/// Writes the visit anew; the earlier text stays in the private part of the log. What is already so is no change; what
/// somebody else has changed since is not overwritten.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `visit-not-found`, `visit-struck`, `wrong-stage`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn correct(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &VisitId),
    input: &CorrectVisit,
) -> Result<Visit, Fault> {
    let season = season::queries::season(tx, season)?;
    let (old, lists) = queries::visit(tx, &season.id, id)?;
    let permit = record::permit_at(tx, cx, &season, &old.place)?;
    rules::may_record(&season, &template::queries::of_season(tx, &season)?)?;
    rules::not_struck(&old)?;
    let draft = rules::draft(&input.visit, &cx.day)?;
    let place = match draft.place {
        // a community that has ended since keeps its visits
        Some(place) if place == old.place => place,
        moved => {
            let place = record::of_season(tx, &season, moved)?;
            record::permit_at(tx, cx, &season, &place)?;
            place
        }
    };
    let new = Visit {
        place,
        day: draft.day,
        staff: draft.staff,
        findings: draft.findings,
        revision: old.revision + 1,
        ..old.clone()
    };
    if (Visit { revision: old.revision, ..new.clone() }, &draft.lists) == (old.clone(), &lists) {
        return Ok(old);
    }
    if input.revision != old.revision || !store::update(tx, &permit, &new)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    store::remove_lists(tx, &permit, id)?;
    store::insert_lists(tx, &permit, id, &draft.lists)?;
    let public = record::told(&new, &draft.lists);
    let private = json!({
        "before": record::words(&old, &lists), "after": record::words(&new, &draft.lists), "by": cx.actor.person(),
    });
    let subject = new.season.as_str();
    append(
        tx,
        cx,
        &permit,
        &entry::Draft { kind: "visit.corrected", subject, public: &public, private: Some(&private) },
    )?;
    Ok(new)
}

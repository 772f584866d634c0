//! The team says that what was found is mended.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use matters::duty::{self, meet};
use serde::Deserialize;
use serde_json::json;

use super::{State, decide::once_of};
use crate::{
    SeasonId,
    running::{Case, store},
};

/// What was mended.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Mend {
    /// 1 to 2,000 characters.
    pub words: String,
}

/// Keeps what the team says and meets its duty; the office then opens another round. Said before, nothing changes.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `project-not-found`, `wrong-stage`, `nothing-to-mend`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn mend(tx: &mut Tx<'_>, cx: &mut Context, (season, number): (&SeasonId, u32), input: &Mend) -> Result<(), Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = case.team(&cx.actor)?;
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 2_000);
    let words = shape.finish(words)?;
    let last = store::rounds(tx, (season, number))?.into_iter().next_back();
    let last = match last {
        Some(last) if case.run.midterm == State::Rectified && last.mended == words => return Ok(()),
        Some(last) if case.run.midterm == State::Rectify => last,
        _ => return Err(Refusal::new(Kind::Conflict, "nothing-to-mend").into()),
    };
    let run = &case.run;
    let moved = store::set_run(tx, &permit, (season, run), (run.state, State::Rectified, run.closing))?;
    if !moved || !store::mend_round(tx, &permit, (season, number), (last.round, &words))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "project": number, "round": last.round });
    let private = json!({ "words": words, "by": cx.actor.person() });
    let subject = season.as_str();
    let draft = Draft { kind: "midterm.mended", subject, public: &public, private: Some(&private) };
    let entry = append(tx, cx, &permit, &draft)?;
    let owed = duty::queries::given(tx, season.home(), &once_of(&case, last.round))?;
    if let Some(owed) = owed.filter(|owed| owed.state.is_open()) {
        let evidence = [format!("entry:{entry}")];
        meet::end(tx, cx, &permit, &owed, &meet::Ending { evidence: &evidence, ..meet::Ending::default() })?;
    }
    Ok(())
}

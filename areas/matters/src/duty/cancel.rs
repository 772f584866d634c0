//! Cancel a duty, with a reason.

use db::{Fault, Tx};
use kernel::{Context, Shape};
use rights::{Action, authorize};
use serde::Deserialize;

use super::{Duty, DutyId, State, meet, queries, rules};

/// Why, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DutyReason)]
pub struct Reason {
    /// 1 to 500 characters; the holder and who gave the duty read it.
    #[serde(default)]
    pub words: String,
}

impl Reason {
    pub(super) fn checked(&self) -> Result<String, kernel::Refusal> {
        let mut shape = Shape::new();
        let words = shape.prose("words", &self.words, 500);
        shape.finish(words)
    }
}

/// Cancels a duty: nobody owes it any more.
///
/// # Errors
/// Refusals `invalid-input`, `duty-not-found`, `duty-ended`, `not-allowed`; database faults.
pub fn cancel(tx: &mut Tx<'_>, cx: &mut Context, id: &DutyId, input: &Reason) -> Result<Duty, Fault> {
    let words = input.checked()?;
    let duty = queries::duty(tx, id)?;
    let permit = authorize(&cx.actor, Action::GiveDuty, &duty.site()?)?;
    rules::expect_open(&duty)?;
    let ending = meet::Ending { state: Some(State::Cancelled), words: &words, evidence: &[] };
    meet::end(tx, cx, &permit, &duty, &ending)?;
    queries::duty(tx, id)
}

//! How money comes back: returns, the closing of a project's account, termination, the end of a year. Each is a **step**
//! that one person proposes and another confirms, who has no part in the project.
//!
//! ```text
//! settle, terminate, give_back, year_end ──► proposed ──confirm, by somebody else──► confirmed: now the book moves
//!                                                └──recall──► recalled
//! ```
//!
//! A project, and the season itself, has one step at a time that waits.

pub mod api;
pub mod confirm;
pub mod end;
pub mod give_back;
pub mod queries;
pub mod store;
pub mod year_end;

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Fen, Id, Kind, PersonId, Refusal};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use rights::Permit;
use serde_json::json;

/// The noun of ids of steps.
pub enum StepNoun {}
/// The id of a step.
pub type StepId = Id<StepNoun>;

kernel::words! {
    /// What a step does once it is confirmed.
    #[schema(as = FundsStepKind)]
    StepKind {
        /// Money that a project gave back is entered.
        Returned "returned",
        /// The account of a project that is done is closed.
        Settled "settled",
        /// An agreement ends before its time.
        Terminated "terminated",
        /// Public money that is left at the end of a year goes back.
        Lapsed "lapsed",
    }
}

kernel::words! {
    /// Where a step stands.
    #[schema(as = FundsStepState)]
    StepState {
        /// It waits for a second person.
        Proposed "proposed",
        /// It was done.
        Confirmed "confirmed",
        /// It was taken back.
        Recalled "recalled",
    }
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// What it does.
    pub kind: StepKind,
    /// Where it stands.
    pub state: StepState,
    /// The project's number; 0 where it is of the whole season.
    pub project: u32,
    /// What comes back, or must come back, as it was when it was proposed.
    pub amount: Fen,
    /// What the project would bear itself.
    pub borne: Fen,
    /// Why it is terminated; else empty.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: Option<PersonId>,
    /// When.
    pub proposed: Day,
    /// When it was confirmed or taken back.
    pub decided: Option<Day>,
}

impl Step {
    /// The page of the money it is about.
    pub fn page(&self, season: &SeasonId) -> String {
        match self.project {
            0 => format!("/seasons/{season}/money"),
            project => format!("/seasons/{season}/projects/{project}/money"),
        }
    }
}

/// What is proposed.
struct Ask<'a> {
    kind: StepKind,
    project: u32,
    amount: Fen,
    borne: Fen,
    reason: &'a str,
    /// Made up by the sender; may be empty.
    once: &'a str,
}

impl Ask<'_> {
    fn is(&self, step: &Step) -> bool {
        (self.kind, self.amount, self.borne, self.reason) == (step.kind, step.amount, step.borne, step.reason.as_str())
    }
}

/// Keeps what is proposed; the book must be held. The same again, while it waits, is answered with what waits.
fn propose(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, season): (&Permit, &SeasonId),
    ask: &Ask<'_>,
) -> Result<Step, Fault> {
    if let Some(there) = store::waiting(tx, season, ask.project)? {
        if ask.is(&there) {
            return Ok(there);
        }
        return Err(Refusal::new(Kind::Conflict, "step-waits").into());
    }
    let id: StepId = cx.id(permit.home());
    let step = Step {
        kind: ask.kind,
        state: StepState::Proposed,
        project: ask.project,
        amount: ask.amount,
        borne: ask.borne,
        reason: ask.reason.to_owned(),
        proposed_by: cx.actor.person().cloned(),
        proposed: cx.day.clone(),
        decided: None,
        id,
    };
    let once = if ask.once.is_empty() { step.id.as_str() } else { ask.once };
    match store::insert(tx, permit, season, (&step, once)) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let project = (ask.project > 0).then_some(ask.project);
    let told = json!({
        "step": step.id, "what": step.kind, "project": project, "amount": step.amount, "borne": step.borne,
    });
    let words = json!({ "reason": step.reason, "by": step.proposed_by });
    let entry = Draft { kind: "fund.step-proposed", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, permit, &entry)?;
    Ok(step)
}

/// Refuses where the money is another one than when the step was proposed: nobody confirms what they did not see.
fn expect_same(step: &Step, (amount, borne): (Fen, Fen)) -> Result<(), Refusal> {
    if (step.amount, step.borne) == (amount, borne) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "step-money-moved"))
}

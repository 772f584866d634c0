//! All SQL of steps.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::Context;
use programmes::SeasonId;
use rights::Permit;

use super::{Step, StepId, StepState};

macro_rules! columns {
    () => {
        "SELECT id, kind, state, project, amount, borne, reason, proposed_by, proposed_day, decided_day \
         FROM fund_steps WHERE home = ?1 AND season = ?2 "
    };
}

db::statements! {
    STATEMENTS:
    INSERT_STEP = "INSERT INTO fund_steps (home, season, id, kind, state, project, amount, borne, reason, once, \
                   proposed_by, proposed_day) VALUES (?1, ?2, ?3, ?4, 'proposed', ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    STEP = concat!(columns!(), "AND id = ?3");
    STEP_ONCE = concat!(columns!(), "AND once = ?3");
    WAITING_STEP = concat!(columns!(), "AND project = ?3 AND state = 'proposed'");
    WAITING_STEPS = concat!(columns!(), "AND state = 'proposed' ORDER BY project LIMIT ?3");
    LAST_STEP = concat!(columns!(), "AND project = ?3 AND kind = ?4 AND state = 'confirmed' ORDER BY id DESC LIMIT 1");
    /// The guard of the decision: it is made once.
    DECIDE_STEP = "UPDATE fund_steps SET state = ?4, decided_by = ?5, decided_day = ?6 \
                   WHERE home = ?1 AND season = ?2 AND id = ?3 AND state = 'proposed'";
}

impl FromRow for Step {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (kind, state): (String, String) = (row.get(1)?, row.get(2)?);
        Ok(Step {
            id: row.get(0)?,
            kind: kind.parse().map_err(|()| DbError::Data(format!("step {kind}")))?,
            state: state.parse().map_err(|()| DbError::Data(format!("step {state}")))?,
            project: row.get(3)?,
            amount: row.get(4)?,
            borne: row.get(5)?,
            reason: row.get(6)?,
            proposed_by: row.get(7)?,
            proposed: row.get(8)?,
            decided: row.get(9)?,
        })
    }
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (new, once): (&Step, &str),
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        season,
        &new.id,
        new.kind.as_str(),
        new.project,
        new.amount,
        new.borne,
        &new.reason,
        once,
        new.proposed_by.as_ref(),
        &new.proposed,
    ];
    tx.execute(&INSERT_STEP, params).map(|_| ())
}

pub(super) fn step(s: &mut Snapshot<'_>, season: &SeasonId, id: &StepId) -> Result<Option<Step>, DbError> {
    s.optional(&STEP, params![season.home(), season, id])
}

pub(super) fn once(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<Step>, DbError> {
    s.optional(&STEP_ONCE, params![season.home(), season, once])
}

/// The one that waits of a project, or with 0 of the season itself.
pub(super) fn waiting(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Option<Step>, DbError> {
    s.optional(&WAITING_STEP, params![season.home(), season, project])
}

pub(super) fn all_waiting(s: &mut Snapshot<'_>, season: &SeasonId, limit: i64) -> Result<Vec<Step>, DbError> {
    s.all(&WAITING_STEPS, params![season.home(), season, limit])
}

/// The one by which the account of a project was closed.
pub(super) fn last(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (project, kind): (u32, super::StepKind),
) -> Result<Option<Step>, DbError> {
    s.optional(&LAST_STEP, params![season.home(), season, project, kind.as_str()])
}

/// False when it is decided already.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    (season, id, to): (&SeasonId, &StepId, StepState),
) -> Result<bool, DbError> {
    let params = params![permit.home(), season, id, to.as_str(), cx.actor.person(), &cx.day];
    Ok(tx.execute(&DECIDE_STEP, params)? == 1)
}

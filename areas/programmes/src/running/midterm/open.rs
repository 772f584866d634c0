//! Begin the assessment of a project, or another round of it.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use matters::notice;
use rights::{Action, authorize};
use serde_json::json;

use super::{Round, State};
use crate::{
    SeasonId,
    running::{Case, Evidence, RunState, pack, rules, store},
};

/// Gathers the evidence and opens a round. A round that is open is answered as it is. Again after a rectification,
/// also after its day has gone by; a failed project only where an objection to the result was upheld.
///
/// # Errors
/// Refusals `season-not-found`, `project-not-found`, `wrong-stage`, `project-not-running`, `midterm-decided`,
/// `rectification-runs`, `too-many-rounds`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn open(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    evidence: &dyn Evidence,
    (season, number): (&SeasonId, u32),
) -> Result<Round, Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &case.site)?;
    let rounds = store::rounds(tx, (season, number))?;
    let last = rounds.last();
    if case.run.midterm == State::Open
        && let Some(last) = last
    {
        return Ok(last.clone());
    }
    if case.run.midterm != State::Failed {
        rules::running(&case.run)?;
    }
    let upheld = match last.and_then(|last| last.notice.as_ref()) {
        Some(posted) => {
            let posted = notice::queries::notice(tx, posted)?;
            // a correction takes the count back, for it answers what was upheld
            posted.n_upheld > 0 || posted.version > 1
        }
        None => false,
    };
    let n = u32::try_from(rounds.len()).unwrap_or(u32::MAX);
    rules::may_open(&case.run, n, (last.and_then(|last| last.until.as_ref()), &cx.day), upheld)?;
    let gathered = pack::gather(tx, evidence, &case, &cx.day.clone())?;
    let (text, digest) = pack::sealed(&gathered)?;
    let round = Round {
        round: n + 1,
        state: State::Open,
        pack: text,
        digest,
        opened_day: cx.day.clone(),
        points: None,
        advice: String::new(),
        until: None,
        mended: String::new(),
        decided_day: None,
        verdict: None,
        notice: None,
    };
    if !store::set_run(tx, &permit, (season, &case.run), (RunState::Running, State::Open, case.run.closing))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    store::insert_round(tx, &permit, (season, number), &round, cx.actor.person())?;
    let public = json!({ "project": number, "round": round.round, "digest": Hash(digest).to_string() });
    let private = json!({ "pack": gathered, "by": cx.actor.person() });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "midterm.opened", subject, public: &public, private: Some(&private) })?;
    Ok(round)
}

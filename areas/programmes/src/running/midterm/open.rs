//! Begin the assessment of a project, or another round of it.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use matters::notice::{self, NoticeId, ObjectionState};
use rights::{Action, authorize};
use serde_json::json;

use super::{Round, State};
use crate::{
    SeasonId,
    running::{Case, Evidence, RunState, pack, rules, store},
};

/// Gathers the evidence and opens a round. A round that is open is answered as it is. Again after a rectification,
/// also after its day has gone by; a failed project only where an objection to its result was upheld. One notice tells
/// the results of many projects: an objection to it is about the project of whose team the objector is, and about the only
/// one where the notice tells one alone. A corrected wording by itself opens nothing.
///
/// # Errors
/// Refusals `season-not-found`, `project-not-found`, `wrong-stage`, `project-not-running`, `midterm-decided`,
/// `objection-of-another`, `rectification-runs`, `too-many-rounds`, `changed-meanwhile`, `not-allowed`; database faults.
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
        Some(posted) => upheld(tx, &case, posted)?,
        None => Upheld::Nothing,
    };
    if case.run.midterm == State::Failed && upheld == Upheld::OfAnother {
        return Err(Refusal::new(Kind::Conflict, "objection-of-another").into());
    }
    let upheld = upheld == Upheld::Own;
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

/// What was upheld of the objections to a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Upheld {
    /// None of them.
    Nothing,
    /// One that is about the project.
    Own,
    /// Only such as are about other projects of the notice.
    OfAnother,
}

/// Pages of objections to one notice that are read at most.
const MOST_PAGES: u32 = 100;

/// Reads the objections to a notice. One that was upheld stays so when a correction puts it right.
fn upheld(tx: &mut Tx<'_>, case: &Case, posted: &NoticeId) -> Result<Upheld, Fault> {
    let is_alone = store::told_by(tx, &case.season.id, posted)? == 1;
    let (mut found, mut after) = (Upheld::Nothing, None);
    for _ in 0..MOST_PAGES {
        let page = notice::queries::objections(tx, posted, after.as_ref())?;
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        for objection in page.iter().filter(|objection| objection.state == ObjectionState::Upheld) {
            let of_team = match &objection.author {
                Some(author) => is_of_team(tx, case, (author, &objection.made_day))?,
                None => false,
            };
            if is_alone || of_team {
                return Ok(Upheld::Own);
            }
            found = Upheld::OfAnother;
        }
    }
    Ok(found)
}

/// Whether somebody did the project on a day: they proposed it, or held a seat in the organisation that did.
fn is_of_team(tx: &mut Tx<'_>, case: &Case, (person, day): (&PersonId, &kernel::Day)) -> Result<bool, Fault> {
    let Some(applied) = &case.applied else { return Ok(false) };
    if applied.author == *person {
        return Ok(true);
    }
    let Some(org) = &applied.org else { return Ok(false) };
    Ok(people::org::queries::seats_of(tx, person, day)?.contains(org))
}

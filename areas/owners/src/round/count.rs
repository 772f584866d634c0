//! Count a closed round, outside of any write, and record the verdict.

use consent::{Ballot, Channel, Choice, Question, Report, Roll, Rules, Sums};
use db::{Db, DbError, Fault, Snapshot, Tx};
use kernel::{Context, Day, Kind, Refusal};
use ledger::tree::Hash;
use matters::verdict::{Explained, NewVerdict, record};
use rights::{Action, authorize};
use serde_json::json;

use super::{
    Compared, Days, Figures, Outcome, Round, RoundId, State, call::finish, draft::hold, not_found, queries, rules,
    store,
};
use crate::{ballot, register};

/// The dated name of how the inputs of a count are written down.
pub const INPUTS: &str = "owners/2026-11";

/// The first line of the ballots in them.
pub(super) const BALLOTS_HEAD: [&str; 4] = ["unit", "choice", "channel", "instruction"];

/// Everything a count depends on.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The frozen roll, with signs for the owners.
    pub roll: Roll,
    /// The ballots that stand.
    pub ballots: Vec<Ballot>,
    /// The rule set.
    pub rules: Rules,
    /// The question.
    pub question: Question,
}

/// A count that is not recorded yet.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The round as it was counted.
    pub round: Round,
    /// What the count found.
    pub report: Report,
    /// SHA-256 over [`Facts::inputs`].
    pub inputs: Hash,
}

impl Facts {
    /// Reads them: two statements.
    ///
    /// # Errors
    /// [`DbError`] of the statements, or of rows that are no roll.
    pub fn read(s: &mut Snapshot<'_>, round: &Round, on: &Day) -> Result<Facts, DbError> {
        let roll = Roll::new(store::roll(s, &round.id)?).map_err(|e| DbError::Data(format!("rounds: {e}")))?;
        let ballots = ballot::store::standing(s, &round.id)?;
        Ok(Facts { roll, ballots, rules: round.rule_set()?, question: round.asked(on)? })
    }

    /// The ballots as the file that [`consent::read_ballots`] reads.
    pub fn ballots_text(&self) -> String {
        let head = BALLOTS_HEAD.map(str::to_owned);
        let rows = self.ballots.iter().map(|cast| {
            let kept = if cast.channel == Channel::Proxy && cast.instructed { "yes" } else { "" };
            [&cast.unit, choice_word(cast.choice), channel_word(cast.channel), kept].map(str::to_owned)
        });
        register::lines(std::iter::once(head).chain(rows))
    }

    /// Everything in one text: the same facts give the same bytes.
    ///
    /// # Errors
    /// [`DbError::Data`] where the rules cannot be written down.
    pub fn inputs(&self) -> Result<String, DbError> {
        let rules = serde_json::to_string(&self.rules).map_err(|e| DbError::Data(format!("rounds: {e}")))?;
        let buildings = self.question.buildings.as_deref().unwrap_or_default().join(",");
        let asked = format!("{INPUTS}\n{}\n{}\n{buildings}\n", self.question.item, self.question.on);
        Ok(format!("{asked}{rules}\n{}{}", register::text(self.roll.units()), self.ballots_text()))
    }

    /// Counts them.
    ///
    /// # Errors
    /// Refusal `rules-say-nothing` where the rule set has none for that day.
    pub fn count(&self) -> Result<Report, Refusal> {
        consent::count(&self.roll, &self.ballots, &self.rules, &self.question).map_err(|_| silent(&self.question))
    }
}

fn silent(question: &Question) -> Refusal {
    Refusal::new(Kind::Conflict, "rules-say-nothing").with_text("day", question.on.to_string())
}

/// The word of a choice in files, in the database and in the message keys (`ballot-choice-<word>`).
pub fn choice_word(choice: Choice) -> &'static str {
    match choice {
        Choice::Agree => "agree",
        Choice::Disagree => "disagree",
        Choice::Abstain => "abstain",
        Choice::Invalid => "invalid",
    }
}

/// The word of a channel in files, in the database and in the message keys (`ballot-channel-<word>`).
pub fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Online => "online",
        Channel::Paper => "paper",
        Channel::Proxy => "proxy",
        Channel::Import => "import",
    }
}

/// Reads a closed round and counts it: no transaction waits meanwhile.
///
/// # Errors
/// Refusals `round-not-found`, `round-wrong-state`, `papers-unsettled` with how many, `rules-say-nothing`; database faults.
pub fn count(db: &Db, id: &RoundId) -> Result<Counted, Fault> {
    let of = id.clone();
    let (round, facts) = db.read_wait(move |s| read(s, &of))?;
    of_facts(round, &facts)
}

fn read(s: &mut Snapshot<'_>, id: &RoundId) -> Result<(Round, Facts), Fault> {
    let round = store::round(s, id)?.ok_or_else(not_found)?;
    rules::expect(&round, &[State::Closed])?;
    let unsettled = ballot::store::unsettled(s, id)?;
    if unsettled > 0 {
        let n = i64::try_from(unsettled).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::Conflict, "papers-unsettled").with_int("n", n).into());
    }
    let closed = round.days.closed.clone().ok_or_else(not_found)?;
    let facts = Facts::read(s, &round, &closed)?;
    Ok((round, facts))
}

fn of_facts(round: Round, facts: &Facts) -> Result<Counted, Fault> {
    let report = facts.count()?;
    let inputs = Hash::of(facts.inputs()?.as_bytes());
    Ok(Counted { round, report, inputs })
}

/// Records the verdict of a count, if nothing has happened to the round since. Recorded before, it is answered as it is.
///
/// # Errors
/// Refusals `round-not-found`, `round-wrong-state`, `inputs-changed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn publish(tx: &mut Tx<'_>, cx: &mut Context, counted: &Counted) -> Result<Round, Fault> {
    let id = &counted.round.id;
    let (round, _) = hold(tx, cx, id)?;
    let site = register::site(tx, &round.place)?;
    let permit = authorize(&cx.actor, Action::RecordVerdict, &site)?;
    if round.state == State::Counted {
        return Ok(round);
    }
    rules::expect(&round, &[State::Closed])?;
    if round.revision != counted.round.revision {
        return Err(Refusal::new(Kind::Conflict, "inputs-changed").into());
    }
    let outcome = outcome(counted);
    let new = NewVerdict {
        site: &site,
        kind: "consent",
        subject_kind: "round",
        subject: id.as_str(),
        title: &round.title,
        matter: round.matter.as_ref().map(matters::matter::MatterId::as_str),
        rule: &counted.report.rule,
        rule_set: &counted.report.rules,
        parameters: parameters(&counted.report),
        inputs: counted.inputs,
        outcome: told(&counted.report),
        passed: Some(counted.report.passed),
        explained: explained(&counted.report),
    };
    let verdict = record::record(tx, cx, &permit, &new)?;
    let days = Days { counted: Some(cx.day.clone()), ..round.days.clone() };
    let public = json!({
        "round": id, "verdict": verdict.id, "passed": outcome.passed, "reason": outcome.reason, "rule": outcome.rule,
        "inputs": outcome.inputs,
    });
    let new = Round { state: State::Counted, days, verdict: Some(verdict.id.clone()), outcome: Some(outcome), ..round };
    finish(tx, cx, &permit, (new, "round.counted", public))
}

pub(super) fn parameters(report: &Report) -> serde_json::Value {
    let gates: serde_json::Map<String, serde_json::Value> =
        report.gates.iter().map(|gate| (gate.gate.name().to_owned(), json!(gate.needs.to_string()))).collect();
    let mut parameters = json!({
        "item": report.item.name(), "on": report.on.to_string(), "source": report.source, "law": report.law,
        "of": report.approval_of, "scope": report.scope.as_ref().map_or(0, Vec::len),
    });
    if let Some(members) = parameters.as_object_mut() {
        members.extend(gates);
    }
    parameters
}

/// Figures alone: no door and no name.
pub(super) fn told(report: &Report) -> serde_json::Value {
    let (area, heads, units) = (&report.sums.area, &report.sums.heads, &report.sums.units);
    json!({
        "reason": report.reason.name(), "units": units.all, "units-took-part": units.took_part,
        "area": area.all, "area-took-part": area.took_part, "area-agree": area.agree,
        "heads": heads.all, "heads-took-part": heads.took_part, "heads-agree": heads.agree,
    })
}

fn explained(report: &Report) -> Explained {
    let (area, heads) = (&report.sums.area, &report.sums.heads);
    let int = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    Explained::of(&format!("consent-{}", report.reason.name()))
        .with_text("area", crate::page::area(area.all))
        .with_text("area-took-part", crate::page::area(area.took_part))
        .with_text("area-agree", crate::page::area(area.agree))
        .with_int("heads", int(heads.all))
        .with_int("heads-took-part", int(heads.took_part))
        .with_int("heads-agree", int(heads.agree))
}

/// A report as it is kept with the round.
pub(crate) fn kept(report: &Report, inputs: &Hash) -> Outcome {
    let figures = |sums: &Sums| Figures {
        all: sums.all,
        took_part: sums.took_part,
        agree: sums.agree,
        disagree: sums.disagree,
        abstain: sums.abstain,
        invalid: sums.invalid,
        mixed: sums.mixed,
    };
    let gates = report.gates.iter().map(|gate| Compared {
        gate: gate.gate.name().to_owned(),
        part: gate.share.part,
        of: gate.share.of,
        needs: gate.needs.to_string(),
        met: gate.met,
        missing: gate.missing,
    });
    Outcome {
        passed: report.passed,
        reason: report.reason.name().to_owned(),
        rule: report.rule.clone(),
        source: report.source.clone(),
        on: report.on.to_string(),
        of: if report.approval_of == consent::rules::Of::All { "all" } else { "participants" }.to_owned(),
        gates: gates.collect(),
        units: figures(&report.sums.units),
        area: figures(&report.sums.area),
        heads: figures(&report.sums.heads),
        inputs: inputs.to_string(),
    }
}

fn outcome(counted: &Counted) -> Outcome {
    kept(&counted.report, &counted.inputs)
}

/// Counts a round again from what is kept, and whether it comes to the same.
///
/// # Errors
/// Refusals `round-not-found`, `round-not-counted`; database faults.
pub fn recount(s: &mut Snapshot<'_>, id: &RoundId) -> Result<(Facts, Report, bool), Fault> {
    let round = queries::round(s, id)?;
    let none = || Refusal::new(Kind::NotFound, "round-not-counted");
    let (closed, outcome) = round.days.closed.clone().zip(round.outcome.clone()).ok_or_else(none)?;
    let facts = Facts::read(s, &round, &closed)?;
    let report = facts.count()?;
    let same = kept(&report, &Hash::of(facts.inputs()?.as_bytes())) == outcome;
    Ok((facts, report, same))
}

//! Count a closed poll, and publish what came out.

use ballots::paper;
use db::{Db, DbError, Fault, Tx};
use kernel::{Actor, Context, Kind, Refusal, Site};
use ledger::entry::{Draft, append};
use matters::verdict::{Explained, NewVerdict, record};
use rights::{Action, Permit, authorize};
use serde_json::{Value, json};

use crate::{
    Openness, Poll, PollId, PollKind, State,
    count::{Count, Counted, Outcome, Received, Terms},
    phone, queries,
    rules::expect,
    store,
    templates::{self, RULE_SET},
};

/// Ballots read in one piece.
const PAGE: i64 = 2_000;
/// Rows forgotten in one transaction.
const CHUNK: i64 = 500;

/// A poll with what its ballots come to; its revision guards the result.
#[derive(Debug, Clone)]
pub struct Tallied {
    /// The poll as it was counted.
    pub poll: Poll,
    /// By these terms.
    pub terms: Terms,
    /// The count.
    pub counted: Counted,
}

/// Counts a closed poll, outside any write transaction. First it lays the poll's rows anew, so that the database no longer
/// tells in whose company a ballot arrived, and forgets who stood on the roll by name, but for polls by name.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`; database faults; [`DbError::Data`] when what is stored cannot be counted.
pub fn count(db: &Db, id: &PollId) -> Result<Tallied, Fault> {
    let (poll, terms) = terms(db, id)?;
    expect(&poll, &[State::Closed])?;
    settle(db, &poll)?;
    let counted = tally(db, &poll, &terms)?;
    Ok(Tallied { poll, terms, counted })
}

/// A poll with the terms by which it is counted, once it is closed.
///
/// # Errors
/// Refusal `poll-not-found`; database faults.
pub(crate) fn terms(db: &Db, id: &PollId) -> Result<(Poll, Terms), Fault> {
    let key = id.clone();
    let (poll, papers) = db.read_wait(move |s| {
        let poll = queries::poll(s, &key)?;
        Ok::<_, Fault>((poll, paper::store::counts(s, key.home(), key.as_str())?))
    })?;
    let terms = Terms {
        papers_given: papers.given,
        papers_counted: papers.counted,
        papers_spoiled: papers.spoiled,
        ..Terms::of(&poll)
    };
    Ok((poll, terms))
}

/// Reads the ballots page by page and counts them.
///
/// # Errors
/// Database faults; [`DbError::Data`] when what is stored cannot be counted.
pub fn tally(db: &Db, poll: &Poll, terms: &Terms) -> Result<Counted, DbError> {
    let mut count = Count::new(terms, Some(poll)).map_err(DbError::Data)?;
    each_ballot(db, &poll.id, |id, kept| count.ballot(id, kept).map_err(DbError::Data))?;
    count.finish().map_err(DbError::Data)
}

/// Hands each ballot on in order of ids, with the text that is kept of it; read page by page.
///
/// # Errors
/// Database faults; those of `take`.
pub(crate) fn each_ballot(
    db: &Db,
    id: &PollId,
    mut take: impl FnMut(&str, &str) -> Result<(), DbError>,
) -> Result<(), DbError> {
    let mut after = String::new();
    loop {
        let (key, from) = (id.clone(), after.clone());
        let page = db.read_wait(move |s| ballots::store::page(s, key.home(), key.as_str(), &from, PAGE))?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id.to_string();
        for ballot in &page {
            take(ballot.id.as_str(), &ballot.says)?;
        }
    }
}

fn settle(db: &Db, poll: &Poll) -> Result<(), Fault> {
    // nobody asks for this: the installation itself does it, whoever had the poll counted
    let permit: Permit = authorize(&Actor::Operator, Action::RunSeason, poll.id.home())?;
    ballots::settle(db, permit, poll.id.as_str())?;
    people::commands::settle::settle(db, permit, poll.id.as_str())?;
    phone::store::forget(db, permit, &poll.id, CHUNK)?;
    if poll.openness == Openness::Named {
        return Ok(());
    }
    loop {
        let key = poll.id.clone();
        if !db.write_wait(move |tx| store::forget_voters(tx, &permit, &key, CHUNK))? {
            return Ok(());
        }
    }
}

/// Stores what was counted, if nothing that the count depends on has changed since, and records the verdict.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `inputs-changed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn publish(tx: &mut Tx<'_>, cx: &mut Context, result: &Tallied) -> Result<Poll, Fault> {
    let id = &result.poll.id;
    let poll = queries::poll(tx, id)?;
    let site = queries::site(tx, &poll)?;
    let permit = authorize(&cx.actor, Action::PublishVerdict, &site)?;
    if poll.state == State::Published {
        return Ok(poll);
    }
    expect(&poll, &[State::Closed])?;
    if poll.revision != result.poll.revision {
        return Err(Refusal::new(Kind::Conflict, "inputs-changed").into());
    }
    if !store::publish(tx, &permit, &poll)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let counted = &result.counted;
    store::insert_result(tx, cx, &permit, &poll, counted)?;
    let told = json!({
        "ballots": counted.received.cast, "withdrawn": counted.received.withdrawn, "voters": poll.voters,
        "inputs": counted.inputs.to_string(), "outcome": counted.outcome.digest().to_string(),
        "chosen": counted.outcome.chosen(), "passed": counted.outcome.passed(),
    });
    append(tx, cx, &permit, &Draft { kind: "poll.published", subject: id.as_str(), public: &told, private: None })?;
    record::record(tx, cx, &permit, &registered(result, &site))?;
    queries::poll(tx, id)
}

/// The verdict as the register of all verdicts keeps it.
fn registered<'a>(result: &'a Tallied, site: &'a Site) -> NewVerdict<'a> {
    let (poll, counted) = (&result.poll, &result.counted);
    NewVerdict {
        site,
        kind: kind_of(poll.kind),
        subject_kind: "poll",
        subject: poll.id.as_str(),
        title: &poll.title,
        matter: None,
        rule: rule_of(&result.terms),
        rule_set: RULE_SET,
        parameters: parameters(&result.terms),
        inputs: counted.inputs,
        outcome: told(&result.terms, counted),
        passed: counted.outcome.passed(),
        explained: explained(poll, counted.received, &counted.outcome),
    }
}

/// The rule's name in the register.
pub(crate) fn rule_of(terms: &Terms) -> &'static str {
    templates::named(&terms.template).map_or("poll-house", |template| template.rule)
}

/// What came out, as the register tells it.
pub(crate) fn told(terms: &Terms, counted: &Counted) -> Value {
    let received = counted.received;
    let mut outcome = told_before(terms, counted);
    outcome["ballots"] = json!(received.all());
    outcome["withdrawn"] = json!(received.withdrawn);
    outcome["invalid"] = json!(received.invalid);
    outcome[VALID] = json!(received.counted());
    if templates::named(&terms.template).is_some_and(|template| template.weighted) {
        by_weight(&mut outcome);
    }
    outcome
}

/// Renames what is counted in shares, so that nobody takes it for people.
fn by_weight(outcome: &mut Value) {
    let Some(members) = outcome.as_object_mut() else { return };
    for (name, told) in [("agree", "agree_weight"), ("disagree", "disagree_weight"), ("abstain", "abstain_weight")] {
        if let Some(n) = members.remove(name) {
            members.insert(told.to_owned(), n);
        }
    }
}

/// What only verdicts tell that say what became of all ballots.
pub(crate) const VALID: &str = "ballots_counted";

/// The same as an earlier program told it: the ballots are those that were cast, and only a motion's spoiled papers are told.
pub(crate) fn told_before(terms: &Terms, counted: &Counted) -> Value {
    let chosen: Vec<usize> = counted.outcome.chosen().into_iter().map(|option| option + 1).collect();
    let mut outcome = json!({ "ballots": counted.received.cast, "voters": terms.voters });
    if !chosen.is_empty() {
        outcome["chosen"] = json!(chosen);
    }
    if let Outcome::Motion { votes, .. } = &counted.outcome {
        outcome["agree"] = json!(votes.agree);
        outcome["disagree"] = json!(votes.disagree);
        outcome["abstain"] = json!(votes.abstain);
        outcome["invalid"] = json!(votes.invalid);
    }
    outcome
}

fn kind_of(kind: PollKind) -> &'static str {
    match kind {
        PollKind::Motion => "poll-motion",
        PollKind::Ranked => "poll-ranked",
        PollKind::Dots => "poll-dots",
        PollKind::Survey => "poll-survey",
    }
}

pub(crate) fn parameters(terms: &Terms) -> Value {
    let mut parameters = json!({
        "template": terms.template, "voters": terms.voters, "weight": terms.weight, "seed": terms.seed,
    });
    let share = |t: &::tally::motion::Threshold| {
        let sign = if t.bound == ::tally::motion::Bound::MoreThan { ">" } else { ">=" };
        format!("{sign} {}/{}", t.numerator, t.denominator)
    };
    if let Some(rule) = &terms.rule.motion {
        parameters["threshold"] = json!(share(&rule.threshold));
        parameters["base"] = json!(rule.threshold.base);
        if let Some(quorum) = &rule.quorum {
            parameters["quorum"] = json!(share(&quorum.threshold));
        }
        parameters["present"] = json!(terms.present);
    }
    if let Some(rule) = &terms.rule.ranked {
        parameters["method"] = json!(rule.rule);
        parameters["seats"] = json!(rule.seats);
    }
    if let Some(rule) = &terms.rule.dots {
        parameters["dots"] = json!(rule.dots);
        parameters["cap"] = json!(rule.cap);
        parameters["seats"] = json!(rule.seats);
    }
    parameters
}

/// Why, in the words of `verdict-explained-poll-…`.
pub(crate) fn explained(poll: &Poll, received: Received, outcome: &Outcome) -> Explained {
    use ::tally::motion::Reason;
    let long = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let ballots = long(received.counted());
    let chosen = outcome.chosen();
    let first = chosen.first().and_then(|option| poll.definition.options.get(*option));
    match outcome {
        Outcome::Motion { votes, decision } => {
            let key = match decision.reason {
                Reason::Passed => "poll-passed",
                Reason::NoQuorum => "poll-no-quorum",
                Reason::NobodyCounts => "poll-nobody",
                Reason::TooFewAgreed => "poll-too-few",
            };
            // shares are no votes of people, and the sentence says which it counts
            let key = if poll.is_weighted() { format!("{key}-by-weight") } else { key.to_owned() };
            let gate = match (decision.reason, &decision.quorum) {
                (Reason::NoQuorum, Some(quorum)) => quorum,
                _ => &decision.approval,
            };
            Explained::of(&key)
                .with_int("agree", long(votes.agree))
                .with_int("count", long(gate.count))
                .with_int("of", long(gate.of))
                .with_int("least", long(gate.least))
        }
        Outcome::Survey(_) => Explained::of("poll-survey").with_int("ballots", ballots),
        _ if chosen.is_empty() => Explained::of("poll-nothing-chosen").with_int("ballots", ballots),
        _ => Explained::of("poll-chosen")
            .with_int("ballots", ballots)
            .with_int("chosen", i64::try_from(chosen.len()).unwrap_or(1))
            .with_text("first", first.map_or(String::new(), |option| option.title.clone())),
    }
}

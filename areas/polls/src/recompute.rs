//! Computing results again from the entries of the log alone.

use std::collections::BTreeMap;

use ledger::entry::Leaf;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    CAST, PollKind, Weighed,
    count::{Count, Outcome, Terms},
    survey::sealed::Opening,
};

/// Votes that one log may hold for this reader, so that a made-up log cannot take all memory.
const MAX_POLLS: usize = 100_000;
/// Faults that are told at most.
const MAX_FAULTS: usize = 100;

/// Follows a log entry by entry and computes every result of a poll again at its end.
///
/// Memory grows with polls, options and different ballots; of polls by dots with all ballots.
#[derive(Default)]
pub struct Recompute {
    /// Whether the commitments of surveys are kept: for who has their answers.
    keeps_answers: bool,
    polls: BTreeMap<String, Course>,
    faults: Vec<Fault>,
}

/// What the log tells of one poll.
#[derive(Default)]
struct Course {
    enrolled: u64,
    struck: u64,
    marks: u64,
    opened: Option<Terms>,
    closed: Option<Terms>,
    count: Option<Count>,
    last: String,
    n_ballots: u64,
    published: Option<Published>,
    /// What opens the commitments of a survey.
    opening: Option<Opening>,
}

#[derive(Deserialize)]
struct Opened {
    terms: Terms,
}

#[derive(Deserialize)]
struct Cast {
    #[serde(default)]
    says: String,
}

/// What `poll.published` says.
#[derive(Deserialize)]
struct Published {
    ballots: u64,
    voters: u64,
    inputs: String,
    outcome: String,
    chosen: Vec<usize>,
    passed: Option<bool>,
}

/// Something in the log that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("poll {poll}: {what}")]
pub struct Fault {
    /// The poll it is about.
    pub poll: String,
    /// What is wrong, in a sentence.
    pub what: String,
}

/// A result that was computed again and came out the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// The poll.
    pub poll: String,
    /// What was asked.
    pub kind: PollKind,
    /// Ballots counted.
    pub n_ballots: u64,
    /// Whether the outcome itself was computed again. Of a survey the log has commitments to the answers alone: without the
    /// answers it is the number of ballots, the roll and the digest.
    pub whole: bool,
}

impl Recompute {
    /// A reader at the beginning of a log.
    pub fn new() -> Recompute {
        Recompute::default()
    }

    /// A reader that is handed the answers of surveys behind the log ([`Recompute::answers`]). Memory grows with their
    /// ballots.
    pub fn with_answers() -> Recompute {
        Recompute { keeps_answers: true, ..Recompute::default() }
    }

    /// Takes the next line of the answers of a survey ([`crate::survey::sealed`]), when the log is at its end.
    ///
    /// # Errors
    /// A sentence where the log has nothing that the line opens.
    pub fn answers(&mut self, poll: &str, line: &str) -> Result<(), String> {
        let course = self.polls.get_mut(poll).ok_or("the log has no such poll")?;
        course.opening.as_mut().ok_or("the log has no ballots of this survey")?.line(line)
    }

    /// Takes the next entry. Entries of other areas are passed over.
    pub fn entry(&mut self, index: u64, leaf: &[u8]) {
        let Ok(leaf) = serde_json::from_slice::<Leaf<Value>>(leaf) else { return };
        let Some(poll) = leaf.subject.clone() else { return };
        let known =
            ["roll.enrolled", "roll.struck", "roll.marked", "poll.opened", "poll.closed", "poll.published", CAST];
        if !known.contains(&leaf.kind.as_str()) {
            return;
        }
        if self.polls.len() >= MAX_POLLS && !self.polls.contains_key(&poll) {
            return self.fault(&poll, "this log has more votes than this program takes".into());
        }
        let course = self
            .polls
            .entry(poll.clone())
            .or_insert_with(|| Course { opening: self.keeps_answers.then(Opening::default), ..Course::default() });
        if let Err(what) = course.take(leaf) {
            self.fault(&poll, format!("entry {index}: {what}"));
        }
    }

    /// Counts every poll that has a result: what came out the same, and everything that does not hold.
    pub fn finish(mut self) -> (Vec<Confirmed>, Vec<Fault>) {
        let mut confirmed = Vec::new();
        for (poll, course) in std::mem::take(&mut self.polls) {
            match course.confirm() {
                Ok(Some((kind, n_ballots, whole))) => confirmed.push(Confirmed { poll, kind, n_ballots, whole }),
                Ok(None) => {}
                Err(what) => self.fault(&poll, what),
            }
        }
        (confirmed, self.faults)
    }

    fn fault(&mut self, poll: &str, what: String) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault { poll: poll.to_owned(), what });
        }
    }
}

impl Course {
    fn take(&mut self, leaf: Leaf<Value>) -> Result<(), String> {
        let number = |name: &str| leaf.public.get(name).and_then(Value::as_u64).unwrap_or(0);
        match leaf.kind.as_str() {
            "roll.enrolled" => self.enrolled = self.enrolled.saturating_add(number("voters")),
            "roll.struck" => self.struck = self.struck.saturating_add(number("voters")),
            "roll.marked" => self.marks += 1,
            "poll.opened" if self.opened.is_some() => return Err("the poll is opened twice".into()),
            "poll.opened" => self.opened = Some(read::<Opened>(leaf.public)?.terms),
            "poll.closed" if self.closed.is_some() => return Err("the poll is closed twice".into()),
            "poll.closed" => self.closed = Some(self.terms_at_the_close(&leaf.public)?),
            CAST => self.ballot(&leaf)?,
            _ if self.published.is_some() => return Err("a second result".into()),
            _ => self.published = Some(read(leaf.public)?),
        }
        Ok(())
    }

    fn terms_at_the_close(&self, public: &Value) -> Result<Terms, String> {
        let opened = self.opened.as_ref().ok_or("a close before the opening")?;
        let number = |name: &str| public.get(name).and_then(Value::as_u64);
        Ok(Terms {
            present: number("present"),
            papers_given: number("papers_given").unwrap_or(0),
            papers_counted: number("papers_counted").unwrap_or(0),
            papers_spoiled: number("papers_spoiled").unwrap_or(0),
            ..opened.clone()
        })
    }

    fn ballot(&mut self, leaf: &Leaf<Value>) -> Result<(), String> {
        let terms = self.closed.as_ref().ok_or("a ballot before the close of its poll")?;
        if self.count.is_none() {
            self.count = Some(Count::new(terms, None)?);
        }
        let kind = terms.kind;
        if *leaf.id <= *self.last {
            return Err(format!("ballot {} is not in the order of ids", leaf.id));
        }
        let cast: Cast = read(leaf.public.clone())?;
        let count = self.count.as_mut().ok_or("no count")?;
        let is_text = kind != PollKind::Survey || !cast.says.is_empty();
        match (&leaf.commit, is_text) {
            (_, true) if Weighed::parse(kind, &cast.says).is_some() => count.ballot(&leaf.id, &cast.says)?,
            (Some(commit), false) => {
                count.told(&leaf.id, commit);
                if let Some(opening) = &mut self.opening {
                    opening.ballot(&leaf.id, commit);
                }
            }
            _ => return Err(format!("ballot {} cannot be read", leaf.id)),
        }
        leaf.id.clone_into(&mut self.last);
        self.n_ballots += 1;
        Ok(())
    }

    /// The kind, how many ballots, and whether the outcome itself was computed.
    fn confirm(mut self) -> Result<Option<(PollKind, u64, bool)>, String> {
        let Some(published) = self.published.take() else { return Ok(None) };
        let terms = self.closed.as_ref().ok_or("a result without a close")?;
        let count = match self.count.take() {
            Some(count) => count,
            None => Count::new(terms, None)?,
        };
        let counted = count.finish()?;
        let out = terms.papers_given.saturating_sub(terms.papers_counted);
        let is_survey = terms.kind == PollKind::Survey;
        let opened = self.opening.as_ref().map_or(Ok(None), Opening::totals)?;
        let totals = opened.map(|totals| Outcome::Survey(totals).digest().to_string());
        let checks = [
            (terms.rule_set == crate::templates::RULE_SET, "its rule set is not the one of this program"),
            (self.enrolled.checked_sub(self.struck) == Some(terms.voters), "the roll has another number of voters"),
            (terms.voters >= self.marks, "more voted than were on the roll"),
            (terms.weight >= terms.voters, "the roll weighs less than its voters"),
            (terms.papers_counted <= terms.papers_given, "more papers were counted than were given out"),
            (terms.papers_spoiled <= self.marks, "more papers were spoiled than were given out"),
            (self.n_ballots.checked_add(out) == Some(self.marks), "the marks of the roll are not those of the ballots"),
            (published.ballots == self.n_ballots, "the number of ballots differs"),
            (published.voters == terms.voters, "the number of voters differs"),
            (published.inputs == counted.inputs.to_string(), "the digest of the inputs differs"),
            (is_survey || published.outcome == counted.outcome.digest().to_string(), "the outcome differs"),
            (totals.as_ref().is_none_or(|totals| *totals == published.outcome), "the totals of the answers differ"),
            (published.chosen == counted.outcome.chosen(), "what is chosen differs"),
            (published.passed == counted.outcome.passed(), "whether it is carried differs"),
        ];
        match checks.iter().find(|(holds, _)| !holds) {
            Some((_, what)) => Err(format!("the result does not hold: {what}")),
            None => Ok(Some((terms.kind, self.n_ballots, !is_survey || totals.is_some()))),
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|e| format!("its content cannot be read: {e}"))
}

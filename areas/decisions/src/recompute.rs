//! Computing verdicts again from the entries of the log alone.

pub mod ballots;

use std::collections::BTreeMap;

use kernel::Fen;
use ledger::{entry::Leaf, tree::Hash};
use matters::verdict::recompute::Computed;
use serde::Deserialize;
use serde_json::Value;
use tally::{ElectionBuilder, Rule};

use crate::{
    RULE_SET,
    count::{Inputs, SCALE},
};

/// Seasons that one log may hold for this reader, so that a made-up log cannot take all memory.
const MAX_SEASONS: usize = 100_000;

/// Follows a log entry by entry and computes every verdict again at its end.
///
/// Memory grows with seasons, projects and different ballots, not with the number of entries.
#[derive(Default)]
pub struct Recompute {
    seasons: BTreeMap<String, Course>,
    faults: Vec<Fault>,
    n_reviews: u64,
}

/// What the log tells of one season.
#[derive(Default)]
struct Course {
    opened: Option<Opened>,
    projects: Vec<Added>,
    counting: Option<(Inputs, ElectionBuilder)>,
    last_ballot: String,
    n_ballots: u64,
    n_marks: u64,
    n_voters: u64,
    published: Option<Published>,
}

#[derive(Deserialize)]
struct Opened {
    budget: Fen,
    rule: String,
    increment: Option<Fen>,
    max_choices: usize,
}

#[derive(Deserialize)]
struct Added {
    number: u32,
    reference: String,
    cost: Fen,
}

#[derive(Deserialize)]
struct Cast {
    choices: Vec<u32>,
}

#[derive(Deserialize)]
struct Published {
    rule: String,
    rule_set: String,
    increment: Option<i64>,
    budget: Fen,
    ballots: u64,
    voters: u64,
    inputs: String,
    winners: Vec<u32>,
    total_cost: Fen,
    #[serde(default)]
    papers: Papers,
}

/// Papers given out against the roll, and what became of them.
#[derive(Default, Deserialize)]
struct Papers {
    given: u64,
    counted: u64,
}

/// Something in the log that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("season {season}: {what}")]
pub struct Fault {
    /// The season it is about; empty when the entry names none.
    pub season: String,
    /// What is wrong, in a sentence.
    pub what: String,
}

/// A verdict that was computed again and came out the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirmed {
    /// The season.
    pub season: String,
    /// The rule.
    pub rule: String,
    /// Ballots counted.
    pub n_ballots: u64,
    /// Projects funded.
    pub n_winners: usize,
    /// What they cost together.
    pub total_cost: Fen,
    /// Digest of the inputs.
    pub inputs: Hash,
    /// What the register says of such a vote.
    pub computed: Computed,
}

impl Recompute {
    /// A reader at the beginning of a log.
    pub fn new() -> Recompute {
        Recompute::default()
    }

    /// Takes the next entry. Entries of other areas are passed over.
    pub fn entry(&mut self, index: u64, leaf: &[u8]) {
        let parsed: Result<Leaf<Value>, _> = serde_json::from_slice(leaf);
        let Ok(leaf) = parsed else {
            return self.fault("", format!("entry {index} is not an entry this program knows how to read"));
        };
        let Some(season) = leaf.subject.clone() else { return };
        self.n_reviews += u64::from(leaf.kind == "review.closed");
        let known =
            ["season.opened", "project.added", "roll.enrolled", "roll.marked", "ballot.cast", "verdict.published"];
        if !known.contains(&leaf.kind.as_str()) {
            return;
        }
        if self.seasons.len() >= MAX_SEASONS && !self.seasons.contains_key(&season) {
            return self.fault(&season, "this log has more seasons than this program takes".into());
        }
        let course = self.seasons.entry(season.clone()).or_default();
        if let Err(what) = course.take(leaf) {
            self.fault(&season, format!("entry {index}: {what}"));
        }
    }

    /// Closed reviews of which the log tells. Their sheets are not in it, so that they are not counted here:
    /// see [`crate::review::recount`].
    pub fn n_reviews(&self) -> u64 {
        self.n_reviews
    }

    /// Counts every season that has a verdict: what came out the same, and everything that does not hold.
    pub fn finish(mut self) -> (Vec<Confirmed>, Vec<Fault>) {
        let mut confirmed = Vec::new();
        for (season, course) in std::mem::take(&mut self.seasons) {
            match course.confirm() {
                Ok(Some(same)) => confirmed.push(Confirmed { season, ..same }),
                Ok(None) => {}
                Err(what) => self.fault(&season, what),
            }
        }
        (confirmed, self.faults)
    }

    fn fault(&mut self, season: &str, what: String) {
        const ENOUGH: usize = 100;
        if self.faults.len() < ENOUGH {
            self.faults.push(Fault { season: season.to_owned(), what });
        }
    }
}

impl Course {
    fn take(&mut self, leaf: Leaf<Value>) -> Result<(), String> {
        match leaf.kind.as_str() {
            "season.opened" if self.opened.is_some() => return Err("the season is opened twice".into()),
            "season.opened" => self.opened = Some(read(leaf.public)?),
            "project.added" if self.counting.is_some() => return Err("a project after the first ballot".into()),
            "project.added" => self.projects.push(read(leaf.public)?),
            "roll.enrolled" => {
                let more = leaf.public.get("voters").and_then(Value::as_u64).unwrap_or(0);
                self.n_voters = self.n_voters.checked_add(more).ok_or("more voters than can be counted")?;
            }
            "roll.marked" => self.n_marks += 1,
            "ballot.cast" => self.ballot(&leaf.id, &read(leaf.public)?)?,
            _ if self.published.is_some() => return Err("a second verdict".into()),
            _ => self.published = Some(read(leaf.public)?),
        }
        Ok(())
    }

    fn ballot(&mut self, id: &str, cast: &Cast) -> Result<(), String> {
        let opened = self.opened.as_ref().ok_or("a ballot before its season")?;
        if self.counting.is_none() {
            self.counting = Some(begin(opened, &mut self.projects)?);
        }
        if *id <= *self.last_ballot {
            return Err(format!("ballot {id} is not in the order of ids"));
        }
        if cast.choices.len() > opened.max_choices {
            return Err(format!("ballot {id} names more projects than the season allows"));
        }
        let (inputs, builder) = self.counting.as_mut().ok_or("no count")?;
        inputs.ballot(id, &cast.choices);
        let choices: Option<Vec<u32>> = cast.choices.iter().map(|n| n.checked_sub(1)).collect();
        let choices = choices.ok_or_else(|| format!("ballot {id} names project 0"))?;
        builder.add_ballot(&choices).map_err(|e| format!("ballot {id}: {e}"))?;
        self.last_ballot = id.to_owned();
        self.n_ballots += 1;
        Ok(())
    }

    fn confirm(mut self) -> Result<Option<Confirmed>, String> {
        let Some(published) = self.published.take() else { return Ok(None) };
        let opened = self.opened.as_ref().ok_or("a verdict without a season")?;
        let (inputs, builder) = match self.counting.take() {
            Some(counting) => counting,
            None => begin(opened, &mut self.projects)?,
        };
        let increment = published.increment;
        let rule: Rule = opened.rule.parse().map_err(|e: tally::UnknownRule| e.to_string())?;
        let election = builder.finish();
        let options = tally::CountOptions { increment, ..tally::CountOptions::default() };
        let outcome = tally::count(&election, rule, &options).map_err(|e| e.to_string())?;
        let winners: Vec<u32> = outcome.winners.iter().map(|p| self.projects[*p].number).collect();
        let inputs = inputs.digest();
        let digest = inputs.to_string();
        let papers = &published.papers;
        // numbers of a stranger's file
        if papers.given > self.n_marks || papers.counted > self.n_ballots {
            return Err("the verdict does not hold: it names more papers than marks or ballots".into());
        }
        let checks = [
            (published.rule_set == RULE_SET, "its rule set is not the one of this program"),
            (published.rule == opened.rule, "its rule is not the season's"),
            (published.budget == opened.budget, "its budget is not the season's"),
            (increment == increment_of(rule, opened), "its increment is not the season's"),
            (published.ballots == self.n_ballots, "the number of ballots differs"),
            (papers.counted <= papers.given, "more papers were counted than were given out"),
            (
                self.n_marks == self.n_ballots + papers.given.saturating_sub(papers.counted),
                "the roll has another number of marks than there are ballots",
            ),
            (self.n_voters >= self.n_marks, "more voted than were on the roll"),
            (published.voters == self.n_voters, "the number of voters on the roll differs"),
            (published.inputs == digest, "the digest of the inputs differs"),
            (published.winners == winners, "the winners differ"),
            (published.total_cost.0 == outcome.total_cost, "the total cost differs"),
        ];
        match checks.iter().find(|(holds, _)| !holds) {
            Some((_, what)) => Err(format!("the verdict does not hold: {what}")),
            None => Ok(Some(Confirmed {
                season: String::new(),
                rule: published.rule,
                n_ballots: self.n_ballots,
                n_winners: winners.len(),
                total_cost: published.total_cost,
                inputs,
                computed: ballots::computed((rule, opened.budget), &outcome, (self.n_ballots, winners)),
            })),
        }
    }
}

fn increment_of(rule: Rule, opened: &Opened) -> Option<i64> {
    rule.takes_increment().then(|| opened.increment.map_or(SCALE.unit(), |fen| fen.0))
}

fn begin(opened: &Opened, projects: &mut [Added]) -> Result<(Inputs, ElectionBuilder), String> {
    let rule: Rule = opened.rule.parse().map_err(|e: tally::UnknownRule| e.to_string())?;
    projects.sort_by_key(|p| p.number);
    if let Some((expected, project)) = (1..).zip(projects.iter()).find(|(n, p)| p.number != *n) {
        return Err(format!("project {} stands where {expected} should", project.number));
    }
    let mut inputs = Inputs::new(rule, increment_of(rule, opened), opened.budget);
    for project in projects.iter() {
        inputs.project(project.number, &project.reference, project.cost);
    }
    let list = projects.iter().map(|p| tally::Project { id: p.reference.clone(), cost: p.cost.0 }).collect();
    let builder = ElectionBuilder::new(SCALE, opened.budget.0, list).map_err(|e| e.to_string())?;
    Ok((inputs, builder))
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|e| format!("its content cannot be read: {e}"))
}

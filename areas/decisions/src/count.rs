//! Counting: outside any write transaction, on ballots that no longer change.

use std::collections::HashMap;

use ballots::paper::{Counts, store::counts};
use db::{Db, DbError, Fault};
use kernel::Fen;
use ledger::tree::Hash;
use programmes::{Phase, Project, Season, SeasonId, expect_phase, project::queries as projects_of, season::queries};
use sha2::{Digest, Sha256};
use tally::{Election, ElectionBuilder, Outcome, Rule, Scale};

use crate::{
    Explanation, Line, Lost, MAX_SPENT, Shortfall, Spent, Why, print_choices,
    rules::{self, Turnout},
    store,
};

/// Ballots read in one piece: memory stays flat whatever the size of the vote.
const PAGE: i64 = 5_000;
/// Work that the search for "what would have been enough" may take, losers with most support first: runs of the rule
/// times different ballots. About three seconds on one core, whatever the size of the vote.
const WHAT_IF_WORK: u64 = 50_000_000;

/// Everything an outcome depends on, as one digest that anybody can compute: SHA-256 over lines of text
/// `rule NAME INCREMENT BUDGET`, `project NUMBER REFERENCE COST` in order of numbers, and `ballot ID CHOICES` in order
/// of ids, each ended by a line feed. The increment is `-` when the rule has none.
#[derive(Clone)]
pub struct Inputs(Sha256);

impl Inputs {
    /// Begins with the rule.
    pub fn new(rule: Rule, increment: Option<i64>, budget: Fen) -> Inputs {
        let mut inputs = Inputs(Sha256::new());
        inputs.line(&rule_line(rule, increment, budget));
        inputs
    }

    /// Adds the next project.
    pub fn project(&mut self, number: u32, reference: &str, cost: Fen) {
        self.line(&project_line(number, reference, cost));
    }

    /// Adds the next ballot.
    pub fn ballot(&mut self, id: &str, choices: &[u32]) {
        self.line(&ballot_line(id, choices));
    }

    /// The digest.
    pub fn digest(self) -> Hash {
        Hash(self.0.finalize().into())
    }

    fn line(&mut self, text: &str) {
        self.0.update(text.as_bytes());
    }
}

/// The line of [`Inputs`] that names the rule.
pub(crate) fn rule_line(rule: Rule, increment: Option<i64>, budget: Fen) -> String {
    let increment = increment.map_or("-".to_owned(), |n| n.to_string());
    format!("rule {rule} {increment} {}\n", budget.0)
}

/// The line of [`Inputs`] of a project.
pub(crate) fn project_line(number: u32, reference: &str, cost: Fen) -> String {
    format!("project {number} {reference} {}\n", cost.0)
}

/// The line of [`Inputs`] of a ballot.
pub(crate) fn ballot_line(id: &str, choices: &[u32]) -> String {
    format!("ballot {id} {}\n", print_choices(choices))
}

/// An outcome with all that its verdict stores.
#[derive(Debug)]
pub struct Counted {
    /// The season as it was when it was counted; its revision guards the verdict.
    pub season: Season,
    /// Voters on the roll.
    pub n_voters: u64,
    /// Ballots counted.
    pub n_ballots: u64,
    /// Digest of everything the outcome depends on.
    pub inputs: Hash,
    /// The outcome.
    pub outcome: Outcome,
    /// The outcome as JSON.
    pub json: String,
    /// Numbers of the winners in order of selection.
    pub winners: Vec<u32>,
    /// Voters and votes by parts of the place, as far as they may be shown.
    pub turnouts: Vec<Turnout>,
    /// Papers given out, cast and spoiled.
    pub papers: Counts,
    /// One line for each project.
    pub lines: Vec<Line>,
}

/// Amounts of a season are hundredths of its currency's unit.
pub(crate) const SCALE: Scale = match Scale::new(2) {
    Some(scale) => scale,
    None => unreachable!(),
};

/// Counts a closed vote and explains the outcome for every project.
///
/// First it lays the vote's rows anew, so that the database no longer tells in whose company a ballot arrived (module
/// `settle`). Reads by key pages, each on a snapshot of its own; the ballots of a closed vote do not change, and the season's
/// revision tells if anything did.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`; database faults; [`DbError::Data`] when the stored vote cannot be counted.
pub fn count(db: &Db, id: &SeasonId) -> Result<Counted, Fault> {
    let key = id.clone();
    let (season, projects, (n_voters, n_marked), parts, papers) = db.read_wait(move |s| {
        let season = queries::season(s, &key)?;
        expect_phase(&season, Phase::Closed)?;
        let projects = projects_of::projects(s, &key, 0, i64::from(programmes::MAX_PROJECTS))?;
        let parts = people::store::by_part(s, key.home(), key.as_str())?;
        Ok::<_, Fault>((
            season,
            projects,
            people::store::count(s, key.home(), key.as_str())?,
            parts,
            counts(s, key.home(), key.as_str())?,
        ))
    })?;
    crate::settle::settle(db, id)?;
    let rule: Rule = season.rule.parse().map_err(|e| data(&e))?;
    let increment = rule.takes_increment().then(|| season.increment.map_or(SCALE.unit(), |fen| fen.0));
    let mut inputs = Inputs::new(rule, increment, season.budget);
    let mut builder = builder(season.budget, &projects).map_err(|e| data(&e))?;
    for project in &projects {
        inputs.project(project.number, &project.reference, project.cost);
    }
    read_ballots(db, id, |ballot| {
        inputs.ballot(ballot.id.as_str(), &ballot.choices);
        let choices: Vec<u32> = ballot.choices.iter().map(|n| n - 1).collect();
        builder.add_ballot(&choices).map_err(|e| data(&e))
    })?;
    let election = builder.finish();
    let n_ballots = u64::from(election.n_ballots());
    // who was given a paper is marked; a paper that did not come back, or was spoiled, is no ballot
    if n_marked != n_ballots + papers.given.saturating_sub(papers.counted) {
        return Err(DbError::Data(format!("{n_marked} marks on the roll and {n_ballots} ballots")).into());
    }
    let options = tally::CountOptions { increment, ..tally::CountOptions::default() };
    let outcome = tally::count(&election, rule, &options).map_err(|e| data(&e))?;
    let json = serde_json::to_string(&outcome).map_err(|e| data(&e))?;
    let winners = outcome.winners.iter().map(|p| projects[*p].number).collect();
    let lines = explain(&election, &projects, &outcome);
    let turnouts = rules::turnouts(parts);
    Ok(Counted {
        season,
        n_voters,
        n_ballots,
        inputs: inputs.digest(),
        outcome,
        json,
        winners,
        turnouts,
        papers,
        lines,
    })
}

pub(crate) fn builder(budget: Fen, projects: &[Project]) -> Result<ElectionBuilder, tally::ElectionError> {
    let projects = projects.iter().map(|p| tally::Project { id: p.reference.clone(), cost: p.cost.0 }).collect();
    ElectionBuilder::new(SCALE, budget.0, projects)
}

/// Calls `each` for every ballot of a season in order of ids, page by page.
///
/// # Errors
/// What `each` returns; database faults.
pub fn read_ballots(
    db: &Db,
    season: &SeasonId,
    mut each: impl FnMut(&crate::Ballot) -> Result<(), DbError>,
) -> Result<(), DbError> {
    let mut after = String::new();
    loop {
        let (key, from) = (season.clone(), after.clone());
        let page = db.read_wait(move |s| store::ballots(s, &key, &from, PAGE))?;
        page.iter().try_for_each(&mut each)?;
        match page.last() {
            Some(last) => after = last.id.to_string(),
            None => return Ok(()),
        }
    }
}

fn data(error: &dyn std::fmt::Display) -> DbError {
    DbError::Data(error.to_string())
}

/// One line for each project: winners in order of selection, then the others by support.
fn explain(election: &Election, projects: &[Project], outcome: &Outcome) -> Vec<Line> {
    let mut rank = 0..;
    let mut line = |project: usize, won, supporters, explanation| {
        let rank = rank.next().unwrap_or(u32::MAX) + 1;
        Line { rank, number: projects[project].number, won, supporters, explanation }
    };
    let mut lines = Vec::with_capacity(projects.len());
    for (step, winner) in (1..).zip(&outcome.steps) {
        let price = winner.price.as_ref().and_then(tally::Ratio::ceil);
        let explanation = Explanation::Won { step, phase: winner.phase, price, left: winner.left };
        lines.push(line(winner.project, true, winner.supporters, explanation));
    }
    let runs = WHAT_IF_WORK / (election.n_distinct() as u64).max(1_000);
    let what_ifs = tally::explain(election, outcome, runs);
    let what_ifs: HashMap<usize, _> = what_ifs.into_iter().map(|e| (e.project, e)).collect();
    let mut losses: Vec<_> = outcome.losses.iter().collect();
    losses.sort_by_key(|loss| (std::cmp::Reverse(loss.supporters), loss.project));
    for loss in losses {
        let what_if = what_ifs.get(&loss.project);
        let lost = Lost {
            why: why(&loss.reason),
            shortfall: loss.shortfall.as_ref().map(|s| shortfall(projects, s)),
            more_supporters: what_if.and_then(|e| e.extra_supporters),
            lower_cost: what_if.and_then(|e| e.lower_cost),
        };
        lines.push(line(loss.project, false, loss.supporters, Explanation::Lost(lost)));
    }
    lines
}

fn why(reason: &tally::Reason) -> Why {
    match *reason {
        tally::Reason::CostsMoreThanBudget => Why::CostsMoreThanBudget,
        tally::Reason::NoSupporters => Why::NoSupporters,
        tally::Reason::CostsNothing => Why::CostsNothing,
        tally::Reason::SupportersShort => Why::SupportersShort,
        tally::Reason::DoesNotFit { left, after } => {
            Why::DoesNotFit { left, after: u32::try_from(after).unwrap_or(u32::MAX) }
        }
        tally::Reason::TurnNotReached { left, after } => {
            Why::TurnNotReached { left, after: u32::try_from(after).unwrap_or(u32::MAX) }
        }
    }
}

fn shortfall(projects: &[Project], shortfall: &tally::Shortfall) -> Shortfall {
    let mut spent: Vec<_> = shortfall.spent.iter().collect();
    spent.sort_by_key(|s| std::cmp::Reverse(s.amount));
    let spent = spent.into_iter().take(MAX_SPENT).map(|s| Spent {
        number: projects[s.winner].number,
        name: projects[s.winner].name.clone(),
        amount: s.amount,
    });
    Shortfall { needed: shortfall.needed, given: shortfall.given, had: shortfall.had, spent: spent.collect() }
}

//! Computing the result of a vote again from its ballots.

use db::{Db, Fault};
use kernel::Fen;
use matters::verdict::{
    Verdict,
    recompute::{Computed, Count, Method, Openness, Sink, Told, members, subject_id},
};
use programmes::{SeasonId, project::queries as projects_of, season::queries};
use serde_json::json;
use tally::{CountOptions, ElectionBuilder, Outcome, Rule};

use crate::{
    RULE_SET,
    commands::publish::MAX_NAMED,
    count::{SCALE, ballot_line, project_line, read_ballots, rule_line},
    parse_choices,
};

/// How it is done. The inputs are the text of [`crate::count::Inputs`]: rule, projects and ballots, which are all in the
/// log once the vote is closed.
pub const METHOD: Method = Method {
    kind: "season-result",
    knows: |set| set == RULE_SET,
    openness: Openness::Open,
    in_log: true,
    gather,
    own: None,
    begin: || Box::<Ballots>::default(),
};

fn gather(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id: SeasonId = subject_id(verdict)?;
    let key = id.clone();
    let (season, projects) = db.read_wait(move |s| {
        let season = queries::season(s, &key)?;
        let projects = projects_of::projects(s, &key, 0, i64::from(programmes::MAX_PROJECTS))?;
        Ok::<_, Fault>((season, projects))
    })?;
    let rule: Rule = season.rule.parse().map_err(|e: tally::UnknownRule| db::DbError::Data(e.to_string()))?;
    let increment = rule.takes_increment().then(|| season.increment.map_or(SCALE.unit(), |fen| fen.0));
    sink(&rule_line(rule, increment, season.budget))?;
    for project in &projects {
        sink(&project_line(project.number, &project.reference, project.cost))?;
    }
    read_ballots(db, &id, |ballot| sink(&ballot_line(ballot.id.as_str(), &ballot.choices)))?;
    Ok(())
}

/// The lines of a vote.
#[derive(Default)]
struct Ballots {
    set: Option<(Rule, Option<i64>, Fen)>,
    projects: Vec<(u32, tally::Project)>,
    builder: Option<ElectionBuilder>,
}

impl Ballots {
    fn begun(&mut self) -> Result<&mut ElectionBuilder, String> {
        let (_, _, budget) = self.set.as_ref().ok_or("the rule does not come first")?;
        if self.builder.is_none() {
            let projects = self.projects.iter().map(|(_, project)| project.clone()).collect();
            self.builder = Some(ElectionBuilder::new(SCALE, budget.0, projects).map_err(|e| e.to_string())?);
        }
        self.builder.as_mut().ok_or_else(|| "no count".into())
    }

    fn rule(&mut self, rest: &str) -> Result<(), String> {
        let [rule, increment, budget] = rest.split(' ').collect::<Vec<_>>()[..] else {
            return Err("the rule has other parts".into());
        };
        let rule: Rule = rule.parse().map_err(|e: tally::UnknownRule| e.to_string())?;
        let number = |text: &str| text.parse::<i64>().map_err(|e| e.to_string());
        let increment = if increment == "-" { None } else { Some(number(increment)?) };
        if self.set.is_some() {
            return Err("there are two rules".into());
        }
        self.set = Some((rule, increment, Fen(number(budget)?)));
        Ok(())
    }

    fn project(&mut self, rest: &str) -> Result<(), String> {
        let parts = rest.split_once(' ').and_then(|(number, rest)| Some((number, rest.rsplit_once(' ')?)));
        let (number, (reference, cost)) = parts.ok_or("a project has other parts")?;
        let number = number.parse().map_err(|_| "a project has no number")?;
        let cost = cost.parse().map_err(|_| "a project has no cost")?;
        if self.builder.is_some() || self.projects.last().is_some_and(|(last, _)| *last >= number) {
            return Err(format!("project {number} is not in its place"));
        }
        if self.projects.len() >= programmes::MAX_PROJECTS as usize {
            return Err("there are more projects than a season takes".into());
        }
        self.projects.push((number, tally::Project { id: reference.to_owned(), cost }));
        Ok(())
    }

    fn ballot(&mut self, rest: &str) -> Result<(), String> {
        let choices = rest.split_once(' ').and_then(|(_, choices)| parse_choices(choices));
        let choices = choices.ok_or("a ballot has other parts")?;
        let choices: Option<Vec<u32>> = choices.iter().map(|n| n.checked_sub(1)).collect();
        let choices = choices.ok_or("a ballot names project 0")?;
        self.begun()?.add_ballot(&choices).map_err(|e| e.to_string())
    }
}

impl Count for Ballots {
    fn line(&mut self, line: &str) -> Result<(), String> {
        match line.split_once(' ') {
            Some(("rule", rest)) => self.rule(rest),
            Some(("project", rest)) => self.project(rest),
            Some(("ballot", rest)) => self.ballot(rest),
            _ => Err("it is neither rule nor project nor ballot".into()),
        }
    }

    fn end(mut self: Box<Self>, _: &Told) -> Result<Computed, String> {
        self.begun()?;
        let Ballots { set: Some((rule, increment, budget)), projects, builder: Some(builder) } = *self else {
            return Err("there is no rule".into());
        };
        let election = builder.finish();
        let options = CountOptions { increment, ..CountOptions::default() };
        let outcome = tally::count(&election, rule, &options).map_err(|e| e.to_string())?;
        let winners = outcome.winners.iter().filter_map(|at| projects.get(*at).map(|(number, _)| *number)).collect();
        Ok(computed((rule, budget), &outcome, (u64::from(election.n_ballots()), winners)))
    }
}

/// What the register says of a vote that came to this outcome. Neither the roll nor the most choices a ballot may name
/// are among the inputs.
pub(super) fn computed(
    (rule, budget): (Rule, Fen),
    outcome: &Outcome,
    (n_ballots, winners): (u64, Vec<u32>),
) -> Computed {
    let mut told = members(json!({
        "chosen": winners.len(), "total_cost": outcome.total_cost, "ballots": n_ballots,
    }));
    if winners.len() <= MAX_NAMED {
        told.insert("winners".into(), json!(winners));
    }
    Computed {
        rule: Some(rule.to_string()),
        parameters: members(json!({ "budget": budget, "increment": outcome.increment })),
        outcome: told,
        passed: None,
    }
}

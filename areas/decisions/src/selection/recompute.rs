//! Computing the list of a season again from what review and vote came to.

use std::collections::BTreeMap;

use db::{Db, Fault};
use kernel::Fen;
use matters::verdict::{
    Verdict,
    recompute::{Computed, Count, Method, Openness, Sink, Told, members, subject_id},
};
use programmes::{SeasonId, season::queries, template::Combine};

use super::{
    Candidate, Limits, RULE_SET, Reviewed, Voted, combine,
    decide::{RULE, told},
    inputs::{self, Inputs},
};

/// How it is done. The inputs are [`Inputs::text`], all of which stands on public pages.
pub const METHOD: Method = Method {
    kind: "season-selection",
    knows: |set| set == RULE_SET,
    openness: Openness::Open,
    in_log: false,
    gather,
    own: None,
    begin: || Box::<Ranked>::default(),
};

fn gather(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id: SeasonId = subject_id(verdict)?;
    let inputs = db.read_wait(move |s| {
        let season = queries::season(s, &id)?;
        inputs::read(s, &season)
    })?;
    inputs.text().split_inclusive('\n').try_for_each(sink)?;
    Ok(())
}

/// The lines of a list.
#[derive(Default)]
struct Ranked {
    lines: usize,
    how: Option<Combine>,
    limits: Option<Limits>,
    candidates: Vec<Candidate>,
}

impl Count for Ranked {
    fn line(&mut self, line: &str) -> Result<(), String> {
        self.lines += 1;
        match self.lines {
            1 if line == RULE_SET => Ok(()),
            1 => Err(format!("the rule set is not {RULE_SET}")),
            2 => {
                how(line).map(|how| self.how = Some(how)).ok_or_else(|| "review and vote are joined another way".into())
            }
            3 => limits(line).map(|limits| self.limits = Some(limits)).ok_or_else(|| "it is no line of limits".into()),
            _ => self.fact(line).ok_or_else(|| "it is neither a class nor a project".into()),
        }
    }

    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        let Ranked { how: Some(how), limits: Some(limits), candidates, .. } = *self else {
            return Err("lines are missing".into());
        };
        let inputs = Inputs { how, candidates, limits };
        let lines = combine(how, &inputs.candidates, &inputs.limits);
        let (parameters, outcome) = told(&inputs, &lines);
        let (parameters, outcome) = (members(parameters), members(outcome));
        Ok(Computed { rule: Some(RULE.into()), parameters, outcome, passed: None })
    }
}

impl Ranked {
    fn fact(&mut self, line: &str) -> Option<()> {
        if let Some(rest) = line.strip_prefix("tier ") {
            let (tier, places) = rest.rsplit_once(' ')?;
            self.limits.as_mut()?.tiers.insert(tier.to_owned(), places.parse().ok()?);
            return Some(());
        }
        let (number, rest) = line.split_once(' ')?;
        let (cost, rest) = rest.split_once(' ')?;
        let (tier, rest) = rest.split_once(' ')?;
        let (review, vote) = match rest.strip_prefix("None ") {
            Some(vote) => (None, vote),
            None => rest.split_once(") ").map(|(review, vote)| (Some(review), vote))?,
        };
        let review = match review {
            None => None,
            Some(text) => {
                let (rank, passed) = text.strip_prefix("Some((")?.strip_suffix(')')?.split_once(", ")?;
                Some(Reviewed { rank: rank.parse().ok()?, passed: passed.parse().ok()? })
            }
        };
        let vote = match vote {
            "None" => None,
            text => {
                let text = text.strip_prefix("Some((")?.strip_suffix("))")?;
                let [rank, won, supporters] = text.split(", ").collect::<Vec<_>>()[..] else { return None };
                let supporters = supporters.parse().ok()?;
                Some(Voted { rank: rank.parse().ok()?, won: won.parse().ok()?, supporters })
            }
        };
        if self.candidates.len() >= programmes::MAX_PROJECTS as usize {
            return None;
        }
        let (number, cost) = (number.parse().ok()?, Fen(cost.parse().ok()?));
        self.candidates.push(Candidate { number, cost, tier: tier.to_owned(), review, vote });
        Some(())
    }
}

/// As Rust prints it for programmers.
fn how(line: &str) -> Option<Combine> {
    match line {
        "ReviewOnly" => Some(Combine::ReviewOnly),
        "VoteOnly" => Some(Combine::VoteOnly),
        "ReviewThenVote" => Some(Combine::ReviewThenVote),
        weighted => {
            let (review, vote) = weighted.strip_prefix("WeightedRanks { review: ")?.split_once(", vote: ")?;
            let vote = vote.strip_suffix(" }")?;
            Some(Combine::WeightedRanks { review: review.parse().ok()?, vote: vote.parse().ok()? })
        }
    }
}

fn limits(line: &str) -> Option<Limits> {
    let ["budget", budget, "places", places, "reserve", reserve] = line.split(' ').collect::<Vec<_>>()[..] else {
        return None;
    };
    let places = match places {
        "None" => None,
        some => Some(some.strip_prefix("Some(")?.strip_suffix(')')?.parse().ok()?),
    };
    let (budget, reserve) = (Fen(budget.parse().ok()?), reserve.parse().ok()?);
    Some(Limits { budget, places, tiers: BTreeMap::new(), reserve })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(number: u32, tier: &str, review: Option<(u32, bool)>, vote: Option<(u32, bool, u32)>) -> Candidate {
        Candidate {
            number,
            cost: Fen(i64::from(number) * 1_000),
            tier: tier.into(),
            review: review.map(|(rank, passed)| Reviewed { rank, passed }),
            vote: vote.map(|(rank, won, supporters)| Voted { rank, won, supporters }),
        }
    }

    #[test]
    fn the_text_of_a_list_reads_back_whatever_is_in_it() {
        let tiers: BTreeMap<String, u32> = [("small".to_owned(), 2), ("large".to_owned(), 1)].into();
        for how in [
            Combine::ReviewOnly,
            Combine::VoteOnly,
            Combine::ReviewThenVote,
            Combine::WeightedRanks { review: 60, vote: 40 },
        ] {
            for (places, tiers) in [(None, BTreeMap::new()), (Some(3), tiers.clone())] {
                let inputs = Inputs {
                    how,
                    candidates: vec![
                        candidate(1, "", Some((2, true)), None),
                        candidate(2, "small", None, Some((1, true, 30))),
                        candidate(3, "large", Some((1, false)), Some((2, false, 0))),
                        candidate(4, "", None, None),
                    ],
                    limits: Limits { budget: Fen(5_000), places, tiers, reserve: 2 },
                };
                let mut read = Ranked::default();
                for line in inputs.text().lines() {
                    read.line(line).unwrap();
                }
                let Ranked { how: Some(how), limits: Some(limits), candidates, .. } = read else { panic!() };
                assert_eq!(Inputs { how, candidates, limits }, inputs);
            }
        }
    }

    #[test]
    fn what_is_no_list_is_refused_with_its_line() {
        for (text, at) in [
            ("season-selection/2020-01\n", 1),
            ("season-selection/2026-11\nDice\n", 2),
            ("season-selection/2026-11\nVoteOnly\nbudget x places None reserve 0\n", 3),
            ("season-selection/2026-11\nVoteOnly\nbudget 5 places None reserve 0\n1 2 None None\n", 4),
            ("season-selection/2026-11\nVoteOnly\nbudget 5 places None reserve 0\n1 2  Some((1, yes)) None\n", 4),
        ] {
            let mut read = Ranked::default();
            let wrong = text.lines().position(|line| read.line(line).is_err());
            assert_eq!(wrong, Some(at - 1), "{text}");
        }
    }
}

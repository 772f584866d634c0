//! Counting: ballots in, an outcome and a digest of everything it depends on out. Pure; the log's entries are enough for
//! it, and [`crate::recompute`] is the proof.

use ledger::tree::Hash;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tally::{
    Lots,
    motion::{Decision, DotsBallot, DotsOutcome, Votes, decide, dots},
    ranked::{Fractions, Irv, Profile, Schulze, Stv, irv, schulze, stv},
};

use crate::{
    Choice, Definition, Poll, PollKind, RankedRule, Vote, Weighed,
    choice::index,
    survey::{Adding, Totals},
};

/// What an outcome depends on besides the ballots: the terms as the log tells them when the poll opens, and what is known
/// when it closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What is asked.
    pub kind: PollKind,
    /// The template of rules.
    pub template: String,
    /// The dated set of rules.
    pub rule_set: String,
    /// How many options there are.
    pub options: usize,
    /// The rule of the kind, with the options and questions left out.
    pub rule: Definition,
    /// What parts ties.
    pub seed: String,
    /// Voters on the roll.
    pub voters: u64,
    /// Their weights together.
    pub weight: u64,
    /// How many were present.
    pub present: Option<u64>,
    /// Papers given out against the roll.
    pub papers_given: u64,
    /// Papers whose ballot was cast.
    pub papers_counted: u64,
    /// Papers that are no valid ballot.
    pub papers_spoiled: u64,
}

impl Terms {
    /// Of a poll, before anything is known of its papers.
    pub fn of(poll: &Poll) -> Terms {
        let rule = Definition { options: Vec::new(), questions: Vec::new(), ..poll.definition.clone() };
        Terms {
            kind: poll.kind,
            template: poll.template.clone(),
            rule_set: crate::templates::RULE_SET.to_owned(),
            options: poll.definition.options.len(),
            rule,
            seed: poll.seed.clone(),
            voters: poll.voters,
            weight: poll.weight,
            present: poll.present,
            papers_given: 0,
            papers_counted: 0,
            papers_spoiled: 0,
        }
    }
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Of a motion: the votes by their weights, and what the rule makes of them.
    Motion {
        /// The votes.
        votes: Votes,
        /// What follows.
        decision: Decision,
    },
    /// Every two options compared.
    Schulze(Schulze),
    /// Round by round.
    Irv(Irv),
    /// Several seats.
    Stv(Stv),
    /// Points.
    Dots(DotsOutcome),
    /// Totals.
    Survey(Totals),
}

impl Outcome {
    /// The chosen options, first to last, as places in the list.
    pub fn chosen(&self) -> Vec<usize> {
        match self {
            Outcome::Motion { .. } | Outcome::Survey(_) => Vec::new(),
            Outcome::Schulze(schulze) => schulze.order.first().map(|first| first.option).into_iter().collect(),
            Outcome::Irv(irv) => irv.winner.into_iter().collect(),
            Outcome::Stv(stv) => stv.elected.clone(),
            Outcome::Dots(dots) => dots.selection.chosen.clone(),
        }
    }

    /// Yes or no, of a motion.
    pub fn passed(&self) -> Option<bool> {
        match self {
            Outcome::Motion { decision, .. } => Some(decision.passed),
            _ => None,
        }
    }

    /// Its digest: SHA-256 over its JSON.
    pub fn digest(&self) -> Hash {
        Hash(Sha256::digest(serde_json::to_string(self).unwrap_or_default().as_bytes()).into())
    }
}

/// What became of the ballots that were received: each was counted, taken back by its voter, or was a paper that is no valid
/// ballot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Received {
    /// Ballots that were cast, with those that were taken back.
    pub cast: u64,
    /// Those of them that their voters took back.
    pub withdrawn: u64,
    /// Papers that are no valid ballot: none was cast for them.
    pub invalid: u64,
}

impl Received {
    /// All of them.
    pub fn all(self) -> u64 {
        self.cast.saturating_add(self.invalid)
    }

    /// Those that the outcome was counted from.
    pub fn counted(self) -> u64 {
        self.cast.saturating_sub(self.withdrawn)
    }
}

/// What a count comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What became of the ballots.
    pub received: Received,
    /// SHA-256 over lines of text: the terms as JSON, then `ID TEXT` of each ballot in order of ids, each ended by a line
    /// feed. In surveys the text is the commitment.
    pub inputs: Hash,
    /// What came out.
    pub outcome: Outcome,
}

impl Weighed {
    /// What the inputs tell of a ballot that is kept as `kept`: of a survey its commitment.
    pub(crate) fn told(&self, kept: &str) -> String {
        match &self.choice {
            Choice::Survey(salted) => salted.commit().to_string(),
            _ => kept.to_owned(),
        }
    }
}

/// An order of options that the seed gives: by the digests of seed and number.
pub fn lots(seed: &str, options: usize) -> Lots {
    let mut order: Vec<usize> = (0..options).collect();
    order.sort_by_cached_key(|option| {
        let digest: [u8; 32] = Sha256::digest(format!("linli.poll-lot/v1 {seed} {option}").as_bytes()).into();
        digest
    });
    Lots::drawn(order).unwrap_or_else(|_| Lots::listed(options))
}

/// Takes ballots and counts them.
#[derive(Debug)]
pub struct Count {
    terms: Terms,
    inputs: Sha256,
    votes: Votes,
    profile: Profile,
    dots: Vec<DotsBallot>,
    adding: Adding,
    n_ballots: u64,
    n_withdrawn: u64,
}

impl Count {
    /// Without ballots. A survey's questions come from the poll; the log does not have them.
    ///
    /// # Errors
    /// A sentence where the terms cannot be counted by.
    pub fn new(terms: &Terms, poll: Option<&Poll>) -> Result<Count, String> {
        let mut inputs = Sha256::new();
        let line = serde_json::to_string(terms).map_err(|e| e.to_string())?;
        inputs.update(line.as_bytes());
        inputs.update(b"\n");
        Ok(Count {
            inputs,
            votes: Votes { roll: terms.weight, present: terms.present, ..Votes::default() },
            profile: Profile::new(terms.options.max(1)).map_err(|e| e.to_string())?,
            dots: Vec::new(),
            adding: Adding::new(poll.map_or(&[], |poll| &poll.definition.questions)),
            n_ballots: 0,
            n_withdrawn: 0,
            terms: terms.clone(),
        })
    }

    /// Takes the next ballot, in order of ids.
    ///
    /// # Errors
    /// A sentence where it is no ballot of this poll.
    pub fn ballot(&mut self, id: &str, kept: &str) -> Result<(), String> {
        let ballot = Weighed::parse(self.terms.kind, kept).ok_or_else(|| format!("ballot {id} cannot be read"))?;
        self.told(id, &ballot.told(kept));
        let Weighed { weight, choice } = ballot;
        let wrong = |what: &dyn std::fmt::Display| format!("ballot {id}: {what}");
        match choice {
            Choice::Withdrawn => self.n_withdrawn += 1,
            Choice::Motion(vote) => {
                let count = match vote {
                    Vote::Agree => &mut self.votes.agree,
                    Vote::Disagree => &mut self.votes.disagree,
                    Vote::Abstain => &mut self.votes.abstain,
                };
                *count = count.checked_add(weight).ok_or_else(|| wrong(&"too many votes"))?;
            }
            Choice::Ranked(order) => {
                let order: Vec<usize> = order.into_iter().map(index).collect();
                self.profile.add(&order, weight).map_err(|e| wrong(&e))?;
            }
            Choice::Dots(given) if weight == 1 => {
                self.dots.push(given.into_iter().map(|(option, dots)| (index(option), dots)).collect());
            }
            Choice::Dots(_) => return Err(wrong(&"dots have no weights")),
            Choice::Survey(salted) => self.adding.add(&salted.answers),
        }
        Ok(())
    }

    /// Adds a ballot to the digest alone: that of a survey, of which the log has a commitment.
    pub fn told(&mut self, id: &str, text: &str) {
        self.inputs.update(format!("{id} {text}\n").as_bytes());
        self.n_ballots += 1;
    }

    /// Counts.
    ///
    /// # Errors
    /// A sentence where the terms do not hold together.
    pub fn finish(mut self) -> Result<Counted, String> {
        let outcome = self.outcome()?;
        Ok(Counted {
            received: Received {
                cast: self.n_ballots,
                withdrawn: self.n_withdrawn,
                invalid: self.terms.papers_spoiled,
            },
            inputs: Hash(self.inputs.finalize().into()),
            outcome,
        })
    }

    fn outcome(&mut self) -> Result<Outcome, String> {
        let terms = &self.terms;
        let lots = lots(&terms.seed, terms.options.max(1));
        let missing = || "the terms have no rule of their kind".to_owned();
        Ok(match terms.kind {
            PollKind::Motion => {
                let rule = terms.rule.motion.ok_or_else(missing)?;
                // a paper that cannot be read is an invalid ballot
                self.votes.invalid = terms.papers_spoiled;
                let decision = decide(&rule, &self.votes).map_err(|e| e.to_string())?;
                Outcome::Motion { votes: self.votes, decision }
            }
            PollKind::Ranked => {
                let rule = terms.rule.ranked.ok_or_else(missing)?;
                let profile = &self.profile;
                match rule.rule {
                    RankedRule::Schulze => schulze(profile, &lots).map(Outcome::Schulze),
                    RankedRule::Irv => irv(profile, &lots).map(Outcome::Irv),
                    RankedRule::Stv => stv(profile, rule.seats, Fractions::FiveDecimals, &lots).map(Outcome::Stv),
                }
                .map_err(|e| e.to_string())?
            }
            PollKind::Dots => {
                let rule = terms.rule.dots.ok_or_else(missing)?;
                let ballots = std::mem::take(&mut self.dots);
                Outcome::Dots(dots(&rule, terms.options, &ballots, &lots).map_err(|e| e.to_string())?)
            }
            PollKind::Survey => Outcome::Survey(self.adding.finish()),
        })
    }
}

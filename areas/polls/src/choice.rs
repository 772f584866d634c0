//! What one ballot says, and how it is written down.

use kernel::{FieldError, Kind, Refusal};
use ledger::{erase, tree::Hash};
use serde::{Deserialize, Serialize};
use tally::motion::{Dots, DotsFault, check_dots};

use crate::{
    Definition, Poll, PollKind,
    survey::{self, Answers},
};

kernel::words! {
    /// A vote on a motion.
    #[schema(as = PollVote)]
    Vote {
        /// In favour.
        Agree "agree",
        /// Against.
        Disagree "disagree",
        /// Neither.
        Abstain "abstain",
    }
}

/// What one ballot says. Options are numbers from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// On a motion.
    Motion(Vote),
    /// Options in the order in which the voter prefers them; those left out come after all of them.
    Ranked(Vec<u32>),
    /// Options with the dots each gets, in the order of options.
    Dots(Vec<(u32, u32)>),
    /// Answers to questions, with the salt of the commitment to them.
    Survey(Salted),
    /// The voter took the ballot back and counts for nothing.
    Withdrawn,
}

/// Answers with a salt: the log carries a commitment to them, and nothing else of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salted {
    /// 64 hexadecimal digits.
    pub salt: String,
    /// The answers.
    pub answers: Answers,
}

impl Salted {
    /// The commitment that stands in the log: over the answers as JSON, with the salt.
    pub fn commit(&self) -> Hash {
        let mut salt = [0; 32];
        for (byte, at) in salt.iter_mut().zip((0..).step_by(2)) {
            *byte = self.salt.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).unwrap_or(0);
        }
        erase::commit(&salt, serde_json::to_string(&self.answers).unwrap_or_default().as_bytes())
    }
}

/// How a ballot that was taken back is written.
const WITHDRAWN: &str = "-";

impl Choice {
    /// As it is kept: `agree`; `3,1,2`; `1:4,3:1`; JSON of a survey.
    pub fn print(&self) -> String {
        let join = |parts: Vec<String>| parts.join(",");
        match self {
            Choice::Motion(vote) => vote.as_str().to_owned(),
            Choice::Ranked(order) => join(order.iter().map(u32::to_string).collect()),
            Choice::Dots(dots) => join(dots.iter().map(|(option, dots)| format!("{option}:{dots}")).collect()),
            Choice::Survey(salted) => serde_json::to_string(salted).unwrap_or_default(),
            Choice::Withdrawn => WITHDRAWN.to_owned(),
        }
    }

    /// Back from [`Choice::print`]; nothing for a text that no ballot of this kind has.
    pub fn parse(kind: PollKind, text: &str) -> Option<Choice> {
        if text == WITHDRAWN {
            return Some(Choice::Withdrawn);
        }
        let parts = || text.split(',').filter(|_| !text.is_empty());
        Some(match kind {
            PollKind::Motion => Choice::Motion(text.parse().ok()?),
            PollKind::Ranked => Choice::Ranked(parts().map(|n| n.parse().ok()).collect::<Option<_>>()?),
            PollKind::Dots => {
                let pair = |part: &str| {
                    let (option, dots) = part.split_once(':')?;
                    Some((option.parse().ok()?, dots.parse().ok()?))
                };
                Choice::Dots(parts().map(pair).collect::<Option<_>>()?)
            }
            PollKind::Survey => Choice::Survey(serde_json::from_str(text).ok()?),
        })
    }
}

/// A ballot with its weight, as it is kept: the weight and a star stand before what is chosen, where it is not 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// 1 or more.
    pub weight: u64,
    /// What is chosen.
    pub choice: Choice,
}

impl Weighed {
    /// As it is kept.
    pub fn print(&self) -> String {
        if self.weight == 1 { self.choice.print() } else { format!("{}*{}", self.weight, self.choice.print()) }
    }

    /// Back from [`Weighed::print`].
    pub fn parse(kind: PollKind, text: &str) -> Option<Weighed> {
        let weighed = text.split_once('*').and_then(|(weight, rest)| Some((weight.parse().ok()?, rest)));
        let (weight, rest) = weighed.unwrap_or((1, text));
        (weight > 0).then_some(())?;
        Some(Weighed { weight, choice: Choice::parse(kind, rest)? })
    }
}

/// Whether a ballot can be taken as it is; then it is answered in its one way of writing.
///
/// # Errors
/// Refusals `unknown-option`, `named-twice`, `too-many-dots`, `too-many-dots-one`, `too-few-dots`, `wrong-ballot`,
/// `invalid-input` with the questions that are not answered.
pub fn check(poll: &Poll, choice: &Choice) -> Result<Choice, Refusal> {
    let options = poll.definition.options.len();
    match (poll.kind, choice) {
        (_, Choice::Withdrawn) => Ok(Choice::Withdrawn),
        (PollKind::Motion, Choice::Motion(vote)) => Ok(Choice::Motion(*vote)),
        (PollKind::Ranked, Choice::Ranked(order)) => ranked(options, order).map(Choice::Ranked),
        (PollKind::Dots, Choice::Dots(given)) => dots(&poll.definition, options, given).map(Choice::Dots),
        (PollKind::Survey, Choice::Survey(salted)) => {
            let answers = survey::check(&poll.definition.questions, &salted.answers)?;
            Ok(Choice::Survey(Salted { salt: salted.salt.clone(), answers }))
        }
        _ => Err(Refusal::new(Kind::Invalid, "wrong-ballot")),
    }
}

fn named(code: &'static str, number: u32) -> Refusal {
    Refusal::new(Kind::Invalid, code).with_int("number", i64::from(number))
}

fn ranked(options: usize, order: &[u32]) -> Result<Vec<u32>, Refusal> {
    if order.is_empty() {
        return Err(Refusal::invalid(vec![FieldError::new("choice", "required")]));
    }
    let known = |n: &u32| usize::try_from(*n).is_ok_and(|n| (1..=options).contains(&n));
    if let Some(unknown) = order.iter().find(|n| !known(n)) {
        return Err(named("unknown-option", *unknown));
    }
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(named("named-twice", pair[0])),
        None => Ok(order.to_vec()),
    }
}

fn dots(definition: &Definition, options: usize, given: &[(u32, u32)]) -> Result<Vec<(u32, u32)>, Refusal> {
    let rule = definition.dots.ok_or_else(|| Refusal::new(Kind::Invalid, "wrong-ballot"))?;
    // an option without a dot is an option left out
    let mut given: Vec<(u32, u32)> = given.iter().filter(|(_, dots)| *dots > 0).copied().collect();
    given.sort_unstable();
    if given.is_empty() {
        return Err(Refusal::invalid(vec![FieldError::new("choice", "required")]));
    }
    let ballot: Vec<(usize, u32)> = given.iter().map(|(n, dots)| (index(*n), *dots)).collect();
    let limit = |code, limit: u32| Refusal::new(Kind::Invalid, code).with_int("limit", i64::from(limit));
    let wrong = |fault| match fault {
        DotsFault::Unknown(at) => named("unknown-option", u32::try_from(at.saturating_add(1)).unwrap_or(0)),
        DotsFault::Twice(at) => named("named-twice", u32::try_from(at.saturating_add(1)).unwrap_or(0)),
        DotsFault::OverCap(_) => limit("too-many-dots-one", rule.cap),
        DotsFault::TooMany => limit("too-many-dots", rule.dots),
        DotsFault::TooFew => limit("too-few-dots", rule.dots),
    };
    check_dots(&rule, options, &ballot).map_err(wrong)?;
    Ok(given)
}

/// The place of an option in the list: numbers begin at 1. What is no number of an option is beyond every list.
pub(crate) fn index(number: u32) -> usize {
    usize::try_from(number).ok().and_then(|n| n.checked_sub(1)).unwrap_or(usize::MAX)
}

/// The rule of dots with the bounds that a form may set.
pub(crate) fn dots_rule(dots: u32, cap: u32, seats: usize) -> Dots {
    Dots { dots, cap, spend_all: false, seats, by_voters: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ballots_come_back_as_they_were_kept() {
        let salted = Salted { salt: "ab".into(), answers: Answers::from([(1, vec!["2".into()])]) };
        for (kind, choice) in [
            (PollKind::Motion, Choice::Motion(Vote::Agree)),
            (PollKind::Ranked, Choice::Ranked(vec![3, 1, 2])),
            (PollKind::Dots, Choice::Dots(vec![(1, 4), (3, 1)])),
            (PollKind::Survey, Choice::Survey(salted)),
            (PollKind::Dots, Choice::Withdrawn),
        ] {
            for weight in [1, 7] {
                let ballot = Weighed { weight, choice: choice.clone() };
                assert_eq!(Weighed::parse(kind, &ballot.print()), Some(ballot));
            }
        }
        for (kind, text) in [
            (PollKind::Motion, "yes"),
            (PollKind::Ranked, "1,,2"),
            (PollKind::Dots, "1"),
            (PollKind::Motion, "0*agree"),
            (PollKind::Survey, "{}"),
        ] {
            assert_eq!(Weighed::parse(kind, text), None, "{text}");
        }
    }
}

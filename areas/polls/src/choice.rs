//! What one ballot says, and how it is written down.

use kernel::{FieldError, Kind, Refusal};
use ledger::{erase, tree::Hash};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
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
    /// 64 hexadecimal digits: the salt of the commitment.
    pub salt: String,
    /// The answers.
    pub answers: Answers,
    /// Where something was written, 64 hexadecimal digits of their own: the salt of the digests that stand for it in the
    /// commitment, so that auditors can open that without reading it. Empty in ballots of an earlier program, whose
    /// commitment is over what was written itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub written_salt: String,
    /// The numbers of the questions to which something was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub written: Vec<u32>,
}

impl Salted {
    /// Answers without a salt, as they are before their ballot is cast.
    pub fn of(answers: Answers) -> Salted {
        Salted { salt: String::new(), answers, written_salt: String::new(), written: Vec::new() }
    }

    /// The commitment that stands in the log: over the answers as JSON, with the salt. A digest stands for what was written.
    pub fn commit(&self) -> Hash {
        commitment(&self.salt, &self.told())
    }

    /// The answers as the commitment has them.
    pub(crate) fn told(&self) -> String {
        let mut told = self.answers.clone();
        for (number, answer) in told.iter_mut().filter(|(number, _)| self.written.contains(number)) {
            for text in answer.iter_mut() {
                *text = format!("#{}", digest(&self.written_salt, *number, text));
            }
        }
        serde_json::to_string(&told).unwrap_or_default()
    }
}

/// A commitment to answers as JSON, with a salt in hexadecimal.
pub(crate) fn commitment(salt: &str, told: &str) -> Hash {
    let mut bytes = [0; 32];
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = salt.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).unwrap_or(0);
    }
    erase::commit(&bytes, told.as_bytes())
}

/// What stands for a text that somebody wrote.
fn digest(salt: &str, number: u32, text: &str) -> Hash {
    let mut hasher = Sha256::new();
    for part in ["linli.poll-written/v1", salt, &number.to_string(), text] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    Hash(hasher.finalize().into())
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
            Ok(Choice::Survey(Salted { answers, ..salted.clone() }))
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
    fn a_commitment_holds_what_was_written_without_showing_it() {
        let ballot = |text: &str, score: &str| {
            let answers = Answers::from([(1, vec![score.to_owned()]), (2, vec![text.to_owned()])]);
            let (salt, written_salt) = ("1f".repeat(32), "2e".repeat(32));
            Salted { salt, answers, written_salt, written: vec![2] }
        };
        let kept = ballot("路灯暗", "4");
        assert!(!kept.told().contains("路灯") && kept.told().contains("\"4\""), "{}", kept.told());
        assert_eq!(commitment(&kept.salt, &kept.told()), kept.commit());
        for other in [ballot("路灯亮", "4"), ballot("路灯暗", "5")] {
            assert_ne!(other.commit(), kept.commit());
        }
        // a ballot of an earlier program is committed to as it was
        let earlier = Salted { salt: "1f".repeat(32), ..Salted::of(kept.answers.clone()) };
        let whole = serde_json::to_string(&earlier.answers).unwrap();
        assert_eq!(earlier.commit(), erase::commit(&[0x1f; 32], whole.as_bytes()));
    }

    #[test]
    fn ballots_come_back_as_they_were_kept() {
        let answers = Answers::from([(1, vec!["2".into()])]);
        let salted = Salted { salt: "ab".into(), written_salt: "cd".into(), written: vec![3], ..Salted::of(answers) };
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

//! Motions: is there a quorum, and are there enough votes in favour?
//!
//! A rule says whom a share is of ([`Base`]), whether it must be reached or exceeded ([`Bound`]), and what an abstention and
//! an invalid ballot are ([`Abstentions`], [`Invalid`]). A threshold `n/d` of a base `b` compares `d·count` with `n·b` in whole
//! numbers: "more than 2/3" of 30 is 21, "at least 2/3" is 20.
//!
//! A quorum by those who took part has a known oddity: one more vote *against* can carry a motion, since it may make the
//! quorum. Counting those present, or the whole roll as the base, has not.
//!
//! [`decide`] answers yes or no. [`plurality`] and [`approval`] choose among several options, [`dots`] spreads points over
//! projects.

use serde::{Deserialize, Serialize};

mod choice;
mod dots;

pub use choice::{
    Approval, Choice, ChoiceError, Plurality, PluralityOutcome, Runoff, Selection, SelectionLine, Why, approval,
    plurality,
};
pub use dots::{Dots, DotsBallot, DotsFault, DotsOutcome, MAX_DOTS, check_dots, dots};

/// What a share is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// Everybody who may vote.
    Roll,
    /// Everybody who is present, whether they vote or not.
    Present,
    /// Everybody who took part: all ballots, invalid ones too where the rule says so.
    TookPart,
    /// Valid ballots, abstentions among them where the rule says so.
    Valid,
}

/// Whether a share must be reached or exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// More than the share: 过半数, exactly half is not enough.
    MoreThan,
    /// The share or more: 三分之二以上, exactly two thirds are enough (Civil Code, Article 1259).
    AtLeast,
}

/// A share of a base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    /// Reached or exceeded.
    pub bound: Bound,
    /// The share's numerator, from 0 to the denominator.
    pub numerator: u32,
    /// The share's denominator, above 0.
    pub denominator: u32,
    /// What it is a share of.
    pub base: Base,
}

impl Threshold {
    /// More than `numerator / denominator` of the base.
    #[must_use]
    pub const fn more_than(numerator: u32, denominator: u32, base: Base) -> Self {
        Self { bound: Bound::MoreThan, numerator, denominator, base }
    }

    /// At least `numerator / denominator` of the base.
    #[must_use]
    pub const fn at_least(numerator: u32, denominator: u32, base: Base) -> Self {
        Self { bound: Bound::AtLeast, numerator, denominator, base }
    }

    /// Whether a count can meet it at all, and must be above 0 to do so.
    const fn holds(&self) -> bool {
        let (n, d) = (self.numerator, self.denominator);
        match self.bound {
            Bound::MoreThan => d > 0 && n < d,
            Bound::AtLeast => n > 0 && n <= d,
        }
    }

    /// Compares exactly. Of nothing, no share is met.
    pub(crate) fn gate(self, count: u64, of: u64) -> Gate {
        let (n, d) = (u128::from(self.numerator), u128::from(self.denominator).max(1));
        let (left, right) = (d * u128::from(count), n * u128::from(of));
        let met = of > 0 && if self.bound == Bound::MoreThan { left > right } else { left >= right };
        let least = if self.bound == Bound::MoreThan { right / d + 1 } else { right.div_ceil(d) };
        Gate { threshold: self, count, of, met, least: u64::try_from(least).unwrap_or(u64::MAX).max(1) }
    }
}

/// Whose presence makes a quorum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Those who are present.
    Present,
    /// Those who took part in the vote.
    TookPart,
}

/// How many of the roll must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quorum {
    /// Whose presence is counted.
    pub counts: Presence,
    /// The share, whose base is the roll.
    pub threshold: Threshold,
}

/// What an abstention is among valid ballots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Abstentions {
    /// It belongs to the base: who abstains makes it larger and does not agree.
    InBase,
    /// It is left out: only those who agree and disagree are compared.
    LeftOut,
}

/// What an invalid ballot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invalid {
    /// Whoever cast it took part.
    TookPart,
    /// It is as if it had not been cast.
    LeftOut,
}

/// By what a motion is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MotionRule {
    /// How many must be there, if any number must.
    pub quorum: Option<Quorum>,
    /// How many must agree.
    pub threshold: Threshold,
    /// What an abstention is.
    pub abstentions: Abstentions,
    /// What an invalid ballot is.
    pub invalid: Invalid,
}

impl MotionRule {
    /// A residents' meeting: more than half of the roll attend, more than half of those present agree (Organic Law of
    /// Urban Residents' Committees of the People's Republic of China, revised 2025-10-28, in force 2026-01-01,
    /// Articles 26 and 27).
    #[must_use]
    pub const fn residents_meeting() -> Self {
        Self::meeting(Threshold::more_than(1, 2, Base::Roll))
    }

    /// A meeting of residents' representatives: at least two thirds attend, more than half of those present agree (the same
    /// law, Articles 28 and 29).
    #[must_use]
    pub const fn representatives_meeting() -> Self {
        Self::meeting(Threshold::at_least(2, 3, Base::Roll))
    }

    const fn meeting(attend: Threshold) -> Self {
        Self {
            quorum: Some(Quorum { counts: Presence::Present, threshold: attend }),
            threshold: Threshold::more_than(1, 2, Base::Present),
            abstentions: Abstentions::InBase,
            invalid: Invalid::TookPart,
        }
    }
}

/// Votes on a motion, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// How many may vote.
    pub roll: u64,
    /// How many are present, where that is known; not fewer than ballots, not more than the roll.
    pub present: Option<u64>,
    /// Ballots in favour.
    pub agree: u64,
    /// Ballots against.
    pub disagree: u64,
    /// Abstentions that were cast.
    pub abstain: u64,
    /// Ballots that say nothing that can be counted.
    pub invalid: u64,
}

/// Why a motion cannot be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MotionError {
    /// A share that nothing or everything meets.
    #[error(
        "a threshold of {0}/{1} is met by nothing or by everything: use more than 0 to below 1, or at least above 0 to 1"
    )]
    Threshold(u32, u32),
    /// A quorum of something else than the roll.
    #[error("a quorum is a share of the roll")]
    Quorum,
    /// The rule asks for those present and nobody counted them.
    #[error("the rule counts those present: say how many they were")]
    Present,
    /// More ballots than people.
    #[error("{cast} ballots are more than the {of} who could cast one")]
    TooMany {
        /// Ballots.
        cast: u64,
        /// Those present, or the roll.
        of: u64,
    },
    /// More people present than may vote.
    #[error("{present} present are more than the {roll} on the roll")]
    Crowd {
        /// Those present.
        present: u64,
        /// The roll.
        roll: u64,
    },
}

/// A threshold compared with a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// The threshold.
    pub threshold: Threshold,
    /// How many there are.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// Whether it is met; of 0 it is not.
    pub met: bool,
    /// The least count that would meet it with the same base.
    pub least: u64,
}

/// What decided a motion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There was a quorum, if one was needed, and enough agreed.
    Passed,
    /// Too few were there.
    NoQuorum,
    /// Nobody belongs to the base of the threshold.
    NobodyCounts,
    /// Too few agreed.
    TooFewAgreed,
}

/// A motion's fate and how it came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Whether it is carried.
    pub passed: bool,
    /// What decided it.
    pub reason: Reason,
    /// The quorum, if the rule has one.
    pub quorum: Option<Gate>,
    /// The threshold, told also where there was no quorum.
    pub approval: Gate,
    /// How many took part.
    pub took_part: u64,
    /// How many valid ballots there are, by what the rule says of abstentions.
    pub valid: u64,
}

/// Decides a motion.
///
/// # Errors
/// [`MotionError`] for a rule that cannot be met or for numbers that cannot be.
pub fn decide(rule: &MotionRule, votes: &Votes) -> Result<Decision, MotionError> {
    check(rule, votes)?;
    let Votes { roll, agree, disagree, abstain, invalid, .. } = *votes;
    let took_part = agree + disagree + abstain + if rule.invalid == Invalid::TookPart { invalid } else { 0 };
    let valid = agree + disagree + if rule.abstentions == Abstentions::InBase { abstain } else { 0 };
    let present = votes.present.unwrap_or(took_part);
    let quorum = rule.quorum.map(|quorum| {
        let count = if quorum.counts == Presence::Present { present } else { took_part };
        quorum.threshold.gate(count, roll)
    });
    let of = match rule.threshold.base {
        Base::Roll => roll,
        Base::Present => present,
        Base::TookPart => took_part,
        Base::Valid => valid,
    };
    let approval = rule.threshold.gate(agree, of);
    let reason = match quorum {
        Some(quorum) if !quorum.met => Reason::NoQuorum,
        _ if of == 0 => Reason::NobodyCounts,
        _ if approval.met => Reason::Passed,
        _ => Reason::TooFewAgreed,
    };
    Ok(Decision { passed: reason == Reason::Passed, reason, quorum, approval, took_part, valid })
}

fn check(rule: &MotionRule, votes: &Votes) -> Result<(), MotionError> {
    let thresholds = [Some(rule.threshold), rule.quorum.map(|quorum| quorum.threshold)];
    if let Some(wrong) = thresholds.into_iter().flatten().find(|threshold| !threshold.holds()) {
        return Err(MotionError::Threshold(wrong.numerator, wrong.denominator));
    }
    if rule.quorum.is_some_and(|quorum| quorum.threshold.base != Base::Roll) {
        return Err(MotionError::Quorum);
    }
    let asked =
        rule.threshold.base == Base::Present || rule.quorum.is_some_and(|quorum| quorum.counts == Presence::Present);
    if asked && votes.present.is_none() {
        return Err(MotionError::Present);
    }
    let roll = votes.roll;
    let of = votes.present.unwrap_or(roll);
    if of > roll {
        return Err(MotionError::Crowd { present: of, roll });
    }
    let cast =
        [votes.agree, votes.disagree, votes.abstain, votes.invalid].into_iter().try_fold(0_u64, u64::checked_add);
    match cast {
        Some(cast) if cast <= of => Ok(()),
        cast => Err(MotionError::TooMany { cast: cast.unwrap_or(u64::MAX), of }),
    }
}

//! How a joint decision is called and told: notice, voting days, who hears of it. No count depends on it.

use serde::Deserialize;

use super::file::{self, RulesError};
use crate::day::Day;

/// Days that a notice of a vote may be asked to hang: no law known here names fewer than 7.
pub const NOTICE_DAYS: std::ops::RangeInclusive<u32> = 7..=60;
/// Days that a vote may be asked to last, and within which a result may be asked to be posted.
pub const DAYS: std::ops::RangeInclusive<u32> = 1..=180;

/// What the residents' committee has to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Committee {
    /// It is told of the meeting.
    Told,
    /// It is told, and sends a delegate.
    SendsDelegate,
}

/// For how long a vote is open, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoteDays {
    /// Days at least.
    pub least: u32,
    /// Days at most.
    pub most: u32,
}

/// How a decision is called and told, from one change of the law to the next.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Its first day.
    pub from: Day,
    /// Its last day; absent means in force.
    pub until: Option<Day>,
    /// Laws and articles it is taken from.
    pub source: String,
    /// Days that the notice of a regular meeting, with its agenda, hangs before the vote.
    pub notice_days: u32,
    /// The same of an extraordinary meeting; absent means as many.
    pub extraordinary_days: Option<u32>,
    /// Within so many days of its close the result is posted; absent means that the law names no number.
    pub posted_within: Option<u32>,
    /// For how long the vote is open; absent means that the law names no number.
    pub vote_days: Option<VoteDays>,
    /// What the residents' committee has to do with it; absent means nothing.
    pub committee: Option<Committee>,
}

impl Procedure {
    /// The procedures of a set that comes along or of a file of rules, earliest first; a file may have none.
    ///
    /// # Errors
    /// [`RulesError`] says what to change.
    pub fn parse(text: &str) -> Result<Vec<Self>, RulesError> {
        file::procedures(text)
    }

    /// The procedures of a set that comes along.
    #[must_use]
    pub fn builtin(name: &str) -> Option<Vec<Self>> {
        Self::parse(super::builtin_text(name)?).ok()
    }

    /// The one that a day falls into.
    #[must_use]
    pub fn on(all: &[Self], day: Day) -> Option<&Self> {
        all.iter().find(|one| one.from <= day && one.until.is_none_or(|until| day <= until))
    }

    /// Days that the notice hangs before the vote.
    #[must_use]
    pub fn notice(&self, extraordinary: bool) -> u32 {
        self.extraordinary_days.filter(|_| extraordinary).unwrap_or(self.notice_days)
    }
}

/// Dates in order without overlap, numbers within their bounds, a source for each.
pub(super) fn check(all: &[Procedure]) -> Result<(), RulesError> {
    for one in all {
        file::short("source", &one.source)?;
        if one.until.is_some_and(|until| until < one.from) {
            return Err(RulesError::Reversed(one.from));
        }
        let notices = [Some(one.notice_days), one.extraordinary_days];
        if !notices.into_iter().flatten().all(|days| NOTICE_DAYS.contains(&days)) {
            return Err(RulesError::NoticeDays(one.from));
        }
        let vote = one.vote_days.map_or([None, None], |days| [Some(days.least), Some(days.most)]);
        let known = |days: u32| DAYS.contains(&days);
        if !vote.into_iter().chain([one.posted_within]).flatten().all(known)
            || one.vote_days.is_some_and(|days| days.least > days.most)
        {
            return Err(RulesError::Days(one.from));
        }
    }
    for (one, next) in all.iter().zip(all.iter().skip(1)) {
        if one.until.is_none_or(|until| until >= next.from) {
            return Err(RulesError::Overlap(next.from));
        }
    }
    Ok(())
}

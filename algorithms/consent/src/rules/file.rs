//! A set of rules from its file.

use std::collections::BTreeSet;

use serde::Deserialize;
use thiserror::Error;

use super::procedure::{self, Procedure};
use super::{Item, Period, Rule, Rules};
use crate::ballot::{Channel, Choice};
use crate::day::Day;
use crate::roll::Status;

/// Bytes of a file of rules at most.
pub const MAX_RULES_BYTES: usize = 64 * 1024;
/// Periods of a set, and rules of a period, at most.
const MOST: usize = 64;
/// Characters of a name or source at most.
const MAX_TEXT: usize = 500;

/// Why a file is no set of rules.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each variant is told by its message")]
pub enum RulesError {
    #[error("the rules are longer than {MAX_RULES_BYTES} bytes")]
    TooLong,
    #[error("line {line}: {message}")]
    Toml { line: usize, message: String },
    #[error("the rules have format {0}, this program reads format 1")]
    Format(u32),
    #[error("the rules need 1 to {MOST} periods, and each period 1 to {MOST} rules")]
    Number,
    #[error("`{0}` is empty or longer than {MAX_TEXT} characters")]
    Text(&'static str),
    #[error("the period from {0} ends before it begins")]
    Reversed(Day),
    #[error("the period from {0} begins before the one above it has ended: give that one its last day, `until`")]
    Overlap(Day),
    #[error("two rules are called `{0}`: a name stands for one rule")]
    IdTwice(String),
    #[error("the period from {from} has two rules for `{item}`: keep one")]
    ItemTwice { from: Day, item: Item },
    #[error("the period from {from} has no rule for `{item}`: every item needs one")]
    ItemMissing { from: Day, item: Item },
    #[error("the period from {0}: `takes_part` must name agree and disagree, since both are votes")]
    TakesPart(Day),
    #[error("the period from {0}: `channels` is empty, so no ballot could count")]
    NoChannel(Day),
    #[error("the procedure from {0}: a notice hangs for 7 to 60 days")]
    NoticeDays(Day),
    #[error("the procedure from {0}: `posted_within` and `vote_days` are 1 to 180 days, `least` no more than `most`")]
    Days(Day),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    name: String,
    period: Vec<FilePeriod>,
    #[serde(default)]
    procedure: Vec<Procedure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FilePeriod {
    from: Day,
    until: Option<Day>,
    source: String,
    #[serde(default = "all_choices")]
    takes_part: Vec<Choice>,
    #[serde(default = "all_channels")]
    channels: Vec<Channel>,
    #[serde(default = "not_handed_over")]
    developer: Vec<Status>,
    rule: Vec<Rule>,
}

/// Rules as they are serialized, not checked yet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    name: String,
    periods: Vec<Period>,
}

impl TryFrom<Written> for Rules {
    type Error = RulesError;

    fn try_from(Written { name, periods }: Written) -> Result<Self, RulesError> {
        short("name", &name)?;
        let rules = Self { name, periods };
        rules.check()?;
        Ok(rules)
    }
}

fn all_choices() -> Vec<Choice> {
    Choice::ALL.to_vec()
}

fn all_channels() -> Vec<Channel> {
    Channel::ALL.to_vec()
}

fn not_handed_over() -> Vec<Status> {
    vec![Status::Unsold, Status::Undelivered]
}

impl Rules {
    /// Reads a set from the text of its file and checks it.
    ///
    /// # Errors
    /// [`RulesError`] says what to change.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let file = read(text)?;
        let periods = file.period.into_iter().map(Period::from).collect();
        let rules = Self { name: file.name, periods };
        rules.check()?;
        Ok(rules)
    }

    fn check(&self) -> Result<(), RulesError> {
        let most = |n: usize| (1..=MOST).contains(&n);
        if !most(self.periods.len()) || !self.periods.iter().all(|period| most(period.rules.len())) {
            return Err(RulesError::Number);
        }
        let mut ids = BTreeSet::new();
        for rule in self.periods.iter().flat_map(|period| &period.rules) {
            short("id", &rule.id)?;
            short("source", &rule.source)?;
            if !ids.insert(&rule.id) {
                return Err(RulesError::IdTwice(rule.id.clone()));
            }
        }
        for period in &self.periods {
            check_period(period)?;
        }
        for (period, next) in self.periods.iter().zip(self.periods.iter().skip(1)) {
            if period.until.is_none_or(|until| until >= next.from) {
                return Err(RulesError::Overlap(next.from));
            }
        }
        Ok(())
    }
}

fn read(text: &str) -> Result<File, RulesError> {
    if text.len() > MAX_RULES_BYTES {
        return Err(RulesError::TooLong);
    }
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(at).filter(|b| *b == b'\n').count() + 1;
        RulesError::Toml { line, message: crate::text::shown_line(error.message()) }
    })?;
    if file.format != 1 {
        return Err(RulesError::Format(file.format));
    }
    short("name", &file.name)?;
    if file.procedure.len() > MOST {
        return Err(RulesError::Number);
    }
    procedure::check(&file.procedure)?;
    Ok(file)
}

/// The procedures of a file of rules.
pub(super) fn procedures(text: &str) -> Result<Vec<Procedure>, RulesError> {
    Ok(read(text)?.procedure)
}

fn check_period(period: &Period) -> Result<(), RulesError> {
    let from = period.from;
    short("source", &period.source)?;
    if period.until.is_some_and(|until| until < from) {
        return Err(RulesError::Reversed(from));
    }
    if ![Choice::Agree, Choice::Disagree].iter().all(|choice| period.takes_part.contains(choice)) {
        return Err(RulesError::TakesPart(from));
    }
    if period.channels.is_empty() {
        return Err(RulesError::NoChannel(from));
    }
    for item in Item::ALL {
        let named = period.rules.iter().flat_map(|rule| &rule.items).filter(|named| **named == item).count();
        match named {
            0 => return Err(RulesError::ItemMissing { from, item }),
            1 => {}
            _ => return Err(RulesError::ItemTwice { from, item }),
        }
    }
    Ok(())
}

pub(super) fn short(field: &'static str, text: &str) -> Result<(), RulesError> {
    match text.trim().is_empty() || text.chars().nth(MAX_TEXT).is_some() {
        true => Err(RulesError::Text(field)),
        false => Ok(()),
    }
}

impl From<FilePeriod> for Period {
    fn from(file: FilePeriod) -> Self {
        Self {
            from: file.from,
            until: file.until,
            source: file.source,
            takes_part: file.takes_part,
            channels: file.channels,
            developer: file.developer,
            rules: file.rule,
        }
    }
}

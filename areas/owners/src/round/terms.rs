//! How a round is called and told by its rule set on a day.

use consent::rules::{Committee as Hears, Procedure};
use db::DbError;
use kernel::Day;
use work::calendar::add_days;

use super::{Meeting, OWN_RULES, Round};

/// Days that a notice hangs where the rule set names none: the house's own.
pub const NOTICE_DAYS: u32 = 15;
/// Within so many days of the close a result is posted where the rule set names none: the house's own.
pub const POSTED_WITHIN: u32 = 3;

/// Days that a roll usually hangs, and that a vote usually lasts: what a form begins with.
const ROLL_DAYS: u32 = 5;
/// See above.
const VOTE_DAYS: u32 = 15;

/// How a round is called and told. Where the rule set says nothing, the house's own numbers stand without a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Days that the notice of the vote hangs before it.
    pub notice: u32,
    /// Within so many days of the close the result is posted.
    pub posted_within: u32,
    /// Whether the rule set names that number.
    pub posted_by_law: bool,
    /// For how many days the vote is open at least and at most.
    pub vote: Option<(u32, u32)>,
    /// What the residents' committee has to do with it.
    pub hears: Option<Hears>,
    /// Laws and articles; empty where the numbers are the house's own.
    pub source: String,
}

impl Terms {
    /// Whether the residents' committee sends a delegate.
    pub fn asks_for_a_delegate(&self) -> bool {
        self.hears == Some(Hears::SendsDelegate)
    }

    /// What a rule set says of a day.
    ///
    /// # Errors
    /// [`DbError::Data`] where there is no such set, or for a day that is none.
    pub fn by((name, text): (&str, &str), meeting: Meeting, on: &Day) -> Result<Terms, DbError> {
        let wrong = |why: String| DbError::Data(format!("rounds: {why}"));
        let on = on.as_str().parse().map_err(|e: consent::NotADay| wrong(e.to_string()))?;
        let all = if name == OWN_RULES {
            Procedure::parse(text).map_err(|e| wrong(e.to_string()))?
        } else {
            Procedure::builtin(name).ok_or_else(|| wrong(format!("no set is called {name}")))?
        };
        Ok(Terms::of(Procedure::on(&all, on), meeting))
    }

    /// A last day that leaves time for the roll, the notice and the vote of a round that is drafted today.
    pub fn usual_end(&self, today: &Day) -> Day {
        let (least, most) = self.vote.unwrap_or((VOTE_DAYS, VOTE_DAYS));
        let vote = VOTE_DAYS.clamp(least, most);
        add_days(today, i32::try_from(ROLL_DAYS + self.notice + 2 + vote).unwrap_or(i32::MAX))
    }

    fn of(procedure: Option<&Procedure>, meeting: Meeting) -> Terms {
        let posted = procedure.and_then(|one| one.posted_within);
        Terms {
            notice: procedure.map_or(NOTICE_DAYS, |one| one.notice(meeting == Meeting::Extraordinary)),
            posted_within: posted.unwrap_or(POSTED_WITHIN),
            posted_by_law: posted.is_some(),
            vote: procedure.and_then(|one| one.vote_days).map(|days| (days.least, days.most)),
            hears: procedure.and_then(|one| one.committee),
            source: procedure.map(|one| one.source.clone()).unwrap_or_default(),
        }
    }
}

impl Round {
    /// How it is called and told: by what its rule set says of the day on which the vote was announced, before that of today.
    ///
    /// # Errors
    /// [`DbError::Data`] where the kept rules are none, or for a day that is none.
    pub fn terms(&self, today: &Day) -> Result<Terms, DbError> {
        let on = self.days.called.as_ref().unwrap_or(today);
        Terms::by((&self.rules, &self.rules_text), self.meeting, on)
    }
}

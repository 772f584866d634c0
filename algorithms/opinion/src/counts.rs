//! Who agreed how often: whole numbers, from which every statistic follows.

use serde::Serialize;

use crate::conversation::{Cell, Conversation};
use crate::grouping::Grouping;
use crate::vote::Vote;

/// Votes of some people on one statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many agree.
    pub agree: u32,
    /// How many disagree.
    pub disagree: u32,
    /// How many voted, those who passed included.
    pub votes: u32,
}

impl Count {
    /// How many passed.
    #[must_use]
    pub const fn pass(&self) -> u32 {
        self.votes.saturating_sub(self.agree).saturating_sub(self.disagree)
    }

    pub(crate) fn add(&mut self, vote: Vote) {
        self.votes += 1;
        match vote {
            Vote::Agree => self.agree += 1,
            Vote::Disagree => self.disagree += 1,
            Vote::Pass => {}
        }
    }

    pub(crate) fn take(&mut self, vote: Vote) {
        self.votes = self.votes.saturating_sub(1);
        match vote {
            Vote::Agree => self.agree = self.agree.saturating_sub(1),
            Vote::Disagree => self.disagree = self.disagree.saturating_sub(1),
            Vote::Pass => {}
        }
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            agree: self.agree + other.agree,
            disagree: self.disagree + other.disagree,
            votes: self.votes + other.votes,
        }
    }
}

/// Counts by statement, in the order of the conversation's statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Of everybody who voted, in a group or not.
    pub all: Vec<Count>,
    /// Of each group, in the order of the grouping's ids.
    pub groups: Vec<Vec<Count>>,
}

impl Counts {
    /// Counts a conversation by groups.
    #[must_use]
    pub fn of(conversation: &Conversation, grouping: &Grouping) -> Self {
        let n = conversation.statements().len();
        let empty = vec![Count::default(); n];
        let mut counts = Self { all: empty.clone(), groups: vec![empty; grouping.ids().len()] };
        for index in 0..conversation.participants().len() {
            let row = conversation.row(index);
            counts.all_of(row, Count::add);
            if let Some(group) = grouping.place(index) {
                counts.group_of(group, row, Count::add);
            }
        }
        counts
    }

    pub(crate) fn all_of(&mut self, row: &[Cell], change: fn(&mut Count, Vote)) {
        change_row(&mut self.all, row, change);
    }

    pub(crate) fn group_of(&mut self, group: usize, row: &[Cell], change: fn(&mut Count, Vote)) {
        if let Some(counts) = self.groups.get_mut(group) {
            change_row(counts, row, change);
        }
    }

    /// The count of a group, or nothing.
    #[must_use]
    pub fn group(&self, group: usize, column: usize) -> Count {
        self.groups.get(group).and_then(|counts| counts.get(column)).copied().unwrap_or_default()
    }

    /// All groups but one together; those in no group are left out.
    #[must_use]
    pub fn others(&self, group: usize, column: usize) -> Count {
        let others = (0..self.groups.len()).filter(|other| *other != group);
        others.fold(Count::default(), |sum, other| sum.plus(self.group(other, column)))
    }

    /// All groups together; those in no group are left out.
    #[must_use]
    pub fn grouped(&self, column: usize) -> Count {
        self.others(usize::MAX, column)
    }
}

fn change_row(counts: &mut [Count], row: &[Cell], change: fn(&mut Count, Vote)) {
    for cell in row {
        if let Some(count) = counts.get_mut(cell.column as usize) {
            change(count, cell.vote);
        }
    }
}

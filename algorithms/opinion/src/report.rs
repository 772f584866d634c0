//! A map as a document: what `linli opinion DIR --json` prints.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::consensus::{Divided, Majority, MajorityStatement, Ranked, divides, majority, ranked};
use crate::counts::Count;
use crate::layout::Layout;
use crate::map::OpinionMap;
use crate::options::Options;
use crate::priority::priorities;
use crate::representative::{Typical, representative};
use crate::stability::Quality;
use crate::statistics::Side;

/// The result in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// People in the conversation's data, whether they voted or not.
    pub participants: usize,
    /// Statements, rejected ones included.
    pub statements: usize,
    /// Votes that count: one for each person and statement.
    pub votes: usize,
    /// People with enough votes to be in a group.
    pub in_conversation: usize,
    /// The part of all variance that each axis shows, 0 to 1.
    pub explained_variance: [f64; 2],
    /// The groups.
    pub groups: Vec<ReportGroup>,
    /// Every statement by group-aware consensus in agreement, the highest first.
    pub gac_agree: Vec<Ranked>,
    /// Every statement by group-aware consensus in disagreement.
    pub gac_disagree: Vec<Ranked>,
    /// For each group's id, the statements that are typical of it.
    pub representative: BTreeMap<u32, Vec<u64>>,
    /// What most people say.
    pub majority: ReportMajority,
}

/// What the command prints: the report and, when they are asked for, the figures behind it as `details`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    /// The result in short.
    #[serde(flatten)]
    pub report: Report,
    /// The figures behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Details>,
}

/// A group in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ReportGroup {
    /// Its id, which is also the index of its colour.
    pub id: u32,
    /// How many people are in it.
    pub size: usize,
}

/// Ids of the statements that most people agree or disagree with, the clearest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReportMajority {
    /// What most agree with.
    pub agree: Vec<u64>,
    /// What most disagree with.
    pub disagree: Vec<u64>,
}

/// The figures behind a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details {
    /// What the map was made with.
    pub options: Options,
    /// How much the groups can be trusted.
    pub quality: Quality,
    /// Each group with what is typical of it.
    pub groups: Vec<GroupDetails>,
    /// What most people say.
    pub majority: Majority,
    /// What parts the groups, the farthest apart first.
    pub divides: Vec<Divided>,
    /// Each statement's counts, loadings and priority.
    pub statements: Vec<StatementDetails>,
    /// What to draw.
    pub layout: Layout,
}

/// A group with what is typical of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupDetails {
    /// Its id.
    pub id: u32,
    /// How many people are in it.
    pub size: usize,
    /// Its center on the map.
    pub center: [f64; 2],
    /// The mean overlap with the nearest group of each resample; from 0.75 on it is stable.
    pub stability: Option<f64>,
    /// What is typical of it.
    pub representative: Vec<Typical>,
}

/// A statement's figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementDetails {
    /// Its id.
    pub id: u64,
    /// Whether it shapes the map.
    pub counted: bool,
    /// Everybody's votes.
    pub all: Count,
    /// Each group's votes, in the order of the groups.
    pub groups: Vec<Count>,
    /// Mean vote, −1 to 1.
    pub mean: f64,
    /// Its loading on each axis.
    pub loadings: [f64; 2],
    /// How much is learnt from showing it next.
    pub priority: f64,
}

impl OpinionMap {
    /// The result in short.
    #[must_use]
    pub fn report(&self) -> Report {
        let (conversation, counts) = (self.conversation(), self.counts());
        let typical = representative(conversation, counts, self.counted());
        let short = |typical: Vec<Typical>| typical.into_iter().map(|t| t.statement).collect();
        let groups = self.grouping().ids().iter().zip(self.grouping().sizes());
        let most = majority(conversation, counts, self.counted());
        let ids = |of: Vec<MajorityStatement>| of.into_iter().map(|s| s.statement).collect();
        Report {
            participants: conversation.participants().len(),
            statements: conversation.statements().len(),
            votes: conversation.n_votes(),
            in_conversation: self.n_in_conversation(),
            explained_variance: self.components().explained(),
            groups: groups.map(|(id, size)| ReportGroup { id: *id, size }).collect(),
            gac_agree: ranked(conversation, counts, Side::Agree),
            gac_disagree: ranked(conversation, counts, Side::Disagree),
            representative: self.grouping().ids().iter().copied().zip(typical.into_iter().map(short)).collect(),
            majority: ReportMajority { agree: ids(most.agree), disagree: ids(most.disagree) },
        }
    }

    /// What the command prints.
    #[must_use]
    pub fn document(&self, details: bool) -> Document {
        Document { report: self.report(), details: details.then(|| self.details()) }
    }

    /// The figures behind it.
    #[must_use]
    pub fn details(&self) -> Details {
        let (conversation, counts) = (self.conversation(), self.counts());
        let typical = representative(conversation, counts, self.counted());
        let groups = self.grouping().ids().iter().zip(self.grouping().sizes()).zip(typical).enumerate();
        let groups = groups.map(|(place, ((id, size), representative))| GroupDetails {
            id: *id,
            size,
            center: self.centers().get(place).copied().unwrap_or_default(),
            stability: self.quality().group_stability.get(place).copied(),
            representative,
        });
        Details {
            options: *self.options(),
            quality: self.quality().clone(),
            groups: groups.collect(),
            majority: majority(conversation, counts, self.counted()),
            divides: divides(conversation, counts, self.grouping().ids(), self.counted()),
            statements: self.statements(),
            layout: self.layout(),
        }
    }

    fn statements(&self) -> Vec<StatementDetails> {
        let (counts, components) = (self.counts(), self.components());
        let weights = priorities(self.conversation(), counts, &components.extremity());
        let loading = |axis: &[f64], column: usize| axis.get(column).copied().unwrap_or_default();
        let statements = self.conversation().statements().iter().zip(weights).enumerate();
        let one = |(column, (statement, priority)): (usize, (&crate::vote::Statement, f64))| StatementDetails {
            id: statement.id,
            counted: self.counted().get(column).copied().unwrap_or_default(),
            all: counts.all.get(column).copied().unwrap_or_default(),
            groups: (0..counts.groups.len()).map(|group| counts.group(group, column)).collect(),
            mean: components.center.get(column).copied().unwrap_or_default(),
            loadings: [loading(&components.axes[0], column), loading(&components.axes[1], column)],
            priority,
        };
        statements.map(one).collect()
    }
}

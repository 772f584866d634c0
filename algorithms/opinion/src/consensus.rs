//! What all groups share, what most people say, and what parts the groups.

use serde::Serialize;
use serde::ser::{SerializeTuple, Serializer};

use crate::conversation::Conversation;
use crate::counts::{Count, Counts};
use crate::statistics::{Side, Z_90, proportion_test, share, two_proportions_test};
use crate::vote::Moderation;

/// Statements a majority list has at most, for each side.
const MAX_MAJORITY: usize = 5;

/// A statement with the group-aware consensus on one side; serialises as (statement, value, moderation).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The statement's id.
    pub statement: u64,
    /// From 0 to 1.
    pub value: f64,
    /// What a moderator decided.
    pub moderation: Moderation,
}

impl Serialize for Ranked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut triple = serializer.serialize_tuple(3)?;
        triple.serialize_element(&self.statement)?;
        triple.serialize_element(&self.value)?;
        triple.serialize_element(&self.moderation)?;
        triple.end()
    }
}

/// Group-aware consensus on a statement: the product over groups of (x + 1) / (n + 2). A single group that is against
/// it makes it small, however large the others are. Without groups, everybody is one.
///
/// The fraction is reduced before it is divided, so equal fractions are equal numbers.
#[must_use]
pub fn group_aware(counts: &Counts, column: usize, side: Side) -> f64 {
    let everybody = [counts.all.get(column).copied().unwrap_or_default()];
    let groups: Vec<Count> = (0..counts.groups.len()).map(|group| counts.group(group, column)).collect();
    let groups = if groups.is_empty() { &everybody[..] } else { &groups[..] };
    exact_product(groups, side).unwrap_or_else(|| groups.iter().map(|count| share(count, side)).product())
}

/// The product as a reduced fraction; nothing where it is beyond 128 bits.
fn exact_product(groups: &[Count], side: Side) -> Option<f64> {
    let (mut above, mut below) = (1_u128, 1_u128);
    for count in groups {
        above = above.checked_mul(u128::from(side.of(count)) + 1)?;
        below = below.checked_mul(u128::from(count.votes) + 2)?;
        let divisor = greatest_common_divisor(above, below);
        (above, below) = (above / divisor, below / divisor);
    }
    Some(above as f64 / below as f64)
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// Every statement by group-aware consensus, the highest first, ties by id.
#[must_use]
pub fn ranked(conversation: &Conversation, counts: &Counts, side: Side) -> Vec<Ranked> {
    let one = |(column, s): (usize, &crate::vote::Statement)| Ranked {
        statement: s.id,
        value: group_aware(counts, column, side),
        moderation: s.moderation,
    };
    let mut all: Vec<Ranked> = conversation.statements().iter().enumerate().map(one).collect();
    all.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.statement.cmp(&b.statement)));
    all
}

/// A statement that most people are on one side of, in a group or not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MajorityStatement {
    /// The statement's id.
    pub statement: u64,
    /// How many are on this side.
    pub successes: u32,
    /// How many voted.
    pub trials: u32,
    /// The estimated share on this side, above one half.
    pub share: f64,
    /// How far the share is above one half, in standard deviations.
    pub test: f64,
}

/// What most people say.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Majority {
    /// What most agree with, at most five statements, the clearest first.
    pub agree: Vec<MajorityStatement>,
    /// What most disagree with.
    pub disagree: Vec<MajorityStatement>,
}

/// What most people say: an estimated share above one half that is more than chance ([`Z_90`]), ordered by share times
/// test, ties by id. `counted` tells which statements take part.
#[must_use]
pub fn majority(conversation: &Conversation, counts: &Counts, counted: &[bool]) -> Majority {
    let of_side = |side: Side| {
        let statements = conversation.statements().iter().zip(&counts.all).zip(counted);
        let mut found: Vec<MajorityStatement> = statements
            .filter(|(_, counts)| **counts)
            .map(|((s, count), _)| MajorityStatement {
                statement: s.id,
                successes: side.of(count),
                trials: count.votes,
                share: share(count, side),
                test: proportion_test(side.of(count), count.votes),
            })
            .filter(|s| s.share > 0.5 && s.test > Z_90)
            .collect();
        found.sort_by(|a, b| (b.share * b.test).total_cmp(&(a.share * a.test)).then(a.statement.cmp(&b.statement)));
        found.truncate(MAX_MAJORITY);
        found
    };
    Majority { agree: of_side(Side::Agree), disagree: of_side(Side::Disagree) }
}

/// A statement that parts two groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Divided {
    /// The statement's id.
    pub statement: u64,
    /// How far the two groups are apart: the difference of their estimated shares of agreement, 0 to 1.
    pub distance: f64,
    /// Group with the highest share of agreement.
    pub most: u32,
    /// Group with the lowest.
    pub least: u32,
    /// The difference in standard deviations.
    pub test: f64,
}

/// Statements on which two groups differ by more than chance, the farthest apart first, ties by id. `ids` are the
/// groups' ids in the order of the counts.
#[must_use]
pub fn divides(conversation: &Conversation, counts: &Counts, ids: &[u32], counted: &[bool]) -> Vec<Divided> {
    let mut found: Vec<Divided> = conversation
        .statements()
        .iter()
        .enumerate()
        .filter(|(column, _)| counted.get(*column).copied().unwrap_or_default())
        .filter_map(|(column, s)| divided(counts, ids, column, s.id))
        .collect();
    found.sort_by(|a, b| b.distance.total_cmp(&a.distance).then(a.statement.cmp(&b.statement)));
    found
}

fn divided(counts: &Counts, ids: &[u32], column: usize, statement: u64) -> Option<Divided> {
    let shares = ids.iter().enumerate().map(|(group, id)| {
        let count = counts.group(group, column);
        (share(&count, Side::Agree), *id, count)
    });
    let shares: Vec<(f64, u32, Count)> = shares.filter(|(_, _, count)| count.votes > 0).collect();
    let by_share = |a: &&(f64, u32, Count), b: &&(f64, u32, Count)| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1));
    let (most, least) = (shares.iter().max_by(by_share)?, shares.iter().min_by(by_share)?);
    let test = two_proportions_test((most.2.agree, most.2.votes), (least.2.agree, least.2.votes));
    let distance = most.0 - least.0;
    (test > Z_90 && distance > 0.0).then_some(Divided { statement, distance, most: most.1, least: least.1, test })
}

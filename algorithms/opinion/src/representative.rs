//! What is typical of a group: what it says more often than the others do.

use serde::Serialize;

use crate::conversation::Conversation;
use crate::counts::{Count, Counts};
use crate::statistics::{Side, Z_90, proportion_test, share, two_proportions_test};

/// Statements that are told of a group at most.
const MAX_TYPICAL: usize = 5;

/// A statement that is typical of a group, with the figures of the side that it is typical for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Typical {
    /// The statement's id.
    pub statement: u64,
    /// The side on which the group stands out.
    pub side: Side,
    /// How many times more likely this side is in the group than outside it.
    pub ratio: f64,
    /// The difference from the others in standard deviations.
    pub ratio_test: f64,
    /// The estimated share of the group on this side.
    pub share: f64,
    /// How far that share is above one half, in standard deviations.
    pub share_test: f64,
    /// How many of the group are on this side.
    pub successes: u32,
    /// How many of the group voted on it.
    pub trials: u32,
    /// Whether it is here because the group agrees with it more than with any other. Then a group may stand out on
    /// one side of it and yet mostly agree.
    pub best_agree: bool,
}

/// One side's figures.
#[derive(Clone, Copy)]
struct Figures {
    ratio: f64,
    ratio_test: f64,
    share: f64,
    share_test: f64,
}

impl Figures {
    fn new(within: &Count, without: &Count, side: Side) -> Self {
        let share_within = share(within, side);
        Self {
            ratio: share_within / share(without, side),
            ratio_test: two_proportions_test((side.of(within), within.votes), (side.of(without), without.votes)),
            share: share_within,
            share_test: proportion_test(side.of(within), within.votes),
        }
    }

    fn passes(&self) -> bool {
        self.ratio_test > Z_90 && self.share_test > Z_90
    }

    fn weight(&self) -> f64 {
        self.ratio * self.ratio_test * self.share * self.share_test
    }

    fn agreement(&self) -> f64 {
        self.share * self.share_test
    }
}

/// A statement's figures in one group.
#[derive(Clone, Copy)]
struct Candidate {
    statement: u64,
    within: Count,
    agree: Figures,
    disagree: Figures,
}

impl Candidate {
    fn side(&self) -> Side {
        if self.agree.ratio_test > self.disagree.ratio_test { Side::Agree } else { Side::Disagree }
    }

    fn figures(&self) -> &Figures {
        match self.side() {
            Side::Agree => &self.agree,
            Side::Disagree => &self.disagree,
        }
    }

    fn passes(&self) -> bool {
        self.agree.passes() || self.disagree.passes()
    }

    /// The larger of the two differences from the others.
    fn difference(&self) -> f64 {
        self.agree.ratio_test.max(self.disagree.ratio_test)
    }

    /// Whether the group agrees with this more clearly than with the best so far. While the best is not agreed with
    /// more than elsewhere, plain agreement is compared.
    fn agreed_more(&self, best: Option<&Self>) -> bool {
        if self.within.agree == 0 && self.within.disagree == 0 {
            return false;
        }
        match best {
            Some(best) if best.agree.ratio > 1.0 => self.agree.weight() > best.agree.weight(),
            Some(best) => self.agree.agreement() > best.agree.agreement(),
            None => self.agree.share_test > Z_90 || (self.agree.ratio > 1.0 && self.agree.share > 0.5),
        }
    }

    fn told(&self, best_agree: bool) -> Typical {
        let (side, figures) = (self.side(), self.figures());
        Typical {
            statement: self.statement,
            side,
            ratio: figures.ratio,
            ratio_test: figures.ratio_test,
            share: figures.share,
            share_test: figures.share_test,
            successes: side.of(&self.within),
            trials: self.within.votes,
            best_agree,
        }
    }
}

/// For each group of the counts, at most five statements that are typical of it: agreement before disagreement.
///
/// A side counts when the group is more on it than the others, and more than half of it, both by more than chance
/// ([`Z_90`]). The statement that the group agrees with most comes first. Where none passes, the best single one is
/// told. `counted` tells which statements take part.
#[must_use]
pub fn representative(conversation: &Conversation, counts: &Counts, counted: &[bool]) -> Vec<Vec<Typical>> {
    (0..counts.groups.len()).map(|group| of_group(conversation, counts, counted, group)).collect()
}

fn of_group(conversation: &Conversation, counts: &Counts, counted: &[bool], group: usize) -> Vec<Typical> {
    let (mut passing, mut closest, mut agreed) = (Vec::new(), None::<Candidate>, None::<Candidate>);
    for (column, statement) in conversation.statements().iter().enumerate() {
        if !counted.get(column).copied().unwrap_or_default() {
            continue;
        }
        let (within, without) = (counts.group(group, column), counts.others(group, column));
        let agree = Figures::new(&within, &without, Side::Agree);
        let disagree = Figures::new(&within, &without, Side::Disagree);
        let candidate = Candidate { statement: statement.id, within, agree, disagree };
        if candidate.passes() {
            passing.push(candidate);
        } else if closest.is_none_or(|best| candidate.difference() > best.difference()) {
            closest = Some(candidate);
        }
        if candidate.agreed_more(agreed.as_ref()) {
            agreed = Some(candidate);
        }
    }
    let mut told: Vec<Typical> = agreed.iter().map(|candidate| candidate.told(true)).collect();
    if passing.is_empty() && told.is_empty() {
        told.extend(closest.iter().map(|candidate| candidate.told(false)));
    }
    passing.sort_by(|a, b| b.figures().weight().total_cmp(&a.figures().weight()).then(a.statement.cmp(&b.statement)));
    let others = passing.iter().filter(|c| agreed.is_none_or(|best| best.statement != c.statement));
    told.extend(others.map(|candidate| candidate.told(false)));
    told.truncate(MAX_TYPICAL);
    told.sort_by_key(|typical| typical.side == Side::Disagree);
    told
}

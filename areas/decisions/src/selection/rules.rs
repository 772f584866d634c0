//! How review and vote give the list: candidates in, an order with a reason for each out. Whole numbers only.

use std::{cmp::Reverse, collections::BTreeMap};

use kernel::Fen;
use programmes::template::Combine;
use serde::{Deserialize, Serialize};

/// What the panel made of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviewed {
    /// 1 for the best.
    pub rank: u32,
    /// Whether it has enough score sheets and reaches the pass mark.
    pub passed: bool,
}

/// What the vote made of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voted {
    /// Place in the verdict: winners in order of choice first, then the others by support.
    pub rank: u32,
    /// Whether the rule of the vote chose it.
    pub won: bool,
    /// Ballots that name it.
    pub supporters: u32,
}

/// A project that may be approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its number.
    pub number: u32,
    /// What it costs.
    pub cost: Fen,
    /// Its class of grants; empty where there are none.
    pub tier: String,
    /// What the panel made of it; none with too few score sheets.
    pub review: Option<Reviewed>,
    /// What the vote made of it.
    pub vote: Option<Voted>,
}

/// What bounds the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// What may be spent.
    pub budget: Fen,
    /// How many may be approved.
    pub places: Option<u32>,
    /// How many may be approved in a class.
    pub tiers: BTreeMap<String, u32>,
    /// How long the reserve list is.
    pub reserve: u32,
}

/// What decided about a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It is approved; so much of the budget is left after it.
    Approved {
        /// In the smallest unit.
        left: i64,
    },
    /// The panel's points are below the pass mark.
    BelowPass,
    /// It has too few score sheets to be ranked.
    TooFewSheets,
    /// The vote did not choose it.
    NotChosen,
    /// All places were taken when its turn came.
    PlacesTaken {
        /// How many there are.
        places: u32,
    },
    /// All places of its class were taken when its turn came.
    TierTaken {
        /// How many there are.
        places: u32,
    },
    /// Less of the budget was left than it costs.
    DoesNotFit {
        /// In the smallest unit.
        left: i64,
    },
}

/// What is decided about a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Place in the order in which the list was filled: 1 for the first.
    pub rank: u32,
    /// The project's number.
    pub number: u32,
    /// Whether it is approved.
    pub approved: bool,
    /// Place on the reserve list.
    pub reserve: Option<u32>,
    /// The weighted sum of ranks, where the template weighs them.
    pub score: Option<u64>,
    /// What decided.
    pub why: Why,
}

/// Fills the list. Who may not be approved stands behind those who may, in order of their numbers.
pub fn combine(how: Combine, candidates: &[Candidate], limits: &Limits) -> Vec<Line> {
    let votes = vote_ranks(candidates);
    let score = |c: &Candidate| match how {
        Combine::WeightedRanks { review, vote } => {
            let ranks = (c.review.map_or(0, |r| r.rank), votes.get(&c.number).copied().unwrap_or(0));
            Some(u64::from(review) * u64::from(ranks.0) + u64::from(vote) * u64::from(ranks.1))
        }
        _ => None,
    };
    let mut able: Vec<&Candidate> = candidates.iter().filter(|c| barred(how, c).is_none()).collect();
    able.sort_by_key(|c| {
        let review = c.review.map_or(u32::MAX, |r| r.rank);
        match how {
            Combine::ReviewOnly => (u64::from(review), 0, c.number),
            Combine::VoteOnly | Combine::ReviewThenVote => {
                (u64::from(c.vote.map_or(u32::MAX, |v| v.rank)), 0, c.number)
            }
            Combine::WeightedRanks { .. } => (score(c).unwrap_or(u64::MAX), review, c.number),
        }
    });
    let mut list = fill(&able, limits);
    for line in &mut list {
        line.score = candidates.iter().find(|c| c.number == line.number).and_then(score);
    }
    let mut behind: Vec<(&Candidate, Why)> = candidates.iter().filter_map(|c| Some((c, barred(how, c)?))).collect();
    behind.sort_by_key(|(c, _)| c.number);
    for (candidate, why) in behind {
        let rank = u32::try_from(list.len() + 1).unwrap_or(u32::MAX);
        list.push(Line { rank, number: candidate.number, approved: false, reserve: None, score: None, why });
    }
    list
}

/// Why a project cannot be on the list at all.
fn barred(how: Combine, c: &Candidate) -> Option<Why> {
    let won = c.vote.is_some_and(|v| v.won);
    match how {
        Combine::VoteOnly => (!won).then_some(Why::NotChosen),
        Combine::ReviewOnly | Combine::ReviewThenVote | Combine::WeightedRanks { .. } => match c.review {
            None => Some(Why::TooFewSheets),
            Some(review) => (!review.passed).then_some(Why::BelowPass),
        },
    }
}

/// Ranks by support: equal support is an equal rank, and the next rank leaves as many out (1, 1, 3).
fn vote_ranks(candidates: &[Candidate]) -> BTreeMap<u32, u32> {
    let mut order: Vec<(Reverse<u32>, u32)> =
        candidates.iter().map(|c| (Reverse(c.vote.map_or(0, |v| v.supporters)), c.number)).collect();
    order.sort_unstable();
    let mut ranks = BTreeMap::new();
    let mut last = (Reverse(0), 0);
    for (at, (support, number)) in (1_u32..).zip(order) {
        let rank = if at > 1 && support == last.0 { last.1 } else { at };
        last = (support, rank);
        ranks.insert(number, rank);
    }
    ranks
}

/// Takes one after the other as long as money and places last; a later one that still fits is taken.
fn fill(order: &[&Candidate], limits: &Limits) -> Vec<Line> {
    let (mut left, mut taken, mut reserve) = (limits.budget.0, 0_u32, 0_u32);
    let mut tiers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut list = Vec::with_capacity(order.len());
    for (rank, candidate) in (1_u32..).zip(order) {
        let in_tier = tiers.entry(&candidate.tier).or_default();
        let tier_places = limits.tiers.get(&candidate.tier).copied();
        let why = match (limits.places, tier_places) {
            (Some(places), _) if taken >= places => Why::PlacesTaken { places },
            (_, Some(places)) if *in_tier >= places => Why::TierTaken { places },
            _ if candidate.cost.0 > left => Why::DoesNotFit { left },
            _ => {
                left -= candidate.cost.0;
                taken += 1;
                *in_tier += 1;
                Why::Approved { left }
            }
        };
        let approved = matches!(why, Why::Approved { .. });
        let place = (!approved && reserve < limits.reserve).then(|| {
            reserve += 1;
            reserve
        });
        list.push(Line { rank, number: candidate.number, approved, reserve: place, score: None, why });
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(number: u32, cost: i64, review: Option<(u32, bool)>, vote: Option<(u32, bool, u32)>) -> Candidate {
        Candidate {
            number,
            cost: Fen(cost),
            tier: if number.is_multiple_of(2) { "even".into() } else { "odd".into() },
            review: review.map(|(rank, passed)| Reviewed { rank, passed }),
            vote: vote.map(|(rank, won, supporters)| Voted { rank, won, supporters }),
        }
    }

    fn limits(budget: i64, places: Option<u32>) -> Limits {
        Limits { budget: Fen(budget), places, tiers: BTreeMap::new(), reserve: 1 }
    }

    fn told(list: &[Line]) -> Vec<(u32, bool, Option<u32>)> {
        list.iter().map(|l| (l.number, l.approved, l.reserve)).collect()
    }

    #[test]
    fn by_review_alone_the_panels_order_fills_the_places() {
        let list = [
            candidate(1, 40, Some((2, true)), None),
            candidate(2, 40, Some((1, true)), None),
            candidate(3, 40, Some((4, false)), None),
            candidate(4, 10, Some((3, true)), None),
        ];
        let by = |limits: &Limits| combine(Combine::ReviewOnly, &list, limits);
        let two = by(&limits(100, Some(2)));
        assert_eq!(told(&two), [(2, true, None), (1, true, None), (4, false, Some(1)), (3, false, None)]);
        assert_eq!(two[2].why, Why::PlacesTaken { places: 2 });
        assert_eq!(two[3].why, Why::BelowPass);
        // the second does not fit, the third still does
        let short = by(&limits(50, None));
        assert_eq!(told(&short), [(2, true, None), (1, false, Some(1)), (4, true, None), (3, false, None)]);
        assert_eq!(short[1].why, Why::DoesNotFit { left: 10 });
        assert_eq!(short[2].why, Why::Approved { left: 0 });
    }

    #[test]
    fn too_few_sheets_are_told_apart_from_too_few_points() {
        let list = [candidate(1, 1, None, None), candidate(2, 1, Some((1, false)), None)];
        let why = |how| combine(how, &list, &limits(10, None)).into_iter().map(|l| l.why).collect::<Vec<_>>();
        assert_eq!(why(Combine::ReviewOnly), [Why::TooFewSheets, Why::BelowPass]);
        assert_eq!(why(Combine::WeightedRanks { review: 1, vote: 1 }), [Why::TooFewSheets, Why::BelowPass]);
    }

    #[test]
    fn a_class_has_places_of_its_own() {
        let list = [
            candidate(1, 1, Some((1, true)), None),
            candidate(3, 1, Some((2, true)), None),
            candidate(2, 1, Some((3, true)), None),
        ];
        let tiers = [("odd".to_owned(), 1), ("even".to_owned(), 1)].into();
        let by = combine(Combine::ReviewOnly, &list, &Limits { tiers, ..limits(10, None) });
        assert_eq!(told(&by), [(1, true, None), (3, false, Some(1)), (2, true, None)]);
        assert_eq!(by[1].why, Why::TierTaken { places: 1 });
    }

    #[test]
    fn by_vote_alone_its_winners_stand_in_their_order() {
        let list = [
            candidate(1, 1, None, Some((2, true, 5))),
            candidate(2, 1, None, Some((1, true, 4))),
            candidate(3, 1, None, Some((3, false, 9))),
        ];
        let by = combine(Combine::VoteOnly, &list, &limits(10, None));
        assert_eq!(told(&by), [(2, true, None), (1, true, None), (3, false, None)]);
        assert_eq!(by[2].why, Why::NotChosen);
    }

    #[test]
    fn the_pass_mark_is_a_threshold_before_the_vote() {
        let list = [
            candidate(1, 1, Some((1, true)), Some((2, true, 5))),
            candidate(2, 1, Some((3, false)), Some((1, true, 9))),
            candidate(3, 1, Some((2, true)), Some((3, false, 2))),
        ];
        let by = combine(Combine::ReviewThenVote, &list, &limits(10, Some(1)));
        assert_eq!(told(&by), [(1, true, None), (3, false, Some(1)), (2, false, None)]);
    }

    #[test]
    fn ranks_are_weighed_and_equal_support_is_an_equal_rank() {
        let list = [
            candidate(1, 1, Some((1, true)), Some((3, false, 2))),
            candidate(2, 1, Some((2, true)), Some((1, true, 7))),
            candidate(3, 1, Some((3, true)), Some((2, true, 7))),
        ];
        let by = combine(Combine::WeightedRanks { review: 3, vote: 2 }, &list, &limits(10, None));
        // 1: 3·1 + 2·3 = 9; 2: 3·2 + 2·1 = 8; 3: 3·3 + 2·1 = 11
        assert_eq!(
            by.iter().map(|l| (l.number, l.score)).collect::<Vec<_>>(),
            [(2, Some(8)), (1, Some(9)), (3, Some(11))]
        );
        let even = combine(Combine::WeightedRanks { review: 1, vote: 1 }, &list, &limits(10, None));
        // 1: 4, 2: 3, 3: 4: the panel's rank breaks the tie
        assert_eq!(even.iter().map(|l| l.number).collect::<Vec<_>>(), [2, 1, 3]);
    }

    #[test]
    fn whatever_the_order_of_the_candidates_the_list_is_the_same() {
        let mut list: Vec<Candidate> = (1..=9)
            .map(|n| candidate(n, i64::from(n) * 3, Some(((n * 7) % 10, n != 4)), Some((n, n < 6, (n * 5) % 4))))
            .collect();
        for how in [
            Combine::ReviewOnly,
            Combine::VoteOnly,
            Combine::ReviewThenVote,
            Combine::WeightedRanks { review: 2, vote: 3 },
        ] {
            let first = combine(how, &list, &limits(60, Some(5)));
            list.reverse();
            assert_eq!(combine(how, &list, &limits(60, Some(5))), first, "{how:?}");
            list.rotate_left(4);
            assert_eq!(combine(how, &list, &limits(60, Some(5))), first, "{how:?}");
        }
    }
}

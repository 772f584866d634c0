//! Axioms that hold of each rule, and for those that do not the smallest vote that shows it. The table of both is in the
//! developers' chapter of the book.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

mod common;

use common::Small;
use proptest::prelude::*;
use tally::{
    BallotKind, CountOptions, Lots, Rule, count,
    ranked::{Fractions, Profile, irv, schulze, stv},
};

const IDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Small elections by approval whose projects cost something.
fn approvals() -> impl Strategy<Value = Small> {
    let costs = prop::collection::vec(prop_oneof![1..7_i64, Just(12)], 1..=IDS.len());
    (costs, 1..40_i64).prop_flat_map(|(costs, budget)| {
        let n = costs.len() as u32;
        let ballot = prop::sample::subsequence((0..n).collect::<Vec<_>>(), 0..=n as usize);
        let projects: Vec<(String, i64)> = IDS.iter().map(|id| (*id).to_owned()).zip(costs).collect();
        prop::collection::vec(ballot, 1..9).prop_map(move |ballots| Small {
            projects: projects.clone(),
            budget,
            ballots,
            kind: BallotKind::Approval,
            points: Vec::new(),
        })
    })
}

fn winners(small: &Small, rule: &str) -> Vec<usize> {
    let options = CountOptions { increment: Some(1), ..CountOptions::default() };
    let rule: Rule = rule.parse().unwrap();
    let options = if rule.takes_increment() { options } else { CountOptions::default() };
    let mut winners = count(&small.election(), rule, &options).unwrap().winners;
    winners.sort_unstable();
    winners
}

fn cost(small: &Small, projects: &[usize]) -> i64 {
    projects.iter().map(|project| small.projects[*project].1).sum()
}

/// Projects that somebody wants, that lost, and that what is left of the budget would pay for.
fn left_out(small: &Small, won: &[usize]) -> Vec<usize> {
    let left = small.budget - cost(small, won);
    let wanted = |project: &usize| small.ballots.iter().any(|ballot| ballot.contains(&(*project as u32)));
    let lost = (0..small.projects.len()).filter(|project| !won.contains(project));
    lost.filter(wanted).filter(|project| small.projects[*project].1 <= left).collect()
}

/// A group that its votes name together and whose part of the budget pays for these projects, and in which nobody has
/// what the projects would give them, even with one more of them (Peters, Pierczyński and Skowron, NeurIPS 2021: EJR up
/// to one project). None where every group has its due.
fn wronged(small: &Small, won: &[usize], gain: impl Fn(usize) -> i64) -> Option<Vec<usize>> {
    let n = small.ballots.len() as i64;
    (1_u32..1 << small.projects.len()).find_map(|set| {
        let due: Vec<usize> = (0..small.projects.len()).filter(|project| set >> project & 1 == 1).collect();
        let all = |ballot: &&Vec<u32>| due.iter().all(|project| ballot.contains(&(*project as u32)));
        let group: Vec<&Vec<u32>> = small.ballots.iter().filter(all).collect();
        if group.is_empty() || group.len() as i64 * small.budget < n * cost(small, &due) {
            return None;
        }
        let owed: i64 = due.iter().map(|project| gain(*project)).sum();
        let most = due.iter().filter(|project| !won.contains(project)).map(|project| gain(*project)).max();
        let has = |ballot: &&Vec<u32>| {
            let has: i64 =
                won.iter().filter(|project| ballot.contains(&(**project as u32))).map(|project| gain(*project)).sum();
            has >= owed || most.is_some_and(|most| has + most > owed)
        };
        (!group.iter().any(has)).then_some(due)
    })
}

fn doubled(small: &Small) -> Small {
    Small { ballots: [small.ballots.clone(), small.ballots.clone()].concat(), ..small.clone() }
}

/// Ballots of up to four options, each so often and a list without repeats.
fn rankings() -> impl Strategy<Value = (usize, Vec<(u64, Vec<usize>)>)> {
    (2..=4_usize).prop_flat_map(|n| {
        let all: Vec<usize> = (0..n).collect();
        let ballot = (1..7_u64, Just(all).prop_shuffle(), 1..=n).prop_map(|(times, mut order, named)| {
            order.truncate(named);
            (times, order)
        });
        (Just(n), prop::collection::vec(ballot, 1..7))
    })
}

fn of(options: usize, ballots: &[(u64, Vec<usize>)]) -> Profile {
    let mut profile = Profile::new(options).unwrap();
    ballots.iter().for_each(|(times, ballot)| profile.add(ballot, *times).unwrap());
    profile
}

/// Two orders of lots, one the other's reverse: where they come to the same, no lot has decided.
fn lots(n: usize) -> [Lots; 2] {
    [Lots::listed(n), Lots::drawn((0..n).rev().collect()).unwrap()]
}

/// Who wins by instant runoff; none where a lot decides.
fn by_irv(n: usize, ballots: &[(u64, Vec<usize>)]) -> Option<usize> {
    let [one, other] = lots(n).map(|lots| irv(&of(n, ballots), &lots).unwrap().winner);
    one.filter(|_| one == other)
}

/// Who wins by Schulze's method, where it is one.
fn by_schulze(n: usize, ballots: &[(u64, Vec<usize>)]) -> Option<usize> {
    let winners = schulze(&of(n, ballots), &Lots::listed(n)).unwrap().winners;
    winners.first().copied().filter(|_| winners.len() == 1)
}

/// Who is elected by the single transferable vote, in order of number; none where a lot decides.
fn by_stv(n: usize, ballots: &[(u64, Vec<usize>)], seats: usize) -> Option<Vec<usize>> {
    let [one, other] = lots(n).map(|lots| {
        let mut elected = stv(&of(n, ballots), seats, Fractions::Exact, &lots).unwrap().elected;
        elected.sort_unstable();
        elected
    });
    (one == other).then_some(one)
}

/// Each ballot as it is, with a clone of one option beside it, now before and now after it.
fn with_clone(n: usize, ballots: &[(u64, Vec<usize>)], of: usize, turns: u8) -> Vec<(u64, Vec<usize>)> {
    let beside = |at: usize, option: usize| match option == of {
        false => vec![option],
        true if turns >> (at % 8) & 1 == 1 => vec![option, n],
        true => vec![n, option],
    };
    let both = |at: usize, ballot: &[usize]| ballot.iter().flat_map(|option| beside(at, *option)).collect();
    ballots.iter().enumerate().map(|(at, (times, ballot))| (*times, both(at, ballot))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Twice the voters with the same votes decide the same. Raised equal shares do not: steps are in whole units a voter.
    #[test]
    fn votes_twice_over_decide_the_same(small in approvals()) {
        for rule in ["greedy:cost", "greedy:card", "mes:cost", "mes:card", "phragmen"] {
            prop_assert_eq!(winners(&small, rule), winners(&doubled(&small), rule), "{}", rule);
        }
    }

    /// What others want and the rest would pay for is bought by greedy, and by raised shares, which it completes.
    #[test]
    fn nothing_that_is_wanted_and_fits_is_left_out(small in approvals()) {
        for rule in ["greedy:cost", "greedy:card", "mes_add1u:cost:cost"] {
            let won = winners(&small, rule);
            prop_assert!(left_out(&small, &won).is_empty(), "{} {:?}", rule, won);
        }
    }

    /// The theorem of equal shares. Raising shares and completing only add to what a group has.
    #[test]
    fn by_equal_shares_no_group_is_wronged(small in approvals()) {
        for rule in ["mes:cost", "mes:card", "mes_add1u:cost:cost"] {
            let gain = |project: usize| if rule == "mes:card" { 1 } else { small.projects[project].1 };
            prop_assert_eq!(wronged(&small, &winners(&small, rule), gain), None, "{}", rule);
        }
    }

    /// Until a winner is bought nothing else depends on who wants it, so that with one more of the voters who wants it it
    /// is bought no later.
    #[test]
    fn a_winner_that_one_more_of_the_voters_names_still_wins(small in approvals(), voter in any::<prop::sample::Index>()) {
        for rule in ["greedy:cost", "greedy:card", "mes:cost", "mes:card", "phragmen"] {
            for winner in winners(&small, rule) {
                let mut more = small.clone();
                let ballot = &mut more.ballots[voter.index(small.ballots.len())];
                if !ballot.contains(&(winner as u32)) {
                    ballot.push(winner as u32);
                    prop_assert!(winners(&more, rule).contains(&winner), "{}", rule);
                }
            }
        }
    }

    /// A voter more, who wants a winner alone. Equal shares part the budget among more voters then, and have no such property.
    #[test]
    fn a_winner_that_a_further_voter_names_still_wins(small in approvals()) {
        for rule in ["greedy:cost", "greedy:card", "phragmen"] {
            for winner in winners(&small, rule) {
                let mut more = small.clone();
                more.ballots.push(vec![winner as u32]);
                prop_assert!(winners(&more, rule).contains(&winner), "{}", rule);
            }
        }
    }

    #[test]
    fn by_phragmen_a_lower_price_keeps_a_winner(small in approvals(), cut in 1..12_i64) {
        for winner in winners(&small, "phragmen") {
            let mut cheaper = small.clone();
            cheaper.projects[winner].1 = (small.projects[winner].1 - cut).max(1);
            prop_assert!(winners(&cheaper, "phragmen").contains(&winner));
        }
    }

    /// Where each project fits by itself: Phragmén's order of purchases does not depend on the budget, which only ends it.
    #[test]
    fn by_phragmen_more_money_keeps_every_winner(small in approvals(), more in 0..30_i64) {
        let dearest = small.projects.iter().map(|(_, cost)| *cost).max().unwrap_or(0);
        let small = Small { budget: small.budget.max(dearest), ..small };
        let richer = winners(&Small { budget: small.budget + more, ..small.clone() }, "phragmen");
        prop_assert!(winners(&small, "phragmen").iter().all(|winner| richer.contains(winner)));
    }

    /// To name further options after those that are named never harms one that is named.
    #[test]
    fn by_runoff_a_later_preference_harms_no_earlier_one(
        (n, ballots) in rankings(), at in any::<prop::sample::Index>(), later in any::<prop::sample::Index>(),
    ) {
        let at = at.index(ballots.len());
        let named = ballots[at].1.clone();
        let rest: Vec<usize> = (0..n).filter(|option| !named.contains(option)).collect();
        if !rest.is_empty() {
            let mut more = ballots.clone();
            more[at].1.push(rest[later.index(rest.len())]);
            if let (Some(before), Some(after)) = (by_irv(n, &ballots), by_irv(n, &more)) {
                prop_assert!(before == after || !named.contains(&before), "{} {}", before, after);
            }
        }
    }

    /// A clone beside an option, which everybody ranks next to it, takes nothing from it and gives it nothing.
    #[test]
    fn a_clone_changes_nothing_by_runoff_and_by_schulze(
        (n, ballots) in rankings(), cloned in any::<prop::sample::Index>(), turns in any::<u8>(),
    ) {
        let cloned = cloned.index(n);
        let both = with_clone(n, &ballots, cloned, turns);
        for by in [by_irv, by_schulze] {
            if let (Some(before), Some(after)) = (by(n, &ballots), by(n + 1, &both)) {
                prop_assert_eq!(before, if after == n { cloned } else { after });
            }
        }
    }

    /// Where everybody turns round what they say, the one winner is not the one winner again.
    #[test]
    fn by_schulze_the_best_is_not_the_worst((n, ballots) in rankings()) {
        let whole = |(times, ballot): (u64, Vec<usize>)| {
            let rest: Vec<usize> = (0..n).filter(|option| !ballot.contains(option)).collect();
            (times, [ballot, rest].concat())
        };
        let ballots: Vec<(u64, Vec<usize>)> = ballots.into_iter().map(whole).collect();
        let turned: Vec<(u64, Vec<usize>)> =
            ballots.iter().map(|(times, ballot)| (*times, ballot.iter().rev().copied().collect())).collect();
        if let (Some(best), Some(worst)) = (by_schulze(n, &ballots), by_schulze(n, &turned)) {
            prop_assert_ne!(best, worst);
        }
    }
}

fn small(projects: &[(&str, i64)], budget: i64, ballots: &[&[u32]]) -> Small {
    Small::new(projects, budget, ballots)
}

#[test]
fn votes_twice_over_can_decide_otherwise_by_raised_shares() {
    let once = small(&[("a", 2), ("b", 12)], 12, &[&[1], &[0, 1], &[], &[1], &[1], &[], &[]]);
    assert_eq!(winners(&once, "mes_add1u:cost:cost"), [0]);
    assert_eq!(winners(&doubled(&once), "mes_add1u:cost:cost"), [1]);
}

#[test]
fn equal_shares_and_phragmen_leave_out_what_is_wanted_and_fits() {
    // one of two wants it, and has half of what it costs
    let shares = small(&[("a", 4)], 4, &[&[], &[0]]);
    assert_eq!(left_out(&shares, &winners(&shares, "mes:cost")), [0]);
    // b at time 2; a, whose time comes at 3, no longer fits and ends it; c would fit at 4
    let phragmen = small(&[("a", 3), ("b", 2), ("c", 2)], 4, &[&[0], &[1, 2]]);
    assert_eq!((winners(&phragmen, "phragmen"), left_out(&phragmen, &[1])), (vec![1], vec![2]));
}

#[test]
fn greedy_and_phragmen_can_wrong_a_group() {
    let cost = |small: &Small| small.projects.iter().map(|(_, cost)| *cost).collect::<Vec<_>>();
    // a third of three pays a third of the budget for what it wants, and two thirds take all
    let greedy = small(&[("a", 3), ("b", 1)], 3, &[&[0], &[0], &[1]]);
    let costs = cost(&greedy);
    assert_eq!(wronged(&greedy, &winners(&greedy, "greedy:cost"), |project| costs[project]), Some(vec![1]));
    // both want d and e, and could pay for them; what each wants besides is cheaper, comes first and leaves too little
    let projects = [("a", 2), ("b", 5), ("c", 3), ("d", 12), ("e", 12), ("f", 4)];
    let phragmen = small(&projects, 25, &[&[0, 2, 3, 4], &[1, 3, 4, 5]]);
    let costs = cost(&phragmen);
    assert_eq!(winners(&phragmen, "phragmen"), [0, 1, 2, 5]);
    assert_eq!(wronged(&phragmen, &[0, 1, 2, 5], |project| costs[project]), Some(vec![3, 4]));
}

#[test]
fn more_money_can_cost_a_winner_its_place() {
    let gone = |projects: &[(&str, i64)], budget: i64, ballots: &[&[u32]], rule: &str| {
        let of = |budget| winners(&small(projects, budget, ballots), rule);
        (of(budget), of(budget + 1))
    };
    // of what z leaves, x takes 2 of 3, but of 4 y, which more want, takes all
    let greedy = gone(&[("z", 3), ("y", 4), ("x", 2)], 6, &[&[0, 1, 2], &[0, 1], &[0]], "greedy:cost");
    assert_eq!(greedy, (vec![0, 2], vec![0, 1]));
    // six of seven have 13/7 each and cannot pay 12; with 2 each they can, and the last of them has nothing for b
    let ballots: [&[u32]; 7] = [&[], &[0], &[0], &[0], &[0], &[0], &[0, 1]];
    assert_eq!(gone(&[("a", 12), ("b", 1)], 13, &ballots, "mes:cost"), (vec![1], vec![0]));
    let raised = gone(&[("a", 3), ("b", 5)], 5, &[&[1], &[0, 1], &[0, 1], &[]], "mes_add1u:cost:cost");
    assert_eq!(raised, (vec![1], vec![0]));
}

/// Shares are raised until a purchase would exceed the budget, so that what helps a project can stop the raising earlier.
#[test]
fn by_raised_shares_help_can_cost_a_winner_its_place() {
    let rule = "mes_add1u:cost:cost";
    // one more of the voters names a
    let projects = [("a", 1), ("b", 12), ("c", 2)];
    let before: [&[u32]; 8] = [&[1], &[], &[1], &[1, 2], &[1], &[1, 2], &[], &[]];
    let mut after = before;
    after[3] = &[0, 1, 2];
    assert_eq!(winners(&small(&projects, 12, &before), rule), [0, 2]);
    assert_eq!(winners(&small(&projects, 12, &after), rule), [1]);
    // a further voter names a
    let projects = [("a", 6), ("b", 1), ("c", 2)];
    let four: [&[u32]; 6] = [&[], &[], &[0, 2], &[0, 2], &[0, 1, 2], &[0]];
    assert_eq!(winners(&small(&projects, 7, &four[..5]), rule), [0, 1]);
    assert_eq!(winners(&small(&projects, 7, &four), rule), [1, 2]);
    // c becomes cheaper
    let ballots: [&[u32]; 7] = [&[0, 2], &[0, 1, 2], &[2], &[0, 2], &[], &[0, 2], &[]];
    assert_eq!(winners(&small(&[("a", 3), ("b", 1), ("c", 6)], 6, &ballots), rule), [2]);
    assert_eq!(winners(&small(&[("a", 3), ("b", 1), ("c", 5)], 6, &ballots), rule), [0, 1]);
}

fn said(ballots: &[(u64, &[usize])]) -> Vec<(u64, Vec<usize>)> {
    ballots.iter().map(|(times, ballot)| (*times, ballot.to_vec())).collect()
}

#[test]
fn by_runoff_one_who_beats_all_others_can_lose() {
    let ballots = said(&[(4, &[0, 1, 2]), (3, &[2, 1, 0]), (2, &[1, 0, 2])]);
    assert_eq!((by_schulze(3, &ballots), by_irv(3, &ballots)), (Some(1), Some(0)));
}

#[test]
fn by_runoff_who_votes_can_harm_whom_they_prefer() {
    let ballots = said(&[(3, &[0, 2]), (5, &[1]), (4, &[2, 1])]);
    assert_eq!(by_irv(3, &ballots), Some(2));
    // two more prefer 2 to 1, and 1 wins
    assert_eq!(by_irv(3, &[ballots, said(&[(2, &[0, 2])])].concat()), Some(1));
}

#[test]
fn by_runoff_the_best_can_be_the_worst() {
    let ballots = said(&[(4, &[0, 1, 2]), (3, &[1, 2, 0]), (2, &[2, 0, 1])]);
    let turned: Vec<(u64, Vec<usize>)> =
        ballots.iter().map(|(times, ballot)| (*times, ballot.iter().rev().copied().collect())).collect();
    assert_eq!((by_irv(3, &ballots), by_irv(3, &turned)), (Some(0), Some(0)));
}

#[test]
fn by_schulze_a_later_preference_can_harm_an_earlier_one() {
    let ballots = said(&[(4, &[1, 2]), (4, &[2]), (1, &[0, 1]), (5, &[0])]);
    assert_eq!(by_schulze(3, &ballots), Some(2));
    // the four who want 2 name 1 after it, and 1 wins
    let later = said(&[(4, &[1, 2]), (4, &[2, 1]), (1, &[0, 1]), (5, &[0])]);
    assert_eq!(by_schulze(3, &later), Some(1));
}

/// As every method that chooses whoever beats all others (Moulin, J. Econ. Theory 45, 1988).
#[test]
fn by_schulze_who_votes_can_harm_whom_they_prefer() {
    let ballots = said(&[(2, &[0, 2, 1, 3]), (2, &[3, 0, 2, 1]), (3, &[1, 3, 0, 2])]);
    assert_eq!(by_schulze(4, &ballots), Some(1));
    // two more prefer 1 to 0, and 0 wins
    assert_eq!(by_schulze(4, &[ballots, said(&[(2, &[2, 1, 0, 3])])].concat()), Some(0));
}

#[test]
fn by_transferable_votes_a_seat_more_can_cost_a_seat() {
    let ballots = said(&[(3, &[0]), (6, &[0, 2]), (5, &[2, 1]), (6, &[1])]);
    assert_eq!((by_stv(3, &ballots, 1), by_stv(3, &ballots, 2)), (Some(vec![1]), Some(vec![0, 2])));
}

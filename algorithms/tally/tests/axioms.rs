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

/// Whether a ballot puts one option before another; who is not named comes after all who are.
fn prefers(ballot: &[usize], one: usize, other: usize) -> bool {
    let place = |option: usize| ballot.iter().position(|named| *named == option).unwrap_or(usize::MAX);
    place(one) < place(other)
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

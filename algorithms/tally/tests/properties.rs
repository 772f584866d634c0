//! Against a plain count in fractions, and what must hold of every count.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

mod common;

use common::{Small, naive_add1u, naive_greedy, naive_mes, naive_start, total};
use dashu_ratio::RBig;
use proptest::prelude::*;
use tally::{CountOptions, Outcome, Rule, Stop, count, explain};

const IDS: [&str; 8] = ["9", "10", "b", "a", "2", "é", "11", "1"];

/// Few, small and often equal costs and ballots: many ties.
fn tied() -> impl Strategy<Value = Small> {
    let cost = prop_oneof![Just(0_i64), 1..7_i64, Just(12), Just(12), Just(30)];
    elections(cost, 0..60_i64, 14)
}

/// Costs and budgets of many sizes: long fractions.
fn spread() -> impl Strategy<Value = Small> {
    elections(prop_oneof![1..1000_i64, 1..1_000_000_i64], 1..3_000_000_i64, 30)
}

fn elections(
    cost: impl Strategy<Value = i64>,
    budget: impl Strategy<Value = i64>,
    most: usize,
) -> impl Strategy<Value = Small> {
    (prop::collection::vec(cost, 0..=IDS.len()), budget).prop_flat_map(move |(costs, budget)| {
        let projects: Vec<(String, i64)> = IDS.iter().map(|id| (*id).to_owned()).zip(costs).collect();
        let ballot = prop::sample::subsequence((0..projects.len() as u32).collect::<Vec<_>>(), 0..=projects.len());
        prop::collection::vec(ballot, 0..most).prop_map(move |ballots| Small {
            projects: projects.clone(),
            budget,
            ballots,
        })
    })
}

fn counted(small: &Small, rule: Rule, increment: i64) -> Outcome {
    let options = CountOptions { increment: Some(increment), ..CountOptions::default() };
    count(&small.election(), rule, &options).unwrap()
}

/// Compares all three rules with the plain count.
fn same_as_plain(small: &Small, increment: i64) -> Result<(), TestCaseError> {
    prop_assert_eq!(counted(small, Rule::GreedyCost, 1).winners, naive_greedy(small, &[]));
    let mes = counted(small, Rule::MesCost, 1);
    let add1u = counted(small, Rule::MesAdd1uCostCost, increment);
    if small.ballots.is_empty() {
        prop_assert_eq!((mes.winners, mes.stop), (vec![], Stop::NoBallots));
        prop_assert_eq!(add1u.winners, naive_greedy(small, &[]));
        return Ok(());
    }
    let plain = naive_mes(small, &naive_start(small));
    prop_assert_eq!(&mes.winners, &plain.winners);
    let prices: Vec<String> = mes.steps.iter().map(|step| step.price.as_ref().unwrap().to_string()).collect();
    prop_assert_eq!(prices, plain.prices.iter().map(RBig::to_string).collect::<Vec<_>>());
    let plain = naive_add1u(small, increment);
    prop_assert_eq!(&add1u.winners, &plain.winners);
    prop_assert_eq!((add1u.runs, add1u.stop == Stop::Infeasible), (plain.runs, plain.infeasible));
    prop_assert_eq!(add1u.endowment.unwrap().to_string(), plain.endowment.to_string());
    prop_assert_eq!(add1u.accepted_endowment.unwrap().to_string(), plain.accepted.to_string());
    for loss in &add1u.losses {
        let Some(short) = &loss.shortfall else { continue };
        let held = |after: usize| {
            let holds = |ballot: &Vec<u32>| ballot.contains(&(loss.project as u32));
            let voters = small.ballots.iter().zip(&plain.run.balances[after]).filter(|(ballot, _)| holds(ballot));
            voters.fold(RBig::ZERO, |sum, (_, balance)| sum + balance)
        };
        let floor = |amount: RBig| i64::try_from(amount.floor()).unwrap();
        prop_assert!(held(short.after) < RBig::from(loss.cost));
        prop_assert!(short.after == 0 || held(short.after - 1) >= RBig::from(loss.cost));
        prop_assert_eq!((floor(held(0)), floor(held(short.after))), (short.given, short.had));
        for (index, step) in add1u.steps[..short.after].iter().enumerate() {
            let spent = short.spent.iter().find(|spent| spent.winner == step.project).map_or(0, |spent| spent.amount);
            prop_assert_eq!(spent, floor(held(index) - held(index + 1)));
        }
    }
    Ok(())
}

fn holds_together(small: &Small, outcome: &Outcome) -> Result<(), TestCaseError> {
    prop_assert!(outcome.total_cost <= small.budget);
    prop_assert_eq!(outcome.total_cost, total(small, &outcome.winners));
    prop_assert_eq!(outcome.steps.len(), outcome.winners.len());
    let mut left = small.budget;
    for (step, winner) in outcome.steps.iter().zip(&outcome.winners) {
        left -= step.cost;
        prop_assert_eq!((step.project, step.left), (*winner, left));
    }
    let mut all: Vec<usize> = outcome.losses.iter().map(|loss| loss.project).chain(outcome.winners.clone()).collect();
    all.sort_unstable();
    prop_assert_eq!(all, (0..small.projects.len()).collect::<Vec<_>>());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ties_are_counted_as_by_the_plain_count(small in tied(), increment in 1..5_i64) {
        same_as_plain(&small, increment)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn long_fractions_are_counted_as_by_the_plain_count(small in spread(), divisor in 5..40_i64) {
        same_as_plain(&small, small.budget / divisor + 1)?;
    }

    #[test]
    fn units_of_money_change_nothing(small in tied(), factor in 2..1000_i64, increment in 1..5_i64) {
        let mut larger = small.clone();
        larger.budget *= factor;
        larger.projects.iter_mut().for_each(|(_, cost)| *cost *= factor);
        for rule in Rule::all() {
            let (a, b) = (counted(&small, rule, increment), counted(&larger, rule, increment * factor));
            prop_assert_eq!((a.winners, a.runs, a.stop), (b.winners, b.runs, b.stop));
        }
    }

    #[test]
    fn order_of_ballots_and_of_choices_changes_nothing(
        (small, shuffled) in tied().prop_flat_map(|small| (Just(small.clone()), Just(small.ballots).prop_shuffle())),
    ) {
        let mut other = Small { ballots: shuffled, ..small.clone() };
        other.ballots.iter_mut().for_each(|ballot| ballot.reverse());
        prop_assert_eq!(small.election(), other.election());
        for rule in Rule::all() {
            prop_assert_eq!(counted(&small, rule, 1), counted(&other, rule, 1));
        }
    }

    #[test]
    fn winners_fit_and_nothing_is_forgotten(small in prop_oneof![tied(), spread()]) {
        for rule in Rule::all() {
            holds_together(&small, &counted(&small, rule, 1 + small.budget / 20))?;
        }
    }

    #[test]
    fn explanations_hold_when_counted_by_the_plain_count(small in tied()) {
        for rule in Rule::all() {
            let outcome = counted(&small, rule, 1);
            let explanations = explain(&small.election(), &outcome, 20_000);
            for explained in explanations {
                let wins = |changed: &Small| {
                    let winners = match rule {
                        Rule::MesCost if changed.ballots.is_empty() => Vec::new(),
                        Rule::MesCost => naive_mes(changed, &naive_start(changed)).winners,
                        Rule::MesAdd1uCostCost if !changed.ballots.is_empty() => naive_add1u(changed, 1).winners,
                        _ => naive_greedy(changed, &[]),
                    };
                    winners.contains(&explained.project)
                };
                if let Some(extra) = explained.extra_supporters {
                    let with = |extra: u32| {
                        let mut changed = small.clone();
                        changed.ballots.extend((0..extra).map(|_| vec![explained.project as u32]));
                        changed
                    };
                    prop_assert!(wins(&with(extra)));
                    prop_assert!(extra == 1 || !wins(&with(extra - 1)));
                }
                if let Some(cost) = explained.lower_cost {
                    let with = |cost: i64| {
                        let mut changed = small.clone();
                        changed.projects[explained.project].1 = cost;
                        changed
                    };
                    prop_assert!((1..small.projects[explained.project].1).contains(&cost));
                    prop_assert!(wins(&with(cost)));
                    prop_assert!(cost + 1 == small.projects[explained.project].1 || !wins(&with(cost + 1)));
                }
            }
        }
    }
}

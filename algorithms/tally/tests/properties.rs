//! Against a plain count in fractions, and what must hold of every count.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

mod common;

use common::{NaiveRun, Small, naive, naive_add1, naive_mes, naive_start, total};
use dashu_ratio::RBig;
use proptest::prelude::*;
use tally::{BallotKind, CountOptions, Outcome, Reason, Rule, Stop, Utility, count, explain, report};

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
            kind: BallotKind::Approval,
            points: Vec::new(),
        })
    })
}

/// Ballots with few and often equal points, some of them 0 or below, or with an order.
fn valued() -> impl Strategy<Value = Small> {
    let points =
        prop::collection::vec(prop::collection::vec(prop_oneof![-2..1_i32, 1..4_i32, Just(12), 1..900_i32], 8), 14);
    (prop_oneof![tied(), spread()], points, any::<bool>(), any::<prop::sample::Index>()).prop_map(
        |(small, points, ordinal, turn)| {
            let mut small = Small { kind: if ordinal { BallotKind::Ordinal } else { BallotKind::Points }, ..small };
            for (place, ballot) in small.ballots.iter_mut().enumerate() {
                if !ballot.is_empty() {
                    let by = (turn.index(ballot.len()) + place) % ballot.len();
                    ballot.rotate_left(by);
                }
            }
            let of = |(place, ballot): (usize, &Vec<u32>)| points[place % points.len()][..ballot.len()].to_vec();
            small.points = small.ballots.iter().enumerate().map(of).collect();
            small
        },
    )
}

/// Rules that count such ballots.
fn rules(kind: BallotKind) -> impl Iterator<Item = Rule> {
    Rule::all().filter(move |rule| rule.counts(kind))
}

fn counted(small: &Small, rule: Rule, increment: i64) -> Outcome {
    let options = CountOptions { increment: Some(increment), ..CountOptions::default() };
    count(&small.election(), rule, &options).unwrap()
}

/// Compares every rule's winners with the plain count.
fn same_winners(small: &Small, increment: i64) -> Result<(), TestCaseError> {
    for rule in rules(small.kind) {
        prop_assert_eq!(counted(small, rule, increment).winners, naive(small, rule, increment), "{}", rule);
    }
    Ok(())
}

/// Compares prices, runs, endowments and shortfalls of equal shares by cost with the plain count.
fn same_details(small: &Small, increment: i64) -> Result<(), TestCaseError> {
    let mes = counted(small, Rule::MES_COST, 1);
    let add1u = counted(small, Rule::MES_ADD1U_COST_COST, increment);
    if small.ballots.is_empty() {
        prop_assert_eq!((mes.winners, mes.stop), (vec![], Stop::NoBallots));
        return Ok(());
    }
    let plain = naive_mes(small, Utility::Cost, &naive_start(small));
    let price = |step: &tally::Step| step.price.as_ref().unwrap().to_string();
    let prices: Vec<String> = mes.steps.iter().map(price).collect();
    let costs = plain.winners.iter().map(|project| RBig::from(small.projects[*project].1));
    let plain_prices: Vec<String> =
        plain.prices.iter().zip(costs).map(|(rho, cost)| (rho * cost).to_string()).collect();
    prop_assert_eq!(prices, plain_prices);
    same_money(small, &mes, &plain)?;
    let plain = naive_add1(small, Utility::Cost, increment);
    same_money(small, &add1u, &plain.run)?;
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

/// Compares what supporters had at each step with the balances of the plain count.
fn same_money(small: &Small, outcome: &Outcome, plain: &NaiveRun) -> Result<(), TestCaseError> {
    let election = small.election();
    for account in report(&election, outcome).explain {
        let project = small.projects.iter().position(|(id, _)| id == account.project).unwrap();
        let holds = |ballot: &Vec<u32>| ballot.contains(&(project as u32));
        let held = |balances: &Vec<RBig>| {
            let held = small.ballots.iter().zip(balances).filter(|(ballot, _)| holds(ballot));
            held.fold(RBig::ZERO, |sum, (_, balance)| sum + balance).floor().to_string()
        };
        prop_assert_eq!(account.money, plain.balances.iter().map(held).collect::<Vec<_>>());
        prop_assert_eq!(account.won, outcome.winners.contains(&project));
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
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ties_are_counted_as_by_the_plain_count(small in tied(), increment in 1..5_i64) {
        same_winners(&small, increment)?;
        same_details(&small, increment)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn long_fractions_are_counted_as_by_the_plain_count(small in spread(), divisor in 5..40_i64) {
        same_winners(&small, small.budget / divisor + 1)?;
        same_details(&small, small.budget / divisor + 1)?;
    }

    #[test]
    fn points_and_places_are_counted_as_by_the_plain_count(small in valued()) {
        same_winners(&small, small.budget / 10 + 1)?;
    }

    #[test]
    fn units_of_money_change_nothing(small in tied(), factor in 2..1000_i64, increment in 1..5_i64) {
        let mut larger = small.clone();
        larger.budget *= factor;
        larger.projects.iter_mut().for_each(|(_, cost)| *cost *= factor);
        // A start in whole units depends on the unit; roots are rounded.
        let scales = |rule: &Rule| !matches!(rule, Rule::EqualSharesNet { integral: true, .. })
            && !rule.to_string().contains("sqrt");
        for rule in rules(BallotKind::Approval).filter(scales) {
            let (a, b) = (counted(&small, rule, increment), counted(&larger, rule, increment * factor));
            prop_assert_eq!((a.winners, a.runs, a.stop), (b.winners, b.runs, b.stop), "{}", rule);
        }
    }

    #[test]
    fn order_of_ballots_and_of_choices_changes_nothing(
        (small, shuffled) in tied().prop_flat_map(|small| (Just(small.clone()), Just(small.ballots).prop_shuffle())),
    ) {
        let mut other = Small { ballots: shuffled, ..small.clone() };
        other.ballots.iter_mut().for_each(|ballot| ballot.reverse());
        prop_assert_eq!(small.election(), other.election());
        for rule in rules(BallotKind::Approval) {
            prop_assert_eq!(counted(&small, rule, 1), counted(&other, rule, 1));
        }
    }

    #[test]
    fn order_of_ballots_with_points_or_places_changes_nothing(small in valued(), seed in any::<prop::sample::Index>()) {
        let mut other = small.clone();
        if !small.ballots.is_empty() {
            let by = seed.index(small.ballots.len());
            other.ballots.rotate_left(by);
            other.points.rotate_left(by);
        }
        prop_assert_eq!(small.election(), other.election());
        if small.kind == BallotKind::Points {
            other.ballots.iter_mut().for_each(|ballot| ballot.reverse());
            other.points.iter_mut().for_each(|points| points.reverse());
            prop_assert_eq!(small.election(), other.election());
        }
    }

    #[test]
    fn winners_fit_and_nothing_is_forgotten(small in prop_oneof![tied(), spread(), valued()]) {
        for rule in rules(small.kind) {
            holds_together(&small, &counted(&small, rule, 1 + small.budget / 20))?;
        }
    }

    #[test]
    fn explanations_hold_when_counted_by_the_plain_count(small in tied()) {
        let names = ["greedy:cost", "greedy:card", "mes:cost", "mes_add1u:cost:cost", "mes:card", "mes_greedy:card:cost", "phragmen"];
        for rule in names.map(|name| name.parse::<Rule>().unwrap()) {
            let outcome = counted(&small, rule, 1);
            let explanations = explain(&small.election(), &outcome, 20_000);
            for explained in explanations {
                let wins = |changed: &Small| naive(changed, rule, 1).contains(&explained.project);
                if let Some(extra) = explained.extra_supporters {
                    let with = |extra: u32| {
                        let mut changed = small.clone();
                        changed.ballots.extend((0..extra).map(|_| vec![explained.project as u32]));
                        changed
                    };
                    prop_assert!(wins(&with(extra)));
                    prop_assert!(extra == 1 || !wins(&with(extra - 1)));
                    let fewer = extra.saturating_sub(20)..extra;
                    prop_assert!(!explained.fewest || fewer.into_iter().all(|fewer| fewer == 0 || !wins(&with(fewer))));
                    let more = [1, 2, 5, 30].map(|more| extra + more);
                    prop_assert!(!rule.keeps_with_more_votes() || more.into_iter().all(|more| wins(&with(more))));
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
                    prop_assert_eq!(explained.at_most, rule.keeps_at_lower_cost());
                    let above = (cost + 1..small.projects[explained.project].1).take(20);
                    let below = (1..cost).rev().take(20);
                    prop_assert!(!explained.at_most || above.into_iter().all(|cost| !wins(&with(cost))));
                    prop_assert!(!explained.at_most || below.into_iter().all(|cost| wins(&with(cost))));
                }
            }
        }
    }

    #[test]
    fn explanations_with_points_hold_when_counted_by_the_plain_count(small in valued()) {
        let most = small.points.iter().flatten().copied().max().unwrap_or(0);
        prop_assume!(small.kind == BallotKind::Points && most > 0);
        for rule in ["greedy:addcard", "mes:addcard"].map(|name| name.parse::<Rule>().unwrap()) {
            let outcome = counted(&small, rule, 1);
            for explained in explain(&small.election(), &outcome, 300) {
                let project = explained.project;
                if let Some(extra) = explained.extra_supporters.filter(|extra| *extra < 200) {
                    let wins = |extra: u32| {
                        let mut changed = small.clone();
                        changed.ballots.extend((0..extra).map(|_| vec![project as u32]));
                        changed.points.extend((0..extra).map(|_| vec![most]));
                        naive(&changed, rule, 1).contains(&project)
                    };
                    prop_assert!(wins(extra) && (extra == 1 || !wins(extra - 1)));
                }
                if let Some(cost) = explained.lower_cost {
                    let mut changed = small.clone();
                    changed.projects[project].1 = cost;
                    prop_assert!(naive(&changed, rule, 1).contains(&project));
                }
            }
        }
    }

    /// Greedy: a further vote for a winner leaves it a winner. Equal shares has no such property: see the tests by hand.
    #[test]
    fn further_votes_keep_a_winner_of_greedy(small in tied()) {
        for rule in ["greedy:cost", "greedy:card", "greedy:cost-sqrt"].map(|name| name.parse::<Rule>().unwrap()) {
            for winner in counted(&small, rule, 1).winners {
                let mut more = small.clone();
                more.ballots.push(vec![winner as u32]);
                prop_assert!(counted(&more, rule, 1).winners.contains(&winner), "{}", rule);
            }
        }
    }

    /// A lower price (above 0) only moves a winner forward: by votes per cost, and in a run of equal shares, where what
    /// supporters pay for a unit of utility falls with it.
    #[test]
    fn a_lower_price_keeps_a_winner(small in tied(), cut in 1..30_i64) {
        for rule in ["greedy:cost", "greedy:card", "mes:card", "mes:cost", "mes:cost-sqrt"].map(|name| name.parse::<Rule>().unwrap()) {
            for winner in counted(&small, rule, 1).winners {
                let mut cheaper = small.clone();
                let cost = small.projects[winner].1;
                if cost > 1 {
                    cheaper.projects[winner].1 = (cost - cut).max(1);
                    prop_assert!(counted(&cheaper, rule, 1).winners.contains(&winner), "{}", rule);
                }
            }
        }
    }

    /// Under Phragmén, of two projects with the same supporters the cheaper one never loses to the dearer.
    #[test]
    fn phragmen_prefers_the_cheaper_of_two_with_the_same_supporters(small in tied()) {
        let outcome = counted(&small, Rule::Phragmen, 1);
        let ballot = |project: usize| small.ballots.iter().map(move |b| b.contains(&(project as u32))).collect::<Vec<_>>();
        for loss in outcome.losses.iter().filter(|loss| loss.supporters > 0) {
            prop_assert!(!matches!(loss.reason, Reason::SupportersShort | Reason::NoSupporters));
            for winner in &outcome.winners {
                let dearer = small.projects[*winner].1 > loss.cost;
                prop_assert!(!(dearer && ballot(*winner) == ballot(loss.project)));
            }
        }
    }
}

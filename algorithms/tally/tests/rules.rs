//! Small elections worked by hand. Each line of working stands beside what it must come to.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

mod common;

use common::Small;
use tally::{CountError, CountOptions, Outcome, Phase, Reason, Rule, Spent, Stop, count, explain};

fn counted(small: &Small, rule: Rule) -> Outcome {
    count(&small.election(), rule, &CountOptions::default()).unwrap()
}

fn ids(small: &Small, outcome: &Outcome) -> Vec<String> {
    outcome.winners.iter().map(|project| small.projects[*project].0.clone()).collect()
}

/// Four voters with 25 each. `b` costs each of its three 10; then the two of `a` have 15 each, together 30 of 40.
fn four_voters() -> Small {
    Small::new(&[("a", 40), ("b", 30), ("c", 45)], 100, &[&[0, 1], &[0, 1], &[1], &[2]])
}

#[test]
fn winners_by_hand() {
    let four = four_voters();
    // 20 each. a: 10 from each of three; b, tied at 1/3 and later by name: 10 + 10 + 16; c from what voter 3 has.
    let poor = Small::new(&[("a", 30), ("b", 36), ("c", 5)], 80, &[&[0, 1], &[0, 1], &[0, 2], &[1]]);
    // Equal in votes and cost: ids are compared as text.
    let names = Small::new(&[("9", 5), ("10", 5), ("11", 6)], 10, &[&[0, 1], &[0, 1]]);
    // One supporter with exactly the cost.
    let exact = Small::new(&[("a", 5)], 10, &[&[0], &[]]);
    // What costs nothing gains nothing by its cost: greedy takes it last, equal shares never.
    let free = Small::new(&[("a", 0), ("b", 5), ("c", 0)], 10, &[&[0, 1], &[1], &[0]]);
    let nobody = Small::new(&[("a", 4), ("b", 20), ("c", 5)], 10, &[]);
    let empty = Small::new(&[("a", 4), ("b", 20), ("c", 5)], 10, &[&[], &[]]);
    let broke = Small::new(&[("a", 4), ("b", 0)], 0, &[&[0, 1]]);
    let none = Small::new(&[], 10, &[&[]]);
    let table: &[(&Small, [&[&str]; 3])] = &[
        (&four, [&["b", "a"], &["b"], &["b", "a"]]),
        (&poor, [&["a", "b", "c"], &["a", "b", "c"], &["a", "b", "c"]]),
        (&names, [&["10", "9"], &["10", "9"], &["10", "9"]]),
        (&exact, [&["a"], &["a"], &["a"]]),
        (&free, [&["b", "a", "c"], &["b"], &["b", "a", "c"]]),
        (&nobody, [&["a", "c"], &[], &["a", "c"]]),
        (&empty, [&["a", "c"], &[], &["a", "c"]]),
        (&broke, [&["b"], &[], &["b"]]),
        (&none, [&[], &[], &[]]),
    ];
    for (small, expected) in table {
        for (rule, winners) in Rule::all().zip(expected) {
            assert_eq!(ids(small, &counted(small, rule)), *winners, "{rule} of {small:?}");
        }
    }
}

#[test]
fn steps_tell_who_paid_what() {
    let outcome = counted(&four_voters(), Rule::MesCost);
    assert_eq!((outcome.runs, outcome.stop, outcome.total_cost), (1, Stop::Once, 30));
    assert_eq!(outcome.endowment.unwrap().to_string(), "25");
    let step = &outcome.steps[0];
    assert_eq!((step.project, step.cost, step.supporters, step.left), (1, 30, 3, 70));
    assert_eq!((step.phase, step.full_payers), (Phase::EqualShares, Some(3)));
    assert_eq!(step.price.as_ref().unwrap().to_string(), "10");

    let poor = Small::new(&[("a", 31), ("b", 36)], 80, &[&[0, 1], &[0, 1], &[0], &[1]]);
    // a takes 31/3 of each; b gets 29/3 + 29/3 + 50/3.
    let outcome = counted(&poor, Rule::MesCost);
    let prices: Vec<String> = outcome.steps.iter().map(|step| step.price.as_ref().unwrap().to_string()).collect();
    assert_eq!((prices, outcome.steps[1].full_payers), (vec!["31/3".to_owned(), "50/3".to_owned()], Some(1)));
}

#[test]
fn losses_tell_what_was_missing() {
    let outcome = counted(&four_voters(), Rule::MesCost);
    let (a, c) = (&outcome.losses[0], &outcome.losses[1]);
    assert_eq!((a.project, a.reason, a.supporters), (0, Reason::SupportersShort, 2));
    let short = a.shortfall.as_ref().unwrap();
    assert_eq!((short.needed, short.given, short.had, short.after), (40, 50, 30, 1));
    assert_eq!(short.spent, [Spent { winner: 1, amount: 20 }]);
    let short = c.shortfall.as_ref().unwrap();
    assert_eq!((short.needed, short.given, short.had, short.after), (45, 25, 25, 0));
    assert!(short.spent.is_empty());

    let outcome = counted(&four_voters(), Rule::GreedyCost);
    assert_eq!(outcome.losses[0].reason, Reason::DoesNotFit { left: 30, after: 2 });
    assert!(outcome.losses[0].shortfall.is_none());

    let odd = Small::new(&[("dear", 11), ("free", 0), ("none", 1), ("kept", 10)], 10, &[&[0, 1, 3]]);
    let reasons: Vec<Reason> = counted(&odd, Rule::MesCost).losses.iter().map(|loss| loss.reason).collect();
    assert_eq!(reasons, [Reason::CostsMoreThanBudget, Reason::CostsNothing, Reason::NoSupporters]);
}

#[test]
fn budgets_are_raised_until_nothing_fits_or_too_much_is_spent() {
    // With 30 each the two of `a` have 20 each after `b`; then 30 is left and `c` costs 45.
    let outcome = counted(&four_voters(), Rule::MesAdd1uCostCost);
    assert_eq!((outcome.runs, outcome.stop, outcome.increment), (6, Stop::Exhaustive, Some(1)));
    assert_eq!(outcome.endowment.unwrap().to_string(), "30");
    assert_eq!(outcome.losses[0].reason, Reason::DoesNotFit { left: 30, after: 2 });

    // 5 each. With 7 each both would be bought for 14 of 10, so 6 each counts, where nothing is bought.
    let both = Small::new(&[("a", 7), ("b", 7)], 10, &[&[0], &[1]]);
    let outcome = counted(&both, Rule::MesAdd1uCostCost);
    assert_eq!((outcome.runs, outcome.stop), (3, Stop::Infeasible));
    assert_eq!(outcome.endowment.unwrap().to_string(), "7");
    assert_eq!(outcome.accepted_endowment.unwrap().to_string(), "6");
    assert_eq!((outcome.winners, outcome.steps[0].phase), (vec![0], Phase::Completion));
}

#[test]
fn the_increment_is_part_of_the_rule() {
    let both = Small::new(&[("a", 7), ("b", 6)], 10, &[&[0], &[1]]).election();
    let options = |increment| CountOptions { increment: Some(increment), ..CountOptions::default() };
    // With 6 each `b` is bought, and then nothing fits.
    assert_eq!(count(&both, Rule::MesAdd1uCostCost, &options(1)).unwrap().winners, [1]);
    // One step of 10 buys both at once, too much; with 5 each nothing was bought, so greedy chooses by name.
    let outcome = count(&both, Rule::MesAdd1uCostCost, &options(10)).unwrap();
    assert_eq!((outcome.winners, outcome.steps[0].phase), (vec![0], Phase::Completion));
    assert_eq!(count(&both, Rule::MesCost, &options(0)), Err(CountError::Increment(0)));
    let short = CountOptions { increment: Some(1), max_runs: 1 };
    assert_eq!(count(&both, Rule::MesAdd1uCostCost, &short), Err(CountError::TooManyRuns { runs: 1, increment: 1 }));
}

#[test]
fn explanations_by_hand() {
    let four = four_voters();
    let election = four.election();
    let outcome = counted(&four, Rule::GreedyCost);
    // 30 is left for `c`, so at 30 it fits. With one more voter it ties with `a` and comes after it by name; with
    // two more it has 3 votes, comes right after `b` and finds 70.
    let explained = explain(&election, &outcome, 1000);
    assert_eq!(explained.len(), 1);
    assert_eq!((explained[0].lower_cost, explained[0].extra_supporters), (Some(30), Some(2)));
    assert!(!explained[0].out_of_effort);
    let none = explain(&election, &outcome, 1);
    assert_eq!((none[0].extra_supporters, none[0].out_of_effort), (None, true));
}

#[test]
fn outcomes_survive_json() {
    let outcome = counted(&four_voters(), Rule::MesAdd1uCostCost);
    let text = serde_json::to_string(&outcome).unwrap();
    assert!(text.contains(r#""rule":"mes_add1u:cost:cost""#), "{text}");
    assert!(text.contains(r#""reason":{"does_not_fit":{"left":30,"after":2}}"#), "{text}");
    assert!(text.contains(r#""price":"10""#), "{text}");
    assert_eq!(serde_json::from_str::<Outcome>(&text).unwrap(), outcome);
    for wrong in ["\"1/0\"", "\"x\"", "\"1/\"", "\"\""] {
        assert!(serde_json::from_str::<tally::Ratio>(wrong).is_err(), "{wrong}");
    }
}

//! Small elections worked by hand. Each line of working stands beside what it must come to.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

mod common;

use common::Small;
use tally::{
    BallotKind, CountError, CountOptions, Outcome, Phase, Reason, Rule, Spent, Stop, Utility, count, explain,
    explain_loss, report,
};

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
        for (rule, winners) in [Rule::GREEDY_COST, Rule::MES_COST, Rule::MES_ADD1U_COST_COST].into_iter().zip(expected)
        {
            assert_eq!(ids(small, &counted(small, rule)), *winners, "{rule} of {small:?}");
        }
    }
}

#[test]
fn steps_tell_who_paid_what() {
    let outcome = counted(&four_voters(), Rule::MES_COST);
    assert_eq!((outcome.runs, outcome.stop, outcome.total_cost), (1, Stop::Once, 30));
    assert_eq!(outcome.endowment.unwrap().to_string(), "25");
    let step = &outcome.steps[0];
    assert_eq!((step.project, step.cost, step.supporters, step.left), (1, 30, 3, 70));
    assert_eq!((step.phase, step.full_payers), (Phase::EqualShares, Some(3)));
    assert_eq!(step.price.as_ref().unwrap().to_string(), "10");

    let poor = Small::new(&[("a", 31), ("b", 36)], 80, &[&[0, 1], &[0, 1], &[0], &[1]]);
    // a takes 31/3 of each; b gets 29/3 + 29/3 + 50/3.
    let outcome = counted(&poor, Rule::MES_COST);
    let prices: Vec<String> = outcome.steps.iter().map(|step| step.price.as_ref().unwrap().to_string()).collect();
    assert_eq!((prices, outcome.steps[1].full_payers), (vec!["31/3".to_owned(), "50/3".to_owned()], Some(1)));
}

#[test]
fn losses_tell_what_was_missing() {
    let outcome = counted(&four_voters(), Rule::MES_COST);
    let (a, c) = (&outcome.losses[0], &outcome.losses[1]);
    assert_eq!((a.project, a.reason, a.supporters), (0, Reason::SupportersShort, 2));
    let short = a.shortfall.as_ref().unwrap();
    assert_eq!((short.needed, short.given, short.had, short.after), (40, 50, 30, 1));
    assert_eq!(short.spent, [Spent { winner: 1, amount: 20 }]);
    let short = c.shortfall.as_ref().unwrap();
    assert_eq!((short.needed, short.given, short.had, short.after), (45, 25, 25, 0));
    assert!(short.spent.is_empty());

    let outcome = counted(&four_voters(), Rule::GREEDY_COST);
    assert_eq!(outcome.losses[0].reason, Reason::DoesNotFit { left: 30, after: 2 });
    assert!(outcome.losses[0].shortfall.is_none());

    let odd = Small::new(&[("dear", 11), ("free", 0), ("none", 1), ("kept", 10)], 10, &[&[0, 1, 3]]);
    let reasons: Vec<Reason> = counted(&odd, Rule::MES_COST).losses.iter().map(|loss| loss.reason).collect();
    assert_eq!(reasons, [Reason::CostsMoreThanBudget, Reason::CostsNothing, Reason::NoSupporters]);
}

#[test]
fn budgets_are_raised_until_nothing_fits_or_too_much_is_spent() {
    // With 30 each the two of `a` have 20 each after `b`; then 30 is left and `c` costs 45.
    let outcome = counted(&four_voters(), Rule::MES_ADD1U_COST_COST);
    assert_eq!((outcome.runs, outcome.stop, outcome.increment), (6, Stop::Exhaustive, Some(1)));
    assert_eq!(outcome.endowment.unwrap().to_string(), "30");
    assert_eq!(outcome.losses[0].reason, Reason::DoesNotFit { left: 30, after: 2 });

    // 5 each. With 7 each both would be bought for 14 of 10, so 6 each counts, where nothing is bought.
    let both = Small::new(&[("a", 7), ("b", 7)], 10, &[&[0], &[1]]);
    let outcome = counted(&both, Rule::MES_ADD1U_COST_COST);
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
    assert_eq!(count(&both, Rule::MES_ADD1U_COST_COST, &options(1)).unwrap().winners, [1]);
    // One step of 10 buys both at once, too much; with 5 each nothing was bought, so greedy chooses by name.
    let outcome = count(&both, Rule::MES_ADD1U_COST_COST, &options(10)).unwrap();
    assert_eq!((outcome.winners, outcome.steps[0].phase), (vec![0], Phase::Completion));
    assert_eq!(count(&both, Rule::MES_COST, &options(0)), Err(CountError::Increment(0)));
    let short = CountOptions { increment: Some(1), max_runs: 1 };
    assert_eq!(count(&both, Rule::MES_ADD1U_COST_COST, &short), Err(CountError::TooManyRuns { runs: 1, increment: 1 }));
}

/// 2 each: `b`'s three pay 2 each for it, and the fourth pays for `c`. A fifth voter, for `c` alone, leaves 1.6 each, and
/// `b` cannot be paid for. `a`, at 1.5 from each of two, and `c`, at 1 from each of two, are now level at a half of their
/// cost; `a` goes first by name, and `c` has 0.1 and 1.6 of its 2.
#[test]
fn a_further_vote_can_cost_a_winner_of_equal_shares_its_place() {
    let projects = [("a", 3), ("b", 6), ("c", 2)];
    let four = Small::new(&projects, 8, &[&[1], &[1], &[0, 1], &[0, 2]]);
    let five = Small::new(&projects, 8, &[&[1], &[1], &[0, 1], &[0, 2], &[2]]);
    assert_eq!(ids(&four, &counted(&four, Rule::MES_COST)), ["b", "c"]);
    assert_eq!(ids(&five, &counted(&five, Rule::MES_COST)), ["a"]);
}

#[test]
fn what_costs_nothing_comes_first_where_somebody_gains_from_it() {
    let small = Small::new(&[("b", 5), ("a", 0), ("c", 0), ("d", 0), ("e", 4)], 10, &[&[1, 0], &[0], &[1, 3], &[1]]);
    // pabutools 1.2.3 finds these; it leaves the order of free projects in equal shares open.
    let table: &[(&str, &[&str])] = &[
        ("greedy:card", &["a", "d", "b", "c", "e"]),
        ("greedy:cost", &["b", "a", "c", "d", "e"]),
        ("greedy:cost-sqrt", &["b", "a", "c", "d", "e"]),
        ("mes:card", &["a", "d", "b"]),
        ("mes:cost", &["b"]),
        ("mes_add1:cost-sqrt", &["b"]),
        ("mes_add1:card", &["a", "d", "b"]),
        ("phragmen", &["a", "d", "b", "c", "e"]),
    ];
    for (rule, winners) in table {
        assert_eq!(ids(&small, &counted(&small, rule.parse().unwrap())), *winners, "{rule}");
    }
    let reasons = counted(&small, Rule::MES_COST).losses.iter().map(|loss| loss.reason).collect::<Vec<_>>();
    assert_eq!(reasons, [Reason::CostsNothing, Reason::NoSupporters, Reason::CostsNothing, Reason::NoSupporters]);
}

/// The worked cases of points that pabutools 1.2.3 was asked for.
#[test]
fn points_below_zero_count_against_a_project_in_greedy_alone() {
    /// Projects with points, ballot by ballot.
    type Ballots<'a> = &'a [&'a [(u32, i32)]];
    let small = |points: Ballots<'_>| Small {
        kind: BallotKind::Points,
        points: points.iter().map(|ballot| ballot.iter().map(|(_, points)| *points).collect()).collect(),
        ballots: points.iter().map(|ballot| ballot.iter().map(|(project, _)| *project).collect()).collect(),
        ..Small::new(&[("a", 5), ("b", 5), ("c", 0), ("d", 3)], 10, &[])
    };
    let table: &[(Ballots<'_>, &[&str], &[&str])] = &[
        (&[&[(0, 3), (1, 0)], &[(1, -1), (3, 2)], &[(2, 0)]], &["d", "a", "c"], &["d"]),
        (&[&[(0, 3), (1, -5)], &[(1, -1), (3, -2)], &[(2, -1)]], &["a", "b", "c"], &[]),
        (&[&[(0, 3), (1, -5)], &[(1, 6), (3, 2)], &[(2, 1)]], &["c", "d", "a"], &["c", "d"]),
        (&[&[(0, 3), (1, -5)], &[(1, 6), (3, 2)], &[(2, 1)], &[(2, -1)]], &["d", "a", "c"], &["c"]),
    ];
    for (ballots, greedy, shares) in table {
        let small = small(ballots);
        assert_eq!(ids(&small, &counted(&small, Rule::Greedy(Utility::Points))), *greedy, "{ballots:?}");
        assert_eq!(ids(&small, &counted(&small, "mes:addcard".parse().unwrap())), *shares, "{ballots:?}");
    }
}

#[test]
fn a_rule_for_points_refuses_ballots_without() {
    let four = four_voters().election();
    for (rule, word) in [("mes:borda", "order"), ("greedy:addcard", "points"), ("mes_greedy:addcard:borda", "both")] {
        let error = count(&four, rule.parse().unwrap(), &CountOptions::default()).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}

/// Two of `b`'s three also name `a`. `b` loads 10 on each, `a` then (10 + 10 + 40) / 2 = 30, `c` 45 on one: of the 30 that
/// are left after both, `c` needs 45.
#[test]
fn phragmen_by_hand() {
    let four = four_voters();
    let outcome = counted(&four, Rule::Phragmen);
    assert_eq!((ids(&four, &outcome), outcome.stop), (vec!["b".to_owned(), "a".to_owned()], Stop::WouldExceed));
    let loads: Vec<String> = outcome.steps.iter().map(|step| step.load.as_ref().unwrap().to_string()).collect();
    assert_eq!(loads, ["10", "30"]);
    assert_eq!(outcome.losses[0].reason, Reason::DoesNotFit { left: 30, after: 2 });
    // `x` and `y` are level at 6 each, and `x` does not fit: both lose, and so does `z`, whose turn does not come.
    let level = Small::new(&[("v", 4), ("x", 12), ("y", 6), ("z", 7)], 15, &[&[0], &[1], &[1], &[2], &[3]]);
    let outcome = counted(&level, Rule::Phragmen);
    assert_eq!(ids(&level, &outcome), ["v"]);
    let reasons: Vec<Reason> = outcome.losses.iter().map(|loss| loss.reason).collect();
    let turn = Reason::TurnNotReached { left: 11, after: 1 };
    assert_eq!(reasons, [Reason::DoesNotFit { left: 11, after: 1 }, turn, turn]);
}

#[test]
fn equal_shares_net_by_hand() {
    // 23 / 2 = 11.5 each, whole 11: enough for `b`. `a` needs 12 of one voter, so one raise.
    let small = Small::new(&[("a", 12), ("b", 11), ("n", 1)], 23, &[&[0], &[1]]);
    let run = |rule: &str| {
        let outcome = counted(&small, rule.parse().unwrap());
        (ids(&small, &outcome), outcome.accepted_endowment.unwrap().to_string(), outcome.runs, outcome.stop)
    };
    let ab = || vec!["a".to_owned(), "b".to_owned()];
    // Everything together costs 24 of 23, so budgets are raised; `n` has no votes, fits not, and is never bought.
    assert_eq!(run("eqs_add1:integral"), (ab(), "12".to_owned(), 2, Stop::Exhaustive));
    assert_eq!(run("eqs_add1"), (ab(), "25/2".to_owned(), 2, Stop::Exhaustive));
    // With 24 all fits: a plain run with 12 each, whole or not.
    let all = Small { budget: 25, ..small.clone() };
    let outcome = counted(&all, "eqs_add1u:integral,exhaustive".parse().unwrap());
    assert_eq!((outcome.accepted_endowment.unwrap().to_string(), outcome.stop), ("25/2".to_owned(), Stop::Once));
    assert_eq!(ids(&all, &counted(&all, "eqs_add1u".parse().unwrap())), ["a", "b", "n"]);
}

#[test]
fn explanations_by_hand() {
    let four = four_voters();
    let election = four.election();
    let outcome = counted(&four, Rule::GREEDY_COST);
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
fn a_report_has_what_stands_behind_each_project() {
    let four = four_voters();
    let (election, outcome) = (four.election(), counted(&four, Rule::MES_COST));
    let found = explain_loss(&election, &outcome, 0, &mut 1_000).unwrap();
    let told = serde_json::to_value(report(&election, &outcome).with_what_if(&election, &found)).unwrap();
    assert_eq!(told["winners"], serde_json::json!(["b"]));
    assert_eq!((told["total_cost"].as_str(), told["rule"].as_str()), (Some("30"), Some("mes:cost")));
    let explain = told["explain"].as_array().unwrap();
    let line =
        |account: &serde_json::Value| format!("{} {} {}", account["project"], account["money"], account["price"]);
    let lines: Vec<String> = explain.iter().map(line).collect();
    assert_eq!(lines, [r#""b" ["75","45"] "10""#, r#""a" ["50","30"] null"#, r#""c" ["25","25"] null"#]);
    assert_eq!((explain[0]["step"].as_u64(), explain[1]["reason"].as_str()), (Some(1), Some("supporters_short")));
    // With 30 the two of `a` have what they need after `b`; 34 would be enough before it, but then `b` still goes first.
    assert_eq!((told["what_if"]["project"].as_str(), told["what_if"]["lower_cost"].as_str()), (Some("a"), Some("30")));
}

#[test]
fn a_report_tells_points() {
    let small = Small {
        kind: BallotKind::Points,
        points: vec![vec![3, 1], vec![6]],
        ..Small::new(&[("a", 6), ("b", 5)], 12, &[&[0, 1], &[0]])
    };
    let election = small.election();
    let outcome = counted(&small, "mes:addcard".parse().unwrap());
    let told = report(&election, &outcome);
    // 6 from one of 3 points and one of 6, both with 6: 2/3 for a point. The first has 4 left of the 5 that `b` costs.
    let a = &told.explain[0];
    assert_eq!((a.points.as_deref(), a.price.as_ref().map(ToString::to_string)), (Some("9"), Some("2/3".to_owned())));
    assert_eq!((&told.explain[1].money[..], told.explain[1].supporters), (&["6".to_owned(), "4".to_owned()][..], 1));
}

#[test]
fn outcomes_survive_json() {
    let outcome = counted(&four_voters(), Rule::MES_ADD1U_COST_COST);
    let text = serde_json::to_string(&outcome).unwrap();
    assert!(text.contains(r#""rule":"mes_add1u:cost:cost""#), "{text}");
    assert!(text.contains(r#""reason":{"does_not_fit":{"left":30,"after":2}}"#), "{text}");
    assert!(text.contains(r#""price":"10""#), "{text}");
    assert_eq!(serde_json::from_str::<Outcome>(&text).unwrap(), outcome);
    for wrong in ["\"1/0\"", "\"x\"", "\"1/\"", "\"\""] {
        assert!(serde_json::from_str::<tally::Ratio>(wrong).is_err(), "{wrong}");
    }
}

fn what_if(small: &Small, rule: &str, project: usize) -> tally::Explanation {
    let outcome = counted(small, rule.parse().unwrap());
    explain_loss(&small.election(), &outcome, project, &mut 200_000).unwrap()
}

#[test]
fn one_supporter_is_enough_for_what_costs_nothing() {
    // nobody supports `a`: under Phragmén its turn does not come, under equal shares nobody buys it
    let small = Small::new(&[("a", 0), ("b", 40), ("c", 70)], 100, &[&[1, 2]]);
    for rule in ["phragmen", "mes:card"] {
        let found = what_if(&small, rule, 0);
        assert_eq!((found.extra_supporters, found.lower_cost, found.out_of_effort), (Some(1), None, false), "{rule}");
        assert!(found.fewest, "{rule}");
    }
    // by its cost nobody gains anything from it, however many they are
    assert_eq!(what_if(&small, "mes:cost", 0).extra_supporters, None);
}

#[test]
fn many_supporters_are_looked_for_where_few_are_not_enough() {
    // (1 + k) of (4 + k) shares of 71 buy what costs 67 from k = 50 on, far more than there are voters
    let small = Small::new(&[("c", 67), ("b", 30)], 71, &[&[1], &[1], &[0, 1], &[1]]);
    let found = what_if(&small, "mes:cost", 0);
    assert_eq!((found.extra_supporters, found.out_of_effort), (Some(50), false));
    // the whole budget is never in the hands of its supporters while the others have a share
    let never = Small { budget: 67, ..small };
    let found = what_if(&never, "mes:cost", 0);
    assert_eq!((found.extra_supporters, found.fewest), (None, false));
}

#[test]
fn small_numbers_are_tried_first_where_a_rule_is_not_monotone() {
    let all: &[u32] = &[0, 1, 2];
    let ballots: [&[u32]; 11] = [all, &[0], all, all, all, &[0, 2], all, &[1], all, all, &[1, 2]];
    let small = Small::new(&[("03", 50), ("9", 40), ("p7", 6)], 51, &ballots);
    let found = what_if(&small, "eqs_add1:integral,exhaustive", 0);
    // what is missing, parted among voters, is a guess of 8, which is enough as well
    assert_eq!((found.extra_supporters, found.fewest, found.at_most), (Some(1), true, false));
    let greedy = what_if(&small, "greedy:cost", 1);
    assert!(greedy.fewest && greedy.at_most);
}

#[test]
fn what_was_given_is_what_was_spent_and_what_is_left() {
    let small =
        Small::new(&[("a", 7), ("b", 8), ("c", 30)], 30, &[&[0, 1, 2], &[0, 2], &[1, 2], &[1], &[0], &[], &[2]]);
    for rule in ["mes:cost", "mes_greedy:card:card", "mes_add1u:cost:cost"] {
        for loss in counted(&small, rule.parse().unwrap()).losses {
            let Some(short) = loss.shortfall else { continue };
            let parts = short.parts();
            assert_eq!(parts.iter().map(|part| part.amount).sum::<i64>(), short.given - short.had, "{rule} {short:?}");
            assert!(parts.iter().zip(&short.spent).all(|(part, floor)| part.amount - floor.amount <= 1), "{parts:?}");
        }
    }
}

#[test]
fn an_election_in_finer_units_is_the_same_election() {
    let small = Small::new(&[("a", 10), ("b", 7)], 20, &[&[0], &[0, 1], &[1]]);
    let finer = small.election().finer(tally::Scale::new(2).unwrap()).unwrap();
    assert_eq!((finer.budget(), finer.projects()[1].cost, finer.scale().digits()), (2_000, 700, 2));
    let half = CountOptions { increment: Some(50), ..CountOptions::default() };
    let outcome = tally::count(&finer, "mes_add1:cost".parse().unwrap(), &half).unwrap();
    assert_eq!(report(&finer, &outcome).increment.as_deref(), Some("0.5"));
    let same = finer.clone().finer(tally::Scale::default()).unwrap();
    assert_eq!(same, finer);
    let large = Small::new(&[("a", 1)], tally::MAX_AMOUNT, &[&[0]]);
    assert!(large.election().finer(tally::Scale::new(1).unwrap()).is_err());
}

#[test]
fn two_amounts_rounded_alike_keep_their_order() {
    let ratio = |n, d| tally::Ratio::new(n, d).unwrap();
    assert_eq!([ratio(51, 11), ratio(40, 9), ratio(9, 2)].map(|r| r.rounded(2)), [Some(464), Some(444), Some(450)]);
    assert_eq!((ratio(9, 2).rounded(0), ratio(9, 2).is_whole(), ratio(8, 2).is_whole()), (Some(5), false, true));
}

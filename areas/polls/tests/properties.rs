//! What holds of every poll: the order of ballots never matters, a ballot counts once, thresholds hold at their edge.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use polls::{
    CAST, Choice, Definition, PollKind, Ranked, RankedRule, Vote, Weighed,
    count::{Count, Counted, Outcome, Terms},
    recompute::Recompute,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use tally::motion::{Abstentions, Base, Bound, Dots, Invalid, MotionRule, Presence, Quorum, Threshold};

fn terms(kind: PollKind, rule: Definition, voters: u64) -> Terms {
    Terms {
        kind,
        template: "house".into(),
        rule_set: polls::templates::RULE_SET.into(),
        options: if kind == PollKind::Motion { 0 } else { 4 },
        rule,
        seed: "5eed".into(),
        voters,
        weight: voters,
        present: None,
        papers_given: 0,
        papers_counted: 0,
        papers_spoiled: 0,
    }
}

fn motion(bound: Bound, (n, d): (u32, u32), base: Base) -> Definition {
    let threshold = Threshold { bound, numerator: n, denominator: d, base };
    let rule = MotionRule { quorum: None, threshold, abstentions: Abstentions::InBase, invalid: Invalid::TookPart };
    Definition { motion: Some(rule), ..Definition::default() }
}

/// The same with at least a half of the roll taking part.
fn with_quorum(base: Base) -> Definition {
    let mut rule = motion(Bound::MoreThan, (1, 2), base);
    let threshold = Threshold { bound: Bound::AtLeast, numerator: 1, denominator: 2, base: Base::Roll };
    rule.motion.as_mut().unwrap().quorum = Some(Quorum { counts: Presence::TookPart, threshold });
    rule
}

fn ranked(rule: RankedRule) -> Definition {
    let seats = if rule == RankedRule::Stv { 2 } else { 1 };
    Definition { ranked: Some(Ranked { rule, seats }), ..Definition::default() }
}

fn dots() -> Definition {
    let dots = Dots { dots: 9, cap: 4, spend_all: false, seats: 2, by_voters: true };
    Definition { dots: Some(dots), ..Definition::default() }
}

/// An id of a ballot in the order of its number.
fn id(n: usize) -> String {
    format!("1-{n:024}")
}

fn counted(terms: &Terms, ballots: &[Choice]) -> Counted {
    let mut count = Count::new(terms, None).unwrap();
    for (n, choice) in ballots.iter().enumerate() {
        let kept = Weighed { weight: 1, choice: choice.clone() }.print();
        count.ballot(&id(n), &kept).unwrap();
    }
    count.finish().unwrap()
}

fn votes() -> impl Strategy<Value = Choice> {
    prop_oneof![
        Just(Choice::Motion(Vote::Agree)),
        Just(Choice::Motion(Vote::Disagree)),
        Just(Choice::Motion(Vote::Abstain)),
        Just(Choice::Withdrawn),
    ]
}

fn orders() -> impl Strategy<Value = Choice> {
    (Just(vec![1_u32, 2, 3, 4]).prop_shuffle(), 1_usize..=4).prop_map(|(mut order, n)| {
        order.truncate(n);
        Choice::Ranked(order)
    })
}

fn spread() -> impl Strategy<Value = Choice> {
    proptest::collection::btree_map(1_u32..=4, 1_u32..=2, 1..=4)
        .prop_map(|dots| Choice::Dots(dots.into_iter().collect()))
}

/// A log that tells of a poll, entry by entry.
fn log(terms: &Terms, ballots: &[Choice]) -> Vec<Value> {
    let entry = |kind: &str, id: String, public: Value| json!({ "v": 1, "id": id, "kind": kind, "subject": "1-poll", "public": public });
    let counted = counted(terms, ballots);
    let mut log = vec![
        entry("roll.enrolled", "1-a".into(), json!({ "voters": terms.voters })),
        entry("poll.opened", "1-b".into(), json!({ "terms": terms })),
        entry("poll.closed", "1-c".into(), json!({ "papers_given": 0 })),
    ];
    for (n, choice) in ballots.iter().enumerate() {
        let says = Weighed { weight: 1, choice: choice.clone() }.print();
        log.push(entry(CAST, id(n), json!({ "says": says })));
    }
    log.extend((0..ballots.len()).map(|n| entry("roll.marked", format!("1-m{n}"), json!({}))));
    log.push(entry(
        "poll.published",
        "1-z".into(),
        json!({
            "ballots": counted.received.cast, "voters": terms.voters, "inputs": counted.inputs.to_string(),
            "outcome": counted.outcome.digest().to_string(), "chosen": counted.outcome.chosen(),
            "passed": counted.outcome.passed(),
        }),
    ));
    log
}

/// How many results hold, and how many faults there are.
fn verified(log: &[Value]) -> (usize, usize) {
    let mut again = Recompute::new();
    (0..).zip(log).for_each(|(n, leaf)| again.entry(n, leaf.to_string().as_bytes()));
    let (confirmed, faults) = again.finish();
    (confirmed.len(), faults.len())
}

/// Against the definition, for every small count.
#[test]
fn thresholds_hold_at_their_edge() {
    let bases = [Base::Roll, Base::Present, Base::TookPart, Base::Valid];
    for (n, d) in [(1, 2), (2, 3), (3, 4), (1, 3)] {
        for bound in [Bound::MoreThan, Bound::AtLeast] {
            for base in bases {
                for (agree, disagree, abstain) in
                    (0..7_u64).flat_map(|a| (0..7).flat_map(move |b| (0..3).map(move |c| (a, b, c))))
                {
                    let present = (base == Base::Present).then_some(17);
                    let terms = Terms { present, ..terms(PollKind::Motion, motion(bound, (n, d), base), 20) };
                    let ballot = |vote, n: u64| (0..n).map(move |_| Choice::Motion(vote));
                    let all: Vec<Choice> = ballot(Vote::Agree, agree)
                        .chain(ballot(Vote::Disagree, disagree))
                        .chain(ballot(Vote::Abstain, abstain))
                        .collect();
                    let of = match base {
                        Base::Roll => 20,
                        Base::Present => 17,
                        Base::TookPart | Base::Valid => agree + disagree + abstain,
                    };
                    let (left, right) = (agree * u64::from(d), of * u64::from(n));
                    let want = of > 0 && if bound == Bound::MoreThan { left > right } else { left >= right };
                    let found = counted(&terms, &all).outcome.passed();
                    assert_eq!(found, Some(want), "{agree}/{disagree}/{abstain} {bound:?} {n}/{d} of {base:?}");
                }
            }
        }
    }
}

#[test]
fn a_quorum_holds_at_its_edge_and_spoiled_papers_belong_to_it() {
    for (cast, spoiled, passed) in [(9, 0, false), (10, 0, true), (9, 1, true), (8, 1, false)] {
        let terms = Terms { papers_spoiled: spoiled, ..terms(PollKind::Motion, with_quorum(Base::Valid), 20) };
        let all = vec![Choice::Motion(Vote::Agree); cast];
        assert_eq!(counted(&terms, &all).outcome.passed(), Some(passed), "{cast} and {spoiled}");
    }
}

/// So many ballots with this order, of options A, B, C, D.
fn block(n: usize, order: &str) -> Vec<Choice> {
    let number = |c: char| u32::from(c) - u32::from('A') + 1;
    vec![Choice::Ranked(order.chars().map(number).collect()); n]
}

/// The options that are chosen, as letters in order.
fn chosen(rule: RankedRule, ballots: &[Choice]) -> String {
    let mut found = counted(&terms(PollKind::Ranked, ranked(rule), 40), ballots).outcome.chosen();
    found.sort_unstable();
    found.into_iter().filter_map(|at| "ABCD".chars().nth(at)).collect()
}

/// Where monotonicity does not hold: two voters move A from the second place to the first, and A loses. With A stronger, B
/// and not C is eliminated first, and those who voted for B prefer C to A. The page of such a poll says that this can be.
#[test]
fn by_instant_runoff_and_by_several_seats_more_support_can_make_an_option_lose() {
    let common = [block(6, "ABC"), block(5, "CAB"), block(4, "BCA")].concat();
    let before = [common.clone(), block(2, "BAC")].concat();
    let after = [common, block(2, "ABC")].concat();
    assert_eq!([chosen(RankedRule::Irv, &before), chosen(RankedRule::Irv, &after)], ["A", "C"]);
    // beside D, who is elected with exactly the quota of 27 votes for two seats, the same happens to the second seat
    let d = block(10, "D");
    let (before, after) = ([before, d.clone()].concat(), [after, d].concat());
    assert_eq!([chosen(RankedRule::Stv, &before), chosen(RankedRule::Stv, &after)], ["AD", "CD"]);
    // the same ballots by Schulze: what is moved up never loses by it
    assert_eq!([chosen(RankedRule::Schulze, &before), chosen(RankedRule::Schulze, &after)], ["A", "A"]);
}

/// Who disagrees also takes part: where a quorum is missing, a vote against can carry a motion. Staying away is then the
/// stronger vote against, which is in the nature of a quorum.
#[test]
fn a_vote_against_can_fill_the_quorum() {
    let terms = terms(PollKind::Motion, with_quorum(Base::Valid), 20);
    let mut ballots = vec![Choice::Motion(Vote::Agree); 9];
    assert_eq!(counted(&terms, &ballots).outcome.passed(), Some(false));
    ballots.push(Choice::Motion(Vote::Disagree));
    assert_eq!(counted(&terms, &ballots).outcome.passed(), Some(true));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Another vote in favour, or one that changes towards it, never makes a motion fail.
    #[test]
    fn more_agreement_never_harms_a_motion(
        ballots in proptest::collection::vec(votes(), 1..20),
        at in any::<usize>(),
        base in prop_oneof![Just(Base::Roll), Just(Base::Present), Just(Base::TookPart), Just(Base::Valid)],
    ) {
        let terms = Terms { present: Some(25), ..terms(PollKind::Motion, with_quorum(base), 30) };
        let passed = |ballots: &[Choice]| counted(&terms, ballots).outcome.passed() == Some(true);
        if passed(&ballots) {
            let mut more = ballots.clone();
            more.push(Choice::Motion(Vote::Agree));
            prop_assert!(passed(&more));
            let mut changed = ballots.clone();
            let at = at % ballots.len();
            changed[at] = Choice::Motion(Vote::Agree);
            prop_assert!(passed(&changed));
        }
    }

    /// The option that Schulze chooses stays chosen when somebody moves it up.
    #[test]
    fn moving_the_chosen_option_up_never_harms_it_by_schulze(
        ballots in proptest::collection::vec(orders(), 1..12),
        at in any::<usize>(),
        by in 1_usize..4,
    ) {
        let terms = terms(PollKind::Ranked, ranked(RankedRule::Schulze), 40);
        let first = |ballots: &[Choice]| counted(&terms, ballots).outcome.chosen().first().copied();
        let Some(winner) = first(&ballots) else { return Ok(()) };
        let number = u32::try_from(winner + 1).unwrap();
        let mut raised = ballots.clone();
        let at = at % ballots.len();
        let Choice::Ranked(order) = &mut raised[at] else { return Err(TestCaseError::fail("no order")) };
        let place = order.iter().position(|n| *n == number).unwrap_or(order.len());
        order.retain(|n| *n != number);
        order.insert(place.saturating_sub(by).min(order.len()), number);
        prop_assert_eq!(first(&raised), Some(winner));
    }

    /// An option that is chosen by dots stays chosen when somebody gives it more, whatever one option may get at most; with
    /// one dot an option that is approval.
    #[test]
    fn more_dots_never_harm_a_chosen_option(
        ballots in proptest::collection::vec(spread(), 1..15),
        at in any::<usize>(),
        cap in prop_oneof![Just(1_u32), Just(4)],
    ) {
        let mut rule = dots();
        rule.dots.as_mut().unwrap().cap = cap;
        let terms = terms(PollKind::Dots, rule, 40);
        let capped = |choice: &Choice| match choice {
            Choice::Dots(given) => Choice::Dots(given.iter().map(|(n, dots)| (*n, (*dots).min(cap))).collect()),
            other => other.clone(),
        };
        let ballots: Vec<Choice> = ballots.iter().map(capped).collect();
        for option in counted(&terms, &ballots).outcome.chosen() {
            let number = u32::try_from(option + 1).unwrap();
            let mut raised = ballots.clone();
            let at = at % ballots.len();
            let Choice::Dots(given) = &mut raised[at] else { return Err(TestCaseError::fail("no dots")) };
            match given.iter_mut().find(|(n, _)| *n == number) {
                Some((_, dots)) => *dots = (*dots + 1).min(cap),
                None => given.push((number, 1)),
            }
            given.sort_unstable();
            prop_assert!(counted(&terms, &raised).outcome.chosen().contains(&option));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_ballots_never_matters(
        ballots in proptest::collection::vec(votes(), 0..30),
        seed in proptest::collection::vec(any::<usize>(), 30),
    ) {
        let terms = terms(PollKind::Motion, motion(Bound::MoreThan, (1, 2), Base::Valid), 40);
        prop_assert_eq!(counted(&terms, &ballots).outcome, counted(&terms, &shuffled(&ballots, &seed)).outcome);
    }

    #[test]
    fn the_order_of_rankings_never_matters(
        ballots in proptest::collection::vec(orders(), 0..25),
        seed in proptest::collection::vec(any::<usize>(), 25),
    ) {
        for rule in RankedRule::ALL {
            let terms = terms(PollKind::Ranked, ranked(*rule), 40);
            let (one, other) = (counted(&terms, &ballots), counted(&terms, &shuffled(&ballots, &seed)));
            prop_assert_eq!(one.outcome, other.outcome, "{:?}", rule);
        }
    }

    #[test]
    fn the_order_of_dots_never_matters(
        ballots in proptest::collection::vec(spread(), 0..25),
        seed in proptest::collection::vec(any::<usize>(), 25),
    ) {
        let terms = terms(PollKind::Dots, dots(), 40);
        let (one, other) = (counted(&terms, &ballots), counted(&terms, &shuffled(&ballots, &seed)));
        prop_assert_eq!(&one.outcome, &other.outcome);
        let Outcome::Dots(told) = one.outcome else { return Err(TestCaseError::fail("no dots")) };
        prop_assert!(told.invalid.is_empty());
    }

    /// A ballot twice, one left out, two that changed places: each is found in the log, of every kind of poll.
    #[test]
    fn a_log_that_was_touched_is_found(
        orders in proptest::collection::vec(orders(), 2..12),
        votes in proptest::collection::vec(votes(), 2..12),
        spread in proptest::collection::vec(spread(), 2..12),
        at in any::<usize>(),
    ) {
        let of = |kind, rule| terms(kind, rule, 20);
        let by = |rule| (of(PollKind::Ranked, ranked(rule)), &orders);
        let polls = [
            by(RankedRule::Schulze),
            by(RankedRule::Irv),
            by(RankedRule::Stv),
            (of(PollKind::Motion, motion(Bound::MoreThan, (1, 2), Base::Valid)), &votes),
            (of(PollKind::Dots, dots()), &spread),
        ];
        for (terms, ballots) in polls {
            let log = log(&terms, ballots);
            prop_assert_eq!(verified(&log), (1, 0));
            let at = 3 + at % ballots.len();
            let mut twice = log.clone();
            twice.insert(at, log[at].clone());
            prop_assert!(verified(&twice).1 > 0);
            // the same ballot under another id is one more than marked the roll
            let mut copied = log.clone();
            let mut copy = log[at].clone();
            copy["id"] = json!(id(900));
            copied.insert(3 + ballots.len(), copy);
            prop_assert!(verified(&copied).1 > 0);
            let mut fewer = log.clone();
            fewer.remove(at);
            prop_assert!(verified(&fewer).1 > 0);
            let mut swapped = log.clone();
            swapped.swap(3, 4);
            prop_assert!(verified(&swapped).1 > 0);
        }
    }

    /// Whatever stands in the lines of a log, nothing breaks.
    #[test]
    fn any_log_is_read_to_its_end(text in ".{0,200}", says in ".{0,40}") {
        let mut again = Recompute::new();
        again.entry(0, text.as_bytes());
        let terms = terms(PollKind::Dots, dots(), 3);
        for (kind, public) in [
            ("poll.opened", json!({ "terms": terms })),
            ("poll.closed", json!({ "present": says })),
            (CAST, json!({ "says": says })),
            ("poll.published", json!({ "ballots": says })),
        ] {
            let leaf = json!({ "v": 1, "id": "1-x", "kind": kind, "subject": "1-p", "public": public });
            again.entry(1, leaf.to_string().as_bytes());
        }
        let (confirmed, _) = again.finish();
        prop_assert!(confirmed.is_empty());
    }
}

fn shuffled(ballots: &[Choice], seed: &[usize]) -> Vec<Choice> {
    let mut list = ballots.to_vec();
    for (n, at) in seed.iter().enumerate().take(list.len()) {
        let other = at % list.len();
        list.swap(n, other);
    }
    list
}

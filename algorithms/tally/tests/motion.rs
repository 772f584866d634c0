//! Motions, choices and dots: thresholds at their edges, and what must hold of every vote.

use proptest::prelude::*;
use tally::Lots;
use tally::motion::{
    Abstentions, Approval, Base, Bound, ChoiceError, Dots, DotsFault, Invalid, MotionError, MotionRule, Plurality,
    PluralityOutcome, Presence, Quorum, Reason, Runoff, Threshold, Votes, Why, approval, check_dots, decide, dots,
    plurality,
};

fn rule(threshold: Threshold) -> MotionRule {
    MotionRule { quorum: None, threshold, abstentions: Abstentions::InBase, invalid: Invalid::TookPart }
}

/// Votes whose base is `b` by each kind of base, with `agree` in favour.
fn votes_of(base: Base, b: u64, agree: u64) -> Votes {
    let others = b - agree;
    match base {
        Base::Roll => Votes { roll: b, agree, ..Votes::default() },
        Base::Present => Votes { roll: b + 5, present: Some(b), agree, ..Votes::default() },
        Base::TookPart => {
            Votes { roll: 99, agree, disagree: others / 2, invalid: others - others / 2, ..Votes::default() }
        }
        Base::Valid => Votes {
            roll: 99,
            agree,
            disagree: others / 2,
            abstain: others - others / 2,
            invalid: 7,
            ..Votes::default()
        },
    }
}

#[test]
fn every_threshold_at_its_edge_on_every_base() {
    // the least number in favour, of 12 and of 13, more than and at least
    let table = [((1, 2), (7, 6), (7, 7)), ((2, 3), (9, 8), (9, 9)), ((3, 4), (10, 9), (10, 10))];
    for ((n, d), of_12, of_13) in table {
        for (b, (more, least)) in [(12, of_12), (13, of_13)] {
            for base in [Base::Roll, Base::Present, Base::TookPart, Base::Valid] {
                for (threshold, edge) in
                    [(Threshold::more_than(n, d, base), more), (Threshold::at_least(n, d, base), least)]
                {
                    let below = decide(&rule(threshold), &votes_of(base, b, edge - 1)).unwrap();
                    let at = decide(&rule(threshold), &votes_of(base, b, edge)).unwrap();
                    assert_eq!((below.passed, at.passed), (false, true), "{threshold:?} of {b}");
                    assert_eq!((below.reason, below.approval.least, at.approval.of), (Reason::TooFewAgreed, edge, b));
                }
            }
        }
    }
}

#[test]
fn meetings_by_the_organic_law() {
    let residents = MotionRule::residents_meeting();
    let at = |roll, present, agree| Votes { roll, present: Some(present), agree, ..Votes::default() };
    // exactly half attend; one more; and of 51 present 25 and 26 agree
    assert_eq!(decide(&residents, &at(100, 50, 50)).unwrap().reason, Reason::NoQuorum);
    assert_eq!(decide(&residents, &at(100, 51, 25)).unwrap().reason, Reason::TooFewAgreed);
    assert_eq!(decide(&residents, &at(100, 51, 26)).unwrap().reason, Reason::Passed);
    let representatives = MotionRule::representatives_meeting();
    assert_eq!(decide(&representatives, &at(30, 19, 19)).unwrap().reason, Reason::NoQuorum);
    assert!(decide(&representatives, &at(30, 20, 11)).unwrap().passed);
    // half of those present, who need not all vote
    assert!(!decide(&representatives, &at(30, 20, 10)).unwrap().passed);
    let unknown = Votes { present: None, ..at(30, 20, 11) };
    assert_eq!(decide(&representatives, &unknown), Err(MotionError::Present));
}

#[test]
fn abstentions_and_invalid_ballots_are_what_the_rule_says() {
    let votes = Votes { roll: 20, agree: 5, disagree: 4, abstain: 3, invalid: 2, ..Votes::default() };
    let half = |base| rule(Threshold::more_than(1, 2, base));
    let of = |rule: &MotionRule| {
        let found = decide(rule, &votes).unwrap();
        (found.passed, found.approval.of)
    };
    assert_eq!(of(&half(Base::Valid)), (false, 12));
    assert_eq!(of(&MotionRule { abstentions: Abstentions::LeftOut, ..half(Base::Valid) }), (true, 9));
    assert_eq!(of(&half(Base::TookPart)), (false, 14));
    assert_eq!(of(&MotionRule { invalid: Invalid::LeftOut, ..half(Base::TookPart) }), (false, 12));
    // whether an invalid ballot helps to make the quorum
    let quorum = Quorum { counts: Presence::TookPart, threshold: Threshold::at_least(7, 10, Base::Roll) };
    let mut with = MotionRule { quorum: Some(quorum), abstentions: Abstentions::LeftOut, ..half(Base::Valid) };
    assert_eq!(decide(&with, &votes).unwrap().reason, Reason::Passed);
    with.invalid = Invalid::LeftOut;
    let found = decide(&with, &votes).unwrap();
    assert_eq!((found.reason, found.quorum.unwrap().count, found.quorum.unwrap().least), (Reason::NoQuorum, 12, 14));
    // nobody in the base
    let silent = Votes { roll: 9, invalid: 3, ..Votes::default() };
    assert_eq!(decide(&half(Base::Valid), &silent).unwrap().reason, Reason::NobodyCounts);
}

#[test]
fn one_more_vote_against_can_make_the_quorum() {
    let quorum = Quorum { counts: Presence::TookPart, threshold: Threshold::at_least(1, 2, Base::Roll) };
    let by_turnout = MotionRule { quorum: Some(quorum), ..rule(Threshold::more_than(1, 2, Base::Valid)) };
    let votes = |disagree| Votes { roll: 10, agree: 4, disagree, ..Votes::default() };
    assert_eq!(decide(&by_turnout, &votes(0)).unwrap().reason, Reason::NoQuorum);
    assert!(decide(&by_turnout, &votes(1)).unwrap().passed);
}

#[test]
fn what_cannot_be_is_refused() {
    let votes = Votes { roll: 3, agree: 2, ..Votes::default() };
    for wrong in [
        Threshold::more_than(1, 1, Base::Roll),
        Threshold::more_than(1, 0, Base::Roll),
        Threshold::at_least(0, 2, Base::Roll),
        Threshold::at_least(3, 2, Base::Roll),
    ] {
        assert_eq!(decide(&rule(wrong), &votes), Err(MotionError::Threshold(wrong.numerator, wrong.denominator)));
    }
    let half = rule(Threshold::more_than(1, 2, Base::Roll));
    let of_valid = Quorum { counts: Presence::TookPart, threshold: Threshold::more_than(1, 2, Base::Valid) };
    assert_eq!(decide(&MotionRule { quorum: Some(of_valid), ..half }, &votes), Err(MotionError::Quorum));
    let of = |votes: Votes| decide(&half, &votes).unwrap_err();
    assert_eq!(of(Votes { disagree: 2, ..votes }), MotionError::TooMany { cast: 4, of: 3 });
    assert_eq!(of(Votes { present: Some(1), ..votes }), MotionError::TooMany { cast: 2, of: 1 });
    assert_eq!(of(Votes { present: Some(4), ..votes }), MotionError::Crowd { present: 4, roll: 3 });
    assert_eq!(
        of(Votes { roll: u64::MAX, disagree: u64::MAX, ..votes }),
        MotionError::TooMany { cast: u64::MAX, of: u64::MAX }
    );
}

#[test]
fn one_of_several_with_and_without_a_second_vote() {
    let most = Plurality { threshold: None, runoff: Runoff::None };
    let lots = Lots::drawn(vec![3, 2, 1, 0]).unwrap();
    let found = plurality(&most, &[4, 7, 2, 7], &lots).unwrap();
    assert_eq!((found.outcome, found.tied), (PluralityOutcome::Chosen(3), vec![3, 1]));
    let half = Plurality { threshold: Some(Threshold::more_than(1, 2, Base::Valid)), runoff: Runoff::Top(2) };
    // 10 of 20 is not more than half; two take part in a second vote
    let found = plurality(&half, &[10, 6, 3, 1], &lots).unwrap();
    assert_eq!(found.outcome, PluralityOutcome::SecondVote(vec![0, 1]));
    assert_eq!((found.gate.unwrap().least, found.tied), (11, vec![]));
    assert_eq!(plurality(&half, &[11, 6, 2, 1], &lots).unwrap().outcome, PluralityOutcome::Chosen(0));
    // who is equal to the second takes part too, no lot is drawn
    assert_eq!(plurality(&half, &[9, 5, 1, 5], &lots).unwrap().outcome, PluralityOutcome::SecondVote(vec![0, 1, 3]));
    let no_second = Plurality { runoff: Runoff::None, ..half };
    assert_eq!(plurality(&no_second, &[10, 6, 3, 1], &lots).unwrap().outcome, PluralityOutcome::Nobody);
    assert_eq!(plurality(&most, &[0; 4], &lots).unwrap().outcome, PluralityOutcome::NoVotes);
    assert_eq!(plurality(&most, &[1], &lots), Err(ChoiceError::Lots { lots: 4, options: 1 }));
    assert_eq!(plurality(&Plurality { runoff: Runoff::Top(1), ..most }, &[0; 4], &lots), Err(ChoiceError::Runoff));
    assert_eq!(plurality(&most, &[u64::MAX, 1, 0, 0], &lots), Err(ChoiceError::Votes));
}

#[test]
fn approvals_with_seats_and_a_threshold() {
    let half = Approval { seats: 2, threshold: Some(Threshold::at_least(1, 2, Base::Valid)) };
    let lots = Lots::listed(4);
    let found = approval(&half, &[5, 9, 7, 4], 10, &lots).unwrap();
    assert_eq!((found.chosen, found.least, found.tied), (vec![1, 2], 5, vec![]));
    let why: Vec<_> = found.lines.iter().map(|line| (line.option, line.why)).collect();
    assert_eq!(why, [(1, Why::Chosen), (2, Why::Chosen), (0, Why::NoSeat), (3, Why::TooFew)]);
    // equal across the line: both are told, the lot decides; below the threshold nobody minds
    let found = approval(&half, &[7, 9, 7, 4], 10, &Lots::drawn(vec![2, 0, 1, 3]).unwrap()).unwrap();
    assert_eq!((found.chosen, found.tied), (vec![1, 2], vec![2, 0]));
    assert!(found.lines[2].by_lot && !found.lines[1].by_lot);
    let found = approval(&Approval { threshold: None, ..half }, &[0, 3, 0, 0], 10, &lots).unwrap();
    assert_eq!((found.chosen, found.tied), (vec![1], vec![]));
    assert_eq!(approval(&half, &[11, 0, 0, 0], 10, &lots), Err(ChoiceError::Votes));
    assert_eq!(approval(&Approval { seats: 0, ..half }, &[1; 4], 10, &lots), Err(ChoiceError::Seats));
}

#[test]
fn dots_with_a_cap() {
    let five = Dots { dots: 5, cap: 3, spend_all: false, seats: 1, by_voters: true };
    let ballots = vec![
        vec![(0, 3), (1, 2)],
        vec![(1, 1), (2, 3)],
        vec![(0, 4)],
        vec![(0, 3), (1, 3)],
        vec![(2, 1), (2, 1)],
        vec![(9, 1)],
        vec![],
    ];
    let found = dots(&five, 3, &ballots, &Lots::listed(3)).unwrap();
    let faults =
        [(2, DotsFault::OverCap(0)), (3, DotsFault::TooMany), (4, DotsFault::Twice(2)), (5, DotsFault::Unknown(9))];
    assert_eq!((found.invalid.as_slice(), found.ballots), (&faults[..], 3));
    // all three have 3 dots; project 1 has them from two voters
    assert_eq!((found.selection.chosen, found.selection.tied), (vec![1], vec![]));
    let by_lot = Dots { by_voters: false, ..five };
    let found = dots(&by_lot, 3, &ballots, &Lots::drawn(vec![2, 1, 0]).unwrap()).unwrap();
    assert_eq!((found.selection.chosen, found.selection.tied), (vec![2], vec![2, 1, 0]));
    assert_eq!(check_dots(&Dots { spend_all: true, ..five }, 3, &[(0, 3), (1, 1)]), Err(DotsFault::TooFew));
    assert_eq!(dots(&Dots { cap: 6, ..five }, 3, &ballots, &Lots::listed(3)), Err(ChoiceError::Dots));
}

#[test]
fn an_order_of_lots_names_each_option_once() {
    for wrong in [vec![0, 0], vec![1, 2], vec![5]] {
        assert!(Lots::drawn(wrong).is_err());
    }
    let json = serde_json::to_string(&Lots::drawn(vec![2, 0, 1]).unwrap()).unwrap();
    assert_eq!(json, "[2,0,1]");
    assert!(serde_json::from_str::<Lots>("[0,0]").is_err());
}

fn thresholds() -> impl Strategy<Value = Threshold> {
    let base = prop_oneof![Just(Base::Roll), Just(Base::TookPart), Just(Base::Valid), Just(Base::Present)];
    (1..20_u32, 1..20_u32, any::<bool>(), base).prop_filter_map("cannot be met", |(n, d, more, base)| match more {
        true if n < d => Some(Threshold::more_than(n, d, base)),
        false if n <= d => Some(Threshold::at_least(n, d, base)),
        _ => None,
    })
}

proptest! {
    #[test]
    fn a_share_is_compared_as_a_fraction(threshold in thresholds(), counts in [0..40_u64, 0..40, 0..40, 0..40], more in 0..40_u64) {
        let [agree, disagree, abstain, invalid] = counts;
        let cast: u64 = counts.iter().sum();
        let votes = Votes { roll: cast + 2 * more, present: Some(cast + more), agree, disagree, abstain, invalid };
        let found = decide(&rule(threshold), &votes).unwrap();
        let b = match threshold.base {
            Base::Roll => cast + 2 * more,
            Base::Present => cast + more,
            Base::TookPart => cast,
            Base::Valid => cast - invalid,
        };
        // two different shares of less than 400 by less than 20 are at least 1/8000 apart, far more than a float's error
        let (share, of) = (f64::from(threshold.numerator) / f64::from(threshold.denominator), agree as f64 / b as f64);
        let plain = b > 0 && if threshold.bound == Bound::MoreThan { of > share + 1e-9 } else { of > share - 1e-9 };
        prop_assert_eq!(found.passed, plain);
        // the least number that is told is the least
        if found.approval.least <= b && b > 0 {
            let least = found.approval.least;
            let others = b - least;
            let at = |agree, disagree| decide(&rule(Threshold { base: Base::Valid, ..threshold }), &Votes { roll: b, agree, disagree, ..Votes::default() }).unwrap().passed;
            prop_assert!(at(least, others) && !at(least - 1, others + 1));
        }
    }

    #[test]
    fn more_who_agree_never_fell_a_motion(threshold in thresholds(), counts in [0..40_u64, 0..40, 0..40], more in 0..40_u64) {
        let [agree, disagree, abstain] = counts;
        let cast: u64 = counts.iter().sum();
        let quorum = Quorum { counts: Presence::TookPart, threshold: Threshold::at_least(1, 2, Base::Roll) };
        let rule = MotionRule { quorum: Some(quorum), ..rule(threshold) };
        let votes = Votes { roll: cast + more, present: Some(cast + more), agree, disagree, abstain, invalid: 0 };
        let before = decide(&rule, &votes).unwrap().passed;
        let mut changed = vec![];
        if disagree > 0 { changed.push(Votes { agree: agree + 1, disagree: disagree - 1, ..votes }); }
        if abstain > 0 { changed.push(Votes { agree: agree + 1, abstain: abstain - 1, ..votes }); }
        if more > 0 { changed.push(Votes { agree: agree + 1, ..votes }); }
        for votes in changed {
            prop_assert!(!before || decide(&rule, &votes).unwrap().passed);
        }
    }

    #[test]
    fn choices_follow_votes_and_only_the_lot_parts_equal_ones(votes in prop::collection::vec(0..5_u64, 1..6), seats in 1..4_usize, turn in 0..6_usize) {
        let n = votes.len();
        let lots = Lots::drawn((0..n).map(|at| (at + turn) % n).collect()).unwrap();
        let found = approval(&Approval { seats, threshold: None }, &votes, 5, &lots).unwrap();
        prop_assert_eq!(found.chosen.len(), seats.min(votes.iter().filter(|v| **v > 0).count()));
        for pair in found.lines.windows(2) {
            prop_assert!(pair[0].votes > pair[1].votes || (pair[0].votes == pair[1].votes && lots.place(pair[0].option) < lots.place(pair[1].option)));
        }
        // neutrality: options and lots renamed together give the renamed choice
        let rename = |option: usize| n - 1 - option;
        let other: Vec<u64> = votes.iter().rev().copied().collect();
        let order: Vec<usize> = Vec::from(lots).into_iter().map(rename).collect();
        let renamed = approval(&Approval { seats, threshold: None }, &other, 5, &Lots::drawn(order).unwrap()).unwrap();
        prop_assert_eq!(renamed.chosen, found.chosen.into_iter().map(rename).collect::<Vec<_>>());
    }
}

//! Axioms that hold of each way to make reviewers comparable, and for those that do not the smallest panel that shows it.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

use std::{cmp::Ordering, collections::BTreeMap};

use proptest::prelude::*;
use tally::Ratio;
use tally::panel::{Criterion, Entrant, Method, Panel, Sheet, rank_by};

/// Reviewer, project, points of 100.
type Line = (u32, u32, u32);

fn panel(sheets: &[Line]) -> Panel {
    let mut numbers: Vec<u32> = sheets.iter().map(|(_, project, _)| *project).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Panel {
        criteria: vec![Criterion { weight: 1, most: 100 }],
        entrants: numbers.into_iter().map(|number| Entrant { number, cost: 0, supporters: 0 }).collect(),
        sheets: (sheets.iter())
            .map(|(reviewer, project, points)| Sheet { reviewer: *reviewer, project: *project, scores: vec![*points] })
            .collect(),
        conflicts: vec![],
        least: 1,
        drop_from: 3,
        pass: None,
        places: None,
        reserve: 0,
        ties: vec![],
    }
}

/// Which of two projects is the better one.
fn compared(sheets: &[Line], method: Method, one: u32, other: u32) -> Option<Ordering> {
    let lines = rank_by(&panel(sheets), method).unwrap();
    let means: BTreeMap<u32, Ratio> = lines.into_iter().filter_map(|line| Some((line.number, line.mean?))).collect();
    let order = means.get(&one)?.cmp(means.get(&other)?);
    Some(if method.lower_first() { order.reverse() } else { order })
}

fn without(sheets: &[Line], project: u32) -> Vec<Line> {
    sheets.iter().copied().filter(|(_, of, _)| *of != project).collect()
}

/// Sheets with gaps and many equal points, from three to a project on without the highest and the lowest.
fn sheets() -> impl Strategy<Value = Vec<Line>> {
    let points = prop::option::weighted(0.7, prop_oneof![0..=100_u32, Just(50), Just(60)]);
    prop::collection::vec(prop::collection::vec(points, 2..6), 1..6).prop_map(|rows| {
        let row = |(reviewer, row): (u32, Vec<Option<u32>>)| {
            let sheet = move |(project, points): (u32, Option<u32>)| Some((reviewer, project, points?));
            (1..).zip(row).filter_map(sheet)
        };
        [vec![(1, 1, 50)], (2..).zip(rows).flat_map(row).collect()].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// More points for a project never put it behind one that it was before. Calibrated points are otherwise.
    #[test]
    fn more_points_never_harm_by_points_ranks_and_borda(
        sheets in sheets(), at in any::<prop::sample::Index>(), by in 1..60_u32, other in 1..6_u32,
    ) {
        let at = at.index(sheets.len());
        let project = sheets[at].1;
        let mut more = sheets.clone();
        more[at].2 = (more[at].2 + by).min(100);
        for method in [Method::Raw, Method::MeanRank, Method::Borda] {
            if compared(&sheets, method, project, other) == Some(Ordering::Greater) {
                prop_assert_ne!(compared(&more, method, project, other), Some(Ordering::Less), "{}", method);
            }
        }
    }

    /// Which of two is the better one does not depend on a third. By all other ways it can.
    #[test]
    fn by_points_a_third_project_turns_no_two_round(sheets in sheets(), gone in 1..6_u32, one in 1..6_u32, other in 1..6_u32) {
        prop_assume!(gone != one && gone != other);
        let left = without(&sheets, gone);
        prop_assert_eq!(compared(&sheets, Method::Raw, one, other), compared(&left, Method::Raw, one, other));
    }
}

#[test]
fn more_calibrated_points_can_harm() {
    let before = [(1, 2, 48), (1, 3, 1), (1, 4, 29), (2, 1, 61), (2, 2, 50), (2, 3, 64), (3, 2, 0)];
    let mut after = before;
    after[4] = (2, 2, 59);
    let method = Method::Zscore { shrink: 0 };
    assert_eq!(compared(&before, method, 2, 3), Some(Ordering::Greater));
    // the second reviewer's points are closer to each other now, so that project 3 stands out more among them
    assert_eq!(compared(&after, method, 2, 3), Some(Ordering::Less));
}

#[test]
fn a_third_project_can_turn_two_round() {
    let borda = [(1, 1, 0), (1, 4, 1), (2, 1, 50), (2, 2, 0), (2, 3, 1)];
    let ranks = [(1, 3, 0), (1, 4, 1), (1, 5, 1), (2, 1, 51), (2, 2, 50), (2, 3, 50)];
    let calibrated = [(1, 1, 60), (1, 2, 61), (1, 4, 62), (2, 1, 0), (2, 2, 60), (2, 3, 50)];
    let cases: [(&[Line], Method, [u32; 3]); 3] = [
        (&borda, Method::Borda, [4, 3, 1]),
        (&ranks, Method::MeanRank, [2, 3, 4]),
        (&calibrated, Method::Zscore { shrink: 0 }, [3, 2, 4]),
    ];
    for (sheets, method, [one, other, third]) in cases {
        assert_eq!(compared(sheets, method, one, other), Some(Ordering::Greater), "{method}");
        assert_eq!(compared(&without(sheets, third), method, one, other), Some(Ordering::Less), "{method}");
    }
}

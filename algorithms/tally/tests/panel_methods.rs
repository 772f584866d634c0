//! Panels whose reviewers are made comparable: numbers worked out with pencil and paper, and a plain count in floats.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use tally::Ratio;
use tally::panel::{
    Criterion, Entrant, Group, Method, Panel, PanelLine, Sheet, Standing, groups, judges, leave_one_out_by, near_ties,
    rank, rank_by,
};

/// Sheets as reviewer, project, points of 100.
fn panel(sheets: &[(u32, u32, u32)]) -> Panel {
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
        drop_from: 9,
        pass: None,
        places: None,
        reserve: 0,
        ties: vec![],
    }
}

fn by_number(lines: &[PanelLine]) -> BTreeMap<u32, &PanelLine> {
    lines.iter().map(|line| (line.number, line)).collect()
}

/// The value of each sheet by reviewer and project.
fn values(panel: &Panel, method: Method) -> BTreeMap<(u32, u32), String> {
    let lines = rank_by(panel, method).unwrap();
    let each = lines.iter().flat_map(|line| line.sheets.iter().map(|sheet| ((sheet.reviewer, line.number), sheet)));
    each.map(|(key, sheet)| (key, sheet.total.to_string())).collect()
}

fn micro(text: &str) -> String {
    let (whole, part) = text.split_once('.').unwrap();
    Ratio::new(format!("{whole}{part}").parse().unwrap(), 10_u64.pow(u32::try_from(part.len()).unwrap()))
        .unwrap()
        .to_string()
}

/// A strict reviewer (20, 40) and a kind one (60, 80): means 30 and 70, deviations 10; of all 50 and √500 = 22.3606797749…
const STRICT_AND_KIND: [(u32, u32, u32); 4] = [(1, 1, 20), (1, 2, 40), (2, 3, 60), (2, 4, 80)];

#[test]
fn a_strict_reviewer_and_a_kind_one_are_brought_to_the_same_mean_and_deviation() {
    let found = values(&panel(&STRICT_AND_KIND), Method::Zscore { shrink: 0 });
    let want = ["27.639320", "72.360680", "27.639320", "72.360680"].map(micro);
    assert_eq!(found.into_values().collect::<Vec<_>>(), want);
    // in points 4 and 3 come first; calibrated the better one of each does, and equal values go by number
    let lines = rank_by(&panel(&STRICT_AND_KIND), Method::Zscore { shrink: 0 }).unwrap();
    assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 4, 1, 3]);
}

#[test]
fn few_sheets_shrink_towards_all() {
    // two sheets, shrink 2: half own, half all. Centres 40 and 60, scales (10 + 22.36068)/2 = 16.18034
    let found = values(&panel(&STRICT_AND_KIND), Method::Zscore { shrink: 2 });
    let want = ["22.360680", "50.0", "50.0", "77.639320"].map(micro);
    assert_eq!(found.into_values().collect::<Vec<_>>(), want);
    // one sheet says nothing of its reviewer: it stays as it is
    let mut one = STRICT_AND_KIND.to_vec();
    one.push((3, 1, 97));
    assert_eq!(values(&panel(&one), Method::ZSCORE)[&(3, 1)], "97");
    // but alone, without shrinking, it can only be taken as average: (20+40+60+80+97)/5 = 59.4
    assert_eq!(values(&panel(&one), Method::Zscore { shrink: 0 })[&(3, 1)], micro("59.4"));
}

#[test]
fn where_nobody_differs_nothing_is_made_up() {
    let same = panel(&[(1, 1, 70), (1, 2, 70), (2, 1, 70), (2, 2, 70)]);
    for method in [Method::ZSCORE, Method::Zscore { shrink: 0 }] {
        assert!(values(&same, method).into_values().all(|value| value == "70"));
    }
}

#[test]
fn ranks_and_borda_with_equal_points() {
    let four = panel(&[(1, 1, 90), (1, 2, 80), (1, 3, 80), (1, 4, 70), (2, 4, 10)]);
    let ranks = values(&four, Method::MeanRank).into_values().collect::<Vec<_>>();
    assert_eq!(ranks, ["1", "5/2", "5/2", "4", "1"]);
    let shares = values(&four, Method::Borda).into_values().collect::<Vec<_>>();
    assert_eq!(shares, ["100", "50", "50", "0", "50"]);
    // of mean ranks the lower comes first: 1, 2.5, 2.5, (4 + 1)/2
    let lines = rank_by(&four, Method::MeanRank).unwrap();
    assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(lines.iter().filter(|line| line.tie.is_some()).count(), 2);
}

#[test]
fn the_pass_mark_stays_with_points() {
    let mut two = panel(&STRICT_AND_KIND);
    two.pass = Some(50);
    for method in [Method::Zscore { shrink: 0 }, Method::MeanRank, Method::Borda] {
        let lines = rank_by(&two, method).unwrap();
        let lines = by_number(&lines);
        for (number, wanted) in
            [(1, Standing::Below), (2, Standing::Below), (3, Standing::Proposed), (4, Standing::Proposed)]
        {
            assert_eq!(lines[&number].standing, wanted, "{method} {number}");
        }
    }
}

#[test]
fn what_reviewers_are_like() {
    let found = judges(&panel(&STRICT_AND_KIND)).unwrap();
    let told: Vec<_> = found.iter().map(|j| (j.reviewer, j.sheets, j.mean.to_string(), j.deviation)).collect();
    assert_eq!(told, [(1, 2, "30".into(), 10_000_000_000_000), (2, 2, "70".into(), 10_000_000_000_000)]);
}

#[test]
fn parts_that_no_sheet_joins_are_told() {
    let found = groups(&panel(&STRICT_AND_KIND)).unwrap();
    let part = |reviewer, projects: [u32; 2]| Group { reviewers: vec![reviewer], projects: projects.to_vec() };
    assert_eq!(found, [part(1, [1, 2]), part(2, [3, 4])]);
    // one sheet joins them; a project without sheets is in none
    let mut joined = STRICT_AND_KIND.to_vec();
    joined.push((2, 2, 50));
    let mut joined = panel(&joined);
    joined.entrants.push(Entrant { number: 9, cost: 0, supporters: 0 });
    assert_eq!(groups(&joined).unwrap(), [Group { reviewers: vec![1, 2], projects: vec![1, 2, 3, 4] }]);
}

#[test]
fn near_ties_by_the_pooled_variance() {
    // means 70, 64, 30; squares about them 200, 8, 0: variance 208/3 with 3 degrees of freedom.
    // 6² = 36 ≤ 208/3·(1/2 + 1/2), but 34² is not; within half a standard error 208/12 = 17.3 is too little
    let mut three = panel(&[(1, 1, 80), (2, 1, 60), (1, 2, 66), (2, 2, 62), (1, 3, 30), (2, 3, 30)]);
    three.places = Some(1);
    let lines = rank(&three).unwrap();
    let z = |n, d| Ratio::new(n, d).unwrap();
    let band = near_ties(&lines, &z(1, 1)).unwrap();
    assert_eq!((band.variance.to_string(), band.freedom), ("208/3".into(), 3));
    assert_eq!((band.pairs, band.cut), (vec![(1, 2)], vec![1, 2]));
    let band = near_ties(&lines, &z(1, 2)).unwrap();
    assert_eq!((band.pairs, band.cut), (vec![], vec![]));
    three.places = Some(2);
    let lines = rank(&three).unwrap();
    assert_eq!(near_ties(&lines, &z(1, 1)).unwrap().cut, Vec::<u32>::new());
    // exactly at the edge is near: means 70 and 60, variance (200 + 0)/2, 10² = 100·(1/2 + 1/2)
    let lines = rank(&panel(&[(1, 1, 80), (2, 1, 60), (1, 2, 60), (2, 2, 60)])).unwrap();
    assert_eq!(near_ties(&lines, &z(1, 1)).unwrap().pairs, [(1, 2)]);
    assert_eq!(near_ties(&lines, &z(99, 100)).unwrap().pairs, []);
    // nothing is known of how reviewers differ
    assert_eq!(near_ties(&rank(&panel(&[(1, 1, 3), (1, 2, 4)])).unwrap(), &z(1, 1)), None);
}

/// Panels with gaps, some judges with one sheet, many equal points.
fn panels() -> impl Strategy<Value = Panel> {
    let points = prop::option::weighted(0.7, prop_oneof![0..=100_u32, Just(50), Just(60)]);
    prop::collection::vec(prop::collection::vec(points, 1..6), 1..6).prop_filter_map("no sheet", |rows| {
        let sheets: Vec<(u32, u32, u32)> = (1..)
            .zip(&rows)
            .flat_map(|(reviewer, row)| (1..).zip(row).filter_map(move |(project, p)| Some((reviewer, project, (*p)?))))
            .collect();
        (!sheets.is_empty()).then(|| Panel { places: Some(2), ..panel(&sheets) })
    })
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn deviation(numbers: &[f64]) -> f64 {
    let centre = mean(numbers);
    mean(&numbers.iter().map(|n| (n - centre).powi(2)).collect::<Vec<_>>()).sqrt()
}

proptest! {
    #[test]
    fn calibrated_points_are_those_of_a_plain_count(panel in panels(), shrink in 0..8_u32) {
        let found = values(&panel, Method::Zscore { shrink });
        let points = |who: Option<u32>| -> Vec<f64> {
            panel.sheets.iter().filter(|s| who.is_none_or(|w| w == s.reviewer)).map(|s| f64::from(s.scores[0])).collect()
        };
        let all = points(None);
        for sheet in &panel.sheets {
            let own = points(Some(sheet.reviewer));
            let share = own.len() as f64 / (own.len() as f64 + f64::from(shrink));
            let centre = share * mean(&own) + (1.0 - share) * mean(&all);
            let scale = share * deviation(&own) + (1.0 - share) * deviation(&all);
            let off = f64::from(sheet.scores[0]) - centre;
            let plain = if scale < 1e-9 { mean(&all) } else { mean(&all) + deviation(&all) * off / scale };
            let told = &found[&(sheet.reviewer, sheet.project)];
            let (numerator, denominator) = told.split_once('/').unwrap_or((told, "1"));
            let told = numerator.parse::<f64>().unwrap() / denominator.parse::<f64>().unwrap();
            prop_assert!((told - plain).abs() < 2e-6, "{told} {plain}");
        }
    }

    #[test]
    fn nothing_depends_on_the_order_of_rows_or_on_the_numbers_of_reviewers(panel in panels(), shrink in 0..8_u32) {
        for method in [Method::Raw, Method::Zscore { shrink }, Method::MeanRank, Method::Borda] {
            let mut turned = panel.clone();
            turned.sheets.reverse();
            turned.entrants.reverse();
            prop_assert_eq!(rank_by(&panel, method), rank_by(&turned, method));
            turned.sheets.iter_mut().for_each(|sheet| sheet.reviewer = 100 - sheet.reviewer);
            let (lines, other) = (rank_by(&panel, method).unwrap(), rank_by(&turned, method).unwrap());
            let told = |lines: &[PanelLine]| -> Vec<_> {
                lines.iter().map(|line| (line.number, line.rank, line.mean.clone(), line.standing)).collect()
            };
            prop_assert_eq!(told(&lines), told(&other));
        }
    }

    #[test]
    fn where_all_read_all_mean_ranks_and_borda_agree(rows in prop::collection::vec([0..5_u32, 0..5, 0..5, 0..5], 1..6)) {
        let sheets: Vec<(u32, u32, u32)> = (1..)
            .zip(&rows)
            .flat_map(|(reviewer, row)| (1..).zip(row).map(move |(project, points)| (reviewer, project, *points)))
            .collect();
        let order = |method| -> Vec<(u32, bool)> {
            rank_by(&panel(&sheets), method).unwrap().iter().map(|line| (line.number, line.tie.is_some())).collect()
        };
        prop_assert_eq!(order(Method::MeanRank), order(Method::Borda));
    }

    #[test]
    fn without_a_reviewer_is_what_a_count_of_the_other_sheets_says(panel in panels(), shrink in 0..8_u32) {
        for method in [Method::Raw, Method::Zscore { shrink }, Method::Borda] {
            let told = leave_one_out_by(&panel, method).unwrap();
            let whole = rank_by(&panel, method).unwrap();
            for reviewer in 1..=5 {
                let mut without = panel.clone();
                without.sheets.retain(|sheet| sheet.reviewer != reviewer);
                let lines = rank_by(&without, method).unwrap();
                let lines = by_number(&lines);
                let moved: Vec<_> = (whole.iter())
                    .filter(|line| (line.rank, line.standing) != (lines[&line.number].rank, lines[&line.number].standing))
                    .map(|line| (line.number, line.rank, lines[&line.number].rank))
                    .collect();
                let found = told.iter().find(|one| one.reviewer == reviewer);
                prop_assert_eq!(found.map(|one| one.moved.clone()).unwrap_or_default(), moved);
            }
        }
    }
}

//! Panel scores: numbers worked out with pencil and paper, and what must hold of every panel.

use proptest::prelude::*;
use tally::panel::{
    Criterion, Dropped, Entrant, Panel, PanelError, PanelLine, PanelTie, Sheet, Standing, leave_one_out, rank, total,
};

const PLAIN: [Criterion; 2] = [Criterion { weight: 60, most: 10 }, Criterion { weight: 40, most: 10 }];

fn entrant(number: u32, cost: i64, supporters: u64) -> Entrant {
    Entrant { number, cost, supporters }
}

/// Scores by project, reviewers counted from 1.
fn panel(projects: &[&[[u32; 2]]]) -> Panel {
    let entrants = (1..).zip(projects).map(|(number, _)| entrant(number, 100, 0)).collect();
    let sheet = |project, (reviewer, scores): (u32, &[u32; 2])| Sheet { reviewer, project, scores: scores.to_vec() };
    let sheets =
        (1..).zip(projects).flat_map(|(number, list)| (1..).zip(*list).map(move |each| sheet(number, each))).collect();
    Panel {
        criteria: PLAIN.to_vec(),
        entrants,
        sheets,
        conflicts: vec![],
        least: 1,
        drop_from: 5,
        pass: None,
        places: None,
        reserve: 0,
        ties: vec![],
    }
}

fn order(lines: &[PanelLine]) -> Vec<u32> {
    lines.iter().map(|line| line.number).collect()
}

fn text(value: Option<&tally::Ratio>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

#[test]
fn a_total_is_weighted_and_out_of_a_hundred() {
    // 20·8/10 + 20·9/10 + 20·7/10 + 15·6/10 + 10·5/10 + 10·8/10 + 5·10/10 = 16+18+14+9+5+8+5
    let seven = [20, 20, 20, 15, 10, 10, 5].map(|weight| Criterion { weight, most: 10 });
    assert_eq!(text(total(&seven, &[8, 9, 7, 6, 5, 8, 10]).as_ref()), "75");
    // thirds: 50·1/3 + 50·2/3 = 50; 50·2/3 + 50·2/3 = 200/3
    let thirds = [Criterion { weight: 50, most: 3 }; 2];
    assert_eq!(text(total(&thirds, &[1, 2]).as_ref()), "50");
    assert_eq!(text(total(&thirds, &[2, 2]).as_ref()), "200/3");
    // weights that do not add up to 100: 3 and 1, full marks in the first only
    let uneven = [Criterion { weight: 3, most: 5 }, Criterion { weight: 1, most: 5 }];
    assert_eq!(text(total(&uneven, &[5, 0]).as_ref()), "75");
    for wrong in [&[8][..], &[8, 9, 7, 6, 5, 8, 11], &[]] {
        assert_eq!(total(&seven, wrong), None);
    }
}

#[test]
fn means_are_exact_and_rounded_once_for_people() {
    // totals 60·8/10+40·7/10 = 76, 60·9/10+40·6/10 = 78, 60·7/10+40·7/10 = 70; mean 224/3 = 74.666…
    let lines = rank(&panel(&[&[[8, 7], [9, 6], [7, 7]]])).unwrap();
    assert_eq!((text(lines[0].mean.as_ref()), lines[0].points()), ("224/3".into(), "74.67".into()));
    assert_eq!(lines[0].criteria.iter().map(ToString::to_string).collect::<Vec<_>>(), ["8", "20/3"]);
    // spread 78 - 70; deviations 4/3, 10/3, -14/3: variance (16 + 100 + 196)/27 = 104/9, root 3.399346342395…
    let spread = lines[0].spread.as_ref().unwrap();
    assert_eq!((spread.range.to_string(), spread.deviation), ("8".into(), 3_399_346_342_395));
    assert_eq!(spread.deviation_text(), "3.40");
}

#[test]
fn half_a_hundredth_is_rounded_up() {
    let of = |n: i64, d: u64| tally::Ratio::new(n, d).unwrap().hundredths_text();
    assert_eq!([of(1, 200), of(1, 201), of(12_345, 1_000), of(100, 1)], ["0.01", "0.00", "12.35", "100.00"]);
}

#[test]
fn from_a_number_of_sheets_on_the_highest_and_the_lowest_are_dropped() {
    // totals 100, 80, 70, 60, 0: without the outermost 70; four of them: all count
    let five: &[[u32; 2]] = &[[10, 10], [8, 8], [7, 7], [6, 6], [0, 0]];
    let lines = rank(&panel(&[five, &five[..4]])).unwrap();
    let line = |number| lines.iter().find(|line| line.number == number).unwrap();
    assert_eq!((line(1).points(), line(2).points()), ("70.00".into(), "77.50".into()));
    let dropped: Vec<_> = line(1).sheets.iter().map(|sheet| sheet.dropped).collect();
    assert_eq!(dropped, [Some(Dropped::Highest), None, None, None, Some(Dropped::Lowest)]);
    assert!(line(2).sheets.iter().all(|sheet| sheet.dropped.is_none()));
    // the spread tells of all sheets
    assert_eq!(line(1).spread.as_ref().unwrap().range.to_string(), "100");
    // all equal: two different sheets are dropped
    let same = rank(&panel(&[&[[5, 5]; 5]])).unwrap();
    assert_eq!(same[0].sheets.iter().filter(|sheet| sheet.dropped.is_some()).count(), 2);
    assert_eq!((same[0].points(), same[0].spread.as_ref().unwrap().deviation), ("50.00".into(), 0));
}

#[test]
fn equal_means_are_parted_in_the_order_that_was_said() {
    // all have 60: by the first criterion 3 (10) before 1 and 2 (6 each), then 2 by cost; 4 is 1 again with a later number
    let mut four = panel(&[&[[6, 6]], &[[6, 6]], &[[10, 0]], &[[6, 6]]]);
    four.entrants[1].cost = 50;
    four.ties = vec![PanelTie::Criterion(0), PanelTie::LowerCost];
    let lines = rank(&four).unwrap();
    assert_eq!(order(&lines), [3, 2, 1, 4]);
    let ties: Vec<_> = lines.iter().map(|line| line.tie).collect();
    assert_eq!(ties, [None, Some(PanelTie::Criterion(0)), Some(PanelTie::LowerCost), Some(PanelTie::LowerNumber)]);
    // supporters instead
    four.entrants[3].supporters = 9;
    four.ties = vec![PanelTie::Supporters];
    let lines = rank(&four).unwrap();
    assert_eq!(order(&lines), [4, 1, 2, 3]);
    assert_eq!(lines[1].tie, Some(PanelTie::Supporters));
    // no tie where the means differ
    assert!(rank(&panel(&[&[[6, 6]], &[[6, 5]]])).unwrap().iter().all(|line| line.tie.is_none()));
}

#[test]
fn places_reserve_and_the_pass_mark() {
    let mut five = panel(&[&[[9, 9]], &[[8, 8]], &[[7, 7]], &[[6, 6]], &[[5, 5]], &[]]);
    (five.pass, five.places, five.reserve) = (Some(60), Some(1), 2);
    let standings = |panel: &Panel| rank(panel).unwrap().iter().map(|line| line.standing).collect::<Vec<_>>();
    use Standing::{Below, NoPlace, Proposed, Reserve, TooFewSheets};
    // exactly 60 passes
    assert_eq!(standings(&five), [Proposed, Reserve, Reserve, NoPlace, Below, TooFewSheets]);
    five.places = None;
    assert_eq!(standings(&five), [Proposed, Proposed, Proposed, Proposed, Below, TooFewSheets]);
    five.least = 2;
    assert!(rank(&five).unwrap().iter().all(|line| line.rank.is_none() && line.standing == TooFewSheets));
}

#[test]
fn a_conflict_is_missing_and_never_zero() {
    // reviewer 2 has nothing to do with project 1
    let mut two = panel(&[&[[8, 8]], &[[6, 6], [6, 6]]]);
    two.conflicts = vec![(2, 1)];
    let lines = rank(&two).unwrap();
    assert_eq!((lines[0].number, lines[0].points(), lines[0].conflicts), (1, "80.00".into(), 1));
    two.sheets.push(Sheet { reviewer: 2, project: 1, scores: vec![0, 0] });
    assert_eq!(rank(&two), Err(PanelError::InConflict { reviewer: 2, project: 1 }));
}

#[test]
fn without_one_reviewer() {
    // 1: 90, 50 → 70; 2: 60, 75 → 67.5; without the first reviewer 50 and 75, without the second 90 and 60
    let two = panel(&[&[[9, 9], [5, 5]], &[[6, 6], [5, 10]]]);
    let mut two = two;
    two.sheets[3].scores = vec![10, 4];
    two.places = Some(1);
    // 10·6 + 4·4 = 76
    assert_eq!(order(&rank(&two).unwrap()), [1, 2]);
    let found = leave_one_out(&two).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].reviewer, found[0].decides), (1, true));
    assert_eq!(found[0].moved, [(1, Some(1), Some(2)), (2, Some(2), Some(1))]);
}

#[test]
fn who_has_too_few_sheets_takes_no_part_without_a_reviewer_either() {
    // three sheets are needed: the third project has two high ones and is not ranked, whoever is left out
    let mut three = panel(&[&[[6, 6]; 3], &[[5, 5]; 3], &[[10, 10]; 2]]);
    three.least = 3;
    three.places = Some(1);
    three.conflicts = vec![(3, 3)];
    assert_eq!(rank(&three).unwrap()[2].standing, Standing::TooFewSheets);
    assert_eq!(leave_one_out(&three), Ok(vec![]));
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let good = panel(&[&[[1, 1]], &[[2, 2]]]);
    let broken = |change: &dyn Fn(&mut Panel)| {
        let mut panel = good.clone();
        change(&mut panel);
        rank(&panel).unwrap_err()
    };
    assert_eq!(broken(&|p| p.criteria.clear()), PanelError::Criterion(0));
    assert_eq!(broken(&|p| p.criteria[1].most = 0), PanelError::Criterion(1));
    assert_eq!(broken(&|p| p.criteria[0].weight = 0), PanelError::Criterion(0));
    assert_eq!(broken(&|p| p.drop_from = 2), PanelError::Bounds);
    assert_eq!(broken(&|p| p.least = 0), PanelError::Bounds);
    assert_eq!(broken(&|p| p.ties = vec![PanelTie::Criterion(2)]), PanelError::Tie(2));
    assert_eq!(broken(&|p| p.entrants[1].number = 1), PanelError::NamedTwice(1));
    assert_eq!(broken(&|p| p.sheets[0].project = 9), PanelError::UnknownProject(9));
    assert_eq!(broken(&|p| p.conflicts = vec![(1, 9)]), PanelError::UnknownProject(9));
    assert_eq!(broken(&|p| p.sheets[0].scores = vec![1]), PanelError::Scores { reviewer: 1, project: 1 });
    assert_eq!(broken(&|p| p.sheets[0].scores = vec![11, 1]), PanelError::Scores { reviewer: 1, project: 1 });
    assert_eq!(broken(&|p| p.sheets[1].project = 1), PanelError::ScoredTwice { reviewer: 1, project: 1 });
}

/// Panels of a few projects and reviewers with some sheets missing and many ties.
fn panels() -> impl Strategy<Value = Panel> {
    let sheet = prop::option::weighted(0.8, [0..=4_u32, 0..=3_u32]);
    let projects = prop::collection::vec((prop::collection::vec(sheet, 1..8), 0..3_i64), 1..6);
    (projects, 3..6_u32, 1..4_u32, 0..100_u32, prop::option::of(0..4_u32)).prop_map(
        |(projects, drop_from, least, pass, places)| {
            let entrants = (1..).zip(&projects).map(|(number, (_, cost))| entrant(number, *cost, 0)).collect();
            let sheets = (1..).zip(&projects).flat_map(|(project, (list, _))| {
                let each = (1..).zip(list).filter_map(|(reviewer, scores)| Some((reviewer, (*scores)?)));
                each.map(move |(reviewer, scores): (u32, [u32; 2])| Sheet {
                    reviewer,
                    project,
                    scores: scores.to_vec(),
                })
            });
            Panel {
                criteria: vec![Criterion { weight: 2, most: 4 }, Criterion { weight: 1, most: 3 }],
                entrants,
                sheets: sheets.collect(),
                conflicts: vec![],
                least,
                drop_from,
                pass: Some(pass),
                places,
                reserve: 1,
                ties: vec![PanelTie::Criterion(1), PanelTie::LowerCost],
            }
        },
    )
}

/// The mean of a project in hundredths of a point, plainly: sorted totals in twelfths of a third.
fn plain_mean(panel: &Panel, number: u32) -> Option<(u64, u64)> {
    // 100·(2·a/4 + b/3)/3 = 100·(6a + 4b)/36
    let of = |s: &Sheet| u64::from(6 * s.scores[0] + 4 * s.scores[1]);
    let mut totals: Vec<u64> = panel.sheets.iter().filter(|s| s.project == number).map(of).collect();
    totals.sort_unstable();
    if totals.len() >= panel.drop_from as usize {
        totals = totals[1..totals.len() - 1].to_vec();
    }
    (!totals.is_empty()).then(|| (100 * totals.iter().sum::<u64>(), 36 * totals.len() as u64))
}

proptest! {
    #[test]
    fn the_order_of_sheets_and_projects_makes_no_difference(panel in panels(), turn in 0..50_usize) {
        let mut turned = panel.clone();
        let n = turned.sheets.len();
        if n > 0 { turned.sheets.rotate_left(turn % n); }
        turned.sheets.reverse();
        turned.entrants.reverse();
        prop_assert_eq!(rank(&panel), rank(&turned));
        prop_assert_eq!(leave_one_out(&panel), leave_one_out(&turned));
    }

    #[test]
    fn means_are_those_of_a_plain_count_and_within_bounds(panel in panels()) {
        let lines = rank(&panel).unwrap();
        prop_assert_eq!(lines.len(), panel.entrants.len());
        for line in &lines {
            let plain = plain_mean(&panel, line.number);
            let told = line.mean.as_ref().map(ToString::to_string);
            let plain = plain.map(|(n, d)| tally::Ratio::new(i64::try_from(n).unwrap(), d).unwrap().to_string());
            prop_assert_eq!(told, plain);
            let (zero, full) = (tally::Ratio::new(0, 1).unwrap(), tally::Ratio::new(100, 1).unwrap());
            prop_assert!(line.mean.iter().all(|mean| (&zero..=&full).contains(&mean)));
            let n_dropped = line.sheets.iter().filter(|sheet| sheet.dropped.is_some()).count();
            prop_assert_eq!(n_dropped, if line.sheets.len() >= panel.drop_from as usize { 2 } else { 0 });
            // a deviation is at most half the range
            if let Some(spread) = &line.spread {
                let half = spread.range.hundredths().unwrap() * 5_000_000_000 + 50_000_000_000;
                prop_assert!(i64::try_from(spread.deviation).unwrap() <= half);
            }
        }
    }

    #[test]
    fn ranks_follow_means_and_a_tie_says_what_parted_it(panel in panels()) {
        let lines = rank(&panel).unwrap();
        let ranked: Vec<_> = lines.iter().filter(|line| line.rank.is_some()).collect();
        for (rank, line) in (1..).zip(&ranked) {
            prop_assert_eq!(line.rank, Some(rank));
            prop_assert!(line.sheets.len() >= panel.least as usize);
        }
        for pair in ranked.windows(2) {
            prop_assert!(pair[0].mean >= pair[1].mean);
            prop_assert_eq!(pair[1].tie.is_some(), pair[0].mean == pair[1].mean);
        }
        let proposed = lines.iter().filter(|line| line.standing == Standing::Proposed).count();
        prop_assert!(panel.places.is_none_or(|places| proposed <= places as usize));
    }
}

//! Score sheets as CSV, and what is told of them.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

use proptest::prelude::*;
use tally::panel::{Method, Report, ReportError, Settings, Standing, Tie, file, report};

const SMALL: &str = "project,reviewer,criterion,score,weight,conflict\n\
    Park,Ann,quality,8,60,\nPark,Ann,cost,7,40,\nPark,Bo,quality,6.5,60,no\nPark,Bo,cost,7,40,\n\
    Lift,Ann,quality,9,60,\nLift,Ann,cost,5,40,\nLift,Bo,quality,1,60,yes\nLift,Cy,quality,7,60,\nLift,Cy,cost,7.125,40,\n\
    Hall,Cy,quality,4,60,\nHall,Cy,cost,4,40,\nHall,Bo,quality,5,60,\nHall,Bo,cost,5,40,\n";

fn told(text: &str, settings: &Settings) -> Report {
    report(&file::read(text.as_bytes()).unwrap(), settings).unwrap()
}

fn fault(text: &str) -> String {
    file::read(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn a_file_is_counted_by_names() {
    let places = Settings { places: Some(1), reserve: 1, ..Settings::default() };
    let found = told(SMALL, &places);
    assert_eq!((found.winners, found.reserve), (vec!["Lift".to_owned()], vec!["Park".to_owned()]));
    // Ann 0.6·9 + 0.4·5 = 7.4, Cy 0.6·7 + 0.4·7.125 = 7.05, Bo is missing: 7.225; Park 7.6 and 6.7: 7.15
    let told: Vec<_> =
        found.ranking.iter().map(|row| (row.project.as_str(), row.raw_mean.clone().unwrap().to_string())).collect();
    assert_eq!(told, [("Lift", "289/40".into()), ("Park", "143/20".into()), ("Hall", "9/2".into())]);
    assert_eq!(found.ranking[0].points, "7.23");
    assert_eq!(found.ranking[0].criteria["cost"].to_string(), "97/16");
    assert_eq!((found.ranking[0].conflicts.as_slice(), found.conflicts.len()), (&["Bo".to_owned()][..], 1));
    assert!(found.conflicts[0].set_aside);
    assert_eq!(
        found.rule.weights.iter().map(|(k, w)| (k.as_str(), *w)).collect::<Vec<_>>(),
        [("cost", 2), ("quality", 3)]
    );
    assert_eq!(found.rule.ties, ["quality", "cost"]);
    assert!(found.network.connected && found.changed.is_empty());
    // without Bo: Park 7.6, Lift 7.225
    let without = found.without.unwrap();
    let bo = without.iter().find(|one| one.reviewer == "Bo").unwrap();
    assert!(bo.decides);
}

#[test]
fn a_highest_score_puts_points_out_of_a_hundred() {
    let ten = Settings { most: Some(10), pass: Some(72), ..Settings::default() };
    let found = told(SMALL, &ten);
    assert_eq!(found.ranking[0].points, "72.25");
    assert_eq!(found.ranking[1].standing, Standing::Below);
    let five = Settings { most: Some(5), ..Settings::default() };
    let scores = file::read(SMALL.as_bytes()).unwrap();
    let refused = report(&scores, &five).unwrap_err();
    // the line of the highest score, 9
    assert_eq!(
        refused.to_string(),
        "line 6: the score 9 is above the highest, 5: mend it, or say which score is the highest"
    );
    let never = Settings { drop_from: Some(2), ..Settings::default() };
    assert!(matches!(report(&scores, &never), Err(ReportError::Panel(_))));
}

#[test]
fn columns_come_in_any_order_and_weights_may_be_left_out() {
    let found =
        told("Score, CRITERION ,reviewer,project\n3,a,r,10\n\n4,b,r,10\n3.50,a,r,9\n3.5,b,r,9\n", &Settings::default());
    // equal means of 3.5: criterion a, the first name of two equal weights, puts 9 first
    assert_eq!(found.winners, ["9", "10"]);
    assert_eq!(found.ranking[1].tie, Some(Tie::Criterion("a".into())));
    // equal in everything: by name as text, "10" before "9"
    let found = told("\u{feff}project,reviewer,criterion,score\n9,r,a,3\n10,r,a,3\n", &Settings::default());
    assert_eq!((found.winners.join(" "), &found.ranking[1].tie), ("10 9".into(), &Some(Tie::Name)));
}

#[test]
fn what_is_equal_in_everything_is_for_a_lot() {
    // B and C are equal, A is better; D is worse. Two places: one for A, one for B or C
    let text = "project,reviewer,criterion,score\nA,r,x,5\nB,r,x,4\nC,r,x,4\nD,r,x,1\n";
    let two = Settings { places: Some(2), ..Settings::default() };
    let by_name = told(text, &two);
    assert_eq!(by_name.winners, ["A", "B"]);
    let lot = |found: &Report| {
        found.lots.iter().map(|lot| (lot.projects.join(" "), lot.proposed, lot.drawn)).collect::<Vec<_>>()
    };
    assert_eq!(lot(&by_name), [("B C".to_owned(), 1, false)]);
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..20 {
        let drawn = told(text, &Settings { seed: Some(seed.to_string()), ..two.clone() });
        assert_eq!((drawn.winners[0].as_str(), drawn.ranking[3].project.as_str()), ("A", "D"));
        assert_eq!((drawn.lots.len(), drawn.lots[0].drawn, &drawn.ranking[2].tie), (1, true, &Some(Tie::Lot)));
        assert_eq!(drawn, told(text, &Settings { seed: Some(seed.to_string()), ..two.clone() }));
        seen.insert(drawn.winners[1].clone());
    }
    assert_eq!(seen.len(), 2, "a lot falls on either");
    // `printf 'panel-lot 1\n7\nB' | sha256sum` begins with 00c9, that of C with e560
    let seven = told(text, &Settings { seed: Some("7".into()), ..two.clone() });
    assert_eq!(seven.lots[0].projects, ["B", "C"]);
    // where all have a place, or none, nothing hangs on it; on the reserve list it does
    for (places, reserve, n) in [(3, 0, 0), (1, 0, 0), (1, 2, 1), (4, 0, 0), (2, 1, 1)] {
        let found = told(text, &Settings { places: Some(places), reserve, ..two.clone() });
        assert_eq!(found.lots.len(), n, "{places} {reserve}");
    }
}

#[test]
fn deviations_are_told_in_one_form() {
    let text = "project,reviewer,criterion,score\nA,r,x,5\nA,s,x,4\nB,r,x,4\nB,s,x,4\n";
    let found = serde_json::to_value(told(text, &Settings::default())).unwrap();
    // 5 and 4 about 4.5, both of A's two and of r's two
    assert_eq!(
        (&found["ranking"][0]["deviation"], &found["reviewers"][0]["deviation"]),
        (&"0.50".into(), &"0.50".into())
    );
}

#[test]
fn a_conflict_needs_no_score_and_a_project_with_conflicts_only_is_not_ranked() {
    let text = "project,reviewer,criterion,score,conflict\nA,r,c,3,\nB,r,,,yes\nB,s,c,,是\n";
    let found = told(text, &Settings::default());
    assert_eq!((found.ranking[1].project.as_str(), found.ranking[1].standing), ("B", Standing::TooFewSheets));
    assert_eq!(found.conflicts.len(), 2);
    assert!(found.conflicts.iter().all(|conflict| !conflict.set_aside));
}

#[test]
fn a_method_is_told_with_what_it_changes() {
    // Ann reads A and B and is strict, Bo reads C and D and is kind; E joins them
    let text =
        "project,reviewer,criterion,score\nA,Ann,c,20\nB,Ann,c,40\nC,Bo,c,60\nD,Bo,c,80\nE,Ann,c,30\nE,Bo,c,70\n";
    let method = Method::Zscore { shrink: 0 };
    let found = told(text, &Settings { method, places: Some(2), ..Settings::default() });
    // in points D, C, E, B, A; calibrated B and D are equal, and so are A and C, and go by their scores
    assert_eq!(found.winners, ["D", "B"]);
    let changed: Vec<_> = found.changed.iter().map(|one| (one.project.as_str(), one.raw_rank, one.rank)).collect();
    assert_eq!(changed, [("B", Some(4), Some(2)), ("C", Some(2), Some(4))]);
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!((json["rule"]["method"].as_str(), json["rule"]["shrink"].as_u64()), (Some("zscore"), Some(0)));
    assert_eq!(serde_json::from_value::<Report>(json).unwrap(), found);
    let parted = told("project,reviewer,criterion,score\nA,Ann,c,2\nB,Bo,c,4\n", &Settings::default());
    assert!(!parted.network.connected);
    assert_eq!(parted.network.groups.len(), 2);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let with = |rows: &str| fault(&format!("project,reviewer,criterion,score,weight,conflict\n{rows}"));
    let twice = with("A,r,c,3,,\n\nB,r,c,3,,\n A ,r,c,4,,\n");
    assert_eq!(twice, "line 5: the same reviewer, project and criterion stand on line 2 already: keep one of the rows");
    let cases = [
        ("A,r,c,,,\n", "line 2: the score is empty"),
        ("A,,c,3,,\n", "line 2: the reviewer is empty"),
        ("A,r,,3,,\n", "line 2: the criterion is empty"),
        ("A,r,c,3\n", "line 2: the row has 4 cells, the first row 6"),
        ("A,r,c,-1,,\n", "line 2: `-1` is no score"),
        ("A,r,c,1.2345,,\n", "line 2: `1.2345` is no score"),
        ("A,r,c,1000.001,,\n", "line 2: `1000.001` is no score"),
        ("A,r,c,4.,,\n", "line 2: `4.` is no score"),
        ("A,r,c,99999999999999999999,,\n", "line 2: `99999999999999999999` is no score"),
        ("A,r,c,1,0,\n", "line 2: `0` is no weight"),
        ("A,r,c,1,2,\nB,r,c,1,3,\n", "line 3: the weight of `c` is `3` here and `2` on line 2"),
        ("A,r,c,1,2,\nA,r,d,1,,\n", "line 1: `d` has no weight"),
        ("A,r,c,1,,maybe\n", "line 2: `maybe` in the column conflict"),
        ("B,r,c,1,,\nA,r,c,1,,\nA,r,d,1,,\n", "line 2: the sheet that begins here has no score for `d`"),
        ("A,r,c,1,,yes\n", "line 1: no row holds a score"),
        ("", "line 1: no row holds a score"),
    ];
    for (rows, wanted) in cases {
        let found = with(rows);
        assert!(found.starts_with(wanted), "{rows:?}: {found}");
    }
    assert!(fault("project,reviewer,score\n").starts_with("line 1: there is no column `criterion`"));
    assert!(fault("project,reviewer,criterion,score,wieght\n").contains("no column is called `wieght`"));
    assert!(fault("project,reviewer,criterion,score,score\n").contains("`score` occurs twice"));
    assert!(fault("").contains("there is no column"));
    let long = format!("A,{},c,1,,\n", "r".repeat(file::MAX_NAME_BYTES + 1));
    assert!(with(&long).contains("the reviewer is longer"));
    let gbk = file::read(&b"project,reviewer,criterion,score\nA,\xc4\xe3,c,1\n"[..]).unwrap_err();
    assert!(gbk.to_string().starts_with("line 2: this is not UTF-8"), "{gbk}");
    let many: String = (0..=file::MAX_CRITERIA).map(|n| format!("A,r,c{n},1,,\n")).collect();
    assert!(with(&many).contains("more than 100 criteria"));
}

/// Rows of a few reviewers, projects and criteria, each once; some with a conflict.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let cell = (prop::option::weighted(0.8, 0..=10_000_u32), prop::bool::weighted(0.1));
    prop::collection::vec(prop::collection::vec(cell, 4), 1..5).prop_filter_map("no sheet", |table| {
        let mut rows = vec![];
        for (reviewer, row) in table.iter().enumerate() {
            for (project, (score, conflict)) in row.iter().enumerate() {
                let Some(score) = score else { continue };
                let flag = if *conflict { "yes" } else { "" };
                for (criterion, score) in [("x", *score), ("y", 10_000 - score)] {
                    rows.push(format!(
                        "p{project},r{reviewer},{criterion},{}.{:03},,{flag}",
                        score / 1_000,
                        score % 1_000
                    ));
                }
            }
        }
        rows.iter().any(|row| !row.ends_with("yes")).then_some(rows)
    })
}

proptest! {
    #[test]
    fn the_order_of_rows_makes_no_difference((rows, turned) in rows().prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle()))) {
        let text = |rows: &[String]| format!("project,reviewer,criterion,score,weight,conflict\n{}\n", rows.join("\n"));
        for method in [Method::Raw, Method::ZSCORE, Method::MeanRank, Method::Borda] {
            let settings = Settings { method, places: Some(2), reserve: 1, ..Settings::default() };
            prop_assert_eq!(told(&text(&rows), &settings), told(&text(&turned), &settings));
        }
        // a row that stands there twice is refused
        let mut twice = rows.clone();
        twice.push(rows[0].clone());
        prop_assert!(fault(&text(&twice)).contains("stand on line 2 already"));
    }

    #[test]
    fn no_bytes_fell_it(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = file::read(bytes.as_slice());
    }

    #[test]
    fn no_cells_fell_it(cells in prop::collection::vec("[a-d0-9.,\"\r\n-]{0,8}", 0..40)) {
        let text = format!("project,reviewer,criterion,score,weight,conflict\n{}", cells.join(","));
        if let Ok(scores) = file::read(text.as_bytes()) {
            prop_assert!(report(&scores, &Settings::default()).is_ok());
        }
    }
}

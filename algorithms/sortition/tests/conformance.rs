//! Real pools against what the reference implementations found.
#![expect(clippy::unwrap_used, reason = "tests may fall")]

mod common;

use std::collections::{BTreeMap, HashMap};

use common::{feasible, real_data, real_problem, share, shares};
use serde_json::Value;
use sortition::{
    Category, Effort, Feature, Lottery, Person, Pool, Problem, Quotas, Report, Rule, Seed, draw, numbered_list,
};

fn expected() -> Option<(std::path::PathBuf, Vec<Value>)> {
    let folder = real_data("conformance")?;
    let text = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let parsed: Value = serde_json::from_str(&text).unwrap();
    Some((folder, parsed["instances"].as_array().unwrap().clone()))
}

fn number(value: &Value) -> f64 {
    match value.as_str().and_then(|text| text.split_once('/')) {
        Some((above, below)) => above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap(),
        None => value.as_f64().unwrap(),
    }
}

fn gini(chances: &[f64]) -> f64 {
    let differences: f64 = chances.iter().map(|a| chances.iter().map(|b| (a - b).abs()).sum::<f64>()).sum();
    differences / (2.0 * chances.len() as f64 * chances.iter().sum::<f64>())
}

/// Every panel of the list meets every quota, and nobody is in it more or less often than the lottery says, but for one.
fn check_list(problem: &Problem, lottery: &Lottery, panels: usize) {
    let list = numbered_list(problem, lottery, panels, Effort::default()).unwrap();
    assert_eq!(list.panels().len(), panels);
    let people = problem.pool().people();
    let index: HashMap<&str, usize> = people.iter().map(|person| person.key.as_str()).zip(0..).collect();
    let mut counts = vec![0_u32; people.len()];
    for panel in list.panels() {
        let members: Vec<usize> = panel.iter().map(|key| index[key.as_str()]).collect();
        assert_eq!(problem.fault(&members), None);
        members.iter().for_each(|at| counts[*at] += 1);
    }
    for (chance, count) in shares(problem, lottery).iter().zip(counts) {
        let away = (chance * panels as f64 - f64::from(count)).abs();
        assert!(away <= 1.0 + 1e-6, "{chance} of {panels} panels became {count}");
    }
    let drawn = draw(&list, &Seed::new("a public value").unwrap());
    assert!(drawn.holds(&list));
}

#[test]
fn levels_are_those_of_the_reference() {
    let Some((folder, instances)) = expected() else { return };
    assert!(instances.len() >= 3);
    for instance in &instances {
        let size = instance["k"].as_u64().unwrap() as u32;
        let problem = real_problem(&folder.join(instance["instance"].as_str().unwrap()), size);
        if let Some(kinds) = instance["types"].as_u64() {
            assert_eq!(problem.n_kinds() as u64, kinds);
        }
        let lottery = feasible(&problem, Rule::Leximin);
        let mut chances = shares(&problem, &lottery);
        chances.sort_by(f64::total_cmp);
        let mut at = 0;
        for level in instance["leximin_levels"].as_array().unwrap() {
            let (level, count) = (number(&level[0]), level[1].as_u64().unwrap() as usize);
            for chance in &chances[at..at + count] {
                assert!((chance - level).abs() < 1e-6, "{chance} instead of {level}");
            }
            at += count;
        }
        assert_eq!(at, chances.len());
        let wanted = instance.get("leximin_gini").or_else(|| instance.get("gini")).unwrap();
        assert!((gini(&chances) - number(wanted)).abs() < 2e-6);
        assert!((chances.iter().sum::<f64>() - f64::from(size)).abs() < 1e-9);
        check_list(&problem, &lottery, 1_000);

        let maximin = shares(&problem, &feasible(&problem, Rule::Maximin));
        let lowest = maximin.iter().copied().fold(1.0, f64::min);
        assert!((lowest - number(&instance["maximin"])).abs() < 1e-6);

        if let Some(least) = instance.get("nash_min") {
            let mut nash = shares(&problem, &feasible(&problem, Rule::Nash));
            nash.sort_by(f64::total_cmp);
            assert!((nash[0] - number(least)).abs() < 1e-6, "{}", nash[0]);
            assert!((nash[nash.len() - 1] - number(&instance["nash_max"])).abs() < 1e-6);
            assert!((gini(&nash) - number(&instance["nash_gini"])).abs() < 1e-4);
        }
    }
}

#[test]
fn the_report_has_the_keys_that_were_promised() {
    let Some((folder, _)) = expected() else { return };
    let problem = real_problem(&folder.join("example_small_20"), 20);
    let lottery = feasible(&problem, Rule::Leximin);
    let list = numbered_list(&problem, &lottery, 100, Effort::default()).unwrap();
    let drawn = draw(&list, &Seed::new("7").unwrap());
    let report = serde_json::to_value(Report::found(&problem, Rule::Leximin, &lottery, &list, Some(&drawn))).unwrap();
    assert_eq!(report["feasible"], true);
    assert_eq!(report["rule"], "leximin");
    assert!((report["minimum"].as_f64().unwrap() - 0.1).abs() < 1e-6);
    assert!(report["gini"].as_f64().unwrap() < 1e-6);
    // without a column of ids the key is the number of the row
    let probabilities = report["probabilities"].as_object().unwrap();
    let keys: Vec<usize> = probabilities.keys().map(|key| key.parse().unwrap()).collect();
    assert_eq!((keys.len(), keys.iter().min(), keys.iter().max()), (200, Some(&1), Some(&200)));
    assert_eq!(report["list_probabilities"].as_object().unwrap().len(), 200);
    assert_eq!(report["panels"].as_array().unwrap().len(), 100);
    assert_eq!(report["panel"], report["panels"][report["number"].as_u64().unwrap() as usize - 1]);
    assert_eq!(report["replacements"].as_object().unwrap().len(), 20);
    assert_eq!(report["digest"], list.digest());
}

/// The Scottish pool drawn from again and again, as the peers' own tests of scale do.
fn resampled(folder: &std::path::Path, people: usize, size: u32) -> Problem {
    let original = real_problem(&folder.join("sf_scotland_fixture_22"), 22);
    let pool = original.pool().people();
    let mut state = 20_261_123_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % pool.len()
    };
    let person = |key: usize| Person { key: key.to_string(), ..pool[next()].clone() };
    let people = Pool::new((0..people).map(person).collect()).unwrap();
    let stretch = |f: &Feature| Feature {
        name: f.name.clone(),
        min: f.min * size / 22,
        max: (f.max * size).div_ceil(22),
        flex: None,
    };
    let category = |c: &Category| Category { name: c.name.clone(), features: c.features.iter().map(stretch).collect() };
    let quotas = Quotas::new(original.quotas().categories().iter().map(category).collect()).unwrap();
    Problem::new(people, quotas, size).unwrap()
}

#[test]
fn larger_pools_of_the_same_kind_are_drawn_from() {
    let Some(folder) = real_data("larger pools") else { return };
    for (people, size) in [(300, 45), (1_500, 220)] {
        let problem = resampled(&folder, people, size);
        let lottery = feasible(&problem, Rule::Leximin);
        let by_kind: BTreeMap<Vec<String>, f64> = problem
            .pool()
            .people()
            .iter()
            .zip(lottery.chances(&problem))
            .map(|(person, chance)| (person.features.clone(), share(&chance)))
            .collect();
        for (person, chance) in problem.pool().people().iter().zip(lottery.chances(&problem)) {
            assert_eq!(by_kind[&person.features], share(&chance));
        }
        // no lottery raises the lowest chance above the mean
        let lowest = by_kind.values().copied().fold(1.0, f64::min);
        assert!(lowest > 0.0 && lowest <= f64::from(size) / people as f64);
        let sum: f64 = shares(&problem, &lottery).iter().sum();
        assert!((sum - f64::from(size)).abs() < 1e-6);
    }
}

#[test]
fn the_second_format_is_read_and_quotas_that_fail_are_relaxed() {
    let Some(folder) = real_data("second format") else { return };
    let folder = folder.join("opendlp_monitoring");
    for size in [28, 30] {
        let problem = real_problem(&folder, size);
        assert_eq!(problem.pool().people().len(), 100);
        check_list(&problem, &feasible(&problem, Rule::Leximin), 500);
    }
    match sortition::solve(&real_problem(&folder, 20), Rule::Leximin, Effort::default()).unwrap() {
        sortition::Outcome::Feasible(_) => panic!("the quotas of gender alone need 26"),
        sortition::Outcome::Infeasible(found) => assert!(!found.impossible.is_empty() && found.seats >= 6),
    }
}

//! Real elections: the winners that pabutools 1.2.3 and an independent checker found, in order.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

mod common;

use std::fs::File;

use serde_json::Value;
use tally::{CountOptions, Outcome, Rule, count, pabulib};

#[test]
fn real_elections_come_out_as_the_reference_says() {
    let Some(folder) = common::real_data("real_elections_come_out_as_the_reference_says") else { return };
    let expected: Value = serde_json::from_reader(File::open(folder.join("expected.json")).unwrap()).unwrap();
    let mut n_compared = 0;
    for entry in expected["files"].as_array().unwrap() {
        let name = entry["file"].as_str().unwrap();
        let (header, election) = pabulib::read_election(File::open(folder.join(name)).unwrap()).unwrap();
        for (rule, wanted) in entry["rules"].as_object().unwrap() {
            let Ok(rule) = rule.parse::<Rule>() else { continue };
            let increment = wanted["increment"].as_str().map(|text| header.scale.parse(text).unwrap());
            let options = CountOptions { increment, ..CountOptions::default() };
            let outcome = count(&election, rule, &options).unwrap();
            let winners: Vec<&str> = outcome.winners.iter().map(|p| header.projects[*p].id.as_str()).collect();
            let reference: Vec<&str> = wanted["winners"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert_eq!(winners, reference, "{name} {rule}");
            same_details(&header, &outcome, wanted, &format!("{name} {rule}"));
            n_compared += 1;
        }
    }
    assert!(n_compared >= 60, "only {n_compared} counts were compared");
}

fn same_details(header: &pabulib::Header, outcome: &Outcome, wanted: &Value, what: &str) {
    let cost = wanted["total_cost"].as_str().unwrap();
    assert_eq!(outcome.total_cost, header.scale.parse(cost).unwrap(), "{what}");
    if let Some(iterations) = wanted["iterations"].as_u64() {
        assert_eq!(outcome.runs, iterations, "{what}");
    }
    if let Some(stop) = wanted["stop"].as_str() {
        assert_eq!(serde_json::to_value(outcome.stop).unwrap(), stop, "{what}");
    }
    if let Some(endowment) = wanted["endowment"].as_str() {
        // The reference counts in units of the currency.
        let counted = outcome.endowment.as_ref().map(|ours| ours.in_units(header.scale).to_string());
        assert_eq!(counted.as_deref(), Some(endowment), "{what}");
    }
}

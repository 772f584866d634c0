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
    let mut wrong = Vec::new();
    let mut n_compared = 0;
    for entry in expected["files"].as_array().unwrap() {
        let name = entry["file"].as_str().unwrap();
        let (header, election) = pabulib::read_election(File::open(folder.join(name)).unwrap()).unwrap();
        for (rule, wanted) in entry["rules"].as_object().unwrap() {
            let rule: Rule = rule.parse().unwrap();
            let increment = wanted["increment"].as_str().map(|text| header.scale.parse(text).unwrap());
            let options = CountOptions { increment, ..CountOptions::default() };
            let outcome = count(&election, rule, &options).unwrap();
            if let Err(difference) = same(&header, &outcome, wanted) {
                wrong.push(format!("{name} {rule}: {difference}"));
            }
            n_compared += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {n_compared} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(n_compared >= 300, "only {n_compared} counts were compared");
}

fn same(header: &pabulib::Header, outcome: &Outcome, wanted: &Value) -> Result<(), String> {
    let mut winners: Vec<&str> = outcome.winners.iter().map(|p| header.projects[*p].id.as_str()).collect();
    let mut reference: Vec<&str> = wanted["winners"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    if outcome.rule == Rule::Phragmen {
        // The reference tells the set alone.
        winners.sort_unstable();
        reference.sort_unstable();
    }
    let alike = |what: &str, ours: &dyn std::fmt::Debug, theirs: &dyn std::fmt::Debug| {
        let (ours, theirs) = (format!("{ours:?}"), format!("{theirs:?}"));
        if ours == theirs { Ok(()) } else { Err(format!("{what} {ours}, reference {theirs}")) }
    };
    alike("winners", &winners, &reference)?;
    let cost = wanted["total_cost"].as_str().unwrap();
    alike("cost", &outcome.total_cost, &header.scale.parse(cost).unwrap())?;
    for runs in ["iterations", "mes_runs"] {
        if let Some(runs) = wanted[runs].as_u64() {
            alike("runs", &outcome.runs, &runs)?;
        }
    }
    if let Some(stop) = wanted["stop"].as_str() {
        alike("stop", &serde_json::to_value(outcome.stop).unwrap().as_str().unwrap(), &stop)?;
    }
    if let Some(endowment) = wanted["endowment"].as_str() {
        // The reference tells pabutools' last budget, and that which equalshares.net accepted, in units of the currency.
        let net = matches!(outcome.rule, Rule::EqualSharesNet { .. });
        let ours = if net { &outcome.accepted_endowment } else { &outcome.endowment };
        alike("endowment", &ours.as_ref().unwrap().in_units(header.scale).to_string(), &endowment)?;
    }
    Ok(())
}

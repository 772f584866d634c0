//! The two ways of deciding must agree: by integer bounds as fine as they go, and by exact values where
//! bounds are too coarse to decide.

use proptest::prelude::*;

use super::run::{Precision, Run};
use crate::{Election, ElectionBuilder, Project, Scale};

fn elections() -> impl Strategy<Value = Election> {
    let cost = prop_oneof![1..40_i64, Just(60), 1..1_000_000_i64, 999_999_999_000_000..1_000_000_000_000_000_i64];
    (prop::collection::vec(cost, 1..12), prop_oneof![0..400_i64, 0..3_000_000_i64]).prop_flat_map(|(costs, budget)| {
        let n = costs.len() as u32;
        let ballot = prop::sample::subsequence((0..n).collect::<Vec<_>>(), 0..=costs.len());
        prop::collection::vec((ballot, 1..4_u32), 1..40).prop_map(move |ballots| {
            let projects = costs.iter().enumerate().map(|(i, cost)| Project { id: i.to_string(), cost: *cost });
            let mut builder = ElectionBuilder::new(Scale::default(), budget, projects.collect()).unwrap();
            ballots.iter().for_each(|(choices, n)| builder.add_ballots(choices, *n).unwrap());
            builder.finish()
        })
    })
}

fn bought(election: &Election, start: (u128, u64), precision: Precision) -> (Vec<usize>, String) {
    let mut run = Run::new(election, election.projects().iter().map(|project| project.cost).collect());
    run.precision = precision;
    run.run(start, i64::MAX);
    run.catch_up();
    let projects = run.bought.iter().map(|purchase| purchase.project).collect();
    (projects, format!("{:?} / {}", run.exact.prices, run.exact.denominator))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bounds_and_exact_values_agree(
        election in elections(),
        raise in prop_oneof![Just(0_i64), 0..2_000_000_000_000_000_i64],
        bits in 0..8_u32,
    ) {
        let start = super::start(&election, raise, 1);
        let fine = bought(&election, start, Precision::FULL);
        prop_assert_eq!(&fine, &bought(&election, start, Precision { loose: 0, ..Precision::FULL }));
        // Bounds so coarse that they hardly tell anyone poor.
        prop_assert_eq!(&fine, &bought(&election, start, Precision { bits, loose: 0 }));
    }
}

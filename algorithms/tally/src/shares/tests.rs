//! The two ways of deciding must agree: by integer bounds as fine as they go, and by exact values where
//! bounds are too coarse to decide.

use proptest::prelude::*;

use super::Budgets;
use super::run::{Precision, Run};
use crate::profile::Profile;
use crate::rule::{Raise, Utility};
use crate::{BallotKind, Election, ElectionBuilder, Project, Scale};

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

/// Ballots with points, from 1 to so many that bounds grow wide.
fn with_points() -> impl Strategy<Value = Election> {
    let cost = prop_oneof![1..40_i64, Just(60), 1..1_000_000_i64];
    let points = prop_oneof![1..4_i32, 1..2_000_i32, 900_000_000..=crate::MAX_POINTS, -5..1_i32];
    (prop::collection::vec(cost, 1..10), prop_oneof![0..400_i64, 0..3_000_000_i64]).prop_flat_map(
        move |(costs, budget)| {
            let n = costs.len();
            let ballot = (
                prop::sample::subsequence((0..n as u32).collect::<Vec<_>>(), 0..=n),
                prop::collection::vec(points.clone(), n),
                1..4_u32,
            );
            prop::collection::vec(ballot, 1..30).prop_map(move |ballots| {
                let projects = costs.iter().enumerate().map(|(i, cost)| Project { id: i.to_string(), cost: *cost });
                let builder = ElectionBuilder::new(Scale::default(), budget, projects.collect()).unwrap();
                let mut builder = builder.of_kind(BallotKind::Points);
                for (choices, points, n) in ballots {
                    builder.add_points(&choices, &points[..choices.len()], n).unwrap();
                }
                builder.finish()
            })
        },
    )
}

fn bought(profile: &Profile<'_>, start: (u128, u64), precision: Precision) -> (Vec<usize>, String) {
    let mut run = Run::new(profile);
    run.precision = precision;
    run.run(start, i64::MAX);
    run.catch_up();
    let projects = run.bought.iter().map(|purchase| purchase.project).collect();
    (projects, format!("{:?} / {}", run.exact.prices, run.exact.denominator))
}

/// Counts with bounds as fine as they go, with exact prices throughout, and with bounds so coarse that they hardly
/// tell anyone poor.
fn agree(election: &Election, utility: Utility, (raise, bits): (i64, u32)) -> Result<(), TestCaseError> {
    let profile = Profile::new(election, utility);
    let start = Budgets::new(election, Raise::Supported, raise).after(1);
    let fine = bought(&profile, start, Precision::FULL);
    prop_assert_eq!(&fine, &bought(&profile, start, Precision { loose: 0, ..Precision::FULL }));
    prop_assert_eq!(&fine, &bought(&profile, start, Precision { bits, loose: 0 }));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bounds_and_exact_values_agree(
        election in elections(),
        raise in prop_oneof![Just(0_i64), 0..2_000_000_000_000_000_i64],
        bits in 0..8_u32,
    ) {
        for utility in [Utility::Cost, Utility::Cardinality, Utility::CostSqrt] {
            agree(&election, utility, (raise, bits))?;
        }
    }

    #[test]
    fn bounds_and_exact_values_agree_with_points(
        election in with_points(),
        raise in prop_oneof![Just(0_i64), 0..2_000_000_i64],
        bits in 0..8_u32,
    ) {
        agree(&election, Utility::Points, (raise, bits))?;
    }
}

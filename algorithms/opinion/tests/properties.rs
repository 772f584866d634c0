//! What holds for every conversation.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

mod common;

use std::collections::BTreeMap;

use common::{Line, conversation};
use opinion::export::{self, Source};
use opinion::{Conversation, Counts, Grouping, OpinionMap, Options, Vote};
use proptest::prelude::*;

const N_STATEMENTS: u64 = 9;

fn vote() -> impl Strategy<Value = Vote> {
    prop_oneof![Just(Vote::Agree), Just(Vote::Disagree), Just(Vote::Pass)]
}

/// Votes with few people and statements, so that they meet, and few instants, so that some are cast at once.
fn lines() -> impl Strategy<Value = Vec<Line>> {
    proptest::collection::vec((0..30_u64, 0..N_STATEMENTS, vote(), 0..4_i64), 0..250)
}

fn options() -> Options {
    Options { resamples: 3, restarts: 3, min_votes: 4, ..Options::default() }
}

fn map(conversation: Conversation) -> OpinionMap {
    OpinionMap::new(conversation, options(), &BTreeMap::new())
}

fn document(map: &OpinionMap) -> String {
    serde_json::to_string(&map.report()).unwrap() + &serde_json::to_string(&map.details()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_votes_never_matters(lines in lines(), turn in any::<prop::sample::Index>()) {
        let mut other = lines.clone();
        other.reverse();
        if !other.is_empty() {
            let place = turn.index(other.len());
            other.rotate_left(place);
        }
        prop_assert_eq!(map(conversation(N_STATEMENTS, &lines)), map(conversation(N_STATEMENTS, &other)));
    }

    #[test]
    fn names_of_participants_never_matter(lines in lines(), key in 1..1000_u64) {
        // a new id for each, in another order
        let renamed = |p: u64| (p * 7919 * key + 13) % 1_000_003;
        let other: Vec<Line> = lines.iter().map(|(p, s, v, t)| (renamed(*p), *s, *v, *t)).collect();
        let (a, b) = (map(conversation(N_STATEMENTS, &lines)), map(conversation(N_STATEMENTS, &other)));
        prop_assert_eq!(document(&a), document(&b));
        let groups = a.members();
        for (participant, group) in b.members() {
            let old = lines.iter().map(|line| line.0).find(|p| renamed(*p) == participant).unwrap();
            let index = |map: &OpinionMap, id: u64| map.conversation().index_of(id).unwrap();
            prop_assert_eq!(a.point(index(&a, old)), b.point(index(&b, participant)));
            // of people who said the same, those who come in to fill up may be others
            if let Some(before) = groups.get(&old) {
                prop_assert_eq!(*before, group);
            }
        }
    }

    #[test]
    fn vote_by_vote_is_all_at_once(lines in lines(), first in any::<prop::sample::Index>()) {
        let n = if lines.is_empty() { 0 } else { first.index(lines.len()) };
        let mut map = map(conversation(N_STATEMENTS, &lines[..n]));
        for (participant, statement, vote, time) in &lines[n..] {
            map.cast(*participant, *statement, *vote, *time).unwrap();
            let counts = Counts::of(map.conversation(), map.grouping());
            prop_assert_eq!(map.counts(), &counts, "counts are exact after each vote");
        }
        let before = map.members();
        map.full_pass();
        prop_assert_eq!(map, OpinionMap::new(conversation(N_STATEMENTS, &lines), options(), &before));
    }

    #[test]
    fn axes_are_the_largest_directions(lines in lines()) {
        let map = map(conversation(N_STATEMENTS, &lines));
        let components = map.components();
        let covariance = covariance(map.conversation());
        let trace: f64 = (0..covariance.len()).map(|i| covariance[i][i]).sum();
        prop_assert!((components.total_variance - trace).abs() < 1e-9);
        let mut rest = covariance.clone();
        for (axis, value) in components.axes.iter().zip(components.variance) {
            let image = times(&covariance, axis);
            for (x, y) in image.iter().zip(axis) {
                prop_assert!((x - value * y).abs() < 1e-9, "{:?}", components);
            }
            prop_assert!((largest(&rest) - value).abs() < 1e-6, "{} {}", largest(&rest), value);
            for (i, row) in rest.iter_mut().enumerate() {
                row.iter_mut().zip(axis).for_each(|(entry, x)| *entry -= value * axis[i] * x);
            }
            let top = axis.iter().copied().fold(0.0, |top: f64, x| if x.abs() > top.abs() + 1e-6 { x } else { top });
            prop_assert!(top >= 0.0, "the largest loading is positive");
        }
    }

    #[test]
    fn nothing_read_is_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), lines in any::<bool>()) {
        let comments = &b"comment-id,moderated\n1,1\n2,-1\n"[..];
        let source = |b| if lines { Source::Lines(b) } else { Source::Matrix(b) };
        let _ = export::read(&bytes[..], source(&bytes[..]));
        let _ = export::read(comments, source(&bytes[..]));
    }

    #[test]
    fn what_looks_like_an_export_is_no_panic(text in "(participant|group-id|1|2|-1|0|,|\n|\"|vote|voter-id|timestamp|comment-id|moderated| |\r){0,60}") {
        let bytes = text.as_bytes();
        for header in ["participant,group-id,1,2\n", "timestamp,comment-id,voter-id,vote\n", ""] {
            let votes = [header.as_bytes(), bytes].concat();
            for source in [Source::Matrix(&votes[..]), Source::Lines(&votes[..])] {
                if let Ok(read) = export::read(&b"comment-id,moderated\n1,1\n2,-1\n"[..], source) {
                    let grouping = Grouping::by_participant(&read.conversation, &read.groups);
                    let _ = OpinionMap::with_groups(read.conversation, options(), grouping).report();
                }
            }
        }
    }
}

/// The plain definition: missing votes are the mean, all statements count.
fn covariance(conversation: &Conversation) -> Vec<Vec<f64>> {
    let (n, m) = (conversation.participants().len(), conversation.statements().len());
    let mut matrix = vec![vec![None; m]; n];
    for (index, row) in matrix.iter_mut().enumerate() {
        conversation.votes_of(index).for_each(|(column, vote)| row[column] = Some(f64::from(vote.value())));
    }
    let mean = |column: usize| {
        let given: Vec<f64> = matrix.iter().filter_map(|row| row[column]).collect();
        given.iter().sum::<f64>() / given.len().max(1) as f64
    };
    let means: Vec<f64> = (0..m).map(mean).collect();
    let filled = |row: &[Option<f64>], column: usize| row[column].unwrap_or(means[column]) - means[column];
    let degrees = n.saturating_sub(1).max(1) as f64;
    let entry = |i: usize, j: usize| matrix.iter().map(|row| filled(row, i) * filled(row, j)).sum::<f64>() / degrees;
    (0..m).map(|i| (0..m).map(|j| entry(i, j)).collect()).collect()
}

fn times(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| row.iter().zip(vector).map(|(x, y)| x * y).sum()).collect()
}

/// The largest eigenvalue by many rounds of the power iteration.
fn largest(matrix: &[Vec<f64>]) -> f64 {
    let mut vector: Vec<f64> = (0..matrix.len()).map(|i| 1.0 + 0.37 * i as f64 - 0.11 * (i * i) as f64).collect();
    let mut value = 0.0;
    for _ in 0..5000 {
        let image = times(matrix, &vector);
        value = image.iter().map(|x| x * x).sum::<f64>().sqrt();
        if value < 1e-12 {
            return 0.0;
        }
        vector = image.iter().map(|x| x / value).collect();
    }
    value
}

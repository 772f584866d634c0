//! Real conversations in the Polis export format, against what red-dwarf, scikit-learn and an independent program
//! found with the exporter's groups.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

mod common;

use std::collections::BTreeMap;

use opinion::{Grouping, OpinionMap, Options, Ranked, Report, Side, adjusted_rand, representative};
use serde_json::Value;

fn near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * (1.0 + b.abs())
}

#[test]
fn real_conversations_come_out_as_the_reference_says() {
    let Some(folder) = common::real_data("real_conversations_come_out_as_the_reference_says") else { return };
    let folders = common::exports(&folder);
    assert!(folders.len() >= 3, "only {} conversations", folders.len());
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let wanted = common::json(&folder.join("expected.json"));
        let read = common::read_matrix(&folder);
        let grouping = Grouping::by_participant(&read.conversation, &read.groups);
        let map = OpinionMap::with_groups(read.conversation, Options::default(), grouping);
        let report = map.report();
        numbers_are_the_same(&report, &wanted, &name);
        lists_are_the_same(&report, &wanted, &name);
        typical_is_the_same(&map, &report, &wanted, &name);
    }
}

fn numbers_are_the_same(report: &Report, wanted: &Value, name: &str) {
    let number = |key: &str| wanted[key].as_u64().unwrap() as usize;
    assert_eq!(report.participants, number("participants"), "{name}");
    assert_eq!(report.statements, number("statements"), "{name}");
    assert_eq!(report.votes, number("votes"), "{name}");
    assert_eq!(report.in_conversation, number("participants_with_>=7_votes"), "{name}");
    let rejected = report.gac_agree.iter().filter(|r| r.moderation.value() == -1).count();
    assert_eq!(rejected, number("moderated_out"), "{name}");
    for (ours, theirs) in
        report.explained_variance.iter().zip(wanted["pca_explained_variance_ratio"].as_array().unwrap())
    {
        assert!(near(*ours, theirs.as_f64().unwrap(), 1e-11), "{name}: {ours} {theirs}");
    }
    let groups: BTreeMap<String, usize> = report.groups.iter().map(|g| (g.id.to_string(), g.size)).collect();
    let theirs = wanted["exported_groups"].as_object().unwrap();
    let theirs = theirs.iter().map(|(id, size)| (id.clone(), size.as_u64().unwrap() as usize)).collect();
    assert_eq!(groups, theirs, "{name}");
}

fn lists_are_the_same(report: &Report, wanted: &Value, name: &str) {
    let same = |ours: &[Ranked], key: &str| {
        let theirs = wanted[key].as_array().unwrap();
        assert_eq!(ours.len(), report.statements, "{name}: every statement is listed");
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert_eq!(ours.statement, theirs[0].as_u64().unwrap(), "{name} {key}");
            assert!(near(ours.value, theirs[1].as_f64().unwrap(), 1e-11), "{name} {key} {ours:?}");
        }
    };
    for (ours, side) in [(&report.majority.agree, "agree"), (&report.majority.disagree, "disagree")] {
        assert_eq!(serde_json::json!(ours), wanted["reddwarf"]["consensus"][side], "{name} {side}");
    }
    same(&report.gac_agree, "gac_from_exported_groups_top20");
    same(&report.gac_disagree, "gac_disagree_from_exported_groups_top10");
}

fn typical_is_the_same(map: &OpinionMap, report: &Report, wanted: &Value, name: &str) {
    let typical = representative(map.conversation(), map.counts(), map.counted());
    for (id, ours) in map.grouping().ids().iter().zip(typical) {
        let theirs = wanted["repness_from_exported_groups"][id.to_string()].as_array().unwrap();
        assert_eq!(ours.len(), theirs.len(), "{name} group {id}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert_eq!(ours.statement, theirs[0].as_u64().unwrap(), "{name} group {id}");
            let side = if ours.side == Side::Agree { "agree" } else { "disagree" };
            assert_eq!(side, theirs[1], "{name} group {id} {ours:?}");
            for (figure, place) in [ours.ratio, ours.ratio_test, ours.share, ours.share_test].iter().zip(2..) {
                assert!(near(*figure, theirs[place].as_f64().unwrap(), 1e-8), "{name} group {id} {ours:?}");
            }
        }
        let ids: Vec<u64> = theirs.iter().map(|t| t[0].as_u64().unwrap()).collect();
        assert_eq!(report.representative[id], ids, "{name} group {id}");
    }
}

#[test]
fn lines_of_votes_are_the_matrix() {
    let Some(folder) = common::real_data("lines_of_votes_are_the_matrix") else { return };
    let mut n_compared = 0;
    for folder in common::exports(&folder) {
        let Some(lines) = common::read_lines(&folder) else { continue };
        let (lines, matrix) = (lines.conversation, common::read_matrix(&folder).conversation);
        assert_eq!(lines.n_votes(), matrix.n_votes());
        for (index, participant) in lines.participants().iter().enumerate() {
            let of = |c: &opinion::Conversation, index: usize| -> Vec<_> {
                c.votes_of(index).map(|(column, vote)| (c.statements()[column].id, vote)).collect()
            };
            assert_eq!(of(&lines, index), of(&matrix, matrix.index_of(*participant).unwrap()));
        }
        n_compared += 1;
    }
    assert!(n_compared >= 2);
}

#[test]
fn groups_of_real_conversations_are_no_accident() {
    let Some(folder) = common::real_data("groups_of_real_conversations_are_no_accident") else { return };
    for folder in common::exports(&folder) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let read = common::read_matrix(&folder);
        let map = OpinionMap::new(read.conversation, Options::default(), &BTreeMap::new());
        let n = map.n_in_conversation();
        assert_eq!(map.grouping().sizes().iter().sum::<usize>(), n, "{name}");
        for size in map.grouping().sizes() {
            assert!(size >= 2.max((n / 20).min(n / 4)), "{name}: a group of {size} of {n}");
        }
        let other = Options { seed: 1, ..Options::default() };
        let again = OpinionMap::new(map.conversation().clone(), other, &BTreeMap::new());
        let labels = |map: &OpinionMap| -> Vec<_> {
            (0..map.conversation().participants().len()).map(|i| map.grouping().group_of(i)).collect()
        };
        let agreement = adjusted_rand(&labels(&map), &labels(&again));
        let exporters = Grouping::by_participant(map.conversation(), &read.groups);
        let exported: Vec<_> = (0..labels(&map).len()).map(|i| exporters.group_of(i)).collect();
        let quality = map.quality();
        eprintln!(
            "{name}: sizes {:?}, silhouettes {:?}, stability {:?} {:?}, another seed {agreement:.3}, the export {:.3}",
            map.grouping().sizes(),
            quality.silhouettes,
            quality.stability,
            quality.group_stability,
            adjusted_rand(&labels(&map), &exported),
        );
        assert!(agreement > 0.95, "{name}: another seed gives other groups ({agreement})");
        assert!(quality.stability.unwrap() > 0.5, "{name}");
    }
}

//! Small conversations whose map is known.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{camps, conversation};
use opinion::{
    Cast, ConversationError, Grouping, LAYOUT_SIDE, Moderation, OpinionMap, Options, Side, Statement, Vote, divides,
    priorities,
};

fn map_of(n: u64, lines: &[common::Line]) -> OpinionMap {
    OpinionMap::new(conversation(n, lines), Options::default(), &BTreeMap::new())
}

#[test]
fn camps_are_found() {
    for sizes in [&[30, 20][..], &[25, 20, 15]] {
        let map = map_of(12, &camps(sizes, 12));
        assert_eq!(map.grouping().sizes(), sizes.iter().map(|s| *s as usize).collect::<Vec<_>>());
        assert!(map.quality().stability.unwrap() > 0.99 && map.quality().silhouette > 0.5);
        assert!(map.quality().group_stability.iter().all(|s| *s > 0.99));
        let report = map.report();
        assert!(report.explained_variance[0] >= report.explained_variance[1]);
        // what parts the camps is what they were made of, and the second agrees with 1 (mod the number of camps)
        let apart = divides(map.conversation(), map.counts(), map.grouping().ids(), map.counted());
        assert_eq!(apart.len(), 12);
        assert!(report.representative[&1].iter().any(|s| s % sizes.len() as u64 == 1));
        assert!(report.gac_agree[0].value < 0.2, "nothing is shared");
    }
}

#[test]
fn a_shared_view_comes_first() {
    let mut lines = camps(&[12, 12], 10);
    lines.extend((0..24).map(|p| (p, 10, Vote::Agree, 0)));
    lines.extend((0..24).map(|p| (p, 11, Vote::Disagree, 0)));
    let report = map_of(12, &lines).report();
    assert_eq!((report.gac_agree[0].statement, report.gac_disagree[0].statement), (10, 11));
    // (13/14)² in exact fractions
    assert_eq!(report.gac_agree[0].value, 169.0 / 196.0);
    assert_eq!((report.majority.agree, report.majority.disagree), (vec![10], vec![11]));
}

#[test]
fn nobody_is_a_group() {
    let mut lines = camps(&[20, 20], 10);
    // one who contradicts everybody, loudly
    lines.extend((0..10).map(|s| (99, s, if s < 5 { Vote::Agree } else { Vote::Disagree }, 0)));
    for most in 2..=5 {
        let options = Options { max_groups: most, ..Options::default() };
        let map = OpinionMap::new(conversation(10, &lines), options, &BTreeMap::new());
        assert!(map.grouping().sizes().iter().all(|size| *size >= 5), "{:?}", map.grouping().sizes());
        assert_eq!(map.grouping().sizes().iter().sum::<usize>(), 41);
    }
}

#[test]
fn few_votes_are_shown_and_not_grouped() {
    let mut lines = camps(&[20, 20], 12);
    lines.extend((0..6).map(|s| (77, s, Vote::Agree, 0)));
    let mut map = map_of(12, &lines);
    let index = map.conversation().index_of(77).unwrap();
    assert!(map.point(index).is_some() && map.grouping().group_of(index).is_none());
    assert_eq!(map.n_in_conversation(), 40);
    assert_eq!(map.cast(77, 6, Vote::Agree, 1), Ok(Cast::New));
    assert!(map.grouping().group_of(index).is_some());
    map.full_pass();
    assert!(map.grouping().group_of(index).is_some());
    assert_eq!(map.n_in_conversation(), 41);
}

#[test]
fn small_conversations_take_in_the_most_active() {
    let lines: Vec<common::Line> = (0..9).flat_map(|p| (0..=p % 3).map(move |s| (p, s, Vote::Agree, 0))).collect();
    let options = Options { min_participants: 4, ..Options::default() };
    let map = OpinionMap::new(conversation(20, &lines), options, &BTreeMap::new());
    let entered: Vec<u64> =
        (0..9).filter(|i| map.is_in_conversation(*i)).map(|i| map.conversation().participants()[i]).collect();
    assert_eq!(entered, [1, 2, 5, 8]);
}

#[test]
fn rejected_statements_shape_nothing() {
    let lines = camps(&[15, 15], 10);
    let mut with = conversation(11, &lines);
    let said = |p: u64| if p < 8 { Vote::Agree } else { Vote::Disagree };
    (0..15).for_each(|p| assert_eq!(with.cast(p, 10, said(p), 0), Ok(Cast::New)));
    with.moderate(10, Moderation::Rejected).unwrap();
    let map = OpinionMap::new(with.clone(), Options::default(), &BTreeMap::new());
    let without = map_of(10, &lines);
    for (with, without) in map.components().explained().iter().zip(without.components().explained()) {
        assert!((with - without).abs() < 1e-12);
    }
    assert_eq!((map.components().axes[0][10], map.components().center[10]), (0.0, 0.0));
    let report = map.report();
    assert!(!report.representative.values().flatten().any(|s| *s == 10));
    assert!(report.gac_agree.iter().any(|r| r.statement == 10 && r.moderation == Moderation::Rejected));

    // undecided: counts, unless moderation is strict
    with.moderate(10, Moderation::Unmoderated).unwrap();
    let loose = OpinionMap::new(with.clone(), Options::default(), &BTreeMap::new());
    assert!(loose.components().axes[0][10] != 0.0);
    let strict = OpinionMap::new(with, Options { strict: true, ..Options::default() }, &BTreeMap::new());
    assert_eq!(strict.components().axes, map.components().axes);
}

#[test]
fn colours_stay_with_their_people() {
    let (large, small): (Vec<_>, Vec<_>) = camps(&[20, 16], 10).into_iter().partition(|line| line.0 < 20);
    let mut map = map_of(10, &[large, small].concat());
    let before = map.members();
    assert_eq!((before[&0], before[&30]), (0, 1));
    // the smaller camp outgrows the other: by size alone the colours would change
    for participant in 100..120 {
        for statement in 0..10 {
            let vote = if statement % 2 == 1 { Vote::Agree } else { Vote::Disagree };
            map.cast(participant, statement, vote, 1).unwrap();
        }
    }
    assert_eq!(map.members()[&100], 1);
    map.full_pass();
    let after = map.members();
    assert_eq!(map.grouping().sizes(), [20, 36]);
    assert!(before.iter().all(|(participant, group)| after[participant] == *group));
    let anew = OpinionMap::new(map.conversation().clone(), Options::default(), &BTreeMap::new());
    assert_eq!(anew.members()[&0], 1, "without the groups before, the larger one is the first");
}

#[test]
fn the_latest_vote_counts() {
    let cast = |lines: &[common::Line]| conversation(1, lines).votes_of(0).next().unwrap().1;
    let (agree, disagree, pass) = (Vote::Agree, Vote::Disagree, Vote::Pass);
    assert_eq!(cast(&[(5, 0, agree, 9), (5, 0, disagree, 8)]), agree);
    assert_eq!(cast(&[(5, 0, agree, 8), (5, 0, disagree, 9), (5, 0, agree, 7)]), disagree);
    assert_eq!(cast(&[(5, 0, agree, 8), (5, 0, disagree, 8)]), pass);
    let mut one = conversation(1, &[(5, 0, agree, 8)]);
    assert_eq!(one.cast(5, 0, disagree, 7), Ok(Cast::TooLate));
    assert_eq!(one.cast(5, 0, disagree, 9), Ok(Cast::Instead(agree)));
    assert_eq!(one.cast(5, 3, disagree, 9), Err(ConversationError::UnknownStatement(3)));
    assert_eq!(one.n_votes(), 1);
}

#[test]
fn statements_may_come_later_and_in_between() {
    let mut later = conversation(3, &[(1, 0, Vote::Agree, 0), (1, 2, Vote::Disagree, 0)]);
    assert_eq!(later.add_statement(Statement::accepted(2)), Err(ConversationError::DuplicateStatement(2)));
    assert_eq!(later.add_statement(Statement::accepted(9)), Ok(3));
    let mut gap = common::conversation(0, &[]);
    for id in [7, 3] {
        gap.add_statement(Statement::accepted(id)).unwrap();
        gap.cast(1, 7, Vote::Agree, 0).unwrap();
    }
    gap.cast(1, 3, Vote::Pass, 0).unwrap();
    assert_eq!(gap.votes_of(0).collect::<Vec<_>>(), [(0, Vote::Pass), (1, Vote::Agree)]);
}

#[test]
fn empty_conversations_have_empty_maps() {
    for map in [map_of(0, &[]), map_of(3, &[]), map_of(3, &[(1, 0, Vote::Pass, 0)])] {
        let report = map.report();
        assert_eq!(report.explained_variance, [0.0, 0.0]);
        assert_eq!(report.gac_agree.len(), map.conversation().statements().len());
        assert_eq!(map.grouping().sizes().iter().sum::<usize>(), report.in_conversation);
        assert_eq!(map.layout().dots.len(), usize::from(report.votes > 0));
        assert!(report.majority.agree.is_empty());
    }
}

#[test]
fn a_page_can_draw_it() {
    let mut lines = camps(&[30, 20], 12);
    lines.push((900, 0, Vote::Agree, 0));
    let map = map_of(12, &lines);
    let layout = map.layout();
    assert_eq!(layout.dots.iter().map(|d| d.people).sum::<u32>(), 51);
    assert!(layout.dots.iter().all(|d| (0..=LAYOUT_SIDE).contains(&d.x) && (0..=LAYOUT_SIDE).contains(&d.y)));
    assert_eq!(layout.dots.iter().filter(|d| d.group.is_none()).map(|d| d.people).sum::<u32>(), 1);
    assert_eq!(layout.hulls.iter().map(|h| (h.group, h.people)).collect::<Vec<_>>(), [(0, 30), (1, 20)]);
    for hull in &layout.hulls {
        let own: BTreeSet<[i32; 2]> =
            layout.dots.iter().filter(|d| d.group == Some(hull.group)).map(|d| [d.x, d.y]).collect();
        assert!(hull.corners.iter().all(|corner| own.contains(corner)));
    }
}

#[test]
fn a_report_has_the_keys_that_are_promised() {
    let map = map_of(12, &camps(&[30, 20], 12));
    let report = serde_json::to_value(map.document(false)).unwrap();
    let with_details = serde_json::to_value(map.document(true)).unwrap();
    assert_eq!(with_details["details"]["quality"]["stability"], 1.0);
    assert_eq!(with_details["details"]["groups"][0]["representative"][0]["best_agree"], true);
    assert_eq!(with_details["groups"], report["groups"]);
    let mut keys: Vec<&str> = report.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    let promised = [
        "explained_variance",
        "gac_agree",
        "gac_disagree",
        "groups",
        "in_conversation",
        "majority",
        "participants",
        "representative",
        "statements",
        "votes",
    ];
    assert_eq!(keys, promised);
    assert_eq!(report["groups"][0], serde_json::json!({ "id": 0, "size": 30 }));
    assert_eq!(report["gac_agree"][0].as_array().unwrap().len(), 3);
    assert_eq!(report["gac_agree"][0][2], 1);
    assert!(report["representative"]["1"][0].is_u64());
}

#[test]
fn the_next_statement_is_one_that_teaches() {
    let mut lines = camps(&[20, 20], 8);
    lines.extend((0..40).map(|p| (p, 8, Vote::Pass, 0)));
    let mut with_meta = conversation(10, &lines);
    with_meta.add_statement(Statement { id: 10, moderation: Moderation::Accepted, meta: true }).unwrap();
    let map = OpinionMap::new(with_meta, Options::default(), &BTreeMap::new());
    let weights = priorities(map.conversation(), map.counts(), &map.components().extremity());
    assert!(weights[9] > weights[0], "nobody saw it yet");
    assert!(weights[8] < weights[0], "everybody passed");
    assert_eq!(weights[10], 49.0);
}

#[test]
fn given_groups_stay_given() {
    let lines = camps(&[10, 10], 10);
    let groups: BTreeMap<u64, u32> = (0..20).map(|p| (p, if p < 5 { 7 } else { 3 })).collect();
    let conversation = conversation(10, &lines);
    let grouping = Grouping::by_participant(&conversation, &groups);
    let mut map = OpinionMap::with_groups(conversation, Options::default(), grouping);
    assert_eq!((map.grouping().ids(), map.grouping().sizes()), (&[3, 7][..], vec![15, 5]));
    map.cast(0, 0, Vote::Disagree, 5).unwrap();
    map.full_pass();
    assert_eq!(map.members(), groups);
    assert_eq!(map.report().representative.keys().copied().collect::<Vec<u32>>(), [3, 7]);
    assert_eq!(Side::Agree.of(&map.counts().group(1, 0)), 4);
}

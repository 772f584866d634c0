//! Cases worked out by hand, and every threshold at its edge.

mod common;

use common::{AFTER, BEFORE, ballot, estate, question, unit, verdict};
use consent::{
    Area, Channel, Choice, CountError, Item, NoteCode, Ratio, Reason, Report, Roll, Rules, Status, count, sheet,
};

const AGREE: Option<Choice> = Some(Choice::Agree);
const AGAINST: Option<Choice> = Some(Choice::Disagree);

fn decided(parts: &[(u64, u64, Option<Choice>)], item: Item, on: &str) -> Report {
    let (units, ballots) = estate(parts);
    verdict(&units, &ballots, &question(item, on))
}

fn ratio(part: u64, of: u64) -> Ratio {
    Ratio { part, of }
}

/// 10,000.00 m² and 100 heads: those who took part and those who agree, then the two verdicts.
#[test]
fn the_worked_cases_of_the_decision_rule() {
    use Reason::{ApprovalAreaShort, ApprovalHeadsShort, ParticipationHeadsShort, Passed};
    for (case, took_part, agree, ordinary, grave) in [
        ("a", (666_700, 67), (333_400, 34), Passed, ApprovalAreaShort),
        ("b", (666_700, 66), (666_700, 66), ParticipationHeadsShort, ParticipationHeadsShort),
        ("c", (666_700, 67), (500_100, 50), Passed, ApprovalHeadsShort),
        ("d", (666_700, 67), (500_100, 51), Passed, Passed),
        ("e", (800_000, 80), (400_000, 41), ApprovalAreaShort, ApprovalAreaShort),
    ] {
        // abstained and invalid ballots are cast, and never agree: whichever they are, the verdict is the same
        for other in [Choice::Disagree, Choice::Abstain, Choice::Invalid] {
            let parts = [
                (agree.1, agree.0, AGREE),
                (took_part.1 - agree.1, took_part.0 - agree.0, Some(other)),
                (100 - took_part.1, 1_000_000 - took_part.0, None),
            ];
            for (item, reason) in [(Item::UseFund, ordinary), (Item::RaiseFund, grave)] {
                let report = decided(&parts, item, AFTER);
                assert_eq!((report.passed, report.reason), (reason == Reason::Passed, reason), "{case} {item}");
                let sums = report.sums;
                assert_eq!(sums.participation.area, ratio(took_part.0, 1_000_000));
                assert_eq!(sums.participation.heads, ratio(took_part.1, 100));
                assert_eq!(sums.approval.area, ratio(agree.0, took_part.0));
                assert_eq!(sums.approval.heads, ratio(agree.1, took_part.1));
            }
        }
    }
}

#[test]
fn before_2021_it_was_two_thirds_of_everybody_whoever_took_part() {
    for others in [None, AGAINST] {
        let report = decided(&[(70, 700_000, AGREE), (30, 300_000, others)], Item::UseFund, BEFORE);
        assert!(report.passed);
        assert_eq!((report.rule.as_str(), report.gates.len()), ("cn-2007-two-thirds", 2));
        assert_eq!(report.sums.approval.heads, ratio(70, 100));
        assert_eq!(report.sums.participation.heads.part, if others.is_some() { 100 } else { 70 });
    }
    // the same round under the law of the day after the change: 70 % took part and all of them agreed
    assert!(decided(&[(70, 700_000, AGREE), (30, 300_000, None)], Item::UseFund, "2021-01-01").passed);
    // 60 % of all is no two thirds, whoever stayed at home
    let less = [(60, 600_000, AGREE), (40, 400_000, None)];
    assert_eq!(decided(&less, Item::UseFund, "2020-12-31").reason, Reason::ApprovalAreaShort);
    assert_eq!(decided(&less, Item::UseFund, "2021-01-01").reason, Reason::ParticipationAreaShort);
    assert!(decided(&less, Item::HireFirm, "2020-12-31").passed);
}

#[test]
fn each_item_has_its_rule_in_each_period() {
    let rules = Rules::builtin("cn").unwrap();
    for (item, before, after) in [
        (Item::UseFund, "two-thirds", "majority"),
        (Item::RaiseFund, "two-thirds", "three-quarters"),
        (Item::Rebuild, "two-thirds", "three-quarters"),
        (Item::ChangeUse, "majority", "three-quarters"),
        (Item::Rules, "majority", "majority"),
        (Item::Covenant, "majority", "majority"),
        (Item::ElectCommittee, "majority", "majority"),
        (Item::HireFirm, "majority", "majority"),
        (Item::Other, "majority", "majority"),
    ] {
        for (on, name) in [
            ("2007-10-01", format!("cn-2007-{before}")),
            ("2020-12-31", format!("cn-2007-{before}")),
            ("2021-01-01", format!("cn-2021-{after}")),
            ("2026-11-23", format!("cn-2021-{after}")),
        ] {
            assert_eq!(rules.on(on.parse().unwrap()).unwrap().rule(item).unwrap().id, name, "{item} {on}");
        }
    }
    assert!(rules.on("2007-09-30".parse().unwrap()).is_none());
}

/// 120 heads with 12,000.00 m², so that every threshold falls on a whole number.
#[test]
fn every_threshold_holds_at_its_edge_and_not_one_below_on_either_basis() {
    use Reason::{ApprovalAreaShort, ApprovalHeadsShort, ParticipationAreaShort, ParticipationHeadsShort, Passed};
    let all = |agree: (u64, u64), against: (u64, u64)| {
        let silent = (120 - agree.0 - against.0, 1_200_000 - agree.1 - against.1);
        let both = [(agree.0, agree.1, AGREE), (against.0, against.1, AGAINST), (silent.0, silent.1, None)];
        both.into_iter().filter(|part| part.0 > 0).collect::<Vec<_>>()
    };
    let none = (0, 0);
    for (item, on, agree, against, reason) in [
        // two thirds take part, all of them agree
        (Item::UseFund, AFTER, (80, 800_000), none, Passed),
        (Item::UseFund, AFTER, (80, 799_999), none, ParticipationAreaShort),
        (Item::UseFund, AFTER, (79, 800_000), none, ParticipationHeadsShort),
        // more than half of them agree
        (Item::UseFund, AFTER, (41, 400_001), (39, 399_999), Passed),
        (Item::UseFund, AFTER, (41, 400_000), (39, 400_000), ApprovalAreaShort),
        (Item::UseFund, AFTER, (40, 400_001), (40, 399_999), ApprovalHeadsShort),
        // three quarters of them agree
        (Item::Rebuild, AFTER, (60, 600_000), (20, 200_000), Passed),
        (Item::Rebuild, AFTER, (60, 599_999), (20, 200_001), ApprovalAreaShort),
        (Item::Rebuild, AFTER, (59, 600_000), (21, 200_000), ApprovalHeadsShort),
        // two thirds of all agree
        (Item::RaiseFund, BEFORE, (80, 800_000), none, Passed),
        (Item::RaiseFund, BEFORE, (80, 799_999), none, ApprovalAreaShort),
        (Item::RaiseFund, BEFORE, (79, 800_000), none, ApprovalHeadsShort),
        // more than half of all agree
        (Item::Other, BEFORE, (61, 600_001), none, Passed),
        (Item::Other, BEFORE, (61, 600_000), none, ApprovalAreaShort),
        (Item::Other, BEFORE, (60, 600_001), none, ApprovalHeadsShort),
    ] {
        let report = decided(&all(agree, against), item, on);
        assert_eq!(report.reason, reason, "{item} {on} {agree:?} {against:?}");
        assert_eq!(report.passed, reason == Passed);
        // exactly what is said to be missing is missing: one head, or 0.01 m²
        let missing: Vec<u64> = report.gates.iter().map(|gate| gate.missing).collect();
        assert_eq!(missing.iter().sum::<u64>(), u64::from(!report.passed), "{missing:?}");
    }
}

#[test]
fn an_owner_of_three_flats_is_one_head_and_agrees_only_with_all_ballots_cast() {
    let flats = |last: Option<Choice>| {
        let units: Vec<_> = ["1", "2", "3", "4"]
            .iter()
            .map(|n| unit(n, "1", if *n == "4" { "乙" } else { "甲" }, 10_000, Status::Sold))
            .collect();
        let mut ballots = vec![
            ballot("1", Choice::Agree, Channel::Paper),
            ballot("2", Choice::Agree, Channel::Online),
            ballot("4", Choice::Agree, Channel::Paper),
        ];
        ballots.extend(last.map(|choice| ballot("3", choice, Channel::Paper)));
        verdict(&units, &ballots, &question(Item::UseFund, AFTER))
    };
    // a flat for which nothing was cast says nothing
    let silent = flats(None).sums;
    assert_eq!((silent.heads.all, silent.heads.took_part, silent.heads.agree), (2, 2, 2));
    assert_eq!((silent.area.took_part, silent.area.agree), (30_000, 30_000));
    for choice in [Choice::Disagree, Choice::Abstain, Choice::Invalid] {
        let torn = flats(Some(choice)).sums;
        assert_eq!((torn.heads.took_part, torn.heads.agree, torn.heads.mixed), (2, 1, 1), "{choice:?}");
        // area counts as cast
        assert_eq!((torn.area.took_part, torn.area.agree), (40_000, 30_000));
    }
}

#[test]
fn co_owners_are_one_head_in_any_order_and_another_than_each_of_them() {
    let units = [
        unit("1", "1", "甲+乙", 100, Status::Sold),
        unit("2", "1", "乙 ＋ 甲", 100, Status::Sold),
        unit("3", "1", "甲", 100, Status::Sold),
        unit("4", "1", "甲+甲", 100, Status::Sold),
        unit("5", "1", "乙+丙", 100, Status::Sold),
    ];
    assert_eq!(verdict(&units, &[], &question(Item::Other, AFTER)).sums.heads.all, 3);
}

#[test]
fn what_the_developer_has_not_handed_over_is_one_head() {
    let units = [
        unit("1", "1", "", 100, Status::Unsold),
        unit("2", "1", "某房产", 100, Status::Unsold),
        unit("3", "2", "甲", 100, Status::Undelivered),
        unit("4", "2", "甲", 100, Status::Sold),
        unit("5", "2", "某房产", 100, Status::Sold),
        unit("6", "2", " ", 100, Status::Sold),
        unit("7", "2", "+", 100, Status::Sold),
    ];
    let ballots = [ballot("2", Choice::Agree, Channel::Paper), ballot("3", Choice::Agree, Channel::Paper)];
    let report = verdict(&units, &ballots, &question(Item::Other, AFTER));
    // the developer's, 甲, the firm that bought one, two without a name
    assert_eq!((report.sums.heads.all, report.sums.heads.took_part, report.sums.heads.agree), (5, 1, 1));
    let notes: Vec<_> = report.notes.iter().map(|note| (note.code, note.unit.as_str())).collect();
    assert_eq!(
        notes,
        [(NoteCode::OwnerMissing, "6"), (NoteCode::OwnerMissing, "7"), (NoteCode::DeveloperAmongOwners, "5")]
    );
}

#[test]
fn rows_of_one_unit_are_one_ballot_and_an_invalid_one_if_they_differ() {
    let units = [unit("1", "1", "甲", 100, Status::Sold), unit("2", "1", "乙", 200, Status::Sold)];
    let cast = |choices: [Choice; 2]| {
        let ballots = [ballot("1", choices[0], Channel::Online), ballot("1", choices[1], Channel::Paper)];
        verdict(&units, &ballots, &question(Item::Other, AFTER))
    };
    let twice = cast([Choice::Agree, Choice::Agree]);
    assert_eq!((twice.sums.area.agree, twice.sums.heads.agree, twice.sums.units.agree), (100, 1, 1));
    assert_eq!((twice.ballots.counted, twice.ballots.repeated, twice.ballots.contradicting), (1, 1, 0));
    assert_eq!(twice.notes[0].code, NoteCode::Repeated);
    for choices in
        [[Choice::Agree, Choice::Disagree], [Choice::Disagree, Choice::Agree], [Choice::Agree, Choice::Invalid]]
    {
        let torn = cast(choices);
        assert_eq!((torn.sums.area.took_part, torn.sums.area.agree, torn.sums.area.invalid), (100, 0, 100));
        assert_eq!((torn.ballots.counted, torn.ballots.repeated, torn.ballots.contradicting), (1, 1, 1));
        assert_eq!(torn.notes[0].code, NoteCode::Contradicting);
    }
}

#[test]
fn ballots_that_do_not_count_are_told_and_change_nothing() {
    let units = [unit("1", "1", "甲", 100, Status::Sold), unit("2", "2", "乙", 200, Status::Sold)];
    let mut proxy = ballot("1", Choice::Agree, Channel::Proxy);
    proxy.instructed = false;
    proxy.line = 3;
    let mut ballots =
        vec![proxy, ballot("9", Choice::Agree, Channel::Paper), ballot("2", Choice::Agree, Channel::Paper)];
    let mut asked = question(Item::Other, AFTER);
    asked.buildings = Some(vec!["1".to_owned()]);
    let report = verdict(&units, &ballots, &asked);
    assert_eq!(report.sums.participation.area, ratio(0, 100));
    let counts = report.ballots;
    assert_eq!((counts.read, counts.counted, counts.out_of_scope), (3, 0, 1));
    assert_eq!((counts.not_on_roll, counts.without_instruction), (1, 1));
    let notes: Vec<_> = report.notes.iter().map(|note| (note.code, note.unit.as_str(), note.line)).collect();
    assert_eq!(notes, [(NoteCode::NotOnRoll, "9", None), (NoteCode::WithoutInstruction, "1", Some(3))]);
    // with the instruction it is the owner's ballot
    ballots[0].instructed = true;
    assert!(verdict(&units, &ballots, &asked).passed);
}

#[test]
fn in_beijing_a_ballot_cast_here_online_is_no_ballot() {
    let units = [unit("1", "1", "甲", 100, Status::Sold)];
    let beijing = Rules::builtin("cn-beijing").unwrap();
    let roll = Roll::new(units.to_vec()).unwrap();
    let asked = question(Item::Other, AFTER);
    for (channel, passed) in
        [(Channel::Online, false), (Channel::Paper, true), (Channel::Import, true), (Channel::Proxy, true)]
    {
        let report = count(&roll, &[ballot("1", Choice::Agree, channel)], &beijing, &asked).unwrap();
        assert_eq!((report.passed, report.ballots.channel_not_allowed), (passed, u64::from(!passed)), "{channel:?}");
    }
    let early = count(&roll, &[], &beijing, &question(Item::Other, "2024-03-28")).unwrap_err();
    assert_eq!(early.to_string(), "the rules `cn-beijing` say nothing about 2024-03-28: they hold from 2024-03-29");
}

#[test]
fn only_the_buildings_that_pay_are_asked() {
    // 甲 has a flat in each; in the scope of 1 only that one speaks for the head
    let units = [
        unit("1-1", "1", "甲", 100, Status::Sold),
        unit("2-1", "2", "甲", 300, Status::Sold),
        unit("10-1", "10", "乙", 500, Status::Sold),
    ];
    let ballots = [ballot("1-1", Choice::Agree, Channel::Paper), ballot("2-1", Choice::Disagree, Channel::Paper)];
    let with = |buildings: &[&str]| {
        let mut asked = question(Item::UseFund, AFTER);
        asked.buildings = Some(buildings.iter().map(|name| (*name).to_owned()).collect());
        count(&Roll::new(units.to_vec()).unwrap(), &ballots, &Rules::builtin("cn").unwrap(), &asked)
    };
    let one = with(&["１ "]).unwrap();
    assert!(one.passed);
    assert_eq!((one.sums.heads.all, one.sums.heads.agree, one.sums.area.all), (1, 1, 100));
    let both = with(&["2", "1", "1"]).unwrap();
    assert_eq!((both.sums.heads.all, both.sums.heads.agree, both.sums.heads.mixed), (1, 0, 1));
    assert_eq!(both.scope, Some(vec!["1".to_owned(), "2".to_owned()]));
    let whole = verdict(&units, &ballots, &question(Item::UseFund, AFTER));
    assert_eq!(whole.scope, None);
    let buildings: Vec<&str> = whole.buildings.iter().map(|group| group.building.as_str()).collect();
    assert_eq!(buildings, ["1", "2", "10"]);
    assert_eq!(
        with(&["1", "3号楼"]),
        Err(CountError::UnknownBuilding { building: "3号楼".to_owned(), known: "1, 2, 10".to_owned() })
    );
    assert_eq!(with(&[]), Err(CountError::EmptyScope));
}

#[test]
fn floors_stand_in_their_building_from_below() {
    let mut units = Vec::new();
    for (n, (building, floor)) in [("2", "10"), ("2", "-1"), ("1", "2"), ("2", "2"), ("2", "10")].iter().enumerate() {
        let mut one = unit(&n.to_string(), building, "甲", 100, Status::Sold);
        one.floor = (*floor).to_owned();
        units.push(one);
    }
    let report = verdict(&units, &[ballot("4", Choice::Agree, Channel::Paper)], &question(Item::Other, AFTER));
    let floors: Vec<_> =
        report.floors.iter().map(|g| (g.building.as_str(), g.floor.as_deref().unwrap(), g.sums)).collect();
    let names: Vec<_> = floors.iter().map(|(building, floor, _)| (*building, *floor)).collect();
    assert_eq!(names, [("1", "2"), ("2", "-1"), ("2", "2"), ("2", "10")]);
    let tenth = floors[3].2;
    assert_eq!((tenth.units.all, tenth.area.all, tenth.heads.all, tenth.area.agree), (2, 200, 1, 100));
}

#[test]
fn the_sheet_names_doors_and_nobody() {
    let mut units = Vec::new();
    for (number, building, floor, owner) in
        [("2-1002", "2", "10", "甲"), ("2-201", "2", "2", "甲"), ("2-1001", "2", "10", "乙"), ("1-101", "1", "1", "丙")]
    {
        let mut one = unit(number, building, owner, 8_950, Status::Sold);
        one.floor = floor.to_owned();
        units.push(one);
    }
    let ballots = [
        ballot("2-1001", Choice::Agree, Channel::Paper),
        ballot("2-1002", Choice::Agree, Channel::Paper),
        ballot("2-1002", Choice::Disagree, Channel::Online),
        ballot("9", Choice::Agree, Channel::Paper),
    ];
    let roll = Roll::new(units).unwrap();
    let rules = Rules::builtin("cn").unwrap();
    let mut asked = question(Item::UseFund, AFTER);
    let posted = sheet(&roll, &ballots, &rules, &asked).unwrap();
    let mut lines = Vec::new();
    for building in &posted.buildings {
        for floor in &building.floors {
            for unit in &floor.units {
                lines.push((building.building.as_str(), floor.floor.as_str(), unit.unit.as_str(), unit.choice));
            }
        }
    }
    assert_eq!(
        lines,
        [
            ("1", "1", "1-101", None),
            ("2", "2", "2-201", None),
            ("2", "10", "2-1001", AGREE),
            ("2", "10", "2-1002", Some(Choice::Invalid)),
        ]
    );
    let json = serde_json::to_string(&posted).unwrap();
    assert!(["甲", "乙", "丙"].iter().all(|owner| !json.contains(owner)), "{json}");
    assert!(json.contains(r#"{"unit":"1-101","area":8950,"choice":null}"#), "{json}");
    // only who is asked is posted
    asked.buildings = Some(vec!["2".to_owned()]);
    assert_eq!(sheet(&roll, &ballots, &rules, &asked).unwrap().buildings[..], posted.buildings[1..]);
}

#[test]
fn without_a_ballot_nothing_passes() {
    for on in [BEFORE, AFTER] {
        for item in Item::ALL {
            let report = decided(&[(3, 300, None)], item, on);
            assert!(!report.passed, "{item} {on}");
        }
    }
}

#[test]
fn the_report_as_json_has_the_promised_members() {
    let (units, ballots) = estate(&[(66, 666_700, AGREE), (34, 333_300, None)]);
    let report = verdict(&units, &ballots, &question(Item::RaiseFund, AFTER));
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["passed"], false);
    assert_eq!(json["participation"], serde_json::json!({ "area": [666_700, 1_000_000], "heads": [66, 100] }));
    assert_eq!(json["approval"], serde_json::json!({ "area": [666_700, 666_700], "heads": [66, 66] }));
    assert_eq!(
        (json["rule"].as_str(), json["reason"].as_str()),
        (Some("cn-2021-three-quarters"), Some("participation-heads-short"))
    );
    assert!(json["source"].as_str().unwrap().contains("第二百七十八条"));
    assert_eq!(json["sentence"], "66 heads of 100 heads took part; >= 2/3 is needed, 1 head more.");
    assert_eq!(json["gates"][1]["needs"], ">= 2/3");
    assert_eq!(json["buildings"][0]["heads"]["took_part"], 66);
    assert_eq!(Area(666_700).to_string(), "6667.00");
}

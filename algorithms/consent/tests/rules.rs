//! Rules as files.

mod common;

use common::{ballot, question, unit};
use consent::rules::{Committee, Procedure, VoteDays};
use consent::{Channel, Choice, Item, Roll, Rules, Status, count};

const HEAD: &str = "format = 1\nname = \"t\"\n";

fn period(from: &str, id: &str) -> String {
    format!(
        "[[period]]\nfrom = \"{from}\"\nsource = \"s\"\n[[period.rule]]\nid = \"{id}\"\nsource = \"s\"\n\
         items = [\"rules\", \"covenant\", \"elect-committee\", \"hire-firm\", \"use-fund\", \"raise-fund\", \"rebuild\", \
         \"change-use\", \"other\"]\napproval = {{ of = \"all\", area = \"> 1/2\", heads = \">= 1/1\" }}\n"
    )
}

#[test]
fn the_sets_that_come_along_hold() {
    let names: Vec<&str> = Rules::builtin_names().collect();
    assert_eq!(names, ["cn", "cn-beijing", "cn-hangzhou"]);
    for name in names {
        let rules = Rules::builtin(name).unwrap();
        assert_eq!(rules.name, name);
        for period in &rules.periods {
            assert!(period.source.contains("法"));
            assert!(Item::ALL.iter().all(|item| period.rule(*item).unwrap().source.contains('条')));
        }
        // in force without an end
        assert_eq!(rules.periods.last().unwrap().until, None);
    }
    assert_eq!(Rules::builtin("mars"), None);
}

#[test]
fn a_wrong_set_is_told_with_what_to_do() {
    let good = format!("{HEAD}{}", period("2021-01-01", "a"));
    assert!(Rules::parse(&good).is_ok());
    let two =
        |until: &str| format!("{good}{}", period("2023-01-01", "b")).replacen("source", &format!("{until}source"), 1);
    assert!(Rules::parse(&two("until = \"2022-12-31\"\n")).is_ok());
    for (text, said) in [
        (good.replace("format = 1", "format = 2"), "the rules have format 2"),
        (format!("{good}surprise = 1"), "line 11: unknown field `surprise`"),
        (good.replace("> 1/2", "0.5"), "line 10: `0.5` is no threshold"),
        (good.replace("2021-01-01", "2021-02-30"), "line 4: `2021-02-30` is no day"),
        (good.replace("\"other\"", "\"others\""), "line 9: unknown variant `others`"),
        (good.replace(", \"other\"", ""), "the period from 2021-01-01 has no rule for `other`"),
        (good.replace("\"covenant\"", "\"rules\""), "the period from 2021-01-01 has two rules for `rules`"),
        (two(""), "the period from 2023-01-01 begins before the one above it has ended"),
        (two("until = \"2023-01-01\"\n"), "the period from 2023-01-01 begins before the one above it has ended"),
        (two("until = \"2020-12-31\"\n"), "the period from 2021-01-01 ends before it begins"),
        (two("until = \"2022-12-31\"\n").replace("\"b\"", "\"a\""), "two rules are called `a`"),
        (
            good.replace("source = \"s\"\n[[", "source = \"s\"\nchannels = []\n[["),
            "the period from 2021-01-01: `channels` is empty",
        ),
        (
            good.replace("source = \"s\"\n[[", "source = \"s\"\ntakes_part = [\"agree\"]\n[["),
            "the period from 2021-01-01: `takes_part` must",
        ),
        (good.replace("\"t\"", "\" \""), "`name` is empty"),
        (format!("{HEAD}period = []"), "the rules need 1 to 64 periods"),
        (format!("{good}#{}", "x".repeat(70_000)), "the rules are longer than 65536 bytes"),
    ] {
        let error = Rules::parse(&text).map(|_| ()).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}\nis not\n{said}");
        assert!(!error.contains('\n'));
    }
}

/// A place may say that invalid ballots are no taking part, and that what is sold but not handed over is the buyer's.
#[test]
fn a_place_may_count_otherwise() {
    let roll = Roll::new(vec![
        unit("1", "1", "甲", 100, Status::Sold),
        unit("2", "1", "甲", 100, Status::Sold),
        unit("3", "1", "乙", 100, Status::Undelivered),
        unit("4", "1", "", 100, Status::Unsold),
        unit("5", "1", "丙", 100, Status::Sold),
    ])
    .unwrap();
    let ballots = [("1", Choice::Agree), ("2", Choice::Invalid), ("3", Choice::Agree), ("5", Choice::Invalid)]
        .map(|(unit, choice)| ballot(unit, choice, Channel::Paper));
    let plain = format!("{HEAD}{}", period("2021-01-01", "a"));
    let local = plain.replace(
        "source = \"s\"\n[[",
        "source = \"s\"\ntakes_part = [\"agree\", \"disagree\"]\ndeveloper = [\"unsold\"]\n[[",
    );
    let asked = question(Item::Other, "2024-01-01");
    let sums = |text: &str| count(&roll, &ballots, &Rules::parse(text).unwrap(), &asked).unwrap().sums;
    let (usual, other) = (sums(&plain), sums(&local));
    assert_eq!((usual.heads.all, usual.heads.took_part, usual.heads.agree, usual.heads.mixed), (3, 3, 1, 1));
    assert_eq!((other.heads.all, other.heads.took_part, other.heads.agree, other.heads.mixed), (4, 2, 2, 0));
    assert_eq!((usual.area.took_part, usual.area.invalid), (400, 200));
    assert_eq!((other.area.took_part, other.area.invalid, other.heads.invalid), (200, 200, 1));
}

/// What the laws say of notice, voting days, posting and the residents' committee, on the days on which they begin.
#[test]
fn each_set_says_how_a_vote_is_called_on_a_day() {
    let vote = Some(VoteDays { least: 5, most: 60 });
    for (set, on, want) in [
        ("cn", "2007-09-30", None),
        ("cn", "2007-10-01", Some((15, 15, None, None, Committee::Told))),
        ("cn", "2026-11-23", Some((15, 15, None, None, Committee::Told))),
        ("cn-beijing", "2020-04-30", None),
        ("cn-beijing", "2020-05-01", Some((15, 15, Some(3), None, Committee::SendsDelegate))),
        ("cn-hangzhou", "2022-02-28", None),
        ("cn-hangzhou", "2022-03-01", Some((15, 7, None, vote, Committee::Told))),
    ] {
        let all = Procedure::builtin(set).unwrap();
        let found = Procedure::on(&all, on.parse().unwrap());
        let told = found.map(|one| {
            assert!(one.source.contains('条') && one.until.is_none());
            (one.notice(false), one.notice(true), one.posted_within, one.vote_days, one.committee.unwrap())
        });
        assert_eq!(told, want, "{set} {on}");
    }
    assert_eq!(Procedure::builtin("mars"), None);
    // a file without one is a file of rules all the same
    assert_eq!(Procedure::parse(&format!("{HEAD}{}", period("2021-01-01", "a"))), Ok(Vec::new()));
}

#[test]
fn a_wrong_procedure_is_told_with_what_to_do() {
    let good = format!(
        "{HEAD}{}[[procedure]]\nfrom = \"2021-01-01\"\nsource = \"s\"\nnotice_days = 7\nposted_within = 1\n\
         vote_days = {{ least = 5, most = 60 }}\ncommittee = \"told\"\n",
        period("2021-01-01", "a")
    );
    assert_eq!(Procedure::parse(&good).unwrap().len(), 1);
    let twice = format!("{good}[[procedure]]\nfrom = \"2022-01-01\"\nsource = \"s\"\nnotice_days = 15\n");
    let most =
        format!("{good}{}", "[[procedure]]\nfrom = \"2022-01-01\"\nsource = \"s\"\nnotice_days = 15\n".repeat(64));
    for (text, said) in [
        (
            good.replace("notice_days = 7", "notice_days = 6"),
            "the procedure from 2021-01-01: a notice hangs for 7 to 60",
        ),
        (
            good.replace("notice_days = 7", "notice_days = 61"),
            "the procedure from 2021-01-01: a notice hangs for 7 to 60",
        ),
        (good.replace("posted_within = 1", "posted_within = 0"), "the procedure from 2021-01-01: `posted_within`"),
        (good.replace("most = 60", "most = 4"), "the procedure from 2021-01-01: `posted_within`"),
        (good.replace("\"told\"", "\"asked\""), "line 17: unknown variant `asked`"),
        (twice, "the period from 2022-01-01 begins before the one above it has ended"),
        (most, "the rules need 1 to 64 periods"),
    ] {
        let error = Procedure::parse(&text).map(|_| ()).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}\nis not\n{said}");
        assert_eq!(Rules::parse(&text).map(|_| ()).unwrap_err().to_string(), error, "the whole file is refused");
    }
}

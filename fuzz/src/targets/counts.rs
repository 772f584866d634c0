//! Files of votes, scores, rolls, panels and conversations.

use halls::conversation::Votes;
use opinion::export::Source;
use tally::pabulib::{Pabulib, read_election};

use super::{BETWEEN, parts, text};
use crate::Target;

pub const TARGETS: &[Target] = &[
    Target::new(
        "pabulib",
        "elections (.pb): written and read again; the two readers agree; greedy keeps to the budget",
        pabulib,
    )
    .memory(1 << 20, 512)
    .words(&[
        "META",
        "PROJECTS",
        "VOTES",
        "num_votes",
        "budget",
        "vote_type",
        "approval",
        "choose-1",
        "ordinal",
        "cumulative",
        "scoring",
        "points",
        ";",
        "\"",
        "\r\n",
        "none",
        "\u{feff}",
        "1,2",
        "0.01",
        "999999999999999",
    ]),
    Target::new("panel-scores", "score sheets (CSV), and every method's report of them", panel_scores)
        .memory(1 << 20, 2_048)
        .words(&["project", "reviewer", "criterion", "score", "weight", "conflict", ",", "\"", "\n", "100", "1000"]),
    Target::new(
        "owners-roll",
        "rolls and ballots of owners (CSV), and the count and sheet of what fits together",
        owners_roll,
    )
    .memory(4 << 20, 1_024)
    .words(&[
        "unit,building,floor,owner,area,status",
        "unit,choice,channel",
        "房号",
        "面积",
        "agree",
        "同意",
        "import",
        "unsold",
        "\"",
        ",",
        "\u{feff}",
        "100000000.00",
        BETWEEN,
    ]),
    Target::new("owners-rules", "dated rules of consent (TOML); read again after JSON", owners_rules)
        .memory(4 << 20, 1_024)
        .longest(16 << 10)
        .slow(8)
        .made(|| vec![include_bytes!("../../../algorithms/consent/rules/cn.toml").to_vec()])
        .words(&[
            "format = 1",
            "[[period]]",
            "[[period.rule]]",
            "from = ",
            ">= 2/3",
            "> 1/2",
            "\"\"\"",
            "[",
            "]",
            "=",
            "\n",
        ]),
    Target::new("polis-export", "conversations of Polis: matrix or lines of votes; maps of them", polis_export)
        .memory(8 << 20, 2_048)
        .slow(2)
        .words(&[
            "participant",
            "group-id",
            "n-votes",
            "voter-id",
            "comment-id",
            "timestamp",
            "vote",
            "moderated",
            "-1",
            "18446744073709551615",
            "\"",
            ",",
            "\n",
            BETWEEN,
        ]),
    Target::new(
        "lot-tables",
        "quotas and people of a lot (CSV): what is read makes a problem or says why not",
        lot_tables,
    )
    .memory(2 << 20, 1_024)
    .words(&[
        "category,feature,min,max",
        "value",
        "min_flex",
        "max_flex",
        "id",
        ";",
        "\t",
        "\"",
        "1000000",
        BETWEEN,
    ]),
    Target::new(
        "lot-list",
        "numbered lists of panels: what is read is written byte for byte; the draw is repeatable",
        lot_list,
    )
    .memory(4 << 20, 256)
    .words(&["sortition-list 1", "\t", "\n", "10000000", "1"])
    .made(made_list),
    Target::new("rules-by-name", "names of rules, methods, seeds; both ways", rules_by_name).words(&[
        "mes_add1u:cost:cost",
        "greedy:card",
        "phragmen",
        "mes_net",
        "zscore",
        "mean-rank",
        "leximin",
        "nash",
    ]),
];

fn pabulib(input: &[u8]) {
    let whole = Pabulib::read(input);
    let counted = read_election(input);
    assert_eq!(whole.is_ok(), counted.is_ok(), "one reader takes what the other refuses");
    let (Ok(file), Ok((header, election))) = (whole, counted) else { return };
    assert_eq!((&file.header, &file.election().expect("it was counted")), (&header, &election));
    if let Ok(written) = file.write(Vec::new()) {
        let again = Pabulib::read(&written[..]).expect("what was written is read");
        assert!(again == file, "written and read again it is another file");
    }
    let rule: tally::Rule = "greedy:cost".parse().expect("a rule");
    if rule.counts(election.kind()) {
        let outcome = tally::count(&election, rule, &tally::CountOptions::default()).expect("greedy counts");
        assert!(outcome.total_cost <= election.budget());
    }
}

fn panel_scores(input: &[u8]) {
    use tally::panel::{Method, Settings, file, report};
    let Ok(scores) = file::read(input) else { return };
    for method in [Method::Raw, Method::ZSCORE, Method::MeanRank, Method::Borda] {
        let _ = report(&scores, &Settings { method, most: Some(100), ..Settings::default() });
    }
}

fn owners_roll(input: &[u8]) {
    let [roll, ballots] = parts::<2>(input);
    let (read, checked) = (consent::read_roll(roll), consent::check_roll(roll));
    let whole = checked.as_ref().is_ok_and(|checked| checked.faults.is_empty() && !checked.units.is_empty());
    assert_eq!(read.is_ok(), whole, "one reader takes what the other refuses: {:?} {checked:?}", read.err());
    let (Ok(roll), Ok(ballots)) = (read, consent::read_ballots(ballots)) else { return };
    let rules = consent::Rules::builtin("cn").expect("a set of rules");
    let on = consent::Day::new(2026, 11, 22).expect("a day");
    for item in consent::Item::ALL {
        let question = consent::Question { item, on, buildings: None };
        let counted = consent::count(&roll, &ballots, &rules, &question);
        let sheet = consent::sheet(&roll, &ballots, &rules, &question);
        assert_eq!(counted.is_ok(), sheet.is_ok());
    }
}

fn owners_rules(input: &[u8]) {
    let _ = consent::rules::Procedure::parse(&text(input));
    if let Ok(rules) = consent::Rules::parse(&text(input)) {
        let json = serde_json::to_string(&rules).expect("rules can be written");
        assert_eq!(serde_json::from_str::<consent::Rules>(&json).ok(), Some(rules));
    }
}

fn polis_export(input: &[u8]) {
    let [kind, comments, votes] = parts::<3>(input);
    let source = || if kind == b"lines" { Source::Lines(votes) } else { Source::Matrix(votes) };
    if let Some(row) = std::str::from_utf8(kind).ok().and_then(Votes::parse) {
        assert_eq!(Votes::parse(&row.print()), Some(row));
    }
    if let Ok(held) = halls::conversation::import::read(comments, source()) {
        for (_, row) in &held.people {
            assert_eq!(Votes::parse(&row.print()).as_ref(), Some(row));
        }
    }
    if let Ok(export) = opinion::export::read(comments, source()) {
        let conversation = export.conversation;
        if conversation.participants().len() <= 60 && conversation.statements().len() <= 60 {
            let _ = opinion::OpinionMap::new(conversation, opinion::Options::default(), &export.groups);
        }
    }
}

fn lot_tables(input: &[u8]) {
    let [quotas, people] = parts::<2>(input);
    let Ok(quotas) = sortition::read_quotas(quotas) else { return };
    let columns = sortition::PeopleColumns::default();
    if let Ok(pool) = sortition::read_people(people, &quotas, &columns) {
        for size in [1, 2, 20] {
            let _ = sortition::Problem::new(pool.clone(), quotas.clone(), size);
        }
    }
}

fn made_list() -> Vec<Vec<u8>> {
    vec![b"sortition-list 1\t2\t2\n1\ta\tb\n2\tb\tc\n".to_vec()]
}

fn lot_list(input: &[u8]) {
    let Ok(list) = sortition::PanelList::read(input) else { return };
    assert_eq!(list.text().as_bytes(), input);
    let seed = sortition::Seed::new("20261122").expect("a seed");
    let drawn = sortition::draw(&list, &seed);
    assert!(drawn == sortition::draw(&list, &seed) && drawn.holds(&list));
}

fn rules_by_name(input: &[u8]) {
    let text = text(input);
    if let Ok(rule) = text.parse::<tally::Rule>() {
        assert_eq!(rule.to_string().parse::<tally::Rule>().ok(), Some(rule));
    }
    if let Ok(method) = text.parse::<tally::panel::Method>() {
        assert_eq!(method.to_string(), text);
    }
    if let Ok(rule) = text.parse::<sortition::Rule>() {
        assert_eq!(rule.to_string(), text);
    }
    if let Ok(item) = text.parse::<consent::Item>() {
        assert_eq!(item.name(), text);
    }
    if let Ok(seed) = sortition::Seed::new(&text) {
        assert_eq!(seed.as_str(), text);
    }
}

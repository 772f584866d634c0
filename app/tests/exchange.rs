//! Elections in and out: the winners of an import are those of `linli tally`, an export holds the same ballots.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod support;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use db::Address;
use serde_json::Value;
use support::{linli, stderr, stdout, text};
use testkit::{Folder, FreshPostgres, real_data};

const RULES: [&str; 3] = ["greedy:cost", "mes:cost", "mes_add1u:cost:cost"];

/// The ballots of a file as a multiset of sets of project ids.
fn ballots(path: &Path) -> BTreeMap<Vec<String>, usize> {
    let file = tally::pabulib::Pabulib::read(fs::File::open(path).unwrap()).unwrap();
    let mut counted = BTreeMap::new();
    for ballot in file.ballots() {
        let mut ids: Vec<String> =
            ballot.choices().iter().map(|p| file.header.projects[*p as usize].id.clone()).collect();
        ids.sort();
        *counted.entry(ids).or_default() += 1;
    }
    counted
}

fn winners(path: &Path, rule: &str) -> (Value, Value) {
    let answer = linli(&["tally", text(path), "--rule", rule, "--json"]);
    let document: Value = serde_json::from_slice(&answer.stdout).unwrap_or_else(|e| panic!("{e}: {}", stderr(&answer)));
    (document["winners"].clone(), document["total_cost"].clone())
}

/// The winners of the verdict in the log, as references.
fn verdict(export: &Path) -> (Value, u64) {
    let (mut references, mut verdict) = (BTreeMap::new(), Value::Null);
    ledger::verify::verify_dir_with(export, None, |_, leaf| {
        let leaf: Value = serde_json::from_slice(leaf).unwrap();
        let public = &leaf["public"];
        match leaf["kind"].as_str().unwrap() {
            "project.added" => drop(references.insert(public["number"].as_u64(), public["reference"].clone())),
            "verdict.published" => verdict = public.clone(),
            _ => {}
        }
    })
    .unwrap();
    let numbers = verdict["winners"].as_array().unwrap();
    let winners = numbers.iter().map(|n| references[&n.as_u64()].clone()).collect();
    (winners, verdict["ballots"].as_u64().unwrap())
}

/// Imports, compares with `linli tally`, exports both ways, verifies.
fn there_and_back(file: &Path, rule: &str, database: Option<&str>) {
    let folder = Folder::new();
    let data = folder.path().join("data");
    let mut home = vec!["--data", text(&data)];
    home.extend(database.iter().flat_map(|address| ["--database", address]));
    let run = |args: &[&str]| {
        let answer = linli(&[args, &home].concat());
        assert!(answer.status.success(), "{args:?}: {}", stderr(&answer));
        stdout(&answer)
    };
    let printed = run(&["import", "pabulib", text(file), "--rule", rule]);
    let season = printed.lines().next().unwrap().trim_start_matches("season ").to_owned();
    let again = run(&["import", "pabulib", text(file), "--rule", rule]);
    assert_eq!(again, printed, "a second import changes nothing");

    let log = folder.path().join("log");
    run(&["export", "--out", text(&log)]);
    let expected = winners(file, rule);
    let (found, counted) = verdict(&log);
    assert_eq!(found, expected.0, "{} by {rule}", file.display());
    let verified = linli(&["verify", text(&log)]);
    assert!(verified.status.success(), "{}", stdout(&verified));

    let back = folder.path().join("back.pb");
    run(&["export", "pabulib", &season, text(&back)]);
    let (before, after) = (ballots(file), ballots(&back));
    assert_eq!(before, after);
    assert_eq!(counted, before.values().sum::<usize>() as u64);
    assert_eq!(winners(&back, rule), expected);
}

/// An invented election with ties, an empty ballot, decimals and quoted names.
fn invented(folder: &Folder) -> PathBuf {
    let mut text = String::from(
        "META\nkey;value\ndescription;Invented\ncountry;Nowhere\nunit;Here\ninstance;1\nnum_projects;5\nnum_votes;60\n\
         budget;1000.50\nvote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\ncurrency;CNY\nPROJECTS\n\
         project_id;cost;name\n10;250.25;\"Lamp; the \"\"old\"\" one\"\n9;250.25;Bench\n8;400;Tree\n7;99.99;Paint\n6;700;Roof\nVOTES\nvoter_id;vote\n",
    );
    for voter in 0..60 {
        let vote = ["10,9", "9,8", "7", "", "6,10", "8,7,6"][voter % 6];
        text.push_str(&format!("{voter};{vote}\n"));
    }
    let path = folder.path().join("invented.pb");
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn an_invented_election_goes_there_and_back_on_both_engines() {
    let folder = Folder::new();
    let file = invented(&folder);
    for rule in RULES {
        there_and_back(&file, rule, None);
        if let Some(fresh) = FreshPostgres::new() {
            let Address::Postgres(address) = &fresh.address else { panic!("not a server") };
            there_and_back(&file, rule, Some(address));
        }
    }
}

#[test]
fn real_elections_go_there_and_back() {
    let Some(folder) = real_data("tally") else { return };
    for (file, rule) in [
        ("Netherlands_Assen_2024.pb", "mes_add1u:cost:cost"),
        ("Canada_Stanford_Dataset_PB_Dieppe_2018_vote_approvals.pb", "mes:cost"),
        ("Switzerland_Zurich_S5.pb", "greedy:cost"),
        ("Poland_Swiecie_2023.pb", "mes_add1u:cost:cost"),
    ] {
        there_and_back(&folder.join(file), rule, None);
    }
}

#[test]
fn an_import_that_was_interrupted_goes_on() {
    let folder = Folder::new();
    let file = folder.path().join("many.pb");
    let mut text_of = String::from(
        "META\nkey;value\ndescription;Many\ncountry;Nowhere\nunit;Here\ninstance;1\nnum_projects;2\nnum_votes;20000\n\
         budget;100\nvote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\nPROJECTS\n\
         project_id;cost\na;60\nb;50\nVOTES\nvoter_id;vote\n",
    );
    (0..20_000).for_each(|voter| text_of.push_str(&format!("{voter};{}\n", if voter % 3 == 0 { "a" } else { "b" })));
    fs::write(&file, text_of).unwrap();
    let data = folder.path().join("data");
    let args = ["import", "pabulib", text(&file), "--rule", "greedy:cost", "--data", text(&data)];
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_linli"));
    let mut child =
        command.args(args).stderr(std::process::Stdio::null()).stdout(std::process::Stdio::null()).spawn().unwrap();
    // until some ballots are in, and far fewer than all
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let done = || -> i64 {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let open = rusqlite::Connection::open_with_flags(data.join("linli.db"), flags);
        open.and_then(|raw| raw.query_row("SELECT done FROM imports", [], |row| row.get(0))).unwrap_or(0)
    };
    while done() < 500 && std::time::Instant::now() < deadline {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let stopped_at = done();
    assert!((500..20_000).contains(&stopped_at), "stopped at {stopped_at}");
    let answer = linli(&args);
    assert!(answer.status.success(), "{}", stderr(&answer));
    assert!(stdout(&answer).contains("20000 ballots, 1 of 2 projects funded"), "{}", stdout(&answer));
}

#[test]
fn a_changed_byte_of_an_export_is_found() {
    let folder = Folder::new();
    let (file, data, log) = (invented(&folder), folder.path().join("data"), folder.path().join("log"));
    assert!(linli(&["import", "pabulib", text(&file), "--rule", "mes:cost", "--data", text(&data)]).status.success());
    assert!(linli(&["export", "--out", text(&log), "--data", text(&data)]).status.success());
    let bundle = log.join("tile/entries/000.p");
    let bundle = fs::read_dir(bundle).unwrap().next().unwrap().unwrap().path();
    let good = fs::read(&bundle).unwrap();
    for at in (0..good.len()).step_by(good.len() / 12) {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&bundle, &bad).unwrap();
        let answer = linli(&["verify", text(&log)]);
        assert_eq!(answer.status.code(), Some(1), "byte {at}");
        assert!(stdout(&answer).contains("entry"), "byte {at}: {}", stdout(&answer));
    }
    fs::write(&bundle, &good).unwrap();
    let other = Folder::new();
    let key = other.path().join("key");
    fs::write(&key, stdout(&linli(&["key", "--data", text(&other.path().join("data"))]))).unwrap();
    assert_eq!(linli(&["verify", text(&log), "--key", text(&key)]).status.code(), Some(1), "another log's key");
    assert!(linli(&["verify", text(&log)]).status.success());
}

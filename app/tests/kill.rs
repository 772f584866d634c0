//! `kill -9` during a burst of ballots: nothing acknowledged is lost, nothing is doubled, the log verifies.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use db::Address;
use kernel::Chance;
use serde_json::{Value, json};
use support::{Client, Server, linli, stdout, text};
use testkit::{Folder, FreshPostgres};

const KILLS: usize = 20;
const CLIENTS: usize = 6;
const VOTERS: usize = 12_000;

#[test]
fn killed_twenty_times_on_sqlite() {
    let folder = Folder::new();
    burst(folder.path(), None);
}

#[test]
fn killed_twenty_times_on_postgresql() {
    let Some(fresh) = FreshPostgres::new() else { return };
    let Address::Postgres(address) = &fresh.address else { panic!("not a server") };
    burst(Folder::new().path(), Some(address));
}

/// What the voters know at the end.
#[derive(Default)]
struct Known {
    /// Ballot id and choice of each acknowledged ballot.
    acknowledged: BTreeMap<String, u64>,
    /// Voters who sent a ballot and heard nothing: it may be there or not.
    in_doubt: BTreeSet<usize>,
}

fn burst(data: &Path, database: Option<&str>) {
    let mut server = Server::start(data, database);
    let season = open_season(&server.address);
    let known = Arc::new(Mutex::new(Known::default()));
    let next = Arc::new(AtomicUsize::new(0));
    let mut chance = Chance::seeded(9);
    let mut kills = 0;
    while kills < KILLS {
        let stop = Arc::new(AtomicBool::new(false));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let (address, season) = (server.address.clone(), season.clone());
                let (known, next, stop) = (known.clone(), next.clone(), stop.clone());
                std::thread::spawn(move || vote(&address, &season, &known, &next, &stop))
            })
            .collect();
        std::thread::sleep(Duration::from_millis(60 + chance.below(200)));
        // on a machine with much else to do: a burst in which nothing was acknowledged shows nothing
        for _ in 0..2_000 {
            if known.lock().unwrap().acknowledged.len() > kills {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        server.kill();
        kills += 1;
        stop.store(true, SeqCst);
        clients.into_iter().for_each(|client| client.join().unwrap());
        server = Server::start(data, database);
    }
    check(&mut Client::connect(&server.address).unwrap(), &season, &known.lock().unwrap());
    server.stop();
    check_log(data, database, &known.lock().unwrap());
}

fn open_season(address: &str) -> String {
    let mut client = Client::connect(address).unwrap();
    let place = client.expect(201, "POST", "/api/v1/places", &json!({ "level": "subdistrict", "name": "试验街道" }));
    let season = json!({
        "place": place["id"], "name": "压力", "budget": 10_000, "currency": "CNY", "rule": "greedy:cost", "max_choices": 1,
    });
    let season = client.expect(201, "POST", "/api/v1/seasons", &season)["id"].as_str().unwrap().to_owned();
    let projects: Vec<Value> =
        (1..=5).map(|n| json!({ "reference": format!("{n}"), "name": format!("项目 {n}"), "cost": 2_000 })).collect();
    client.expect(201, "POST", &format!("/api/v1/seasons/{season}/projects"), &json!(projects));
    client.expect(204, "POST", &format!("/api/v1/seasons/{season}/open-vote"), &Value::Null);
    for chunk in (0..VOTERS).collect::<Vec<_>>().chunks(500) {
        let voters: Vec<Value> = chunk.iter().map(|n| json!({ "code": code(*n) })).collect();
        client.expect(200, "POST", &format!("/api/v1/seasons/{season}/roll"), &json!({ "voters": voters }));
    }
    season
}

fn code(voter: usize) -> String {
    format!("voter-{voter:06}")
}

/// Votes as fast as the server answers, until it is gone.
fn vote(address: &str, season: &str, known: &Mutex<Known>, next: &AtomicUsize, stop: &AtomicBool) {
    let Some(mut client) = Client::connect(address) else { return };
    while !stop.load(SeqCst) {
        let voter = next.fetch_add(1, SeqCst);
        assert!(voter < VOTERS, "the roll is too short for this machine");
        let choice = voter as u64 % 5 + 1;
        let body = json!({ "code": code(voter), "choices": [choice] }).to_string();
        match client.send("POST", &format!("/api/v1/seasons/{season}/ballots"), Some(&body)) {
            Some((201, answer)) => {
                let answer: Value = serde_json::from_str(&answer).unwrap();
                let ballot = answer["ballot"].as_str().unwrap().to_owned();
                assert!(known.lock().unwrap().acknowledged.insert(ballot, choice).is_none());
            }
            Some((status, answer)) => panic!("{status}: {answer}"),
            None => {
                known.lock().unwrap().in_doubt.insert(voter);
                return;
            }
        }
    }
}

/// Voters in doubt ask again: they are told that they voted, or their ballot is taken now. Then all is counted.
fn check(client: &mut Client, season: &str, known: &Known) {
    assert!(known.acknowledged.len() >= KILLS, "only {} ballots in {KILLS} bursts", known.acknowledged.len());
    client.expect(204, "POST", &format!("/api/v1/seasons/{season}/close-vote"), &Value::Null);
    let result = client.expect(201, "POST", &format!("/api/v1/seasons/{season}/result"), &Value::Null);
    let counted = result["ballots"].as_u64().unwrap() as usize;
    let (least, most) = (known.acknowledged.len(), known.acknowledged.len() + known.in_doubt.len());
    assert!((least..=most).contains(&counted), "{counted} counted, {least} acknowledged, {most} sent");
    eprintln!("{KILLS} kills: {least} ballots acknowledged, {} in doubt, {counted} counted", known.in_doubt.len());
}

/// Every acknowledged ballot stands in the verified log once, with the choice that was sent.
fn check_log(data: &Path, database: Option<&str>, known: &Known) {
    let out = data.join("export");
    let mut args = vec!["export", "--out", text(&out), "--data", text(data)];
    args.extend(database.iter().flat_map(|address| ["--database", address]));
    assert!(linli(&args).status.success());
    let verified = linli(&["verify", text(&out)]);
    assert!(verified.status.success(), "{}", stdout(&verified));
    let mut logged: BTreeMap<String, u64> = BTreeMap::new();
    ledger::verify::verify_dir_with(&out, None, |_, leaf| {
        let leaf: Value = serde_json::from_slice(leaf).unwrap();
        if leaf["kind"] == "ballot.cast" {
            let choice = leaf["public"]["choices"][0].as_u64().unwrap();
            assert!(logged.insert(leaf["id"].as_str().unwrap().to_owned(), choice).is_none(), "a ballot twice");
        }
    })
    .unwrap();
    for (ballot, choice) in &known.acknowledged {
        assert_eq!(logged.get(ballot), Some(choice), "ballot {ballot}");
    }
}

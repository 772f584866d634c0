//! What whoever types a command sees.

mod support;

use std::{fs, net::TcpListener};

use support::{Client, Server, linli, stderr, stdout, text};
use testkit::Folder;

const ELECTION: &str = "META\nkey;value\ndescription;Lamps\ncountry;Nowhere\nunit;Here\ninstance;1\nnum_projects;3\n\
    num_votes;4\nbudget;100\nvote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\nPROJECTS\n\
    project_id;cost;name\nb;60;Bench\na;50;Lamp\nc;40;Tree\nVOTES\nvoter_id;vote\n1;a,b\n2;a\n3;b,c\n4;b\n";

#[test]
fn the_demonstration_loads_once_and_is_reused() {
    let folder = Folder::new();
    let data = folder.path().join("data");
    let load = || linli(&["demo", "--data", text(&data), "--load-only"]);
    let first = load();
    assert!(first.status.success(), "{}", stderr(&first));
    assert!(stdout(&first).contains("loaded in"), "{}", stdout(&first));
    let again = load();
    assert!(stdout(&again).contains("is there already"), "{}", stdout(&again));

    let unsure = linli(&["demo", "--data", text(&data), "--load-only", "--fresh"]);
    assert!(!unsure.status.success());
    assert!(stderr(&unsure).contains("--yes"), "{}", stderr(&unsure));
    let serve = linli(&["serve", "--data", text(&data)]);
    assert!(stderr(&serve).contains("holds a demonstration"), "{}", stderr(&serve));

    let listed = linli(&["figures", "--list", "--data", text(&data)]);
    assert!(stdout(&listed).contains("beiyuan-2024\t2024 星选计划"), "{}", stdout(&listed));
    let figures = linli(&["figures", "--season", "beiyuan-2024", "--json", "--data", text(&data)]);
    let figures: serde_json::Value = serde_json::from_slice(&figures.stdout).unwrap();
    let ideas = figures.as_array().unwrap().iter().find(|figure| figure["key"] == "ideas").unwrap();
    assert_eq!((ideas["value"].as_u64(), ideas["records"]["count"].as_u64()), (Some(50), Some(50)));
    assert_eq!((&ideas["estimated"], &ideas["more_than"]), (&false.into(), &false.into()));
    let visits = figures.as_array().unwrap().iter().find(|figure| figure["key"] == "direct_visits").unwrap();
    // the exact count and not the printed one
    assert_eq!((visits["value"].as_u64(), &visits["more_than"]), (Some(2_137), &true.into()));
    let doctor = linli(&["doctor", "--data", text(&data)]);
    assert!(doctor.status.success() && stdout(&doctor).contains("1 looked into, 0 faults"), "{}", stdout(&doctor));
    assert!(stdout(&doctor).lines().any(|line| line.starts_with("PDF: ")), "{}", stdout(&doctor));
    let unknown = linli(&["figures", "--season", "nowhere-1999", "--data", text(&data)]);
    assert!(stderr(&unknown).contains("there is no season nowhere-1999"), "{}", stderr(&unknown));

    let out = folder.path().join("export");
    assert!(linli(&["export", "--out", text(&out), "--data", text(&data)]).status.success());
    let verified = linli(&["verify", text(&out)]);
    assert!(verified.status.success(), "{}", stdout(&verified));
    for counted in ["3860 ballots counted again", "1284 ballots counted again"] {
        assert!(stdout(&verified).contains(counted), "{}", stdout(&verified));
    }
    // sheets are not in an export; where they are, the reviews are counted again
    assert!(stdout(&verified).contains("told in this log and not counted here"), "{}", stdout(&verified));
    let counted = linli(&["verify", "--installation", "--data", text(&data)]);
    assert!(counted.status.success(), "{}{}", stdout(&counted), stderr(&counted));
    assert!(stdout(&counted).contains("sheets counted again"), "{}", stdout(&counted));
    let fresh = linli(&["demo", "--data", text(&data), "--load-only", "--fresh", "--yes"]);
    assert!(stdout(&fresh).contains("loaded in"), "{}", stderr(&fresh));
}

#[test]
fn a_port_in_use_is_said_before_anything_is_loaded() {
    let folder = Folder::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let data = folder.path().join("data");
    let answer = linli(&["demo", "--data", text(&data), "--port", &port]);
    assert!(!answer.status.success());
    assert!(stderr(&answer).contains("is in use by another program"), "{}", stderr(&answer));
    assert!(!data.exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_said() {
    let folder = Folder::new();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let answer = linli(&["demo", "--load-only", "--data", text(&file.join("data"))]);
    assert!(!answer.status.success());
    assert!(stderr(&answer).contains("cannot write the data folder"), "{}", stderr(&answer));
}

#[test]
fn a_demonstration_never_touches_an_installation() {
    let folder = Folder::new();
    let key = linli(&["key", "--data", text(folder.path())]);
    assert!(stdout(&key).starts_with("linli-"), "{}", stderr(&key));
    let answer = linli(&["demo", "--load-only", "--fresh", "--yes", "--data", text(folder.path())]);
    assert!(!answer.status.success());
    assert!(stderr(&answer).contains("is no demonstration"), "{}", stderr(&answer));
    assert_eq!(linli(&["key", "--data", text(folder.path())]).stdout, key.stdout);
}

#[test]
fn a_newer_database_is_refused() {
    let folder = Folder::new();
    assert!(linli(&["key", "--data", text(folder.path())]).status.success());
    let raw = rusqlite::Connection::open(folder.path().join("linli.db")).unwrap();
    raw.execute_batch("INSERT INTO migrations (number, name, digest) VALUES (99, 'later', x'00')").unwrap();
    let answer = linli(&["key", "--data", text(folder.path())]);
    assert!(!answer.status.success());
    assert!(stderr(&answer).contains("newer than this program"), "{}", stderr(&answer));
}

#[test]
fn another_key_does_not_sign_this_log() {
    let folder = Folder::new();
    assert!(linli(&["key", "--data", text(folder.path())]).status.success());
    fs::write(folder.path().join("ledger.key"), "11".repeat(32)).unwrap();
    let answer = linli(&["key", "--data", text(folder.path())]);
    assert!(stderr(&answer).contains("not by the given key"), "{}", stderr(&answer));
}

#[test]
fn tally_prints_json_only() {
    let folder = Folder::new();
    let file = folder.path().join("lamps.pb");
    fs::write(&file, ELECTION).unwrap();
    let answer = linli(&["tally", text(&file), "--rule", "greedy:cost", "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(document["winners"], serde_json::json!(["b", "c"]));
    assert_eq!(document["total_cost"], "100");
    assert_eq!(document["losses"][0]["reason"]["does_not_fit"]["left"], 40);
    assert!(!stderr(&answer).is_empty(), "progress goes to standard error");
}

#[test]
fn tally_says_in_words_why_and_what_would_have_been_enough() {
    let folder = Folder::new();
    let file = folder.path().join("lamps.pb");
    fs::write(&file, ELECTION).unwrap();
    let tally = |more: &[&str]| linli(&[&["tally", text(&file), "--rule", "greedy:cost"], more].concat());
    let words = stdout(&tally(&["--explain", "--lang", "en"]));
    assert!(words.contains("Most votes first") && words.contains("Chosen as number 1; after it, 40 of the"), "{words}");
    assert!(words.contains("only 40 was left; it needs 50, so 10 was missing"), "{words}");
    assert!(!words.contains('⟦'), "{words}");
    for (lang, word) in [("zh-Hans", "第 1 个"), ("zh-Hant", "第 1 個"), ("ko", "1번째로")] {
        let words = stdout(&tally(&["--explain", "--lang", lang, "--what-if", "a"]));
        assert!(words.contains(word) && !words.contains('⟦'), "{words}");
    }
    let document = stdout(&tally(&["--json", "--explain", "--what-if", "a", "--lang", "en"]));
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    // At 40 it fits behind the bench; with one more vote it is level with the bench and before it by name.
    let found = serde_json::json!({
        "project": "a", "extra_supporters": 1, "fewest": true, "lower_cost": "40", "at_most": true,
        "out_of_effort": false,
    });
    assert_eq!(document["what_if"], found);
    let lamp = document["explain"].as_array().unwrap().iter().find(|entry| entry["project"] == "a").unwrap();
    let told = lamp["words"].to_string();
    assert!(told.contains("With 1 more supporter, or at a cost of at most 40"), "{told}");
    for (wrong, word) in
        [(["--what-if", "b"], "won"), (["--what-if", "zz"], "no project"), (["--lang", "xx"], "no language")]
    {
        let answer = tally(&wrong);
        assert!(!answer.status.success() && stderr(&answer).contains(word), "{}", stderr(&answer));
    }
    let answer = linli(&["tally", text(&file), "--rule", "mes:addcard"]);
    assert!(!answer.status.success() && stderr(&answer).contains("points"), "{}", stderr(&answer));
}

#[test]
fn tally_says_by_what_a_rule_goes_and_whose_money_went_where() {
    let folder = Folder::new();
    let file = folder.path().join("lamps.pb");
    fs::write(&file, ELECTION).unwrap();
    let told = |rule: &str, more: &[&str]| {
        let answer = linli(&[&["tally", text(&file), "--rule", rule, "--explain", "--lang", "en"], more].concat());
        assert!(answer.status.success() && !stdout(&answer).contains('⟦'), "{rule}: {}", stderr(&answer));
        stdout(&answer)
    };
    let by = [("greedy:card", "votes per cost"), ("greedy:cost-sqrt", "votes divided by the square root of the cost")];
    for (rule, order) in by {
        let words = told(rule, &[]);
        for sentence in ["How it was chosen: Chosen by", "Projects are taken in order of"] {
            assert!(words.contains(&format!("{sentence} {order}")), "{sentence} {order}: {words}");
        }
    }
    assert!(told("greedy:cost", &[]).contains("How it was chosen: Chosen by votes.\n"));
    // 25 each: b's three pay 20 each; a's two then have 5 and 25
    let words = told("mes_greedy:cost:card", &[]);
    for sentence in [
        "What equal shares leaves goes, in order of votes per cost, to the projects that still fit.",
        "b · Bench",
        "Of that, 20 went to projects chosen before:\n  20 went to “b · Bench”.",
        "had 30 left; it needs 50, so 20 was missing.",
        "at its turn",
    ] {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    // shares are told as finely as what is paid out of them
    fs::write(&file, ELECTION.replace("budget;100", "budget;101").replace("b;60;", "b;64;")).unwrap();
    let words = told("mes:cost", &[]);
    assert!(words.contains("share was 25.25.") && words.contains("each pays at most 21.33."), "{words}");
    // half a unit, in a file that counts in whole ones
    let half = told("mes_add1:cost", &["--increment", "0.5", "--what-if", "a"]);
    assert!(half.contains("of the budget of 101,") && half.contains("Its supporters share the cost"), "{half}");
    let answer = linli(&["tally", text(&file), "--rule", "mes_add1:cost", "--increment", "0.5", "--json"]);
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&answer.stdout).unwrap()["increment"], "0.5");
    let answer = linli(&["tally", text(&file), "--rule", "mes_add1:cost", "--increment", "0.0000001"]);
    assert!(stderr(&answer).contains("at most 6 digits after the point"), "{}", stderr(&answer));
}

#[test]
fn what_is_wrong_with_a_file_or_a_rule_is_said() {
    let folder = Folder::new();
    let file = folder.path().join("bad.pb");
    fs::write(&file, ELECTION.replace("3;b,c", "3;b,zz")).unwrap();
    let answer = linli(&["tally", text(&file), "--rule", "mes:cost", "--json"]);
    assert!(!answer.status.success() && answer.stdout.is_empty());
    assert!(stderr(&answer).contains("zz") && stderr(&answer).contains("line 23"), "{}", stderr(&answer));
    let answer = linli(&["tally", text(&file), "--rule", "mes", "--json"]);
    assert!(stderr(&answer).contains("mes_add1u:cost:cost"), "{}", stderr(&answer));
    let answer = linli(&["tally", "nowhere.pb", "--rule", "mes:cost"]);
    assert!(stderr(&answer).contains("cannot read nowhere.pb"), "{}", stderr(&answer));
    let answer = linli(&["verify", text(folder.path())]);
    assert!(!answer.status.success());
}

#[test]
fn the_server_answers_health_metrics_and_its_api_and_stops_when_asked() {
    let folder = Folder::new();
    let server = Server::start(folder.path(), None);
    let mut client = Client::connect(&server.address).unwrap();
    assert_eq!(client.send("GET", "/healthz", None).unwrap().0, 200);
    assert_eq!(client.send("GET", "/readyz", None).unwrap().0, 200);
    let place = serde_json::json!({ "level": "subdistrict", "name": "试验街道" });
    let place = client.expect(201, "POST", "/api/v1/places", &place);
    assert_eq!(place["name"], "试验街道");
    let api = client.expect(200, "GET", "/api/v1/openapi.json", &serde_json::Value::Null);
    for path in ["/api/v1/places", "/api/v1/seasons/{season}/ballots", "/api/v1/seasons/{season}/result"] {
        assert!(api["paths"][path].is_object(), "{path}");
    }
    let metrics = client.send("GET", "/metrics", None).unwrap().1;
    for name in ["linli_db_writes_total", "linli_db_wal_bytes", "linli_http_requests_total"] {
        assert!(metrics.contains(name), "{name}");
    }
    let (status, problem) = client.send("POST", "/api/v1/places", Some("{\"level\": 3}")).unwrap();
    assert_eq!(status, 400, "{problem}");
    let (status, problem) = client.send("GET", "/api/v1/seasons/1-nonsense", None).unwrap();
    assert!(status == 404 && problem.contains("urn:linli:problem:not-found"), "{problem}");
    drop(client);
    assert!(server.stop().success());
    let log = linli(&["export", "--out", text(&folder.path().join("x")), "--data", text(folder.path())]);
    assert!(stdout(&log).contains("1 entries"), "{}", stdout(&log));
}

#[test]
fn writes_need_the_operators_token() {
    let folder = Folder::new();
    let server = Server::start(folder.path(), None);
    for (token, status) in [(None, "401"), (Some("wrong"), "403")] {
        let mut stream = std::net::TcpStream::connect(&server.address).unwrap();
        let header = token.map_or(String::new(), |t| format!("Authorization: Bearer {t}\r\n"));
        let body = "{\"level\":\"community\",\"name\":\"x\"}";
        let length = body.len();
        let request = format!(
            "POST /api/v1/places HTTP/1.1\r\nHost: x\r\n{header}Content-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        let mut answer = String::new();
        std::io::Read::read_to_string(&mut stream, &mut answer).unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
}

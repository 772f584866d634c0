//! Decisions that anybody computes again, as whoever types the commands sees them. No installation, no network.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod support;

use std::fs;

use serde_json::{Value, json};
use support::{linli, stderr, stdout, text};
use testkit::Folder;

const ROLL: &str = "unit,building,floor,owner,area,status\n\
    101,1,1,吴一+沈二,80.00,sold\n102,1,1,陆三,100.00,sold\n201,2,2,陆三,60.00,sold\n202,2,2,,60.00,unsold\n";
const BALLOTS: &str = "unit,choice,channel\n101,agree,paper\n102,agree,online\n201,disagree,online\n";

fn document(args: &[&str]) -> Value {
    let answer = linli(args);
    assert!(answer.status.success(), "{args:?}: {}", stderr(&answer));
    serde_json::from_slice(&answer.stdout).unwrap()
}

#[test]
fn owners_see_both_bases_of_their_decision() {
    let folder = Folder::new();
    let (roll, ballots) = (folder.path().join("roll.csv"), folder.path().join("ballots.csv"));
    fs::write(&roll, ROLL).unwrap();
    fs::write(&ballots, BALLOTS).unwrap();
    let args =
        ["consent", "--roll", text(&roll), "--ballots", text(&ballots), "--item", "use-fund", "--on", "2024-06-01"];
    let found = document(&[&args[..], &["--json"]].concat());
    // 240 of 300 m² and two of three heads took part; of those, 180 m², and one head: 陆三 was not of one mind
    assert_eq!(found["participation"], json!({ "area": [24_000, 30_000], "heads": [2, 3] }));
    assert_eq!(found["approval"], json!({ "area": [18_000, 24_000], "heads": [1, 2] }));
    assert_eq!(found["passed"], false);
    assert!(found["source"].as_str().unwrap().contains("第二百七十八条"), "{found}");
    for lang in ["zh-Hans", "zh-Hant", "en", "ko"] {
        let words = stdout(&linli(&[&args[..], &["--lang", lang]].concat()));
        assert!(words.contains("240") && !words.contains('⟦'), "{words}");
    }
    let other = args.map(|arg| if arg == "use-fund" { "paint" } else { arg });
    let answer = linli(&other);
    assert!(!answer.status.success() && stderr(&answer).contains("paint"), "{}", stderr(&answer));
}

#[test]
fn a_panel_is_drawn_and_anybody_repeats_the_draw() {
    let folder = Folder::new();
    let [quotas, people, list] = ["quotas.csv", "people.csv", "list.txt"].map(|name| folder.path().join(name));
    fs::write(&quotas, "category,feature,min,max\nage,old,1,1\nage,young,1,1\n").unwrap();
    fs::write(&people, "id,age\na,old\nb,old\nc,young\nd,young\ne,young\nf,young\n").unwrap();
    let of = ["sortition", "--categories", text(&quotas), "--people", text(&people), "--size", "2", "--panels", "100"];
    let drawn = document(&[&of[..], &["--seed", "2026-12-01", "--write-list", text(&list), "--json"]].concat());
    assert_eq!(drawn["feasible"], true);
    for (id, chance) in [("a", 0.5), ("b", 0.5), ("c", 0.25), ("f", 0.25)] {
        assert!((drawn["probabilities"][id].as_f64().unwrap() - chance).abs() < 1e-6, "{drawn}");
    }
    let again = document(&["sortition", "--list", text(&list), "--seed", "2026-12-01", "--json"]);
    assert_eq!((&again["panel"], &again["digest"]), (&drawn["panel"], &drawn["digest"]));
    // one changed byte is another list
    let forged = fs::read_to_string(&list).unwrap().replacen('a', "b", 1);
    fs::write(&list, forged).unwrap();
    let digest = drawn["digest"].as_str().unwrap();
    let answer = linli(&["sortition", "--list", text(&list), "--seed", "2026-12-01", "--digest", digest]);
    assert!(!answer.status.success(), "{}", stdout(&answer));
    // and nothing is drawn from a list that was not announced
    assert!(
        stdout(&answer).contains("not the one announced") && !stdout(&answer).contains("number"),
        "{}",
        stdout(&answer)
    );
    let other = ["sortition", "--list", text(&list), "--seed", "2026-12-01", "--digest", digest, "--json"];
    let refused = linli(&other);
    let told: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!((refused.status.code(), &told["holds"], &told["number"]), (Some(1), &json!(false), &Value::Null));
    assert!(told["panel"].is_null(), "{told}");

    fs::write(&quotas, "category,feature,min,max\nage,old,3,3\nage,young,0,0\n").unwrap();
    let never = of.map(|arg| if arg == "2" { "3" } else { arg });
    let never = document(&[&never[..], &["--json"]].concat());
    assert_eq!(never["feasible"], false);
    assert!(never["relax"].as_array().is_some_and(|changes| !changes.is_empty()), "{never}");
}

#[test]
fn a_conversation_is_mapped_from_its_export() {
    let folder = Folder::new();
    let dir = folder.path().join("talk");
    fs::create_dir(&dir).unwrap();
    let mut comments = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n".to_owned();
    for id in 0..8 {
        comments += &format!("{id},x,{id},0,0,0,1,第 {id} 条\n");
    }
    let mut votes = "timestamp,datetime,comment-id,voter-id,vote\n".to_owned();
    // two camps of ten who differ on all but the last two statements
    for voter in 0..20 {
        for id in 0..8 {
            let vote = if id >= 6 || (voter < 10) == (id % 2 == 0) { 1 } else { -1 };
            votes += &format!("{},x,{id},{voter},{vote}\n", voter * 8 + id);
        }
    }
    fs::write(dir.join("comments.csv"), comments).unwrap();
    fs::write(dir.join("votes.csv"), votes).unwrap();
    let map = document(&["opinion", text(&dir), "--json"]);
    assert_eq!(
        (map["participants"].as_u64(), map["statements"].as_u64(), map["votes"].as_u64()),
        (Some(20), Some(8), Some(160))
    );
    let sizes: Vec<u64> =
        map["groups"].as_array().unwrap().iter().map(|group| group["size"].as_u64().unwrap()).collect();
    assert_eq!(sizes, [10, 10]);
    let best = |n: usize| map["gac_agree"][n][0].as_u64().unwrap();
    assert_eq!([best(0).min(best(1)), best(0).max(best(1))], [6, 7], "what both camps agree on comes first");
    let lines = stdout(&linli(&["opinion", text(&dir)]));
    for side in ["agrees more than the others with: ", "disagrees more than the others with: "] {
        assert_eq!(lines.matches(&format!("  {side}")).count(), 2, "{lines}");
    }
    // a list of statements that is cut off: those that were rejected must not come back
    let whole = fs::read_to_string(dir.join("comments.csv")).unwrap();
    fs::write(dir.join("comments.csv"), whole.split("6,x,6").next().unwrap()).unwrap();
    let cut = linli(&["opinion", text(&dir), "--json"]);
    assert!(!cut.status.success() && cut.stdout.is_empty());
    assert!(stderr(&cut).contains("no row for 2 statements that are voted on (6, 7)"), "{}", stderr(&cut));
    let nothing = linli(&["opinion", text(&folder.path().join("nowhere")), "--json"]);
    assert!(!nothing.status.success() && !stderr(&nothing).is_empty());
}

#[test]
fn score_sheets_are_ranked_with_what_hangs_on_one_reviewer() {
    let folder = Folder::new();
    let file = folder.path().join("sheets.csv");
    let sheets =
        "project,reviewer,criterion,score\nlamp,wu,need,9\nlamp,shen,need,8\nbench,wu,need,6\nbench,shen,need,7\n";
    fs::write(&file, sheets).unwrap();
    let found = document(&["tally", "panel", text(&file), "--json"]);
    let ranks = found.to_string();
    assert!(ranks.find("lamp") < ranks.find("bench"), "{ranks}");
    // equal in everything, and one place for the two: a lot decides
    fs::write(&file, sheets.replace("bench,wu,need,6", "bench,wu,need,9").replace("shen,need,7", "shen,need,8"))
        .unwrap();
    let one = ["tally", "panel", text(&file), "--places", "1"];
    let by_name = stdout(&linli(&one));
    assert!(by_name.contains("equal in everything: bench, lamp; they stand by name, 1 of them"), "{by_name}");
    assert!(by_name.contains("draw a lot"), "{by_name}");
    let mut winners: Vec<String> = Vec::new();
    for seed in ["2026-12-01", "b", "c", "d", "e", "f"] {
        let found = document(&[&one[..], &["--seed", seed, "--json"]].concat());
        assert_eq!((&found["lots"][0]["drawn"], &found["rule"]["seed"]), (&json!(true), &json!(seed)));
        winners.push(found["winners"][0].as_str().unwrap().to_owned());
    }
    winners.sort();
    winners.dedup();
    assert_eq!(winners, ["bench", "lamp"], "a lot falls on either");
    let refused = linli(&[&one[..], &["--seed", ""]].concat());
    assert!(!refused.status.success() && stderr(&refused).contains("--seed"), "{}", stderr(&refused));
    fs::write(&file, format!("{sheets}lamp,wu,need,9\n")).unwrap();
    let twice = linli(&["tally", "panel", text(&file), "--json"]);
    assert!(!twice.status.success() && stderr(&twice).contains('6'), "{}", stderr(&twice));
}

#[test]
fn the_help_names_every_set_of_rules() {
    let help = stdout(&linli(&["consent", "--help"]));
    for name in consent::Rules::builtin_names() {
        assert!(help.contains(name), "{name}: {help}");
    }
}

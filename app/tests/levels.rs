//! The two levels of an export: what each holds, that a changed byte of either is found, and that every kind of verdict
//! has an answer.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use linli::{levels::Audit, router::METHODS};
use serde_json::Value;
use support::{linli, stderr, stdout, text};
use testkit::Folder;
use ui::{Locale, Words, words::key_of};

/// The kinds of verdicts that the sources record: in each literal of a `NewVerdict`, the word of its kind where it stands
/// there.
fn kinds_in_sources() -> BTreeSet<String> {
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let areas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../areas");
    let (mut files, mut kinds) = (Vec::new(), BTreeSet::new());
    for area in fs::read_dir(areas).unwrap() {
        sources(&area.unwrap().path().join("src"), &mut files);
    }
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let uses =
            source.contains("verdict::{") || source.contains("verdict::NewVerdict") || file.ends_with("enter.rs");
        for literal in source.split(" NewVerdict {").skip(1).filter(|_| uses) {
            // the declaration of a type, of a test, or the literal of what somebody enters
            let Some(field) = literal.split("kind: ").nth(1) else { continue };
            if !literal.contains("subject_kind") || field.starts_with("input.") || field.starts_with("&'a") {
                continue;
            }
            // one of several that a function tells is known by its words
            let Some(kind) = field.strip_prefix('"').and_then(|field| field.split('"').next()) else { continue };
            if !source[..source.find(literal).unwrap()].contains("#[cfg(test)]") {
                kinds.insert(kind.to_owned());
            }
        }
    }
    kinds
}

/// The kinds of verdicts that have a name for readers.
fn kinds_in_words() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales/zh-Hans");
    let texts = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let named = |text: String| {
        let lines = text.lines().filter_map(|line| line.strip_prefix("verdict-kind-")?.split_once(" = "));
        lines.map(|(kind, _)| kind.to_owned()).collect::<Vec<_>>()
    };
    texts.flat_map(named).collect()
}

#[test]
fn every_kind_of_verdict_says_how_it_is_computed_again_and_has_its_words() {
    let (kinds, methods) = (kinds_in_sources(), METHODS.all().collect::<Vec<_>>());
    assert!(kinds.len() >= 7, "the kinds are not where they were: {kinds:?}");
    let known: BTreeSet<String> = methods.iter().map(|method| method.kind.to_owned()).collect();
    assert_eq!(known.len(), methods.len(), "two methods for one kind");
    assert_eq!(kinds_in_words(), known, "each kind of verdict that has a name has a method, and the other way round");
    let without: Vec<_> = kinds.difference(&known).collect();
    assert!(without.is_empty(), "no method says how these are computed again: {without:?}");
    for method in methods {
        for locale in Locale::ALL {
            for key in ["verdict-kind", "verdict-plain", "verdict-source"] {
                let key = key_of(key, method.kind);
                assert!(Words::of(locale).has(&key), "{key} in {locale:?}");
            }
        }
    }
}

/// All files of a folder, by their paths in it.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(dir: &Path, inside: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(dir, &path, found);
            } else {
                let name = path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(dir, dir, &mut found);
    found
}

fn json(output: &std::process::Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}{}", stdout(output), stderr(output)))
}

/// Kinds of the register with whether each was computed again.
fn register(document: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for one in document["register"].as_array().unwrap() {
        let answer = one["computed"]["answer"].as_str().or(one["inputs"].as_str()).unwrap();
        kinds.entry(one["kind"].as_str().unwrap().to_owned()).or_default().insert(answer.to_owned());
    }
    kinds
}

/// The demonstration has verdicts of every kind: each is computed again from the records, at the public level what
/// anybody may have, at the sealed level what auditors may, and no name is in either.
#[test]
fn the_demonstration_is_computed_again_at_each_level_and_names_are_in_none() {
    let folder = Folder::new();
    let data = folder.path().join("data");
    assert!(linli(&["demo", "--data", text(&data), "--load-only"]).status.success());
    let of = |kind: &str, document: &Value| register(document).remove(kind).unwrap_or_default();
    let set = |word: &str| BTreeSet::from([word.to_owned()]);

    let here = linli(&["verify", "--installation", "--json", "--data", text(&data)]);
    let here = json(&here);
    assert_eq!(here["faults"], serde_json::json!([]));
    let kinds: BTreeSet<String> = register(&here).into_keys().collect();
    assert!(kinds.iter().all(|kind| METHODS.of(kind).is_some()), "{kinds:?}");
    for kind in &kinds {
        assert_eq!(of(kind, &here), set("equal"), "{kind}");
    }

    let (public, sealed) = (folder.path().join("public"), folder.path().join("sealed"));
    assert!(linli(&["export", "--out", text(&public), "--data", text(&data)]).status.success());
    let written = linli(&["export", "--out", text(&sealed), "--sealed", "--data", text(&data)]);
    assert!(written.status.success(), "{}", stderr(&written));
    let verified = linli(&["verify", text(&public)]);
    assert!(stdout(&verified).starts_with("level     public: "), "{}", stdout(&verified));
    let at_public = json(&linli(&["verify", text(&public), "--json"]));
    let at_sealed = json(&linli(&["verify", text(&sealed), "--json"]));
    assert_eq!((&at_public["level"], &at_sealed["level"]), (&"public".into(), &"sealed".into()));
    assert_eq!((&at_public["faults"], &at_sealed["faults"]), (&serde_json::json!([]), &serde_json::json!([])));
    for (kind, in_public, in_sealed) in [
        ("season-result", "equal", "equal"),
        ("season-selection", "equal", "equal"),
        ("notice-minimum", "equal", "equal"),
        ("season-review", "sealed", "equal"),
        ("midterm", "sealed", "equal"),
        ("apportionment", "sealed", "equal"),
        ("closing", "kept", "kept"),
        ("award-choice", "sealed", "equal"),
    ] {
        assert_eq!((of(kind, &at_public), of(kind, &at_sealed)), (set(in_public), set(in_sealed)), "{kind}");
    }
    let told = linli(&["verify", text(&sealed)]);
    let told = stdout(&told);
    assert!(told.starts_with("level     sealed: "), "{told}");
    assert!(told.lines().nth(1).is_some_and(|line| line.contains("season-review")), "{told}");
    for line in ["opened    ", "roll      season "] {
        assert!(told.lines().any(|found| found.starts_with(line)), "{line}: {told}");
    }
    assert!(at_sealed["openings"].as_u64().unwrap() > 0 && !at_sealed["rolls"].as_array().unwrap().is_empty());
    polls_are_told(&stdout(&verified), &told);

    let names = personal(&data.join("linli.db"));
    assert!(names.len() > 100, "{}", names.len());
    let added =
        |dir| files(dir).into_iter().filter(|(path, _)| path.contains("verdicts/") || path.starts_with("sealed/"));
    for (path, bytes) in added(&public).chain(added(&sealed)) {
        let held = String::from_utf8(bytes).unwrap();
        let shown: Vec<_> = names.iter().filter(|name| held.contains(name.as_str())).collect();
        assert!(shown.is_empty(), "{path} shows {shown:?}");
    }
}

/// Of the three polls that are published: at the level for auditors the totals of the survey are computed from its answers,
/// and the rolls are compared with the marks of the log, as those of seasons are.
fn polls_are_told(public: &str, sealed: &str) {
    let survey = |told: &str, what: &str| told.lines().any(|line| line.contains("(survey)") && line.contains(what));
    assert!(survey(sealed, "counted again"), "{sealed}");
    assert!(survey(public, "their number"), "{public}");
    assert_eq!(sealed.lines().filter(|line| line.starts_with("roll      poll ")).count(), 3, "{sealed}");
}

/// Names, telephone numbers and addresses of a database.
fn personal(database: &Path) -> BTreeSet<String> {
    let raw = rusqlite::Connection::open(database).unwrap();
    let mut all = BTreeSet::new();
    for sql in ["SELECT name FROM persons", "SELECT contact FROM contacts"] {
        let mut statement = raw.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        all.extend(rows.map(Result::unwrap).filter(|text| text.chars().count() > 1));
    }
    let mut statement = raw.prepare("SELECT flats FROM work_rolls").unwrap();
    for flats in statement.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        let flats: Vec<(String, String, i64)> = serde_json::from_str(&flats.unwrap()).unwrap();
        all.extend(flats.into_iter().map(|(_, owner, _)| owner).filter(|owner| !owner.is_empty()));
    }
    all
}

/// Files as an export has them.
fn audited(dir: &Path) -> Result<linli::levels::Audited, String> {
    let mut audit = Audit::new(dir, METHODS);
    let report = ledger::verify::verify_dir_with(dir, None, |index, leaf| audit.entry(index, leaf));
    let report = report.map_err(|e| e.to_string())?;
    audit.finish(dir, &report.added)
}

/// A small installation with a counted vote, exported at both levels.
fn small(folder: &Folder) -> (PathBuf, PathBuf) {
    let data = folder.path().join("data");
    let file = folder.path().join("lamps.pb");
    let election = "META\nkey;value\ndescription;Lamps\ncountry;Nowhere\nunit;Here\ninstance;1\nnum_projects;3\n\
        num_votes;4\nbudget;100\nvote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\nPROJECTS\n\
        project_id;cost;name\nb;60;Bench\na;50;Lamp\nc;40;Tree\nVOTES\nvoter_id;vote\n1;a,b\n2;a\n3;b,c\n4;b\n";
    fs::write(&file, election).unwrap();
    let import = linli(&["import", "pabulib", text(&file), "--rule", "greedy:cost", "--data", text(&data)]);
    assert!(import.status.success(), "{}", stderr(&import));
    let (public, sealed) = (folder.path().join("public"), folder.path().join("sealed"));
    assert!(linli(&["export", "--out", text(&public), "--data", text(&data)]).status.success());
    assert!(linli(&["export", "--out", text(&sealed), "--sealed", "--data", text(&data)]).status.success());
    (public, sealed)
}

/// One flipped bit at any place of any file of either level is found, and the file is named.
#[test]
fn a_flipped_bit_anywhere_is_found_and_its_file_named() {
    let folder = Folder::new();
    let (public, sealed) = small(&folder);
    for dir in [&public, &sealed] {
        let found = audited(dir).unwrap();
        assert_eq!(found.faults, []);
        assert_eq!(found.is_sealed, dir == &sealed);
        let all = files(dir);
        assert_eq!(all.keys().any(|path| path.starts_with("sealed/rolls/")), dir == &sealed, "{:?}", all.keys());
        for (path, bytes) in all {
            let place = dir.join(&path);
            // every byte of a small file, a spread of places of a larger one; each time another bit
            let step = (bytes.len() / 40).max(1);
            for at in (0..bytes.len()).step_by(step) {
                let mut changed = bytes.clone();
                changed[at] ^= 1 << (at % 8);
                fs::write(&place, &changed).unwrap();
                let error = audited(dir).err().unwrap_or_else(|| panic!("{path}, byte {at}: not found"));
                // what is changed in the manifest or the key is told of that, else of the file
                let named = error.contains(&path) || error.contains("key") || error.contains("MANIFEST");
                assert!(named, "{path}, byte {at}: {error}");
            }
            fs::write(&place, &bytes).unwrap();
        }
        assert_eq!(audited(dir).unwrap().faults, []);
    }
}

/// Whoever holds the key can sign a manifest anew over other files; the log tells all the same.
#[test]
fn files_that_the_key_holder_changed_are_found_against_the_log() {
    let folder = Folder::new();
    let (_, sealed) = small(&folder);
    let roll = files(&sealed).into_keys().find(|path| path.starts_with("sealed/rolls/")).unwrap();
    let place = sealed.join(&roll);
    let text = fs::read_to_string(&place).unwrap();
    let added = [roll, "sealed/README.txt".to_owned()];
    let faults = |added: &[String]| {
        let mut audit = Audit::new(&sealed, METHODS);
        ledger::verify::verify_dir_with(&sealed, None, |index, leaf| audit.entry(index, leaf)).ok();
        audit.finish(&sealed, added).unwrap().faults.into_iter().map(|fault| fault.what).collect::<Vec<_>>()
    };
    assert_eq!(faults(&added), Vec::<String>::new());
    let lines: Vec<&str> = text.lines().collect();
    let without_first = format!("{}\n", lines[1..].join("\n"));
    fs::write(&place, without_first).unwrap();
    assert_eq!(faults(&added), ["its roll: the rows that voted do not open the marks of the log one by one"]);
    fs::write(&place, &text).unwrap();
    let strange = [&added[..], &["sealed/more.txt".to_owned()]].concat();
    assert_eq!(faults(&strange), ["sealed/more.txt: nothing in the log needs this file"]);
    // an opening of an entry that has none
    fs::create_dir_all(sealed.join("sealed/openings")).unwrap();
    fs::write(sealed.join("sealed/openings/000001.txt"), format!("0 {} {{}}\n", "00".repeat(32))).unwrap();
    let opened = [&added[..], &["sealed/openings/000001.txt".to_owned()]].concat();
    let what = "sealed/openings/000001.txt, line 1: the entry at that place has no commitment to be opened";
    assert_eq!(faults(&opened), [what]);
}

//! What a stranger reads of a log: notes, checkpoints, manifests, receipts, tiles, entries, a verdict's file, an export,
//! and what verdicts are computed from again.

use std::{cell::RefCell, fs, path::PathBuf, process};

use ledger::{
    entry::Leaf,
    export::ExportWriter,
    manifest::Manifest,
    note::{Checkpoint, Note, Signer, Verifier},
    proof::Receipt,
    tile::{self, Tile},
    tree::{Frontier, Hash, MAX_SIZE, leaf_hash},
    verify::{VerifyError, verify_dir},
};
use matters::verdict::recompute::{Told, file::VerdictFile, from_text};
use serde_json::Value;

use super::{BETWEEN, parts, text};
use crate::Target;

/// What stands in entries of the log that are counted from.
const ENTRY_WORDS: &[&str] = &[
    "\"v\":1",
    "\"kind\":",
    "season.opened",
    "project.added",
    "roll.enrolled",
    "ballot.cast",
    "verdict.published",
    "poll.opened",
    "poll.ballot-cast",
    "poll.published",
    "\"choices\":[1]",
    "18446744073709551615",
    "9223372036854775807",
    "-1",
    "null",
    "[[[[[[[[",
    "\n",
];

pub const TARGETS: &[Target] = &[
    Target::new(
        "log-note",
        "signed notes, checkpoints, keys: a signed text cannot be changed; what is read is written as it was",
        note,
    )
    .made(notes)
    .words(&["— ", "\n\n", "linli-4d75054eb287e28b", "+", "18446744073709551615", "AAAA", "=="]),
    Target::new("log-manifest", "manifests of exports; written and read again", manifest)
        .made(|| vec![Exported::here().manifest.clone()])
        .words(&["linli.manifest/v1 ", "entries ", "root ", "../", "/etc/passwd", "MANIFEST", "\r\n", " 0 "]),
    Target::new("log-receipt", "receipts; both ways; a changed one proves nothing else", receipt)
        .made(receipts)
        .words(&["c2sp.org/tlog-proof@v1", "index ", "extra ", "\n\n", "18446744073709551615"]),
    Target::new("log-tiles", "paths of tiles, bundles of entries, hashes, the edge of a tree; both ways", tiles)
        .words(&["tile/entries/", "tile/0/", "tile/63/", "x001/", ".p/", "255", "256", "\x01\x00", "000"])
        .made(|| vec![b"tile/0/x001/x234/067.p/12".to_vec(), b"\x00\x02ab\x00\x00\x00\x01c".to_vec()]),
    Target::new("log-entries", "entries line by line, from which verdicts of seasons are computed again", entries)
        .memory(4 << 20, 2_048)
        .longest(8 << 10)
        .words(ENTRY_WORDS),
    Target::new(
        "poll-entries",
        "entries line by line, from which the outcomes of polls are computed again",
        poll_entries,
    )
    .memory(4 << 20, 2_048)
    .longest(8 << 10)
    .words(ENTRY_WORDS),
    Target::new("verdict-file", "the file of one verdict; written and read again; its proof", verdict_file)
        .made(verdict_files)
        .longest(8 << 10)
        .memory(4 << 20, 2_048)
        .words(&["linli.verdict/v1", "inputs open", "inputs absent", "proof 200", "text", "\n", "verdict.recorded"]),
    Target::new(
        "verdict-inputs",
        "what each kind of verdict is computed from: a kind, the entry's facts as JSON, the text",
        verdict_inputs,
    )
    .longest(8 << 10)
    .memory(8 << 20, 4_096)
    .made(all_kinds)
    .words(&[
        "{\"outcome\":{}}",
        "rule ",
        "voter ",
        "sheet ",
        "18446744073709551615",
        "9223372036854775807",
        "-1",
        " ",
        "\t",
        "\n",
        "mes_add1u:cost:cost",
        "unit ",
        "flat ",
        BETWEEN,
    ]),
    Target::new("log-export", "a whole export, one byte of one file of which is changed: verifying finds it", export)
        .longest(16)
        .memory(8 << 20, 0)
        .slow(10)
        .made(|| vec![b"\x00\x00\x00\x01".to_vec(), b"\x03\x10\x00\x80".to_vec()]),
];

const NAME: &str = "linli-fuzz/log";

fn signer() -> Signer {
    Signer::new(NAME, &[7; 32]).expect("a key")
}

thread_local! {
    /// The log's public key, computed once.
    static KEY: Verifier = Verifier::parse(&signer().verifier().to_string()).expect("a key");
    static EXPORTED: RefCell<Option<Exported>> = const { RefCell::new(None) };
}

fn notes() -> Vec<Vec<u8>> {
    let signed = signer().sign_checkpoint(700, leaf_hash(b"700")).expect("a checkpoint");
    let two = format!("{signed}— witness.example/w 0102030405060708090a0b0c0d0e0f10\n");
    vec![signed.into_bytes(), two.into_bytes(), signer().verifier().to_string().into_bytes()]
}

fn note(input: &[u8]) {
    let text = text(input);
    if let Ok(checkpoint) = Checkpoint::parse(&text) {
        assert_eq!(checkpoint.to_string(), text);
    }
    if let Ok(key) = Verifier::parse(&text) {
        assert_eq!(key.to_string(), text);
    }
    if let Ok(note) = Note::parse(&text) {
        assert!(text.starts_with(note.text) && !note.signatures.is_empty());
    }
    let signed = KEY.with(|key| key.open_checkpoint(&text));
    if let Ok(checkpoint) = signed {
        // there is one checkpoint under this key
        assert_eq!((checkpoint.size, checkpoint.root), (700, leaf_hash(b"700")), "somebody signed with our key");
    }
}

fn manifest(input: &[u8]) {
    let text = text(input);
    if let Ok(manifest) = Manifest::parse(&text) {
        let again = Manifest::parse(&manifest.to_string());
        assert_eq!(again, Ok(manifest.clone()));
        for (line, path) in (4..).zip(manifest.files.keys()).take(20) {
            assert!(
                path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
                    && manifest.line_of(path) == Some(line)
            );
        }
    }
}

fn receipts() -> Vec<Vec<u8>> {
    let checkpoint = signer().sign_checkpoint(1, leaf_hash(b"entry")).expect("a checkpoint");
    let bare = Receipt { extra: None, index: 0, path: Vec::new(), checkpoint };
    let long = Receipt { extra: Some(b"nonce".to_vec()), index: 5, path: vec![Hash([1; 32]); 3], ..bare.clone() };
    vec![bare.to_string().into_bytes(), long.to_string().into_bytes()]
}

fn receipt(input: &[u8]) {
    let Ok(receipt) = Receipt::parse(&text(input)) else { return };
    assert_eq!(Receipt::parse(&receipt.to_string()).as_ref(), Ok(&receipt));
    KEY.with(|key| {
        if receipt.verify(b"entry", key).is_ok() {
            assert_eq!((receipt.index, receipt.path.len()), (0, 0));
        }
        assert!(receipt.verify(b"another", key).is_err(), "a receipt for what the log does not have");
    });
}

fn tiles(input: &[u8]) {
    let path = text(input);
    if let Some(tile) = Tile::parse(&path) {
        assert_eq!((tile.to_string().as_str(), tile.start() / 256), (&*path, tile.index));
    }
    let mut again = Vec::new();
    let mut whole = true;
    for entry in tile::entries(input) {
        match entry {
            Ok(entry) => tile::append_entry(&mut again, entry.bytes).expect("it came out of a bundle"),
            Err(_) => whole = false,
        }
    }
    assert!(input.starts_with(&again) && (!whole || again.len() == input.len()));
    let width = u16::try_from(input.len() / 32).expect("a short input");
    assert_eq!(tile::hashes(input, width).is_some(), input.len().is_multiple_of(32));
    if let Some((size, peaks)) = input.split_first_chunk::<8>() {
        let size = u64::from_le_bytes(*size);
        if let Ok(edge) = Frontier::from_bytes(size, peaks) {
            assert_eq!((edge.size(), edge.to_bytes().as_slice()), (size, peaks));
            let mut edge = edge;
            if size < MAX_SIZE {
                edge.push(Hash([0; 32]));
            }
            let _ = edge.root();
        }
    }
}

fn entries(input: &[u8]) {
    let mut seasons = decisions::recompute::Recompute::new();
    let mut polls = polls::recompute::Recompute::with_answers();
    let mut last = String::new();
    for (index, line) in (0..).zip(input.split(|byte| *byte == b'\n')) {
        if let Ok(leaf) = serde_json::from_slice::<Leaf<Value>>(line) {
            let written = serde_json::to_vec(&leaf).expect("an entry can be written");
            assert!(serde_json::from_slice::<Leaf<Value>>(&written).is_ok());
            let _ = Told::of_entry(&leaf);
        }
        seasons.entry(index, line);
        // what is no entry may be a line of the answers of the survey that was told of last
        if let Ok(Leaf { subject: Some(subject), .. }) = serde_json::from_slice::<Leaf<Value>>(line) {
            last = subject;
        }
        let _ = polls.answers(&last, &text(line));
    }
    let _ = seasons.finish();
}

fn poll_entries(input: &[u8]) {
    let mut polls = polls::recompute::Recompute::new();
    for (index, line) in (0..).zip(input.split(|byte| *byte == b'\n')) {
        polls.entry(index, line);
    }
    let _ = polls.finish();
}

fn told(kind: &str) -> String {
    format!(
        "{{\"v\":1,\"id\":\"1-cr6p4egbg1apg06gaqyk\",\"kind\":\"verdict.recorded\",\"subject\":\"1-cr6p4egbc4dv7d4cz1at\",\
         \"at\":1795322697267203,\"day\":\"2026-11-22\",\"public\":{{\"verdict\":\"1-cr6p4egbg17xmgedwbxj\",\"kind\":\"{kind}\",\
         \"rule\":\"lines\",\"rule_set\":\"x/1\",\"parameters\":{{}},\"inputs\":\"{:064x}\",\"outcome\":{{}},\"passed\":null}}}}",
        0
    )
}

fn verdict_files() -> Vec<Vec<u8>> {
    let entry = told("season-result");
    let checkpoint = signer().sign_checkpoint(1, leaf_hash(entry.as_bytes())).expect("a checkpoint");
    let proof = Receipt { extra: None, index: 0, path: Vec::new(), checkpoint }.to_string();
    let vkey = signer().verifier().to_string();
    let file = VerdictFile { inputs: "open".into(), vkey, entry, proof, text: "rule mes 1 2\n".into() };
    let none = VerdictFile { inputs: "absent".into(), text: String::new(), ..file.clone() };
    vec![file.to_string().into_bytes(), none.to_string().into_bytes()]
}

fn verdict_file(input: &[u8]) {
    let Ok(file) = VerdictFile::parse(&text(input)) else { return };
    assert_eq!(VerdictFile::parse(&file.to_string()).as_ref(), Ok(&file));
    let pin = signer().verifier().to_string();
    let pinned = file.check(linli::router::METHODS, Some(&pin));
    if pinned.is_ok() {
        assert_eq!(file.entry, told("season-result"), "an entry that the log does not have");
    }
    let _ = file.check(linli::router::METHODS, None);
}

/// An input for each kind of verdict: the kind, the least that an entry tells, and no text.
fn all_kinds() -> Vec<Vec<u8>> {
    let of = |kind: &str| format!("{kind}{BETWEEN}{{\"outcome\":{{}}}}{BETWEEN}").into_bytes();
    linli::router::METHODS.all().map(|method| of(method.kind)).collect()
}

/// The dated rule sets by which methods compute; what the entry names comes first.
const RULE_SETS: [&str; 10] = [
    decisions::RULE_SET,
    decisions::review::RULE_SET,
    decisions::selection::RULE_SET,
    funds::works::share::RULE_SET,
    polls::templates::RULE_SET,
    matters::notice::RULE_SET,
    programmes::midterm::RULE_SET,
    programmes::closing::decide::RULE_SET,
    programmes::award::choice::rules::RULE_SET,
    "cn",
];

fn verdict_inputs(input: &[u8]) {
    let [kind, facts, lines] = parts::<3>(input);
    let Some(method) = linli::router::METHODS.of(&text(kind)) else { return };
    let facts: Value = serde_json::from_slice(facts).unwrap_or_default();
    let member = |name: &str| facts.get(name).cloned().unwrap_or_default();
    let word = |name: &str| facts.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let known = RULE_SETS.iter().find(|set| (method.knows)(set)).copied().unwrap_or_default();
    let told = Told {
        verdict: "1-cr6p4egbg17xmgedwbxj".into(),
        kind: method.kind.into(),
        subject: word("subject"),
        rule: word("rule"),
        rule_set: facts.get("rule_set").and_then(Value::as_str).unwrap_or(known).to_owned(),
        parameters: member("parameters"),
        inputs: word("inputs"),
        outcome: member("outcome"),
        passed: facts.get("passed").and_then(Value::as_bool),
    };
    let lines = text(lines);
    for whole in [true, false] {
        let answer = from_text(method, &told, &lines, whole);
        assert!(answer == from_text(method, &told, &lines, whole), "computed twice it comes to two answers");
    }
}

/// An export of this process, and the paths of its files.
struct Exported {
    folder: PathBuf,
    files: Vec<(PathBuf, Vec<u8>)>,
    manifest: Vec<u8>,
}

impl Exported {
    fn here() -> Exported {
        let folder =
            std::env::temp_dir().join(format!("linli-fuzz-export-{}-{:?}", process::id(), std::thread::current().id()));
        let _ = fs::remove_dir_all(&folder);
        let (signer, mut edge) = (signer(), Frontier::new());
        let mut writer = ExportWriter::create(&folder, &signer).expect("a folder");
        for n in 0..300_u32 {
            let entry = format!("{{\"v\":1,\"n\":{n}}}");
            writer.push(entry.as_bytes()).expect("an entry");
            edge.push(leaf_hash(entry.as_bytes()));
        }
        writer.add_file("verdicts/1-cr6p4egbg17xmgedwbxj.txt", b"rule mes 1 2\n").expect("a file");
        writer.finish(&signer.sign_checkpoint(edge.size(), edge.root()).expect("a checkpoint")).expect("an export");
        let mut files = Vec::new();
        let mut folders = vec![folder.clone()];
        while let Some(inside) = folders.pop() {
            for entry in fs::read_dir(inside).expect("a folder") {
                let path = entry.expect("an entry of a folder").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.clone(), fs::read(path).expect("a file")));
                }
            }
        }
        files.sort();
        let manifest = fs::read_to_string(folder.join("MANIFEST")).expect("a manifest");
        let manifest = Note::parse(&manifest).expect("a note").text.as_bytes().to_vec();
        Exported { folder, files, manifest }
    }
}

impl Drop for Exported {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn export(input: &[u8]) {
    let [file, high, low, with] = *input.first_chunk::<4>().unwrap_or(&[0; 4]);
    EXPORTED.with_borrow_mut(|exported| {
        let exported = exported.get_or_insert_with(Exported::here);
        let (path, good) = &exported.files[usize::from(file) % exported.files.len()];
        let mut bad = good.clone();
        let at = usize::from(u16::from_be_bytes([high, low]));
        match bad.len() {
            0 => bad.push(with),
            n if input.len() > 4 => bad.truncate(at % n),
            n => bad[at % n] ^= with,
        }
        let changed = bad != *good;
        fs::write(path, &bad).expect("a file can be written");
        let found = verify_dir(&exported.folder, Some(&KEY.with(Verifier::to_string)));
        fs::write(path, good).expect("a file can be written");
        match found {
            Ok(_) => assert!(!changed, "{} was changed and verifies", path.display()),
            Err(VerifyError::Io { .. }) => panic!("an export of this machine cannot be read"),
            Err(_) => assert!(changed, "{} was not changed and is refused", path.display()),
        }
    });
}

//! One verdict from its file.

use std::{fs::File, io::Read, path::Path, process::ExitCode};

use matters::verdict::recompute::{
    Answer,
    file::{Checked, MAX_FILE, VerdictFile},
};
use serde_json::json;

use super::small_file;
use crate::{
    cli,
    levels::{is_fault, says},
    router::METHODS,
};

/// Checks the file's entry against the log's key, and computes the verdict again.
pub(super) fn run(options: &cli::Verify, path: &Path) -> Result<ExitCode, String> {
    let place = path.display();
    let failed = |e: std::io::Error| format!("cannot read {place}: {e}");
    let mut text = String::new();
    let limit = MAX_FILE as u64 + 1;
    File::open(path).map_err(failed)?.take(limit).read_to_string(&mut text).map_err(failed)?;
    let key = options.key.as_deref().map(small_file).transpose()?;
    let checked = VerdictFile::parse(&text).and_then(|file| Ok((file.check(METHODS, key.as_deref())?, file)));
    let (checked, file) = match checked {
        Ok(both) => both,
        Err(what) => {
            if options.json {
                println!("{}", json!({ "ok": false, "finding": "file", "path": path, "says": what }));
            } else {
                println!("WRONG  {place}: {what}");
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let ok = !is_fault(&checked.answer);
    if options.json {
        let Checked { told, checkpoint, pinned, answer } = &checked;
        println!(
            "{}",
            json!({ "ok": ok, "level": file.inputs, "verdict": told, "log": checkpoint.origin,
                    "entries": checkpoint.size, "pinned": pinned, "computed": answer })
        );
    } else {
        print(&file, &checked);
        println!("{}", if ok { "OK" } else { "NOT OK" });
    }
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(file: &VerdictFile, checked: &Checked) {
    let level = match file.inputs.as_str() {
        "open" => "open: all that the verdict was computed from is in this file",
        "sealed" => "sealed: for auditors: judgements without names",
        "named" => "sealed: for auditors: names are blotted out, so that the digest of the inputs is not compared",
        _ => "record: what the verdict was computed from is not in this file",
    };
    println!("level     {level}");
    let told = &checked.told;
    match &checked.answer {
        Answer::Equal { lines, beside } => {
            println!("computed  again from {lines} lines: the same");
            if !beside.is_empty() {
                println!("          recorded besides, and not computed from these lines: {}", beside.join(", "));
            }
        }
        Answer::Cannot { why, .. } => println!("computed  nothing: {why}"),
        Answer::Differs { .. } => println!("computed  again: it differs"),
    }
    println!("verdict   {} {} by {} ({})", told.kind, told.verdict, told.rule, told.rule_set);
    println!("outcome   {}", told.outcome);
    println!("inputs    {}", told.inputs);
    println!("log       {}, {} entries; the entry is in it", checked.checkpoint.origin, checked.checkpoint.size);
    println!("key       {}", file.vkey);
    if checked.pinned {
        println!("          the key you gave signed this log");
    } else {
        println!(
            "          taken from the file itself; give --key FILE with a key from elsewhere to know whose log it is"
        );
    }
    if let Some(what) = says(&checked.answer) {
        println!("WRONG  verdict {}: {what}", told.verdict);
    }
}

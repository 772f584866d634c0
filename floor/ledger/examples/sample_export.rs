//! `sample_export DIR [ENTRIES] [BYTES]` writes an export of made-up entries, verifies it and tells how long both took.

use std::path::Path;
use std::time::Instant;

use ledger::export::ExportWriter;
use ledger::note::Signer;
use ledger::tree::{Frontier, leaf_hash};
use ledger::verify::verify_dir;

fn entry(index: u64, bytes: usize) -> Vec<u8> {
    let mut entry = format!("{{\"n\":{index}}}").into_bytes();
    entry.resize(bytes.max(entry.len()), b'.');
    entry
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().ok_or("usage: sample_export DIR [ENTRIES] [BYTES]")?;
    let size = arguments.next().map_or(Ok(1000), |text| text.parse::<u64>())?;
    let bytes = arguments.next().map_or(Ok(200), |text| text.parse::<usize>())?;
    let signer = Signer::new("linli.example/log/sample", &[7; 32])?;

    let mut frontier = Frontier::new();
    (0..size).for_each(|index| frontier.push(leaf_hash(&entry(index, bytes))));
    let checkpoint = signer.sign_checkpoint(size, frontier.root())?;

    let start = Instant::now();
    let mut writer = ExportWriter::create(Path::new(&dir), &signer)?;
    for index in 0..size {
        writer.push(&entry(index, bytes))?;
    }
    let pushed = start.elapsed();
    let summary = writer.finish(&checkpoint)?;
    println!("export: {:.3?} (of it {pushed:.3?} before flushing to disk), {summary:?}", start.elapsed());

    let start = Instant::now();
    let report = verify_dir(Path::new(&dir), Some(&signer.verifier().to_string()))?;
    println!("verify: {:.3?}, {} files, {} bytes", start.elapsed(), report.files, report.bytes);
    Ok(())
}

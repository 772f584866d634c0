//! What is served beside the pages: files of others are the published ones, the scripts hold under the strictest policy.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use ui::assets::{ASSETS, SCRIPT_PATH};

const VENDORED: &str = include_str!("../assets/vendor/VENDORED.md");

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/vendor")
}

/// Rows of the table as (file, fingerprint).
fn rows() -> Vec<(&'static str, &'static str)> {
    let cells = |line: &'static str| line.split('|').map(str::trim).collect::<Vec<_>>();
    let rows = VENDORED.lines().filter(|line| line.starts_with('|')).skip(2).map(cells);
    rows.filter_map(|row| Some((*row.get(1)?, *row.get(6)?))).collect()
}

#[test]
fn files_of_others_are_the_published_ones() {
    let rows = rows();
    assert!(!rows.is_empty());
    for (file, want) in &rows {
        let bytes = fs::read(folder().join(file)).expect(file);
        let got: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(got, *want, "{file}");
    }
    for entry in fs::read_dir(folder()).expect("the folder of vendored files") {
        let name = entry.expect("a file").file_name();
        let listed = rows.iter().any(|(file, _)| name == *file) || name == "VENDORED.md";
        assert!(listed, "{} is not in VENDORED.md", name.display());
    }
}

#[test]
fn the_own_script_is_small_and_evaluates_nothing() {
    let own = include_str!("../assets/linli.js");
    assert!(own.len() < 4_000, "{} bytes", own.len());
    for forbidden in ["eval(", "Function(", "innerHTML", "document.write", ".style", "localStorage", "http:", "https:"]
    {
        assert!(!own.contains(forbidden), "{forbidden}");
    }
    // Syntax that engines of old phones cannot read would stop the whole file.
    for young in ["=>", "`", "?.", "??", "const ", "let ", "async "] {
        assert!(!own.contains(young), "{young}");
    }
    let served = ASSETS.iter().find(|asset| asset.path == SCRIPT_PATH).expect("the script");
    assert!(served.bytes.ends_with(own.as_bytes()));
}

#[test]
fn the_script_of_the_check_in_list_is_small_and_evaluates_nothing() {
    let own = include_str!("../assets/taps.js");
    assert!(own.len() < 4_000, "{} bytes", own.len());
    for forbidden in ["eval(", "Function(", "innerHTML", "document.write", ".style", "http:", "https:"] {
        assert!(!own.contains(forbidden), "{forbidden}");
    }
    for young in ["=>", "`", "?.", "??", "const ", "let ", "async "] {
        assert!(!own.contains(young), "{young}");
    }
}

#[test]
fn every_asset_unpacks_to_itself() {
    for asset in ASSETS {
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &*asset.brotli, &mut plain).expect(asset.path);
        assert_eq!(plain, asset.bytes, "{}", asset.path);
        let mut plain = Vec::new();
        let mut reader = flate2::read::GzDecoder::new(asset.gzip);
        std::io::Read::read_to_end(&mut reader, &mut plain).expect(asset.path);
        assert_eq!(plain, asset.bytes, "{}", asset.path);
    }
}

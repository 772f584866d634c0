//! An export is also verified by an implementation that is not ours (`independent/verify.py`).
//!
//! `LINLI_VERIFY_PYTHON` names a Python that has the package; without it the test says so loudly and is skipped.

#![expect(clippy::unwrap_used, reason = "a test's helper fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ledger::export::ExportWriter;
use ledger::note::Signer;
use ledger::tree::{Frontier, leaf_hash};

fn write(dir: &Path, size: u64) {
    let signer = Signer::new("linli.example/log/1", &[5; 32]).unwrap();
    let (mut writer, mut frontier) = (ExportWriter::create(dir, &signer).unwrap(), Frontier::new());
    for index in 0..size {
        let entry = format!("entry {index} 邻里").into_bytes();
        frontier.push(leaf_hash(&entry));
        writer.push(&entry).unwrap();
    }
    writer.add_file("rules/owners.toml", b"quorum = \"2/3\"\n").unwrap();
    writer.finish(&signer.sign_checkpoint(size, frontier.root()).unwrap()).unwrap();
}

fn judge(python: &Path, dir: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/independent/verify.py");
    Command::new(python).arg(script).arg(dir).output().unwrap()
}

#[test]
fn another_implementation_agrees_and_sees_damage() {
    let Some(python) = std::env::var_os("LINLI_VERIFY_PYTHON").map(PathBuf::from) else {
        eprintln!("SKIPPED: the independent check of exports did not run: LINLI_VERIFY_PYTHON is not set");
        return;
    };
    let scratch = std::env::temp_dir().join(format!("ledger-independent-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&scratch);
    for size in [1, 255, 256, 257, 700, 66_000] {
        let dir = scratch.join(size.to_string());
        write(&dir, size);
        let said = judge(&python, &dir);
        assert!(said.status.success(), "{size}: {said:?}");
        assert!(String::from_utf8_lossy(&said.stdout).ends_with("6 passed, 0 failed\n"), "{said:?}");
    }
    for file in ["checkpoint", "MANIFEST", "tile/0/000", "tile/entries/001", "tile/1/000.p/2", "rules/owners.toml"] {
        let path = scratch.join("700").join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[10] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(judge(&python, &scratch.join("700")).status.code(), Some(1), "{file}");
        bytes[10] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
    }
    let _ = std::fs::remove_dir_all(&scratch);
}

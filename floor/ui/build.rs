//! Collects the message files and names the stylesheet by its content, so that no list is kept by hand.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders under `locales/`, the order of `ui::Locale::ALL`.
const LOCALES: [&str; 4] = ["zh-Hans", "zh-Hant", "en", "ko"];

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("sources.rs"), sources(&here.join("../../locales"))?)?;
    fs::write(out.join("assets.rs"), assets(&here.join("assets"))?)?;
    Ok(())
}

/// One row of (folder, file name, text) for each message file, sorted, so that builds are the same everywhere.
fn sources(root: &Path) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("pub(crate) static SOURCES: &[(&str, &str, &str)] = &[\n");
    watch(root);
    for locale in LOCALES {
        let folder = root.join(locale);
        watch(&folder);
        let mut files: Vec<PathBuf> =
            fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
        files.retain(|path| path.extension().is_some_and(|ext| ext == "ftl"));
        files.sort();
        for path in files {
            watch(&path);
            let path = path.canonicalize()?;
            let name = path.file_name().and_then(|name| name.to_str()).ok_or("a message file has an odd name")?;
            writeln!(code, "    ({locale:?}, {name:?}, include_str!({path:?})),")?;
        }
    }
    code.push_str("];\n");
    Ok(code)
}

/// Constants with the names under which the assets are served: the hash changes when a byte changes, so a browser
/// may keep each of them for ever.
fn assets(root: &Path) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    for (constant, file) in [("LOOK", "look.css"), ("SEAL", "seal.svg")] {
        let path = root.join(file).canonicalize()?;
        watch(&path);
        let (stem, ext) = file.split_once('.').ok_or("an asset needs an extension")?;
        let hash = fnv(&fs::read(&path)?);
        writeln!(code, "/// Where `{file}` is served.")?;
        writeln!(code, "pub const {constant}_PATH: &str = \"/assets/{stem}.{hash:016x}.{ext}\";")?;
        writeln!(code, "const {constant}_BYTES: &[u8] = include_bytes!({path:?});")?;
    }
    Ok(code)
}

/// FNV-1a, 64 bits: names a version of a file; nothing trusts it.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

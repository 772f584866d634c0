//! Collects the message files, joins the stylesheet and the scripts, names each by its content and packs it once, so
//! that no list is kept by hand and no request waits for a compressor.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Folders under `locales/`, the order of `ui::Locale::ALL`.
const LOCALES: [&str; 4] = ["zh-Hans", "zh-Hant", "en", "ko"];

/// What is served: the constant, stem and ending of its name, and the files it is joined from, in this order.
const ASSETS: [(&str, &str, &str, &[&str]); 4] = [
    (
        "LOOK",
        "look",
        "css",
        &[
            "look/tokens.css",
            "look/ground.css",
            "look/frame.css",
            "look/parts.css",
            "look/forms.css",
            "look/matter.css",
            "look/data.css",
            "look/paper.css",
        ],
    ),
    ("SCRIPT", "linli", "js", &["vendor/htmx.min.js", "linli.js"]),
    ("TAPS", "taps", "js", &["taps.js"]),
    ("SEAL", "seal", "svg", &["seal.svg"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("sources.rs"), sources(&here.join("../../locales"))?)?;
    fs::write(out.join("assets.rs"), assets(&here.join("assets"), &out)?)?;
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

/// Constants with the names under which the assets are served (the hash changes when a byte changes, so a browser may
/// keep each of them for ever) and their bytes: plain, brotli, gzip.
fn assets(root: &Path, out: &Path) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    for (constant, stem, ending, parts) in ASSETS {
        let mut bytes = Vec::new();
        for part in parts {
            let path = root.join(part);
            watch(&path);
            bytes.extend(fs::read(&path)?);
            if !bytes.ends_with(b"\n") {
                bytes.push(b'\n');
            }
        }
        let name = format!("{stem}.{:016x}.{ending}", fnv(&bytes));
        writeln!(code, "/// Where the {ending} asset is served.")?;
        writeln!(code, "pub const {constant}_PATH: &str = \"/assets/{name}\";")?;
        for (kind, file) in packed(&bytes, &out.join(&name))? {
            writeln!(code, "const {constant}_{kind}: &[u8] = include_bytes!({file:?});")?;
        }
    }
    Ok(code)
}

/// Writes the plain, brotli and gzip forms beside one another. They are named by content: what is there is right, and
/// a change of a message file packs nothing again.
fn packed(bytes: &[u8], plain: &Path) -> Result<[(&'static str, PathBuf); 3], Box<dyn Error>> {
    let with = |ending: &str| PathBuf::from(format!("{}.{ending}", plain.display()));
    let (brotli, gzip) = (with("br"), with("gz"));
    if !gzip.exists() {
        fs::write(plain, bytes)?;
        let mut into = Vec::new();
        let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut &*bytes, &mut into, &params)?;
        fs::write(&brotli, into)?;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes)?;
        fs::write(&gzip, encoder.finish()?)?;
    }
    Ok([("BYTES", plain.to_owned()), ("BROTLI", brotli), ("GZIP", gzip)])
}

/// FNV-1a, 64 bits: names a version of a file; nothing trusts it.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

//! One target under libFuzzer: `LINLI_FUZZ_TARGET` names it, `LINLI_FUZZ_CORPUS` the folder into which its seeds are laid
//! before the search begins.

#![no_main]

use std::{env, fs, path::PathBuf, sync::OnceLock};

use fuzz::Target;

static TARGET: OnceLock<Target> = OnceLock::new();

fn begin() {
    let name = env::var("LINLI_FUZZ_TARGET").expect("LINLI_FUZZ_TARGET names a target");
    let target = fuzz::named(&name).unwrap_or_else(|| {
        let names: Vec<&str> = fuzz::all().iter().map(|target| target.name).collect();
        panic!("no target is called {name}; there are {}", names.join(", "))
    });
    if let Some(folder) = env::var_os("LINLI_FUZZ_CORPUS").map(PathBuf::from) {
        fs::create_dir_all(&folder).expect("a folder");
        let found = target.found().into_iter().map(|(_, bytes)| bytes);
        for (n, seed) in target.seeds().into_iter().chain(found).enumerate() {
            fs::write(folder.join(format!("seed-{n}")), seed).expect("a seed");
        }
        fs::write(folder.with_extension("dict"), target.dictionary()).expect("a dictionary");
    }
    TARGET.set(target).expect("once");
}

libfuzzer_sys::fuzz_target!(init: begin(), |input: &[u8]| {
    let target = TARGET.get().expect("it was begun");
    if input.len() <= target.longest {
        (target.run)(input);
    }
});

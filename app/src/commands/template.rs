//! `linli import template FILE`: how a programme runs its seasons.

use std::process::ExitCode;

use kernel::{Actor, Refusal};
use programmes::template::{MAX_BYTES, adopt::adopt, read};

use super::import::words;
use crate::{cli, home, work_pages};

/// Reads, checks and keeps the template, or only checks it.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::ImportTemplate) -> Result<ExitCode, String> {
    let path = options.file.display();
    let size = std::fs::metadata(&options.file).map_err(|e| format!("cannot read {path}: {e}"))?.len();
    if usize::try_from(size).map_or(true, |size| size > MAX_BYTES) {
        return Err(format!("{path} has {size} bytes; a template has at most {MAX_BYTES}"));
    }
    let text = std::fs::read_to_string(&options.file).map_err(|e| format!("cannot read {path}: {e}"))?;
    let template = read(&text).map_err(|refusal| told(&path.to_string(), &refusal))?;
    if !options.preview {
        let home = home::open_cli(&options.home)?;
        let cx = home::context(Actor::Operator);
        let keep = move |tx: &mut db::Tx<'_>| {
            let root = work_pages::root(tx)?;
            adopt(tx, &mut cx.clone(), &root.place, &text)
        };
        home.db.write_wait(keep).map_err(|e| words(&e))?;
        home.sequencer.drain().map_err(|e| e.to_string())?;
    }
    let (stages, fields, form) = (template.stages.len(), template.fields.len(), template.form.len());
    println!("{} version {}: {stages} stages, {fields} fields, a form of {form}", template.key, template.version);
    Ok(ExitCode::SUCCESS)
}

fn told(path: &str, refusal: &Refusal) -> String {
    let mut text = format!("{path}: {}", refusal.code);
    for (name, value) in &refusal.args {
        text.push_str(&format!("\n  {name}: {value:?}"));
    }
    for field in &refusal.fields {
        text.push_str(&format!("\n  {}: {}", field.field, field.code));
    }
    text
}

//! `linli import places`: official codes of places, with a preview.

use std::{fs::File, io::BufReader, path::Path, process::ExitCode};

use db::Db;
use kernel::{Actor, PlaceId};
use places::{
    Code,
    commands::{
        alias::{AddAlias, alias},
        import::take,
    },
    import::{self, Change, Plan, Sheet, Work},
};

use super::import::words;
use crate::{
    cli,
    home::{self, context},
};

/// Compares the file with the tree, says what it would change, and takes it in.
///
/// # Errors
/// A sentence for whoever typed it: the file cannot be read, or has wrong rows.
pub fn run(options: &cli::ImportPlaces) -> Result<ExitCode, String> {
    let under = match &options.under {
        Some(text) => Some(text.parse::<PlaceId>().map_err(|e| format!("--under {text}: {e}"))?),
        None => None,
    };
    let sheet = read(&options.file, import::read)?;
    let aliases = options.aliases.as_deref().map(|file| read(file, import::aliases)).transpose()?;
    let home = home::open_cli(&options.home)?;
    let db = home.db.jobs();
    let plan = plan(&db, sheet, under.clone())?;
    show(&plan);
    let aliases = aliases.unwrap_or_default();
    if options.preview {
        println!("preview only: nothing was written");
        return Ok(ExitCode::SUCCESS);
    }
    if plan.n_errors > 0 && !options.skip_wrong {
        return Err(format!(
            "{} of {} rows are wrong, so nothing was written; mend them, or add --skip-wrong to take in the others",
            plan.n_errors, plan.n_rows
        ));
    }
    if plan.is_empty() {
        println!("the tree has it all already");
    }
    write(&db, plan, under)?;
    name(&db, &aliases)?;
    home.sequencer.drain().map_err(|e| e.to_string())?;
    Ok(ExitCode::SUCCESS)
}

fn read<T>(path: &Path, reader: impl FnOnce(BufReader<File>) -> Result<T, import::FileError>) -> Result<T, String> {
    let place = path.display();
    let file = File::open(path).map_err(|e| format!("cannot read {place}: {e}"))?;
    reader(BufReader::new(file)).map_err(|e| format!("{place}: {e}"))
}

fn plan(db: &Db, sheet: Sheet, under: Option<PlaceId>) -> Result<Plan, String> {
    db.read_wait(move |s| import::plan(s, &sheet, under.as_ref())).map_err(|e: db::DbError| e.to_string())
}

/// The counts on standard output, what is wrong on standard error.
fn show(plan: &Plan) {
    for error in &plan.errors {
        let value = if error.value.is_empty() { String::new() } else { format!(": {}", error.value) };
        eprintln!("row {} (line {}), {}: {}{value}", error.row, error.line, error.field, error.code);
    }
    let told = u32::try_from(plan.errors.len()).unwrap_or(u32::MAX);
    if plan.n_errors > told {
        eprintln!("and {} more", plan.n_errors - told);
    }
    println!(
        "{} rows: {} new, {} changed, {} unchanged, {} wrong; {} places of the tree are not in the file and stay",
        plan.n_rows,
        plan.new.len(),
        plan.changed.len(),
        plan.n_unchanged,
        plan.n_errors,
        plan.n_missing,
    );
    for change in plan.changes() {
        let moved = if change.is_moved { ", moved" } else { "" };
        println!("changed  {}  {} -> {}{moved}", change.code, change.was, change.name.unwrap_or_default());
    }
    for Change { code, was, .. } in &plan.missing {
        println!("missing  {code}  {was}");
    }
}

fn write(db: &Db, plan: Plan, under: Option<PlaceId>) -> Result<(), String> {
    let mut work = Work::new(plan, under);
    let n_parts = work.n_parts();
    let mut done = 0;
    while let Some(part) = work.next_part() {
        let cx = context(Actor::Operator);
        let made =
            db.write_wait(move |tx| take(tx, &mut cx.clone(), crate::router::FOLLOWERS, &part)).map_err(|e| {
                format!("{}; {done} of {n_parts} parts are in, the same command goes on from there", words(&e))
            })?;
        work.learn(made);
        done += 1;
    }
    if n_parts > 0 {
        println!("taken in, in {n_parts} parts with an entry each");
    }
    Ok(())
}

/// Gives places their other names; codes that the tree does not have are told and passed over.
fn name(db: &Db, aliases: &[(Code, String)]) -> Result<(), String> {
    let (mut added, mut there) = (0, 0);
    for (code, name) in aliases {
        let code = *code;
        let found = db.read_wait(move |s| places::queries::by_code(s, code)).map_err(|e: db::DbError| e.to_string())?;
        let Some(place) = found else {
            eprintln!("no place has the code {code}: {name}");
            continue;
        };
        let (cx, input) = (context(Actor::Operator), AddAlias { alias: name.clone() });
        let is_new = db.write_wait(move |tx| alias(tx, &mut cx.clone(), &place.id, &input)).map_err(|e| words(&e))?;
        if is_new {
            added += 1;
        } else {
            there += 1;
        }
    }
    if !aliases.is_empty() {
        println!("{added} other names added, {there} were there");
    }
    Ok(())
}

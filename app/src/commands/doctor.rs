//! `linli doctor`: whether what the database says agrees with itself, and what the machine lacks.

use std::process::ExitCode;

use db::{DbError, Fault};
use funds::book::queries as books;
use programmes::SeasonId;

use crate::{cli, home, pdf::Pdf};

/// Looks into every book of money: each transfer adds up to nothing, each account is what its postings say and on its own
/// side, and each trial balance is nothing. Exit code 1 where one is not. Says how it stands with PDF, which nothing needs.
///
/// # Errors
/// A sentence when the database cannot be read.
pub fn run(options: &cli::Doctor) -> Result<ExitCode, String> {
    let home = home::open_cli(&options.home)?;
    let db = home.db.jobs();
    let (mut n_books, mut after, mut faults) = (0, String::new(), Vec::new());
    loop {
        let from = after.clone();
        let seasons: Vec<SeasonId> =
            db.read_wait(move |s| books::seasons(s, &from)).map_err(|e: DbError| e.to_string())?;
        let Some(last) = seasons.last() else { break };
        after = last.to_string();
        for season in seasons {
            n_books += 1;
            let found = db.read_wait(move |s| Ok::<_, Fault>(books::faults(s, &season)?));
            faults.extend(found.map_err(|e: Fault| e.to_string())?);
        }
    }
    for fault in &faults {
        println!("{fault}");
    }
    println!("books of money: {n_books} looked into, {} faults", faults.len());
    println!("{}", Pdf::look(options.pdf_font.as_deref()));
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

//! Add the film of a project's results with what was asked of those in it, and take it away.

use db::{Fault, Tx};
use kernel::{Context, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde_json::json;
use work::files::{self, FileId};

use super::{FACES, Film, store};
use crate::{
    SeasonId,
    running::{Case, rules, subject},
};

/// A film as somebody sent it.
#[derive(Debug, Clone, Default)]
pub struct AddFilm {
    /// The id of a film that the same person sent before and that belongs to nothing yet; empty keeps the one that is
    /// there.
    pub file: String,
    /// `nobody`, `agreed` or `inside`: what was asked of those who are to be seen or heard.
    pub faces: String,
}

/// Adds it, in place of an earlier one, until the closing is accepted. The team does it, or the office for the team. The
/// same again changes nothing.
///
/// # Errors
/// Refusals `invalid-input` (`film`, `faces`), `file-not-found`, `file-in-use`, `season-not-found`, `project-not-found`,
/// `wrong-stage`, `project-not-running`, `not-allowed`; database faults.
pub fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    input: &AddFilm,
) -> Result<Film, Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = case.team(&cx.actor)?;
    let before = store::film(tx, (season, number))?;
    let (file, faces) = read(input, before.as_ref())?;
    if let Some(before) = before.as_ref().filter(|before| before.file == file && before.faces == faces) {
        return Ok(before.clone());
    }
    rules::running(&case.run)?;
    let of = subject(season, number);
    let others = before.filter(|before| before.file != file);
    if others.is_some() || store::film(tx, (season, number))?.is_none() {
        files::attach(tx, cx, &permit, &file, &of)?;
    }
    if let Some(other) = others {
        files::let_go(tx, cx, &permit, &other.file, &of)?;
    }
    let film = Film { file, faces, added_day: cx.day.clone() };
    store::put(tx, &permit, (season, number), (&film, cx))?;
    let public = json!({ "project": number, "faces": film.faces });
    let private = json!({ "file": film.file, "by": cx.actor.person() });
    let draft =
        Draft { kind: "closing.film-added", subject: season.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(film)
}

fn read(input: &AddFilm, before: Option<&Film>) -> Result<(FileId, String), Refusal> {
    let mut shape = Shape::new();
    let faces = input.faces.trim().to_owned();
    if !FACES.contains(&faces.as_str()) {
        shape.error("faces", if faces.is_empty() { "required" } else { "unknown-choice" });
    }
    let file = match (input.file.trim(), before) {
        ("", Some(before)) => Some(before.file.clone()),
        (typed, _) => typed.parse().ok(),
    };
    if file.is_none() {
        shape.error("film", "required");
    }
    let file = shape.finish(file)?;
    Ok((file.ok_or_else(|| Refusal::invalid(Vec::new()))?, faces))
}

/// Takes it away for good, such as when somebody in it no longer agrees: also after the closing was accepted. Where there is
/// none, nothing changes.
///
/// # Errors
/// Refusals `season-not-found`, `project-not-found`, `wrong-stage`, `not-allowed`; database faults.
pub fn remove(tx: &mut Tx<'_>, cx: &mut Context, (season, number): (&SeasonId, u32)) -> Result<(), Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = case.team(&cx.actor)?;
    let Some(film) = store::film(tx, (season, number))? else { return Ok(()) };
    if !store::remove(tx, &permit, (season, number), &film.file)? {
        return Ok(());
    }
    files::let_go(tx, cx, &permit, &film.file, &subject(season, number))?;
    let (public, private) = (json!({ "project": number }), json!({ "file": film.file, "by": cx.actor.person() }));
    let draft =
        Draft { kind: "closing.film-removed", subject: season.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(())
}

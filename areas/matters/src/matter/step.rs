//! Tell of a step: a note with photos, public or inner; and the way other areas put their steps into a thread.

use db::{Fault, Tx};
use kernel::{Context, Id, Kind, Refusal, Shape, Site};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Matter, MatterId, Part, Step, queries, rules, store, store::Next};
use crate::duty::DutyId;

/// A step as an area tells it.
#[derive(Debug, Clone, Default)]
pub struct NewStep {
    /// What, a word of the area that has a message `step-<kind>`.
    pub kind: &'static str,
    /// What somebody wrote, at most 4,000 characters; may be empty.
    pub words: String,
    /// A message that the program says instead: a key and its arguments.
    pub says: Option<serde_json::Value>,
    /// Only for the office.
    pub inner: bool,
    /// A page of this site with more, such as `/notices/…`.
    pub link: Option<String>,
    /// The duty it is about.
    pub duty: Option<DutyId>,
    /// Ids of photos and documents, at most 9.
    pub files: Vec<String>,
}

/// A note as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Note {
    /// 1 to 2,000 characters.
    #[serde(default)]
    pub words: String,
    /// Only for the office.
    #[serde(default)]
    pub inner: bool,
    /// Ids of photos and documents that the same person added before and that belong to nothing yet, at most 9.
    #[serde(default)]
    pub files: Vec<String>,
}

/// Adds a step to the thread of an open matter and answers with its number. For other areas: the permit is theirs, and
/// so is the entry of the log.
///
/// # Errors
/// Refusals `matter-not-found`, `matter-closed`, `matter-joined`, `too-many-steps`; database faults.
pub fn add(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, id: &MatterId, new: &NewStep) -> Result<u32, Fault> {
    let Some(next) = store::next_step(tx, permit, id, cx.now, rules::MAX_STEPS)? else {
        rules::expect_open(&queries::matter(tx, id)?)?;
        let limit = i64::from(rules::MAX_STEPS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-steps").with_int("limit", limit).into());
    };
    let site = queries::matter(tx, id)?.site()?;
    put(tx, cx, permit, &Place { id, site: &site, next: &next }, new)
}

/// Where a step goes.
pub(crate) struct Place<'a> {
    pub id: &'a MatterId,
    pub site: &'a Site,
    pub next: &'a Next,
}

/// Writes a step at a place of the thread that was taken.
pub(crate) fn put(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, at: &Place<'_>, new: &NewStep) -> Result<u32, Fault> {
    // who opened a matter speaks in it as a neighbour: an office that one person holds there would name them
    let part = match cx.author() {
        Some(author) if new.kind != "opened" => store::part_of(tx, at.id, author)?,
        _ => None,
    };
    let is_own = new.kind == "opened" || part.is_some_and(|part| part != Part::Follower);
    let role = rules::role_at(cx.actor.principal(), at.site).filter(|_| !is_own);
    let step = Step {
        n: at.next.n,
        at: cx.now,
        day: cx.day.clone(),
        stage: at.next.stage,
        kind: new.kind.to_owned(),
        words: new.words.clone(),
        says: new.says.as_ref().map(ToString::to_string),
        person: cx.author().cloned(),
        role: role.map_or("", kernel::Role::as_str).to_owned(),
        shown: !new.inner,
        link: new.link.clone(),
        duty: new.duty.clone(),
        files: new.files.clone(),
    };
    store::insert_step(tx, permit, at.id, &step)?;
    Ok(step.n)
}

/// Notes something in a matter: the office whatever it likes, its authors in public.
///
/// # Errors
/// Refusals `invalid-input`, `file-not-found`, `file-in-use`, `matter-not-found`, `matter-closed`, `matter-joined`, `too-many-steps`, `not-allowed`;
/// database faults.
pub fn note(tx: &mut Tx<'_>, cx: &mut Context, id: &MatterId, input: &Note) -> Result<u32, Fault> {
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 2_000);
    let files = files(&mut shape, &input.files);
    let (words, files) = shape.finish((words, files))?;
    let matter = queries::matter(tx, id)?;
    let permit = permit(tx, cx, &matter, input.inner)?;
    let new = NewStep { kind: "noted", words, files, inner: input.inner, ..NewStep::default() };
    let n = add(tx, cx, &permit, id, &new)?;
    attach(tx, cx, &permit, id, &new.files)?;
    let told = json!({ "inner": input.inner, "step": n });
    let words = json!({ "words": new.words, "files": new.files });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "matter.noted", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(n)
}

/// Who may do community work at the place; and in public, who opened the matter.
fn permit(tx: &mut Tx<'_>, cx: &Context, matter: &Matter, inner: bool) -> Result<Permit, Fault> {
    let site = matter.site()?;
    let refused = match authorize(&cx.actor, Action::MoveMatter, &site) {
        Ok(permit) => return Ok(permit),
        Err(refusal) => refusal,
    };
    let part = match cx.author() {
        Some(person) if !inner => store::part_of(tx, &matter.id, person)?,
        _ => None,
    };
    if matches!(part, Some(Part::Author | Part::Credited)) {
        return Ok(authorize(&cx.actor, Action::OpenMatter, &site)?);
    }
    Err(refused.into())
}

/// Gives the files of a step to its matter, in the transaction that writes the step.
pub(crate) fn attach(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    id: &MatterId,
    files: &[String],
) -> Result<(), Fault> {
    for file in files {
        let file = file.parse().map_err(|_| Refusal::new(Kind::NotFound, "file-not-found"))?;
        work::files::attach(tx, cx, permit, &file, id.as_str())?;
    }
    Ok(())
}

/// Ids of files as they were typed, each once, in the order in which they came.
pub(crate) fn files(shape: &mut Shape, typed: &[String]) -> Vec<String> {
    if typed.len() > rules::MAX_FILES {
        shape.error("files", "too-many");
    }
    let mut ids: Vec<String> = typed.iter().filter(|id| !id.is_empty()).take(rules::MAX_FILES).cloned().collect();
    ids.sort();
    ids.dedup();
    if ids.iter().any(|id| id.parse::<Id<()>>().is_err()) {
        shape.error("files", "unknown-choice");
    }
    ids
}

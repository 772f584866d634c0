//! Open a matter.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, PersonId, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use places::{Place, State as PlaceState};
use rights::{Action, Permit, authorize, may};
use serde::Deserialize;
use serde_json::json;
use work::clock::Reckoner;

use super::{
    Matter, Part, Stage, State, queries,
    rules::{self, EVERYBODYS},
    step::{self, NewStep},
    store::{self, Member, Next},
};
use crate::duty::answer;

/// A matter as somebody typed it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct OpenMatter {
    /// Where it is.
    #[schema(value_type = String)]
    pub place: PlaceId,
    /// `report`, `suggestion` or `idea`; the office opens others too. A word of letters and dashes, at most 24.
    #[serde(default = "report")]
    pub kind: String,
    /// 1 to 60 characters.
    #[serde(default)]
    pub title: String,
    /// What is the matter, at most 2,000 characters; may be empty.
    #[serde(default)]
    pub words: String,
    /// The author's name is shown to nobody outside the office, and masked inside.
    #[serde(default)]
    pub anonymous: bool,
    /// Ids of photos and documents that the same person added before and that belong to nothing yet, at most 9.
    #[serde(default)]
    pub files: Vec<String>,
    /// A text the sender makes up for this one matter, at most 64 characters, so that sending twice opens once.
    #[serde(default)]
    pub once: String,
}

fn report() -> String {
    "report".to_owned()
}

/// Opens a matter and gives at once the duty to answer it ([`answer::give_answer`]), where somebody holds a post for
/// it. The same `once` of the same author again answers with the matter that is there.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `place-closed`, `file-not-found`, `file-in-use`, `sign-in-first`, `verify-first`, `not-allowed`;
/// database faults.
pub fn open(tx: &mut Tx<'_>, cx: &mut Context, reckoner: &Reckoner<'_>, input: &OpenMatter) -> Result<Matter, Fault> {
    let place = place(tx, input)?;
    let site = place.site()?;
    let permit = authorize(&cx.actor, Action::OpenMatter, &site)?;
    crate::site::may_act_for(cx, &site)?;
    if !EVERYBODYS.contains(&input.kind.as_str()) && !may(&cx.actor, Action::MoveMatter, &site) {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    keep(tx, cx, reckoner, &permit, (&place, input))
}

/// The place that was typed.
pub(super) fn place(tx: &mut Tx<'_>, input: &OpenMatter) -> Result<Place, Fault> {
    let place = places::queries::show(tx, &input.place)?;
    Ok(place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}

/// Opens it with a permit that is there, and gives the duty to answer.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    permit: &Permit,
    (place, input): (&Place, &OpenMatter),
) -> Result<Matter, Fault> {
    let author = cx.author().cloned();
    let (matter, is_new) = begun(tx, cx, permit, (place, author.as_ref()), input)?;
    if !is_new {
        return Ok(matter);
    }
    match answer::give_answer(tx, cx, reckoner, permit, &matter)? {
        // its thread has gone on by the step that tells of the duty
        Some(_) => queries::matter(tx, &matter.id),
        None => Ok(matter),
    }
}

/// Opens a matter with a permit that is there already: for other areas whose records are matters too, and who give
/// the duties that they owe themselves. `author` is whose matter it is, who reads of it and grades it; none where it is
/// nobody's.
///
/// # Errors
/// As [`open`], without those of rights.
pub fn begin(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (place, author): (&Place, Option<&PersonId>),
    input: &OpenMatter,
) -> Result<Matter, Fault> {
    begun(tx, cx, permit, (place, author), input).map(|(matter, _)| matter)
}

/// The matter, and whether it was opened just now.
fn begun(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (place, author): (&Place, Option<&PersonId>),
    input: &OpenMatter,
) -> Result<(Matter, bool), Fault> {
    let (mut matter, first, once) = draft(cx, place, author, input)?;
    // a matter has a home of its own: that of its place, whatever home the permit was given for
    if matter.home() != permit.home() {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    if place.state != PlaceState::Open {
        return Err(Refusal::new(Kind::Conflict, "place-closed").into());
    }
    if let Some(opened) = store::once(tx, matter.home(), &once)? {
        return Ok((opened, false));
    }
    matter.number = store::next_number(tx, permit, &cx.day)?;
    match store::insert(tx, cx, permit, &matter, &once) {
        // the twin of a double tap, at the same instant
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    if let Some(author) = &matter.author {
        let member = Member { person: author.clone(), part: Part::Author, anonymous: matter.anonymous };
        store::put_person(tx, permit, &matter.id, &member, cx.now)?;
    }
    let next = store::next_step(tx, permit, &matter.id, cx.now, rules::MAX_STEPS)?;
    let next = next.unwrap_or(Next { n: 1, stage: matter.stage });
    matter.n_steps =
        step::put(tx, cx, permit, &step::Place { id: &matter.id, site: &place.site()?, next: &next }, &first)?;
    step::attach(tx, cx, permit, &matter.id, &first.files)?;
    let told = json!({
        "kind": matter.kind, "matter": matter.id, "number": matter.number, "place": matter.place,
        "source": cx.source().as_str(), "stage": matter.stage.as_str(),
    });
    let words = json!({ "title": matter.title, "words": first.words, "author": matter.author, "files": first.files });
    let draft = Draft { kind: "matter.opened", subject: matter.id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, permit, &draft)?;
    Ok((matter, true))
}

fn draft(
    cx: &mut Context,
    place: &Place,
    author: Option<&PersonId>,
    input: &OpenMatter,
) -> Result<(Matter, NewStep, String), Refusal> {
    let mut shape = Shape::new();
    let is_word = |kind: &str| {
        let letters = kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        letters && (1..=24).contains(&kind.len())
    };
    if !is_word(&input.kind) {
        shape.error("kind", "unknown-choice");
    }
    let first = NewStep {
        kind: "opened",
        words: shape.optional_prose("words", &input.words, 2_000),
        files: step::files(&mut shape, &input.files),
        ..NewStep::default()
    };
    let matter = Matter {
        id: cx.id(place.home),
        number: String::new(),
        place: place.id.clone(),
        path: place.path.clone(),
        title: shape.line("title", &input.title, 60),
        kind: input.kind.clone(),
        stage: Stage::Collect,
        state: State::Open,
        joined_into: None,
        author: author.cloned(),
        anonymous: input.anonymous,
        n_steps: 0,
        n_waits: 0,
        round: 0,
        opened_at: cx.now,
        opened_day: cx.day.clone(),
        closed_day: None,
        closed_by: None,
        outcome: None,
        grade: None,
    };
    let once = shape.optional_line("once", &input.once, 64);
    // somebody else's text leads to nobody's matter
    let once = match (&matter.author, once.is_empty()) {
        (_, true) => matter.id.to_string(),
        (Some(author), false) => format!("{author} {once}"),
        (None, false) => once,
    };
    shape.finish((matter, first, once))
}

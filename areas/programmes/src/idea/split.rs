//! Split an idea that holds several.

use db::{Fault, Tx};
use kernel::{Context, Kind, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::Permit;
use serde::Deserialize;
use serde_json::json;

use super::{Idea, IdeaId, MAX_IDEAS, State, owed, post, queries, rules, store};
use crate::{Season, SeasonId, Template, template};

/// Parts at most.
pub const MAX_PARTS: usize = 5;

/// The parts, and why.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct SplitIdea {
    /// 2 to 5 parts.
    pub parts: Vec<Part>,
    /// Why, for everybody to read: 1 to 500 characters.
    pub reason: String,
}

/// One part.
#[derive(Debug, Clone, Default, Deserialize, serde::Serialize, utoipa::ToSchema)]
#[schema(as = IdeaPart)]
#[serde(default)]
pub struct Part {
    /// 1 to 60 characters.
    pub title: String,
    /// 1 to 2,000 characters.
    pub body: String,
    /// A key of the template's fields; empty means that of the whole.
    pub field: String,
}

/// Splits the idea. The parts carry its author, its place and the day by which an answer is due: nobody waits anew for
/// having had two thoughts. Supporters stay with the whole, for they never said which part they meant.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `idea-not-found`, `idea-wrong-state`, `too-many-ideas`,
/// `not-allowed`; database faults.
pub fn split(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &IdeaId),
    input: &SplitIdea,
) -> Result<Vec<Idea>, Fault> {
    let (season, permit) = queries::office(tx, cx, season)?;
    let idea = queries::idea(tx, &season.id, id)?;
    let template = template::queries::of_season(tx, &season)?;
    let (parts, reason) = shaped(&template, &idea, input)?;
    if !store::split(tx, &permit, &season.id, (id, &reason))? {
        rules::expect_state(&queries::idea(tx, &season.id, id)?, &[State::Split])?;
        return Ok(queries::parts(tx, &season.id, id)?);
    }
    let more = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    if !store::count_parts(tx, &permit, &season.id, more, MAX_IDEAS)? {
        let limit = i64::from(MAX_IDEAS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-ideas").with_int("limit", limit).into());
    }
    let mut made = Vec::new();
    for part in parts {
        made.push(put(tx, cx, (&permit, &season), (&idea, &part))?);
    }
    let ids: Vec<&IdeaId> = made.iter().map(|part| &part.id).collect();
    let (told, private) = (json!({ "idea": id, "parts": ids }), json!({ "reason": reason, "by": cx.actor.person() }));
    let draft = Draft { kind: "idea.split", subject: season.id.as_str(), public: &told, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    // the whole may have been answered, its parts are not
    owed::owe_again(tx, cx, &permit, (&season, &idea))?;
    Ok(made)
}

fn put(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, season): (&Permit, &Season),
    (whole, part): (&Idea, &Part),
) -> Result<Idea, Fault> {
    let place: PlaceId = whole.place.clone().unwrap_or_else(|| season.place.clone());
    let found = places::queries::show(tx, &place)?;
    let area = found.map_or_else(|| season.place.clone(), |place| post::area_of(&place, season));
    let idea = Idea {
        id: cx.id(season.id.home()),
        title: part.title.clone(),
        body: part.body.clone(),
        field: part.field.clone(),
        split_from: Some(whole.id.clone()),
        answer: None,
        n_supports: 0,
        n_comments: 0,
        n_photos: 0,
        n_merged: 0,
        ..whole.clone()
    };
    let came = store::Came { once: idea.id.as_str(), area: &area, entered_by: cx.actor.person() };
    store::insert_idea(tx, permit, &season.id, &idea, &came)?;
    post::tell(tx, cx, permit, &season.id, &idea)?;
    Ok(idea)
}

fn shaped(template: &Template, whole: &Idea, input: &SplitIdea) -> Result<(Vec<Part>, String), Refusal> {
    let mut shape = Shape::new();
    let reason = shape.prose("reason", &input.reason, 500);
    if input.parts.len() < 2 {
        shape.error("parts", "required");
    } else if input.parts.len() > MAX_PARTS {
        shape.error("parts", "too-many");
    }
    let mut parts = Vec::new();
    for part in input.parts.iter().take(MAX_PARTS) {
        let field = if part.field.trim().is_empty() { &whole.field } else { &part.field };
        parts.push(Part {
            title: shape.line("title", &part.title, 60),
            body: shape.prose("body", &part.body, 2_000),
            field: if field.is_empty() { String::new() } else { post::field(&mut shape, template, field) },
        });
    }
    shape.finish((parts, reason))
}

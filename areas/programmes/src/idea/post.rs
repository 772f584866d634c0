//! Post an idea.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Idea, MAX_IDEAS, rules, store};
use crate::{SeasonId, season::queries};

/// An idea as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct PostIdea {
    /// 1 to 60 characters.
    #[serde(default)]
    pub title: String,
    /// 1 to 2,000 characters.
    #[serde(default)]
    pub body: String,
    /// How the author wants to be called, at most 30 characters; empty means without a name.
    #[serde(default)]
    pub author: String,
    /// A text the sender makes up for this one idea, at most 64 characters, so that sending twice posts once.
    #[serde(default)]
    pub once: String,
}

/// Posts the idea. The same `once` again answers with the idea that is already there.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `wrong-phase`, `too-many-ideas`, `not-allowed`; database faults.
pub fn post(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &PostIdea) -> Result<Idea, Fault> {
    let permit = authorize(&cx.actor, Action::PostIdea, season.home())?;
    keep(tx, cx, &permit, season, input)
}

/// Posts with a permit that is there already: at the desk it is not the typist's.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    season: &SeasonId,
    input: &PostIdea,
) -> Result<Idea, Fault> {
    let (idea, mut once) = draft(cx, season, input)?;
    if once.is_empty() {
        once = idea.id.to_string();
    } else if let Some(author) = cx.author() {
        // two people may make up the same text
        once = format!("{author}/{once}");
    }
    if let Some(posted) = store::idea_once(tx, season, &once)? {
        return Ok(posted);
    }
    if !store::count_idea(tx, permit, season, MAX_IDEAS)? {
        rules::may_post(&queries::season(tx, season)?)?;
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let came = store::Came { once: &once, author: cx.author(), entered_by: cx.entered_by(), source: cx.source() };
    match store::insert_idea(tx, permit, season, &idea, &came) {
        // the twin of a double click, at the same instant
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    // what people write may name people: the log holds a commitment to it, the words stay erasable
    let words = json!({
        "title": idea.title, "body": idea.body, "author": idea.author,
        "person": cx.author(), "entered_by": cx.entered_by(),
    });
    let told = json!({ "idea": idea.id, "source": cx.source().as_str() });
    let draft = Draft { kind: "idea.posted", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, permit, &draft)?;
    Ok(idea)
}

fn draft(cx: &mut Context, season: &SeasonId, input: &PostIdea) -> Result<(Idea, String), Refusal> {
    let mut shape = Shape::new();
    let idea = Idea {
        id: cx.id(season.home()),
        title: shape.line("title", &input.title, 60),
        body: shape.prose("body", &input.body, 2_000),
        author: shape.optional_line("author", &input.author, 30),
        posted_at: cx.now,
        posted_day: cx.day.clone(),
    };
    let once = shape.optional_line("once", &input.once, 64);
    shape.finish((idea, once))
}

//! Comment on an idea, or reply to a comment.

use db::{DbError, Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Comment, CommentId, IdeaId, MAX_COMMENTS, queries, rules, store::talk};
use crate::{SeasonId, season};

/// A comment as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct NewComment {
    /// 1 to 1,000 characters.
    pub words: String,
    /// The id of the comment it replies to; a reply to a reply stands beside it.
    pub to: String,
    /// Without the author's name.
    pub nameless: bool,
    /// A text the sender makes up for this one comment, at most 64 characters, so that sending twice comments once.
    pub once: String,
}

/// Comments on the idea. The same `once` again answers with the comment that is already there.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `wrong-stage`, `idea-not-found`, `idea-wrong-state`,
/// `too-many-comments`, `not-allowed`; database faults.
pub fn comment(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, idea): (&SeasonId, &IdeaId),
    input: &NewComment,
) -> Result<Comment, Fault> {
    let permit = authorize(&cx.actor, Action::PostIdea, season.home())?;
    let (mut comment, to, once) = draft(cx, season, input)?;
    let on = (season, idea);
    if let Some(posted) = talk::comment_once(tx, on, &once)? {
        return Ok(posted);
    }
    rules::may_talk(&season::queries::season(tx, season)?)?;
    if let Some(to) = &to {
        let wrong = || Refusal::invalid(vec![FieldError::new("to", "unknown-choice")]);
        // threads are two deep: a reply to a reply goes on in the same thread
        comment.thread = talk::comment(tx, on, to)?.ok_or_else(wrong)?.thread;
    }
    if let Some(person) = cx.author().filter(|_| !input.nameless) {
        comment.author = people::account::queries::shown_name(tx, person)?;
    }
    if !talk::count_comment(tx, &permit, on, MAX_COMMENTS)? {
        rules::may_comment(&queries::idea(tx, season, idea)?)?;
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    match talk::insert_comment(tx, cx, &permit, on, (&comment, &once)) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let told = json!({ "comment": comment.id, "idea": idea });
    let private = json!({ "words": comment.words, "author": comment.author, "person": cx.author() });
    let kind = "idea.commented";
    append(tx, cx, &permit, &Draft { kind, subject: season.as_str(), public: &told, private: Some(&private) })?;
    Ok(comment)
}

fn draft(
    cx: &mut Context,
    season: &SeasonId,
    input: &NewComment,
) -> Result<(Comment, Option<CommentId>, String), Refusal> {
    let mut shape = Shape::new();
    let to = input.to.trim().parse::<CommentId>().ok();
    if to.is_none() && !input.to.trim().is_empty() {
        shape.error("to", "unknown-choice");
    }
    let id: CommentId = cx.id(season.home());
    let once = shape.optional_line("once", &input.once, 64);
    let once = match (cx.author(), once.is_empty()) {
        (_, true) => id.to_string(),
        (Some(author), false) => format!("{author}/{once}"),
        (None, false) => once,
    };
    let comment = Comment {
        thread: id.clone(),
        id,
        words: shape.prose("words", &input.words, 1_000),
        author: String::new(),
        hidden: None,
        posted_day: cx.day.clone(),
    };
    shape.finish((comment, to, once))
}

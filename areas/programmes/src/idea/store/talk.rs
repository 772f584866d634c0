//! All SQL of comments and supports.

use db::{DbError, Snapshot, Tx, params};
use kernel::{Context, PersonId};
use rights::Permit;

use crate::{
    SeasonId,
    idea::{Comment, CommentId, IdeaId},
};

db::statements! {
    STATEMENTS:
    SUPPORT = "INSERT INTO idea_supports (home, season, idea, person) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (home, season, idea, person) DO NOTHING";
    UNSUPPORT = "DELETE FROM idea_supports WHERE home = ?1 AND season = ?2 AND idea = ?3 AND person = ?4";
    COUNT_SUPPORT = "UPDATE ideas SET supports = supports + ?4 WHERE home = ?1 AND season = ?2 AND id = ?3 \
                     AND state = 'shown' AND supports + ?4 >= 0";
    SUPPORTED = "SELECT idea FROM idea_supports WHERE home = ?1 AND season = ?2 AND idea = ?3 AND person = ?4";
    /// Who supported both counts once.
    CARRY_SUPPORTS = "INSERT INTO idea_supports (home, season, idea, person) \
                      SELECT home, season, ?4, person FROM idea_supports WHERE home = ?1 AND season = ?2 AND idea = ?3 \
                      ON CONFLICT (home, season, idea, person) DO NOTHING";
    /// What an idea has after others were merged into it. Touches no row when it went away meanwhile: then nothing is
    /// merged into it.
    RECOUNT = "UPDATE ideas SET supports = (SELECT COUNT(*) FROM idea_supports s WHERE s.home = ?1 AND s.season = ?2 \
               AND s.idea = ?3), merges = (SELECT COUNT(*) FROM ideas m WHERE m.home = ?1 AND m.season = ?2 \
               AND m.merged_into = ?3) WHERE home = ?1 AND season = ?2 AND id = ?3 AND state = 'shown'";

    COUNT_COMMENT = "UPDATE ideas SET comments = comments + 1 WHERE home = ?1 AND season = ?2 AND id = ?3 \
                     AND state = 'shown' AND comments < ?4";
    INSERT_COMMENT = "INSERT INTO idea_comments (home, season, idea, thread, id, words, author, person, once, hidden, \
                      posted_at, posted_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL, ?10, ?11)";
    COMMENT_ONCE = "SELECT id, thread, words, author, hidden, posted_day FROM idea_comments \
                    WHERE home = ?1 AND season = ?2 AND idea = ?3 AND once = ?4";
    COMMENT = "SELECT id, thread, words, author, hidden, posted_day FROM idea_comments \
               WHERE home = ?1 AND season = ?2 AND idea = ?3 AND id = ?4";
    /// Each comment with its replies, the oldest first.
    COMMENTS = "SELECT id, thread, words, author, hidden, posted_day FROM idea_comments \
                WHERE home = ?1 AND season = ?2 AND idea = ?3 AND (thread, id) > (?4, ?5) ORDER BY thread, id LIMIT ?6";
    HIDE_COMMENT = "UPDATE idea_comments SET hidden = ?5 \
                    WHERE home = ?1 AND season = ?2 AND idea = ?3 AND id = ?4 AND hidden IS NULL";
}

db::record!(Comment { id, thread, words, author, hidden, posted_day });

/// One idea of one season.
pub(crate) type On<'a> = (&'a SeasonId, &'a IdeaId);

/// True when the person did not support it before.
pub(crate) fn support(tx: &mut Tx<'_>, permit: &Permit, on: On<'_>, person: &PersonId) -> Result<bool, DbError> {
    Ok(tx.execute(&SUPPORT, params![permit.home(), on.0, on.1, person])? == 1)
}

/// True when the person supported it.
pub(crate) fn unsupport(tx: &mut Tx<'_>, permit: &Permit, on: On<'_>, person: &PersonId) -> Result<bool, DbError> {
    Ok(tx.execute(&UNSUPPORT, params![permit.home(), on.0, on.1, person])? == 1)
}

/// False when the idea is not shown.
pub(crate) fn count_support(tx: &mut Tx<'_>, permit: &Permit, on: On<'_>, more: i64) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_SUPPORT, params![permit.home(), on.0, on.1, more])? == 1)
}

pub(crate) fn supported(s: &mut Snapshot<'_>, on: On<'_>, person: &PersonId) -> Result<bool, DbError> {
    let found: Option<(String,)> = s.optional(&SUPPORTED, params![on.0.home(), on.0, on.1, person])?;
    Ok(found.is_some())
}

pub(crate) fn carry_supports(tx: &mut Tx<'_>, permit: &Permit, from: On<'_>, into: &IdeaId) -> Result<(), DbError> {
    tx.execute(&CARRY_SUPPORTS, params![permit.home(), from.0, from.1, into]).map(|_| ())
}

/// False when the idea is not shown.
pub(crate) fn recount(tx: &mut Tx<'_>, permit: &Permit, on: On<'_>) -> Result<bool, DbError> {
    Ok(tx.execute(&RECOUNT, params![permit.home(), on.0, on.1])? == 1)
}

/// False when the idea is not shown or has as many comments as it may.
pub(crate) fn count_comment(tx: &mut Tx<'_>, permit: &Permit, on: On<'_>, limit: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_COMMENT, params![permit.home(), on.0, on.1, limit])? == 1)
}

pub(crate) fn insert_comment(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    on: On<'_>,
    (comment, once): (&Comment, &str),
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        on.0,
        on.1,
        &comment.thread,
        &comment.id,
        &comment.words,
        &comment.author,
        cx.author(),
        once,
        cx.now,
        &comment.posted_day,
    ];
    tx.execute(&INSERT_COMMENT, params).map(|_| ())
}

pub(crate) fn comment_once(s: &mut Snapshot<'_>, on: On<'_>, once: &str) -> Result<Option<Comment>, DbError> {
    s.optional(&COMMENT_ONCE, params![on.0.home(), on.0, on.1, once])
}

pub(crate) fn comment(s: &mut Snapshot<'_>, on: On<'_>, id: &CommentId) -> Result<Option<Comment>, DbError> {
    s.optional(&COMMENT, params![on.0.home(), on.0, on.1, id])
}

pub(crate) fn comments(
    s: &mut Snapshot<'_>,
    on: On<'_>,
    (thread, id): (&str, &str),
    limit: i64,
) -> Result<Vec<Comment>, DbError> {
    s.all(&COMMENTS, params![on.0.home(), on.0, on.1, thread, id, limit])
}

pub(crate) fn hide_comment(
    tx: &mut Tx<'_>,
    permit: &Permit,
    on: On<'_>,
    (id, reason): (&CommentId, &str),
) -> Result<bool, DbError> {
    Ok(tx.execute(&HIDE_COMMENT, params![permit.home(), on.0, on.1, id, reason])? == 1)
}

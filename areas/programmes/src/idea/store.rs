//! All SQL of ideas.

use db::{DbError, Snapshot, Tx, params};
use kernel::{PersonId, Source};
use rights::Permit;

use super::{Idea, IdeaId};
use crate::{SeasonId, Stage};

db::statements! {
    STATEMENTS:
    COUNT_IDEA = "UPDATE seasons SET ideas = ideas + 1 WHERE home = ?1 AND id = ?2 AND stage = ?3 AND ideas < ?4";
    INSERT_IDEA = "INSERT INTO ideas (home, season, id, title, body, author, once, posted_at, posted_day, \
                   author_person, entered_by, source) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    IDEA_ONCE = "SELECT id, title, body, author, posted_at, posted_day FROM ideas \
                 WHERE home = ?1 AND season = ?2 AND once = ?3";
    IDEAS = "SELECT id, title, body, author, posted_at, posted_day FROM ideas \
             WHERE home = ?1 AND season = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4";
    IDEA = "SELECT id, title, body, author, posted_at, posted_day FROM ideas WHERE home = ?1 AND season = ?2 AND id = ?3";
}

db::record!(Idea { id, title, body, author, posted_at, posted_day });

/// False when the season does not collect ideas or holds as many as it may.
pub(crate) fn count_idea(tx: &mut Tx<'_>, permit: &Permit, id: &SeasonId, limit: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_IDEA, params![permit.home(), id, Stage::Ideas.as_str(), limit])? == 1)
}

/// How an idea came in.
pub(crate) struct Came<'a> {
    pub once: &'a str,
    /// Whose it is, where somebody has signed in or a worker enters it for them.
    pub author: Option<&'a PersonId>,
    /// Who typed it in, where that is not the author.
    pub entered_by: Option<&'a PersonId>,
    pub source: Source,
}

pub(crate) fn insert_idea(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    idea: &Idea,
    came: &Came<'_>,
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        season,
        &idea.id,
        &idea.title,
        &idea.body,
        &idea.author,
        came.once,
        idea.posted_at,
        &idea.posted_day,
        came.author,
        came.entered_by,
        came.source.as_str(),
    ];
    tx.execute(&INSERT_IDEA, params).map(|_| ())
}

pub(crate) fn idea_once(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<Idea>, DbError> {
    s.optional(&IDEA_ONCE, params![season.home(), season, once])
}

pub(crate) fn idea(s: &mut Snapshot<'_>, season: &SeasonId, id: &IdeaId) -> Result<Option<Idea>, DbError> {
    s.optional(&IDEA, params![season.home(), season, id])
}

pub(crate) fn ideas(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    before: Option<&IdeaId>,
    limit: i64,
) -> Result<Vec<Idea>, DbError> {
    // no id has a letter above 'z', so "~" is after all of them
    let before = before.map_or("~", IdeaId::as_str);
    s.all(&IDEAS, params![season.home(), season, before, limit])
}

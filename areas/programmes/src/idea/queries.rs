//! Reading ideas.

use db::{DbError, Fault, Snapshot};
use kernel::{Context, Day, Kind, PersonId, Refusal};
use rights::{Action, Permit, authorize, may};
use work::files::{File, FileId, FileState};

use super::{Comment, Idea, IdeaId, MAX_IDEAS, rules, store};
use crate::{
    Season, SeasonId,
    season::queries::{self, PAGE},
};

/// Comments of a page.
pub const COMMENTS: i64 = 200;
/// Ideas that one was made of, and parts it was split into, that are named.
const NAMED: i64 = 50;

/// An idea as figures count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Its id.
    pub id: IdeaId,
    /// Its title; empty for one that was merged into another.
    pub title: String,
    /// When it was handed in.
    pub posted_day: Day,
}

/// Every idea of a season that is shown or was merged into another, in the order of their ids.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn handed_in(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<HandedIn>, DbError> {
    store::handed_in(s, season, MAX_IDEAS)
}

/// In which order a list comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The most supported first.
    Supports,
}

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A key of the template's fields.
    pub field: String,
    /// The id of a place directly below the season's, or the season's own.
    pub area: String,
    /// `answered` or `unanswered`.
    pub answered: String,
    /// Words of the title or the text, of which 60 characters count.
    pub words: String,
    /// In which order.
    pub order: Order,
    /// The last idea of the page before, as [`cursor`] gives it.
    pub before: String,
}

/// Where the page after this idea begins.
pub fn cursor(order: Order, last: &Idea) -> String {
    match order {
        Order::Newest => last.id.to_string(),
        Order::Supports => format!("{}.{}", last.n_supports, last.id),
    }
}

/// Words as a pattern of `LIKE` whose own signs are meant as they are.
fn pattern(words: &str) -> String {
    let mut out = String::new();
    let words: String = words.trim().chars().take(60).collect();
    for c in words.to_ascii_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(c);
    }
    if out.is_empty() { out } else { format!("%{out}%") }
}

/// Ideas in which words are looked for at once, at most: words have no index, and whoever asks need not have signed in.
pub const SEARCHED: i64 = 5_000;

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// [`PAGE`] at most.
    pub ideas: Vec<Idea>,
    /// Where to go on, as [`cursor`] gives it, where not all ideas were looked through and the page is not full.
    pub ended: Option<String>,
}

/// A page of the ideas that everybody sees, [`PAGE`] at most. One statement. Words are looked for in [`SEARCHED`] of them.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn page(s: &mut Snapshot<'_>, season: &SeasonId, filter: &Filter) -> Result<Vec<Idea>, DbError> {
    Ok(search(s, season, filter, SEARCHED)?.ideas)
}

/// The same, which says where it ended. Words are looked for in `most` ideas from the place on where the page begins, in
/// its order; what else narrows the list may leave some of these out. One statement, with words two.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn search(s: &mut Snapshot<'_>, season: &SeasonId, filter: &Filter, most: i64) -> Result<Found, DbError> {
    let (supports, before) = match filter.before.split_once('.') {
        Some((supports, id)) => (supports.parse().unwrap_or(i64::MAX), id),
        None => (i64::MAX, filter.before.as_str()),
    };
    let answered = if matches!(filter.answered.as_str(), "answered" | "unanswered") { &*filter.answered } else { "" };
    let narrow = store::Narrow {
        field: &filter.field,
        area: &filter.area,
        answered,
        pattern: &pattern(&filter.words),
        // no id has a letter above 'z', so "~" is after all of them
        before: if before.is_empty() { "~" } else { before },
        supports: (filter.order == Order::Supports).then_some(supports),
        limit: PAGE,
    };
    let end = if narrow.pattern.is_empty() { None } else { store::end(s, season, &narrow, most)? };
    let ideas = store::list(s, season, &narrow, end.as_ref())?;
    let full = i64::try_from(ideas.len()).is_ok_and(|n| n >= PAGE);
    let ended = end.filter(|_| !full).map(|(supports, id)| match filter.order {
        Order::Newest => id,
        Order::Supports => format!("{supports}.{id}"),
    });
    Ok(Found { ideas, ended })
}

/// The newest ideas that everybody sees, before `before`, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn ideas(s: &mut Snapshot<'_>, season: &SeasonId, before: Option<&IdeaId>) -> Result<Vec<Idea>, DbError> {
    let before = before.map_or_else(String::new, ToString::to_string);
    page(s, season, &Filter { before, ..Filter::default() })
}

/// The ideas of one person in whatever state, the newest first, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn mine(s: &mut Snapshot<'_>, season: &SeasonId, me: &PersonId, before: &str) -> Result<Vec<Idea>, DbError> {
    store::mine(s, season, me, (if before.is_empty() { "~" } else { before }, PAGE))
}

/// One idea, in whatever state.
///
/// # Errors
/// Refusal `idea-not-found`; database faults.
pub fn idea(s: &mut Snapshot<'_>, season: &SeasonId, id: &IdeaId) -> Result<Idea, Fault> {
    let found = store::idea(s, season, id)?;
    Ok(found.ok_or_else(absent)?)
}

fn absent() -> Refusal {
    Refusal::new(Kind::NotFound, "idea-not-found")
}

/// One idea for a reader, and whether the reader is of the office that runs the season.
///
/// # Errors
/// Refusals `season-not-found`, `idea-not-found`, also where the reader may not know of it; database faults.
pub fn seen(s: &mut Snapshot<'_>, cx: &Context, season: &Season, id: &IdeaId) -> Result<(Idea, bool), Fault> {
    let idea = idea(s, &season.id, id)?;
    let office = is_office(s, cx, season)?;
    if !rules::may_see(&idea, cx.author(), office) {
        return Err(absent().into());
    }
    Ok((idea, office))
}

/// Whether the reader runs the season. A statement only for who holds a post.
///
/// # Errors
/// Database faults.
pub fn is_office(s: &mut Snapshot<'_>, cx: &Context, season: &Season) -> Result<bool, Fault> {
    match cx.actor.principal() {
        Some(principal) if principal.posts.is_empty() => Ok(false),
        None if cx.actor.person().is_none() => Ok(may(&cx.actor, Action::RunSeason, season.id.home())),
        _ => Ok(may(&cx.actor, Action::RunSeason, &queries::site(s, season)?)),
    }
}

/// The season and the permit of who runs it.
///
/// # Errors
/// Refusals `season-not-found`, `not-allowed`, `sign-in-first`; database faults.
pub(super) fn office(s: &mut Snapshot<'_>, cx: &Context, season: &SeasonId) -> Result<(Season, Permit), Fault> {
    let season = queries::season(s, season)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(s, &season)?)?;
    Ok((season, permit))
}

/// Those of 21 ids at most that are there, the oldest first. One statement.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn some(s: &mut Snapshot<'_>, season: &SeasonId, ids: &[IdeaId]) -> Result<Vec<Idea>, DbError> {
    store::some(s, season, ids)
}

/// What was merged into an idea, in the order of posting, 50 at most: its other authors.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn merged(s: &mut Snapshot<'_>, season: &SeasonId, id: &IdeaId) -> Result<Vec<Idea>, DbError> {
    store::merged(s, season, id, NAMED)
}

/// What an idea was split into.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn parts(s: &mut Snapshot<'_>, season: &SeasonId, id: &IdeaId) -> Result<Vec<Idea>, DbError> {
    store::parts(s, season, id, NAMED)
}

/// Comments with their replies after the one that the cursor (`<thread>.<id>`) names, [`COMMENTS`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn comments(s: &mut Snapshot<'_>, on: (&SeasonId, &IdeaId), after: &str) -> Result<Vec<Comment>, DbError> {
    let key = after.split_once('.').unwrap_or(("", ""));
    store::talk::comments(s, on, key, COMMENTS)
}

/// Whether somebody supports an idea.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn supported(s: &mut Snapshot<'_>, on: (&SeasonId, &IdeaId), me: &PersonId) -> Result<bool, DbError> {
    store::talk::supported(s, on, me)
}

/// What the office owes an answer to, by the day it is due, after `<day>.<id>`, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn unanswered(s: &mut Snapshot<'_>, season: &SeasonId, after: &str) -> Result<Vec<Idea>, DbError> {
    store::unanswered(s, season, after.split_once('.').unwrap_or(("", "")), PAGE)
}

/// What waits for the office's look, the first due first, after `<day>.<id>`, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn waiting(s: &mut Snapshot<'_>, season: &SeasonId, after: &str) -> Result<Vec<Idea>, DbError> {
    store::waiting(s, season, after.split_once('.').unwrap_or(("", "")), PAGE)
}

/// A photo of an idea, for who may see the idea.
///
/// # Errors
/// Refusals `season-not-found`, `file-not-found`, `idea-not-found`; database faults.
pub fn file(
    s: &mut Snapshot<'_>,
    cx: &Context,
    (season, id): (&SeasonId, &IdeaId),
    file: &FileId,
) -> Result<File, Fault> {
    let found = work::files::file(s, file)?;
    if found.state != FileState::Attached || found.subject.as_deref() != Some(id.as_str()) {
        return Err(Refusal::new(Kind::NotFound, "file-not-found").into());
    }
    let season = queries::season(s, season)?;
    seen(s, cx, &season, id)?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_words_are_looked_for_as_they_are() {
        assert_eq!(pattern(" 50%_A! "), "%50!%!_a!!%");
        assert_eq!(pattern("  "), "");
    }
}

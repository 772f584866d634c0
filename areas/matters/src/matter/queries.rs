//! Reading matters.

use db::{DbError, Fault, Snapshot, params};
use kernel::{Actor, Home, Kind, PersonId, PlaceId, Refusal};
use places::Level;
use rights::{Action, may};
use work::files::{File, FileId, FileState};

use super::{
    Grade, Matter, MatterId, Part, Step,
    store::{self, Member, Shown},
};
use crate::site;

/// Rows of a page.
pub const PAGE: i64 = 30;
const PAGE_ROWS: usize = 30;
/// Steps of a thread that a page shows.
pub const THREAD: i64 = 60;

/// A matter.
///
/// # Errors
/// Refusal `matter-not-found`; database faults.
pub fn matter(s: &mut Snapshot<'_>, id: &MatterId) -> Result<Matter, Fault> {
    Ok(store::matter(s, id)?.ok_or_else(|| Refusal::new(Kind::NotFound, "matter-not-found"))?)
}

/// A matter with the name of its place.
///
/// # Errors
/// Refusal `matter-not-found`; database faults.
pub fn shown(s: &mut Snapshot<'_>, id: &MatterId) -> Result<Shown, Fault> {
    let found = s.optional(&store::SHOWN, params![id.home(), id])?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "matter-not-found"))?)
}

/// Which matters a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Stage, or empty.
    pub stage: String,
    /// Kind, or empty.
    pub kind: String,
    /// State, or empty.
    pub state: String,
    /// Words of the title, or a whole number; at most 60 characters count.
    pub words: String,
    /// Only matters older than this one.
    pub before: Option<MatterId>,
}

/// Matters at a place and everywhere below it, newest first, at most [`PAGE`]: one statement, and one more for
/// each home from which a part of the place came by a move. `path` is the place's.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn page(s: &mut Snapshot<'_>, home: Home, path: &str, filter: &Filter) -> Result<Vec<Shown>, DbError> {
    let (from, to) = site::below(Some(path));
    let words: String = filter.words.trim().chars().take(60).collect();
    let like = if words.is_empty() { String::new() } else { pattern(&words) };
    let Filter { stage, kind, state, .. } = filter;
    let mut found: Vec<Shown> = Vec::new();
    let around = places::queries::around(s, home, path)?;
    let statement = if around.is_moving { &store::PAGE_BY_TREE } else { &store::PAGE };
    for home in around.homes {
        let before = filter.before.as_ref().map_or_else(|| "~".to_owned(), |id| site::in_home(home, id));
        let params = params![home, &from, &to, &before, stage, kind, state, &like, &words, PAGE];
        found.extend(s.all::<Shown>(statement, params)?);
    }
    // an id is its home and the time of its making: the newest of all homes come first
    found.sort_by(|a, b| site::made(&b.matter.id).cmp(site::made(&a.matter.id)));
    found.truncate(PAGE_ROWS);
    Ok(found)
}

/// A pattern that finds the words anywhere, whatever signs they hold.
fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in words.to_ascii_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The matter with this number.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn by_number(s: &mut Snapshot<'_>, home: Home, number: &str) -> Result<Option<MatterId>, DbError> {
    Ok(s.optional::<(MatterId,)>(&store::BY_NUMBER, params![home, number])?.map(|(id,)| id))
}

/// The thread, newest first, at most [`THREAD`] steps before step `before`; inner steps only when `all`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn thread(s: &mut Snapshot<'_>, id: &MatterId, before: u32, all: bool) -> Result<Vec<Step>, DbError> {
    store::steps(s, id, before, all, THREAD)
}

/// How somebody belongs to a matter.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn part_of(s: &mut Snapshot<'_>, id: &MatterId, person: &PersonId) -> Result<Option<Part>, DbError> {
    store::part_of(s, id, person)
}

/// As what somebody may grade the answer of a matter: its authors, and who followed it when it was answered.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn grades_as(s: &mut Snapshot<'_>, id: &MatterId, person: &PersonId) -> Result<Option<Part>, DbError> {
    store::grades_as(s, id, person)
}

/// A file of a matter, for whoever may see the step that it came with: everybody, or who may see inner ones.
///
/// # Errors
/// Refusals `file-not-found`, also where the actor may not know of it, `matter-not-found`; database faults.
pub fn file(s: &mut Snapshot<'_>, actor: &Actor, id: &MatterId, file: &FileId) -> Result<File, Fault> {
    let hidden = || Refusal::new(Kind::NotFound, "file-not-found");
    let found = work::files::file(s, file)?;
    if found.state != FileState::Attached || found.subject.as_deref() != Some(id.as_str()) {
        return Err(hidden().into());
    }
    let shown = store::file_shown(s, id, file)?.ok_or_else(hidden)?;
    if shown || may(actor, Action::MoveMatter, &matter(s, id)?.site()?) { Ok(found) } else { Err(hidden().into()) }
}

/// Everybody who is to hear of a matter, in order of ids after `after` (empty for the first page), at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn people(s: &mut Snapshot<'_>, id: &MatterId, after: &str, limit: i64) -> Result<Vec<Member>, DbError> {
    store::people(s, id, false, after, limit)
}

/// Who opened it, and who opened what was joined into it; at most 50.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn authors(s: &mut Snapshot<'_>, id: &MatterId) -> Result<Vec<Member>, DbError> {
    store::people(s, id, true, "", 50)
}

/// How the present answer is graded: good, fair, bad.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn grades(s: &mut Snapshot<'_>, matter: &Matter) -> Result<[u64; 3], DbError> {
    let mut counts = [0; 3];
    for (word, n) in store::grades(s, &matter.id, matter.round)? {
        if let Some(at) = Grade::ALL.iter().position(|grade| grade.as_str() == word) {
            counts[at] = n;
        }
    }
    Ok(counts)
}

/// What somebody said of the present answer.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn grade_of(s: &mut Snapshot<'_>, matter: &Matter, person: &PersonId) -> Result<Option<(Grade, String)>, DbError> {
    let found = store::grade_of(s, matter, person)?;
    Ok(found.and_then(|(word, words)| Some((word.parse().ok()?, words))))
}

/// The place a list begins with when nobody said one: the first root where that is a subdistrict, else the first
/// subdistrict, else the first root.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn first_place(s: &mut Snapshot<'_>) -> Result<Option<PlaceId>, DbError> {
    let root = places::queries::list(s, None)?.into_iter().next();
    if root.as_ref().is_none_or(|root| root.level != Level::Subdistrict)
        && let Some((id,)) = s.optional(&store::FIRST_PLACE, params![])?
    {
        return Ok(Some(id));
    }
    Ok(root.map(|place| place.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_words_are_looked_for_as_they_are() {
        assert_eq!(pattern("50%_A!"), "%50!%!_a!!%");
    }
}

//! Reading conversations.

use db::{DbError, Fault, Snapshot};
use kernel::{Actor, Day, Instant, Kind, PersonId, PlaceId, Refusal, Role, Site};
use rights::{Action, authorize};

use super::{
    Conversation, ConversationId, Participant, Standing, Statement, map::Picture, rules::MAX_STATEMENTS, store,
};

/// Rows of a page.
pub const PAGE: i64 = 30;
/// Posts as a resident that are looked at.
const POSTS: usize = 3;

/// One conversation.
///
/// # Errors
/// Refusal `conversation-not-found`; database faults.
pub fn conversation(s: &mut Snapshot<'_>, id: &ConversationId) -> Result<Conversation, Fault> {
    Ok(store::conversation(s, id)?.ok_or_else(not_found)?)
}

/// There is no such conversation.
pub(crate) fn not_found() -> Refusal {
    Refusal::new(Kind::NotFound, "conversation-not-found")
}

/// Whom a conversation asks, for the question who may do what.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub fn site(s: &mut Snapshot<'_>, conversation: &Conversation) -> Result<Site, Fault> {
    Ok(places::site(s, &conversation.place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}

/// The conversation, for somebody who may do something with it.
///
/// # Errors
/// Refusals `conversation-not-found`, `not-allowed`; database faults.
pub fn may(s: &mut Snapshot<'_>, actor: &Actor, id: &ConversationId, action: Action) -> Result<Conversation, Fault> {
    let conversation = conversation(s, id)?;
    authorize(actor, action, &site(s, &conversation)?)?;
    Ok(conversation)
}

/// Conversations that are open, everywhere, the soonest to close first: id, title and last day.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn open_now(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<(ConversationId, String, Option<Day>)>, DbError> {
    store::open_now(s, limit)
}

/// Conversations at the place with this path (`Place::path`) and below, everywhere without one, the newest first, [`PAGE`]
/// at most, behind the given one. Drafts are for the office.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn list(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    drafts: bool,
    behind: Option<&ConversationId>,
) -> Result<Vec<Conversation>, DbError> {
    let at: Option<Instant> = match behind {
        Some(id) => store::made_at(s, id)?,
        None => None,
    };
    store::below(s, path, drafts, at.zip(behind), PAGE)
}

/// Whether somebody lives at a place or below it: by the roll of residents, or by the role of a resident.
///
/// # Errors
/// Database faults.
pub fn lives_at(s: &mut Snapshot<'_>, actor: &Actor, place: &PlaceId) -> Result<bool, DbError> {
    let Some(me) = actor.principal() else { return Ok(false) };
    let posts = me.posts.iter().filter(|post| post.role == Role::Resident);
    for post in posts.take(POSTS) {
        let site = if post.place == *place { return Ok(true) } else { places::site(s, &post.place)? };
        if site.is_some_and(|site| site.above.contains(place)) {
            return Ok(true);
        }
    }
    Ok(people::resident::queries::lives_at(s, &me.person, place)?.is_some())
}

/// The statements that were voted on, in order of numbers.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn shown(s: &mut Snapshot<'_>, id: &ConversationId) -> Result<Vec<Statement>, DbError> {
    store::shown(s, id, i64::from(MAX_STATEMENTS) * 2)
}

/// A statement that was voted on, or that the reader wrote or may decide on.
///
/// # Errors
/// Refusal `statement-not-found`; database faults.
pub fn statement(s: &mut Snapshot<'_>, id: &ConversationId, number: u32) -> Result<Statement, Fault> {
    let none = || Refusal::new(Kind::NotFound, "statement-not-found");
    Ok(store::statement(s, id, number)?.ok_or_else(none)?)
}

/// Statements of one standing behind a number (−1 for the first), [`PAGE`] at most. Who asks has the right.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn standing(
    s: &mut Snapshot<'_>,
    id: &ConversationId,
    state: Standing,
    after: i64,
) -> Result<Vec<Statement>, DbError> {
    store::after(s, id, state, (after, PAGE))
}

/// How many statements stand somewhere.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn n_of(s: &mut Snapshot<'_>, id: &ConversationId, state: Standing) -> Result<i64, DbError> {
    Ok(store::n_standing(s, id)?.into_iter().find(|(of, _)| *of == state).map_or(0, |(_, n)| n))
}

/// Statements that a resident added, in order of numbers.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn own(s: &mut Snapshot<'_>, id: &ConversationId, author: &PersonId) -> Result<Vec<Statement>, DbError> {
    store::own(s, id, author, super::rules::MAX_OWN)
}

/// What somebody said so far; nothing before their first vote.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn me(s: &mut Snapshot<'_>, id: &ConversationId, actor: &Actor) -> Result<Option<Participant>, DbError> {
    actor.person().map_or(Ok(None), |me| store::me(s, id, me))
}

/// The last map with the instant as of which it was drawn; nothing before the first.
///
/// # Errors
/// [`DbError`] of the statement, or of a map that cannot be read.
pub fn map(s: &mut Snapshot<'_>, id: &ConversationId) -> Result<Option<(Instant, Picture)>, DbError> {
    let found = store::map(s, id)?;
    found.map(|(at, text)| Ok((at, Picture::parse(&text)?))).transpose()
}

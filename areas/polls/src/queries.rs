//! Reading polls.

use db::{DbError, Fault, Snapshot};
use kernel::{Actor, Day, Instant, Kind, Refusal, Site};
use matters::notice;
use people::{VoterKey, store::has_voted};
use rights::{Action, authorize};

use crate::{
    Poll, PollId, State, Weighed,
    roll::{
        Listed,
        store::{self as letters, Building},
    },
    rules::first_day,
    store, templates,
};

pub use store::Published;

/// Rows of a page.
pub const PAGE: i64 = 30;

/// One poll.
///
/// # Errors
/// Refusal `poll-not-found`; database faults.
pub fn poll(s: &mut Snapshot<'_>, id: &PollId) -> Result<Poll, Fault> {
    Ok(store::poll(s, id)?.ok_or_else(|| Refusal::new(Kind::NotFound, "poll-not-found"))?)
}

/// Whom a poll asks, for the question who may do what.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub fn site(s: &mut Snapshot<'_>, poll: &Poll) -> Result<Site, Fault> {
    Ok(places::site(s, &poll.place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}

/// The poll, for somebody who may do something with it.
///
/// # Errors
/// Refusals `poll-not-found`, `not-allowed`; database faults.
pub fn may(s: &mut Snapshot<'_>, actor: &Actor, id: &PollId, action: Action) -> Result<Poll, Fault> {
    let poll = poll(s, id)?;
    authorize(actor, action, &site(s, &poll)?)?;
    Ok(poll)
}

/// Polls that are open, everywhere, the soonest to close first: id, title and last day.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn open_now(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<(PollId, String, Option<Day>)>, DbError> {
    store::open_now(s, limit)
}

/// Polls at the place with this path (`Place::path`) and below, everywhere without one, the newest first, [`PAGE`] at
/// most, behind the given one. Drafts are for the office.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn list(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    drafts: bool,
    behind: Option<&PollId>,
) -> Result<Vec<Poll>, DbError> {
    let at: Option<Instant> = match behind {
        Some(id) => store::made_at(s, id)?,
        None => None,
    };
    store::below(s, path, drafts, at.zip(behind), PAGE)
}

/// How the roll of a poll hangs, or would if it were frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hangs {
    /// To the end of this day.
    pub until: Day,
    /// The first day on which the poll can open.
    pub first: Day,
    /// Where its notice stands; nothing while there is none.
    pub notice: Option<notice::State>,
}

/// How the roll of a frozen poll hangs, and how that of a draft would from `today` on; nothing where it does not. Two
/// statements at most.
///
/// # Errors
/// Refusal `notice-not-found`; database faults.
pub fn hangs(s: &mut Snapshot<'_>, poll: &Poll, today: &Day) -> Result<Option<Hangs>, Fault> {
    let of = |until: Day, notice| Some(Hangs { first: first_day(&until), until, notice });
    match (poll.state, &poll.notice) {
        (State::Draft, _) if poll.roll_days > 0 => {
            let word = templates::named(&poll.template).map_or("other", |template| template.notice);
            let Some(kind) = notice::kind_on(word, today) else { return Ok(None) };
            let calendar = work::queries::calendar(s)?;
            Ok(of(notice::period(&calendar, today, poll.roll_days, kind.counted).until, None))
        }
        (State::Roll, Some(notice)) => {
            let notice = notice::queries::notice(s, notice)?;
            Ok(notice.until_day.and_then(|until| of(until, Some(notice.state))))
        }
        _ => Ok(None),
    }
}

/// The published result of a poll.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn result(s: &mut Snapshot<'_>, poll: &PollId) -> Result<Option<Published>, DbError> {
    store::result(s, poll)
}

/// How many stand on the roll, and how many of them have voted or have a paper. Walks the roll: for the office's pages.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn turnout(s: &mut Snapshot<'_>, poll: &PollId) -> Result<(u64, u64), DbError> {
    people::store::count(s, poll.home(), poll.as_str())
}

/// The row of the roll of somebody who has signed in: by their person, or by their name and a verified telephone, where
/// the roll has both in one row.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn row_of(s: &mut Snapshot<'_>, poll: &PollId, actor: &Actor) -> Result<Option<VoterKey>, DbError> {
    let Some(me) = actor.person() else { return Ok(None) };
    let own = VoterKey::of_person(poll.as_str(), me);
    if has_voted(s, poll.home(), poll.as_str(), own)?.is_some() {
        return Ok(Some(own));
    }
    // two rows of one name and telephone: nobody can tell which is theirs
    match store::of_contact(s, poll, me)?[..] {
        [only] => Ok(Some(only)),
        _ => Ok(None),
    }
}

/// Who chose what, in a poll by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Where they live.
    pub flat: String,
    /// The row of the roll.
    pub voter: Vec<u8>,
    /// Their name.
    pub name: String,
    /// What they chose.
    pub ballot: Weighed,
}

/// Who chose what, behind a flat and a voter, [`PAGE`] at most; nobody where the poll is not by name. Who asks has the
/// right.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn named(s: &mut Snapshot<'_>, id: &PollId, after: (&str, &[u8])) -> Result<Vec<Named>, Fault> {
    let poll = poll(s, id)?;
    let rows = store::named(s, id, after, PAGE)?;
    let read = |(flat, voter, name, _, says): store::Named| {
        let ballot = Weighed::parse(poll.kind, &says).ok_or_else(|| DbError::Data(format!("ballot of {id}")))?;
        Ok(Named { flat, voter, name, ballot })
    };
    rows.into_iter().map(read).collect()
}

/// Buildings that the page of letters shows at most.
const BUILDINGS: i64 = 500;

/// The letters of a roll by building, 500 buildings at most. Walks the roll: for the office's pages.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn letters(s: &mut Snapshot<'_>, poll: &PollId) -> Result<Vec<Building>, DbError> {
    letters::by_building(s, poll, BUILDINGS)
}

/// Whose last letter came back, behind a flat and a voter, [`PAGE`] at most. Who asks has the right.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn returned_letters(s: &mut Snapshot<'_>, poll: &PollId, after: (&str, &[u8])) -> Result<Vec<Listed>, DbError> {
    letters::came_back(s, poll, after, PAGE)
}

/// Rows of the roll whose flat begins with `flat`, behind a flat and a voter, at most `limit`. Who asks has the right.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn voters(
    s: &mut Snapshot<'_>,
    poll: &PollId,
    flat: &str,
    after: (&str, &[u8]),
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    store::voters(s, poll, flat.trim(), after, limit)
}

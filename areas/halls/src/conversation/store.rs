//! All SQL of conversations.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Day, Home, Instant, PersonId};
use matters::notice::NoticeId;
use rights::Permit;

use super::{Conversation, ConversationId, Participant, Provenance, Standing, State, Statement, Votes};

/// Columns of a conversation in the order of its fields.
macro_rules! columns {
    () => {
        "c.id, c.place, c.title, c.body, c.days, c.adds, c.state, c.opens_day, c.closes_day, c.seed, c.source, c.licence, \
         c.url, c.statements, c.notice, c.end_notice, c.revision"
    };
}

/// Statements of a conversation.
macro_rules! statements {
    ($($rest:tt)*) => {
        concat!("SELECT number, text, state, author, reason FROM conversation_statements \
                 WHERE home = ?1 AND conversation = ?2 ", $($rest)*)
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO conversations (home, id, place, title, body, days, adds, state, opens_day, closes_day, seed, \
              source, licence, url, statements, notice, end_notice, revision, made_by, made_at, once) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, NULL, NULL, 0, ?16, ?17, ?18)";
    ONCE = concat!("SELECT ", columns!(), " FROM conversations c WHERE c.home = ?1 AND c.once = ?2");
    CONVERSATION = concat!("SELECT ", columns!(), " FROM conversations c WHERE c.home = ?1 AND c.id = ?2");
    /// Whoever votes holds the row beside others who vote; whoever closes waits for them.
    HOLD = concat!("SELECT ", columns!(), " FROM conversations c WHERE c.home = ?1 AND c.id = ?2 {share}");
    /// Guarded by the revision that was read.
    CHANGE = "UPDATE conversations SET title = ?4, body = ?5, days = ?6, adds = ?7, statements = ?8, \
              revision = revision + 1 WHERE home = ?1 AND id = ?2 AND revision = ?3 AND state = 'draft'";
    OPEN = "UPDATE conversations SET state = 'open', opens_day = ?4, closes_day = ?5, seed = ?6, notice = ?7, \
            revision = revision + 1 WHERE home = ?1 AND id = ?2 AND revision = ?3 AND state = 'draft'";
    CLOSE = "UPDATE conversations SET state = 'closed', revision = revision + 1 \
             WHERE home = ?1 AND id = ?2 AND revision = ?3 AND state = 'open'";
    PUBLISH = "UPDATE conversations SET state = 'published', end_notice = ?4, revision = revision + 1 \
               WHERE home = ?1 AND id = ?2 AND revision = ?3 AND state = 'closed'";
    /// The number of a new statement.
    NUMBER = "UPDATE conversations SET statements = statements + 1 \
              WHERE home = ?1 AND id = ?2 AND state IN ('draft', 'open') RETURNING statements";
    BELOW = concat!("SELECT ", columns!(), " FROM conversations c JOIN places w ON w.id = c.place \
                     WHERE w.path >= ?1 AND w.path < ?2 AND (c.state <> 'draft' OR ?3) \
                     AND (c.made_at, c.id) < (?4, ?5) ORDER BY c.made_at DESC, c.id DESC LIMIT ?6");
    OPEN_NOW = "SELECT id, title, closes_day FROM conversations WHERE state = 'open' ORDER BY closes_day LIMIT ?1";
    MADE_AT = "SELECT made_at FROM conversations WHERE home = ?1 AND id = ?2";

    ADD = "INSERT INTO conversation_statements (home, conversation, number, text, sameness, state, author, reason, made_at) \
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', ?8)";
    /// A draft's statements are written anew.
    FORGET_STATEMENTS = "DELETE FROM conversation_statements WHERE home = ?1 AND conversation = ?2";
    STATEMENT = statements!("AND number = ?3");
    SAME = statements!("AND sameness = ?3");
    AFTER = statements!("AND state = ?3 AND number > ?4 ORDER BY number LIMIT ?5");
    SHOWN = statements!("AND state IN ('accepted', 'removed') ORDER BY number LIMIT ?3");
    OWN = statements!("AND author = ?3 ORDER BY number LIMIT ?4");
    N_OWN = "SELECT count(*) FROM conversation_statements WHERE home = ?1 AND conversation = ?2 AND author = ?3";
    N_STANDING = "SELECT state, count(*) FROM conversation_statements WHERE home = ?1 AND conversation = ?2 GROUP BY state";
    /// Guarded by where it stood.
    DECIDE = "UPDATE conversation_statements SET state = ?5, reason = ?6 \
              WHERE home = ?1 AND conversation = ?2 AND number = ?3 AND state = ?4";

    JOIN = "INSERT INTO conversation_people (home, conversation, participant, person, votes, n_votes, revision) \
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)";
    /// Guarded by the revision that was read.
    SAY = "UPDATE conversation_people SET votes = ?4, n_votes = ?5, revision = revision + 1 \
           WHERE home = ?1 AND conversation = ?2 AND participant = ?3 AND revision = ?6";
    ME = "SELECT participant, votes, revision FROM conversation_people \
          WHERE home = ?1 AND conversation = ?2 AND person = ?3";
    PEOPLE = "SELECT participant, votes, revision FROM conversation_people \
              WHERE home = ?1 AND conversation = ?2 AND participant > ?3 ORDER BY participant LIMIT ?4";

    /// An older map does not come after a newer one.
    KEEP_MAP = "INSERT INTO conversation_maps (home, conversation, made_at, picture, members) VALUES (?1, ?2, ?3, ?4, ?5) \
                ON CONFLICT (home, conversation) DO UPDATE SET made_at = excluded.made_at, picture = excluded.picture, \
                members = excluded.members WHERE conversation_maps.made_at <= excluded.made_at";
    MAP = "SELECT made_at, picture FROM conversation_maps WHERE home = ?1 AND conversation = ?2";
    MEMBERS = "SELECT members FROM conversation_maps WHERE home = ?1 AND conversation = ?2";
}

fn word<T: std::str::FromStr>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(|_| DbError::Data(format!("word {text}")))
}

fn day(text: &str) -> Option<Day> {
    Day::parse(text)
}

impl FromRow for Conversation {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let text = |at: usize| row.get::<String>(at);
        Ok(Conversation {
            id: row.get(0)?,
            place: row.get(1)?,
            title: row.get(2)?,
            body: row.get(3)?,
            days: row.get(4)?,
            adds: word(&text(5)?)?,
            state: word::<State>(&text(6)?)?,
            opens_day: day(&text(7)?),
            closes_day: day(&text(8)?),
            seed: row.get(9)?,
            provenance: Provenance { source: row.get(10)?, licence: row.get(11)?, url: row.get(12)? },
            statements: row.get(13)?,
            notice: row.get(14)?,
            end_notice: row.get(15)?,
            revision: row.get(16)?,
        })
    }
}

impl FromRow for Statement {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Statement {
            number: row.get(0)?,
            text: row.get(1)?,
            state: word(&row.get::<String>(2)?)?,
            author: row.get(3)?,
            reason: row.get(4)?,
        })
    }
}

impl FromRow for Participant {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let votes: String = row.get(1)?;
        let votes = Votes::parse(&votes).ok_or_else(|| DbError::Data("votes of a participant".into()))?;
        Ok(Participant { number: row.get(0)?, votes, revision: row.get(2)? })
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(super) fn open_now(
    s: &mut Snapshot<'_>,
    limit: i64,
) -> Result<Vec<(ConversationId, String, Option<Day>)>, DbError> {
    s.all(&OPEN_NOW, params![limit])
}

pub(crate) fn insert(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    one: &Conversation,
    once: &str,
) -> Result<(), DbError> {
    let (opens, closes) = (one.opens_day.as_ref(), one.closes_day.as_ref());
    let params = params![
        permit.home(),
        &one.id,
        &one.place,
        &one.title,
        &one.body,
        one.days,
        one.adds.as_str(),
        one.state.as_str(),
        opens.map_or("", |day| day.as_str()),
        closes.map_or("", |day| day.as_str()),
        one.seed,
        &one.provenance.source,
        &one.provenance.licence,
        &one.provenance.url,
        one.statements,
        cx.actor.person(),
        cx.now,
        once,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(crate) fn once(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Conversation>, DbError> {
    s.optional(&ONCE, params![home, once])
}

pub(crate) fn conversation(s: &mut Snapshot<'_>, id: &ConversationId) -> Result<Option<Conversation>, DbError> {
    s.optional(&CONVERSATION, params![id.home(), id])
}

pub(crate) fn hold(tx: &mut Tx<'_>, id: &ConversationId) -> Result<Option<Conversation>, DbError> {
    tx.optional(&HOLD, params![id.home(), id])
}

/// False when it is no longer as it was read.
pub(crate) fn change(tx: &mut Tx<'_>, permit: &Permit, one: &Conversation) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        &one.id,
        one.revision,
        &one.title,
        &one.body,
        one.days,
        one.adds.as_str(),
        one.statements,
    ];
    Ok(tx.execute(&CHANGE, params)? == 1)
}

/// Opens it from `opens` to `closes`; false when it is no longer as it was read.
pub(crate) fn open(
    tx: &mut Tx<'_>,
    permit: &Permit,
    one: &Conversation,
    (opens, closes): (&Day, &Day),
    (seed, notice): (u32, Option<&NoticeId>),
) -> Result<bool, DbError> {
    let params = params![permit.home(), &one.id, one.revision, opens, closes, seed, notice];
    Ok(tx.execute(&OPEN, params)? == 1)
}

pub(crate) fn close(tx: &mut Tx<'_>, permit: &Permit, one: &Conversation) -> Result<bool, DbError> {
    Ok(tx.execute(&CLOSE, params![permit.home(), &one.id, one.revision])? == 1)
}

pub(crate) fn publish(
    tx: &mut Tx<'_>,
    permit: &Permit,
    one: &Conversation,
    notice: Option<&NoticeId>,
) -> Result<bool, DbError> {
    Ok(tx.execute(&PUBLISH, params![permit.home(), &one.id, one.revision, notice])? == 1)
}

/// The number of a new statement; nothing where none is taken any more.
pub(crate) fn number(tx: &mut Tx<'_>, permit: &Permit, id: &ConversationId) -> Result<Option<u32>, DbError> {
    Ok(tx.optional::<(u32,)>(&NUMBER, params![permit.home(), id])?.map(|(number,)| number))
}

pub(crate) fn made_at(s: &mut Snapshot<'_>, id: &ConversationId) -> Result<Option<Instant>, DbError> {
    Ok(s.optional::<(Instant,)>(&MADE_AT, params![id.home(), id])?.map(|(at,)| at))
}

pub(crate) fn below(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    drafts: bool,
    behind: Option<(Instant, &ConversationId)>,
    limit: i64,
) -> Result<Vec<Conversation>, DbError> {
    // '0' is the character after '/', and ids are of one length, so nothing else lies between
    let (from, to) = path.map_or_else(|| (String::new(), "~".to_owned()), |p| (p.to_owned(), format!("{p}0")));
    let (at, id) = behind.map_or((Instant(i64::MAX), "~"), |(at, id)| (at, id.as_str()));
    s.all(&BELOW, params![&from, &to, drafts, at, id, limit])
}

/// A statement as it is added.
pub(crate) struct New<'a> {
    pub number: u32,
    pub text: &'a str,
    pub sameness: [u8; 32],
    pub state: Standing,
    pub author: Option<&'a PersonId>,
}

pub(crate) fn add(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    id: &ConversationId,
    new: &New<'_>,
) -> Result<(), DbError> {
    let params =
        params![permit.home(), id, new.number, new.text, &new.sameness, new.state.as_str(), new.author, cx.now,];
    tx.execute(&ADD, params).map(|_| ())
}

pub(crate) fn forget_statements(tx: &mut Tx<'_>, permit: &Permit, id: &ConversationId) -> Result<(), DbError> {
    tx.execute(&FORGET_STATEMENTS, params![permit.home(), id]).map(|_| ())
}

pub(crate) fn statement(s: &mut Snapshot<'_>, id: &ConversationId, number: u32) -> Result<Option<Statement>, DbError> {
    s.optional(&STATEMENT, params![id.home(), id, number])
}

pub(crate) fn same(
    s: &mut Snapshot<'_>,
    id: &ConversationId,
    sameness: &[u8; 32],
) -> Result<Option<Statement>, DbError> {
    s.optional(&SAME, params![id.home(), id, sameness])
}

/// Statements in one state behind a number (−1 for the first), `limit` at most.
pub(crate) fn after(
    s: &mut Snapshot<'_>,
    id: &ConversationId,
    state: Standing,
    (after, limit): (i64, i64),
) -> Result<Vec<Statement>, DbError> {
    s.all(&AFTER, params![id.home(), id, state.as_str(), after, limit])
}

/// Statements that were voted on.
pub(crate) fn shown(s: &mut Snapshot<'_>, id: &ConversationId, limit: i64) -> Result<Vec<Statement>, DbError> {
    s.all(&SHOWN, params![id.home(), id, limit])
}

pub(crate) fn own(
    s: &mut Snapshot<'_>,
    id: &ConversationId,
    author: &PersonId,
    limit: i64,
) -> Result<Vec<Statement>, DbError> {
    s.all(&OWN, params![id.home(), id, author, limit])
}

pub(crate) fn n_own(s: &mut Snapshot<'_>, id: &ConversationId, author: &PersonId) -> Result<i64, DbError> {
    let (n,) = s.one::<(i64,)>(&N_OWN, params![id.home(), id, author])?;
    Ok(n)
}

/// How many statements stand where.
pub(crate) fn n_standing(s: &mut Snapshot<'_>, id: &ConversationId) -> Result<Vec<(Standing, i64)>, DbError> {
    let rows: Vec<(String, i64)> = s.all(&N_STANDING, params![id.home(), id])?;
    rows.into_iter().map(|(state, n)| Ok((word(&state)?, n))).collect()
}

/// False when it no longer stands where it was read.
pub(crate) fn decide(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &ConversationId,
    statement: &Statement,
    (state, reason): (Standing, &str),
) -> Result<bool, DbError> {
    let params = params![permit.home(), id, statement.number, statement.state.as_str(), state.as_str(), reason];
    Ok(tx.execute(&DECIDE, params)? == 1)
}

/// Adds a participant, with what they say.
pub(crate) fn join(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &ConversationId,
    (number, person): (u32, Option<&PersonId>),
    votes: &Votes,
) -> Result<(), DbError> {
    let (said, n) = (votes.print(), count(votes.len()));
    let params = params![permit.home(), id, number, person, &said, n];
    tx.execute(&JOIN, params).map(|_| ())
}

/// False when something was said meanwhile.
pub(crate) fn say(tx: &mut Tx<'_>, permit: &Permit, id: &ConversationId, said: &Participant) -> Result<bool, DbError> {
    let votes = said.votes.print();
    let params = params![permit.home(), id, said.number, &votes, count(said.votes.len()), said.revision];
    Ok(tx.execute(&SAY, params)? == 1)
}

pub(crate) fn me(s: &mut Snapshot<'_>, id: &ConversationId, person: &PersonId) -> Result<Option<Participant>, DbError> {
    s.optional(&ME, params![id.home(), id, person])
}

/// Participants behind a number (−1 for the first), `limit` at most.
pub(crate) fn people(
    s: &mut Snapshot<'_>,
    id: &ConversationId,
    after: i64,
    limit: i64,
) -> Result<Vec<Participant>, DbError> {
    s.all(&PEOPLE, params![id.home(), id, after, limit])
}

/// Keeps a map as of `at`; an older one is not kept.
pub(crate) fn keep_map(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &ConversationId,
    at: Instant,
    (picture, members): (&str, &str),
) -> Result<(), DbError> {
    tx.execute(&KEEP_MAP, params![permit.home(), id, at, picture, members]).map(|_| ())
}

pub(crate) fn map(s: &mut Snapshot<'_>, id: &ConversationId) -> Result<Option<(Instant, String)>, DbError> {
    s.optional(&MAP, params![id.home(), id])
}

pub(crate) fn members(s: &mut Snapshot<'_>, id: &ConversationId) -> Result<Option<String>, DbError> {
    Ok(s.optional::<(String,)>(&MEMBERS, params![id.home(), id])?.map(|(members,)| members))
}

//! All SQL of polls.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Day, Home, Instant, PersonId};
use ledger::tree::Hash;
use matters::notice::NoticeId;
use people::VoterKey;
use rights::Permit;

use crate::{
    Definition, Poll, PollId, Source, State,
    count::{Counted, Received},
    roll::Listed,
    rules::building_of,
};

/// Columns of a poll in the order of its fields.
macro_rules! columns {
    () => {
        "p.id, p.place, p.title, p.body, p.kind, p.openness, p.template, p.definition, p.opens_day, p.closes_day, \
         p.roll_days, p.notice, p.source, p.state, p.seed, p.voters, p.weight, p.present, p.closed_alone, \
         p.closed_day, p.revision"
    };
}

pub(crate) use columns;

/// Columns of a row of the roll, with whether it has voted.
macro_rules! voter_rows {
    ($($rest:tt)*) => {
        concat!("SELECT v.voter, v.flat, v.name, v.contact, v.weight, r.voted_day IS NOT NULL, v.letters, \
                 v.returned_day <> '' FROM poll_voters v \
                 JOIN roll r ON r.home = v.home AND r.season = v.poll AND r.voter = v.voter \
                 WHERE v.home = ?1 AND v.poll = ?2 AND ", $($rest)*)
    };
}

pub(crate) use voter_rows;

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO polls (home, id, place, title, body, kind, openness, template, definition, opens_day, \
              closes_day, roll_days, notice, source, state, seed, voters, weight, present, revision, made_by, made_at, \
              once) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, NULL, '', 'draft', '', 0, 0, NULL, 0, \
              ?13, ?14, ?15)";
    ONCE = concat!("SELECT ", columns!(), " FROM polls p WHERE p.home = ?1 AND p.once = ?2");
    POLL = concat!("SELECT ", columns!(), " FROM polls p WHERE p.home = ?1 AND p.id = ?2");
    /// Whoever votes holds the row beside others who vote; whoever closes waits for them.
    HOLD = concat!("SELECT ", columns!(), " FROM polls p WHERE p.home = ?1 AND p.id = ?2 {share}");
    /// Guarded by the revision that was read.
    CHANGE = "UPDATE polls SET title = ?4, body = ?5, kind = ?6, openness = ?7, template = ?8, definition = ?9, \
              opens_day = ?10, closes_day = ?11, roll_days = ?12, revision = revision + 1 \
              WHERE home = ?1 AND id = ?2 AND revision = ?3 AND state = 'draft'";
    TAKE_SOURCE = "UPDATE polls SET source = ?3, revision = revision + 1 \
                   WHERE home = ?1 AND id = ?2 AND state = 'draft' AND source IN ('', ?3)";
    FREEZE = "UPDATE polls SET state = 'roll', notice = ?4, voters = ?5, weight = ?6, revision = revision + 1 \
              WHERE home = ?1 AND id = ?2 AND revision = ?3 AND state = 'draft'";
    THAW = "UPDATE polls SET state = 'draft', notice = NULL, voters = 0, weight = 0, revision = revision + 1 \
            WHERE home = ?1 AND id = ?2 AND revision = ?3 AND state = 'roll'";
    OPEN = "UPDATE polls SET state = 'open', seed = ?4, revision = revision + 1 \
            WHERE home = ?1 AND id = ?2 AND revision = ?3 AND state = 'roll'";
    CLOSE = "UPDATE polls SET state = 'closed', revision = revision + 1 \
             WHERE home = ?1 AND id = ?2 AND revision = ?3 AND state = 'open'";
    SET_CLOSED = "UPDATE polls SET present = ?3, closed_alone = ?4, closed_day = ?5 \
                   WHERE home = ?1 AND id = ?2 AND state = 'closed'";
    PUBLISH = "UPDATE polls SET state = 'published', revision = revision + 1 \
               WHERE home = ?1 AND id = ?2 AND revision = ?3 AND state = 'closed'";
    BELOW = concat!("SELECT ", columns!(), " FROM polls p JOIN places w ON w.id = p.place \
                     WHERE w.path >= ?1 AND w.path < ?2 AND (p.state <> 'draft' OR ?3) \
                     AND (p.made_at, p.id) < (?4, ?5) ORDER BY p.made_at DESC, p.id DESC LIMIT ?6");
    OPEN_NOW = "SELECT id, title, closes_day FROM polls WHERE state = 'open' ORDER BY closes_day LIMIT ?1";
    MADE_AT = "SELECT made_at FROM polls WHERE home = ?1 AND id = ?2";

    /// Who stands there already stays as they are but for what a file says anew.
    LIST = "INSERT INTO poll_voters (home, poll, voter, flat, name, contact, weight, building, subject) \
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (home, poll, voter) DO UPDATE \
            SET contact = excluded.contact, weight = excluded.weight, subject = excluded.subject";
    STRIKE = "DELETE FROM poll_voters WHERE home = ?1 AND poll = ?2 AND voter = ?3";
    TOTAL = "SELECT count(*), CAST(COALESCE(SUM(weight), 0) AS BIGINT) FROM poll_voters WHERE home = ?1 AND poll = ?2";
    WEIGHT = "SELECT weight FROM poll_voters WHERE home = ?1 AND poll = ?2 AND voter = ?3";
    VOTER = voter_rows!("v.voter = ?3");
    VOTERS = voter_rows!("v.flat >= ?3 AND v.flat < ?4 AND (v.flat, v.voter) > (?5, ?6) ORDER BY v.flat, v.voter LIMIT ?7");
    /// By a verified telephone and the name: a telephone alone serves a family.
    OF_CONTACT = "SELECT v.voter FROM poll_voters v JOIN contacts c ON c.kind = 'phone' AND c.contact = v.contact \
                  JOIN persons n ON n.home = c.home AND n.id = c.person AND n.name = v.name \
                  WHERE v.home = ?1 AND v.poll = ?2 AND c.person = ?3 AND c.verified_day IS NOT NULL \
                  ORDER BY v.voter LIMIT 2";
    VOTERS_UP_TO = "SELECT voter FROM poll_voters WHERE home = ?1 AND poll = ?2 ORDER BY voter LIMIT ?3";
    FORGET_VOTERS = "DELETE FROM poll_voters WHERE home = ?1 AND poll = ?2 AND voter <= ?3";

    NAME_BALLOT = "INSERT INTO poll_names (home, poll, ballot, voter) VALUES (?1, ?2, ?3, ?4)";
    RENAME_BALLOT = "UPDATE poll_names SET ballot = ?4 WHERE home = ?1 AND poll = ?2 AND ballot = ?3";
    NAMED = "SELECT v.flat, v.voter, v.name, v.weight, b.choices FROM poll_names n \
             JOIN ballots b ON b.home = n.home AND b.season = n.poll AND b.id = n.ballot \
             JOIN poll_voters v ON v.home = n.home AND v.poll = n.poll AND v.voter = n.voter \
             WHERE n.home = ?1 AND n.poll = ?2 AND (v.flat, v.voter) > (?3, ?4) ORDER BY v.flat, v.voter LIMIT ?5";

    FORGET_NAME = "DELETE FROM poll_names WHERE home = ?1 AND poll = ?2 AND ballot = ?3";

    INSERT_RESULT = "INSERT INTO poll_results (home, poll, outcome, inputs, ballots, withdrawn, invalid, voters, \
                     published_at, published_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    RESULT = "SELECT outcome, inputs, ballots, withdrawn, invalid, published_day FROM poll_results \
              WHERE home = ?1 AND poll = ?2";
}

fn word<T: std::str::FromStr>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(|_| DbError::Data(format!("word {text}")))
}

impl FromRow for Poll {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let text = |at: usize| row.get::<String>(at);
        let definition: Definition =
            serde_json::from_str(&text(7)?).map_err(|e| DbError::Data(format!("definition: {e}")))?;
        let source = text(12)?;
        Ok(Poll {
            id: row.get(0)?,
            place: row.get(1)?,
            title: row.get(2)?,
            body: row.get(3)?,
            kind: word(&text(4)?)?,
            openness: word(&text(5)?)?,
            template: row.get(6)?,
            definition,
            opens_day: row.get(8)?,
            closes_day: row.get(9)?,
            roll_days: row.get(10)?,
            notice: row.get(11)?,
            source: if source.is_empty() { None } else { Some(word::<Source>(&source)?) },
            state: word::<State>(&text(13)?)?,
            seed: row.get(14)?,
            voters: row.get(15)?,
            weight: row.get(16)?,
            present: row.get(17)?,
            closed_alone: row.get(18)?,
            closed_day: row.get(19)?,
            revision: row.get(20)?,
        })
    }
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Listed {
            voter: VoterKey(row.get(0)?),
            flat: row.get(1)?,
            name: row.get(2)?,
            contact: row.get(3)?,
            weight: row.get(4)?,
            voted: row.get(5)?,
            letters: row.get(6)?,
            returned: row.get(7)?,
            subject: None,
        })
    }
}

fn long(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn json(definition: &Definition) -> Result<String, DbError> {
    serde_json::to_string(definition).map_err(|e| DbError::Data(e.to_string()))
}

pub(crate) fn insert(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, poll: &Poll, once: &str) -> Result<(), DbError> {
    let definition = json(&poll.definition)?;
    let params = params![
        permit.home(),
        &poll.id,
        &poll.place,
        &poll.title,
        &poll.body,
        poll.kind.as_str(),
        poll.openness.as_str(),
        &poll.template,
        &definition,
        &poll.opens_day,
        &poll.closes_day,
        poll.roll_days,
        cx.actor.person(),
        cx.now,
        once,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(crate) fn once(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Poll>, DbError> {
    s.optional(&ONCE, params![home, once])
}

pub(crate) fn poll(s: &mut Snapshot<'_>, id: &PollId) -> Result<Option<Poll>, DbError> {
    s.optional(&POLL, params![id.home(), id])
}

pub(crate) fn hold(tx: &mut Tx<'_>, id: &PollId) -> Result<Option<Poll>, DbError> {
    tx.optional(&HOLD, params![id.home(), id])
}

/// False when it is no longer as it was read.
pub(crate) fn change(tx: &mut Tx<'_>, permit: &Permit, poll: &Poll) -> Result<bool, DbError> {
    let definition = json(&poll.definition)?;
    let params = params![
        permit.home(),
        &poll.id,
        poll.revision,
        &poll.title,
        &poll.body,
        poll.kind.as_str(),
        poll.openness.as_str(),
        &poll.template,
        &definition,
        &poll.opens_day,
        &poll.closes_day,
        poll.roll_days,
    ];
    Ok(tx.execute(&CHANGE, params)? == 1)
}

/// False when the roll comes from elsewhere, or is frozen.
pub(crate) fn take_source(tx: &mut Tx<'_>, permit: &Permit, id: &PollId, source: Source) -> Result<bool, DbError> {
    Ok(tx.execute(&TAKE_SOURCE, params![permit.home(), id, source.as_str()])? == 1)
}

/// False when it is no longer as it was read.
pub(crate) fn freeze(
    tx: &mut Tx<'_>,
    permit: &Permit,
    poll: &Poll,
    notice: Option<&NoticeId>,
    (voters, weight): (u64, u64),
) -> Result<bool, DbError> {
    let params = params![permit.home(), &poll.id, poll.revision, notice, long(voters), long(weight)];
    Ok(tx.execute(&FREEZE, params)? == 1)
}

pub(crate) fn thaw(tx: &mut Tx<'_>, permit: &Permit, poll: &Poll) -> Result<bool, DbError> {
    Ok(tx.execute(&THAW, params![permit.home(), &poll.id, poll.revision])? == 1)
}

pub(crate) fn open(tx: &mut Tx<'_>, permit: &Permit, poll: &Poll, seed: &str) -> Result<bool, DbError> {
    Ok(tx.execute(&OPEN, params![permit.home(), &poll.id, poll.revision, seed])? == 1)
}

pub(crate) fn close(tx: &mut Tx<'_>, permit: &Permit, poll: &Poll) -> Result<bool, DbError> {
    Ok(tx.execute(&CLOSE, params![permit.home(), &poll.id, poll.revision])? == 1)
}

/// In the transaction that closes it.
pub(crate) fn set_closed(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    id: &PollId,
    (present, alone): (Option<u64>, bool),
) -> Result<(), DbError> {
    tx.execute(&SET_CLOSED, params![permit.home(), id, present.map(long), alone, &cx.day]).map(|_| ())
}

pub(crate) fn publish(tx: &mut Tx<'_>, permit: &Permit, poll: &Poll) -> Result<bool, DbError> {
    Ok(tx.execute(&PUBLISH, params![permit.home(), &poll.id, poll.revision])? == 1)
}

pub(crate) fn made_at(s: &mut Snapshot<'_>, id: &PollId) -> Result<Option<Instant>, DbError> {
    Ok(s.optional::<(Instant,)>(&MADE_AT, params![id.home(), id])?.map(|(at,)| at))
}

pub(crate) fn below(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    drafts: bool,
    behind: Option<(Instant, &PollId)>,
    limit: i64,
) -> Result<Vec<Poll>, DbError> {
    // '0' is the character after '/', and ids are of one length, so nothing else lies between
    let (from, to) = path.map_or_else(|| (String::new(), "~".to_owned()), |p| (p.to_owned(), format!("{p}0")));
    let (at, id) = behind.map_or((Instant(i64::MAX), "~"), |(at, id)| (at, id.as_str()));
    s.all(&BELOW, params![&from, &to, drafts, at, id, limit])
}

pub(crate) fn open_now(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<(PollId, String, Option<Day>)>, DbError> {
    s.all(&OPEN_NOW, params![limit])
}

pub(crate) fn list(tx: &mut Tx<'_>, permit: &Permit, poll: &PollId, row: &Listed) -> Result<(), DbError> {
    let (weight, building) = (long(row.weight), building_of(&row.flat));
    let subject = row.subject.as_ref().map(|subject| subject.0.as_slice());
    let (voter, home) = (&row.voter.0, permit.home());
    let params = params![home, poll, voter, &row.flat, &row.name, &row.contact, weight, building, subject];
    tx.execute(&LIST, params).map(|_| ())
}

pub(crate) fn strike(tx: &mut Tx<'_>, permit: &Permit, poll: &PollId, voter: VoterKey) -> Result<bool, DbError> {
    Ok(tx.execute(&STRIKE, params![permit.home(), poll, &voter.0])? == 1)
}

/// How many stand on the roll, and their weights together.
pub(crate) fn total(s: &mut Snapshot<'_>, poll: &PollId) -> Result<(u64, u64), DbError> {
    s.one(&TOTAL, params![poll.home(), poll])
}

pub(crate) fn weight(s: &mut Snapshot<'_>, poll: &PollId, voter: VoterKey) -> Result<u64, DbError> {
    Ok(s.optional::<(u64,)>(&WEIGHT, params![poll.home(), poll, &voter.0])?.map_or(1, |(weight,)| weight))
}

pub(crate) fn voter(s: &mut Snapshot<'_>, poll: &PollId, voter: VoterKey) -> Result<Option<Listed>, DbError> {
    s.optional(&VOTER, params![poll.home(), poll, &voter.0])
}

/// Where a page of the roll begins: behind this flat and voter.
pub(crate) type Behind<'a> = (&'a str, &'a [u8]);

/// Rows whose flat begins with `flat`, behind a row, at most `limit`.
pub(crate) fn voters(
    s: &mut Snapshot<'_>,
    poll: &PollId,
    flat: &str,
    after: Behind<'_>,
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    let beyond = format!("{flat}\u{10ffff}");
    s.all(&VOTERS, params![poll.home(), poll, flat, &beyond, after.0, after.1, limit])
}

/// The rows of the roll that a person's name and telephone lead to, two at most.
pub(crate) fn of_contact(s: &mut Snapshot<'_>, poll: &PollId, person: &PersonId) -> Result<Vec<VoterKey>, DbError> {
    let found: Vec<([u8; 32],)> = s.all(&OF_CONTACT, params![poll.home(), poll, person])?;
    Ok(found.into_iter().map(|(voter,)| VoterKey(voter)).collect())
}

/// Forgets who stood on the roll by name, at most `limit`; false when there was nobody.
pub(crate) fn forget_voters(tx: &mut Tx<'_>, permit: &Permit, poll: &PollId, limit: i64) -> Result<bool, DbError> {
    let page: Vec<(Vec<u8>,)> = tx.all(&VOTERS_UP_TO, params![permit.home(), poll, limit])?;
    let Some((last,)) = page.last() else { return Ok(false) };
    tx.execute(&FORGET_VOTERS, params![permit.home(), poll, last.as_slice()]).map(|_| true)
}

pub(crate) fn name_ballot(
    tx: &mut Tx<'_>,
    permit: &Permit,
    poll: &PollId,
    ballot: &ballots::BallotId,
    voter: VoterKey,
) -> Result<(), DbError> {
    tx.execute(&NAME_BALLOT, params![permit.home(), poll, ballot, &voter.0]).map(|_| ())
}

pub(crate) fn rename_ballot(
    tx: &mut Tx<'_>,
    permit: &Permit,
    poll: &PollId,
    (old, new): (&ballots::BallotId, &ballots::BallotId),
) -> Result<(), DbError> {
    tx.execute(&RENAME_BALLOT, params![permit.home(), poll, old, new]).map(|_| ())
}

/// A ballot that is taken out is nobody's any more.
pub(crate) fn forget_name(
    tx: &mut Tx<'_>,
    permit: &Permit,
    poll: &PollId,
    ballot: &ballots::BallotId,
) -> Result<(), DbError> {
    tx.execute(&FORGET_NAME, params![permit.home(), poll, ballot]).map(|_| ())
}

/// Who chose what: flat, voter, name, weight, and the ballot as it is kept.
pub(crate) type Named = (String, Vec<u8>, String, u64, String);

pub(crate) fn named(s: &mut Snapshot<'_>, poll: &PollId, after: Behind<'_>, limit: i64) -> Result<Vec<Named>, DbError> {
    s.all(&NAMED, params![poll.home(), poll, after.0, after.1, limit])
}

pub(crate) fn insert_result(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    poll: &Poll,
    counted: &Counted,
) -> Result<(), DbError> {
    let outcome = serde_json::to_string(&counted.outcome).map_err(|e| DbError::Data(e.to_string()))?;
    let params = params![
        permit.home(),
        &poll.id,
        &outcome,
        &counted.inputs.0,
        long(counted.received.cast),
        long(counted.received.withdrawn),
        long(counted.received.invalid),
        long(poll.voters),
        cx.now,
        &cx.day,
    ];
    tx.execute(&INSERT_RESULT, params).map(|_| ())
}

/// A published result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// What came out.
    pub outcome: crate::count::Outcome,
    /// The digest of everything it depends on.
    pub inputs: Hash,
    /// What became of the ballots.
    pub received: Received,
    /// The local day of its publication.
    pub day: Day,
}

pub(crate) fn result(s: &mut Snapshot<'_>, poll: &PollId) -> Result<Option<Published>, DbError> {
    let row: Option<(String, [u8; 32], u64, u64, u64, Day)> = s.optional(&RESULT, params![poll.home(), poll])?;
    row.map(|(outcome, inputs, cast, withdrawn, invalid, day)| {
        let outcome = serde_json::from_str(&outcome).map_err(|e| DbError::Data(e.to_string()))?;
        Ok(Published { outcome, inputs: Hash(inputs), received: Received { cast, withdrawn, invalid }, day })
    })
    .transpose()
}

//! All SQL of coaching.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, PersonId};
use rights::Permit;

use super::{Found, MAX_NOTES, Note, NoteId};
use crate::{ProposalId, SeasonId};

db::statements! {
    STATEMENTS:
    /// The bound of the notes.
    COUNT_NOTE = "UPDATE proposals SET notes = notes + 1 WHERE home = ?1 AND season = ?2 AND id = ?3 AND notes < ?4";
    INSERT_NOTE = "INSERT INTO proposal_notes (home, proposal, id, version, author, words, once, made_day) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    NOTE_ONCE = "SELECT id, version, author, words, made_day FROM proposal_notes \
                 WHERE home = ?1 AND proposal = ?2 AND once = ?3";
    NOTES = "SELECT id, version, author, words, made_day FROM proposal_notes WHERE home = ?1 AND proposal = ?2 \
             AND id < ?3 ORDER BY id DESC LIMIT ?4";
    PUT_ANSWER = "INSERT INTO proposal_answers (home, proposal, version, question, answer, note, author, made_day) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (home, proposal, version, question) \
                  DO UPDATE SET answer = excluded.answer, note = excluded.note, author = excluded.author, \
                  made_day = excluded.made_day";
    /// The last version that was gone through.
    ANSWERS = "SELECT version, question, answer, note, made_day FROM proposal_answers \
               WHERE home = ?1 AND proposal = ?2 AND version = (SELECT MAX(version) FROM proposal_answers \
               WHERE home = ?1 AND proposal = ?2) ORDER BY question LIMIT 100";
}

db::record!(Note { id, version, author, words, made_day });

impl FromRow for Found {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let word: String = row.get(2)?;
        Ok(Found {
            version: row.get(0)?,
            question: row.get(1)?,
            answer: word.parse().map_err(|()| DbError::Data(format!("coach's answer {word}")))?,
            note: row.get(3)?,
            made_day: row.get(4)?,
        })
    }
}

/// False when there are as many notes as there may be.
pub(crate) fn count_note(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, proposal): (&SeasonId, &ProposalId),
) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_NOTE, params![permit.home(), season, proposal, MAX_NOTES])? == 1)
}

pub(crate) fn insert_note(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (proposal, once): (&ProposalId, &str),
    note: &Note,
) -> Result<(), DbError> {
    let params =
        params![permit.home(), proposal, &note.id, note.version, &note.author, &note.words, once, &note.made_day];
    tx.execute(&INSERT_NOTE, params).map(|_| ())
}

pub(crate) fn note_once(s: &mut Snapshot<'_>, proposal: &ProposalId, once: &str) -> Result<Option<Note>, DbError> {
    s.optional(&NOTE_ONCE, params![proposal.home(), proposal, once])
}

pub(crate) fn notes(
    s: &mut Snapshot<'_>,
    proposal: &ProposalId,
    before: Option<&NoteId>,
    limit: i64,
) -> Result<Vec<Note>, DbError> {
    // no id has a letter above 'z', so "~" is after all of them
    let before = before.map_or("~", NoteId::as_str);
    s.all(&NOTES, params![proposal.home(), proposal, before, limit])
}

pub(crate) fn put_answer(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (proposal, found): (&ProposalId, &Found),
    author: &PersonId,
) -> Result<(), DbError> {
    let day: &Day = &found.made_day;
    let params = params![
        permit.home(),
        proposal,
        found.version,
        &found.question,
        found.answer.as_str(),
        &found.note,
        author,
        day
    ];
    tx.execute(&PUT_ANSWER, params).map(|_| ())
}

pub(crate) fn answers(s: &mut Snapshot<'_>, proposal: &ProposalId) -> Result<Vec<Found>, DbError> {
    s.all(&ANSWERS, params![proposal.home(), proposal])
}

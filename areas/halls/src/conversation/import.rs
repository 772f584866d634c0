//! Take in a conversation that was held elsewhere, from the export format of Polis.

use std::collections::BTreeMap;

use db::{Fault, Tx};
use kernel::{Context, Kind, PlaceId, Refusal, Shape};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use opinion::{
    Moderation,
    export::{COMMENTS, ReadError, Source},
};
use rights::{Action, authorize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Adds, Conversation, ConversationId, Provenance, Standing, State, Votes, queries, rules, store};

/// Participants that are taken in at most: they come in one transaction, whole or not at all.
pub const MAX_PEOPLE: usize = 20_000;
/// Statements that are taken in at most.
pub const MAX_TAKEN: usize = 2_000;
/// Characters of a statement that was made elsewhere.
const MAX_WORDS: usize = 1_000;

/// What an export holds, read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Number, words (empty where they were rejected), whether it counts.
    pub statements: Vec<(u32, String, bool)>,
    /// Number and votes.
    pub people: Vec<(u32, Votes)>,
}

/// Where and under what name it is taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taking {
    /// The place whose conversation it is.
    pub place: String,
    /// 1 to 120 characters.
    pub title: String,
    /// At most 2,000 characters.
    pub body: String,
    /// Whose data, under which licence, from where: the first two are needed.
    pub provenance: Provenance,
    /// What the search for groups starts from.
    pub seed: u32,
}

/// Why an export cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeldError {
    /// A fault of a file at a line.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A fault of what is said at a line of the file of statements.
    #[error("{COMMENTS}, line {line}: {what}")]
    Words {
        /// The line, from 1.
        line: u64,
        /// What is wrong, and what to do.
        what: String,
    },
    /// More than is taken in.
    #[error("{found} {of}, and {most} are taken in at most; split the conversation")]
    TooMany {
        /// How many there are.
        found: usize,
        /// Of what.
        of: &'static str,
        /// How many there may be.
        most: usize,
    },
}

/// Reads an export. Statements that were rejected count for nothing, and their words are left out; those that nobody
/// decided on count, as they do on the exporter's own map.
///
/// # Errors
/// The first fault by file and line.
pub fn read(comments: &[u8], votes: Source<&[u8]>) -> Result<Held, HeldError> {
    let export = opinion::export::read(comments, votes)?;
    let conversation = export.conversation;
    let (n_people, n_statements) = (conversation.participants().len(), conversation.statements().len());
    for (found, of, most) in [(n_people, "participants", MAX_PEOPLE), (n_statements, "statements", MAX_TAKEN)] {
        if found > most {
            return Err(HeldError::TooMany { found, of, most });
        }
    }
    let words = words(comments)?;
    let number = |id: u64| u32::try_from(id).ok().filter(|n| *n < u32::MAX / 2);
    let large = |id: u64| HeldError::Words { line: 1, what: format!("the number {id} is too large") };
    let mut statements = Vec::with_capacity(n_statements);
    for statement in conversation.statements() {
        let counts = statement.moderation != Moderation::Rejected;
        let (line, text) = words.get(&statement.id).cloned().unwrap_or_default();
        if counts && text.is_empty() {
            let what = format!("statement {} has votes and no words in column comment-body; add them", statement.id);
            return Err(HeldError::Words { line: line.max(1), what });
        }
        let text = if counts { text } else { String::new() };
        statements.push((number(statement.id).ok_or_else(|| large(statement.id))?, text, counts));
    }
    let mut people = Vec::with_capacity(n_people);
    for (index, participant) in conversation.participants().iter().enumerate() {
        let mut said = Votes::default();
        for (column, vote) in conversation.votes_of(index) {
            if let Some((statement, ..)) = statements.get(column) {
                said.say(*statement, vote);
            }
        }
        people.push((number(*participant).ok_or_else(|| large(*participant))?, said));
    }
    Ok(Held { statements, people })
}

/// The words of each statement in one line, with the line of the file.
fn words(comments: &[u8]) -> Result<BTreeMap<u64, (u64, String)>, HeldError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(comments);
    let wrong = |line: u64, what: &str| HeldError::Words { line, what: what.to_owned() };
    let failed = |e: csv::Error| wrong(e.position().map_or(1, csv::Position::line), &e.to_string());
    let headers = reader.byte_headers().map_err(failed)?.clone();
    let place = |name: &str| headers.iter().position(|head| head.eq_ignore_ascii_case(name.as_bytes()));
    let id = place("comment-id").ok_or_else(|| wrong(1, "there is no column `comment-id`"))?;
    let body = place("comment-body").ok_or_else(|| wrong(1, "there is no column `comment-body`"))?;
    let mut found = BTreeMap::new();
    for record in reader.byte_records() {
        let record = record.map_err(failed)?;
        let line = record.position().map_or(1, csv::Position::line);
        let text = std::str::from_utf8(record.get(body).unwrap_or_default());
        let text = text.map_err(|_| wrong(line, "the words are not in UTF-8; save the file in UTF-8"))?;
        let id = std::str::from_utf8(record.get(id).unwrap_or_default()).unwrap_or_default();
        let Ok(id) = id.trim_end_matches(".0").parse() else { continue };
        let text = text.split(|c: char| c.is_whitespace() || c.is_control());
        let text = text.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if text.chars().nth(MAX_WORDS).is_some() {
            return Err(wrong(line, &format!("a statement of more than {MAX_WORDS} characters; shorten it")));
        }
        found.insert(id, (line, text));
    }
    Ok(found)
}

/// Takes it in as a closed conversation, all in one transaction; [`super::publish`] draws its map. The same export at the
/// same place again answers with the conversation that is there.
///
/// # Errors
/// Refusals `place-not-found`, `invalid-input`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn take(tx: &mut Tx<'_>, cx: &mut Context, taking: &Taking, held: &Held) -> Result<Conversation, Fault> {
    let none = || Refusal::new(Kind::NotFound, "place-not-found");
    let place: PlaceId = taking.place.trim().parse().map_err(|_| none())?;
    let site = places::site(tx, &place)?.ok_or_else(none)?;
    let permit = authorize(&cx.actor, Action::RecordVerdict, &site)?;
    let id: ConversationId = cx.id(permit.home());
    let conversation = filled(id.clone(), place, taking, held)?;
    let digest = digest(held);
    let once = format!("{}/{digest}", conversation.place);
    if let Some(there) = store::once(tx, permit.home(), &once)? {
        return Ok(there);
    }
    match store::insert(tx, cx, &permit, &conversation, &once) {
        Err(db::DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    for (number, text, counts) in &held.statements {
        // elsewhere two may have said the same
        let sameness = Sha256::digest(format!("{number} {text}")).into();
        let state = if *counts { Standing::Accepted } else { Standing::Removed };
        store::add(tx, cx, &permit, &id, &store::New { number: *number, text, sameness, state, author: None })?;
    }
    for (number, votes) in &held.people {
        store::join(tx, &permit, &id, (*number, None), votes)?;
    }
    let public = json!({
        "conversation": id, "place": conversation.place, "people": held.people.len(),
        "statements": held.statements.len(), "digest": digest.to_string(), "source": conversation.provenance.source,
        "licence": conversation.provenance.licence,
    });
    let private = json!({ "title": conversation.title, "by": cx.actor.person() });
    let subject = id.as_str();
    let kind = "conversation.taken-in";
    append(tx, cx, &permit, &Draft { kind, subject, public: &public, private: Some(&private) })?;
    queries::conversation(tx, &id)
}

fn filled(id: ConversationId, place: PlaceId, taking: &Taking, held: &Held) -> Result<Conversation, Refusal> {
    let mut shape = Shape::new();
    let title = shape.line("title", &taking.title, 120);
    let body = shape.optional_prose("body", &taking.body, 2_000);
    let provenance = Provenance {
        source: shape.line("source", &taking.provenance.source, 400),
        licence: shape.line("licence", &taking.provenance.licence, 120),
        url: shape.optional_line("url", &taking.provenance.url, 300),
    };
    let statements = held.statements.iter().map(|(number, ..)| *number).max().unwrap_or(0);
    shape.finish(Conversation {
        id,
        place,
        title,
        body,
        days: u32::try_from(rules::MAX_DAYS).unwrap_or(1),
        adds: Adds::Nobody,
        state: State::Closed,
        opens_day: None,
        closes_day: None,
        seed: taking.seed,
        provenance,
        statements,
        notice: None,
        end_notice: None,
        revision: 0,
    })
}

/// What makes it the same export.
fn digest(held: &Held) -> Hash {
    let mut digest = Sha256::new();
    for (number, text, counts) in &held.statements {
        digest.update(format!("s {number} {counts} {text}\n"));
    }
    for (number, votes) in &held.people {
        digest.update(format!("p {number} {}\n", votes.print()));
    }
    Hash(digest.finalize().into())
}

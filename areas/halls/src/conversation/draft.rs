//! Draft a conversation, or change a draft.

use db::{DbError, Fault, Tx};
use kernel::{Context, FieldError, Kind, PlaceId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{
    Conversation, ConversationId, Provenance, Standing, State, queries,
    rules::{self, DraftConversation, Drafted, expect},
    store,
};

/// Drafts a conversation: nobody but the office sees it before it opens. The same `once` of the same person again answers
/// with the conversation that is already there.
///
/// # Errors
/// Refusals `place-not-found`, `invalid-input`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn draft(tx: &mut Tx<'_>, cx: &mut Context, input: &DraftConversation) -> Result<Conversation, Fault> {
    let none = || Refusal::new(Kind::NotFound, "place-not-found");
    let place: PlaceId = input.place.trim().parse().map_err(|_| none())?;
    let site = places::site(tx, &place)?.ok_or_else(none)?;
    let permit = authorize(&cx.actor, Action::PostNotice, &site)?;
    let drafted = rules::drafted(input)?;
    let id: ConversationId = cx.id(permit.home());
    let once = once_of(cx, &id, &input.once)?;
    if let Some(there) = store::once(tx, permit.home(), &once)? {
        return Ok(there);
    }
    let conversation = filled(id, place, &drafted);
    match store::insert(tx, cx, &permit, &conversation, &once) {
        // the twin of a double tap was first
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    put_first(tx, cx, &permit, &conversation.id, &drafted.first)?;
    tell(tx, cx, &permit, ("conversation.drafted", &conversation), &drafted.first)?;
    Ok(conversation)
}

/// The key against making twice: two people may make up the same text.
pub(super) fn once_of(cx: &Context, id: &ConversationId, once: &str) -> Result<String, Refusal> {
    match (once.trim(), cx.actor.person()) {
        ("", _) => Ok(id.to_string()),
        (once, _) if once.chars().count() > 64 => {
            Err(Refusal::invalid(vec![FieldError::new("once", "too-long").with_limit(64)]))
        }
        (once, Some(person)) => Ok(format!("{person}/{once}")),
        (once, None) => Ok(once.to_owned()),
    }
}

/// A draft with nothing behind it yet.
fn filled(id: ConversationId, place: PlaceId, drafted: &Drafted) -> Conversation {
    Conversation {
        id,
        place,
        title: drafted.title.clone(),
        body: drafted.body.clone(),
        days: drafted.days,
        adds: drafted.adds,
        state: State::Draft,
        opens_day: None,
        closes_day: None,
        seed: 0,
        provenance: Provenance::default(),
        statements: u32::try_from(drafted.first.len()).unwrap_or(0),
        notice: None,
        end_notice: None,
        revision: 0,
    }
}

fn put_first(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    id: &ConversationId,
    first: &[String],
) -> Result<(), DbError> {
    for (number, text) in (1..).zip(first) {
        let sameness = rules::sameness(text);
        let new = store::New { number, text, sameness, state: Standing::Accepted, author: None };
        store::add(tx, cx, permit, id, &new)?;
    }
    Ok(())
}

/// A draft as it shall be.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ChangeConversation {
    /// The revision that was changed.
    pub revision: i64,
    /// What it says now; its place stays.
    pub conversation: DraftConversation,
}

/// Changes what a draft says. From the opening on, nothing of it changes but which statements there are.
///
/// # Errors
/// Refusals `conversation-not-found`, `wrong-conversation-state`, `invalid-input`, `changed-meanwhile`, `not-allowed`;
/// database faults.
pub fn change(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    id: &ConversationId,
    input: &ChangeConversation,
) -> Result<Conversation, Fault> {
    let conversation = queries::conversation(tx, id)?;
    let permit = authorize(&cx.actor, Action::PostNotice, &queries::site(tx, &conversation)?)?;
    expect(&conversation, &[State::Draft])?;
    let drafted = rules::drafted(&input.conversation)?;
    let there: Vec<String> = queries::shown(tx, id)?.into_iter().map(|statement| statement.text).collect();
    let place = conversation.place.clone();
    let changed = Conversation { revision: input.revision, ..filled(id.clone(), place, &drafted) };
    if changed == conversation && there == drafted.first {
        // sent twice, or nothing changed
        return Ok(conversation);
    }
    if !store::change(tx, &permit, &changed)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    store::forget_statements(tx, &permit, id)?;
    put_first(tx, cx, &permit, id, &drafted.first)?;
    tell(tx, cx, &permit, ("conversation.changed", &changed), &drafted.first)?;
    queries::conversation(tx, id)
}

/// The entry of what a conversation says: place, days and who adds statements are public, words are not.
fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (kind, conversation): (&'static str, &Conversation),
    first: &[String],
) -> Result<(), Fault> {
    let public = json!({
        "conversation": conversation.id, "place": conversation.place, "days": conversation.days,
        "adds": conversation.adds, "statements": conversation.statements,
    });
    let private = json!({
        "title": conversation.title, "body": conversation.body, "statements": first, "by": cx.actor.person(),
    });
    let subject = conversation.id.as_str();
    append(tx, cx, permit, &Draft { kind, subject, public: &public, private: Some(&private) })?;
    Ok(())
}

//! Add a statement.

use db::{DbError, Fault, Tx};
use kernel::Context;
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{
    Conversation, ConversationId, Standing, State, Statement, queries,
    rules::{self, expect, may_add, said_before},
    store,
    vote::{held, myself, resident},
};

/// A statement as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct SayStatement {
    /// One thought in one line of 2 to 140 characters.
    pub text: String,
}

/// Adds a resident's statement, which waits until somebody of the office has read it. Sent again it is the same statement;
/// what somebody else has said already is refused.
///
/// # Errors
/// Refusals `vote-yourself`, `sign-in-first`, `conversation-not-found`, `wrong-conversation-state`, `conversation-over`,
/// `conversation-not-resident`, `conversation-adds-nobody`, `conversation-full`, `conversation-own-full`, `invalid-input`
/// (`said-before`), `verify-first`, `not-allowed`; database faults.
pub fn say(tx: &mut Tx<'_>, cx: &mut Context, id: &ConversationId, input: &SayStatement) -> Result<Statement, Fault> {
    let me = myself(cx)?;
    let conversation = held(tx, cx, id)?;
    let permit = authorize(&cx.actor, Action::PostIdea, &queries::site(tx, &conversation)?)?;
    resident(tx, cx, &conversation)?;
    let text = rules::statement(&input.text)?;
    if let Some(there) = store::same(tx, id, &rules::sameness(&text))? {
        return if there.author.as_ref() == Some(&me) { Ok(there) } else { Err(said_before().into()) };
    }
    may_add(&conversation, store::n_own(tx, id, &me)?)?;
    let new = Statement { number: 0, text, state: Standing::Waiting, author: Some(me), reason: String::new() };
    put(tx, cx, &permit, &conversation, new)
}

/// Adds a statement of the office, which is voted on at once.
///
/// # Errors
/// Refusals `conversation-not-found`, `wrong-conversation-state`, `conversation-full`, `invalid-input` (`said-before`),
/// `not-allowed`; database faults.
pub fn say_for_office(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    id: &ConversationId,
    input: &SayStatement,
) -> Result<Statement, Fault> {
    let conversation = queries::conversation(tx, id)?;
    let permit = authorize(&cx.actor, Action::PostNotice, &queries::site(tx, &conversation)?)?;
    expect(&conversation, &[State::Open])?;
    let text = rules::statement(&input.text)?;
    if store::same(tx, id, &rules::sameness(&text))?.is_some() {
        return Err(said_before().into());
    }
    may_add(&Conversation { adds: super::Adds::Residents, ..conversation.clone() }, 0)?;
    let new = Statement { number: 0, text, state: Standing::Accepted, author: None, reason: String::new() };
    put(tx, cx, &permit, &conversation, new)
}

fn put(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    conversation: &Conversation,
    statement: Statement,
) -> Result<Statement, Fault> {
    let id = &conversation.id;
    let number = store::number(tx, permit, id)?.ok_or_else(|| {
        kernel::Refusal::new(kernel::Kind::Conflict, "wrong-conversation-state").with_text("state", "closed")
    })?;
    let statement = Statement { number, ..statement };
    let new = store::New {
        number,
        text: &statement.text,
        sameness: rules::sameness(&statement.text),
        state: statement.state,
        author: statement.author.as_ref(),
    };
    match store::add(tx, cx, permit, id, &new) {
        // somebody said the same at this moment
        Err(DbError::Unique(_)) => return Err(said_before().into()),
        other => other?,
    }
    let public = json!({ "statement": number, "state": statement.state });
    let private = json!({ "text": statement.text, "by": cx.actor.person() });
    let kind = "conversation.statement-added";
    append(tx, cx, permit, &Draft { kind, subject: id.as_str(), public: &public, private: Some(&private) })?;
    Ok(statement)
}

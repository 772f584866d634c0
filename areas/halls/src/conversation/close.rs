//! Close a conversation.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use super::{Conversation, ConversationId, Standing, State, queries, rules, store};

/// From now on no vote and no statement is taken. Its map is drawn for good by [`super::publish`].
///
/// # Errors
/// Refusals `conversation-not-found`, `wrong-conversation-state`, `conversation-still-runs`,
/// `conversation-statements-wait`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn close(tx: &mut Tx<'_>, cx: &mut Context, id: &ConversationId) -> Result<Conversation, Fault> {
    let conversation = queries::conversation(tx, id)?;
    let permit = authorize(&cx.actor, Action::RecordVerdict, &queries::site(tx, &conversation)?)?;
    if conversation.state == State::Closed {
        return Ok(conversation);
    }
    rules::expect(&conversation, &[State::Open])?;
    // this waits for everybody who holds the row, and whoever comes later sees the new state
    if !store::close(tx, &permit, &conversation)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    rules::may_close(&conversation, &cx.day, queries::n_of(tx, id, Standing::Waiting)?)?;
    let subject = id.as_str();
    append(tx, cx, &permit, &Draft { kind: "conversation.closed", subject, public: &json!({}), private: None })?;
    queries::conversation(tx, id)
}

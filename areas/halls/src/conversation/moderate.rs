//! Take a statement, or do not; take one down.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{
    ConversationId, Standing, State, Statement, queries,
    rules::{self, expect},
    store,
};

/// What the office decides about a statement.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DecideStatement {
    /// Whether residents vote on it.
    pub accept: bool,
    /// Why not, at most 200 characters; its author reads it. Nothing of one that is taken.
    pub reason: String,
}

/// Decides about a statement that waits, or takes one down that is voted on. Nobody decides about their own. The same
/// decision again changes nothing.
///
/// # Errors
/// Refusals `conversation-not-found`, `wrong-conversation-state`, `statement-not-found`, `statement-decided`,
/// `invalid-input`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn moderate(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (id, number): (&ConversationId, u32),
    input: &DecideStatement,
) -> Result<Statement, Fault> {
    let conversation = queries::conversation(tx, id)?;
    let site = queries::site(tx, &conversation)?;
    authorize(&cx.actor, Action::RecordVerdict, &site)?;
    let statement = queries::statement(tx, id, number)?;
    let author: Vec<_> = statement.author.iter().cloned().collect();
    let permit = authorize(&cx.actor, Action::RecordVerdict, Resource::at(&site).in_conflict(&author))?;
    let state = rules::moderated(&statement, input.accept)?;
    if state == statement.state {
        return Ok(statement);
    }
    expect(&conversation, &[State::Open])?;
    let reason = if input.accept { String::new() } else { rules::reason(&input.reason)? };
    if !store::decide(tx, &permit, id, &statement, (state, &reason))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let kind = match state {
        Standing::Accepted => "conversation.statement-accepted",
        Standing::Removed => "conversation.statement-removed",
        Standing::Waiting | Standing::Rejected => "conversation.statement-rejected",
    };
    let public = json!({ "statement": number });
    let private = json!({ "reason": reason, "by": cx.actor.person() });
    append(tx, cx, &permit, &Draft { kind, subject: id.as_str(), public: &public, private: Some(&private) })?;
    Ok(Statement { state, reason, ..statement })
}

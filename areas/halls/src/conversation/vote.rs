//! Vote on a statement.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use ledger::entry::{Draft, append};
use opinion::Vote;
use rights::{Action, Resource, authorize};
use serde_json::json;

use super::{
    Conversation, ConversationId, Participant, Standing, Votes, map::refresh::ask, queries, rules::may_say, store,
    votes::word_of,
};

/// Numbers of participants are below this.
const NUMBERS: u64 = 1_000_000_000;

/// Says what the person who has signed in thinks of a statement, instead of what they said before. Nobody does it for
/// them. The same again changes nothing.
///
/// # Errors
/// Refusals `vote-yourself`, `sign-in-first`, `conversation-not-found`, `wrong-conversation-state`, `conversation-over`,
/// `conversation-not-resident`, `statement-not-found`, `statement-not-open`, `changed-meanwhile`, `verify-first`,
/// `not-allowed`; database faults.
pub fn vote(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    id: &ConversationId,
    (number, vote): (u32, Vote),
) -> Result<Participant, Fault> {
    let me = myself(cx)?;
    let permit = authorize(&cx.actor, Action::CastBallot, Resource::of(id.home()).owned_by(Some(&me)))?;
    let conversation = held(tx, cx, id)?;
    resident(tx, cx, &conversation)?;
    let statement = queries::statement(tx, id, number)?;
    if statement.state != Standing::Accepted {
        return Err(Refusal::new(Kind::Conflict, "statement-not-open").into());
    }
    let changed = Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    let participant = match store::me(tx, id, &me)? {
        Some(mut there) => {
            if !there.votes.say(number, vote) {
                return Ok(there);
            }
            if !store::say(tx, &permit, id, &there)? {
                return changed;
            }
            Participant { revision: there.revision + 1, ..there }
        }
        None => {
            let mut new = Participant { number: drawn(cx), votes: Votes::default(), revision: 0 };
            new.votes.say(number, vote);
            match store::join(tx, &permit, id, (new.number, Some(&me)), &new.votes) {
                // the twin of a double tap was first, or somebody else drew this number
                Err(DbError::Unique(_)) => return changed,
                other => other?,
            }
            new
        }
    };
    let (public, private) = (json!({}), json!({ "statement": number, "vote": word_of(vote) }));
    let subject = id.as_str();
    append(tx, cx, &permit, &Draft { kind: "conversation.voted", subject, public: &public, private: Some(&private) })?;
    ask(tx, cx, id)?;
    Ok(participant)
}

/// A number that says nothing about who or when.
fn drawn(cx: &mut Context) -> u32 {
    u32::try_from(cx.chance.below(NUMBERS - 1) + 1).unwrap_or(1)
}

/// Who has signed in, and acts for nobody else.
pub(super) fn myself(cx: &Context) -> Result<PersonId, Refusal> {
    if cx.behalf.is_some() {
        return Err(Refusal::new(Kind::Forbidden, "vote-yourself"));
    }
    cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))
}

/// The conversation, held while something is said in it.
pub(super) fn held(tx: &mut Tx<'_>, cx: &Context, id: &ConversationId) -> Result<Conversation, Fault> {
    let conversation = store::hold(tx, id)?.ok_or_else(queries::not_found)?;
    if conversation.state == super::State::Draft {
        return Err(queries::not_found().into());
    }
    may_say(&conversation, &cx.day)?;
    Ok(conversation)
}

/// Who says something in it lives there.
pub(super) fn resident(tx: &mut Tx<'_>, cx: &Context, conversation: &Conversation) -> Result<(), Fault> {
    if queries::lives_at(tx, &cx.actor, &conversation.place)? {
        return Ok(());
    }
    Err(Refusal::new(Kind::Forbidden, "conversation-not-resident").into())
}

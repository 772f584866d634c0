//! Open a conversation.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use matters::notice::{NoticeId, draft::DraftNotice, post::post_now};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;
use work::calendar::add_days;

use super::{Conversation, ConversationId, Standing, State, queries, rules, store};

/// The wording of the notice by which residents hear of it; without a title none is posted.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
#[schema(as = ConversationNotice)]
pub struct Announcement {
    /// At most 120 characters.
    pub title: String,
    /// 1 to 8,000 characters where there is a title.
    pub body: String,
}

/// Opens a draft: from now on residents vote, for as many days as it says. What the search for groups starts from is drawn
/// now, before anybody has voted.
///
/// # Errors
/// Refusals `conversation-not-found`, `wrong-conversation-state`, `conversation-few-statements`, `changed-meanwhile`,
/// those of [`post_now`], `not-allowed`; database faults.
pub fn open(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    id: &ConversationId,
    words: &Announcement,
) -> Result<Conversation, Fault> {
    let conversation = queries::conversation(tx, id)?;
    let permit = authorize(&cx.actor, Action::PostNotice, &queries::site(tx, &conversation)?)?;
    if conversation.state == State::Open {
        return Ok(conversation);
    }
    let n_accepted = queries::n_of(tx, id, Standing::Accepted)?;
    rules::may_open(&conversation, usize::try_from(n_accepted).unwrap_or(0))?;
    let notice = announce(tx, cx, &conversation, words)?;
    let closes = add_days(&cx.day, i32::try_from(conversation.days).unwrap_or(1));
    let seed = u32::try_from(cx.chance.below(1 << 31)).unwrap_or(0);
    let opens = cx.day.clone();
    if !store::open(tx, &permit, &conversation, (&opens, &closes), (seed, notice.as_ref()))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({
        "place": conversation.place, "opens": opens.as_str(), "closes": closes.as_str(), "seed": seed, "notice": notice,
    });
    let subject = id.as_str();
    append(tx, cx, &permit, &Draft { kind: "conversation.opened", subject, public: &told, private: None })?;
    queries::conversation(tx, id)
}

/// Hangs out a notice, where there are words for one.
pub(super) fn announce(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    conversation: &Conversation,
    words: &Announcement,
) -> Result<Option<NoticeId>, Fault> {
    if words.title.trim().is_empty() {
        return Ok(None);
    }
    let input = DraftNotice {
        place: conversation.place.to_string(),
        subject_kind: "conversation".to_owned(),
        subject: conversation.id.to_string(),
        kind: "deliberation".to_owned(),
        title: words.title.clone(),
        body: words.body.clone(),
        ..DraftNotice::default()
    };
    Ok(Some(post_now(tx, cx, &input)?.id))
}

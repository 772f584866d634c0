//! Freeze the roll, and hang it out for objections; or let it change again.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use matters::notice::{
    self, State as NoticeState,
    draft::DraftNotice,
    post::post_now,
    withdraw::{Withdrawal, withdraw},
};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use crate::{
    Poll, PollId, State, queries,
    rules::{expect, hangs_in_time},
    store, templates,
};

/// The wording of the notice on which the roll hangs; nothing of it is needed where it does not.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct FreezeRoll {
    /// 1 to 120 characters.
    pub title: String,
    /// 1 to 8,000 characters: how many stand on it, and where one asks whether one does.
    pub body: String,
}

/// Freezes the roll with all who stand on it. It hangs as many days as the poll says, and those have to be over when voting
/// begins; without a day, it can open at once. A poll whose roll is frozen is answered as it is.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `roll-empty`, `roll-hangs-too-long`, `changed-meanwhile`, those of [`post_now`], `not-allowed`;
/// database faults.
pub fn freeze(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, words: &FreezeRoll) -> Result<Poll, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    if poll.state == State::Roll {
        return Ok(poll);
    }
    expect(&poll, &[State::Draft])?;
    let (voters, weight) = store::total(tx, id)?;
    if voters == 0 {
        return Err(Refusal::new(Kind::Conflict, "roll-empty").into());
    }
    let notice = if poll.roll_days == 0 {
        None
    } else {
        let kind = templates::named(&poll.template).map_or("other", |template| template.notice);
        let input = DraftNotice {
            place: poll.place.to_string(),
            subject_kind: "poll".to_owned(),
            subject: id.to_string(),
            kind: kind.to_owned(),
            title: words.title.clone(),
            body: words.body.clone(),
            days: Some(poll.roll_days),
            ..DraftNotice::default()
        };
        let posted = post_now(tx, cx, &input)?;
        if let Some(until) = &posted.until_day {
            hangs_in_time(&poll, until)?;
        }
        Some(posted.id)
    };
    if !store::freeze(tx, &permit, &poll, notice.as_ref(), (voters, weight))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "voters": voters, "weight": weight, "notice": notice, "days": poll.roll_days });
    append(tx, cx, &permit, &Draft { kind: "poll.frozen", subject: id.as_str(), public: &told, private: None })?;
    queries::poll(tx, id)
}

/// Lets a frozen roll change again before the opening, with a reason: an objection was right, or the days were wrong. Where
/// its notice still hangs, that is withdrawn with the same reason, in the same transaction.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `changed-meanwhile`, `invalid-input`, those of [`withdraw()`],
/// `not-allowed`; database faults.
pub fn thaw(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, reason: &str) -> Result<Poll, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    expect(&poll, &[State::Roll])?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", reason, 200);
    let reason = shape.finish(reason)?;
    let mut withdrawn = None;
    if let Some(notice) = &poll.notice
        && notice::queries::notice(tx, notice)?.state == NoticeState::Posted
    {
        withdraw(tx, cx, notice, &Withdrawal { reason: reason.clone() })?;
        withdrawn = Some(notice);
    }
    if !store::thaw(tx, &permit, &poll)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = withdrawn.map_or_else(|| json!({}), |notice| json!({ "withdrawn": notice }));
    let private = json!({ "reason": reason, "by": cx.actor.person() });
    let draft = Draft { kind: "poll.thawed", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    queries::poll(tx, id)
}

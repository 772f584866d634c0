//! Take a notice back.

use db::{Fault, Tx};
use kernel::{Context, Kind as No, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Notice, NoticeId, State, queries, store};
use crate::site::site_of;

/// Why it is taken back, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Withdrawal {
    /// For everybody to read: 1 to 400 characters.
    #[serde(default)]
    pub reason: String,
}

/// Takes back a draft or a posted notice. What was posted stays readable, with the reason.
///
/// # Errors
/// Refusals `invalid-input`, `notice-not-found`, `notice-wrong-state`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn withdraw(tx: &mut Tx<'_>, cx: &mut Context, id: &NoticeId, input: &Withdrawal) -> Result<Notice, Fault> {
    let notice = queries::notice(tx, id)?;
    let permit = authorize(&cx.actor, Action::PostNotice, &site_of(tx, &notice.place)?)?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 400);
    let reason = shape.finish(reason)?;
    if !matches!(notice.state, State::Draft | State::Posted) {
        return Err(Refusal::new(No::Conflict, "notice-wrong-state").with_text("state", notice.state.as_str()).into());
    }
    if !store::close(tx, &permit, &notice, State::Withdrawn, (cx.now, &cx.day, &reason))? {
        return Err(Refusal::new(No::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "notice": id, "kind": notice.kind, "version": notice.version });
    let words = json!({ "reason": reason });
    let draft = Draft { kind: "notice.withdrawn", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &draft)?;
    let (closed_at, closed_day) = (Some(cx.now), Some(cx.day.clone()));
    let revision = notice.revision + 1;
    Ok(Notice { state: State::Withdrawn, reason, closed_at, closed_day, revision, ..notice })
}

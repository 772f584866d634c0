//! End a post before its last day.

use db::{Fault, Tx};
use kernel::{Context, Day, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::authorize;
use serde::Deserialize;
use serde_json::json;

use super::{Appointment, PostId, queries, rules, store};
use crate::{desk, find};

/// Why a post ends, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct End {
    /// At most 200 characters. Kept out of the public log.
    #[serde(default)]
    pub reason: String,
}

/// Ends the post today: from now on it gives no rights. Its stand-ins end with it, and what the person was entering for
/// others at the desk is put down.
///
/// # Errors
/// Refusals `invalid-input`, `post-not-found`, `post-ended`, `duties-open` with their number, `not-allowed`; database
/// faults.
pub fn end(tx: &mut Tx<'_>, cx: &mut Context, post: &PostId, input: &End) -> Result<Appointment, Fault> {
    let mut shape = Shape::new();
    let reason = shape.optional_line("reason", &input.reason, 200);
    let reason = shape.finish(reason)?;
    let held = queries::post(tx, post)?;
    let place = find::place(tx, &held.place)?;
    let permit = authorize(&cx.actor, rules::right(held.role), &place.site()?)?;
    rules::may_end(&held, &cx.day)?;
    let how = store::Ending { day: &cx.day, by: cx.actor.person(), reason: &reason };
    if !store::end(tx, &permit, post, &how)? {
        // somebody was faster: with another end, or with a duty
        rules::may_end(&queries::post(tx, post)?, &cx.day)?;
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let stand_ins = store::end_stand_ins(tx, &permit, post, &how)?;
    desk::store::put_down(tx, &permit, &held.person, cx.now)?;
    let public = json!({
        "post": held.id, "role": held.role.as_str(), "from": held.from.as_str(),
        "until": held.until.as_ref().map(Day::as_str), "stand_ins": stand_ins,
    });
    let private = json!({ "person": held.person, "by": cx.actor.person(), "reason": reason });
    let subject = held.place.as_str();
    append(tx, cx, &permit, &Draft { kind: "post.ended", subject, public: &public, private: Some(&private) })?;
    Ok(Appointment { ended: Some(cx.day.clone()), ..held })
}

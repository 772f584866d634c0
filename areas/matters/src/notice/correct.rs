//! Correct a notice that hangs.

use db::{Fault, Tx};
use kernel::{Context, Refusal, Shape};
use rights::{Action, authorize};
use serde::Deserialize;

use super::{Notice, NoticeId, post, queries, rules, store};
use crate::site::site_of;

/// A correction as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Correction {
    /// 1 to 120 characters.
    #[serde(default)]
    pub title: String,
    /// 1 to 8,000 characters.
    #[serde(default)]
    pub body: String,
    /// Why, for everybody to read: 1 to 400 characters.
    #[serde(default)]
    pub why: String,
}

/// Puts up a new wording and begins the whole period again; the earlier wording stays readable. Objections that were
/// upheld are put right by it; open ones stay open.
///
/// # Errors
/// Refusals `invalid-input`, `notice-not-found`, `notice-wrong-state`, `nothing-changed`, `too-many-corrections`,
/// `notice-kind-ended`, `notice-too-short`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn correct(tx: &mut Tx<'_>, cx: &mut Context, id: &NoticeId, input: &Correction) -> Result<Notice, Fault> {
    let notice = queries::notice(tx, id)?;
    let permit = authorize(&cx.actor, Action::PostNotice, &site_of(tx, &notice.place)?)?;
    rules::may_correct(&notice)?;
    let mut shape = Shape::new();
    let title = shape.line("title", &input.title, 120);
    let body = shape.prose("body", &input.body, 8_000);
    let why = shape.line("why", &input.why, 400);
    let (title, body, why) = shape.finish((title, body, why))?;
    if title == notice.title && body == notice.body {
        return Err(Refusal::new(kernel::Kind::Conflict, "nothing-changed").into());
    }
    // a notice never gets shorter by a correction, and never hangs less than the rule of today asks
    let least = super::kind_on(&notice.kind, &cx.day).map_or(notice.days, |rule| rule.min_days);
    let days = notice.days.max(least);
    let corrected = post::put_up(tx, cx, &permit, Notice { title, body, days, ..notice }, &why)?;
    store::settle_upheld(tx, &permit, id, corrected.version)?;
    Ok(corrected)
}

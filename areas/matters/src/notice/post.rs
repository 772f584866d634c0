//! Put a draft on the board.

use db::{Fault, Tx};
use kernel::{Context, Kind as No, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde_json::json;

use super::{Notice, NoticeId, Period, State, Version, draft, kind_on, period, queries, rules, store};
use crate::site::site_of;

/// Puts it up today, for its days by the rule of its kind that is in force today.
///
/// # Errors
/// Refusals `notice-not-found`, `notice-wrong-state`, `notice-kind-ended`, `notice-too-short`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn post(tx: &mut Tx<'_>, cx: &mut Context, id: &NoticeId) -> Result<Notice, Fault> {
    let notice = queries::notice(tx, id)?;
    let permit = authorize(&cx.actor, Action::PostNotice, &site_of(tx, &notice.place)?)?;
    rules::expect(&notice, State::Draft)?;
    put_up(tx, cx, &permit, notice, "")
}

/// Drafts and posts in one go, for areas whose act has to be posted.
///
/// # Errors
/// As [`draft::draft`] and [`post`]. A notice with this `once` that is already posted is answered as it is.
pub fn post_now(tx: &mut Tx<'_>, cx: &mut Context, input: &draft::DraftNotice) -> Result<Notice, Fault> {
    let drafted = draft::draft(tx, cx, input)?;
    if drafted.state == State::Draft { post(tx, cx, &drafted.id) } else { Ok(drafted) }
}

/// Puts up a wording for a full period from today on: the first, or a correction, which says why.
pub(super) fn put_up(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    mut new: Notice,
    why: &str,
) -> Result<Notice, Fault> {
    let rule = kind_on(&new.kind, &cx.day).ok_or_else(|| Refusal::new(No::Conflict, "notice-kind-ended"))?;
    new.law = rule.law.to_owned();
    new.min_days = rule.min_days;
    new.counted = rule.counted;
    rules::long_enough(new.days, new.min_days)?;
    let calendar = queries::calendar(tx)?;
    let hangs = period(&calendar, &cx.day, new.days, new.counted);
    if !store::put_up(tx, permit, cx, &new, &hangs)? {
        return Err(Refusal::new(No::Conflict, "changed-meanwhile").into());
    }
    let Period { from, until, provisional } = hangs;
    let version = Version {
        version: new.version + 1,
        title: new.title.clone(),
        body: new.body.clone(),
        why: why.to_owned(),
        from_day: from.clone(),
        until_day: until.clone(),
        posted_by: cx.author().cloned(),
    };
    store::insert_version(tx, permit, &new.id, &version)?;
    tell(tx, cx, permit, &new, &version)?;
    Ok(Notice {
        from_day: Some(from),
        until_day: Some(until),
        provisional,
        state: State::Posted,
        version: version.version,
        revision: new.revision + 1,
        n_upheld: 0,
        posted_by: version.posted_by,
        posted_at: Some(cx.now),
        ..new
    })
}

fn tell(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, notice: &Notice, version: &Version) -> Result<(), Fault> {
    let kind = if version.version == 1 { "notice.posted" } else { "notice.corrected" };
    let told = json!({
        "notice": notice.id, "place": notice.place, "kind": notice.kind, "law": notice.law,
        "least": notice.min_days, "days": notice.days, "counted": notice.counted.as_str(),
        "version": version.version, "from": version.from_day.as_str(), "until": version.until_day.as_str(),
    });
    let words = json!({ "title": version.title, "body": version.body, "why": version.why });
    let subject = notice.id.as_str();
    append(tx, cx, permit, &Draft { kind, subject, public: &told, private: Some(&words) })?;
    Ok(())
}

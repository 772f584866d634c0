//! End a notice that has hung for its whole time.

use db::{Fault, Tx};
use kernel::{Context, Kind as No, Refusal};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use rights::{Action, authorize};
use serde_json::json;

use super::{Notice, NoticeId, RULE_SET, State, queries, recompute, rules, store};
use crate::{
    site::site_of,
    verdict::{Explained, NewVerdict, record},
};

/// Ends it, and records the verdict that the legal minimum was met.
///
/// # Errors
/// Refusals `notice-not-found`, `notice-wrong-state`, `notice-still-running`, `objections-open`, `correction-owed`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn end(tx: &mut Tx<'_>, cx: &mut Context, id: &NoticeId) -> Result<Notice, Fault> {
    let notice = queries::notice(tx, id)?;
    let site = site_of(tx, &notice.place)?;
    let permit = authorize(&cx.actor, Action::PostNotice, &site)?;
    rules::may_end(&notice, &cx.day)?;
    if !store::close(tx, &permit, &notice, State::Ended, (cx.now, &cx.day, ""))? {
        return Err(Refusal::new(No::Conflict, "changed-meanwhile").into());
    }
    let told = json!({
        "notice": id, "kind": notice.kind, "version": notice.version, "objections": notice.n_objections,
    });
    append(tx, cx, &permit, &Draft { kind: "notice.ended", subject: id.as_str(), public: &told, private: None })?;
    let (closed_at, closed_day) = (Some(cx.now), Some(cx.day.clone()));
    let revision = notice.revision + 1;
    let ended = Notice { state: State::Ended, closed_at, closed_day, revision, ..notice };
    record::record(tx, cx, &permit, &verdict(&ended, &site))?;
    Ok(ended)
}

/// The verdict over a notice that ended: how long it hung, against how long it had to.
fn verdict<'a>(notice: &'a Notice, site: &'a kernel::Site) -> NewVerdict<'a> {
    let text = |day: &Option<kernel::Day>| day.as_ref().map(ToString::to_string).unwrap_or_default();
    let (from, until, ended) = (text(&notice.from_day), text(&notice.until_day), text(&notice.closed_day));
    let (parameters, outcome) = recompute::facts(notice);
    let inputs = recompute::text(&parameters, &outcome);
    NewVerdict {
        site,
        kind: "notice-minimum",
        subject_kind: "notice",
        subject: notice.id.as_str(),
        title: &notice.title,
        matter: notice.matter.as_deref(),
        rule: &notice.law,
        rule_set: RULE_SET,
        parameters,
        inputs: Hash::of(inputs.as_bytes()),
        outcome,
        passed: Some(true),
        explained: Explained::of("notice-minimum-met")
            .with_text("from", from)
            .with_text("until", until)
            .with_text("ended", ended)
            .with_int("least", i64::from(notice.min_days))
            .with_int("days", i64::from(notice.days))
            .with_int("objections", i64::from(notice.n_objections)),
    }
}

//! The duty that every objection begins with: to answer it.

use db::{DbError, Fault, Snapshot, Tx};
use kernel::Context;
use ledger::entry::EntryId;
use people::post;
use rights::Permit;
use work::{
    calendar::Calendar,
    clock::{Reckoner, Rule},
};

use super::{
    Notice, NoticeId, Objection, ObjectionId,
    answer::in_conflict,
    kinds::{ANSWERED_BY, Kind, kind_on},
    queries,
};
use crate::duty::{
    self, Holder,
    answer::who_owes_least,
    give::{self, Bound, GiveDuty},
    meet,
    queries::Named,
};

/// Calendar days for the answer where the kind of the notice is no longer one.
const USUAL_DAYS: u32 = 7;

/// Within how many calendar days an objection to a notice of this kind is answered.
pub(super) fn answer_days(notice: &Notice, cx: &Context) -> u32 {
    kind_on(&notice.kind, &cx.day).map_or(USUAL_DAYS, |kind: &Kind| kind.answer_days)
}

/// Gives the answer to the nearest post of those that answer, [`ANSWERED_BY`], whose holder neither objected nor wrote
/// or put up the notice; of several at one place to who owes least. Nobody, where nobody such holds a post: then the
/// notice says so. An answer meets it ([`met`]), nothing else does; there is no more time, for the rule gives none.
pub(super) fn owe(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    calendar: &Calendar,
    permit: &Permit,
    (notice, objection): (&Notice, &Objection),
) -> Result<(), Fault> {
    let rule = Rule::WithinDaysToWorkday(answer_days(notice, cx));
    let reckoner = Reckoner { calendar, offset_minutes: cx.offset_minutes };
    let conflict = in_conflict(tx, notice, objection)?;
    for role in ANSWERED_BY {
        let mut held = post::holders(tx, &notice.place, role, &cx.day)?;
        held.retain(|post| !conflict.contains(&post.person));
        let Some(post) = who_owes_least(held, permit) else { continue };
        let input = GiveDuty {
            title: give::titled("objection", &notice.title),
            kind: "objection".to_owned(),
            by_answer: true,
            may_extend: 0,
            once: once_of(&notice.id, objection.id.as_str()),
            page: page_of(&notice.id, &objection.id),
            ..GiveDuty::new(notice.place.clone(), Holder::Post(post.id), &rule)
        };
        let start = (cx.now, cx.day.clone());
        let (place, path) = (&notice.place, notice.path.as_str());
        // the rule gives it, not who objected: no duty tells who that was
        let bound = Bound { place, path, input: &input, rule: rule.clone(), start, plan: None, given_by: None };
        match give::give_bound(tx, cx, &reckoner, permit, &bound) {
            // it ended in this moment: whoever comes next
            Err(Fault::Refused(refusal)) if refusal.code == "post-ended" => {}
            given => return given.map(|_| ()),
        }
    }
    Ok(())
}

/// Meets the duty by the answer whose entry this is, whoever owes it by now.
pub(super) fn met(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    objection: &Objection,
    entry: &EntryId,
) -> Result<(), Fault> {
    let once = once_of(&objection.notice, objection.id.as_str());
    let duty = duty::queries::given(tx, objection.notice.home(), &once)?;
    if let Some(duty) = duty.filter(|duty| duty.state.is_open()) {
        let evidence = [format!("entry:{entry}")];
        meet::end(tx, cx, permit, &duty, &meet::Ending { evidence: &evidence, ..meet::Ending::default() })?;
    }
    Ok(())
}

/// The open duties of a page of objections ([`queries::objections`]), which tell who owes the answers.
pub(super) fn owed(s: &mut Snapshot<'_>, id: &NoticeId, after: Option<&ObjectionId>) -> Result<Vec<Named>, DbError> {
    let first = once_of(id, after.map_or("", ObjectionId::as_str));
    // '!' is the character after the space before the objection's id
    let end = format!("objection {id}!");
    duty::queries::given_between(s, id.home(), (&first, &end), queries::PAGE)
}

/// Where an objection is answered.
pub(super) fn page_of(notice: &NoticeId, objection: &ObjectionId) -> String {
    format!("/notices/{notice}#objection-{objection}")
}

fn once_of(notice: &NoticeId, objection: &str) -> String {
    format!("objection {notice} {objection}")
}

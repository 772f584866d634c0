//! Open and grade a matter for somebody who is at the desk.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use people::desk::{self, DeskId, Done, Receipt, Sent};
use rights::{Action, Resource};
use work::clock::Reckoner;

use super::{
    MatterId,
    grade::{self, GradeMatter},
    open::{self, OpenMatter},
    queries,
    rules::EVERYBODYS,
};

/// Opens the matter for the person of the desk entry and gives the receipt, in one transaction. The same again
/// is answered with the receipt that was given; anything else sent with that entry is refused (`desk-ended`). That person must be verified; whether the worker is does not matter, and no role of
/// either opens more kinds than everybody's.
///
/// # Errors
/// Refusals of [`open::open`], [`desk::sit()`], [`desk::permit_for`] and [`desk::finish()`]; database faults.
pub fn open_for(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    entry: &DeskId,
    input: &OpenMatter,
) -> Result<Receipt, Fault> {
    let is_anonymous = if input.anonymous { "1" } else { "" };
    let fields = [input.place.as_str(), &input.kind, &input.title, &input.words, is_anonymous];
    let sent = Sent::of("matter", fields.into_iter().chain(input.files.iter().map(String::as_str)));
    if let Some(receipt) = desk::sit(tx, cx, entry, &sent)? {
        return Ok(receipt);
    }
    let place = open::place(tx, input)?;
    let permit = desk::permit_for(tx, cx, entry, (Action::OpenMatter, &place.site()?))?;
    if !EVERYBODYS.contains(&input.kind.as_str()) {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let matter = open::keep(tx, cx, reckoner, &permit, (&place, input))?;
    let page = format!("/matters/{}", matter.id);
    let done = Done { thing: "matter", id: matter.id.as_str(), title: &matter.title, page: &page, sent };
    desk::finish(tx, cx, entry, &done)
}

/// Grades the answer for the person of the desk entry and gives the receipt, as [`open_for`] does. Who answered the
/// matter types in no grade of it.
///
/// # Errors
/// Refusals of [`grade::grade`], [`desk::sit()`], [`desk::permit_for`] and [`desk::finish()`]; database faults.
pub fn grade_for(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    (id, entry): (&MatterId, &DeskId),
    input: &GradeMatter,
) -> Result<Receipt, Fault> {
    let sends_back = if input.send_back { "1" } else { "" };
    let sent = Sent::of("grade", [id.as_str(), input.grade.as_str(), &input.words, sends_back]);
    if let Some(receipt) = desk::sit(tx, cx, entry, &sent)? {
        return Ok(receipt);
    }
    let words = grade::shaped(input)?;
    let matter = queries::matter(tx, id)?;
    let person = cx.author().cloned();
    let site = matter.site()?;
    let on = Resource::at(&site).owned_by(person.as_ref());
    let permit = desk::permit_for(tx, cx, entry, (Action::GradeMatter, on))?;
    if matter.closed_by.is_some() && matter.closed_by.as_ref() == cx.actor.person() {
        return Err(Refusal::new(Kind::Forbidden, "own-answer").into());
    }
    grade::keep(tx, cx, reckoner, (&permit, &matter), (input, &words))?;
    let page = format!("/matters/{id}");
    let done = Done { thing: "grade", id: id.as_str(), title: &matter.title, page: &page, sent };
    desk::finish(tx, cx, entry, &done)
}

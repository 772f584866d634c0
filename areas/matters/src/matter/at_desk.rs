//! Open and grade a matter for somebody who is at the desk.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use people::desk::{self, DeskId, Done, Receipt, ReceiptNumber};
use rights::{Action, Resource};
use work::clock::Reckoner;

use super::{
    MatterId,
    grade::{self, GradeMatter},
    open::{self, OpenMatter},
    queries,
    rules::EVERYBODYS,
};

/// Opens the matter for the person of the desk entry and gives the receipt, in one transaction. Sent again, it answers
/// with the receipt that was given. That person must be verified; whether the worker is does not matter, and no role of
/// either opens more kinds than everybody's.
///
/// # Errors
/// Refusals of [`open::open`], [`desk::take()`], [`desk::permit_for`] and [`desk::finish()`]; database faults.
pub fn open_for(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    entry: &DeskId,
    input: &OpenMatter,
) -> Result<Receipt, Fault> {
    if let Some(receipt) = sit(tx, cx, entry)? {
        return Ok(receipt);
    }
    let place = open::place(tx, input)?;
    let permit = desk::permit_for(tx, cx, entry, (Action::OpenMatter, &place.site()?))?;
    if !EVERYBODYS.contains(&input.kind.as_str()) {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let matter = open::keep(tx, cx, reckoner, &permit, (&place, input))?;
    let page = format!("/matters/{}", matter.id);
    desk::finish(tx, cx, entry, &Done { thing: "matter", id: matter.id.as_str(), title: &matter.title, page: &page })
}

/// Grades the answer for the person of the desk entry and gives the receipt, as [`open_for`] does. Who answered the
/// matter types in no grade of it.
///
/// # Errors
/// Refusals of [`grade::grade`], [`desk::take()`], [`desk::permit_for`] and [`desk::finish()`]; database faults.
pub fn grade_for(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    (id, entry): (&MatterId, &DeskId),
    input: &GradeMatter,
) -> Result<Receipt, Fault> {
    if let Some(receipt) = sit(tx, cx, entry)? {
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
    desk::finish(tx, cx, entry, &Done { thing: "grade", id: id.as_str(), title: &matter.title, page: &page })
}

/// From here on what the context does is done for the person of the entry. The receipt, where it was given already.
fn sit(tx: &mut Tx<'_>, cx: &mut Context, entry: &DeskId) -> Result<Option<Receipt>, Fault> {
    let worker = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    match desk::take(tx, entry, &worker, cx.now) {
        Err(Fault::Refused(refusal)) if refusal.code == "desk-ended" => {
            let digits = desk::queries::entry(tx, entry)?.receipt.ok_or(refusal)?;
            Ok(Some(desk::queries::receipt(tx, ReceiptNumber { home: entry.home(), digits })?))
        }
        behalf => {
            cx.behalf = Some(behalf?);
            Ok(None)
        }
    }
}

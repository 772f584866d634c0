//! Post an idea for somebody who is at the desk.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use people::desk::{self, DeskId, Done, Receipt, ReceiptNumber};
use rights::Action;

use super::post::{self, PostIdea};
use crate::SeasonId;

/// Posts the idea for the person of the desk entry and gives the receipt, in one transaction. Sent again, it answers
/// with the receipt that was given. That person must be verified; whether the worker is does not matter.
///
/// # Errors
/// Refusals of [`post::post`], [`desk::take()`], [`desk::permit_for`] and [`desk::finish()`]; database faults.
pub fn post_for(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, entry): (&SeasonId, &DeskId),
    input: &PostIdea,
) -> Result<Receipt, Fault> {
    let worker = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    match desk::take(tx, entry, &worker, cx.now) {
        Err(Fault::Refused(refusal)) if refusal.code == "desk-ended" => {
            let digits = desk::queries::entry(tx, entry)?.receipt.ok_or(refusal)?;
            return desk::queries::receipt(tx, ReceiptNumber { home: entry.home(), digits });
        }
        behalf => cx.behalf = Some(behalf?),
    }
    let permit = desk::permit_for(tx, cx, entry, (Action::PostIdea, season.home()))?;
    let idea = post::keep(tx, cx, &permit, season, input)?;
    let page = format!("/seasons/{season}/ideas/{}", idea.id);
    desk::finish(tx, cx, entry, &Done { thing: "idea", id: idea.id.as_str(), title: &idea.title, page: &page })
}

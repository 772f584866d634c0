//! Post an idea for somebody who is at the desk.

use db::{Fault, Tx};
use kernel::Context;
use people::desk::{self, DeskId, Done, Receipt, Sent};
use rights::Action;

use super::post::{self, PostIdea};
use crate::SeasonId;

/// Posts the idea for the person of the desk entry and gives the receipt, in one transaction. The same again
/// is answered with the receipt that was given; anything else sent with that entry is refused (`desk-ended`). That person must be verified; whether the worker is does not matter.
///
/// # Errors
/// Refusals of [`post::post`], [`desk::sit()`], [`desk::permit_for`] and [`desk::finish()`]; database faults.
pub fn post_for(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, entry): (&SeasonId, &DeskId),
    input: &PostIdea,
) -> Result<Receipt, Fault> {
    let is_nameless = if input.nameless { "1" } else { "" };
    let fields = [season.as_str(), &input.title, &input.body, &input.field, &input.place, is_nameless];
    let sent = Sent::of("idea", fields.into_iter().chain(input.files.iter().map(String::as_str)));
    if let Some(receipt) = desk::sit(tx, cx, entry, &sent)? {
        return Ok(receipt);
    }
    let permit = desk::permit_for(tx, cx, entry, (Action::PostIdea, season.home()))?;
    let hand = post::Hand::of(cx);
    let idea = post::keep(tx, cx, &permit, (season, &hand), input)?;
    let page = format!("/seasons/{season}/ideas/{}", idea.id);
    let done = Done { thing: "idea", id: idea.id.as_str(), title: &idea.title, page: &page, sent };
    desk::finish(tx, cx, entry, &done)
}

//! Quotes, and the choice of one.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{MAX_QUOTES, Quote, Work, WorkId, open::hold, queries, rules, store};
use crate::typed;

/// A quote as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AddQuote {
    /// Who, 1 to 60 characters.
    pub bidder: String,
    /// In whole units with up to two decimals.
    pub amount: String,
    /// What it includes, at most 300 characters.
    pub note: String,
}

/// Enters a quote, before anything of the work has begun. The same quote of the same bidder again is the same one.
///
/// # Errors
/// Refusals `invalid-input`, `work-not-found`, `work-has-begun`, `too-many-quotes`, `not-allowed`; database faults.
pub fn add(tx: &mut Tx<'_>, cx: &mut Context, id: &WorkId, input: &AddQuote) -> Result<Quote, Fault> {
    let (work, permit) = hold(tx, cx, id)?;
    let mut shape = Shape::new();
    let bidder = shape.line("bidder", &input.bidder, 60);
    let amount = typed::amount(&mut shape, "amount", &input.amount);
    let note = shape.optional_line("note", &input.note, 300);
    let (bidder, note) = shape.finish((bidder, note))?;
    if let Some(there) = queries::quotes(tx, id)?.into_iter().find(|quote| quote.bidder == bidder) {
        // one who quotes anew is somebody else's business: what was entered stays
        if (there.amount, &there.note) == (amount, &note) {
            return Ok(there);
        }
        return Err(Refusal::invalid(vec![FieldError::new("bidder", "quoted-before")]).into());
    }
    rules::not_begun(&work)?;
    if work.quotes >= MAX_QUOTES {
        let limit = i64::from(MAX_QUOTES);
        return Err(Refusal::new(Kind::LimitReached, "too-many-quotes").with_int("limit", limit).into());
    }
    let quote = Quote { number: work.quotes + 1, bidder, amount, note, day: cx.day.clone() };
    store::insert_quote(tx, &permit, id, &quote)?;
    let told = json!({ "work": id, "quote": quote.number, "amount": quote.amount });
    let words = json!({ "bidder": quote.bidder, "note": quote.note, "by": cx.actor.person() });
    let entry = Draft { kind: "work.quoted", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(quote)
}

/// Which quote is chosen, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ChooseQuote {
    /// The number of the quote.
    pub quote: String,
    /// Why this one, 1 to 300 characters, shown on the work's page.
    pub reason: String,
}

/// Chooses a quote, and so the contractor; may be chosen anew until the work begins.
///
/// # Errors
/// Refusals `invalid-input`, `work-not-found`, `work-has-begun`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn choose(tx: &mut Tx<'_>, cx: &mut Context, id: &WorkId, input: &ChooseQuote) -> Result<Work, Fault> {
    let (work, permit) = hold(tx, cx, id)?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 300);
    let quotes = queries::quotes(tx, id)?;
    let quote = input.quote.trim().parse().ok().and_then(|n: u32| quotes.iter().find(|quote| quote.number == n));
    if quote.is_none() {
        shape.error("quote", if input.quote.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let reason = shape.finish(reason)?;
    let Some(quote) = quote else { return Ok(work) };
    if (work.chosen, &work.chosen_reason) == (Some(quote.number), &reason) {
        return Ok(work);
    }
    rules::not_begun(&work)?;
    if !store::choose(tx, &permit, id, (quote.number, &reason, cx.actor.person()))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "work": id, "quote": quote.number, "amount": quote.amount, "of": quotes.len() });
    let words = json!({ "bidder": quote.bidder, "reason": reason, "by": cx.actor.person() });
    let entry = Draft { kind: "work.chosen", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    queries::work(tx, id)
}

//! Send in a form.

use db::{Fault, Tx};
use kernel::{Context, Shape};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use serde_json::json;

use super::{Book, Form, MAX_FORMS, changed, limit, office, queries, store};

/// A form as it was sent.
#[derive(Debug, Clone)]
pub struct AddForm {
    /// What the office calls it: 1 to 60 characters.
    pub name: String,
    /// The workbook.
    pub book: Book,
    /// A text the sender makes up for this one form, at most 64 characters, so that sending twice keeps it once.
    pub once: String,
}

/// Keeps it, and tells its number. Sent twice, it is kept once.
///
/// # Errors
/// Refusals `invalid-input` (`name`), `season-not-found`, `too-many-forms`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn add(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &AddForm) -> Result<u32, Fault> {
    let (_, permit) = office(tx, cx, season)?;
    let mut shape = Shape::new();
    let name = shape.line("name", &input.name, 60);
    let once = shape.optional_line("once", &input.once, 64);
    let (name, once) = shape.finish((name, once))?;
    if let Some(number) = store::sent_before(tx, season, &once)? {
        return Ok(number);
    }
    let last = queries::forms(tx, season)?.last().map_or(0, |form| form.number);
    if last >= MAX_FORMS {
        return Err(limit("too-many-forms", i64::from(MAX_FORMS)).into());
    }
    let form = Form { number: last + 1, name, digest: input.book.digest.clone(), added_day: cx.day.clone() };
    let once = if once.is_empty() { format!("{}", form.number) } else { once };
    if !store::insert(tx, &permit, season, (&form, &input.book.bytes), (&once, cx))? {
        return Err(changed().into());
    }
    let public = json!({ "form": form.number, "digest": form.digest });
    let private = json!({ "name": form.name, "by": cx.actor.person() });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "form.added", subject, public: &public, private: Some(&private) })?;
    Ok(form.number)
}

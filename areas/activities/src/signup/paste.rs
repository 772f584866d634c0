//! Take over a list from a chat group (接龙).

use db::{Fault, Tx};
use kernel::{Context, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{State, join, join::Wants, rules};
use crate::{ActivityId, checkin};

/// A list as somebody pasted it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct PasteList {
    /// The list with its heading, at most 20,000 characters and 300 rows.
    pub list: String,
}

/// What became of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Pasted {
    /// Rows that have a place now.
    pub taken: u32,
    /// Rows that wait for one.
    pub waiting: u32,
    /// Names that were there already.
    pub known: u32,
}

/// Signs up all rows or none. A name that came with an earlier list is the same sign-up, so that a list that has grown can
/// be pasted again.
///
/// # Errors
/// Refusals `invalid-input` (`list: required`, `too-long`, `list-too-many-rows`, or `list-has-errors`, which the preview tells by
/// line), `activity-not-found`, `activity-cancelled`, `sign-up-over`, `too-many-sign-ups`, `not-allowed`; database faults.
pub fn paste(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &PasteList) -> Result<Pasted, Fault> {
    let (activity, _, permit) = checkin::take::permit(tx, cx, id)?;
    let rows = checked(&input.list, rules::most_heads(&activity))?;
    let mut done = Pasted::default();
    let mut told = Vec::new();
    for (name, heads) in rows {
        let who = format!("l:{name}");
        let wants = Wants { person: None, name, heads, source: "list", who };
        let (row, is_new) = join::take(tx, cx, &permit, &activity, wants)?;
        match (is_new, row.state) {
            (false, _) => done.known += 1,
            (true, State::In) => done.taken += 1,
            (true, _) => done.waiting += 1,
        }
        if is_new {
            told.push(json!([row.id, row.number, row.name, row.heads]));
        }
    }
    if !told.is_empty() {
        let public = json!({ "activity": id, "taken": done.taken, "waiting": done.waiting });
        let private = json!({ "rows": told, "by": cx.actor.person() });
        let draft =
            Draft { kind: "activity.list-taken", subject: id.as_str(), public: &public, private: Some(&private) };
        append(tx, cx, &permit, &draft)?;
    }
    Ok(done)
}

/// The rows of a list in which nothing is wrong.
fn checked(text: &str, most: u32) -> Result<Vec<(String, u32)>, Refusal> {
    let mut shape = Shape::new();
    let text = shape.prose("list", text, rules::MAX_TEXT);
    let rows = rules::read(&text, most);
    if rows.len() > rules::MAX_LINES {
        shape.error("list", "list-too-many-rows");
    } else if !text.is_empty() && rows.is_empty() {
        shape.error("list", "list-without-rows");
    } else if rows.iter().any(|line| line.read.is_err()) {
        shape.error("list", "list-has-errors");
    }
    shape.finish(())?;
    Ok(rows.into_iter().filter_map(|line| line.read.ok()).collect())
}

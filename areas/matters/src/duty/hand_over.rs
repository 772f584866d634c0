//! Hand a duty over to somebody else, or all that somebody owes, which is needed before a role ends.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit};
use serde::Deserialize;
use serde_json::json;

use super::{
    Duty, DutyId, Holder, holder, queries, rules,
    store::{self, NewStep},
};

/// To whom and why, as somebody typed it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct HandOver {
    /// `post:`, `person:` or `org:` and the id.
    #[schema(value_type = String)]
    pub to: Holder,
    /// Why, at most 500 characters; may be empty.
    #[serde(default)]
    pub words: String,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Handed {
    /// Duties that were handed over now.
    pub done: u64,
    /// Duties that are still to be handed over: ask again.
    pub left: u64,
}

impl HandOver {
    fn checked(&self) -> Result<String, Refusal> {
        let mut shape = Shape::new();
        let words = shape.optional_prose("words", &self.words, 500);
        shape.finish(words)
    }
}

/// Hands one duty over; its clock goes on.
///
/// # Errors
/// Refusals `invalid-input`, `duty-not-found`, `duty-ended`, `same-holder`, `post-ended`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn hand_over(tx: &mut Tx<'_>, cx: &mut Context, id: &DutyId, input: &HandOver) -> Result<Duty, Fault> {
    let words = input.checked()?;
    let duty = queries::duty(tx, id)?;
    let permit = holder::permit(tx, cx, Action::HandOverDuty, &duty.holder, &duty.site()?)?;
    rules::expect_open(&duty)?;
    expect_other(&duty.holder, &input.to)?;
    hand(tx, cx, &permit, &duty, (&input.to, &words))?;
    let told = json!({
        "duties": [duty.id], "from": duty.holder.kind(), "place": duty.place, "to": input.to.kind(),
    });
    let said = json!({ "from": duty.holder, "to": input.to, "words": words });
    let draft = Draft { kind: "duty.handed-over", subject: id.as_str(), public: &told, private: Some(&said) };
    append(tx, cx, &permit, &draft)?;
    queries::duty(tx, id)
}

/// Hands over what somebody owes in one home, at most 100 duties at once, and with the last of them the plans. Nothing
/// is handed over when one of the duties may not be.
///
/// # Errors
/// Refusals `invalid-input`, `same-holder`, `post-ended`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn hand_over_all(tx: &mut Tx<'_>, cx: &mut Context, from: &Holder, input: &HandOver) -> Result<Handed, Fault> {
    let words = input.checked()?;
    expect_other(from, &input.to)?;
    let home = from.home();
    let duties = store::of_holder(tx, home, from, i64::try_from(rules::CHUNK).unwrap_or(100))?;
    let Some(first) = duties.first() else {
        holder::permit_idle(tx, cx, from)?;
        return Ok(Handed { done: 0, left: 0 });
    };
    let permit = holder::permit(tx, cx, Action::HandOverDuty, from, &first.site()?)?;
    let mut paths: Vec<&str> = duties.iter().map(|duty| duty.path.as_str()).filter(|p| *p != first.path).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        holder::permit(tx, cx, Action::HandOverDuty, from, &crate::site::of(home, path)?)?;
    }
    for duty in &duties {
        hand(tx, cx, &permit, duty, (&input.to, &words))?;
    }
    let left = store::count_of_holder(tx, home, from)?;
    if left == 0 {
        store::hand_plans(tx, &permit, from, &input.to)?;
    }
    let ids: Vec<&DutyId> = duties.iter().map(|duty| &duty.id).collect();
    let told = json!({ "duties": ids, "from": from.kind(), "place": first.place, "to": input.to.kind() });
    let said = json!({ "from": from, "to": input.to, "words": words });
    let draft = Draft { kind: "duty.handed-over", subject: from.id(), public: &told, private: Some(&said) };
    append(tx, cx, &permit, &draft)?;
    Ok(Handed { done: u64::try_from(duties.len()).unwrap_or(u64::MAX), left })
}

fn expect_other(from: &Holder, to: &Holder) -> Result<(), Refusal> {
    if from == to { Err(Refusal::new(Kind::Conflict, "same-holder")) } else { Ok(()) }
}

fn hand(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    duty: &Duty,
    (to, words): (&Holder, &str),
) -> Result<(), Fault> {
    let n = store::hand(tx, permit, duty, to)?;
    let n = n.ok_or_else(|| Refusal::new(Kind::Conflict, "changed-meanwhile"))?;
    holder::hold(tx, permit, to, &cx.day)?;
    holder::release(tx, permit, &duty.holder)?;
    let facts = json!({ "from": duty.holder, "to": to });
    let person = cx.actor.person();
    store::insert_step(
        tx,
        cx,
        permit,
        &NewStep { duty: &duty.id, n, kind: "handed-over", words, person, facts: &facts },
    )?;
    Ok(())
}

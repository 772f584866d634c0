//! The residents' committee hears of a vote, and its delegate comes.

use db::{Fault, Tx};
use kernel::{Context, Day, FieldError, Refusal, Shape};
use ledger::entry::{Draft, append};
use matters::notice::Notice;
use rights::Permit;
use serde::Deserialize;
use serde_json::json;

use super::{
    Committee, Round, RoundId, State, Terms,
    draft::hold,
    meanwhile,
    owed::{self, What},
    rules, store,
};

/// Characters of a committee's or a delegate's name at most.
const MAX_NAME: usize = 60;

/// Sends the notice of a vote that is called to the residents' committee whose people hold a post at the place, where the rules
/// ask for a delegate: it is on their list of what is due. Where nobody holds one, the office brings it and says so ([`tell`]).
pub(super) fn send(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (round, terms, notice): (&Round, &Terms, &Notice),
) -> Result<Committee, Fault> {
    let last = notice.until_day.as_ref().filter(|_| terms.asks_for_a_delegate());
    let Some(last) = last else { return Ok(Committee::default()) };
    let Some(duty) = owed::owe_delegate(tx, cx, permit, (round, last))? else { return Ok(Committee::default()) };
    let of = match &duty.holder {
        matters::duty::Holder::Post(post) => people::post::queries::post(tx, post)?.place,
        _ => duty.place,
    };
    let name = places::queries::show(tx, &of)?.map(|place| place.shown).unwrap_or_default();
    let name = name.chars().take(MAX_NAME).collect();
    Ok(Committee { name, told: Some(cx.day.clone()), ..Committee::default() })
}

/// That the notice was brought to the residents' committee, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
#[schema(as = CommitteeTold)]
pub struct Told {
    /// Which residents' committee: 1 to 60 characters.
    pub committee: String,
    /// The day, `YYYY-MM-DD`; empty is today.
    pub day: String,
}

/// Notes that the notice of the vote was brought to the residents' committee. The same again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn tell(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &Told) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    rules::expect(&round, &[State::Notice, State::Open])?;
    let mut shape = Shape::new();
    let name = shape.line("committee", &input.committee, MAX_NAME);
    let name = shape.finish(name)?;
    let day = day_of((&input.day, "day"), (round.days.called.as_ref(), &cx.day))?;
    let committee = Committee { name, told: Some(day), ..round.committee.clone() };
    if committee == round.committee {
        return Ok(round);
    }
    let words = json!({ "committee": committee.name, "by": cx.actor.person() });
    kept(tx, cx, &permit, (Round { committee, ..round }, "round.committee-told", words))
}

/// Who came, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Came {
    /// The delegate's name: 1 to 60 characters, for those who work there.
    pub delegate: String,
    /// The day, `YYYY-MM-DD`; empty is today.
    pub day: String,
}

/// Notes who came from the residents' committee; its duty is met. Another name takes the place of the one before.
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn come(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &Came) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    rules::expect(&round, &[State::Notice, State::Open, State::Closed, State::Counted])?;
    let mut shape = Shape::new();
    let delegate = shape.line("delegate", &input.delegate, MAX_NAME);
    let delegate = shape.finish(delegate)?;
    let day = day_of((&input.day, "day"), (round.days.called.as_ref(), &cx.day))?;
    let committee = Committee { delegate, came: Some(day), ..round.committee.clone() };
    if committee == round.committee {
        return Ok(round);
    }
    owed::end(tx, cx, &permit, (&round, What::Delegate, true))?;
    let words = json!({ "delegate": committee.delegate, "by": cx.actor.person() });
    kept(tx, cx, &permit, (Round { committee, ..round }, "round.delegate-came", words))
}

/// A day from the call of the vote to today.
fn day_of((typed, field): (&str, &'static str), (called, today): (Option<&Day>, &Day)) -> Result<Day, Refusal> {
    let wrong = |code| Refusal::invalid(vec![FieldError::new(field, code)]);
    let day = match typed.trim() {
        "" => return Ok(today.clone()),
        text => Day::parse(text).ok_or_else(|| wrong("not-a-date"))?,
    };
    if day > *today {
        return Err(wrong("day-in-future"));
    }
    if called.is_some_and(|called| day < *called) {
        return Err(wrong("day-before-call"));
    }
    Ok(day)
}

fn kept(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (new, kind, words): (Round, &'static str, serde_json::Value),
) -> Result<Round, Fault> {
    let new = store::write(tx, permit, &new)?.ok_or_else(meanwhile)?;
    let told = json!({ "round": new.id });
    append(tx, cx, permit, &Draft { kind, subject: new.id.as_str(), public: &told, private: Some(&words) })?;
    Ok(new)
}

//! Put the result up, take challenges, end the round.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use matters::notice::{draft::DraftNotice, post};
use serde::Deserialize;
use serde_json::json;
use ui::{Locale, Words};

use super::{
    Days, Notices, Outcome, Round, RoundId, State,
    call::{finish, told_scope},
    draft::hold,
    meanwhile,
    owed::{self, What},
    rules, store,
};

/// Puts the result up as a decision of the owners; its sheet names doors and areas and nobody. With that the duty to post it is
/// met. Posted before, it is answered as it is.
///
/// # Errors
/// Refusals `round-not-found`, `round-wrong-state`, those of posting, `changed-meanwhile`, `not-allowed`; database faults.
pub fn post(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    if round.state == State::Posted {
        return Ok(round);
    }
    rules::expect(&round, &[State::Counted])?;
    let outcome = round.outcome.clone().ok_or_else(|| Refusal::new(Kind::Conflict, "round-not-counted"))?;
    let posted = post::post_now(tx, cx, &wording(&round, &outcome))?;
    let within = round.terms(&cx.day)?.posted_within;
    let in_time = rules::in_time(round.days.closed.as_ref(), &cx.day, within);
    owed::end(tx, cx, &permit, (&round, What::Result, true))?;
    owed::end(tx, cx, &permit, (&round, What::Late, true))?;
    // a delegate who has not come by now does not come any more
    owed::end(tx, cx, &permit, (&round, What::Delegate, false))?;
    let new = Round {
        state: State::Posted,
        notices: Notices { decision: Some(posted.id.clone()), ..round.notices.clone() },
        days: Days { posted: Some(cx.day.clone()), ..round.days.clone() },
        ..round
    };
    let told = json!({ "round": id, "notice": posted.id, "in_time": in_time });
    finish(tx, cx, &permit, (new, "round.posted", told))
}

fn wording(round: &Round, outcome: &Outcome) -> DraftNotice {
    let w = Words::of(Locale::ZhHans);
    let area = |n: u64| crate::page::area(n);
    let (all, took, agree) = (area(outcome.area.all), area(outcome.area.took_part), area(outcome.area.agree));
    let (buildings, passed) = (told_scope(w, round), w.t(if outcome.passed { "round-passed" } else { "round-failed" }));
    let int = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let args = [
        ("title", round.title.as_str().into()),
        ("question", round.question.as_str().into()),
        ("passed", passed.into()),
        ("buildings", buildings.as_str().into()),
        ("area", all.as_str().into()),
        ("area-took-part", took.as_str().into()),
        ("area-agree", agree.as_str().into()),
        ("heads", int(outcome.heads.all).into()),
        ("heads-took-part", int(outcome.heads.took_part).into()),
        ("heads-agree", int(outcome.heads.agree).into()),
        ("source", outcome.source.as_str().into()),
    ];
    let (title, body) = (w.t_with("round-decision-notice-title", &args), w.t_with("round-decision-notice-body", &args));
    // of a round there is one decision, whatever its revision
    DraftNotice {
        once: format!("decision-{}", round.id),
        ..round.notice(("decision", "owners-decision"), (title, body))
    }
}

/// A challenge, or what came of it, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Challenge {
    /// Who challenges it with what, or what was decided about it: 1 to 1,000 characters, private.
    pub words: String,
    /// With [`settle`]: whether the decision stands.
    pub stands: bool,
}

/// Notes that a result is challenged, such as before a court (within a year of knowing of it).
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn challenge(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &Challenge) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    rules::expect(&round, &[State::Posted, State::Final])?;
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 1_000);
    let words = shape.finish(words)?;
    let new = Round { state: State::Challenged, challenge: words.clone(), stands: None, ..round };
    let new = store::write(tx, &permit, &new)?.ok_or_else(meanwhile)?;
    let (told, words) = (json!({ "round": id }), json!({ "words": words, "by": cx.actor.person() }));
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "round.challenged", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(new)
}

/// Notes what came of a challenge: the decision stands, or it is set aside. With that the round is final.
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn settle(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &Challenge) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    rules::expect(&round, &[State::Challenged])?;
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 1_000);
    let words = shape.finish(words)?;
    let days = Days { over: Some(cx.day.clone()), ..round.days.clone() };
    let challenge = format!("{}\n\n{words}", round.challenge).chars().take(2_100).collect();
    let new = Round { state: State::Final, stands: Some(input.stands), challenge, days, ..round };
    let new = store::write(tx, &permit, &new)?.ok_or_else(meanwhile)?;
    let told = json!({ "round": id, "stands": input.stands });
    let words = json!({ "words": words, "by": cx.actor.person() });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "round.settled", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(new)
}

/// Ends a round whose result has hung out for three full days without a challenge. Ended before, it is answered as it is.
///
/// # Errors
/// Refusals `round-not-found`, `round-wrong-state`, `result-still-hangs`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn end(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    if round.state == State::Final {
        return Ok(round);
    }
    rules::expect(&round, &[State::Posted])?;
    rules::may_end(round.days.posted.as_ref(), &cx.day)?;
    let days = Days { over: Some(cx.day.clone()), ..round.days.clone() };
    finish(tx, cx, &permit, (Round { state: State::Final, days, ..round }, "round.ended", json!({ "round": id })))
}

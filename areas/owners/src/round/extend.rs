//! Move the last day of a vote to a later one.

use db::{Fault, Tx};
use kernel::{Context, Day, FieldError, Refusal, Shape};
use ledger::entry::{Draft, append};
use matters::notice::{
    NoticeId, State as Hangs, post,
    queries::notice,
    withdraw::{Withdrawal, withdraw},
};
use serde::Deserialize;
use serde_json::json;
use ui::{Civil, Locale, Words};
use work::calendar::add_days;

use super::{
    Closes, Round, RoundId, State,
    draft::{MOST_DAYS, day, hold},
    meanwhile, rules, store,
};

/// A later last day, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
#[schema(as = OwnersExtend)]
pub struct Extend {
    /// The new last day, `YYYY-MM-DD`.
    pub closes: String,
    /// Why, for everybody to read: 1 to 300 characters.
    pub reason: String,
}

/// Moves the last day of a vote to a later one: while its roll hangs out, while it is announced, and while it is open before that
/// day. From the announcement on it is put up too. The same again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `round-extend-too-late` with the last day, those of posting,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn extend(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &Extend) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    rules::expect(&round, &[State::Roll, State::Notice, State::Open])?;
    let terms = round.terms(&cx.day)?;
    let time = rules::Time::of(&round, &terms);
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 300);
    let closes = day(&mut shape, "closes", &input.closes);
    if closes.is_none() && input.closes.trim().is_empty() {
        shape.error("closes", "required");
    }
    let (reason, closes) = shape.finish((reason, closes))?;
    let Some(closes) = closes else { return Ok(round) };
    if round.closes.extended.is_some() && round.closes.day.as_ref() == Some(&closes) && round.closes.why == reason {
        return Ok(round);
    }
    rules::may_extend(time, &cx.day)?;
    later(&round, &closes, (time, &cx.day))?;
    let hung = put_up(tx, cx, (&round, &closes, &reason))?;
    let new = Round {
        closes: Closes {
            first: round.closes.first.clone().or_else(|| round.closes.day.clone()),
            day: Some(closes),
            extended: Some(cx.day.clone()),
            why: reason.clone(),
            notice: hung,
        },
        ..round
    };
    let new = store::write(tx, &permit, &new)?.ok_or_else(meanwhile)?;
    let told = json!({ "round": id, "closes": new.closes.day.as_ref().map(Day::as_str), "notice": new.closes.notice });
    let words = json!({ "reason": reason, "by": cx.actor.person() });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "round.extended", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(new)
}

/// Later than the day that holds, not past, and within what the rules allow.
fn later(round: &Round, closes: &Day, (time, today): (rules::Time<'_>, &Day)) -> Result<(), Refusal> {
    let wrong = |code, day: &Day| {
        Err(Refusal::invalid(vec![FieldError {
            field: "closes",
            code,
            args: vec![("day", kernel::Arg::Text(day.to_string()))],
        }]))
    };
    match (round.closes.day.as_ref(), time.most()) {
        (Some(before), _) if closes <= before => wrong("closes-not-later", before),
        _ if closes < today => wrong("closes-not-later", today),
        (_, Some(most)) if *closes > most => wrong("closes-past-rules", &most),
        _ if *closes > add_days(today, MOST_DAYS) => wrong("closes-past-rules", &add_days(today, MOST_DAYS)),
        _ => Ok(()),
    }
}

/// Puts the new day up where the vote is announced already; what hung about an earlier extension is taken down.
fn put_up(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (round, closes, reason): (&Round, &Day, &str),
) -> Result<Option<NoticeId>, Fault> {
    if round.state == State::Roll {
        return Ok(None);
    }
    if let Some(before) = &round.closes.notice
        && notice(tx, before)?.state == Hangs::Posted
    {
        withdraw(tx, cx, before, &Withdrawal { reason: reason.to_owned() })?;
    }
    let w = Words::of(Locale::ZhHans);
    let told = |day: &Day| Civil::from(day).long(w.locale());
    let (before, new) = (round.closes.day.as_ref().map(told).unwrap_or_default(), told(closes));
    let args = [
        ("title", round.title.as_str().into()),
        ("before", before.as_str().into()),
        ("closes", new.as_str().into()),
        ("reason", reason.into()),
    ];
    let body = if before.is_empty() { "round-extend-notice-body-first" } else { "round-extend-notice-body" };
    let new = round.notice(("extend", "other"), (w.t_with("round-extend-notice-title", &args), w.t_with(body, &args)));
    Ok(Some(post::post_now(tx, cx, &new)?.id))
}

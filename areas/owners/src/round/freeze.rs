//! Freeze the roll of a round, and thaw it where it was wrong.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use matters::notice::{
    Notice, State as Hangs, post,
    queries::notice,
    withdraw::{Withdrawal, withdraw},
};
use serde::Deserialize;
use serde_json::json;
use ui::{Locale, Words};

use super::{
    Closes, Committee, Days, Frozen, Notices, Round, RoundId, State,
    draft::hold,
    meanwhile,
    owed::{self, What},
    rules, store,
};
use crate::{
    law,
    register::{self, queries},
};

/// Freezes the register that holds at its place as the roll of the round, all of it or the buildings of its scope, and puts
/// that up for objections. Frozen before, it is answered as it is.
///
/// # Errors
/// Refusals `round-not-found`, `round-wrong-state`, `register-not-found` where there is none, `building-not-there`, those of
/// posting, `changed-meanwhile`, `not-allowed`; database faults.
pub fn freeze(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    if round.state == State::Roll {
        return Ok(round);
    }
    rules::expect(&round, &[State::Draft])?;
    // rules that were set for the place since it was drafted
    let round = match law::queries::of(tx, &round.place)? {
        Some(law) => Round { rules: law.rules, rules_text: law.rules_text, ..round },
        None => round,
    };
    let register = queries::latest(tx, &round.place)?.ok_or_else(|| Refusal::new(Kind::Conflict, "no-register"))?;
    let there = queries::buildings(tx, &register.id)?;
    let missing = round.buildings.iter().find(|name| !there.iter().any(|(known, _)| known == *name));
    if let Some(name) = missing {
        return Err(Refusal::new(Kind::Conflict, "building-not-there").with_text("building", name.clone()).into());
    }
    store::freeze(tx, &permit, (id, register.id.as_str()), &round.buildings)?;
    if round.days.roll.is_some() {
        crate::visit::store::remember(tx, &permit, id)?;
    }
    let (units, area, buildings) = store::frozen(tx, id)?;
    let posted = put_up(tx, cx, (&round, &register), (units, area, buildings))?;
    let new = Round {
        state: State::Roll,
        frozen: Frozen { register: Some(register.id.clone()), version: register.version, units, area },
        notices: Notices { roll: Some(posted.id.clone()), ..Notices::default() },
        days: Days { roll: Some(cx.day.clone()), ..Days::default() },
        ..round
    };
    let new = store::write(tx, &permit, &new)?.ok_or_else(meanwhile)?;
    let told = json!({
        "round": id, "register": register.id, "version": register.version, "units": units, "area": area,
        "digest": Hash(register.digest).to_string(), "notice": posted.id, "rules": new.rules,
    });
    let words = json!({ "by": cx.actor.person() });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "round.frozen", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(new)
}

/// It hangs on a wall, so it is in the language of the place and not of a reader.
fn put_up(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (round, register): (&Round, &register::Register),
    (units, area, buildings): (u32, u64, u32),
) -> Result<Notice, Fault> {
    let w = Words::of(Locale::ZhHans);
    let area = crate::page::area(area);
    let args = [
        ("title", round.title.as_str().into()),
        ("units", i64::from(units).into()),
        ("buildings", i64::from(buildings).into()),
        ("version", i64::from(register.version.unwrap_or(0)).into()),
        ("area", area.as_str().into()),
    ];
    let new = round.notice(
        ("roll", "other"),
        (w.t_with("round-roll-notice-title", &args), w.t_with("round-roll-notice-body", &args)),
    );
    post::post_now(tx, cx, &new)
}

/// Why a roll is thawed, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Thaw {
    /// For everybody to read: 1 to 300 characters.
    pub reason: String,
}

/// Thaws a roll before the vote opens, because it was wrong or the question has to be changed: the round is a draft again,
/// and what hangs out about it is taken down. Visits stay.
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn thaw(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &Thaw) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    rules::expect(&round, &[State::Roll, State::Notice])?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 300);
    let reason = shape.finish(reason)?;
    for hangs in [&round.notices.roll, &round.notices.call, &round.closes.notice].into_iter().flatten() {
        if notice(tx, hangs)?.state == Hangs::Posted {
            withdraw(tx, cx, hangs, &Withdrawal { reason: reason.clone() })?;
        }
    }
    owed::end(tx, cx, &permit, (&round, What::Delegate, false))?;
    store::thaw(tx, &permit, id)?;
    // the doors get other numbers
    crate::ballot::store::forget_codes(tx, &permit, id)?;
    // the day of the roll stays: it says that there may be visits
    let new = Round {
        state: State::Draft,
        frozen: Frozen::default(),
        notices: Notices::default(),
        days: Days { roll: round.days.roll.clone(), ..Days::default() },
        committee: Committee::default(),
        closes: Closes { day: round.closes.day.clone(), ..Closes::default() },
        ..round
    };
    let new = store::write(tx, &permit, &new)?.ok_or_else(meanwhile)?;
    let (told, words) = (json!({ "round": id }), json!({ "reason": reason, "by": cx.actor.person() }));
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "round.thawed", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(new)
}

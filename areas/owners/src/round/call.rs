//! Announce the vote, and open it once the notice has hung for its time.

use db::{Fault, Tx};
use kernel::{Context, Day, Kind, Refusal};
use ledger::entry::{Draft, append};
use matters::notice::{Notice, State as Hangs, draft::DraftNotice, end, post, queries::notice};
use rights::Permit;
use serde_json::json;
use ui::{Civil, Locale, Money, Words};
use work::calendar::add_days;

use super::{Committee, Days, Notices, Round, RoundId, State, Terms, committee, draft::hold, meanwhile, rules, store};

/// Announces the vote as a meeting of the owners: for as many days as the round's rule set asks today, 15 where it says nothing.
/// Where it asks for a delegate of the residents' committee, the notice is sent there. Announced before, it is answered as it
/// is.
///
/// # Errors
/// Refusals `round-not-found`, `round-wrong-state`, `posting-still-hangs` while the roll hangs out, `objections-open`,
/// `objections-upheld`, `notice-taken-down`, `round-no-end`, `round-ends-too-early` with the first day that is late enough, those
/// of posting, `changed-meanwhile`, `not-allowed`; database faults.
pub fn call(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    if round.state == State::Notice {
        return Ok(round);
    }
    rules::expect(&round, &[State::Roll])?;
    let hangs = round.notices.roll.as_ref().ok_or_else(|| Refusal::new(Kind::Conflict, "notice-taken-down"))?;
    let hung = notice(tx, hangs)?;
    rules::has_hung(&hung, &cx.day)?;
    over(tx, cx, &hung)?;
    let terms = round.terms(&cx.day)?;
    let posted = post::post_now(tx, cx, &wording(&round, &terms))?;
    let opens = add_days(posted.until_day.as_ref().unwrap_or(&cx.day), 1);
    rules::ends_late_enough(round.closes.day.as_ref(), &opens, &terms)?;
    let new = Round {
        state: State::Notice,
        notices: Notices { call: Some(posted.id.clone()), ..round.notices.clone() },
        days: Days { called: Some(cx.day.clone()), ..round.days.clone() },
        committee: Committee::default(),
        ..round
    };
    let new = Round { committee: committee::send(tx, cx, &permit, (&new, &terms, &posted))?, ..new };
    let sent = new.committee.told.is_some();
    let told = json!({ "round": id, "notice": posted.id, "days": posted.days, "committee": sent, "closes": new.closes.day.as_ref().map(Day::as_str) });
    finish(tx, cx, &permit, (new, "round.called", told))
}

/// The rule set whose notices have a kind of their own, with its article.
const OWN_KIND: &str = "cn-beijing";

fn wording(round: &Round, terms: &Terms) -> DraftNotice {
    let w = Words::of(Locale::ZhHans);
    let cost =
        round.cost.map_or_else(|| w.t("round-cost-none").to_owned(), |cost| Money::cny(cost.0).exact(w.locale()));
    let (area, buildings) = (crate::page::area(round.frozen.area), told_scope(w, round));
    let closes = round.closes.day.as_ref().map(|day| Civil::from(day).long(w.locale())).unwrap_or_default();
    let source = if terms.source.is_empty() { w.t("law-house") } else { &terms.source };
    let args = [
        ("title", round.title.as_str().into()),
        ("meeting", w.t(&format!("round-meeting-{}", round.meeting.as_str())).into()),
        ("source", source.into()),
        ("question", round.question.as_str().into()),
        ("item", w.t(&format!("consent-item-{}", round.item.name())).into()),
        ("cost", cost.as_str().into()),
        ("buildings", buildings.as_str().into()),
        ("units", i64::from(round.frozen.units).into()),
        ("area", area.as_str().into()),
        ("closes", closes.as_str().into()),
    ];
    DraftNotice {
        days: Some(terms.notice),
        ..round.notice(
            ("call", if round.rules == OWN_KIND { "owners-meeting" } else { "owners-meeting-by-rules" }),
            (w.t_with("round-call-notice-title", &args), w.t_with("round-call-notice-body", &args)),
        )
    }
}

/// The buildings that are asked, or that all are.
pub(crate) fn told_scope(w: Words, round: &Round) -> String {
    if round.buildings.is_empty() {
        w.t("round-scope-all").to_owned()
    } else {
        let names: Vec<String> = round.buildings.iter().map(|name| told_building(w, name)).collect();
        let names = names.join(w.t("list-comma"));
        w.t_with("round-scope-some", &[("buildings", names.as_str().into())])
    }
}

/// A building as people say it: a mere number is said to be one.
pub(crate) fn told_building(w: Words, name: &str) -> String {
    let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { w.t_with("building-number", &[("n", name.into())]) } else { name.to_owned() }
}

/// Opens the vote: from now on ballots are taken. Opened before, it is answered as it is.
///
/// # Errors
/// Refusals `round-not-found`, `round-wrong-state`, `posting-still-hangs` with the last day, `objections-open`,
/// `objections-upheld`, `notice-taken-down`, `round-notice-too-short`, `round-not-posted` where what hangs does not say the
/// question, `committee-not-told`, `round-ends-too-early`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn open(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    if round.state == State::Open {
        return Ok(round);
    }
    rules::expect(&round, &[State::Notice])?;
    let hangs = round.notices.call.as_ref().ok_or_else(|| Refusal::new(Kind::Conflict, "notice-taken-down"))?;
    let (hung, terms) = (notice(tx, hangs)?, round.terms(&cx.day)?);
    rules::has_hung(&hung, &cx.day)?;
    rules::may_open(&round, &hung, &terms)?;
    over(tx, cx, &hung)?;
    // an older notice named no last day
    if round.closes.day.is_some() {
        rules::ends_late_enough(round.closes.day.as_ref(), &cx.day, &terms)?;
    }
    let days = Days { opened: Some(cx.day.clone()), ..round.days.clone() };
    let told = json!({ "round": id });
    finish(tx, cx, &permit, (Round { state: State::Open, days, ..round }, "round.opened", told))
}

/// A notice that has hung for its time ends with the step that it was for.
fn over(tx: &mut Tx<'_>, cx: &mut Context, hung: &Notice) -> Result<(), Fault> {
    if hung.state == Hangs::Posted {
        end::end(tx, cx, &hung.id)?;
    }
    Ok(())
}

/// Writes what a move made of a round, with its entry.
pub(crate) fn finish(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (new, kind, told): (Round, &'static str, serde_json::Value),
) -> Result<Round, Fault> {
    let new = store::write(tx, permit, &new)?.ok_or_else(meanwhile)?;
    let words = json!({ "by": cx.actor.person() });
    append(tx, cx, permit, &Draft { kind, subject: new.id.as_str(), public: &told, private: Some(&words) })?;
    Ok(new)
}

//! How facts look on every page of this area.

use axum::response::Response;
use kernel::{Day, Instant, Refusal, local_day};
pub(crate) use ui::parts::{prose, told};
use ui::{
    Civil, Markup, Words,
    parts::{self, Due},
    words::key_of,
};
use web::problem;
use work::{
    calendar::days_between,
    clock::{Light, Rule},
};

use crate::duty::{Duty, Holder, queries::Named};

/// A day of the calendar as text.
pub(crate) fn date(w: Words, day: &Day) -> String {
    Civil::from(day).long(w.locale())
}

/// A word with a message `<prefix>-<word>`, or the message `<prefix>-other`.
pub(crate) fn said(w: Words, prefix: &str, word: &str) -> &'static str {
    let key = key_of(prefix, word);
    if w.has(&key) { w.t(&key) } else { w.t(&format!("{prefix}-other")) }
}

/// The word of a role.
pub(crate) fn role(w: Words, word: &str) -> &'static str {
    let key = key_of("role", word);
    if w.has(&key) { w.t(&key) } else { w.t("matter-role-other") }
}

/// Who owes a duty, without a person's name.
pub(crate) fn holder(w: Words, named: &Named) -> String {
    match &named.duty.holder {
        Holder::Post(_) if !named.role.is_empty() => {
            let role = role(w, &named.role);
            w.t_with("duty-holder-post", &[("place", (&named.of).into()), ("role", role.into())])
        }
        Holder::Org(_) if !named.of.is_empty() => named.of.clone(),
        Holder::Person(_) => w.t("duty-holder-person").to_owned(),
        _ => w.t("duty-holder-elsewhere").to_owned(),
    }
}

/// How the time of a duty is counted, in words.
pub(crate) fn rule(w: Words, rule: &Rule) -> String {
    let n = |key: &str, n: u32| w.n(key, n);
    match rule {
        Rule::WithinWorkdays(d) => n("duty-rule-workdays", *d),
        Rule::WithinDays(d) => n("duty-rule-days", *d),
        Rule::WithinDaysToWorkday(d) => n("duty-rule-days-to-workday", *d),
        Rule::WithinHours(h) => n("duty-rule-hours", *h),
        Rule::OnDay(day) => w.t_with("duty-rule-on", &[("date", (&date(w, day)).into())]),
        Rule::EveryMonth => w.t("duty-rule-every-month").to_owned(),
        Rule::TimesAYear(times) => n("duty-rule-times-a-year", *times),
    }
}

/// When a duty is due, for the components; none while its clock stands.
pub(crate) fn due(duty: &Duty, now: Instant, offset_minutes: i32) -> Option<Due<'static>> {
    let deadline = duty.deadline.as_ref()?;
    let soon = days_between(&local_day(deadline.amber_from, offset_minutes), &deadline.day);
    Some(Due {
        day: Civil::from(&deadline.day),
        today: Civil::from(&local_day(now, offset_minutes)),
        time: "",
        soon: u16::try_from(soon).unwrap_or(0),
        provisional: deadline.provisional,
        done: !duty.state.is_open(),
    })
}

/// When a duty is due, or that its clock stands, or how it ended.
pub(crate) fn due_or_state(w: Words, duty: &Duty, now: Instant, offset_minutes: i32) -> Markup {
    match due(duty, now, offset_minutes) {
        Some(due) if duty.state.is_open() => parts::due(w, &due),
        _ => {
            let light = match duty.light(now) {
                Some(Light::Met) => parts::Light::Done,
                Some(Light::MetLate) => parts::Light::Soon,
                _ => parts::Light::Idle,
            };
            parts::light_saying(light, said(w, "duty-state", duty.state.as_str()))
        }
    }
}

/// The same page with the status of a refusal.
pub(crate) fn refused(mut response: Response, refusal: Option<&Refusal>) -> Response {
    if let Some(refusal) = refusal {
        *response.status_mut() = problem::status_of(refusal);
    }
    response
}

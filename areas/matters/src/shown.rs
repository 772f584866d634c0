//! How facts look on every page of this area.

use axum::response::Response;
use kernel::{Actor, Day, Instant, Refusal, local_day};
use ui::{
    Civil, Markup, Words, html,
    parts::{self, Due, Errors, Tone, notice},
    words::key_of,
};
use web::{Rim, problem};
use work::{
    calendar::days_between,
    clock::{Light, Rule},
};

use crate::duty::{Duty, Holder, queries::Named};

/// A day for the components.
pub(crate) fn civil(day: &Day) -> Civil {
    let (year, month, day) = day.parts();
    let small = |n: i8| u8::try_from(n).unwrap_or(0);
    Civil::new(i32::from(year), small(month), small(day))
}

/// A day of the calendar as text.
pub(crate) fn date(w: Words, day: &Day) -> String {
    civil(day).long(w.locale())
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
        day: civil(&deadline.day),
        today: civil(&local_day(now, offset_minutes)),
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

/// What people wrote, line by line.
pub(crate) fn prose(text: &str) -> Markup {
    html! { @for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) { p { (line) } } }
}

/// A refusal that belongs to no field.
pub(crate) fn told(w: Words, refusal: Option<&Refusal>) -> Markup {
    let Some(refusal) = refusal.filter(|r| r.fields.is_empty()) else { return html! {} };
    let sentence = Errors::refusal(w, refusal).unwrap_or_else(|| w.t("problem-409-what").to_owned());
    notice(w, Tone::NeedsYou, "", &html! { p { (sentence) } })
}

/// The same page with the status of a refusal.
pub(crate) fn refused(mut response: Response, refusal: Option<&Refusal>) -> Response {
    if let Some(refusal) = refusal {
        *response.status_mut() = problem::status_of(refusal);
    }
    response
}

/// A text nobody else makes up, so that sending a form twice writes once.
pub(crate) fn once(rim: &Rim) -> String {
    format!("{:032x}", rim.context(Actor::Visitor).chance.bits128())
}

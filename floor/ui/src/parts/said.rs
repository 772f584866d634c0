//! What people wrote, when it was, and why something was refused, as every page shows it.

use kernel::{Day, Refusal};
use maud::{Markup, html};

use super::{
    form::Errors,
    frame::{Tone, notice},
};
use crate::{format::Civil, words::Words};

/// A day of the calendar, in full and for machines.
#[must_use]
pub fn day(w: Words, day: &Day) -> Markup {
    html! { time datetime=(day) { (Civil::from(day).long(w.locale())) } }
}

/// What people wrote, line by line; empty lines are left out.
#[must_use]
pub fn prose(text: &str) -> Markup {
    html! { @for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) { p { (line) } } }
}

/// Why a verb was refused, where no field says it; nothing without a refusal.
#[must_use]
pub fn told(w: Words, refusal: Option<&Refusal>) -> Markup {
    let Some(refusal) = refusal.filter(|refusal| refusal.fields.is_empty()) else { return html! {} };
    let sentence = Errors::refusal(w, refusal).unwrap_or_else(|| w.t("problem-409-what").to_owned());
    notice(w, Tone::NeedsYou, "", &html! { p { (sentence) } })
}

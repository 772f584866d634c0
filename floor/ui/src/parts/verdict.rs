//! Verdicts: an outcome with its rule, its inputs, and the way to compute it oneself.

use maud::{Markup, html};

use super::button::{Weight, link_button};
use super::frame::Tone;
use super::list::pairs;
use super::proof::proof;
use crate::words::Words;

/// What a rule decided.
#[derive(Debug)]
pub struct Verdict<'a> {
    /// The outcome in a word or two: `通过`.
    pub outcome: &'a str,
    /// [`Tone::Ok`] for a yes, [`Tone::Plain`] for a no (a no is not an error), [`Tone::Due`] for "not yet".
    pub tone: Tone,
    /// Why, in a sentence.
    pub because: &'a str,
    /// The rule as (its name, its page).
    pub rule: (&'a str, &'a str),
    /// The numbers that went in, formatted.
    pub inputs: &'a [(&'a str, Markup)],
    /// The fingerprint of the inputs; empty leaves it out.
    pub digest: &'a str,
    /// Where the reader computes it.
    pub compute: &'a str,
}

/// The outcome first, then why, then what anyone needs to come to the same.
#[must_use]
pub fn verdict(w: Words, verdict: &Verdict<'_>) -> Markup {
    html! {
        section class={ "verdict " (verdict.tone.class()) } {
            p.word { (w.t("verdict-word")) }
            p.outcome { (verdict.outcome) }
            @if !verdict.because.is_empty() { p { (verdict.because) } }
            p.rule { (w.t("verdict-rule")) " " a href=(verdict.rule.1) { (verdict.rule.0) } }
            @if !verdict.inputs.is_empty() { (pairs(verdict.inputs)) }
            @if !verdict.digest.is_empty() { (proof(w, w.t("verdict-digest"), verdict.digest)) }
            div.acts { (link_button(Weight::Plain, verdict.compute, w.t("verdict-compute"))) }
        }
    }
}

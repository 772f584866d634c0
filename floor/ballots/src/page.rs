//! What the pages of papers have in common, whatever is voted on: how many there are, which wait for another reading, and
//! what to do about them.

use kernel::{FieldError, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{Figure, Tone, Weight, acts, button_named, figures, fold, link_button, notice, sheet},
    words::key_of,
};
use web::{Visit, page::form};

use crate::paper::{Counts, Paper, State, Why};

/// What was looked for, and what was just done.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Which {
    /// The beginning of a flat.
    pub flat: String,
    /// `given`, `discarded`, or the state of the paper that was typed in.
    pub done: String,
    /// The paper that is to be typed in.
    pub number: String,
}

impl Which {
    /// What was just done, in a sentence.
    pub fn done(&self, w: Words) -> Option<&'static str> {
        match self.done.as_str() {
            "given" => Some(w.t("paper-given")),
            "discarded" => Some(w.t("paper-discarded")),
            word => word.parse::<State>().ok().map(|state| w.t(&key_of("paper-is", state.as_str()))),
        }
    }

    /// How that is told: two who read a paper differently are something to do, and nothing that went well.
    pub fn tone(&self) -> Tone {
        if self.done == State::Differ.as_str() { Tone::Due } else { Tone::Ok }
    }

    /// The number of the paper that is to be typed in, as long as one can be.
    pub fn paper(&self) -> String {
        self.number.chars().take(10).collect()
    }
}

/// A paper that cannot be read a second time, as the form sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Discarded {
    number: String,
    why: String,
}

impl Discarded {
    /// Its number and the reason.
    ///
    /// # Errors
    /// Refusal `invalid-input` of the field `why`.
    pub fn read(&self) -> Result<(String, Why), Refusal> {
        let why = self.why.parse().map_err(|()| Refusal::invalid(vec![FieldError::new("why", "required")]))?;
        Ok((self.number.trim().chars().take(20).collect(), why))
    }
}

/// How many papers there are.
pub fn counted(w: Words, counts: &Counts) -> Markup {
    let Counts { given, counted, spoiled, pending } = *counts;
    let texts = [given, counted, spoiled, pending].map(format::count);
    let labels = ["papers-given", "papers-counted", "papers-spoiled", "papers-pending"];
    let list: Vec<Figure<'_>> =
        labels.iter().zip(&texts).map(|(key, value)| Figure { label: w.t(key), value, ..Figure::default() }).collect();
    figures(&list)
}

/// Papers that wait for another reading, with what to do about each while papers are read: they hold up the close. `here` is
/// the page of papers; below it papers are discarded.
pub fn waiting(visit: &Visit, here: &str, pending: &[Paper], is_open: bool) -> Markup {
    let w = visit.words;
    let me = visit.actor.person().map_or("", |me| me.as_str());
    html! {
        @if !pending.is_empty() {
            (notice(w, Tone::NeedsYou, w.t("papers-waiting"), &html! { p { (w.t("papers-waiting-note")) } }))
            @for paper in pending {
                (sheet(&w.t_with("papers-waiting-one", &[("number", (&paper.number).into())]), &html! {
                    p { (w.t(if paper.state == State::Differ { "paper-needs-third" } else { "paper-needs-second" })) }
                    @if [&paper.first.0, &paper.second.0].into_iter().any(|by| by == me) {
                        p.soft { (w.t("refusal-paper-other-hands")) }
                    } @else if is_open {
                        (acts(&[link_button(
                            Weight::First,
                            &format!("{here}?number={}#f-number", paper.number),
                            w.t("paper-read-again"),
                        )]))
                    }
                    @if is_open { (fold(w.t("paper-discard-title"), &discarding(visit, here, &paper.number))) }
                }))
            }
        }
    }
}

/// A button for each reason.
fn discarding(visit: &Visit, here: &str, number: &str) -> Markup {
    let w = visit.words;
    let body = html! {
        p { (w.t("paper-discard-note")) }
        (acts(&Why::ALL.map(|why| {
            button_named(Weight::Plain, "why", why.as_str(), w.t(&key_of("paper-why", why.as_str())))
        })))
    };
    form(visit, &format!("{here}/discard"), &[("number", number)], &body)
}

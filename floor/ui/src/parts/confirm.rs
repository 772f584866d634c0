//! Pages and lines that stand between a wish and its doing, and after it.

use maud::{Markup, html};

use super::button::{Weight, acts, button, link_button};
use super::form::form;
use super::frame::{Head, Tone, head};
use crate::words::Words;

/// A question before something that is hard to undo.
#[derive(Debug)]
pub struct Confirm<'a> {
    /// The question: `撤销这次公示吗？`
    pub title: &'a str,
    /// What happens when it is done, one fact each; who is told, what cannot be undone.
    pub facts: &'a [Markup],
    /// Where the form posts.
    pub action: &'a str,
    /// Hidden fields, such as those of [`super::tokens`].
    pub hidden: &'a [(&'a str, &'a str)],
    /// Fields such as a reason; may be empty.
    pub fields: Markup,
    /// The button, named by its verb: `撤销公示`, never `确定`.
    pub label: &'a str,
    /// It cannot be undone.
    pub danger: bool,
    /// The way back.
    pub back: &'a str,
}

/// The body of a page that asks once more.
#[must_use]
pub fn confirm(w: Words, confirm: &Confirm<'_>) -> Markup {
    let weight = if confirm.danger { Weight::Danger } else { Weight::First };
    html! {
        (head(&Head { title: confirm.title, ..Head::default() }))
        div.sheet.confirm {
            @if !confirm.facts.is_empty() {
                p.soft { (w.t("confirm-facts")) }
                ul.plain { @for fact in confirm.facts { li { (fact) } } }
            }
            (form(confirm.action, confirm.hidden, &html! {
                (confirm.fields)
                (acts(&[button(weight, confirm.label), link_button(Weight::Quiet, confirm.back, w.t("confirm-back"))]))
            }))
        }
    }
}

/// One line at the top of the page after something was done. The tone is also said by a mark.
#[must_use]
pub fn flash(tone: Tone, text: &str) -> Markup {
    let mark = match tone {
        Tone::Plain => "·",
        Tone::Ok => "✓",
        Tone::Due => "!",
        Tone::NeedsYou => "!!",
    };
    html! {
        div class={ "flash " (tone.class()) } role="status" { b aria-hidden="true" { (mark) } p { (text) } }
    }
}

/// How far something has come: `part` of `whole`, as a bar and in words.
#[must_use]
pub fn progress(w: Words, label: &str, part: u64, whole: u64) -> Markup {
    let (part_text, whole_text) = (crate::format::count(part), crate::format::count(whole));
    let told = w.t_with("progress-of", &[("part", part_text.as_str().into()), ("whole", whole_text.as_str().into())]);
    html! {
        div.progress {
            p { span { (label) } span.num { (told) } }
            progress value=(part.min(whole)) max=(whole.max(1)) aria-label=(label) { (told) }
        }
    }
}

/// Something that goes on without the reader; `again` is the page itself, for looking again.
#[must_use]
pub fn waiting(w: Words, title: &str, hint: &str, again: &str) -> Markup {
    html! {
        div.waiting role="status" {
            span.dots aria-hidden="true" { i {} i {} i {} }
            h2 { (title) }
            @if !hint.is_empty() { p { (hint) } }
            (link_button(Weight::Plain, again, w.t("waiting-again")))
        }
    }
}

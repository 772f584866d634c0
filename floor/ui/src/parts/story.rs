//! A matter's way: the five seals and the thread.

use maud::{Markup, html};

use crate::words::Words;

/// Where something stands in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Over.
    Past,
    /// Going on.
    Now,
    /// To come.
    #[default]
    Next,
}

impl Stage {
    const fn class(self) -> &'static str {
        match self {
            Stage::Past => "past",
            Stage::Now => "now",
            Stage::Next => "next",
        }
    }

    fn word(self, w: Words) -> &'static str {
        match self {
            Stage::Past => w.t("state-done"),
            Stage::Now => w.t("state-now"),
            Stage::Next => w.t("state-next"),
        }
    }
}

/// One of the five seals.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seal<'a> {
    /// Where it stands.
    pub stage: Stage,
    /// A date or a few words under it, such as `7月2日` or `今天到期`; may be empty.
    pub note: &'a str,
}

/// The signature of every matter: 集 collect, 议 deliberate, 办 do, 督 supervise, 评 appraise, in this order.
#[must_use]
pub fn seals(w: Words, five: &[Seal<'_>; 5]) -> Markup {
    const NAMES: [&str; 5] = ["seal-collect", "seal-deliberate", "seal-do", "seal-supervise", "seal-appraise"];
    html! {
        ol.seals aria-label=(w.t("seals-label")) {
            @for (seal, name) in five.iter().zip(NAMES) {
                li class=(seal.stage.class()) aria-current=[(seal.stage == Stage::Now).then_some("step")] {
                    b aria-hidden="true" { (w.t(&format!("{name}-mark"))) }
                    span { (w.t(name)) }
                    span.unseen { " " (seal.stage.word(w)) " " }
                    @if !seal.note.is_empty() { small { (seal.note) } }
                }
            }
        }
    }
}

/// One knot of the thread.
#[derive(Debug)]
pub struct Event<'a> {
    /// Where it stands.
    pub stage: Stage,
    /// The moment as people say it: `9月18日`.
    pub when: &'a str,
    /// The moment for machines (ISO 8601); may be empty.
    pub datetime: &'a str,
    /// What happened, in one line.
    pub title: &'a str,
    /// Where more is to be read.
    pub href: Option<&'a str>,
    /// The rest; may be empty.
    pub body: Markup,
}

/// One thread from the first word to the last grade; the newest knot comes first, as the caller orders it.
#[must_use]
pub fn thread(w: Words, events: &[Event<'_>]) -> Markup {
    html! {
        ol.thread {
            @for event in events {
                li class=(event.stage.class()) {
                    time datetime=[(!event.datetime.is_empty()).then_some(event.datetime)] { (event.when) }
                    @match event.stage {
                        Stage::Now => span.now-word { (event.stage.word(w)) },
                        Stage::Next => span.unseen { " " (event.stage.word(w)) },
                        Stage::Past => {}
                    }
                    h3 {
                        @if let Some(href) = event.href { a href=(href) { (event.title) } } @else { (event.title) }
                    }
                    (event.body)
                }
            }
        }
    }
}

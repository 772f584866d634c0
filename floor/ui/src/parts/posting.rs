//! Public notices (公示): what is posted, for how many days more, and how to object.

use maud::{Markup, html};

use super::button::{Weight, link_button};
use super::due::{Due, Light, due, light_saying};
use crate::format::Civil;
use crate::words::Words;

/// A public notice.
#[derive(Debug)]
pub struct Posting<'a> {
    /// What is posted.
    pub title: &'a str,
    /// Its page.
    pub href: &'a str,
    /// Who posts it.
    pub by: Markup,
    /// The first day.
    pub from: Civil,
    /// The last day on which an objection is taken.
    pub until: Civil,
    /// The day on which the page is read.
    pub today: Civil,
    /// The last day may still move.
    pub provisional: bool,
    /// Objections so far.
    pub objections: u64,
    /// Where to object while the notice runs.
    pub object_href: Option<&'a str>,
    /// The first sentences; may be empty.
    pub excerpt: &'a str,
}

/// A card: the title, the days left (before, during and after), who posts it, and the way to object.
#[must_use]
pub fn posting(w: Words, posting: &Posting<'_>) -> Markup {
    let l = w.locale();
    let (before, over) = (posting.today < posting.from, posting.today > posting.until);
    let (from, until) = (posting.from.long(l), posting.until.long(l));
    let dates = w.t_with("posting-dates", &[("from", from.as_str().into()), ("until", until.as_str().into())]);
    let running = Due {
        day: posting.until,
        today: posting.today,
        time: "",
        soon: 1,
        provisional: posting.provisional,
        done: false,
    };
    html! {
        article class={ "posting" @if over { " over" } } {
            p.word { (w.t("posting-word")) }
            h3 { a href=(posting.href) { (posting.title) } }
            @if !posting.excerpt.is_empty() { p.excerpt { (posting.excerpt) } }
            p.state {
                @if before { (light_saying(Light::Idle, w.t("posting-before"))) }
                @else if over { (light_saying(Light::Done, w.t("posting-over"))) }
                @else { (due(w, &running)) }
            }
            p.meta {
                span { (posting.by) }
                span { (dates) }
                span { (w.n("posting-objections", posting.objections)) }
            }
            @if let (Some(href), false, false) = (posting.object_href, before, over) {
                div.acts { (link_button(Weight::Plain, href, w.t("posting-object"))) }
            }
        }
    }
}

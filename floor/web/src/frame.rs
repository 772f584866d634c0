//! The frame of every page.
use crate::{Problem, Section, Visit};
use maud::{Markup, html};
pub(crate) fn frame(visit: &Visit, _section: Section, title: &str, body: &Markup) -> Markup {
    let _ = (visit.is_demo(), visit.place());
    html! { h1 { (title) } (body) }
}
pub(crate) fn problem(_visit: &Visit, _problem: &Problem, sentence: &str) -> Markup {
    html! { p { (sentence) } }
}

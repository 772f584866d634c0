//! What a page is laid out with: its head, sheets, buttons, tags, notices.

use maud::{Markup, html};

use super::button::{Weight, acts, link_button};
use crate::words::Words;

/// What a colour means; the word beside it says the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Done, in order.
    Ok,
    /// Needs attention soon.
    Due,
    /// Waits for the reader. At most one of these on a page catches the eye.
    NeedsYou,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Ok => "ok",
            Tone::Due => "due",
            Tone::NeedsYou => "needs-you",
        }
    }
}

/// The head of a page.
#[derive(Debug, Default)]
pub struct Head<'a> {
    /// Small facts above the title: a number, a state, a place. Empty leaves the line out.
    pub kicker: &'a [Markup],
    /// The title, the only `<h1>`.
    pub title: &'a str,
    /// One or two sentences; may be empty.
    pub lead: &'a str,
    /// Buttons, the first one first; may be empty.
    pub acts: &'a [Markup],
}

/// The head of a page: facts, title, lead, buttons.
#[must_use]
pub fn head(head: &Head<'_>) -> Markup {
    html! {
        header.head {
            @if !head.kicker.is_empty() {
                p.kicker { @for fact in head.kicker { span { (fact) } } }
            }
            h1 { (head.title) }
            @if !head.lead.is_empty() { p.lead { (head.lead) } }
            @if !head.acts.is_empty() { (acts(head.acts)) }
        }
    }
}

/// Two columns on a wide screen (5 to 3), one under the other on a narrow one. The first matters more.
#[must_use]
pub fn cols(first: &Markup, aside: &Markup) -> Markup {
    html! { div.cols { div.stack { (first) } div.stack { (aside) } } }
}

/// A part of a page with its heading (`<h2>`), without a border.
#[must_use]
pub fn section(title: &str, body: &Markup) -> Markup {
    html! { section.stack { h2 { (title) } (body) } }
}

/// A sheet of paper on the board, with a heading (`<h2>`; empty leaves it out).
#[must_use]
pub fn sheet(title: &str, body: &Markup) -> Markup {
    sheet_of("sheet stack", title, body)
}

/// A sheet with the vermilion edge: who does what now.
#[must_use]
pub fn sheet_needs_you(title: &str, body: &Markup) -> Markup {
    sheet_of("sheet stack needs-you", title, body)
}

fn sheet_of(class: &str, title: &str, body: &Markup) -> Markup {
    html! {
        section class=(class) {
            @if !title.is_empty() { h2 { (title) } }
            (body)
        }
    }
}

/// A short word in a frame, such as the state of a matter.
#[must_use]
pub fn tag(tone: Tone, text: &str) -> Markup {
    html! { span class={ "tag " (tone.class()) } { (text) } }
}

/// Something the reader should know. The tone is also said in a word. The title may be empty.
#[must_use]
pub fn notice(w: Words, tone: Tone, title: &str, body: &Markup) -> Markup {
    let word = match tone {
        Tone::Plain => "",
        Tone::Ok => w.t("notice-ok"),
        Tone::Due => w.t("notice-due"),
        Tone::NeedsYou => w.t("notice-needs-you"),
    };
    html! {
        div class={ "notice " (tone.class()) } role=[(tone == Tone::NeedsYou).then_some("status")] {
            @if !word.is_empty() { p.word { (word) } }
            @if !title.is_empty() { h2 { (title) } }
            (body)
        }
    }
}

/// Nothing here yet: says so, says what comes, and offers the way on as (path, label).
#[must_use]
pub fn empty(title: &str, hint: &str, way_on: Option<(&str, &str)>) -> Markup {
    html! {
        div.empty {
            h2 { (title) }
            @if !hint.is_empty() { p { (hint) } }
            @if let Some((href, label)) = way_on { (link_button(Weight::Plain, href, label)) }
        }
    }
}

/// Where the reader is: the way down as (path, label), then the name of this page.
#[must_use]
pub fn breadcrumb(w: Words, way: &[(&str, &str)], here: &str) -> Markup {
    html! {
        nav.crumbs aria-label=(w.t("breadcrumb-label")) {
            ol {
                @for (href, label) in way { li { a href=(href) { (label) } } }
                li { span aria-current="page" { (here) } }
            }
        }
    }
}

/// The body of a problem page: what happened, what to do now. `detail` is a sentence of the case in hand (such as
/// [`super::Errors::refusal`]) and replaces the general one; statuses without words of their own speak as 500 from
/// 500 up and as 400 below.
#[must_use]
pub fn problem(w: Words, status: u16, detail: Option<&str>) -> Markup {
    let known = [400, 403, 404, 409, 413, 422, 429, 500, 503];
    let code = if known.contains(&status) {
        status
    } else if status >= 500 {
        500
    } else {
        400
    };
    let say = |part: &str| w.t(&format!("problem-{code}-{part}"));
    html! {
        (head(&Head {
            kicker: &[html! { span.num { (status) } }],
            title: say("title"),
            lead: detail.unwrap_or_else(|| say("what")),
            ..Head::default()
        }))
        (notice(w, Tone::Plain, w.t("problem-do-label"), &html! { p { (say("do")) } }))
        p.acts { (link_button(Weight::Plain, "/", w.t("btn-home"))) }
    }
}

/// The account in the top bar: the person's name, or "sign in". Long names are cut by the stylesheet.
#[must_use]
pub fn account(href: &str, label: &str) -> Markup {
    html! { a.account href=(href) { span { (label) } } }
}

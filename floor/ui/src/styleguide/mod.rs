//! Every component in every state, in the reader's language: the page `/styleguide`, the example `gallery`, and what the
//! tests look at. People and numbers are invented.

mod forms;
mod matter;
mod numbers;
mod said;
mod states;

use maud::{Markup, html};

use crate::format::Civil;
use crate::parts::{Chip, Tab, Tone, acts, breadcrumb, button_named, org, tag, waiting_button};
use crate::parts::{Head, Weight, button, flash, head, link_button, person, place_path, tabs};
use crate::words::Words;

/// The day on which the page is read, in its samples.
const TODAY: Civil = Civil::new(2026, 9, 18);

/// What stands for a fingerprint.
const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// A sample word of this page: `sg-<key>`.
fn s(w: Words, key: &str) -> &'static str {
    w.t(&format!("sg-{key}"))
}

/// The sections as (anchor, key of the heading, content).
fn sections(w: Words) -> Vec<(&'static str, Markup)> {
    vec![
        ("colours", colours(w)),
        ("buttons", buttons(w)),
        ("way", way(w)),
        ("matter", matter::matter(w)),
        ("due", matter::due(w)),
        ("forms", forms::fresh(w)),
        ("wrong", forms::wrong(w)),
        ("confirm", forms::asking(w)),
        ("said", said::said(w)),
        ("postings", said::postings(w)),
        ("papers", said::papers(w)),
        ("verdicts", said::verdicts(w)),
        ("numbers", numbers::numbers(w)),
        ("tables", numbers::tables(w)),
        ("people", people(w)),
        ("states", states::states(w)),
        ("problems", said::problems(w)),
    ]
}

/// The content of the page.
#[must_use]
pub fn styleguide(w: Words) -> Markup {
    let sections = sections(w);
    html! {
        (head(&Head { title: s(w, "title"), lead: s(w, "lead"), ..Head::default() }))
        nav.guide aria-label=(s(w, "title")) {
            ul { @for (id, _) in &sections { li { a href={ "#" (id) } { (s(w, &format!("s-{id}"))) } } } }
        }
        @for (id, body) in &sections {
            section.stack.specimen id=(id) {
                h2 { (s(w, &format!("s-{id}"))) }
                (body)
            }
        }
    }
}

fn colours(w: Words) -> Markup {
    html! {
        ul.swatches {
            @for (class, key) in [
                ("ink", "colour-ink"),
                ("soft", "colour-soft"),
                ("needs-you", "colour-needs-you"),
                ("done", "colour-done"),
                ("due", "colour-due"),
            ] { li class=(class) { i aria-hidden="true" {} (s(w, key)) } }
        }
        div.tight.flow {
            h2 { (s(w, "type-h2")) }
            h3 { (s(w, "type-h3")) }
            p { (s(w, "type-body")) }
            p.small.soft { (s(w, "type-small")) }
        }
        p {
            (tag(Tone::Plain, w.t("state-closed"))) " " (tag(Tone::Ok, w.t("state-done"))) " "
            (tag(Tone::Due, w.t("state-due"))) " " (tag(Tone::NeedsYou, w.t("notice-needs-you")))
        }
    }
}

fn buttons(w: Words) -> Markup {
    html! {
        form action="/styleguide" method="get" {
            (acts(&[
                button(Weight::First, s(w, "btn-first")),
                link_button(Weight::Plain, "#buttons", s(w, "btn-plain")),
                link_button(Weight::Quiet, "#buttons", s(w, "btn-quiet")),
                button_named(Weight::Danger, "do", "withdraw", s(w, "btn-danger")),
                waiting_button(Weight::First, s(w, "btn-waiting")),
            ]))
        }
        (acts(&[link_button(Weight::Plain, "#buttons", s(w, "btn-long"))]))
    }
}

fn way(w: Words) -> Markup {
    html! {
        (breadcrumb(w, &[("#way", s(w, "street")), ("#way", s(w, "community"))], s(w, "long-name")))
        p { (place_path(w, &[(s(w, "street"), Some("#way")), (s(w, "community"), Some("#way")), (s(w, "building"), None)])) }
        (tabs(s(w, "t-caption"), &[
            Tab { href: "#way", label: s(w, "tab-all"), count: Some(1_214), here: true },
            Tab { href: "#tables", label: s(w, "tab-mine"), count: Some(12), here: false },
            Tab { href: "#due", label: s(w, "tab-late"), count: Some(0), here: false },
        ]))
        (flash(Tone::Ok, s(w, "m-ok")))
    }
}

fn people(w: Words) -> Markup {
    let chip =
        |name, role, href| Chip { name: s(w, name), role: if str::is_empty(role) { "" } else { s(w, role) }, href };
    html! {
        p { (person(&chip("person1", "role-rep", Some("#people")))) }
        p { (person(&chip("person3", "", None))) }
        p { (org(&chip("committee", "", Some("#people")))) }
        p { (person(&chip("person-long", "role-lift", Some("#people")))) }
        (matter::attendance_list(w))
    }
}

/// A picture that needs no file: a bench under a lamp, drawn with a few lines.
const PICTURE: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 240 180'%3E\
    %3Crect width='240' height='180' fill='%23e9e2d3'/%3E%3Cpath d='M0 140h240v40H0z' fill='%23cfc6b2'/%3E\
    %3Ccircle cx='176' cy='46' r='14' fill='%23f7efd9'/%3E\
    %3Cpath d='M176 60v84M60 108h80M60 122h80M70 122v22M130 122v22M60 90h80' stroke='%235d564b' stroke-width='5' \
    fill='none'/%3E%3C/svg%3E";

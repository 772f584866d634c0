//! Finding one's way in long lists: filters, tabs.

use maud::{Markup, html};

use super::button::{Weight, button};
use crate::words::Words;

/// Attributes of a part whose links and forms change what the page lists: with scripts the page stays where it is.
/// Without scripts nothing is lost.
const STAY: &str = "innerHTML show:none";

/// A bar of filters over a list.
#[derive(Debug)]
pub struct Filter<'a> {
    /// Where the list is.
    pub action: &'a str,
    /// What the bar is for, for those who cannot see it; empty says what its button says.
    pub label: &'a str,
    /// The fields, made with [`super::text`] and [`super::select`] (not required, their names are the query's).
    pub fields: &'a [Markup],
    /// Filters that are on, as (words, the list without this one).
    pub on: &'a [(&'a str, &'a str)],
    /// How many are found, as a sentence; may be empty.
    pub found: &'a str,
}

/// A form that asks by address, so that a filtered list can be kept, shared and gone back to. The first field is always
/// seen, and says whether one searches by words or filters; the others are folded until one of them is used, so that on a
/// phone the list comes first. What is on stands under it, each with a link that takes it off.
#[must_use]
pub fn filter(w: Words, filter: &Filter<'_>) -> Markup {
    // what has no label is not seen: it only goes along
    let (seen, unseen): (Vec<&Markup>, Vec<&Markup>) =
        filter.fields.iter().partition(|field| field.0.contains("<label") || field.0.contains("<legend"));
    let (first, others) = seen.split_at(seen.len().min(1));
    let by_words = first.iter().any(|field| field.0.contains("type=\"search\""));
    let act = w.t(if by_words { "btn-search" } else { "btn-filter" });
    let label = if filter.label.is_empty() { act } else { filter.label };
    html! {
        search.filter hx-boost="true" hx-swap=(STAY) {
            form method="get" action=(filter.action) aria-label=(label) {
                @for field in unseen.iter().chain(first) { (field) }
                @if !others.is_empty() {
                    details open[!filter.on.is_empty()] {
                        summary { (w.t("filter-more")) }
                        div { @for field in others { (field) } }
                    }
                }
                (button(Weight::Plain, act))
            }
            @if !filter.on.is_empty() {
                ul.on aria-label=(w.t("filter-on")) {
                    @for (words, without) in filter.on {
                        li { a href=(without) { (words) span.unseen { " " (w.t("filter-off")) } span aria-hidden="true" { " ×" } } }
                    }
                    li { a href=(filter.action) { (w.t("filter-clear")) } }
                }
            }
            @if !filter.found.is_empty() { p.found role="status" { (filter.found) } }
        }
    }
}

/// One of several views of the same thing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tab<'a> {
    /// Where it is.
    pub href: &'a str,
    /// Its name.
    pub label: &'a str,
    /// How many it holds.
    pub count: Option<u64>,
    /// It is the one that is shown.
    pub here: bool,
}

/// Tabs: links between views that have an address of their own.
#[must_use]
pub fn tabs(label: &str, list: &[Tab<'_>]) -> Markup {
    html! {
        nav.tabs aria-label=(label) hx-boost="true" hx-swap=(STAY) {
            ul {
                @for tab in list {
                    li {
                        a href=(tab.href) aria-current=[tab.here.then_some("page")] {
                            (tab.label)
                            @if let Some(count) = tab.count { " " span.count { (crate::format::count(count)) } }
                        }
                    }
                }
            }
        }
    }
}

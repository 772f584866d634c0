//! A list of what is at a place: the same page for whatever is listed.

use ui::{
    Markup, Words, html,
    parts::{Card, Head, cards, empty, head, pager},
};

use crate::Place;

/// A page of what is at a place, or anywhere.
pub struct Listing<'a> {
    /// The list's address, as `/halls`.
    pub at: &'a str,
    /// What is listed.
    pub title: &'a str,
    /// One sentence about it.
    pub lead: &'a str,
    /// What is said where there is nothing, and what to do then; the second may be empty.
    pub none: (&'a str, &'a str),
    /// Whose list; none lists everywhere.
    pub place: Option<&'a Place>,
    /// What the reader may begin here.
    pub acts: &'a [Markup],
    /// This page's entries.
    pub rows: &'a [Card<'a>],
    /// The parameter that turns pages, and its value; empty on the first page.
    pub behind: (&'a str, &'a str),
    /// The last entry's id, where more may follow.
    pub last: Option<String>,
}

impl Listing<'_> {
    /// The page's content.
    #[must_use]
    pub fn shown(&self, w: Words) -> Markup {
        let place = self.place.map_or("", |place| place.id.as_str());
        let first = format!("{}?place={place}", self.at);
        let next = self.last.as_ref().map(|last| format!("{first}&{}={last}", self.behind.0));
        let begun = !self.behind.1.is_empty();
        let whose: Vec<Markup> =
            self.place.iter().map(|place| html! { a href={ "/places/" (place.id) } { (place.shown) } }).collect();
        html! {
            (head(&Head { kicker: &whose, title: self.title, lead: self.lead, acts: self.acts }))
            @if self.rows.is_empty() { (empty(if begun { w.t("list-end") } else { self.none.0 }, self.none.1, None)) }
            @else { (cards(self.rows)) }
            (pager(w, begun.then_some(first.as_str()), next.as_deref()))
        }
    }
}

//! Lists of matters, tables, pairs, paging.

use maud::{Markup, html};

use crate::words::Words;

/// One entry of a list: an idea, a project, a season.
#[derive(Debug)]
pub struct Card<'a> {
    /// Its name; any length.
    pub title: &'a str,
    /// Its page.
    pub href: &'a str,
    /// Its state, made with [`super::tag`]; may be empty.
    pub tag: Markup,
    /// Small facts: who, where, when, how much.
    pub meta: &'a [Markup],
    /// The first sentences; may be empty.
    pub excerpt: &'a str,
}

/// Entries under one another, divided by lines.
#[must_use]
pub fn cards(list: &[Card<'_>]) -> Markup {
    html! {
        ul.cards {
            @for card in list {
                li {
                    h3 { a href=(card.href) { (card.title) } @if !card.tag.0.is_empty() { (card.tag) } }
                    @if !card.excerpt.is_empty() { p.excerpt { (card.excerpt) } }
                    @if !card.meta.is_empty() { p.meta { @for fact in card.meta { span { (fact) } } } }
                }
            }
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// Its heading.
    pub label: &'a str,
    /// Numbers stand at the right with figures of one width.
    pub numeric: bool,
}

impl<'a> Column<'a> {
    /// A column of words.
    #[must_use]
    pub const fn text(label: &'a str) -> Column<'a> {
        Column { label, numeric: false }
    }

    /// A column of numbers.
    #[must_use]
    pub const fn number(label: &'a str) -> Column<'a> {
        Column { label, numeric: true }
    }
}

/// A table.
#[derive(Debug)]
pub struct Table<'a> {
    /// Unique on the page: letters, digits and `-`.
    pub id: &'a str,
    /// What the table shows.
    pub caption: &'a str,
    /// The columns; the first one heads each row.
    pub columns: &'a [Column<'a>],
    /// Cells in the order of the columns.
    pub rows: &'a [Vec<Markup>],
}

/// A table in a container that scrolls sideways, also with the keyboard.
#[must_use]
pub fn table(w: Words, table: &Table<'_>) -> Markup {
    html! {
        @if table.columns.len() > 3 { p.swipe { (w.t("table-scroll")) } }
        div.scroll role="region" tabindex="0" aria-labelledby=(table.id) {
            table {
                caption id=(table.id) { span { (table.caption) } }
                thead {
                    tr {
                        @for column in table.columns {
                            th scope="col" class=[column.numeric.then_some("n")] { (column.label) }
                        }
                    }
                }
                tbody {
                    @for row in table.rows {
                        tr {
                            @for (at, (cell, column)) in row.iter().zip(table.columns).enumerate() {
                                @if at == 0 {
                                    th scope="row" class=[column.numeric.then_some("n")] { (cell) }
                                } @else {
                                    td class=[column.numeric.then_some("n")] { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Terms and what belongs to them: cost, place, number, state.
#[must_use]
pub fn pairs(list: &[(&str, Markup)]) -> Markup {
    html! {
        dl.pairs { @for (term, value) in list { div { dt { (term) } dd { (value) } } } }
    }
}

/// Links to the page before and the page after (keyset paging); nothing when there is neither.
#[must_use]
pub fn pager(w: Words, previous: Option<&str>, next: Option<&str>) -> Markup {
    html! {
        @if previous.is_some() || next.is_some() {
            nav.pager aria-label=(w.t("pager-label")) hx-boost="true" {
                @if let Some(href) = previous { a.btn href=(href) rel="prev" { "← " (w.t("pager-previous")) } }
                @if let Some(href) = next { a.btn.next href=(href) rel="next" { (w.t("pager-next")) " →" } }
            }
        }
    }
}

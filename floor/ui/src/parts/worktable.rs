//! Tables for those who work with many rows: sorted by links, picked with boxes, cards on a phone.

use maud::{Markup, html};

use crate::words::Words;

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The rows are not sorted by it.
    #[default]
    None,
    /// Smallest, earliest or first letter above.
    Up,
    /// Largest or latest above.
    Down,
}

/// A column.
#[derive(Clone, Copy, Debug, Default)]
pub struct WorkColumn<'a> {
    /// Its heading.
    pub label: &'a str,
    /// Numbers stand at the right.
    pub numeric: bool,
    /// Where the rows are sorted by it (the other way round when they are); `None` where they cannot be.
    pub sort: Option<&'a str>,
    /// How it is sorted now.
    pub order: Order,
}

impl<'a> WorkColumn<'a> {
    /// A column that is not sorted.
    #[must_use]
    pub const fn plain(label: &'a str) -> WorkColumn<'a> {
        WorkColumn { label, numeric: false, sort: None, order: Order::None }
    }
}

/// A row.
#[derive(Debug)]
pub struct WorkRow<'a> {
    /// What its box sends as `pick`; used when the table has [`WorkTable::pick`].
    pub key: &'a str,
    /// Its name for the box: "pick this one".
    pub name: &'a str,
    /// The box is ticked.
    pub picked: bool,
    /// Cells in the order of the columns; the first one heads the row.
    pub cells: Vec<Markup>,
}

/// A table for work.
#[derive(Debug)]
pub struct WorkTable<'a> {
    /// Unique on the page: letters, digits and `-`.
    pub id: &'a str,
    /// What it shows.
    pub caption: &'a str,
    /// The columns.
    pub columns: &'a [WorkColumn<'a>],
    /// The rows of this page, already sorted.
    pub rows: &'a [WorkRow<'a>],
    /// The id of the form that takes the picked rows (as many `pick=<key>` as there are); `None` leaves the boxes out.
    pub pick: Option<&'a str>,
}

/// The table: dense on a desk, a card for each row on a phone. Sorting is a link, so that it can be kept and shared.
/// Buttons for picked rows stand in their own form beside it ([`super::pick_form`]).
#[must_use]
pub fn worktable(w: Words, table: &WorkTable<'_>) -> Markup {
    html! {
        div.scroll.work role="region" tabindex="0" aria-labelledby=(table.id) {
            table {
                caption id=(table.id) { span { (table.caption) } }
                thead hx-boost="true" hx-swap="innerHTML show:none" {
                    tr {
                        @if table.pick.is_some() { td.pick { span.unseen { (w.t("pick-column")) } } }
                        @for column in table.columns { (heading(w, column)) }
                    }
                }
                tbody {
                    @for row in table.rows { (work_row(w, table, row)) }
                }
            }
        }
    }
}

fn heading(w: Words, column: &WorkColumn<'_>) -> Markup {
    let (sorted, mark, word) = match column.order {
        Order::None => (None, "", ""),
        Order::Up => (Some("ascending"), "↑", w.t("sort-up")),
        Order::Down => (Some("descending"), "↓", w.t("sort-down")),
    };
    html! {
        th scope="col" class=[column.numeric.then_some("n")] aria-sort=[sorted] {
            @if let Some(href) = column.sort {
                a href=(href) { (column.label) span.mark aria-hidden="true" { (mark) } span.unseen { " " (word) } }
            } @else { (column.label) }
        }
    }
}

fn work_row(w: Words, table: &WorkTable<'_>, row: &WorkRow<'_>) -> Markup {
    html! {
        tr {
            @if let Some(form) = table.pick {
                td.pick {
                    label {
                        input type="checkbox" name="pick" value=(row.key) form=(form) checked[row.picked];
                        span.unseen { (w.t_with("pick-row", &[("name", row.name.into())])) }
                    }
                }
            }
            @for (at, (cell, column)) in row.cells.iter().zip(table.columns).enumerate() {
                @if at == 0 {
                    th scope="row" class=[column.numeric.then_some("n")] { (cell) }
                } @else {
                    td class=[column.numeric.then_some("n")] data-label=(column.label) { (cell) }
                }
            }
        }
    }
}

/// The bar with the buttons for picked rows. `id` is the table's [`WorkTable::pick`]. The next page shows what would
/// happen before anything does.
#[must_use]
pub fn pick_form(w: Words, id: &str, action: &str, hidden: &[(&str, &str)], buttons: &[Markup]) -> Markup {
    html! {
        form.pick-bar id=(id) method="post" action=(action) {
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            span.soft { (w.t("pick-do")) }
            @for button in buttons { (button) }
        }
    }
}

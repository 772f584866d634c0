//! What is due: a day with its light, a list of things to do, and the board of places and months.
//!
//! Each light has a colour, a shape and a word, so that none of them is needed to understand the others.

use maud::{Markup, html};

use crate::format::{Civil, when};
use crate::words::Words;

/// How something stands against its day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Light {
    /// Red, a triangle: overdue, or missing.
    Late,
    /// Amber, a half disc: due soon.
    Soon,
    /// Green, a ring: in time.
    Fine,
    /// Green, a full disc: done.
    Done,
    /// Grey, a dot: not yet asked for.
    #[default]
    Idle,
}

impl Light {
    /// All of them, the most urgent first.
    pub const ALL: [Light; 5] = [Light::Late, Light::Soon, Light::Fine, Light::Done, Light::Idle];

    /// The light of something undone that is due in `left` days (negative: so many days ago) and is said to be soon
    /// within `soon` days.
    #[must_use]
    pub const fn of(left: i64, soon: i64) -> Light {
        if left < 0 {
            Light::Late
        } else if left <= soon {
            Light::Soon
        } else {
            Light::Fine
        }
    }

    pub(super) const fn class(self) -> &'static str {
        match self {
            Light::Late => "late",
            Light::Soon => "soon",
            Light::Fine => "fine",
            Light::Done => "done",
            Light::Idle => "idle",
        }
    }

    /// The word beside the colour.
    #[must_use]
    pub fn word(self, w: Words) -> &'static str {
        match self {
            Light::Late => w.t("state-late"),
            Light::Soon => w.t("state-due"),
            Light::Fine => w.t("light-fine"),
            Light::Done => w.t("state-done"),
            Light::Idle => w.t("state-next"),
        }
    }
}

/// A light with its word: `◐ 快到期`.
#[must_use]
pub fn light(w: Words, light: Light) -> Markup {
    light_saying(light, light.word(w))
}

/// A light with other words of the same meaning: a few of our own, for they stay on one line.
#[must_use]
pub fn light_saying(light: Light, text: &str) -> Markup {
    html! { span class={ "light " (light.class()) } { (text) } }
}

/// The day by which something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    /// The last day.
    pub day: Civil,
    /// The day on which the page is read.
    pub today: Civil,
    /// A time of that day such as `17:00`; may be empty.
    pub time: &'a str,
    /// So many days before, it is said to be soon.
    pub soon: u16,
    /// The holidays of that year are not yet known, so that the day may still move.
    pub provisional: bool,
    /// It is done; only the date is told.
    pub done: bool,
}

impl Due<'_> {
    /// Its light.
    #[must_use]
    pub fn light(&self) -> Light {
        if self.done { Light::Done } else { Light::of(self.day.days_after(self.today), i64::from(self.soon)) }
    }
}

/// A due day: the light, how long it is from today, and the date; "provisional" where the day may still move.
#[must_use]
pub fn due(w: Words, due: &Due<'_>) -> Markup {
    let date = due.day.short(w.locale());
    let text = if due.done { w.t("state-done").to_owned() } else { when(w, due.day, due.today) };
    html! {
        span class={ "due " (due.light().class()) } {
            (light_saying(due.light(), &text))
            " "
            time datetime=(due.day.iso()) {
                (date)
                @if !due.time.is_empty() { " " (due.time) }
            }
            @if due.provisional { " " span.provisional title=(w.t("due-provisional-why")) { (w.t("due-provisional")) } }
        }
    }
}

/// One thing that is due.
#[derive(Debug)]
pub struct DueRow<'a> {
    /// When.
    pub due: Due<'a>,
    /// What is to be done, as a sentence about the matter.
    pub title: &'a str,
    /// Where it is done.
    pub href: &'a str,
    /// Who does it: text, or [`super::person`] and [`super::org`].
    pub who: Markup,
    /// By which rule, in a few words; may be empty.
    pub basis: &'a str,
    /// A button that does it; may be empty.
    pub act: Markup,
}

/// Things to do, in the caller's order (overdue first). The caller shows [`super::empty`] when there are none.
#[must_use]
pub fn due_list(w: Words, rows: &[DueRow<'_>]) -> Markup {
    html! {
        ul.due-list {
            @for row in rows {
                li class=(row.due.light().class()) {
                    (due(w, &row.due))
                    div {
                        a.what href=(row.href) { (row.title) }
                        p.meta {
                            span { (row.who) }
                            @if !row.basis.is_empty() { span { (w.t_with("due-basis", &[("basis", row.basis.into())])) } }
                        }
                    }
                    @if !row.act.0.is_empty() { div.do { (row.act) } }
                }
            }
        }
    }
}

/// One month of one place on the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// How it stands.
    pub light: Light,
    /// One or two characters inside: a number, 缺, 今; may be empty.
    pub mark: &'a str,
    /// The cell as a sentence, such as `5月：没有开议事会`; for those who cannot see it, and when it is pointed at.
    pub label: &'a str,
    /// The records behind it.
    pub href: Option<&'a str>,
}

/// One place on the board.
#[derive(Debug)]
pub struct BoardRow<'a> {
    /// The place.
    pub name: &'a str,
    /// Its page.
    pub href: &'a str,
    /// As many cells as the board has months.
    pub cells: &'a [Cell<'a>],
    /// What the row comes to: already formatted, as many as the board has [`Board::sums`].
    pub sums: &'a [Markup],
}

/// The board of places and months.
#[derive(Debug)]
pub struct Board<'a> {
    /// Unique on the page: letters, digits and `-`.
    pub id: &'a str,
    /// What it shows.
    pub caption: &'a str,
    /// Heading of the first column.
    pub place: &'a str,
    /// Headings of the months (or weeks, or topics).
    pub months: &'a [&'a str],
    /// Headings of the last columns.
    pub sums: &'a [&'a str],
    /// The places.
    pub rows: &'a [BoardRow<'a>],
}

/// A table whose cells are lights; scrolls sideways with the names staying in sight. The legend says what each shape
/// means.
#[must_use]
pub fn board(w: Words, board: &Board<'_>) -> Markup {
    html! {
        div.scroll role="region" tabindex="0" aria-labelledby=(board.id) {
            table.board {
                caption id=(board.id) { span { (board.caption) } }
                thead {
                    tr {
                        th scope="col" { (board.place) }
                        @for month in board.months { th.m scope="col" { (month) } }
                        @for sum in board.sums { th.n scope="col" { (sum) } }
                    }
                }
                tbody {
                    @for row in board.rows {
                        tr {
                            th scope="row" { a href=(row.href) { (row.name) } }
                            @for cell in row.cells { td.m { (board_cell(w, cell)) } }
                            @for sum in row.sums { td.n { (sum) } }
                        }
                    }
                }
            }
        }
        p.legend {
            @for each in Light::ALL { (light(w, each)) }
        }
    }
}

fn board_cell(w: Words, cell: &Cell<'_>) -> Markup {
    let label = if cell.label.is_empty() { cell.light.word(w) } else { cell.label };
    let inside = html! {
        span aria-hidden="true" { (cell.mark) }
        span.unseen { (label) }
    };
    html! {
        @if let Some(href) = cell.href {
            a class={ "cell " (cell.light.class()) } href=(href) title=(label) { (inside) }
        } @else {
            span class={ "cell " (cell.light.class()) } title=(label) { (inside) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lights_change_at_midnight() {
        for (left, soon, want) in [
            (-1, 3, Light::Late),
            (0, 0, Light::Soon),
            (3, 3, Light::Soon),
            (4, 3, Light::Fine),
            (i64::MIN, i64::MAX, Light::Late),
        ] {
            assert_eq!(Light::of(left, soon), want, "{left} {soon}");
        }
    }
}

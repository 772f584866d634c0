//! Numbers to look at. Lengths are SVG attributes in hundredths of a percent, computed in integers.

use maud::{Markup, html};

use crate::format::Money;
use crate::words::Words;

/// A number that leads to its records.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figure<'a> {
    /// What is counted.
    pub label: &'a str,
    /// The number, already formatted.
    pub value: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// The records behind it.
    pub href: Option<&'a str>,
    /// A few words under it; may be empty.
    pub note: &'a str,
}

/// Figures side by side, two in a row on a phone.
#[must_use]
pub fn figures(list: &[Figure<'_>]) -> Markup {
    html! {
        dl.figures {
            @for figure in list {
                div {
                    dt { (figure.label) }
                    dd {
                        @if let Some(href) = figure.href { a href=(href) { (figure.value) } } @else { (figure.value) }
                        @if !figure.unit.is_empty() { " " small { (figure.unit) } }
                        @if !figure.note.is_empty() { small.note { (figure.note) } }
                    }
                }
            }
        }
    }
}

/// One row of a result.
#[derive(Debug)]
pub struct Bar<'a> {
    /// The project's name; any length.
    pub name: &'a str,
    /// The project's page.
    pub href: Option<&'a str>,
    /// What the bar measures and costs, formatted: `1,204 票 · 2.6 万元`.
    pub measure: &'a str,
    /// The length of the bar: `part` of `whole`. More than `whole` is drawn as all of it, a `whole` of 0 as nothing.
    pub part: u64,
    /// What a full bar stands for: the most votes of any row.
    pub whole: u64,
    /// A lost row is hatched and tagged.
    pub won: bool,
    /// Why: one or more sentences; may be empty.
    pub why: Markup,
}

/// The rows of a result in the caller's order. The numbers stand beside the bars as text, so that the picture adds
/// nothing that cannot be read.
#[must_use]
pub fn bars(w: Words, rows: &[Bar<'_>]) -> Markup {
    html! {
        ol.bars {
            @for row in rows {
                li class=(if row.won { "won" } else { "lost" }) {
                    span.name {
                        @if let Some(href) = row.href { a href=(href) { (row.name) } } @else { (row.name) }
                        @if !row.won { " " span.tag { (w.t("result-not-chosen")) } }
                    }
                    span.measure { (row.measure) }
                    (track(row))
                    @if !row.why.0.is_empty() { div.why { (row.why) } }
                }
            }
        }
    }
}

fn track(row: &Bar<'_>) -> Markup {
    let length = percent_length(row.part, row.whole);
    html! {
        svg.track aria-hidden="true" focusable="false" width="100%" height="12" {
            rect.ground width="100%" height="12" {}
            @if row.won {
                rect.fill width=(length) height="12" {}
            } @else if row.part > 0 {
                g transform="translate(6 0) skewX(-45)" { line.hatch x1="-20" y1="6" x2=(length) y2="6" {} }
            }
        }
    }
}

/// What of a budget is spent, as a sentence and a bar. Amounts below 0 count as 0; spending over the budget is said
/// and drawn.
#[must_use]
pub fn budget(w: Words, total: Money<'_>, spent: Money<'_>) -> Markup {
    let locale = w.locale();
    let (whole, part) = (total.minor.max(0), spent.minor.max(0));
    let rest = Money { minor: whole.abs_diff(part).try_into().unwrap_or(i64::MAX), ..total };
    let (key, name) = if part > whole { ("budget-over", "over") } else { ("budget-line", "left") };
    let (total_text, spent_text, rest_text) = (total.short(locale), spent.short(locale), rest.short(locale));
    let line = w.t_with(
        key,
        &[
            ("budget", total_text.as_str().into()),
            ("spent", spent_text.as_str().into()),
            (name, rest_text.as_str().into()),
        ],
    );
    let (whole, part) = (whole.unsigned_abs(), part.unsigned_abs());
    html! {
        div.budget.tight {
            p { (line) }
            svg.track aria-hidden="true" focusable="false" width="100%" height="18" {
                @if part > whole {
                    rect.over width="100%" height="18" {}
                    rect.fill width=(percent_length(whole, part)) height="18" {}
                    line.mark x1=(percent_length(whole, part)) x2=(percent_length(whole, part)) y1="0" y2="18" {}
                } @else {
                    rect.ground width="100%" height="18" {}
                    rect.fill width=(percent_length(part, whole)) height="18" {}
                }
            }
        }
    }
}

/// One number of a chart.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChartRow<'a> {
    /// What is counted: a place, a month.
    pub label: &'a str,
    /// Its number, which makes the length of the bar.
    pub value: u64,
    /// The number as it is printed, with its unit.
    pub text: &'a str,
    /// The records behind it.
    pub href: Option<&'a str>,
}

/// Numbers of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Chart<'a> {
    /// Unique on the page: letters, digits and `-`.
    pub id: &'a str,
    /// What it shows, with the unit and the time.
    pub caption: &'a str,
    /// Heading of the labels, for the data table.
    pub label: &'a str,
    /// Heading of the numbers, for the data table.
    pub value: &'a str,
    /// The numbers, in the caller's order; at most 60 are a picture.
    pub rows: &'a [ChartRow<'a>],
}

/// Bars beside their names; the table is the picture. For comparing places, kinds, people.
#[must_use]
pub fn chart(chart: &Chart<'_>) -> Markup {
    let whole = chart.rows.iter().map(|row| row.value).max().unwrap_or(0);
    html! {
        table.chart {
            caption id=(chart.id) { (chart.caption) }
            colgroup { col; col; }
            thead.unseen { tr { th scope="col" { (chart.label) } th scope="col" { (chart.value) } } }
            tbody {
                @for row in chart.rows {
                    tr {
                        th scope="row" {
                            @if let Some(href) = row.href { a href=(href) { (row.label) } } @else { (row.label) }
                        }
                        td {
                            span.num { (row.text) }
                            svg.track aria-hidden="true" focusable="false" width="100%" height="12" {
                                rect.ground width="100%" height="12" {}
                                rect.fill width=(percent_length(row.value, whole)) height="12" {}
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Columns side by side for numbers over time, with the numbers as a table folded under them.
#[must_use]
pub fn columns(w: Words, chart: &Chart<'_>) -> Markup {
    let whole = chart.rows.iter().map(|row| row.value).max().unwrap_or(0);
    let most = chart.rows.iter().find(|row| row.value == whole).map_or("", |row| row.text);
    let (first, last) = (chart.rows.first().map_or("", |row| row.label), chart.rows.last().map_or("", |row| row.label));
    let width = chart.rows.len().max(1) * 10;
    html! {
        figure.columns aria-labelledby=(chart.id) {
            figcaption id=(chart.id) { (chart.caption) }
            p.most aria-hidden="true" { (most) }
            svg aria-hidden="true" focusable="false" viewBox={ "0 0 " (width) " 100" } preserveAspectRatio="none" {
                @for (at, row) in chart.rows.iter().enumerate() {
                    @let height = height(row.value, whole);
                    rect.fill x=(at * 10 + 1) width="8" y=(100 - height) height=(height) {}
                }
            }
            p.ends aria-hidden="true" { span { (first) } span { (last) } }
            (super::fold(w.t("chart-table"), &html! {
                table {
                    thead { tr { th scope="col" { (chart.label) } th.n scope="col" { (chart.value) } } }
                    tbody {
                        @for row in chart.rows {
                            tr {
                                th scope="row" {
                                    @if let Some(href) = row.href { a href=(href) { (row.label) } } @else { (row.label) }
                                }
                                td.n { (row.text) }
                            }
                        }
                    }
                }
            }))
        }
    }
}

/// Of 100; something is never drawn as nothing.
fn height(value: u64, whole: u64) -> u64 {
    if whole == 0 || value == 0 {
        return 0;
    }
    u64::try_from(u128::from(value) * 100 / u128::from(whole)).unwrap_or(100).clamp(1, 100)
}

/// `part` of `whole` as an SVG length, rounded down to 0.01%, never over 100%; something is never drawn as nothing.
fn percent_length(part: u64, whole: u64) -> String {
    if whole == 0 || part == 0 {
        return "0%".to_owned();
    }
    let length = (u128::from(part.min(whole)) * 10_000 / u128::from(whole)).max(20);
    format!("{}.{:02}%", length / 100, length % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_bounded() {
        for (part, whole, want) in [
            (0, 0, "0%"),
            (5, 0, "0%"),
            (1, 3, "33.33%"),
            (3, 3, "100.00%"),
            (4, 3, "100.00%"),
            (1, u64::MAX, "0.20%"),
            (u64::MAX, u64::MAX, "100.00%"),
        ] {
            assert_eq!(percent_length(part, whole), want);
        }
    }
}

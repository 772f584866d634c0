//! Numbers, charts, lists, tables.

use maud::{Markup, html};

use super::{TODAY, s};
use crate::format::{Civil, Count, Money, count};
use crate::parts::{
    Bar, Card, Chart, ChartRow, Choice, Column, Due, Field, Figure, Filter, Input, Order, Table, Tone, Weight,
    WorkColumn, WorkRow, WorkTable, bars, budget, button, button_named, cards, chart, columns, due, figures, filter,
    pager, pairs, pick_form, select, table, tag, text, tokens, worktable,
};
use crate::words::Words;

pub(super) fn numbers(w: Words) -> Markup {
    let l = w.locale();
    let came = Count::cut(73_240, 1_000).attendances(w);
    let heads = Count::exact(23).people(w);
    let figure = |label, value, note| Figure { label: s(w, label), value, unit: "", href: Some("#numbers"), note };
    html! {
        (figures(&[
            figure("n-said", &heads, ""),
            figure("n-came", &came, ""),
            figure("n-solved", "91.4%", s(w, "n-note")),
            Figure { href: None, ..figure("n-days", &w.n("count-days", 53), "") },
        ]))
        (the_bars(w))
        (budget(w, Money::cny(5_000_000), Money::cny(4_800_000)))
        (budget(w, Money::cny(5_000_000), Money::cny(5_621_000)))
        (the_chart(w))
        (the_columns(w))
        p.small.soft { (Money::cny(2_600_000).short(l)) " · " (Money::cny(621_050).exact(l)) " · " (TODAY.full(l)) }
    }
}

fn the_bars(w: Words) -> Markup {
    let l = w.locale();
    let measure = |votes: u64, fen| format!("{} · {}", w.n("count-votes", votes), Money::cny(fen).short(l));
    let rows = [
        ("matter", measure(1_204, 4_800_000), 1_204, true),
        ("long-name", measure(938, 2_600_000), 938, true),
        ("d4", measure(611, 1_900_000), 611, false),
        ("photo2", measure(0, 300_000), 0, false),
    ];
    let rows: Vec<Bar<'_>> = rows
        .iter()
        .map(|(name, measure, votes, won)| Bar {
            name: s(w, name),
            href: Some("#numbers"),
            measure,
            part: *votes,
            whole: 1_204,
            won: *won,
            why: html! {},
        })
        .collect();
    bars(w, &rows)
}

fn the_chart(w: Words) -> Markup {
    let rows = [("community", 118_u64), ("community2", 61), ("community3", 35), ("long-name", 1), ("street", 0)];
    let texts = rows.map(|(_, n)| w.n("count-matters", n));
    let rows: Vec<ChartRow<'_>> = rows
        .iter()
        .zip(&texts)
        .map(|((key, n), text)| ChartRow { label: s(w, key), value: *n, text, href: Some("#numbers") })
        .collect();
    chart(&Chart {
        id: "by-place",
        caption: s(w, "chart"),
        label: s(w, "t-place"),
        value: s(w, "chart-value"),
        rows: &rows,
    })
}

fn the_columns(w: Words) -> Markup {
    let values = [312_u64, 298, 341, 280, 255, 244, 0, 190, 214];
    let texts: Vec<(String, String)> =
        (1_u8..).zip(values).map(|(month, n)| (w.n("sg-month-n", month), count(n))).collect();
    let rows: Vec<ChartRow<'_>> =
        texts.iter().zip(values).map(|((label, text), value)| ChartRow { label, value, text, href: None }).collect();
    columns(
        w,
        &Chart {
            id: "by-month",
            caption: s(w, "trend"),
            label: s(w, "month"),
            value: s(w, "chart-value"),
            rows: &rows,
        },
    )
}

pub(super) fn tables(w: Words) -> Markup {
    let fact = |key| html! { (s(w, key)) };
    html! {
        (the_filter(w))
        (the_worktable(w))
        (pick_form(w, "picked", "/styleguide", &tokens("0a1b", "2c3d"), &[
            button(Weight::Plain, s(w, "t-assign")),
            button_named(Weight::Plain, "do", "export", s(w, "t-export")),
        ]))
        (pager(w, Some("#tables"), Some("#tables")))
        (cards(&[
            Card { title: s(w, "matter"), href: "#tables", tag: tag(Tone::Ok, w.t("state-done")),
                meta: &[fact("community"), fact("person1")], excerpt: s(w, "e1-text") },
            Card { title: s(w, "long-name"), href: "#tables", tag: tag(Tone::Due, w.t("state-due")),
                meta: &[fact("community2")], excerpt: "" },
        ]))
        (the_table(w))
        (pairs(&[
            (s(w, "t-place"), fact("community")),
            (s(w, "t-who"), fact("person-long")),
            (s(w, "t-cost"), html! { (Money::cny(4_800_000).short(w.locale())) }),
        ]))
    }
}

fn the_filter(w: Words) -> Markup {
    let search = text(w, &Field { name: "q", label: s(w, "t-search"), ..Field::default() }, Input::Search, Some(60));
    let place = Field { name: "where", label: s(w, "t-place"), value: "1", ..Field::default() };
    let places = [
        Choice { value: "1", label: s(w, "community"), more: "" },
        Choice { value: "2", label: s(w, "community2"), more: "" },
    ];
    filter(
        w,
        &Filter {
            action: "/styleguide",
            label: "",
            fields: &[search, select(w, &place, &places)],
            on: &[(s(w, "community"), "#tables"), (s(w, "tab-late"), "#tables")],
            found: s(w, "t-found"),
        },
    )
}

fn the_worktable(w: Words) -> Markup {
    let l = w.locale();
    let day = |day, done| due(w, &Due { day, today: TODAY, time: "", soon: 1, provisional: false, done });
    let row = |key, title, place, who, due, fen, picked| WorkRow {
        key,
        name: s(w, title),
        picked,
        cells: vec![
            html! { a href="#tables" { (s(w, title)) } },
            html! { (s(w, place)) },
            html! { (s(w, who)) },
            due,
            html! { (Money::cny(fen).short(l)) },
        ],
    };
    let sorted =
        |label, order| WorkColumn { label: s(w, label), sort: Some("#tables"), order, ..WorkColumn::default() };
    let at = |day| Civil::new(2026, 9, day);
    worktable(
        w,
        &WorkTable {
            id: "open",
            caption: s(w, "t-caption"),
            columns: &[
                WorkColumn::plain(s(w, "t-matter")),
                sorted("t-place", Order::None),
                WorkColumn::plain(s(w, "t-who")),
                sorted("t-due", Order::Up),
                WorkColumn { numeric: true, ..sorted("t-cost", Order::None) },
            ],
            rows: &[
                row("1", "d2", "community3", "person2", day(at(16), false), 62_100, true),
                row("2", "long-name", "community", "person-long", day(at(18), false), 4_800_000, false),
                row("3", "d4", "community2", "person3", day(at(15), true), 0, false),
            ],
            pick: Some("picked"),
        },
    )
}

fn the_table(w: Words) -> Markup {
    let l = w.locale();
    let row = |name, place, fen, days: i64| {
        vec![
            html! { a href="#tables" { (s(w, name)) } },
            html! { (s(w, place)) },
            html! { (Money::cny(fen).exact(l)) },
            html! { (w.n("count-days", days)) },
        ]
    };
    table(
        w,
        &Table {
            id: "done",
            caption: s(w, "n-solved"),
            columns: &[
                Column::text(s(w, "t-matter")),
                Column::text(s(w, "t-place")),
                Column::number(s(w, "t-cost")),
                Column::number(s(w, "n-days")),
            ],
            rows: &[row("matter", "community", 4_800_000, 53), row("d1", "community3", 0, 1)],
        },
    )
}

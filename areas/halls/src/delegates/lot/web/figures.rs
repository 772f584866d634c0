//! Chances and quotas as everybody sees them: no number of the pool with its features.

use sortition::Chance;
use ui::{
    Markup, Words, html,
    parts::{Bar, Column, Figure, Table, bars, figures, proof, table},
};

use super::super::{Found, Lot, Volunteer, solve::billionths};

/// Kinds of fewer people are told together: who volunteered is nobody's business.
const TOGETHER: u32 = 3;

/// A chance in percent, to the nearest hundredth: what is all but a tenth is the tenth that others have.
pub(super) fn percent(chance: Chance) -> String {
    let hundredths = (billionths(chance) + 50_000) / 100_000;
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

/// From the lowest to the highest, or the one that all have.
fn range(lowest: Chance, highest: Chance) -> String {
    let (low, high) = (percent(lowest), percent(highest));
    if low == high { low } else { format!("{low} – {high}") }
}

/// The figures of a lottery.
pub(super) fn lottery(w: Words, lot: &Lot, found: &Found) -> Markup {
    // of whom it was reckoned: a check comes before the pool is frozen
    let people = found.kinds.iter().map(|kind| kind.people).sum::<u32>().to_string();
    let panels = lot.panels.to_string();
    let (low, high) = (percent(found.lowest), percent(found.highest));
    let gini = format!("{}.{:04}", found.gini / 10_000, found.gini % 10_000);
    let error = format!("{}.{:02}", found.error / 100, found.error % 100);
    let of = |label, value, note| Figure { label: w.t(label), value, note, ..Figure::default() };
    html! {
        (figures(&[
            of("lot-figure-people", people.as_str(), ""),
            of("lot-figure-panels", &panels, ""),
            of("lot-figure-lowest", &low, ""),
            of("lot-figure-highest", &high, ""),
            of("lot-figure-gini", &gini, w.t("lot-figure-gini-note")),
            of("lot-figure-error", &error, w.t("lot-figure-error-note")),
        ]))
        @if !lot.digest.is_empty() { (proof(w, w.t("lot-digest"), &lot.digest)) }
    }
}

/// Chances by kinds of people; kinds of fewer than three are told together.
pub(super) fn kinds(w: Words, found: &Found) -> Markup {
    let (many, few): (Vec<_>, Vec<_>) = found.kinds.iter().partition(|kind| kind.people >= TOGETHER);
    let mut named: Vec<(String, u32, Chance, Chance)> =
        many.iter().map(|kind| (kind.features.join(" · "), kind.people, kind.lowest, kind.highest)).collect();
    let lowest = few.iter().map(|kind| kind.lowest).min();
    let highest = few.iter().map(|kind| kind.highest).max();
    if let (Some(lowest), Some(highest)) = (lowest, highest) {
        named.push((w.t("lot-kinds-few").to_owned(), few.iter().map(|kind| kind.people).sum(), lowest, highest));
    }
    let told: Vec<String> = (named.iter())
        .map(|(_, people, lowest, highest)| format!("{} · {}", range(*lowest, *highest), w.n("lot-people-n", *people)))
        .collect();
    let whole = billionths(found.highest);
    let list: Vec<Bar<'_>> = (named.iter().zip(&told))
        .map(|((name, _, lowest, _), measure)| Bar {
            name,
            href: None,
            measure,
            part: billionths(*lowest),
            whole,
            won: true,
            why: html! {},
        })
        .collect();
    bars(w, &list)
}

/// The quotas, with how many of the pool have each feature where the office asks, and with the panel once it is drawn.
pub(super) fn quotas(w: Words, lot: &Lot, (pool, panel): (Option<&[Volunteer]>, Option<&[Volunteer]>)) -> Markup {
    let mut rows = Vec::new();
    for (at, category) in lot.quotas.categories().iter().enumerate() {
        for value in &category.features {
            let has = |one: &&Volunteer| one.features.get(at) == Some(&value.name);
            let mut row = vec![html! { (category.name) "：" (value.name) }, html! { (value.min) " – " (value.max) }];
            for people in [pool, panel].into_iter().flatten() {
                row.push(html! { (people.iter().filter(has).count()) });
            }
            rows.push(row);
        }
    }
    let mut columns = vec![Column::text(w.t("lot-quota-of")), Column::number(w.t("lot-quota-bounds"))];
    columns.extend(pool.map(|_| Column::number(w.t("lot-quota-pool"))));
    columns.extend(panel.map(|_| Column::number(w.t("lot-quota-panel"))));
    table(w, &Table { id: "quotas", caption: w.t("lot-quotas"), columns: &columns, rows: &rows })
}

//! What the other sections leave out: one row and none, what is refused, what waits, words as people write them.

use kernel::{Kind, Refusal};
use maud::{Markup, html};

use super::{HASH, PICTURE, TODAY, s};
use crate::format::{Civil, Money};
use crate::parts::{
    Bar, Card, Chart, ChartRow, Column, Due, DueRow, File, Light, Photo, Table, Tone, Weight, acts, bars, budget,
    button_of, cards, chart, code, due_list, empty, files, fold, light, light_saying, pager, photos, prose, qr,
    section, sheet, table, tag, told,
};
use crate::words::Words;

pub(super) fn states(w: Words) -> Markup {
    html! {
        (section(s(w, "states-none"), &none(w)))
        (section(s(w, "states-one"), &one(w)))
        (section(s(w, "states-refused"), &refused(w)))
        (section(s(w, "states-written"), &written(w)))
    }
}

fn none(w: Words) -> Markup {
    let zero = [ChartRow { label: s(w, "community"), value: 0, text: &w.n("count-matters", 0), href: None }];
    html! {
        (empty(s(w, "none"), s(w, "none-hint"), Some(("#states", s(w, "none-act")))))
        (empty(w.t("list-end"), "", Some(("#states", w.t("list-first")))))
        (empty(s(w, "none"), "", None))
        (chart(&Chart { id: "none", caption: s(w, "chart"), label: s(w, "t-place"), value: s(w, "chart-value"), rows: &zero }))
        (budget(w, Money::cny(5_000_000), Money::cny(0)))
        (pager(w, None, None))
        (pager(w, None, Some("#states")))
        (pager(w, Some("#states"), None))
    }
}

fn one(w: Words) -> Markup {
    let day = Due { day: Civil::new(2026, 9, 18), today: TODAY, time: "", soon: 1, provisional: false, done: false };
    let due = DueRow {
        due: day,
        title: s(w, "d1"),
        href: "#states",
        who: html! { (s(w, "committee")) },
        basis: "",
        act: html! {},
    };
    let votes = w.n("count-votes", 1);
    let bar = Bar { name: s(w, "matter"), href: None, measure: &votes, part: 1, whole: 1, won: true, why: html! {} };
    let card = Card {
        title: s(w, "matter"),
        href: "#states",
        tag: tag(Tone::Plain, w.t("state-closed")),
        meta: &[],
        excerpt: "",
    };
    let photo = Photo { src: PICTURE, alt: s(w, "photo1"), href: None, caption: "" };
    let row = vec![html! { (s(w, "matter")) }, html! { (s(w, "community")) }];
    let columns = [Column::text(s(w, "t-matter")), Column::text(s(w, "t-place"))];
    html! {
        (due_list(w, &[due]))
        (bars(w, &[bar]))
        (cards(&[card]))
        (photos(&[photo]))
        (files(w, &[File { name: s(w, "file1"), href: Some("#states"), kind: "PDF", size: 1, note: "" }]))
        (table(w, &Table { id: "one", caption: s(w, "t-caption"), columns: &columns, rows: &[row] }))
    }
}

fn refused(w: Words) -> Markup {
    let limit = Refusal::new(Kind::LimitReached, "too-many-tries").with_int("minutes", 15);
    html! {
        (told(w, Some(&Refusal::new(Kind::Conflict, "changed-meanwhile"))))
        (told(w, Some(&limit)))
        @for state in [Light::Late, Light::Soon, Light::Fine, Light::Done, Light::Idle] { p { (light(w, state)) } }
        p { (light_saying(Light::Idle, w.t("state-closed"))) }
    }
}

fn written(w: Words) -> Markup {
    html! {
        (sheet(s(w, "long-name"), &html! {
            (prose(&format!("{}\n\n{}", s(w, "e1-text"), s(w, "e2-text"))))
            (fold(s(w, "c-title"), &html! { p { (s(w, "p-text")) } (code(&format!("linli verify {HASH}"))) }))
            (qr("https://linli.example/styleguide", w.t("share-qr")))
        }))
        form id="states-form" action="/styleguide" method="get" {}
        (acts(&[button_of(Weight::Plain, "states-form", s(w, "btn-long"))]))
    }
}

//! What the house says: messages, notices, papers, verdicts, problems.

use maud::{Markup, html};

use super::{HASH, TODAY, s};
use crate::format::Civil;
use crate::parts::{
    Chip, File, Posting, Receipt, Share, Tone, Verdict, cols, empty, files, flash, notice, org, paper, posting,
    problem, progress, proof, receipt, share, steps, verdict, waiting,
};
use crate::words::Words;

pub(super) fn said(w: Words) -> Markup {
    html! {
        @for (tone, key) in
            [(Tone::Ok, "m-ok"), (Tone::Due, "m-due"), (Tone::NeedsYou, "m-needs"), (Tone::Plain, "m-plain")]
        { (flash(tone, s(w, key))) }
        (notice(w, Tone::Ok, "", &html! { p { (s(w, "m-ok")) } }))
        (notice(w, Tone::Due, s(w, "m-title"), &html! { p { (s(w, "m-due")) } }))
        (notice(w, Tone::NeedsYou, "", &html! { p { (s(w, "m-needs")) } }))
        (notice(w, Tone::Plain, "", &html! { p { (s(w, "m-plain")) } }))
        (empty(s(w, "none"), s(w, "none-hint"), Some(("#said", s(w, "none-act")))))
        (waiting(w, s(w, "wait"), s(w, "wait-hint"), "#said"))
        (progress(w, s(w, "progress"), 1_204, 3_412))
        (progress(w, s(w, "long-name"), 3_412, 3_412))
    }
}

pub(super) fn postings(w: Words) -> Markup {
    let by = org(&Chip { name: s(w, "committee"), ..Chip::default() });
    let at = |month, day| Civil::new(2026, month, day);
    let one = |title, from, until, objections| Posting {
        title: s(w, title),
        href: "#postings",
        by: by.clone(),
        from,
        until,
        today: TODAY,
        provisional: false,
        objections,
        object_href: Some("#postings"),
        excerpt: s(w, "p-text"),
    };
    html! {
        (posting(w, &one("p-title", at(9, 14), at(9, 23), 2)))
        (posting(w, &one("long-name", at(9, 12), at(9, 18), 0)))
        (posting(w, &Posting { provisional: true, ..one("p-title", at(9, 21), at(10, 9), 0) }))
        (posting(w, &one("p-title", at(8, 1), at(8, 7), 1)))
    }
}

pub(super) fn papers(w: Words) -> Markup {
    let l = w.locale();
    let when = format!("{} 9:41", TODAY.full(l));
    let facts = [
        (s(w, "r-when"), html! { (when) }),
        (s(w, "r-what"), html! { (s(w, "matter")) }),
        (s(w, "r-answer"), html! { (Civil::new(2026, 9, 21).long(l)) }),
    ];
    let slip = receipt(
        w,
        &Receipt {
            title: s(w, "r-title"),
            number: "AW-2026-0037",
            issuer: s(w, "committee"),
            facts: &facts,
            url: "https://linli.example/r/AW-2026-0037",
            note: s(w, "r-note"),
        },
    );
    let row = |name, href, kind, size, note| File { name: s(w, name), href, kind, size, note };
    let group = share(
        w,
        &Share {
            id: "group",
            text: s(w, "share-text"),
            url: "https://linli.example/m/0037",
            picture: Some(("/share/qr.png?to=/styleguide", w.t("share-qr"))),
        },
    );
    html! {
        (cols(&group, &slip))
        (files(w, &[
            row("file1", Some("#papers"), "PDF", 182_340, ""),
            row("file2", Some("#papers"), "XLSX", 24_100, s(w, "person3")),
            row("long-name", Some("#papers"), "JPG", 3_204_991, ""),
            row("file3", None, "PDF", 90_000, s(w, "file3-note")),
        ]))
        (paper(s(w, "paper-title"), s(w, "committee"), &facts[..2], &html! { p { (s(w, "paper-text")) } }))
    }
}

pub(super) fn verdicts(w: Words) -> Markup {
    let number = |n: u8| html! { span.num { (n) } };
    let inputs =
        |came, yes| [(s(w, "v-should"), number(31)), (s(w, "v-came"), number(came)), (s(w, "v-for"), number(yes))];
    html! {
        @for (outcome, tone, because, came, yes) in [
            ("v-yes", Tone::Ok, "v-yes-text", 26, 22),
            ("v-no", Tone::Plain, "v-no-text", 26, 12),
            ("v-wait", Tone::Due, "v-wait-text", 18, 0),
        ] {
            (verdict(w, &Verdict {
                outcome: s(w, outcome),
                tone,
                because: s(w, because),
                rule: (s(w, "v-rule"), "#verdicts"),
                inputs: &inputs(came, yes),
                digest: HASH,
                compute: "#verdicts",
            }))
        }
        (proof(w, "", HASH))
        (steps(&[html! { (w.t("ledger-verify-step-download")) }, html! { (w.t("ledger-verify-step-compare")) }]))
    }
}

pub(super) fn problems(w: Words) -> Markup {
    html! {
        @for status in [400, 403, 404, 409, 413, 422, 429, 500, 503] { div.stack.specimen-page { (problem(w, status, None)) } }
    }
}

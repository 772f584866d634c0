//! The log's head and its newest entries.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::DbError;
use ledger::{
    entry::Leaf,
    read::{self, Entry, Head},
};
use serde::Deserialize;
use serde_json::Value;
use ui::{
    Markup, Words, format, html,
    parts::{
        self, Column, Table, Weight, code, cols, empty, fold, link_button, notice, pager, pairs, proof, sheet, steps,
        table,
    },
};
use web::{Problem, Rim, Section, Visit};

use super::{find, told};

/// Entries of a page.
const PAGE: u64 = 50;
/// Characters of a subject at most: longer than any id.
const MAX_SUBJECT: usize = 64;

#[derive(Deserialize)]
pub(super) struct Which {
    before: Option<u64>,
    about: Option<String>,
}

struct Facts {
    head: Option<Head>,
    entries: Vec<Entry>,
    about: Option<String>,
    before: Option<u64>,
}

/// `GET /ledger`: two statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let about = which.about.filter(|a| !a.is_empty() && a.len() <= MAX_SUBJECT);
    let before = which.before;
    let facts = rim
        .db
        .read(move |s| {
            let (head, from) = (read::head(s)?, before.unwrap_or(u64::MAX));
            let entries = match &about {
                Some(subject) => read::about(s, subject, from, PAGE + 1)?,
                None => read::newest(s, from, PAGE + 1)?,
            };
            Ok::<_, DbError>(Facts { head, entries, about: about.clone(), before })
        })
        .await?;
    let w = visit.words;
    Ok(visit.page(Section::Ledger, w.t("ledger-title"), &page(w, &facts)))
}

fn page(w: Words, facts: &Facts) -> Markup {
    html! {
        (parts::head(&parts::Head {
            title: w.t("ledger-title"),
            lead: w.t("ledger-lead"),
            acts: &[
                link_button(Weight::Plain, "/ledger/find", w.t("ledger-find-title")),
                link_button(Weight::Plain, "#at-home", w.t("ledger-verify-title")),
            ],
            ..Default::default()
        }))
        (cols(
            &html! { (entries(w, facts)) (at_home(w)) },
            &html! {
                @if let Some(head) = &facts.head { (sheet(w.t("ledger-checkpoint"), &checkpoint(w, head))) }
                (sheet(w.t("ledger-find-title"), &find::ask(w, "")))
                (sheet(w.t("ledger-what-title"), &html! { p { (w.t("ledger-what")) } p { (w.t("ledger-privacy")) } }))
            },
        ))
    }
}

fn entries(w: Words, facts: &Facts) -> Markup {
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let shown = facts.entries.get(..most).unwrap_or(&facts.entries);
    let here = facts.about.as_ref().map_or("/ledger".to_owned(), |about| format!("/ledger?about={about}"));
    let next = shown.last().filter(|_| facts.entries.len() > most).map(|last| {
        let join = if facts.about.is_some() { '&' } else { '?' };
        format!("{here}{join}before={}", last.seq)
    });
    let rows: Vec<Vec<Markup>> = shown.iter().map(|entry| row(w, entry)).collect();
    let columns = [
        Column::number(w.t("ledger-entry-number")),
        Column::text(w.t("ledger-entry-kind")),
        Column::text(w.t("ledger-entry-when")),
    ];
    let caption = w.t(if facts.about.is_some() { "ledger-about" } else { "ledger-entries" });
    html! {
        @if let Some(about) = &facts.about {
            (notice(w, parts::Tone::Plain, "", &html! {
                p { (w.t_with("ledger-about-note", &[("subject", about.into())])) }
                p { a href="/ledger" { (w.t("ledger-all")) } }
            }))
        }
        @if rows.is_empty() {
            (empty(w.t("ledger-empty"), "", facts.before.map(|_| (here.as_str(), w.t("list-first")))))
        } @else {
            (table(w, &Table { id: "entries", caption, columns: &columns, rows: &rows }))
        }
        (pager(w, facts.before.map(|_| here.as_str()), next.as_deref()))
    }
}

fn row(w: Words, entry: &Entry) -> Vec<Markup> {
    let leaf: Option<Leaf<Value>> = serde_json::from_slice(&entry.leaf).ok();
    let told = leaf.as_ref().and_then(|leaf| told::sentence(w, leaf));
    let day = leaf.as_ref().and_then(|leaf| kernel::Day::parse(leaf.day.as_deref()?));
    vec![
        html! { a href={ "/ledger/entries/" (entry.seq) } { (entry.seq) } },
        html! { (told.unwrap_or_else(|| told::kind(w, &entry.kind).to_owned())) },
        html! { @if let Some(day) = &day { time.num datetime=(day) { (day) } } @else { (w.t("ledger-no-day")) } },
    ]
}

fn checkpoint(w: Words, head: &Head) -> Markup {
    let origin = head.checkpoint.lines().next().unwrap_or("");
    html! {
        (pairs(&[
            (w.t("ledger-size"), html! { span.num { (format::count(head.size)) } }),
            (w.t("ledger-origin"), html! { (origin) }),
        ]))
        @if let Some(root) = head.root() { (proof(w, w.t("ledger-root"), &root.to_string())) }
        p { (w.t("ledger-signed")) }
        p.small.soft { (w.t("ledger-checkpoint-explain")) }
        (fold(w.t("ledger-checkpoint-text"), &code(&head.checkpoint)))
        p.small.soft { (w.t("ledger-key")) }
        (code(&head.vkey))
        ul.links {
            li { a href="/checkpoint" { (w.t("ledger-file-checkpoint")) } }
            li { a href="/ledger/key" { (w.t("ledger-file-key")) } }
        }
    }
}

fn at_home(w: Words) -> Markup {
    html! {
        section.stack #at-home {
            h2 { (w.t("ledger-verify-title")) }
            p { (w.t("ledger-verify-lead")) }
            (steps(&[
                html! { p { (w.t("verdict-step-export")) } (code("linli export --out export")) },
                html! { a href="/ledger/key" { (w.t("verdict-step-key")) } },
                html! {
                    p { (w.t("ledger-verify-step-run")) }
                    (code("linli verify export --key key.txt"))
                    p { (w.t("ledger-verify-step-compare")) }
                },
                html! { p { (w.t("ledger-verify-step-witness")) } },
            ]))
            p.small.soft { (w.t("ledger-tiles")) }
        }
    }
}

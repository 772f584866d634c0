//! One entry: in plain words, byte by byte, and proved to be in the log.

use axum::{extract::State, response::Response};
use db::DbError;
use ledger::{
    entry::Leaf,
    note::Verifier,
    read::{self, Entry, Head},
    tree::leaf_hash,
};
use programmes::web::shown;
use serde_json::Value;
use ui::{
    Markup, Words, html,
    parts::{self, Tone, Weight, acts, breadcrumb, code, cols, link_button, notice, pairs, proof, section, sheet},
};
use web::{PathId, Problem, Rim, Section, Visit};

use super::{begun, told};

/// An entry and how its proof came out.
struct Facts {
    head: Head,
    entry: Entry,
    path: Option<usize>,
}

/// `GET /ledger/entries/{seq}`: two statements and one for each level of tiles (256 entries: 1, 65,536: 2, …).
pub(super) async fn show(State(rim): State<Rim>, visit: Visit, PathId(seq): PathId<u64>) -> Result<Response, Problem> {
    let found = rim
        .db
        .read(move |s| {
            let head = read::head(s)?;
            let entry = read::tail(s, seq, 1)?.pop();
            let (Some(head), Some(entry)) = (head, entry) else { return Ok::<_, DbError>(None) };
            let path = proved(s, &head, &entry)?;
            Ok(Some(Facts { head, entry, path }))
        })
        .await?;
    let Some(facts) = found else { return Err(begun(None).err().unwrap_or_else(not_there)) };
    let w = visit.words;
    let title = w.n("ledger-entry", facts.entry.seq);
    Ok(visit.page(Section::Ledger, &title, &page(w, &facts, &title)))
}

fn not_there() -> Problem {
    Problem::of(axum::http::StatusCode::NOT_FOUND)
}

/// The length of the path from the entry to the signed root, if the receipt holds with the log's key.
fn proved(s: &mut db::Snapshot<'_>, head: &Head, entry: &Entry) -> Result<Option<usize>, DbError> {
    let receipt = match read::receipt(s, head, entry.seq) {
        Ok(receipt) => receipt,
        Err(error) => return super::files::fault(error).map(|()| None),
    };
    let holds = Verifier::parse(&head.vkey).is_ok_and(|key| receipt.verify(&entry.leaf, &key).is_ok());
    Ok(holds.then_some(receipt.path.len()))
}

fn page(w: Words, facts: &Facts, title: &str) -> Markup {
    let Facts { entry, .. } = facts;
    let leaf: Option<Leaf<Value>> = serde_json::from_slice(&entry.leaf).ok();
    let day = leaf.as_ref().and_then(|leaf| kernel::Day::parse(leaf.day.as_deref()?));
    let sentence = leaf.as_ref().and_then(|leaf| told::sentence(w, leaf)).unwrap_or_default();
    let about = leaf.as_ref().and_then(told::page);
    html! {
        (breadcrumb(w, &[("/ledger", w.t("nav-ledger"))], title))
        (parts::head(&parts::Head {
            kicker: &[
                html! { span.num { (title) } },
                html! { @if let Some(day) = &day { (shown::day(w, day)) } @else { (w.t("ledger-no-day")) } },
            ],
            title: told::kind(w, &entry.kind),
            lead: &sentence,
            acts: &[],
        }))
        (cols(
            &html! {
                @if let Some(href) = &about {
                    (acts(&[link_button(Weight::Plain, href, w.t("ledger-entry-open"))]))
                }
                (facts_of(w, entry, leaf.as_ref()))
                (section(w.t("ledger-exact"), &html! {
                    (code(&String::from_utf8_lossy(&entry.leaf)))
                    p.small.soft { (w.t("ledger-exact-note")) }
                }))
            },
            &proof_sheet(w, facts),
        ))
    }
}

fn facts_of(w: Words, entry: &Entry, leaf: Option<&Leaf<Value>>) -> Markup {
    let mut list = vec![
        (w.t("ledger-entry-kind-code"), html! { span translate="no" { (entry.kind) } }),
        (w.t("ledger-entry-id"), html! { span translate="no" { (entry.id) } }),
    ];
    if let Some(subject) = leaf.and_then(|leaf| leaf.subject.as_deref()) {
        let href = format!("/ledger?about={subject}");
        list.push((w.t("ledger-entry-subject"), html! { a href=(href) translate="no" { (subject) } }));
    }
    if let Some(commit) = leaf.and_then(|leaf| leaf.commit.as_deref()) {
        list.push((w.t("ledger-entry-commit"), html! { span translate="no" { (commit) } }));
    }
    pairs(&list)
}

fn proof_sheet(w: Words, facts: &Facts) -> Markup {
    let Facts { head, entry, path } = facts;
    html! {
        (sheet(w.t("ledger-proof-title"), &html! {
            @match path {
                Some(steps) => {
                    (notice(w, Tone::Ok, "", &html! { p { (w.t("ledger-proof-holds")) } }))
                    p { (w.n("ledger-proof-explain", *steps)) }
                }
                None => (notice(w, Tone::NeedsYou, "", &html! { p { (w.t("ledger-proof-fails")) } })),
            }
            (proof(w, w.t("ledger-leaf"), &leaf_hash(&entry.leaf).to_string()))
            @if let Some(root) = head.root() { (proof(w, w.t("ledger-root"), &root.to_string())) }
            ul.links {
                li { a href={ "/ledger/entries/" (entry.seq) "/proof" } { (w.t("ledger-file-proof")) } }
                li { a href="/ledger/key" { (w.t("ledger-file-key")) } }
            }
            p.small.soft { (w.t("ledger-proof-keep")) }
        }))
    }
}

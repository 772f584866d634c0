//! Computing a verdict again: here at once, and elsewhere with what one takes along.

use std::sync::Arc;

use axum::{
    Extension,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};
use ledger::read;
use serde::Deserialize;
use serde_json::Value;
use ui::{
    Markup, Words, format, html,
    parts::{
        Column, Table, Tone, Weight, acts, button, code, flash, fold, form, link_button, notice, steps, table, waiting,
    },
    words::key_of,
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::values::{named, told};
use crate::{
    page,
    verdict::{
        Verdict, VerdictId, queries,
        recompute::{
            Answer, Difference, Method, Openness, Runs, Standing,
            file::{MAX_TEXT, VerdictFile},
            text_of,
        },
        unseal::unseal,
    },
};

/// Nothing but the form's token.
#[derive(Deserialize)]
pub(super) struct Nothing {}

/// What the page knows of computing again.
pub(super) struct Again {
    pub standing: Option<Standing>,
    pub method: Option<&'static Method>,
    pub is_auditor: bool,
}

/// `POST /verdicts/{verdict}/recompute`: computes, unless that was done lately, and shows how it stands.
pub(super) async fn recompute(
    State(rim): State<Rim>,
    Extension(runs): Extension<Arc<Runs>>,
    PathId(id): PathId<VerdictId>,
    Fields(Nothing {}): Fields<Nothing>,
) -> Result<Response, Problem> {
    let key = id.clone();
    let verdict = rim.db.read(move |s| queries::verdict(s, &key)).await?;
    runs.ask(&rim.db, verdict, rim.context(kernel::Actor::Visitor).now).await?;
    Ok(Redirect::to(&format!("/verdicts/{id}#compute")).into_response())
}

/// `GET /verdicts/{verdict}/file`: what everybody may take along.
pub(super) async fn file(
    State(rim): State<Rim>,
    Extension(runs): Extension<Arc<Runs>>,
    PathId(id): PathId<VerdictId>,
) -> Result<Response, Problem> {
    let key = id.clone();
    let verdict = rim.db.read(move |s| queries::verdict(s, &key)).await?;
    let method = runs.methods().of(&verdict.kind).filter(|_| verdict.is_computed_here());
    let open = method.filter(|method| matches!(method.openness, Openness::Open));
    sent(&id, &filled(&rim, verdict, open).await?)
}

/// `POST /verdicts/{verdict}/sealed`: what an auditor may take along; the log tells that it was done.
pub(super) async fn sealed(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Extension(runs): Extension<Arc<Runs>>,
    PathId(id): PathId<VerdictId>,
    Fields(Nothing {}): Fields<Nothing>,
) -> Result<Response, Problem> {
    let (key, methods) = (id.clone(), runs.methods());
    let (verdict, method) = page::act(&rim, &visit, move |tx, cx| unseal(tx, cx, methods, &key)).await?;
    sent(&id, &filled(&rim, verdict, Some(method)).await?)
}

/// The file of a verdict, with its inputs where there is a method to gather them.
pub(crate) async fn filled(
    rim: &Rim,
    verdict: Verdict,
    method: Option<&'static Method>,
) -> Result<VerdictFile, Problem> {
    let entry = verdict.entry.clone();
    let mut file = rim.db.read(move |s| proven(s, &entry)).await?;
    let Some(method) = method else { return Ok(file) };
    let db = rim.db.jobs();
    let gathered = tokio::task::spawn_blocking(move || text_of(&db, method, &verdict, MAX_TEXT)).await;
    let text = gathered.map_err(|e| DbError::Data(e.to_string()))??;
    method.openness.as_str().clone_into(&mut file.inputs);
    file.text = match method.openness {
        Openness::Named(blot) => text.split_inclusive('\n').map(blot).collect(),
        _ => text,
    };
    Ok(file)
}

/// The entry with its proof.
fn proven(s: &mut Snapshot<'_>, entry: &str) -> Result<VerdictFile, Fault> {
    let early = || Refusal::new(Kind::Conflict, "verdict-not-in-log-yet");
    let entry = read::find(s, entry)?.ok_or_else(early)?;
    let head = read::head(s)?.ok_or_else(early)?;
    let receipt = read::receipt(s, &head, entry.seq).map_err(|e| DbError::Data(e.to_string()))?;
    let text = String::from_utf8(entry.leaf).map_err(|e| DbError::Data(e.to_string()))?;
    let (proof, inputs) = (receipt.to_string(), "absent".to_owned());
    Ok(VerdictFile { inputs, vkey: head.vkey, entry: text, proof, text: String::new() })
}

/// What the file of a verdict is called.
pub(crate) fn file_name(id: &VerdictId) -> String {
    format!("linli-verdict-{id}.txt")
}

pub(crate) fn sent(id: &VerdictId, file: &VerdictFile) -> Result<Response, Problem> {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file_name(id)));
    let disposition = disposition.map_err(|e| DbError::Data(e.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, file.to_string()).into_response())
}

/// How it stands, and the button.
pub(super) fn here(visit: &Visit, found: &Verdict, again: &Again) -> Markup {
    let w = visit.words;
    let at = format!("/verdicts/{}", found.id);
    let ask = html! { (visit.csrf_field()) (acts(&[button(Weight::First, w.t("verdict-again-button"))])) };
    html! {
        @match &again.standing {
            None => {
                p { (w.t("verdict-again-hint")) }
                (form(&format!("{at}/recompute"), &[], &ask))
            }
            Some(Standing::Running { running }) => {
                @let lines = format::count(*running);
                @let told = w.t_with("verdict-again-lines", &[("lines", lines.as_str().into())]);
                (waiting(w, w.t("verdict-again-running"), &told, &format!("{at}#compute")))
            }
            Some(Standing::Done { answer, .. }) => {
                (answered(w, found, answer))
                p.small.soft { (w.t("verdict-again-kept")) }
            }
        }
    }
}

fn answered(w: Words, found: &Verdict, answer: &Answer) -> Markup {
    let lines = |n: &u64| format::count(*n);
    match answer {
        Answer::Equal { lines: n, beside } => html! {
            (flash(Tone::Ok, &w.t_with("verdict-again-equal", &[("lines", lines(n).as_str().into())])))
            @if !beside.is_empty() {
                (fold(w.t("verdict-again-beside"), &html! { ul { @for name in beside { li { (label(w, found, name)) } } } }))
            }
        },
        Answer::Differs { lines: n, what } => html! {
            (flash(Tone::NeedsYou, &w.t_with("verdict-again-differs", &[("lines", lines(n).as_str().into())])))
            (differences(w, found, what))
            p { (w.t("verdict-again-differs-do")) }
        },
        Answer::Cannot { why, .. } => {
            let key = key_of("verdict-cannot", why);
            let refused = key_of("refusal", why);
            let key = [key, refused].into_iter().find(|key| w.has(key));
            notice(
                w,
                Tone::Due,
                "",
                &html! {
                    p { (w.t("verdict-again-cannot")) }
                    p { (key.as_deref().map_or_else(|| w.t("verdict-cannot-failed"), |key| w.t(key))) }
                },
            )
        }
    }
}

fn differences(w: Words, found: &Verdict, what: &[Difference]) -> Markup {
    let value = |one: &Difference, value: &Value| {
        let name = one.member.split_once('.').map_or(one.member.as_str(), |(_, name)| name);
        html! { (page::excerpt(&told(w, (&found.kind, name), value), 400)) }
    };
    let row = |one: &Difference| {
        vec![html! { (label(w, found, &one.member)) }, value(one, &one.recorded), value(one, &one.computed)]
    };
    let rows: Vec<Vec<Markup>> = what.iter().map(row).collect();
    let columns = ["verdict-again-what", "verdict-again-recorded", "verdict-again-computed"];
    let columns = columns.map(|key| Column::text(w.t(key)));
    table(w, &Table { id: "differences", caption: w.t("verdict-again-differences"), columns: &columns, rows: &rows })
}

/// A member in words: `inputs`, `rule`, `passed` and `log` have their own.
fn label(w: Words, found: &Verdict, member: &str) -> String {
    match member.split_once('.') {
        Some((_, name)) => named(w, &found.kind, name),
        None => w.t(&key_of("verdict-again-member", member)).to_owned(),
    }
}

/// What one takes along, and what one does with it.
pub(super) fn elsewhere(visit: &Visit, found: &Verdict, again: &Again) -> Markup {
    let (w, at) = (visit.words, format!("/verdicts/{}", found.id));
    let openness = again.method.map_or("elsewhere", |method| method.openness.as_str());
    let open = again.method.is_some_and(|method| matches!(method.openness, Openness::Open));
    let name = file_name(&found.id);
    let download = link_button(Weight::Plain, &format!("{at}/file"), w.t("verdict-file-download"));
    html! {
        h3 { (w.t("verdict-file-title")) }
        p { (w.t(&key_of("verdict-inputs", openness))) }
        (steps(&[
            html! { p { (w.t(if open { "verdict-file-open" } else { "verdict-file-record" })) } (acts(&[download])) },
            html! { p { (w.t("verdict-file-verify")) } (code(&format!("linli verify --verdict {name}"))) },
            html! {
                @if open {
                    p { (w.t("verdict-file-digest")) }
                    (code(&format!("sed '1,/^text$/d' {name} | sha256sum")))
                } @else { p { (w.t("verdict-check-compare")) } }
            },
        ]))
        @if again.is_auditor && again.method.is_some_and(|method| method.openness.is_for_auditors()) {
            p { (w.t("verdict-sealed-hint")) }
            (form(&format!("{at}/sealed"), &[], &html! {
                (visit.csrf_field())
                (acts(&[button(Weight::Plain, w.t("verdict-sealed-button"))]))
            }))
        }
        (fold(w.t("verdict-whole-log"), &steps(&[
            html! { p { (w.t("verdict-check-export")) } (code("linli export --out DIR")) },
            html! { p { (w.t("verdict-check-verify")) } (code("linli verify DIR")) },
        ])))
    }
}

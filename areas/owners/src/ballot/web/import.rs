//! An official result: looked at first, then taken in.

use axum::{extract::State, response::Response};
use kernel::{FieldError, Refusal};
use ui::{
    Markup, html,
    parts::{Head, Input, Tone, Weight, acts, button, head, notice, sheet, text, told},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Upload, Visit, preview};

use super::{
    super::import::{self, Taken},
    for_typists,
};
use crate::{
    page::{self, Typed, field, typed},
    register::{
        sheet::{MAX_BYTES, RowFault, n_rows},
        web::wrong,
    },
    round::{RoundId, web::One},
};

/// `GET /rounds/{round}/ballots/import`.
pub(super) async fn ask(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
) -> Result<Response, Problem> {
    let one = for_typists(&rim, &visit, &id).await?;
    Ok(ask_page(&visit, &one, ("", None), &[]))
}

fn ask_page(visit: &Visit, one: &One, (text, refusal): (&str, Option<&Refusal>), faults: &[RowFault]) -> Response {
    let w = visit.words;
    let asked = preview::Ask {
        action: &format!("{}/ballots/import", one.here()),
        label: w.t("register-file"),
        hint: w.t("result-file-hint"),
        paste_hint: "",
        accept: ".csv,text/csv",
        kinds: "CSV UTF-8",
        most_bytes: MAX_BYTES as u64,
        text,
    };
    let body = html! {
        (one.way(w, w.t("result-import")))
        (head(&Head { title: w.t("result-import"), lead: w.t("result-lead"), ..Head::default() }))
        div.stack {
            (told(w, refusal))
            (preview::wrong(w, &w.n("register-wrong-n", n_rows(faults)), &wrong(w, faults)))
            (preview::ask(visit, &asked, refusal))
        }
    };
    page::page(visit, w.t("result-import"), &body, refusal)
}

/// `POST /rounds/{round}/ballots/import`: what the file would do. Writes nothing.
pub(super) async fn look(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
    sent: Upload<Typed>,
) -> Result<Response, Problem> {
    let one = for_typists(&rim, &visit, &id).await?;
    let text = match sent.files.into_iter().next() {
        None => typed(&sent.fields, "rows").to_owned(),
        Some(file) => match String::from_utf8(file.bytes) {
            Ok(text) => text,
            Err(_) => {
                let refusal = Refusal::new(kernel::Kind::Invalid, "register-not-utf8").with_int("line", 1);
                return Ok(ask_page(&visit, &one, ("", Some(&refusal)), &[]));
            }
        },
    };
    if text.trim().is_empty() {
        let refusal = Refusal::invalid(vec![FieldError::new("file", "required")]);
        return Ok(ask_page(&visit, &one, ("", Some(&refusal)), &[]));
    }
    let lines = match import::look(text.as_bytes()) {
        Ok(lines) => lines,
        Err((refusal, faults)) => return Ok(ask_page(&visit, &one, (&text, Some(&refusal)), &faults)),
    };
    let round = one.round.clone();
    let (taken, faults) = rim.db.read(move |s| import::preview(s, &round, &lines)).await?;
    let first = Typed::from([("rows".to_owned(), text)]);
    Ok(looked(&visit, &one, (&first, None), (&taken, &faults)))
}

fn looked(
    visit: &Visit,
    one: &One,
    (fields, refusal): (&Typed, Option<&Refusal>),
    (taken, faults): (&Taken, &[RowFault]),
) -> Response {
    let (w, text) = (visit.words, typed(fields, "rows"));
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let counts = [
        ("new", n(taken.new).into()),
        ("replaced", n(taken.replaced).into()),
        ("same", n(taken.same).into()),
        ("refused", n(taken.refused.len()).into()),
    ];
    let refused: Vec<&str> = taken.refused.iter().take(100).map(String::as_str).collect();
    let known = html! {
        @if !refused.is_empty() {
            (notice(w, Tone::Due, w.t("result-refused"), &html! { p { (refused.join(w.t("list-comma"))) } }))
        }
    };
    let body = html! {
        (one.way(w, w.t("result-import")))
        (head(&Head { title: w.t("result-import"), lead: w.t("import-looked-lead"), ..Head::default() }))
        div.stack {
        (told(w, refusal))
        (preview::looked(visit, &preview::Looked {
            here: &format!("{}/ballots/import", one.here()),
            text,
            counted: &w.t_with("result-counts", &counts),
            known,
            wrong: (&w.n("register-wrong-n", n_rows(faults)), &wrong(w, faults)),
            why_not: Some(w.t(if faults.is_empty() { "result-from-first" } else { "result-mend" })),
            columns: &[],
            rows: &[],
        }))
        @if faults.is_empty() { (sheet(w.t("result-from"), &from(visit, one, (fields, refusal)))) }
        }
    };
    page::page(visit, w.t("result-import"), &body, refusal)
}

/// Where the result comes from, and the button that takes it.
fn from(visit: &Visit, one: &One, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let of = |name, label, hint, required| field(w, (name, label, hint), typed(fields, name), (required, refusal));
    let inner = html! {
        (text(w, &of("source", "result-source", "result-source-hint", true), Input::Line, Some(80)))
        (text(w, &of("published", "result-published", "", true), Input::Day, Some(10)))
        (text(w, &of("document", "result-document", "result-document-hint", false), Input::Line, Some(200)))
        (acts(&[button(Weight::First, w.t("import-take"))]))
    };
    let hidden = [("rows", typed(fields, "rows"))];
    page::form(visit, &format!("{}/ballots/import/take", one.here()), &hidden, &inner)
}

/// `POST /rounds/{round}/ballots/import/take`.
pub(super) async fn take(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let one = for_typists(&rim, &visit, &id).await?;
    let text = typed(&fields, "rows");
    let lines = match import::look(text.as_bytes()) {
        Ok(lines) => lines,
        Err((refusal, faults)) => return Ok(ask_page(&visit, &one, (text, Some(&refusal)), &faults)),
    };
    let of = |name: &str| typed(&fields, name).to_owned();
    let from = import::From { source: of("source"), published: of("published"), document: of("document") };
    let (of, taken) = (id.clone(), lines.clone());
    match page::shown(page::act(&rim, &visit, move |tx, cx| import::take(tx, cx, &of, (&taken, &from))).await)? {
        Ok(_) => Ok(page::to(&format!("/rounds/{id}/papers"))),
        Err(refusal) if !refusal.fields.is_empty() => {
            let round = one.round.clone();
            let (taken, faults) = rim.db.read(move |s| import::preview(s, &round, &lines)).await?;
            Ok(looked(&visit, &one, (&fields, Some(&refusal)), (&taken, &faults)))
        }
        Err(refusal) => Ok(ask_page(&visit, &one, (text, Some(&refusal)), &[])),
    }
}

//! An official result: looked at first, then taken in.

use axum::{extract::State, response::Response};
use kernel::{FieldError, Refusal};
use ui::{
    html,
    parts::{Head, Tone, head, notice, told},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Upload, Visit, preview};

use super::{
    super::import::{self, Taken},
    for_typists,
};
use crate::{
    page::{self, Typed, typed},
    register::{
        sheet::{MAX_BYTES, RowFault},
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
            (preview::wrong(w, &w.n("register-wrong-n", faults.len()), &wrong(w, faults)))
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
    Ok(looked(&visit, &one, &text, (&taken, &faults)))
}

fn looked(visit: &Visit, one: &One, text: &str, (taken, faults): (&Taken, &[RowFault])) -> Response {
    let w = visit.words;
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
        div.stack { (preview::looked(visit, &preview::Looked {
            here: &format!("{}/ballots/import", one.here()),
            text,
            counted: &w.t_with("result-counts", &counts),
            known,
            wrong: (&w.n("register-wrong-n", faults.len()), &wrong(w, faults)),
            why_not: (!faults.is_empty()).then(|| w.t("result-mend")),
            columns: &[],
            rows: &[],
        })) }
    };
    page::page(visit, w.t("result-import"), &body, None)
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
    let of = id.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| import::take(tx, cx, &of, &lines)).await)? {
        Ok(_) => Ok(page::to(&format!("/rounds/{id}/papers"))),
        Err(refusal) => Ok(ask_page(&visit, &one, (text, Some(&refusal)), &[])),
    }
}

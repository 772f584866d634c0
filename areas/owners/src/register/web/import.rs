//! A file of units on a page: looked at row by row first, then kept.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{FieldError, Kind, PlaceId, Refusal};
use places::Place;
use rights::{Action, authorize};
use ui::{
    Markup, Words, html,
    parts::{Column, Errors, Head, breadcrumb, head, told},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Upload, Visit, preview};

use super::{
    super::{
        Prepared, Register,
        keep::{self, Begun},
        sheet::{self, Looked, MAX_BYTES, RowFault},
        status_word,
    },
    veiled,
};
use crate::page::{self, Typed, area, typed};

async fn keeper(rim: &Rim, visit: &Visit, id: &PlaceId) -> Result<Place, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let place = places::queries::show(s, &id)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        authorize(&actor, Action::KeepRoll, &place.site()?)?;
        Ok::<_, Fault>(place)
    });
    Ok(read.await?)
}

/// `GET /registers/{place}/import`: one statement.
pub(super) async fn ask(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PlaceId>,
) -> Result<Response, Problem> {
    let place = keeper(&rim, &visit, &id).await?;
    Ok(ask_page(&visit, &place, ("", None)))
}

fn way(w: Words, place: &Place, here: &str) -> Markup {
    let (rounds, register) = (format!("/rounds?place={}", place.id), format!("/registers/{}", place.id));
    breadcrumb(w, &[(&rounds, w.t("rounds-title")), (&register, w.t("register-title"))], here)
}

fn ask_page(visit: &Visit, place: &Place, (text, refusal): (&str, Option<&Refusal>)) -> Response {
    let w = visit.words;
    let asked = preview::Ask {
        action: &format!("/registers/{}/import", place.id),
        label: w.t("register-file"),
        hint: w.t("register-file-hint"),
        paste_hint: w.t("register-paste-hint"),
        accept: ".csv,.xlsx,text/csv",
        kinds: "CSV UTF-8 / XLSX",
        most_bytes: MAX_BYTES as u64,
        text,
    };
    let body = html! {
        (way(w, place, w.t("register-import")))
        (head(&Head { title: w.t("register-import"), lead: w.t("register-import-lead"), ..Head::default() }))
        div.stack { (told(w, refusal)) (preview::ask(visit, &asked, refusal)) }
    };
    page::page(visit, w.t("register-import"), &body, refusal)
}

/// `POST /registers/{place}/import`: what the file holds. Writes nothing.
pub(super) async fn look(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PlaceId>,
    sent: Upload<Typed>,
) -> Result<Response, Problem> {
    let place = keeper(&rim, &visit, &id).await?;
    let text = typed(&sent.fields, "rows").to_owned();
    let bytes = sent.files.into_iter().next().map_or_else(|| text.clone().into_bytes(), |file| file.bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        let refusal = Refusal::invalid(vec![FieldError::new("file", "required")]);
        return Ok(ask_page(&visit, &place, ("", Some(&refusal))));
    }
    match off(move || sheet::look(bytes)).await? {
        Ok(looked) => Ok(looked_page(&visit, &place, &looked)),
        Err(refusal) => Ok(ask_page(&visit, &place, (&text, Some(&refusal)))),
    }
}

/// Computes outside of the threads that answer.
async fn off<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|e| db::DbError::Data(format!("reading a file: {e}")))?)
}

/// Rows that cannot be taken, with their lines and why, the first of them.
pub(crate) fn wrong(w: Words, faults: &[RowFault]) -> Vec<preview::Wrong<'static>> {
    let row = |fault: &RowFault| preview::Wrong {
        line: fault.line,
        column: w.t(&format!("register-{}", fault.why.field)),
        why: Errors::new(w, std::slice::from_ref(&fault.why)).of(fault.why.field).unwrap_or_default().to_owned(),
    };
    faults.iter().take(preview::SHOWN).map(row).collect()
}

fn looked_page(visit: &Visit, place: &Place, looked: &Looked) -> Response {
    let w = visit.words;
    let columns = [
        Column::text(w.t("register-unit")),
        Column::text(w.t("register-building")),
        Column::number(w.t("register-area")),
        Column::text(w.t("register-owner")),
        Column::text(w.t("register-status")),
    ];
    let rows: Vec<Vec<Markup>> = (looked.units.iter().take(preview::SHOWN))
        .map(|unit| {
            vec![
                html! { (unit.unit) },
                html! { (unit.building) },
                html! { (area(unit.area.0)) },
                html! { (veiled(&unit.owner)) },
                html! { (w.t(&format!("owner-status-{}", status_word(unit.status)))) },
            ]
        })
        .collect();
    let sum = area(looked.units.iter().map(|unit| unit.area.0).sum());
    let n = i64::try_from(looked.units.len()).unwrap_or(0);
    let whole = looked.faults.is_empty() && !looked.units.is_empty();
    let body = html! {
        (way(w, place, w.t("register-import")))
        (head(&Head { title: w.t("register-import"), lead: w.t("import-looked-lead"), ..Head::default() }))
        div.stack { (preview::looked(visit, &preview::Looked {
            here: &format!("/registers/{}/import", place.id),
            text: &looked.text,
            counted: &w.t_with("register-looked", &[("n", n.into()), ("area", sum.as_str().into())]),
            known: Markup::default(),
            wrong: (&w.n("register-wrong-n", sheet::n_rows(&looked.faults)), &wrong(w, &looked.faults)),
            why_not: (!whole).then(|| w.t("register-mend")),
            columns: &columns,
            rows: &rows,
        })) }
    };
    page::page(visit, w.t("register-import"), &body, None)
}

/// `POST /registers/{place}/import/take`: keeps the file as a new version, part by part; broken off, the same file goes on.
pub(super) async fn take(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PlaceId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let place = keeper(&rim, &visit, &id).await?;
    let text = typed(&fields, "rows").to_owned();
    let bytes = text.clone().into_bytes();
    let read = off(move || sheet::look(bytes).and_then(Looked::roll).map(|roll| Prepared::of(&roll))).await?;
    let prepared = match read {
        Ok(prepared) => prepared,
        Err(refusal) => return Ok(ask_page(&visit, &place, (&text, Some(&refusal)))),
    };
    match page::shown(kept(&rim, &visit, &id, prepared).await)? {
        Ok(_) => Ok(page::to(&format!("/registers/{id}"))),
        Err(refusal) => Ok(ask_page(&visit, &place, (&text, Some(&refusal)))),
    }
}

/// Begins, fills and seals a register, each in a write of its own.
pub(crate) async fn kept(rim: &Rim, visit: &Visit, place: &PlaceId, new: Prepared) -> Result<Register, Fault> {
    let (of, first) = (place.clone(), new.clone());
    let id = match page::act(rim, visit, move |tx, cx| keep::begin(tx, cx, &of, &first)).await? {
        Begun::Same(there) => return Ok(there),
        Begun::Open(id) => id,
    };
    for part in new.rows().chunks(keep::PART) {
        let (of, part) = (id.clone(), part.to_vec());
        page::act(rim, visit, move |tx, cx| keep::add(tx, cx, &of, &part)).await?;
    }
    page::act(rim, visit, move |tx, cx| keep::seal(tx, cx, &id)).await
}

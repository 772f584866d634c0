//! A roll from a file on a page: shown line by line first, then taken.

use axum::{extract::State as From, response::Response};
use db::Fault;
use kernel::{FieldError, Kind, Refusal};
use people::resident::sheet::{self, RowError};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Column, Field, Table, Tone, Weight, acts, button, form_with_files, link_button, notice, sheet as sheet_of,
        table, textarea, told, upload,
    },
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Upload, Visit,
    page::{act, errors, form, shown, to},
};

use super::{One, answer, result::top};
use crate::{
    Poll, PollId,
    roll::{
        Listed,
        file::{self, CHUNK},
    },
};

/// Bytes of a file on this page: it travels a second time in the form that confirms it.
const MAX_BYTES: usize = 1 << 20;
/// Rows of a file on this page: as many as are taken well within the time of one request.
const MAX_ROWS: usize = 5_000;
/// Rows that the page shows one by one.
const SHOWN: usize = 200;

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    rows: String,
}

/// `GET /polls/{poll}/roll/import`.
pub(crate) async fn ask(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
) -> Result<Response, Problem> {
    ask_page(&rim, &visit, &id, None).await
}

async fn ask_page(rim: &Rim, visit: &Visit, id: &PollId, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let (actor, key) = (visit.actor.clone(), id.clone());
    let one = rim.db.read(move |s| One::inside(s, &actor, &key)).await?;
    let w = visit.words;
    let file = Field {
        name: "file",
        label: w.t("import-file"),
        hint: w.t("poll-import-hint"),
        error: errors(w, refusal).of("file"),
        ..Field::default()
    };
    let accept = upload(
        w,
        &ui::parts::Upload {
            field: file,
            accept: ".csv,text/csv",
            kinds: "CSV UTF-8",
            most_files: 1,
            most_bytes: MAX_BYTES as u64,
        },
    );
    let pasted = Field { name: "rows", label: w.t("import-paste"), hint: w.t("import-paste-hint"), ..Field::default() };
    let body = html! {
        (visit.csrf_field())
        (accept)
        (textarea(w, &pasted, 6, None))
        (acts(&[button(Weight::First, w.t("import-look"))]))
    };
    let here = one.here();
    let body = html! {
        (top(&one, w, (w.t("poll-import-title"), w.t("import-lead"))))
        div.stack {
            (told(w, refusal))
            (form_with_files(&format!("{here}/roll/import"), &[], &body))
            (acts(&[link_button(Weight::Plain, &format!("{here}/roll"), w.t("btn-back"))]))
        }
    };
    Ok(answer(visit, w.t("poll-import-title"), &body, refusal))
}

/// The rows of a file of this page, and what is wrong with the others.
fn read(poll: &Poll, bytes: &[u8]) -> Result<(Vec<Listed>, Vec<RowError>), Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::new(Kind::Invalid, "roll-file-too-large").with_int("megabytes", 1));
    }
    let (rows, errors) = sheet::parse(bytes)?;
    if rows.len() + errors.len() > MAX_ROWS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-rows").with_int("limit", MAX_ROWS as i64));
    }
    Ok(file::checked(poll, rows, errors))
}

/// The poll, for those who may put a file on its roll now.
async fn poll_of(rim: &Rim, visit: &Visit, id: &PollId) -> Result<Poll, Fault> {
    let (cx, key) = (rim.context_of(visit), id.clone());
    rim.db.read(move |s| file::may_look(s, &cx, &key)).await
}

/// `POST /polls/{poll}/roll/import`: what the file would do. Writes nothing.
pub(crate) async fn look(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    sent: Upload<Typed>,
) -> Result<Response, Problem> {
    let bytes = sent.files.into_iter().next().map_or_else(|| sent.fields.rows.into_bytes(), |file| file.bytes);
    let poll = match shown(poll_of(&rim, &visit, &id).await)? {
        Ok(poll) => poll,
        Err(refusal) if refusal.code == "not-allowed" => return Err(refusal.into()),
        Err(refusal) => return ask_page(&rim, &visit, &id, Some(&refusal)).await,
    };
    let found = if bytes.iter().all(u8::is_ascii_whitespace) {
        Err(Refusal::invalid(vec![FieldError::new("file", "required")]))
    } else {
        read(&poll, &bytes)
    };
    match (found, String::from_utf8(bytes)) {
        (Ok(found), Ok(text)) => looked(&rim, &visit, &id, (&found, &text)).await,
        (Err(refusal), _) => ask_page(&rim, &visit, &id, Some(&refusal)).await,
        (_, Err(_)) => ask_page(&rim, &visit, &id, Some(&Refusal::new(Kind::Invalid, "not-utf8"))).await,
    }
}

/// What was found in a file, and its text.
type Found<'a> = (&'a (Vec<Listed>, Vec<RowError>), &'a str);

async fn looked(rim: &Rim, visit: &Visit, id: &PollId, ((rows, faults), text): Found<'_>) -> Result<Response, Problem> {
    let (actor, key) = (visit.actor.clone(), id.clone());
    let one = rim.db.read(move |s| One::inside(s, &actor, &key)).await?;
    let w = visit.words;
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let counted = w.t_with("poll-import-counts", &[("good", n(rows.len()).into()), ("wrong", n(faults.len()).into())]);
    let columns = ["roll-flat", "roll-name", "poll-weight"].map(|key| Column::text(w.t(key)));
    let shown: Vec<Vec<Markup>> = rows
        .iter()
        .take(SHOWN)
        .map(|row| vec![html! { (row.flat) }, html! { (row.name) }, html! { (row.weight) }])
        .collect();
    let here = one.here();
    let take = acts(&[
        button(Weight::First, w.t("import-take")),
        link_button(Weight::Plain, &format!("{here}/roll/import"), w.t("btn-back")),
    ]);
    let body = html! {
        (top(&one, w, (w.t("poll-import-title"), w.t("import-looked-lead"))))
        div.stack {
            (notice(w, if faults.is_empty() { Tone::Ok } else { Tone::Due }, "", &html! { p { (counted) } }))
            (wrong(w, faults))
            @if !shown.is_empty() {
                (table(w, &Table { id: "rows", caption: w.t("import-rows"), columns: &columns, rows: &shown }))
                (form(visit, &format!("{here}/roll/import/take"), &[("rows", text)], &take))
            } @else { p { (w.t("import-nothing")) } (acts(&[link_button(Weight::Plain, &format!("{here}/roll/import"), w.t("btn-back"))])) }
        }
    };
    Ok(answer(visit, w.t("poll-import-title"), &body, None))
}

fn wrong(w: Words, faults: &[RowError]) -> Markup {
    let columns = ["import-line", "import-column", "import-why"].map(|key| Column::text(w.t(key)));
    let row = |fault: &RowError| {
        vec![
            html! { (fault.line) },
            html! { (w.t(&format!("roll-{}", fault.column))) },
            html! { (w.t(&format!("field-{}", fault.code))) },
        ]
    };
    let rows: Vec<Vec<Markup>> = faults.iter().take(SHOWN).map(row).collect();
    html! {
        @if !rows.is_empty() {
            (sheet_of(w.t("import-wrong"), &html! {
                p { (w.t("import-wrong-lead")) }
                (table(w, &Table { id: "wrong", caption: w.t("import-wrong"), columns: &columns, rows: &rows }))
            }))
        }
    }
}

/// `POST /polls/{poll}/roll/import/take`: takes the rows that were shown, chunk by chunk.
pub(crate) async fn take(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let poll = match shown(poll_of(&rim, &visit, &id).await)? {
        Ok(poll) => poll,
        Err(refusal) if refusal.code == "not-allowed" => return Err(refusal.into()),
        Err(refusal) => return ask_page(&rim, &visit, &id, Some(&refusal)).await,
    };
    let rows = match read(&poll, typed.rows.as_bytes()) {
        Ok((rows, _)) => rows,
        Err(refusal) => return ask_page(&rim, &visit, &id, Some(&refusal)).await,
    };
    let mut new = 0;
    for chunk in rows.chunks(CHUNK) {
        let (of, chunk) = (id.clone(), chunk.to_vec());
        match shown(act(&rim, &visit, move |tx, cx| file::take(tx, cx, &of, &chunk)).await)? {
            Ok(n) => new += n,
            Err(refusal) => return ask_page(&rim, &visit, &id, Some(&refusal)).await,
        }
    }
    Ok(to(&format!("/polls/{id}/roll?new={new}")))
}

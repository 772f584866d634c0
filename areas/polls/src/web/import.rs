//! A roll from a file on a page: shown line by line first, then taken.

use axum::{extract::State as From, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use people::{
    resident::sheet::RowError,
    web::file_page::{Preview, SHOWN, Typed, accept, preview, read, sent},
};
use ui::{
    Markup, html,
    parts::{Column, told},
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Upload, Visit,
    page::{act, shown, to},
};

use super::{One, answer, result::top};
use crate::{
    Poll, PollId,
    roll::{
        Listed,
        file::{self, CHUNK},
    },
};

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
    let here = one.here();
    let verifies = !rim.settings.verifiers.providers.is_empty();
    let hint = w.t(if verifies { "poll-import-hint-verify" } else { "poll-import-hint" });
    let body = html! {
        (top(&one, w, (w.t("poll-import-title"), w.t("import-lead"))))
        div.stack {
            (told(w, refusal))
            (accept(visit, (&format!("{here}/roll/import"), &format!("{here}/roll")), hint, refusal))
        }
    };
    Ok(answer(visit, w.t("poll-import-title"), &body, refusal))
}

/// The rows of a file that the poll can take, and what is wrong with the others.
fn checked(rim: &Rim, poll: &Poll, bytes: &[u8]) -> Result<(Vec<Listed>, Vec<RowError>), Refusal> {
    let (rows, errors) = read(bytes)?;
    Ok(file::checked(poll, &rim.settings.verifiers, rows, errors))
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
    upload: Upload<Typed>,
) -> Result<Response, Problem> {
    let poll = match shown(poll_of(&rim, &visit, &id).await)? {
        Ok(poll) => poll,
        Err(refusal) if refusal.code == "not-allowed" => return Err(refusal.into()),
        Err(refusal) => return ask_page(&rim, &visit, &id, Some(&refusal)).await,
    };
    let bytes = match sent(upload) {
        Ok(bytes) => bytes,
        Err(refusal) => return ask_page(&rim, &visit, &id, Some(&refusal)).await,
    };
    match (checked(&rim, &poll, &bytes), String::from_utf8(bytes)) {
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
    let found =
        Preview { counted: &counted, wrong: faults, columns: &columns, rows: &shown, takes: !rows.is_empty(), text };
    let body = html! {
        (top(&one, w, (w.t("poll-import-title"), w.t("import-looked-lead"))))
        div.stack { (preview(visit, &format!("{}/roll/import", one.here()), &found)) }
    };
    Ok(answer(visit, w.t("poll-import-title"), &body, None))
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
    let rows = match checked(&rim, &poll, typed.rows.as_bytes()) {
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

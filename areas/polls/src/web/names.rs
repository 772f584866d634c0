//! What the office may see when a poll has ended: who chose what in a poll by name, and the answers of a survey.

use axum::{
    extract::{Query, State as From},
    http::header,
    response::{IntoResponse, Response},
};
use db::Fault;
use people::VoterKey;
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{Column, Table, empty, pager, table},
};
use web::{Fields, PathId, Problem, Rim, SignedIn};

use super::{One, answer, ballot, result::top};
use crate::{Openness, PollId, State, commands::export, queries};

/// Where the page begins.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    after_flat: String,
    after: String,
}

/// `GET /polls/{poll}/names`: who chose what, in a poll by name, for those who keep the roll.
pub(crate) async fn names(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let one = One::inside(s, &actor, &id)?;
        let ended = one.poll.state == State::Published && one.poll.openness == Openness::Named;
        let after = VoterKey::from_hex(&which.after);
        let from: (&str, &[u8]) = match &after {
            Some(key) => (&which.after_flat, &key.0),
            None => ("", &[]),
        };
        let list = if ended { queries::named(s, &id, from)? } else { Vec::new() };
        Ok::<_, Fault>((one, list))
    });
    let (one, list) = read.await?;
    let w = visit.words;
    let columns = ["papers-flat", "roll-name", "poll-your-vote"].map(|key| Column::text(w.t(key)));
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|row| vec![html! { (row.flat) }, html! { (row.name) }, ballot::said(w, &one.poll, &row.ballot.choice)])
        .collect();
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = list.last().filter(|_| full).map(|last| {
        let voter: String = last.voter.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}/names?after_flat={}&after={voter}", one.here(), web::in_query(&last.flat))
    });
    let body = html! {
        (top(&one, w, (w.t("poll-names-title"), w.t("poll-names-lead"))))
        @if rows.is_empty() { (empty(w.t("poll-names-none"), "", None)) }
        @else { (table(w, &Table { id: "names", caption: w.t("poll-names-title"), columns: &columns, rows: &rows })) }
        (pager(w, None, next.as_deref()))
    };
    Ok(answer(&visit, w.t("poll-names-title"), &body, None))
}

/// `POST /polls/{poll}/answers.csv`: all answers of a survey, for who publishes it; the log says who took them.
pub(crate) async fn answers(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(_): Fields<Which>,
) -> Result<Response, Problem> {
    let csv = export::answers(&rim.db, &rim.context_of(&visit), &id);
    let csv = tokio::task::spawn_blocking(move || csv.run()).await.map_err(|e| db::DbError::Data(e.to_string()))??;
    let name = format!("attachment; filename=\"answers-{id}.csv\"");
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, csv).into_response())
}

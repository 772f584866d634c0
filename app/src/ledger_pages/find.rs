//! Finding an entry: a ballot by the id on its receipt, or the newest entry of a kind about a season.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use db::DbError;
use ledger::{entry::EntryId, read};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Field, Head, Input, Tone, Weight, acts, breadcrumb, button, head, notice, text},
};
use web::{Problem, Rim, Section, Visit, optional_id};

/// Characters of an id at most.
const MAX_ID: usize = 40;

#[derive(Deserialize)]
pub(super) struct Wanted {
    id: Option<String>,
    about: Option<String>,
    kind: Option<String>,
}

/// `GET /ledger/find`: one statement. Leads to the entry, or says why it may not be there yet.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let typed: String = wanted.id.as_deref().unwrap_or("").trim().chars().take(MAX_ID).collect();
    let id: Option<EntryId> = optional_id(Some(&typed.to_lowercase()));
    let about: Option<EntryId> = optional_id(wanted.about.as_deref());
    let (key, kind) = (id.clone(), wanted.kind);
    let found = rim.db.read(move |s| match (&key, &about, &kind) {
        (Some(id), ..) => read::find(s, id.as_str()),
        (None, Some(about), Some(kind)) => read::newest_of(s, about.as_str(), kind),
        (None, Some(about), None) => Ok::<_, DbError>(read::about(s, about.as_str(), u64::MAX, 1)?.pop()),
        (None, None, _) => Ok(None),
    });
    if let Some(entry) = found.await? {
        return Ok(Redirect::to(&format!("/ledger/entries/{}", entry.seq)).into_response());
    }
    let w = visit.words;
    let sentence = match (typed.is_empty() && wanted.about.is_none(), id.is_none() && !typed.is_empty()) {
        (true, _) => "",
        (_, true) => w.t("ledger-find-not-an-id"),
        _ => w.t("ledger-find-none"),
    };
    let body = html! {
        (breadcrumb(w, &[("/ledger", w.t("nav-ledger"))], w.t("ledger-find-title")))
        (head(&Head { title: w.t("ledger-find-title"), ..Head::default() }))
        div.stack {
            @if !sentence.is_empty() {
                (notice(w, Tone::Due, w.t("ledger-find-none-title"), &html! { p { (sentence) } }))
            }
            (ask(w, &typed))
        }
    };
    let mut response = visit.page(Section::Ledger, w.t("ledger-find-title"), &body);
    if !sentence.is_empty() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    Ok(response)
}

/// The form that asks for an id.
pub(super) fn ask(w: Words, typed: &str) -> Markup {
    let field = Field {
        name: "id",
        label: w.t("ledger-find-field"),
        hint: w.t("ledger-find-hint"),
        value: typed,
        error: None,
        required: true,
    };
    html! {
        form.form method="get" action="/ledger/find" {
            (text(w, &field, Input::Search, Some(40)))
            (acts(&[button(Weight::Plain, w.t("ledger-find-go"))]))
        }
    }
}

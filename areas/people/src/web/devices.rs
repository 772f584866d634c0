//! The devices on which somebody has signed in.

use axum::{extract::State, http::HeaderMap, response::Response};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{Tone, tag},
};
use web::{Fields, Problem, Rim, SignedIn, Visit};

use super::shown::{page, press, run, to, token, top};
use crate::session::{self, Session, SessionId};

/// Which one shall end: an id, or `all`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    id: String,
}

/// `GET /me/devices`: one statement.
pub(crate) async fn list(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let sessions = rim.db.read(move |s| session::queries::mine(s, &cx)).await?;
    let this = token(&headers, &rim).map(|token| token.digest());
    let w = visit.words;
    let body = html! {
        (top(w.t("me-devices"), w.t("me-devices-lead")))
        ul.cards { @for session in &sessions { li { (shown(&visit, session, this == Some(session.digest))) } } }
        (press(&visit, "/me/devices", &[("id", "all")], w.t("me-devices-all")))
    };
    Ok(page(&visit, w.t("me-devices"), &body, None))
}

fn shown(visit: &Visit, session: &Session, is_this: bool) -> Markup {
    let w = visit.words;
    let days = [("made", session.made_day.as_str().into()), ("seen", session.seen_day.as_str().into())];
    html! {
        h3 {
            @if session.device.is_empty() { (w.t("me-device-unknown")) } @else { (session.device) }
            @if is_this { " " (tag(Tone::Ok, w.t("me-device-this"))) }
        }
        p.small { (w.t_with("me-device-days", &days)) }
        @if !is_this { (press(visit, "/me/devices", &[("id", session.id.as_str())], w.t("me-device-end"))) }
    }
}

/// `POST /me/devices`: ends one of them, or all.
pub(crate) async fn end(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(which): Fields<Which>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    if which.id == "all" {
        run(&rim.db, &cx, |tx, cx| session::end::everywhere(tx, cx)).await?;
        return Ok(to("/sign-in"));
    }
    if let Ok(id) = which.id.parse::<SessionId>() {
        match run(&rim.db, &cx, move |tx, cx| session::end::one(tx, cx, &id)).await {
            // the twin of a double tap ended it
            Err(fault) if fault.is_refusal("session-not-found") => {}
            ended => ended?,
        }
    }
    Ok(to("/me/devices"))
}

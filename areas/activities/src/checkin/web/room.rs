//! The code of the room on a screen, and the page to which it leads.

use axum::{
    extract::{Query, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use db::Fault;
use kernel::{Kind, Refusal};
use programmes::page::{act, form as page_form, shown};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Head, Tone, Weight, acts, button_named, head, link_button, notice, qr, told},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use crate::{
    ActivityId,
    activity::store as activities,
    checkin::{
        Check, State as Standing,
        here::{self, Here},
        queries, room,
    },
    page::{self, One},
};

/// How often the page with the code fetches itself anew, in seconds: twice in the life of a code.
const REFRESH: &str = "30";

/// `GET /activities/{activity}/room`: for a screen in the room. The page fetches itself anew without a script.
pub(super) async fn room(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
) -> Result<Response, Problem> {
    let one = page::one(&rim, &visit, &id).await?.inside()?;
    let (of, now) = (id.clone(), rim.context_of(&visit).now);
    let secret = rim.db.read(move |s| Ok::<_, Fault>(activities::secret(s, &of)?)).await?.unwrap_or_default();
    let url = format!("{}{}/here?c={}", visit.origin, one.here(), room::code(&secret, &id, room::slot(now)));
    let w = visit.words;
    let body = html! {
        (one.way(w, w.t("room-title")))
        (head(&Head {
            kicker: &[page::when(w, &one.activity, one.offset)],
            title: &one.activity.title,
            lead: w.t("room-lead"),
            ..Head::default()
        }))
        @if one.activity.cancelled_at.is_some() { p { (w.t("refusal-activity-cancelled")) } }
        @else { (qr(&url, w.t("room-qr"))) }
        p { (w.n("room-count", one.activity.checked)) }
        p.small.soft { (w.t("room-hint")) }
    };
    let mut response = page::page(&visit, w.t("room-title"), &body, None);
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("refresh"), HeaderValue::from_static(REFRESH));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response.into_response())
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Scanned {
    c: String,
}

/// `GET /activities/{activity}/here?c=…`: what the code of the room leads to.
pub(super) async fn scanned(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Query(asked): Query<Scanned>,
) -> Result<Response, Problem> {
    let one = page::one(&rim, &visit, &id).await?;
    let cx = rim.context_of(&visit);
    let of = id.clone();
    let read = rim.db.read(move |s| {
        let person = cx.author().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
        Ok::<_, Fault>((here::scan(s, &cx, (&of, person), &asked.c)?, queries::of_person(s, &of, person)?))
    });
    match shown(read.await)? {
        Ok(((slot, ticket), check)) => Ok(here_page(&visit, &one, (check.as_ref(), Some((slot, &ticket))), None)),
        Err(refusal) => Ok(here_page(&visit, &one, (None, None), Some(&refusal))),
    }
}

/// `POST /activities/{activity}/here`.
pub(super) async fn here(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(input): Fields<Here>,
) -> Result<Response, Problem> {
    let of = id.clone();
    let done = act(&rim, &visit, move |tx, cx| here::here(tx, cx, &of, &input)).await;
    let done = shown(done)?;
    let one = page::one(&rim, &visit, &id).await?;
    match done {
        Ok((check, _)) => Ok(here_page(&visit, &one, (Some(&check), None), None)),
        Err(refusal) => Ok(here_page(&visit, &one, (None, None), Some(&refusal))),
    }
}

fn here_page(
    visit: &Visit,
    one: &One,
    (check, ticket): (Option<&Check>, Option<(i64, &str)>),
    refusal: Option<&Refusal>,
) -> Response {
    let w = visit.words;
    let back = link_button(Weight::Plain, &one.here(), w.t("here-back"));
    let body = html! {
        (one.way(w, w.t("here-title")))
        (head(&Head {
            kicker: &[page::when(w, &one.activity, one.offset)],
            title: &one.activity.title,
            ..Head::default()
        }))
        (told(w, refusal))
        @if let Some(check) = check { (stands(w, check)) }
        @if let Some((slot, ticket)) = ticket { (buttons(visit, one, check, (slot, ticket))) }
        (acts(&[back]))
    };
    page::page(visit, w.t("here-title"), &body, refusal)
}

/// What a check-in is, said to whoever it is of.
fn stands(w: Words, check: &Check) -> Markup {
    let (tone, key) = match (check.state, check.left_at.is_some()) {
        (Standing::Counted, true) => (Tone::Ok, "here-left"),
        (Standing::Counted, false) => (Tone::Ok, "here-counted"),
        (Standing::Open, _) => (Tone::Due, "here-open"),
        (Standing::LeftOut, _) => (Tone::Due, "here-left-out"),
    };
    notice(
        w,
        tone,
        w.t(key),
        &html! {
            @if check.state == Standing::Open {
                ul { @for doubt in &check.doubts { li { (w.t(&format!("check-doubt-{}", doubt.as_str()))) } } }
            }
        },
    )
}

fn buttons(visit: &Visit, one: &One, check: Option<&Check>, (slot, ticket): (i64, &str)) -> Markup {
    let w = visit.words;
    let hours = one.activity.hours && check.is_some_and(|check| check.left_at.is_none());
    let (way, label) = match check {
        None => ("in", "here-in"),
        Some(_) if hours => ("out", "here-out"),
        Some(_) => return html! {},
    };
    let slot = slot.to_string();
    let hidden = [("slot", slot.as_str()), ("ticket", ticket)];
    let press = acts(&[button_named(Weight::First, "way", way, w.t(label))]);
    page_form(visit, &format!("{}/here", one.here()), &hidden, &press)
}

//! What is taken out of the house: a poster for the stairwell, an entry for the calendar.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use ui::{
    html,
    parts::{Head, acts, head, paper, print_button, prose, qr},
};
use web::{PathId, Problem, Rim, Visit};

use crate::{ActivityId, activity::calendar as ics, page};

/// `GET /activities/{activity}/poster`: a page for paper.
pub(super) async fn poster(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
) -> Result<Response, Problem> {
    let one = page::one(&rim, &visit, &id).await?;
    let w = visit.words;
    let url = format!("{}{}", visit.origin, one.here());
    let spot = html! { (one.place.shown) @if !one.activity.spot.is_empty() { " · " (one.activity.spot) } };
    let mut facts =
        vec![(w.t("activity-when"), page::when(w, &one.activity, one.offset)), (w.t("activity-where"), spot)];
    if one.activity.capacity > 0 {
        let most = w.n("activity-places", one.activity.capacity);
        facts.push((w.t("activity-field-capacity"), html! { (most) }));
    }
    let body = html! {
        (one.way(w, w.t("activity-poster")))
        (head(&Head { title: w.t("activity-poster"), lead: w.t("activity-poster-lead"), ..Head::default() }))
        (paper(&one.activity.title, &one.place.shown, &facts, &html! {
            (page::state(w, &one.activity))
            div.flow { (prose(&one.activity.about)) }
            (qr(&url, w.t("activity-qr")))
            p.small { (w.t("activity-poster-scan")) br; (url) }
        }))
        (acts(&[print_button(w)]))
    };
    Ok(page::page(&visit, w.t("activity-poster"), &body, None))
}

/// `GET /activities/{activity}/calendar.ics`.
pub(super) async fn calendar(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
) -> Result<Response, Problem> {
    let one = page::one(&rim, &visit, &id).await?;
    let url = if visit.origin.is_empty() { String::new() } else { format!("{}{}", visit.origin, one.here()) };
    let text = ics::calendar(&one.activity, (&url, &one.place.shown), rim.context_of(&visit).now);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"activity.ics\"")),
    ];
    Ok((headers, text).into_response())
}

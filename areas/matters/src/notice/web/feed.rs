//! The feed: what went up last (Atom, RFC 4287).

use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use db::DbError;
use kernel::{Instant, PlaceId};
use places::Place;
use serde::Deserialize;
use ui::{Markup, PreEscaped, Words, html};
use web::{Problem, Rim, Visit, optional_id};

use crate::{
    notice::{
        Notice,
        queries::{self, Filter},
    },
    page,
};

/// For which place.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    place: String,
}

/// `GET /notices.atom`: two statements.
pub(crate) async fn atom(
    State(rim): State<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let (place, notices) = rim
        .db
        .read(move |s| {
            let asked: Option<PlaceId> = optional_id(Some(&which.place));
            let place = asked.map(|id| places::queries::show(s, &id)).transpose()?.flatten();
            let filter = Filter { path: place.as_ref().map(|p| p.path.clone()), kind: String::new() };
            Ok::<_, DbError>((place, queries::newest(s, &filter)?))
        })
        .await?;
    let text = feed(visit.words, place.as_ref(), &notices).into_string();
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

/// The reader's program resolves the paths against the feed's own address. Ids are tags of no host, so that the same
/// notice is the same everywhere.
fn feed(w: Words, place: Option<&Place>, notices: &[Notice]) -> Markup {
    let updated = stamp(notices.iter().filter_map(changed).max().unwrap_or(Instant(0)));
    let scope = place.map_or("all", |place| place.id.as_str());
    html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(w.locale().tag()) {
            title { (w.t("notices-title")) @if let Some(place) = place { " · " (place.shown) } }
            id { "urn:linli:notices:" (scope) }
            updated { (updated) }
            author { name { (w.t("app-name")) } }
            (empty("link", &[("rel", "alternate"), ("href", "/notices")]))
            @for notice in notices { (entry(w, notice)) }
        }
    }
}

fn entry(w: Words, notice: &Notice) -> Markup {
    let until = page::date(w, notice.until_day.as_ref());
    let href = format!("/notices/{}", notice.id);
    html! {
        entry {
            title { (notice.title) }
            id { "urn:linli:notice:" (notice.id) }
            updated { (stamp(changed(notice).unwrap_or(Instant(0)))) }
            (empty("link", &[("rel", "alternate"), ("href", &href)]))
            summary {
                (notice.place_name) " · " (w.t(&format!("notice-state-{}", notice.state.as_str()))) " · "
                (w.t_with("notice-until-day", &[("day", until.as_str().into())]))
            }
        }
    }
}

/// An element without content, as XML writes it.
fn empty(name: &str, attributes: &[(&str, &str)]) -> Markup {
    let mut text = format!("<{name}");
    for (key, value) in attributes {
        text.push_str(&format!(" {key}=\"{}\"", html! { (value) }.into_string()));
    }
    text.push_str("/>");
    PreEscaped(text)
}

fn changed(notice: &Notice) -> Option<Instant> {
    notice.closed_at.or(notice.posted_at)
}

/// RFC 3339 in UTC, to the second.
fn stamp(at: Instant) -> String {
    let day = kernel::local_day(at, 0);
    let seconds = at.0.div_euclid(1_000_000).rem_euclid(86_400);
    format!("{day}T{:02}:{:02}:{:02}Z", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_told_as_feeds_want_them() {
        assert_eq!(stamp(Instant(0)), "1970-01-01T00:00:00Z");
        assert_eq!(stamp(Instant(1_795_363_199_999_999)), "2026-11-22T15:59:59Z");
    }

    #[test]
    fn what_people_wrote_cannot_break_the_feed() {
        let quoted = empty("link", &[("href", "/a?b=\"<&")]).into_string();
        assert_eq!(quoted, "<link href=\"/a?b=&quot;&lt;&amp;\"/>");
    }
}

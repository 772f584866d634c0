//! Pages of places.

mod list;
mod listing;
mod show;

use axum::{Router, routing::get};
use rights::Action;
use ui::{
    Markup, Words, html,
    parts::{Card, Field, Filter, Input, cards, filter, text},
};
use web::{Problem, Rim, Visit};

pub use listing::Listing;

use crate::{Level, Listed, State, offered};

/// The routes.
pub fn routes() -> Router<Rim> {
    Router::new().route("/places", get(list::show)).route("/places/{place}", get(show::show))
}

/// The places of [`offered`] as a form's choices: id and name.
///
/// # Errors
/// As [`offered`].
pub async fn choices(rim: &Rim, visit: &Visit, action: Action, asked: &str) -> Result<Vec<(String, String)>, Problem> {
    let (asked, actor) = (asked.to_owned(), visit.actor.clone());
    let found = rim.db.read(move |s| offered(s, &actor, action, &asked)).await?;
    Ok(found.into_iter().map(|place| (place.id.to_string(), place.shown)).collect())
}

/// The box to search in. What is found stands on the page of all places.
fn search_box(w: Words, typed: &str, found: &str) -> Markup {
    let field = Field {
        name: "q",
        label: w.t("place-search"),
        hint: w.t("place-search-hint"),
        value: typed,
        ..Field::default()
    };
    let fields = [text(w, &field, Input::Search, Some(100))];
    filter(w, &Filter { action: "/places", label: w.t("place-search"), fields: &fields, on: &[], found })
}

fn level(w: Words, level: Level) -> &'static str {
    w.t(&format!("place-level-{}", level.as_str()))
}

/// Places under one another, each with its level and what it lies in.
fn listed(w: Words, list: &[Listed], with_above: bool) -> Markup {
    let labels: Vec<String> = list.iter().map(Listed::label).collect();
    let hrefs: Vec<String> = list.iter().map(|l| format!("/places/{}", l.place.id)).collect();
    let metas: Vec<Vec<Markup>> = list.iter().map(|l| facts(w, l, with_above)).collect();
    let all = list.iter().enumerate().map(|(at, _)| Card {
        title: &labels[at],
        href: &hrefs[at],
        tag: html! {},
        meta: &metas[at],
        excerpt: "",
    });
    cards(&all.collect::<Vec<_>>())
}

fn facts(w: Words, listed: &Listed, with_above: bool) -> Vec<Markup> {
    let place = &listed.place;
    let mut facts = vec![html! { (level(w, place.level)) }];
    if with_above && !listed.above.is_empty() {
        let way: Vec<&str> = listed.above.iter().rev().map(String::as_str).collect();
        facts.push(html! { (way.join(" › ")) });
    }
    if let Some(code) = place.code {
        facts.push(html! { span.num { (code) } @if code.is_local() { " " (w.t("place-code-local")) } });
    }
    if place.state == State::Closed {
        let day = place.valid_until.as_ref().map_or("", |day| day.as_str());
        facts.push(html! { (w.t_with("place-ended", &[("day", day.into())])) });
    }
    facts
}

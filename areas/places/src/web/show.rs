//! One place: where it lies, what lies in it, what it was.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::PlaceId;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Column, Head, Table, Weight, breadcrumb, cols, empty, head, link_button, pager, section, sheet, table},
};
use web::{PathId, Problem, Rim, Section, Visit, optional_id};

use super::{level, listed, search_box};
use crate::{Line, Listed, Place, Reason, State as InForce, Version, queries, queries::History};

#[derive(Deserialize)]
pub(super) struct After {
    after: Option<String>,
}

struct Facts {
    /// The places above, the root first.
    above: Vec<Place>,
    place: Place,
    children: Vec<Listed>,
    more: bool,
    after: Option<PlaceId>,
    history: History,
}

/// `GET /places/{place}`: six statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<PlaceId>,
    Query(from): Query<After>,
) -> Result<Response, Problem> {
    let after: Option<PlaceId> = optional_id(from.after.as_deref());
    let facts = rim
        .db
        .read(move |s| {
            let mut above = queries::way_down(s, &id)?;
            let place = above.pop().ok_or(db::DbError::Data("a way without an end".into()))?;
            let mut children = queries::page(s, Some(&id), after.as_ref(), queries::PAGE + 1)?;
            let most = usize::try_from(queries::PAGE).unwrap_or(usize::MAX);
            let more = children.len() > most;
            children.truncate(most);
            let history = queries::history(s, &id)?;
            Ok::<_, Fault>(Facts { above, place, children, more, after: after.clone(), history })
        })
        .await?;
    let w = visit.words;
    let place = &facts.place;
    let hrefs: Vec<String> = facts.above.iter().map(|p| format!("/places/{}", p.id)).collect();
    let names = facts.above.iter().map(|p| p.shown.as_str());
    let way: Vec<(&str, &str)> =
        std::iter::once(("/places", w.t("places-title"))).chain(hrefs.iter().map(String::as_str).zip(names)).collect();
    let body = html! {
        (breadcrumb(w, &way, &place.shown))
        (head(&Head { kicker: &kicker(w, place), title: &place.shown, acts: &ways(&visit, place), ..Head::default() }))
        div.stack {
            @if place.state == InForce::Closed { (ended(w, &facts)) }
            (cols(&below(w, &facts), &html! {
                (search_box(w, "", ""))
                (history(w, &facts))
            }))
        }
    };
    Ok(visit.page(Section::Other, &place.shown, &body))
}

/// Who holds what there, its organisations, and for those who may the roll of residents.
fn ways(visit: &Visit, place: &Place) -> Vec<Markup> {
    let (w, id) = (visit.words, &place.id);
    let way = |href: String, key| link_button(Weight::Plain, &href, w.t(key));
    let mut ways = vec![
        way(format!("/places/{id}/people"), "place-people"),
        way(format!("/organisations?place={id}"), "nav-orgs"),
        way(format!("/works?place={id}"), "works-title"),
        way(format!("/halls?place={id}"), "halls-title"),
        way(format!("/rounds?place={id}"), "rounds-title"),
        way(format!("/polls?place={id}"), "polls-title"),
        way(format!("/conversations?place={id}"), "conversations-title"),
        way(format!("/handovers?place={id}"), "handovers-title"),
    ];
    if place.site().is_ok_and(|site| may(&visit.actor, Action::SeeRoll, &site)) {
        ways.push(way(format!("/residents/{id}"), "place-residents"));
    }
    ways
}

fn kicker(w: Words, place: &Place) -> Vec<Markup> {
    let mut facts = vec![html! { (level(w, place.level)) }];
    if place.name != place.shown {
        facts.push(html! { (place.name) });
    }
    if let Some(code) = place.code {
        facts.push(html! {
            (w.t("place-code")) " " span.num { (code) } @if code.is_local() { " " (w.t("place-code-local")) }
        });
    }
    facts
}

/// That the place is no longer, and which places are there now.
fn ended(w: Words, facts: &Facts) -> Markup {
    let day = facts.place.valid_until.as_ref().map_or("", |day| day.as_str());
    html! {
        div.notice {
            p { (w.t_with("place-ended", &[("day", day.into())])) " " (w.t("place-ended-note")) }
            ul.links {
                @for (line, name) in &facts.history.to { li { a href={ "/places/" (line.successor) } { (name) } } }
            }
        }
    }
}

fn below(w: Words, facts: &Facts) -> Markup {
    let here = format!("/places/{}", facts.place.id);
    let next = facts.children.last().filter(|_| facts.more);
    let next = next.map(|last| format!("{here}?after={}", last.place.id));
    let body = html! {
        @if !facts.children.is_empty() {
            (listed(w, &facts.children, false))
        } @else if facts.after.is_some() {
            (empty(w.t("list-end"), "", Some((&here, w.t("list-first")))))
        } @else {
            p.soft { (w.t("place-below-none")) }
        }
        (pager(w, facts.after.is_some().then_some(here.as_str()), next.as_deref()))
    };
    html! {
        (section(w.t("place-below"), &body))
        @if !facts.history.former.is_empty() {
            (section(w.t("place-former"), &listed(w, &facts.history.former, false)))
        }
    }
}

fn history(w: Words, facts: &Facts) -> Markup {
    let history = &facts.history;
    let unknown = || html! { span.soft { (w.t("word-unknown")) } };
    let day = |day: &Option<kernel::Day>| day.as_ref().map_or_else(unknown, |day| html! { span.num { (day) } });
    let row = |v: &Version| vec![day(&v.from), html! { (v.name) }, html! { (reason(w, v.reason)) }];
    let rows: Vec<Vec<Markup>> = history.versions.iter().map(row).collect();
    let columns = [
        Column::text(w.t("place-version-from")),
        Column::text(w.t("word-name")),
        Column::text(w.t("place-version-reason")),
    ];
    let caption = w.t("place-versions");
    sheet(
        w.t("place-history"),
        &html! {
            (table(w, &Table { id: "versions", caption, columns: &columns, rows: &rows }))
            (lines(w, "place-from", history.from.iter().map(|(line, name)| (&line.predecessor, line, name))))
            @if facts.place.state != InForce::Closed {
                (lines(w, "place-to", history.to.iter().map(|(line, name)| (&line.successor, line, name))))
            }
            p { a href={ "/ledger?about=" (facts.place.id) } { (w.t("place-ledger")) } }
        },
    )
}

fn reason(w: Words, reason: Reason) -> &'static str {
    w.t(&format!("place-reason-{}", reason.as_str()))
}

fn lines<'a>(w: Words, title: &str, list: impl Iterator<Item = (&'a PlaceId, &'a Line, &'a String)>) -> Markup {
    let list: Vec<_> = list.collect();
    html! {
        @if !list.is_empty() {
            h3 { (w.t(title)) }
            ul.links {
                @for (place, line, name) in list {
                    li {
                        a href={ "/places/" (place) } { (name) }
                        " " span.soft { span.num { (line.day) } " " (reason(w, line.kind)) }
                    }
                }
            }
        }
    }
}

//! The proposals of a season: one's own on top, then the checked ones, or all of them for the office.

use axum::{
    extract::{Query, State as Shared},
    response::Response,
};
use db::Fault;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Choice, Field, Filter, Head, Weight, breadcrumb, cards, empty, filter, head, link_button, pager, section,
        select,
    },
};
use web::{PathId, Problem, Rim, Section, Visit, in_query};

use super::{base, state};
use crate::{
    Season, SeasonId, Template,
    proposal::{
        Listed, State,
        queries::{self, Which},
        rules::WRITING,
    },
    season::{self, queries::PAGE, web::shown},
    template::{self, name_of},
};

/// Which part of the list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    after: Option<u32>,
    #[serde(default)]
    field: String,
    #[serde(default)]
    state: String,
}

struct Facts {
    season: Season,
    template: Template,
    rows: Vec<Listed>,
    own: Vec<Listed>,
    coached: Vec<Listed>,
    office: bool,
}

/// `GET /seasons/{season}/proposals`: four statements; seven for whoever has signed in.
pub(crate) async fn list(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let which = Which { after: asked.after.unwrap_or(0), field: asked.field.clone(), state: asked.state.parse().ok() };
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        let office = may(&actor, Action::MoveMatter, &season::queries::site(s, &season)?);
        let template = template::queries::of_season(s, &season)?;
        let rows = queries::list(s, &id, &which, office)?;
        let (own, coached) = queries::mine(s, &id, &actor)?;
        Ok::<_, Fault>(Facts { season, template, rows, own, coached, office })
    });
    let mut facts = read.await?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = facts.rows.len() > most;
    facts.rows.truncate(most);
    let (w, season) = (visit.words, &facts.season);
    let (here, list) = (format!("/seasons/{}", season.id), base(season));
    let query = format!("field={}&state={}", in_query(&asked.field), in_query(&asked.state));
    let next = facts.rows.last().filter(|_| more).map(|last| format!("{list}?{query}&after={}", last.number));
    let begin = link_button(Weight::First, &format!("{list}/new"), w.t("proposal-new"));
    let writing = WRITING.contains(&season.stage);
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("proposals-title")))
        (head(&Head {
            title: w.t("proposals-title"),
            lead: w.t("proposals-lead"),
            acts: if writing { std::slice::from_ref(&begin) } else { &[] },
            ..Head::default()
        }))
        div.stack {
            (shown::tabs(w, season, &facts.template, "proposals"))
            @if !facts.own.is_empty() { (section(w.t("proposals-own"), &rows(w, &facts, &facts.own))) }
            @if !facts.coached.is_empty() { (section(w.t("proposals-coached"), &rows(w, &facts, &facts.coached))) }
            (section(w.t(if facts.office { "proposals-all" } else { "proposals-checked" }), &html! {
                (filters(w, &facts, &asked))
                @if !facts.rows.is_empty() { (rows(w, &facts, &facts.rows)) }
                @else if asked.after.is_some() { (empty(w.t("list-end"), "", Some((&list, w.t("list-first"))))) }
                @else { (empty(w.t("proposals-none"), w.t("proposals-none-hint"), None)) }
                (pager(w, asked.after.map(|_| list.as_str()), next.as_deref()))
            }))
        }
    };
    Ok(visit.page(Section::Seasons, w.t("proposals-title"), &body))
}

fn filters(w: Words, facts: &Facts, asked: &Asked) -> Markup {
    let locale = w.locale();
    let fields: Vec<Choice<'_>> =
        facts.template.fields.iter().map(|t| Choice { value: &t.key, label: t.name.of(locale), more: "" }).collect();
    let states = State::ALL.map(State::as_str);
    let labels = states.map(|word| w.t(&format!("proposal-state-{word}")));
    let states: Vec<Choice<'_>> =
        states.into_iter().zip(labels).map(|(value, label)| Choice { value, label, more: "" }).collect();
    let field = |name, label, value| Field { name, label, value, ..Field::default() };
    let mut list = Vec::new();
    if facts.office {
        list.push(select(w, &field("state", w.t("proposal-state"), &asked.state), &states));
    }
    if !fields.is_empty() {
        list.push(select(w, &field("field", w.t("proposal-field-field"), &asked.field), &fields));
    }
    let action = base(&facts.season);
    html! {
        @if !list.is_empty() {
            (filter(w, &Filter { action: &action, label: "", fields: &list, on: &[], found: "" }))
        }
    }
}

fn rows(w: Words, facts: &Facts, list: &[Listed]) -> Markup {
    let (list_of, locale) = (base(&facts.season), w.locale());
    let hrefs: Vec<String> = list.iter().map(|row| format!("{list_of}/{}", row.id)).collect();
    let metas: Vec<Vec<Markup>> = list
        .iter()
        .map(|row| {
            let tier = facts.template.tiers.iter().find(|tier| tier.key == row.tier).map_or("", |t| t.name.of(locale));
            let number = w.t_with("proposal-number", &[("n", row.number.into())]);
            let mut meta = vec![html! { span.num { (number) } }];
            let words = [name_of(&facts.template.fields, &row.field, locale), tier];
            meta.extend(words.into_iter().filter(|word| !word.is_empty()).map(|word| html! { (word) }));
            meta.push(html! { span.num { (shown::amount(w, &facts.season, row.grant.0)) } });
            meta
        })
        .collect();
    let list = list.iter().enumerate().map(|(at, row)| Card {
        title: &row.title,
        href: &hrefs[at],
        tag: state(w, row.state),
        meta: &metas[at],
        excerpt: "",
    });
    cards(&list.collect::<Vec<_>>())
}

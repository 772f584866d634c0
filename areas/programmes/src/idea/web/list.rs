//! The list of ideas, narrowed and sorted by its address.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::Refusal;
use people::desk;
use places::Place;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Field, Filter as Bar, Head, Input, Tone, Weight, apart, breadcrumb, cols, empty, filter, head,
        link_button, notice, pager, select, text,
    },
};
use web::{PathId, Problem, Rim, Section, Visit, in_query, optional_id, problem};

use super::{cards, form};
use crate::{
    Season, SeasonId, Stage, Template,
    idea::{
        Idea, IdeaId, post, queries,
        queries::{Filter, Found, Order, SEARCHED},
        rules,
    },
    season::{queries as seasons, web::shown},
    template,
};

/// Areas that a filter and the form offer, at most.
const AREAS: usize = 100;

/// Which part of the list, which idea was just posted, and for whom a worker writes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    q: String,
    field: String,
    area: String,
    answered: String,
    sort: String,
    /// Only the reader's own.
    mine: String,
    before: String,
    posted: String,
    /// The desk entry with which a worker writes for somebody else.
    desk: String,
}

impl Which {
    fn order(&self) -> Order {
        if self.sort == "supports" { Order::Supports } else { Order::Newest }
    }

    /// The address of this list from another place on, or narrowed otherwise.
    fn address(&self, season: &SeasonId, (name, value): (&str, &str)) -> String {
        let pairs = [
            ("q", &self.q),
            ("field", &self.field),
            ("area", &self.area),
            ("answered", &self.answered),
            ("sort", &self.sort),
            ("mine", &self.mine),
        ];
        let mut out = format!("/seasons/{season}/ideas");
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                out.push(if out.contains('?') { '&' } else { '?' });
                out.push_str(&format!("{name}={}", in_query(value)));
            }
        };
        for (pair, old) in pairs {
            put(pair, if pair == name { value } else { old });
        }
        if name == "before" {
            put(name, value);
        }
        out
    }

    fn is_narrowed(&self) -> bool {
        [&self.q, &self.field, &self.area, &self.answered, &self.mine].iter().any(|value| !value.is_empty())
    }
}

pub(super) struct Facts {
    pub season: Season,
    pub template: Template,
    ideas: Vec<Idea>,
    /// Where a search for words goes on.
    ended: Option<String>,
    /// The season's place and those directly below it.
    pub areas: Vec<Place>,
    /// Where the reader lives, as the form proposes it.
    pub home: Option<Place>,
    /// The name by which others see the reader.
    pub shown_name: String,
    posted: Option<Idea>,
    office: bool,
}

pub(super) async fn facts(rim: &Rim, visit: &Visit, id: SeasonId, which: &Which) -> Result<Facts, Problem> {
    let (cx, which) = (rim.context_of(visit), which.clone());
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let me = cx.author();
        let found = match me.filter(|_| !which.mine.is_empty()) {
            Some(me) => Found { ideas: queries::mine(s, &id, me, &which.before)?, ended: None },
            None => {
                let Which { field, area, answered, q: words, before, .. } = which.clone();
                let filter = Filter { field, area, answered, words, order: which.order(), before };
                queries::search(s, &id, &filter, SEARCHED)?
            }
        };
        let areas = places::queries::list(s, Some(&season.place))?.into_iter().take(AREAS).collect();
        let (mut home, mut shown_name) = (None, String::new());
        if season.stage == Stage::Ideas
            && may(&cx.actor, Action::PostIdea, id.home())
            && let Some(me) = me
        {
            home = post::home_of(s, &season, Some(me))?;
            shown_name = people::account::queries::shown_name(s, me)?;
        }
        let posted: Option<IdeaId> = optional_id(Some(&which.posted));
        let posted = match posted {
            Some(posted) => queries::idea(s, &id, &posted).ok().filter(|idea| rules::may_see(idea, me, false)),
            None => None,
        };
        let office = queries::is_office(s, &cx, &season)?;
        let Found { ideas, ended } = found;
        Ok::<_, Fault>(Facts { season, template, ideas, ended, areas, home, shown_name, posted, office })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/ideas`: four statements; one more for words, three more for who may write, one for who holds a post.
pub(super) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, id, &which).await?;
    let desk = desk::typed(&which.desk)?;
    let desk = desk.map_or_else(String::new, |id| id.to_string());
    let place = facts.home.as_ref().map_or_else(String::new, |home| home.id.to_string());
    let typed = form::Typed::fresh(rim.once(), desk, place);
    let body = page(&visit, &facts, &which, (&typed, None));
    Ok(visit.page(Section::Seasons, visit.words.t("ideas-title"), &body))
}

/// The page again, with what was typed and why it was not taken.
pub(super) async fn again(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    (typed, refusal): (&form::Typed, &Refusal),
) -> Result<Response, Problem> {
    let which = Which::default();
    let facts = facts(rim, visit, id, &which).await?;
    let body = page(visit, &facts, &which, (typed, Some(refusal)));
    let mut response = visit.page(Section::Seasons, visit.words.t("ideas-title"), &body);
    *response.status_mut() = problem::status_of(refusal);
    Ok(response)
}

fn page(visit: &Visit, f: &Facts, which: &Which, state: (&form::Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let here = format!("/seasons/{}", f.season.id);
    let open = f.season.stage == Stage::Ideas;
    let mut ways = Vec::new();
    if open && state.1.is_none() {
        ways.push(link_button(Weight::Plain, "#idea-form", w.t("idea-new")));
    }
    if f.office {
        ways.push(link_button(Weight::Plain, &format!("{here}/ideas/work"), w.t("ideas-work")));
    }
    if visit.me.is_some() && which.mine.is_empty() {
        ways.push(link_button(Weight::Quiet, &format!("{here}/ideas?mine=1"), w.t("ideas-mine")));
    }
    let written = html! { @if open { (form::write(visit, f, state)) } @else { (form::closed(w, state.0)) } };
    let list = html! { div.stack { (bar(w, f, which)) (listed(w, f, which)) } };
    html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &f.season.name)], w.t("ideas-title")))
        (head(&Head {
            title: &w.t_with("ideas-of", &[("season", (&f.season.name).into())]),
            lead: if open { w.t("ideas-lead") } else { "" },
            acts: &ways,
            ..Head::default()
        }))
        (shown::tabs(w, &f.season, &f.template, "ideas"))
        @if let Some(idea) = &f.posted { (thanks(w, &here, idea)) }
        @if state.1.is_some() { (cols(&written, &list)) } @else { (cols(&list, &written)) }
    }
}

fn thanks(w: Words, here: &str, idea: &Idea) -> Markup {
    notice(
        w,
        Tone::Ok,
        w.t("idea-thanks"),
        &html! {
            p { (w.t_with("idea-thanks-number", &[("number", idea.id.as_str().into())])) }
            @if let Some(promise) = &idea.promise {
                p { (w.t_with("idea-promise", &[("date", (&shown::date(w.locale(), &promise.day)).into())])) }
            }
            @if idea.state == crate::idea::State::Waiting { p { (w.t("idea-waiting-told")) } }
            p { a href={ (here) "/ideas/" (idea.id) } { (idea.title) } }
        },
    )
}

fn bar(w: Words, f: &Facts, which: &Which) -> Markup {
    let field = |name, label, value| Field { name, label: w.t(label), value, ..Field::default() };
    let choice = |value, label| Choice { value, label, ..Choice::default() };
    let fields: Vec<Choice<'_>> = f.template.fields.iter().map(|t| choice(&t.key, t.name.of(w.locale()))).collect();
    let mut areas: Vec<Choice<'_>> = f.areas.iter().map(|p| choice(p.id.as_str(), &p.shown)).collect();
    if !areas.is_empty() {
        areas.push(choice(f.season.place.as_str(), w.t("idea-place-whole")));
    }
    let answered = ["unanswered", "answered"].map(|word| choice(word, w.t(&format!("ideas-{word}"))));
    let sorts = ["newest", "supports"].map(|word| choice(word, w.t(&format!("ideas-sort-{word}"))));
    let mut list = vec![text(w, &field("q", "ideas-search", &which.q), Input::Search, Some(60))];
    if !fields.is_empty() {
        list.push(select(w, &field("field", "idea-field-field", &which.field), &fields));
    }
    if !areas.is_empty() {
        list.push(select(w, &field("area", "idea-field-place", &which.area), &areas));
    }
    list.push(select(w, &field("answered", "ideas-filter-answered", &which.answered), &answered));
    list.push(select(w, &field("sort", "ideas-sort", &which.sort), &sorts));
    let name = |list: &[Choice<'_>], value: &str| {
        list.iter().find(|c| c.value == value).map_or_else(|| value.to_owned(), |c| c.label.to_owned())
    };
    let on = [
        ("q", which.q.clone(), which.q.clone()),
        ("field", which.field.clone(), name(&fields, &which.field)),
        ("area", which.area.clone(), name(&areas, &which.area)),
        ("answered", which.answered.clone(), name(&answered, &which.answered)),
        ("sort", which.sort.clone(), name(&sorts, &which.sort)),
        ("mine", which.mine.clone(), w.t("ideas-mine").to_owned()),
    ];
    let on: Vec<(String, String)> = on
        .into_iter()
        .filter(|(_, value, _)| !value.is_empty())
        .map(|(pair, _, label)| (label, which.address(&f.season.id, (pair, ""))))
        .collect();
    let on: Vec<(&str, &str)> = on.iter().map(|(label, href)| (label.as_str(), href.as_str())).collect();
    let action = format!("/seasons/{}/ideas", f.season.id);
    // the form of a new idea asks for a field too
    apart("bar", &filter(w, &Bar { action: &action, label: "", fields: &list, on: &on, found: "" }))
}

fn listed(w: Words, f: &Facts, which: &Which) -> Markup {
    let here = format!("/seasons/{}/ideas", f.season.id);
    let full = i64::try_from(f.ideas.len()).is_ok_and(|n| n >= seasons::PAGE);
    let order = if which.mine.is_empty() { which.order() } else { Order::Newest };
    let next = f.ideas.last().filter(|_| full).map(|last| queries::cursor(order, last)).or_else(|| f.ended.clone());
    let next = next.map(|cursor| which.address(&f.season.id, ("before", &cursor)));
    let first = which.address(&f.season.id, ("", ""));
    html! {
        @if !f.ideas.is_empty() {
            (cards(w, &f.season.id, &f.ideas, Some(&f.template)))
        } @else if f.ended.is_some() {
            (empty(w.t("ideas-none-found-yet"), "", None))
        } @else if !which.before.is_empty() {
            (empty(w.t("list-end"), "", Some((&first, w.t("list-first")))))
        } @else if which.is_narrowed() {
            (empty(w.t("ideas-none-found"), "", Some((&here, w.t("ideas-all")))))
        } @else if f.season.stage == Stage::Ideas {
            (empty(w.t("ideas-none"), w.t("ideas-none-hint"), None))
        } @else {
            (empty(w.t("ideas-none"), "", None))
        }
        @if f.ended.is_some() { p.soft { (w.t_with("ideas-searched", &[("n", SEARCHED.into())])) } }
        (pager(w, (!which.before.is_empty()).then_some(first.as_str()), next.as_deref()))
    }
}

//! Ideas: the list with its form, and one of them.

use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use db::Fault;
use kernel::{FieldError, Kind, Refusal};
use people::desk::DeskId;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Errors, Field, Head, Input, Tone, Weight, acts, breadcrumb, button, cols, empty, form, head, link_button,
        notice, pager, sheet, text, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, Section, Visit, optional_id, problem};

use super::{
    Idea, IdeaId,
    post::{self as posting, PostIdea},
    post_for, queries,
};
use crate::{
    Season, SeasonId, Stage,
    season::{queries::season as season_of, web::shown},
};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/ideas", get(list).post(post))
        .route("/seasons/{season}/ideas/{idea}", get(show))
}

/// Which page of the list, and which idea was just posted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    before: Option<String>,
    posted: Option<String>,
    /// The desk entry with which a worker writes for somebody else.
    desk: Option<String>,
}

/// An idea as it is sent, and the desk entry.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Sent {
    #[serde(flatten)]
    idea: PostIdea,
    #[serde(default)]
    desk: String,
}

/// What the page shows besides the list.
#[derive(Default)]
struct Form<'a> {
    typed: PostIdea,
    /// The desk entry's id, or nothing.
    desk: String,
    refusal: Option<&'a Refusal>,
}

struct Facts {
    season: Season,
    ideas: Vec<Idea>,
    before: Option<IdeaId>,
    posted: Option<IdeaId>,
}

async fn facts(rim: &Rim, id: SeasonId, which: &Which) -> Result<Facts, Problem> {
    let (before, posted) = (optional_id(which.before.as_deref()), optional_id(which.posted.as_deref()));
    let read = rim.db.read(move |s| {
        let season = season_of(s, &id)?;
        let ideas = queries::ideas(s, &id, before.as_ref())?;
        Ok::<_, Fault>(Facts { season, ideas, before: before.clone(), posted: posted.clone() })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/ideas`: two statements.
pub(crate) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, id, &which).await?;
    let desk: Option<DeskId> = optional_id(which.desk.as_deref());
    let desk = desk.map_or_else(String::new, |id| id.to_string());
    let fresh = Form { typed: PostIdea { once: rim.once(), ..PostIdea::default() }, desk, refusal: None };
    Ok(visit.page(Section::Seasons, visit.words.t("ideas-title"), &page(&visit, &facts, &fresh)))
}

/// `POST /seasons/{season}/ideas`: to the list with a word of thanks, or the page again with what was typed.
pub(crate) async fn post(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Fields(Sent { idea: typed, desk }): Fields<Sent>,
) -> Result<Response, Problem> {
    if let Some(entry) = optional_id(Some(&desk)) {
        return post_for(&rim, &visit, (id, entry), typed).await;
    }
    let posted = match send(&rim, &visit, &id, &typed).await {
        // the twin of a double tap came first and is there now: the second try finds it
        Err(Fault::Refused(refusal)) if refusal.code == "changed-meanwhile" => send(&rim, &visit, &id, &typed).await,
        posted => posted,
    };
    let refusal = match posted {
        Ok(idea) => return Ok(Redirect::to(&format!("/seasons/{id}/ideas?posted={}", idea.id)).into_response()),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound => refusal,
        Err(fault) => return Err(fault.into()),
    };
    again(&rim, &visit, id, &Form { typed, desk: String::new(), refusal: Some(&refusal) }).await
}

/// An idea that a worker writes for somebody else ends with a receipt.
async fn post_for(
    rim: &Rim,
    visit: &Visit,
    (id, entry): (SeasonId, DeskId),
    typed: PostIdea,
) -> Result<Response, Problem> {
    let (cx, season, input, desk) = (rim.context_of(visit), id.clone(), typed.clone(), entry.clone());
    let sent = rim.db.write(move |tx| post_for::post_for(tx, &mut cx.clone(), (&season, &desk), &input)).await;
    match sent {
        Ok(receipt) => Ok(Redirect::to(&format!("/receipts/{}", receipt.number)).into_response()),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            again(rim, visit, id, &Form { typed, desk: entry.to_string(), refusal: Some(&refusal) }).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The page again, with what was typed and why it was not taken.
async fn again(rim: &Rim, visit: &Visit, id: SeasonId, state: &Form<'_>) -> Result<Response, Problem> {
    let facts = facts(rim, id, &Which::default()).await?;
    let mut response = visit.page(Section::Seasons, visit.words.t("ideas-title"), &page(visit, &facts, state));
    if let Some(refusal) = state.refusal {
        *response.status_mut() = problem::status_of(refusal);
    }
    Ok(response)
}

async fn send(rim: &Rim, visit: &Visit, season: &SeasonId, typed: &PostIdea) -> Result<Idea, Fault> {
    let cx = rim.context_of(visit);
    let (season, typed) = (season.clone(), typed.clone());
    rim.db.write(move |tx| posting::post(tx, &mut cx.clone(), &season, &typed)).await
}

fn page(visit: &Visit, facts: &Facts, state: &Form<'_>) -> Markup {
    let w = visit.words;
    let season = &facts.season;
    let here = format!("/seasons/{}", season.id);
    let open = season.stage == Stage::Ideas;
    let to_form = link_button(Weight::Plain, "#idea-form", w.t("idea-new"));
    let written = html! { @if open { (idea_form(visit, season, state)) } @else { (closed(w, state)) } };
    let list = listed(w, facts);
    html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("ideas-title")))
        (head(&Head {
            title: &w.t_with("ideas-of", &[("season", (&season.name).into())]),
            lead: if open { w.t("ideas-lead") } else { "" },
            acts: if open && state.refusal.is_none() { std::slice::from_ref(&to_form) } else { &[] },
            ..Head::default()
        }))
        @if let Some(idea) = facts.posted.as_ref().and_then(|id| facts.ideas.iter().find(|i| i.id == *id)) {
            (notice(w, Tone::Ok, w.t("idea-thanks"), &html! {
                p { (w.t_with("idea-thanks-number", &[("number", idea.id.as_str().into())])) }
                p { a href={ (here) "/ideas/" (idea.id) } { (idea.title) } }
            }))
        }
        @if state.refusal.is_some() { (cols(&written, &list)) } @else { (cols(&list, &written)) }
    }
}

fn listed(w: Words, facts: &Facts) -> Markup {
    let here = format!("/seasons/{}/ideas", facts.season.id);
    let full = i64::try_from(facts.ideas.len()).is_ok_and(|n| n >= crate::season::queries::PAGE);
    let next = facts.ideas.last().filter(|_| full).map(|last| format!("{here}?before={}", last.id));
    html! {
        @if !facts.ideas.is_empty() {
            (cards(w, &facts.season.id, &facts.ideas))
        } @else if facts.before.is_some() {
            (empty(w.t("list-end"), "", Some((&here, w.t("list-first")))))
        } @else if facts.season.stage == Stage::Ideas {
            (empty(w.t("ideas-none"), w.t("ideas-none-hint"), None))
        } @else {
            (empty(w.t("ideas-none"), "", None))
        }
        (pager(w, facts.before.as_ref().map(|_| here.as_str()), next.as_deref()))
    }
}

/// Ideas under one another.
pub(crate) fn cards(w: Words, season: &SeasonId, ideas: &[Idea]) -> Markup {
    let hrefs: Vec<String> = ideas.iter().map(|i| format!("/seasons/{season}/ideas/{}", i.id)).collect();
    let excerpts: Vec<String> = ideas.iter().map(|i| shown::excerpt(&i.body, 100)).collect();
    let metas: Vec<[Markup; 2]> = ideas.iter().map(|i| [by(w, i), shown::day(w, &i.posted_day)]).collect();
    let list = ideas.iter().enumerate().map(|(at, idea)| Card {
        title: &idea.title,
        href: &hrefs[at],
        tag: html! {},
        meta: &metas[at],
        excerpt: &excerpts[at],
    });
    ui::parts::cards(&list.collect::<Vec<_>>())
}

fn by(w: Words, idea: &Idea) -> Markup {
    html! {
        @if idea.author.is_empty() { (w.t("idea-by-resident")) }
        @else { (w.t_with("idea-by", &[("name", (&idea.author).into())])) }
    }
}

/// The form, or what to do before one may write.
fn idea_form(visit: &Visit, season: &Season, state: &Form<'_>) -> Markup {
    let w = visit.words;
    if !may(&visit.actor, Action::PostIdea, season.id.home()) && state.refusal.is_none() {
        return before_writing(visit, season);
    }
    const NONE: &[FieldError] = &[];
    let list = state.refusal.map_or(NONE, |r| &r.fields);
    let errors = Errors::new(w, list);
    let labels = [("title", "idea-field-title"), ("body", "idea-field-body"), ("author", "idea-field-name")];
    let labels = labels.map(|(name, key)| (name, w.t(key)));
    let field = |at: usize, hint, value, required| {
        let (name, label) = labels[at];
        Field { name, label, hint: w.t(hint), value, error: errors.of(name), required }
    };
    let typed = &state.typed;
    let body = html! {
        (visit.csrf_field())
        @if !state.desk.is_empty() { (notice(w, Tone::Due, "", &html! { p { (w.t("desk-for-another")) } })) }
        (errors.summary(&labels))
        (told(w, state.refusal))
        (text(w, &field(0, "idea-field-title-hint", &typed.title, true), Input::Line, Some(60)))
        (textarea(w, &field(1, "idea-field-body-hint", &typed.body, true), 6, Some(2_000)))
        (text(w, &field(2, "idea-field-name-hint", &typed.author, false), Input::Name, Some(30)))
        p.small.soft { (w.t("idea-privacy")) }
        (acts(&[button(Weight::First, w.t("idea-send"))]))
    };
    html! {
        section.sheet.stack #idea-form {
            h2 { (w.t("idea-form-title")) }
            (form(&format!("/seasons/{}/ideas", season.id), &[("once", &typed.once), ("desk", &state.desk)], &body))
        }
    }
}

/// Who publishes has shown a telephone number or been to the desk (Cybersecurity Law, article 26); the name stays the
/// writer's own business.
fn before_writing(visit: &Visit, season: &Season) -> Markup {
    let w = visit.words;
    let back = format!("/seasons/{}/ideas", season.id);
    let way = match visit.me {
        None => link_button(Weight::First, &format!("/sign-in?next={back}"), w.t("idea-sign-in")),
        Some(_) => link_button(Weight::First, "/me", w.t("account-verify")),
    };
    html! {
        section.sheet.stack #idea-form {
            h2 { (w.t("idea-form-title")) }
            p { (w.t("idea-before")) }
            (acts(&[way]))
            p.small.soft { (w.t("idea-without-phone")) }
        }
    }
}

/// Why there is no form, and whatever somebody typed into one that was still open, so that it is not lost.
fn closed(w: Words, state: &Form<'_>) -> Markup {
    let PostIdea { title, body, .. } = &state.typed;
    html! {
        (notice(w, Tone::Due, "", &html! { p { (w.t("idea-closed")) } }))
        @if !title.is_empty() || !body.is_empty() {
            (sheet(w.t("idea-kept"), &html! { p { strong { (title) } } (shown::prose(body)) }))
        }
    }
}

/// `GET /seasons/{season}/ideas/{idea}`: two statements.
pub(crate) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
) -> Result<Response, Problem> {
    let (season, idea) =
        rim.db.read(move |s| Ok::<_, Fault>((season_of(s, &id)?, queries::idea(s, &id, &idea)?))).await?;
    let w = visit.words;
    let here = format!("/seasons/{}", season.id);
    let list = format!("{here}/ideas");
    let body = html! {
        (breadcrumb(
            w,
            &[("/seasons", w.t("nav-seasons")), (&here, &season.name), (&list, w.t("ideas-title"))],
            &idea.title,
        ))
        (head(&Head {
            kicker: &[by(w, &idea), shown::day(w, &idea.posted_day)],
            title: &idea.title,
            ..Head::default()
        }))
        div.stack.flow { (shown::prose(&idea.body)) }
        div.stack {
            p.small.soft { (w.t_with("idea-number", &[("number", idea.id.as_str().into())])) }
            (acts(&[link_button(Weight::Plain, &list, w.t("ideas-all"))]))
        }
    };
    Ok(visit.page(Section::Seasons, &idea.title, &body))
}

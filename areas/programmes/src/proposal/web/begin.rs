//! Begin a proposal.

use axum::{
    extract::{Query, State as Shared},
    response::Response,
};
use db::Fault;
use kernel::{OrgId, Refusal};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    html,
    parts::{Choice, Field, Head, Input, Weight, acts, breadcrumb, button, head, link_button, select, told},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::base;
use crate::{
    Season, SeasonId, Template,
    idea::{self, Idea, IdeaId},
    page::{self, Line},
    proposal::{
        rules::WRITING,
        start::{self, StartProposal},
    },
    season::web::shown,
    template,
};

/// From which idea.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct From {
    idea: Option<String>,
}

struct Facts {
    season: Season,
    template: Template,
    idea: Option<Idea>,
    orgs: Vec<(OrgId, String)>,
}

/// `GET /seasons/{season}/proposals/new`: three statements, and one for each organisation of the reader, 8 at most.
pub(crate) async fn blank(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let typed = StartProposal { idea: from.idea.unwrap_or_default(), once: rim.once(), ..StartProposal::default() };
    form(&rim, &visit, id, (typed, None)).await
}

/// `POST /seasons/{season}/proposals/new`: to the form of the new proposal.
pub(crate) async fn begin(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<StartProposal>,
) -> Result<Response, Problem> {
    let (season, input) = (id.clone(), typed.clone());
    let begun = page::act(&rim, &visit, move |tx, cx| start::start(tx, cx, &season, &input)).await;
    match page::shown(begun)? {
        Ok(proposal) => Ok(page::to(&format!("/seasons/{id}/proposals/{}/edit", proposal.id))),
        Err(refusal) => form(&rim, &visit, id, (typed, Some(&refusal))).await,
    }
}

async fn facts(rim: &Rim, visit: &Visit, id: SeasonId, idea: Option<IdeaId>) -> Result<Facts, Problem> {
    let cx = rim.context_of(visit);
    let mut seats = visit.actor.principal().map_or_else(Vec::new, |principal| principal.seats.clone());
    seats.truncate(8);
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let idea = idea.as_ref().map(|idea| idea::queries::seen(s, &cx, &season, idea)).transpose()?;
        let mut orgs = Vec::new();
        for seat in &seats {
            let org = people::org::queries::org(s, seat)?;
            if org.closed.is_none() {
                orgs.push((org.id, org.name));
            }
        }
        Ok::<_, Fault>(Facts { season, template, idea: idea.map(|(idea, _)| idea), orgs })
    });
    Ok(read.await?)
}

async fn form(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    (typed, refusal): (StartProposal, Option<&Refusal>),
) -> Result<Response, Problem> {
    let mut facts = facts(rim, visit, id, optional_id(Some(&typed.idea))).await?;
    // what became of it is told, and the form goes on without it
    let gone = facts.idea.as_ref().and_then(|idea| idea::rules::expect_state(idea, &[idea::State::Shown]).err());
    facts.idea = facts.idea.filter(|_| gone.is_none());
    let gone = gone.filter(|_| WRITING.contains(&facts.season.stage));
    let (refusal, from) = (refusal.or(gone.as_ref()), facts.idea.as_ref().map_or("", |idea| idea.id.as_str()));
    let (w, list) = (visit.words, base(&facts.season));
    let season = format!("/seasons/{}", facts.season.id);
    let verified = may(&visit.actor, Action::PostIdea, facts.season.id.home());
    let title = if typed.title.is_empty() { facts.idea.as_ref().map_or("", |idea| &idea.title) } else { &typed.title };
    let body = html! {
        (breadcrumb(
            w,
            &[("/seasons", w.t("nav-seasons")), (&season, &facts.season.name), (&list, w.t("proposals-title"))],
            w.t("proposal-new"),
        ))
        (head(&Head { title: w.t("proposal-new"), lead: w.t("proposal-new-lead"), ..Head::default() }))
        div.stack {
            (shown::tabs(w, &facts.season, &facts.template, "proposals"))
            @if !WRITING.contains(&facts.season.stage) && refusal.is_none() {
                p { (w.t("refusal-wrong-stage")) }
                (acts(&[link_button(Weight::Plain, &list, w.t("proposals-title"))]))
            } @else if !verified {
                p { (w.t("refusal-verify-first")) }
                (acts(&[link_button(Weight::First, "/me", w.t("account-verify"))]))
            } @else {
                section.sheet.stack {
                    @if let Some(idea) = &facts.idea {
                        p { (w.t("proposal-from-idea")) " " a href={ (season) "/ideas/" (idea.id) } { (idea.title) } }
                    }
                    (page::form(visit, &format!("{list}/new"), &[("idea", from), ("once", &typed.once)], &html! {
                        (page::errors(w, refusal).summary(&[("title", w.t("proposal-field-title"))]))
                        (told(w, refusal))
                        (Line {
                            name: "title", label: w.t("proposal-field-title"), hint: w.t("proposal-field-title-hint"),
                            value: title, input: Input::Line, most: 60, required: true,
                        }.show(w, refusal))
                        (applicant(visit, &facts, &typed.org))
                        (acts(&[button(Weight::First, w.t("proposal-begin"))]))
                    }))
                }
            }
        }
    };
    Ok(page::page(visit, w.t("proposal-new"), &body, refusal))
}

/// For oneself, or for an organisation in which one has a seat.
fn applicant(visit: &Visit, facts: &Facts, chosen: &str) -> ui::Markup {
    let w = visit.words;
    let ids: Vec<String> = facts.orgs.iter().map(|(id, _)| id.to_string()).collect();
    let choices: Vec<Choice<'_>> =
        (facts.orgs.iter().zip(&ids)).map(|((_, name), id)| Choice { value: id, label: name, more: "" }).collect();
    let field = Field {
        name: "org",
        label: w.t("proposal-field-org"),
        hint: w.t("proposal-field-org-hint"),
        value: chosen,
        error: None,
        required: false,
    };
    html! { @if !choices.is_empty() { (select(w, &field, &choices)) } }
}

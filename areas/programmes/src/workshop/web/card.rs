//! A card of a workshop becomes an idea.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use places::Place;
use rights::{Action, may};
use ui::{
    Markup, html,
    parts::{self, Choice, Field, Head, Input, Weight, acts, breadcrumb, button, head, link_button, told},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit as Asker};

use super::{
    super::{Card, Workshop, WorkshopId, card as cards, queries},
    Typed, of,
};
use crate::{
    Season, SeasonId, Stage, Template,
    idea::post::PostIdea,
    page::{self, Line},
    season::{self, expect_stage},
    template,
};

type Ids = (SeasonId, WorkshopId, u32);

/// What the page shows.
struct Facts {
    season: Season,
    template: Template,
    workshop: Workshop,
    card: Card,
}

/// Five statements.
async fn facts(rim: &Rim, asker: &Asker, (season, id, number): Ids) -> Result<Facts, Problem> {
    let actor = asker.actor.clone();
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &season)?;
        let workshop = queries::workshop(s, &season.id, &id)?;
        let site = places::queries::show(s, &workshop.place)?.as_ref().map(Place::site).transpose()?;
        if !site.is_some_and(|site| may(&actor, Action::MoveMatter, &site)) {
            return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
        }
        let card = queries::card(s, &workshop, number)?;
        Ok::<_, Fault>(Facts { template: template::queries::of_season(s, &season)?, card, workshop, season })
    });
    Ok(read.await?)
}

fn workshop_of(facts: &Facts) -> String {
    format!("/seasons/{}/workshops/{}", facts.season.id, facts.workshop.id)
}

/// `GET /seasons/{season}/workshops/{workshop}/cards/{number}/idea`: the form, with what stands on the card.
pub(crate) async fn blank(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(ids): PathId<Ids>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &asker, ids).await?;
    if facts.card.idea.is_some() {
        return Ok(page::to(&workshop_of(&facts)));
    }
    expect_stage(&facts.season, &[Stage::Ideas])?;
    let words = facts.card.body.clone();
    let title = if words.chars().count() <= 60 { words.clone() } else { String::new() };
    let typed: Typed = [("title".to_owned(), title), ("body".to_owned(), words)].into();
    Ok(shown_form(&asker, &facts, (&typed, None)))
}

/// `POST …/idea`: back to the workshop, whose card leads to the idea.
pub(crate) async fn send(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(ids): PathId<Ids>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let [title, body, field] = ["title", "body", "field"].map(|name| of(&typed, name).to_owned());
    let (on, input) = (ids.clone(), PostIdea { title, body, field, ..PostIdea::default() });
    let done = page::act(&rim, &asker, move |tx, cx| cards::post(tx, cx, (&on.0, &on.1, on.2), &input)).await;
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{}/workshops/{}", ids.0, ids.1))),
        Err(refusal) => Ok(shown_form(&asker, &facts(&rim, &asker, ids).await?, (&typed, Some(&refusal)))),
    }
}

fn shown_form(asker: &Asker, facts: &Facts, (typed, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let (w, here) = (asker.words, workshop_of(facts));
    let (season, list) = (format!("/seasons/{}", facts.season.id), format!("/seasons/{}/workshops", facts.season.id));
    let way = [
        ("/seasons", w.t("nav-seasons")),
        (&*season, &*facts.season.name),
        (&*list, w.t("workshops-title")),
        (&*here, &*facts.workshop.title),
    ];
    let title = w.t("workshop-card-post");
    let body = html! {
        (breadcrumb(w, &way, title))
        (head(&Head { title, lead: w.t("workshop-card-post-lead"), ..Head::default() }))
        section.sheet.stack {
            (page::form(asker, &format!("{here}/cards/{}/idea", facts.card.number), &[], &fields(asker, facts, (typed, refusal))))
        }
    };
    page::page(asker, title, &body, refusal)
}

fn fields(asker: &Asker, facts: &Facts, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let (w, errors) = (asker.words, page::errors(asker.words, refusal));
    let labels = [("title", "idea-field-title"), ("body", "idea-field-body"), ("field", "idea-field-field")];
    let labels = labels.map(|(name, key)| (name, w.t(key)));
    let field = |at: usize, hint| {
        let (name, label) = labels[at];
        Field { name, label, hint, value: of(typed, name), error: errors.of(name), required: true }
    };
    let title = Line {
        name: "title",
        label: labels[0].1,
        hint: w.t("idea-field-title-hint"),
        value: of(typed, "title"),
        input: Input::Line,
        most: 60,
        required: true,
    };
    let kinds = facts.template.fields.iter();
    let kinds: Vec<Choice<'_>> =
        kinds.map(|term| Choice { value: &term.key, label: term.name.of(w.locale()), more: "" }).collect();
    html! {
        (errors.summary(&labels))
        (told(w, refusal))
        (title.show(w, refusal))
        (parts::textarea(w, &field(1, w.t("idea-field-body-hint")), 5, Some(2_000)))
        @if !kinds.is_empty() { (parts::select(w, &field(2, ""), &kinds)) }
        (acts(&[button(Weight::First, w.t("idea-send")), link_button(Weight::Quiet, &workshop_of(facts), w.t("btn-back"))]))
    }
}

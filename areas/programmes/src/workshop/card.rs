//! Cards of a workshop, and the ideas that they become.

use db::{DbError, Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal, Shape};
use ledger::entry::{self, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Card, MAX_AT_ONCE, MAX_CARDS, Workshop, WorkshopId, queries, record, store};
use crate::{
    Season, SeasonId,
    idea::{
        self, Idea, IdeaId,
        post::{Hand, PostIdea},
    },
    season,
    visit::record::permit_at,
};

/// Cards as somebody typed them.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AddCards {
    /// 1 to 50 cards of 1 to 300 characters each, without names.
    pub cards: Vec<String>,
}

/// The workshop with its season and the right to work on it.
pub(super) fn at(
    tx: &mut Tx<'_>,
    cx: &Context,
    (season, id): (&SeasonId, &WorkshopId),
) -> Result<(Season, Workshop, Permit), Fault> {
    let season = season::queries::season(tx, season)?;
    let workshop = queries::workshop(tx, &season.id, id)?;
    let permit = permit_at(tx, cx, &season, &workshop.place)?;
    Ok((season, workshop, permit))
}

/// Adds the cards that are not there yet; the same words are one card. Answers with all cards of the workshop.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `workshop-not-found`, `wrong-stage`, `too-many-cards`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    ids: (&SeasonId, &WorkshopId),
    input: &AddCards,
) -> Result<Vec<Card>, Fault> {
    let (season, workshop, permit) = at(tx, cx, ids)?;
    record::may_record(&season)?;
    let mut shape = Shape::new();
    if input.cards.is_empty() {
        shape.error("cards", "required");
    }
    if input.cards.len() > MAX_AT_ONCE {
        shape.error("cards", "too-long-a-list");
    }
    let typed: Vec<String> = input.cards.iter().take(MAX_AT_ONCE).map(|c| shape.line("cards", c, 300)).collect();
    let typed = shape.finish(typed)?;
    let mut cards = store::cards(tx, &workshop)?;
    let before = cards.len();
    for body in typed {
        if cards.iter().any(|card| card.body == body) {
            continue;
        }
        let number = cards.last().map_or(1, |last| last.number + 1);
        if number > MAX_CARDS {
            let limit = i64::from(MAX_CARDS);
            return Err(Refusal::new(Kind::LimitReached, "too-many-cards").with_int("limit", limit).into());
        }
        let card = Card { number, body, idea: None };
        match store::insert_card(tx, &permit, &workshop.id, &card) {
            Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
            other => other?,
        }
        cards.push(card);
    }
    let new = &cards[before..];
    if !new.is_empty() {
        let public = json!({ "workshop": workshop.id, "cards": new.len() });
        let private = json!({ "cards": new.iter().map(|card| &card.body).collect::<Vec<_>>() });
        let subject = season.id.as_str();
        let draft = entry::Draft { kind: "workshop.cards-added", subject, public: &public, private: Some(&private) };
        append(tx, cx, &permit, &draft)?;
    }
    Ok(cards)
}

/// Says which idea of the season a card became. Said again, it is so already.
///
/// # Errors
/// Refusals `season-not-found`, `workshop-not-found`, `card-not-found`, `idea-not-found`, `card-is-an-idea`,
/// `not-allowed`; database faults.
pub fn link(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, workshop, number): (&SeasonId, &WorkshopId, u32),
    idea: &IdeaId,
) -> Result<Card, Fault> {
    let (season, workshop, permit) = at(tx, cx, (season, workshop))?;
    let card = queries::card(tx, &workshop, number)?;
    if idea.home() != season.id.home() {
        return Err(Refusal::new(Kind::NotFound, "idea-not-found").into());
    }
    idea::queries::idea(tx, &season.id, idea)?;
    if card.idea.as_ref() == Some(idea) {
        return Ok(card);
    }
    if !store::link_card(tx, &permit, (&workshop.id, number), idea)? {
        return Err(Refusal::new(Kind::Conflict, "card-is-an-idea").into());
    }
    let public = json!({ "workshop": workshop.id, "card": number, "idea": idea });
    let subject = season.id.as_str();
    append(tx, cx, &permit, &entry::Draft { kind: "workshop.card-linked", subject, public: &public, private: None })?;
    Ok(Card { idea: Some(idea.clone()), ..card })
}

/// Posts a card as an idea, and links the two. Nobody is its author, for cards carry no names; it is credited to the
/// workshop, at whose place it stands unless another one is given. A card that is an idea answers with it.
///
/// # Errors
/// Refusals of [`link`] and of [`idea::post::post`]; database faults.
pub fn post(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, workshop, number): (&SeasonId, &WorkshopId, u32),
    input: &PostIdea,
) -> Result<Idea, Fault> {
    let (_, of, _) = at(tx, cx, (season, workshop))?;
    if let Some(there) = queries::card(tx, &of, number)?.idea {
        return idea::queries::idea(tx, season, &there);
    }
    let permit = authorize(&cx.actor, Action::PostIdea, season.home())?;
    let place = if input.place.trim().is_empty() { of.place.to_string() } else { input.place.clone() };
    let input = PostIdea { once: format!("{workshop}-{number}"), place, ..input.clone() };
    let hand = Hand::card(cx);
    let idea = idea::post::keep(tx, cx, &permit, (season, &hand), &input)?;
    link(tx, cx, (season, workshop, number), &idea.id)?;
    Ok(idea)
}

/// The id of an idea as somebody typed it: alone, or at the end of its address.
///
/// # Errors
/// Field `idea`: `required`, `not-a-code`.
pub fn typed_idea(text: &str) -> Result<IdeaId, Refusal> {
    let wrong = |code| Refusal::invalid(vec![FieldError::new("idea", code)]);
    match text.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default() {
        "" => Err(wrong("required")),
        id => id.parse().map_err(|_| wrong("not-a-code")),
    }
}

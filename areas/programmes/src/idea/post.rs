//! Post an idea.

use db::{DbError, Fault, Tx};
use kernel::{Context, FieldError, Id, Kind, PersonId, PlaceId, Refusal, Shape, Source};
use ledger::entry::{Draft, append};
use places::{Level, Place};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Idea, MAX_IDEAS, MAX_PHOTOS, State, owed, rules, store};
use crate::{Season, SeasonId, Template, season::queries, template, template::Moderation};

/// An idea as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct PostIdea {
    /// 1 to 60 characters.
    pub title: String,
    /// 1 to 2,000 characters.
    pub body: String,
    /// A key of the template's fields; needed where the template has any.
    pub field: String,
    /// The season's place or one below it, a building at the nearest; empty means the community where the author
    /// lives, else the season's place.
    pub place: String,
    /// Without the author's name. With it, that is the name that their account shows to others.
    pub nameless: bool,
    /// Ids of photos that the same person added before and that belong to nothing yet, at most 3.
    pub files: Vec<String>,
    /// Must be empty: nobody signs with a name that they type.
    pub author: String,
    /// A text the sender makes up for this one idea, at most 64 characters, so that sending twice posts once.
    pub once: String,
}

/// Posts the idea. The same `once` again answers with the idea that is already there.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `wrong-stage`, `too-many-of-yours`, `too-many-ideas`,
/// `file-not-found`, `file-in-use`, `not-allowed`; database faults.
pub fn post(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &PostIdea) -> Result<Idea, Fault> {
    let permit = authorize(&cx.actor, Action::PostIdea, season.home())?;
    let hand = Hand::of(cx);
    keep(tx, cx, &permit, (season, &hand), input)
}

/// Whose idea it is, and by which way it came in.
pub(crate) struct Hand {
    person: Option<PersonId>,
    entered_by: Option<PersonId>,
    source: Source,
}

impl Hand {
    /// Of whoever acts, or for whom they act.
    pub(crate) fn of(cx: &Context) -> Hand {
        Hand { person: cx.author().cloned(), entered_by: cx.entered_by().cloned(), source: cx.source() }
    }

    /// Of a card that somebody wrote at a workshop, without a name: whoever types it in is not its author.
    pub(crate) fn card(cx: &Context) -> Hand {
        Hand { person: None, entered_by: cx.actor.person().cloned(), source: Source::Workshop }
    }
}

/// Posts with a permit that is there already: at the desk it is not the typist's.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (season, hand): (&SeasonId, &Hand),
    input: &PostIdea,
) -> Result<Idea, Fault> {
    let season = queries::season(tx, season)?;
    let template = template::queries::of_season(tx, &season)?;
    let (mut idea, files, typed) = draft(cx, (&season, hand), &template, input)?;
    let once = once_of(&typed, &idea);
    if let Some(posted) = store::once(tx, &season.id, &once)? {
        return Ok(posted);
    }
    rules::may_post(&season)?;
    let place = whereabouts(tx, &season, hand, input)?;
    let area = area_of(&place, &season);
    (idea.place, idea.place_name) = (Some(place.id.clone()), place.shown);
    if let Some(person) = hand.person.as_ref().filter(|_| !input.nameless) {
        idea.author = people::account::queries::shown_name(tx, person)?;
    }
    idea.promise = rules::promise(&work::queries::calendar(tx)?, &cx.day, template.ideas.answer_workdays);
    count(tx, permit, (&season, hand), &template)?;
    let came = store::Came { once: &once, area: &area, entered_by: hand.entered_by.as_ref() };
    match store::insert_idea(tx, permit, &season.id, &idea, &came) {
        // the twin of a double click, at the same instant
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    for file in &files {
        work::files::attach(tx, cx, permit, file, idea.id.as_str())?;
    }
    tell(tx, cx, permit, &season.id, &idea)?;
    owed::owe(tx, cx, permit, &season)?;
    Ok(idea)
}

/// Takes a place among the person's ideas and among the season's.
fn count(tx: &mut Tx<'_>, permit: &Permit, (season, hand): (&Season, &Hand), template: &Template) -> Result<(), Fault> {
    let most = template.ideas.per_person;
    if let Some(person) = &hand.person
        && !store::count_mine(tx, permit, &season.id, (person, most))?
    {
        return Err(Refusal::new(Kind::LimitReached, "too-many-of-yours").with_int("limit", i64::from(most)).into());
    }
    if !store::count_idea(tx, permit, &season.id, MAX_IDEAS)? {
        rules::may_post(&queries::season(tx, &season.id)?)?;
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    Ok(())
}

/// The entry of an idea that was posted.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    season: &SeasonId,
    idea: &Idea,
) -> Result<(), Fault> {
    // what people write may name people: the log holds a commitment to it, the words stay erasable
    let typist = cx.entered_by().or_else(|| cx.actor.person().filter(|_| idea.person.is_none()));
    let words = json!({
        "title": idea.title, "body": idea.body, "author": idea.author, "person": idea.person, "entered_by": typist,
    });
    let told = json!({
        "due": idea.promise.as_ref().map(|due| due.day.as_str()), "field": idea.field, "idea": idea.id,
        "photos": idea.n_photos, "place": idea.place, "source": idea.source.as_str(),
        "split_from": idea.split_from, "state": idea.state,
    });
    let draft = Draft { kind: "idea.posted", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, permit, &draft)?;
    Ok(())
}

/// The same text of two people is two texts.
fn once_of(typed: &str, idea: &Idea) -> String {
    match (&idea.person, typed) {
        (_, "") => idea.id.to_string(),
        (Some(author), typed) => format!("{author}/{typed}"),
        (None, typed) => typed.to_owned(),
    }
}

type Files = Vec<work::files::FileId>;

fn draft(
    cx: &mut Context,
    (season, hand): (&Season, &Hand),
    template: &Template,
    input: &PostIdea,
) -> Result<(Idea, Files, String), Refusal> {
    let mut shape = Shape::new();
    let files = files(&mut shape, &input.files);
    let waits = template.ideas.moderation == Moderation::Before;
    let idea = Idea {
        id: cx.id(season.id.home()),
        title: shape.line("title", &input.title, 60),
        body: shape.prose("body", &input.body, 2_000),
        author: String::new(),
        person: hand.person.clone(),
        field: field(&mut shape, template, &input.field),
        place: None,
        place_name: String::new(),
        source: hand.source,
        state: if waits { State::Waiting } else { State::Shown },
        reason: String::new(),
        merged_into: None,
        split_from: None,
        posted_at: cx.now,
        posted_day: cx.day.clone(),
        promise: None,
        answer: None,
        n_supports: 0,
        n_comments: 0,
        n_photos: u32::try_from(files.len()).unwrap_or(0),
        n_merged: 0,
    };
    if !input.author.trim().is_empty() {
        shape.error("author", "own-name-only");
    }
    if !input.place.trim().is_empty() && input.place.trim().parse::<PlaceId>().is_err() {
        shape.error("place", "unknown-choice");
    }
    let once = shape.optional_line("once", &input.once, 64);
    shape.finish((idea, files, once))
}

/// A field of the template; none where it has none.
pub(super) fn field(shape: &mut Shape, template: &Template, typed: &str) -> String {
    let typed = typed.trim();
    if template.fields.is_empty() {
        return String::new();
    }
    if typed.is_empty() {
        shape.error("field", "required");
    } else if !template.fields.iter().any(|field| field.key == typed) {
        shape.error("field", "unknown-choice");
    }
    typed.to_owned()
}

fn files(shape: &mut Shape, typed: &[String]) -> Files {
    let typed: Vec<&String> = typed.iter().filter(|id| !id.is_empty()).collect();
    if typed.len() > MAX_PHOTOS {
        shape.error("files", "too-many");
        return Files::new();
    }
    let mut ids: Files = typed.iter().filter_map(|id| id.parse::<Id<_>>().ok()).collect();
    if ids.len() < typed.len() {
        shape.error("files", "unknown-choice");
    }
    ids.sort();
    ids.dedup();
    ids
}

/// The place that was typed, in the season's or it itself, and no nearer than a building: with an idea that carries a
/// name, an entrance or a flat would say where somebody lives. Else the community where the author lives.
fn whereabouts(tx: &mut Tx<'_>, season: &Season, hand: &Hand, input: &PostIdea) -> Result<Place, Fault> {
    let wrong = |code| Refusal::invalid(vec![FieldError::new("place", code)]);
    if let Ok(id) = input.place.trim().parse::<PlaceId>() {
        return typed_place(tx, season, &id)?.map_err(|code| wrong(code).into());
    }
    if let Some(home) = home_of(tx, season, hand.person.as_ref())? {
        return Ok(home);
    }
    let place = places::queries::show(tx, &season.place)?;
    Ok(place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}

/// The place of an id, or what is wrong with it.
pub(super) fn typed_place(
    s: &mut db::Snapshot<'_>,
    season: &Season,
    id: &PlaceId,
) -> Result<Result<Place, &'static str>, Fault> {
    let place = places::queries::show(s, id)?;
    Ok(match place.filter(|place| place.is_within(&season.place) && place.state == places::State::Open) {
        None => Err("unknown-choice"),
        Some(place) if place.level > Level::Building && place.id != season.place => Err("place-too-near"),
        Some(place) => Ok(place),
    })
}

/// The community in which somebody lives, where it lies in the season's place.
pub(super) fn home_of(
    s: &mut db::Snapshot<'_>,
    season: &Season,
    person: Option<&PersonId>,
) -> Result<Option<Place>, Fault> {
    let Some(person) = person else { return Ok(None) };
    let Some(id) = people::account::queries::place_of(s, person)? else { return Ok(None) };
    let way = places::queries::way_down(s, &id)?;
    let fits = |place: &Place| {
        place.level <= Level::Community && place.is_within(&season.place) && place.state == places::State::Open
    };
    Ok(way.into_iter().rev().find(fits))
}

/// The place directly below the season's in which a place lies, or the season's own: what lists filter by.
pub(super) fn area_of(place: &Place, season: &Season) -> PlaceId {
    let mut way = place.path.split('/').skip_while(|id| *id != season.place.as_str()).skip(1);
    way.next().and_then(|id| id.parse().ok()).unwrap_or_else(|| season.place.clone())
}

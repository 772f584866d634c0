//! The form of a new matter: the place, a line, a few words.

use axum::{
    extract::{Query, State as Shared},
    response::{IntoResponse, Redirect, Response},
};
use db::{DbError, Fault, Snapshot};
use kernel::{Context, FieldError, Kind, PersonId, PlaceId, Refusal};
use people::desk::{self, DeskId};
use places::{Level, Listed, Place};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Errors, Field, Head, Input, Tone, Weight, acts, button, checks, form_with_files, head,
        link_button, notice, sheet, text, textarea,
    },
};
use web::{Problem, Rim, Section, Sent, SignedIn, Visit, optional_id};
use work::clock::Reckoner;

use super::photos;
use crate::{
    matter::{
        at_desk,
        open::{self, OpenMatter},
        rules::EVERYBODYS,
    },
    shown,
};

/// From where the form was opened.
#[derive(Debug, Default, Deserialize)]
pub(super) struct From {
    place: Option<String>,
    /// The desk entry with which a worker writes for somebody else.
    desk: Option<String>,
}

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    /// The id of a place that was picked.
    #[serde(default)]
    place: String,
    /// Words by which a place is looked for.
    #[serde(default, rename = "where")]
    words_of_place: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    anonymous: String,
    #[serde(default)]
    once: String,
    /// The desk entry's id, or nothing.
    #[serde(default)]
    desk: String,
    /// Ids of photos that an earlier sending brought.
    #[serde(default)]
    files: Vec<String>,
}

/// `GET /matters/new`: at most two statements. Proposes the place that the address names, else the community or house
/// where the reader lives. Who may not publish yet sees what to do first.
pub(super) async fn blank(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let desk = desk::typed(from.desk.as_deref().unwrap_or_default())?;
    let home = visit.actor.person().map(PersonId::home);
    // at the desk it is not the worker who publishes
    if desk.is_none() && home.is_none_or(|home| !may(&visit.actor, Action::OpenMatter, home)) {
        return Ok(visit.page(Section::Matters, visit.words.t("matter-new"), &before_writing(visit.words)));
    }
    let (asked, me): (Option<PlaceId>, _) = (optional_id(from.place.as_deref()), visit.actor.person().cloned());
    let place = rim.db.read(move |s| proposed(s, asked.as_ref(), me.as_ref())).await?;
    let desk = desk.map_or_else(String::new, |id| id.to_string());
    let mut typed = Typed { once: rim.once(), kind: EVERYBODYS[0].to_owned(), desk, ..Typed::default() };
    if let Some(place) = place {
        (typed.place, typed.words_of_place) = (place.id.to_string(), place.shown);
    }
    Ok(visit.page(Section::Matters, visit.words.t("matter-new"), &page(&visit, &typed, None, &[])))
}

/// The place that was asked for; else where the person lives, if that is known nearer than by the whole subdistrict.
fn proposed(s: &mut Snapshot<'_>, asked: Option<&PlaceId>, me: Option<&PersonId>) -> Result<Option<Place>, DbError> {
    if let Some(id) = asked {
        return places::queries::show(s, id);
    }
    let Some(me) = me else { return Ok(None) };
    let Some(id) = people::account::queries::place_of(s, me)? else { return Ok(None) };
    let place = places::queries::show(s, &id)?;
    Ok(place.filter(|place| place.level >= Level::Community && place.state == places::State::Open))
}

/// Who publishes has shown a telephone number or been to the desk (Cybersecurity Law, article 26).
fn before_writing(w: Words) -> Markup {
    html! {
        (head(&Head { title: w.t("matter-new"), lead: w.t("matter-new-lead"), ..Head::default() }))
        (sheet(w.t("matter-before-title"), &html! {
            p { (w.t("matter-before")) }
            (acts(&[link_button(Weight::First, "/me", w.t("account-verify"))]))
            p.small.soft { (w.t("matter-without-phone")) }
        }))
    }
}

/// `POST /matters/new`: to the matter with its receipt, or the page again with what was typed.
pub(super) async fn send(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    sent: Sent<Typed>,
) -> Result<Response, Problem> {
    let Sent { fields: mut typed, files, refusal } = sent;
    let (found, near) = whereabouts(&rim, &typed).await?;
    // photos wait for the pick between places that may be meant, of which all are in one shard
    let first = near.first().map(|listed| &listed.place);
    let first = first.filter(|first| near.iter().all(|listed| listed.place.home == first.home));
    let came = match found.as_ref().ok().or(first.map(|place| &place.id)) {
        Some(at) => photographed(&rim, &visit, at, &mut typed, (files, refusal)).await,
        None => Ok(()),
    };
    let done = match (found, came) {
        (_, Err(fault)) => Err(fault),
        (Err(refusal), _) => Err(refusal.into()),
        (Ok(place), _) => opened(&rim, &visit, place, &typed).await,
    };
    let refusal = match done {
        Ok(to) => return Ok(Redirect::to(&to).into_response()),
        Err(Fault::Refused(refusal)) => refusal,
        Err(fault) => return Err(fault.into()),
    };
    let body = page(&visit, &typed, Some(&refusal), &near);
    Ok(shown::refused(visit.page(Section::Matters, visit.words.t("matter-new"), &body), Some(&refusal)))
}

async fn photographed(
    rim: &Rim,
    visit: &Visit,
    at: &PlaceId,
    typed: &mut Typed,
    came: web::photos::Came,
) -> Result<(), Fault> {
    let at = at.clone();
    let site = rim.db.read(move |s| places::queries::site(s, &at)).await?;
    let site = site.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    web::photos::receive((rim, visit), &site, photos::TAKES, &mut typed.files, came).await
}

/// The place that was picked or found; else those that it may be.
async fn whereabouts(rim: &Rim, typed: &Typed) -> Result<(Result<PlaceId, Refusal>, Vec<Listed>), Problem> {
    let picked: Option<PlaceId> = optional_id(Some(&typed.place));
    let words: String = typed.words_of_place.trim().chars().take(60).collect();
    let wrong = |code| Refusal::invalid(vec![FieldError::new("where", code)]);
    if let Some(id) = picked {
        let here = id.clone();
        let place = rim.db.read(move |s| places::queries::show(s, &here)).await?;
        // words that were changed after the pick count more than the pick
        if place.is_some_and(|place| words.is_empty() || words == place.shown) {
            return Ok((Ok(id), Vec::new()));
        }
    }
    if words.is_empty() {
        return Ok((Err(wrong("required")), Vec::new()));
    }
    let found = rim.db.read(move |s| places::search(s, &words, None)).await?;
    Ok(match found.as_slice() {
        [] => (Err(wrong("place-unknown")), Vec::new()),
        [one] => (Ok(one.place.id.clone()), Vec::new()),
        _ => (Err(wrong("which-place")), found),
    })
}

/// Where it goes on: the matter's page, or the receipt of the desk.
async fn opened(rim: &Rim, visit: &Visit, place: PlaceId, typed: &Typed) -> Result<String, Fault> {
    let desk = desk::typed(&typed.desk)?;
    let input = OpenMatter {
        place,
        kind: if typed.kind.is_empty() { EVERYBODYS[0].to_owned() } else { typed.kind.clone() },
        title: typed.title.clone(),
        words: typed.words.clone(),
        anonymous: !typed.anonymous.is_empty(),
        files: typed.files.clone(),
        once: typed.once.clone(),
    };
    match write(rim, rim.context_of(visit), (desk.clone(), input.clone())).await {
        // the twin of a double tap came first and is there now: the second try finds it
        Err(Fault::Refused(refusal)) if refusal.kind == Kind::Conflict && refusal.code == "changed-meanwhile" => {
            write(rim, rim.context_of(visit), (desk, input)).await
        }
        other => other,
    }
}

async fn write(rim: &Rim, cx: Context, (desk, input): (Option<DeskId>, OpenMatter)) -> Result<String, Fault> {
    let offset_minutes = rim.settings.offset_minutes;
    let write = rim.db.write(move |tx| {
        let calendar = work::queries::calendar(tx)?;
        let (mut cx, reckoner) = (cx.clone(), Reckoner { calendar: &calendar, offset_minutes });
        match &desk {
            Some(entry) => {
                let receipt = at_desk::open_for(tx, &mut cx, &reckoner, entry, &input)?;
                Ok(format!("/receipts/{}", receipt.number))
            }
            None => Ok(format!("/matters/{}?opened=1", open::open(tx, &mut cx, &reckoner, &input)?.id)),
        }
    });
    write.await
}

fn page(visit: &Visit, typed: &Typed, refusal: Option<&Refusal>, near: &[Listed]) -> Markup {
    let w = visit.words;
    html! {
        (head(&Head { title: w.t("matter-new"), lead: w.t("matter-new-lead"), ..Head::default() }))
        (shown::told(w, refusal))
        @if !typed.desk.is_empty() { (notice(w, Tone::Due, "", &html! { p { (w.t("desk-for-another")) } })) }
        (sheet("", &fields(visit, w, (typed, refusal), near)))
    }
}

fn fields(visit: &Visit, w: Words, (typed, refusal): (&Typed, Option<&Refusal>), near: &[Listed]) -> Markup {
    const NONE: &[FieldError] = &[];
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let labels = [("where", "matter-field-place"), ("title", "matter-field-title"), ("words", "matter-field-words")];
    let labels = labels.map(|(name, key)| (name, w.t(key)));
    let field = |at: usize, hint, value, required| {
        let (name, label) = labels[at];
        Field { name, label, hint: w.t(hint), value, error: errors.of(name), required }
    };
    let names: Vec<String> = near.iter().map(Listed::label).collect();
    let places: Vec<Choice<'_>> = near
        .iter()
        .zip(&names)
        .map(|(listed, label)| Choice { value: listed.place.id.as_str(), label, ..Choice::default() })
        .collect();
    let kinds = EVERYBODYS.map(|kind| Choice {
        value: kind,
        label: w.t(&format!("matter-kind-{kind}")),
        more: w.t(&format!("matter-kind-{kind}-more")),
    });
    let body = html! {
        (visit.csrf_field())
        (errors.summary(&labels))
        @if near.is_empty() {
            @if !typed.place.is_empty() { input type="hidden" name="place" value=(typed.place); }
            (text(w, &field(0, "matter-field-place-hint", &typed.words_of_place, true), Input::Line, Some(60)))
        } @else {
            (checks(w, &CheckList {
                field: Field { name: "place", label: w.t("matter-which-place"), required: true, ..Field::default() },
                choices: &places,
                chosen: &[],
                one: true,
            }))
        }
        (text(w, &field(1, "matter-field-title-hint", &typed.title, true), Input::Line, Some(60)))
        (textarea(w, &field(2, "matter-field-words-hint", &typed.words, false), 5, Some(2_000)))
        (checks(w, &CheckList {
            field: Field { name: "kind", label: w.t("matter-field-kind"), required: true, ..Field::default() },
            choices: &kinds,
            chosen: &[&typed.kind],
            one: true,
        }))
        (checks(w, &CheckList {
            field: Field { name: "anonymous", label: w.t("matter-field-anonymous"), ..Field::default() },
            choices: &[Choice { value: "1", label: w.t("matter-anonymous"), more: w.t("matter-anonymous-more") }],
            chosen: if typed.anonymous.is_empty() { &[] } else { &["1"] },
            one: false,
        }))
        // what is photographed belongs to whoever photographs: at the desk a note can be added later
        @if typed.desk.is_empty() { (web::photos::field(w, "photos", photos::TAKES, &typed.files, refusal)) }
        (acts(&[button(Weight::First, w.t("matter-send"))]))
    };
    form_with_files("/matters/new", &[("once", &typed.once), ("desk", &typed.desk)], &body)
}

//! The form of a hall.

use axum::{
    extract::{Query, State},
    response::Response,
};
use kernel::{Kind, Refusal};
use rights::Action;
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{Choice, Head, Input, Weight, acts, breadcrumb, button, head, select, sheet, textarea, told},
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, form, shown, to},
};

use super::super::{
    Hall, HallId, HallKind, change as command,
    found::{self as founding, FoundHall},
};
use crate::delegates::page::{self, Here, Typed, field, line, typed};

/// Where the form is asked from.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct From {
    place: String,
}

/// `GET /halls/new`.
pub(super) async fn blank(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let today = rim.context_of(&visit).day;
    let first =
        [("kind", "fixed".to_owned()), ("from", today.to_string()), ("once", rim.once()), ("place", from.place)];
    let fields: Typed = first.map(|(name, value)| (name.to_owned(), value)).into();
    blank_form(&rim, &visit, (&fields, None)).await
}

async fn blank_form(
    rim: &Rim,
    visit: &Visit,
    (fields, refusal): (&Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let places = places::web::choices(rim, visit, Action::MoveMatter, typed(fields, "place")).await?;
    let w = visit.words;
    let places: Vec<Choice<'_>> = places.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let inner = html! {
        (told(w, refusal))
        (select(w, &field(w, ("place", "hall-field-place", ""), typed(fields, "place"), (true, refusal)), &places))
        (body(visit, (fields, refusal)))
        (acts(&[button(Weight::First, w.t("hall-found"))]))
    };
    let body = html! {
        (breadcrumb(w, &[("/halls", w.t("halls-title"))], w.t("hall-new")))
        (head(&Head { title: w.t("hall-new"), lead: w.t("hall-new-lead"), ..Head::default() }))
        (sheet("", &form(visit, "/halls", &[("once", typed(fields, "once"))], &inner)))
    };
    Ok(page::answer(visit, w.t("hall-new"), &body, refusal))
}

/// Everything but the place.
fn body(visit: &Visit, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let kinds: Vec<Choice<'_>> = (HallKind::ALL.iter())
        .map(|kind| Choice { value: kind.as_str(), label: w.t(&format!("hall-kind-{}", kind.as_str())), more: "" })
        .collect();
    let one = |names, input, required| line(w, names, fields, (input, required, refusal));
    let about =
        field(w, ("about", "hall-field-about", "hall-field-about-hint"), typed(fields, "about"), (false, refusal));
    html! {
        (one(("name", "hall-field-name", "hall-field-name-hint"), Input::Line, true))
        (select(w, &field(w, ("kind", "hall-field-kind", ""), typed(fields, "kind"), (true, refusal)), &kinds))
        (textarea(w, &about, 3, Some(1_000)))
        (one(("elected", "hall-field-elected", ""), Input::Number, false))
        (one(("recommended", "hall-field-recommended", ""), Input::Number, false))
        (one(("drawn", "hall-field-drawn", "hall-field-drawn-hint"), Input::Number, false))
        (one(("from", "hall-field-from", ""), Input::Day, true))
        (one(("until", "hall-field-until", ""), Input::Day, true))
    }
}

fn input(fields: &Typed) -> FoundHall {
    let of = |name: &str| typed(fields, name).to_owned();
    FoundHall {
        place: of("place"),
        name: of("name"),
        kind: of("kind"),
        about: of("about"),
        elected: of("elected"),
        recommended: of("recommended"),
        drawn: of("drawn"),
        from: of("from"),
        until: of("until"),
        once: of("once"),
    }
}

/// `POST /halls`.
pub(super) async fn found(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let new = input(&fields);
    match shown(act(&rim, &visit, move |tx, cx| founding::found(tx, cx, &new)).await)? {
        Ok(hall) => Ok(to(&format!("/halls/{}", hall.id))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => blank_form(&rim, &visit, (&fields, Some(&refusal))).await,
    }
}

async fn here(rim: &Rim, visit: &Visit, id: &HallId) -> Result<Here, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    Ok(rim.db.read(move |s| Here::read(s, &actor, &id)?.for_office(&actor)).await?)
}

/// `GET /halls/{hall}/change`.
pub(super) async fn again(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<HallId>,
) -> Result<Response, Problem> {
    let one = here(&rim, &visit, &id).await?;
    let fields = kept(&one.hall);
    Ok(change_page(&visit, &one, (&fields, None)))
}

fn kept(hall: &Hall) -> Typed {
    let fields = [
        ("name", hall.name.clone()),
        ("kind", hall.kind.as_str().to_owned()),
        ("about", hall.about.clone()),
        ("elected", hall.elected.to_string()),
        ("recommended", hall.recommended.to_string()),
        ("drawn", hall.drawn.to_string()),
        ("from", hall.from.to_string()),
        ("until", hall.until.to_string()),
    ];
    fields.map(|(name, value)| (name.to_owned(), value)).into()
}

fn change_page(visit: &Visit, one: &Here, (fields, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let w = visit.words;
    let inner = html! {
        (told(w, refusal))
        (body(visit, (fields, refusal)))
        (acts(&[button(Weight::First, w.t("hall-keep"))]))
    };
    let body = html! {
        (one.way(w, w.t("hall-change")))
        (head(&Head { title: w.t("hall-change"), ..Head::default() }))
        (sheet("", &form(visit, &format!("{}/change", one.home()), &[], &inner)))
    };
    page::answer(visit, w.t("hall-change"), &body, refusal)
}

/// `POST /halls/{hall}/change`.
pub(super) async fn change(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<HallId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (new, of) = (input(&fields), id.clone());
    match shown(act(&rim, &visit, move |tx, cx| command::change(tx, cx, &of, &new)).await)? {
        Ok(_) => Ok(to(&format!("/halls/{id}"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => {
            let one = here(&rim, &visit, &id).await?;
            Ok(change_page(&visit, &one, (&fields, Some(&refusal))))
        }
    }
}

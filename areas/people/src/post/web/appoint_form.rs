//! The form with which somebody is appointed.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal, Role};
use rights::may;
use ui::{
    Markup, html,
    parts::{Choice, Errors, Field, Head, Weight, acts, button, form, head, select, sheet},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{Finding, LABELS, allowed, period, reason, role};
use crate::{
    find::{self, Candidate},
    post::{
        appoint::{self, Appoint},
        rules,
    },
    shown,
};

/// `GET /places/{place}/people/appoint`: two statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PlaceId>,
    Query(finding): Query<Finding>,
) -> Result<Response, Problem> {
    let typed = Appoint { from: rim.context_of(&visit).day.to_string(), ..Appoint::default() };
    form_page(&rim, &visit, id, (&finding.find, &typed), None).await
}

/// `POST /places/{place}/people`.
pub(super) async fn send(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PlaceId>,
    Fields(typed): Fields<Appoint>,
) -> Result<Response, Problem> {
    let (cx, input, place) = (rim.context_of(&visit), typed.clone(), id.clone());
    match rim.db.write(move |tx| appoint::appoint(tx, &mut cx.clone(), &place, &input)).await {
        Ok(post) => Ok(Redirect::to(&format!("/posts/{}", post.id)).into_response()),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            form_page(&rim, &visit, id, ("", &typed), Some(&refusal)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn form_page(
    rim: &Rim,
    visit: &Visit,
    id: PlaceId,
    (find, typed): (&str, &Appoint),
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let asked = shown::asked_for(find, &typed.person);
    let read = rim.db.read(move |s| {
        let place = find::place(s, &id)?;
        let found = find::candidates(s, place.home, (&asked.0, asked.1.as_ref()))?;
        Ok::<_, Fault>((place, found))
    });
    let (place, found) = read.await?;
    let site = place.site()?;
    let roles: Vec<Role> = Role::all().filter(|role| may(&visit.actor, rules::right(*role), &site)).collect();
    if roles.is_empty() {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let w = visit.words;
    let action = format!("/places/{}/people", place.id);
    let body = html! {
        (shown::way(w, &place, w.t("post-appoint")))
        (head(&Head { title: &w.t_with("post-appoint-at", &[("place", (&place.shown).into())]), ..Head::default() }))
        div.stack {
            (shown::finder(w, &format!("{action}/appoint"), find))
            @if refusal.is_some() || !find.is_empty() || !found.is_empty() {
                (appoint_fields(visit, &action, (&roles, &found), typed, refusal))
            }
            (sheet(w.t("role-allows"), &html! { @for r in roles { h3 { (role(w, r)) } (allowed(w, r)) } }))
        }
    };
    Ok(shown::page(visit, w.t("post-appoint"), &body, refusal))
}

fn appoint_fields(
    visit: &Visit,
    action: &str,
    (roles, found): (&[Role], &[Candidate]),
    typed: &Appoint,
    refusal: Option<&Refusal>,
) -> Markup {
    let w = visit.words;
    let labels = LABELS.map(|(name, key)| (name, w.t(key)));
    let errors = Errors::new(w, refusal.map_or(&[], |r| &r.fields));
    let choices: Vec<Choice<'_>> =
        roles.iter().map(|r| Choice { value: r.as_str(), label: role(w, *r), more: "" }).collect();
    let field = Field {
        name: "role",
        label: w.t("post-role"),
        value: &typed.role,
        error: errors.of("role"),
        required: true,
        ..Field::default()
    };
    let body = html! {
        (visit.csrf_field())
        (shown::refused(w, refusal, &labels))
        (shown::pick(w, found, &typed.person, errors.of("person")))
        (select(w, &field, &choices))
        (period(w, (&typed.from, &typed.until), errors, false))
        (reason(w, &typed.reason, errors))
        (acts(&[button(Weight::First, w.t("post-appoint"))]))
    };
    html! { section.sheet.stack { (form(action, &[], &body)) } }
}

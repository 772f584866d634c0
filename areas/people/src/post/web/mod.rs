//! Pages: who holds what at a place, one post, my roles.

mod appoint_form;

use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use db::Fault;
use kernel::{Day, Kind, PlaceId, Refusal, Role};
use places::Place;
use rights::{Action, may, says};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Chip, Choice, Column, Errors, Field, Filter, Head, Input, Table, Tone, Weight, acts, button, empty, filter,
        form, head, link_button, notice, pager, pairs, person, section, select, sheet, table, tag, text,
    },
    words::key_of,
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::{
    Appointment, Holder, PostId,
    end::{self, End},
    queries, rules,
    stand_in::{self, StandIn},
};
use crate::{
    find::{self, Candidate},
    shown,
};

/// The routes.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/places/{place}/people", get(list).post(appoint_form::send))
        .route("/places/{place}/people/appoint", get(appoint_form::show))
        .route("/posts/{post}", get(show))
        .route("/posts/{post}/end", post(end))
        .route("/posts/{post}/stand-in", post(stand_in))
        .route("/me/roles", get(mine))
}

/// A role in words.
pub(crate) fn role(w: Words, role: Role) -> &'static str {
    w.t(&format!("role-{}", role.as_str()))
}

/// What a role allows, in sentences.
fn allowed(w: Words, role: Role) -> Markup {
    let sentences = says(role);
    html! {
        @if sentences.is_empty() { p.soft { (w.t("role-allows-nothing")) } }
        @else { ul { @for id in sentences { li { (w.t(&key_of("right", id))) } } } }
    }
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    role: Option<String>,
    after: Option<String>,
}

/// `GET /places/{place}/people`: three statements.
async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<PlaceId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let role = asked.role.as_deref().and_then(|word| word.parse().ok());
    let after: Option<PostId> = optional_id(asked.after.as_deref());
    let (which, today) = (queries::Which { role, after: after.clone() }, rim.context_of(&visit).day);
    let read = rim.db.read(move |s| {
        let place = find::place(s, &id)?;
        let holders = queries::list(s, &place, &which, &today)?;
        let left = queries::left_open(s, &place, &today)?;
        Ok::<_, Fault>((place, holders, left))
    });
    let (place, holders, left) = read.await?;
    let w = visit.words;
    let here = format!("/places/{}/people", place.id);
    let full = i64::try_from(holders.len()).is_ok_and(|n| n >= queries::PAGE);
    let only = role.map_or_else(String::new, |role: Role| format!("&role={}", role.as_str()));
    let next = holders.last().filter(|_| full).map(|last| format!("{here}?after={}{only}", last.post.id));
    let site = place.site()?;
    let gives = Role::all().any(|role| may(&visit.actor, rules::right(role), &site));
    let button = link_button(Weight::First, &format!("{here}/appoint"), w.t("post-appoint"));
    let body = html! {
        (shown::way(w, &place, w.t("posts-title")))
        (head(&Head {
            title: &w.t_with("posts-of", &[("place", (&place.shown).into())]),
            lead: w.t("posts-lead"),
            acts: if gives { std::slice::from_ref(&button) } else { &[] },
            ..Head::default()
        }))
        div.stack {
            @if may(&visit.actor, Action::SeeDuties, &site) && !left.is_empty() { (left_open(w, &left)) }
            (by_role(w, &here, role))
            @if !holders.is_empty() {
                (listed(&visit, &holders))
            } @else if after.is_some() {
                (empty(w.t("list-end"), "", Some((&here, w.t("list-first")))))
            } @else {
                (empty(w.t("posts-none"), "", None))
            }
            (pager(w, after.as_ref().map(|_| here.as_str()), next.as_deref()))
        }
    };
    Ok(shown::page(&visit, w.t("posts-title"), &body, None))
}

fn by_role(w: Words, here: &str, chosen: Option<Role>) -> Markup {
    let choices: Vec<Choice<'_>> =
        Role::all().map(|r| Choice { value: r.as_str(), label: role(w, r), more: "" }).collect();
    let value = chosen.map_or("", Role::as_str);
    let field = Field { name: "role", label: w.t("post-role"), value, ..Field::default() };
    let on = chosen.map(|r| (role(w, r), here));
    filter(w, &Filter { action: here, label: "", fields: &[select(w, &field, &choices)], on: on.as_slice(), found: "" })
}

fn listed(visit: &Visit, holders: &[Holder]) -> Markup {
    let w = visit.words;
    let sees = shown::Sees::of(&visit.actor);
    let columns =
        ["post-person", "post-role", "post-place", "post-from", "post-until"].map(|key| Column::text(w.t(key)));
    let rows: Vec<Vec<Markup>> = holders
        .iter()
        .map(|holder| {
            let post = &holder.post;
            let name = sees.name(&holder.name, &holder.path, rules::is_public(post.role));
            vec![
                html! { a href={ "/posts/" (post.id) } { (named(w, &name)) } },
                html! { (role(w, post.role)) @if post.stand_in_for.is_some() { " " (tag(Tone::Plain, w.t("post-stand-in"))) } },
                html! { (holder.place) },
                shown::day(w, &post.from),
                shown::until(w, post.until.as_ref()),
            ]
        })
        .collect();
    table(w, &Table { id: "holders", caption: w.t("posts-title"), columns: &columns, rows: &rows })
}

fn named(w: Words, name: &str) -> String {
    if name.is_empty() { w.t("person-gone").to_owned() } else { name.to_owned() }
}

/// Posts that ran out while they owed something: somebody has to take these duties over.
fn left_open(w: Words, left: &[Holder]) -> Markup {
    let body = html! {
        p { (w.t("posts-left-open-what")) }
        ul {
            @for holder in left {
                li {
                    a href={ "/posts/" (holder.post.id) } { (named(w, &holder.name)) " · " (role(w, holder.post.role)) }
                    " " (w.n("post-duties", i64::from(holder.post.open_duties)))
                }
            }
        }
    };
    notice(w, Tone::NeedsYou, w.t("posts-left-open"), &body)
}

#[derive(Debug, Default, Deserialize)]
struct Finding {
    #[serde(default)]
    find: String,
}

const LABELS: [(&str, &str); 5] = [
    ("person", "person-choose"),
    ("role", "post-role"),
    ("from", "post-from"),
    ("until", "post-until"),
    ("reason", "post-reason"),
];

/// The first and the last day.
pub(crate) fn period(w: Words, (from, until): (&str, &str), errors: Errors<'_>, needs_end: bool) -> Markup {
    let hint = if needs_end { "" } else { w.t("post-until-hint") };
    let first = Field {
        name: "from",
        label: w.t("post-from"),
        value: from,
        error: errors.of("from"),
        required: true,
        ..Field::default()
    };
    let last = Field {
        name: "until",
        label: w.t("post-until"),
        hint,
        value: until,
        error: errors.of("until"),
        required: needs_end,
    };
    html! { (text(w, &first, Input::Day, None)) (text(w, &last, Input::Day, None)) }
}

pub(crate) fn reason(w: Words, value: &str, errors: Errors<'_>) -> Markup {
    let field = Field {
        name: "reason",
        label: w.t("post-reason"),
        hint: w.t("post-reason-hint"),
        value,
        error: errors.of("reason"),
        ..Field::default()
    };
    text(w, &field, Input::Line, Some(200))
}

struct One {
    post: Appointment,
    name: String,
    place: Place,
    found: Vec<Candidate>,
    today: Day,
}

/// What was typed into the forms of a post.
#[derive(Default)]
struct Typed<'a> {
    /// Words by which a person is looked for.
    find: &'a str,
    stand_in: StandIn,
    /// Why it ends, where that form was sent.
    end: Option<String>,
}

/// `GET /posts/{post}`: four statements.
async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<PostId>,
    Query(finding): Query<Finding>,
) -> Result<Response, Problem> {
    one_page(&rim, &visit, id, &Typed { find: &finding.find, ..Typed::default() }, None).await
}

async fn one_page(
    rim: &Rim,
    visit: &Visit,
    id: PostId,
    typed: &Typed<'_>,
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let (asked, today) = (shown::asked_for(typed.find, &typed.stand_in.person), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let post = queries::post(s, &id)?;
        let place = find::place(s, &post.place)?;
        let name = find::person(s, &post.person).unwrap_or_default();
        let found = find::candidates(s, place.home, (&asked.0, asked.1.as_ref()))?;
        Ok::<_, Fault>(One { post, name, place, found, today: today.clone() })
    });
    let one = read.await?;
    let w = visit.words;
    let (post, site) = (&one.post, one.place.site()?);
    let name = shown::Sees::of(&visit.actor).name(&one.name, &one.place.path, rules::is_public(post.role));
    let ends = may(&visit.actor, rules::right(post.role), &site) && post.is_to_come_or_in_force(&one.today);
    let title = w.t_with("post-title", &[("role", role(w, post.role).into()), ("place", (&one.place.shown).into())]);
    let facts = [
        (w.t("post-from"), shown::day(w, &post.from)),
        (w.t("post-until"), shown::until(w, post.until.as_ref())),
        (w.t("post-state"), state(w, post, &one.today)),
        (w.t("post-open-duties"), html! { (post.open_duties) }),
    ];
    let most = if may(&visit.actor, Action::SeeDuties, &site) { 4 } else { 3 };
    let body = html! {
        (shown::way(w, &one.place, &title))
        (head(&Head { title: &title, ..Head::default() }))
        div.stack {
            @if !ends { (shown::refused(w, refusal, &[])) }
            (person(&Chip { name: &named(w, &name), role: role(w, post.role), href: None }))
            (pairs(&facts[..most]))
            @if let Some(held) = &post.stand_in_for {
                p { a href={ "/posts/" (held) } { (w.t("post-stand-in-for")) } }
            }
            (section(w.t("role-allows"), &allowed(w, post.role)))
            @if ends { (changes(visit, &one, typed, refusal)) }
        }
    };
    Ok(shown::page(visit, &title, &body, refusal))
}

fn state(w: Words, post: &Appointment, today: &Day) -> Markup {
    let (tone, key) = match () {
        () if post.is_in_force(today) => (Tone::Ok, "post-in-force"),
        () if post.is_to_come_or_in_force(today) => (Tone::Due, "post-to-come"),
        () => (Tone::Plain, "post-over"),
    };
    html! {
        (tag(tone, w.t(key)))
        @if let Some(ended) = &post.ended { " " (shown::day(w, ended)) }
    }
}

/// The forms of those who may appoint: a stand-in, and the end.
fn changes(visit: &Visit, one: &One, state: &Typed<'_>, refusal: Option<&Refusal>) -> Markup {
    let (w, id) = (visit.words, &one.post.id);
    let labels = LABELS.map(|(name, key)| (name, w.t(key)));
    let (find, typed) = (state.find, &state.stand_in);
    // each form shows its own errors
    let of = |mine: bool| Errors::new(w, refusal.filter(|_| mine).map_or(&[], |r| &r.fields));
    let (errors, end_errors) = (of(state.end.is_none()), of(state.end.is_some()));
    let instead = html! {
        (visit.csrf_field())
        (shown::pick(w, &one.found, &typed.person, errors.of("person")))
        (period(w, (&typed.from, &typed.until), errors, true))
        (reason(w, &typed.reason, errors))
        (acts(&[button(Weight::First, w.t("post-let-stand-in"))]))
    };
    let over = html! {
        (visit.csrf_field())
        p { (w.t("post-end-what")) }
        @if one.post.open_duties > 0 {
            (notice(w, Tone::Due, "", &html! { p { (w.n("refusal-duties-open", i64::from(one.post.open_duties))) } }))
        }
        (reason(w, state.end.as_deref().unwrap_or(""), end_errors))
        (acts(&[button(Weight::Plain, w.t("post-end"))]))
    };
    html! {
        (shown::refused(w, refusal, &labels))
        @if one.post.stand_in_for.is_none() {
            section.sheet.stack {
                h2 { (w.t("post-leave")) }
                (shown::finder(w, &format!("/posts/{id}"), find))
                @if !one.found.is_empty() || !find.is_empty() { (form(&format!("/posts/{id}/stand-in"), &[], &instead)) }
            }
        }
        (sheet(w.t("post-end"), &form(&format!("/posts/{id}/end"), &[], &over)))
    }
}

/// `POST /posts/{post}/end`.
async fn end(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PostId>,
    Fields(typed): Fields<End>,
) -> Result<Response, Problem> {
    let (cx, post) = (rim.context_of(&visit), id.clone());
    let end = Some(typed.reason.clone());
    match rim.db.write(move |tx| end::end(tx, &mut cx.clone(), &post, &typed)).await {
        Ok(_) => Ok(Redirect::to(&format!("/posts/{id}")).into_response()),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            one_page(&rim, &visit, id, &Typed { end, ..Typed::default() }, Some(&refusal)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /posts/{post}/stand-in`.
async fn stand_in(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PostId>,
    Fields(typed): Fields<StandIn>,
) -> Result<Response, Problem> {
    let (cx, post, input) = (rim.context_of(&visit), id.clone(), typed.clone());
    match rim.db.write(move |tx| stand_in::stand_in(tx, &mut cx.clone(), &post, &input)).await {
        Ok(post) => Ok(Redirect::to(&format!("/posts/{}", post.id)).into_response()),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            one_page(&rim, &visit, id, &Typed { stand_in: typed, ..Typed::default() }, Some(&refusal)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `GET /me/roles`: one statement.
async fn mine(State(rim): State<Rim>, SignedIn(visit): SignedIn) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let Some(me) = cx.actor.person().cloned() else {
        return Err(Refusal::new(Kind::Forbidden, "sign-in-first").into());
    };
    let posts = rim.db.read(move |s| queries::of_person(s, &me)).await?;
    let (now, other): (Vec<&Holder>, Vec<&Holder>) = posts.iter().partition(|held| held.post.is_in_force(&cx.day));
    let w = visit.words;
    let line = |held: &Holder| {
        let post = &held.post;
        html! {
            p {
                a href={ "/posts/" (post.id) } { (role(w, post.role)) " · " (held.place) }
                " " (state(w, post, &cx.day)) " "
                span.soft { (shown::day(w, &post.from)) " – " (shown::until(w, post.until.as_ref())) }
            }
        }
    };
    let body = html! {
        (head(&Head { title: w.t("my-roles"), lead: w.t("my-roles-lead"), ..Head::default() }))
        div.stack {
            @if now.is_empty() { (empty(w.t("my-roles-none"), w.t("my-roles-none-hint"), None)) }
            @for held in now { section.sheet.stack { (line(held)) (allowed(w, held.post.role)) } }
            @if !other.is_empty() { (section(w.t("my-roles-other"), &html! { @for held in other { (line(held)) } })) }
        }
    };
    Ok(shown::page(&visit, w.t("my-roles"), &body, None))
}

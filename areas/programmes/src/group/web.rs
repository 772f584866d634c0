//! The groups of a season, and one of them.

use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, Refusal};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        self, Card, Choice, Field, Head, Input, Tone, Weight, acts, apart, breadcrumb, button, cards, empty, fold,
        head, pager, section, select, sheet, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::{
    Leader, Member, Note, NoteKind,
    lead::{self, Assign, Lead},
    note::{self, WriteNote},
    queries,
};
use crate::{
    Season, SeasonId, Template,
    page::{self, Line},
    running::Case,
    season,
    season::web::shown,
    template::{self, name_of},
};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/groups", get(list))
        .route("/seasons/{season}/groups/{group}", get(show))
        .route("/seasons/{season}/groups/{group}/members", post(assign))
        .route("/seasons/{season}/groups/{group}/leader", post(lead))
        .route("/seasons/{season}/groups/{group}/notes", post(note))
}

/// `GET /seasons/{season}/groups`: three statements.
pub(crate) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        Ok::<_, Fault>((queries::members(s, &id)?, queries::leaders(s, &id)?, season, template))
    });
    let (members, leaders, season, template) = read.await?;
    let w = visit.words;
    let here = format!("/seasons/{}", season.id);
    let hrefs: Vec<String> = template.groups.iter().map(|term| format!("{here}/groups/{}", term.key)).collect();
    let metas: Vec<[Markup; 1]> = template
        .groups
        .iter()
        .map(|term| {
            let n = i64::try_from(members.iter().filter(|member| member.team == term.key).count()).unwrap_or(i64::MAX);
            [html! { (w.t_with("group-members", &[("n", n.into())])) }]
        })
        .collect();
    let led: Vec<String> =
        template.groups.iter().map(|term| leading(w, &members, leader_of(&leaders, &term.key))).collect();
    let list: Vec<Card<'_>> = (template.groups.iter().enumerate())
        .map(|(at, term)| Card {
            title: term.name.of(w.locale()),
            href: &hrefs[at],
            tag: html! {},
            meta: &metas[at],
            excerpt: &led[at],
        })
        .collect();
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("groups-title")))
        (head(&Head { title: w.t("groups-title"), lead: w.t("groups-lead"), ..Head::default() }))
        (shown::tabs(w, &season, &template, "groups"))
        @if list.is_empty() { (empty(w.t("groups-none"), "", None)) } @else { (cards(&list)) }
    };
    Ok(page::page(&visit, w.t("groups-title"), &body, None))
}

fn leader_of<'a>(leaders: &'a [Leader], team: &str) -> Option<&'a Leader> {
    leaders.iter().find(|leader| leader.team == team)
}

fn leading(w: Words, members: &[Member], leader: Option<&Leader>) -> String {
    let Some(leader) = leader else { return w.t("group-no-leader").to_owned() };
    let name = members.iter().find(|member| member.number == leader.number).map_or("", |member| &member.name);
    let key = format!("group-leader-{}", leader.how.as_str());
    w.t_with(&key, &[("name", name.into())])
}

/// What was typed into a form of a group.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    number: String,
    how: String,
    kind: String,
    day: String,
    words: String,
    once: String,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    before: String,
}

struct Facts {
    season: Season,
    template: Template,
    members: Vec<Member>,
    leader: Option<Leader>,
    notes: Vec<Note>,
    runs: bool,
    writes: bool,
}

type Of = (SeasonId, String);

/// `GET /seasons/{season}/groups/{group}`.
pub(crate) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(of): PathId<Of>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let day = rim.context_of(&visit).day.to_string();
    let typed = Typed { once: rim.once(), day, ..Typed::default() };
    group(&rim, &visit, of, (typed, &which.before, "", None)).await
}

async fn group(
    rim: &Rim,
    visit: &Visit,
    (id, team): Of,
    (typed, before, form, refusal): (Typed, &str, &str, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (actor, key, seen) = (visit.actor.clone(), team.clone(), optional_id(Some(before)));
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        if !template.groups.iter().any(|term| term.key == key) {
            return Err(Refusal::new(Kind::NotFound, "group-not-found").into());
        }
        let leader = queries::leaders(s, &id)?.into_iter().find(|leader| leader.team == key);
        let writes = match &leader {
            Some(leader) => Case::read(s, &id, leader.number)?.team(&actor).is_ok(),
            None => false,
        };
        let runs = may(&actor, Action::RunSeason, &season::queries::site(s, &season)?);
        let (members, notes) = (queries::members(s, &id)?, queries::notes(s, &id, (&key, seen.as_ref()))?);
        Ok::<_, Fault>(Facts { season, template, members, leader, notes, runs, writes })
    });
    let facts = read.await?;
    let w = visit.words;
    let (season, list) = (format!("/seasons/{}", facts.season.id), format!("/seasons/{}/groups", facts.season.id));
    let name = name_of(&facts.template.groups, &team, w.locale());
    let own: Vec<&Member> = facts.members.iter().filter(|member| member.team == team).collect();
    let here = format!("{list}/{team}");
    let on = |of: &str| refusal.filter(|_| form == of);
    let way = [("/seasons", w.t("nav-seasons")), (&*season, &*facts.season.name), (&list, w.t("groups-title"))];
    let body = html! {
        (breadcrumb(w, &way, name))
        (head(&Head { title: name, lead: &leading(w, &facts.members, facts.leader.as_ref()), ..Head::default() }))
        div.stack {
            (told(w, refusal))
            (section(w.t("group-projects"), &html! {
                @if own.is_empty() { p.soft { (w.t("group-empty")) } }
                ul.links {
                    @for member in &own {
                        li { a href={ (season) "/projects/" (member.number) "/running" } { (member.name) } }
                    }
                }
            }))
            @if facts.runs { (office(visit, &facts, (&here, &own), (&typed, on("lead"), on("assign")))) }
            @if facts.writes { (note_form(visit, (&here, &own), (&typed, on("note")))) }
            (noted(w, &facts, (&here, before)))
        }
    };
    Ok(page::page(visit, name, &body, refusal))
}

fn noted(w: Words, facts: &Facts, (here, before): (&str, &str)) -> Markup {
    let most = usize::try_from(season::queries::PAGE).unwrap_or(usize::MAX);
    let more = facts.notes.len() > most;
    let shown_notes = &facts.notes[..facts.notes.len().min(most)];
    let next = shown_notes.last().filter(|_| more).map(|last| format!("{here}?before={}", last.id));
    section(
        w.t("group-notes"),
        &html! {
            @if shown_notes.is_empty() { p.soft { (w.t("group-no-notes")) } }
            @for note in shown_notes {
                @let visited = note.number.and_then(|n| facts.members.iter().find(|member| member.number == n));
                (sheet(visited.map_or("", |member| &member.name), &html! {
                    p {
                        (tag(Tone::Plain, w.t(&format!("group-note-{}", note.kind.as_str())))) " "
                        (shown::day(w, &note.day))
                    }
                    div.flow { (shown::prose(&note.words)) }
                }))
            }
            (pager(w, (!before.is_empty()).then_some(here), next.as_deref()))
        },
    )
}

fn chosen<'a>(members: &[&'a Member], numbers: &'a [String]) -> Vec<Choice<'a>> {
    let each = members.iter().zip(numbers);
    each.map(|(member, number)| Choice { value: number, label: &member.name, ..Choice::default() }).collect()
}

fn field<'a>(w: Words, (name, label): (&'a str, &str), value: &'a str, refusal: Option<&Refusal>) -> Field<'a> {
    let error = page::errors(w, refusal).of(name);
    Field { name, label: w.t(label), hint: "", value, error, required: true }
}

fn office(
    visit: &Visit,
    facts: &Facts,
    (here, own): (&str, &[&Member]),
    (typed, lead, assign): (&Typed, Option<&Refusal>, Option<&Refusal>),
) -> Markup {
    let w = visit.words;
    let numbers: Vec<String> = own.iter().map(|member| member.number.to_string()).collect();
    let team = here.rsplit('/').next().unwrap_or_default();
    let others: Vec<&Member> = facts.members.iter().filter(|member| member.team != team).collect();
    let other_numbers: Vec<String> = others.iter().map(|member| member.number.to_string()).collect();
    let hows = ["recommended", "elected"].map(|value| Choice {
        value,
        label: w.t(&format!("group-how-{value}")),
        ..Choice::default()
    });
    let who = if lead.is_some() { typed.number.as_str() } else { "" };
    let leads = html! {
        (select(w, &field(w, ("number", "group-leader"), who, lead), &chosen(own, &numbers)))
        (select(w, &field(w, ("how", "group-how"), &typed.how, lead), &hows))
        (acts(&[button(Weight::Plain, w.t("group-lead"))]))
    };
    let joins = html! {
        (select(w, &field(w, ("number", "group-project"), "", assign), &chosen(&others, &other_numbers)))
        (acts(&[button(Weight::Plain, w.t("group-assign"))]))
    };
    html! {
        @if !own.is_empty() {
            (fold(w.t("group-lead"), &apart("lead", &page::form(visit, &format!("{here}/leader"), &[], &leads))))
        }
        @if !others.is_empty() {
            (fold(w.t("group-assign"), &apart("assign", &page::form(visit, &format!("{here}/members"), &[], &joins))))
        }
    }
}

fn note_form(visit: &Visit, (here, own): (&str, &[&Member]), (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let numbers: Vec<String> = own.iter().map(|member| member.number.to_string()).collect();
    let kinds: Vec<Choice<'_>> = NoteKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.as_str(),
            label: w.t(&format!("group-note-{}", kind.as_str())),
            ..Choice::default()
        })
        .collect();
    let day = Line {
        name: "day",
        label: w.t("group-day"),
        hint: "",
        value: &typed.day,
        input: Input::Day,
        most: 10,
        required: true,
    };
    let visited = Field {
        required: false,
        hint: w.t("group-visited-hint"),
        ..field(w, ("number", "group-visited"), &typed.number, refusal)
    };
    let body = html! {
        (select(w, &field(w, ("kind", "group-kind"), &typed.kind, refusal), &kinds))
        (select(w, &visited, &chosen(own, &numbers)))
        (day.show(w, refusal))
        (parts::textarea(w, &field(w, ("words", "group-words"), &typed.words, refusal), 5, Some(4_000)))
        (acts(&[button(Weight::First, w.t("group-note"))]))
    };
    let form = page::form(visit, &format!("{here}/notes"), &[("once", &typed.once)], &body);
    sheet(w.t("group-note"), &apart("note", &form))
}

async fn answered<T>(
    (rim, visit): (&Rim, &Visit),
    of: Of,
    (form, typed): (&'static str, Typed),
    answer: Result<T, Fault>,
) -> Result<Response, Problem> {
    match page::shown(answer)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{}/groups/{}", of.0, of.1))),
        Err(refusal) => group(rim, visit, of, (typed, "", form, Some(&refusal))).await,
    }
}

/// `POST /seasons/{season}/groups/{group}/members`.
pub(crate) async fn assign(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = Assign { number: typed.number.parse().unwrap_or(0), team: of.1.clone() };
    let id = of.0.clone();
    let answer = page::act(&rim, &visit, move |tx, cx| lead::assign(tx, cx, &id, &input)).await;
    answered((&rim, &visit), of, ("assign", typed), answer).await
}

/// `POST /seasons/{season}/groups/{group}/leader`.
pub(crate) async fn lead(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = Lead { team: of.1.clone(), number: typed.number.parse().unwrap_or(0), how: typed.how.clone() };
    let id = of.0.clone();
    let answer = page::act(&rim, &visit, move |tx, cx| lead::lead(tx, cx, &id, &input)).await;
    answered((&rim, &visit), of, ("lead", typed), answer).await
}

/// `POST /seasons/{season}/groups/{group}/notes`.
pub(crate) async fn note(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = WriteNote {
        kind: typed.kind.clone(),
        number: typed.number.parse().unwrap_or(0),
        day: typed.day.clone(),
        words: typed.words.clone(),
        once: typed.once.clone(),
    };
    let id = of.clone();
    let answer = page::act(&rim, &visit, move |tx, cx| note::note(tx, cx, (&id.0, &id.1), &input)).await;
    answered((&rim, &visit), of, ("note", typed), answer).await
}

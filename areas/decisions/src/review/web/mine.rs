//! A reviewer's page: accept, say what one has to do with each project, and go through them.

use std::collections::BTreeMap;

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::Refusal;
use programmes::{
    Project, Season, SeasonId, Stage, Template, page, project, season, season::web::shown as of_season, template,
};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Choice, Field, Tone, Weight, acts, button, button_named, cards, empty, flash, link_button, notice, pager,
        progress, select, sheet, sheet_needs_you, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{public, shown};
use crate::review::{
    Answer, Conflict, Review, Reviewer, State as At, answer as answering,
    declare::{self as declaring, Declaration},
    queries,
};

/// Which page of the projects, and which sheet was just saved.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Which {
    after: Option<u32>,
    saved: Option<u32>,
}

struct Facts {
    season: Season,
    template: Template,
    review: Option<Review>,
    me: Reviewer,
    projects: Vec<Project>,
    declared: BTreeMap<u32, Conflict>,
    scored: Vec<u32>,
    after: u32,
    more: bool,
    saved: Option<u32>,
}

async fn facts(rim: &Rim, visit: &Visit, id: SeasonId, which: Which) -> Result<Facts, Problem> {
    let (cx, after) = (rim.context_of(visit), which.after.unwrap_or(0));
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        let me = queries::me(s, &cx, &id)?;
        let template = template::queries::of_season(s, &season)?;
        let mut projects = project::queries::projects(s, &id, after, queries::PAGE + 1)?;
        let most = usize::try_from(queries::PAGE).unwrap_or(usize::MAX);
        let more = projects.len() > most;
        projects.truncate(most);
        let declared = queries::declarations(s, &id, &me.person)?;
        let scored = queries::sheets_of(s, &id, &me.person)?.into_iter().map(|sheet| sheet.project).collect();
        let declared = declared.into_iter().map(|d| (d.project, d.conflict)).collect();
        let review = queries::review(s, &id)?;
        let saved = which.saved;
        Ok::<_, Fault>(Facts { season, template, review, me, projects, declared, scored, after, more, saved })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/review/mine`: seven statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, id, which).await?;
    Ok(whole(&visit, &facts, (None, &Sent::new())))
}

/// The button that was pressed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pressed {
    accept: String,
}

/// `POST /seasons/{season}/review/answer`.
pub(super) async fn answer(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(pressed): Fields<Pressed>,
) -> Result<Response, Problem> {
    let (season, accept) = (id.clone(), pressed.accept == "yes");
    let done = page::act(&rim, &visit, move |tx, cx| answering::answer(tx, cx, &season, accept)).await;
    back(&rim, &visit, id, (page::shown(done)?.err(), &BTreeMap::new())).await
}

/// `POST /seasons/{season}/review/declare`: fields `p-<number>`.
pub(super) async fn declare(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(fields): Fields<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let said = fields.iter().filter_map(|(name, word)| {
        let number = name.strip_prefix("p-")?.parse().ok()?;
        Some(Declaration { number, conflict: word.parse().ok()? })
    });
    let (season, said) = (id.clone(), said.collect::<Vec<_>>());
    let done = page::act(&rim, &visit, move |tx, cx| declaring::declare(tx, cx, &season, &said)).await;
    back(&rim, &visit, id, (page::shown(done)?.err(), &fields)).await
}

/// What a form sent, by the names of its fields.
type Sent = BTreeMap<String, String>;

async fn back(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    (refusal, sent): (Option<Refusal>, &Sent),
) -> Result<Response, Problem> {
    match refusal {
        None => Ok(page::to(&format!("/seasons/{id}/review/mine"))),
        // who is no reviewer sees no page of reviewers
        Some(refusal) if refusal.code == "not-a-reviewer" => Err(refusal.into()),
        Some(refusal) => {
            let facts = facts(rim, visit, id, Which::default()).await?;
            Ok(whole(visit, &facts, (Some(&refusal), sent)))
        }
    }
}

fn whole(visit: &Visit, facts: &Facts, (refusal, sent): (Option<&Refusal>, &Sent)) -> Response {
    let w = visit.words;
    let open = facts.review.as_ref().is_some_and(|review| review.state == At::Open);
    let body = html! {
        (shown::top(w, (&facts.season, &facts.template), w.t("review-mine"), w.t("review-mine-lead")))
        div.stack {
            @if facts.saved.is_some() { (flash(Tone::Ok, w.t("review-saved"))) }
            (told(w, refusal))
            @if !open { (notice(w, Tone::Plain, "", &html! { p { (w.t("refusal-review-closed")) } })) }
            @match facts.me.answer {
                Answer::Invited if open => (invitation(visit, facts)),
                Answer::Declined if open => (invitation(visit, facts)),
                Answer::Accepted => (seated(visit, facts, (open, sent))),
                Answer::Invited | Answer::Declined => {}
            }
            (public::criteria(w, &facts.template))
        }
    };
    page::page(visit, w.t("review-mine"), &body, refusal)
}

fn invitation(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let action = format!("/seasons/{}/review/answer", facts.season.id);
    let buttons = acts(&[
        button_named(Weight::First, "accept", "yes", w.t("review-accept")),
        button_named(Weight::Plain, "accept", "no", w.t("review-decline")),
    ]);
    let said =
        if facts.me.answer == Answer::Declined { w.t("review-declined-note") } else { w.t("review-invited-note") };
    sheet_needs_you(
        w.t("review-invitation"),
        &html! {
            p { (said) }
            p.small.soft { (w.t("review-duty-note")) }
            (page::form(visit, &action, &[], &buttons))
        },
    )
}

fn seated(visit: &Visit, facts: &Facts, (open, sent): (bool, &Sent)) -> Markup {
    let (w, here) = (visit.words, format!("/seasons/{}/review", facts.season.id));
    let undeclared: Vec<&Project> = facts.projects.iter().filter(|p| !facts.declared.contains_key(&p.number)).collect();
    let next = facts
        .projects
        .iter()
        .find(|p| facts.declared.get(&p.number) == Some(&Conflict::None) && !facts.scored.contains(&p.number));
    let conflicts = facts.declared.values().filter(|c| **c != Conflict::None).count() as u64;
    let wanted = u64::from(facts.season.n_projects).saturating_sub(conflicts);
    let to_score = open && facts.season.stage == Stage::Deciding;
    html! {
        (progress(w, w.t("review-sheets-mine"), facts.scored.len() as u64, wanted))
        @if let (Some(next), true) = (next, to_score && undeclared.is_empty()) {
            (acts(&[link_button(Weight::First, &format!("{here}/sheets/{}", next.number), w.t("review-next"))]))
        }
        @if open && facts.season.stage < Stage::Deciding { p.soft { (w.t("review-scoring-later")) } }
        @if open && !undeclared.is_empty() { (declarations(visit, facts, (&undeclared, sent))) }
        @if facts.projects.is_empty() { (empty(w.t("projects-none"), "", None)) }
        (list(w, facts, to_score))
        @if open { (later(visit, facts, sent)) (mistaken(visit, facts)) }
        @let first = format!("{here}/mine");
        @let on = facts.projects.last().filter(|_| facts.more).map(|p| format!("{first}?after={}", p.number));
        (pager(w, (facts.after > 0).then_some(first.as_str()), on.as_deref()))
    }
}

/// What a reviewer says of the projects not yet declared.
fn declarations(visit: &Visit, facts: &Facts, (projects, sent): (&[&Project], &Sent)) -> Markup {
    let w = visit.words;
    let body = html! {
        p { (w.t("review-declare-note")) }
        @for project in projects { (said(w, project, &Conflict::SAID, (sent, "none"))) }
        (acts(&[button(Weight::First, w.t("review-declare-save"))]))
    };
    let action = format!("/seasons/{}/review/declare", facts.season.id);
    sheet_needs_you(w.t("review-declare-title"), &page::form(visit, &action, &[], &body))
}

/// What was sent before, else `first`; empty for a choice that may be left out.
fn said(w: Words, project: &Project, which: &[Conflict], (sent, first): (&Sent, &str)) -> Markup {
    let choices: Vec<Choice<'_>> = which
        .iter()
        .map(|conflict| Choice { value: conflict.as_str(), label: w.t(conflict_key(*conflict)), more: "" })
        .collect();
    let (name, label) = (format!("p-{}", project.number), format!("{} {}", project.number, project.name));
    let (value, required) = (sent.get(&name).map_or(first, String::as_str), !first.is_empty());
    select(w, &Field { name: &name, label: &label, value, required, ..Field::default() }, &choices)
}

/// A conflict that one becomes aware of later.
fn later(visit: &Visit, facts: &Facts, sent: &Sent) -> Markup {
    let w = visit.words;
    let free: Vec<&Project> =
        facts.projects.iter().filter(|p| facts.declared.get(&p.number) == Some(&Conflict::None)).collect();
    if free.is_empty() {
        return html! {};
    }
    let body = html! {
        p { (w.t("review-later-note")) }
        @for project in free { (said(w, project, &Conflict::SAID[1..], (sent, ""))) }
        (acts(&[button(Weight::Plain, w.t("review-declare-save"))]))
    };
    let action = format!("/seasons/{}/review/declare", facts.season.id);
    sheet(
        w.t("review-later-title"),
        &ui::parts::fold(w.t("review-later-open"), &page::form(visit, &action, &[], &body)),
    )
}

/// A conflict that was said by mistake: it can be taken back while there is no sheet.
fn mistaken(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let is_said = |p: &&Project| facts.declared.get(&p.number).is_some_and(|c| Conflict::SAID[1..].contains(c));
    let list: Vec<&Project> = facts.projects.iter().filter(|_| facts.scored.is_empty()).filter(is_said).collect();
    let action = format!("/seasons/{}/review/declare", facts.season.id);
    html! {
        @if !list.is_empty() {
            (sheet(w.t("review-mistaken-title"), &html! {
                p { (w.t("review-mistaken-note")) }
                @for project in list {
                    @let name = format!("p-{}", project.number);
                    @let label = w.t_with("review-mistaken", &[("number", project.number.into()), ("name", (&project.name).into())]);
                    (page::press(visit, &action, &[(&name, "none")], Weight::Plain, &label))
                }
            }))
        }
    }
}

pub(super) fn conflict_key(conflict: Conflict) -> &'static str {
    match conflict {
        Conflict::None => "review-conflict-none",
        Conflict::OwnOrganisation => "review-conflict-own-organisation",
        Conflict::Kin => "review-conflict-kin",
        Conflict::Other => "review-conflict-other",
        Conflict::FoundHome => "review-conflict-found-home",
        Conflict::FoundOrganisation => "review-conflict-found-organisation",
        Conflict::FoundApplicant => "review-conflict-found-applicant",
    }
}

fn list(w: Words, facts: &Facts, to_score: bool) -> Markup {
    let here = format!("/seasons/{}", facts.season.id);
    let rows: Vec<(&Project, String, Markup, [Markup; 2])> = (facts.projects.iter())
        .filter_map(|project| {
            let conflict = *facts.declared.get(&project.number)?;
            let scored = facts.scored.contains(&project.number);
            let state = match conflict {
                Conflict::None if scored => tag(Tone::Ok, w.t("review-scored")),
                Conflict::None => tag(Tone::Due, w.t("review-to-score")),
                _ => tag(Tone::Plain, w.t("review-kept-out")),
            };
            let sheet = conflict == Conflict::None && to_score;
            let href = if sheet {
                format!("{here}/review/sheets/{}", project.number)
            } else {
                format!("{here}/projects/{}", project.number)
            };
            let meta = [
                html! { span.num { (of_season::amount(w, &facts.season, project.cost.0)) } },
                html! { @if conflict != Conflict::None { (w.t(conflict_key(conflict))) } @else { (project.category) } },
            ];
            Some((project, href, state, meta))
        })
        .collect();
    let list: Vec<Card<'_>> = rows
        .iter()
        .map(|(project, href, state, meta)| Card { title: &project.name, href, tag: state.clone(), meta, excerpt: "" })
        .collect();
    html! { @if !list.is_empty() { section.stack { h2 { (w.t("review-projects")) } (cards(&list)) } } }
}

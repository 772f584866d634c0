//! Papers: print them, give them against the roll, type in what they say.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use ballots::page::{Discarded, Which, counted, waiting};
use db::Fault;
use kernel::Refusal;
use people::resident::{self, Listed, ResidentId};
use programmes::{
    MAX_PROJECTS, Phase, Project, Season, SeasonId, Template,
    page::{self, Line},
    season::{queries::season as season_of, web::shown},
    template::queries::of_season,
};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{
        CheckList, Choice, Field, Head, Input, Weight, acts, breadcrumb, button, checks, empty, flash, head,
        paper as sheet_of_paper, print_button, sheet, text, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use crate::paper::{
    self, Counts, Paper, Reading, discard as discarding, give as giving, offices, print as printing, read as reading,
};

/// A paper as it is typed in.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    number: String,
    choice: Vec<String>,
    spoiled: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    resident: String,
    flat: String,
}

struct Facts {
    season: Season,
    template: Template,
    projects: Vec<Project>,
    counts: Counts,
    pending: Vec<Paper>,
    found: Vec<Listed>,
}

async fn facts(rim: &Rim, visit: &Visit, id: &SeasonId, flat: &str) -> Result<Facts, Problem> {
    let (id, flat, cx) = (id.clone(), flat.trim().to_owned(), rim.context_of(visit));
    let read = rim.db.read(move |s| {
        let season = season_of(s, &id)?;
        let offices = offices(s, &cx.actor, &season)?;
        let mut found = Vec::new();
        // as many as somebody holds posts at: a few
        for at in offices.into_iter().filter(|_| !flat.is_empty()) {
            let search = resident::queries::Search { place: at.place, flat: flat.clone(), after: None };
            found.extend(resident::queries::page(s, &cx, &search)?.1);
        }
        let template = of_season(s, &season)?;
        let projects = programmes::project::queries::projects(s, &id, 0, i64::from(MAX_PROJECTS))?;
        let counts = paper::store::counts(s, id.home(), id.as_str())?;
        let pending = if counts.pending > 0 { paper::store::pending(s, id.home(), id.as_str())? } else { Vec::new() };
        Ok::<_, Fault>(Facts { season, template, projects, counts, pending, found })
    });
    Ok(read.await?)
}

async fn answer(
    (rim, visit): (&Rim, &Visit),
    id: &SeasonId,
    which: &Which,
    (typed, refusal): (&Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let facts = facts(rim, visit, id, &which.flat).await?;
    let w = visit.words;
    let here = format!("/seasons/{id}");
    let vote = format!("{here}/vote");
    let body = html! {
        (breadcrumb(
            w,
            &[("/seasons", w.t("nav-seasons")), (&here, &facts.season.name), (&vote, w.t("ballot-title"))],
            w.t("papers-title"),
        ))
        (head(&Head { title: w.t("papers-title"), lead: w.t("papers-lead"), ..Head::default() }))
        (shown::tabs(w, &facts.season, &facts.template, "vote"))
        div.stack {
            @if let Some(done) = which.done(w) { (flash(which.tone(), done)) }
            (told(w, refusal))
            (counted(w, &facts.counts))
            (waiting(visit, &format!("{vote}/papers"), &facts.pending, facts.season.phase == Phase::Voting))
            @if facts.season.phase == Phase::Voting {
                (giving_sheet(visit, &facts, which))
                (typing_sheet(visit, &facts, typed))
            }
            @if facts.season.phase < Phase::Closed {
                (sheet(w.t("papers-print-title"), &html! {
                    p { (w.t("papers-print-note")) }
                    (page::press(visit, &format!("{vote}/papers/print"), &[], Weight::Plain, w.t("papers-print")))
                }))
            }
        }
    };
    Ok(page::page(visit, w.t("papers-title"), &body, refusal))
}

/// Find somebody by flat, and give them a paper: masked names, a button each.
fn giving_sheet(visit: &Visit, facts: &Facts, which: &Which) -> Markup {
    let w = visit.words;
    let here = format!("/seasons/{}/vote/papers", facts.season.id);
    let field =
        Field { name: "flat", label: w.t("papers-flat"), value: &which.flat, required: true, ..Field::default() };
    sheet(
        w.t("papers-give-title"),
        &html! {
            p { (w.t("papers-give-note")) }
            form.form method="get" action=(here) {
                (text(w, &field, Input::Line, Some(40)))
                (acts(&[button(Weight::Plain, w.t("papers-find"))]))
            }
            @if facts.found.is_empty() && !which.flat.is_empty() { (empty(w.t("vote-letters-none"), "", None)) }
            @for row in &facts.found {
                @let hidden = [("resident", row.id.as_str()), ("flat", which.flat.as_str())];
                p { (row.place_name) " " (row.flat) " " (row.name) }
                (page::press(visit, &format!("{here}/give"), &hidden, Weight::Plain, w.t("papers-give")))
            }
        },
    )
}

fn typing_sheet(visit: &Visit, facts: &Facts, typed: &Typed) -> Markup {
    let w = visit.words;
    let numbers: Vec<String> = facts.projects.iter().map(|p| p.number.to_string()).collect();
    let labels: Vec<String> = facts.projects.iter().map(|p| format!("{} {}", p.number, p.name)).collect();
    let choices: Vec<Choice<'_>> =
        numbers.iter().zip(&labels).map(|(value, label)| Choice { value, label, more: "" }).collect();
    let ticked: Vec<&str> = typed.choice.iter().map(String::as_str).collect();
    let number = Line {
        name: "number",
        label: w.t("paper-number"),
        hint: w.t("paper-number-hint"),
        value: &typed.number,
        input: Input::Number,
        most: 10,
        required: true,
    };
    let field = |name, label| Field { name, label, required: true, ..Field::default() };
    let spoiled = [Choice { value: "1", label: w.t("paper-spoiled"), more: w.t("paper-spoiled-note") }];
    let body = html! {
        (number.show(w, None))
        (checks(w, &CheckList { field: field("choice", w.t("paper-ticked")), choices: &choices, chosen: &ticked, one: false }))
        (checks(w, &CheckList { field: field("spoiled", w.t("paper-or")), choices: &spoiled, chosen: &[&typed.spoiled], one: false }))
        (acts(&[button(Weight::First, w.t("paper-send"))]))
    };
    let to = format!("/seasons/{}/vote/papers", facts.season.id);
    sheet(
        w.t("papers-type-title"),
        &html! {
            p { (w.t("papers-type-note")) }
            (page::form(visit, &to, &[], &body))
        },
    )
}

/// `GET /seasons/{season}/vote/papers`: eight statements at most, one more for each further post of who looks.
pub(crate) async fn show(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let typed = Typed { number: which.paper(), ..Typed::default() };
    answer((&rim, &visit), &id, &which, (&typed, None)).await
}

/// `POST /seasons/{season}/vote/papers/discard`: takes back what was read on a paper.
pub(crate) async fn discard(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Discarded>,
) -> Result<Response, Problem> {
    let season = id.clone();
    let done = match typed.read() {
        Ok((number, why)) => {
            page::act(&rim, &visit, move |tx, cx| discarding::discard(tx, cx, &season, &number, why)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/vote/papers?done=discarded"))),
        Err(refusal) => answer((&rim, &visit), &id, &Which::default(), (&Typed::default(), Some(&refusal))).await,
    }
}

/// `POST /seasons/{season}/vote/papers`: what somebody reads on a paper.
pub(crate) async fn read(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let what = if typed.spoiled.is_empty() {
        Reading::Choices(typed.choice.iter().map(|n| n.parse().unwrap_or(0)).collect())
    } else {
        Reading::Spoiled
    };
    let (season, number) = (id.clone(), typed.number.trim().chars().take(20).collect::<String>());
    let done = page::act(&rim, &visit, move |tx, cx| reading::read(tx, cx, &season, &number, &what)).await;
    let done = match done {
        Err(Fault::Refused(refusal)) if refusal.code == "unknown-paper" => Err(refusal),
        done => page::shown(done)?,
    };
    match done {
        Ok(state) => Ok(page::to(&format!("/seasons/{id}/vote/papers?done={}", state.as_str()))),
        Err(refusal) => answer((&rim, &visit), &id, &Which::default(), (&typed, Some(&refusal))).await,
    }
}

/// `POST /seasons/{season}/vote/papers/give`.
pub(crate) async fn give(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(given): Fields<Given>,
) -> Result<Response, Problem> {
    let row: Option<ResidentId> = optional_id(Some(&given.resident));
    let season = id.clone();
    let row = row.ok_or_else(|| Refusal::new(kernel::Kind::NotFound, "not-a-resident"))?;
    // not run twice: the second try would find the first one's mark
    let cx = rim.context_of(&visit);
    let done = rim.db.write(move |tx| giving::give(tx, &mut cx.clone(), &season, &row)).await;
    match page::shown(done)? {
        Ok(()) => Ok(page::to(&format!("/seasons/{id}/vote/papers?done=given"))),
        Err(refusal) => {
            let which = Which { flat: given.flat, ..Which::default() };
            answer((&rim, &visit), &id, &which, (&Typed::default(), Some(&refusal))).await
        }
    }
}

/// `POST /seasons/{season}/vote/papers/print`: blank papers for the printer.
pub(crate) async fn print(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(_): Fields<Which>,
) -> Result<Response, Problem> {
    let season = id.clone();
    let numbers = match page::shown(page::act(&rim, &visit, move |tx, cx| printing::print(tx, cx, &season)).await)? {
        Ok(numbers) => numbers,
        Err(refusal) => {
            return answer((&rim, &visit), &id, &Which::default(), (&Typed::default(), Some(&refusal))).await;
        }
    };
    let facts = facts(&rim, &visit, &id, "").await?;
    let w = visit.words;
    let (vote, papers) = (format!("/seasons/{id}/vote"), format!("/seasons/{id}/vote/papers"));
    let body = html! {
        (breadcrumb(w, &[(&vote, &facts.season.name), (&papers, w.t("papers-title"))], w.t("papers-print-title")))
        (head(&Head { title: w.t("papers-print-title"), lead: w.t("papers-print-shuffle"), ..Head::default() }))
        div.stack {
            (acts(&[print_button(w)]))
            @for number in &numbers { (blank(&visit, &facts, number)) }
        }
    };
    Ok(page::page(&visit, w.t("papers-print-title"), &body, None))
}

fn blank(visit: &Visit, facts: &Facts, number: &str) -> Markup {
    let w = visit.words;
    let hint = w.n("vote-choose-hint", facts.season.max_choices);
    let pairs = [(w.t("paper-number"), html! { strong.num translate="no" { (number) } })];
    sheet_of_paper(
        w.t("ballot-title"),
        &facts.season.name,
        &pairs,
        &html! {
            p { (hint) }
            ul {
                @for project in &facts.projects {
                    li { "☐ " (project.number) " " (project.name) " " (shown::amount(w, &facts.season, project.cost.0)) }
                }
            }
            p.small { (w.t("paper-no-name")) }
        },
    )
}

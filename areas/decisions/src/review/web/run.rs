//! The officer's page: who sits, who is how far, what is missing, and closing.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{PersonId, Refusal};
use people::Candidate;
use programmes::{Project, Season, SeasonId, Template, page, project, template};
use rights::Action;
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Column, Field, Filter, Input, Table, Tone, Weight, acts, button, checks, empty, filter,
        link_button, notice, sheet, table, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::{mine::conflict_key, shown};
use crate::review::{
    Answer, Review, Reviewer, State as At,
    api::counted_and_closed,
    invite::{self as inviting, Invite},
    queries,
};

/// Whom to look for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Finding {
    find: String,
}

struct Facts {
    season: Season,
    template: Template,
    review: Option<Review>,
    reviewers: Vec<Reviewer>,
    /// Projects with too few sheets, and how many they have.
    short: Vec<(Project, u32)>,
    found: Vec<Candidate>,
    lifted: Vec<queries::Lifted>,
}

/// Projects with too few sheets that the page names.
const MOST_SHORT: usize = 50;

async fn facts(rim: &Rim, visit: &Visit, id: SeasonId, find: &str, chosen: &str) -> Result<Facts, Problem> {
    let (actor, find) = (visit.actor.clone(), find.trim().to_owned());
    let chosen: Option<PersonId> = optional_id(Some(chosen));
    let read = rim.db.read(move |s| {
        let season = crate::queries::may(s, &actor, &id, Action::RunSeason)?;
        let template = template::queries::of_season(s, &season)?;
        let found = people::candidates(s, id.home(), (&find, chosen.as_ref()))?;
        let counts = queries::progress(s, &id)?;
        let least = template.review.as_ref().map_or(0, |review| review.reviewers);
        let projects = project::queries::projects(s, &id, 0, i64::from(programmes::MAX_PROJECTS))?;
        let has = |number| counts.iter().find(|(project, _)| *project == number).map_or(0, |(_, n)| *n);
        let short = projects.into_iter().map(|p| (has(p.number), p)).filter(|(n, _)| *n < least);
        let short = short.map(|(n, project)| (project, n)).take(MOST_SHORT).collect();
        let (review, reviewers) = (queries::review(s, &id)?, queries::reviewers(s, &id)?);
        let lifted = queries::lifted(s, &id)?;
        Ok::<_, Fault>(Facts { season, template, review, reviewers, short, found, lifted })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/review/run`: nine statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Query(finding): Query<Finding>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, id, &finding.find, "").await?;
    Ok(whole(&visit, &facts, &finding.find, None))
}

/// `POST /seasons/{season}/review/reviewers`.
pub(super) async fn invite(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Invite>,
) -> Result<Response, Problem> {
    let (season, input) = (id.clone(), typed.clone());
    let done = page::act(&rim, &visit, move |tx, cx| inviting::invite(tx, cx, &season, &input)).await;
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/review/run"))),
        Err(refusal) => {
            let facts = facts(&rim, &visit, id, "", &typed.person).await?;
            Ok(whole(&visit, &facts, "", Some(&refusal)))
        }
    }
}

/// A form of one button.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Nothing {}

/// `POST /seasons/{season}/review/close`.
pub(super) async fn close(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(Nothing {}): Fields<Nothing>,
) -> Result<Response, Problem> {
    match page::shown(counted_and_closed(&rim, &visit, &id).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/review"))),
        Err(refusal) => {
            let facts = facts(&rim, &visit, id, "", "").await?;
            Ok(whole(&visit, &facts, "", Some(&refusal)))
        }
    }
}

fn whole(visit: &Visit, facts: &Facts, find: &str, refusal: Option<&Refusal>) -> Response {
    let w = visit.words;
    let closed = facts.review.as_ref().is_some_and(|review| review.state == At::Closed);
    let here = format!("/seasons/{}/review", facts.season.id);
    let body = html! {
        (shown::top(w, (&facts.season, &facts.template), w.t("review-run"), w.t("review-run-lead")))
        div.stack {
            (told(w, refusal))
            @if facts.template.review.is_none() { (empty(w.t("review-none-here"), "", None)) }
            @else if closed {
                (notice(w, Tone::Ok, "", &html! { p { (w.t("review-is-closed")) } }))
                (acts(&[link_button(Weight::First, &here, w.t("review-see-result"))]))
                (board(w, facts))
            } @else {
                (board(w, facts))
                (finder(visit, facts, find, refusal))
                (closing(visit, facts))
            }
        }
    };
    page::page(visit, w.t("review-run"), &body, refusal)
}

fn board(w: Words, facts: &Facts) -> Markup {
    if facts.reviewers.is_empty() {
        return empty(w.t("review-nobody"), w.t("review-nobody-hint"), None);
    }
    let rows: Vec<Vec<Markup>> = (facts.reviewers.iter())
        .map(|r| {
            let (tone, key) = match r.answer {
                Answer::Invited => (Tone::Due, "review-answer-invited"),
                Answer::Accepted => (Tone::Ok, "review-answer-accepted"),
                Answer::Declined => (Tone::Plain, "review-answer-declined"),
            };
            let wanted = facts.season.n_projects.saturating_sub(r.n_conflicts);
            vec![
                html! { (r.name) },
                tag(tone, w.t(key)),
                html! { (r.n_declared) " / " (facts.season.n_projects) },
                html! { (r.n_conflicts) },
                html! { (r.n_sheets) " / " (wanted) },
            ]
        })
        .collect();
    let columns = [
        Column::text(w.t("review-reviewer")),
        Column::text(w.t("review-answer")),
        Column::number(w.t("review-declared")),
        Column::number(w.t("review-conflicts")),
        Column::number(w.t("review-sheets")),
    ];
    html! {
        (table(w, &Table { id: "reviewers", caption: w.t("review-panel"), columns: &columns, rows: &rows }))
        @if !facts.lifted.is_empty() { (lifted(w, facts)) }
    }
}

/// Conflicts that were taken back.
fn lifted(w: Words, facts: &Facts) -> Markup {
    let rows: Vec<Vec<Markup>> = (facts.lifted.iter())
        .map(|one| {
            vec![
                html! { (one.reviewer) },
                html! { (one.project) " " (one.name) },
                html! { (w.t(conflict_key(one.said))) },
                html! { (w.t(conflict_key(one.now))) },
            ]
        })
        .collect();
    let columns = ["review-reviewer", "review-project", "review-lifted-said", "review-lifted-now"];
    let columns = columns.map(|key| Column::text(w.t(key)));
    table(w, &Table { id: "lifted", caption: w.t("review-lifted"), columns: &columns, rows: &rows })
}

/// Looking for somebody by the whole name, and inviting one of those found.
fn finder(visit: &Visit, facts: &Facts, find: &str, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let here = format!("/seasons/{}/review", facts.season.id);
    let field = Field {
        name: "find",
        label: w.t("review-find"),
        hint: w.t("review-find-hint"),
        value: find,
        ..Field::default()
    };
    let fields = [ui::parts::text(w, &Field { required: true, ..field }, Input::Search, Some(30))];
    let run = format!("{here}/run");
    let ids: Vec<String> = facts.found.iter().map(|c| c.id.to_string()).collect();
    let choices: Vec<Choice<'_>> =
        (facts.found.iter().zip(&ids)).map(|(c, id)| Choice { value: id, label: &c.name, more: &c.place }).collect();
    let chosen: Vec<&str> = ids.first().filter(|_| ids.len() == 1).map(String::as_str).into_iter().collect();
    let label = w.t("review-who");
    let error = page::errors(w, refusal).of("person");
    let list = CheckList {
        field: Field { name: "person", label, error, required: true, ..Field::default() },
        choices: &choices,
        chosen: &chosen,
        one: true,
    };
    sheet(
        w.t("review-invite-title"),
        &html! {
            (filter(w, &Filter { action: &run, label: "", fields: &fields, on: &[], found: "" }))
            @if !choices.is_empty() {
                (page::form(visit, &format!("{here}/reviewers"), &[], &html! {
                    (checks(w, &list))
                    (acts(&[button(Weight::First, w.t("review-invite"))]))
                }))
            } @else if !find.is_empty() { p { (w.t("review-nobody-found")) } }
        },
    )
}

fn closing(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let least = facts.template.review.as_ref().map_or(0, |review| review.reviewers);
    let ready = facts.short.is_empty() && !facts.reviewers.is_empty();
    sheet(
        w.t("review-close-title"),
        &html! {
            p { (w.t("review-close-note")) }
            @if !facts.short.is_empty() {
                p { (w.n("review-short", facts.short.len())) }
                ul.links {
                    @for (project, n) in &facts.short {
                        li { (project.number) " " (project.name) " " span.num.soft { (n) " / " (least) } }
                    }
                }
            }
            @if ready {
                (page::press(visit, &format!("/seasons/{}/review/close", facts.season.id), &[], Weight::First,
                    w.t("review-close")))
            }
        },
    )
}

//! One project a page: what it is about, and the reviewer's sheet.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use programmes::{
    Project, Season, SeasonId, Template, page, project, season, season::web::shown as of_season, template,
    template::Criterion,
};
use rights::{Action, authorize};
use ui::{
    Markup, html,
    parts::{Field, Weight, acts, button, pairs, prose, sheet, textarea, told},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::shown;
use crate::review::{
    ScoreSheet, queries,
    rules::{self, Typed},
    score::{Score, in_conflict, resource, score},
    store,
};

/// Fields as a form sends them.
type Sent = BTreeMap<String, String>;

struct Facts {
    season: Season,
    template: Template,
    project: Project,
    sheet: Option<ScoreSheet>,
    declared: bool,
}

/// Whoever has a conflict of interest is refused here already: the sheet is not theirs to open.
async fn facts(rim: &Rim, visit: &Visit, (id, number): (SeasonId, u32)) -> Result<Facts, Problem> {
    let cx = rim.context_of(visit);
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        let me = rules::seated(Some(queries::me(s, &cx, &id)?))?;
        let project = project::queries::project(s, &id, number)?;
        let site = season::queries::site(s, &season)?;
        let conflict = in_conflict(s, &cx, (&season, number), &me)?;
        authorize(&cx.actor, Action::ScoreProject, resource(&site, &me, &conflict))?;
        let template = template::queries::of_season(s, &season)?;
        let declared = store::declaration(s, &id, &me.person, number)?.is_some();
        let sheet = store::sheet(s, &id, (number, &me.person))?;
        Ok::<_, Fault>(Facts { season, template, project, sheet, declared })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/review/sheets/{number}`.
pub(super) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(which): PathId<(SeasonId, u32)>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, which).await?;
    let mut typed = Sent::new();
    if let Some(sheet) = &facts.sheet {
        for (at, score) in sheet.scores.iter().enumerate() {
            typed.insert(rules::field(at).to_owned(), score.to_string());
        }
        typed.insert("comment".into(), sheet.comment.clone());
    }
    Ok(whole(&visit, &facts, &typed, None))
}

/// `POST /seasons/{season}/review/sheets/{number}`.
pub(super) async fn save(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(SeasonId, u32)>,
    Fields(typed): Fields<Sent>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, (id.clone(), number)).await?;
    let input = read(criteria(&facts.template), &typed);
    let season = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| score(tx, cx, (&season, number), &input)).await;
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/review/mine?saved={number}"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => Ok(whole(&visit, &facts, &typed, Some(&refusal))),
    }
}

fn criteria(template: &Template) -> &[Criterion] {
    template.review.as_ref().map_or(&[][..], |review| &review.criteria)
}

fn read(criteria: &[Criterion], typed: &Sent) -> Score {
    let text = |name: &str| typed.get(name).cloned();
    let scores = criteria
        .iter()
        .enumerate()
        .filter_map(|(at, criterion)| Some((criterion.key.clone(), Typed::Text(text(rules::field(at))?))));
    Score { scores: scores.collect(), comment: text("comment").unwrap_or_default() }
}

fn whole(visit: &Visit, facts: &Facts, typed: &Sent, refusal: Option<&Refusal>) -> Response {
    let (w, project) = (visit.words, &facts.project);
    let here = format!("/seasons/{}", facts.season.id);
    let cost = of_season::amount(w, &facts.season, project.cost.0);
    let about = html! {
        (sheet(w.t("review-project"), &html! {
            (pairs(&[
                (w.t("project-cost"), html! { span.num { (cost) } }),
                (w.t("project-number"), html! { span.num { (project.reference) } }),
            ]))
            (prose(&project.about))
            p { a href={ (here) "/projects/" (project.number) } { (w.t("review-see-project")) } }
        }))
    };
    let body = html! {
        (shown::top(w, (&facts.season, &facts.template), &project.name, ""))
        div.stack {
            (about)
            @if facts.declared { (form(visit, facts, typed, refusal)) } @else {
                (told(w, Some(&Refusal::new(Kind::Conflict, "declare-first"))))
                p { a href={ (here) "/review/mine" } { (w.t("review-mine")) } }
            }
        }
    };
    page::page(visit, &project.name, &body, refusal)
}

fn form(visit: &Visit, facts: &Facts, typed: &Sent, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let errors = page::errors(w, refusal);
    let criteria = criteria(&facts.template);
    let value = |name: &str| typed.get(name).map_or("", String::as_str);
    let mut labels: Vec<(&str, &str)> =
        criteria.iter().enumerate().map(|(at, c)| (rules::field(at), c.name.of(w.locale()))).collect();
    labels.push(("comment", w.t("review-comment")));
    let comment = Field {
        name: "comment",
        label: w.t("review-comment"),
        hint: w.t("review-comment-hint"),
        value: value("comment"),
        error: errors.of("comment"),
        required: false,
    };
    let most = u32::try_from(rules::MAX_COMMENT).ok();
    let body = html! {
        (errors.summary(&labels))
        (told(w, refusal))
        @for (at, criterion) in criteria.iter().enumerate() {
            (shown::score_field(w, (at, criterion), value(rules::field(at)), refusal))
        }
        (textarea(w, &comment, 4, most))
        p.small.soft { (w.t("review-changeable")) }
        (acts(&[button(Weight::First, w.t("review-save"))]))
    };
    let action = format!("/seasons/{}/review/sheets/{}", facts.season.id, facts.project.number);
    html! { section.sheet.stack #sheet { h2 { (w.t("review-sheet")) } (page::form(visit, &action, &[], &body)) } }
}

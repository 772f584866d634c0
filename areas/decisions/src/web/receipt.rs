//! Where a voter finds that their ballot is among those that were counted.

use axum::{extract::State, response::Response};
use db::Fault;
use ledger::{entry::Leaf, read};
use programmes::{
    Phase, Project, Season, SeasonId, Template, page, season::web::shown, template::queries::with_season,
};
use serde_json::Value;
use ui::{
    Markup, html,
    parts::{Head, Tone, Weight, acts, breadcrumb, head, link_button, notice, pairs, sheet},
};
use web::{PathId, Problem, Rim, Visit};

use crate::{BallotId, commands::cast::CAST, store};

enum Found {
    /// The vote is still open.
    NotYet,
    /// It was cast and is on its way into the log.
    OnItsWay,
    /// It is in the log at this place, with these choices.
    At(u64, Vec<u32>),
    /// It is not among those that were counted.
    Not,
}

struct Facts {
    season: Season,
    template: Template,
    found: Found,
    projects: Vec<Project>,
}

/// `GET /seasons/{season}/vote/receipt/{ballot}`: four statements.
pub(crate) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, ballot)): PathId<(SeasonId, BallotId)>,
) -> Result<Response, Problem> {
    let wanted = ballot.clone();
    let read = rim.db.read(move |s| {
        let (season, template) = with_season(s, &id)?;
        let entry = if season.phase >= Phase::Closed { read::find(s, wanted.as_str())? } else { None };
        let leaf = entry.filter(|entry| entry.kind == CAST).and_then(|entry| {
            let leaf: Leaf<Value> = serde_json::from_slice(&entry.leaf).ok()?;
            let choices = serde_json::from_value(leaf.public.get("choices")?.clone()).ok()?;
            (leaf.subject.as_deref() == Some(id.as_str())).then_some((entry.seq, choices))
        });
        let found = match leaf {
            _ if season.phase < Phase::Closed => Found::NotYet,
            Some((seq, choices)) => Found::At(seq, choices),
            None if store::ballot(s, &id, &wanted)?.is_some() => Found::OnItsWay,
            None => Found::Not,
        };
        let projects = match &found {
            Found::At(..) => programmes::project::queries::projects(s, &id, 0, i64::from(programmes::MAX_PROJECTS))?,
            _ => Vec::new(),
        };
        Ok::<_, Fault>(Facts { season, template, found, projects })
    });
    let facts = read.await?;
    Ok(page::page(&visit, visit.words.t("vote-receipt-title"), &body(&visit, &facts, &ballot), None))
}

fn body(visit: &Visit, facts: &Facts, ballot: &BallotId) -> Markup {
    let w = visit.words;
    let here = format!("/seasons/{}", facts.season.id);
    let vote = format!("{here}/vote");
    let say = |tone, key| notice(w, tone, "", &html! { p { (w.t(key)) } });
    html! {
        (breadcrumb(
            w,
            &[("/seasons", w.t("nav-seasons")), (&here, &facts.season.name), (&vote, w.t("ballot-title"))],
            w.t("vote-receipt-title"),
        ))
        (head(&Head { title: w.t("vote-receipt-title"), ..Head::default() }))
        (shown::tabs(w, &facts.season, &facts.template, "vote"))
        div.stack {
            (pairs(&[(w.t("vote-receipt-number"), html! { span translate="no" { (ballot) } })]))
            @match &facts.found {
                Found::NotYet => (say(Tone::Due, "vote-receipt-not-yet")),
                Found::OnItsWay => (say(Tone::Due, "vote-receipt-on-its-way")),
                Found::Not => (say(Tone::NeedsYou, "vote-receipt-not")),
                Found::At(seq, choices) => (there(visit, facts, *seq, choices)),
            }
        }
    }
}

fn there(visit: &Visit, facts: &Facts, seq: u64, choices: &[u32]) -> Markup {
    let w = visit.words;
    let chosen = facts.projects.iter().filter(|project| choices.contains(&project.number));
    let entry = format!("/ledger/entries/{seq}");
    html! {
        (notice(w, Tone::Ok, w.t("vote-receipt-there"), &html! { p { (w.t("vote-receipt-there-note")) } }))
        (sheet(w.t("vote-receipt-says"), &html! {
            @if choices.is_empty() { p { (w.t("vote-empty")) } }
            ul.links {
                @for project in chosen {
                    li { a href={ "/seasons/" (facts.season.id) "/projects/" (project.number) } { (project.name) } }
                }
            }
        }))
        (acts(&[
            link_button(Weight::First, &entry, w.t("vote-receipt-entry")),
            link_button(Weight::Plain, &format!("{entry}/proof"), w.t("ledger-file-proof")),
        ]))
        p.small.soft { (w.t("vote-receipt-shown")) }
    }
}

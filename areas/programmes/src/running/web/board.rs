//! The season's projects side by side: how far each is, and which are late or silent.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Extension,
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Day, Refusal};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Column, Figure, Head, Table, Tone, Weight, breadcrumb, cards, empty, figures, head, pager, section,
        sheet, table, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};
use work::calendar::add_days;

use crate::{
    Plan, Project, Season, SeasonId, Template, page, plan, project,
    running::{
        Closing, Known, Midterm, Run, RunState, Told,
        case::sees_unposted,
        midterm,
        queries::{self, PAGE},
    },
    season,
    season::web::shown,
    template,
};

/// Days without any record after which a project that is under way is called silent.
const SILENT: i32 = 30;

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    after: Option<u32>,
}

struct Facts {
    season: Season,
    template: Template,
    rows: Vec<(Run, Project)>,
    known: BTreeMap<u32, Known>,
    plans: BTreeMap<u32, Plan>,
    /// Projects for which a change of the plan is asked.
    asked: Vec<u32>,
    more: bool,
    after: Option<u32>,
    runs: bool,
    waits: bool,
    today: Day,
}

impl Facts {
    fn seen(&self, run: &Run) -> Seen<'_> {
        Seen {
            known: self.known.get(&run.number),
            plan: self.plans.get(&run.number),
            asks: self.asked.contains(&run.number),
            today: &self.today,
        }
    }
}

/// `GET /seasons/{season}/running`: five statements and those of the evidence.
pub(crate) async fn show(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    board(&rim, &visit, (told, id, which), None).await
}

/// `POST /seasons/{season}/midterm/announce`.
pub(crate) async fn announce(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(_): Fields<super::Typed>,
) -> Result<Response, Problem> {
    let season = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| midterm::announce::announce(tx, cx, &season)).await;
    match page::shown(done)? {
        Ok(posted) => Ok(page::to(&format!("/notices/{}", posted.id))),
        Err(refusal) => board(&rim, &visit, (told, id, Which::default()), Some(&refusal)).await,
    }
}

async fn board(
    rim: &Rim,
    visit: &Visit,
    (told, id, which): (Told, SeasonId, Which),
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let (actor, today) = (visit.actor.clone(), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let after = which.after.unwrap_or(0);
        let mut runs = queries::runs(s, &id, after)?;
        let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = runs.len() > most;
        runs.truncate(most);
        let numbers: Vec<u32> = runs.iter().map(|run| run.number).collect();
        // those between the first and the last that were not approved are left out
        let projects = project::queries::projects(s, &id, after, i64::from(crate::MAX_PROJECTS))?;
        let mut projects: BTreeMap<u32, Project> = projects.into_iter().map(|p| (p.number, p)).collect();
        let site = season::queries::site(s, &season)?;
        let unposted = if sees_unposted(&actor, &site) { BTreeSet::new() } else { midterm::queries::unposted(s, &id)? };
        let seen = |run: Run| if unposted.contains(&run.number) { run.as_posted() } else { run };
        let rows = runs.into_iter().filter_map(|run| Some((projects.remove(&run.number)?, seen(run))));
        let rows = rows.map(|(project, run)| (run, project)).collect();
        let known = told.0.known(s, &id, &numbers)?;
        let range = (numbers.first().copied().unwrap_or(0), numbers.last().copied().unwrap_or(0));
        let (plans, asked) = (plan::queries::plans(s, &id, range)?, plan::queries::asked(s, &id, range)?);
        let runs = may(&actor, Action::RunSeason, &site);
        let waits = runs && midterm::queries::waits(s, &id)?;
        let today = today.clone();
        let after = which.after;
        Ok::<_, Fault>(Facts { season, template, rows, known, plans, asked, more, after, runs, waits, today })
    });
    let facts = read.await?;
    let w = visit.words;
    let here = format!("/seasons/{}", facts.season.id);
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &facts.season.name)], w.t("running-title")))
        (head(&Head { title: w.t("running-title"), lead: w.t("running-lead"), ..Head::default() }))
        (shown::tabs(w, &facts.season, &facts.template, "running"))
        div.stack {
            (told_of(w, refusal))
            @if facts.rows.is_empty() && facts.after.is_none() {
                (empty(w.t("running-none"), w.t("running-none-hint"), None))
            } @else {
                (counts(w, &facts))
                (pressing(w, &facts))
                @if facts.waits {
                    (sheet(w.t("midterm-post-title"), &html! {
                        p { (w.t("midterm-post-hint")) }
                        (page::press(visit, &format!("{here}/midterm/announce"), &[], Weight::First, w.t("midterm-post")))
                    }))
                }
                (listed(w, &facts))
                (more(w, &facts))
            }
        }
    };
    Ok(page::page(visit, w.t("running-title"), &body, refusal))
}

fn told_of(w: Words, refusal: Option<&Refusal>) -> Markup {
    told(w, refusal)
}

fn counts(w: Words, facts: &Facts) -> Markup {
    let count = |wanted: &dyn Fn(&Run) -> bool| facts.rows.iter().filter(|(run, _)| wanted(run)).count().to_string();
    let all = facts.rows.len().to_string();
    let passed = count(&|run| run.midterm == Midterm::Passed);
    let mending = count(&|run| matches!(run.midterm, Midterm::Rectify | Midterm::Rectified));
    let closed = count(&|run| run.closing == Closing::Accepted);
    let stopped = count(&|run| run.state == RunState::Stopped);
    let plain = Figure::default();
    figures(&[
        Figure { label: w.t("running-projects"), value: &all, ..plain },
        Figure { label: w.t("running-passed"), value: &passed, ..plain },
        Figure { label: w.t("running-mending"), value: &mending, ..plain },
        Figure { label: w.t("running-closed"), value: &closed, ..plain },
        Figure { label: w.t("running-stopped"), value: &stopped, ..plain },
    ])
}

/// What is known of a project beside how far it is.
struct Seen<'a> {
    known: Option<&'a Known>,
    plan: Option<&'a Plan>,
    /// Whether a change of its plan waits.
    asks: bool,
    today: &'a Day,
}

/// Why a project asks to be looked at.
fn why(run: &Run, seen: &Seen<'_>) -> Option<&'static str> {
    let Seen { known, plan, asks, today } = *seen;
    match (run.state, run.midterm, run.closing) {
        (RunState::Closed | RunState::Stopped, ..) => return None,
        (_, Midterm::Rectified, _) => return Some("running-why-mended"),
        (_, _, Closing::Submitted) => return Some("running-why-submitted"),
        _ if asks => return Some("running-why-change"),
        (_, Midterm::Rectify, _) => return Some("running-why-rectify"),
        _ => {}
    }
    if let Some(plan) = plan {
        if plan.ends.as_str() < today.as_str() {
            return Some("running-why-late");
        }
        let held = known.and_then(|known| known.activities);
        if held.is_some_and(|held| plan::rules::behind(plan, held.into(), today)) {
            return Some("running-why-behind");
        }
    }
    let since = add_days(today, -SILENT);
    let kept = known.filter(|known| known.activities.is_some() || known.money.is_some())?;
    let last = kept.last.as_deref().unwrap_or_default();
    (last < since.as_str() && run.begun_day < since).then_some("running-why-silent")
}

fn address(facts: &Facts, number: u32) -> String {
    format!("/seasons/{}/projects/{number}/running", facts.season.id)
}

/// Late and silent ones come up by themselves.
fn pressing(w: Words, facts: &Facts) -> Markup {
    let found: Vec<(&Project, &'static str)> =
        facts.rows.iter().filter_map(|(run, project)| Some((project, why(run, &facts.seen(run))?))).collect();
    let hrefs: Vec<String> = found.iter().map(|(project, _)| address(facts, project.number)).collect();
    let list: Vec<Card<'_>> = (found.iter().zip(&hrefs))
        .map(|((project, why), href)| Card {
            title: &project.name,
            href,
            tag: tag(Tone::Due, w.t(why)),
            meta: &[],
            excerpt: "",
        })
        .collect();
    html! { @if facts.runs && !list.is_empty() { (section(w.t("running-look"), &cards(&list))) } }
}

fn listed(w: Words, facts: &Facts) -> Markup {
    let here = format!("/seasons/{}/running", facts.season.id);
    let columns = [
        ("running-col-project", false),
        ("running-col-midterm", false),
        ("running-col-closing", false),
        ("running-col-activities", true),
        ("running-col-visits", true),
        ("running-col-spent", true),
    ];
    let columns = columns.map(|(key, numeric)| Column { label: w.t(key), numeric });
    let rows: Vec<Vec<Markup>> = facts.rows.iter().map(|(run, project)| row(w, facts, (run, project))).collect();
    let last = facts.rows.last().filter(|_| facts.more);
    let next = last.map(|(run, _)| format!("{here}?after={}", run.number));
    html! {
        (table(w, &Table { id: "running", caption: w.t("running-caption"), columns: &columns, rows: &rows }))
        (pager(w, facts.after.map(|_| here.as_str()), next.as_deref()))
    }
}

/// Ways to what is told of several projects together.
fn more(w: Words, facts: &Facts) -> Markup {
    let here = format!("/seasons/{}", facts.season.id);
    html! {
        ul.links {
            @if facts.template.promotion.is_some() {
                li { a href={ (here) "/promotion" } { (w.t("running-see-promotion")) } }
            }
            li { a href={ (here) "/mentors" } { (w.t("running-see-mentors")) } }
        }
    }
}

fn row(w: Words, facts: &Facts, (run, project): (&Run, &Project)) -> Vec<Markup> {
    let known = facts.known.get(&run.number).cloned().unwrap_or_default();
    let number = |n: Option<u64>| n.map_or_else(|| "–".to_owned(), ui::format::count);
    let spent = known.money.map_or_else(|| "–".to_owned(), |money| shown::amount(w, &facts.season, money.spent.0));
    vec![
        html! { a href=(address(facts, run.number)) { (project.name) } },
        midterm_tag(w, run.midterm),
        closing_tag(w, run.closing),
        html! { (number(known.activities.map(u64::from))) },
        html! { (number(known.visits)) },
        html! { (spent) },
    ]
}

/// Where a project stands halfway, in a word.
pub(super) fn midterm_tag(w: Words, state: Midterm) -> Markup {
    let tone = match state {
        Midterm::Passed => Tone::Ok,
        Midterm::Rectify | Midterm::Rectified | Midterm::Open => Tone::Due,
        Midterm::Failed => Tone::NeedsYou,
        Midterm::None => Tone::Plain,
    };
    tag(tone, w.t(&format!("midterm-state-{}", state.as_str())))
}

/// Where a project stands at its end, in a word.
pub(super) fn closing_tag(w: Words, state: Closing) -> Markup {
    let tone = match state {
        Closing::Accepted => Tone::Ok,
        Closing::Submitted | Closing::Returned => Tone::Due,
        Closing::None | Closing::Draft => Tone::Plain,
    };
    tag(tone, w.t(&format!("closing-state-{}", state.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_and_silent_projects_come_up() {
        let day = |text: &str| Day::parse(text).unwrap();
        let run = |state, midterm, closing| Run {
            number: 1,
            matter: None,
            tier: String::new(),
            team: String::new(),
            state,
            midterm,
            closing,
            begun_day: day("2026-01-01"),
            revision: 0,
        };
        let known = |last: &str| Known { activities: Some(1), last: Some(last.into()), ..Known::default() };
        let today = day("2026-03-31");
        fn seen<'a>(known: Option<&'a Known>, today: &'a Day) -> Seen<'a> {
            Seen { known, plan: None, asks: false, today }
        }
        let told = |midterm, closing, known: Option<&Known>| {
            why(&run(RunState::Running, midterm, closing), &seen(known, &today))
        };
        let quiet = known("2026-02-28");
        assert_eq!(told(Midterm::None, Closing::None, Some(&quiet)), Some("running-why-silent"));
        assert_eq!(told(Midterm::None, Closing::None, Some(&known("2026-03-01"))), None);
        assert_eq!(told(Midterm::None, Closing::None, None), None, "nobody keeps records here");
        assert_eq!(told(Midterm::None, Closing::None, Some(&Known::default())), None);
        assert_eq!(told(Midterm::Rectified, Closing::None, None), Some("running-why-mended"));
        assert_eq!(told(Midterm::Passed, Closing::Submitted, None), Some("running-why-submitted"));
        assert_eq!(why(&run(RunState::Closed, Midterm::Passed, Closing::Accepted), &seen(Some(&quiet), &today)), None);
        let asks = Seen { asks: true, ..seen(None, &today) };
        assert_eq!(why(&run(RunState::Running, Midterm::None, Closing::None), &asks), Some("running-why-change"));
    }
}

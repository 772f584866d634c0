//! Jobs that nobody tries any more: try again, or give up for good.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use db::Fault;
use kernel::{Context, Instant, Site};
use rights::{Action, authorize};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{Head, Weight, WorkColumn, WorkRow, WorkTable, button, empty, figures, form, head, pager, worktable},
};
use web::{Fields, PathId, Problem, Rim, Section, SignedIn, Visit};
use work::{
    commands::{discard_job::discard_job, retry_job::retry_job},
    jobs::{Dead, JobId},
    queries::{JobCounts, PAGE, dead, job_counts},
};

/// Which page: begins after the job that died at this instant.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Which {
    at: Option<i64>,
    id: Option<String>,
}

/// `GET /work/jobs`.
pub(super) async fn list(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let read = rim.db.read(move |s| {
        authorize(&cx.actor, Action::KeepJobs, &super::root(s)?)?;
        let after: Option<JobId> = web::optional_id(which.id.as_deref());
        let before = which.at.map(Instant).zip(after.as_ref());
        Ok::<_, Fault>((dead(s, before)?, job_counts(s)?))
    });
    let (jobs, counts) = read.await?;
    let w = visit.words;
    Ok(visit.page(Section::Other, w.t("jobs-title"), &page(&visit, &jobs, counts)))
}

fn page(visit: &Visit, jobs: &[Dead], counts: JobCounts) -> Markup {
    let w = visit.words;
    let columns = ["jobs-kind", "jobs-attempts", "jobs-error", "jobs-act"].map(|key| WorkColumn::plain(w.t(key)));
    let rows: Vec<WorkRow<'_>> = jobs.iter().map(|job| row(visit, job)).collect();
    let full = i64::try_from(jobs.len()).is_ok_and(|n| n >= PAGE);
    let next = jobs.last().filter(|_| full).map(|job| format!("/work/jobs?at={}&id={}", job.died_at.0, job.id));
    let (open, given_up) = (ui::format::count(counts.open), ui::format::count(counts.dead));
    html! {
        (head(&Head { title: w.t("jobs-title"), lead: w.t("jobs-lead"), ..Head::default() }))
        (figures(&[
            ui::parts::Figure { label: w.t("jobs-open"), value: &open, ..ui::parts::Figure::default() },
            ui::parts::Figure { label: w.t("jobs-dead"), value: &given_up, ..ui::parts::Figure::default() },
        ]))
        @if rows.is_empty() {
            (empty(w.t("jobs-none"), w.t("jobs-none-hint"), None))
        } @else {
            (worktable(w, &WorkTable { id: "jobs", caption: w.t("jobs-caption"), columns: &columns, rows: &rows, pick: None }))
        }
        (pager(w, None, next.as_deref()))
    }
}

fn row<'a>(visit: &Visit, job: &'a Dead) -> WorkRow<'a> {
    let w = visit.words;
    let act = |verb: &str, weight, key| {
        let body = html! { (visit.csrf_field()) (button(weight, w.t(key))) };
        form(&format!("/work/jobs/{}/{verb}", job.id), &[], &body)
    };
    let cells = vec![
        html! { code { (job.kind) } },
        html! { (job.attempts) },
        html! { (job.error) },
        html! { div.acts { (act("retry", Weight::Plain, "jobs-retry")) (act("discard", Weight::Quiet, "jobs-discard")) } },
    ];
    WorkRow { key: job.id.as_str(), name: &job.kind, picked: false, cells }
}

/// The form of a button: nothing but its token.
#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// `POST /work/jobs/{job}/retry`.
pub(super) async fn retry(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(job): PathId<JobId>,
    Fields(_): Fields<Nothing>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    act(&rim, cx, move |tx, cx, site| retry_job(tx, cx, site, &job)).await
}

/// `POST /work/jobs/{job}/discard`.
pub(super) async fn discard(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(job): PathId<JobId>,
    Fields(_): Fields<Nothing>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    act(&rim, cx, move |tx, cx, site| discard_job(tx, cx, site, &job)).await
}

async fn act(
    rim: &Rim,
    cx: Context,
    verb: impl Fn(&mut db::Tx<'_>, &mut Context, &Site) -> Result<(), Fault> + Send + 'static,
) -> Result<Response, Problem> {
    let run = move |tx: &mut db::Tx<'_>| {
        let site = super::root(tx)?;
        verb(tx, &mut cx.clone(), &site)
    };
    rim.db.write(run).await?;
    Ok(Redirect::to("/work/jobs").into_response())
}

//! The form of a closing report: a first draft comes from the records.

use axum::{Extension, extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use ui::{
    Markup, Words, html,
    parts::{
        self, CheckList, Choice, Field, Head, Input, Weight, acts, breadcrumb, button_named, checks, head, sheet, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::Typed;
use crate::{
    SeasonId,
    page::{self, Line},
    running::{
        Case, Told,
        closing::{
            self, Report, State as Stand,
            report::{self, WriteReport},
        },
        pack::{self, Pack},
    },
    season::web::shown,
};

/// `GET /seasons/{season}/projects/{number}/closing`.
pub(crate) async fn form(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<(SeasonId, u32)>,
) -> Result<Response, Problem> {
    written(&rim, &visit, told, id, None).await
}

/// `POST /seasons/{season}/projects/{number}/closing`.
pub(crate) async fn write(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<(SeasonId, u32)>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let text = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let report = Report {
        done: text("done"),
        changed: text("changed"),
        learnt: text("learnt"),
        next: text("next"),
        video: text("video"),
        consents: text("consents") == "yes",
    };
    // a form that names no revision saw none
    let revision = text("revision").parse().unwrap_or(u32::MAX);
    let input = WriteReport { revision, report, submit: text("act") == "submit" };
    let of = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| report::write(tx, cx, told.0, (&of.0, of.1), &input)).await;
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{}/projects/{}/running", id.0, id.1))),
        Err(refusal) => written(&rim, &visit, told, id, Some((typed, &refusal))).await,
    }
}

async fn written(
    rim: &Rim,
    visit: &Visit,
    evidence: Told,
    (season, number): (SeasonId, u32),
    refused: Option<(Typed, &Refusal)>,
) -> Result<Response, Problem> {
    let (actor, today) = (visit.actor.clone(), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let case = Case::read(s, &season, number)?;
        let standing = case.standing(&actor);
        if !standing.team && !standing.office {
            return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
        }
        let closed = closing::queries::closing(s, &season, number)?;
        let pack = pack::gather(s, evidence.0, &case, &today)?;
        Ok::<_, Fault>((case, closed, pack))
    });
    let (case, closed, pack) = read.await?;
    let w = visit.words;
    let refusal = refused.as_ref().map(|(_, refusal)| *refusal);
    let (report, revision) = match &closed {
        Some(closed) => (closed.report.clone(), closed.revision),
        None => (Report { done: drafted(w, &case, &pack), ..Report::default() }, 0),
    };
    let typed = refused.map_or_else(|| filled(&report, revision), |(typed, _)| typed);
    let season = format!("/seasons/{}", case.season.id);
    let board = format!("{season}/running");
    let here = format!("{season}/projects/{number}");
    let shown_at = format!("{here}/running");
    let way = [
        ("/seasons", w.t("nav-seasons")),
        (&*season, &*case.season.name),
        (&board, w.t("running-title")),
        (&shown_at, &case.project.name),
    ];
    let returned = closed.as_ref().filter(|closed| closed.state == Stand::Returned);
    let body = html! {
        (breadcrumb(w, &way, w.t("closing-write")))
        (head(&Head { title: w.t("closing-write"), lead: w.t("closing-write-lead"), ..Head::default() }))
        div.stack {
            (told(w, refusal))
            @if let Some(closed) = returned {
                (sheet(w.t("closing-reasons"), &html! { (shown::prose(&closed.reasons)) }))
            }
            p { a href={ (here) "/closing/film" } { (w.t("film-way-hint")) } }
            (page::form(visit, &format!("{here}/closing"), &[("revision", of(&typed, "revision"))], &fields(w, &typed, refusal)))
        }
    };
    Ok(page::page(visit, w.t("closing-write"), &body, refusal))
}

/// What the records say, as a first sentence that the team goes on from.
fn drafted(w: Words, case: &Case, pack: &Pack) -> String {
    let known = &pack.known;
    let mut lines = Vec::new();
    if let Some(activities) = known.activities {
        lines.push(w.t_with(
            "closing-draft-activities",
            &[
                ("activities", activities.into()),
                ("visits", ui::format::count(known.visits.unwrap_or(0)).as_str().into()),
            ],
        ));
    }
    if let Some(money) = known.money {
        let (spent, cost) =
            (shown::amount(w, &case.season, money.spent.0), shown::amount(w, &case.season, case.project.cost.0));
        lines.push(w.t_with("closing-draft-money", &[("spent", (&spent).into()), ("cost", (&cost).into())]));
    }
    lines.join("\n")
}

fn filled(report: &Report, revision: u32) -> Typed {
    let fields = [
        ("done", report.done.clone()),
        ("changed", report.changed.clone()),
        ("learnt", report.learnt.clone()),
        ("next", report.next.clone()),
        ("video", report.video.clone()),
        ("consents", if report.consents { "yes".to_owned() } else { String::new() }),
        ("revision", revision.to_string()),
    ];
    fields.map(|(name, value)| (name.to_owned(), value)).into()
}

fn of<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", String::as_str)
}

fn fields(w: Words, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let prose = |name: &str, key: &str, most: u32, required: bool| {
        let hint = format!("{key}-hint");
        let field = Field {
            name,
            label: w.t(key),
            hint: w.t(&hint),
            value: of(typed, name),
            error: page::errors(w, refusal).of(name),
            required,
        };
        parts::textarea(w, &field, 6, Some(most))
    };
    let video = Line {
        name: "video",
        label: w.t("closing-video"),
        hint: w.t("closing-video-hint"),
        value: of(typed, "video"),
        input: Input::Line,
        most: 300,
        required: false,
    };
    let yes = [Choice { value: "yes", label: w.t("closing-consents-yes"), ..Choice::default() }];
    let consents = CheckList {
        field: Field {
            name: "consents",
            label: w.t("closing-consents"),
            error: page::errors(w, refusal).of("consents"),
            ..Field::default()
        },
        choices: &yes,
        chosen: &[of(typed, "consents")],
        one: false,
    };
    html! {
        (prose("done", "closing-done", 4_000, true))
        (prose("changed", "closing-changed", 2_000, true))
        (prose("learnt", "closing-learnt", 2_000, false))
        (prose("next", "closing-next", 2_000, false))
        (video.show(w, refusal))
        (checks(w, &consents))
        (acts(&[
            button_named(Weight::First, "act", "submit", w.t("closing-submit")),
            button_named(Weight::Plain, "act", "save", w.t("btn-save")),
        ]))
    }
}

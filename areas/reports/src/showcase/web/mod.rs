//! Pages of the showcase: the page itself, the press release, slides, the papers, the office's form.

mod edit;
mod paper;
mod pdf;
mod release;
mod show;
mod slides;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use db::Fault;
use programmes::{SeasonId, page, season::queries as seasons, template, web::shown};
use rights::{Action, may};
use ui::{
    Markup, html,
    parts::{Head, breadcrumb, empty, head},
};
use web::{Problem, Rim, Visit};

use super::{
    Section, Showcase, Text,
    draft::draft,
    facts::{self, Facts, Values},
    queries,
    text::{Piece, pieces},
};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/showcase", get(show::page))
        .route("/seasons/{season}/showcase.docx", get(paper::showcase))
        .route("/seasons/{season}/showcase.pdf", get(paper::showcase_pdf))
        .route("/seasons/{season}/showcase/publish", post(edit::publish))
        .route("/seasons/{season}/showcase/texts/{section}", get(edit::form).post(edit::write))
        .route("/seasons/{season}/showcase/texts/{section}/arrange", post(edit::arrange))
        .route("/seasons/{season}/release", get(release::page))
        .route("/seasons/{season}/release.docx", get(paper::release))
        .route("/seasons/{season}/release.pdf", get(paper::release_pdf))
        .route("/seasons/{season}/slides", get(slides::page))
}

/// What the pages of a showcase are made of.
pub(super) struct Told {
    pub facts: Facts,
    pub showcase: Showcase,
    /// What the office wrote, in the reader's language.
    pub texts: Vec<Text>,
    pub values: Values,
    /// The reader runs the season.
    pub runs: bool,
}

impl Told {
    /// The address of the season.
    pub fn here(&self) -> String {
        format!("/seasons/{}", self.facts.season().id)
    }

    /// Whether the reader may see it: everybody once it is published.
    pub fn is_seen(&self) -> bool {
        self.runs || self.showcase.published.is_some()
    }

    /// Whether a part is shown to the reader.
    pub fn has(&self, section: Section) -> bool {
        self.runs || !self.showcase.hidden.contains(&section)
    }

    /// Whether a part is shown to everybody.
    pub fn is_open(&self, section: Section) -> bool {
        !self.showcase.hidden.contains(&section)
    }

    /// The text of a part with the names of its figures: what the office wrote, else what is made of the figures.
    pub fn text(&self, visit: &Visit, section: Section) -> String {
        let written = self.texts.iter().find(|text| text.section == section && !text.text.is_empty());
        written.map_or_else(|| draft(visit.words, section, &self.values), |text| text.text.clone())
    }
}

/// Reads it.
pub(super) async fn told(rim: &Rim, visit: &Visit, id: SeasonId) -> Result<Told, Problem> {
    let (actor, lang) = (visit.actor.clone(), visit.words.locale().tag());
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let runs = may(&actor, Action::RunSeason, &seasons::site(s, &season)?);
        let (showcase, texts) = (queries::showcase(s, &id)?, queries::latest(s, &id, lang)?);
        Ok::<_, Fault>((facts::facts(s, (season, template))?, showcase, texts, runs))
    });
    let (facts, showcase, texts, runs) = read.await?;
    let values = facts::values(visit.words, &facts);
    Ok(Told { facts, showcase, texts, values, runs })
}

/// A text with its figures, each leading to its records; a paragraph each line.
pub(super) fn prose(values: &Values, text: &str) -> Markup {
    html! {
        @for line in text.lines().filter(|line| !line.trim().is_empty()) {
            p {
                // what is stored was checked when it was written
                @for piece in pieces(line).unwrap_or_default() {
                    @match piece {
                        Piece::Words(words) => (words),
                        Piece::Figure(name) => (figure(values, name)),
                    }
                }
            }
        }
    }
}

fn figure(values: &Values, name: &str) -> Markup {
    match values.get(name) {
        Some(said) if said.href.is_empty() => html! { (said.shown) },
        Some(said) => html! { a href=(said.href) { (said.shown) } },
        // the template lost what it was counted by
        None => html! { "—" },
    }
}

/// The beginning of each page.
pub(super) fn opening(visit: &Visit, told: &Told, (title, lead): (&str, &str), buttons: &[Markup]) -> Markup {
    let (w, here, season) = (visit.words, told.here(), told.facts.season());
    html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], title))
        (head(&Head { title, lead, acts: buttons, ..Head::default() }))
        (shown::tabs(w, season, &told.facts.template, "showcase"))
    }
}

/// What a stranger is told before it is published.
pub(super) fn not_yet(visit: &Visit, told: &Told) -> Response {
    let (w, here) = (visit.words, told.here());
    let figures = format!("{here}/figures");
    let body = html! {
        (opening(visit, told, (w.t("showcase-title"), ""), &[]))
        (empty(w.t("showcase-not-yet"), w.t("showcase-not-yet-hint"), Some((&figures, w.t("figures-title")))))
    };
    page::page(visit, w.t("showcase-title"), &body, None)
}

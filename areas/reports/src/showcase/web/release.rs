//! `GET /seasons/{season}/release`: the press release 新闻稿, to be copied, printed, or taken as a paper.

use axum::{extract::State, response::Response};
use programmes::{SeasonId, page};
use ui::{
    html,
    parts::{Weight, breadcrumb, link_button, paper, print_button, section},
};
use web::{PathId, Problem, Rim, Visit};

use super::{super::Section, not_yet, prose, show, told};

pub(super) async fn page(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let told = told(&rim, &visit, id).await?;
    if !told.is_seen() {
        return Ok(not_yet(&visit, &told));
    }
    let (w, here) = (visit.words, told.here());
    let season = told.facts.season();
    let showcase = format!("{here}/showcase");
    let headline = w.t_with("release-headline", &[("season", season.name.as_str().into())]);
    let parts: Vec<Section> =
        Section::ALL.iter().copied().filter(|part| part.is_release() && told.is_open(*part)).collect();
    let text = html! {
        div.flow {
            @for part in parts { (prose(&told.values, &told.text(&visit, part))) }
        }
    };
    let way =
        [("/seasons", w.t("nav-seasons")), (here.as_str(), season.name.as_str()), (&showcase, w.t("showcase-title"))];
    let body = html! {
        (breadcrumb(w, &way, w.t("release-title")))
        h1 { (w.t("release-title")) }
        div.acts {
            (print_button(w))
            (link_button(Weight::Quiet, &format!("{here}/release.docx"), w.t("release-docx")))
            @if rim.settings.pdf.is_some() {
                (link_button(Weight::Quiet, &format!("{here}/release.pdf"), w.t("release-pdf")))
            }
        }
        @if told.runs && told.showcase.published.is_none() { (show::for_the_office(&visit, &told)) }
        (paper(&headline, &told.facts.report.scope.place, &[], &text))
        @if told.runs {
            @for part in Section::ALL.iter().filter(|part| part.is_release()) {
                (section(w.t(&format!("showcase-part-{}", part.as_str())), &show::ways(&visit, &told, *part)))
            }
        }
    };
    Ok(page::page(&visit, w.t("release-title"), &body, None))
}

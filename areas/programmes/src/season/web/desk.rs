//! What a worker enters for somebody else at the desk: an idea, as the first intake.

use axum::{extract::State, response::Response};
use people::desk::DeskId;
use ui::{
    html,
    parts::{Card, Head, cards, empty, head},
};
use web::{PathId, Problem, Rim, Section, SignedIn};

use crate::{Stage, season::queries};

/// `GET /desk/{desk}/ideas`: one statement. The seasons for which an idea can be entered.
pub(crate) async fn seasons(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<DeskId>,
) -> Result<Response, Problem> {
    let mut seasons = rim.db.read(|s| queries::seasons(s, None)).await?;
    seasons.retain(|season| season.stage == Stage::Ideas);
    let w = visit.words;
    let hrefs: Vec<String> = seasons.iter().map(|s| format!("/seasons/{}/ideas?desk={id}#idea-form", s.id)).collect();
    let list = seasons.iter().zip(&hrefs).map(|(season, href)| Card {
        title: &season.name,
        href,
        tag: html! {},
        meta: &[],
        excerpt: &season.about,
    });
    let list: Vec<Card<'_>> = list.collect();
    let body = html! {
        (head(&Head { title: w.t("desk-which-season"), ..Head::default() }))
        @if list.is_empty() { (empty(w.t("seasons-none"), "", None)) } @else { (cards(&list)) }
    };
    Ok(visit.page(Section::Seasons, w.t("desk-which-season"), &body))
}

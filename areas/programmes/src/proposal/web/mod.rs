//! The pages of proposals: the list, one of them on the screen and on paper, the form, the versions.

mod begin;
mod edit;
mod form;
mod list;
mod show;
mod versions;
mod withdraw;

use axum::{
    Router,
    routing::{get, post},
};
use db::{Fault, Snapshot};
use kernel::Actor;
use ui::{
    Markup, Words,
    parts::{Tone, breadcrumb, tag},
};
use web::Rim;

use super::{Proposal, ProposalId, State, queries, queries::Standing};
use crate::{Season, SeasonId, Template, season, template};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/proposals", get(list::list))
        .route("/seasons/{season}/proposals/new", get(begin::blank).post(begin::begin))
        .route("/seasons/{season}/proposals/{proposal}", get(show::show))
        .route("/seasons/{season}/proposals/{proposal}/print", get(show::print))
        .route("/seasons/{season}/proposals/{proposal}/edit", get(edit::edit).post(edit::send))
        .route("/seasons/{season}/proposals/{proposal}/withdraw", get(withdraw::asked).post(withdraw::withdraw))
        .route("/seasons/{season}/proposals/{proposal}/check", post(show::check))
        .route("/seasons/{season}/proposals/{proposal}/versions", get(versions::versions))
}

/// A proposal with what every page of it needs.
pub(crate) struct Facts {
    pub season: Season,
    pub template: Template,
    pub proposal: Proposal,
    pub standing: Standing,
}

/// Four statements.
pub(crate) fn facts(
    s: &mut Snapshot<'_>,
    (season, id): (&SeasonId, &ProposalId),
    actor: &Actor,
) -> Result<Facts, Fault> {
    let season = season::queries::season(s, season)?;
    let site = season::queries::site(s, &season)?;
    let (proposal, standing) = queries::seen(s, (&season.id, id), actor, &site)?;
    let template = template::queries::of_season(s, &season)?;
    Ok(Facts { season, template, proposal, standing })
}

/// The address of a season's proposals.
pub(crate) fn base(season: &Season) -> String {
    format!("/seasons/{}/proposals", season.id)
}

/// The address of one.
pub(crate) fn page_of(facts: &Facts) -> String {
    format!("{}/{}", base(&facts.season), facts.proposal.id)
}

/// Where a proposal stands, in a word.
pub(crate) fn state(w: Words, state: State) -> Markup {
    let tone = match state {
        State::Draft | State::Withdrawn => Tone::Plain,
        State::Submitted | State::Returned => Tone::Due,
        State::Checked => Tone::Ok,
    };
    tag(tone, w.t(&format!("proposal-state-{}", state.as_str())))
}

/// The way to a page below a proposal.
pub(crate) fn way(w: Words, facts: &Facts, here: &str) -> Markup {
    let (season, list, page) = (format!("/seasons/{}", facts.season.id), base(&facts.season), page_of(facts));
    let crumbs = [
        ("/seasons", w.t("nav-seasons")),
        (season.as_str(), facts.season.name.as_str()),
        (list.as_str(), w.t("proposals-title")),
        (page.as_str(), facts.proposal.typed.title.as_str()),
    ];
    let upto = if here == facts.proposal.typed.title { 3 } else { 4 };
    breadcrumb(w, crumbs.get(..upto).unwrap_or(&crumbs), here)
}

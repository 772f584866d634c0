//! Pages of rounds: the list, a draft, one round, its verdict sheet.

mod doors;
mod form;
mod list;
pub(crate) mod rule;
mod sheet;
mod show;
mod steps;

use axum::{
    Router,
    routing::{get, post},
};
use db::{Fault, Snapshot};
use kernel::{Actor, Kind, Refusal};
use places::Place;
use rights::{Action, may};
use ui::{
    Markup, Words,
    parts::{Tone, breadcrumb, tag},
};
use web::Rim;

pub(crate) use show::until;
pub(crate) use steps::counted;

use super::{Round, RoundId, State, not_found, queries};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/rounds", get(list::list).post(form::draft))
        .route("/rounds/new", get(form::blank))
        .route("/rounds/{round}", get(show::show))
        .route("/rounds/{round}/change", get(form::again).post(form::change))
        .route("/rounds/{round}/move", post(steps::go))
        .route("/rounds/{round}/sheet", get(sheet::show))
        .route("/rounds/{round}/sheet.csv", get(sheet::csv))
        .route("/rounds/{round}/inputs/{file}", get(sheet::inputs))
}

/// A round with where it is, and what the actor may do with it.
pub(crate) struct One {
    pub round: Round,
    pub place: Place,
    /// They do community work there.
    pub office: bool,
    /// They see what is owed there: supervisors and auditors too.
    pub inside: bool,
}

impl One {
    /// Two statements. A draft is there for those who work on it alone.
    pub fn read(s: &mut Snapshot<'_>, actor: &Actor, id: &RoundId) -> Result<One, Fault> {
        let round = queries::round(s, id)?;
        let place = places::queries::show(s, &round.place)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        let site = place.site()?;
        let (office, inside) = (may(actor, Action::MoveMatter, &site), may(actor, Action::SeeDuties, &site));
        if round.state == State::Draft && !inside {
            return Err(not_found().into());
        }
        Ok(One { round, place, office, inside })
    }

    pub fn here(&self) -> String {
        format!("/rounds/{}", self.round.id)
    }

    /// The way to a page of the round.
    pub fn way(&self, w: Words, here: &str) -> Markup {
        let (list, own) = (format!("/rounds?place={}", self.place.id), self.here());
        breadcrumb(w, &[(&list, w.t("rounds-title")), (&own, &self.round.title)], here)
    }

    /// Who works on it.
    ///
    /// # Errors
    /// Refusal `not-allowed`.
    pub fn for_office(self, actor: &Actor) -> Result<One, Fault> {
        if self.office {
            return Ok(self);
        }
        let code = if *actor == Actor::Visitor { "sign-in-first" } else { "not-allowed" };
        Err(Refusal::new(Kind::Forbidden, code).into())
    }
}

pub(crate) fn state(w: Words, state: State) -> Markup {
    let tone = match state {
        State::Draft => Tone::Plain,
        State::Final => Tone::Ok,
        _ => Tone::Due,
    };
    tag(tone, w.t(&format!("round-state-{}", state.as_str())))
}

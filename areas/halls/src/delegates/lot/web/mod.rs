//! Pages of lots: the lot as everybody sees it, the office's steps, the pool, one's own place and chance.

mod figures;
mod form;
mod mine;
mod office;
mod pool;
mod show;
mod steps;

use axum::{
    Router,
    routing::{get, post},
};
use db::{Fault, Snapshot};
use kernel::{Actor, Refusal};
use ui::{
    Markup, Words, html,
    parts::{Choice, Field, Tone, breadcrumb, select, tag},
};
use web::{Problem, Rim, Visit};

use super::{Lot, LotId, State, not_found, queries};
use crate::delegates::page::{Here, Typed, field, typed};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/halls/{hall}/lots/new", get(form::blank))
        .route("/halls/{hall}/lots", post(form::draft))
        .route("/lots/{lot}", get(show::show))
        .route("/lots/{lot}/list.txt", get(show::list))
        .route("/lots/{lot}/change", get(form::again).post(form::change))
        .route("/lots/{lot}/move", post(steps::go))
        .route("/lots/{lot}/check", post(steps::check))
        .route("/lots/{lot}/quotas", post(steps::quotas))
        .route("/lots/{lot}/publish", post(steps::publish))
        .route("/lots/{lot}/seed", post(steps::seed))
        .route("/lots/{lot}/confirm", post(steps::confirm))
        .route("/lots/{lot}/enrol", get(mine::enrol).post(mine::enrolled))
        .route("/lots/{lot}/withdraw", post(mine::withdraw))
        .route("/lots/{lot}/answer", get(mine::answer).post(mine::answered))
        .route("/lots/{lot}/pool", get(pool::pool).post(pool::at_desk))
        .route("/lots/{lot}/pool/import", post(pool::import))
        .route("/lots/{lot}/pool/{volunteer}/strike", post(pool::strike))
        .route("/lots/{lot}/members/{number}", post(pool::answer))
}

/// A lot with its hall, and what the actor may do there.
pub(crate) struct One {
    pub lot: Lot,
    pub here: Here,
}

impl One {
    /// Three statements. A draft is there for those who work on it alone.
    pub fn read(s: &mut Snapshot<'_>, actor: &Actor, id: &LotId) -> Result<One, Fault> {
        let lot = queries::lot(s, id)?;
        let here = Here::read(s, actor, &lot.hall)?;
        if lot.state == State::Draft && !here.office {
            return Err(not_found().into());
        }
        Ok(One { lot, here })
    }

    pub fn home(&self) -> String {
        format!("/lots/{}", self.lot.id)
    }

    /// The way to a page of the lot.
    pub fn way(&self, w: Words, here: &str) -> Markup {
        let (hall, own) = (self.here.home(), self.home());
        breadcrumb(w, &[("/halls", w.t("halls-title")), (&hall, &self.here.hall.name), (&own, &self.lot.title)], here)
    }
}

/// Reads a lot for whoever asks.
pub(super) async fn one(rim: &Rim, visit: &Visit, id: &LotId) -> Result<One, Problem> {
    let (actor, id) = (visit.actor.clone(), id.clone());
    Ok(rim.db.read(move |s| One::read(s, &actor, &id)).await?)
}

/// Where a lot stands, in a word.
pub(crate) fn state(w: Words, state: State) -> Markup {
    let tone = match state {
        State::Draft => Tone::Plain,
        State::Drawn => Tone::Ok,
        _ => Tone::Due,
    };
    tag(tone, w.t(&format!("lot-state-{}", state.as_str())))
}

/// Names of the fields of the categories.
const FEATURES: [&str; super::quotas::MAX_CATEGORIES] = ["f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7"];

/// A select for each category.
fn features(w: Words, lot: &Lot, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    html! {
        @for (category, name) in lot.quotas.categories().iter().zip(FEATURES) {
            @let list: Vec<Choice<'_>> = std::iter::once(Choice { value: "", label: w.t("lot-choose"), more: "" })
                .chain(category.features.iter().map(|one| Choice { value: &one.name, label: &one.name, more: "" }))
                .collect();
            (select(w, &Field { label: &category.name, ..field(w, (name, "lot-features", ""), typed(fields, name), (true, refusal)) }, &list))
        }
    }
}

/// What was chosen, in the order of the categories.
fn chosen(lot: &Lot, fields: &Typed) -> Vec<String> {
    lot.quotas.categories().iter().zip(FEATURES).map(|(_, name)| typed(fields, name).to_owned()).collect()
}

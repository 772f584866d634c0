//! Pages: works of a place, one work, its units, who bears how much of it.

mod apportionment;
mod list;
mod show;
mod units;

use std::collections::BTreeMap;

use axum::{
    Router,
    routing::{get, post},
};
use db::{Fault, Snapshot};
use kernel::{Actor, Fen, Refusal, Site};
use places::Place;
use programmes::page;
use rights::{Action, may};
use ui::{
    Markup, Money, Words,
    parts::{Choice, Field, Tone, breadcrumb, tag},
};
use web::{Rim, Upload, Visit};

use super::{State, Work, WorkId, WorkKind, queries};

/// What was typed into a form.
type Typed = BTreeMap<String, String>;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/works", get(list::list).post(list::open))
        .route("/works/new", get(list::blank))
        .route("/works/{work}", get(show::show))
        .route("/works/{work}/quotes", post(show::quote))
        .route("/works/{work}/choose", post(show::choose))
        .route("/works/{work}/settle", post(show::settle))
        .route("/works/{work}/units", get(units::list).post(units::add))
        .route("/works/{work}/units/{unit}", Upload::route(get(units::one).post(units::report)))
        .route("/works/{work}/accept", post(units::accept))
        .route("/works/{work}/apportionment", Upload::route(get(apportionment::show).post(apportionment::apportion)))
        .route("/works/{work}/apportionment.csv", get(apportionment::csv))
        .route("/works/{work}/apportionment/notice", post(apportionment::announce))
        .route("/works/{work}/files/{file}", get(units::whole))
        .route("/works/{work}/files/{file}/small", get(units::small))
}

fn typed<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", String::as_str)
}

/// A work with where it is, and what the actor may do with it.
struct One {
    work: Work,
    place: Place,
    /// They do community work there.
    office: bool,
    /// They accept and settle.
    approves: bool,
    /// They see the names of owners whole.
    inside: bool,
}

impl One {
    /// Two statements.
    fn read(s: &mut Snapshot<'_>, actor: &Actor, id: &WorkId) -> Result<One, Fault> {
        let work = queries::work(s, id)?;
        let place = places::queries::show(s, &work.place)?;
        let place = place.ok_or_else(|| Refusal::new(kernel::Kind::NotFound, "place-not-found"))?;
        let site: Site = place.site()?;
        let (office, approves) = (may(actor, Action::MoveMatter, &site), may(actor, Action::Approve, &site));
        Ok(One { work, place, office, approves, inside: may(actor, Action::SeeDuties, &site) })
    }

    fn here(&self) -> String {
        format!("/works/{}", self.work.id)
    }

    /// The way to a page of the work.
    fn way(&self, w: Words, here: &str) -> Markup {
        let (list, own) = (format!("/works?place={}", self.place.id), self.here());
        breadcrumb(w, &[(&list, w.t("works-title")), (&own, &self.work.title)], here)
    }
}

fn money(w: Words, amount: Fen) -> String {
    Money::cny(amount.0).exact(w.locale())
}

fn state(w: Words, state: State) -> Markup {
    let tone = match state {
        State::Planned => Tone::Plain,
        State::Started | State::Done => Tone::Due,
        State::Accepted | State::Settled => Tone::Ok,
    };
    tag(tone, w.t(&format!("work-state-{}", state.as_str())))
}

fn kind(w: Words, kind: WorkKind) -> &'static str {
    w.t(&format!("work-kind-{}", kind.as_str()))
}

fn kinds(w: Words) -> Vec<Choice<'static>> {
    WorkKind::ALL.iter().map(|of| Choice { value: of.as_str(), label: kind(w, *of), more: "" }).collect()
}

/// A field by its words `work-field-<name>`, with what was typed and what is wrong.
fn field<'a>(
    visit: &Visit,
    (name, hint): (&'static str, &'static str),
    value: &'a str,
    (required, refusal): (bool, Option<&'a Refusal>),
) -> Field<'a> {
    let w = visit.words;
    Field {
        name,
        label: w.t(&format!("work-field-{name}")),
        hint: if hint.is_empty() { "" } else { w.t(hint) },
        value,
        error: page::errors(w, refusal).of(name),
        required,
    }
}

//! What the pages of delegates share.

use std::collections::BTreeMap;

use axum::response::Response;
use db::{Fault, Snapshot};
use kernel::{Actor, FieldError, Kind, Refusal};
use places::Place;
use rights::{Action, may};
use ui::{
    Markup, Words,
    parts::{Errors, Field, Input, breadcrumb, text},
};
use web::{Section, Visit, page};

use super::hall::{self, Hall, HallId};

/// What was typed into a form.
pub(super) type Typed = BTreeMap<String, String>;

/// What was typed into a field; empty where it was not there.
pub(super) fn typed<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", String::as_str)
}

/// Whether a box was ticked.
pub(super) fn ticked(fields: &Typed, name: &str) -> bool {
    fields.get(name).is_some_and(|value| !value.is_empty())
}

/// A field by its words, with what was typed and what is wrong.
pub(super) fn field<'a>(
    w: Words,
    (name, label, hint): (&'a str, &'static str, &'static str),
    value: &'a str,
    (required, refusal): (bool, Option<&'a Refusal>),
) -> Field<'a> {
    const NONE: &[FieldError] = &[];
    let error = Errors::new(w, refusal.map_or(NONE, |r| &r.fields)).of(name);
    Field { name, label: w.t(label), hint: if hint.is_empty() { "" } else { w.t(hint) }, value, error, required }
}

/// One line to fill in, 200 characters at most.
pub(super) fn line(
    w: Words,
    names: (&'static str, &'static str, &'static str),
    fields: &Typed,
    (input, required, refusal): (Input, bool, Option<&Refusal>),
) -> Markup {
    text(w, &field(w, names, typed(fields, names.0), (required, refusal)), input, Some(200))
}

/// A page, with the status of what was refused on it.
pub(super) fn answer(visit: &Visit, title: &str, body: &Markup, refusal: Option<&Refusal>) -> Response {
    page::answer(visit, Section::Other, title, (body, refusal))
}

/// A hall with where it is, and what the actor may do there.
pub(crate) struct Here {
    pub hall: Hall,
    pub place: Place,
    /// They do community work there.
    pub office: bool,
    /// They enter for others.
    pub desk: bool,
    /// They publish lists and type seeds.
    pub officer: bool,
}

impl Here {
    /// Two statements.
    pub fn read(s: &mut Snapshot<'_>, actor: &Actor, id: &HallId) -> Result<Here, Fault> {
        let hall = hall::queries::hall(s, id)?;
        let place = places::queries::show(s, &hall.place)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        let site = place.site()?;
        let may = |act| may(actor, act, &site);
        let (office, desk) = (may(Action::MoveMatter), may(Action::EnterForAnother));
        Ok(Here { hall, place, office, desk, officer: may(Action::PublishVerdict) })
    }

    /// The address of the hall's page.
    pub fn home(&self) -> String {
        format!("/halls/{}", self.hall.id)
    }

    /// The way to a page of the hall.
    pub fn way(&self, w: Words, here: &str) -> Markup {
        let list = format!("/halls?place={}", self.place.id);
        breadcrumb(w, &[(&list, w.t("halls-title")), (&self.home(), &self.hall.name)], here)
    }

    /// For those who work there.
    ///
    /// # Errors
    /// Refusals `sign-in-first`, `not-allowed`.
    pub fn for_office(self, actor: &Actor) -> Result<Here, Fault> {
        if self.office { Ok(self) } else { Err(no(actor).into()) }
    }
}

/// The refusal of whoever may not.
pub(super) fn no(actor: &Actor) -> Refusal {
    let code = if *actor == Actor::Visitor { "sign-in-first" } else { "not-allowed" };
    Refusal::new(Kind::Forbidden, code)
}

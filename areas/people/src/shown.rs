//! What the pages of posts, organisations and the desk share.

use axum::response::Response;
use kernel::{Actor, Day, PersonId, PlaceId, Refusal};
use places::Place;
use rights::{Action, reach};
pub(crate) use ui::parts::day;
use ui::{
    Markup, Words, html,
    parts::{CheckList, Choice, Errors, Field, Filter, Input, Tone, breadcrumb, checks, empty, filter, notice, text},
};
use web::{Section, Visit, problem};

use crate::find::Candidate;

/// The last day, or that there is none.
pub(crate) fn until(w: Words, last: Option<&Day>) -> Markup {
    html! { @match last { Some(last) => (day(w, last)), None => (w.t("post-open-end")) } }
}

/// The first character of a name and two stars, whatever its length.
pub(crate) fn masked(name: &str) -> String {
    name.chars().next().map_or_else(String::new, |first| format!("{first}**"))
}

/// Where the visitor may see the names of residents.
pub(crate) struct Sees {
    everywhere: bool,
    places: Vec<PlaceId>,
}

impl Sees {
    pub(crate) fn of(actor: &Actor) -> Sees {
        let places = actor.principal().map_or_else(Vec::new, |principal| reach(principal, Action::SeeRoll));
        Sees { everywhere: *actor == Actor::Operator, places }
    }

    /// The name as the visitor may see it, at a place with this path.
    pub(crate) fn name(&self, name: &str, path: &str, is_public: bool) -> String {
        let near = || path.split('/').any(|id| self.places.iter().any(|place| place.as_str() == id));
        if is_public || self.everywhere || near() { name.to_owned() } else { masked(name) }
    }
}

/// What stands on top of a form that was refused: a sentence, or the fields to mend.
pub(crate) fn refused(w: Words, refusal: Option<&Refusal>, labels: &[(&str, &str)]) -> Markup {
    let Some(refusal) = refusal else { return html! {} };
    if !refusal.fields.is_empty() {
        return Errors::new(w, &refusal.fields).summary(labels);
    }
    let sentence = Errors::refusal(w, refusal).unwrap_or_else(|| w.t("problem-409-what").to_owned());
    notice(w, Tone::NeedsYou, "", &html! { p { (sentence) } })
}

/// A page, with the status of what was refused.
pub(crate) fn page(visit: &Visit, title: &str, body: &Markup, refusal: Option<&Refusal>) -> Response {
    let mut response = visit.page(Section::Other, title, body);
    if let Some(refusal) = refusal {
        *response.status_mut() = problem::status_of(refusal);
    }
    response
}

/// The way to a page of a place.
pub(crate) fn way(w: Words, place: &Place, here: &str) -> Markup {
    breadcrumb(w, &[("/places", w.t("places-title")), (&format!("/places/{}", place.id), &place.shown)], here)
}

/// The box in which one types whom one looks for.
pub(crate) fn finder(w: Words, action: &str, typed: &str) -> Markup {
    let field = Field {
        name: "find",
        label: w.t("person-find"),
        hint: w.t("person-find-hint"),
        value: typed,
        ..Field::default()
    };
    let fields = [text(w, &field, Input::Search, Some(100))];
    filter(w, &Filter { action, label: w.t("person-find"), fields: &fields, on: &[], found: "" })
}

/// Those who were found, one of whom is to be chosen.
pub(crate) fn pick(w: Words, found: &[Candidate], chosen: &str, error: Option<String>) -> Markup {
    if found.is_empty() {
        return empty(w.t("person-none-found"), w.t("person-none-found-hint"), None);
    }
    let choices = found.iter().map(|c| Choice { value: c.id.as_str(), label: &c.name, more: &c.place });
    let field = Field { name: "person", label: w.t("person-choose"), error, required: true, ..Field::default() };
    let only = match found {
        [one] => one.id.as_str(),
        _ => chosen,
    };
    checks(w, &CheckList { field, choices: &choices.collect::<Vec<_>>(), chosen: &[only], one: true })
}

/// Whom a form is about: found by what was typed, or chosen before.
pub(crate) fn asked_for(find: &str, person: &str) -> (String, Option<PersonId>) {
    (find.trim().chars().take(100).collect(), person.trim().parse().ok())
}

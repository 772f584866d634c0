//! The forms of the desk: who it is, and how they showed it.

use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Errors, Field, Filter, Input, Weight, acts, button, checks, fieldset, filter, form, select,
        sheet, text,
    },
};
use web::Visit;

use kernel::Refusal;
use places::Place;

use super::{super::DeskId, Begin, rules, source};
use crate::{account::verify::DOCUMENTS, find::Candidate, shown};

/// The box in which a worker types a name, a telephone or a mail address.
pub(super) fn who(w: Words, (action, hidden): (&str, &[(&str, &str)]), typed: &str) -> Markup {
    let field = Field {
        name: "find",
        label: w.t("person-find"),
        hint: w.t("desk-find-hint"),
        value: typed,
        ..Field::default()
    };
    let hidden = html! { @for (name, value) in hidden { input type="hidden" name=(name) value=(value); } };
    let fields = [hidden, text(w, &field, Input::Search, Some(100))];
    filter(w, &Filter { action, label: w.t("person-find"), fields: &fields, on: &[], found: "" })
}

/// How they showed who they are.
fn documents(w: Words, chosen: &str, (error, required): (Option<String>, bool)) -> Markup {
    let labels: Vec<String> = DOCUMENTS.iter().map(|word| format!("document-{word}")).collect();
    let choices = DOCUMENTS.iter().zip(&labels).map(|(value, key)| Choice { value, label: w.t(key), more: "" });
    let field =
        Field { name: "shown", label: w.t("desk-shown"), hint: w.t("desk-shown-hint"), value: chosen, error, required };
    select(w, &field, &choices.collect::<Vec<_>>())
}

/// The form of an entry whose person is not known well enough yet.
pub(super) fn shown(visit: &Visit, id: &DeskId, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let errors = Errors::new(w, refusal.map_or(&[], |r| &r.fields));
    let body = html! {
        (visit.csrf_field())
        (shown::refused(w, refusal, &[("document", w.t("desk-shown"))]))
        (documents(w, "", (errors.of("document"), true)))
        (acts(&[button(Weight::Plain, w.t("desk-verify"))]))
    };
    form(&format!("/desk/{id}/verify"), &[], &body)
}

/// The form that begins an entry: one of those who were found, or somebody new.
pub(super) fn begin(
    visit: &Visit,
    place: &Place,
    (found, find): (&[Candidate], &str),
    typed: &Begin,
    refusal: Option<&Refusal>,
) -> Markup {
    let w = visit.words;
    let labels = [
        ("person", "person-choose"),
        ("name", "desk-name"),
        ("contact", "desk-contact"),
        ("shown", "desk-shown"),
        ("source", "desk-source"),
    ]
    .map(|(name, key)| (name, w.t(key)));
    let errors = Errors::new(w, refusal.map_or(&[], |r| &r.fields));
    let ways: Vec<Choice<'_>> =
        rules::SOURCES.iter().map(|s| Choice { value: s.as_str(), label: source(w, *s), more: "" }).collect();
    let way = Field {
        name: "source",
        label: w.t("desk-source"),
        error: errors.of("source"),
        required: true,
        ..Field::default()
    };
    let new = newcomer(w, (find, typed), &errors, found.is_empty());
    let body = html! {
        (visit.csrf_field())
        (shown::refused(w, refusal, &labels))
        @if found.is_empty() { (new) }
        @else {
            (pick(w, found, &typed.person, errors.of("person")))
            (fieldset(w.t("desk-new-person"), w.t("desk-new-person-hint"), &new))
        }
        (documents(w, &typed.shown, (errors.of("shown"), false)))
        (checks(w, &CheckList { field: way, choices: &ways, chosen: &[&typed.source], one: true }))
        (acts(&[button(Weight::First, w.t("desk-begin"))]))
    };
    sheet(
        w.t(if found.is_empty() { "desk-new-person" } else { "desk-known-person" }),
        &form("/desk", &[("place", place.id.as_str())], &body),
    )
}

/// Name and contact of somebody new. What was looked for is written where it belongs.
fn newcomer(w: Words, (find, typed): (&str, &Begin), errors: &Errors<'_>, required: bool) -> Markup {
    let by_contact = crate::account::Contact::parse(find).is_some();
    let name = Field {
        name: "name",
        label: w.t("desk-name"),
        hint: "",
        value: if typed.name.is_empty() && required && !by_contact { find } else { &typed.name },
        error: errors.of("name"),
        required,
    };
    let contact = Field {
        name: "contact",
        label: w.t("desk-contact"),
        hint: w.t("desk-name-hint"),
        value: if typed.contact.is_empty() && required && by_contact { find } else { &typed.contact },
        error: errors.of("contact"),
        required: false,
    };
    html! { (text(w, &name, Input::Line, Some(60))) (text(w, &contact, Input::Line, Some(120))) }
}

/// Those who were found, and that it is none of them.
fn pick(w: Words, found: &[Candidate], chosen: &str, error: Option<String>) -> Markup {
    let none = Choice { value: "", label: w.t("desk-somebody-else"), more: "" };
    let choices = found.iter().map(|c| Choice { value: c.id.as_str(), label: &c.name, more: &c.place }).chain([none]);
    let field = Field { name: "person", label: w.t("person-choose"), error, required: true, ..Field::default() };
    let chosen = match found {
        [one] => one.id.as_str(),
        _ if chosen.is_empty() => "-",
        _ => chosen,
    };
    checks(w, &CheckList { field, choices: &choices.collect::<Vec<_>>(), chosen: &[chosen], one: true })
}

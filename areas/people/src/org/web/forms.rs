//! The forms of one organisation.

use kernel::Refusal;
use ui::{
    Markup, html,
    parts::{CheckList, Choice, Errors, Field, Input, Weight, acts, button, checks, form, sheet, text},
};
use web::Visit;

use super::{LABELS, One, names};
use crate::{
    org::{Org, seat::GiveSeat},
    post::web::{period, reason},
    shown,
};

/// The form with which a seat is given.
pub(super) fn seat(
    visit: &Visit,
    one: &One,
    (find, typed): (&str, &GiveSeat),
    (keeps, refusal): (bool, Option<&Refusal>),
) -> Markup {
    let w = visit.words;
    let here = format!("/organisations/{}", one.org.id);
    let labels = LABELS.map(|(name, key)| (name, w.t(key)));
    let errors = Errors::new(w, refusal.map_or(&[], |r| &r.fields));
    let title = Field {
        name: "title",
        label: w.t("seat-title"),
        hint: w.t("seat-title-hint"),
        value: &typed.title,
        error: errors.of("title"),
        required: true,
    };
    let leads = [Choice { value: "on", label: w.t("seat-leads"), more: w.t("seat-leads-more") }];
    let group = Field { name: "leads", label: w.t("seat-lead"), ..Field::default() };
    let body = html! {
        (visit.csrf_field())
        (shown::pick(w, &one.found, &typed.person, errors.of("person")))
        (text(w, &title, Input::Line, Some(30)))
        @if keeps { (checks(w, &CheckList { field: group, choices: &leads, chosen: &[&typed.leads], one: false })) }
        (period(w, (&typed.from, &typed.until), errors, false))
        (acts(&[button(Weight::First, w.t("seat-give"))]))
    };
    html! {
        section.sheet.stack {
            h2 { (w.t("seat-give")) }
            (shown::refused(w, refusal, &labels))
            (shown::finder(w, &here, find))
            @if !one.found.is_empty() || !find.is_empty() { (form(&format!("{here}/seats"), &[], &body)) }
        }
    }
}

/// The forms of those who keep the organisations.
pub(super) fn changes(visit: &Visit, org: &Org) -> Markup {
    let w = visit.words;
    let none = Errors::new(w, &[]);
    let renamed = html! {
        (visit.csrf_field())
        (names(w, (&org.name, &org.short), none))
        (acts(&[button(Weight::Plain, w.t("org-rename"))]))
    };
    let closed = html! {
        (visit.csrf_field())
        p { (w.t("org-close-what")) }
        (reason(w, "", none))
        (acts(&[button(Weight::Plain, w.t("org-close"))]))
    };
    html! {
        (sheet(w.t("org-rename"), &form(&format!("/organisations/{}/rename", org.id), &[], &renamed)))
        (sheet(w.t("org-close"), &form(&format!("/organisations/{}/close", org.id), &[], &closed)))
    }
}

//! Forms: fresh, come back with errors, and asking once more.

use kernel::FieldError;
use maud::{Markup, html};

use super::s;
use crate::parts::{
    CheckList, Choice, Confirm, Errors, Field, Input, Upload, Weight, acts, button, checks, confirm, fieldset, form,
    form_with_files, left, link_button, money, select, text, textarea, tokens, upload,
};
use crate::words::Words;

fn field<'a>(w: Words, name: &'a str, label: &str, required: bool) -> Field<'a> {
    Field { name, label: s(w, label), required, ..Field::default() }
}

fn topics(w: Words) -> [Choice<'static>; 4] {
    let choice = |value, key| Choice { value, label: s(w, key), more: "" };
    [choice("1", "f-topic-1"), choice("2", "f-topic-2"), choice("3", "f-topic-3"), choice("4", "long-name")]
}

fn whos(w: Words) -> [Choice<'static>; 2] {
    [
        Choice { value: "owner", label: s(w, "f-who-owner"), more: s(w, "f-who-owner-more") },
        Choice { value: "tenant", label: s(w, "f-who-tenant"), more: s(w, "f-who-tenant-more") },
    ]
}

pub(super) fn fresh(w: Words) -> Markup {
    let places = [
        Choice { value: "1", label: s(w, "community"), more: "" },
        Choice { value: "2", label: s(w, "community2"), more: "" },
    ];
    let (topics, whos) = (topics(w), whos(w));
    form_with_files(
        "/styleguide",
        &tokens("0a1b", "2c3d"),
        &html! {
            (text(w, &Field { hint: s(w, "f-title-hint"), ..field(w, "title", "f-title", true) }, Input::Line, Some(60)))
            (textarea(w, &Field { value: s(w, "f-body-value"), ..field(w, "body", "f-body", false) }, 4, Some(2_000)))
            (select(w, &field(w, "place", "f-place", true), &places))
            (money(w, &Field { value: "26000", ..field(w, "cost", "f-money", true) }, s(w, "f-money-unit")))
            (text(w, &field(w, "people", "f-people", false), Input::Number, None))
            (fieldset(s(w, "f-contact"), s(w, "f-contact-hint"), &html! {
                (text(w, &Field { hint: s(w, "f-phone-hint"), ..field(w, "phone", "f-phone", false) }, Input::Phone, Some(20)))
                (text(w, &Field { value: "2026-09-30", ..field(w, "day", "f-day", false) }, Input::Day, None))
                (text(w, &Field { value: "17:00", ..field(w, "time", "f-time", false) }, Input::Time, None))
            }))
            (checks(w, &CheckList { field: field(w, "who", "f-who", true), choices: &whos, chosen: &["owner"], one: true }))
            (left(w, 3))
            (checks(w, &CheckList { field: field(w, "topics", "f-topics", false), choices: &topics, chosen: &["1", "4"], one: false }))
            (upload(w, &Upload {
                field: Field { hint: s(w, "f-photos-hint"), ..field(w, "photos", "f-photos", false) },
                accept: "image/jpeg,image/png,image/webp",
                kinds: "JPG, PNG, WebP",
                most_files: 6,
                most_bytes: 8_000_000,
            }))
            (acts(&[button(Weight::First, w.t("btn-send")), link_button(Weight::Quiet, "#forms", w.t("btn-cancel"))]))
        },
    )
}

pub(super) fn wrong(w: Words) -> Markup {
    let list = [
        FieldError::new("title2", "too-long").with_limit(60),
        FieldError::new("place2", "required"),
        FieldError::new("topics2", "too-many").with_limit(2),
        FieldError::new("photos2", "required"),
    ];
    let errors = Errors::new(w, &list);
    let wrong = |name, label| Field { error: errors.of(name), ..field(w, name, label, true) };
    let topics = topics(w);
    let labels = [
        ("title2", s(w, "f-title")),
        ("place2", s(w, "f-place")),
        ("topics2", s(w, "f-topics")),
        ("photos2", s(w, "f-photos")),
    ];
    form(
        "/styleguide",
        &tokens("0a1b", "2c3d"),
        &html! {
            (errors.summary(&labels))
            (text(w, &Field { value: s(w, "long-name"), hint: s(w, "f-title-hint"), ..wrong("title2", "f-title") }, Input::Line, Some(60)))
            (select(w, &wrong("place2", "f-place"), &[Choice { value: "1", label: s(w, "long-name"), more: "" }]))
            (checks(w, &CheckList { field: wrong("topics2", "f-topics"), choices: &topics, chosen: &["1", "2", "4"], one: false }))
            (upload(w, &Upload {
                field: wrong("photos2", "f-photos"),
                accept: ".pdf",
                kinds: "PDF",
                most_files: 1,
                most_bytes: 20_000_000,
            }))
            (acts(&[button(Weight::Plain, w.t("btn-send"))]))
        },
    )
}

pub(super) fn asking(w: Words) -> Markup {
    let facts = ["c-fact1", "c-fact2", "c-fact3"].map(|key| html! { (s(w, key)) });
    confirm(
        w,
        &Confirm {
            title: s(w, "c-title"),
            facts: &facts,
            action: "/styleguide",
            hidden: &tokens("0a1b", "2c3d"),
            fields: textarea(w, &field(w, "reason", "f-reason", true), 3, Some(200)),
            label: s(w, "btn-danger"),
            danger: true,
            back: "#confirm",
        },
    )
}

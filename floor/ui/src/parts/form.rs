//! Forms: labels, hints, kept values, errors in words, and a summary that leads to each of them.

use kernel::{FieldError, Refusal};
use maud::{Markup, PreEscaped, html};

use crate::words::{Arg, Words, key_of};

/// The errors of one form, told in words.
#[derive(Clone, Copy, Debug)]
pub struct Errors<'a> {
    words: Words,
    list: &'a [FieldError],
}

impl<'a> Errors<'a> {
    /// Errors as the command gave them; an empty slice for a fresh form.
    #[must_use]
    pub const fn new(words: Words, list: &'a [FieldError]) -> Errors<'a> {
        Errors { words, list }
    }

    /// The sentence for the first error of a field, from `field-<code>`; codes without words get `field-other`.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<String> {
        let error = self.list.iter().find(|error| error.field == field)?;
        Some(
            sentence(self.words, "field", error.code, &error.args)
                .unwrap_or_else(|| self.words.t("field-other").into()),
        )
    }

    /// The sentence for a refused verb, from `refusal-<code>`; `None` when the code has no words, so that the general
    /// ones are shown.
    #[must_use]
    pub fn refusal(words: Words, refusal: &Refusal) -> Option<String> {
        sentence(words, "refusal", refusal.code, &refusal.args)
    }

    /// The box at the top of the form: how many things need fixing, with a link to each. Nothing without errors.
    /// `labels` are (field, label) as the form shows them; an error of another field stands with its own name.
    #[must_use]
    pub fn summary(&self, labels: &[(&str, &str)]) -> Markup {
        let w = self.words;
        let mut seen: Vec<&str> = Vec::new();
        for error in self.list {
            if !seen.contains(&error.field) {
                seen.push(error.field);
            }
        }
        html! {
            @if !seen.is_empty() {
                div.notice.needs-you role="alert" tabindex="-1" {
                    h2 { (w.n("form-errors", seen.len())) }
                    ul {
                        @for field in seen {
                            @let label = labels.iter().find(|(name, _)| *name == field).map_or(field, |(_, label)| *label);
                            li { a href={ "#f-" (field) } { (label) " — " (self.of(field).unwrap_or_default()) } }
                        }
                    }
                }
            }
        }
    }
}

fn sentence(w: Words, prefix: &str, code: &str, args: &[(&'static str, kernel::Arg)]) -> Option<String> {
    let key = key_of(prefix, code);
    let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(name, arg)| (*name, arg.into())).collect();
    w.has(&key).then(|| w.t_with(&key, &args))
}

/// What all fields have.
#[derive(Clone, Debug, Default)]
pub struct Field<'a> {
    /// Name in the form; the control's id is `f-<name>`. Letters, digits, `-` and `_`.
    pub name: &'a str,
    /// What to fill in.
    pub label: &'a str,
    /// Help under the label; may be empty.
    pub hint: &'a str,
    /// What was typed before, kept.
    pub value: &'a str,
    /// What is wrong, in words: [`Errors::of`].
    pub error: Option<String>,
    /// Fields that may stay empty say so.
    pub required: bool,
}

/// How a one-line field behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// Any line.
    #[default]
    Line,
    /// A name, which the browser may fill in.
    Name,
    /// A whole number or an amount: narrow, with the number keys of a phone.
    Number,
    /// A day (`2026-09-18`).
    Day,
    /// A time of day (`17:00`).
    Time,
    /// A telephone number, with the number keys of a phone.
    Phone,
    /// A code from a message, which the phone may fill in.
    Code,
    /// A password, never kept.
    Password,
    /// Words to search for.
    Search,
}

/// One choice of a select or a list of boxes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// What the form sends.
    pub value: &'a str,
    /// What the reader sees; any length.
    pub label: &'a str,
    /// A second line: cost, place; may be empty. Selects leave it out.
    pub more: &'a str,
}

/// A form that posts to `action`. `hidden` are (name, value), such as the token against forged requests.
#[must_use]
pub fn form(action: &str, hidden: &[(&str, &str)], body: &Markup) -> Markup {
    html! {
        form.form method="post" action=(action) novalidate {
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            (body)
        }
    }
}

/// The same, able to carry files ([`super::upload`]).
#[must_use]
pub fn form_with_files(action: &str, hidden: &[(&str, &str)], body: &Markup) -> Markup {
    html! {
        form.form method="post" action=(action) enctype="multipart/form-data" novalidate {
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            (body)
        }
    }
}

/// One of several forms on a page that have fields of the same name: its ids begin with `scope` (letters, digits, `-`),
/// so that each label leads to its own field.
#[must_use]
pub fn apart(scope: &str, form: &Markup) -> Markup {
    const LEADS: [&str; 3] = ["id=\"", "for=\"", "href=\"#"];
    const DESCRIBED: &str = "aria-describedby=\"";
    // a quotation mark in what people wrote is escaped, so these occur in tags only
    let mut text = LEADS
        .iter()
        .fold(form.0.clone(), |text, lead| text.replace(&format!("{lead}f-"), &format!("{lead}{scope}-f-")));
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(DESCRIBED)) {
        let start = from + at + DESCRIBED.len();
        let end = start + text.get(start..).and_then(|rest| rest.find('"')).unwrap_or(0);
        let ids: Vec<String> = text[start..end].split(' ').map(|id| format!("{scope}-{id}")).collect();
        let ids = ids.join(" ");
        text.replace_range(start..end, &ids);
        from = start + ids.len();
    }
    PreEscaped(text)
}

/// The hidden fields of every form that writes: `once` makes a second sending of the same form harmless, `csrf` shows
/// that the form came from this house. Both are given by the rim; an empty one is left out.
#[must_use]
pub fn tokens<'a>(once: &'a str, csrf: &'a str) -> Vec<(&'static str, &'a str)> {
    [("once", once), ("csrf", csrf)].into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// Fields that belong together under one heading. The hint may be empty.
#[must_use]
pub fn fieldset(legend: &str, hint: &str, body: &Markup) -> Markup {
    html! {
        fieldset.group {
            legend { (legend) }
            @if !hint.is_empty() { p.hint { (hint) } }
            (body)
        }
    }
}

/// An amount of money in whole units and up to two decimals, with the unit beside it: `元`.
#[must_use]
pub fn money(w: Words, field: &Field<'_>, unit: &str) -> Markup {
    wrapped(
        w,
        field,
        &html! {
            span.affix {
                input.short id={ "f-" (field.name) } name=(field.name) type="text" inputmode="decimal"
                    autocomplete="off" maxlength="16" value=(field.value) required[field.required]
                    aria-invalid=[field.error.is_some().then_some("true")] aria-describedby=[described(field)];
                span { (unit) }
            }
        },
    )
}

/// A line of text. `most` is the limit in characters, as the command checks it.
#[must_use]
pub fn text(w: Words, field: &Field<'_>, input: Input, most: Option<u32>) -> Markup {
    let (kind, mode, fill) = match input {
        Input::Line => ("text", None, Some("off")),
        Input::Name => ("text", None, Some("name")),
        Input::Number => ("text", Some("decimal"), Some("off")),
        Input::Day => ("date", None, None),
        Input::Time => ("time", None, None),
        Input::Phone => ("tel", Some("tel"), Some("tel")),
        Input::Code => ("text", Some("numeric"), Some("one-time-code")),
        Input::Password => ("password", None, Some("current-password")),
        Input::Search => ("search", None, None),
    };
    let narrow = matches!(input, Input::Number | Input::Day | Input::Time | Input::Phone | Input::Code);
    wrapped(
        w,
        field,
        &html! {
            input id={ "f-" (field.name) } name=(field.name) type=(kind) inputmode=[mode] autocomplete=[fill]
                class=[narrow.then_some("short")] value=[(input != Input::Password).then_some(field.value)]
                maxlength=[most] required[field.required]
                aria-invalid=[field.error.is_some().then_some("true")] aria-describedby=[described(field)];
        },
    )
}

/// Several lines of text.
#[must_use]
pub fn textarea(w: Words, field: &Field<'_>, rows: u8, most: Option<u32>) -> Markup {
    wrapped(
        w,
        field,
        &html! {
            // A newline right after the tag is dropped by browsers, so that a kept text may begin with one.
            textarea id={ "f-" (field.name) } name=(field.name) rows=(rows) maxlength=[most] required[field.required]
                aria-invalid=[field.error.is_some().then_some("true")] aria-describedby=[described(field)] {
                "\n" (field.value)
            }
        },
    )
}

/// One of several; begins with "please choose" unless the kept value is one of the choices.
#[must_use]
pub fn select(w: Words, field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    let chosen = choices.iter().any(|choice| choice.value == field.value);
    wrapped(
        w,
        field,
        &html! {
            select id={ "f-" (field.name) } name=(field.name) required[field.required]
                aria-invalid=[field.error.is_some().then_some("true")] aria-describedby=[described(field)] {
                @if !chosen || !field.required { option value="" selected[!chosen] { (w.t("form-choose")) } }
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == field.value] { (choice.label) }
                }
            }
        },
    )
}

/// Boxes to tick.
#[derive(Clone, Debug, Default)]
pub struct CheckList<'a> {
    /// Name, label, hint and error; [`Field::value`] is not used.
    pub field: Field<'a>,
    /// The boxes.
    pub choices: &'a [Choice<'a>],
    /// Values that are ticked.
    pub chosen: &'a [&'a str],
    /// True for one of many (radio buttons).
    pub one: bool,
}

/// Any number of several, or exactly one of them, with targets of at least 48 px. A link to `#f-<name>` leads to the
/// group.
#[must_use]
pub fn checks(w: Words, list: &CheckList<'_>) -> Markup {
    let field = &list.field;
    html! {
        fieldset id={ "f-" (field.name) } tabindex="-1" aria-describedby=[described(field)]
            class={ "field" @if field.error.is_some() { " wrong" } } {
            legend { (field.label) (optional(w, field)) }
            (help(field))
            div.checks {
                @for choice in list.choices {
                    label {
                        input type=(if list.one { "radio" } else { "checkbox" }) name=(field.name) value=(choice.value)
                            checked[list.chosen.contains(&choice.value)];
                        span {
                            (choice.label)
                            @if !choice.more.is_empty() { span.more { (choice.more) } }
                        }
                    }
                }
            }
        }
    }
}

/// A line directly inside a form of boxes that says how many may still be ticked. Scripts keep it up to date; as it comes
/// it says how many there are in all.
#[must_use]
pub fn left(w: Words, most: u32) -> Markup {
    let text = w.t_with("vote-left", &[("n", "#".into())]);
    html! {
        p.hint role="status" data-most=(most) data-text=(text) data-over=(w.t_with("vote-over", &[("n", "#".into())])) {
            (text.replace('#', &most.to_string()))
        }
    }
}

pub(super) fn wrapped(w: Words, field: &Field<'_>, control: &Markup) -> Markup {
    html! {
        div class={ "field" @if field.error.is_some() { " wrong" } } {
            label for={ "f-" (field.name) } { (field.label) (optional(w, field)) }
            (help(field))
            (control)
        }
    }
}

fn optional(w: Words, field: &Field<'_>) -> Markup {
    html! { @if !field.required { span.opt { (w.t("form-optional")) } } }
}

fn help(field: &Field<'_>) -> Markup {
    html! {
        @if !field.hint.is_empty() { p.hint id={ "f-" (field.name) "-hint" } { (field.hint) } }
        @if let Some(error) = &field.error { p.error id={ "f-" (field.name) "-error" } { (error) } }
    }
}

pub(super) fn described(field: &Field<'_>) -> Option<String> {
    let hint = (!field.hint.is_empty()).then(|| format!("f-{}-hint", field.name));
    let error = field.error.as_ref().map(|_| format!("f-{}-error", field.name));
    match (hint, error) {
        (Some(hint), Some(error)) => Some(format!("{error} {hint}")),
        (hint, error) => hint.or(error),
    }
}

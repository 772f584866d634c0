//! Buttons: the first one, plain ones, quiet ones, dangerous ones, and those that wait.

use maud::{Markup, html};

use crate::words::Words;

/// How much a button weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// An ordinary one.
    #[default]
    Plain,
    /// The one thing to do here: at most one on a page.
    First,
    /// Beside others, without a frame: "cancel", "not now".
    Quiet,
    /// Cannot be undone; stands only on a [`super::confirm`] page.
    Danger,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Weight::Plain => "btn",
            Weight::First => "btn first",
            Weight::Quiet => "btn quiet",
            Weight::Danger => "btn danger",
        }
    }
}

/// The button that sends the form around it.
#[must_use]
pub fn button(weight: Weight, label: &str) -> Markup {
    html! { button class=(weight.class()) type="submit" { (label) } }
}

/// One of several buttons of a form: it sends `name=value` with it.
#[must_use]
pub fn button_named(weight: Weight, name: &str, value: &str, label: &str) -> Markup {
    html! { button class=(weight.class()) type="submit" name=(name) value=(value) { (label) } }
}

/// The button that sends the form `form` (its id) from elsewhere on the page, such as one beside a table whose rows
/// are picked.
#[must_use]
pub fn button_of(weight: Weight, form: &str, label: &str) -> Markup {
    html! { button class=(weight.class()) type="submit" form=(form) { (label) } }
}

/// A link that looks like a button, for going somewhere (never for changing anything).
#[must_use]
pub fn link_button(weight: Weight, href: &str, label: &str) -> Markup {
    html! { a class=(weight.class()) href=(href) { (label) } }
}

/// A button that has been pressed and whose answer is under way.
#[must_use]
pub fn waiting_button(weight: Weight, label: &str) -> Markup {
    html! { button class=(weight.class()) type="button" aria-disabled="true" aria-busy="true" { (label) } }
}

/// Prints the page; shown only where scripts run (without them the browser's menu does it).
#[must_use]
pub fn print_button(w: Words) -> Markup {
    html! { button.btn type="button" data-print hidden { (w.t("btn-print")) } }
}

/// Buttons in a row that wraps.
#[must_use]
pub fn acts(buttons: &[Markup]) -> Markup {
    html! { div.acts { @for button in buttons { (button) } } }
}

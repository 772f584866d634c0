//! What the pages of several areas share: acts, forms and their answers.

use axum::response::{IntoResponse, Redirect, Response};
use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal};
use ui::{
    Markup, Words, html,
    parts::{self, Errors, Field, Input, Weight, acts, button},
};

use crate::{Problem, Rim, Section, Visit, problem};

/// Runs a command of the person who visits; what collided with its twin of a double tap runs once more and then finds
/// the twin's work.
///
/// # Errors
/// What the command returns.
pub fn act<T: Send + 'static>(
    rim: &Rim,
    visit: &Visit,
    command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Clone + Send + 'static,
) -> impl Future<Output = Result<T, Fault>> + Send {
    act_in(rim, rim.context_of(visit), command)
}

/// The same in another context than that of who visits, such as with a code that has nothing to do with who has signed in.
///
/// # Errors
/// What the command returns.
pub fn act_in<T: Send + 'static>(
    rim: &Rim,
    cx: Context,
    command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Clone + Send + 'static,
) -> impl Future<Output = Result<T, Fault>> + Send {
    let (first, at) = (command.clone(), cx.clone());
    let first = Box::new(move |tx: &mut Tx<'_>| first(tx, &mut at.clone()));
    once_more(rim, [first, Box::new(move |tx: &mut Tx<'_>| command(tx, &mut cx.clone()))])
}

type Writer<T> = Box<dyn FnMut(&mut Tx<'_>) -> Result<T, Fault> + Send>;

/// Without the commands' types, so that it is compiled once for each kind of answer.
async fn once_more<T: Send + 'static>(rim: &Rim, [first, second]: [Writer<T>; 2]) -> Result<T, Fault> {
    let done = rim.db.write(first).await;
    if !done.as_ref().is_err_and(|fault| fault.is_refusal("changed-meanwhile")) {
        return done;
    }
    rim.db.write(second).await
}

/// A refusal that a form can show; anything else is a problem of its own.
///
/// # Errors
/// The problem of whatever no form shows.
pub fn shown<T>(answer: Result<T, Fault>) -> Result<Result<T, Refusal>, Problem> {
    match answer {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Refused(refusal)) if refusal.code != "sign-in-first" && refusal.kind != Kind::NotFound => {
            Ok(Err(refusal))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// A page of a section, with the status of what was refused on it.
pub fn answer(visit: &Visit, section: Section, title: &str, (body, refusal): (&Markup, Option<&Refusal>)) -> Response {
    let mut response = visit.page(section, title, body);
    if let Some(refusal) = refusal {
        *response.status_mut() = problem::status_of(refusal);
    }
    response
}

/// To another page, after a write.
pub fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A form with its token.
pub fn form(visit: &Visit, action: &str, hidden: &[(&str, &str)], body: &Markup) -> Markup {
    parts::form(action, hidden, &html! { (visit.csrf_field()) (body) })
}

/// A form of one button.
pub fn press(visit: &Visit, action: &str, hidden: &[(&str, &str)], weight: Weight, label: &str) -> Markup {
    form(visit, action, hidden, &acts(&[button(weight, label)]))
}

/// What is wrong with the fields of a form.
pub fn errors(w: Words, refusal: Option<&Refusal>) -> Errors<'_> {
    const NONE: &[FieldError] = &[];
    Errors::new(w, refusal.map_or(NONE, |r| &r.fields))
}

/// One line to fill in.
pub struct Line<'a> {
    /// Its name in the form.
    pub name: &'a str,
    /// What to fill in.
    pub label: &'a str,
    /// Help under the label; may be empty.
    pub hint: &'a str,
    /// What was typed before.
    pub value: &'a str,
    /// How the field behaves.
    pub input: Input,
    /// Characters at most.
    pub most: u32,
    /// Whether it must be filled in.
    pub required: bool,
}

impl Line<'_> {
    /// The field, with what is wrong with it.
    pub fn show(&self, w: Words, refusal: Option<&Refusal>) -> Markup {
        let field = Field {
            name: self.name,
            label: self.label,
            hint: self.hint,
            value: self.value,
            error: errors(w, refusal).of(self.name),
            required: self.required,
        };
        parts::text(w, &field, self.input, Some(self.most))
    }
}

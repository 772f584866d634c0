//! What these pages share.

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use db::{Db, Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal};
use ui::{
    Markup, Words, html,
    parts::{Errors, Field, Head, Input, Tone, Weight, acts, button, head, notice, text},
};
use web::{Problem, Rim, Section, Visit, problem};

use crate::session::{Token, device};

/// Bytes of a way back.
const MAX_NEXT: usize = 500;

/// A way back after signing in: a path of this site, else the first page. `//host` and `/\host` are other sites.
pub(super) fn way_back(next: &str) -> &str {
    let local = next.starts_with('/') && !next.starts_with("//") && !next.starts_with("/\\");
    let plain = next.len() <= MAX_NEXT && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if local && plain { next } else { "/" }
}

/// The device of a request.
pub(super) fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(axum::http::header::USER_AGENT).and_then(|v| v.to_str().ok());
    device::label(agent.unwrap_or(""))
}

/// The token of a request's session.
pub(super) fn token(headers: &HeaderMap, rim: &Rim) -> Option<Token> {
    web::session::token(headers, rim).map(Token)
}

/// Runs a command; what collided with its twin of a double tap runs once more and then finds the twin's work.
pub(super) async fn run<T: Send + 'static>(
    db: &Db,
    cx: &Context,
    command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Clone + Send + 'static,
) -> Result<T, Fault> {
    let (again, at) = (command.clone(), cx.clone());
    let first = db.write(move |tx| command(tx, &mut at.clone())).await;
    let collided = first.as_ref().is_err_and(|f| f.is_refusal("changed-meanwhile") || f.is_refusal("code-gone"));
    if !collided {
        return first;
    }
    let at = cx.clone();
    db.write(move |tx| again(tx, &mut at.clone())).await
}

/// A refusal that a form can show; anything else is a problem of its own.
pub(super) fn shown<T>(answer: Result<T, Fault>) -> Result<Result<T, Refusal>, Problem> {
    match answer {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Refused(refusal)) if refusal.code != "sign-in-first" && refusal.kind != Kind::NotFound => {
            Ok(Err(refusal))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// A page of one form, with the status of what was refused.
pub(super) fn page(visit: &Visit, title: &str, body: &Markup, refusal: Option<&Refusal>) -> Response {
    let mut response = visit.page(Section::Other, title, body);
    if let Some(refusal) = refusal {
        *response.status_mut() = problem::status_of(refusal);
    }
    response
}

/// To another page, after a write.
pub(super) fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// The head of a page.
pub(super) fn top(title: &str, lead: &str) -> Markup {
    head(&Head { title, lead, ..Head::default() })
}

pub(super) use ui::parts::told;

/// One line to fill in, with what is wrong with it.
pub(super) struct Line<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
    pub value: &'a str,
    pub input: Input,
    pub most: u32,
    pub required: bool,
}

impl Line<'_> {
    pub(super) fn show(&self, w: Words, refusal: Option<&Refusal>) -> Markup {
        const NONE: &[FieldError] = &[];
        let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
        let field = Field {
            name: self.name,
            label: self.label,
            hint: self.hint,
            value: self.value,
            error: errors.of(self.name),
            required: self.required,
        };
        text(w, &field, self.input, Some(self.most))
    }
}

/// A form with its token.
pub(super) fn form(visit: &Visit, action: &str, hidden: &[(&str, &str)], body: &Markup) -> Markup {
    ui::parts::form(action, hidden, &html! { (visit.csrf_field()) (body) })
}

/// A form of one button.
pub(super) fn press(visit: &Visit, action: &str, hidden: &[(&str, &str)], label: &str) -> Markup {
    form(visit, action, hidden, &acts(&[button(Weight::Plain, label)]))
}

/// The code of a demonstration, where no message arrives.
pub(super) fn demo_code(w: Words, code: Option<&str>) -> Markup {
    html! {
        @if let Some(code) = code {
            (notice(w, Tone::Plain, "", &html! { p { (w.t_with("sign-in-code-demo", &[("code", code.into())])) } }))
        }
    }
}

/// The field of a code.
pub(super) fn code_line(w: Words, refusal: Option<&Refusal>) -> Markup {
    let line = Line {
        name: "code",
        label: w.t("sign-in-code"),
        hint: "",
        value: "",
        input: Input::Code,
        most: 20,
        required: true,
    };
    line.show(w, refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_here() {
        for (next, wanted) in [
            ("/me?x=1", "/me?x=1"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("/a b", "/"),
            ("javascript:alert(1)", "/"),
        ] {
            assert_eq!(way_back(next), wanted, "{next}");
        }
        assert_eq!(way_back(&format!("/{}", "a".repeat(1_000))), "/");
    }
}

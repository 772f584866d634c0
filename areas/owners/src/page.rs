//! What the pages of all nouns share.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use db::{Fault, Tx};
use kernel::{Actor, Context, Kind, Refusal};
use ui::{Markup, Words, parts::Field};
use web::{Problem, Rim, Section, Visit, problem};

pub(crate) use web::page::{act, act_in, errors, form, press, to};

/// What was typed into a form.
pub(crate) type Typed = BTreeMap<String, String>;

/// What was typed into a field; empty where it was not there.
pub(crate) fn typed<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", String::as_str)
}

/// Runs a command of the person who visits, or by the code of a letter where there is one: that has nothing to do with who has
/// signed in.
pub(crate) async fn act_by<T: Send + 'static>(
    (rim, visit): (&Rim, &Visit),
    code: &str,
    command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Clone + Send + 'static,
) -> Result<T, Fault> {
    if code.trim().is_empty() {
        return act(rim, visit, command).await;
    }
    act_in(rim, rim.context(Actor::Voter), command).await
}

/// A refusal that a form can show; anything else is a problem of its own.
pub(crate) fn shown<T>(answer: Result<T, Fault>) -> Result<Result<T, Refusal>, Problem> {
    match answer {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Refused(refusal)) if !matches!(refusal.kind, Kind::NotFound | Kind::Forbidden) => Ok(Err(refusal)),
        Err(fault) => Err(fault.into()),
    }
}

/// A page, with the status of what was refused on it.
pub(crate) fn page(visit: &Visit, title: &str, body: &Markup, refusal: Option<&Refusal>) -> Response {
    let mut response = visit.page(Section::Other, title, body);
    if let Some(refusal) = refusal {
        *response.status_mut() = problem::status_of(refusal);
    }
    response
}

/// A field by its words `<label>`, with what was typed and what is wrong.
pub(crate) fn field<'a>(
    w: Words,
    (name, label, hint): (&'static str, &'static str, &'static str),
    value: &'a str,
    (required, refusal): (bool, Option<&'a Refusal>),
) -> Field<'a> {
    let hint = if hint.is_empty() { "" } else { w.t(hint) };
    Field { name, label: w.t(label), hint, value, error: errors(w, refusal).of(name), required }
}

/// An area in square metres with two decimals.
pub(crate) fn area(hundredths: u64) -> String {
    consent::Area(hundredths).to_string()
}

/// Lines of cells as CSV in UTF-8 with a mark that spreadsheets know.
pub(crate) fn csv_file(name: &'static str, rows: &[Vec<String>]) -> Response {
    use axum::http::header;
    let mut out = String::from("\u{feff}");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| matters::duty::web::cell(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    let disposition = format!("attachment; filename={name}");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, out).into_response()
}

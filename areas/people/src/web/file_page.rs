//! A file of a roll on a page: taken in, and shown with its faults line by line before anything is written. What is done
//! with its rows is the caller's.

use kernel::{FieldError, Kind, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Column, Weight, acts, link_button},
};
use web::{Upload, Visit, preview as looking};

use crate::resident::sheet::{self as rows_of, Row, RowError};

/// Bytes of a file on a page: it travels a second time in the form that confirms it.
const MAX_BYTES: usize = 1 << 20;
/// Rows of a file on a page: as many as are taken well within the time of one request.
const MAX_ROWS: usize = 5_000;
pub use web::preview::SHOWN;

/// What the forms send besides a file: its rows, pasted or confirmed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The text of a file.
    pub rows: String,
}

/// The form that takes a file or its rows, and the way back.
pub fn accept(visit: &Visit, (to, back): (&str, &str), hint: &str, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let asked = looking::Ask {
        action: to,
        label: w.t("import-file"),
        hint,
        paste_hint: w.t("import-paste-hint"),
        accept: ".csv,text/csv",
        kinds: "CSV UTF-8",
        most_bytes: MAX_BYTES as u64,
        text: "",
    };
    html! {
        (looking::ask(visit, &asked, refusal))
        (acts(&[link_button(Weight::Plain, back, w.t("btn-back"))]))
    }
}

/// The bytes of what was sent: the file, or the rows that were pasted.
///
/// # Errors
/// Refusal `invalid-input` of the field `file` where there is nothing.
pub fn sent(sent: Upload<Typed>) -> Result<Vec<u8>, Refusal> {
    let bytes = sent.files.into_iter().next().map_or_else(|| sent.fields.rows.into_bytes(), |file| file.bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::invalid(vec![FieldError::new("file", "required")]));
    }
    Ok(bytes)
}

/// The rows of a file of a page, and what is wrong with the others.
///
/// # Errors
/// Refusals `roll-file-too-large`, `too-many-rows`, those of [`rows_of::parse`].
pub fn read(bytes: &[u8]) -> Result<(Vec<Row>, Vec<RowError>), Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::new(Kind::Invalid, "roll-file-too-large").with_int("megabytes", 1));
    }
    let (rows, errors) = rows_of::parse(bytes)?;
    if rows.len() + errors.len() > MAX_ROWS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-rows").with_int("limit", MAX_ROWS as i64));
    }
    Ok((rows, errors))
}

/// What a file would do.
#[derive(Debug)]
pub struct Preview<'a> {
    /// How many rows of each kind, in a sentence.
    pub counted: &'a str,
    /// What is wrong with rows that cannot be taken.
    pub wrong: &'a [RowError],
    /// Heads of the columns of `rows`.
    pub columns: &'a [Column<'a>],
    /// The rows that are shown, [`SHOWN`] at most.
    pub rows: &'a [Vec<Markup>],
    /// Whether there is anything to take.
    pub takes: bool,
    /// The file, for the form that confirms it.
    pub text: &'a str,
}

/// What a file would do, and the button that does it; `here` is the page that takes files.
pub fn preview(visit: &Visit, here: &str, found: &Preview<'_>) -> Markup {
    let w = visit.words;
    looking::looked(
        visit,
        &looking::Looked {
            here,
            text: found.text,
            counted: found.counted,
            known: Markup::default(),
            wrong: (w.t("import-wrong-lead"), &faults(w, found.wrong)),
            why_not: (!found.takes).then(|| w.t("import-nothing")),
            columns: found.columns,
            rows: found.rows,
        },
    )
}

/// What is wrong with rows that cannot be taken; nothing where none is.
pub fn wrong(w: Words, errors: &[RowError]) -> Markup {
    looking::wrong(w, w.t("import-wrong-lead"), &faults(w, errors))
}

fn faults(w: Words, errors: &[RowError]) -> Vec<looking::Wrong<'static>> {
    let row = |error: &RowError| looking::Wrong {
        line: u64::try_from(error.line).unwrap_or(u64::MAX),
        column: w.t(&format!("roll-{}", error.column)),
        why: w.t(&format!("field-{}", error.code)).to_owned(),
    };
    errors.iter().take(SHOWN).map(row).collect()
}

//! A file that somebody brings to a page: asked for, looked at line by line, and taken only after that.

use kernel::Refusal;
use ui::{
    Markup, Words, html,
    parts::{
        Column, Field, Table, Tone, Weight, acts, button, form_with_files, link_button, notice, sheet, table, textarea,
        upload,
    },
};

use crate::{
    Visit,
    page::{errors, form},
};

/// Rows and faults that a page shows one by one.
pub const SHOWN: usize = 200;

/// What is asked for: a file in the field `file`, or its text in the field `rows`.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// Where the form is sent.
    pub action: &'a str,
    /// What the file is.
    pub label: &'a str,
    /// What stands in it.
    pub hint: &'a str,
    /// What pasted text looks like; may be empty.
    pub paste_hint: &'a str,
    /// Endings and media types for the browser's chooser.
    pub accept: &'a str,
    /// The same as people say them.
    pub kinds: &'a str,
    /// Bytes at most.
    pub most_bytes: u64,
    /// What was pasted before.
    pub text: &'a str,
}

/// The form that asks for a file, with what was wrong with the one before.
pub fn ask(visit: &Visit, ask: &Ask<'_>, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let field = Field {
        name: "file",
        label: ask.label,
        hint: ask.hint,
        error: errors(w, refusal).of("file"),
        ..Field::default()
    };
    let file =
        ui::parts::Upload { field, accept: ask.accept, kinds: ask.kinds, most_files: 1, most_bytes: ask.most_bytes };
    let pasted =
        Field { name: "rows", label: w.t("import-paste"), hint: ask.paste_hint, value: ask.text, ..Field::default() };
    let body = html! {
        (visit.csrf_field())
        (upload(w, &file))
        (textarea(w, &pasted, 6, None))
        (acts(&[button(Weight::First, w.t("import-look"))]))
    };
    form_with_files(ask.action, &[], &body)
}

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong<'a> {
    /// The line of the file, the head being 1.
    pub line: u64,
    /// Which column.
    pub column: &'a str,
    /// Why, as a sentence.
    pub why: String,
}

/// Rows that cannot be taken, the first [`SHOWN`] of them; nothing where there is none. `lead` says what becomes of them.
pub fn wrong(w: Words, lead: &str, rows: &[Wrong<'_>]) -> Markup {
    let columns = ["import-line", "import-column", "import-why"].map(|key| Column::text(w.t(key)));
    let row = |row: &Wrong<'_>| vec![html! { (row.line) }, html! { (row.column) }, html! { (row.why) }];
    let cells: Vec<Vec<Markup>> = rows.iter().take(SHOWN).map(row).collect();
    html! {
        @if !cells.is_empty() {
            (sheet(w.t("import-wrong"), &html! {
                p { (lead) }
                (table(w, &Table { id: "wrong", caption: w.t("import-wrong"), columns: &columns, rows: &cells }))
            }))
        }
    }
}

/// What was found in a file.
#[derive(Debug)]
pub struct Looked<'a> {
    /// The page that asks for the file; its form to take it is at `<here>/take`.
    pub here: &'a str,
    /// The file's text, which travels a second time in the form that confirms it.
    pub text: &'a str,
    /// How many rows of each kind, as a sentence.
    pub counted: &'a str,
    /// What else is to be known before; may be empty.
    pub known: Markup,
    /// Rows that cannot be taken, and what becomes of them ([`wrong`]).
    pub wrong: (&'a str, &'a [Wrong<'a>]),
    /// Why there is nothing to take; none where it can be taken.
    pub why_not: Option<&'a str>,
    /// Rows as they would be kept.
    pub columns: &'a [Column<'a>],
    /// See above, [`SHOWN`] at most.
    pub rows: &'a [Vec<Markup>],
}

/// What a file holds, with the button that takes it or the way back.
pub fn looked(visit: &Visit, looked: &Looked<'_>) -> Markup {
    let w = visit.words;
    let (lead, faults) = looked.wrong;
    let back = link_button(Weight::Plain, looked.here, w.t("btn-back"));
    let tone = if faults.is_empty() { Tone::Ok } else { Tone::Due };
    html! {
        (notice(w, tone, "", &html! { p { (looked.counted) } }))
        (looked.known)
        (wrong(w, lead, faults))
        @if !looked.rows.is_empty() {
            (table(w, &Table { id: "rows", caption: w.t("import-rows"), columns: looked.columns, rows: looked.rows }))
        }
        @match looked.why_not {
            None => {
                (form(visit, &format!("{}/take", looked.here), &[("rows", looked.text)],
                    &acts(&[button(Weight::First, w.t("import-take")), back])))
            }
            Some(why) => {
                (notice(w, if faults.is_empty() { Tone::Plain } else { Tone::NeedsYou }, "", &html! { p { (why) } }))
                (acts(&[back]))
            }
        }
    }
}

//! Fields for photos and papers.

use maud::{Markup, html};

use super::form::{Field, described, wrapped};
use crate::format::bytes;
use crate::words::Words;

/// A field that takes files. The form around it is made with [`super::form_with_files`].
#[derive(Clone, Debug)]
pub struct Upload<'a> {
    /// Name, label, hint and error; [`Field::value`] is not used, because browsers keep no chosen files.
    pub field: Field<'a>,
    /// Media types or endings for the browser's chooser, such as `image/jpeg,image/png` or `.pdf,.xlsx`.
    pub accept: &'a str,
    /// The same kinds as people say them: `JPG、PNG`.
    pub kinds: &'a str,
    /// So many files at most; 1 or more.
    pub most_files: u32,
    /// Each file holds at most so many bytes.
    pub most_bytes: u64,
}

/// A file field that says its limits before anything is chosen. With scripts, the chosen files are listed with their
/// sizes, and one that is too large is named at once.
#[must_use]
pub fn upload(w: Words, upload: &Upload<'_>) -> Markup {
    let field = &upload.field;
    let limit = format!("f-{}-limit", field.name);
    let described = match described(field) {
        Some(others) => format!("{others} {limit}"),
        None => limit.clone(),
    };
    let size = bytes(upload.most_bytes);
    let told = w.t_with(
        "upload-limit",
        &[("kinds", upload.kinds.into()), ("n", upload.most_files.into()), ("size", size.as_str().into())],
    );
    wrapped(
        w,
        field,
        &html! {
            div.upload {
                input id={ "f-" (field.name) } name=(field.name) type="file" accept=(upload.accept)
                    multiple[upload.most_files > 1] required[field.required]
                    aria-invalid=[field.error.is_some().then_some("true")] aria-describedby=(described)
                    data-most-bytes=(upload.most_bytes) data-too-large=(w.t("upload-too-large"));
                p.hint id=(limit) { (told) }
                output.chosen for={ "f-" (field.name) } {}
            }
        },
    )
}

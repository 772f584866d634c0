//! Forms with photos and documents.

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::Field as Part},
    http::{StatusCode, header},
    routing::MethodRouter,
};
use kernel::{Kind, Refusal};
use serde::de::DeserializeOwned;

use crate::{
    Problem, Rim, Visit,
    body::{Fields, checked},
};

/// Bytes of one file.
pub const MAX_FILE: usize = 10 << 20;
/// Files of one form.
pub const MAX_FILES: usize = 4;
/// Bytes of all text fields.
const MAX_TEXT: usize = 256 << 10;
/// Parts of a form.
const MAX_PARTS: usize = 100;
/// Bytes of a whole form: the files and the words.
const MAX_FORM: usize = MAX_FILE * MAX_FILES + (1 << 20);

/// A file as it was sent. Neither its name nor its stated type is to be believed.
#[derive(Debug, Clone)]
pub struct File {
    /// The field's name.
    pub field: String,
    /// The name on the sender's device, at most 120 characters.
    pub name: String,
    /// The content, 1 byte to [`MAX_FILE`].
    pub bytes: Vec<u8>,
}

/// A `multipart/form-data` form with its token, its fields as a `T`, and its files. Empty file fields are left out.
///
/// Its route takes larger bodies than others: wrap it with [`Upload::route`].
#[derive(Debug)]
pub struct Upload<T> {
    /// The text fields.
    pub fields: T,
    /// At most [`MAX_FILES`] files.
    pub files: Vec<File>,
}

impl Upload<()> {
    /// The route of a form with files: its body may be as large as its files.
    pub fn route(method: MethodRouter<Rim>) -> MethodRouter<Rim> {
        method.layer(DefaultBodyLimit::max(MAX_FORM))
    }
}

/// An [`Upload`] for pages that show again what was typed: files beyond the limits are left out and do not refuse the
/// words beside them. A form that brings no files may come urlencoded. Its route is wrapped with [`Upload::route`] too.
#[derive(Debug)]
pub struct Sent<T> {
    /// The text fields.
    pub fields: T,
    /// At most [`MAX_FILES`] files, each within [`MAX_FILE`].
    pub files: Vec<File>,
    /// Why some were left out: `file-too-large` or `too-many-files`, each with its limit.
    pub refusal: Option<Refusal>,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Upload<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Sent::from_request(request, state).await? {
            Sent { refusal: Some(refusal), .. } => Err(refusal.into()),
            Sent { fields, files, refusal: None } => Ok(Upload { fields, files }),
        }
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
        if kind.starts_with("application/x-www-form-urlencoded") {
            let Fields(fields) = Fields::from_request(request, state).await?;
            return Ok(Sent { fields, files: Vec::new(), refusal: None });
        }
        read(request, state, Bounds { file: MAX_FILE, files: MAX_FILES, code: "file-too-large" }).await
    }
}

/// What a form's files keep to.
pub(crate) struct Bounds {
    /// Bytes of one.
    pub(crate) file: usize,
    /// How many.
    pub(crate) files: usize,
    /// What is said of one that is larger.
    pub(crate) code: &'static str,
}

/// Reads a form with files: what is beyond the bounds is read to its end and dropped, so that the words beside it are
/// answered.
pub(crate) async fn read<T: DeserializeOwned, S: Send + Sync>(
    request: Request,
    state: &S,
    bounds: Bounds,
) -> Result<Sent<T>, Problem> {
    let visit = request.extensions().get::<Visit>().cloned();
    let mut form = Multipart::from_request(request, state).await.map_err(|e| Problem::of(e.status()).because(e))?;
    let (mut pairs, mut files, mut text, mut refusal) = (Vec::new(), Vec::new(), 0, None);
    for _ in 0..MAX_PARTS {
        let Some(part) = form.next_field().await.map_err(|e| Problem::of(e.status()).because(e))? else { break };
        let field = part.name().unwrap_or("").to_owned();
        let name = part.file_name().map(|name| name.chars().take(120).collect::<String>());
        let most = if name.is_some() { bounds.file } else { MAX_TEXT };
        let (bytes, whole) = taken(part, most).await?;
        match name {
            Some(_) if whole && bytes.is_empty() => {}
            Some(_) if !whole => refusal = Some(limit(bounds.code, bounds.file >> 20)),
            Some(_) if files.len() >= bounds.files => refusal = Some(limit("too-many-files", bounds.files)),
            Some(name) => files.push(File { field, name, bytes }),
            None => {
                text += bytes.len();
                if !whole || text > MAX_TEXT {
                    return Err(Problem::of(StatusCode::PAYLOAD_TOO_LARGE));
                }
                pairs.push((field, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    checked(visit.as_ref(), &pairs)?;
    let typed = serde_html_form::to_string(&pairs).map_err(|e| Problem::of(StatusCode::BAD_REQUEST).because(e))?;
    let fields = serde_html_form::from_str(&typed);
    let fields = fields.map_err(|e| Problem::of(StatusCode::BAD_REQUEST).because(e))?;
    Ok(Sent { fields, files, refusal })
}

/// The bytes of a part, and whether they are all: of a longer one nothing is kept, and its rest is let pass.
async fn taken(mut part: Part<'_>, most: usize) -> Result<(Vec<u8>, bool), Problem> {
    let (mut bytes, mut whole) = (Vec::new(), true);
    while let Some(chunk) = part.chunk().await.map_err(|e| Problem::of(e.status()).because(e))? {
        whole = whole && bytes.len() + chunk.len() <= most;
        if whole {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok((bytes, whole))
}

fn limit(code: &'static str, limit: usize) -> Refusal {
    Refusal::new(Kind::Invalid, code).with_int("limit", i64::try_from(limit).unwrap_or(0))
}

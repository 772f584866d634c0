//! Photos: shown on the activity's page, added and taken away by those who hold it.

use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::Refusal;
use programmes::page::{act, errors, press, shown, to};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        self, CheckList, Choice, Field, Head, Input, Tone, Weight, acts, button, checks, form_with_files, head,
        section, tag, text, told,
    },
};
use web::{
    Fields, MAX_FILES, PathId, Problem, Rim, Sent, SignedIn, Upload, Visit,
    photos::{self, Takes},
};
use work::files::FileId;

use super::{
    FACES, Photo,
    add::{self, AddPhotos},
    queries,
};
use crate::{ActivityId, page};

const TAKES: Takes = Takes { most: MAX_FILES, documents: false };

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/activities/{activity}/photos", Upload::route(get(blank).post(send)))
        .route("/activities/{activity}/files/{file}", get(whole))
        .route("/activities/{activity}/files/{file}/small", get(small))
        .route("/activities/{activity}/files/{file}/remove", post(remove))
}

/// The photos side by side, each leading to the whole one.
pub(crate) fn gallery(w: Words, here: &str, list: &[Photo]) -> Markup {
    let hrefs: Vec<(String, String)> = list
        .iter()
        .map(|photo| format!("{here}/files/{}", photo.file))
        .map(|href| (format!("{href}/small"), href))
        .collect();
    let alts: Vec<String> = (1..=list.len()).map(|n| w.n("photo-alt", n)).collect();
    let photos: Vec<parts::Photo<'_>> = list
        .iter()
        .zip(hrefs.iter().zip(&alts))
        .map(|(photo, ((src, href), alt))| parts::Photo {
            src,
            alt: if photo.caption.is_empty() { alt } else { &photo.caption },
            href: Some(href),
            caption: &photo.caption,
        })
        .collect();
    html! { @if !photos.is_empty() { (section(w.t("activity-photos"), &parts::photos(&photos))) } }
}

/// What the form sends.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Typed {
    faces: String,
    caption: String,
    /// Ids of photos that an earlier sending brought.
    files: Vec<String>,
}

/// `GET /activities/{activity}/photos`.
async fn blank(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
) -> Result<Response, Problem> {
    photos_page(&rim, &visit, &id, (&Typed::default(), None)).await
}

async fn photos_page(
    rim: &Rim,
    visit: &Visit,
    id: &ActivityId,
    (typed, refusal): (&Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let one = page::one(rim, visit, id).await?.inside()?;
    let of = id.clone();
    let list = rim.db.read(move |s| Ok::<_, Fault>(queries::photos(s, &of, true)?)).await?;
    let (w, here) = (visit.words, one.here());
    let labels: Vec<(&str, &str)> = FACES.iter().map(|faces| (*faces, w.t(&format!("photo-faces-{faces}")))).collect();
    let choices: Vec<Choice<'_>> = labels.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let faces = Field {
        name: "faces",
        label: w.t("photo-faces"),
        hint: w.t("photo-faces-hint"),
        error: errors(w, refusal).of("faces"),
        required: true,
        ..Field::default()
    };
    let caption = Field {
        name: "caption",
        label: w.t("photo-caption"),
        hint: w.t("photo-caption-hint"),
        value: &typed.caption,
        error: errors(w, refusal).of("caption"),
        ..Field::default()
    };
    let form = form_with_files(
        &format!("{here}/photos"),
        &[],
        &html! {
            (visit.csrf_field())
            (told(w, refusal))
            @if let Some(error) = errors(w, refusal).of("photos") { p.error #f-photos { (error) } }
            (photos::field(w, "photos", TAKES, &typed.files, refusal))
            (checks(w, &CheckList { field: faces, choices: &choices, chosen: &[&typed.faces], one: true }))
            (text(w, &caption, Input::Line, Some(60)))
            (acts(&[button(Weight::First, w.t("photo-send"))]))
        },
    );
    let body = html! {
        (one.way(w, w.t("activity-photos")))
        (head(&Head { title: w.t("activity-photos"), lead: w.t("photo-lead"), ..Head::default() }))
        (form)
        (gallery(w, &here, &list))
        @for photo in &list {
            article.sheet.stack {
                p.meta {
                    a href={ (here) "/files/" (photo.file) } {
                        @if photo.caption.is_empty() { (w.t("photo-nameless")) } @else { (photo.caption) }
                    }
                    (tag(if photo.is_public() { Tone::Ok } else { Tone::Due }, w.t(&format!("photo-faces-{}", photo.faces))))
                }
                (press(visit, &format!("{here}/files/{}/remove", photo.file), &[], Weight::Quiet, w.t("photo-remove")))
            }
        }
    };
    Ok(page::page(visit, w.t("activity-photos"), &body, refusal))
}

/// `POST /activities/{activity}/photos`.
async fn send(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    sent: Sent<Typed>,
) -> Result<Response, Problem> {
    let Sent { fields: mut typed, files, refusal } = sent;
    // nobody leaves bytes here who may not
    let one = page::one(&rim, &visit, &id).await?.inside()?;
    let site = one.place.site().map_err(Fault::from)?;
    let came = (files, refusal);
    if let Err(refusal) = shown(photos::receive((&rim, &visit), &site, TAKES, &mut typed.files, came).await)? {
        return photos_page(&rim, &visit, &id, (&typed, Some(&refusal))).await;
    }
    let input = AddPhotos { files: typed.files.clone(), faces: typed.faces.clone(), caption: typed.caption.clone() };
    let of = id.clone();
    // files that were swept meanwhile are said on the page too
    match act(&rim, &visit, move |tx, cx| add::add(tx, cx, &of, &input)).await {
        Ok(_) => Ok(to(&format!("/activities/{id}/photos"))),
        Err(Fault::Refused(refusal)) if refusal.code != "activity-not-found" => {
            photos_page(&rim, &visit, &id, (&typed, Some(&refusal))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /activities/{activity}/files/{file}/remove`.
async fn remove(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, file)): PathId<(ActivityId, FileId)>,
    Fields(_): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = id.clone();
    act(&rim, &visit, move |tx, cx| add::remove(tx, cx, (&of, &file))).await?;
    Ok(to(&format!("/activities/{id}/photos")))
}

/// `GET /activities/{activity}/files/{file}`: one photo.
async fn whole(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(ActivityId, FileId)>,
) -> Result<Response, Problem> {
    serve(&rim, &visit, ids, false).await
}

/// `GET /activities/{activity}/files/{file}/small`: the small picture of a photo.
async fn small(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(ActivityId, FileId)>,
) -> Result<Response, Problem> {
    serve(&rim, &visit, ids, true).await
}

async fn serve(rim: &Rim, visit: &Visit, (id, file): (ActivityId, FileId), small: bool) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let file = rim.db.read(move |s| queries::file(s, &actor, (&id, &file))).await?;
    photos::serve(rim, &file, small).await
}

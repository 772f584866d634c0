//! The film of the results: sent and taken away by the team, seen by whoever may.

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, header},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        self, CheckList, Choice, Field, Head, Tone, Weight, acts, breadcrumb, button, checks, form_with_files, head,
        link_button, tag, told,
    },
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    films::{self, SentFilm},
};
use work::files::MAX_FILM;

use super::{
    FACES, Film,
    add::{self, AddFilm},
    queries,
};
use crate::{SeasonId, page, running::Case};

type Of = (SeasonId, u32);

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/projects/{number}/closing/film", SentFilm::route(get(blank).post(send)))
        .route("/seasons/{season}/projects/{number}/closing/film/file", get(whole))
        .route("/seasons/{season}/projects/{number}/closing/film/remove", post(remove))
}

/// What the form sends.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Typed {
    faces: String,
    /// The id of a film that an earlier sending brought.
    file: String,
}

fn base((season, number): &Of) -> String {
    format!("/seasons/{season}/projects/{number}")
}

/// The film with a player, and the way to save it. Nothing is loaded before somebody presses play.
pub(crate) fn player(w: Words, of: &Of) -> Markup {
    let src = format!("{}/closing/film/file", base(of));
    html! {
        video.film controls preload="none" src=(src) aria-label=(w.t("film-title")) {}
        p { a href=(src) download { (w.t("film-save")) } }
    }
}

/// `GET /seasons/{season}/projects/{number}/closing/film`.
async fn blank(State(rim): State<Rim>, SignedIn(visit): SignedIn, PathId(of): PathId<Of>) -> Result<Response, Problem> {
    shown(&rim, &visit, of, (&Typed::default(), None)).await
}

/// The project with its film, for the team and the office.
async fn inside(rim: &Rim, visit: &Visit, of: &Of) -> Result<(Case, Option<Film>), Problem> {
    let (of, actor) = (of.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let case = Case::read(s, &of.0, of.1)?;
        let standing = case.standing(&actor);
        if !standing.team && !standing.office {
            return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
        }
        Ok::<_, Fault>((case, queries::film(s, &of.0, of.1)?))
    });
    Ok(read.await?)
}

async fn shown(
    rim: &Rim,
    visit: &Visit,
    of: Of,
    (typed, refusal): (&Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (case, film) = inside(rim, visit, &of).await?;
    let (w, here) = (visit.words, base(&of));
    let (season, running) = (format!("/seasons/{}", of.0), format!("{here}/running"));
    let way = [("/seasons", w.t("nav-seasons")), (&*season, &*case.season.name), (&*running, &*case.project.name)];
    let body = html! {
        (breadcrumb(w, &way, w.t("film-title")))
        (head(&Head { title: w.t("film-title"), lead: w.t("film-lead"), ..Head::default() }))
        div.stack {
            (told(w, refusal))
            @if let Some(film) = &film {
                p { (tag(if film.is_public() { Tone::Ok } else { Tone::Due }, w.t(&format!("film-faces-{}", film.faces)))) }
                (player(w, &of))
                (page::press(visit, &format!("{here}/closing/film/remove"), &[], Weight::Quiet, w.t("film-remove")))
            }
            (form(visit, (&here, film.as_ref()), (typed, refusal)))
            (acts(&[link_button(Weight::Plain, &format!("{here}/closing"), w.t("film-to-report"))]))
        }
    };
    Ok(page::page(visit, w.t("film-title"), &body, refusal))
}

fn form(visit: &Visit, (here, film): (&str, Option<&Film>), (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let labels = FACES.map(|faces| (faces, w.t(&format!("film-faces-{faces}"))));
    let choices = labels.map(|(value, label)| Choice { value, label, more: "" });
    let error = page::errors(w, refusal).of("faces");
    let faces = Field {
        name: "faces",
        label: w.t("film-faces"),
        hint: w.t("film-faces-hint"),
        error,
        required: true,
        ..Field::default()
    };
    let chosen = match film {
        Some(film) if typed.faces.is_empty() => &film.faces,
        _ => &typed.faces,
    };
    let lost = refusal.is_some_and(|refusal| ["file-not-found", "file-in-use"].contains(&refusal.code));
    let kept = !typed.file.is_empty() && !lost;
    let field = Field {
        name: "film",
        label: w.t("film-file"),
        hint: w.t("film-file-hint"),
        error: page::errors(w, refusal).of("film"),
        required: film.is_none() && !kept,
        ..Field::default()
    };
    let upload =
        parts::Upload { field, accept: films::ACCEPT, kinds: "MP4 / WebM", most_files: 1, most_bytes: MAX_FILM as u64 };
    form_with_files(
        &format!("{here}/closing/film"),
        &[],
        &html! {
            (visit.csrf_field())
            @if kept { input type="hidden" name="file" value=(typed.file); p { (w.t("film-kept")) } }
            (checks(w, &CheckList { field: faces, choices: &choices, chosen: &[chosen], one: true }))
            (parts::upload(w, &upload))
            (acts(&[button(Weight::First, w.t("film-send"))]))
        },
    )
}

/// `POST /seasons/{season}/projects/{number}/closing/film`.
async fn send(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    sent: SentFilm<Typed>,
) -> Result<Response, Problem> {
    let SentFilm { fields: mut typed, film, refusal } = sent;
    // nobody leaves bytes here who may not
    let (case, _) = inside(&rim, &visit, &of).await?;
    if let Some(refusal) = refusal {
        return shown(&rim, &visit, of, (&typed, Some(&refusal))).await;
    }
    if let Some(film) = film {
        match page::shown(films::receive((&rim, &visit), &case.site, film).await)? {
            Ok(file) => typed.file = file.id.to_string(),
            Err(refusal) => return shown(&rim, &visit, of, (&typed, Some(&refusal))).await,
        }
    }
    let (key, input) = (of.clone(), AddFilm { file: typed.file.clone(), faces: typed.faces.clone() });
    // a film that was swept meanwhile is said on the page too
    match page::act(&rim, &visit, move |tx, cx| add::add(tx, cx, (&key.0, key.1), &input)).await {
        Ok(_) => Ok(page::to(&format!("{}/closing/film", base(&of)))),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound || refusal.code == "file-not-found" => {
            shown(&rim, &visit, of, (&typed, Some(&refusal))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What a form of one button sends.
#[derive(Debug, Default, Clone, Deserialize)]
struct Nothing {}

/// `POST /seasons/{season}/projects/{number}/closing/film/remove`.
async fn remove(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(Nothing {}): Fields<Nothing>,
) -> Result<Response, Problem> {
    let key = of.clone();
    page::act(&rim, &visit, move |tx, cx| add::remove(tx, cx, (&key.0, key.1))).await?;
    Ok(page::to(&format!("{}/closing/film", base(&of))))
}

/// `GET /seasons/{season}/projects/{number}/closing/film/file`: whole, or the part that a player asks for.
async fn whole(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(of): PathId<Of>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let file = rim.db.read(move |s| queries::file(s, &actor, (&of.0, of.1))).await?;
    films::serve(&rim, &file, headers.get(header::RANGE)).await
}

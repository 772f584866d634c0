//! What is done on the page of a matter: each goes back to it, or shows it again with the reason why not.

use axum::{
    extract::State as Shared,
    response::{IntoResponse, Redirect, Response},
};
use db::{Fault, Tx};
use kernel::{Context, FieldError, Refusal};
use serde::Deserialize;
use web::{Fields, PathId, Problem, Rim, Sent, SignedIn, Visit};
use work::clock::Reckoner;

use super::{photos, show};
use crate::matter::{
    MatterId,
    close::{self, Answer},
    follow as following,
    grade::{self as grading, GradeMatter},
    join as joining, queries,
    shift::{self as shifting, Shift},
    step::{self, Note},
};

/// What any of the forms sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    /// What was written.
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    pub inner: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    pub outcome: String,
    #[serde(default)]
    into: String,
    #[serde(default)]
    grade: String,
    #[serde(default)]
    send_back: String,
    /// Ids of photos that an earlier sending brought.
    #[serde(default)]
    pub files: Vec<String>,
}

/// Which form it was, for the page that shows it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Note,
    Stage,
    Answer,
    Join,
    Grade,
    Follow,
}

/// A form that was refused.
pub(super) struct Again {
    pub which: Which,
    pub typed: Typed,
    pub refusal: Refusal,
}

type Form = (Shared<Rim>, SignedIn, PathId<MatterId>, Fields<Typed>);

async fn run(
    (Shared(rim), SignedIn(visit), PathId(id), Fields(typed)): Form,
    which: Which,
    command: impl Fn(&mut Tx<'_>, &mut Context, &MatterId, &Typed) -> Result<(), Fault> + Send + 'static,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let (to, sent) = (id.clone(), typed.clone());
    match rim.db.write(move |tx| command(tx, &mut cx.clone(), &to, &sent)).await {
        Ok(()) => Ok(Redirect::to(&format!("/matters/{id}")).into_response()),
        Err(Fault::Refused(refusal)) => again(&rim, &visit, &id, Again { which, typed, refusal }).await,
        Err(fault) => Err(fault.into()),
    }
}

type FormWithPhotos = (Shared<Rim>, SignedIn, PathId<MatterId>, Sent<Typed>);

/// As [`run`], once the photos are taken in.
async fn run_with_photos(
    (Shared(rim), SignedIn(visit), PathId(id), sent): FormWithPhotos,
    which: Which,
    command: impl Fn(&mut Tx<'_>, &mut Context, &MatterId, &Typed) -> Result<(), Fault> + Send + 'static,
) -> Result<Response, Problem> {
    let Sent { fields: mut typed, files, refusal } = sent;
    let to = id.clone();
    let site = rim.db.read(move |s| Ok::<_, Fault>(queries::matter(s, &to)?.site()?)).await?;
    let came = (files, refusal);
    match web::photos::receive((&rim, &visit), &site, photos::TAKES, &mut typed.files, came).await {
        Ok(()) => run((Shared(rim), SignedIn(visit), PathId(id), Fields(typed)), which, command).await,
        Err(Fault::Refused(refusal)) => again(&rim, &visit, &id, Again { which, typed, refusal }).await,
        Err(fault) => Err(fault.into()),
    }
}

async fn again(rim: &Rim, visit: &Visit, id: &MatterId, again: Again) -> Result<Response, Problem> {
    show::page(rim, visit, id, (false, Some(&again))).await
}

fn unknown(field: &'static str) -> Refusal {
    Refusal::invalid(vec![FieldError::new(field, "unknown-choice")])
}

pub(super) async fn note(
    rim: Shared<Rim>,
    visit: SignedIn,
    id: PathId<MatterId>,
    form: Sent<Typed>,
) -> Result<Response, Problem> {
    run_with_photos((rim, visit, id, form), Which::Note, |tx, cx, id, typed| {
        let input = Note { words: typed.words.clone(), inner: !typed.inner.is_empty(), files: typed.files.clone() };
        step::note(tx, cx, id, &input).map(|_| ())
    })
    .await
}

pub(super) async fn shift(
    rim: Shared<Rim>,
    visit: SignedIn,
    id: PathId<MatterId>,
    form: Fields<Typed>,
) -> Result<Response, Problem> {
    run((rim, visit, id, form), Which::Stage, |tx, cx, id, typed| {
        let to = typed.to.parse().map_err(|()| unknown("to"))?;
        shifting::shift(tx, cx, id, &Shift { to, words: typed.words.clone() })
    })
    .await
}

pub(super) async fn answer(
    rim: Shared<Rim>,
    visit: SignedIn,
    id: PathId<MatterId>,
    form: Sent<Typed>,
) -> Result<Response, Problem> {
    run_with_photos((rim, visit, id, form), Which::Answer, |tx, cx, id, typed| {
        let outcome = typed.outcome.parse().map_err(|()| unknown("outcome"))?;
        close::close(tx, cx, id, &Answer { outcome, words: typed.words.clone(), files: typed.files.clone() })
    })
    .await
}

/// Joins by the number that people say.
pub(super) async fn join(
    rim: Shared<Rim>,
    visit: SignedIn,
    id: PathId<MatterId>,
    form: Fields<Typed>,
) -> Result<Response, Problem> {
    run((rim, visit, id, form), Which::Join, |tx, cx, id, typed| {
        let into = queries::by_number(tx, id.home(), typed.into.trim())?;
        joining::join(tx, cx, id, &into.ok_or_else(|| unknown("into"))?)
    })
    .await
}

pub(super) async fn grade(
    rim: Shared<Rim>,
    visit: SignedIn,
    id: PathId<MatterId>,
    form: Fields<Typed>,
) -> Result<Response, Problem> {
    let offset_minutes = rim.settings.offset_minutes;
    run((rim, visit, id, form), Which::Grade, move |tx, cx, id, typed| {
        let word = typed.grade.parse().map_err(|()| unknown("grade"))?;
        let input = GradeMatter { grade: word, words: typed.words.clone(), send_back: !typed.send_back.is_empty() };
        let calendar = work::queries::calendar(tx)?;
        grading::grade(tx, cx, &Reckoner { calendar: &calendar, offset_minutes }, id, &input).map(|_| ())
    })
    .await
}

pub(super) async fn follow(
    rim: Shared<Rim>,
    visit: SignedIn,
    id: PathId<MatterId>,
    form: Fields<Typed>,
) -> Result<Response, Problem> {
    run((rim, visit, id, form), Which::Follow, |tx, cx, id, _| following::follow(tx, cx, id)).await
}

pub(super) async fn unfollow(
    rim: Shared<Rim>,
    visit: SignedIn,
    id: PathId<MatterId>,
    form: Fields<Typed>,
) -> Result<Response, Problem> {
    run((rim, visit, id, form), Which::Follow, |tx, cx, id, _| following::unfollow(tx, cx, id)).await
}

//! What the forms on the page of a project send.

use axum::{Extension, extract::State, response::Response};
use db::Fault;
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{Refused, Typed, project};
use crate::{
    SeasonId, page,
    running::{
        Told,
        closing::{self, grade::Grade},
        midterm::{self, decide::Decide, mend::Mend, score::WriteSheet},
        rules,
    },
};

type Of = (SeasonId, u32);

/// Back to the project, or its page again with what was typed into the form.
async fn done<T>(
    (rim, visit, told): (&Rim, &Visit, Told),
    id: Of,
    (form, typed): (&'static str, Typed),
    answer: Result<T, Fault>,
) -> Result<Response, Problem> {
    match page::shown(answer)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{}/projects/{}/running", id.0, id.1))),
        Err(refusal) => {
            let refused = Refused { form, typed, refusal: &refusal };
            project::of(rim, visit, told, id, Some(&refused)).await
        }
    }
}

fn text(typed: &Typed, name: &str) -> String {
    typed.get(name).cloned().unwrap_or_default()
}

/// `POST /seasons/{season}/projects/{number}/midterm/open`.
pub(crate) async fn open(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = id.clone();
    let answer = page::act(&rim, &visit, move |tx, cx| midterm::open::open(tx, cx, told.0, (&of.0, of.1))).await;
    done((&rim, &visit, told), id, ("open", typed), answer).await
}

/// `POST /seasons/{season}/projects/{number}/midterm/sheet`.
pub(crate) async fn sheet(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = WriteSheet {
        round: text(&typed, "round").parse().unwrap_or(0),
        scores: (0..20).map(|at| text(&typed, rules::field(at))).collect(),
        comment: text(&typed, "comment"),
    };
    let of = id.clone();
    let answer = page::act(&rim, &visit, move |tx, cx| midterm::score::score(tx, cx, (&of.0, of.1), &input)).await;
    done((&rim, &visit, told), id, ("sheet", typed), answer).await
}

/// `POST /seasons/{season}/projects/{number}/midterm/decide`.
pub(crate) async fn decide(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = Decide {
        round: text(&typed, "round").parse().unwrap_or(0),
        outcome: text(&typed, "outcome"),
        advice: text(&typed, "advice"),
        until: text(&typed, "until"),
    };
    let of = id.clone();
    let answer = page::act(&rim, &visit, move |tx, cx| midterm::decide::decide(tx, cx, (&of.0, of.1), &input)).await;
    done((&rim, &visit, told), id, ("decide", typed), answer).await
}

/// `POST /seasons/{season}/projects/{number}/midterm/mend`.
pub(crate) async fn mend(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, input) = (id.clone(), Mend { words: text(&typed, "words") });
    let answer = page::act(&rim, &visit, move |tx, cx| midterm::mend::mend(tx, cx, (&of.0, of.1), &input)).await;
    done((&rim, &visit, told), id, ("mend", typed), answer).await
}

/// `POST /seasons/{season}/projects/{number}/closing/accept`.
pub(crate) async fn accept(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = id.clone();
    let answer = page::act(&rim, &visit, move |tx, cx| closing::decide::accept(tx, cx, (&of.0, of.1))).await;
    done((&rim, &visit, told), id, ("accept", typed), answer).await
}

/// `POST /seasons/{season}/projects/{number}/closing/return`.
pub(crate) async fn send_back(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, input) = (id.clone(), closing::decide::SendBack { reasons: text(&typed, "reasons") });
    let answer = page::act(&rim, &visit, move |tx, cx| closing::decide::send_back(tx, cx, (&of.0, of.1), &input)).await;
    done((&rim, &visit, told), id, ("return", typed), answer).await
}

/// `POST /seasons/{season}/projects/{number}/grade`.
pub(crate) async fn grade(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    // what is no number is out of range
    let input = Grade { grade: text(&typed, "grade").trim().parse().unwrap_or(0), words: text(&typed, "words") };
    let of = id.clone();
    let answer =
        page::act(&rim, &visit, move |tx, cx| closing::grade::grade(tx, cx, told.0, (&of.0, of.1), &input)).await;
    done((&rim, &visit, told), id, ("grade", typed), answer).await
}

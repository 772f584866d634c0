//! What was on paper: names, a number, an estimate, slips of feedback.

use axum::{extract::State, response::Response};
use kernel::Refusal;
use programmes::page::{act, errors, form as page_form, shown, to};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{
        CheckList, Choice, Field, Head, Input, Weight, acts, apart, button, checks, head, sheet, text, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use crate::{
    ActivityId,
    activity::web::feedback_form,
    checkin::paper::{self, Guess, PaperList},
    feedback::rate::{Rate, RatePaper, rate_paper},
    page::{self, One},
};

/// What the forms send.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    names: String,
    heads: String,
    headcount: String,
    /// `direct` or `indirect`.
    reach: String,
    basis: String,
    grade: String,
    words: String,
    once: String,
}

/// Which of the page's forms was refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Names,
    Guess,
    Slip,
}

/// `GET /activities/{activity}/paper`.
pub(super) async fn blank(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
) -> Result<Response, Problem> {
    let one = page::one(&rim, &visit, &id).await?.inside()?;
    let typed = Typed { once: rim.once(), ..Typed::default() };
    Ok(paper_page(&visit, &one, &typed, None))
}

fn paper_page(visit: &Visit, one: &One, typed: &Typed, refused: Option<(Which, &Refusal)>) -> Response {
    let w = visit.words;
    let of = |which| refused.filter(|(there, _)| *there == which).map(|(_, refusal)| refusal);
    let fresh = Typed { once: typed.once.clone(), ..Typed::default() };
    let kept = |which| if of(which).is_some() { typed } else { &fresh };
    let body = html! {
        (one.way(w, w.t("paper-title")))
        (head(&Head { title: w.t("paper-title"), lead: w.t("paper-lead"), ..Head::default() }))
        (sheet(w.t("paper-names-title"), &apart("n", &names_form(visit, one, kept(Which::Names), of(Which::Names)))))
        (sheet(w.t("guess-title"), &apart("g", &guess_form(visit, one, kept(Which::Guess), of(Which::Guess)))))
        (sheet(w.t("slip-title"), &apart("s", &slip_form(visit, one, kept(Which::Slip), of(Which::Slip)))))
    };
    page::page(visit, w.t("paper-title"), &body, refused.map(|(_, refusal)| refusal))
}

fn names_form(visit: &Visit, one: &One, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let names = Field {
        name: "names",
        label: w.t("paper-names"),
        hint: w.t("paper-names-hint"),
        value: &typed.names,
        error: errors(w, refusal).of("names"),
        ..Field::default()
    };
    let heads = Field {
        name: "heads",
        label: w.t("paper-heads"),
        hint: w.t("paper-heads-hint"),
        value: &typed.heads,
        error: errors(w, refusal).of("heads"),
        ..Field::default()
    };
    page_form(
        visit,
        &format!("{}/paper", one.here()),
        &[("once", &typed.once)],
        &html! {
            (told(w, refusal))
            (textarea(w, &names, 8, None))
            (text(w, &heads, Input::Number, Some(3)))
            (acts(&[button(Weight::First, w.t("paper-enter"))]))
        },
    )
}

fn guess_form(visit: &Visit, one: &One, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let heads = Field {
        name: "headcount",
        label: w.t("guess-heads"),
        value: &typed.headcount,
        error: errors(w, refusal).of("headcount"),
        required: true,
        ..Field::default()
    };
    let reach = CheckList {
        field: Field { name: "reach", label: w.t("guess-reach"), required: true, ..Field::default() },
        choices: &[
            Choice { value: "direct", label: w.t("guess-direct"), more: "" },
            Choice { value: "indirect", label: w.t("guess-indirect"), more: "" },
        ],
        chosen: &[if typed.reach == "direct" { "direct" } else { "indirect" }],
        one: true,
    };
    let basis = Field {
        name: "basis",
        label: w.t("guess-basis"),
        hint: w.t("guess-basis-hint"),
        value: &typed.basis,
        error: errors(w, refusal).of("basis"),
        required: true,
    };
    page_form(
        visit,
        &format!("{}/estimate", one.here()),
        &[("once", &typed.once)],
        &html! {
            (told(w, refusal))
            (text(w, &heads, Input::Number, Some(7)))
            (checks(w, &reach))
            (text(w, &basis, Input::Line, Some(400)))
            (acts(&[button(Weight::Plain, w.t("guess-send"))]))
        },
    )
}

fn slip_form(visit: &Visit, one: &One, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let form = feedback_form(visit.words, (&typed.grade, &typed.words), refusal);
    page_form(visit, &format!("{}/slips", one.here()), &[("once", &typed.once)], &form)
}

/// `POST /activities/{activity}/paper`.
pub(super) async fn names(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let heads = page::number(&typed.heads);
    let input = PaperList { names: typed.names.clone(), heads, once: typed.once.clone() };
    let of = id.clone();
    match shown(act(&rim, &visit, move |tx, cx| paper::paper(tx, cx, &of, &input)).await)? {
        Ok(_) => Ok(to(&format!("/activities/{id}/checks"))),
        Err(refusal) => refused(&rim, &visit, &id, (&typed, Which::Names, &refusal)).await,
    }
}

async fn refused(
    rim: &Rim,
    visit: &Visit,
    id: &ActivityId,
    (typed, which, refusal): (&Typed, Which, &Refusal),
) -> Result<Response, Problem> {
    let one = page::one(rim, visit, id).await?.inside()?;
    let numbers = [("heads", &*typed.heads), ("headcount", &*typed.headcount)];
    let refusal = page::whole(refusal.clone(), &numbers);
    Ok(paper_page(visit, &one, typed, Some((which, &refusal))))
}

/// `POST /activities/{activity}/estimate`.
pub(super) async fn guess(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = Guess {
        headcount: page::number(&typed.headcount),
        direct: typed.reach == "direct",
        basis: typed.basis.clone(),
        once: typed.once.clone(),
    };
    let of = id.clone();
    match shown(act(&rim, &visit, move |tx, cx| paper::guess(tx, cx, &of, &input)).await)? {
        Ok(_) => Ok(to(&format!("/activities/{id}"))),
        Err(refusal) => refused(&rim, &visit, &id, (&typed, Which::Guess, &refusal)).await,
    }
}

/// `POST /activities/{activity}/slips`.
pub(super) async fn slip(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let rate = Rate { grade: page::number(&typed.grade), words: typed.words.clone() };
    let (of, input) = (id.clone(), RatePaper { rate, once: typed.once.clone() });
    match shown(act(&rim, &visit, move |tx, cx| rate_paper(tx, cx, &of, &input)).await)? {
        Ok(()) => Ok(to(&format!("/activities/{id}/paper"))),
        Err(refusal) => refused(&rim, &visit, &id, (&typed, Which::Slip, &refusal)).await,
    }
}

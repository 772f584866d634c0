//! Papers and the booth: print them, give them against the roll, type in what they say.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use ballots::{
    page::{Discarded, Which, counted, waiting},
    paper::{Counts, Paper, store as kept},
};
use db::Fault;
use kernel::{Kind, Refusal};
use people::VoterKey;
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Field, Input, Tone, Weight, acts, button, checks, empty, flash, notice,
        paper as sheet_of_paper, print_button, sheet, text, told,
    },
    words::key_of,
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, errors, form, press, shown, to},
};

use super::{
    One, answer,
    ballot::{Typed, boxes},
    result::top,
};
use crate::{Poll, PollId, PollKind, State, Vote, paper, paper::Reading, queries, roll::Listed};

/// Rows of the roll that the page shows for a flat.
const SHOWN: i64 = 30;

struct Facts {
    one: One,
    counts: Counts,
    pending: Vec<Paper>,
    found: Vec<Listed>,
}

async fn facts(rim: &Rim, visit: &Visit, id: &PollId, flat: &str) -> Result<Facts, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let flat: String = flat.trim().chars().take(80).collect();
    let read = rim.db.read(move |s| {
        let one = One::inside(s, &actor, &id)?;
        let found = if flat.is_empty() { Vec::new() } else { queries::voters(s, &id, &flat, ("", &[]), SHOWN)? };
        let counts = kept::counts(s, id.home(), id.as_str())?;
        let pending = if counts.pending > 0 { kept::pending(s, id.home(), id.as_str())? } else { Vec::new() };
        Ok::<_, Fault>(Facts { one, counts, pending, found })
    });
    Ok(read.await?)
}

async fn page(
    (rim, visit): (&Rim, &Visit),
    id: &PollId,
    which: &Which,
    (typed, refusal): (&Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let facts = facts(rim, visit, id, &which.flat).await?;
    let w = visit.words;
    let state = facts.one.poll.state;
    let here = facts.one.here();
    let body = html! {
        (top(&facts.one, w, (w.t("poll-papers-title"), w.t("papers-lead"))))
        div.stack {
            @if let Some(done) = which.done(w) { (flash(which.tone(), done)) }
            (told(w, refusal))
            (errors(w, refusal).summary(&[("choice", w.t("poll-your-vote")), ("why", w.t("paper-discard-title"))]))
            @if facts.one.poll.takes_papers() {
                (counted(w, &facts.counts))
                (waiting(visit, &format!("{here}/papers"), &facts.pending, state == State::Open))
                @if state == State::Open {
                    (giving(visit, &facts, which))
                    (typing(visit, &facts, (typed, refusal)))
                }
                @if matches!(state, State::Roll | State::Open) {
                    (sheet(w.t("papers-print-title"), &html! {
                        p { (w.t("papers-print-note")) }
                        (press(visit, &format!("{here}/papers/print"), &[], Weight::Plain, w.t("papers-print")))
                    }))
                }
            } @else { (notice(w, Tone::Due, "", &html! { p { (w.t("refusal-no-papers-here")) } })) }
        }
    };
    Ok(answer(visit, w.t("poll-papers-title"), &body, refusal))
}

/// Find somebody by flat, tick them, and give them a paper.
fn giving(visit: &Visit, facts: &Facts, which: &Which) -> Markup {
    let w = visit.words;
    let here = format!("{}/papers", facts.one.here());
    let field =
        Field { name: "flat", label: w.t("papers-flat"), value: &which.flat, required: true, ..Field::default() };
    sheet(
        w.t("poll-booth-title"),
        &html! {
            p { (w.t("papers-give-note")) }
            form.form method="get" action=(here) {
                (text(w, &field, Input::Line, Some(80)))
                (acts(&[button(Weight::Plain, w.t("papers-find"))]))
            }
            @if facts.found.is_empty() && !which.flat.is_empty() { (empty(w.t("vote-letters-none"), "", None)) }
            @for row in &facts.found {
                p { (row.flat) " " (row.name) @if row.voted { " · " (w.t("poll-has-voted")) } }
                @if !row.voted {
                    @let voter = row.voter.to_hex();
                    (press(visit, &format!("{here}/give"), &[("voter", &voter), ("flat", &which.flat)], Weight::Plain, w.t("papers-give")))
                }
            }
        },
    )
}

fn typing(visit: &Visit, facts: &Facts, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let (w, poll) = (visit.words, &facts.one.poll);
    let number = Field {
        name: "number",
        label: w.t("paper-number"),
        hint: w.t("paper-number-hint"),
        value: typed.one("number"),
        required: true,
        ..Field::default()
    };
    let field = Field { name: "spoiled", label: w.t("paper-or"), ..Field::default() };
    let spoiled = [Choice { value: "1", label: w.t("paper-spoiled"), more: w.t("paper-spoiled-note") }];
    let body = html! {
        (text(w, &number, Input::Number, Some(10)))
        (boxes(w, poll, typed, (1, refusal)))
        (checks(w, &CheckList { field, choices: &spoiled, chosen: &[typed.one("spoiled")], one: false }))
        (acts(&[button(Weight::First, w.t("paper-send"))]))
    };
    sheet(
        w.t("papers-type-title"),
        &html! {
            p { (w.t("papers-type-note")) }
            (form(visit, &format!("{}/papers", facts.one.here()), &[], &body))
        },
    )
}

/// `GET /polls/{poll}/papers`: six statements at most.
pub(crate) async fn show(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    page((&rim, &visit), &id, &which, (&Typed::default().with("number", &which.paper()), None)).await
}

/// `POST /polls/{poll}/papers`: what somebody reads on a paper.
pub(crate) async fn read(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(pairs): Fields<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    let (actor, key) = (visit.actor.clone(), id.clone());
    let one = rim.db.read(move |s| One::inside(s, &actor, &key)).await?;
    let what = if typed.one("spoiled").is_empty() {
        typed.choice(&one.poll).map(Reading::Choice)
    } else {
        Ok(Reading::Spoiled)
    };
    let (poll, number) = (id.clone(), typed.one("number").trim().chars().take(20).collect::<String>());
    let done = match what {
        Ok(what) => act(&rim, &visit, move |tx, cx| paper::read(tx, cx, &poll, &number, &what)).await,
        Err(refusal) => Err(refusal.into()),
    };
    let done = match done {
        Err(Fault::Refused(refusal)) if refusal.code == "unknown-paper" => Err(refusal),
        done => shown(done)?,
    };
    match done {
        Ok(state) => Ok(to(&format!("/polls/{id}/papers?done={}", state.as_str()))),
        Err(refusal) => page((&rim, &visit), &id, &Which::default(), (&typed, Some(&refusal))).await,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    voter: String,
    flat: String,
}

/// `POST /polls/{poll}/papers/give`.
pub(crate) async fn give(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(given): Fields<Given>,
) -> Result<Response, Problem> {
    let none = || Refusal::new(Kind::NotFound, "not-on-the-roll");
    let voter = VoterKey::from_hex(&given.voter).ok_or_else(none)?;
    // not run twice: the second try would find the first one's mark
    let (cx, poll) = (rim.context_of(&visit), id.clone());
    let done = rim.db.write(move |tx| paper::give(tx, &mut cx.clone(), &poll, voter)).await;
    match shown(done)? {
        Ok(()) => Ok(to(&format!("/polls/{id}/papers?done=given"))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => {
            let which = Which { flat: given.flat, ..Which::default() };
            page((&rim, &visit), &id, &which, (&Typed::default(), Some(&refusal))).await
        }
    }
}

/// `POST /polls/{poll}/papers/discard`: takes back what was read on a paper.
pub(crate) async fn discard(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(typed): Fields<Discarded>,
) -> Result<Response, Problem> {
    let poll = id.clone();
    let done = match typed.read() {
        Ok((number, why)) => act(&rim, &visit, move |tx, cx| paper::discard(tx, cx, &poll, &number, why)).await,
        Err(refusal) => Err(refusal.into()),
    };
    match shown(done)? {
        Ok(_) => Ok(to(&format!("/polls/{id}/papers?done=discarded"))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => page((&rim, &visit), &id, &Which::default(), (&Typed::default(), Some(&refusal))).await,
    }
}

/// `POST /polls/{poll}/papers/print`: blank papers for the printer.
pub(crate) async fn print(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(_): Fields<Which>,
) -> Result<Response, Problem> {
    let poll = id.clone();
    let numbers = match shown(act(&rim, &visit, move |tx, cx| paper::print(tx, cx, &poll)).await)? {
        Ok(numbers) => numbers,
        Err(refusal) if refusal.code == "not-allowed" => return Err(refusal.into()),
        Err(refusal) => {
            return page((&rim, &visit), &id, &Which::default(), (&Typed::default(), Some(&refusal))).await;
        }
    };
    let one = super::one(&rim, &visit, &id).await?;
    let w = visit.words;
    let body = html! {
        (top(&one, w, (w.t("papers-print-title"), w.t("papers-print-shuffle"))))
        div.stack {
            (acts(&[print_button(w)]))
            @for number in &numbers { (blank(w, &one.poll, number)) }
        }
    };
    Ok(answer(&visit, w.t("papers-print-title"), &body, None))
}

fn blank(w: Words, poll: &Poll, number: &str) -> Markup {
    let pairs = [(w.t("paper-number"), html! { strong.num translate="no" { (number) } })];
    let dots = poll.definition.dots;
    let args = [("dots", dots.map_or(0, |r| r.dots).into()), ("cap", dots.map_or(0, |r| r.cap).into())];
    sheet_of_paper(
        w.t("ballot-title"),
        &poll.title,
        &pairs,
        &html! {
            @match poll.kind {
                PollKind::Motion => ul { @for vote in Vote::ALL { li { "☐ " (w.t(&key_of("poll-vote", vote.as_str()))) } } },
                PollKind::Dots => {
                    p { (w.t_with("poll-dots-hint", &args)) }
                    ol { @for option in &poll.definition.options { li { (option.title) " ____" } } }
                }
                _ => {
                    p { (w.t("poll-ranked-paper")) }
                    ol { @for option in &poll.definition.options { li { (option.title) " ____" } } }
                }
            }
            p.small { (w.t("paper-no-name")) }
        },
    )
}

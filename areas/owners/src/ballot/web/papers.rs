//! Papers are typed in by two people, and by a third where they differ.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::Refusal;
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        CheckList, Choice, Column, Figure, Head, Input, Table, Tone, Weight, acts, button, checks, empty, figures,
        flash, form_with_files, head, link_button, section, sheet, table, text, told,
    },
};
use web::{PathId, Problem, Rim, Sent, SignedIn, Visit, photos};

use super::{
    super::{
        Door, State as Standing,
        paper::{self, MAX_PHOTOS, TypePaper},
        queries::{self, Waiting},
    },
    for_typists,
};
use crate::{
    page::{self, field},
    round::{RoundId, web::One},
};

/// What a paper may bring.
const TAKES: photos::Takes = photos::Takes { most: MAX_PHOTOS, documents: false };

/// What the form sends.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    unit: String,
    choice: String,
    channel: String,
    instruction: String,
    /// Ids of photos that an earlier sending brought.
    files: Vec<String>,
}

struct Facts {
    one: One,
    waiting: Vec<Waiting>,
    ways: Vec<(String, u64)>,
    voted: u64,
}

async fn facts(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<Facts, Problem> {
    let one = for_typists(rim, visit, id).await?;
    let of = id.clone();
    let read = rim.db.read(move |s| {
        let ways = queries::by_channel(s, &of)?;
        Ok::<_, Fault>((queries::waiting(s, &of)?, ways, queries::voted(s, &of)?))
    });
    let (waiting, ways, voted) = read.await?;
    Ok(Facts { one, waiting, ways, voted })
}

/// `GET /rounds/{round}/papers`: five statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    let first = Typed { channel: "paper".into(), ..Typed::default() };
    Ok(shown(&visit, &facts, (&first, None), None))
}

fn shown(
    visit: &Visit,
    f: &Facts,
    (typed, refusal): (&Typed, Option<&Refusal>),
    done: Option<(&Door, Standing)>,
) -> Response {
    let (w, one) = (visit.words, &f.one);
    let buttons = [
        link_button(Weight::Plain, &format!("{}/papers/print", one.here()), w.t("papers-typed-print")),
        link_button(Weight::Plain, &format!("{}/ballots/import", one.here()), w.t("result-import")),
    ];
    let body = html! {
        (one.way(w, w.t("papers-typed-title")))
        (head(&Head { title: w.t("papers-typed-title"), lead: w.t("papers-typed-lead"), acts: &buttons, ..Head::default() }))
        @if let Some((door, state)) = done { (flash(tone(state), &said(w, door, state))) }
        (told(w, refusal))
        (sheet(w.t("papers-typed-one"), &form(visit, one, (typed, refusal))))
        (section(w.t("papers-typed-waiting"), &waiting(w, f, visit)))
        (counts(w, f))
    };
    page::page(visit, w.t("papers-typed-title"), &body, refusal)
}

fn tone(state: Standing) -> Tone {
    if state == Standing::Counted { Tone::Ok } else { Tone::Due }
}

fn said(w: Words, door: &Door, state: Standing) -> String {
    w.t_with(&format!("papers-typed-said-{}", state.as_str()), &[("unit", door.unit.as_str().into())])
}

fn form(visit: &Visit, one: &One, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let of = |name, label, hint, value, required| field(w, (name, label, hint), value, (required, refusal));
    let choices: Vec<Choice<'_>> = (["agree", "disagree", "abstain", "invalid"].iter())
        .map(|word| Choice { value: word, label: w.t(&format!("ballot-choice-{word}")), more: "" })
        .collect();
    let channels: Vec<Choice<'_>> = (["paper", "proxy"].iter())
        .map(|word| Choice { value: word, label: w.t(&format!("ballot-channel-{word}")), more: "" })
        .collect();
    let inner = html! {
        (visit.csrf_field())
        (text(w, &of("unit", "register-unit", "papers-typed-unit-hint", &typed.unit, true), Input::Line, Some(40)))
        (checks(w, &CheckList {
            field: of("choice", "sheet-choice", "", "", true), choices: &choices, chosen: &[&typed.choice], one: true,
        }))
        (checks(w, &CheckList {
            field: of("channel", "sheet-channel", "", "", true), choices: &channels, chosen: &[&typed.channel], one: true,
        }))
        (text(w, &of("instruction", "papers-typed-instruction", "papers-typed-instruction-hint", &typed.instruction, false),
            Input::Line, Some(120)))
        (photos::field(w, "photos", TAKES, &typed.files, refusal))
        (acts(&[button(Weight::First, w.t("papers-typed-send"))]))
    };
    form_with_files(&format!("{}/papers", one.here()), &[], &inner)
}

/// Papers that wait; what was read on them is not shown, so that nobody reads with somebody else's eyes.
fn waiting(w: Words, f: &Facts, visit: &Visit) -> Markup {
    let me = visit.actor.person().map_or("", |person| person.as_str());
    let columns = [
        Column::text(w.t("register-unit")),
        Column::text(w.t("papers-typed-state")),
        Column::text(w.t("papers-typed-who")),
    ];
    let rows: Vec<Vec<Markup>> = (f.waiting.iter())
        .map(|paper| {
            let mine = paper.readers.iter().any(|reader| reader == me);
            let who = w.t(if mine { "papers-typed-mine" } else { "papers-typed-yours" });
            let state = w.t(&format!("ballot-paper-{}", paper.state.as_str()));
            vec![html! { (paper.unit) }, ui::parts::tag(tone(paper.state), state), html! { (who) }]
        })
        .collect();
    html! {
        @if rows.is_empty() { (empty(w.t("papers-typed-none"), "", None)) }
        @else { (table(w, &Table { id: "waiting", caption: w.t("papers-typed-waiting"), columns: &columns, rows: &rows })) }
    }
}

fn counts(w: Words, f: &Facts) -> Markup {
    let voted = format::count(f.voted);
    let numbers: Vec<String> = f.ways.iter().map(|(_, n)| format::count(*n)).collect();
    let mut list = vec![Figure { label: w.t("board-voted"), value: &voted, ..Figure::default() }];
    list.extend(f.ways.iter().zip(&numbers).map(|((word, _), value)| Figure {
        label: w.t(&format!("ballot-channel-{word}")),
        value,
        ..Figure::default()
    }));
    figures(&list)
}

/// `POST /rounds/{round}/papers`.
pub(super) async fn read(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
    sent: Sent<Typed>,
) -> Result<Response, Problem> {
    let Sent { fields: mut typed, files, refusal } = sent;
    let before = facts(&rim, &visit, &id).await?;
    let site = before.one.place.site().map_err(Fault::from)?;
    let came = (files, refusal);
    if let Err(refusal) = page::shown(photos::receive((&rim, &visit), &site, TAKES, &mut typed.files, came).await)? {
        return Ok(shown(&visit, &before, (&typed, Some(&refusal)), None));
    }
    let Typed { unit, choice, channel, instruction, files } = typed.clone();
    let (input, of) = (TypePaper { unit, choice, channel, instruction, files }, id.clone());
    match page::act(&rim, &visit, move |tx, cx| paper::read(tx, cx, &of, &input)).await {
        Ok((door, state)) => {
            let after = facts(&rim, &visit, &id).await?;
            // the next one most likely came the same way
            let next = Typed { channel: typed.channel, ..Typed::default() };
            Ok(shown(&visit, &after, (&next, None), Some((&door, state))))
        }
        Err(Fault::Refused(refusal)) if refusal.code != "not-allowed" && refusal.code != "sign-in-first" => {
            Ok(shown(&visit, &before, (&typed, Some(&refusal)), None))
        }
        Err(fault) => Err(fault.into()),
    }
}

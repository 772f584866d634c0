//! An owner votes online, where the rules of the place admit it; elsewhere the page says where one votes.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::Refusal;
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Head, Receipt, Tone, Weight, acts, button, checks, flash, head, link_button, notice, prose,
        receipt, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, Visit};

use super::{
    super::{
        Door,
        online::{self, CastOnline, Taken},
    },
    own::{self, By, Own},
};
use crate::{
    page::{self, Typed, field, typed},
    round::{Later, RoundId, State as Standing, web::One},
};

struct Facts {
    one: One,
    own: Own,
    online: bool,
}

async fn facts(rim: &Rim, visit: &Visit, (id, by): (&RoundId, By)) -> Result<Facts, Problem> {
    let (id, actor, cx) = (id.clone(), visit.actor.clone(), rim.context_of(visit));
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let own = Own::read(s, &one.round, &cx, &by)?;
        let online = one.round.channels(&cx.day)?.contains(&consent::Channel::Online);
        Ok::<_, Fault>(Facts { one, own, online })
    });
    Ok(read.await?)
}

/// `GET /rounds/{round}/vote`: five statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Query(by): Query<By>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, (&id, by)).await?;
    Ok(shown(&visit, &facts, (&Typed::new(), None), None))
}

fn shown(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>), done: Option<&Taken>) -> Response {
    let (w, one) = (visit.words, &f.one);
    let open = one.round.state == Standing::Open;
    let survey = link_button(Weight::Plain, &format!("{}/survey", one.here()), w.t("round-survey"));
    let inner = |door: Option<&Door>, here: bool| fields_of(w, one, door, (fields, refusal.filter(|_| here)));
    let body = html! {
        (one.way(w, w.t("round-vote")))
        (head(&Head { title: w.t("round-vote"), lead: w.t("vote-online-lead"), ..Head::default() }))
        div.stack {
            @if let Some(taken) = done { (thanks(visit, one, taken)) }
            (told(w, refusal))
            (prose(&one.round.question))
            @if !f.online { (notice(w, Tone::Plain, "", &html! { p { (w.t("vote-online-not-here")) } })) (acts(&[survey])) }
            @else if !open { (notice(w, Tone::Plain, "", &html! { p { (w.t("vote-online-not-open")) } })) }
            @else {
                (f.own.one_head(w))
                (own::forms(visit, (one, "vote"), &f.own, (fields, refusal), inner))
            }
        }
    };
    page::page(visit, w.t("round-vote"), &body, refusal)
}

/// The receipt, to be kept.
fn thanks(visit: &Visit, one: &One, taken: &Taken) -> Markup {
    let w = visit.words;
    let unit = taken.door.unit.as_str();
    html! {
        (flash(Tone::Ok, &w.t_with("vote-online-done", &[("unit", unit.into())])))
        @if let Some(entry) = &taken.receipt {
            @let url = format!("{}{}/receipt/{entry}", visit.origin, one.here());
            (receipt(w, &Receipt {
                title: w.t("vote-receipt-title"),
                number: entry.as_str(),
                issuer: &one.round.title,
                facts: &[(w.t("register-unit"), html! { (unit) })],
                url: &url,
                note: w.t("own-receipt-note"),
            }))
        }
    }
}

/// The fields for a door; none where its ballot stays as it is.
fn fields_of(
    w: Words,
    one: &One,
    door: Option<&Door>,
    (fields, refusal): (&Typed, Option<&Refusal>),
) -> Option<Markup> {
    let voted = door.is_some_and(|door| door.ballots > 0);
    let later = w.t(&format!("round-later-{}", one.round.later.as_str()));
    let choices: Vec<Choice<'_>> = (["agree", "disagree", "abstain"].iter())
        .map(|word| Choice { value: word, label: w.t(&format!("ballot-choice-{word}")), more: "" })
        .collect();
    let chosen = if refusal.is_some() { typed(fields, "choice") } else { "" };
    let asked = field(w, ("choice", "sheet-choice", ""), "", (true, refusal));
    Some(html! {
        @if voted { p { (tag(Tone::Ok, w.t("board-voted-one"))) " " (later) } }
        @if !voted || one.round.later == Later::Replace {
            (checks(w, &CheckList { field: asked, choices: &choices, chosen: &[chosen], one: true }))
            (acts(&[button(Weight::First, w.t("vote-online-cast"))]))
        }
    })
}

/// `POST /rounds/{round}/vote`.
pub(super) async fn cast(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name: &str| typed(&fields, name).trim().to_owned();
    let input = CastOnline { unit: of("unit"), choice: of("choice"), code: of("code") };
    let (round, code) = (id.clone(), input.code.clone());
    let done = page::act_by((&rim, &visit), &code, move |tx, cx| online::cast(tx, cx, &round, &input)).await;
    let done = page::shown(done)?;
    let facts = facts(&rim, &visit, (&id, By::of(&fields))).await?;
    Ok(match &done {
        Ok(taken) => shown(&visit, &facts, (&Typed::new(), None), Some(taken)),
        Err(refusal) => shown(&visit, &facts, (&fields, Some(refusal)), None),
    })
}

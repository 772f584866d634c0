//! An owner votes online, where the rules of the place admit it; elsewhere the page says where one votes.

use axum::{
    extract::{Query, State},
    response::Response,
};
use consent::rules::Rule;
use db::Fault;
use kernel::{Day, Refusal};
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Head, Receipt, Tone, Weight, acts, button, checks, flash, fold, head, link_button, notice,
        prose, receipt, sheet, tag, told,
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
    round::{
        Later, RoundId, State as Standing, Terms,
        count::{channel_word, choice_word},
        rules,
        web::{One, rule::told as told_rule, until},
    },
};

struct Facts {
    one: One,
    own: Own,
    online: bool,
    terms: Terms,
    rule: Option<Rule>,
    today: Day,
}

async fn facts(rim: &Rim, visit: &Visit, (id, by): (&RoundId, By)) -> Result<Facts, Problem> {
    let (id, actor, cx) = (id.clone(), visit.actor.clone(), rim.context_of(visit));
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let own = Own::read(s, &one.round, &cx, &by)?;
        let online = one.round.channels(&cx.day)?.contains(&consent::Channel::Online);
        let (terms, rule) = (one.round.terms(&cx.day)?, one.round.rule(&cx.day)?);
        Ok::<_, Fault>(Facts { one, own, online, terms, rule, today: cx.day.clone() })
    });
    Ok(read.await?)
}

/// `GET /rounds/{round}/vote`: six statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Query(by): Query<By>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, (&id, by)).await?;
    Ok(shown(&visit, &facts, (&Typed::new(), None), None))
}

fn shown(
    visit: &Visit,
    f: &Facts,
    (fields, refusal): (&Typed, Option<&Refusal>),
    done: Option<(&Taken, &str)>,
) -> Response {
    let (w, one) = (visit.words, &f.one);
    let open = one.round.state == Standing::Open;
    let over = rules::may_cast(rules::Time::of(&one.round, &f.terms), &f.today).is_err();
    let survey = link_button(Weight::Plain, &format!("{}/survey", one.here()), w.t("round-survey"));
    let inner = |door: Option<&Door>, here: bool| fields_of(w, f, door, (fields, refusal.filter(|_| here)));
    let body = html! {
        (one.way(w, w.t("round-vote")))
        (head(&Head { title: w.t("round-vote"), lead: w.t("vote-online-lead"), ..Head::default() }))
        div.stack {
            @if let Some((taken, choice)) = done { (thanks(visit, one, (taken, choice))) }
            (told(w, refusal))
            (prose(&one.round.question))
            @if open { (until(w, &one.round, (&f.terms, &f.today))) }
            @if let Some(rule) = &f.rule { (fold(w.t("round-rule"), &told_rule(w, rule))) }
            @if !f.online { (notice(w, Tone::Plain, "", &html! { p { (w.t("vote-online-not-here")) } })) (acts(&[survey])) }
            @else if !open { (notice(w, Tone::Plain, "", &html! { p { (w.t("vote-online-not-open")) } })) }
            @else if over { (voted(w, f)) }
            @else {
                (f.own.several(w, ("own-one-head", "own-one-head-how")))
                (own::forms(visit, (one, "vote"), &f.own, (fields, refusal), inner))
            }
        }
    };
    page::page(visit, w.t("round-vote"), &body, refusal)
}

/// What one's ballots say, where nothing is cast any more.
fn voted(w: Words, f: &Facts) -> Markup {
    html! {
        @for door in &f.own.doors { @if let Some(says) = says(w, f, door) { (sheet(&door.unit, &says)) } }
    }
}

/// What the ballot of a door says that counts; for its owner alone.
fn says(w: Words, f: &Facts, door: &Door) -> Option<Markup> {
    let said = f.own.said.iter().find(|said| said.door == door.number)?;
    let choice = w.t(&format!("ballot-choice-{}", choice_word(said.choice)));
    let way = w.t(&format!("ballot-channel-{}", channel_word(said.channel)));
    Some(html! {
        p { (tag(Tone::Ok, w.t("board-voted-one"))) " "
            strong { (w.t_with("vote-own-says", &[("choice", choice.into()), ("way", way.into())])) } }
        p.soft { (w.t("vote-own-only-you")) }
    })
}

/// The receipt, to be kept.
fn thanks(visit: &Visit, one: &One, (taken, choice): (&Taken, &str)) -> Markup {
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
                facts: &[
                    (w.t("register-unit"), html! { (unit) }),
                    (w.t("sheet-choice"), html! { (w.t(&format!("ballot-choice-{choice}"))) }),
                ],
                url: &url,
                note: w.t("own-receipt-note"),
            }))
        }
    }
}

/// The fields for a door; none where its ballot stays as it is.
fn fields_of(
    w: Words,
    f: &Facts,
    door: Option<&Door>,
    (fields, refusal): (&Typed, Option<&Refusal>),
) -> Option<Markup> {
    let (voted, replaces) = (door.is_some_and(|door| door.ballots > 0), f.one.round.later == Later::Replace);
    let later = w.t(&format!("round-later-{}", f.one.round.later.as_str()));
    let choices: Vec<Choice<'_>> = (["agree", "disagree", "abstain"].iter())
        .map(|word| Choice { value: word, label: w.t(&format!("ballot-choice-{word}")), more: "" })
        .collect();
    let chosen = if refusal.is_some() { typed(fields, "choice") } else { "" };
    let asked = field(w, ("choice", "sheet-choice", ""), "", (true, refusal));
    let inner = html! {
        (checks(w, &CheckList { field: asked, choices: &choices, chosen: &[chosen], one: true }))
        (acts(&[button(Weight::First, w.t("vote-online-cast"))]))
    };
    let Some(door) = door.filter(|_| voted) else { return Some(inner) };
    Some(html! {
        @if let Some(says) = says(w, f, door) { (says) }
        @if replaces { (fold(w.t("vote-own-change"), &html! { p { (w.t("vote-own-change-how")) } (inner) })) }
        @else { p { (later) } }
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
    let (round, code, choice) = (id.clone(), input.code.clone(), input.choice.clone());
    let done = page::act_by((&rim, &visit), &code, move |tx, cx| online::cast(tx, cx, &round, &input)).await;
    let done = page::shown(done)?;
    let facts = facts(&rim, &visit, (&id, By::of(&fields))).await?;
    Ok(match &done {
        Ok(taken) => shown(&visit, &facts, (&Typed::new(), None), Some((taken, &choice))),
        Err(refusal) => shown(&visit, &facts, (&fields, Some(refusal)), None),
    })
}

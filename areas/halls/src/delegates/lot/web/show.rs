//! A lot as everybody sees it.

use axum::{
    extract::State as From,
    http::header,
    response::{IntoResponse, Response},
};
use db::Fault;
use kernel::Refusal;
use ui::{
    Markup, Words, html,
    parts::{
        Column, Head, Table, Tone, Weight, code, day, fold, head, link_button, notice, pairs, proof, section, steps,
        table, tag, told,
    },
};
use web::{PathId, Problem, Rim, Visit};

use super::{
    super::{Answer, Lot, LotId, Offer, State, Volunteer, key, publish::announcement, queries},
    One, figures, state,
    steps::Checked,
};
use crate::delegates::page::{self, Typed};

/// What the page needs.
pub(super) struct Facts {
    pub one: One,
    pub people: u64,
    pub by_source: Vec<(String, u64)>,
    /// The whole pool: of the office, and for the panel's features.
    pool: Vec<Volunteer>,
    pub offers: Vec<Offer>,
    /// Whether who reads is in the pool.
    mine: Option<Volunteer>,
}

pub(super) async fn facts(rim: &Rim, visit: &Visit, id: &LotId) -> Result<Facts, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let me = rim.context_of(visit).author().cloned();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let drawn = one.lot.state == State::Drawn;
        let pool = if one.here.office || drawn { queries::pool(s, &id)? } else { Vec::new() };
        let mine = match &me {
            Some(me) => queries::mine(s, &id, me)?,
            None => None,
        };
        Ok::<_, Fault>(Facts {
            people: queries::count(s, &id)?,
            by_source: queries::by_source(s, &id)?,
            offers: if drawn { queries::offers(s, &id)? } else { Vec::new() },
            pool,
            mine,
            one,
        })
    });
    Ok(read.await?)
}

/// `GET /lots/{lot}`: eight statements at most.
pub(super) async fn show(From(rim): From<Rim>, visit: Visit, PathId(id): PathId<LotId>) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    let today = rim.context_of(&visit).day;
    Ok(lot_page(&visit, (&facts, &today), (&Typed::new(), None), None))
}

/// The page, with what the office typed and what came of a check.
pub(super) fn lot_page(
    visit: &Visit,
    (f, today): (&Facts, &kernel::Day),
    (fields, refusal): (&Typed, Option<&Refusal>),
    checked: Option<&Checked>,
) -> Response {
    let (w, one, lot) = (visit.words, &f.one, &f.one.lot);
    let hall = one.here.home();
    let kicker = [html! { a href=(hall) { (one.here.hall.name) } }, state(w, lot.state)];
    let body = html! {
        (ui::parts::breadcrumb(w, &[("/halls", w.t("halls-title")), (&hall, &one.here.hall.name)], &lot.title))
        (head(&Head { kicker: &kicker, title: &lot.title, lead: w.t(&format!("lot-lead-{}", lot.state.as_str())), acts: &ways(w, f) }))
        (told(w, refusal))
        div.stack {
            @if let Some(checked) = checked { (super::steps::checked(visit, f, checked)) }
            @if one.here.office { (super::office::office(visit, (f, today), (fields, refusal))) }
            (section(w.t("lot-terms"), &pairs(&terms(w, f))))
            @if lot.state == State::Drawn { (section(w.t("lot-drawn-title"), &drawn(w, f))) }
            @if let Some(found) = &lot.found {
                (section(w.t("lot-chances"), &html! {
                    p { (w.t("lot-chances-lead")) }
                    (figures::lottery(w, lot, found))
                    (figures::kinds(w, found))
                }))
                (section(w.t("lot-check-yourself"), &yourself(w, lot)))
            }
            section.stack { (quotas(w, f)) }
        }
    };
    page::answer(visit, &lot.title, &body, refusal)
}

fn ways(w: Words, f: &Facts) -> Vec<Markup> {
    let (one, lot) = (&f.one, &f.one.lot);
    let home = one.home();
    let mut ways = Vec::new();
    let mine = f.mine.as_ref().is_some_and(|one| one.standing == super::super::Standing::In);
    if lot.state == State::Open {
        let label = if mine { "lot-mine" } else { "lot-enrol" };
        ways.push(link_button(Weight::First, &format!("{home}/enrol"), w.t(label)));
    } else if mine {
        let asked = f.offers.iter().any(|offer| Some(offer.number) == f.mine.as_ref().and_then(|one| one.number));
        let (path, label) = if asked { ("answer", "lot-answer") } else { ("enrol", "lot-my-chance") };
        ways.push(link_button(Weight::First, &format!("{home}/{path}"), w.t(label)));
    }
    if !lot.digest.is_empty() {
        ways.push(link_button(Weight::Plain, &format!("{home}/list.txt"), w.t("lot-list-file")));
    }
    if let Some(verdict) = &lot.verdict {
        ways.push(link_button(Weight::Plain, &format!("/verdicts/{verdict}"), w.t("lot-verdict")));
    }
    if one.here.office && lot.state != State::Draft {
        ways.push(link_button(Weight::Plain, &format!("{home}/pool"), w.t("lot-pool")));
    }
    ways
}

fn terms(w: Words, f: &Facts) -> Vec<(&'static str, Markup)> {
    let lot = &f.one.lot;
    let mut facts = vec![
        (w.t("lot-field-size"), html! { (lot.size) }),
        (w.t("lot-field-rule"), html! { (w.t(&format!("lot-rule-{}", lot.rule))) }),
        (
            w.t("lot-field-household"),
            html! { (w.t(if lot.household { "lot-household-yes" } else { "lot-household-no" })) },
        ),
        (w.t("lot-field-until"), day(w, &lot.enrol_until)),
        (w.t("lot-people"), people(w, f)),
        (w.t("lot-field-answer-days"), html! { (w.n("lot-days-n", lot.answer_days)) }),
    ];
    if let Some(frozen) = lot.frozen.as_ref().filter(|_| !lot.early.is_empty()) {
        facts.push((w.t("lot-ended-early"), html! { (day(w, frozen)) " · " (lot.early) }));
    }
    if let (Some(published), Some(known)) = (&lot.published, &lot.announced.day) {
        facts.push((w.t("lot-published"), day(w, published)));
        facts.push((w.t("lot-seed-source"), html! { (lot.announced.source) }));
        facts.push((w.t("lot-seed-at"), html! { (lot.announced.at) }));
        facts.push((w.t("lot-seed-day"), day(w, known)));
    }
    if !lot.seed.is_empty() {
        let key = if lot.state == State::Drawn { "lot-seed" } else { "lot-seed-typed" };
        facts.push((w.t(key), html! { span.num translate="no" { (lot.seed) } }));
    }
    facts
}

fn people(w: Words, f: &Facts) -> Markup {
    html! {
        (w.n("lot-people-n", i64::try_from(f.people).unwrap_or(0)))
        @for (source, n) in &f.by_source {
            " · " (w.t(&format!("source-{source}"))) " " (n)
        }
    }
}

fn quotas(w: Words, f: &Facts) -> Markup {
    let drawn = f.one.lot.state == State::Drawn;
    let held: Vec<Volunteer> = (f.pool.iter())
        .filter(|one| f.offers.iter().any(|offer| Some(offer.number) == one.number && !offer.answer.is_out()))
        .cloned()
        .collect();
    let pool = f.one.here.office.then_some(f.pool.as_slice());
    figures::quotas(w, &f.one.lot, (pool, drawn.then_some(held.as_slice())))
}

fn drawn(w: Words, f: &Facts) -> Markup {
    let lot = &f.one.lot;
    let number = lot.number.map(|n| n.to_string()).unwrap_or_default();
    let rows: Vec<Vec<Markup>> = f.offers.iter().map(|offer| row(w, offer)).collect();
    html! {
        p { (w.t_with("lot-drawn-says", &[("number", number.as_str().into()), ("panels", i64::from(lot.panels).into())])) }
        (table(w, &Table {
            id: "drawn",
            caption: w.t("lot-drawn-caption"),
            columns: &[
                Column::text(w.t("lot-number")),
                Column::number(w.t("hall-seat")),
                Column::text(w.t("lot-answer-title")),
                Column::text(w.t("lot-came")),
            ],
            rows: &rows,
        }))
        p.small.soft { (w.t("lot-drawn-names")) }
    }
}

fn row(w: Words, offer: &Offer) -> Vec<Markup> {
    let tone = match offer.answer {
        Answer::Asked => Tone::Due,
        Answer::Accepted => Tone::Ok,
        _ => Tone::Plain,
    };
    let answer = w.t(&format!("lot-offer-{}", offer.answer.as_str()));
    vec![
        html! { span.num { (key(offer.number)) } },
        html! { (offer.seat) },
        html! { (tag(tone, answer)) @if offer.answer == Answer::Asked { " " (w.t("lot-due")) " " (day(w, &offer.due)) } },
        html! {
            @if let Some(before) = offer.stands_for {
                (w.t_with("lot-stands-for", &[("number", key(before).as_str().into())]))
                @if let Some(verdict) = &offer.verdict { " " a href={ "/verdicts/" (verdict) } { (w.t("lot-verdict")) } }
            } @else { (w.t("lot-by-draw")) }
        },
    ]
}

/// How anybody draws again with a terminal.
fn yourself(w: Words, lot: &Lot) -> Markup {
    let seed = if lot.state == State::Drawn { lot.seed.as_str() } else { "SEED" };
    let by_hand = format!("printf '%s' \"{}/{seed}/draw/1\" | sha256sum | cut -c 1-16", lot.digest);
    let by_program = format!("linli sortition --list list.txt --seed \"{seed}\" --digest {}", lot.digest);
    html! {
        (steps(&[
            html! { (w.t("lot-check-list")) " " a href={ "/lots/" (lot.id) "/list.txt" } { (w.t("lot-list-file")) } " " (code("sha256sum list.txt")) },
            html! { (w.t("lot-check-hand")) " " (code(&by_hand)) },
            html! { (w.t("lot-check-number")) },
            html! { (w.t("lot-check-program")) " " (code(&by_program)) },
        ]))
        (fold(w.t("lot-check-announced"), &html! {
            p { (w.t("lot-check-announced-says")) }
            (proof(w, w.t("lot-announced-digest"), &announcement(&lot.announced)))
            (proof(w, w.t("lot-pool-digest"), &lot.pool.digest))
        }))
        (notice(w, Tone::Plain, w.t("lot-reserve-title"), &html! { p { (w.t("lot-reserve")) } }))
    }
}

/// `GET /lots/{lot}/list.txt`: the published list, byte for byte.
pub(super) async fn list(From(rim): From<Rim>, visit: Visit, PathId(id): PathId<LotId>) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        One::read(s, &actor, &id)?;
        Ok::<_, Fault>(queries::list(s, &id)?.ok_or_else(queries::no_list)?)
    });
    let list = read.await?.list;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=list.txt"),
    ];
    Ok((headers, list).into_response())
}

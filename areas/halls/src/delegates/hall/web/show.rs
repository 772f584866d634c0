//! One hall: its seats, who sits on them and by which way, its lots.

use std::collections::HashMap;

use axum::{extract::State, response::Response};
use db::Fault;
use ui::{
    Markup, Words, html,
    parts::{
        Column, Figure, Head, Table, Tone, Weight, day, empty, figures, fold, head, link_button, prose, section, table,
        tag,
    },
};
use web::{PathId, Problem, Rim, Visit};

use super::super::{HallId, Way};
use crate::delegates::{
    lot::{self, Answer, Lot, Offer},
    page::{self, Here},
    seat::{self, Delegate},
};

struct Facts {
    here: Here,
    sitting: Vec<Delegate>,
    left: Vec<Delegate>,
    lots: Vec<Lot>,
    /// Who is asked for a seat of the newest draw.
    asked: Vec<Offer>,
}

/// `GET /halls/{hall}`: six statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<HallId>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let here = Here::read(s, &actor, &id)?;
        let (sitting, left) = (seat::store::sitting(s, &id)?, seat::store::left(s, &id)?);
        let lots = lot::queries::of_hall(s, &id)?;
        let drawn = lots.iter().find(|lot| lot.state == lot::State::Drawn);
        let asked = match drawn {
            Some(lot) => lot::queries::offers(s, &lot.id)?,
            None => Vec::new(),
        };
        let asked = asked.into_iter().filter(|offer| offer.answer == Answer::Asked).collect();
        Ok::<_, Fault>(Facts { here, sitting, left, lots, asked })
    });
    let facts = read.await?;
    let body = shown(visit.words, &facts);
    Ok(page::answer(&visit, &facts.here.hall.name, &body, None))
}

fn shown(w: Words, f: &Facts) -> Markup {
    let (here, hall) = (&f.here, &f.here.hall);
    let lots: Vec<&Lot> = f.lots.iter().filter(|lot| here.office || lot.state != lot::State::Draft).collect();
    html! {
        (ui::parts::breadcrumb(w, &[(&format!("/halls?place={}", here.place.id), w.t("halls-title"))], &hall.name))
        (head(&Head {
            kicker: &[
                html! { a href={ "/places/" (here.place.id) } { (here.place.shown) } },
                tag(Tone::Plain, w.t(&format!("hall-kind-{}", hall.kind.as_str()))),
                html! { (w.t("hall-term")) " " (day(w, &hall.from)) " – " (day(w, &hall.until)) },
            ],
            title: &hall.name,
            lead: "",
            acts: &ways(w, f),
        }))
        @if !hall.about.is_empty() { (prose(&hall.about)) }
        div.stack {
            (section(w.t("hall-seats"), &html! {
                (counts(w, f))
                (seats(w, f))
                p.small.soft { (w.t("hall-names-note")) }
            }))
            @if hall.drawn > 0 || !lots.is_empty() {
                (section(w.t("lots-title"), &html! {
                    p { (w.t("lots-lead")) }
                    @if lots.is_empty() { (empty(w.t("lots-none"), "", None)) } @else { (lot_list(w, &lots)) }
                }))
            }
            @if !f.left.is_empty() { (fold(w.t("hall-left"), &left(w, &f.left))) }
        }
    }
}

fn ways(w: Words, f: &Facts) -> Vec<Markup> {
    let (here, mut ways) = (&f.here, Vec::new());
    if let Some(open) = f.lots.iter().find(|lot| lot.state == lot::State::Open) {
        ways.push(link_button(Weight::First, &format!("/lots/{}/enrol", open.id), w.t("lot-enrol")));
    }
    if here.office {
        let home = here.home();
        if here.hall.drawn > 0 && f.lots.iter().all(|lot| lot.state == lot::State::Drawn) {
            ways.push(link_button(Weight::Plain, &format!("{home}/lots/new"), w.t("lot-new")));
        }
        ways.push(link_button(Weight::Plain, &format!("{home}/change"), w.t("hall-change")));
    }
    ways
}

fn counts(w: Words, f: &Facts) -> Markup {
    let hall = &f.here.hall;
    let seats = [(Way::Elected, hall.elected), (Way::Recommended, hall.recommended), (Way::Lot, hall.drawn)];
    let told: Vec<(String, String)> = (seats.iter())
        .map(|(way, all)| {
            let sit = f.sitting.iter().filter(|one| hall.way_of(one.seat) == Some(*way)).count();
            (format!("{sit} / {all}"), format!("hall-way-{}", way.as_str()))
        })
        .collect();
    let list: Vec<Figure<'_>> =
        told.iter().map(|(value, key)| Figure { label: w.t(key), value, ..Figure::default() }).collect();
    figures(&list)
}

fn seats(w: Words, f: &Facts) -> Markup {
    let (here, hall) = (&f.here, &f.here.hall);
    let sitting: HashMap<u32, &Delegate> = f.sitting.iter().map(|one| (one.seat, one)).collect();
    let rows: Vec<Vec<Markup>> = (1..=hall.seats())
        .map(|number| {
            let way = hall.way_of(number).unwrap_or(Way::Elected);
            let link = here.office.then(|| format!("{}/seats/{number}", here.home()));
            let seat = html! { @if let Some(href) = &link { a href=(href) { (number) } } @else { (number) } };
            let one = sitting.get(&number).copied();
            vec![seat, html! { (w.t(&format!("hall-way-{}", way.as_str()))) }, who(w, f, (number, one))]
        })
        .collect();
    table(
        w,
        &Table {
            id: "seats",
            caption: w.t("hall-seats-caption"),
            columns: &[
                Column::number(w.t("hall-seat")),
                Column::text(w.t("hall-way")),
                Column::text(w.t("hall-delegate")),
            ],
            rows: &rows,
        },
    )
}

fn who(w: Words, f: &Facts, (number, one): (u32, Option<&Delegate>)) -> Markup {
    html! {
        @if let Some(one) = one {
            (one.shown())
            @if let Some(number) = one.number { " " span.small.soft { (w.t("lot-number")) " " (lot::key(number)) } }
            // under the name, so that a phone shows the table whole
            div.small.soft { (how(w, one)) }
        } @else if f.asked.iter().any(|offer| offer.seat == number) {
            span.soft { (w.t("hall-seat-asked")) }
        } @else { span.soft { (w.t("hall-seat-free")) } }
    }
}

fn how(w: Words, one: &Delegate) -> Markup {
    html! {
        @if let Some(lot) = &one.lot { a href={ "/lots/" (lot) } { (w.t("lot-link")) } }
        @else { (one.source) @if !one.evidence.is_empty() { " " (one.evidence) } }
        " " (day(w, &one.from))
    }
}

fn left(w: Words, list: &[Delegate]) -> Markup {
    html! {
        ul { @for one in list {
            li {
                (one.seat) " · " (w.t(&format!("hall-way-{}", one.way.as_str()))) " · " (one.shown()) " · "
                (day(w, &one.from)) " – " @if let Some(ended) = &one.ended { (day(w, ended)) }
            }
        } }
    }
}

fn lot_list(w: Words, lots: &[&Lot]) -> Markup {
    html! {
        ul.links { @for lot in lots {
            li {
                a href={ "/lots/" (lot.id) } { (lot.title) } " " (lot::web::state(w, lot.state))
                " " span.small.soft { (w.n("lot-size-n", lot.size)) }
            }
        } }
    }
}

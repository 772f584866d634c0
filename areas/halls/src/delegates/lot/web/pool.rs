//! The pool, for the office: who put themselves forward, entry at the desk, files, and what the drawn answered.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use db::Fault;
use kernel::{Kind, Refusal};
use people::resident::mask;
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{
        Head, Input, Tone, Weight, WorkColumn, WorkRow, WorkTable, acts, button, button_named, day, empty, fold, head,
        pager, section, sheet, tag, textarea, told, worktable,
    },
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id,
    page::{act, form, shown, to},
};

use super::{
    super::{
        Answer, LotId, Offer, Standing, State, Volunteer, VolunteerId, VolunteerNoun,
        enrol::{self as enrolling, AtDesk},
        import as importing, key,
        queries::{self, POOL_PAGE},
    },
    One, chosen, features,
    mine::say,
};
use crate::delegates::page::{self, Typed, field, line, typed};

/// Which page of the pool.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    after: String,
}

struct Facts {
    one: One,
    part: Vec<Volunteer>,
    /// Who was asked, with who they are.
    asked: Vec<(Offer, Option<Volunteer>)>,
    after: String,
    once: String,
}

async fn facts(rim: &Rim, visit: &Visit, (id, which): (&LotId, &Which)) -> Result<Facts, Problem> {
    let (id, actor, after) = (id.clone(), visit.actor.clone(), which.after.clone());
    let once = rim.once();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        if !one.here.office {
            return Err(page::no(&actor).into());
        }
        let from: Option<VolunteerId> = optional_id::<VolunteerNoun>(Some(&after));
        let part = queries::pool_part(s, &id, from.as_ref())?;
        let offers = queries::offers(s, &id)?;
        let people = if offers.is_empty() { Vec::new() } else { queries::pool(s, &id)? };
        let of = |offer: &Offer| people.iter().find(|one| one.number == Some(offer.number)).cloned();
        let asked = offers.into_iter().map(|offer| (offer.clone(), of(&offer))).collect();
        Ok::<_, Fault>(Facts { one, part, asked, after: after.clone(), once: once.clone() })
    });
    Ok(read.await?)
}

/// `GET /lots/{lot}/pool`: six statements at most.
pub(super) async fn pool(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, (&id, &which)).await?;
    Ok(pool_page(&visit, &facts, (&Typed::new(), None)))
}

fn pool_page(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let (w, lot) = (visit.words, &f.one.lot);
    let title = w.t("lot-pool");
    let first = format!("{}/pool", f.one.home());
    let full = i64::try_from(f.part.len()).is_ok_and(|n| n >= POOL_PAGE);
    let next = f.part.last().filter(|_| full).map(|last| format!("{first}?after={}", last.id));
    let body = html! {
        (f.one.way(w, title))
        (head(&Head { title, lead: w.t("lot-pool-lead"), kicker: &[html! { (lot.title) }], ..Head::default() }))
        (told(w, refusal))
        div.stack {
            @if !f.asked.is_empty() { (section(w.t("lot-answers"), &answers(visit, f))) }
            @if lot.state == State::Open && f.one.here.desk {
                (fold(w.t("lot-desk"), &desk(visit, f, (fields, refusal))))
                (fold(w.t("lot-import"), &import_form(visit, f, (fields, refusal))))
            }
            (section(w.t("lot-pool-people"), &html! {
                @if f.part.is_empty() { (empty(w.t("lot-pool-none"), w.t("lot-pool-none-hint"), None)) }
                @else { (people(visit, f)) }
                (pager(w, (!f.after.is_empty()).then_some(first.as_str()), next.as_deref()))
            }))
        }
    };
    page::answer(visit, title, &body, refusal)
}

fn people(visit: &Visit, f: &Facts) -> Markup {
    let (w, lot) = (visit.words, &f.one.lot);
    let names: Vec<String> = f.part.iter().map(|one| mask::name(&one.name)).collect();
    let mut columns = vec![WorkColumn::plain(w.t("delegate-field-name")), WorkColumn::plain(w.t("lot-features"))];
    columns.push(WorkColumn::plain(w.t("lot-source")));
    columns.push(WorkColumn::plain(w.t("lot-number")));
    if lot.state == State::Open {
        columns.push(WorkColumn::plain(w.t("lot-strike")));
    }
    let rows: Vec<WorkRow<'_>> = (f.part.iter().zip(&names))
        .map(|(one, name)| {
            let mut cells = vec![
                html! { (name) },
                html! { (one.features.join(" · ")) },
                html! { (w.t(&format!("source-{}", one.source.as_str()))) " " (day(w, &one.made_day)) },
                html! {
                    @if one.standing == Standing::In { @if let Some(number) = one.number { (key(number)) } @else { "–" } }
                    @else { (w.t(&format!("lot-volunteer-{}", one.standing.as_str()))) }
                },
            ];
            if lot.state == State::Open {
                cells.push(if one.standing == Standing::In { striking(visit, f, one) } else { html! { "–" } });
            }
            WorkRow { key: one.id.as_str(), name, picked: false, cells }
        })
        .collect();
    worktable(w, &WorkTable { id: "pool", caption: w.t("lot-pool-people"), columns: &columns, rows: &rows, pick: None })
}

fn striking(visit: &Visit, f: &Facts, one: &Volunteer) -> Markup {
    let w = visit.words;
    let inner = html! {
        (line(w, ("reason", "lot-strike-reason", ""), &Typed::new(), (Input::Line, true, None)))
        (acts(&[button(Weight::Plain, w.t("lot-strike"))]))
    };
    let made = form(visit, &format!("{}/pool/{}/strike", f.one.home(), one.id), &[], &inner);
    fold(w.t("lot-strike"), &ui::parts::apart(one.id.as_str(), &made))
}

fn desk(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let (w, lot) = (visit.words, &f.one.lot);
    let one = |names, required| line(w, names, fields, (Input::Line, required, refusal));
    let inner = html! {
        p { (w.t("lot-desk-lead")) }
        (one(("name", "delegate-field-name", ""), true))
        (one(("contact", "lot-contact", "lot-contact-hint"), false))
        (features(w, lot, (fields, refusal)))
        (one(("address", "lot-address", ""), lot.household))
        (acts(&[button(Weight::First, w.t("lot-desk-send"))]))
    };
    let once = if typed(fields, "once").is_empty() { f.once.as_str() } else { typed(fields, "once") };
    sheet("", &form(visit, &format!("{}/pool", f.one.home()), &[("once", once)], &inner))
}

fn import_form(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let rows = field(w, ("rows", "lot-import-rows", "lot-import-hint"), typed(fields, "rows"), (true, refusal));
    let inner = html! {
        (textarea(w, &rows, 6, None))
        (acts(&[button(Weight::Plain, w.t("lot-import-take"))]))
    };
    sheet("", &form(visit, &format!("{}/pool/import", f.one.home()), &[], &inner))
}

fn answers(visit: &Visit, f: &Facts) -> Markup {
    let w = visit.words;
    html! {
        p { (w.t("lot-answers-lead")) }
        ul.cards { @for (offer, one) in &f.asked {
            li {
                p {
                    strong.num { (key(offer.number)) } " " @if let Some(one) = one { (mask::name(&one.name)) }
                    " " (tag(Tone::Plain, w.t(&format!("lot-offer-{}", offer.answer.as_str()))))
                }
                p.meta {
                    span { (w.n("hall-seat-n", offer.seat)) }
                    span { (w.t("lot-due")) " " (day(w, &offer.due)) }
                    @if one.as_ref().is_some_and(|one| one.person.is_none()) { span { (w.t("lot-tell-them")) } }
                }
                @if matches!(offer.answer, Answer::Asked | Answer::Accepted) { (answering(visit, f, offer)) }
            }
        } }
    }
}

fn answering(visit: &Visit, f: &Facts, offer: &Offer) -> Markup {
    let w = visit.words;
    let says = |answer: Answer, label: &'static str| button_named(Weight::Plain, "answer", answer.as_str(), w.t(label));
    let buttons = if offer.answer == Answer::Accepted {
        vec![says(Answer::Left, "lot-left")]
    } else {
        vec![
            says(Answer::Accepted, "lot-accept-for"),
            says(Answer::Declined, "lot-decline-for"),
            says(Answer::Silent, "lot-silent"),
        ]
    };
    let inner = html! {
        (line(w, ("reason", "lot-answer-reason", "lot-answer-reason-hint"), &Typed::new(), (Input::Line, false, None)))
        (acts(&buttons))
    };
    let made = form(visit, &format!("{}/members/{}", f.one.home(), offer.number), &[], &inner);
    fold(w.t("lot-answer-note"), &ui::parts::apart(&format!("m{}", offer.number), &made))
}

async fn after(
    rim: &Rim,
    visit: &Visit,
    (id, fields): (&LotId, &Typed),
    done: Result<(), Fault>,
) -> Result<Response, Problem> {
    match shown(done)? {
        Ok(()) => Ok(to(&format!("/lots/{id}/pool"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => {
            let facts = facts(rim, visit, (id, &Which::default())).await?;
            Ok(pool_page(visit, &facts, (fields, Some(&refusal))))
        }
    }
}

/// `POST /lots/{lot}/pool`: at the desk.
pub(super) async fn at_desk(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let lot = super::one(&rim, &visit, &id).await?.lot;
    let of = |name: &str| typed(&fields, name).to_owned();
    let new = AtDesk {
        name: of("name"),
        contact: of("contact"),
        features: chosen(&lot, &fields),
        address: of("address"),
        once: of("once"),
    };
    let lot = id.clone();
    let done = act(&rim, &visit, move |tx, cx| enrolling::at_desk(tx, cx, &lot, &new).map(|_| ())).await;
    after(&rim, &visit, (&id, &fields), done).await
}

/// `POST /lots/{lot}/pool/import`.
pub(super) async fn import(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, rows) = (id.clone(), typed(&fields, "rows").to_owned());
    let done = act(&rim, &visit, move |tx, cx| importing::take(tx, cx, &of, &rows).map(|_| ())).await;
    after(&rim, &visit, (&id, &fields), done).await
}

/// `POST /lots/{lot}/pool/{volunteer}/strike`.
pub(super) async fn strike(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, volunteer)): PathId<(LotId, VolunteerId)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, reason) = (id.clone(), typed(&fields, "reason").to_owned());
    let done = act(&rim, &visit, move |tx, cx| enrolling::strike(tx, cx, (&of, &volunteer), &reason)).await;
    after(&rim, &visit, (&id, &fields), done).await
}

/// `POST /lots/{lot}/members/{number}`: what somebody who was drawn told the office.
pub(super) async fn answer(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(LotId, u32)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let done = say(&rim, &visit, (&id, number), &fields).await.map(|_| ());
    after(&rim, &visit, (&id, &fields), done).await
}

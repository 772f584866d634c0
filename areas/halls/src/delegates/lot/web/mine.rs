//! One's own place: put oneself forward, read one's chance, answer when drawn.

use axum::{extract::State as From, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use ui::{
    Markup, html,
    parts::{
        CheckList, Choice, Figure, Head, Input, Tone, Weight, acts, button, button_named, checks, day, figures, fold,
        head, link_button, notice, pairs, sheet, told,
    },
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, form, press, shown, to},
};

use super::{
    super::{
        Answer, LotId, Offer, Standing, State, Volunteer, answer as answering,
        enrol::{self as enrolling, Enrol},
        key,
        queries::{self, Own},
        replace::{self, MakeRoom},
        store,
    },
    FEATURES, One, chosen, features,
    figures::percent,
};
use crate::delegates::page::{self, Typed, line, ticked, typed};

struct Facts {
    one: One,
    mine: Option<Volunteer>,
    own: Option<Own>,
    offer: Option<Offer>,
}

async fn facts(rim: &Rim, visit: &Visit, id: &LotId) -> Result<Facts, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let me = rim.context_of(visit).author().cloned();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let mine = match &me {
            Some(me) => queries::mine(s, &id, me)?,
            None => None,
        };
        let number = mine.as_ref().and_then(|mine| mine.number);
        let own = match (number, one.lot.digest.is_empty()) {
            (Some(number), false) => {
                let published = queries::list(s, &id)?.ok_or_else(queries::no_list)?;
                queries::own(&published, number)?
            }
            _ => None,
        };
        let offer = match number {
            Some(number) => store::offer(s, &id, number)?,
            None => None,
        };
        Ok::<_, Fault>(Facts { one, mine, own, offer })
    });
    Ok(read.await?)
}

/// `GET /lots/{lot}/enrol`: six statements at most.
pub(super) async fn enrol(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    let fields = kept(&facts);
    Ok(mine_page(&visit, &facts, (&fields, None)))
}

fn kept(f: &Facts) -> Typed {
    let Some(mine) = &f.mine else { return Typed::new() };
    let features = FEATURES.iter().zip(&mine.features).map(|(name, value)| ((*name).to_owned(), value.clone()));
    features.chain([("address".to_owned(), mine.address.clone())]).collect()
}

fn mine_page(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let (w, lot) = (visit.words, &f.one.lot);
    let is_in = f.mine.as_ref().is_some_and(|mine| mine.standing == Standing::In);
    let title = w.t(if is_in { "lot-mine" } else { "lot-enrol" });
    let body = html! {
        (f.one.way(w, title))
        (head(&Head { title, lead: w.t("lot-enrol-lead"), kicker: &[html! { (f.one.here.hall.name) }], ..Head::default() }))
        (told(w, refusal))
        @if is_in { (notice(w, Tone::Ok, w.t("lot-you-are-in"), &html! { p { (w.t(&format!("lot-you-{}", lot.state.as_str()))) } })) }
        @if let Some(own) = &f.own { (chance(visit, f, own)) }
        @if let Some(offer) = &f.offer {
            (acts(&[link_button(Weight::First, &format!("{}/answer", f.one.home()), w.t("lot-answer"))]))
            p.small.soft { (w.t(&format!("lot-offer-{}", offer.answer.as_str()))) }
        }
        @if lot.state == State::Open { (enrolment(visit, f, is_in, (fields, refusal))) }
        @else if !is_in { p { (w.t("lot-enrol-over")) } }
    };
    page::answer(visit, title, &body, refusal)
}

fn chance(visit: &Visit, f: &Facts, own: &Own) -> Markup {
    let w = visit.words;
    let (number, exact) = (key(own.number), percent(own.chance));
    let listed = format!("{} / {}", own.seats, own.panels);
    let of = |label, value, note| Figure { label: w.t(label), value, note, ..Figure::default() };
    html! {
        (figures(&[
            of("lot-my-number", number.as_str(), ""),
            of("lot-my-chance", &exact, w.t("lot-my-chance-note")),
            of("lot-my-list", &listed, w.t("lot-my-list-note")),
        ]))
        p { a href={ (f.one.home()) "/list.txt" } { (w.t("lot-list-file")) } }
    }
}

fn enrolment(visit: &Visit, f: &Facts, is_in: bool, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let (w, lot) = (visit.words, &f.one.lot);
    let hint = if lot.household { "lot-address-household" } else { "lot-address-hint" };
    let inner = html! {
        p { (w.t("lot-until")) " " (day(w, &lot.enrol_until)) }
        (features(w, lot, (fields, refusal)))
        (line(w, ("address", "lot-address", hint), fields, (Input::Line, lot.household, refusal)))
        (acts(&[button(Weight::First, w.t(if is_in { "lot-enrol-change" } else { "lot-enrol-send" }))]))
        p.small.soft { (w.t("lot-enrol-private")) }
    };
    let home = f.one.home();
    html! {
        (sheet(w.t("lot-about-you"), &form(visit, &format!("{home}/enrol"), &[], &inner)))
        @if is_in {
            (fold(w.t("lot-withdraw"), &html! {
                p { (w.t("lot-withdraw-says")) }
                (press(visit, &format!("{home}/withdraw"), &[], Weight::Plain, w.t("lot-withdraw")))
            }))
        }
    }
}

/// `POST /lots/{lot}/enrol`.
pub(super) async fn enrolled(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let there = facts(&rim, &visit, &id).await?;
    let new = Enrol { features: chosen(&there.one.lot, &fields), address: typed(&fields, "address").to_owned() };
    let of = id.clone();
    match shown(act(&rim, &visit, move |tx, cx| enrolling::enrol(tx, cx, &of, &new)).await)? {
        Ok(_) => Ok(to(&format!("/lots/{id}/enrol"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => Ok(mine_page(&visit, &there, (&fields, Some(&refusal)))),
    }
}

/// `POST /lots/{lot}/withdraw`.
pub(super) async fn withdraw(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(_): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = id.clone();
    match shown(act(&rim, &visit, move |tx, cx| enrolling::withdraw(tx, cx, &of)).await)? {
        Ok(()) => Ok(to(&format!("/lots/{id}"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => {
            let there = facts(&rim, &visit, &id).await?;
            let fields = kept(&there);
            Ok(mine_page(&visit, &there, (&fields, Some(&refusal))))
        }
    }
}

/// `GET /lots/{lot}/answer`.
pub(super) async fn answer(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    Ok(answer_page(&visit, &facts, None))
}

fn answer_page(visit: &Visit, f: &Facts, refusal: Option<&Refusal>) -> Response {
    let (w, home) = (visit.words, f.one.home());
    let title = w.t("lot-answer");
    let body = html! {
        (f.one.way(w, title))
        (head(&Head { title, lead: "", kicker: &[html! { (f.one.here.hall.name) }], ..Head::default() }))
        (told(w, refusal))
        @match &f.offer {
            None => p { (w.t("lot-not-asked")) " " a href=(home) { (f.one.lot.title) } },
            Some(offer) => (asked(visit, f, offer)),
        }
    };
    page::answer(visit, title, &body, refusal)
}

fn asked(visit: &Visit, f: &Facts, offer: &Offer) -> Markup {
    let (w, hall) = (visit.words, &f.one.here.hall);
    let facts = [
        (w.t("hall-term"), html! { (day(w, &hall.from)) " – " (day(w, &hall.until)) }),
        (w.t("lot-due"), day(w, &offer.due)),
        (w.t("lot-answer-title"), html! { (w.t(&format!("lot-offer-{}", offer.answer.as_str()))) }),
    ];
    let shows = CheckList {
        field: page::field(w, ("shows", "delegate-field-shows", "delegate-shows-hint"), "", (false, None)),
        choices: &[Choice { value: "yes", label: w.t("delegate-shows-own"), more: "" }],
        chosen: &[],
        one: false,
    };
    let inner = html! {
        (checks(w, &shows))
        (acts(&[
            button_named(Weight::First, "answer", "accepted", w.t("lot-accept")),
            button_named(Weight::Plain, "answer", "declined", w.t("lot-decline")),
        ]))
        p.small.soft { (w.t("lot-decline-says")) }
    };
    html! {
        @if offer.answer == Answer::Asked { p { (w.t("lot-asked-says")) } }
        (pairs(&facts))
        @if offer.answer == Answer::Asked { (sheet("", &form(visit, &format!("{}/answer", f.one.home()), &[], &inner))) }
    }
}

/// `POST /lots/{lot}/answer`.
pub(super) async fn answered(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, me) = (id.clone(), visit.actor.person().cloned());
    let number = rim.db.read(move |s| answering::number_of(s, &of, me.as_ref())).await?;
    let done = say(&rim, &visit, (&id, number), &fields).await;
    match shown(done)? {
        Ok(_) => Ok(to(&format!("/lots/{id}/answer"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => Ok(answer_page(&visit, &facts(&rim, &visit, &id).await?, Some(&refusal))),
    }
}

/// Says what somebody answers, and finds who comes next where they make room.
pub(super) async fn say(rim: &Rim, visit: &Visit, (id, number): (&LotId, u32), fields: &Typed) -> Result<Offer, Fault> {
    let (of, shows) = (id.clone(), ticked(fields, "shows"));
    if typed(fields, "answer") == Answer::Accepted.as_str() {
        return act(rim, visit, move |tx, cx| answering::accept(tx, cx, (&of, number), shows)).await;
    }
    let input = MakeRoom { answer: typed(fields, "answer").to_owned(), reason: typed(fields, "reason").to_owned() };
    act(rim, visit, move |tx, cx| answering::case(tx, cx, (&of, number)).map(|_| ())).await?;
    let (db, of) = (rim.db.clone(), id.clone());
    let next = tokio::task::spawn_blocking(move || replace::prepare(&db, &of, number)).await;
    let next = next.map_err(|e| db::DbError::Data(format!("lots: {e}")))??;
    act(rim, visit, move |tx, cx| replace::make_room(tx, cx, &next, &input)).await
}

//! A ballot by telephone: find the caller on the roll, type what they say, print the slip.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use ballots::BallotKey;
use db::Fault;
use kernel::{Kind, Refusal};
use people::VoterKey;
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{
        Field, Input, Tone, Weight, acts, apart, button, empty, flash, fold, link_button, notice, paper, print_button,
        qr, sheet, text, told,
    },
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit, in_query,
    page::{act, errors, form, shown, to},
};

use super::{
    One, answer,
    ballot::{Typed, boxes, gone},
    office::reason_field,
    result::top,
};
use crate::{PollId, PollKind, State, phone, queries, roll::Listed, store, survey};

/// Rows of the roll that the page shows for a flat.
const SHOWN: i64 = 30;

/// Who calls.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    flat: String,
    voter: String,
    /// Set when a ballot was just taken out.
    revoked: String,
}

/// A ballot that is to be taken out, as the form sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Revoked {
    voter: String,
    flat: String,
    reason: String,
}

/// What was looked for: rows of the roll, and whose ballots were typed in by whom.
struct Found {
    rows: Vec<Listed>,
    phoned: Vec<(VoterKey, String)>,
}

/// `GET /polls/{poll}/phone`: five statements at most.
pub(crate) async fn show(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    page((&rim, &visit), &id, &which, (&Typed::default(), None)).await
}

async fn page(
    (rim, visit): (&Rim, &Visit),
    id: &PollId,
    which: &Which,
    (typed, refusal): (&Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (key, actor, asked) = (id.clone(), visit.actor.clone(), which.clone());
    let read = rim.db.read(move |s| {
        let one = One::inside(s, &actor, &key)?;
        let flat: String = asked.flat.trim().chars().take(80).collect();
        let mut found = Found { rows: Vec::new(), phoned: Vec::new() };
        if !flat.is_empty() {
            found.rows = queries::voters(s, &key, &flat, ("", &[]), SHOWN)?;
            found.phoned = phone::store::at_flat(s, &key, &flat, SHOWN)?;
        }
        let caller = match VoterKey::from_hex(&asked.voter) {
            Some(voter) => store::voter(s, &key, voter)?,
            None => None,
        };
        Ok::<_, Fault>((one, found, caller))
    });
    let (one, found, caller) = read.await?;
    let w = visit.words;
    let open = one.poll.state == State::Open;
    let body = html! {
        (top(&one, w, (w.t("poll-phone-title"), w.t("poll-phone-lead"))))
        div.stack {
            @if !which.revoked.is_empty() { (flash(Tone::Ok, w.t("poll-phone-revoked"))) }
            (told(w, refusal))
            (errors(w, refusal).summary(&[("choice", w.t("poll-your-vote")), ("reason", w.t("poll-reason"))]))
            @if !open { (notice(w, Tone::Due, "", &html! { p { (w.t("poll-not-open")) } })) }
            @else if let Some(caller) = &caller { (entering(visit, &one, caller, (typed, refusal))) }
            @else { (finding(visit, &one, (&found, which))) }
        }
    };
    Ok(answer(visit, w.t("poll-phone-title"), &body, refusal))
}

fn finding(visit: &Visit, one: &One, (found, which): (&Found, &Which)) -> Markup {
    let w = visit.words;
    let here = format!("{}/phone", one.here());
    let field =
        Field { name: "flat", label: w.t("papers-flat"), value: &which.flat, required: true, ..Field::default() };
    sheet(
        w.t("poll-find-title"),
        &html! {
            form.form method="get" action=(here) {
                (text(w, &field, Input::Line, Some(80)))
                (acts(&[button(Weight::Plain, w.t("papers-find"))]))
            }
            @if found.rows.is_empty() && !which.flat.is_empty() { (empty(w.t("vote-letters-none"), "", None)) }
            @for row in &found.rows {
                p { (row.flat) " " (row.name) @if row.voted { " · " (w.t("poll-has-voted")) } }
                @if !row.voted {
                    (acts(&[link_button(Weight::Plain, &format!("{here}?voter={}", row.voter.to_hex()), w.t("poll-phone-this"))]))
                } @else if let Some((_, by)) = found.phoned.iter().find(|(voter, _)| *voter == row.voter) {
                    (revoking(visit, &here, (row, &which.flat), by))
                }
            }
        },
    )
}

/// The way to take out a ballot that was typed in: by anybody at the desk but who typed it.
fn revoking(visit: &Visit, here: &str, (row, flat): (&Listed, &str), by: &str) -> Markup {
    let w = visit.words;
    if visit.actor.person().is_some_and(|me| me.as_str() == by) {
        return html! { p.small.soft { (w.t("poll-phone-yours")) } };
    }
    let voter = row.voter.to_hex();
    let fields = html! {
        p { (w.t("poll-phone-revoke-note")) }
        (reason_field(w, None))
        (acts(&[button(Weight::Danger, w.t("poll-phone-revoke"))]))
    };
    let hidden = [("voter", voter.as_str()), ("flat", flat)];
    fold(w.t("poll-phone-revoke"), &apart(&voter, &form(visit, &format!("{here}/revoke"), &hidden, &fields)))
}

fn entering(visit: &Visit, one: &One, caller: &Listed, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let (w, poll) = (visit.words, &one.poll);
    let voter = caller.voter.to_hex();
    // a survey is read out as a whole; what is not asked after the answers is left out when it is sent
    let sections = if poll.kind == PollKind::Survey { survey::sections(&poll.definition.questions) } else { 1 };
    let body = html! {
        @for section in 1..=sections { (all_boxes(visit, one, (typed, section), refusal)) }
        (acts(&[button(Weight::First, w.t("ballot-send"))]))
    };
    sheet(
        &format!("{} {}", caller.flat, caller.name),
        &html! {
            p { (w.t("poll-phone-note")) }
            (form(visit, &format!("{}/phone", one.here()), &[("voter", &voter)], &body))
        },
    )
}

fn all_boxes(visit: &Visit, one: &One, (typed, section): (&Typed, u32), refusal: Option<&Refusal>) -> Markup {
    let (w, poll) = (visit.words, &one.poll);
    if poll.kind != PollKind::Survey {
        return boxes(w, poll, typed, (1, refusal));
    }
    let mut whole = poll.clone();
    whole.definition.questions.iter_mut().for_each(|question| question.only_if = None);
    boxes(w, &whole, typed, (section, refusal))
}

/// `POST /polls/{poll}/phone`: casts the ballot and shows the slip.
pub(crate) async fn enter(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(pairs): Fields<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    let none = || Refusal::new(Kind::NotFound, "not-on-the-roll");
    let voter = VoterKey::from_hex(typed.one("voter")).ok_or_else(none)?;
    let (actor, key) = (visit.actor.clone(), id.clone());
    let one = rim.db.read(move |s| One::inside(s, &actor, &key)).await?;
    let secret = rim.once();
    let opener = BallotKey::of(id.as_str(), &secret).ok_or_else(gone)?;
    let done = match typed.choice(&one.poll) {
        Ok(choice) => {
            // not run twice: the second try would find the first one's mark
            let (cx, poll) = (rim.context_of(&visit), id.clone());
            rim.db.write(move |tx| phone::enter(tx, &mut cx.clone(), &poll, voter, (&choice, opener))).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match shown(done)? {
        Ok(cast) => Ok(slip(&visit, &one, (&secret, cast.id.as_str()))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => {
            let which = Which { voter: voter.to_hex(), ..Which::default() };
            page((&rim, &visit), &id, &which, (&typed, Some(&refusal))).await
        }
    }
}

/// `POST /polls/{poll}/phone/revoke`: takes a ballot out that was typed in.
pub(crate) async fn revoke(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(sent): Fields<Revoked>,
) -> Result<Response, Problem> {
    let none = || Refusal::new(Kind::NotFound, "not-on-the-roll");
    let voter = VoterKey::from_hex(&sent.voter).ok_or_else(none)?;
    let (poll, reason) = (id.clone(), sent.reason.clone());
    let done = act(&rim, &visit, move |tx, cx| phone::revoke(tx, cx, &poll, voter, &reason)).await;
    match shown(done)? {
        Ok(()) => Ok(to(&format!("/polls/{id}/phone?flat={}&revoked=1", in_query(&sent.flat)))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => {
            let which = Which { flat: sent.flat, ..Which::default() };
            page((&rim, &visit), &id, &which, (&Typed::default(), Some(&refusal))).await
        }
    }
}

/// What the caller gets: the link that changes the ballot or takes it back. It stands here and nowhere else.
fn slip(visit: &Visit, one: &One, (secret, ballot): (&str, &str)) -> Response {
    let w = visit.words;
    let link = format!("{}{}/mine?key={secret}", visit.origin, one.here());
    let number = html! { strong.num translate="no" { (ballot) } };
    let facts = [(w.t("vote-receipt-number"), html! { span translate="no" { (ballot) } })];
    let inside = html! {
        p { (w.t("poll-slip-how")) }
        div.find { (qr(&link, w.t("vote-change"))) p.small { span.url translate="no" { (link) } } }
        p { (w.t("poll-slip-lost")) }
        p.small { (w.t("poll-slip-secret")) }
    };
    let body = html! {
        (top(one, w, (w.t("poll-slip-title"), w.t("poll-slip-once"))))
        div.stack {
            (acts(&[print_button(w), link_button(Weight::Plain, &format!("{}/phone", one.here()), w.t("poll-phone-next"))]))
            (sheet(w.t("poll-slip-read"), &html! { p { (number) } p { (w.t("poll-slip-read-note")) } }))
            (paper(w.t("poll-slip-title"), &one.poll.title, &facts, &inside))
        }
    };
    answer(visit, w.t("poll-slip-title"), &body, None)
}

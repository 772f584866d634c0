//! The ballot that a link opens: looked at, changed, taken back until the close.

use axum::{
    extract::{Query, State as From},
    http::StatusCode,
    response::Response,
};
use ballots::{Ballot, BallotKey};
use db::{Fault, Tx};
use kernel::{Actor, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Receipt, Tone, Weight, acts, button, code, fold, link_button, notice, receipt, sheet, told},
};
use web::{
    Fields, PathId, Problem, Rim, Visit, in_query,
    page::{form, to},
    problem,
};

use super::{
    answer,
    ballot::{Typed, gone, said},
    vote::{Facts, facts, first, paper, secrecy, top},
};
use crate::{Choice, PollId, Weighed, commands::revise::revise};

/// The secret of a ballot, in the voter's link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Opened {
    key: String,
}

pub(super) async fn ballot_of(rim: &Rim, id: &PollId, secret: &str) -> Result<Option<Ballot>, Problem> {
    let Some(key) = BallotKey::of(id.as_str(), secret) else { return Ok(None) };
    let id = id.clone();
    Ok(rim.db.read(move |s| ballots::store::keyed(s, id.home(), id.as_str(), key)).await?)
}

/// `GET /polls/{poll}/mine`: the ballot that a link opens, its receipt, and the way to change it or take it back.
pub(crate) async fn mine(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<PollId>,
    Query(opened): Query<Opened>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id, false).await?;
    mine_page(&rim, &visit, &facts, (&opened.key, None)).await
}

async fn mine_page(
    rim: &Rim,
    visit: &Visit,
    facts: &Facts,
    (secret, refusal): (&str, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (w, poll) = (visit.words, facts.poll());
    let found = ballot_of(rim, &poll.id, secret).await?.filter(|_| facts.not_now.is_none());
    let read = found.and_then(|ballot| Some((Weighed::parse(poll.kind, &ballot.says)?, ballot)));
    let Some((weighed, ballot)) = read else {
        let mut response = answer(visit, w.t("ballot-title"), &no_ballot(w, facts), None);
        *response.status_mut() = if facts.not_now.is_none() { problem::status_of(&gone()) } else { StatusCode::OK };
        return Ok(response);
    };
    let body = mine_body(visit, facts, (&weighed.choice, &ballot, secret), refusal);
    Ok(answer(visit, w.t("ballot-title"), &body, refusal))
}

fn mine_body(
    visit: &Visit,
    facts: &Facts,
    (chosen, ballot, secret): (&Choice, &Ballot, &str),
    refusal: Option<&Refusal>,
) -> Markup {
    let (w, poll) = (visit.words, facts.poll());
    let typed = Typed::of(chosen).with("key", secret);
    let link = format!("{}{}/mine?key={secret}", visit.origin, facts.one.here());
    let url = format!("{}{}/receipt/{}", visit.origin, facts.one.here(), ballot.id);
    let back = html! {
        p { (w.t("poll-withdraw-note")) }
        (acts(&[button(Weight::Danger, w.t("poll-withdraw"))]))
    };
    let link = sheet(w.t("vote-link-text"), &html! { (code(&link)) p { (w.t("vote-link-note")) } });
    let again = paper(visit, facts, (&typed, first(poll, &typed)), None);
    if *chosen == Choice::Withdrawn {
        // nothing is in the box: no receipt, and the same link casts anew
        return html! {
            (top(w, facts, ""))
            div.stack {
                (told(w, refusal))
                (notice(w, Tone::Due, w.t("poll-withdrawn-title"), &said(w, poll, chosen)))
                (sheet(w.t("poll-vote-again"), &again))
                (link)
                (secrecy(w, poll))
            }
        };
    }
    html! {
        (top(w, facts, ""))
        div.stack {
            (told(w, refusal))
            (notice(w, Tone::Ok, w.t("vote-done"), &html! { p { (w.t("vote-done-note")) } }))
            (sheet(w.t("poll-your-vote"), &said(w, poll, chosen)))
            (receipt(w, &Receipt {
                title: w.t("vote-receipt-title"),
                number: ballot.id.as_str(),
                issuer: &poll.title,
                facts: &[],
                url: &url,
                note: w.t("vote-receipt-note"),
            }))
            (link)
            (fold(w.t("vote-change"), &again))
            (fold(w.t("poll-withdraw"), &form(visit, &format!("{}/withdraw", facts.here()), &[("key", secret)], &back)))
            (secrecy(w, poll))
        }
    }
}

/// `POST /polls/{poll}/vote/withdraw`: takes the ballot of a link back.
pub(crate) async fn withdraw(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<PollId>,
    Fields(opened): Fields<Opened>,
) -> Result<Response, Problem> {
    let cx = rim.context(Actor::Voter);
    let (of, key) = (id.clone(), BallotKey::of(id.as_str(), &opened.key));
    let done = match key {
        Some(key) => {
            rim.db.write(move |tx: &mut Tx<'_>| revise(tx, &mut cx.clone(), &of, key, &Choice::Withdrawn)).await
        }
        None => Err(gone().into()),
    };
    match done {
        Ok(_) => Ok(to(&format!("/polls/{id}/mine?key={}", in_query(&opened.key)))),
        Err(Fault::Refused(refusal)) if !matches!(refusal.code, "poll-not-found" | "no-such-ballot") => {
            let facts = facts(&rim, &visit, &id, false).await?;
            mine_page(&rim, &visit, &facts, (&opened.key, Some(&refusal))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// A link that opens nothing.
fn no_ballot(w: Words, facts: &Facts) -> Markup {
    let sentence = if facts.not_now.is_none() { "refusal-no-such-ballot" } else { "vote-link-over" };
    html! {
        (top(w, facts, ""))
        div.stack {
            (notice(w, Tone::Due, "", &html! { p { (w.t(sentence)) } }))
            p.small.soft { (w.t("vote-receipt-where")) }
            (acts(&[link_button(Weight::Plain, &facts.one.here(), w.t("poll-to-the-poll"))]))
        }
    }
}

//! Where a voter finds that their ballot is among those that were counted.

use axum::{extract::State as From, response::Response};
use ballots::BallotId;
use db::Fault;
use ledger::{entry::Leaf, read};
use serde_json::Value;
use ui::{
    Markup, html,
    parts::{Head, Tone, Weight, acts, head, link_button, notice, pairs, sheet},
};
use web::{PathId, Problem, Rim, Visit};

use super::{One, answer, ballot::said};
use crate::{CAST, Choice, PollId, State, Weighed};

enum Found {
    /// The poll is not closed.
    NotYet,
    /// It was cast and is on its way into the log.
    OnItsWay,
    /// It is in the log at this place, with what it says; of a survey a commitment alone.
    At(u64, Option<Choice>),
    /// It is not among those that were counted.
    Not,
}

/// `GET /polls/{poll}/receipt/{ballot}`: four statements.
pub(crate) async fn show(
    From(rim): From<Rim>,
    visit: Visit,
    PathId((id, ballot)): PathId<(PollId, BallotId)>,
) -> Result<Response, Problem> {
    let (wanted, actor) = (ballot.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        if one.poll.state < State::Closed {
            return Ok::<_, Fault>((one, Found::NotYet));
        }
        let entry = read::find(s, wanted.as_str())?.filter(|entry| entry.kind == CAST);
        let there = entry.and_then(|entry| {
            let leaf: Leaf<Value> = serde_json::from_slice(&entry.leaf).ok()?;
            (leaf.subject.as_deref() == Some(id.as_str())).then_some(())?;
            let says = leaf.public.get("says").and_then(Value::as_str).map(str::to_owned);
            let choice = says.and_then(|says| Weighed::parse(one.poll.kind, &says)).map(|weighed| weighed.choice);
            Some((entry.seq, choice))
        });
        let found = match there {
            Some((seq, choice)) => Found::At(seq, choice),
            None if ballots::store::ballot(s, id.as_str(), &wanted)?.is_some() => Found::OnItsWay,
            None => Found::Not,
        };
        Ok((one, found))
    });
    let (one, found) = read.await?;
    Ok(answer(&visit, visit.words.t("vote-receipt-title"), &body(&visit, &one, (&found, &ballot)), None))
}

fn body(visit: &Visit, one: &One, (found, ballot): (&Found, &BallotId)) -> Markup {
    let w = visit.words;
    let say = |tone, key| notice(w, tone, "", &html! { p { (w.t(key)) } });
    html! {
        (one.way(w, w.t("vote-receipt-title")))
        (head(&Head { title: w.t("vote-receipt-title"), ..Head::default() }))
        div.stack {
            (pairs(&[(w.t("vote-receipt-number"), html! { span translate="no" { (ballot) } })]))
            @match found {
                Found::NotYet => (say(Tone::Due, "poll-receipt-not-yet")),
                Found::OnItsWay => (say(Tone::Due, "vote-receipt-on-its-way")),
                Found::Not => {
                    (say(Tone::NeedsYou, "vote-receipt-not"))
                    p { a href={ (one.here()) "/ballots" } { (w.t("poll-ballots-to")) } }
                }
                Found::At(seq, choice) => {
                    @if *choice == Some(Choice::Withdrawn) {
                        (notice(w, Tone::Plain, w.t("poll-receipt-withdrawn"), &html! { p { (w.t("poll-receipt-withdrawn-note")) } }))
                    } @else {
                        (notice(w, Tone::Ok, w.t("vote-receipt-there"), &html! { p { (w.t("vote-receipt-there-note")) } }))
                    }
                    @match choice {
                        Some(Choice::Withdrawn) => {}
                        Some(choice) => (sheet(w.t("vote-receipt-says"), &said(w, &one.poll, choice))),
                        None => p { (w.t("poll-receipt-commitment")) },
                    }
                    (acts(&[
                        link_button(Weight::First, &format!("/ledger/entries/{seq}"), w.t("vote-receipt-entry")),
                        link_button(Weight::Plain, &format!("/ledger/entries/{seq}/proof"), w.t("ledger-file-proof")),
                    ]))
                    p.small.soft { (w.t("vote-receipt-shown")) }
                }
            }
        }
    }
}

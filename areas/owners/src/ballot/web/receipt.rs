//! Where somebody who cast a ballot online, or whose paper was typed in, finds it among what was published.

use axum::{extract::State, response::Response};
use db::Fault;
use ledger::{entry::EntryId, read};
use ui::{
    Markup, html,
    parts::{Head, Tone, Weight, acts, head, link_button, notice, pairs},
};
use web::{PathId, Problem, Rim, Visit};

use super::super::{Receipted, online, queries};
use crate::{
    page::{self, area},
    round::{
        RoundId, State as Standing,
        count::{channel_word, choice_word},
        web::One,
    },
};

struct Facts {
    one: One,
    ballot: Option<Receipted>,
    /// The unit is theirs.
    own: bool,
    /// Its place in the log; none while it is on its way there.
    seq: Option<u64>,
}

/// `GET /rounds/{round}/receipt/{entry}`: four statements, two more for who has signed in. What the ballot says is told
/// once the result is posted, as on the sheet; before that to the unit's owner alone.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, entry)): PathId<(RoundId, EntryId)>,
) -> Result<Response, Problem> {
    let (wanted, actor) = (entry.clone(), visit.actor.clone());
    let me = rim.context_of(&visit).author().cloned();
    let found = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let ballot = queries::receipted(s, &id, &wanted)?;
        let seq = match &ballot {
            Some(_) => read::find(s, wanted.as_str())?.map(|entry| entry.seq),
            None => None,
        };
        let own = match (&ballot, me.as_ref()) {
            (Some(ballot), Some(me)) => {
                online::doors_of(s, &one.round, me)?.iter().any(|door| door.unit == ballot.unit)
            }
            _ => false,
        };
        Ok::<_, Fault>(Facts { one, ballot, own, seq })
    });
    let facts = found.await?;
    Ok(page::page(&visit, visit.words.t("vote-receipt-title"), &body(&visit, &facts, &entry), None))
}

fn body(visit: &Visit, f: &Facts, entry: &EntryId) -> Markup {
    let (w, one) = (visit.words, &f.one);
    let say = |tone, key| notice(w, tone, "", &html! { p { (w.t(key)) } });
    let log = f.seq.map(|seq| link_button(Weight::Plain, &format!("/ledger/entries/{seq}"), w.t("vote-receipt-entry")));
    let sheet = link_button(Weight::First, &format!("{}/sheet#doors", one.here()), w.t("round-sheet"));
    let posted = one.round.state >= Standing::Posted;
    html! {
        (one.way(w, w.t("vote-receipt-title")))
        (head(&Head { title: w.t("vote-receipt-title"), ..Head::default() }))
        div.stack {
            (pairs(&[(w.t("vote-receipt-number"), html! { span translate="no" { (entry) } })]))
            @match &f.ballot {
                None => (say(Tone::NeedsYou, "vote-receipt-not")),
                Some(ballot) => {
                    @if !ballot.stands { (say(Tone::Due, "own-receipt-replaced")) }
                    @else if posted { (notice(w, Tone::Ok, w.t("vote-receipt-there"), &html! { p { (w.t("vote-receipt-there-note")) } })) }
                    @else { (say(Tone::Ok, "own-receipt-taken")) }
                    @if f.own && !posted { p { strong { (w.t("own-receipt-yours")) } " " (w.t("vote-own-only-you")) } }
                    @if posted || f.own { (pairs(&[
                        (w.t("register-unit"), html! { (ballot.unit) }),
                        (w.t("register-area"), html! { (area(ballot.area)) }),
                        (w.t("sheet-choice"), html! { (w.t(&format!("ballot-choice-{}", choice_word(ballot.choice)))) }),
                        (w.t("sheet-channel"), html! { (w.t(&format!("ballot-channel-{}", channel_word(ballot.channel)))) }),
                    ])) }
                    @if f.seq.is_none() { (say(Tone::Due, "vote-receipt-on-its-way")) }
                    (acts(&posted.then_some(sheet).into_iter().chain(log).collect::<Vec<_>>()))
                }
            }
        }
    }
}

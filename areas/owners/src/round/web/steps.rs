//! What those who work on a round do next, and the steps themselves.

use axum::{extract::State, response::Response};
use db::{Fault, Tx};
use kernel::{Context, FieldError, Refusal};
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Input, Tone, Weight, acts, apart, button, day, fold, link_button, notice, pairs, prose, select, sheet,
        text, textarea,
    },
};
use web::{Fields, PathId, Problem, Rim, Visit};

use super::{
    super::{
        Round, RoundId, State as Standing, Terms, call, close,
        committee::{self, Came, Told},
        count,
        extend::{self, Extend},
        freeze::{self, Thaw},
        posted::{self, Challenge},
        rules,
    },
    show::{Facts, facts, shown},
};
use crate::page::{self, Typed, field, typed};

/// What those who work on it do next.
pub(super) fn steps(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let (w, round) = (visit.words, &f.one.round);
    let press = |to: &str, key: &str| {
        page::press(visit, &format!("{}/move", f.one.here()), &[("to", to)], Weight::First, w.t(key))
    };
    let worded = |to: &'static str, key: &'static str| {
        let input = field(w, ("reason", "round-reason", ""), typed(fields, "reason"), (true, refusal));
        let inner = html! {
            (text(w, &input, Input::Line, Some(300)))
            (acts(&[button(Weight::Plain, w.t(key))]))
        };
        fold(w.t(key), &page::form(visit, &format!("{}/move", f.one.here()), &[("to", to)], &inner))
    };
    let change = link_button(Weight::Plain, &format!("{}/change", f.one.here()), w.t("round-change"));
    let register = link_button(Weight::Plain, &format!("/registers/{}", f.one.place.id), w.t("register-title"));
    let next = match round.state {
        Standing::Draft => html! {
            p { (w.t("round-next-roll")) }
            (press("roll", "round-freeze"))
            (acts(&[change, register]))
        },
        Standing::Roll => {
            html! {
                p { (w.t_with("round-next-notice", &[("n", f.terms.notice.into())])) }
                (press("notice", "round-call"))
                (later(visit, f, (fields, refusal)))
                (worded("draft", "round-thaw"))
            }
        }
        Standing::Notice => {
            html! {
                p { (w.t("round-next-open")) }
                (press("open", "round-open"))
                (later(visit, f, (fields, refusal)))
                (worded("draft", "round-thaw"))
            }
        }
        Standing::Open => html! {
            p { (w.t("round-next-closed")) }
            (press("closed", "round-close"))
            (later(visit, f, (fields, refusal)))
        },
        Standing::Closed => html! {
            p { (w.t("round-next-counted")) }
            @if f.unsettled > 0 { p { strong { (w.t_with("refusal-papers-unsettled", &[("n", f.unsettled.into())])) } } }
            (press("counted", "round-count"))
        },
        Standing::Counted => html! {
            p { (w.t("round-next-posted")) }
            @if !rules::in_time(round.days.closed.as_ref(), &f.today, f.terms.posted_within) {
                p { strong { (w.t_with("round-post-late", &[("n", f.terms.posted_within.into())])) } }
            }
            (press("posted", "round-post"))
        },
        Standing::Posted => html! {
            p { (w.t("round-next-final")) }
            (press("final", "round-end"))
            (challenge(visit, f, (fields, refusal), false))
        },
        Standing::Challenged => html! {
            @if !round.challenge.is_empty() { (notice(w, Tone::Plain, w.t("round-challenge"), &prose(&round.challenge))) }
            (challenge(visit, f, (fields, refusal), true))
        },
        Standing::Final => challenge(visit, f, (fields, refusal), false),
    };
    html! {
        (sheet(w.t("round-next"), &next))
        @if let Some(part) = committee_part(visit, f, (fields, refusal)) { (sheet(w.t("committee-title"), &part)) }
    }
}

/// The form that moves the last day of the vote to a later one.
fn later(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let closes =
        field(w, ("closes", "round-extend-closes", "round-extend-hint"), typed(fields, "closes"), (true, refusal));
    let reason =
        field(w, ("reason", "round-reason", "round-extend-reason-hint"), typed(fields, "reason"), (true, refusal));
    let inner = html! {
        (text(w, &closes, Input::Day, Some(10)))
        (text(w, &reason, Input::Line, Some(300)))
        (acts(&[button(Weight::Plain, w.t("round-extend"))]))
    };
    let form = page::form(visit, &format!("{}/move", f.one.here()), &[("to", "extended")], &inner);
    fold(w.t("round-extend"), &apart("extended", &form))
}

/// The residents' committee's part, where the rules give it one and the vote is called: who heard of it, who came.
fn committee_part(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Option<Markup> {
    let (w, round) = (visit.words, &f.one.round);
    f.terms.hears?;
    let tells = matches!(round.state, Standing::Notice | Standing::Open);
    let comes = tells || matches!(round.state, Standing::Closed | Standing::Counted);
    let here = format!("{}/move", f.one.here());
    let on = || field(w, ("day", "committee-day", "committee-day-hint"), typed(fields, "day"), (false, refusal));
    let one = |to: &'static str, (name, label, hint, value): (&'static str, &'static str, &'static str, &str)| {
        let input = field(w, (name, label, hint), value, (true, refusal));
        let inner = html! {
            (text(w, &input, Input::Line, Some(60)))
            (text(w, &on(), Input::Day, Some(10)))
            (acts(&[button(Weight::Plain, w.t(&format!("committee-do-{to}")))]))
        };
        fold(w.t(&format!("committee-do-{to}")), &apart(to, &page::form(visit, &here, &[("to", to)], &inner)))
    };
    let kept = |name: &str, there: &str| match typed(fields, name) {
        "" => there.to_owned(),
        again => again.to_owned(),
    };
    let (name, delegate) = (kept("committee", &round.committee.name), kept("delegate", &round.committee.delegate));
    comes.then(|| {
        html! {
            p { (w.t_with(&format!("committee-why-{}", if f.terms.asks_for_a_delegate() { "delegate" } else { "told" }),
                &[("source", f.terms.source.as_str().into())])) }
            (pairs(&committee_facts(w, (round, &f.terms), true)))
            @if tells { (one("told", ("committee", "committee-name", "committee-name-hint", &name))) }
            (one("came", ("delegate", "committee-delegate", "committee-delegate-hint", &delegate)))
        }
    })
}

/// Which residents' committee heard of the vote and when, and that its delegate came; the name for those who work there.
pub(super) fn committee_facts(w: Words, (round, terms): (&Round, &Terms), office: bool) -> Vec<(&'static str, Markup)> {
    let known = &round.committee;
    let told = match &known.told {
        Some(on) => html! { (known.name) " · " (day(w, on)) },
        None => html! { (w.t("committee-not-yet-told")) },
    };
    let came = match &known.came {
        Some(on) if office => html! { (known.delegate) " · " (day(w, on)) },
        Some(on) => html! { (w.t("committee-somebody-came")) " · " (day(w, on)) },
        None => html! { (w.t("committee-nobody-came")) },
    };
    let mut facts = vec![(w.t("committee-heard"), told)];
    // where it is only told, nobody is missed
    if terms.asks_for_a_delegate() || known.came.is_some() {
        facts.push((w.t("committee-came"), came));
    }
    facts
}

fn challenge(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>), settles: bool) -> Markup {
    let w = visit.words;
    let key = if settles { "round-settle" } else { "round-challenge-note" };
    let to = if settles { "settled" } else { "challenged" };
    let words =
        field(w, ("words", "round-challenge-words", "round-challenge-hint"), typed(fields, "words"), (true, refusal));
    let outcome = field(w, ("stands", "round-challenge-outcome", ""), typed(fields, "stands"), (true, refusal));
    let choices = [("yes", "round-stands"), ("no", "round-set-aside")].map(|(value, key)| Choice {
        value,
        label: w.t(key),
        more: "",
    });
    let inner = html! {
        (textarea(w, &words, 3, Some(1_000)))
        @if settles { (select(w, &outcome, &choices)) }
        (acts(&[button(Weight::Plain, w.t(key))]))
    };
    let form = page::form(visit, &format!("{}/move", f.one.here()), &[("to", to)], &inner);
    if settles { form } else { fold(w.t(key), &form) }
}

/// `POST /rounds/{round}/move`: the next step, named by the state to which it leads.
pub(super) async fn go(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let moved = step(&rim, &visit, &id, &fields).await;
    match page::shown(moved)? {
        Ok(_) => Ok(page::to(&format!("/rounds/{id}"))),
        Err(refusal) => {
            let facts = facts(&rim, &visit, &id).await?;
            Ok(shown(&visit, &facts, (&fields, Some(&refusal))))
        }
    }
}

type Verb = fn(&mut Tx<'_>, &mut Context, &RoundId) -> Result<Round, Fault>;

async fn step(rim: &Rim, visit: &Visit, id: &RoundId, fields: &Typed) -> Result<Round, Fault> {
    let of = id.clone();
    let plain: Verb = match typed(fields, "to") {
        "roll" => freeze::freeze,
        "notice" => call::call,
        "open" => call::open,
        "closed" => close::close,
        "posted" => posted::post,
        "final" => posted::end,
        "counted" => return counted(rim, visit, id).await,
        "told" => {
            let input = Told { committee: typed(fields, "committee").into(), day: typed(fields, "day").into() };
            return page::act(rim, visit, move |tx, cx| committee::tell(tx, cx, &of, &input)).await;
        }
        "came" => {
            let input = Came { delegate: typed(fields, "delegate").into(), day: typed(fields, "day").into() };
            return page::act(rim, visit, move |tx, cx| committee::come(tx, cx, &of, &input)).await;
        }
        "extended" => {
            let input = Extend { closes: typed(fields, "closes").into(), reason: typed(fields, "reason").into() };
            return page::act(rim, visit, move |tx, cx| extend::extend(tx, cx, &of, &input)).await;
        }
        "draft" => {
            let input = Thaw { reason: typed(fields, "reason").to_owned() };
            return page::act(rim, visit, move |tx, cx| freeze::thaw(tx, cx, &of, &input)).await;
        }
        word @ ("challenged" | "settled") => {
            let stands = typed(fields, "stands");
            if word == "settled" && !matches!(stands, "yes" | "no") {
                // asked for the right first, so that nobody learns from it whether there is such a round
                let of = of.clone();
                page::act(rim, visit, move |tx, cx| super::super::draft::hold(tx, cx, &of).map(|_| ())).await?;
                return Err(Refusal::invalid(vec![FieldError::new("stands", "required")]).into());
            }
            let input = Challenge { words: typed(fields, "words").to_owned(), stands: stands == "yes" };
            if word == "settled" {
                return page::act(rim, visit, move |tx, cx| posted::settle(tx, cx, &of, &input)).await;
            }
            return page::act(rim, visit, move |tx, cx| posted::challenge(tx, cx, &of, &input)).await;
        }
        _ => {
            page::act(rim, visit, move |tx, cx| super::super::draft::hold(tx, cx, &of).map(|_| ())).await?;
            return Err(Refusal::invalid(vec![FieldError::new("to", "unknown-choice")]).into());
        }
    };
    page::act(rim, visit, move |tx, cx| plain(tx, cx, &of)).await
}

/// Counts outside of the write and records the verdict.
pub(crate) async fn counted(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<Round, Fault> {
    let of = id.clone();
    page::act(rim, visit, move |tx, cx| super::super::draft::hold(tx, cx, &of).map(|_| ())).await?;
    let (db, of) = (rim.db.clone(), id.clone());
    let counted = tokio::task::spawn_blocking(move || count::count(&db, &of)).await;
    let counted = counted.map_err(|e| db::DbError::Data(format!("counting: {e}")))??;
    page::act(rim, visit, move |tx, cx| count::publish(tx, cx, &counted)).await
}

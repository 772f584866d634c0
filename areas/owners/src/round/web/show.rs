//! One round: what is asked, where it stands, what came of it, and the next step.

use axum::{extract::State, response::Response};
use db::{Fault, Tx};
use kernel::{Context, Day, FieldError, Refusal};
use rights::{Action, may};
use ui::{
    Markup, Money, Words, format, html,
    parts::{
        Choice, Figure, Head, Input, Tone, Weight, acts, breadcrumb, button, day, figures, fold, head, link_button,
        notice, pairs, print_button, prose, section, select, sheet, text, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, Visit};

use super::{
    super::{
        Round, RoundId, State as Standing, call, close, count,
        freeze::{self, Thaw},
        posted::{self, Challenge},
        rules,
    },
    One,
    sheet::outcome,
    state,
};
use crate::{
    ballot,
    page::{self, Typed, area, field, typed},
    visit::{self, Spent, Totals},
};

struct Facts {
    one: One,
    totals: Totals,
    spent: Spent,
    floors: u64,
    buildings: usize,
    unsettled: u64,
    matter: Option<String>,
    /// The rules admit ballots on pages of this site.
    online: bool,
    /// They type papers.
    types: bool,
    today: Day,
}

async fn facts(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<Facts, Problem> {
    let (id, actor, today) = (id.clone(), visit.actor.clone(), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let totals = visit::queries::totals(s, &id)?;
        let matter = match &one.round.matter {
            Some(matter) => Some(matters::matter::queries::matter(s, matter)?.number),
            None => None,
        };
        let online = one.round.channels(&today)?.contains(&consent::Channel::Online);
        let types = may(&actor, Action::Enrol, &one.place.site()?);
        Ok::<_, Fault>(Facts {
            buildings: totals.len(),
            totals: visit::queries::sum(&totals),
            spent: visit::queries::spent(s, &id)?,
            floors: visit::queries::floors(s, &id)?,
            unsettled: ballot::store::unsettled(s, &id)?,
            matter,
            online,
            types,
            today: today.clone(),
            one,
        })
    });
    Ok(read.await?)
}

/// `GET /rounds/{round}`: six statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    Ok(shown(&visit, &facts, (&Typed::new(), None)))
}

fn shown(visit: &Visit, f: &Facts, again: (&Typed, Option<&Refusal>)) -> Response {
    let (w, one, round) = (visit.words, &f.one, &f.one.round);
    let body = html! {
        (breadcrumb(w, &[(&format!("/rounds?place={}", one.place.id), w.t("rounds-title"))], &round.title))
        (head(&Head {
            kicker: &[html! { a href={ "/places/" (one.place.id) } { (one.place.shown) } }, state(w, round.state)],
            title: &round.title,
            lead: "",
            acts: &ways(w, f),
        }))
        (told(w, again.1))
        (prose(&round.question))
        div.stack {
            @if let Some(outcome_kept) = &round.outcome { (section(w.t("round-outcome"), &outcome(w, one, outcome_kept))) }
            @if round.frozen.units > 0 { (section(w.t("round-figures"), &known(w, f))) }
            (section(w.t("round-terms"), &pairs(&terms(w, f))))
            @if one.office { (steps(visit, f, again)) }
        }
    };
    page::page(visit, &round.title, &body, again.1)
}

/// Where one goes from here.
fn ways(w: Words, f: &Facts) -> Vec<Markup> {
    let (one, round) = (&f.one, &f.one.round);
    let here = one.here();
    let link = |weight, path: &str, key| link_button(weight, &format!("{here}/{path}"), w.t(key));
    let mut ways = Vec::new();
    let runs = matches!(round.state, Standing::Roll | Standing::Notice | Standing::Open);
    if round.outcome.is_some() && (one.inside || round.state >= Standing::Posted) {
        ways.push(link(Weight::First, "sheet", "round-sheet"));
    }
    if round.state == Standing::Open && f.online {
        ways.push(link(Weight::First, "vote", "round-vote"));
    } else if runs {
        ways.push(link(Weight::Plain, "survey", "round-survey"));
    }
    if one.office && (runs || round.state == Standing::Closed) {
        ways.push(link(Weight::Plain, "board", "board-title"));
    }
    if f.types && matches!(round.state, Standing::Open | Standing::Closed) {
        ways.push(link(Weight::Plain, "papers", "papers-typed-title"));
    }
    if round.outcome.is_some() {
        ways.push(print_button(w));
    }
    ways
}

/// What visiting and voting came to so far: totals alone.
fn known(w: Words, f: &Facts) -> Markup {
    let round = &f.one.round;
    let count = |n: u64| format::count(n);
    let (units, size) = (count(f.totals.units.into()), area(round.frozen.area));
    let (buildings, floors) = (count(f.buildings as u64), count(f.floors));
    let (visits, days) = (count(f.spent.visits), count(f.spent.days));
    let (reached, agrees) = (count(f.totals.reached.into()), count(f.totals.agrees.into()));
    let (refuses, undecided) = (count(f.totals.refuses.into()), count(f.totals.undecided.into()));
    let (none, voted) = (count(f.totals.not_reached().into()), count(f.totals.voted.into()));
    let board = format!("{}/board", f.one.here());
    let href = f.one.office.then_some(board.as_str());
    let of = |label, value| Figure { label: w.t(label), value, href, ..Figure::default() };
    let mut list = vec![
        of("round-count-units", units.as_str()),
        Figure { unit: "m²", ..of("round-count-area", &size) },
        of("round-count-buildings", &buildings),
        of("round-count-floors", &floors),
        of("round-count-visits", &visits),
        of("round-count-days", &days),
        of("board-reached", &reached),
        of("board-not-reached", &none),
    ];
    // what people said is told in sums that point at nobody
    if f.one.inside || f.totals.reached >= 10 {
        list.extend([
            of("board-agrees", agrees.as_str()),
            of("board-refuses", &refuses),
            of("board-undecided", &undecided),
        ]);
    }
    if round.state >= Standing::Open {
        list.push(of("board-voted", &voted));
    }
    html! {
        (figures(&list))
        p.soft { (w.t("round-figures-note")) }
    }
}

fn terms(w: Words, f: &Facts) -> Vec<(&'static str, Markup)> {
    let round = &f.one.round;
    let mut facts = vec![
        (w.t("round-field-item"), html! { (w.t(&format!("consent-item-{}", round.item.name()))) }),
        (w.t("round-scope"), html! { (call::told_scope(w, round)) }),
        (w.t("round-field-rules"), html! { (w.t(&format!("round-rules-{}", round.rules))) }),
        (w.t("round-field-later"), html! { (w.t(&format!("round-later-{}", round.later.as_str()))) }),
    ];
    if let Some(cost) = round.cost {
        facts.push((w.t("round-field-cost"), html! { (Money::cny(cost.0).exact(w.locale())) }));
    }
    if let Some(law) = &round.law_day {
        facts.push((w.t("round-field-law-day"), day(w, law)));
    }
    if let (Some(id), Some(number)) = (&round.matter, &f.matter) {
        facts.push((w.t("round-field-matter"), html! { a href={ "/matters/" (id) } { (number) } }));
    }
    if let Some(version) = round.frozen.version {
        facts.push((w.t("round-register-version"), html! { (version) }));
    }
    for (key, id) in [
        ("round-notice-roll", &round.notices.roll),
        ("round-notice-call", &round.notices.call),
        ("round-notice-decision", &round.notices.decision),
    ] {
        if let Some(id) = id {
            facts.push((w.t(key), html! { a href={ "/notices/" (id) } { (w.t("round-notice-see")) } }));
        }
    }
    let days = &round.days;
    let steps = [
        ("round-day-roll", &days.roll),
        ("round-day-called", &days.called),
        ("round-day-opened", &days.opened),
        ("round-day-closed", &days.closed),
        ("round-day-counted", &days.counted),
        ("round-day-posted", &days.posted),
        ("round-day-over", &days.over),
    ];
    facts.extend(steps.into_iter().filter_map(|(key, on)| Some((w.t(key), day(w, on.as_ref()?)))));
    if let Some(stands) = round.stands {
        facts.push((w.t("round-challenge"), html! { (w.t(if stands { "round-stands" } else { "round-set-aside" })) }));
    }
    facts
}

/// What those who work on it do next.
fn steps(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
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
            html! { p { (w.t("round-next-notice")) } (press("notice", "round-call")) (worded("draft", "round-thaw")) }
        }
        Standing::Notice => {
            html! { p { (w.t("round-next-open")) } (press("open", "round-open")) (worded("draft", "round-thaw")) }
        }
        Standing::Open => html! { p { (w.t("round-next-closed")) } (press("closed", "round-close")) },
        Standing::Closed => html! {
            p { (w.t("round-next-counted")) }
            @if f.unsettled > 0 { p { strong { (w.t_with("refusal-papers-unsettled", &[("n", f.unsettled.into())])) } } }
            (press("counted", "round-count"))
        },
        Standing::Counted => html! {
            p { (w.t("round-next-posted")) }
            @if !rules::in_time(round.days.closed.as_ref(), &f.today) { p { strong { (w.t("round-post-late")) } } }
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
    sheet(w.t("round-next"), &next)
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

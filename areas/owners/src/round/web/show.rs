//! One round: what is asked, where it stands, what came of it, and the next step.

use axum::{extract::State, response::Response};
use consent::rules::Rule;
use db::Fault;
use kernel::{Day, Refusal};
use matters::duty::queries::Named;
use rights::{Action, may};
use ui::{
    Civil, Markup, Money, Words, format, html,
    parts::{
        Figure, Head, Tone, Weight, breadcrumb, day, figures, head, link_button, notice, pairs, print_button, prose,
        section, told,
    },
};
use web::{PathId, Problem, Rim, Visit};

use super::{
    super::{
        Round, RoundId, State as Standing, Terms, call,
        owed::{self, What},
        rules,
    },
    One, rule,
    sheet::outcome,
    state,
    steps::{committee_facts, steps},
};
use crate::{
    ballot,
    page::{self, Typed, area},
    visit::{self, Spent, Totals},
};

pub(super) struct Facts {
    pub one: One,
    pub terms: Terms,
    /// How it is counted; none where the rule set says nothing of the day.
    rule: Option<Rule>,
    /// What is owed: who, by when.
    owed: Vec<Named>,
    totals: Totals,
    spent: Spent,
    floors: u64,
    buildings: usize,
    pub unsettled: u64,
    matter: Option<String>,
    /// The rules admit ballots on pages of this site.
    online: bool,
    /// They type papers.
    types: bool,
    pub today: Day,
    now: kernel::Instant,
    /// Minutes east of UTC.
    offset: i32,
}

pub(super) async fn facts(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<Facts, Problem> {
    let (id, actor, cx) = (id.clone(), visit.actor.clone(), rim.context_of(visit));
    let (today, now, offset) = (cx.day, cx.now, cx.offset_minutes);
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let totals = visit::queries::totals(s, &id)?;
        let matter = match &one.round.matter {
            Some(matter) => Some(matters::matter::queries::matter(s, matter)?.number),
            None => None,
        };
        let online = one.round.channels(&today)?.contains(&consent::Channel::Online);
        let types = may(&actor, Action::Enrol, &one.place.site()?);
        let mut owed = Vec::new();
        // who owes something stands there for those who see what is due
        let asked: &[What] = match one.round.state {
            _ if !one.inside => &[],
            Standing::Notice | Standing::Open => &[What::Delegate],
            Standing::Closed | Standing::Counted => &[What::Result, What::Late],
            _ => &[],
        };
        for what in asked {
            owed.extend(owed::shown(s, &one.round, *what)?.filter(|named| named.duty.state.is_open()));
        }
        Ok::<_, Fault>(Facts {
            terms: one.round.terms(&today)?,
            rule: one.round.rule(&today)?,
            owed,
            now,
            offset,
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

/// `GET /rounds/{round}`: six statements, and two for each duty that may be owed.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    Ok(shown(&visit, &facts, (&Typed::new(), None)))
}

pub(super) fn shown(visit: &Visit, f: &Facts, again: (&Typed, Option<&Refusal>)) -> Response {
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
        @if matches!(round.state, Standing::Notice | Standing::Open) { (until(w, round, (&f.terms, &f.today))) }
        div.stack {
            @if let Some(outcome_kept) = &round.outcome { (section(w.t("round-outcome"), &outcome(w, one, outcome_kept))) }
            @if round.frozen.units > 0 { (section(w.t("round-figures"), &known(w, f))) }
            @if let Some(rule) = &f.rule {
                (section(w.t("round-rule"), &html! {
                    (rule::told(w, rule))
                    p.soft { (w.t_with("round-called-source", &[("source", rule.source.as_str().into())])) }
                }))
            }
            (section(w.t("round-terms"), &pairs(&terms(w, f))))
            @if !f.owed.is_empty() { (section(w.t("round-owed"), &owes(w, f))) }
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
    }
    // where one votes on these pages, a survey beside the vote would be taken for it
    if runs && !(round.state == Standing::Open && f.online) {
        ways.push(link(Weight::Plain, "survey", "round-survey"));
    }
    if one.office && (runs || round.state == Standing::Closed) {
        ways.push(link(Weight::Plain, "board", "board-title"));
    }
    if f.types && matches!(round.state, Standing::Open | Standing::Closed) {
        ways.push(link(Weight::Plain, "papers", "papers-typed-title"));
    }
    if f.types && runs {
        ways.push(link(Weight::Plain, "letters", "vote-letters-title"));
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
        (
            w.t("round-field-rules"),
            html! {
                a href={ "/places/" (round.place) "/owner-rules" } { (w.t(&format!("round-rules-{}", round.rules))) }
            },
        ),
        (w.t("round-field-meeting"), html! { (w.t(&format!("round-meeting-{}", round.meeting.as_str()))) }),
        (w.t("round-called-how"), html! { (called(w, f)) }),
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
        ("round-notice-extended", &round.closes.notice),
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
    // of a round that is over nobody registers any more who heard of it
    let heard = round.committee.told.is_some() || round.committee.came.is_some();
    if f.terms.hears.is_some() && round.days.called.is_some() && (heard || round.state <= Standing::Open) {
        facts.extend(committee_facts(w, (round, &f.terms), f.one.inside));
    }
    let last = rules::Time::of(round, &f.terms).last();
    if let Some(last) = last.filter(|_| days.closed.is_none() || round.closes.day.is_some()) {
        facts.push((w.t("round-vote-until"), day(w, &last)));
    }
    if let (Some(extended), Some(first)) = (&round.closes.extended, &round.closes.first) {
        facts.push((
            w.t("round-extended"),
            html! {
                (day(w, extended)) " · " (w.t("round-extended-before")) " " (day(w, first)) " · " (round.closes.why)
            },
        ));
    }
    if let Some(stands) = round.stands {
        facts.push((w.t("round-challenge"), html! { (w.t(if stands { "round-stands" } else { "round-set-aside" })) }));
    }
    facts
}

/// Until when one votes, why that was extended, or that the time is over.
pub(crate) fn until(w: Words, round: &Round, (terms, today): (&Terms, &Day)) -> Markup {
    let Some(last) = rules::Time::of(round, terms).last() else { return html! {} };
    let told = Civil::from(&last).full(w.locale());
    let args = [("day", told.as_str().into())];
    let (tone, key) = match round.state {
        Standing::Open if *today > last => (Tone::Due, "round-until-over"),
        Standing::Open => (Tone::Ok, "round-until"),
        _ => (Tone::Plain, "round-until-announced"),
    };
    html! {
        (notice(w, tone, "", &html! {
            p { strong { (w.t_with(key, &args)) } }
            @if !round.closes.why.is_empty() { p { (w.t_with("round-extended-why", &[("why", round.closes.why.as_str().into())])) } }
        }))
    }
}

/// How long the notice hangs, how long the vote is open, by when the result is posted, and which law says so.
fn called(w: Words, f: &Facts) -> Markup {
    let terms = &f.terms;
    let source = if terms.source.is_empty() { w.t("law-house") } else { terms.source.as_str() };
    let (least, most) = terms.vote.unwrap_or_default();
    let args = [
        ("notice", terms.notice.into()),
        ("within", terms.posted_within.into()),
        ("least", least.into()),
        ("most", most.into()),
        ("source", source.into()),
    ];
    html! {
        (w.t_with("round-called-notice", &args[..1])) " "
        @if terms.vote.is_some() { (w.t_with("round-called-vote", &args[2..4])) " " }
        (w.t_with(if terms.posted_by_law { "round-called-posted" } else { "round-called-posted-house" }, &args[1..2])) " "
        (w.t_with("round-called-source", &args[4..]))
    }
}

/// Who owes what by when, with its light.
fn owes(w: Words, f: &Facts) -> Markup {
    html! {
        ul.links { @for named in &f.owed { li {
            a href={ "/duties/" (named.duty.id) } { (named.duty.title) } " · " (named.holder(w))
            " " (named.due(w, f.now, f.offset))
        } } }
    }
}

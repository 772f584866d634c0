//! A poll: what is asked, by which rule, until when, and what came out.

use axum::{extract::State as From, response::Response};
use db::Fault;
use kernel::Day;
use ui::{
    Markup, Words, html,
    parts::{
        Figure, Head, Tone, Weight, acts, breadcrumb, cols, day, figures, head, link_button, notice, pairs, prose,
        section, sheet,
    },
    words::key_of,
};
use web::{PathId, Problem, Rim, Visit};

use super::{
    One, answer,
    hanging::{on_days, when},
    result, rule, state,
};
use crate::{
    Openness, Poll, PollId, PollKind, State,
    commands::publish,
    count::{Outcome, Received, Terms},
    queries::{self, Hangs, Published},
};

/// Voters of a poll at most whose count is shown while it runs: it is counted anew for each page.
const LIVE: u64 = 2_000;

struct Facts {
    one: One,
    result: Option<Published>,
    /// The verdict's page.
    verdict: Option<String>,
    today: Day,
    /// How the roll of a frozen poll hangs.
    hangs: Option<Hangs>,
    /// Ballots so far and what they come to, of an open poll whose count everybody sees.
    so_far: Option<(Received, Outcome)>,
}

/// `GET /polls/{poll}`: five statements at most; of a poll whose count is open some more while it runs.
pub(crate) async fn show(From(rim): From<Rim>, visit: Visit, PathId(id): PathId<PollId>) -> Result<Response, Problem> {
    let (actor, key, today) = (visit.actor.clone(), id.clone(), rim.context_of(&visit).day);
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &key)?;
        let (mut result, mut verdict) = (None, None);
        if one.poll.state == State::Published {
            result = queries::result(s, &key)?;
            let latest = matters::verdict::queries::about(s, key.home(), key.as_str())?;
            verdict = latest.first().map(|verdict| format!("/verdicts/{}", verdict.id));
        }
        let hangs = if one.poll.state == State::Roll { queries::hangs(s, &one.poll, &today)? } else { None };
        Ok::<_, Fault>(Facts { one, result, verdict, today: today.clone(), hangs, so_far: None })
    });
    let mut facts = read.await?;
    let counts = facts.one.poll.openness == Openness::Open && facts.one.poll.voters <= LIVE;
    if counts && facts.one.poll.state == State::Open {
        facts.so_far = so_far(&rim, &facts.one.poll).await;
    }
    Ok(answer(&visit, &facts.one.poll.title, &body(&visit, &facts), None))
}

/// What the ballots so far come to. Counting is work: it is done beside the request's thread.
async fn so_far(rim: &Rim, poll: &Poll) -> Option<(Received, Outcome)> {
    let (db, poll) = (rim.db.clone(), poll.clone());
    let counted = tokio::task::spawn_blocking(move || {
        // of those present nobody knows before the close
        let terms = Terms { present: poll.counts_present().then_some(poll.weight), ..Terms::of(&poll) };
        publish::tally(&db, &poll, &terms)
    });
    let counted = counted.await.ok()?.ok()?;
    Some((counted.received, counted.outcome))
}

fn body(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let (one, poll) = (&facts.one, &facts.one.poll);
    let kicker = [html! { (w.t(&key_of("poll-kind", poll.kind.as_str()))) }, state(w, poll)];
    let says = if poll.state == State::Open { "poll-share" } else { "poll-share-look" };
    let share = w.t_with(says, &[("title", (&poll.title).into()), ("place", (&one.place.shown).into())]);
    html! {
        (breadcrumb(w, &[("/polls", w.t("polls-title"))], &poll.title))
        (head(&Head { kicker: &kicker, title: &poll.title, ..Head::default() }))
        (cols(
            &html! {
                @if let Some(published) = &facts.result { (result::shown(w, poll, (published, facts.verdict.as_deref()))) }
                div.flow { (prose(&poll.body)) }
                (options(w, poll))
                div id="rule" {
                    (sheet(w.t("poll-rule-title"), &html! {
                        ul { @for sentence in rule::sentences(w, poll) { li { (sentence) } } }
                    }))
                }
                @if let Some((received, outcome)) = &facts.so_far { (result::so_far(w, poll, (*received, outcome))) }
            },
            &html! {
                (turn(w, facts))
                (sheet(w.t("poll-facts-title"), &pairs(&about(w, one))))
                @if one.keeps { (office(w, one)) }
                @if poll.state != State::Draft { (visit.share("share", &share, &one.here())) }
            },
        ))
    }
}

fn options(w: Words, poll: &Poll) -> Markup {
    let options = &poll.definition.options;
    html! {
        @if !options.is_empty() {
            (section(w.t("poll-options-title"), &html! {
                ol { @for option in options { li { strong { (option.title) } @if !option.about.is_empty() { " " (option.about) } } } }
            }))
        }
    }
}

/// What the reader can do now.
fn turn(w: Words, facts: &Facts) -> Markup {
    let poll = &facts.one.poll;
    let vote = format!("{}/vote", facts.one.here());
    let say = |tone, text: &str| notice(w, tone, "", &html! { p { (text) } });
    let ballots = |key: &str| html! { p { a href={ (facts.one.here()) "/ballots" } { (w.t(key)) } } };
    let on = |key: &str, at: &Day| on_days(w, key, &[("day", at)]);
    match poll.state {
        State::Draft => say(Tone::Due, w.t("poll-is-draft")),
        State::Roll => html! {
            (say(Tone::Due, &when(w, poll, (facts.hangs.as_ref(), &facts.today))))
            @if let Some(notice) = &poll.notice {
                p { a href={ "/notices/" (notice) } { (w.t("poll-roll-notice")) } }
            }
        },
        State::Open if facts.today < poll.opens_day => say(Tone::Due, &on("poll-opens-on", &poll.opens_day)),
        State::Open if facts.today > poll.closes_day => say(Tone::Due, w.t("poll-waits-for-count")),
        State::Open => html! {
            (say(Tone::Plain, &on("poll-open-until", &poll.closes_day)))
            (acts(&[link_button(Weight::First, &vote, w.t("poll-go"))]))
            (ballots("poll-ballots-own"))
        },
        State::Closed => html! {
            (say(Tone::Due, w.t("poll-waits-for-count")))
            (alone(w, poll))
            (ballots("poll-ballots-own"))
        },
        State::Published => html! {
            (alone(w, poll))
            (ballots("poll-ballots-to"))
        },
    }
}

/// That a poll closed by itself, and what follows for those who were present.
fn alone(w: Words, poll: &Poll) -> Markup {
    let key = if poll.counts_present() { "poll-closed-alone-present" } else { "poll-closed-alone" };
    html! { @if poll.closed_alone { p.small.soft { (w.t(key)) } } }
}

fn about(w: Words, one: &One) -> Vec<(&'static str, Markup)> {
    let poll = &one.poll;
    let mut list = vec![
        (w.t("poll-place"), html! { a href={ "/polls?place=" (one.place.id) } { (one.place.shown) } }),
        (w.t("poll-days"), html! { (day(w, &poll.opens_day)) " – " (day(w, &poll.closes_day)) }),
    ];
    if let Some(closed) = poll.closed_day.as_ref().filter(|closed| **closed < poll.closes_day) {
        list.push((w.t("poll-closed-early"), day(w, closed)));
    }
    list.extend([
        (w.t("poll-openness"), html! { (w.t(&key_of("poll-openness", poll.openness.as_str()))) }),
        (w.t("poll-template"), html! { (w.t(&key_of("poll-template", &poll.template))) }),
    ]);
    if poll.voters > 0 {
        list.push((w.t("poll-voters"), html! { span.num { (ui::format::count(poll.voters)) } }));
        if poll.weight != poll.voters {
            list.push((w.t("poll-weight"), html! { span.num { (ui::format::count(poll.weight)) } }));
        }
    }
    if !poll.seed.is_empty() && poll.kind != PollKind::Survey {
        list.push((w.t("poll-seed"), html! { span.url translate="no" { (poll.seed) } }));
    }
    list
}

fn office(w: Words, one: &One) -> Markup {
    let (poll, here) = (&one.poll, one.here());
    let link = |part: &str, label: &str| html! { li { a href={ (here) "/" (part) } { (label) } } };
    let open = poll.state == State::Open;
    sheet(
        w.t("poll-office-title"),
        &html! {
            ul.links {
                @if poll.state == State::Draft { (link("change", w.t("poll-change"))) }
                (link("roll", w.t("poll-roll-title")))
                @if matches!(poll.state, State::Roll | State::Open) && poll.takes_papers() { (link("papers", w.t("poll-papers-title"))) }
                @if open { (link("phone", w.t("poll-phone-title"))) }
                @if poll.state == State::Published && poll.openness == Openness::Named { (link("names", w.t("poll-names-title"))) }
            }
        },
    )
}

/// Figures of the roll, for the office's pages.
pub(crate) fn turnout(w: Words, (voters, voted): (u64, u64)) -> Markup {
    let (all, some) = (ui::format::count(voters), ui::format::count(voted));
    let share = ui::format::percent(voted, voters);
    let plain = Figure::default();
    figures(&[
        Figure { label: w.t("poll-voters"), value: &all, ..plain },
        Figure { label: w.t("poll-voted"), value: &some, ..plain },
        Figure { label: w.t("turnout-label"), value: &share, ..plain },
    ])
}

//! A conversation: what it is about, until when, and what came out.

use axum::{extract::State as From, response::Response};
use db::Fault;
use kernel::{Day, Instant};
use ui::{
    Markup, Words, html,
    parts::{
        Figure, Head, Tone, Weight, acts, breadcrumb, cols, day, figures, head, link_button, notice, pairs, prose,
        sheet,
    },
    words::key_of,
};
use web::{PathId, Problem, Rim, Visit};

use super::{One, answer, map, picture, provenance, state};
use crate::conversation::{
    Adds, Conversation, ConversationId, MAP_PEOPLE, Standing, State, Statement, map::Picture, queries,
};

struct Facts {
    one: One,
    picture: Option<(Instant, Picture)>,
    shown: Vec<Statement>,
    /// The verdict's page.
    verdict: Option<String>,
    waiting: i64,
    today: Day,
}

/// `GET /conversations/{conversation}`: four statements, and one for the office.
pub(crate) async fn show(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
) -> Result<Response, Problem> {
    let (actor, today) = (visit.actor.clone(), rim.context_of(&visit).day);
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let picture = queries::map(s, &id)?;
        let shown = queries::shown(s, &id)?;
        let waiting = if one.keeps { queries::n_of(s, &id, Standing::Waiting)? } else { 0 };
        let mut verdict = None;
        if one.conversation.state == State::Published {
            let latest = matters::verdict::queries::about(s, id.home(), id.as_str())?;
            verdict = latest.first().map(|verdict| format!("/verdicts/{}", verdict.id));
        }
        Ok::<_, Fault>(Facts { one, picture, shown, verdict, waiting, today: today.clone() })
    });
    let facts = read.await?;
    Ok(answer(&visit, &facts.one.conversation.title, &body(&visit, &facts), None))
}

fn body(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let (one, there) = (&facts.one, &facts.one.conversation);
    let kicker = [html! { (one.place.shown) }, state(w, there)];
    let says = if there.state == State::Open { "conversation-share" } else { "conversation-share-look" };
    let share = w.t_with(says, &[("title", (&there.title).into()), ("place", (&one.place.shown).into())]);
    html! {
        (breadcrumb(w, &[("/conversations", w.t("conversations-title"))], &there.title))
        (head(&Head { kicker: &kicker, title: &there.title, ..Head::default() }))
        (cols(
            &html! {
                div.flow { (prose(&there.body)) (provenance(w, there)) }
                (numbers(w, facts))
                (map_of(w, facts))
            },
            &html! {
                (turn(w, facts))
                (sheet(w.t("conversation-facts"), &pairs(&about(w, facts))))
                @if one.keeps { (office(w, facts)) }
                @if there.state != State::Draft { (visit.share("share", &share, &one.here())) }
            },
        ))
    }
}

/// How many take part, and how many votes: each leads to its records.
fn numbers(w: Words, facts: &Facts) -> Markup {
    let Some((_, picture)) = &facts.picture else { return html! {} };
    let here = facts.one.here();
    let (statements, map) = (format!("{here}/statements"), format!("{here}/map"));
    let count = |n: u32| ui::format::count(u64::from(n));
    let (people, n_statements, groups) =
        (count(picture.people), count(picture.statements), picture.groups.len().to_string());
    let votes = ui::format::count(picture.votes);
    // what was taken in has the numbers of its first home, which may have gaps
    let (all, taken_in) = (facts.one.conversation.statements, facts.one.conversation.is_taken_in());
    let note = if all > picture.statements && !taken_in {
        w.n("conversation-statements-of", i64::from(all))
    } else {
        String::new()
    };
    let plain = Figure::default();
    let grouped = picture.people >= MAP_PEOPLE;
    let mut list = vec![
        Figure { label: w.t("conversation-people"), value: &people, href: Some(&map), ..plain },
        Figure { label: w.t("conversation-votes"), value: &votes, href: Some(&statements), ..plain },
        Figure {
            label: w.t("conversation-statements"),
            value: &n_statements,
            href: Some(&statements),
            note: &note,
            ..plain
        },
    ];
    if grouped {
        list.push(Figure { label: w.t("conversation-groups"), value: &groups, href: Some(&map), ..plain });
    }
    figures(&list)
}

/// The map in small with what is shared; its page has the rest.
fn map_of(w: Words, facts: &Facts) -> Markup {
    let one = &facts.one;
    let href = format!("{}/map", one.here());
    match &facts.picture {
        Some((_, picture)) if picture.people >= MAP_PEOPLE => html! {
            section.flow {
                h2 { (w.t("conversation-map-title")) }
                figure.opinion { (picture::svg(w, picture, None)) }
            }
            section.flow {
                h2 { (w.t("conversation-shared")) }
                (map::shared(w, (&one.here(), &facts.shown), picture))
                (acts(&[link_button(Weight::Plain, &href, w.t("conversation-to-map"))]))
            }
        },
        _ => html! {},
    }
}

/// What the reader can do now.
fn turn(w: Words, facts: &Facts) -> Markup {
    let there = &facts.one.conversation;
    let say = |tone, text: &str| notice(w, tone, "", &html! { p { (text) } });
    let on = |key: &str, at: Option<&Day>| {
        let at = at.map(|at| ui::Civil::from(at).full(w.locale())).unwrap_or_default();
        w.t_with(key, &[("day", at.as_str().into())])
    };
    match there.state {
        State::Draft => say(Tone::Due, w.t("conversation-is-draft")),
        State::Open if there.closes_day.as_ref().is_some_and(|last| facts.today > *last) => {
            say(Tone::Due, w.t("conversation-waits"))
        }
        State::Open => html! {
            (say(Tone::Plain, &on("conversation-open-until", there.closes_day.as_ref())))
            (acts(&[link_button(Weight::First, &format!("{}/vote", facts.one.here()), w.t("conversation-go"))]))
        },
        State::Closed => say(Tone::Due, w.t("conversation-waits")),
        State::Published => html! {
            (say(Tone::Plain, w.t("conversation-is-over")))
            @if let Some(verdict) = &facts.verdict { p { a href=(verdict) { (w.t("conversation-verdict")) } } }
            p { a href={ (facts.one.here()) "/data.zip" } { (w.t("conversation-data")) } }
        },
    }
}

fn about(w: Words, facts: &Facts) -> Vec<(&'static str, Markup)> {
    let (one, there) = (&facts.one, &facts.one.conversation);
    let mut list = vec![(
        w.t("conversation-place"),
        html! { a href={ "/conversations?place=" (one.place.id) } { (one.place.shown) } },
    )];
    if let (Some(opens), Some(closes)) = (&there.opens_day, &there.closes_day) {
        list.push((w.t("conversation-when"), html! { (day(w, opens)) " – " (day(w, closes)) }));
    } else if !there.is_taken_in() {
        list.push((w.t("conversation-days"), html! { (there.days) }));
    }
    if !there.is_taken_in() {
        list.push((w.t("conversation-adds"), html! { (w.t(&key_of("conversation-adds", there.adds.as_str()))) }));
    }
    for (notice, key) in [(&there.notice, "conversation-notice"), (&there.end_notice, "conversation-end-notice")] {
        if let Some(notice) = notice {
            list.push((w.t(key), html! { a href={ "/notices/" (notice) } { (w.t("conversation-notice-read")) } }));
        }
    }
    if there.state != State::Draft {
        list.push((w.t("conversation-seed"), html! { span.num translate="no" { (there.seed) } }));
    }
    list
}

fn office(w: Words, facts: &Facts) -> Markup {
    let (one, there) = (&facts.one, &facts.one.conversation);
    let here = one.here();
    sheet(
        w.t("conversation-office"),
        &html! {
            ul.links {
                @if there.state == State::Draft { li { a href={ (here) "/change" } { (w.t("conversation-change")) } } }
                li { a href={ (here) "/office" } { (office_label(w, there, facts.waiting)) } }
            }
        },
    )
}

fn office_label(w: Words, there: &Conversation, waiting: i64) -> String {
    if there.adds == Adds::Residents && waiting > 0 {
        return w.n("conversation-waiting-n", waiting);
    }
    w.t("conversation-office-page").to_owned()
}

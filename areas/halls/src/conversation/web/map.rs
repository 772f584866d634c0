//! The map's page: the picture, the groups with what is typical of each, what all share, what parts them.

use axum::{extract::State as From, response::Response};
use db::Fault;
use kernel::Instant;
use ui::{
    Markup, Words, html,
    parts::{
        Column, Figure, Head, Table, Tone, Weight, acts, empty, figures, fold, head, link_button, notice, section,
        sheet, table,
    },
};
use web::{PathId, Problem, Rim, Visit};

use super::{One, answer, picture, provenance, said, state};
use crate::conversation::{
    ConversationId, GROUP_VOTES, MAP_PEOPLE, State, Statement,
    map::{Divide, Group, Picture, Place, Typical, place_of},
    queries, store,
};

struct Facts {
    one: One,
    shown: Vec<Statement>,
    picture: Option<(Instant, Picture)>,
    takes_part: bool,
    me: Option<Place>,
    verdict: Option<String>,
    offset: i32,
}

/// `GET /conversations/{conversation}/map`: four statements, two more for who takes part.
pub(crate) async fn show(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let offset = rim.context_of(&visit).offset_minutes;
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let (shown, picture) = (queries::shown(s, &id)?, queries::map(s, &id)?);
        let mine = queries::me(s, &id, &actor)?;
        let mut me = None;
        if let Some(mine) = &mine {
            me = store::members(s, &id)?.and_then(|members| place_of(&members, mine.number));
        }
        let mut verdict = None;
        if one.conversation.state == State::Published {
            let latest = matters::verdict::queries::about(s, id.home(), id.as_str())?;
            verdict = latest.first().map(|verdict| format!("/verdicts/{}", verdict.id));
        }
        Ok::<_, Fault>(Facts { one, shown, picture, takes_part: mine.is_some(), me, verdict, offset })
    });
    let facts = read.await?;
    let w = visit.words;
    let title = w.t("conversation-map-title");
    let body = html! {
        (facts.one.way(w, title))
        (head(&Head { kicker: &[state(w, &facts.one.conversation)], title, lead: &facts.one.conversation.title, ..Head::default() }))
        div.stack {
            @match &facts.picture {
                Some((at, picture)) if picture.people >= MAP_PEOPLE => (whole(w, &facts, (*at, picture))),
                other => (too_few(w, &facts, other.as_ref().map_or(0, |(_, picture)| picture.people))),
            }
            (provenance(w, &facts.one.conversation))
        }
    };
    Ok(answer(&visit, title, &body, None))
}

/// Why there is no map yet.
fn too_few(w: Words, facts: &Facts, people: u32) -> Markup {
    let told = w.t_with(
        "conversation-map-few",
        &[("people", i64::from(people).into()), ("least", i64::from(MAP_PEOPLE).into())],
    );
    let vote = format!("{}/vote", facts.one.here());
    let open = facts.one.conversation.state == State::Open;
    empty(&told, w.t("conversation-map-few-hint"), open.then_some((vote.as_str(), w.t("conversation-go"))))
}

fn whole(w: Words, facts: &Facts, (at, picture): (Instant, &Picture)) -> Markup {
    let here = facts.one.here();
    let open = facts.one.conversation.state == State::Open;
    html! {
        (numbers(w, &here, picture))
        figure.opinion {
            (picture::svg(w, picture, facts.me))
            figcaption.small.soft {
                @if open { (w.t_with("conversation-as-of", &[("time", clock(at, facts.offset).as_str().into())])) " " }
                (w.t("conversation-map-how"))
            }
        }
        @if facts.takes_part { (where_i_am(w, facts)) }
        (groups(w, facts, picture))
        (section(w.t("conversation-shared"), &shared(w, (&here, &facts.shown), picture)))
        (section(w.t("conversation-divides"), &divides(w, (&here, &facts.shown), picture)))
        (limits(w, picture))
        (ways(w, facts))
    }
}

/// `2026-11-22 10:05` by the jurisdiction's clock.
fn clock(at: Instant, offset_minutes: i32) -> String {
    format!("{} {}", kernel::local_day(at, offset_minutes), kernel::local_time(at, offset_minutes))
}

fn numbers(w: Words, here: &str, picture: &Picture) -> Markup {
    let statements = format!("{here}/statements");
    let count = |n: u32| ui::format::count(u64::from(n));
    let (people, grouped, n) = (count(picture.people), count(picture.grouped), count(picture.statements));
    let votes = ui::format::count(picture.votes);
    let plain = Figure::default();
    figures(&[
        Figure { label: w.t("conversation-people"), value: &people, href: Some("#groups"), ..plain },
        Figure {
            label: w.t("conversation-grouped"),
            value: &grouped,
            href: Some("#groups"),
            note: w.t("conversation-grouped-note"),
            ..plain
        },
        Figure { label: w.t("conversation-votes"), value: &votes, href: Some(&statements), ..plain },
        Figure { label: w.t("conversation-statements"), value: &n, href: Some(&statements), ..plain },
    ])
}

fn where_i_am(w: Words, facts: &Facts) -> Markup {
    let told = match facts.me {
        Some(Place { group: Some(group), .. }) => {
            let name = picture::name(w, group);
            w.t_with("conversation-you-in", &[("group", name.as_str().into())])
        }
        Some(_) => w.t("conversation-you-alone").to_owned(),
        None => w.t("conversation-you-not-yet").to_owned(),
    };
    notice(w, Tone::Plain, w.t("conversation-you-where"), &html! { p { (told) } })
}

/// The table of the picture, then each group with what is typical of it.
fn groups(w: Words, facts: &Facts, picture: &Picture) -> Markup {
    let columns = [
        Column::text(w.t("conversation-group-column")),
        Column::number(w.t("conversation-size")),
        Column::number(w.t("conversation-part")),
        Column::number(w.t("conversation-left-right")),
        Column::number(w.t("conversation-up-down")),
        Column::number(w.t("conversation-stability")),
    ];
    let half = crate::conversation::map::SIDE / 2;
    let rows: Vec<Vec<Markup>> = picture
        .groups
        .iter()
        .map(|group| {
            let share = ui::format::percent(u64::from(group.size), u64::from(picture.grouped));
            let stable = group.stability.map_or("–".to_owned(), |n| ui::format::percent(u64::from(n), 1_000));
            vec![
                html! { (picture::sign(group.id)) a href={ "#group-" (group.id) } { (picture::name(w, group.id)) } },
                html! { (group.size) },
                html! { (share) },
                html! { (group.center[0] - half) },
                html! { (half - group.center[1]) },
                html! { (stable) },
            ]
        })
        .collect();
    let alone = picture.people.saturating_sub(picture.grouped);
    let csv = format!("{}/map.csv", facts.one.here());
    html! {
        section.flow id="groups" {
            h2 { (w.n("conversation-groups-n", i64::try_from(picture.groups.len()).unwrap_or(0))) }
            (table(w, &Table { id: "map", caption: w.t("conversation-map-table"), columns: &columns, rows: &rows }))
            @if alone > 0 { p.small.soft { (w.n("conversation-alone-n", i64::from(alone))) } }
            p { a href=(csv) { (w.t("conversation-places-csv")) } }
        }
        @for group in &picture.groups { div id={ "group-" (group.id) } { (one_group(w, facts, group)) } }
    }
}

fn one_group(w: Words, facts: &Facts, group: &Group) -> Markup {
    let name = picture::name(w, group.id);
    let title =
        w.t_with("conversation-group-title", &[("group", name.as_str().into()), ("n", i64::from(group.size).into())]);
    let here = facts.one.here();
    let stable = group.stability.map(|n| if n >= 750 { "conversation-stable" } else { "conversation-unstable" });
    sheet(
        &title,
        &html! {
            p.small.soft { (picture::sign(group.id)) @if let Some(stable) = stable { (w.t(stable)) } }
            @if group.typical.is_empty() { p { (w.t("conversation-typical-none")) } }
            ul.said { @for typical in &group.typical { li { (typical_of(w, (&here, &facts.shown), typical)) } } }
        },
    )
}

type Of<'a> = (&'a str, &'a [Statement]);

/// A statement with the way to its counts.
fn linked(w: Words, (here, shown): Of<'_>, number: u32) -> Markup {
    let statement = shown.iter().find(|one| one.number == number);
    let text = statement.map_or_else(|| w.n("conversation-statement-n", i64::from(number)), |one| said(w, one));
    html! { a href={ (here) "/statements/" (number) } { (text) } }
}

fn typical_of(w: Words, of: Of<'_>, typical: &Typical) -> Markup {
    let key = if typical.agree { "conversation-typical-agree" } else { "conversation-typical-disagree" };
    let [x, n] = typical.here.map(i64::from);
    let [other_x, other_n] = typical.elsewhere.map(i64::from);
    let told = w.t_with(key, &[("x", x.into()), ("n", n.into()), ("ox", other_x.into()), ("on", other_n.into())]);
    html! { (linked(w, of, typical.number)) p { (told) } }
}

/// What all groups share.
pub(super) fn shared(w: Words, of: Of<'_>, picture: &Picture) -> Markup {
    html! {
        @if picture.shared.is_empty() { p { (w.t("conversation-shared-none")) } }
        @else { p.small.soft { (w.t("conversation-shared-note")) } }
        ul.said {
            @for one in &picture.shared {
                @let all = picture.of(one.number).map_or([0; 3], |counted| counted.all);
                @let n: u32 = all.iter().sum();
                @let (key, x) = if one.agree { ("conversation-shared-agree", all[0]) } else { ("conversation-shared-disagree", all[1]) };
                li {
                    (linked(w, of, one.number))
                    p { (w.t_with(key, &[("x", i64::from(x).into()), ("n", i64::from(n).into())])) }
                }
            }
        }
    }
}

fn divides(w: Words, of: Of<'_>, picture: &Picture) -> Markup {
    html! {
        @if picture.divides.is_empty() { p { (w.t("conversation-divides-none")) } }
        ul.said { @for one in &picture.divides { li { (linked(w, of, one.number)) p { (divide(w, picture, one)) } } } }
    }
}

fn divide(w: Words, picture: &Picture, one: &Divide) -> String {
    let counts = |id: u32| {
        let at = picture.groups.iter().position(|group| group.id == id)?;
        let count = picture.of(one.number)?.groups.get(at)?;
        Some((i64::from(count[0]), i64::from(count.iter().sum::<u32>())))
    };
    let ((x, n), (ox, on)) = (counts(one.most).unwrap_or_default(), counts(one.least).unwrap_or_default());
    let (most, least) = (picture::name(w, one.most), picture::name(w, one.least));
    w.t_with(
        "conversation-divide",
        &[
            ("most", most.as_str().into()),
            ("least", least.as_str().into()),
            ("x", x.into()),
            ("n", n.into()),
            ("ox", ox.into()),
            ("on", on.into()),
        ],
    )
}

/// What the picture shows of all differences, and what it cannot say.
fn limits(w: Words, picture: &Picture) -> Markup {
    let [first, second] = picture.explained;
    let percent = |n: u32| ui::format::percent(u64::from(n), 1_000);
    let (shown, hidden) = (percent(first + second), percent(1_000_u32.saturating_sub(first + second)));
    let far = match picture.silhouette {
        500.. => "conversation-far",
        250.. => "conversation-near",
        _ => "conversation-touching",
    };
    let body = html! {
        ul {
            li { (w.t_with("conversation-explained", &[("shown", shown.as_str().into()), ("hidden", hidden.as_str().into())])) }
            @if picture.groups.len() > 1 { li { (w.t(far)) } }
            li { (w.t("conversation-limit-who")) }
            li { (w.t("conversation-limit-many")) }
            li { (w.n("conversation-few-rule", i64::from(GROUP_VOTES))) }
        }
        (fold(w.t("conversation-method"), &html! {
            p { (w.t("conversation-method-axes")) }
            p { (w.t("conversation-method-groups")) }
            p { (w.t("conversation-method-typical")) }
            p { (w.t("conversation-method-source")) }
        }))
    };
    section(w.t("conversation-limits"), &body)
}

fn ways(w: Words, facts: &Facts) -> Markup {
    let here = facts.one.here();
    let mut ways =
        vec![link_button(Weight::Plain, &format!("{here}/statements"), w.t("conversation-statements-title"))];
    if facts.one.conversation.state == State::Open {
        ways.insert(0, link_button(Weight::First, &format!("{here}/vote"), w.t("conversation-go")));
    }
    if let Some(verdict) = &facts.verdict {
        ways.push(link_button(Weight::Plain, verdict, w.t("conversation-verdict")));
        ways.push(link_button(Weight::Plain, &format!("{here}/data.zip"), w.t("conversation-data")));
    }
    acts(&ways)
}

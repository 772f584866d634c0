//! `GET /seasons/{season}/showcase`: the showcase, which prints as it stands.

use axum::{
    extract::{Query, State},
    response::Response,
};
use kernel::Fen;
use programmes::{SeasonId, page, template::name_of, web::shown};
use serde::Deserialize;
use ui::{
    Markup, Words,
    format::{Count, excerpt},
    html,
    parts::{
        self, Figure, Tone, Weight, acts, button_named, day, figures, link_button, notice, pager, photos, print_button,
        section, tag,
    },
};
use web::{PathId, Problem, Rim, Visit};

use super::{
    super::{Section, facts::Money},
    Told, not_yet, opening, prose, told,
};
use crate::{done::Done, figure::Unit};

/// Projects of a page.
pub(super) const PAGE: usize = 60;

/// From which project on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct After {
    after: u32,
}

pub(super) async fn page(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<After>,
) -> Result<Response, Problem> {
    let told = told(&rim, &visit, id).await?;
    if !told.is_seen() {
        return Ok(not_yet(&visit, &told));
    }
    let (w, here) = (visit.words, told.here());
    let quiet = |path: &str, key: &str| link_button(Weight::Quiet, &format!("{here}/{path}"), w.t(key));
    let pdf = rim.settings.pdf.as_ref().map(|_| quiet("showcase.pdf", "showcase-pdf"));
    let ways: Vec<Markup> = [print_button(w), quiet("showcase.docx", "showcase-docx")]
        .into_iter()
        .chain(pdf)
        .chain([
            quiet("projects.xlsx", "showcase-xlsx"),
            quiet("release", "release-title"),
            quiet("slides", "slides-title"),
        ])
        .collect();
    let lead = w.t_with("showcase-lead", &[("season", told.facts.season().name.as_str().into())]);
    let body = html! {
        (opening(&visit, &told, (w.t("showcase-title"), &lead), &ways))
        @if told.runs { (for_the_office(&visit, &told)) }
        @for part in Section::ALL.iter().filter(|part| !part.is_release() && told.has(**part)) {
            (one(&visit, &told, *part, which.after))
        }
        @if let Some(since) = &told.showcase.published {
            p.soft { (w.t("showcase-since")) " " (day(w, since)) }
        }
    };
    Ok(page::page(&visit, w.t("showcase-title"), &body, None))
}

/// What only the office sees: whether it is published, and the button.
pub(super) fn for_the_office(visit: &Visit, told: &Told) -> Markup {
    let (w, here) = (visit.words, told.here());
    let action = format!("{here}/showcase/publish");
    let published = told.showcase.published.is_some();
    let (tone, said) = if published { (Tone::Ok, "showcase-is-public") } else { (Tone::Due, "showcase-is-draft") };
    let press = if published {
        button_named(Weight::Quiet, "act", "withdraw", w.t("showcase-withdraw"))
    } else {
        button_named(Weight::First, "act", "publish", w.t("showcase-publish"))
    };
    notice(
        w,
        tone,
        "",
        &html! {
            p { (w.t(said)) }
            (page::form(visit, &action, &[], &acts(&[press, link_button(Weight::Quiet, &format!("{here}/forms"), w.t("forms-title"))])))
        },
    )
}

/// A part with its text and what belongs to it; nothing where there is nothing to tell.
fn one(visit: &Visit, told: &Told, part: Section, after: u32) -> Markup {
    let w = visit.words;
    let text = told.text(visit, part);
    let more = match part {
        Section::Done => numbers(w, told),
        Section::Projects => projects(w, told, after),
        Section::Awards => awards(w, told),
        _ => html! {},
    };
    if text.is_empty() && more.0.is_empty() && !told.runs {
        return html! {};
    }
    let body = html! { (prose(&told.values, &text)) (more) (ways(visit, told, part)) };
    if part == Section::Opening {
        // it begins the page and needs no heading
        return html! { div.stack { (body) } };
    }
    section(w.t(&format!("showcase-part-{}", part.as_str())), &body)
}

/// The office's ways at a part: to its text, and whether it is shown.
pub(super) fn ways(visit: &Visit, told: &Told, part: Section) -> Markup {
    if !told.runs {
        return html! {};
    }
    let w = visit.words;
    let at = format!("{}/showcase/texts/{}", told.here(), part.as_str());
    let open = told.is_open(part);
    let press = if open {
        button_named(Weight::Quiet, "act", "hide", w.t("showcase-hide"))
    } else {
        button_named(Weight::Quiet, "act", "show", w.t("showcase-show"))
    };
    html! {
        @if !open { p { (tag(Tone::Due, w.t("showcase-hidden"))) } }
        (page::form(visit, &format!("{at}/arrange"), &[], &acts(&[link_button(Weight::Plain, &at, w.t("showcase-edit")), press])))
    }
}

/// The figures that everybody looks for, large.
fn numbers(w: Words, told: &Told) -> Markup {
    let wanted = ["activities", "direct_visits", "indirect_visits"];
    let there: Vec<_> = (wanted.iter())
        .filter_map(|key| told.facts.report.figures.iter().find(|figure| figure.key == *key && figure.value > 0))
        .map(|figure| {
            let key = figure.key.replace('_', "-");
            // a shortened count says its unit itself: more than 2,000 attendances
            let (value, unit) = match figure.unit {
                Unit::Visits => (figure.printed().attendances(w), ""),
                unit => (ui::format::count(figure.value), w.t(&format!("figure-unit-{}", unit.as_str()))),
            };
            let note = if figure.estimated { w.t("figure-estimated") } else { "" };
            (w.t(&format!("figure-{key}")), value, unit, figure.page(told.facts.season()), note)
        })
        .collect();
    let list: Vec<Figure<'_>> = (there.iter())
        .map(|(label, value, unit, href, note)| Figure { label, value, unit, href: Some(href), note })
        .collect();
    html! { @if !list.is_empty() { (figures(&list)) } }
}

fn projects(w: Words, told: &Told, after: u32) -> Markup {
    let all = &told.facts.done;
    let from = all.partition_point(|row| row.number <= after);
    let rows = &all[from..all.len().min(from + PAGE)];
    if rows.is_empty() {
        return html! {};
    }
    let here = told.here();
    let next = (from + rows.len() < all.len()).then(|| rows.last()).flatten();
    let next = next.map(|row| format!("{here}/showcase?after={}", row.number));
    let first = (from > 0).then(|| format!("{here}/showcase"));
    html! {
        @for row in rows { (project(w, told, row)) }
        (pager(w, first.as_deref(), next.as_deref()))
    }
}

/// What is said under a project's name: its field, tier and group.
pub(super) fn belongs(w: Words, told: &Told, row: &Done) -> Vec<String> {
    let (locale, template) = (w.locale(), &told.facts.template);
    let tier = template.tiers.iter().find(|tier| tier.key == row.tier).map_or("", |tier| tier.name.of(locale));
    let names = [name_of(&template.fields, &row.field, locale), tier, name_of(&template.groups, &row.team, locale)];
    names.iter().filter(|name| !name.is_empty()).map(|name| (*name).to_owned()).collect()
}

/// What a project did, a piece each: activities, visits counted and estimated apart, money.
pub(super) fn deeds(w: Words, told: &Told, row: &Done) -> Vec<String> {
    let counts = &row.counts;
    let said = |key: &str, n: u64| {
        (n > 0).then(|| w.t_with(key, &[("visits", Count::exact(n).attendances(w).as_str().into())]))
    };
    let n = i64::try_from(counts.held).unwrap_or(i64::MAX);
    let amount = |key: &str, fen: Fen| {
        let text = shown::amount(w, told.facts.season(), fen.0);
        (fen.0 > 0).then(|| w.t_with(key, &[("amount", text.as_str().into())]))
    };
    let spent = told.facts.money.map(|_: Money| row.spent).unwrap_or_default();
    [
        (n > 0).then(|| w.n("showcase-n-activities", n)),
        said("showcase-direct", counts.direct_visits),
        said("showcase-direct-guessed", counts.estimated_direct),
        said("showcase-indirect", counts.indirect_visits),
        amount("showcase-granted", row.grant),
        amount("showcase-spent", spent),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn project(w: Words, told: &Told, row: &Done) -> Markup {
    let here = told.here();
    let locale = w.locale();
    let awards = row.awards.iter().map(|key| name_of(&told.facts.template.awards, key, locale));
    html! {
        article.sheet.told {
            @if let Some((activity, photo)) = &row.photo {
                @let href = format!("/activities/{activity}/files/{}", photo.file);
                @let alt = if photo.caption.is_empty() { row.name.as_str() } else { photo.caption.as_str() };
                (photos(&[parts::Photo { src: &format!("{href}/small"), alt, href: Some(&href), caption: &photo.caption }]))
            }
            div.stack {
                h3 { a href={ (here) "/projects/" (row.number) } { (row.name) } }
                p.meta {
                    @for name in belongs(w, told, row) { span { (name) } }
                    @for award in awards { (tag(Tone::Ok, award)) }
                }
                @if !row.about.is_empty() { p { (excerpt(&row.about, 160)) } }
                p.meta { @for deed in deeds(w, told, row) { span { (deed) } } }
                @if told.facts.money.is_some() {
                    p.small { a href={ (here) "/projects/" (row.number) "/money" } { (w.t("showcase-money-of")) } }
                }
            }
        }
    }
}

/// The awards with the projects that were given them.
fn awards(w: Words, told: &Told) -> Markup {
    let here = told.here();
    if told.facts.done.iter().all(|row| row.awards.is_empty()) {
        return html! {};
    }
    html! {
        ul {
            @for term in &told.facts.template.awards {
                @let given: Vec<&Done> = told.facts.done.iter().filter(|row| row.awards.contains(&term.key)).collect();
                @if !given.is_empty() {
                    li {
                        strong { (term.name.of(w.locale())) } (w.t("showcase-colon"))
                        @for (at, row) in given.iter().enumerate() {
                            @if at > 0 { (w.t("showcase-and")) }
                            a href={ (here) "/projects/" (row.number) } { (row.name) }
                        }
                    }
                }
            }
        }
    }
}

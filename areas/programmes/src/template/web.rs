//! Pages: the programmes that this installation can run, and how one of them works.

use axum::{Router, extract::State, response::Response, routing::get};
use ui::{
    Markup, Words, html,
    parts::{Card, Column, Head, Table, Tone, breadcrumb, cards, fold, head, section, sheet, steps, table, tag},
};
use web::{Problem, Rim, Section, Visit};

use super::{Combine, Moderation, Template, queries};
use crate::award::web::choice as award;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new().route("/programmes", get(list)).route("/programmes/{key}", get(show))
}

/// `GET /programmes`: two statements.
async fn list(State(rim): State<Rim>, visit: Visit) -> Result<Response, Problem> {
    let templates = rim.db.read(queries::here).await?;
    let w = visit.words;
    let hrefs: Vec<String> = templates.iter().map(|t| format!("/programmes/{}", t.key)).collect();
    let list: Vec<Card<'_>> = (templates.iter().zip(&hrefs))
        .map(|(t, href)| Card {
            title: t.name.of(w.locale()),
            href,
            tag: html! {},
            meta: &[],
            excerpt: t.about.of(w.locale()),
        })
        .collect();
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons"))], w.t("programmes-title")))
        (head(&Head { title: w.t("programmes-title"), lead: w.t("programmes-lead"), ..Head::default() }))
        (cards(&list))
    };
    Ok(visit.page(Section::Seasons, w.t("programmes-title"), &body))
}

/// `GET /programmes/{key}`: two statements.
async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    axum::extract::Path(key): axum::extract::Path<String>,
) -> Result<Response, Problem> {
    let template = rim.db.read(move |s| queries::one_here(s, &key)).await?;
    let w = visit.words;
    let title = template.name.of(w.locale());
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), ("/programmes", w.t("programmes-title"))], title))
        (head(&Head { title, lead: template.about.of(w.locale()), ..Head::default() }))
        div.stack { (explained(w, &template)) }
    };
    Ok(visit.page(Section::Seasons, title, &body))
}

/// How a programme works, in words: its stages, fields, questions, budget and decision.
pub fn explained(w: Words, t: &Template) -> Markup {
    html! {
        (section(w.t("template-stages"), &steps(&t.stages.iter().map(|s| html! {
            (w.t(&format!("stage-{}", s.stage.as_str()))) " · " span.soft { (w.n("template-days", s.days)) }
        }).collect::<Vec<_>>())))
        @if !t.fields.is_empty() {
            (section(w.t("template-fields"), &html! { p {
                @for field in &t.fields { (tag(Tone::Plain, field.name.of(w.locale()))) " " }
            } }))
        }
        (ideas(w, t))
        @if !t.tiers.is_empty() { (tiers(w, t)) }
        @if !t.questions.is_empty() {
            (section(w.t("template-questions"), &html! { dl.pairs { @for q in &t.questions {
                div { dt { (q.name.of(w.locale())) } dd { (q.hint.of(w.locale())) } }
            } } }))
        }
        @if !t.budget.lines.is_empty() { (budget(w, t)) }
        (decided(w, t))
        @if !t.awards.is_empty() { (awards(w, t)) }
    }
}

/// What awards are given for, each with who decides.
fn awards(w: Words, t: &Template) -> Markup {
    section(
        w.t("awards-title"),
        &html! { dl.pairs { @for term in &t.awards {
            div { dt { (term.name.of(w.locale())) } dd { (award::by(w, term)) } }
        } } },
    )
}

fn ideas(w: Words, t: &Template) -> Markup {
    let seen = match t.ideas.moderation {
        Moderation::Before => "template-moderation-before",
        Moderation::After => "template-moderation-after",
    };
    sheet(
        w.t("ideas-title"),
        &html! {
            p { (w.t(seen)) }
            p { (w.n("template-answer", t.ideas.answer_workdays)) }
        },
    )
}

fn tiers(w: Words, t: &Template) -> Markup {
    let columns = [Column::text(w.t("template-tier")), Column::text(w.t("template-cap"))];
    let rows: Vec<Vec<Markup>> = (t.tiers.iter())
        .map(|tier| {
            vec![
                html! { (tier.name.of(w.locale())) },
                html! { (ui::Money::new(tier.cap.0, "CNY", 2).short(w.locale())) },
            ]
        })
        .collect();
    section(
        w.t("template-tiers"),
        &table(w, &Table { id: "tiers", caption: w.t("template-tiers"), columns: &columns, rows: &rows }),
    )
}

fn budget(w: Words, t: &Template) -> Markup {
    let money = |fen: kernel::Fen| ui::Money::new(fen.0, "CNY", 2).short(w.locale());
    let says = |key: &str, limit: Option<kernel::Fen>| Some(w.t_with(key, &[("limit", (&money(limit?)).into())]));
    let share = |(part, whole): (u32, u32)| format!("{part}/{whole}");
    let limits = [
        says("template-grant-limit", t.budget.cap),
        says("template-asset-limit", t.budget.asset_limit),
        says("template-volunteer-limit", t.budget.volunteer_limit),
        t.budget.grant_share.map(|of| w.t_with("template-grant-share", &[("share", (&share(of)).into())])),
    ];
    section(
        w.t("template-budget"),
        &html! {
            ul.links {
                @for line in &t.budget.lines {
                    li {
                        (line.name.of(w.locale()))
                        @if let Some(of) = line.share {
                            " · " span.soft { (w.t_with("template-line-share", &[("share", (&share(of)).into())])) }
                        }
                    }
                }
            }
            @for limit in limits.into_iter().flatten() { p { (limit) } }
        },
    )
}

fn decided(w: Words, t: &Template) -> Markup {
    let key = format!("template-{}", t.combine.word());
    html! {
        (sheet(w.t("template-decision"), &html! {
            p { (w.t(&key)) }
            @if let Combine::WeightedRanks { review, vote } = t.combine {
                p { (w.t_with("template-weights", &[("review", review.into()), ("vote", vote.into())])) }
            }
            @if let Some(review) = &t.review {
                (fold(w.t("template-criteria"), &html! { ul { @for c in &review.criteria {
                    li { (c.name.of(w.locale())) " · " (w.n("template-points", c.weight)) br;
                        span.small.soft { (c.hint.of(w.locale())) } }
                } } }))
            }
        }))
    }
}

//! Pages: the list with its form, one idea with what is said of it, and the office's work.

mod acts;
mod form;
mod list;
mod photos;
mod show;
mod talk;
mod withdraw;
mod work;

use axum::{
    Router,
    routing::{get, post},
};
use ui::{
    Markup, Words, html,
    parts::{Card, Tone, tag},
};
use web::{Rim, Upload};

use super::{Idea, State};
use crate::{SeasonId, Template, season::web::shown, template::name_of};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/ideas", Upload::route(get(list::list).post(form::send)))
        .route("/seasons/{season}/ideas/work", get(work::work))
        .route("/seasons/{season}/ideas/merge", post(work::merge))
        .route("/seasons/{season}/ideas/{idea}", get(show::show))
        .route("/seasons/{season}/ideas/{idea}/answer", post(acts::answer))
        .route("/seasons/{season}/ideas/{idea}/hide", post(acts::hide))
        .route("/seasons/{season}/ideas/{idea}/show", post(acts::show))
        .route("/seasons/{season}/ideas/{idea}/split", post(acts::split))
        .route("/seasons/{season}/ideas/{idea}/withdraw", get(withdraw::asked).post(acts::withdraw))
        .route("/seasons/{season}/ideas/{idea}/support", post(acts::support))
        .route("/seasons/{season}/ideas/{idea}/unsupport", post(acts::unsupport))
        .route("/seasons/{season}/ideas/{idea}/comments", post(acts::comment))
        .route("/seasons/{season}/ideas/{idea}/comments/{comment}/hide", post(acts::hide_comment))
        .route("/seasons/{season}/ideas/{idea}/files/{file}", get(photos::whole))
        .route("/seasons/{season}/ideas/{idea}/files/{file}/small", get(photos::small))
}

/// Ideas under one another. With a template, each says its field.
pub(crate) fn cards(w: Words, season: &SeasonId, ideas: &[Idea], template: Option<&Template>) -> Markup {
    let hrefs: Vec<String> = ideas.iter().map(|i| format!("/seasons/{season}/ideas/{}", i.id)).collect();
    let excerpts: Vec<String> = ideas.iter().map(|i| shown::excerpt(&i.body, 100)).collect();
    let metas: Vec<Vec<Markup>> = ideas.iter().map(|i| facts(w, i, template)).collect();
    let list = ideas.iter().enumerate().map(|(at, idea)| Card {
        title: &idea.title,
        href: &hrefs[at],
        tag: where_it_stands(w, idea),
        meta: &metas[at],
        excerpt: &excerpts[at],
    });
    ui::parts::cards(&list.collect::<Vec<_>>())
}

/// Small facts: who, when, where, which field, how many support and comment it.
fn facts(w: Words, idea: &Idea, template: Option<&Template>) -> Vec<Markup> {
    let mut facts = vec![by(w, idea), shown::day(w, &idea.posted_day)];
    if !idea.place_name.is_empty() {
        facts.push(html! { (idea.place_name) });
    }
    if let Some(template) = template.filter(|_| !idea.field.is_empty()) {
        facts.push(html! { (name_of(&template.fields, &idea.field, w.locale())) });
    }
    if idea.source != kernel::Source::Web {
        facts.push(html! { (w.t(&format!("source-{}", idea.source.as_str()))) });
    }
    if idea.n_supports > 0 {
        facts.push(html! { (w.n("idea-supports", idea.n_supports)) });
    }
    if idea.n_comments > 0 {
        facts.push(html! { (w.n("idea-comments-n", idea.n_comments)) });
    }
    facts
}

fn by(w: Words, idea: &Idea) -> Markup {
    html! {
        @if idea.author.is_empty() { (w.t("idea-by-resident")) }
        @else { (w.t_with("idea-by", &[("name", (&idea.author).into())])) }
    }
}

/// In a word: what the office said, or who sees it.
fn where_it_stands(w: Words, idea: &Idea) -> Markup {
    match (&idea.answer, idea.state) {
        (Some(answer), State::Shown | State::Merged) => {
            let tone = if answer.outcome == super::Outcome::TakenUp { Tone::Ok } else { Tone::Plain };
            tag(tone, w.t(&format!("idea-outcome-{}", answer.outcome.as_str())))
        }
        (_, State::Shown) => html! {},
        (_, state) => tag(Tone::Due, w.t(&format!("idea-state-{}", state.as_str()))),
    }
}

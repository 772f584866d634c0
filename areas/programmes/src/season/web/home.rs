//! The first page: what one can do now.

use axum::{Extension, extract::State, response::Response};
use db::Fault;
use ledger::read;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Figure, Head, Weight, acts, cards, cols, day, empty, figures, head, link_button, section, sheet,
        sheet_needs_you,
    },
    words::key_of,
};
use web::{Problem, Rim, Section, Visit};

use super::shown;
use crate::{
    Idea, Phase, Season, Stage,
    idea::{queries as ideas_of, web as ideas},
    running::{OpenNow, Told},
    season::queries,
};

/// Ideas and results shown at most.
const FEW: usize = 5;

struct Facts {
    seasons: Vec<Season>,
    ideas: Vec<Idea>,
    open: Vec<OpenNow>,
    entries: u64,
}

impl Facts {
    /// The newest season that something can be done in.
    fn newest(&self, now: Now) -> Option<&Season> {
        self.seasons.iter().find(|season| now.is(season))
    }
}

/// What a season asks for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Now {
    /// Ideas.
    Ideas,
    /// Ballots.
    Ballots,
    /// Objections to its list.
    Objections,
    /// Nothing any more: its result is there to be read.
    Result,
    /// Patience.
    Patience,
}

impl Now {
    fn is(self, season: &Season) -> bool {
        let now = match (season.stage, season.phase) {
            (_, Phase::Voting) => Now::Ballots,
            (Stage::Ideas, _) => Now::Ideas,
            (Stage::Notice, _) => Now::Objections,
            (Stage::Approved | Stage::Running | Stage::Midterm | Stage::Closing | Stage::Showcase, _) => Now::Result,
            _ => Now::Patience,
        };
        now == self
    }
}

/// `GET /`: three statements, and four for what is open in other areas, one each.
pub(crate) async fn show(
    State(rim): State<Rim>,
    Extension(evidence): Extension<Told>,
    visit: Visit,
) -> Result<Response, Problem> {
    let facts = rim
        .db
        .read(move |s| {
            let open = evidence.0.open_now(s, FEW)?;
            let seasons = queries::seasons(s, None)?;
            let entries = read::head(s)?.map_or(0, |head| head.size);
            let collecting = seasons.iter().find(|s| Now::Ideas.is(s)).map(|s| s.id.clone());
            let ideas = match collecting {
                Some(id) => ideas_of::ideas(s, &id, None)?,
                None => Vec::new(),
            };
            Ok::<_, Fault>(Facts { seasons, ideas, open, entries })
        })
        .await?;
    let w = visit.words;
    Ok(visit.page(Section::Home, w.t("home-title"), &page(w, &facts)))
}

fn page(w: Words, facts: &Facts) -> Markup {
    let running: Vec<&Season> = facts.seasons.iter().filter(|s| !Now::Result.is(s)).take(FEW).collect();
    let results: Vec<&Season> = facts.seasons.iter().filter(|s| Now::Result.is(s)).take(FEW).collect();
    html! {
        (head(&Head { title: w.t("home-title"), lead: w.t("home-lead"), ..Head::default() }))
        (cols(
            &html! {
                (to_do(w, facts))
                (sheet(w.t("matter-new"), &html! {
                    p { (w.t("home-report")) }
                    (acts(&[
                        link_button(Weight::Plain, "/matters/new", w.t("matter-new")),
                        link_button(Weight::Quiet, "/matters", w.t("nav-matters")),
                    ]))
                }))
                @if !facts.open.is_empty() { (section(w.t("home-open"), &open_now(w, &facts.open))) }
                @if !running.is_empty() { (section(w.t("home-now"), &shown::season_cards(w, &running))) }
                @if !results.is_empty() { (section(w.t("home-results"), &shown::season_cards(w, &results))) }
                @if facts.seasons.len() > running.len() + results.len() {
                    p { a href="/seasons" { (w.t("seasons-all")) } }
                }
            },
            &html! {
                @if let Some(season) = facts.newest(Now::Ideas).filter(|_| !facts.ideas.is_empty()) {
                    (section(w.t("home-ideas"), &html! {
                        (ideas::cards(w, &season.id, facts.ideas.get(..FEW).unwrap_or(&facts.ideas), None))
                        p { a href={ "/seasons/" (season.id) "/ideas" } { (w.t("ideas-all")) } }
                    }))
                }
                (sheet(w.t("home-about-title"), &html! {
                    p { (w.t("home-about-rule")) }
                    p { (w.t("home-about-why")) }
                    p { (w.t("home-about-check")) }
                }))
                (sheet(w.t("home-check-title"), &html! {
                    (figures(&[Figure {
                        label: w.t("ledger-size"),
                        value: &ui::format::count(facts.entries),
                        href: Some("/ledger"),
                        ..Figure::default()
                    }]))
                    p { (w.t("home-check")) }
                }))
            },
        ))
    }
}

/// What is open beside seasons: what it is, and until when.
fn open_now(w: Words, open: &[OpenNow]) -> Markup {
    let meta: Vec<Vec<Markup>> = (open.iter())
        .map(|one| {
            let kind = html! { (w.t(&key_of("open-now", one.kind))) };
            let until = one.until.as_ref().map(|last| html! { (w.t("home-open-until")) " " (day(w, last)) });
            std::iter::once(kind).chain(until).collect()
        })
        .collect();
    let list: Vec<Card<'_>> = (open.iter().zip(&meta))
        .map(|(one, meta)| Card { title: &one.title, href: &one.href, tag: Markup::default(), meta, excerpt: "" })
        .collect();
    cards(&list)
}

/// The one thing to do now: bring an idea, else look at what is voted on, else read the newest result.
fn to_do(w: Words, facts: &Facts) -> Markup {
    let choices = [
        (Now::Ideas, "home-do-idea", "idea-new", "/ideas#idea-form"),
        (Now::Ballots, "home-do-vote", "vote-go", "/vote"),
        (Now::Objections, "home-do-list", "season-see-list", "/selection"),
        (Now::Result, "home-do-result", "season-look", ""),
        (Now::Patience, "home-do-wait", "season-see-projects", "#projects"),
    ];
    let found = choices.iter().find_map(|choice| Some((facts.newest(choice.0)?, choice)));
    let Some((season, (_, sentence, label, below))) = found else {
        return empty(w.t("seasons-none"), w.t("seasons-none-hint"), None);
    };
    let here = format!("/seasons/{}", season.id);
    let mut ways = vec![link_button(Weight::First, &format!("{here}{below}"), w.t(label))];
    if !below.is_empty() {
        ways.push(link_button(Weight::Plain, &here, w.t("season-look")));
    }
    sheet_needs_you(
        w.t("home-do-title"),
        &html! {
            p { (w.t_with(sentence, &[("season", (&season.name).into())])) }
            (acts(&ways))
        },
    )
}

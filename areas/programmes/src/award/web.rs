//! Awards of a season, and a certificate that anyone can check.

pub(crate) mod choice;

use axum::{
    Router,
    extract::{Query, State as Shared},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Actor, Day, Refusal};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        self, Field, Head, Input, Tone, Weight, acts, breadcrumb, button, button_named, empty, head, link_button,
        notice, paper, print_button, section, select, sheet, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{
    Award, State, certificate,
    choice::{self as choices, Choice},
    decide::{self, Decide},
    nominate::{self, Nominate},
    queries,
};
use crate::{
    Season, SeasonId, Template,
    page::{self, Line},
    running, season,
    season::web::shown,
    template::{self, AwardTerm, Decides, name_of},
};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/awards", get(list).post(nominate))
        .route("/seasons/{season}/awards/decide", post(decide))
        .route("/certificates", get(ask))
        .route("/certificates/{number}", get(check))
        .merge(choice::routes())
}

/// A nomination as it is typed into the form.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    category: String,
    number: String,
    words: String,
}

struct Facts {
    season: Season,
    template: Template,
    awards: Vec<Award>,
    /// What a jury or the residents choose, once it is opened.
    choices: Vec<Choice>,
    /// Categories of whose jury whoever looks is.
    called: Vec<String>,
    today: Day,
    /// Projects that may be nominated, for the office.
    open: Vec<(u32, String)>,
    runs: bool,
}

/// `GET /seasons/{season}/awards`: five statements, one more for whoever has signed in.
pub(crate) async fn list(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    listed(&rim, &visit, id, (&Typed::default(), None)).await
}

/// `POST /seasons/{season}/awards`.
pub(crate) async fn nominate(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (category, words) = (typed.category.clone(), typed.words.clone());
    let input = Nominate { category, number: typed.number.trim().parse().unwrap_or(0), words };
    let of = id.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| nominate::nominate(tx, cx, &of, &input)).await)? {
        Ok(()) => Ok(page::to(&format!("/seasons/{id}/awards"))),
        Err(refusal) => listed(&rim, &visit, id, (&typed, Some(&refusal))).await,
    }
}

/// `POST /seasons/{season}/awards/decide`.
pub(crate) async fn decide(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<DecideTyped>,
) -> Result<Response, Problem> {
    let input =
        Decide { category: typed.category, number: typed.number.parse().unwrap_or(0), give: typed.act == "give" };
    let of = id.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| decide::decide(tx, cx, &of, &input)).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/awards"))),
        Err(refusal) => listed(&rim, &visit, id, (&Typed::default(), Some(&refusal))).await,
    }
}

/// A decision as the form sends it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct DecideTyped {
    category: String,
    number: String,
    act: String,
}

async fn listed(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    (typed, refusal): (&Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (actor, today) = (visit.actor.clone(), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let choices = choices::queries::choices(s, &id)?;
        let called = match actor.person() {
            Some(me) => choices::queries::called(s, &id, me)?,
            None => Vec::new(),
        };
        let today = today.clone();
        let runs = may(&actor, Action::RunSeason, &season::queries::site(s, &season)?);
        let open = if runs { running::queries::nominable(s, &id)? } else { Vec::new() };
        let awards = queries::awards(s, &id)?;
        Ok::<_, Fault>(Facts { awards, choices, called, today, open, season, template, runs })
    });
    let facts = read.await?;
    let w = visit.words;
    let here = format!("/seasons/{}", facts.season.id);
    // what was nominated and not given is the office's alone
    let awards: Vec<&Award> = facts.awards.iter().filter(|award| facts.runs || award.state == State::Given).collect();
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &facts.season.name)], w.t("awards-title")))
        (head(&Head { title: w.t("awards-title"), lead: w.t("awards-lead"), ..Head::default() }))
        (shown::tabs(w, &facts.season, &facts.template, "awards"))
        div.stack {
            (told(w, refusal))
            @if awards.is_empty() && facts.choices.is_empty() { (empty(w.t("awards-none"), w.t("awards-none-hint"), None)) }
            @for term in &facts.template.awards {
                @let of: Vec<&&Award> = awards.iter().filter(|award| award.category == term.key).collect();
                @let there = facts.choices.iter().find(|choice| choice.category == term.key);
                @let shows = term.decide != Decides::Office && (facts.runs || there.is_some());
                @if !of.is_empty() || shows {
                    (section(term.name.of(w.locale()), &html! {
                        @if shows { (way(w, &facts, term, there)) }
                        @for award in of { (one(visit, &facts, award)) }
                    }))
                }
            }
            @if facts.runs { (nominate_form(visit, &facts, (typed, refusal))) }
            p { a href="/certificates" { (w.t("certificate-check")) } }
        }
    };
    Ok(page::page(visit, w.t("awards-title"), &body, refusal))
}

/// The way to where a jury or the residents choose.
fn way(w: Words, facts: &Facts, term: &AwardTerm, there: Option<&Choice>) -> Markup {
    let here = choice::page_of(&facts.season.id, &term.key);
    let open = there.is_some_and(|choice| choice.state == choices::State::Open && facts.today <= choice.closes);
    let mine = open && facts.called.contains(&term.key);
    let label = match open {
        true if term.decide == Decides::Vote || mine => "award-choice-go",
        _ => "award-choice-see",
    };
    html! {
        p { (choice::state(w, there, &facts.today)) " " (choice::by(w, term)) }
        @if mine { p { strong { (w.t("award-choice-called")) } } }
        (acts(&[link_button(Weight::Plain, &here, w.t(label))]))
    }
}

fn one(visit: &Visit, facts: &Facts, award: &Award) -> Markup {
    let w = visit.words;
    let tone = if award.state == State::Given { Tone::Ok } else { Tone::Plain };
    let mine = matches!(&visit.actor, Actor::Person(me) if award.nominated_by.as_ref() == Some(&me.person));
    let number = award.number.to_string();
    let hidden = [("category", award.category.as_str()), ("number", number.as_str())];
    let base = format!("/seasons/{}", facts.season.id);
    sheet(
        &award.project,
        &html! {
            p { (tag(tone, w.t(&format!("award-state-{}", award.state.as_str())))) }
            div.flow { (shown::prose(&award.words)) }
            p { a href={ (base) "/projects/" (award.number) "/running" } { (w.t("run-way-progress")) } }
            @if let Some(number) = &award.certificate {
                p { a href={ "/certificates/" (number) } {
                    (w.t_with("certificate-number", &[("number", (&certificate::printed(number)).into())]))
                } }
            }
            @if let Some(n) = award.approvals { p { (w.n("award-approvals", i64::try_from(n).unwrap_or(i64::MAX))) } }
            @if let Some(verdict) = &award.verdict {
                p { a href={ "/verdicts/" (verdict) } { (w.t("award-choice-verdict")) } }
            }
            @let office = facts.template.award(&award.category).is_none_or(|term| term.decide == Decides::Office);
            @if facts.runs && office && award.state == State::Nominated {
                @if mine { p.soft { (w.t("award-by-another")) } } @else {
                    (page::form(visit, &format!("{base}/awards/decide"), &hidden, &acts(&[
                        button_named(Weight::First, "act", "give", w.t("award-give")),
                        button_named(Weight::Plain, "act", "refuse", w.t("award-refuse")),
                    ])))
                }
            }
        },
    )
}

fn nominate_form(visit: &Visit, facts: &Facts, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    if facts.template.awards.is_empty() {
        return html! {};
    }
    // where it is chosen already nothing is nominated any more
    let terms = facts.template.awards.iter().filter(|term| facts.choices.iter().all(|c| c.category != term.key));
    let choices: Vec<parts::Choice<'_>> = terms
        .map(|term| parts::Choice { value: &term.key, label: term.name.of(w.locale()), ..parts::Choice::default() })
        .collect();
    let field = |name, label: &str, value| Field {
        name,
        label: w.t(label),
        hint: "",
        value,
        error: page::errors(w, refusal).of(name),
        required: true,
    };
    let open: Vec<(String, String)> =
        facts.open.iter().map(|(number, name)| (number.to_string(), format!("{number}. {name}"))).collect();
    let open: Vec<parts::Choice<'_>> =
        open.iter().map(|(value, label)| parts::Choice { value, label, ..parts::Choice::default() }).collect();
    let number = Field { hint: w.t("award-number-hint"), ..field("number", "award-number", &typed.number) };
    let body = html! {
        (select(w, &field("category", "award-category", &typed.category), &choices))
        (select(w, &number, &open))
        (parts::textarea(w, &field("words", "award-words", &typed.words), 4, Some(500)))
        (acts(&[button(Weight::Plain, w.t("award-nominate"))]))
    };
    sheet(w.t("award-nominate"), &page::form(visit, &format!("/seasons/{}/awards", facts.season.id), &[], &body))
}

/// A number as it is asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    number: String,
}

/// `GET /certificates`: the form, or on to the certificate.
pub(crate) async fn ask(visit: Visit, Query(asked): Query<Asked>) -> Response {
    match certificate::read(&asked.number) {
        Some(number) => page::to(&format!("/certificates/{number}")),
        None => asking(&visit, &asked.number),
    }
}

fn asking(visit: &Visit, typed: &str) -> Response {
    let w = visit.words;
    let line = Line {
        name: "number",
        label: w.t("certificate-field"),
        hint: w.t("certificate-field-hint"),
        value: typed,
        input: Input::Line,
        most: 20,
        required: true,
    };
    let body = html! {
        (head(&Head { title: w.t("certificate-check"), lead: w.t("certificate-lead"), ..Head::default() }))
        @if !typed.is_empty() {
            (notice(w, Tone::NeedsYou, "", &html! { p { (w.t("certificate-unknown")) } }))
        }
        form action="/certificates" method="get" {
            (line.show(w, None))
            (acts(&[button(Weight::First, w.t("certificate-ask"))]))
        }
    };
    page::page(visit, w.t("certificate-check"), &body, None)
}

/// `GET /certificates/{number}`: four statements. What was never given is told in words.
pub(crate) async fn check(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(typed): PathId<String>,
) -> Result<Response, Problem> {
    let asked = typed.clone();
    let read = rim.db.read(move |s| {
        let Some(award) = queries::certified(s, &asked)? else { return Ok(None) };
        let (season, template) = template::queries::with_season(s, &award.season)?;
        let place = places::queries::show(s, &season.place)?;
        Ok::<_, Fault>(Some((award, season, template, place)))
    });
    let Some((award, season, template, place)) = read.await? else { return Ok(asking(&visit, &typed)) };
    let w = visit.words;
    let number = certificate::printed(award.certificate.as_deref().unwrap_or_default());
    let issuer = place.map(|place| place.shown).unwrap_or_default();
    let category = name_of(&template.awards, &award.category, w.locale());
    let day = award.decided_day.as_ref().map(|day| shown::day(w, day));
    let facts = [
        (w.t("certificate-field"), html! { span.num { (number) } }),
        (w.t("certificate-day"), html! { @if let Some(day) = &day { (day) } }),
    ];
    let body = html! {
        (head(&Head { title: w.t("certificate-check"), ..Head::default() }))
        (notice(w, Tone::Ok, "", &html! { p { (w.t("certificate-good")) } }))
        (paper(w.t("certificate-title"), &issuer, &facts, &html! {
            h3 { (award.project) }
            p { (w.t_with("certificate-says", &[("season", (&season.name).into()), ("category", category.into())])) }
        }))
        (acts(&[print_button(w)]))
        @if let Some(verdict) = &award.verdict {
            p { a href={ "/verdicts/" (verdict) } { (w.t("award-choice-verdict")) } }
        }
        p { a href={ "/seasons/" (season.id) "/awards" } { (w.t("awards-title")) } }
    };
    Ok(page::page(&visit, w.t("certificate-title"), &body, None))
}

//! Pages: the list with its reasons, and the office's steps from the decision to the approval.

mod office;

use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use db::{Fault, Tx};
use kernel::{Context, FieldError, Refusal};
use matters::notice;
use programmes::{
    Phase, Season, SeasonId, Stage, Template, page,
    season::queries as seasons,
    template::{self, Combine},
    web::shown::{self, amount},
};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        Column, Errors, Field, Figure, Head, Table, Tone, Weight, acts, breadcrumb, budget, button, cols, empty,
        figures, fold, head, link_button, pager, sheet, sheet_needs_you, table, tag, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{
    Row, Selection, State as At, Why, announce,
    announce::Announce,
    condition,
    condition::SetCondition,
    decide,
    faces::approve_and_open,
    queries::{self, PAGE},
};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/selection", get(show))
        .route("/seasons/{season}/selection/decide", post(decided))
        .route("/seasons/{season}/selection/announce", post(announced))
        .route("/seasons/{season}/selection/approve", post(approved))
        .route("/seasons/{season}/selection/{number}/condition", post(condition_set))
        .route("/seasons/{season}/selection/{number}/met", post(condition_met))
}

/// Where a page of the list begins.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(default)]
struct Which {
    /// The rank before it.
    after: u32,
}

struct Facts {
    season: Season,
    template: Template,
    selection: Option<Selection>,
    rows: Vec<Row>,
    after: u32,
    notice: Option<notice::Notice>,
    runs: bool,
    /// The list is ready to hang out, or to hang out anew.
    announces: bool,
    /// What is on the list, for its notice; none where it is too long.
    named: Option<Vec<Row>>,
    /// Approved projects that are no matter yet.
    waiting: bool,
}

/// What was refused, and what was typed then.
#[derive(Default)]
struct Refused<'a> {
    refusal: Option<&'a Refusal>,
    announce: Announce,
    /// The project; 0 for what concerns the whole list.
    number: u32,
    condition: String,
}

async fn facts(rim: &Rim, visit: &Visit, id: SeasonId, (after, number): (u32, u32)) -> Result<Facts, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let season = seasons::season(s, &id)?;
        let runs = may(&actor, Action::RunSeason, &seasons::site(s, &season)?);
        let template = template::queries::of_season(s, &season)?;
        let selection = queries::selection(s, &id)?;
        let posted = selection.as_ref().and_then(|selection| selection.notice.clone());
        let notice = match posted {
            Some(id) => Some(notice::queries::notice(s, &id)?),
            None => None,
        };
        let mut facts = Facts {
            template,
            season,
            selection: None,
            rows: Vec::new(),
            after,
            notice,
            runs,
            announces: false,
            named: None,
            waiting: false,
        };
        let Some(selection) = selection else { return Ok::<_, Fault>(facts) };
        if number > 0 {
            facts.after = queries::page_of(s, &id, number)?;
        }
        facts.rows = queries::rows(s, &id, facts.after, PAGE)?;
        facts.announces = runs && announces(&selection, &facts);
        if facts.announces && selection.n_approved <= office::MOST_ROWS {
            facts.named = Some(queries::approved(s, &id, i64::from(office::MOST_ROWS))?);
        }
        facts.waiting = runs && selection.state == At::Approved && queries::waits(s, &id)?;
        facts.selection = Some(selection);
        Ok(facts)
    });
    Ok(read.await?)
}

fn announces(selection: &Selection, facts: &Facts) -> bool {
    match selection.state {
        At::Decided => selection.n_open == 0 && facts.template.notice.is_some(),
        At::Posted => facts.notice.as_ref().is_some_and(|notice| notice.state == notice::State::Withdrawn),
        At::Approved => false,
    }
}

/// `GET /seasons/{season}/selection`: six statements; eight for who runs the season.
async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, id, (which.after, 0)).await?;
    Ok(shown(&visit, &facts, &Refused::default()))
}

fn shown(visit: &Visit, facts: &Facts, state: &Refused<'_>) -> Response {
    page::page(visit, visit.words.t("selection-title"), &whole(visit, facts, state), state.refusal)
}

/// Runs one step of the office and shows the list again, from the rank on that the step answers with: fresh, or with
/// why not.
async fn step(
    rim: &Rim,
    visit: &Visit,
    id: &SeasonId,
    state: Refused<'_>,
    command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<u32, Fault> + Clone + Send + 'static,
) -> Result<Response, Problem> {
    after_step(rim, visit, id, state, page::act(rim, visit, command).await).await
}

async fn after_step(
    rim: &Rim,
    visit: &Visit,
    id: &SeasonId,
    state: Refused<'_>,
    done: Result<u32, Fault>,
) -> Result<Response, Problem> {
    match page::shown(done)? {
        Ok(after) => Ok(page::to(&from(id, after))),
        Err(refusal) => {
            let facts = facts(rim, visit, id.clone(), (0, state.number)).await?;
            Ok(shown(visit, &facts, &Refused { refusal: Some(&refusal), ..state }))
        }
    }
}

/// The address of the list after a rank.
fn from(id: &SeasonId, after: u32) -> String {
    if after == 0 { format!("/seasons/{id}/selection") } else { format!("/seasons/{id}/selection?after={after}") }
}

/// A form of one button.
#[derive(Debug, Deserialize)]
struct Pressed {}

async fn decided(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(Pressed {}): Fields<Pressed>,
) -> Result<Response, Problem> {
    let season = id.clone();
    step(&rim, &visit, &id, Refused::default(), move |tx, cx| decide::decide(tx, cx, &season).map(|_| 0)).await
}

async fn announced(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(words): Fields<Announce>,
) -> Result<Response, Problem> {
    let (season, state) = (id.clone(), Refused { announce: words.clone(), ..Refused::default() });
    step(&rim, &visit, &id, state, move |tx, cx| announce::announce(tx, cx, &season, &words).map(|_| 0)).await
}

async fn approved(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(Pressed {}): Fields<Pressed>,
) -> Result<Response, Problem> {
    let done = approve_and_open(&rim, &visit, &id).await.map(|()| 0);
    after_step(&rim, &visit, &id, Refused::default(), done).await
}

async fn condition_set(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(SeasonId, u32)>,
    Fields(input): Fields<SetCondition>,
) -> Result<Response, Problem> {
    let state = Refused { number, condition: input.words.clone(), ..Refused::default() };
    let season = id.clone();
    let set = move |tx: &mut Tx<'_>, cx: &mut Context| {
        condition::set(tx, cx, (&season, number), &input)?;
        Ok(queries::page_of(tx, &season, number)?)
    };
    step(&rim, &visit, &id, state, set).await
}

async fn condition_met(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(SeasonId, u32)>,
    Fields(Pressed {}): Fields<Pressed>,
) -> Result<Response, Problem> {
    let season = id.clone();
    let meet = move |tx: &mut Tx<'_>, cx: &mut Context| {
        condition::meet(tx, cx, &season, number)?;
        Ok(queries::page_of(tx, &season, number)?)
    };
    step(&rim, &visit, &id, Refused { number, ..Refused::default() }, meet).await
}

fn whole(visit: &Visit, facts: &Facts, state: &Refused<'_>) -> Markup {
    let (w, season) = (visit.words, &facts.season);
    let here = format!("/seasons/{}", season.id);
    html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("selection-title")))
        (head(&Head { title: w.t("selection-title"), lead: w.t("selection-lead"), ..Head::default() }))
        (shown::tabs(w, season, &facts.template, "selection"))
        (told(w, state.refusal.filter(|refusal| refusal.fields.is_empty())))
        @match &facts.selection {
            None => (undecided(visit, facts)),
            Some(selection) => (cols(
                &html! { (summary(w, season, selection)) (list(visit, facts, selection, state)) },
                &aside(visit, facts, selection, state),
            )),
        }
    }
}

fn undecided(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let action = format!("/seasons/{}/selection/decide", facts.season.id);
    html! {
        (empty(w.t("selection-none"), w.t("selection-none-hint"), None))
        @if facts.runs && facts.season.stage == Stage::Deciding {
            (sheet_needs_you(w.t("selection-decide-title"), &html! {
                p { (w.t("selection-decide-hint")) }
                (page::press(visit, &action, &[], Weight::First, w.t("selection-decide")))
            }))
        }
    }
}

fn summary(w: Words, season: &Season, selection: &Selection) -> Markup {
    let (chosen, all) = (format::count(selection.n_approved.into()), format::count(season.n_projects.into()));
    let (plain, money) = (Figure::default(), shown::money);
    html! {
        (figures(&[
            Figure { label: w.t("selection-approved"), value: &chosen, href: Some("#list"), ..plain },
            Figure { label: w.t("selection-candidates"), value: &all, href: Some("#list"), ..plain },
        ]))
        (budget(w, money(season, season.budget), money(season, selection.total_cost)))
    }
}

/// Why a project is on the list or not, in a sentence.
fn why(w: Words, season: &Season, row: &Row) -> String {
    let places = |key: &str, places: u32| w.t_with(key, &[("places", places.into())]);
    let left = |key: &str, left: i64| w.t_with(key, &[("left", (&amount(w, season, left)).into())]);
    match &row.line.why {
        Why::Approved { left: rest } => left("selection-why-approved", *rest),
        Why::BelowPass => w.t("selection-why-below-pass").to_owned(),
        Why::TooFewSheets => w.t("selection-why-too-few-sheets").to_owned(),
        Why::NotChosen => w.t("selection-why-not-chosen").to_owned(),
        Why::PlacesTaken { places: n } => places("selection-why-places", *n),
        Why::TierTaken { places: n } => places("selection-why-tier", *n),
        Why::DoesNotFit { left: rest } => left("selection-why-money", *rest),
    }
}

/// The same with what it rests on: the weighed ranks, the panel's sheets, the count of the vote.
fn reasons(w: Words, (season, template): (&Season, &Template), row: &Row, own_page: bool) -> Markup {
    let (base, number) = (format!("/seasons/{}", season.id), row.line.number);
    let ranks = match (template.combine, row.line.score) {
        (Combine::WeightedRanks { review, vote }, Some(score)) => {
            let args = [("score", score.into()), ("review", review.into()), ("vote", vote.into())];
            Some(w.t_with("selection-score", &args))
        }
        _ => None,
    };
    html! {
        p { (why(w, season, row)) }
        @if let Some(ranks) = ranks { p.small.soft { (ranks) } }
        // the list is computed after the review has closed
        @if template.combine != Combine::VoteOnly {
            p.small { a href={ (base) "/review/projects/" (number) } { (w.t("selection-see-review")) } }
        }
        @if season.phase == Phase::Published && !own_page {
            p.small { a href={ (base) "/projects/" (number) } { (w.t("selection-see-vote")) } }
        }
    }
}

/// Whether a project is on the list, in a word.
pub(crate) fn standing(w: Words, row: &Row) -> Markup {
    match (row.line.approved, row.line.reserve) {
        (true, _) => tag(Tone::Ok, w.t("selection-yes")),
        (false, Some(place)) => tag(Tone::Due, &w.t_with("selection-reserve", &[("place", place.into())])),
        (false, None) => tag(Tone::Plain, w.t("selection-no")),
    }
}

fn list(visit: &Visit, facts: &Facts, selection: &Selection, state: &Refused<'_>) -> Markup {
    let (w, season) = (visit.words, &facts.season);
    let columns = [
        Column::text(w.t("selection-project")),
        Column::number(w.t("project-cost")),
        Column::text(w.t("selection-why")),
    ];
    let rows: Vec<Vec<Markup>> = (facts.rows.iter())
        .map(|row| {
            vec![
                html! {
                    (standing(w, row)) " "
                    a href={ "/seasons/" (season.id) "/projects/" (row.line.number) } { (row.name) }
                    @if let Some(matter) = &row.matter {
                        br; a.small href={ "/matters/" (matter) } { (w.t("selection-matter")) }
                    }
                },
                html! { span.num { (amount(w, season, row.cost.0)) } },
                html! {
                    (reasons(w, (season, &facts.template), row, false))
                    (condition_part(visit, facts, selection, row, state))
                },
            ]
        })
        .collect();
    let here = from(&season.id, 0);
    let full = i64::try_from(rows.len()).is_ok_and(|n| n >= PAGE);
    let next = facts.rows.last().filter(|_| full).map(|last| from(&season.id, last.line.rank));
    html! {
        section.stack #list {
            h2 { (w.t("selection-list")) }
            @if rows.is_empty() {
                (empty(w.t("list-end"), "", Some((&here, w.t("list-first")))))
            } @else {
                (table(w, &Table { id: "selection", caption: w.t("selection-table"), columns: &columns, rows: &rows }))
            }
            (pager(w, (facts.after > 0).then_some(here.as_str()), next.as_deref()))
        }
    }
}

fn condition_part(visit: &Visit, facts: &Facts, selection: &Selection, row: &Row, state: &Refused<'_>) -> Markup {
    const NONE: &[FieldError] = &[];
    let (w, id, number) = (visit.words, &facts.season.id, row.line.number);
    let mine = state.number == number;
    let errors = Errors::new(w, state.refusal.filter(|_| mine).map_or(NONE, |r| &r.fields));
    let works = facts.runs && selection.state == At::Decided && row.line.approved;
    let field = Field {
        name: "words",
        label: w.t("condition-words"),
        hint: "",
        value: if mine { &state.condition } else { "" },
        error: errors.of("words"),
        required: true,
    };
    let ask = html! { (textarea(w, &field, 3, Some(500))) (acts(&[button(Weight::Plain, w.t("condition-set"))])) };
    let base = format!("/seasons/{id}/selection/{number}");
    html! {
        @if !row.condition.is_empty() {
            p.small {
                (tag(if row.met { Tone::Ok } else { Tone::Due }, w.t(if row.met { "condition-met" } else { "condition-open" })))
                " " (row.condition)
            }
            @if works && !row.met {
                (page::press(visit, &format!("{base}/met"), &[], Weight::Plain, w.t("condition-check")))
            }
        } @else if works {
            (fold(w.t("condition-new"), &page::form(visit, &format!("{base}/condition"), &[], &ask)))
        }
    }
}

fn aside(visit: &Visit, facts: &Facts, selection: &Selection, state: &Refused<'_>) -> Markup {
    let (w, season) = (visit.words, &facts.season);
    html! {
        @if facts.runs { (office::office(visit, facts, selection, state)) }
        @if let Some(posted) = &facts.notice {
            (sheet(w.t("selection-notice"), &html! {
                p { a href={ "/notices/" (posted.id) } { (posted.title) } }
                @if posted.state == notice::State::Withdrawn { (tag(Tone::Due, w.t("notice-state-withdrawn"))) }
                @if let (Some(from), Some(until)) = (&posted.from_day, &posted.until_day) {
                    p.small.soft { (shown::day(w, from)) " – " (shown::day(w, until)) }
                }
            }))
        }
        (sheet(w.t("verdict-title"), &html! {
            p { (w.t("selection-how")) }
            p { (w.t(&format!("template-{}", facts.template.combine.word()))) }
            ul.links {
                li { a href={ "/seasons/" (season.id) } { (w.t("season-look")) } }
                li { a href={ "/ledger/find?about=" (season.id) "&kind=selection.decided" } { (w.t("verdict-entry")) } }
                li { a href={ "/api/v1/seasons/" (season.id) "/selection" } { (w.t("season-api")) } }
            }
        }))
    }
}

/// The sheet of one project's own page: where it stands on the list, and why.
pub(crate) fn of_project(w: Words, (season, template): (&Season, &Template), row: &Row) -> Markup {
    sheet(
        w.t("selection-title"),
        &html! {
            p { (standing(w, row)) }
            (reasons(w, (season, template), row, true))
            @if !row.condition.is_empty() { p.small.soft { (row.condition) } }
            (acts(&[link_button(Weight::Plain, &format!("/seasons/{}/selection", season.id), w.t("selection-list"))]))
        },
    )
}

//! Pages: the list with its reasons, and the office's steps from the decision to the approval.

use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal};
use matters::notice;
use programmes::{
    Season, SeasonId, Stage, Template,
    season::queries as seasons,
    template,
    web::shown::{self, amount},
};
use rights::{Action, may};
use ui::{
    Markup, Words, format, html,
    parts::{
        Column, Errors, Field, Figure, Head, Input, Table, Tone, Weight, acts, breadcrumb, budget, button, cols, empty,
        figures, fold, form, head, link_button, notice as note, sheet, sheet_needs_you, table, tag, text, textarea,
        told,
    },
};
use web::{Fields, PathId, Problem, Rim, Section, SignedIn, Visit, problem};

use super::{
    Row, Selection, State as At, Why,
    announce::{self, Announce},
    approve, condition,
    condition::SetCondition,
    decide, queries,
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

struct Facts {
    season: Season,
    template: Template,
    selection: Option<Selection>,
    rows: Vec<Row>,
    notice: Option<notice::Notice>,
    runs: bool,
}

/// What was refused, and what was typed then.
#[derive(Default)]
struct Refused<'a> {
    refusal: Option<&'a Refusal>,
    announce: Announce,
    number: u32,
    condition: String,
}

async fn facts(rim: &Rim, visit: &Visit, id: SeasonId) -> Result<Facts, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let season = seasons::season(s, &id)?;
        let runs = may(&actor, Action::RunSeason, &seasons::site(s, &season)?);
        let selection = queries::selection(s, &id)?;
        let rows = if selection.is_some() {
            queries::rows(s, &id, 0, i64::from(programmes::MAX_PROJECTS))?
        } else {
            Vec::new()
        };
        let posted = selection.as_ref().and_then(|selection| selection.notice.clone());
        let notice = match posted {
            Some(id) => Some(notice::queries::notice(s, &id)?),
            None => None,
        };
        let template = template::queries::of_season(s, &season)?;
        Ok::<_, Fault>(Facts { template, season, selection, rows, notice, runs })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/selection`: six statements.
async fn show(State(rim): State<Rim>, visit: Visit, PathId(id): PathId<SeasonId>) -> Result<Response, Problem> {
    shown_again(&rim, &visit, id, &Refused::default()).await
}

async fn shown_again(rim: &Rim, visit: &Visit, id: SeasonId, state: &Refused<'_>) -> Result<Response, Problem> {
    let facts = facts(rim, visit, id).await?;
    let mut response = visit.page(Section::Seasons, visit.words.t("selection-title"), &page(visit, &facts, state));
    if let Some(refusal) = state.refusal {
        *response.status_mut() = problem::status_of(refusal);
    }
    Ok(response)
}

/// Runs one step of the office and shows the page again: fresh, or with why not.
async fn step<T: Send + 'static>(
    rim: &Rim,
    visit: &Visit,
    id: &SeasonId,
    mut state: Refused<'_>,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<Response, Problem> {
    let cx = rim.context_of(visit);
    match rim.db.write(move |tx| command(tx, &mut cx.clone())).await {
        Ok(_) => Ok(Redirect::to(&format!("/seasons/{id}/selection")).into_response()),
        Err(Fault::Refused(refusal)) if refusal.code != "sign-in-first" && refusal.kind != Kind::NotFound => {
            let kept = refusal.clone();
            state.refusal = Some(&kept);
            shown_again(rim, visit, id.clone(), &state).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// A form of one button.
#[derive(Debug, serde::Deserialize)]
struct Pressed {}

async fn decided(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(Pressed {}): Fields<Pressed>,
) -> Result<Response, Problem> {
    let season = id.clone();
    step(&rim, &visit, &id, Refused::default(), move |tx, cx| decide::decide(tx, cx, &season)).await
}

async fn announced(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(words): Fields<Announce>,
) -> Result<Response, Problem> {
    let (season, state) = (id.clone(), Refused { announce: words.clone(), ..Refused::default() });
    step(&rim, &visit, &id, state, move |tx, cx| announce::announce(tx, cx, &season, &words)).await
}

async fn approved(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(Pressed {}): Fields<Pressed>,
) -> Result<Response, Problem> {
    let season = id.clone();
    let answer = step(&rim, &visit, &id, Refused::default(), move |tx, cx| approve::approve(tx, cx, &season)).await?;
    if !answer.status().is_redirection() {
        return Ok(answer);
    }
    // a few matters a transaction; whatever is left after a stop is opened by pressing again
    for _ in 0..programmes::MAX_PROJECTS {
        let (cx, season) = (rim.context_of(&visit), id.clone());
        if !rim.db.write(move |tx| approve::open_some(tx, &mut cx.clone(), &season)).await? {
            break;
        }
    }
    Ok(answer)
}

async fn condition_set(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(SeasonId, u32)>,
    Fields(input): Fields<SetCondition>,
) -> Result<Response, Problem> {
    let state = Refused { number, condition: input.words.clone(), ..Refused::default() };
    let season = id.clone();
    step(&rim, &visit, &id, state, move |tx, cx| condition::set(tx, cx, (&season, number), &input)).await
}

async fn condition_met(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(SeasonId, u32)>,
    Fields(Pressed {}): Fields<Pressed>,
) -> Result<Response, Problem> {
    let season = id.clone();
    step(&rim, &visit, &id, Refused::default(), move |tx, cx| condition::meet(tx, cx, &season, number)).await
}

fn page(visit: &Visit, facts: &Facts, state: &Refused<'_>) -> Markup {
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

fn press(visit: &Visit, action: &str, weight: Weight, label: &str) -> Markup {
    form(action, &[], &html! { (visit.csrf_field()) (acts(&[button(weight, label)])) })
}

fn undecided(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    html! {
        (empty(w.t("selection-none"), w.t("selection-none-hint"), None))
        @if facts.runs && facts.season.stage == Stage::Deciding {
            (sheet_needs_you(w.t("selection-decide-title"), &html! {
                p { (w.t("selection-decide-hint")) }
                (press(visit, &format!("/seasons/{}/selection/decide", facts.season.id), Weight::First,
                    w.t("selection-decide")))
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
pub(crate) fn why(w: Words, season: &Season, row: &Row) -> String {
    let places = |key: &str, places: u32| w.t_with(key, &[("places", places.into())]);
    let left = |key: &str, left: i64| w.t_with(key, &[("left", (&amount(w, season, left)).into())]);
    match &row.line.why {
        Why::Approved { left: rest } => left("selection-why-approved", *rest),
        Why::BelowPass => w.t("selection-why-below-pass").to_owned(),
        Why::NotChosen => w.t("selection-why-not-chosen").to_owned(),
        Why::PlacesTaken { places: n } => places("selection-why-places", *n),
        Why::TierTaken { places: n } => places("selection-why-tier", *n),
        Why::DoesNotFit { left: rest } => left("selection-why-money", *rest),
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
            let number = row.line.number;
            vec![
                html! {
                    @if row.line.approved { (tag(Tone::Ok, w.t("selection-yes"))) }
                    @else if let Some(place) = row.line.reserve {
                        (tag(Tone::Due, &w.t_with("selection-reserve", &[("place", place.into())])))
                    } @else { (tag(Tone::Plain, w.t("selection-no"))) }
                    " "
                    a href={ "/seasons/" (season.id) "/projects/" (number) } { (row.name) }
                    @if let Some(matter) = &row.matter {
                        br; a.small href={ "/matters/" (matter) } { (w.t("selection-matter")) }
                    }
                },
                html! { span.num { (amount(w, season, row.cost.0)) } },
                html! { (why(w, season, row)) (condition_part(visit, facts, selection, row, state)) },
            ]
        })
        .collect();
    html! {
        section.stack #list {
            h2 { (w.t("selection-list")) }
            (table(w, &Table { id: "selection", caption: w.t("selection-list"), columns: &columns, rows: &rows }))
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
    let ask = html! {
        (visit.csrf_field())
        (textarea(w, &field, 3, Some(500)))
        (acts(&[button(Weight::Plain, w.t("condition-set"))]))
    };
    html! {
        @if !row.condition.is_empty() {
            p.small {
                (tag(if row.met { Tone::Ok } else { Tone::Due }, w.t(if row.met { "condition-met" } else { "condition-open" })))
                " " (row.condition)
            }
            @if works && !row.met {
                (press(visit, &format!("/seasons/{id}/selection/{number}/met"), Weight::Plain, w.t("condition-check")))
            }
        } @else if works {
            (fold(w.t("condition-new"), &form(&format!("/seasons/{id}/selection/{number}/condition"), &[], &ask)))
        }
    }
}

fn aside(visit: &Visit, facts: &Facts, selection: &Selection, state: &Refused<'_>) -> Markup {
    let (w, season) = (visit.words, &facts.season);
    html! {
        @if facts.runs { (office(visit, facts, selection, state)) }
        @if let Some(posted) = &facts.notice {
            (sheet(w.t("selection-notice"), &html! {
                p { a href={ "/notices/" (posted.id) } { (posted.title) } }
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

/// What the office does next.
fn office(visit: &Visit, facts: &Facts, selection: &Selection, state: &Refused<'_>) -> Markup {
    let (w, id) = (visit.words, &facts.season.id);
    let approve = format!("/seasons/{id}/selection/approve");
    let waiting = facts.rows.iter().any(|row| row.line.approved && row.matter.is_none());
    let withdrawn = facts.notice.as_ref().filter(|notice| notice.state == notice::State::Withdrawn);
    let ended = facts.notice.as_ref().is_some_and(|notice| notice.state == notice::State::Ended);
    match selection.state {
        At::Decided if selection.n_open > 0 => {
            note(w, Tone::Due, "", &html! { p { (w.n("selection-conditions-open", selection.n_open)) } })
        }
        At::Decided if facts.template.notice.is_some() => announce_form(visit, facts, selection, state),
        At::Posted if withdrawn.is_some() => announce_form(visit, facts, selection, state),
        At::Decided => {
            sheet_needs_you(w.t("selection-next"), &press(visit, &approve, Weight::First, w.t("selection-approve")))
        }
        At::Posted if ended => sheet_needs_you(
            w.t("selection-next"),
            &html! { p { (w.t("selection-approve-hint")) } (press(visit, &approve, Weight::First, w.t("selection-approve"))) },
        ),
        At::Posted => note(w, Tone::Due, "", &html! { p { (w.t("selection-wait-notice")) } }),
        At::Approved if waiting => sheet_needs_you(
            w.t("selection-next"),
            &press(visit, &approve, Weight::First, w.t("selection-open-matters")),
        ),
        At::Approved => html! {},
    }
}

/// The notice in words, ready to be mended.
fn announce_form(visit: &Visit, facts: &Facts, selection: &Selection, state: &Refused<'_>) -> Markup {
    const NONE: &[FieldError] = &[];
    let (w, season) = (visit.words, &facts.season);
    let withdrawn = facts.notice.as_ref().filter(|notice| notice.state == notice::State::Withdrawn);
    let typed = !state.announce.title.is_empty() || !state.announce.body.is_empty();
    let title = w.t_with("selection-notice-title", &[("season", (&season.name).into())]);
    let body = wording(w, facts, selection);
    let (title, body) = if typed { (state.announce.title.clone(), state.announce.body.clone()) } else { (title, body) };
    let errors = Errors::new(w, state.refusal.filter(|_| state.number == 0).map_or(NONE, |r| &r.fields));
    let labels = [("title", w.t("selection-notice-field-title")), ("body", w.t("selection-notice-field-body"))];
    let field = |at: usize, value| {
        let (name, label): (&str, &str) = labels[at];
        Field { name, label, hint: "", value, error: errors.of(name), required: true }
    };
    let fields = html! {
        (visit.csrf_field())
        (errors.summary(&labels))
        (text(w, &field(0, &title), Input::Line, Some(120)))
        (textarea(w, &field(1, &body), 12, Some(8_000)))
        (acts(&[button(Weight::First, w.t("selection-announce"))]))
    };
    sheet_needs_you(
        w.t("selection-next"),
        &html! {
            @if let Some(old) = withdrawn {
                p { (w.t_with("selection-notice-withdrawn", &[("reason", (&old.reason).into())])) }
            }
            p { (w.t("selection-announce-hint")) }
            (form(&format!("/seasons/{}/selection/announce", season.id), &[], &fields))
        },
    )
}

fn wording(w: Words, facts: &Facts, selection: &Selection) -> String {
    let season = &facts.season;
    let (spent, n) = (amount(w, season, selection.total_cost.0), selection.n_approved);
    let lead = w.t_with("selection-notice-lead", &[("n", n.into()), ("spent", (&spent).into())]);
    let mut text = lead;
    for row in facts.rows.iter().filter(|row| row.line.approved) {
        let cost = amount(w, season, row.cost.0);
        let line = w.t_with(
            "selection-notice-line",
            &[("reference", (&row.reference).into()), ("name", (&row.name).into()), ("cost", (&cost).into())],
        );
        if text.chars().count() + line.chars().count() > 7_000 {
            break;
        }
        text.push('\n');
        text.push_str(&line);
    }
    text.push_str("\n\n");
    text.push_str(w.t("selection-notice-end"));
    text
}

/// The sheet of one project's own page: where it stands on the list, and why.
pub(crate) fn of_project(w: Words, season: &Season, row: &Row) -> Markup {
    let state = match (row.line.approved, row.line.reserve) {
        (true, _) => tag(Tone::Ok, w.t("selection-yes")),
        (false, Some(place)) => tag(Tone::Due, &w.t_with("selection-reserve", &[("place", place.into())])),
        (false, None) => tag(Tone::Plain, w.t("selection-no")),
    };
    sheet(
        w.t("selection-title"),
        &html! {
            p { (state) " " (why(w, season, row)) }
            @if !row.condition.is_empty() { p.small.soft { (row.condition) } }
            (acts(&[link_button(Weight::Plain, &format!("/seasons/{}/selection", season.id), w.t("selection-list"))]))
        },
    )
}

//! One project: what the records say of it, its assessment, its closing.

use axum::{Extension, extract::State, response::Response};
use db::Fault;
use kernel::Actor;
use ui::{
    Markup, Words, format, html,
    parts::{
        Chart, ChartRow, Figure, Head, Tone, Weight, acts, breadcrumb, cols, columns, figures, fold, head, link_button,
        section, sheet, tag, told,
    },
};
use web::{PathId, Problem, Rim, Visit};

use super::{
    Refused,
    board::{closing_tag, midterm_tag},
    forms, rounds,
};
use crate::{
    SeasonId, Template, page,
    running::{
        Case, Closing, Evidence, RunState, Standing, Told,
        closing::{self, Closed, Grades},
        film::{self, Film},
        midterm::{self, Round, Sheet},
        pack::{self, Pack},
    },
    season::web::shown,
    template,
};

/// What the page shows.
pub(super) struct Facts {
    pub(super) case: Case,
    pub(super) template: Template,
    pub(super) standing: Standing,
    pub(super) pack: Pack,
    pub(super) rounds: Vec<Round>,
    /// Sheets of the last round, for the office.
    pub(super) sheets: Vec<Sheet>,
    pub(super) own: Option<Sheet>,
    pub(super) closed: Option<Closed>,
    pub(super) content: Option<Grades>,
    pub(super) grade: Option<(u32, String)>,
    /// The film of the results, where whoever looks may see it.
    pub(super) film: Option<Film>,
}

/// `GET /seasons/{season}/projects/{number}/running`.
pub(crate) async fn show(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    visit: Visit,
    PathId((season, number)): PathId<(SeasonId, u32)>,
) -> Result<Response, Problem> {
    of(&rim, &visit, told, (season, number), None).await
}

/// The page, also after a form on it was refused.
pub(super) async fn of(
    rim: &Rim,
    visit: &Visit,
    told: Told,
    (season, number): (SeasonId, u32),
    refused: Option<&Refused<'_>>,
) -> Result<Response, Problem> {
    let (actor, today) = (visit.actor.clone(), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let mut case = Case::read(s, &season, number)?;
        let template = template::queries::of_season(s, &case.season)?;
        let pack = pack::gather(s, told.0 as &dyn Evidence, &case, &today)?;
        let standing = case.standing(&actor);
        let mut rounds = midterm::queries::rounds(s, &season, number)?;
        // a result is for the team and the office until it is posted
        if !standing.is_inside() && rounds.iter().any(Round::is_unposted) {
            case.run = case.run.as_posted();
            rounds = rounds.into_iter().map(Round::as_posted).collect();
        }
        let sheets = match rounds.last().filter(|_| standing.office) {
            Some(last) => midterm::queries::sheets(s, &season, (number, last.round))?,
            None => Vec::new(),
        };
        let me = actor.person();
        let own = sheets.iter().find(|sheet| Some(&sheet.person) == me).cloned();
        let closed = closing::queries::closing(s, &season, number)?;
        let content = closing::queries::satisfaction(s, &season, number)?;
        let grade = match me {
            Some(me) => closing::queries::grade_of(s, &season, (number, me))?,
            None => None,
        };
        let film = film::queries::film(s, &season, number)?.filter(|film| film::queries::sees(&actor, &case, film));
        Ok::<_, Fault>(Facts { case, template, standing, pack, rounds, sheets, own, closed, content, grade, film })
    });
    let facts = read.await?;
    let body = body(visit, &facts, refused);
    Ok(page::page(visit, &facts.case.project.name, &body, refused.map(|refused| refused.refusal)))
}

/// Where forms and links of a project lead.
pub(super) fn base(facts: &Facts) -> String {
    format!("/seasons/{}/projects/{}", facts.case.season.id, facts.case.run.number)
}

fn body(visit: &Visit, facts: &Facts, refused: Option<&Refused<'_>>) -> Markup {
    let w = visit.words;
    let (season, run) = (&facts.case.season, &facts.case.run);
    let here = format!("/seasons/{}", season.id);
    let board = format!("{here}/running");
    let way = [("/seasons", w.t("nav-seasons")), (&here, &season.name), (&board, w.t("running-title"))];
    let tone = if run.state == RunState::Running { Tone::Plain } else { Tone::Ok };
    let state = tag(tone, w.t(&format!("run-state-{}", run.state.as_str())));
    html! {
        (breadcrumb(w, &way, &facts.case.project.name))
        (head(&Head {
            kicker: &[state, html! { (w.t_with("idea-number", &[("number", (&facts.case.project.reference).into())])) }],
            title: &facts.case.project.name,
            ..Head::default()
        }))
        (told(w, refused.map(|refused| refused.refusal)))
        (cols(
            &html! {
                (records(w, facts, &facts.pack))
                (assessed(visit, facts, refused))
                (closed(visit, facts, refused))
            },
            &html! {
                (content(w, facts))
                @if run.state != RunState::Stopped && !facts.standing.team { (forms::grade(visit, facts, refused)) }
                (ways(visit, facts))
            },
        ))
    }
}

/// What the records say: figures, the months as a picture, the plan beside it.
pub(super) fn records(w: Words, facts: &Facts, pack: &Pack) -> Markup {
    let (season, known) = (&facts.case.season, &pack.known);
    let amount = |fen: kernel::Fen| shown::amount(w, season, fen.0);
    let number = |n: Option<u64>| n.map(format::count);
    let activities = number(known.activities.map(u64::from));
    let (visits, estimated) = (number(known.visits), number(known.estimated));
    let money = known.money.map(|money| (amount(money.received), amount(money.spent)));
    let cost = amount(pack.cost);
    let mut list = vec![Figure { label: w.t("project-cost"), value: &cost, ..Figure::default() }];
    let more = [
        ("run-received", money.as_ref().map(|(received, _)| received)),
        ("run-spent", money.as_ref().map(|(_, spent)| spent)),
        ("run-activities", activities.as_ref()),
        ("run-visits", visits.as_ref()),
        ("run-estimated", estimated.as_ref()),
    ];
    let known = more.into_iter().filter_map(|(key, value)| Some((w.t(key), value?)));
    list.extend(known.map(|(label, value)| Figure { label, value, ..Figure::default() }));
    let rows: Vec<(String, String)> = pack.months.iter().map(|m| (m.month.clone(), m.activities.to_string())).collect();
    let chart: Vec<ChartRow<'_>> = (pack.months.iter().zip(&rows))
        .map(|(month, (label, text))| ChartRow { label, value: month.activities.into(), text, href: None })
        .collect();
    let day = kernel::Day::parse(&pack.gathered);
    section(
        w.t("run-records"),
        &html! {
            @if let Some(day) = &day { p.small.soft { (w.t("run-records-on")) " " (shown::day(w, day)) } }
            (figures(&list))
            @if pack.duties_open > 0 {
                p { (w.t_with("run-duties", &[("open", pack.duties_open.into()), ("late", pack.duties_late.into())])) }
            }
            @if !chart.is_empty() {
                (columns(w, &Chart {
                    id: "months",
                    caption: w.t("run-months"),
                    label: w.t("run-month"),
                    value: w.t("run-activities"),
                    rows: &chart,
                }))
            }
            @if !pack.plan.is_empty() { (fold(w.t("run-plan"), &html! { div.flow { (shown::prose(&pack.plan)) } })) }
        },
    )
}

fn assessed(visit: &Visit, facts: &Facts, refused: Option<&Refused<'_>>) -> Markup {
    let w = visit.words;
    section(
        w.t("midterm-title"),
        &html! {
            p { (midterm_tag(w, facts.case.run.midterm)) }
            @if facts.rounds.is_empty() { p.soft { (w.t("midterm-none-yet")) } }
            @for round in facts.rounds.iter().rev() { (rounds::shown(w, facts, round)) }
            (forms::midterm(visit, facts, refused))
        },
    )
}

fn closed(visit: &Visit, facts: &Facts, refused: Option<&Refused<'_>>) -> Markup {
    let (w, run, standing) = (visit.words, &facts.case.run, facts.standing);
    let inside = standing.team || standing.office;
    let writes = inside
        && run.state == RunState::Running
        && matches!(run.closing, Closing::None | Closing::Draft | Closing::Returned);
    section(
        w.t("closing-title"),
        &html! {
            p { (closing_tag(w, run.closing)) }
            @if let Some(closed) = facts.closed.as_ref().filter(|closed| inside || closed.state == Closing::Accepted) {
                @if inside && closed.state == Closing::Returned {
                    (sheet(w.t("closing-reasons"), &html! { (shown::prose(&closed.reasons)) }))
                }
                (report(w, closed))
            } @else { p.soft { (w.t("closing-none-yet")) } }
            @if let Some(film) = &facts.film {
                h3 { (w.t("film-title")) }
                @if !film.is_public() { p { (tag(Tone::Due, w.t("film-faces-inside"))) } }
                (film::web::player(w, &(facts.case.season.id.clone(), run.number)))
            }
            @if writes {
                (acts(&[
                    link_button(Weight::Plain, &format!("{}/closing", base(facts)), w.t("closing-write")),
                    link_button(Weight::Plain, &format!("{}/closing/film", base(facts)), w.t("film-way")),
                ]))
            } @else if inside && facts.film.is_some() {
                (acts(&[link_button(Weight::Quiet, &format!("{}/closing/film", base(facts)), w.t("film-way"))]))
            }
            (forms::closing(visit, facts, refused))
        },
    )
}

fn report(w: Words, closed: &Closed) -> Markup {
    let report = &closed.report;
    let parts = [
        ("closing-done", &report.done),
        ("closing-changed", &report.changed),
        ("closing-learnt", &report.learnt),
        ("closing-next", &report.next),
    ];
    html! {
        @for (key, text) in parts.into_iter().filter(|(_, text)| !text.is_empty()) {
            h3 { (w.t(key)) }
            div.flow { (shown::prose(text)) }
        }
        @if !report.video.is_empty() {
            p { a href=(report.video) rel="noopener noreferrer" { (w.t("closing-see-video")) } }
            p.small.soft { (w.t("closing-consents-given")) }
        }
        @if let Some(verdict) = &closed.verdict { p { a href={ "/verdicts/" (verdict) } { (w.t("run-verdict")) } } }
    }
}

fn content(w: Words, facts: &Facts) -> Markup {
    sheet(
        w.t("run-content-title"),
        &match facts.content {
            Some(Grades { answers, content, .. }) => html! {
                (figures(&[Figure {
                    label: w.t("run-content"),
                    value: &format::percent(content, answers),
                    note: &w.t_with("run-content-of", &[("answers", answers.into())]),
                    ..Figure::default()
                }]))
            },
            None => html! { p.soft { (w.t("run-content-few")) } },
        },
    )
}

fn ways(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let matter = facts.case.run.matter.as_ref().filter(|_| !matches!(visit.actor, Actor::Visitor));
    sheet(
        w.t("run-more"),
        &html! {
            ul.links {
                li { a href={ (base(facts)) "/plan" } { (w.t("run-way-plan")) } }
                li { a href=(base(facts)) { (w.t("run-way-project")) } }
                @if let Some(matter) = matter { li { a href={ "/matters/" (matter) } { (w.t("run-way-matter")) } } }
                li { a href={ "/ledger?about=" (facts.case.season.id) } { (w.t("season-ledger")) } }
            }
        },
    )
}

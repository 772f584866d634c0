//! The money of a season: where it came from, where it went, and what came beside each unit of public money.

use std::collections::BTreeMap;

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Fen, Refusal};
use programmes::{SeasonId, page, web::shown};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Column, Field, Figure, Head, Input, Table, Tone, Weight, acts, breadcrumb, button, checks, empty,
        figures, flash, fold, head, link_button, pager, print_button, section, select, sheet, table, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, Visit};

use super::{
    Typed,
    flow::{self, Band, MOST, Node},
    in_column, money, step, typed,
};
use crate::{
    agreement::{Agreement, queries as agreements},
    book::{
        AccountKind,
        queries::{self as books, MOST_IN_FILE, Sums},
    },
    case::Case,
    ending::{Step, queries as steps, year_end},
    source::{
        MAX_SOURCES, Source, SourceKind,
        add::{self, AddSource},
        queries::{self as sources, Given},
    },
    voucher,
};

/// Which page of the projects and of the sources, and what was just done.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    after: u32,
    sources: u32,
    /// How much lapsed, in the smallest unit.
    lapsed: Option<i64>,
}

struct Facts {
    case: Case,
    given: Given,
    sums: Sums,
    sources: Vec<Source>,
    agreements: Vec<Agreement>,
    of_projects: BTreeMap<u32, Sums>,
    names: BTreeMap<u32, String>,
    flows: Vec<(u32, u32, Fen)>,
    n_transfers: i64,
    /// For the office: vouchers that wait, and approved projects without an agreement.
    waiting: Vec<(u32, i64, Fen)>,
    without: Vec<(u32, String, Fen)>,
    /// What waits for a second person.
    steps: Vec<Step>,
}

async fn facts(rim: &Rim, visit: &Visit, id: SeasonId, which: &Which) -> Result<Facts, Problem> {
    let (which, actor) = (which.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let case = Case::of(s, &id)?;
        let office = case.is_office(&actor);
        let agreements = agreements::agreements(s, &id, which.after)?;
        let range = (which.after, agreements.last().map_or(which.after, |last| last.project));
        Ok::<_, Fault>(Facts {
            given: sources::given(s, &id)?,
            sums: books::sums(s, &id)?,
            // all of them: the picture names each, the table shows a page
            sources: sources::sources(s, &id, 0, MAX_SOURCES)?,
            of_projects: books::of_projects(s, &id, range)?,
            names: agreements::names(s, &id)?.into_iter().collect(),
            flows: books::flows(s, &id)?,
            n_transfers: if office { books::count(s, &id)? } else { 0 },
            waiting: if office { voucher::queries::waiting(s, &id)? } else { Vec::new() },
            without: if office { agreements::without(s, &id, 0)? } else { Vec::new() },
            steps: if office { steps::all_waiting(s, &id)? } else { Vec::new() },
            agreements,
            case,
        })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/money`: ten statements, four more for the office.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, id, &which).await?;
    let typed: Typed = [("once".to_owned(), rim.once())].into();
    Ok(shown_page(&visit, &facts, &which, (&typed, None)))
}

/// `POST /seasons/{season}/money/sources`.
pub(super) async fn add(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name: &str| typed(&fields, name).to_owned();
    let input = AddSource {
        kind: of("kind"),
        name: of("name"),
        is_person: of("is_person"),
        amount: of("amount"),
        basis: of("basis"),
        project: of("project"),
        once: of("once"),
    };
    let season = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| add::add(tx, cx, &season, &input)).await;
    match page::shown(done)? {
        Ok(source) => Ok(page::to(&format!("/seasons/{id}/money/sources/{}", source.number))),
        Err(refusal) => again(&rim, &visit, id, (&fields, &refusal)).await,
    }
}

/// `POST /seasons/{season}/money/year-end`.
pub(super) async fn year_end(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let season = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| year_end::year_end(tx, cx, &season)).await;
    match page::shown(done)? {
        Ok(Some(_)) => Ok(page::to(&format!("/seasons/{id}/money"))),
        Ok(None) => Ok(page::to(&format!("/seasons/{id}/money?lapsed=0"))),
        Err(refusal) => again(&rim, &visit, id, (&fields, &refusal)).await,
    }
}

pub(super) async fn again(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    (fields, refusal): (&Typed, &Refusal),
) -> Result<Response, Problem> {
    let which = Which::default();
    let facts = facts(rim, visit, id, &which).await?;
    if !facts.case.is_office(&visit.actor) {
        return Err(refusal.clone().into());
    }
    Ok(shown_page(visit, &facts, &which, (fields, Some(refusal))))
}

fn shown_page(visit: &Visit, facts: &Facts, which: &Which, form: (&Typed, Option<&Refusal>)) -> Response {
    let w = visit.words;
    let season = &facts.case.season;
    let here = format!("/seasons/{}", season.id);
    let office = facts.case.is_office(&visit.actor);
    let mut buttons = vec![print_button(w)];
    if facts.case.sees_all(&visit.actor) && facts.n_transfers > 0 {
        for after in (0..facts.n_transfers).step_by(usize::try_from(MOST_IN_FILE).unwrap_or(1)) {
            let href = format!("{here}/money/postings.csv?after={after}");
            buttons.push(link_button(Weight::Quiet, &href, w.t("money-csv")));
            let href = format!("{here}/money/postings.xlsx?after={after}");
            buttons.push(link_button(Weight::Quiet, &href, w.t("money-xlsx")));
        }
    }
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("money-title")))
        (head(&Head { title: w.t("money-title"), lead: w.t("money-lead"), acts: &buttons, ..Head::default() }))
        (shown::tabs(w, season, &facts.case.template, "money"))
        @if let Some(lapsed) = which.lapsed.filter(|_| office) {
            (flash(Tone::Ok, &w.t_with("money-lapsed", &[("amount", (&money(w, season, Fen(lapsed))).into())])))
        }
        (told(w, form.1))
        div.stack {
            (sums(w, facts))
            (picture(visit, facts))
            (given(visit, facts, which))
            (projects(w, facts, which))
            @if office { (work(visit, facts, form)) }
        }
    };
    page::page(visit, w.t("money-title"), &body, form.1)
}

fn sums(w: Words, facts: &Facts) -> Markup {
    let season = &facts.case.season;
    let amount = |fen| money(w, season, fen);
    let (public, other) = (amount(facts.given.public), amount(facts.given.other()));
    let (paid, spent) = (amount(facts.sums.paid()), amount(facts.sums.of(AccountKind::Spent)));
    let bank = amount(facts.sums.of(AccountKind::Bank));
    let (ratio, beside) = leverage(w, &facts.given);
    figures(&[
        Figure { label: w.t("money-public"), value: &public, href: Some("#sources"), ..Figure::default() },
        Figure { label: w.t("money-other"), value: &other, href: Some("#sources"), ..Figure::default() },
        Figure { label: w.t("money-leverage"), value: &ratio, note: &beside, ..Figure::default() },
        Figure { label: w.t("money-bank"), value: &bank, ..Figure::default() },
        Figure { label: w.t("money-paid"), value: &paid, href: Some("#projects"), ..Figure::default() },
        Figure { label: w.t("money-spent"), value: &spent, href: Some("#projects"), ..Figure::default() },
    ])
}

/// What came beside each unit of the public's money, rounded down to a hundredth, and the same in words; the two sums that
/// it is the fraction of stand beside it.
pub(super) fn leverage(w: Words, given: &Given) -> (String, String) {
    let Some((part, whole)) = given.leverage() else {
        return ("–".to_owned(), w.t("money-leverage-none").to_owned());
    };
    let hundredths = i128::from(part) * 100 / i128::from(whole.max(1));
    let about = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let said = w.t_with("money-leverage-note", &[("about", (&about).into())]);
    (about, said)
}

/// From the sources to the projects, with what is still in the bank and what went back.
fn picture(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let season = &facts.case.season;
    let base = format!("/seasons/{}", season.id);
    let mut links: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    for (source, project, fen) in &facts.flows {
        *links.entry((*source, *project)).or_default() += fen.0;
    }
    for source in &facts.sources {
        if let (Some(project), None) = (source.project, &source.withdrawn) {
            *links.entry((source.number, project)).or_default() += source.amount.0;
        }
    }
    links.retain(|_, value| *value > 0);
    let first = ranked(links.iter().map(|((source, _), value)| (*source, *value)));
    let second = ranked(links.iter().map(|((_, project), value)| (*project, *value)));
    let inside = facts.case.sees_all(&visit.actor);
    let of_source = |number: u32| {
        let found = facts.sources.iter().find(|source| source.number == number);
        found.map_or_else(
            || w.n("money-source-n", number),
            |source| if inside { source.name.clone() } else { source.public_name() },
        )
    };
    let of_project = |number: u32| facts.names.get(&number).cloned().unwrap_or_else(|| w.n("money-project-n", number));
    let nodes = |ranks: &[(u32, i64)], name: &dyn Fn(u32) -> (String, String)| -> Vec<Node> {
        let mut nodes: Vec<Node> = (ranks.iter().take(MOST))
            .map(|(number, value)| {
                let (label, href) = name(*number);
                Node { label, href, value: *value }
            })
            .collect();
        let rest: i64 = ranks.iter().skip(MOST).map(|(_, value)| value).sum();
        if rest > 0 {
            nodes.push(Node { label: w.t("money-flow-others").to_owned(), href: String::new(), value: rest });
        }
        nodes
    };
    let layers = [
        nodes(&first, &|n| (of_source(n), format!("{base}/money/sources/{n}"))),
        nodes(&second, &|n| (of_project(n), format!("{base}/projects/{n}/money"))),
    ];
    let place = |ranks: &[(u32, i64)], number: u32| ranks.iter().position(|(n, _)| *n == number).unwrap_or(0).min(MOST);
    let mut bands: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for ((source, project), value) in &links {
        *bands.entry((place(&first, *source), place(&second, *project))).or_default() += value;
    }
    let bands: Vec<Band> = bands.into_iter().map(|((from, to), value)| Band { layer: 0, from, to, value }).collect();
    flow::show(w, w.t("money-flow"), (&layers, &bands), |fen| money(w, season, fen))
}

/// Numbers with what belongs to each together, the largest first.
fn ranked(parts: impl Iterator<Item = (u32, i64)>) -> Vec<(u32, i64)> {
    let mut sums: BTreeMap<u32, i64> = BTreeMap::new();
    for (number, value) in parts {
        *sums.entry(number).or_default() += value;
    }
    let mut ranks: Vec<(u32, i64)> = sums.into_iter().collect();
    ranks.sort_by_key(|(number, value)| (-value, *number));
    ranks
}

fn given(visit: &Visit, facts: &Facts, which: &Which) -> Markup {
    let w = visit.words;
    let season = &facts.case.season;
    let inside = facts.case.sees_all(&visit.actor);
    let here = format!("/seasons/{}/money", season.id);
    let columns = [
        Column::text(w.t("money-field-name")),
        Column::text(w.t("money-field-kind")),
        Column::number(w.t("money-source-gave")),
    ];
    let page_size = usize::try_from(sources::PAGE).unwrap_or(usize::MAX);
    let shown: Vec<&Source> =
        facts.sources.iter().filter(|source| source.number > which.sources).take(page_size).collect();
    let rows: Vec<Vec<Markup>> = (shown.iter())
        .map(|source| {
            let name = if inside { source.name.clone() } else { source.public_name() };
            vec![
                html! {
                    a href={ (here) "/sources/" (source.number) } { (name) }
                    @if source.withdrawn.is_some() { " " (tag(Tone::Plain, w.t("money-source-withdrawn"))) }
                },
                html! { (w.t(&format!("money-source-{}", source.kind.as_str()))) },
                html! { (in_column(w, season, source.amount)) },
            ]
        })
        .collect();
    let full = rows.len() >= page_size;
    let next = shown.last().filter(|_| full).map(|last| format!("{here}?sources={}#sources", last.number));
    html! { div #sources { (section(w.t("money-sources"), &html! {
        @if rows.is_empty() { (empty(w.t("money-sources-none"), "", None)) }
        @else { (table(w, &Table { id: "given", caption: w.t("money-sources"), columns: &columns, rows: &rows })) }
        (pager(w, (which.sources > 0).then_some(here.as_str()), next.as_deref()))
    })) } }
}

fn projects(w: Words, facts: &Facts, which: &Which) -> Markup {
    let season = &facts.case.season;
    let base = format!("/seasons/{}", season.id);
    let columns = [
        Column::text(w.t("money-field-project")),
        Column::number(w.t("money-agreed")),
        Column::number(w.t("money-paid")),
        Column::number(w.t("money-spent")),
        Column::number(w.t("money-held")),
    ];
    let none = Sums::default();
    let rows: Vec<Vec<Markup>> = (facts.agreements.iter())
        .map(|agreement| {
            let of = facts.of_projects.get(&agreement.project).unwrap_or(&none);
            let name = facts.names.get(&agreement.project).map_or("", String::as_str);
            let cell = |fen| html! { (in_column(w, season, fen)) };
            vec![
                html! { a href={ (base) "/projects/" (agreement.project) "/money" } { (agreement.project) ". " (name) } },
                cell(agreement.total),
                cell(of.paid()),
                cell(of.of(AccountKind::Spent)),
                cell(of.of(AccountKind::Held)),
            ]
        })
        .collect();
    let full = i64::try_from(rows.len()).is_ok_and(|n| n >= agreements::PAGE);
    let next =
        facts.agreements.last().filter(|_| full).map(|last| format!("{base}/money?after={}#projects", last.project));
    let first = format!("{base}/money");
    html! { div #projects { (section(w.t("money-projects"), &html! {
        @if rows.is_empty() { (empty(w.t("money-projects-none"), "", None)) }
        @else { (table(w, &Table { id: "each", caption: w.t("money-projects"), columns: &columns, rows: &rows })) }
        (pager(w, (which.after > 0).then_some(first.as_str()), next.as_deref()))
    })) } }
}

/// What the office does here.
fn work(visit: &Visit, facts: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let season = &facts.case.season;
    let base = format!("/seasons/{}", season.id);
    let wrong = refusal.is_some_and(|refusal| !refusal.fields.is_empty());
    let own = facts.steps.iter().find(|step| step.project == 0);
    let form = html! { (sheet("", &source_form(visit, facts, (fields, refusal)))) };
    html! {
        @if let Some(own) = own { (step::waits(visit, season, own)) }
        @if facts.steps.iter().any(|step| step.project > 0) {
            (sheet(w.t("money-steps"), &html! { ul.links { @for step in facts.steps.iter().filter(|step| step.project > 0) {
                li { a href=(step.page(&season.id)) {
                    (step.project) ". " (facts.names.get(&step.project).map_or("", String::as_str))
                } " " span.soft { (w.t(&format!("money-why-{}", step.kind.as_str()))) " · "
                    (money(w, season, step.amount)) } }
            } } }))
        }
        @if !facts.waiting.is_empty() {
            (sheet(w.t("money-waiting"), &html! { ul.links { @for (project, n, fen) in &facts.waiting {
                li { a href={ (base) "/projects/" (project) "/money" } {
                    (facts.names.get(project).map_or("", String::as_str))
                } " " span.soft { (w.n("money-vouchers-n", *n)) " · " (money(w, season, *fen)) } }
            } } }))
        }
        @if !facts.without.is_empty() {
            (sheet(w.t("money-without"), &html! { ul.links { @for (project, name, fen) in &facts.without {
                li { a href={ (base) "/projects/" (project) "/money" } { (project) ". " (name) }
                    " " span.soft { (money(w, season, *fen)) } }
            } } }))
        }
        @if wrong { h2 { (w.t("money-add")) } (form) } @else { (fold(w.t("money-add"), &form)) }
        @if !facts.case.funds.carry_over && own.is_none() {
            (fold(w.t("money-year-end"), &html! {
                p { (w.t("money-year-end-note")) }
                (page::press(visit, &format!("{base}/money/year-end"), &[], Weight::Plain, w.t("money-year-end-do")))
            }))
        }
    }
}

fn source_form(visit: &Visit, facts: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let errors = page::errors(w, refusal);
    let labels = ["kind", "name", "amount", "basis", "project"].map(|name| (name, w.t(&format!("money-field-{name}"))));
    let field = |name: &'static str, hint: &'static str, required| Field {
        name,
        label: w.t(&format!("money-field-{name}")),
        hint: if hint.is_empty() { "" } else { w.t(hint) },
        value: typed(fields, name),
        error: errors.of(name),
        required,
    };
    let kinds = SourceKind::ALL.map(|kind| Choice {
        value: kind.as_str(),
        label: w.t(&format!("money-source-{}", kind.as_str())),
        more: "",
    });
    let numbers: Vec<(String, String)> =
        facts.names.iter().map(|(number, name)| (number.to_string(), format!("{number}. {name}"))).collect();
    let projects: Vec<Choice<'_>> = numbers.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let body = html! {
        (errors.summary(&labels))
        (select(w, &field("kind", "", true), &kinds))
        (ui::parts::text(w, &field("name", "", true), Input::Line, Some(60)))
        (is_person(w, fields))
        (ui::parts::money(w, &field("amount", "", true), w.t("money-unit")))
        (ui::parts::text(w, &field("basis", "money-field-basis-hint", false), Input::Line, Some(300)))
        @if !projects.is_empty() { (select(w, &field("project", "money-field-project-hint", false), &projects)) }
        (acts(&[button(Weight::First, w.t("btn-save"))]))
    };
    let action = format!("/seasons/{}/money/sources", facts.case.season.id);
    page::form(visit, &action, &[("once", typed(fields, "once"))], &body)
}

fn is_person(w: Words, fields: &Typed) -> Markup {
    checks(
        w,
        &ui::parts::CheckList {
            field: Field { name: "is_person", label: w.t("money-field-is-person"), ..Field::default() },
            choices: &[Choice { value: "1", label: w.t("money-is-person"), more: w.t("money-is-person-more") }],
            chosen: if typed(fields, "is_person").is_empty() { &[] } else { &["1"] },
            one: false,
        },
    )
}

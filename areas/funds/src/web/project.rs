//! The money of a project: its agreement, budget lines, tranches and vouchers, and what each side does now.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Fen, Refusal};
use programmes::{Project, SeasonId, page, project::queries as projects, proposal, template::name_of, web::shown};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Column, Figure, Head, Table, Tone, Weight, breadcrumb, empty, figures, head, link_button, notice, pager, pairs,
        print_button, section, table, tag, told,
    },
};
use web::{PathId, Problem, Rim, Visit};

use super::{
    Typed,
    flow::{self, Band, Node},
    in_column, money, office, step,
};
use crate::{
    agreement::{Agreement, Line, Signature, State as AgreementState, Tranche, TrancheState, queries as agreements},
    book::{
        AccountKind,
        queries::{self as books, Sums},
    },
    case::{Case, Party},
    ending::{Step, queries as steps},
    source::{Source, queries as sources},
    tranche,
    voucher::{State as VoucherState, Voucher, queries as vouchers},
};

/// Which page of the vouchers.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    before: Option<u32>,
}

/// Everything that the page shows.
pub(super) struct Facts {
    pub case: Case,
    pub project: Project,
    pub agreement: Option<Agreement>,
    /// The other side that the proposal names.
    pub applied: Option<Party>,
    /// Whether it is on the approved list.
    pub approved: bool,
    pub lines: Vec<Line>,
    pub tranches: Vec<(Tranche, bool)>,
    pub sums: Sums,
    drawn: Vec<(u32, Fen)>,
    names: Vec<Source>,
    given: Vec<Source>,
    vouchers: Vec<Voucher>,
    /// For the office: what waits for a second person.
    pub waiting: Option<Step>,
    pub office: bool,
    pub team: bool,
    inside: bool,
}

pub(super) async fn facts(
    rim: &Rim,
    visit: &Visit,
    (season, number): (SeasonId, u32),
    which: Which,
) -> Result<Facts, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let case = Case::of(s, &season)?;
        let project = projects::project(s, &season, number)?;
        let agreement = agreements::optional(s, &season, number)?;
        let applied = proposal::queries::of_project(s, &season, number)?;
        let applied = applied.map(|applied| Party { person: Some(applied.author), org: applied.org });
        let (mut lines, mut tranches, mut approved) = (Vec::new(), Vec::new(), true);
        match &agreement {
            Some(agreement) => {
                lines = agreements::lines(s, &season, number)?;
                for tranche in agreements::tranches(s, &season, number)? {
                    let holds = tranche::holds(s, &season, agreement, tranche.condition)?;
                    tranches.push((tranche, holds));
                }
            }
            None => {
                approved = match programmes::running::queries::run(s, &season, number) {
                    Err(Fault::Refused(_)) => false,
                    other => other.map(|_| true)?,
                };
            }
        }
        let team = agreement.as_ref().is_some_and(|agreement| agreement.party.is(&actor, &case.site));
        let (inside, office) = (team || case.sees_all(&actor), case.is_office(&actor));
        let drawn = books::drawn(s, &season, number)?;
        Ok::<_, Fault>(Facts {
            sums: books::of_project(s, &season, number)?,
            names: if drawn.is_empty() { Vec::new() } else { sources::sources(s, &season, 0, 1_000)? },
            given: sources::of_project(s, &season, number)?,
            vouchers: vouchers::vouchers(s, (&season, number), inside, which.before)?,
            waiting: if office { steps::waiting(s, &season, number)? } else { None },
            office,
            case,
            project,
            agreement,
            applied,
            approved,
            lines,
            tranches,
            drawn,
            team,
            inside,
        })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/projects/{number}/money`: sixteen statements at most, however much was spent.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, ids, which).await?;
    let typed: Typed = [("once".to_owned(), rim.once())].into();
    Ok(shown_page(&visit, &facts, which, ("", &typed, None)))
}

/// The page, with what was refused on one of its forms, named by its route.
pub(super) fn shown_page(visit: &Visit, f: &Facts, which: Which, form: (&str, &Typed, Option<&Refusal>)) -> Response {
    let w = visit.words;
    let season = &f.case.season;
    let base = format!("/seasons/{}", season.id);
    let (all, this) = (format!("{base}/money"), format!("{base}/projects/{}", f.project.number));
    let way = [
        ("/seasons", w.t("nav-seasons")),
        (&*base, &*season.name),
        (&*all, w.t("money-title")),
        (&*this, &*f.project.name),
    ];
    let mut buttons = Vec::new();
    let running = f.agreement.as_ref().is_some_and(|agreement| agreement.state == AgreementState::Signed);
    if running && (f.team || f.office) {
        buttons.push(link_button(Weight::First, &format!("{this}/money/vouchers"), w.t("money-hand-in")));
    }
    buttons.push(print_button(w));
    let body = html! {
        (breadcrumb(w, &way, w.t("money-title")))
        (head(&Head {
            kicker: &[html! { (w.n("money-project-n", f.project.number)) }],
            title: &f.project.name,
            lead: w.t("money-project-lead"),
            acts: &buttons,
        }))
        (told(w, form.2))
        div.stack {
            @if let Some(step) = &f.waiting { (step::waits(visit, season, step)) }
            @match &f.agreement {
                None => (notice(w, Tone::Plain, "", &html! {
                    p { (w.t(if f.approved { "money-no-agreement" } else { "refusal-project-not-approved" })) }
                })),
                Some(agreement) => {
                    (sums(w, f, agreement))
                    (picture(w, f))
                    (signed(visit, f, agreement))
                    (lines(w, f))
                    (tranches(visit, f, agreement))
                    (papers(w, f, which))
                }
            }
            (office::forms(visit, f, form))
        }
    };
    page::page(visit, &f.project.name, &body, form.2)
}

fn sums(w: Words, f: &Facts, agreement: &Agreement) -> Markup {
    let amount = |fen| money(w, &f.case.season, fen);
    let (agreed, paid) = (amount(agreement.total), amount(f.sums.paid()));
    let of = |kind| amount(f.sums.of(kind));
    let (spent, held, used) = (of(AccountKind::Spent), of(AccountKind::Held), of(AccountKind::Used));
    let mut list = vec![
        Figure { label: w.t("money-agreed"), value: &agreed, ..Figure::default() },
        Figure { label: w.t("money-paid"), value: &paid, ..Figure::default() },
        Figure { label: w.t("money-spent"), value: &spent, href: Some("#vouchers"), ..Figure::default() },
        Figure { label: w.t("money-held"), value: &held, ..Figure::default() },
    ];
    let more = [AccountKind::Owed, AccountKind::Claim, AccountKind::Borne]
        .map(|kind| (w.t(&format!("money-account-{}", kind.as_str())), of(kind), f.sums.of(kind)));
    for (label, value, fen) in &more {
        if fen.0 > 0 {
            list.push(Figure { label, value, ..Figure::default() });
        }
    }
    if f.sums.of(AccountKind::Used).0 > 0 {
        list.push(Figure { label: w.t("money-used"), value: &used, ..Figure::default() });
    }
    figures(&list)
}

/// From the sources through the project to the budget lines and what is left.
fn picture(w: Words, f: &Facts) -> Markup {
    let season = &f.case.season;
    let base = format!("/seasons/{}", season.id);
    let name = |number: u32| {
        let found = f.names.iter().find(|source| source.number == number);
        found.map_or_else(
            || w.n("money-source-n", number),
            |source| {
                if f.inside { source.name.clone() } else { source.public_name() }
            },
        )
    };
    let node = |label: String, href: String, value: i64| Node { label, href, value };
    let mut first: Vec<Node> = (f.drawn.iter())
        .filter(|(_, fen)| fen.0 > 0)
        .map(|(n, fen)| node(name(*n), format!("{base}/money/sources/{n}"), fen.0))
        .collect();
    let mut last: Vec<Node> = (f.lines.iter())
        .filter(|line| line.spent.0 > 0)
        .map(|line| node(line_name(w, f, line), "#lines".to_owned(), line.spent.0))
        .collect();
    for (kind, from) in
        [(AccountKind::Owed, true), (AccountKind::Borne, true), (AccountKind::Held, false), (AccountKind::Claim, false)]
    {
        let value = f.sums.of(kind).0;
        let here = if from { &mut first } else { &mut last };
        if value > 0 {
            here.push(node(w.t(&format!("money-account-{}", kind.as_str())).to_owned(), String::new(), value));
        }
    }
    if last.len() > flow::MOST {
        let rest: i64 = last.iter().skip(flow::MOST).map(|node| node.value).sum();
        last.truncate(flow::MOST);
        last.push(node(w.t("money-flow-others").to_owned(), String::new(), rest));
    }
    let whole: i64 = first.iter().map(|node| node.value).sum();
    let mut bands: Vec<Band> =
        first.iter().enumerate().map(|(from, node)| Band { layer: 0, from, to: 0, value: node.value }).collect();
    bands.extend(last.iter().enumerate().map(|(to, node)| Band { layer: 1, from: 0, to, value: node.value }));
    let layers = [first, vec![node(w.n("money-project-n", f.project.number), String::new(), whole)], last];
    flow::show(w, w.t("money-flow"), (&layers, &bands), |fen| money(w, season, fen))
}

/// What a line pays, in the reader's language, and what for.
pub(super) fn line_name(w: Words, f: &Facts, line: &Line) -> String {
    let terms: Vec<_> = (f.case.template.budget.lines.iter())
        .map(|kind| programmes::template::Term { key: kind.key.clone(), name: kind.name.clone() })
        .collect();
    let kind = name_of(&terms, &line.kind, w.locale());
    if line.what.is_empty() { kind.to_owned() } else { format!("{kind} · {}", line.what) }
}

fn signed(visit: &Visit, f: &Facts, agreement: &Agreement) -> Markup {
    let w = visit.words;
    let tone = match agreement.state {
        AgreementState::Signed => Tone::Ok,
        AgreementState::Draft => Tone::Due,
        AgreementState::Settled | AgreementState::Terminated => Tone::Plain,
    };
    let signature = |signature: &Option<Signature>| match signature {
        Some(signature) => shown::day(w, &signature.day),
        None => html! { (w.t("money-not-signed")) },
    };
    let mut facts = vec![
        (w.t("word-status"), tag(tone, w.t(&format!("money-agreement-{}", agreement.state.as_str())))),
        (w.t("money-term"), html! { (shown::day(w, &agreement.from)) " – " (shown::day(w, &agreement.until)) }),
        (w.t("money-side-office"), signature(&agreement.office)),
        (w.t("money-side-team"), signature(&agreement.team)),
    ];
    if let Some(day) = &agreement.ended {
        facts.push((w.t("money-ended"), shown::day(w, day)));
    }
    if !agreement.reason.is_empty() {
        facts.push((w.t("money-field-reason"), html! { (agreement.reason) }));
    }
    section(w.t("money-agreement"), &html! { (pairs(&facts)) (office::sign_forms(visit, f, agreement)) })
}

fn lines(w: Words, f: &Facts) -> Markup {
    let columns = [
        Column::text(w.t("money-line")),
        Column::number(w.t("money-planned")),
        Column::number(w.t("money-spent")),
        Column::number(w.t("money-waits")),
        Column::number(w.t("money-left")),
    ];
    let rows: Vec<Vec<Markup>> = (f.lines.iter())
        .map(|line| {
            let cell = |fen| html! { (in_column(w, &f.case.season, fen)) };
            let name = line_name(w, f, line);
            vec![html! { (name) }, cell(line.planned), cell(line.spent), cell(line.waiting), cell(line.left())]
        })
        .collect();
    let shown = table(w, &Table { id: "budget", caption: w.t("money-lines"), columns: &columns, rows: &rows });
    html! { div #lines { (section(w.t("money-lines"), &shown)) } }
}

fn tranches(visit: &Visit, f: &Facts, agreement: &Agreement) -> Markup {
    let w = visit.words;
    let columns = [
        Column::text(w.t("money-tranche")),
        Column::number(w.t("money-amount")),
        Column::text(w.t("money-condition")),
        Column::text(w.t("word-status")),
    ];
    let rows: Vec<Vec<Markup>> = (f.tranches.iter())
        .map(|(tranche, holds)| {
            let tone = match tranche.state {
                TrancheState::Planned => Tone::Plain,
                TrancheState::Proposed => Tone::Due,
                TrancheState::Released => Tone::Ok,
            };
            vec![
                html! { (w.n("money-tranche-n", tranche.number)) },
                html! { (in_column(w, &f.case.season, tranche.amount)) },
                html! {
                    (w.t(&format!("money-when-{}", tranche.condition.as_str())))
                    @if tranche.state != TrancheState::Released { br; span.small.soft {
                        (w.t(if *holds { "money-holds" } else { "money-holds-not" }))
                    } }
                },
                html! {
                    (tag(tone, w.t(&format!("money-tranche-{}", tranche.state.as_str()))))
                    @if let Some(day) = &tranche.released { " " (shown::day(w, day)) }
                    (office::tranche_forms(visit, f, agreement, (tranche, *holds)))
                },
            ]
        })
        .collect();
    section(
        w.t("money-tranches"),
        &table(w, &Table { id: "tranches", caption: w.t("money-tranches"), columns: &columns, rows: &rows }),
    )
}

/// How a voucher's state looks.
pub(super) fn state(w: Words, state: VoucherState) -> Markup {
    let tone = match state {
        VoucherState::Waiting => Tone::Due,
        VoucherState::Approved => Tone::Ok,
        VoucherState::Refused => Tone::Plain,
    };
    tag(tone, w.t(&format!("money-voucher-{}", state.as_str())))
}

fn papers(w: Words, f: &Facts, which: Which) -> Markup {
    let here = format!("/seasons/{}/projects/{}/money", f.case.season.id, f.project.number);
    let columns = [
        Column::text(w.t("money-voucher")),
        Column::text(w.t("money-field-day")),
        Column::text(w.t("money-field-payee")),
        Column::number(w.t("money-amount")),
        Column::text(w.t("word-status")),
    ];
    let rows: Vec<Vec<Markup>> = (f.vouchers.iter())
        .map(|voucher| {
            let payee = if f.inside { voucher.payee.clone() } else { voucher.public_payee() };
            vec![
                html! { a href={ (here) "/vouchers/" (voucher.id) } { (voucher.number) ". " (voucher.purpose) } },
                shown::day(w, &voucher.day),
                html! { (payee) },
                html! { (in_column(w, &f.case.season, voucher.amount)) },
                state(w, voucher.state),
            ]
        })
        .collect();
    let full = i64::try_from(rows.len()).is_ok_and(|n| n >= vouchers::PAGE);
    let next = f.vouchers.last().filter(|_| full).map(|last| format!("{here}?before={}#vouchers", last.number));
    html! { div #vouchers { (section(w.t("money-vouchers"), &html! {
        @if rows.is_empty() { (empty(w.t("money-vouchers-none"), "", None)) }
        @else { (table(w, &Table { id: "papers", caption: w.t("money-vouchers"), columns: &columns, rows: &rows })) }
        (pager(w, which.before.map(|_| here.as_str()), next.as_deref()))
        @if !f.given.is_empty() {
            h3 { (w.t("money-used")) }
            ul.links { @for source in &f.given { li {
                a href={ "/seasons/" (f.case.season.id) "/money/sources/" (source.number) } {
                    (if f.inside { source.name.clone() } else { source.public_name() })
                }
                " " span.soft { (money(w, &f.case.season, source.amount)) }
            } } }
        }
    })) } }
}

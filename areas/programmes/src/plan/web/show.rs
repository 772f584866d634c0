//! Plan against done: figures, a picture a measure, the months as a table, the versions.

use axum::{Extension, extract::State as Shared, response::Response};
use db::{Fault, Tx};
use kernel::{Context, Day, Fen, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        Chart, ChartRow, Column, Field, Head, Table, Tone, Weight, acts, apart, breadcrumb, budget, button_named,
        chart, empty, fold, head, link_button, pairs, progress, section, sheet, table, tag, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use crate::{
    SeasonId, page,
    plan::{
        Plan, State, Version,
        decide::{self, Decide},
        queries,
        rules::{self, Beside},
        write,
    },
    running::{Case, Known, MonthDone, RunState, Standing, Told},
    season::web::shown,
};

type Of = (SeasonId, u32);

/// What the forms of this page send.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    version: String,
    act: String,
    words: String,
}

struct Facts {
    case: Case,
    standing: Standing,
    versions: Vec<Version>,
    known: Known,
    done: Vec<MonthDone>,
    today: Day,
}

/// `GET /seasons/{season}/projects/{number}/plan`.
pub(crate) async fn show(
    Shared(rim): Shared<Rim>,
    Extension(told): Extension<Told>,
    visit: Visit,
    PathId(of): PathId<Of>,
) -> Result<Response, Problem> {
    whole((&rim, &visit, told), of, None).await
}

async fn whole(
    (rim, visit, evidence): (&Rim, &Visit, Told),
    (season, number): Of,
    refused: Option<(&Typed, &Refusal)>,
) -> Result<Response, Problem> {
    let (actor, today) = (visit.actor.clone(), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let case = Case::read(s, &season, number)?;
        Ok::<_, Fault>(Facts {
            standing: case.standing(&actor),
            versions: queries::versions(s, &season, number)?,
            known: evidence.0.known(s, &season, &[number])?.remove(&number).unwrap_or_default(),
            done: evidence.0.by_month(s, &season, number)?,
            today: today.clone(),
            case,
        })
    });
    let facts = read.await?;
    let w = visit.words;
    let (season, board) =
        (format!("/seasons/{}", facts.case.season.id), format!("/seasons/{}/running", facts.case.season.id));
    let project = format!("{season}/projects/{}/running", facts.case.run.number);
    let way = [
        ("/seasons", w.t("nav-seasons")),
        (&*season, &*facts.case.season.name),
        (&*board, w.t("running-title")),
        (&*project, &*facts.case.project.name),
    ];
    let refusal = refused.map(|(_, refusal)| refusal);
    let body = html! {
        (breadcrumb(w, &way, w.t("plan-title")))
        (head(&Head { title: w.t("plan-title"), lead: &facts.case.project.name, ..Head::default() }))
        div.stack {
            (told(w, refusal))
            @match queries::in_force(&facts.versions) {
                Some(there) => { (against(w, &facts, &there.plan)) }
                None => { (empty(w.t("plan-none"), w.t("plan-none-hint"), None)) }
            }
            (writing(w, &facts))
            (asked(visit, &facts, refused))
            (history(w, &facts))
        }
    };
    Ok(page::page(visit, w.t("plan-title"), &body, refusal))
}

fn base(facts: &Facts) -> String {
    format!("/seasons/{}/projects/{}/plan", facts.case.season.id, facts.case.run.number)
}

/// Whoever does it or works for the office.
fn inside(facts: &Facts) -> bool {
    facts.standing.team || facts.standing.office
}

fn open(facts: &Facts) -> Option<&Version> {
    facts.versions.last().filter(|last| last.state == State::Asked)
}

fn against(w: Words, facts: &Facts, plan: &Plan) -> Markup {
    let (sums, known) = (rules::sums(plan), &facts.known);
    let (gone, days) = rules::time(plan, &facts.case.run.begun_day, &facts.today);
    let money = |sum: Fen| shown::money(&facts.case.season, sum);
    let held = known.activities.map(u64::from);
    // what falls behind is for those who can do something about it
    let late = inside(facts)
        && facts.case.run.state == RunState::Running
        && held.is_some_and(|held| rules::behind(plan, held, &facts.today));
    let rows = rules::beside(plan, &facts.done);
    html! {
        section.sheet.stack {
            @if late { p { (tag(Tone::Due, w.t("running-why-behind"))) } }
            @if let Some(held) = held { (progress(w, w.t("run-activities"), held, sums.activities)) }
            @if let Some(visits) = known.visits { (progress(w, w.t("plan-people"), visits, sums.people)) }
            (progress(w, w.t("plan-days"), gone, days))
            @if let Some(paid) = &known.money { (budget(w, money(sums.money), money(paid.spent))) }
        }
        (pictures(w, &rows))
        (by_month(w, facts, &rows))
    }
}

/// The measures by month, planned and done under one another.
fn pictures(w: Words, rows: &[Beside]) -> Markup {
    let one = |id: &str, key: &str, of: &dyn Fn(&Beside) -> (u64, u64), text: &dyn Fn(u64) -> String| {
        let mut list: Vec<(String, u64, String)> = Vec::with_capacity(rows.len() * 2);
        for row in rows {
            let month = [("month", row.month.as_str().into())];
            let (planned, done) = of(row);
            list.push((w.t_with("plan-row-planned", &month), planned, text(planned)));
            list.push((w.t_with("plan-row-done", &month), done, text(done)));
        }
        let bars: Vec<ChartRow<'_>> =
            (list.iter()).map(|(label, value, text)| ChartRow { label, value: *value, text, href: None }).collect();
        chart(&Chart { id, caption: w.t(key), label: w.t("run-month"), value: w.t(key), rows: &bars })
    };
    let fen = |sum: Fen| u64::try_from(sum.0).unwrap_or(0);
    let yuan = |n: u64| {
        let sum = Fen(i64::try_from(n).unwrap_or(i64::MAX)).to_string();
        w.t_with("plan-yuan", &[("sum", sum.as_str().into())])
    };
    html! {
        (one("plan-activities", "plan-chart-activities", &|row| (row.activities.0.into(), row.activities.1.into()), &format::count))
        (fold(w.t("plan-chart-people"), &one("plan-people", "plan-chart-people", &|row| (row.people.0.into(), row.people.1), &format::count)))
        (fold(w.t("plan-chart-money"), &one("plan-money", "plan-chart-money", &|row| (fen(row.money.0), fen(row.money.1)), &yuan)))
    }
}

fn by_month(w: Words, facts: &Facts, rows: &[Beside]) -> Markup {
    let columns =
        [("run-month", false), ("plan-col-activities", true), ("plan-col-people", true), ("plan-col-money", true)];
    let columns = columns.map(|(key, numeric)| Column { label: w.t(key), numeric });
    let amount = |sum: Fen| shown::amount(w, &facts.case.season, sum.0);
    let of = |done: String, planned: String| html! { (done) " / " (planned) };
    let list: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| {
            vec![
                html! { (row.month) },
                of(row.activities.1.to_string(), row.activities.0.to_string()),
                of(format::count(row.people.1), format::count(u64::from(row.people.0))),
                of(amount(row.money.1), amount(row.money.0)),
            ]
        })
        .collect();
    let shown = table(w, &Table { id: "plan-months", caption: w.t("plan-caption"), columns: &columns, rows: &list });
    fold(w.t("plan-as-table"), &shown)
}

fn writing(w: Words, facts: &Facts) -> Markup {
    if !inside(facts) || facts.case.run.state != RunState::Running || open(facts).is_some() {
        return html! {};
    }
    let key = if facts.versions.is_empty() { "plan-set" } else { "plan-ask" };
    acts(&[link_button(Weight::Plain, &format!("{}/edit", base(facts)), w.t(key))])
}

/// The change that is asked for: what would be different, and the decision.
fn asked(visit: &Visit, facts: &Facts, refused: Option<(&Typed, &Refusal)>) -> Markup {
    let w = visit.words;
    let Some(asked) = open(facts).filter(|_| inside(facts)) else { return html! {} };
    let version = asked.version.to_string();
    let mine = asked.asked_by.is_some() && asked.asked_by.as_ref() == visit.actor.person();
    let (typed, refusal) = refused.unzip();
    let words = Field {
        name: "words",
        label: w.t("plan-answer"),
        hint: w.t("plan-answer-hint"),
        value: typed.map_or("", |typed| &typed.words),
        error: page::errors(w, refusal).of("words"),
        required: false,
    };
    let decision = html! {
        (textarea(w, &words, 3, Some(1_000)))
        (acts(&[
            button_named(Weight::First, "act", "accept", w.t("plan-accept")),
            button_named(Weight::Plain, "act", "refuse", w.t("plan-refuse")),
        ]))
    };
    let decision = page::form(visit, &format!("{}/decide", base(facts)), &[("version", &version)], &decision);
    let back = format!("{}/withdraw", base(facts));
    sheet(
        w.t("plan-asked"),
        &html! {
            (facts_of(w, facts, asked))
            @if facts.standing.decides && !mine { (apart("decide", &decision)) }
            @if facts.standing.team || mine {
                (page::press(visit, &back, &[("version", &version)], Weight::Quiet, w.t("plan-withdraw")))
            }
        },
    )
}

/// What a version says: sums, end, lines; words for those inside.
fn facts_of(w: Words, facts: &Facts, version: &Version) -> Markup {
    let sums = rules::sums(&version.plan);
    let amount = |sum: Fen| shown::amount(w, &facts.case.season, sum.0);
    let ends = Day::parse(&version.plan.ends);
    let list = [
        (w.t("run-activities"), html! { (format::count(sums.activities)) }),
        (w.t("plan-people"), html! { (format::count(sums.people)) }),
        (w.t("plan-money"), html! { (amount(sums.money)) }),
        (w.t("plan-ends"), html! { @if let Some(ends) = &ends { (shown::day(w, ends)) } }),
    ];
    html! {
        (pairs(&list))
        @if !version.plan.lines.is_empty() {
            (fold(w.t("plan-lines"), &html! {
                ul.plain { @for line in &version.plan.lines { li { (line.what) " " span.num { (amount(line.sum)) } } } }
            }))
        }
        @if inside(facts) && !version.reason.is_empty() {
            h3 { (w.t("plan-reason")) }
            div.flow { (shown::prose(&version.reason)) }
        }
        @if inside(facts) && !version.answer.is_empty() {
            h3 { (w.t("plan-answer")) }
            div.flow { (shown::prose(&version.answer)) }
        }
    }
}

fn history(w: Words, facts: &Facts) -> Markup {
    if facts.versions.is_empty() {
        return html! {};
    }
    let current = queries::in_force(&facts.versions).map(|there| there.version);
    section(
        w.t("plan-versions"),
        &html! {
            @for version in facts.versions.iter().rev() {
                @let title = w.t_with("plan-version", &[("version", version.version.into())]);
                (sheet(&title, &html! {
                    p {
                        @if current == Some(version.version) { (tag(Tone::Ok, w.t("plan-in-force"))) }
                        @else { (tag(Tone::Plain, w.t(&format!("plan-state-{}", version.state.as_str())))) }
                        " " (shown::day(w, &version.asked_day))
                        @if let Some(day) = &version.decided_day { " → " (shown::day(w, day)) }
                    }
                    @if version.state != State::Asked { (facts_of(w, facts, version)) }
                }))
            }
        },
    )
}

/// Runs a form's command and goes back to the plan, or shows the page again.
async fn done<T: Send + 'static>(
    of: (&Rim, &Visit, Told),
    id: Of,
    typed: &Typed,
    command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Clone + Send + 'static,
) -> Result<Response, Problem> {
    match page::shown(page::act(of.0, of.1, command).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{}/projects/{}/plan", id.0, id.1))),
        Err(refusal) => whole(of, id, Some((typed, &refusal))).await,
    }
}

/// `POST /seasons/{season}/projects/{number}/plan/decide`.
pub(crate) async fn decide(
    Shared(rim): Shared<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = Decide {
        version: typed.version.parse().unwrap_or(0),
        accept: typed.act == "accept",
        words: typed.words.clone(),
    };
    let of = id.clone();
    let command = move |tx: &mut Tx<'_>, cx: &mut Context| decide::decide(tx, cx, (&of.0, of.1), &input);
    done((&rim, &visit, told), id, &typed, command).await
}

/// `POST /seasons/{season}/projects/{number}/plan/withdraw`.
pub(crate) async fn withdraw(
    Shared(rim): Shared<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, version) = (id.clone(), typed.version.parse().unwrap_or(0));
    let command = move |tx: &mut Tx<'_>, cx: &mut Context| write::withdraw(tx, cx, (&of.0, of.1), version);
    done((&rim, &visit, told), id, &typed, command).await
}

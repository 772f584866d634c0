//! The form of a plan: a row a month, the budget, the end.

use std::collections::BTreeMap;

use axum::{extract::State as Shared, response::Response};
use db::Fault;
use kernel::{Day, Fen, Refusal};
use ui::{
    Markup, html,
    parts::{
        Errors, Field, Head, Input, Weight, acts, breadcrumb, button, fieldset, fold, head, money, text, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};
use work::calendar::add_days;

use crate::{
    SeasonId, Stage, Template, page,
    plan::{
        Line, MAX_LINES, MAX_MONTHS, Typed, TypedLine, TypedMonth, Version, names, queries, rules,
        write::{self, WritePlan},
    },
    proposal::{self, read::read as read_proposal},
    running::Case,
    season, template,
};

type Of = (SeasonId, u32);
/// What was typed, by name of the field.
type Pairs = BTreeMap<String, String>;

/// Rows of the budget that are open, beside those that are filled in.
const BLANK: usize = 3;

struct Facts {
    case: Case,
    versions: Vec<Version>,
    /// What the form begins with.
    first: Typed,
}

/// `GET /seasons/{season}/projects/{number}/plan/edit`.
pub(crate) async fn edit(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
) -> Result<Response, Problem> {
    of(&rim, &visit, id, None).await
}

/// `POST /seasons/{season}/projects/{number}/plan`.
pub(crate) async fn write(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<Of>,
    Fields(pairs): Fields<Pairs>,
) -> Result<Response, Problem> {
    let input = parse(&pairs);
    let (at, sent) = (id.clone(), input.clone());
    match page::shown(page::act(&rim, &visit, move |tx, cx| write::write(tx, cx, (&at.0, at.1), &sent)).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{}/projects/{}/plan", id.0, id.1))),
        Err(refusal) => of(&rim, &visit, id, Some((&input, &refusal))).await,
    }
}

fn parse(pairs: &Pairs) -> WritePlan {
    let text = |name: &str| pairs.get(name).cloned().unwrap_or_default();
    let month = |row: usize| TypedMonth {
        month: text(&format!("month-{row}")),
        activities: text(names::month(row, 0)),
        people: text(names::month(row, 1)),
        money: text(names::month(row, 2)),
    };
    let line = |row: usize| TypedLine { what: text(names::line(row, 0)), sum: text(names::line(row, 1)) };
    WritePlan {
        version: text("version").parse().unwrap_or(0),
        plan: Typed {
            months: (1..=MAX_MONTHS).map(month).filter(|month| !month.month.is_empty()).collect(),
            lines: (1..=MAX_LINES).map(line).collect(),
            ends: text("ends"),
        },
        reason: text("reason"),
    }
}

async fn of(
    rim: &Rim,
    visit: &Visit,
    (season, number): Of,
    refused: Option<(&WritePlan, &Refusal)>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let case = Case::read(s, &season, number)?;
        case.team(&actor)?;
        let template = template::queries::of_season(s, &case.season)?;
        let planned = season::queries::plan(s, &season)?;
        // a project is to be done when the season shows its results
        let until = planned.iter().rev().find(|stage| stage.stage <= Stage::Closing).map(|stage| stage.until.clone());
        let until = until.unwrap_or_else(|| add_days(&case.run.begun_day, 180));
        let versions = queries::versions(s, &season, number)?;
        let first = match (queries::in_force(&versions), &case.applied) {
            (Some(there), _) => {
                let ends = Day::parse(&there.plan.ends).unwrap_or_else(|| until.clone());
                // two months more, so that the end can be moved
                let last = add_days(&ends.max(until), 60);
                rules::typed(&there.plan, &rules::months(&case.run.begun_day, &last))
            }
            (None, Some(applied)) => {
                let typed = proposal::queries::proposal(s, &season, &applied.id)?.typed;
                expected(&template, &typed, (&case, &until))
            }
            (None, None) => expected(&template, &proposal::Typed::default(), (&case, &until)),
        };
        Ok::<_, Fault>(Facts { case, versions, first })
    });
    let facts = read.await?;
    Ok(shown(visit, &facts, refused))
}

/// What the proposal expects, as a plan to begin with.
fn expected(template: &Template, typed: &proposal::Typed, (case, until): (&Case, &Day)) -> Typed {
    let begun = &case.run.begun_day;
    let until = if until > begun { until.clone() } else { add_days(begun, 180) };
    let people = typed.answers.get("people").and_then(|n| n.trim().parse().ok()).unwrap_or(0);
    let paid = read_proposal(typed, template).lines;
    let paid: Vec<_> = paid.into_iter().filter(|line| line.purse == proposal::budget::Purse::Grant).collect();
    let lines = template.budget.lines.iter().filter_map(|kind| {
        let of = paid.iter().filter(|line| line.kind == kind.key);
        let sum = Fen(of.fold(0, |sum: i64, line| sum.saturating_add(line.amount().0)));
        // in the language of the place, in which the plan is kept
        (sum > Fen(0)).then(|| Line { what: kind.name.zh_hans.clone(), sum })
    });
    rules::spread(&rules::months(begun, &until), people, (case.project.cost, &until), lines.collect())
}

fn shown(visit: &Visit, facts: &Facts, refused: Option<(&WritePlan, &Refusal)>) -> Response {
    let w = visit.words;
    let here = format!("/seasons/{}/projects/{}/plan", facts.case.season.id, facts.case.run.number);
    let current = queries::in_force(&facts.versions).map_or(0, |there| there.version);
    let title = w.t(if current == 0 { "plan-set" } else { "plan-ask" });
    let (typed, refusal) = match refused {
        Some((input, refusal)) => (&input.plan, Some(refusal)),
        None => (&facts.first, None),
    };
    let version = refused.map_or(current, |(input, _)| input.version).to_string();
    let form = Form { visit, errors: page::errors(w, refusal), typed };
    let reason = Field {
        name: "reason",
        label: w.t("plan-reason"),
        hint: w.t("plan-reason-hint"),
        value: refused.map_or("", |(input, _)| &input.reason),
        error: form.errors.of("reason"),
        required: true,
    };
    let hidden: Vec<(String, &str)> =
        (1..).zip(&typed.months).map(|(row, month)| (format!("month-{row}"), month.month.as_str())).collect();
    let mut sent: Vec<(&str, &str)> = hidden.iter().map(|(name, month)| (name.as_str(), *month)).collect();
    sent.push(("version", &version));
    let labels = form.labels();
    let labels: Vec<(&str, &str)> = labels.iter().map(|(name, label)| (*name, label.as_str())).collect();
    let fields = html! {
        (form.errors.summary(&labels))
        (told(w, refusal))
        (text(w, &form.field("ends", ("plan-ends", ""), &typed.ends, true), Input::Day, Some(10)))
        (form.months())
        (form.budget())
        @if current > 0 { (textarea(w, &reason, 4, Some(1_000))) }
        (acts(&[button(Weight::First, w.t(if current == 0 { "btn-save" } else { "plan-send" }))]))
    };
    let season = format!("/seasons/{}", facts.case.season.id);
    let way = [("/seasons", w.t("nav-seasons")), (&*season, &*facts.case.season.name), (&*here, w.t("plan-title"))];
    let lead = w.t(if current == 0 { "plan-set-lead" } else { "plan-ask-lead" });
    let body = html! {
        (breadcrumb(w, &way, title))
        (head(&Head { title, lead, ..Head::default() }))
        section.sheet.stack { (page::form(visit, &here, &sent, &fields)) }
    };
    page::page(visit, title, &body, refusal)
}

struct Form<'a> {
    visit: &'a Visit,
    errors: Errors<'a>,
    typed: &'a Typed,
}

impl Form<'_> {
    fn field<'b>(&'b self, name: &'b str, (label, hint): (&str, &str), value: &'b str, required: bool) -> Field<'b> {
        let w = self.visit.words;
        let hint = if hint.is_empty() { "" } else { w.t(hint) };
        Field { name, label: w.t(label), hint, value, error: self.errors.of(name), required }
    }

    /// The names of the fields, for the summary of what is wrong.
    fn labels(&self) -> Vec<(&'static str, String)> {
        let w = self.visit.words;
        let named =
            [("ends", "plan-ends"), ("months", "plan-months"), ("lines", "plan-lines"), ("reason", "plan-reason")];
        let mut labels: Vec<(&'static str, String)> =
            named.iter().map(|(name, key)| (*name, w.t(key).to_owned())).collect();
        for (row, month) in (1..).zip(&self.typed.months) {
            for (part, of) in names::MONTH.iter().enumerate() {
                labels.push((names::month(row, part), format!("{} {}", month.month, w.t(&format!("plan-field-{of}")))));
            }
        }
        for row in 1..=MAX_LINES {
            for (part, of) in names::LINE.iter().enumerate() {
                let line = w.t_with("plan-line", &[("n", row.into())]);
                labels.push((names::line(row, part), format!("{line} {}", w.t(&format!("plan-field-{of}")))));
            }
        }
        labels
    }

    fn months(&self) -> Markup {
        let w = self.visit.words;
        html! {
            div id="f-months" tabindex="-1" {
                (fieldset(w.t("plan-months"), w.t("plan-months-hint"), &html! {
                    @if let Some(error) = self.errors.of("months") { div.field.wrong { p.error { (error) } } }
                    @for (row, month) in (1..).zip(&self.typed.months) {
                        fieldset.beside {
                            legend { (month.month) }
                            (text(w, &self.field(names::month(row, 0), ("plan-field-activities", ""), &month.activities, true),
                                Input::Number, Some(4)))
                            (text(w, &self.field(names::month(row, 1), ("plan-field-people", ""), &month.people, true),
                                Input::Number, Some(7)))
                            (money(w, &self.field(names::month(row, 2), ("plan-field-money", ""), &month.money, true),
                                w.t("unit-yuan")))
                        }
                    }
                }))
            }
        }
    }

    fn budget(&self) -> Markup {
        let w = self.visit.words;
        let filled = self.typed.lines.iter().rposition(|line| *line != TypedLine::default()).map_or(0, |at| at + 1);
        let shown = (filled + BLANK).min(MAX_LINES);
        let blank = TypedLine::default();
        let body = html! {
            @if let Some(error) = self.errors.of("lines") { div.field.wrong { p.error { (error) } } }
            @for row in 1..=shown {
                @let line = self.typed.lines.get(row - 1).unwrap_or(&blank);
                fieldset.beside {
                    legend { (w.t_with("plan-line", &[("n", row.into())])) }
                    (text(w, &self.field(names::line(row, 0), ("plan-field-what", ""), &line.what, true),
                        Input::Line, Some(60)))
                    (money(w, &self.field(names::line(row, 1), ("plan-field-sum", ""), &line.sum, true), w.t("unit-yuan")))
                }
            }
        };
        html! {
            div id="f-lines" tabindex="-1" {
                @if self.errors.of("lines").is_some() { (fieldset(w.t("plan-lines"), w.t("plan-lines-hint"), &body)) }
                @else { (fold(w.t("plan-lines"), &html! { p.soft { (w.t("plan-lines-hint")) } (body) })) }
            }
        }
    }
}

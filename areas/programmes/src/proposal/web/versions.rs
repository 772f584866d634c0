//! Two versions beside one another, with what went and what came.

use axum::{
    extract::{Query, State as Shared},
    response::Response,
};
use db::Fault;
use kernel::{Day, Kind, Refusal};
use matters::notice::{Part, difference};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Choice, Field, Filter, Head, empty, filter, head, section, select},
};
use web::{PathId, Problem, Rim, Section, SignedIn};

use super::{Facts, facts, page_of, show, way};
use crate::{
    SeasonId,
    proposal::{ProposalId, Typed, TypedLine, Version, queries},
    season::web::shown,
    template::{LineKind, name_of},
};

/// Which two.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Two {
    from: Option<String>,
    to: Option<String>,
}

struct Pair {
    facts: Facts,
    days: Vec<(u32, Day)>,
    old: Option<Version>,
    new: Option<Version>,
}

/// `GET …/versions?from=&to=`: seven statements. Without numbers, the last two.
pub(crate) async fn versions(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
    Query(two): Query<Two>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let facts = facts(s, (&season, &id), &actor)?;
        if !facts.standing.inside() {
            return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
        }
        let days = queries::version_days(s, &id)?;
        let last = days.first().map_or(0, |(number, _)| *number);
        let asked = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<u32>().ok());
        let to = asked(&two.to).unwrap_or(last);
        let from = asked(&two.from).unwrap_or_else(|| to.saturating_sub(1).max(1));
        let (old, new) = match last {
            0 => (None, None),
            _ => (Some(queries::version(s, &id, from)?), Some(queries::version(s, &id, to)?)),
        };
        Ok::<_, Fault>(Pair { facts, days, old, new })
    });
    let pair = read.await?;
    let (w, facts) = (visit.words, &pair.facts);
    let title = w.t("proposal-versions");
    let body = html! {
        (way(w, facts, title))
        (head(&Head { title, lead: w.t("proposal-versions-lead"), ..Head::default() }))
        div.stack {
            (shown::tabs(w, &facts.season, &facts.template, "proposals"))
            @match (&pair.old, &pair.new) {
                (Some(old), Some(new)) => {
                    (chooser(w, &pair, (old.number, new.number)))
                    (compared(w, facts, (&old.typed, &new.typed)))
                }
                _ => { (empty(w.t("proposal-versions-none"), "", Some((&page_of(facts), w.t("btn-back"))))) }
            }
        }
    };
    Ok(visit.page(Section::Seasons, title, &body))
}

fn chooser(w: Words, pair: &Pair, (from, to): (u32, u32)) -> Markup {
    let labels: Vec<(String, String)> = (pair.days.iter())
        .map(|(number, day)| {
            let date = shown::date(w.locale(), day);
            let args = [("n", (*number).into()), ("date", date.as_str().into())];
            (number.to_string(), w.t_with("proposal-version", &args))
        })
        .collect();
    let choices: Vec<Choice<'_>> = labels.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let (from, to) = (from.to_string(), to.to_string());
    let field = |name, label, value| Field { name, label, value, required: true, ..Field::default() };
    let fields = [
        select(w, &field("from", w.t("proposal-version-old"), &from), &choices),
        select(w, &field("to", w.t("proposal-version-new"), &to), &choices),
    ];
    let action = format!("{}/versions", page_of(&pair.facts));
    filter(
        w,
        &Filter {
            action: &action,
            label: "",
            fields: &fields,
            on: &[(w.t("proposal-versions-last"), &action)],
            found: "",
        },
    )
}

/// Every part that is in one of the two, with its differences.
fn compared(w: Words, facts: &Facts, (old, new): (&Typed, &Typed)) -> Markup {
    let (t, locale) = (&facts.template, w.locale());
    let tier =
        |key: &str| t.tiers.iter().find(|tier| tier.key == key).map_or("", |tier| tier.name.of(locale)).to_owned();
    let field = |list, key: &str| name_of(list, key, locale).to_owned();
    let mut parts: Vec<(&str, String, String)> = vec![
        (w.t("proposal-field-title"), old.title.clone(), new.title.clone()),
        (w.t("proposal-field-summary"), old.summary.clone(), new.summary.clone()),
        (w.t("proposal-field-field"), field(&t.fields, &old.field), field(&t.fields, &new.field)),
        (w.t("proposal-field-tier"), tier(&old.tier), tier(&new.tier)),
        (w.t("proposal-field-group"), field(&t.groups, &old.group), field(&t.groups, &new.group)),
    ];
    let answer = |typed: &Typed, key: &str| typed.answers.get(key).cloned().unwrap_or_default();
    parts.extend(t.form.iter().map(|e| (e.name.of(locale), answer(old, &e.key), answer(new, &e.key))));
    let same = parts.iter().all(|(_, old, new)| old == new) && old == new;
    html! {
        @if same { p.soft { (w.t("proposal-versions-same")) } }
        @for (label, old, new) in &parts {
            @if !old.is_empty() || !new.is_empty() { (section(label, &words(old, new))) }
        }
        (section(w.t("proposal-part-budget"), &lines(
            &rows(w, &t.budget.lines, old),
            &rows(w, &t.budget.lines, new),
        )))
    }
}

fn words(old: &str, new: &str) -> Markup {
    html! {
        p {
            @for part in difference(old, new) {
                @match part {
                    Part::Same(text) => { (text) }
                    Part::Gone(text) => { del { (text) } " " }
                    Part::New(text) => { ins { (text) } " " }
                }
            }
        }
    }
}

/// Lines of the budget and of the co-funding in words, each a whole: half a number says nothing.
fn rows(w: Words, kinds: &[LineKind], typed: &Typed) -> Vec<String> {
    let row = |line: &TypedLine| {
        let (kind, purse) = (show::kind(w, kinds, line), show::purse(w, line));
        format!("{kind} · {} · {} × {} · {purse}", line.what, line.quantity, line.price)
    };
    let funds =
        typed.funds.iter().map(|fund| format!("{} · {} · {}", w.t("proposal-from-own"), fund.whom, fund.amount));
    typed.lines.iter().map(row).chain(funds).collect()
}

fn lines(old: &[String], new: &[String]) -> Markup {
    html! {
        ul {
            @for line in old.iter().filter(|line| !new.contains(line)) { li { del { (line) } } }
            @for line in new {
                li { @if old.contains(line) { (line) } @else { ins { (line) } } }
            }
        }
    }
}

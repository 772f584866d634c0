//! One proposal, on the screen and on paper, and the office's answer.

use axum::{
    extract::{Query, State as Shared},
    response::Response,
};
use db::Fault;
use kernel::{Fen, PlaceId, Refusal};
use places::Place;
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Column, Field, Figure, Head, Table, Tone, Weight, acts, button_named, cols, figures, flash, fold, head,
        link_button, notice, pairs, paper, print_button, select, sheet, sheet_needs_you, table, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, Section, SignedIn, Visit};

use super::{Facts, facts, page_of, state, way};
use crate::{
    Season, SeasonId, Stage, page,
    promotion::{self, Earlier},
    proposal::{
        ProposalId, Reason, State, TypedLine,
        budget::Purse,
        check::{self as checking, SendBack},
        read::{Read, read},
        rules::WRITING,
    },
    season::web::shown,
    template::{LineKind, name_of},
};

type Ids = (SeasonId, ProposalId);

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: String,
}

struct Full {
    facts: Facts,
    place: Option<Place>,
    applicant: String,
    /// What the team was promoted to in earlier seasons. Of a person it is told to those alone who know who they are.
    promoted: Vec<Earlier>,
}

/// Six statements; seven where the applicant is told.
async fn full(rim: &Rim, visit: &Visit, ids: &Ids) -> Result<Full, Problem> {
    let ((season, id), actor) = (ids.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let facts = facts(s, (&season, &id), &actor)?;
        let place = match facts.proposal.typed.place.parse::<PlaceId>() {
            Ok(id) => places::queries::show(s, &id)?,
            Err(_) => None,
        };
        // who it is stays between them and those who work on it
        let applicant = match &facts.proposal.org {
            Some(org) => people::org::queries::org(s, org)?.name,
            None if facts.standing.inside() => {
                let names = people::account::queries::names(s, std::slice::from_ref(&facts.proposal.author))?;
                names.into_iter().next().map(|(_, name)| name).unwrap_or_default()
            }
            None => String::new(),
        };
        let promoted = match facts.proposal.org.is_some() || facts.standing.inside() {
            true => promotion::queries::earlier(s, &facts.season, &facts.proposal)?,
            false => Vec::new(),
        };
        Ok::<_, Fault>(Full { facts, place, applicant, promoted })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/proposals/{proposal}`.
pub(crate) async fn show(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<Ids>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let full = full(&rim, &visit, &ids).await?;
    Ok(shown_page(&visit, &full, &done.done, (&[], None)))
}

/// The page again, with why something was not done.
pub(super) async fn again(rim: &Rim, visit: &Visit, ids: &Ids, refusal: &Refusal) -> Result<Response, Problem> {
    let full = full(rim, visit, ids).await?;
    Ok(shown_page(visit, &full, "", (&[], Some(refusal))))
}

/// `GET …/print`: the same for paper.
pub(crate) async fn print(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<Ids>,
) -> Result<Response, Problem> {
    let full = full(&rim, &visit, &ids).await?;
    let (w, facts) = (visit.words, &full.facts);
    let read = read(&facts.proposal.typed, &facts.template);
    let list = known(w, &full);
    let body = html! {
        (way(w, facts, w.t("proposal-print")))
        (head(&Head {
            title: w.t("proposals-title"),
            acts: &[print_button(w), link_button(Weight::Plain, &page_of(facts), w.t("btn-back"))],
            ..Head::default()
        }))
        (paper(&facts.proposal.typed.title, &facts.season.name, &list, &html! {
            (words_of(w, facts))
            h3 { (w.t("proposal-part-budget")) }
            (sums(w, &facts.season, &read, None))
            (budget(w, facts, &read))
        }))
    };
    Ok(visit.page(Section::Seasons, &facts.proposal.typed.title, &body))
}

fn shown_page(visit: &Visit, full: &Full, done: &str, (typed, refusal): (&[Reason], Option<&Refusal>)) -> Response {
    let (w, facts) = (visit.words, &full.facts);
    let (p, here) = (&facts.proposal, page_of(facts));
    let read = read(&p.typed, &facts.template);
    let number = w.t_with("proposal-number", &[("n", p.number.into())]);
    let body = html! {
        (way(w, facts, &p.typed.title))
        (head(&Head {
            kicker: &[html! { span.num { (number) } }, state(w, p.state)],
            title: &p.typed.title,
            lead: &p.typed.summary,
            acts: &ways(w, facts),
        }))
        div.stack {
            (shown::tabs(w, &facts.season, &facts.template, "proposals"))
            @if ["submit", "withdraw", "accept", "return"].contains(&done) {
                (flash(Tone::Ok, w.t(&format!("proposal-done-{done}"))))
            }
            (told(w, refusal))
            (reasons(w, facts))
            (promotion::web::earlier(w, &facts.template.tiers, &full.promoted))
            @if facts.standing.checks && p.state == State::Submitted { (check_form(visit, facts, (typed, refusal))) }
            (cols(
                &html! {
                    div.stack { (words_of(w, facts)) }
                    h2 { (w.t("proposal-part-budget")) }
                    (sums(w, &facts.season, &read, facts.template.cap(&p.typed.tier)))
                    (budget(w, facts, &read))
                },
                &html! {
                    (sheet(w.t("proposal-facts"), &pairs(&known(w, full))))
                    @if let Some(project) = p.project {
                        (acts(&[link_button(
                            Weight::Plain,
                            &format!("/seasons/{}/projects/{project}", facts.season.id),
                            w.t("proposal-to-project"),
                        )]))
                    }
                    @if may_withdraw(facts) {
                        (acts(&[link_button(Weight::Quiet, &format!("{here}/withdraw"), w.t("proposal-withdraw"))]))
                    }
                },
            ))
        }
    };
    page::page(visit, &p.typed.title, &body, refusal)
}

/// Whether its author can take it back now.
pub(super) fn may_withdraw(facts: &Facts) -> bool {
    let open = !matches!(facts.proposal.state, State::Checked | State::Withdrawn);
    facts.standing.writes && open && WRITING.contains(&facts.season.stage)
}

fn ways(w: Words, facts: &Facts) -> Vec<Markup> {
    let (here, standing) = (page_of(facts), facts.standing);
    let mut ways = Vec::new();
    if standing.writes && facts.proposal.state.is_open() {
        ways.push(link_button(Weight::First, &format!("{here}/edit"), w.t("proposal-edit")));
    }
    if standing.inside() || facts.season.stage >= Stage::Approved {
        ways.push(link_button(Weight::Plain, &format!("{here}/coaching"), w.t("coaching-title")));
    }
    if standing.inside() && facts.proposal.n_versions > 0 {
        ways.push(link_button(Weight::Plain, &format!("{here}/versions"), w.t("proposal-versions")));
    }
    ways.push(link_button(Weight::Plain, &format!("{here}/print"), w.t("proposal-print")));
    ways
}

/// What is told beside the words.
fn known(w: Words, full: &Full) -> Vec<(&'static str, Markup)> {
    let (facts, locale) = (&full.facts, w.locale());
    let (t, typed) = (&facts.template, &facts.proposal.typed);
    let tier = t.tiers.iter().find(|tier| tier.key == typed.tier).map_or("", |tier| tier.name.of(locale));
    let applicant = if full.applicant.is_empty() { w.t("proposal-by-resident") } else { &full.applicant };
    let mut list = vec![("proposal-applicant", html! { (applicant) })];
    if let Some(place) = &full.place {
        list.push(("proposal-field-place", html! { (place.shown) }));
    }
    let words = [
        ("proposal-field-field", name_of(&t.fields, &typed.field, locale)),
        ("proposal-field-tier", tier),
        ("proposal-field-group", name_of(&t.groups, &typed.group, locale)),
    ];
    list.extend(words.into_iter().filter(|(_, word)| !word.is_empty()).map(|(key, word)| (key, html! { (word) })));
    if let Some(idea) = &facts.proposal.idea {
        let href = format!("/seasons/{}/ideas/{idea}", facts.season.id);
        list.push(("proposal-idea", html! { a href=(href) { (w.t("proposal-idea-see")) } }));
    }
    if let Some(day) = &facts.proposal.submitted_day {
        list.push(("proposal-submitted-day", shown::day(w, day)));
    }
    list.into_iter().map(|(key, value)| (w.t(key), value)).collect()
}

/// The answers to the form.
fn words_of(w: Words, facts: &Facts) -> Markup {
    let typed = &facts.proposal.typed;
    html! {
        @for entry in &facts.template.form {
            @if let Some(text) = typed.answers.get(&entry.key).filter(|text| !text.is_empty()) {
                h3 { (entry.name.of(w.locale())) }
                (shown::prose(text))
            }
        }
    }
}

/// What the budget adds up to; `cap` is the largest grant of its class.
pub(super) fn sums(w: Words, season: &Season, read: &Read, cap: Option<Fen>) -> Markup {
    let amount = |amount: Fen| shown::amount(w, season, amount.0);
    let (grant, own, whole) = (amount(read.sums.grant), amount(read.sums.own), amount(read.sums.whole()));
    let note = cap.map(|cap| w.t_with("proposal-cap", &[("amount", amount(cap).as_str().into())])).unwrap_or_default();
    figures(&[
        Figure { label: w.t("proposal-sum-grant"), value: &grant, note: &note, ..Figure::default() },
        Figure { label: w.t("proposal-sum-own"), value: &own, ..Figure::default() },
        Figure { label: w.t("proposal-sum-whole"), value: &whole, ..Figure::default() },
    ])
}

/// The lines; one that could not be read shows what was typed.
fn budget(w: Words, facts: &Facts, read: &Read) -> Markup {
    let (typed, kinds) = (&facts.proposal.typed, &facts.template.budget.lines);
    let columns = [
        Column::text(w.t("proposal-line-what")),
        Column::text(w.t("proposal-line-kind")),
        Column::number(w.t("proposal-line-quantity")),
        Column::number(w.t("proposal-line-price")),
        Column::number(w.t("proposal-line-amount")),
        Column::text(w.t("proposal-line-from")),
    ];
    let rows: Vec<Vec<Markup>> = (1..)
        .zip(&typed.lines)
        .map(|(row, line)| {
            let sum = read.lines.iter().find(|read| read.row == row).map(|read| read.amount());
            let sum = sum.map_or_else(String::new, |sum| shown::amount(w, &facts.season, sum.0));
            vec![
                html! { (line.what) },
                html! { (kind(w, kinds, line)) },
                html! { (line.quantity) },
                html! { (line.price) },
                html! { (sum) },
                html! { (purse(w, line)) },
            ]
        })
        .collect();
    let funds: Vec<(&str, Markup)> = typed
        .funds
        .iter()
        .map(|fund| (fund.whom.as_str(), html! { span.num { (fund.amount) } " " (w.t("unit-yuan")) }))
        .collect();
    html! {
        @if !rows.is_empty() {
            (table(w, &Table { id: "budget", caption: w.t("proposal-part-budget"), columns: &columns, rows: &rows }))
        }
        @if !funds.is_empty() { h3 { (w.t("proposal-part-funds")) } (pairs(&funds)) }
    }
}

/// The kind of a line in words.
pub(super) fn kind<'a>(w: Words, kinds: &'a [LineKind], line: &'a TypedLine) -> &'a str {
    kinds.iter().find(|kind| kind.key == line.kind).map_or(&line.kind, |kind| kind.name.of(w.locale()))
}

/// Who pays a line, in words.
pub(super) fn purse(w: Words, line: &TypedLine) -> &'static str {
    let purse = if line.from == "own" { Purse::Own } else { Purse::Grant };
    w.t(if purse == Purse::Own { "proposal-from-own" } else { "proposal-from-grant" })
}

/// Why it came back, for those who mend it.
pub(super) fn reasons(w: Words, facts: &Facts) -> Markup {
    let p = &facts.proposal;
    if p.state != State::Returned || !facts.standing.inside() {
        return html! {};
    }
    let list: Vec<(String, Markup)> =
        p.reasons.iter().map(|reason| (part(w, facts, &reason.field), shown::prose(&reason.words))).collect();
    let list: Vec<(&str, Markup)> = list.iter().map(|(label, words)| (label.as_str(), words.clone())).collect();
    notice(w, Tone::NeedsYou, w.t("proposal-returned-title"), &pairs(&list))
}

/// The name of a part of the form.
fn part(w: Words, facts: &Facts, key: &str) -> String {
    match key {
        "budget" => w.t("proposal-part-budget").to_owned(),
        "other" => w.t("proposal-part-other").to_owned(),
        "title" | "summary" | "place" | "field" | "tier" | "group" => w.t(&format!("proposal-field-{key}")).to_owned(),
        _ => {
            let entry = facts.template.form.iter().find(|entry| entry.key == key);
            entry.map_or_else(|| key.to_owned(), |entry| entry.name.of(w.locale()).to_owned())
        }
    }
}

/// Rows for reasons in the office's form.
const REASONS: usize = 4;

/// Take it, or give it back with reasons.
fn check_form(visit: &Visit, facts: &Facts, (typed, refusal): (&[Reason], Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let keys = ["title", "summary", "place", "field", "tier", "group", "budget", "other"];
    let entries = facts.template.form.iter().map(|entry| entry.key.as_str());
    let parts: Vec<(&str, String)> = keys.into_iter().chain(entries).map(|key| (key, part(w, facts, key))).collect();
    let choices: Vec<Choice<'_>> = parts.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let error = page::errors(w, refusal).of("reasons");
    let names: Vec<[String; 2]> = (1..=REASONS).map(|n| [format!("field-{n}"), format!("words-{n}")]).collect();
    let blank = Reason { field: String::new(), words: String::new() };
    let back = html! {
        @if let Some(error) = &error { div.field.wrong { p.error { (error) } } }
        @for (at, [field, words]) in names.iter().enumerate() {
            @let reason = typed.get(at).unwrap_or(&blank);
            fieldset.beside {
                legend { (w.t_with("proposal-reason", &[("n", (at + 1).into())])) }
                (select(w, &Field { name: field, label: w.t("proposal-reason-part"), value: &reason.field, ..Field::default() }, &choices))
                (textarea(w, &Field { name: words, label: w.t("proposal-reason-words"), value: &reason.words, ..Field::default() }, 2, Some(300)))
            }
        }
        (acts(&[button_named(Weight::Plain, "then", "return", w.t("proposal-return"))]))
    };
    let here = format!("{}/check", page_of(facts));
    sheet_needs_you(
        w.t("proposal-check-title"),
        &html! {
            p { (w.t("proposal-check-hint")) }
            (page::form(visit, &here, &[], &html! {
                (acts(&[button_named(Weight::First, "then", "accept", w.t("proposal-accept"))]))
                @if typed.is_empty() { (fold(w.t("proposal-return-open"), &back)) } @else { (back) }
            }))
        },
    )
}

/// `POST …/check`.
pub(crate) async fn check(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(ids): PathId<Ids>,
    Fields(pairs): Fields<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value).to_owned();
    let reasons: Vec<Reason> = (1..=REASONS)
        .map(|n| Reason { field: value(&format!("field-{n}")), words: value(&format!("words-{n}")) })
        .filter(|reason| !reason.words.trim().is_empty())
        .collect();
    let takes = value("then") == "accept";
    let ((season, id), input) = (ids.clone(), SendBack { reasons: reasons.clone() });
    let done = page::act(&rim, &visit, move |tx, cx| {
        if takes {
            checking::accept(tx, cx, (&season, &id))
        } else {
            checking::send_back(tx, cx, (&season, &id), &input)
        }
    });
    match page::shown(done.await)? {
        Ok(_) => {
            let done = if takes { "accept" } else { "return" };
            Ok(page::to(&format!("/seasons/{}/proposals/{}?done={done}", ids.0, ids.1)))
        }
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => {
            let full = full(&rim, &visit, &ids).await?;
            Ok(shown_page(&visit, &full, "", (&reasons, Some(&refusal))))
        }
    }
}

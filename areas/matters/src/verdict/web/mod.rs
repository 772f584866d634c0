//! Pages: the register, and one verdict with what anybody needs to come to the same.

pub(crate) mod again;
mod values;

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use db::{DbError, Fault};
use kernel::{Actor, Instant, Kind, PlaceId, Refusal};
use places::Place;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Choice, Field, Filter, Head, Tone, Verdict as Shown, breadcrumb, cards, cols, empty, filter, head, pager,
        pairs, print_button, proof, select, sheet, tag, verdict,
    },
    words::{Arg, key_of},
};
use web::{PathId, Problem, Rim, Section, Visit, optional_id};

use self::{again::Again, values::members};
use super::{
    Explained, Verdict, VerdictId, VerdictNoun, queries,
    recompute::{Runs, Standing},
};
use crate::{notice::subject_page, page, site};

/// After how many seconds a page asks for itself again while a verdict is computed.
const REFRESH: &str = "2";

/// The routes of the pages.
pub fn routes(runs: &Arc<Runs>) -> Router<Rim> {
    Router::new()
        .route("/verdicts", get(list))
        .route("/verdicts/latest", get(latest))
        .route("/verdicts/{verdict}", get(show))
        .route("/verdicts/{verdict}/recompute", post(again::recompute))
        .route("/verdicts/{verdict}/file", get(again::file))
        .route("/verdicts/{verdict}/sealed", post(again::sealed))
        .layer(Extension(runs.clone()))
}

/// Which verdicts, and where the page begins.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Which {
    place: String,
    kind: String,
    /// The id of a record: only what was decided about it.
    about: String,
    at: String,
    id: String,
}

struct Facts {
    which: Which,
    place: Option<Place>,
    kinds: Vec<String>,
    verdicts: Vec<Verdict>,
}

/// `GET /verdicts`: three statements.
async fn list(State(rim): State<Rim>, visit: Visit, Query(which): Query<Which>) -> Result<Response, Problem> {
    let read = rim.db.read(move |s| {
        let asked: Option<PlaceId> = optional_id(Some(&which.place));
        let place = asked.map(|id| places::queries::show(s, &id)).transpose()?.flatten();
        let kinds = queries::kinds(s)?;
        let mut which = which.clone();
        if !kinds.contains(&which.kind) {
            which.kind.clear();
        }
        if place.is_none() {
            which.place.clear();
        }
        let before = which.at.parse().ok().map(Instant).zip(which.id.parse::<VerdictId>().ok());
        let path = place.as_ref().map(|place| place.path.as_str());
        let verdicts = match optional_id::<VerdictNoun>(Some(&which.about)) {
            Some(about) => queries::about(s, about.home(), &which.about)?,
            None => queries::newest(s, path, &which.kind, before.as_ref().map(|(at, id)| (*at, id)))?,
        };
        Ok::<_, DbError>(Facts { which, place, kinds, verdicts })
    });
    let facts = read.await?;
    let w = visit.words;
    Ok(visit.page(Section::Ledger, w.t("verdicts-title"), &register(w, &facts)))
}

/// `GET /verdicts/latest?kind=…&about=…`: to the latest verdict of a kind about a record, for the pages of records. One
/// statement.
async fn latest(State(rim): State<Rim>, Query(which): Query<Which>) -> Result<Response, Problem> {
    let read = rim.db.read(move |s| match optional_id::<VerdictNoun>(Some(&which.about)) {
        Some(about) => queries::latest(s, about.home(), (&which.about, &which.kind)),
        None => Ok(None),
    });
    let found = read.await?.ok_or_else(|| Refusal::new(Kind::NotFound, "verdict-not-found"))?;
    Ok(Redirect::to(&format!("/verdicts/{}#compute", found.id)).into_response())
}

fn register(w: Words, facts: &Facts) -> Markup {
    let which = &facts.which;
    let labels: Vec<String> = facts.kinds.iter().map(|word| kind(w, word)).collect();
    let choices: Vec<Choice<'_>> =
        (facts.kinds.iter().zip(&labels)).map(|(value, label)| Choice { value, label, more: "" }).collect();
    let field = Field { name: "kind", label: w.t("verdict-field-kind"), value: &which.kind, ..Field::default() };
    let mut fields = vec![select(w, &field, &choices)];
    if !which.place.is_empty() {
        fields.push(html! { input type="hidden" name="place" value=(which.place); });
    }
    let first = format!("/verdicts?place={}&kind={}", which.place, which.kind);
    let full = which.about.is_empty() && i64::try_from(facts.verdicts.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = facts.verdicts.last().filter(|_| full);
    let next = next.map(|last| format!("{first}&at={}&id={}", last.decided_at.0, last.id));
    html! {
        (head(&Head {
            kicker: &facts.place.iter().map(|place| html! { (place.shown) }).collect::<Vec<_>>(),
            title: w.t("verdicts-title"),
            lead: w.t("verdicts-lead"),
            ..Head::default()
        }))
        div.stack {
            (filter(w, &Filter { action: "/verdicts", label: "", fields: &fields, on: &[], found: "" }))
            @if facts.verdicts.is_empty() { (empty(w.t("verdicts-none"), w.t("verdicts-none-hint"), None)) }
            (listed(w, &facts.verdicts))
            (pager(w, (!which.id.is_empty()).then_some(first.as_str()), next.as_deref()))
        }
    }
}

fn listed(w: Words, verdicts: &[Verdict]) -> Markup {
    let kinds: Vec<String> = verdicts.iter().map(|v| kind(w, &v.kind)).collect();
    let title = |(v, kind): (&Verdict, &String)| if v.title.is_empty() { kind.clone() } else { v.title.clone() };
    let titles: Vec<String> = verdicts.iter().zip(&kinds).map(title).collect();
    let hrefs: Vec<String> = verdicts.iter().map(|v| format!("/verdicts/{}", v.id)).collect();
    let reasons: Vec<String> = verdicts.iter().map(|v| page::excerpt(&because(w, &v.explained), 160)).collect();
    let meta = |(v, kind): (&Verdict, &String)| {
        [html! { (kind) }, page::day(w, &v.decided_day), html! { span.num { (v.rule_set) } }]
    };
    let metas: Vec<[Markup; 3]> = verdicts.iter().zip(&kinds).map(meta).collect();
    let list = verdicts.iter().enumerate().map(|(at, verdict)| Card {
        title: &titles[at],
        href: &hrefs[at],
        tag: tag(tone(verdict.passed), w.t(outcome(verdict.passed))),
        meta: &metas[at],
        excerpt: &reasons[at],
    });
    cards(&list.collect::<Vec<_>>())
}

/// `GET /verdicts/{verdict}`: one statement. While it is computed again the page asks for itself.
async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    Extension(runs): Extension<Arc<Runs>>,
    PathId(id): PathId<VerdictId>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let (found, is_auditor) = rim
        .db
        .read(move |s| {
            let found = queries::verdict(s, &id)?;
            let is_auditor = may(&actor, Action::Audit, &site::of(id.home(), &found.path)?);
            Ok::<_, Fault>((found, is_auditor))
        })
        .await?;
    let title = kind(visit.words, &found.kind);
    let standing = runs.standing(&found.id, rim.context(Actor::Visitor).now);
    let runs_now = matches!(standing, Some(Standing::Running { .. }));
    let method = runs.methods().of(&found.kind).filter(|_| found.is_computed_here());
    let again = Again { standing, method, is_auditor };
    let mut response = visit.page(Section::Ledger, &title, &page_of(&visit, &title, (&found, &again)));
    if runs_now {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(REFRESH));
    }
    Ok(response)
}

fn page_of(visit: &Visit, title: &str, (found, again): (&Verdict, &Again)) -> Markup {
    let w = visit.words;
    let (parameters, results) = (members(w, &found.kind, &found.parameters), members(w, &found.kind, &found.outcome));
    let reason = because(w, &found.explained);
    let name = rule(w, found);
    html! {
        (breadcrumb(w, &[("/verdicts", w.t("verdicts-title"))], title))
        (head(&Head {
            kicker: &[page::day(w, &found.decided_day), html! { span.num { (found.rule_set) } }],
            title,
            lead: &found.title,
            ..Head::default()
        }))
        (cols(
            &html! {
                (verdict(w, &Shown {
                    outcome: w.t(outcome(found.passed)),
                    tone: tone(found.passed),
                    because: &reason,
                    rule: (&name, "#rule"),
                    inputs: &[],
                    digest: "",
                    compute: "#compute",
                }))
                (plain_rule(w, found, again))
                (sheet(w.t("verdict-outcome-title"), &pairs(&borrowed(&results))))
                (sheet(w.t("verdict-parameters-title"), &pairs(&borrowed(&parameters))))
            },
            &aside(visit, found, again),
        ))
    }
}

/// The rule in plain words, where it comes from, and of when it is.
fn plain_rule(w: Words, found: &Verdict, again: &Again) -> Markup {
    // a count has words for each of its rules; a rule that nobody here computed has none
    let keys = [format!("{}-plain", key_of("rule", &found.rule)), key_of("verdict-plain", &found.kind)];
    let plain = keys.iter().find(|key| w.has(key)).filter(|_| again.method.is_some());
    let source = key_of("verdict-source", &found.kind);
    let source = if again.method.is_some() && w.has(&source) { w.t(&source) } else { w.t("verdict-source-elsewhere") };
    html! {
        section.sheet.stack #rule {
            h2 { (w.t("verdict-rule-title")) }
            @if let Some(key) = plain { p { (w.t(key)) } }
            p { (source) }
            p.small.soft { (w.t_with("verdict-rule-dated", &[("set", found.rule_set.as_str().into())])) }
            ul.links { li { a href={ "/verdicts?kind=" (web::in_query(&found.kind)) } { (w.t("verdict-same-kind")) } } }
        }
    }
}

fn aside(visit: &Visit, found: &Verdict, again: &Again) -> Markup {
    let (w, subject) = (visit.words, subject_page(&found.subject_kind, &found.subject));
    html! {
        @if let Some(href) = &subject { (sheet(w.t("verdict-subject-title"), &html! {
            p { a href=(href) { (w.t("verdict-subject-link")) } }
        })) }
        section.sheet.stack #compute {
            h2 { (w.t("verdict-check-title")) }
            (proof(w, w.t("verdict-digest"), &found.inputs.to_string()))
            (again::here(visit, found, again))
            (again::elsewhere(visit, found, again))
            ul.links {
                li { a href={ "/ledger/find?id=" (found.entry) } { (w.t("verdict-entry-link")) } }
                li { a href={ "/ledger?about=" (found.subject) } { (w.t("verdict-ledger-link")) } }
                li { a href={ "/api/v1/verdicts/" (found.id) } { (w.t("verdict-api")) } }
            }
        }
        (print_button(w))
    }
}

/// The kind in words; a kind that has none stands as it is.
fn kind(w: Words, word: &str) -> String {
    let key = key_of("verdict-kind", word);
    if w.has(&key) { w.t(&key).to_owned() } else { word.to_owned() }
}

/// The rule in words: those of a law, or of a count, else its name.
fn rule(w: Words, found: &Verdict) -> String {
    let keys = [key_of("law", &found.rule), key_of("rule", &found.rule)];
    let key = keys.iter().find(|key| w.has(key));
    let name = key.map_or_else(|| found.rule.clone(), |key| w.t(key).to_owned());
    w.t_with("verdict-rule-of", &[("rule", name.as_str().into()), ("set", found.rule_set.as_str().into())])
}

fn outcome(passed: Option<bool>) -> &'static str {
    match passed {
        Some(true) => "verdict-passed",
        Some(false) => "verdict-not-passed",
        None => "verdict-decided",
    }
}

fn tone(passed: Option<bool>) -> Tone {
    if passed == Some(false) { Tone::Plain } else { Tone::Ok }
}

/// Why, in the reader's language where a message holds it.
pub(crate) fn because(w: Words, explained: &Explained) -> String {
    let key = key_of("verdict-explained", &explained.key);
    if explained.key.is_empty() || !w.has(&key) {
        return explained.text.clone();
    }
    // a day is told as people say it
    let told = |text: &str| kernel::Day::parse(text).map_or_else(|| text.to_owned(), |day| page::date(w, Some(&day)));
    let texts: Vec<String> = explained.texts.iter().map(|(_, text)| told(text)).collect();
    let ints = explained.ints.iter().map(|(name, n)| (name.as_str(), Arg::Int(*n)));
    let args = explained.texts.iter().zip(&texts).map(|((name, _), text)| (name.as_str(), Arg::Text(text)));
    w.t_with(&key, &ints.chain(args).collect::<Vec<_>>())
}

fn borrowed(list: &[(String, Markup)]) -> Vec<(&str, Markup)> {
    list.iter().map(|(label, value)| (label.as_str(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use ui::Locale;

    use super::*;

    #[test]
    fn an_explanation_is_told_in_each_language_and_a_text_as_it_is() {
        let explained = Explained::of("notice-minimum-met")
            .with_text("from", "2026-11-22")
            .with_text("until", "2026-11-25")
            .with_text("ended", "2026-11-26")
            .with_int("least", 3)
            .with_int("days", 3)
            .with_int("objections", 0);
        for locale in Locale::ALL {
            let text = because(Words::of(locale), &explained);
            assert!(text.contains("2026") && !text.contains("2026-11-2") && !text.contains('⟦'), "{text}");
        }
        assert_eq!(because(Words::of(Locale::En), &Explained::by_text("抽签")), "抽签");
        assert_eq!(because(Words::of(Locale::En), &Explained { text: "x".into(), ..Explained::of("nobody") }), "x");
    }
}

//! Who bears how much of a work, as a page and as a file.

use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use db::Fault;
use kernel::{Fen, Kind, Refusal};
use ledger::tree::Hash;
use matters::duty::web::cell;
use programmes::page;
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{
        CheckList, Choice, Column, Field, Head, Input, Table, Weight, acts, button, checks, day, empty, fold,
        form_with_files, head, link_button, notice, pager, pairs, print_button, proof, section, sheet, table, text,
        textarea, told, upload,
    },
};
use web::{Fields, PathId, Problem, Rim, Sent, Visit};

use super::{
    super::{
        Roll, WorkId,
        apportion::{self, Apportion},
        queries,
        share::{Flat, MAX_BYTES, Rest},
    },
    One, Typed, field, money, typed,
};

/// Flats of a page.
const PAGE: usize = 100;

/// From which flat on.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    from: usize,
}

struct Facts {
    one: One,
    roll: Option<(Roll, Vec<Fen>)>,
}

async fn facts(rim: &Rim, visit: &Visit, id: &WorkId) -> Result<Facts, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let roll = queries::roll(s, &one.work)?;
        let roll = roll.map(|roll| queries::shares(&roll).map(|shares| (roll, shares))).transpose()?;
        Ok::<_, Fault>(Facts { one, roll })
    });
    Ok(read.await?)
}

/// Who bears a share, as this reader may see it: an owner's name is masked but for those who work there.
fn bearer(roll: &Roll, owner: &str, inside: bool) -> String {
    match owner {
        "" => roll.developer.clone(),
        owner if inside => owner.to_owned(),
        owner => crate::masked(owner),
    }
}

/// `GET /works/{work}/apportionment`: three statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    let first: Typed = [("rule".to_owned(), Rest::Largest.as_str().to_owned())].into();
    Ok(shown(&visit, &facts, which.from, (&first, None)))
}

fn shown(visit: &Visit, f: &Facts, from: usize, (fields, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let (w, one) = (visit.words, &f.one);
    let here = format!("{}/apportionment", one.here());
    let file = link_button(Weight::Plain, &format!("{}/apportionment.csv", one.here()), w.t("work-apportion-csv"));
    let form = html! { @if one.office && one.work.chosen.is_some() {
        @if f.roll.is_none() || refusal.is_some() { (sheet(w.t("work-apportion"), &entry(visit, &here, (fields, refusal)))) }
        @else { (fold(w.t("work-apportion-again"), &entry(visit, &here, (fields, refusal)))) }
    } };
    let acts = if f.roll.is_some() { vec![file, print_button(w)] } else { Vec::new() };
    let body = html! {
        (one.way(w, w.t("work-apportionment")))
        (head(&Head {
            title: w.t("work-apportionment"),
            lead: w.t("work-apportionment-lead"),
            acts: &acts,
            ..Head::default()
        }))
        (told(w, refusal))
        @match &f.roll {
            None => {
                (empty(w.t("refusal-not-apportioned"), "", None))
                @if one.office && one.work.chosen.is_none() { p.soft { (w.t("refusal-work-without-contractor")) } }
            }
            Some((roll, shares)) => {
                (told_of(visit, one, (roll, shares)))
                (flats(visit, one, (roll, shares), from.min(roll.flats.len()), &here))
            }
        }
        (form)
    };
    page::page(visit, w.t("work-apportionment"), &body, refusal)
}

fn told_of(visit: &Visit, one: &One, (roll, shares): (&Roll, &[Fen])) -> Markup {
    let w = visit.words;
    let of_developer = roll.flats.iter().zip(shares).filter(|(Flat(_, owner, _), _)| owner.is_empty());
    let developer: i64 = of_developer.map(|(_, share)| share.0).sum();
    let sum = w.t(if roll.is_final { "work-final" } else { "work-quoted" });
    let mut facts = vec![
        (sum, html! { (money(w, roll.total)) }),
        (w.t("work-flats"), html! { (w.n("work-flats-n", roll.flats.len())) }),
        (w.t("work-area"), html! { (Fen(roll.area)) " m²" }),
        (
            w.t("work-field-rule"),
            html! {
                (w.t(&format!("work-rest-{}", roll.rule.as_str())))
                @if !roll.bearer.is_empty() { " · " (roll.bearer) }
            },
        ),
    ];
    if developer > 0 {
        facts.push((w.t("work-field-developer"), html! { (roll.developer) " · " (money(w, Fen(developer))) }));
    }
    facts.push((w.t("work-apportioned-day"), day(w, &roll.day)));
    if let Some(id) = &roll.notice {
        facts.push((w.t("work-notice"), html! { a href={ "/notices/" (id) } { (w.t("work-notice-see")) } }));
    }
    html! {
        (pairs(&facts))
        @if !roll.is_final { (notice(w, ui::parts::Tone::Plain, "", &html! { p { (w.t("work-by-quote")) } })) }
        @if one.office && roll.notice.is_none() {
            (page::press(visit, &format!("{}/apportionment/notice", one.here()), &[], Weight::First, w.t("work-announce")))
        }
        (fold(w.t("work-proof"), &html! {
            p { (w.t("work-proof-note")) }
            (proof(w, w.t("work-proof-digest"), &Hash(roll.digest).to_string()))
        }))
    }
}

fn flats(visit: &Visit, one: &One, (roll, shares): (&Roll, &[Fen]), from: usize, here: &str) -> Markup {
    let w = visit.words;
    let columns = [
        Column::text(w.t("work-flat")),
        Column::text(w.t("work-owner")),
        Column::number(w.t("work-flat-area")),
        Column::number(w.t("work-share")),
    ];
    let rows: Vec<Vec<Markup>> = (roll.flats.iter().zip(shares).skip(from).take(PAGE))
        .map(|(Flat(unit, owner, area), share)| {
            let who = bearer(roll, owner, one.inside);
            vec![html! { (unit) }, html! { (who) }, html! { (Fen(*area)) }, html! { (money(w, *share)) }]
        })
        .collect();
    let to = from + PAGE;
    let next = (to < roll.flats.len()).then(|| format!("{here}?from={to}"));
    let before = (from > 0).then(|| format!("{here}?from={}", from.saturating_sub(PAGE)));
    section(
        w.t("work-shares"),
        &html! {
            @if !one.inside { p.small.soft { (w.t("work-owners-masked")) } }
            (table(w, &Table { id: "shares", caption: w.t("work-shares-caption"), columns: &columns, rows: &rows }))
            (pager(w, before.as_deref(), next.as_deref()))
        },
    )
}

fn entry(visit: &Visit, here: &str, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let of = |name: &'static str, hint, required| field(visit, (name, hint), typed(fields, name), (required, refusal));
    let rules = Rest::ALL.iter().map(|rule| Choice {
        value: rule.as_str(),
        label: w.t(&format!("work-rest-{}", rule.as_str())),
        more: "",
    });
    let rules: Vec<Choice<'_>> = rules.collect();
    let file = ui::parts::Upload {
        field: Field {
            name: "file",
            label: w.t("work-flats-file"),
            hint: w.t("work-flats-file-hint"),
            ..Field::default()
        },
        accept: ".csv,text/csv",
        kinds: "CSV",
        most_files: 1,
        most_bytes: MAX_BYTES as u64,
    };
    let inner = html! {
        (visit.csrf_field())
        (upload(w, &file))
        (textarea(w, &of("flats", "work-field-flats-hint", false), 8, None))
        (text(w, &of("developer", "work-field-developer-hint", false), Input::Line, Some(60)))
        (checks(w, &CheckList {
            field: of("rule", "work-field-rule-hint", true),
            choices: &rules,
            chosen: &[typed(fields, "rule")],
            one: true,
        }))
        (text(w, &of("bearer", "work-field-bearer-hint", false), Input::Line, Some(40)))
        (acts(&[button(Weight::First, w.t("work-apportion"))]))
    };
    form_with_files(here, &[], &inner)
}

/// `POST /works/{work}/apportionment`: the flats as a file, or typed in.
pub(super) async fn apportion(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    sent: Sent<Typed>,
) -> Result<Response, Problem> {
    let Sent { mut fields, files, refusal } = sent;
    let before = facts(&rim, &visit, &id).await?;
    if !before.one.office {
        let code = if visit.me.is_some() { "not-allowed" } else { "sign-in-first" };
        return Err(Refusal::new(Kind::Forbidden, code).into());
    }
    if let Some(file) = files.into_iter().find(|file| file.field == "file") {
        match String::from_utf8(file.bytes) {
            // what cannot be shown in the form again is not put into it
            Ok(text) if text.len() <= MAX_BYTES => drop(fields.insert("flats".to_owned(), text)),
            Ok(_) => return Ok(shown(&visit, &before, 0, (&fields, Some(&apportion::too_large())))),
            Err(_) => return Ok(shown(&visit, &before, 0, (&fields, Some(&apportion::not_text())))),
        }
    } else if let Some(refusal) = &refusal {
        return Ok(shown(&visit, &before, 0, (&fields, Some(refusal))));
    }
    let of = |name| typed(&fields, name).to_owned();
    let input = Apportion { flats: of("flats"), developer: of("developer"), rule: of("rule"), bearer: of("bearer") };
    let work = id.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| apportion::apportion(tx, cx, &work, &input)).await)? {
        Ok(_) => Ok(page::to(&format!("/works/{id}/apportionment"))),
        Err(refusal) => Ok(shown(&visit, &before, 0, (&fields, Some(&refusal)))),
    }
}

/// `POST /works/{work}/apportionment/notice`.
pub(super) async fn announce(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Fields(_): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = id.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| apportion::announce(tx, cx, &of)).await)? {
        Ok(posted) => Ok(page::to(&format!("/notices/{}", posted.id))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => {
            let facts = facts(&rim, &visit, &id).await?;
            Ok(shown(&visit, &facts, 0, (&Typed::new(), Some(&refusal))))
        }
    }
}

/// `GET /works/{work}/apportionment.csv`: a line a flat; UTF-8 with a mark that spreadsheets know. Names of owners are
/// masked but for those who work there.
pub(super) async fn csv(State(rim): State<Rim>, visit: Visit, PathId(id): PathId<WorkId>) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    let (roll, shares) = facts.roll.ok_or_else(|| Refusal::new(Kind::NotFound, "not-apportioned"))?;
    let w = visit.words;
    let heads = ["work-flat", "work-owner", "work-flat-area", "work-csv-share"];
    let mut out = String::from("\u{feff}");
    out.push_str(&heads.map(|key| cell(w.t(key))).join(","));
    out.push_str("\r\n");
    for (Flat(unit, owner, area), share) in roll.flats.iter().zip(&shares) {
        let who = bearer(&roll, owner, facts.one.inside);
        out.push_str(&[cell(unit), cell(&who), cell(&Fen(*area).to_string()), cell(&share.to_string())].join(","));
        out.push_str("\r\n");
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=apportionment.csv"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, out).into_response())
}

//! The form of a voucher.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use programmes::{SeasonId, page, season::queries as seasons};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{
        CheckList, Choice, Field, Head, Input, Weight, acts, breadcrumb, button, checks, form_with_files, head, select,
        sheet, text, told,
    },
};
use web::{PathId, Problem, Rim, Sent, SignedIn, Visit, photos::Takes};

use super::{
    money,
    project::{self, Facts, Which},
};
use crate::voucher::{
    VoucherKind,
    hand_in::{self, HandIn},
};

/// One photo of the paper.
const TAKES: Takes = Takes { most: 1, documents: false };

/// A voucher as it is sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Paper {
    line: String,
    kind: String,
    paper: String,
    day: String,
    amount: String,
    count: String,
    payee: String,
    payee_is_person: String,
    volunteer: String,
    purpose: String,
    handler: String,
    witness: String,
    files: Vec<String>,
    once: String,
}

impl Paper {
    fn input(&self) -> HandIn {
        let p = self.clone();
        HandIn {
            line: p.line,
            kind: p.kind,
            paper: p.paper,
            day: p.day,
            amount: p.amount,
            count: p.count,
            payee: p.payee,
            payee_is_person: p.payee_is_person,
            volunteer: p.volunteer,
            purpose: p.purpose,
            handler: p.handler,
            witness: p.witness,
            files: p.files,
            once: p.once,
        }
    }
}

/// `GET …/money/vouchers`: the form.
pub(super) async fn blank(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(ids): PathId<(SeasonId, u32)>,
) -> Result<Response, Problem> {
    let paper = Paper { once: rim.once(), ..Paper::default() };
    shown(&rim, &visit, ids, (&paper, None)).await
}

async fn shown(
    rim: &Rim,
    visit: &Visit,
    ids: (SeasonId, u32),
    (paper, refusal): (&Paper, Option<&Refusal>),
) -> Result<Response, Problem> {
    let f = project::facts(rim, visit, ids, Which::default()).await?;
    if !(f.team || f.office) {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let w = visit.words;
    let base = format!("/seasons/{}", f.case.season.id);
    let this = format!("{base}/projects/{}/money", f.project.number);
    let way = [("/seasons", w.t("nav-seasons")), (&*base, &*f.case.season.name), (&*this, &*f.project.name)];
    let body = html! {
        (breadcrumb(w, &way, w.t("money-hand-in")))
        (head(&Head { title: w.t("money-hand-in"), lead: w.t("money-hand-in-lead"), ..Head::default() }))
        (sheet("", &form_with_files(&format!("{this}/vouchers"), &[("once", &paper.once)], &html! {
            (visit.csrf_field())
            (fields(visit, &f, (paper, refusal)))
        })))
    };
    Ok(page::page(visit, w.t("money-hand-in"), &body, refusal))
}

fn fields(visit: &Visit, f: &Facts, (paper, refusal): (&Paper, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let errors = page::errors(w, refusal);
    let names = ["line", "kind", "paper", "day", "amount", "count", "payee", "purpose", "handler", "witness", "files"];
    let labels = names.map(|name| (name, w.t(&format!("money-field-{name}"))));
    let field = |name: &'static str, value, hint: &'static str, required| Field {
        name,
        label: w.t(&format!("money-field-{name}")),
        hint: if hint.is_empty() { "" } else { w.t(hint) },
        value,
        error: errors.of(name),
        required,
    };
    let lines: Vec<(String, String)> = (f.lines.iter())
        .map(|line| {
            let left = money(w, &f.case.season, line.left());
            let name = project::line_name(w, f, line);
            let args = [("line", (&name).into()), ("left", (&left).into())];
            (line.number.to_string(), w.t_with("money-line-left", &args))
        })
        .collect();
    let lines: Vec<Choice<'_>> = lines.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let kinds = VoucherKind::ALL.map(|kind| Choice {
        value: kind.as_str(),
        label: w.t(&format!("money-voucher-{}", kind.as_str())),
        more: "",
    });
    let tick = |name: &'static str, value: &str| {
        let key = name.replace('_', "-");
        let choices =
            [Choice { value: "1", label: w.t(&format!("money-{key}")), more: w.t(&format!("money-{key}-more")) }];
        let field = Field { name, label: w.t(&format!("money-field-{key}")), ..Field::default() };
        let chosen: &[&str] = if value.is_empty() { &[] } else { &["1"] };
        checks(w, &CheckList { field, choices: &choices, chosen, one: false })
    };
    html! {
        (errors.summary(&labels))
        (told(w, refusal))
        (select(w, &field("line", &paper.line, "", true), &lines))
        (select(w, &field("kind", &paper.kind, "money-field-kind-hint", true), &kinds))
        (text(w, &field("paper", &paper.paper, "money-field-paper-hint", true), Input::Line, Some(40)))
        (text(w, &field("day", &paper.day, "", true), Input::Day, Some(10)))
        (ui::parts::money(w, &field("amount", &paper.amount, "", true), w.t("money-unit")))
        (text(w, &field("count", &paper.count, "money-field-count-hint", false), Input::Number, Some(6)))
        (text(w, &field("payee", &paper.payee, "", true), Input::Line, Some(60)))
        (tick("payee_is_person", &paper.payee_is_person))
        (tick("volunteer", &paper.volunteer))
        (text(w, &field("purpose", &paper.purpose, "money-field-purpose-hint", true), Input::Line, Some(200)))
        (text(w, &field("handler", &paper.handler, "", true), Input::Line, Some(40)))
        (text(w, &field("witness", &paper.witness, "money-field-witness-hint", true), Input::Line, Some(40)))
        div #f-files {
            @if let Some(wrong) = errors.of("files") { p.error { (wrong) } }
            (web::photos::field(w, "photos", TAKES, &paper.files, refusal))
        }
        (acts(&[button(Weight::First, w.t("money-hand-in-do"))]))
    }
}

/// `POST …/money/vouchers`: to the voucher, or the form again with what was typed.
pub(super) async fn send(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((season, number)): PathId<(SeasonId, u32)>,
    sent: Sent<Paper>,
) -> Result<Response, Problem> {
    let Sent { fields: mut paper, files, refusal } = sent;
    let came = match files.is_empty() && refusal.is_none() {
        true => Ok(()),
        false => take_in(&rim, &visit, (&season, number), &mut paper, (files, refusal)).await,
    };
    let done = match came {
        Err(fault) => Err(fault),
        Ok(()) => {
            let (id, input) = (season.clone(), paper.input());
            page::act(&rim, &visit, move |tx, cx| hand_in::hand_in(tx, cx, (&id, number), &input)).await
        }
    };
    match done {
        Ok(voucher) => Ok(page::to(&format!("/seasons/{season}/projects/{number}/money/vouchers/{}", voucher.id))),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound || refusal.code.starts_with("file-") => {
            // a picture that was seen before cannot be sent again
            if refusal.fields.iter().any(|field| field.code == "money-picture-seen") {
                paper.files.clear();
            }
            shown(&rim, &visit, (season, number), (&paper, Some(&refusal))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Photos lie at the season's place; only those of the project and of the office are taken in.
async fn take_in(
    rim: &Rim,
    visit: &Visit,
    (season, number): (&SeasonId, u32),
    paper: &mut Paper,
    came: web::photos::Came,
) -> Result<(), Fault> {
    let (id, actor) = (season.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let case = crate::case::Case::of(s, &id)?;
        let agreement = crate::agreement::queries::optional(s, &id, number)?;
        let team = agreement.is_some_and(|agreement| agreement.party.is(&actor, &case.site));
        if !team && !case.is_office(&actor) {
            return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
        }
        seasons::site(s, &case.season)
    });
    web::photos::receive((rim, visit), &read.await?, TAKES, &mut paper.files, came).await
}

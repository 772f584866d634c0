//! The forms of one notice: object, answer, post, correct, end, withdraw.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use db::Fault;
use kernel::{FieldError, Kind as No, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Errors, Field, Input, Weight, acts, button, checks, fold, form, link_button, sheet, text,
        textarea,
    },
};
use web::{Fields, PathId, Problem, Rim, Section, Visit};

use super::show::{self, Facts, Which};
use crate::{
    notice::{
        NoticeId, Objection, ObjectionId, State as Stands,
        answer::{NewAnswer, answer},
        correct::{Correction, correct},
        end::end,
        object::{NewObjection, object},
        post::post,
        withdraw::{Withdrawal, withdraw},
    },
    page,
};

/// What any of the forms sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    title: String,
    body: String,
    why: String,
    words: String,
    shown_as: String,
    outcome: String,
    objection: String,
    reason: String,
    once: String,
}

/// The form that was sent and why it was refused.
#[derive(Default)]
pub(super) struct Sent<'a> {
    pub(super) verb: &'a str,
    pub(super) typed: Typed,
    pub(super) refusal: Option<&'a Refusal>,
}

impl Sent<'_> {
    /// No form was sent yet; the next one carries this text.
    pub(super) fn fresh(once: &str) -> Sent<'static> {
        Sent { typed: Typed { once: once.to_owned(), ..Typed::default() }, ..Sent::default() }
    }
}

/// `POST /notices/{notice}/{verb}`: to the notice again, or the page again with what was typed.
pub(crate) async fn send(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, verb)): PathId<(NoticeId, String)>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let refusal = match run(&rim, &visit, &id, &verb, &typed).await {
        Ok(()) => return Ok(Redirect::to(&format!("/notices/{id}?done={verb}")).into_response()),
        Err(Fault::Refused(refusal)) if refusal.kind != No::NotFound => refusal,
        Err(fault) => return Err(fault.into()),
    };
    let facts = show::facts(&rim, &visit, id, &Query(Which::default())).await?;
    let sent = Sent { verb: &verb, typed, refusal: Some(&refusal) };
    let body = show::page_of(&visit, &facts, &sent);
    Ok(page::again(&visit, Section::Notices, &facts.notice.title, &body, &refusal))
}

async fn run(rim: &Rim, visit: &Visit, id: &NoticeId, verb: &str, typed: &Typed) -> Result<(), Fault> {
    let (id, t) = (id.clone(), typed.clone());
    match verb {
        "object" => {
            let input = NewObjection { words: t.words, shown_as: t.shown_as, once: t.once };
            page::act(rim, visit, move |tx, cx| object(tx, cx, &id, &input)).await.map(|_| ())
        }
        "answer" => {
            let wanted: Result<ObjectionId, _> = t.objection.parse();
            let objection = wanted.map_err(|_| Refusal::new(No::NotFound, "objection-not-found"))?;
            let input = NewAnswer { outcome: t.outcome, words: t.words };
            page::act(rim, visit, move |tx, cx| answer(tx, cx, &objection, &input)).await.map(|_| ())
        }
        "post" => page::act(rim, visit, move |tx, cx| post(tx, cx, &id)).await.map(|_| ()),
        "correct" => {
            let input = Correction { title: t.title, body: t.body, why: t.why };
            page::act(rim, visit, move |tx, cx| correct(tx, cx, &id, &input)).await.map(|_| ())
        }
        "end" => page::act(rim, visit, move |tx, cx| end(tx, cx, &id)).await.map(|_| ()),
        "withdraw" => {
            let input = Withdrawal { reason: t.reason };
            page::act(rim, visit, move |tx, cx| withdraw(tx, cx, &id, &input)).await.map(|_| ())
        }
        _ => Err(Refusal::new(No::NotFound, "not-found").into()),
    }
}

/// Errors of a form, when it is the one that was sent.
fn errors<'a>(w: Words, sent: &Sent<'a>, verb: &str) -> (Errors<'a>, Option<&'a Refusal>) {
    const NONE: &[FieldError] = &[];
    let refusal = sent.refusal.filter(|_| sent.verb == verb);
    (Errors::new(w, refusal.map_or(NONE, |r| &r.fields)), refusal)
}

/// What a visitor can do about a notice that hangs: object, or sign in first.
pub(super) fn objecting(visit: &Visit, facts: &Facts, sent: &Sent<'_>) -> Markup {
    let w = visit.words;
    if facts.notice.state != Stands::Posted || facts.notice.until_day.as_ref().is_none_or(|until| facts.today > *until)
    {
        return html! {};
    }
    let (errors, _) = errors(w, sent, "object");
    // another form's words do not belong here
    let blank = Sent::fresh(&facts.once);
    let typed = if sent.verb == "object" { &sent.typed } else { &blank.typed };
    let is_known = visit.me.is_some();
    let until = page::date(w, facts.notice.until_day.as_ref());
    let field = |name, label, hint, value, required| Field {
        name,
        label: w.t(label),
        hint: w.t(hint),
        value,
        error: errors.of(name),
        required,
    };
    let labels = [("words", w.t("objection-field-words")), ("shown_as", w.t("objection-field-shown-as"))];
    let words = field("words", "objection-field-words", "objection-field-words-hint", &typed.words, true);
    let shown = field("shown_as", "objection-field-shown-as", "objection-field-shown-as-hint", &typed.shown_as, false);
    let body = html! {
        (visit.csrf_field())
        (errors.summary(&labels))
        (textarea(w, &words, 5, Some(2_000)))
        (text(w, &shown, Input::Line, Some(30)))
        p.small.soft { (w.t("objection-privacy")) }
        (acts(&[button(Weight::First, w.t("objection-send"))]))
    };
    let id = &facts.notice.id;
    html! {
        section.sheet.stack #object {
            h2 { (w.t("objection-form-title")) }
            p { (w.t_with("objection-until", &[("day", until.as_str().into())])) }
            @if is_known {
                (form(&format!("/notices/{id}/object"), &[("once", &typed.once)], &body))
            } @else {
                (acts(&[link_button(Weight::First, &format!("/sign-in?next=/notices/{id}"), w.t("objection-sign-in"))]))
                p.small.soft { (w.t("objection-at-the-desk")) }
            }
        }
    }
}

/// The form of an answer, for one who may answer and is in no conflict.
pub(super) fn answering(visit: &Visit, objection: &Objection, sent: &Sent<'_>) -> Markup {
    let w = visit.words;
    let is_this = sent.typed.objection == objection.id.as_str();
    let none = Sent::default();
    let sent = if is_this { sent } else { &none };
    let (errors, refusal) = errors(w, sent, "answer");
    let outcomes = ["upheld", "rejected", "answered"];
    let choices: Vec<Choice<'_>> =
        outcomes.iter().map(|value| Choice { value, label: w.t(&format!("objection-as-{value}")), more: "" }).collect();
    let outcome = CheckList {
        field: Field {
            name: "outcome",
            label: w.t("objection-field-outcome"),
            error: errors.of("outcome"),
            required: true,
            ..Field::default()
        },
        choices: &choices,
        chosen: &[&sent.typed.outcome],
        one: true,
    };
    let words = Field {
        name: "words",
        label: w.t("objection-field-answer"),
        hint: w.t("objection-field-answer-hint"),
        value: &sent.typed.words,
        error: errors.of("words"),
        required: true,
    };
    let body = html! {
        (visit.csrf_field())
        (checks(w, &outcome))
        (textarea(w, &words, 4, Some(2_000)))
        (acts(&[button(Weight::Plain, w.t("objection-answer"))]))
    };
    let action = format!("/notices/{}/answer", objection.notice);
    let inner = form(&action, &[("objection", objection.id.as_str())], &body);
    html! { @if refusal.is_some() { (inner) } @else { (fold(w.t("objection-answer"), &inner)) } }
}

/// What those who may post can do with it.
pub(super) fn keeping(visit: &Visit, facts: &Facts, sent: &Sent<'_>) -> Markup {
    let w = visit.words;
    let (notice, id) = (&facts.notice, &facts.notice.id);
    let plain = |verb: &str, label: &str| {
        let body = html! { (visit.csrf_field()) (acts(&[button(Weight::Plain, w.t(label))])) };
        form(&format!("/notices/{id}/{verb}"), &[], &body)
    };
    let over = notice.until_day.as_ref().is_some_and(|until| facts.today > *until);
    html! {
        @if facts.may_post && matches!(notice.state, Stands::Draft | Stands::Posted) {
            (sheet(w.t("notice-keep-title"), &html! {
                @if notice.state == Stands::Draft { (plain("post", "notice-post")) }
                @if notice.state == Stands::Posted {
                    @if notice.n_upheld > 0 { p { (w.n("notice-owes-correction", notice.n_upheld)) } }
                    @if over { (plain("end", "notice-end")) } @else { p.small.soft { (w.t("notice-end-later")) } }
                    (correcting(visit, facts, sent))
                }
                (withdrawing(visit, facts, sent))
            }))
        }
    }
}

fn correcting(visit: &Visit, facts: &Facts, sent: &Sent<'_>) -> Markup {
    let w = visit.words;
    let (errors, refusal) = errors(w, sent, "correct");
    let typed = |kept: &'_ str, now: &'_ str| if refusal.is_some() { kept.to_owned() } else { now.to_owned() };
    let title = typed(&sent.typed.title, &facts.notice.title);
    let body = typed(&sent.typed.body, &facts.notice.body);
    let why = typed(&sent.typed.why, "");
    let field = |name, label, hint: &'static str, value| Field {
        name,
        label: w.t(label),
        hint: if hint.is_empty() { "" } else { w.t(hint) },
        value,
        error: errors.of(name),
        required: true,
    };
    let inner = html! {
        (visit.csrf_field())
        p.small { (w.t("notice-correct-restarts")) }
        (text(w, &field("title", "notice-field-title", "", &title), Input::Line, Some(120)))
        (textarea(w, &field("body", "notice-field-body", "", &body), 10, Some(8_000)))
        (text(w, &field("why", "notice-field-why", "notice-field-why-hint", &why), Input::Line, Some(400)))
        (acts(&[button(Weight::Plain, w.t("notice-correct"))]))
    };
    let inner = form(&format!("/notices/{}/correct", facts.notice.id), &[], &inner);
    html! { @if refusal.is_some() { (inner) } @else { (fold(w.t("notice-correct"), &inner)) } }
}

fn withdrawing(visit: &Visit, facts: &Facts, sent: &Sent<'_>) -> Markup {
    let w = visit.words;
    let (errors, refusal) = errors(w, sent, "withdraw");
    let reason = Field {
        name: "reason",
        label: w.t("notice-field-reason"),
        hint: w.t("notice-field-reason-hint"),
        value: &sent.typed.reason,
        error: errors.of("reason"),
        required: true,
    };
    let inner = html! {
        (visit.csrf_field())
        (text(w, &reason, Input::Line, Some(400)))
        (acts(&[button(Weight::Plain, w.t("notice-withdraw"))]))
    };
    let inner = form(&format!("/notices/{}/withdraw", facts.notice.id), &[], &inner);
    html! { @if refusal.is_some() { (inner) } @else { (fold(w.t("notice-withdraw"), &inner)) } }
}

//! Comments on the page of an idea, and what the office does there.

use kernel::{FieldError, Refusal};
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Errors, Field, Input, Weight, acts, apart, button, checks, fold, section, select, text,
        textarea,
    },
};
use web::Visit;

use super::{
    acts::Typed,
    show::{Again, Facts},
};
use crate::{
    idea::{Comment, Outcome, State},
    page::{form, press},
    season::web::shown,
};

const NONE: &[FieldError] = &[];

/// What was typed into a form and why it was not taken, where it was this one.
fn of<'a>(again: Option<&'a Again>, which: &str, blank: &'a Typed) -> (&'a Typed, Option<&'a Refusal>) {
    match again.filter(|again| again.which == which) {
        Some(again) => (&again.typed, Some(&again.refusal)),
        None => (blank, None),
    }
}

/// The comments with their replies, and the form of a new one.
pub(super) fn comments(visit: &Visit, f: &Facts, base: &str, again: Option<&Again>) -> Markup {
    let w = visit.words;
    let body = html! {
        @if f.comments.is_empty() && f.talks { p.soft { (w.t("idea-comments-none")) } }
        @if !f.comments.is_empty() {
            ul.cards {
                @for thread in f.comments.chunk_by(|a, b| a.thread == b.thread) {
                    @let (first, replies) = match thread {
                        // a page may begin in the middle of a thread
                        [first, replies @ ..] if !first.is_reply() => (Some(first), replies),
                        replies => (None, replies),
                    };
                    li {
                        @if let Some(first) = first { (one(visit, f, base, first)) }
                        @if !replies.is_empty() {
                            ol.thread { @for reply in replies { li { (one(visit, f, base, reply)) } } }
                        }
                    }
                }
            }
        }
        @if f.talks { (write(visit, f, base, again)) }
    };
    if f.comments.is_empty() && !f.talks {
        return html! {};
    }
    section(&w.n("idea-comments-n", f.idea.n_comments), &body)
}

fn one(visit: &Visit, f: &Facts, base: &str, comment: &Comment) -> Markup {
    let w = visit.words;
    let author = if comment.author.is_empty() { w.t("idea-by-resident") } else { &comment.author };
    html! {
        p.meta {
            @if comment.is_reply() { span.unseen { (w.t("idea-reply-mark")) } }
            @if comment.hidden.is_none() { span { (author) } }
            span { (shown::day(w, &comment.posted_day)) }
        }
        @if let Some(reason) = &comment.hidden {
            p.soft { (w.t_with("idea-comment-hidden", &[("reason", reason.into())])) }
        } @else {
            (shown::prose(&comment.words))
            @if f.talks { p.small { a href={ (base) "?to=" (comment.id) "#f-words" } { (w.t("idea-reply")) } } }
            @if f.office {
                @let hide = form(visit, &format!("{base}/comments/{}/hide", comment.id), &[], &html! {
                    (reason_field(w, "", None))
                    (acts(&[button(Weight::Danger, w.t("idea-comment-hide"))]))
                });
                (fold(w.t("idea-comment-hide"), &apart(comment.id.as_str(), &hide)))
            }
        }
    }
}

fn write(visit: &Visit, f: &Facts, base: &str, again: Option<&Again>) -> Markup {
    let w = visit.words;
    let to = ui_to(visit);
    let blank = Typed { once: f.once.clone(), to, ..Typed::default() };
    let (typed, refusal) = of(again, "comments", &blank);
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let key = if typed.to.is_empty() { "idea-comment-words" } else { "idea-reply-words" };
    let words = Field {
        name: "words",
        label: w.t(key),
        value: &typed.words,
        error: errors.of("words"),
        required: true,
        ..Field::default()
    };
    let hint = if f.shown_name.is_empty() {
        w.t("idea-sign-none").to_owned()
    } else {
        w.t_with("idea-sign-as", &[("name", (&f.shown_name).into())])
    };
    form(
        visit,
        &format!("{base}/comments"),
        &[("once", &typed.once), ("to", &typed.to)],
        &html! {
            (textarea(w, &words, 3, Some(1_000)))
            (checks(w, &CheckList {
                field: Field { name: "nameless", label: w.t("idea-sign"), hint: &hint, ..Field::default() },
                choices: &[Choice { value: "1", label: w.t("idea-nameless"), more: w.t("idea-nameless-more") }],
                chosen: if typed.nameless.is_empty() { &[] } else { &["1"] },
                one: false,
            }))
            (acts(&[button(Weight::Plain, w.t("idea-comment-send"))]))
        },
    )
}

/// The comment that the address says is replied to.
fn ui_to(visit: &Visit) -> String {
    let query = visit.target.split_once('?').map_or("", |(_, query)| query);
    let to = query.split('&').find_map(|pair| pair.strip_prefix("to=")).unwrap_or_default();
    web::optional_id::<crate::idea::CommentNoun>(Some(to)).map_or_else(String::new, |id| id.to_string())
}

fn reason_field(w: Words, value: &str, error: Option<String>) -> Markup {
    let field = Field {
        name: "reason",
        label: w.t("idea-field-reason"),
        hint: w.t("idea-field-reason-hint"),
        value,
        error,
        required: true,
    };
    textarea(w, &field, 2, Some(500))
}

/// What the office does with it.
pub(super) fn office(visit: &Visit, f: &Facts, base: &str, again: Option<&Again>) -> Markup {
    let (w, state) = (visit.words, f.idea.state);
    let blank = Typed::default();
    let put = |which: &str, weight, label: &str, fields: &Markup| {
        form(visit, &format!("{base}/{which}"), &[], &html! { (fields) (acts(&[button(weight, label)])) })
    };
    html! {
        (section(w.t("ideas-work"), &html! {
            @if matches!(state, State::Waiting | State::Hidden) {
                (press(visit, &format!("{base}/show"), &[], Weight::First, w.t("idea-show")))
            }
            @if state == State::Shown {
                (open_fold(again, "answer", w.t("idea-answer-it"), &put("answer", Weight::First, w.t("idea-answer-send"), &answer(w, f, of(again, "answer", &blank)))))
                (open_fold(again, "merge", w.t("idea-merge"), &merge(visit, f, of(again, "merge", &blank))))
                (open_fold(again, "split", w.t("idea-split"), &put("split", Weight::Plain, w.t("idea-split"), &parts(w, of(again, "split", &blank)))))
            }
            @if matches!(state, State::Shown | State::Waiting) {
                @let (typed, refusal) = of(again, "hide", &blank);
                @let error = Errors::new(w, refusal.map_or(NONE, |r| &r.fields)).of("reason");
                (open_fold(again, "hide", w.t("idea-hide"), &put("hide", Weight::Danger, w.t("idea-hide"), &reason_field(w, &typed.reason, error))))
            }
        }))
    }
}

/// A fold; what was refused is not folded away.
fn open_fold(again: Option<&Again>, which: &str, label: &str, body: &Markup) -> Markup {
    // each form says "why" in its own way: its fields have addresses of their own
    let body = apart(which, body);
    if again.is_some_and(|again| again.which == which) { section(label, &body) } else { fold(label, &body) }
}

fn answer(w: Words, f: &Facts, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let said = f.idea.answer.as_ref();
    let outcome = if typed.outcome.is_empty() { said.map_or("", |a| a.outcome.as_str()) } else { &typed.outcome };
    let words = if typed.words.is_empty() { said.map_or("", |a| &a.words) } else { &typed.words };
    let outcomes = [Outcome::TakenUp, Outcome::NotNow, Outcome::Elsewhere].map(|outcome| Choice {
        value: outcome.as_str(),
        label: w.t(&format!("idea-outcome-{}", outcome.as_str())),
        ..Choice::default()
    });
    let field = |name, label, value, hint| Field {
        name,
        label: w.t(label),
        hint,
        value,
        error: errors.of(name),
        required: true,
    };
    html! {
        (select(w, &field("outcome", "idea-field-outcome", outcome, ""), &outcomes))
        (textarea(w, &field("words", "idea-field-why", words, w.t("idea-field-why-hint")), 4, Some(1_000)))
    }
}

/// The way to the page that shows what would be merged, with this one picked already.
fn merge(visit: &Visit, f: &Facts, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let into = Field {
        name: "pick",
        label: w.t("idea-field-into"),
        hint: w.t("idea-field-into-hint"),
        value: &typed.into,
        error: errors.of("into"),
        required: true,
    };
    form(
        visit,
        &format!("/seasons/{}/ideas/merge", f.season.id),
        &[("pick", f.idea.id.as_str())],
        &html! {
            (text(w, &into, Input::Line, Some(40)))
            (acts(&[button(Weight::Plain, w.t("idea-merge-look"))]))
        },
    )
}

fn parts(w: Words, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let names: Vec<[String; 2]> =
        (1..=3).map(|n| [w.n("idea-field-part-title", n), w.n("idea-field-part-body", n)]).collect();
    let value = |list: &[String], at: usize| list.get(at).cloned().unwrap_or_default();
    html! {
        @for (at, [title, body]) in names.iter().enumerate() {
            @let titled = value(&typed.part_title, at);
            @let bodied = value(&typed.part_body, at);
            (text(w, &Field { name: "part_title", label: title, value: &titled, error: errors.of("title").filter(|_| at == 0), required: at < 2, ..Field::default() }, Input::Line, Some(60)))
            (textarea(w, &Field { name: "part_body", label: body, value: &bodied, error: errors.of("body").filter(|_| at == 0), required: at < 2, ..Field::default() }, 3, Some(2_000)))
        }
        (reason_field(w, &typed.reason, errors.of("reason")))
    }
}

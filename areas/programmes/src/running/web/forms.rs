//! The forms on the page of a project, each for those who may send it.

use kernel::Refusal;
use ui::{
    Markup, html,
    parts::{self, Choice, Field, Input, Weight, acts, apart, button, fieldset, fold, select, sheet},
};
use web::Visit;

use super::{
    Refused, kept,
    project::{Facts, base},
};
use crate::{
    page::{self, Line},
    running::{Closing, Midterm, RunState, rules},
};

/// A text of several lines.
fn prose(
    visit: &Visit,
    (name, label, hint): (&str, &str, &str),
    (value, refusal): (&str, Option<&Refusal>),
    (most, required): (u32, bool),
) -> Markup {
    let w = visit.words;
    let field = Field {
        name,
        label: w.t(label),
        hint: if hint.is_empty() { "" } else { w.t(hint) },
        value,
        error: page::errors(w, refusal).of(name),
        required,
    };
    parts::textarea(w, &field, 4, Some(most))
}

/// What is to be done about the assessment by whoever looks.
pub(super) fn midterm(visit: &Visit, facts: &Facts, refused: Option<&Refused<'_>>) -> Markup {
    let (w, run, standing) = (visit.words, &facts.case.run, facts.standing);
    let base = base(facts);
    let may_open = standing.runs
        && run.midterm != Midterm::Open
        && run.midterm != Midterm::Passed
        && run.state != RunState::Closed;
    html! {
        @if may_open {
            (page::press(visit, &format!("{base}/midterm/open"), &[], Weight::Plain, w.t("midterm-open")))
        }
        @if run.midterm == Midterm::Open && standing.scores { (sheet_form(visit, facts, refused)) }
        @if run.midterm == Midterm::Open && standing.decides { (decide_form(visit, facts, refused)) }
        @if run.midterm == Midterm::Rectify && (standing.team || standing.office) { (mend_form(visit, facts, refused)) }
    }
}

fn sheet_form(visit: &Visit, facts: &Facts, refused: Option<&Refused<'_>>) -> Markup {
    let w = visit.words;
    let round = facts.rounds.last().map_or(0, |round| round.round).to_string();
    let own = facts.own.as_ref();
    let criteria = &facts.template.assessment().criteria;
    let lines = criteria.iter().enumerate().map(|(at, criterion)| {
        let name = rules::field(at);
        let before = own.and_then(|own| own.scores.get(at)).map(u32::to_string).unwrap_or_default();
        let (typed, refusal) = kept(refused, "sheet", name);
        let label = w.t_with(
            "midterm-criterion",
            &[
                ("name", criterion.name.of(w.locale()).into()),
                ("weight", criterion.weight.into()),
                ("most", criterion.most.into()),
            ],
        );
        let value = if refusal.is_some() { typed } else { &before };
        let hint = criterion.hint.of(w.locale());
        Line { name, label: &label, hint, value, input: Input::Number, most: 4, required: true }.show(w, refusal)
    });
    let lines: Vec<Markup> = lines.collect();
    let (typed, refusal) = kept(refused, "sheet", "comment");
    let comment = if refusal.is_some() { typed } else { own.map_or("", |own| &own.comment) };
    let body = html! {
        (fieldset(w.t("midterm-scores"), w.t("midterm-scores-hint"), &html! { @for line in &lines { (line) } }))
        (prose(visit, ("comment", "midterm-comment", ""), (comment, refusal), (1_000, false)))
        (acts(&[button(Weight::Plain, w.t("midterm-score"))]))
    };
    let form = page::form(visit, &format!("{}/midterm/sheet", base(facts)), &[("round", &round)], &body);
    let n = facts.sheets.len();
    sheet(
        w.t("midterm-sheet-title"),
        &html! {
            p.soft { (w.t_with("midterm-sheets-in", &[
                ("n", i64::try_from(n).unwrap_or(i64::MAX).into()),
                ("least", facts.template.assessment().sheets.into()),
            ])) }
            (apart("sheet", &form))
        },
    )
}

fn decide_form(visit: &Visit, facts: &Facts, refused: Option<&Refused<'_>>) -> Markup {
    let w = visit.words;
    let round = facts.rounds.last().map_or(0, |round| round.round).to_string();
    let (outcome, refusal) = kept(refused, "decide", "outcome");
    let choices = ["passed", "rectify", "failed"].map(|value| Choice {
        value,
        label: w.t(&format!("midterm-state-{value}")),
        ..Choice::default()
    });
    let field = Field {
        name: "outcome",
        label: w.t("midterm-outcome"),
        hint: "",
        value: outcome,
        error: page::errors(w, refusal).of("outcome"),
        required: true,
    };
    let until = Line {
        name: "until",
        label: w.t("midterm-until"),
        hint: w.t("midterm-until-hint"),
        value: kept(refused, "decide", "until").0,
        input: Input::Day,
        most: 10,
        required: false,
    };
    let body = html! {
        (select(w, &field, &choices))
        (prose(visit, ("advice", "midterm-advice", "midterm-advice-hint"), kept(refused, "decide", "advice"), (2_000, false)))
        (until.show(w, refusal))
        (acts(&[button(Weight::First, w.t("midterm-decide"))]))
    };
    let form = page::form(visit, &format!("{}/midterm/decide", base(facts)), &[("round", &round)], &body);
    sheet(w.t("midterm-decide-title"), &apart("decide", &form))
}

fn mend_form(visit: &Visit, facts: &Facts, refused: Option<&Refused<'_>>) -> Markup {
    let w = visit.words;
    let body = html! {
        (prose(visit, ("words", "midterm-mended", "midterm-mended-hint"), kept(refused, "mend", "words"), (2_000, true)))
        (acts(&[button(Weight::First, w.t("midterm-mend"))]))
    };
    let form = page::form(visit, &format!("{}/midterm/mend", base(facts)), &[], &body);
    sheet(w.t("midterm-mend-title"), &apart("mend", &form))
}

/// Accept the closing or send it back.
pub(super) fn closing(visit: &Visit, facts: &Facts, refused: Option<&Refused<'_>>) -> Markup {
    let w = visit.words;
    let handed_in_by_me = facts
        .closed
        .as_ref()
        .is_some_and(|c| c.submitted_by.is_some() && c.submitted_by.as_ref() == visit.actor.person());
    if facts.case.run.closing != Closing::Submitted || !facts.standing.decides || handed_in_by_me {
        return html! {};
    }
    let base = base(facts);
    let back = html! {
        (prose(visit, ("reasons", "closing-reasons", "closing-reasons-hint"), kept(refused, "return", "reasons"), (2_000, true)))
        (acts(&[button(Weight::Plain, w.t("closing-return"))]))
    };
    let back = apart("return", &page::form(visit, &format!("{base}/closing/return"), &[], &back));
    sheet(
        w.t("closing-decide"),
        &html! {
            p { (w.t("closing-decide-hint")) }
            (page::press(visit, &format!("{base}/closing/accept"), &[], Weight::First, w.t("closing-accept")))
            @if refused.is_some_and(|refused| refused.form == "return") { (back) }
            @else { (fold(w.t("closing-return"), &back)) }
        },
    )
}

/// Say how content one is.
pub(super) fn grade(visit: &Visit, facts: &Facts, refused: Option<&Refused<'_>>) -> Markup {
    let w = visit.words;
    if visit.actor.person().is_none() {
        return html! {};
    }
    let before = facts.grade.as_ref().map(|(grade, words)| (grade.to_string(), words.as_str()));
    let (typed, refusal) = kept(refused, "grade", "grade");
    let (value, words) = match (&before, refusal) {
        (Some((grade, words)), None) => (grade.as_str(), *words),
        _ => (typed, kept(refused, "grade", "words").0),
    };
    let choices =
        [("5", "run-grade-5"), ("4", "run-grade-4"), ("3", "run-grade-3"), ("2", "run-grade-2"), ("1", "run-grade-1")];
    let choices = choices.map(|(value, key)| Choice { value, label: w.t(key), ..Choice::default() });
    let field = Field {
        name: "grade",
        label: w.t("run-grade"),
        hint: "",
        value,
        error: page::errors(w, refusal).of("grade"),
        required: true,
    };
    let body = html! {
        (select(w, &field, &choices))
        (prose(visit, ("words", "run-grade-words", "run-grade-words-hint"), (words, refusal), (500, false)))
        (acts(&[button(Weight::Plain, w.t("run-grade-send"))]))
    };
    let form = page::form(visit, &format!("{}/grade", base(facts)), &[], &body);
    sheet(w.t("run-grade-title"), &apart("grade", &form))
}

//! The ballot, and the forms of the office.

use kernel::Refusal;
use ui::{
    Markup, Words, html,
    parts::{
        self, CheckList, Choice as Box, Field, Filter, Input, Tone, Weight, acts, button, checks, filter, link_button,
        notice, sheet, sheet_needs_you,
    },
};
use web::Visit;

use super::{Facts, Pairs, text, ticked};
use crate::{
    award::choice::{Choice, Nominated, State, rules, rules::Outcome},
    page::{self, Line},
    template::Decides,
};

/// Projects as boxes, each with its number.
fn boxes(
    w: Words,
    (name, label, hint): (&str, &str, &str),
    list: &[&Nominated],
    ticked: &[u32],
    error: Option<String>,
) -> Markup {
    let rows: Vec<(String, String)> =
        list.iter().map(|one| (one.number.to_string(), format!("{}. {}", one.number, one.name))).collect();
    let choices: Vec<Box<'_>> = rows.iter().map(|(value, label)| Box { value, label, ..Box::default() }).collect();
    let chosen: Vec<String> = ticked.iter().map(u32::to_string).collect();
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    let field = Field { name, label, hint, error, required: true, ..Field::default() };
    checks(w, &CheckList { field, choices: &choices, chosen: &chosen, one: false })
}

/// The ballot, for those who may hand one in; for others why not.
pub(super) fn ballot(visit: &Visit, facts: &Facts, (typed, refusal): (&Pairs, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let open = facts.choice.as_ref().filter(|choice| choice.state == State::Open && facts.today <= choice.closes);
    if open.is_none() {
        return html! {};
    }
    match &facts.barred {
        Some(why) if why.code == "sign-in-first" => {
            let to = format!("/sign-in?next={}", facts.here());
            return acts(&[link_button(Weight::First, &to, w.t("award-ballot-sign-in"))]);
        }
        Some(why) => {
            return notice(w, Tone::Plain, "", &html! { p { (parts::Errors::refusal(w, why).unwrap_or_default()) } });
        }
        None => {}
    }
    let before = facts.mine.clone().unwrap_or_default();
    let again = refusal.filter(|refusal| refusal.fields.iter().any(|field| field.field == "for"));
    let chosen = if again.is_some() { ticked(typed, "for") } else { before };
    let list: Vec<&Nominated> = facts.nominated.iter().collect();
    let error = page::errors(w, refusal).of("for");
    let label = if facts.mine.is_some() { "award-ballot-change" } else { "award-ballot-send" };
    let body = html! {
        (boxes(w, ("for", w.t("award-ballot-for"), w.t("award-ballot-hint")), &list, &chosen, error))
        (acts(&[button(Weight::First, w.t(label))]))
    };
    sheet_needs_you(
        w.t("award-ballot-title"),
        &html! {
            @if facts.mine.is_some() { p { (w.t("award-ballot-in")) } }
            (page::form(visit, &format!("{}/ballot", facts.here()), &[], &body))
        },
    )
}

/// What the office does: the jury, opening, counting.
pub(super) fn office(visit: &Visit, facts: &Facts, (find, typed, refusal): (&str, &Pairs, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    match &facts.choice {
        None if facts.runs => html! {
            @if facts.term.decide == Decides::Jury { (jury(visit, facts, (find, refusal))) }
            (days(visit, facts, (typed, refusal), "award-choice-open"))
        },
        Some(choice) if choice.state == State::Open && choice.is_over(&facts.today) => {
            let few = choice.ballots < rules::needed(choice.way, choice.jurors);
            html! {
                @if few && facts.runs && facts.today > choice.closes {
                    (notice(w, Tone::NeedsYou, "", &html! { p { (w.t("award-choice-too-few")) } }))
                    (days(visit, facts, (typed, refusal), "award-choice-extend"))
                }
                @if facts.approves && !few { (count(visit, facts, choice, (typed, refusal))) }
            }
        }
        _ => html! {},
    }
}

fn jury(visit: &Visit, facts: &Facts, (find, refusal): (&str, Option<&Refusal>)) -> Markup {
    let (w, here) = (visit.words, facts.here());
    let (least, most) = (*rules::JURORS.start(), *rules::JURORS.end());
    let bound = |n: usize| i64::try_from(n).unwrap_or(0);
    let ids: Vec<String> = facts.found.iter().map(|one| one.id.to_string()).collect();
    let choices: Vec<Box<'_>> =
        (facts.found.iter().zip(&ids)).map(|(one, id)| Box { value: id, label: &one.name, more: &one.place }).collect();
    let chosen: Vec<&str> = ids.first().filter(|_| ids.len() == 1).map(String::as_str).into_iter().collect();
    let error = page::errors(w, refusal).of("person");
    let who = Field { name: "person", label: w.t("review-who"), error, required: true, ..Field::default() };
    let field = Field {
        name: "find",
        label: w.t("review-find"),
        hint: w.t("review-find-hint"),
        value: find,
        required: true,
        ..Field::default()
    };
    let fields = [parts::text(w, &field, Input::Search, Some(30))];
    sheet(
        w.t("award-jury-title"),
        &html! {
            p { (w.t_with("award-jury-hint", &[("least", bound(least).into()), ("most", bound(most).into())])) }
            @for (person, name) in &facts.jurors {
                @let hidden = [("person", person.as_str()), ("act", "leave")];
                p { strong { (name) } }
                (page::press(visit, &format!("{here}/jury"), &hidden, Weight::Quiet, w.t("award-jury-leave")))
            }
            @if facts.jurors.is_empty() { p.soft { (w.t("award-jury-nobody")) } }
            (filter(w, &Filter { action: &here, label: "", fields: &fields, on: &[], found: "" }))
            @if !choices.is_empty() {
                (page::form(visit, &format!("{here}/jury"), &[("act", "invite")], &html! {
                    (checks(w, &CheckList { field: who, choices: &choices, chosen: &chosen, one: true }))
                    (acts(&[button(Weight::Plain, w.t("award-jury-invite"))]))
                }))
            } @else if !find.is_empty() { p { (w.t("review-nobody-found")) } }
        },
    )
}

/// Until when: at the opening, and where too few handed in.
fn days(visit: &Visit, facts: &Facts, (typed, refusal): (&Pairs, Option<&Refusal>), label: &str) -> Markup {
    let w = visit.words;
    let line = Line {
        name: "closes",
        label: w.t("award-choice-closes"),
        hint: w.t("award-choice-closes-hint"),
        value: text(typed, "closes"),
        input: Input::Day,
        most: 10,
        required: true,
    };
    let body = html! {
        (line.show(w, refusal))
        (acts(&[button(Weight::First, w.t(label))]))
    };
    sheet(w.t(label), &page::form(visit, &format!("{}/open", facts.here()), &[], &body))
}

/// Counting; where some are tied, with which of them and why.
fn count(visit: &Visit, facts: &Facts, choice: &Choice, (typed, refusal): (&Pairs, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let action = format!("{}/count", facts.here());
    let Some(Outcome::Tied { tied, left, .. }) = &facts.outcome else {
        let press = page::press(visit, &action, &[], Weight::First, w.t("award-choice-count"));
        let early = facts.today <= choice.closes;
        return sheet_needs_you(
            w.t("award-choice-count"),
            &html! {
                @if early { p { (w.t("award-choice-all-in")) } }
                p { (w.t("award-choice-count-hint")) }
                (press)
            },
        );
    };
    let list: Vec<&Nominated> = facts.nominated.iter().filter(|one| tied.contains(&one.number)).collect();
    let left = w.n("award-tie-left", i64::try_from(*left).unwrap_or(0));
    let error = page::errors(w, refusal).of("chosen");
    let reason = Field {
        name: "reason",
        label: w.t("award-tie-reason"),
        hint: w.t("award-tie-reason-hint"),
        value: text(typed, "reason"),
        error: page::errors(w, refusal).of("reason"),
        required: true,
    };
    let body = html! {
        (boxes(w, ("chosen", w.t("award-tie-chosen"), &left), &list, &ticked(typed, "chosen"), error))
        (parts::textarea(w, &reason, 3, Some(300)))
        (acts(&[button(Weight::First, w.t("award-choice-count"))]))
    };
    sheet_needs_you(
        w.t("award-tie-title"),
        &html! { p { (w.t("award-tie-hint")) } (page::form(visit, &action, &[], &body)) },
    )
}

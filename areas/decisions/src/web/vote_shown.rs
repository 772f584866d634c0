//! How the vote looks.

use kernel::Refusal;
use programmes::{
    Phase, Project, Stage,
    page::{self, Line},
    season::web::shown,
};
use ui::{
    Markup, Words, html,
    parts::{
        Card, CheckList, Choice, Field, Head, Input, Receipt, Tone, Weight, acts, breadcrumb, button, button_named,
        cards, checks, code, fold, head, left, link_button, notice, receipt, sheet, told,
    },
};
use web::Visit;

use super::vote::{Facts, Typed, Way};
use crate::Ballot;

/// Characters of a code at most.
const CODE: u32 = 128;

fn top(w: Words, facts: &Facts, lead: &str) -> Markup {
    let season = &facts.season;
    let here = format!("/seasons/{}", season.id);
    html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("ballot-title")))
        (head(&Head { kicker: &[shown::state(w, season)], title: w.t("ballot-title"), lead, ..Head::default() }))
        (shown::tabs(w, season, &facts.template, "vote"))
    }
}

fn office_links(w: Words, facts: &Facts) -> Markup {
    let mut links = vec![link_button(Weight::Plain, &format!("{}/papers", facts.here()), w.t("papers-title"))];
    if facts.keeps {
        links.push(link_button(Weight::Plain, &format!("{}/roll", facts.here()), w.t("vote-roll-title")));
    }
    acts(&links)
}

/// The ballot paper, or why there is none, with whatever was ticked.
pub(super) fn ballot(visit: &Visit, facts: &Facts, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let season = &facts.season;
    let lead = if season.phase == Phase::Voting { w.t("vote-lead") } else { "" };
    html! {
        (top(w, facts, lead))
        div.stack {
            @if facts.template.is_advisory() { (notice(w, Tone::Plain, "", &html! { p { (w.t("vote-advisory")) } })) }
            @if facts.desk { (office_links(w, facts)) }
            @match season.phase {
                Phase::Voting => (open(visit, facts, typed, refusal)),
                Phase::Collecting if season.stage >= Stage::Notice => {
                    (notice(w, Tone::Plain, "", &html! { p { (w.t("vote-none")) } }))
                }
                Phase::Collecting => (notice(w, Tone::Due, "", &html! { p { (w.t("vote-not-yet")) } })),
                Phase::Closed | Phase::Published => (over(w, facts, typed)),
            }
            (secrecy(w))
        }
    }
}

/// The vote is over; what was on its way is shown, so that nothing was typed in vain.
fn over(w: Words, facts: &Facts, typed: &Typed) -> Markup {
    let chosen = facts.chosen(typed);
    html! {
        (notice(w, Tone::Due, "", &html! { p { (w.t("vote-over-note")) } }))
        @if !chosen.is_empty() {
            (notice(w, Tone::NeedsYou, w.t("vote-too-late"), &html! { p { (w.t("vote-too-late-note")) } }))
            (section_of(w, facts, &chosen))
        }
        @if facts.season.phase == Phase::Published {
            @let result = format!("/seasons/{}/result", facts.season.id);
            (acts(&[link_button(Weight::First, &result, w.t("season-see-result"))]))
        }
        p.small.soft { (w.t("vote-receipt-where")) }
    }
}

fn open(visit: &Visit, facts: &Facts, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let other = format!("{}?by=code", facts.here());
    if facts.way == Way::Voted && typed.key.is_empty() {
        return html! {
            (told(w, refusal))
            (notice(w, Tone::Ok, w.t("vote-done-already"), &html! { p { (w.t("vote-done-already-note")) } }))
            p { a href=(other) { (w.t("vote-by-code")) } }
        };
    }
    if facts.way == Way::Enrol && typed.key.is_empty() {
        let enrol = format!("{}/enrol", facts.here());
        return html! {
            (told(w, refusal))
            (sheet(w.t("vote-enrol-title"), &html! {
                p { (w.t("vote-enrol-note")) }
                (page::press(visit, &enrol, &[], Weight::First, w.t("vote-enrol")))
            }))
            p { a href=(other) { (w.t("vote-by-code")) } }
        };
    }
    html! {
        (paper(visit, facts, typed, refusal))
        @if facts.way == Way::Account { p { a href=(other) { (w.t("vote-by-code")) } } }
    }
}

/// The form with its boxes.
fn paper(visit: &Visit, facts: &Facts, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let most = facts.season.max_choices;
    let texts: Vec<(String, String)> = facts.projects.iter().map(|p| line_of(w, facts, p)).collect();
    let choices: Vec<Choice<'_>> = (facts.projects.iter().zip(&texts))
        .map(|(project, (number, more))| Choice { value: number, label: &project.name, more })
        .collect();
    let ticked: Vec<&str> = typed.choice.iter().map(String::as_str).collect();
    let errors = page::errors(w, refusal);
    let hint = w.n("vote-choose-hint", most);
    let field = Field { name: "choice", label: w.t("vote-choose"), hint: &hint, required: true, ..Field::default() };
    let asks_code = typed.key.is_empty() && (facts.way == Way::Code || !typed.code.is_empty());
    let code = Line {
        name: "code",
        label: w.t("vote-code"),
        hint: w.t("vote-code-hint"),
        value: &typed.code,
        input: Input::Line,
        most: CODE,
        required: true,
    };
    let send = if typed.key.is_empty() { "vote-look" } else { "vote-look-change" };
    let body = html! {
        (errors.summary(&[("code", w.t("vote-code"))]))
        (told(w, refusal))
        (checks(w, &CheckList { field, choices: &choices, chosen: &ticked, one: false }))
        (left(w, most))
        @if asks_code { (code.show(w, refusal)) (sign_in(visit, facts)) }
        (acts(&[button(Weight::First, w.t(send))]))
    };
    let mut hidden = Vec::new();
    if !typed.key.is_empty() {
        hidden.push(("key", typed.key.as_str()));
    }
    page::form(visit, &format!("{}/review", facts.here()), &hidden, &body)
}

fn sign_in(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    html! {
        @if visit.me.is_none() {
            p.small { a href={ "/sign-in?next=" (facts.here()) } { (w.t("vote-sign-in")) } }
        }
    }
}

/// Number and the line of cost and purpose under a project's name.
fn line_of(w: Words, facts: &Facts, project: &Project) -> (String, String) {
    let cost = shown::amount(w, &facts.season, project.cost.0);
    let about = shown::excerpt(&project.about, 60);
    let line = if about.is_empty() { cost } else { format!("{cost} · {about}") };
    (project.number.to_string(), line)
}

fn section_of(w: Words, facts: &Facts, chosen: &[&Project]) -> Markup {
    let texts: Vec<(String, String)> = chosen
        .iter()
        .map(|p| (format!("/seasons/{}/projects/{}", facts.season.id, p.number), line_of(w, facts, p).1))
        .collect();
    let list: Vec<Card<'_>> = (chosen.iter().zip(&texts))
        .map(|(p, (href, line))| Card { title: &p.name, href, tag: html! {}, meta: &[], excerpt: line })
        .collect();
    html! {
        @if list.is_empty() { p { (w.t("vote-empty")) } } @else { (cards(&list)) }
    }
}

/// What was chosen, once more.
pub(super) fn review(visit: &Visit, facts: &Facts, typed: &Typed) -> Markup {
    let w = visit.words;
    let chosen = facts.chosen(typed);
    let mut hidden: Vec<(&str, &str)> = typed.choice.iter().map(|n| ("choice", n.as_str())).collect();
    hidden.extend([("code", typed.code.as_str()), ("key", &typed.key), ("once", &typed.once)]);
    let count = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
    let buttons = [
        button_named(Weight::First, "act", "send", w.t("ballot-send")),
        button_named(Weight::Plain, "act", "back", w.t("vote-back")),
    ];
    html! {
        (top(w, facts, w.t("vote-review-lead")))
        div.stack {
            h2 { (w.n("vote-chosen", count)) }
            (section_of(w, facts, &chosen))
            (page::form(visit, &facts.here(), &hidden, &acts(&buttons)))
        }
    }
}

/// The ballot that stands, its receipt, and the form to change it.
pub(super) fn mine(visit: &Visit, facts: &Facts, ballot: &Ballot, secret: &str) -> Markup {
    let w = visit.words;
    let choice: Vec<String> = ballot.choices.iter().map(u32::to_string).collect();
    let typed = Typed { choice, key: secret.to_owned(), ..Typed::default() };
    let chosen = facts.chosen(&typed);
    let link = format!("{}{}/mine?key={secret}", visit.origin, facts.here());
    let url = format!("{}{}/receipt/{}", visit.origin, facts.here(), ballot.id);
    let count = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
    html! {
        (top(w, facts, ""))
        div.stack {
            (notice(w, Tone::Ok, w.t("vote-done"), &html! { p { (w.t("vote-done-note")) } }))
            h2 { (w.n("vote-chosen", count)) }
            (section_of(w, facts, &chosen))
            (receipt(w, &Receipt {
                title: w.t("vote-receipt-title"),
                number: ballot.id.as_str(),
                issuer: &facts.season.name,
                facts: &[],
                url: &url,
                note: w.t("vote-receipt-note"),
            }))
            (sheet(w.t("vote-link-text"), &html! { (code(&link)) p { (w.t("vote-link-note")) } }))
            (fold(w.t("vote-change"), &paper(visit, facts, &typed, None)))
            (secrecy(w))
        }
    }
}

/// A link that opens nothing.
pub(super) fn no_ballot(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let sentence = if facts.season.phase == Phase::Voting { "refusal-no-such-ballot" } else { "vote-link-over" };
    html! {
        (top(w, facts, ""))
        div.stack {
            (notice(w, Tone::Due, "", &html! { p { (w.t(sentence)) } }))
            p.small.soft { (w.t("vote-receipt-where")) }
            (acts(&[link_button(Weight::Plain, &facts.here(), w.t("vote-go"))]))
        }
    }
}

/// Who can see what, said plainly.
fn secrecy(w: Words) -> Markup {
    fold(
        w.t("secrecy-title"),
        &html! {
            p { (w.t("secrecy-public")) }
            p { (w.t("secrecy-operator")) }
            p { (w.t("vote-secrecy-link")) }
        },
    )
}

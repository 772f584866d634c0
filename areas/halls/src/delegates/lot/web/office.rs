//! The office's next step on the page of a lot.

use kernel::{Day, Refusal};
use ui::{
    Markup, html,
    parts::{
        Input, Tone, Weight, acts, button, button_named, fold, link_button, notice, sheet, sheet_needs_you, textarea,
    },
};
use web::{
    Visit,
    page::{form, press},
};

use super::{
    super::{State, quotas, rules::is_early},
    show::Facts,
};
use crate::delegates::page::{Typed, field, line, typed};

/// What comes next, and what else may be done.
pub(super) fn office(
    visit: &Visit,
    (f, today): (&Facts, &Day),
    (fields, refusal): (&Typed, Option<&Refusal>),
) -> Markup {
    let (w, lot) = (visit.words, &f.one.lot);
    let home = f.one.home();
    let go = |to: &'static str, weight, label: &'static str| {
        press(visit, &format!("{home}/move"), &[("to", to)], weight, w.t(label))
    };
    let check = || press(visit, &format!("{home}/check"), &[], Weight::Plain, w.t("lot-check"));
    match lot.state {
        State::Draft => sheet_needs_you(
            w.t("lot-next"),
            &html! {
                p { (w.t("lot-next-open")) }
                (go("open", Weight::First, "lot-open"))
                (acts(&[link_button(Weight::Plain, &format!("{home}/change"), w.t("lot-change"))]))
            },
        ),
        State::Open => html! {
            (sheet_needs_you(w.t("lot-next"), &html! {
                p { (w.t("lot-next-freeze")) }
                (freezing(visit, (f, today), (fields, refusal)))
                (check())
            }))
            (change_quotas(visit, f, (fields, refusal)))
        },
        State::Frozen => html! {
            (sheet_needs_you(w.t("lot-next"), &if f.one.here.officer { publishing(visit, f, (fields, refusal)) } else {
                html! { p { (w.t("lot-needs-officer")) } }
            }))
            (sheet("", &check()))
            (change_quotas(visit, f, (fields, refusal)))
            (fold(w.t("lot-reopen"), &reopening(visit, f, (fields, refusal))))
        },
        State::Published | State::Seeded if !f.one.here.officer => {
            notice(w, Tone::Plain, w.t("lot-next"), &html! { p { (w.t("lot-needs-officer")) } })
        }
        State::Published if lot.announced.day.as_ref().is_some_and(|day| today < day) => {
            notice(w, Tone::Plain, w.t("lot-next"), &html! { p { (w.t("lot-seed-not-yet")) } })
        }
        State::Published => sheet_needs_you(w.t("lot-next"), &seeding(visit, f, (fields, refusal))),
        State::Seeded => confirming(visit, f, (fields, refusal)),
        State::Drawn => html! {
            (acts(&[link_button(Weight::Plain, &format!("{home}/pool"), w.t("lot-answers"))]))
        },
    }
}

fn change_quotas(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let (w, lot) = (visit.words, &f.one.lot);
    let kept = quotas::text(&lot.quotas);
    let value = if typed(fields, "quotas").is_empty() { kept.as_str() } else { typed(fields, "quotas") };
    let lines = field(w, ("quotas", "lot-field-quotas", "lot-quotas-bounds-hint"), value, (true, refusal));
    let inner =
        html! { (textarea(w, &lines, 5, Some(6_000))) (acts(&[button(Weight::Plain, w.t("lot-quotas-keep"))])) };
    fold(w.t("lot-quotas-change"), &form(visit, &format!("{}/quotas", f.one.home()), &[], &inner))
}

fn publishing(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let one = |names, input| line(w, names, fields, (input, true, refusal));
    let inner = html! {
        p { (w.t("lot-next-publish")) }
        (one(("source", "lot-seed-source", "lot-seed-source-hint"), Input::Line))
        (one(("at", "lot-seed-at", "lot-seed-at-hint"), Input::Line))
        (one(("day", "lot-seed-day", "lot-seed-day-hint"), Input::Day))
        (acts(&[button(Weight::First, w.t("lot-publish"))]))
        p.small.soft { (w.t("lot-publish-waits")) }
    };
    form(visit, &format!("{}/publish", f.one.home()), &[], &inner)
}

/// Before its day is over enrolment ends with a reason alone.
fn freezing(visit: &Visit, (f, today): (&Facts, &Day), (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let inner = html! {
        @if is_early(&f.one.lot, today) {
            (line(w, ("early", "lot-early", "lot-early-hint"), fields, (Input::Line, true, refusal)))
        }
        (acts(&[button_named(Weight::Plain, "to", "frozen", w.t("lot-freeze"))]))
    };
    form(visit, &format!("{}/move", f.one.home()), &[], &inner)
}

fn reopening(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let inner = html! {
        (line(w, ("reason", "lot-reopen-reason", ""), fields, (Input::Line, true, refusal)))
        (acts(&[button_named(Weight::Plain, "to", "reopened", w.t("lot-reopen"))]))
    };
    form(visit, &format!("{}/move", f.one.home()), &[], &inner)
}

fn seeding(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let (w, lot) = (visit.words, &f.one.lot);
    let args = [("source", lot.announced.source.as_str().into()), ("at", lot.announced.at.as_str().into())];
    let inner = html! {
        p { (w.t_with("lot-next-seed", &args)) }
        (line(w, ("seed", "lot-seed", "lot-seed-hint"), fields, (Input::Line, true, refusal)))
        (acts(&[button(Weight::First, w.t("lot-seed-type"))]))
    };
    form(visit, &format!("{}/seed", f.one.home()), &[], &inner)
}

fn confirming(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let (w, lot) = (visit.words, &f.one.lot);
    let own = lot.seed_by.is_some() && lot.seed_by.as_ref() == visit.actor.person();
    let inner = html! {
        p { (w.t("lot-next-confirm")) }
        (line(w, ("seed", "lot-seed", "lot-seed-again-hint"), fields, (Input::Line, true, refusal)))
        (acts(&[button(Weight::First, w.t("lot-confirm"))]))
    };
    html! {
        @if own {
            (notice(w, Tone::Plain, w.t("lot-next"), &html! { p { (w.t("lot-confirm-other")) } }))
        } @else {
            (sheet_needs_you(w.t("lot-next"), &form(visit, &format!("{}/confirm", f.one.home()), &[], &inner)))
        }
        (fold(w.t("lot-seed-wrong"), &ui::parts::apart("anew", &seeding(visit, f, (&Typed::new(), None)))))
    }
}

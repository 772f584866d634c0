//! An explanation in sentences. The numbers come from the verdict; nothing is computed here but differences.

use programmes::{Season, web::shown::amount};
use ui::{Markup, Words, html, words::key_of};

use crate::{Explanation, Lost, Shortfall, VerdictRow, Why};

/// Why a project won or lost, in one or two sentences.
pub(super) fn short(w: Words, season: &Season, row: &VerdictRow) -> Markup {
    match &row.line.explanation {
        Explanation::Won { step, left, .. } => {
            let left = amount(w, season, *left);
            html! { p { (w.t_with("result-step-left", &[("n", (*step).into()), ("left", (&left).into())])) } }
        }
        Explanation::Lost(lost) => html! {
            p { (reason(w, season, row, lost)) }
            @if let Some(sentence) = enough(w, season, lost) { p { (sentence) } }
        },
    }
}

/// What decided a loss.
pub(super) fn reason(w: Words, season: &Season, row: &VerdictRow, lost: &Lost) -> String {
    let cost = row.cost.0;
    let money = |minor: i64| amount(w, season, minor);
    match (&lost.why, &lost.shortfall) {
        (Why::NoSupporters, _) => w.t("lost-no-supporters").to_owned(),
        (Why::CostsNothing, _) => w.t("lost-costs-nothing").to_owned(),
        (Why::CostsMoreThanBudget, _) => {
            let (cost, budget) = (money(cost), money(season.budget.0));
            w.t_with("lost-over-budget", &[("cost", (&cost).into()), ("budget", (&budget).into())])
        }
        (Why::DoesNotFit { left, .. }, _) => {
            let (left, cost, missing) = (money(*left), money(cost), money(cost.saturating_sub(*left)));
            w.t_with(
                "lost-does-not-fit",
                &[("left", (&left).into()), ("cost", (&cost).into()), ("missing", (&missing).into())],
            )
        }
        (Why::SupportersShort, Some(s)) => {
            let (had, cost, missing) = (money(s.had), money(s.needed), money(s.needed.saturating_sub(s.had)));
            w.t_with(
                "lost-supporters-short",
                &[("had", (&had).into()), ("cost", (&cost).into()), ("missing", (&missing).into())],
            )
        }
        (Why::SupportersShort, None) => w.t("lost-shares-short").to_owned(),
    }
}

/// What would have been enough, when the count found it.
pub(super) fn enough(w: Words, season: &Season, lost: &Lost) -> Option<String> {
    let cost = lost.lower_cost.map(|cost| amount(w, season, cost));
    match (lost.more_supporters, &cost) {
        (Some(n), Some(cost)) => Some(w.t_with("whatif-both", &[("n", n.into()), ("cost", cost.into())])),
        (Some(n), None) => Some(w.n("whatif-supporters", n)),
        (None, Some(cost)) => Some(w.t_with("whatif-cost", &[("cost", cost.into())])),
        (None, None) => None,
    }
}

/// How a winner was chosen: by which stage of the rule, and what a supporter paid.
pub(super) fn won(w: Words, season: &Season, explanation: &Explanation) -> Markup {
    let Explanation::Won { step, phase, price, left } = explanation else { return html! {} };
    let left = amount(w, season, *left);
    html! {
        p { (w.t_with("result-step-left", &[("n", (*step).into()), ("left", (&left).into())])) }
        p { (w.t_with("phase-line", &[("phase", w.t(&key_of("phase", phase_code(*phase))).into())])) }
        @if let Some(price) = price {
            @let price = amount(w, season, *price);
            p { (w.t_with("step-price", &[("price", (&price).into())])) }
        }
    }
}

fn phase_code(phase: tally::Phase) -> &'static str {
    match phase {
        tally::Phase::Greedy => "greedy",
        tally::Phase::EqualShares => "equal-shares",
        tally::Phase::Completion => "completion",
    }
}

/// Where the money of a loser's supporters went until it fell short, each winner with a link to its page.
pub(super) fn spending(w: Words, season: &Season, shortfall: &Shortfall) -> Markup {
    let named: i64 = shortfall.spent.iter().map(|s| s.amount).sum();
    // amounts are rounded down each on its own, so a rest below the number of projects may be rounding alone
    let rest = shortfall.given.saturating_sub(shortfall.had).saturating_sub(named);
    let rest = (rest > i64::from(season.n_projects)).then(|| amount(w, season, rest));
    html! {
        @if shortfall.spent.is_empty() {
            p { (w.t("lost-from-the-start")) }
        } @else {
            ul.links {
                @for spent in &shortfall.spent {
                    @let money = amount(w, season, spent.amount);
                    li {
                        a href={ "/seasons/" (season.id) "/projects/" (spent.number) } {
                            (w.t_with("lost-spent", &[("amount", (&money).into()), ("project", (&spent.name).into())]))
                        }
                    }
                }
                @if let Some(rest) = &rest { li { (w.t_with("lost-spent-rest", &[("amount", rest.into())])) } }
            }
        }
    }
}

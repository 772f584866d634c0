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
            p { (reason(w, season, row.cost.0, lost)) }
            @if let Some(sentence) = second_chance(w, season, lost) { p { (sentence) } }
            @if let Some(sentence) = enough(w, season, lost) { p { (sentence) } }
        },
    }
}

/// What a project of this cost lacked: its supporters' money where the rule has shares, else room in the budget.
pub(super) fn reason(w: Words, season: &Season, cost: i64, lost: &Lost) -> String {
    let money = |minor: i64| amount(w, season, minor);
    match (&lost.why, &lost.shortfall) {
        (Why::NoSupporters, _) => w.t("lost-no-supporters").to_owned(),
        (Why::CostsNothing, _) => w.t("lost-costs-nothing").to_owned(),
        (Why::CostsMoreThanBudget, _) => {
            let (cost, budget) = (money(cost), money(season.budget.0));
            w.t_with("lost-over-budget", &[("cost", (&cost).into()), ("budget", (&budget).into())])
        }
        (Why::SupportersShort | Why::DoesNotFit { .. }, Some(s)) => {
            let (had, cost, missing) = (money(s.had), money(s.needed), money(s.needed.saturating_sub(s.had)));
            let args = [("had", (&had).into()), ("cost", (&cost).into()), ("missing", (&missing).into())];
            w.t_with("lost-supporters-short", &args)
        }
        (Why::DoesNotFit { left, .. }, None) => {
            let (left, cost, missing) = (money(*left), money(cost), money(cost.saturating_sub(*left)));
            let args = [("left", (&left).into()), ("cost", (&cost).into()), ("missing", (&missing).into())];
            w.t_with("lost-does-not-fit", &args)
        }
        (Why::TurnNotReached { left, .. }, _) => {
            let (left, cost) = (money(*left), money(cost));
            w.t_with("lost-turn-not-reached", &[("left", (&left).into()), ("cost", (&cost).into())])
        }
        (Why::SupportersShort, None) => w.t("lost-shares-short").to_owned(),
    }
}

/// A project that fell short of its supporters' shares is looked at once more when the money left is given out; why
/// that did not help either.
pub(super) fn second_chance(w: Words, season: &Season, lost: &Lost) -> Option<String> {
    let (Why::DoesNotFit { left, .. }, Some(_)) = (&lost.why, &lost.shortfall) else { return None };
    Some(w.t_with("lost-second-chance", &[("left", (&amount(w, season, *left)).into())]))
}

/// What would have been enough, when the count found it.
pub(super) fn enough(w: Words, season: &Season, lost: &Lost) -> Option<String> {
    let cost = lost.lower_cost.map(|cost| amount(w, season, cost));
    // under other rules a still lower cost may end the raising of shares elsewhere, and lose again
    let [both, alone] = match season.rule.parse().is_ok_and(tally::Rule::keeps_at_lower_cost) {
        true => ["whatif-both", "whatif-cost"],
        false => ["whatif-both-exactly", "whatif-cost-exactly"],
    };
    match (lost.more_supporters, &cost) {
        (Some(n), Some(cost)) => Some(w.t_with(both, &[("n", n.into()), ("cost", cost.into())])),
        (Some(n), None) => Some(w.n("whatif-supporters", n)),
        (None, Some(cost)) => Some(w.t_with(alone, &[("cost", cost.into())])),
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
        tally::Phase::Phragmen => "phragmen",
    }
}

/// Where the money of a loser's supporters went until it fell short, each winner with a link to its page.
pub(super) fn spending(w: Words, season: &Season, shortfall: &Shortfall) -> Markup {
    let named: i64 = shortfall.spent.iter().map(|s| s.amount).sum();
    // amounts are rounded down each on its own, so a rest below the number of projects may be rounding alone
    let rest = shortfall.given.saturating_sub(shortfall.had).saturating_sub(named);
    let rest = (rest > i64::from(season.n_projects)).then(|| amount(w, season, rest));
    let (given, spent) =
        (amount(w, season, shortfall.given), amount(w, season, shortfall.given.saturating_sub(shortfall.had)));
    html! {
        @if shortfall.spent.is_empty() {
            p { (w.t("lost-from-the-start")) }
        } @else {
            p { (w.t_with("lost-spent-lead", &[("given", (&given).into()), ("spent", (&spent).into())])) }
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

#[cfg(test)]
mod tests {
    use kernel::{Day, Fen, Instant};
    use programmes::Phase;
    use ui::Locale;

    use super::*;

    fn season() -> Season {
        Season {
            id: "1-0123456789abcdefghjk".parse().unwrap(),
            place: "1-0123456789abcdefghjk".parse().unwrap(),
            name: String::new(),
            about: String::new(),
            template: "plain".into(),
            stage: programmes::Stage::Approved,
            phase: Phase::Published,
            budget: Fen(10_000),
            currency: "CNY".into(),
            rule: "mes_add1u:cost:cost".into(),
            increment: None,
            max_choices: 5,
            revision: 0,
            decided: false,
            plan_revision: 0,
            n_projects: 3,
            n_ideas: 0,
            n_voters: 9,
            n_ballots: 9,
            source: String::new(),
            opened_at: Instant(0),
            opened_day: Day::parse("2026-01-01").unwrap(),
        }
    }

    #[test]
    fn every_loss_has_its_own_words_and_numbers() {
        let (w, season) = (Words::of(Locale::ZhHans), season());
        let short = Shortfall { needed: 4_800, given: 4_500, had: 4_179, spent: Vec::new() };
        let fits = Why::DoesNotFit { left: 2_000, after: 3 };
        let cases = [
            (Why::NoSupporters, None, w.t("lost-no-supporters"), false),
            (Why::CostsNothing, None, w.t("lost-costs-nothing"), false),
            (Why::CostsMoreThanBudget, Some(short.clone()), "项目要 48 元，总预算是 100 元", false),
            (Why::SupportersShort, Some(short.clone()), "还有 41.79 元，项目要 48 元，差 6.21 元", false),
            (fits.clone(), None, "只剩 20 元，项目要 48 元，还差 28 元", false),
            (Why::TurnNotReached { left: 2_000, after: 3 }, None, "还剩 20 元", false),
            (fits, Some(short), "还有 41.79 元，项目要 48 元，差 6.21 元", true),
        ];
        for (why, shortfall, words, again) in cases {
            let lost = Lost { why, shortfall, more_supporters: None, lower_cost: None };
            let told = reason(w, &season, 4_800, &lost);
            assert!(told.contains(words), "{told} does not say {words}");
            let second = second_chance(w, &season, &lost);
            assert_eq!(second.is_some(), again, "{told}");
            assert!(second.is_none_or(|told| told.contains("20 元")), "what was left");
        }
    }

    #[test]
    fn what_would_have_been_enough_is_said_as_far_as_it_is_known() {
        let (w, season) = (Words::of(Locale::En), season());
        let told = |more_supporters, lower_cost| {
            enough(w, &season, &Lost { why: Why::SupportersShort, shortfall: None, more_supporters, lower_cost })
        };
        assert_eq!(told(None, None), None);
        assert!(told(Some(1), None).unwrap().contains("1 more supporter it"));
        assert!(told(None, Some(4_150)).unwrap().contains("¥41.50"));
        let both = told(Some(122), Some(4_100)).unwrap();
        assert!(both.contains("122 more supporters") && both.contains("¥41"), "{both}");
        // shares are raised step by step here, so a still lower cost may lose again; by votes it cannot
        assert!(both.contains("exactly ¥41"), "{both}");
        let by_votes = Season { rule: "greedy:cost".into(), ..season.clone() };
        let lost = Lost { why: Why::NoSupporters, shortfall: None, more_supporters: None, lower_cost: Some(4_150) };
        assert!(enough(w, &by_votes, &lost).unwrap().contains("at most ¥41.50"));
    }
}

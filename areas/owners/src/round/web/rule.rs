//! The rule of a round in plain words: how many have to take part, and how many have to agree.

use consent::rules::{Of, Rule, Threshold};
use ui::{Markup, Words, html};

/// The sentences of a rule, from its own thresholds.
pub(crate) fn told(w: Words, rule: &Rule) -> Markup {
    let took_part = match &rule.participation {
        None => vec![w.t("rule-part-none").to_owned()],
        Some(gates) => sentences(w, "rule-part", (gates.area, gates.heads)),
    };
    let agree = if rule.approval.of == Of::All { "rule-agree-all" } else { "rule-agree-participants" };
    let agree = sentences(w, agree, (rule.approval.area, rule.approval.heads));
    html! {
        ul { @for sentence in took_part.iter().chain(&agree) { li { (sentence) } } }
    }
}

/// One sentence where area and heads have the same threshold, else one for each.
fn sentences(w: Words, prefix: &str, (area, heads): (Threshold, Threshold)) -> Vec<String> {
    if area == heads {
        return vec![sentence(w, &format!("{prefix}-both"), area)];
    }
    vec![sentence(w, &format!("{prefix}-area"), area), sentence(w, &format!("{prefix}-heads"), heads)]
}

/// 以上 includes the number, 过 does not.
fn sentence(w: Words, prefix: &str, threshold: Threshold) -> String {
    let sense = if threshold.is_strict() { "more" } else { "least" };
    let (above, below) = threshold.fraction();
    let (word, digits) = (format!("rule-fraction-{above}-{below}"), format!("{above}/{below}"));
    let fraction = if w.has(&word) { w.t(&word) } else { &digits };
    w.t_with(&format!("{prefix}-{sense}"), &[("fraction", fraction.into())])
}

#[cfg(test)]
mod tests {
    use consent::{Item, Rules};
    use ui::Locale;

    use super::*;

    #[test]
    fn each_rule_that_comes_along_is_said_in_words() {
        let said = |set: &str, on: &str, item: Item| {
            let rules = Rules::builtin(set).unwrap();
            let rule = rules.on(on.parse().unwrap()).unwrap().rule(item).unwrap().clone();
            told(Words::of(Locale::ZhHans), &rule).into_string()
        };
        for (set, on, item, wants, not) in [
            ("cn", "2026-11-22", Item::UseFund, ["三分之二", "超过一半"], "四分之三"),
            ("cn-beijing", "2026-11-22", Item::ChangeUse, ["三分之二", "达到四分之三"], "一半"),
            (
                "cn",
                "2019-05-31",
                Item::UseFund,
                ["没有规定要多少人参加", "达到全体业主的三分之二"],
                "参加表决的业主当中",
            ),
            ("cn", "2019-05-31", Item::HireFirm, ["没有规定要多少人参加", "超过全体业主的一半"], "三分之二"),
        ] {
            let text = said(set, on, item);
            assert!(wants.iter().all(|want| text.contains(want)) && !text.contains(not), "{set} {on} {item}: {text}");
        }
    }

    #[test]
    fn a_rule_of_ones_own_says_area_and_heads_apart_and_odd_fractions_in_digits() {
        let threshold = |text: &str| text.parse::<Threshold>().unwrap();
        let w = Words::of(Locale::ZhHans);
        let two = sentences(w, "rule-part", (threshold(">= 7/10"), threshold("> 1/2")));
        assert_eq!(two.len(), 2);
        assert!(two[0].contains("7/10") && two[0].contains("面积") && two[1].contains("人数"), "{two:?}");
    }
}

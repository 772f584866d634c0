//! What a verdict was computed with and what came out, as people say it.

use kernel::Day;
use serde_json::Value;
use ui::{
    Locale, Markup, Money, Words, format, html,
    words::{Arg, key_of},
};

use crate::page;

/// Characters of a value that are shown.
const MOST: usize = 400;

/// The members of a JSON object with their names in words, where there are any: those of this kind of verdict first.
pub(super) fn members(w: Words, kind: &str, value: &Value) -> Vec<(String, Markup)> {
    let list =
        value.as_object().into_iter().flatten().map(|(name, value)| {
            (named(w, kind, name), html! { (format::excerpt(&told(w, (kind, name), value), MOST)) })
        });
    list.collect()
}

/// What a member is called: by the words of this kind of verdict, else by those of any.
pub(super) fn named(w: Words, kind: &str, name: &str) -> String {
    let (own, any) = (key_of("verdict-member", &format!("{kind}-{name}")), key_of("verdict-member", name));
    [own, any].iter().find(|key| w.has(key)).map_or_else(|| name.to_owned(), |key| w.t(key).to_owned())
}

/// Members whose words have messages elsewhere: the member's name, and what the keys begin with.
const FAMILIES: [(&str, &str); 8] = [
    ("kind", "notice-kind"),
    ("law", "law"),
    ("item", "consent-item"),
    ("combine", "template"),
    ("base", "poll-base"),
    ("template", "poll-template"),
    ("method", "poll-ranked"),
    ("lottery", "lot-rule"),
];

/// Members that are numbers by which nothing is counted.
const BARE: [&str; 1] = ["seed"];

/// A value as people say it, where a message tells how: `verdict-value-<kind>-<name>`, or `verdict-value-<name>` for any kind,
/// for a number, as money in fen, as a decimal with two places and as it is; `verdict-value-<kind>-<name>-<value>` for a
/// word, or the word's own message ([`FAMILIES`]).
pub(super) fn told(w: Words, (kind, name): (&str, &str), value: &Value) -> String {
    match value {
        Value::Null => w.t("verdict-value-none").to_owned(),
        Value::String(word) => word_told(w, (kind, name), word),
        Value::Number(number) => {
            number.as_i64().map_or_else(|| number.to_string(), |n| number_told(w, (kind, name), n))
        }
        Value::Array(list) if list.is_empty() => w.t("verdict-value-nothing").to_owned(),
        Value::Object(members) if members.is_empty() => w.t("verdict-value-nothing").to_owned(),
        Value::Array(list) => list_told(w, (kind, name), list),
        Value::Bool(_) | Value::Object(_) => value.to_string(),
    }
}

fn word_told(w: Words, (kind, name): (&str, &str), word: &str) -> String {
    let key = key_of("verdict-value", &format!("{kind}-{name}"));
    let family = FAMILIES.iter().find(|(member, _)| *member == name).map(|(_, family)| key_of(family, word));
    let keys = [Some(key_of(&key, word)), family];
    if let Some(key) = keys.iter().flatten().find(|key| w.has(key)) {
        return w.t(key).to_owned();
    }
    if let Some(day) = Day::parse(word) {
        return page::date(w, Some(&day));
    }
    // a share with its bound, as rules of votes have it
    for (sign, key) in [(">= ", "verdict-value-at-least"), ("> ", "verdict-value-more-than")] {
        if let Some(share) = word.strip_prefix(sign) {
            return w.t_with(key, &[("share", share.into())]);
        }
    }
    word.to_owned()
}

fn number_told(w: Words, (kind, name): (&str, &str), n: i64) -> String {
    let keys = [key_of("verdict-value", &format!("{kind}-{name}")), key_of("verdict-value", name)];
    let Some(key) = keys.iter().find(|key| w.has(key)) else {
        return if BARE.contains(&name) { n.to_string() } else { format::group(n) };
    };
    let (money, hundredths) = (Money::cny(n).exact(w.locale()), kernel::Fen(n).to_string());
    w.t_with(key, &[("money", money.as_str().into()), ("hundredths", hundredths.as_str().into()), ("n", Arg::Int(n))])
}

/// Numbers one after the other; of a list of pairs the first stands before the others.
fn list_told(w: Words, of: (&str, &str), list: &[Value]) -> String {
    let (between, after, apart) = match w.locale() {
        Locale::ZhHans | Locale::ZhHant => ("、", "：", "；"),
        Locale::En | Locale::Ko => (", ", ": ", "; "),
    };
    let pair = |value: &Value| match value.as_array().map(Vec::as_slice) {
        Some([first, rest]) => Some(format!("{}{after}{}", told(w, of, first), told(w, of, rest))),
        _ => None,
    };
    let pairs: Option<Vec<String>> = list.iter().map(pair).collect();
    pairs.map_or_else(
        || list.iter().map(|value| told(w, of, value)).collect::<Vec<_>>().join(between),
        |pairs| pairs.join(apart),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told_key(w: Words, key: &str) -> String {
        assert!(w.has(key), "{key}");
        w.t(key).to_owned()
    }

    #[test]
    fn values_are_told_as_people_say_them() {
        let (w, of) = (Words::of(Locale::ZhHans), |name| ("apportionment", name));
        assert_eq!(told(w, of("total"), &Value::from(1_000)), "10.00 元");
        assert_eq!(told(w, of("area"), &Value::from(8_953)), "89.53 平方米");
        assert_eq!(told(w, of("rule"), &Value::from("one")), "都归指定的一户");
        assert_eq!(told(w, of("flats"), &Value::from(4)), "4");
        // no money where no message says so, and in groups of three digits
        assert_eq!(told(w, ("season", "total"), &Value::from(1_000)), "1,000");
        // a word has its message in the area that it comes from; what is not set is said so
        let said = |kind, name, word| told(w, (kind, name), &Value::from(word));
        assert_eq!(said("notice-minimum", "kind", "grant-approval"), "资助名单");
        assert_eq!(said("notice-minimum", "counted", "days-to-workday"), "按天数，最后一天顺延到工作日");
        assert_eq!(said("season-selection", "combine", "vote-only"), "由居民投票定名单。");
        assert_eq!(said("consent", "item", "use-fund"), "使用维修资金");
        assert_eq!(said("poll-motion", "base", "took-part"), "投了票的人");
        assert_eq!(said("award-choice", "category", "of-its-own"), "of-its-own");
        assert_eq!(told(w, ("season-review", "places"), &Value::Null), "没有设定");
        assert_eq!(said("poll-ranked", "template", "statutes"), "章程规定按份额计票");
        assert_eq!(said("poll-ranked", "method", "stv"), "选出几个（单记可转移）");
        assert_eq!(said("delegates-lot", "lottery", "leximin"), told_key(w, "lot-rule-leximin"));
    }

    #[test]
    fn lists_shares_days_and_money_are_told_whole() {
        let (zh, en) = (Words::of(Locale::ZhHans), Words::of(Locale::En));
        let of = ("poll-dots", "chosen");
        assert_eq!(told(zh, of, &json!([4, 1])), "4、1");
        assert_eq!(told(en, of, &json!([4, 1])), "4, 1");
        assert_eq!(told(zh, of, &json!([])), "没有");
        assert_eq!(told(zh, ("season-selection", "tiers"), &json!({})), "没有");
        assert_eq!(told(zh, ("opinion-map", "groups"), &json!([[0, 810], [1, [44, 18]]])), "0：810；1：44、18");
        assert_eq!(told(zh, ("consent", "participation"), &json!(">= 2/3")), "达到 2/3");
        assert_eq!(told(zh, ("poll-motion", "threshold"), &json!("> 1/2")), "超过 1/2");
        assert_eq!(told(zh, ("consent", "on"), &json!("2019-05-31")), "2019年5月31日");
        assert_eq!(told(zh, ("season-result", "total_cost"), &json!(27_580_000)), "275,800.00 元");
        assert_eq!(told(zh, ("opinion-map", "votes"), &json!(49_443)), "49,443");
        assert_eq!(told(zh, ("opinion-map", "seed"), &json!(49_443)), "49443");
        assert_eq!(told(zh, ("consent", "scope"), &json!(0)), "全部");
        assert_eq!(told(zh, ("consent", "scope"), &json!(2)), "2 幢");
    }
}

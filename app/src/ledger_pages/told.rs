//! An entry in plain words.

use ledger::entry::Leaf;
use serde_json::Value;
use ui::{Words, words::key_of};

/// What happened, in a few words, from the entry's kind.
pub(super) fn kind(w: Words, kind: &str) -> &'static str {
    let key = key_of("entry", kind);
    if w.has(&key) { w.t(&key) } else { w.t("entry-other") }
}

/// One sentence with the entry's own facts, for the kinds that have some.
pub(super) fn sentence(w: Words, leaf: &Leaf<Value>) -> Option<String> {
    let facts = &leaf.public;
    let text = |name: &str| facts.get(name).and_then(Value::as_str).unwrap_or("");
    let number = |name: &str| facts.get(name).and_then(Value::as_i64).unwrap_or(0);
    let key = key_of("told", &leaf.kind);
    Some(match leaf.kind.as_str() {
        "place.added" | "season.opened" => w.t_with(&key, &[("name", text("name").into())]),
        "project.added" => w.t_with(&key, &[("n", number("number").into()), ("name", text("name").into())]),
        "roll.enrolled" => w.n(&key, number("voters")),
        "vote.opened" => w.n(&key, number("projects")),
        "idea.posted" | "roll.marked" | "vote.closed" => w.t(&key).to_owned(),
        "ballot.cast" => {
            let choices = numbers(facts.get("choices"));
            if choices.is_empty() {
                w.t("told-ballot-empty").to_owned()
            } else {
                w.t_with(&key, &[("choices", choices.as_str().into())])
            }
        }
        "verdict.published" => {
            let winners = facts.get("winners").and_then(Value::as_array).map_or(0, Vec::len);
            w.t_with(&key, &[("ballots", number("ballots").into()), ("winners", winners.into())])
        }
        _ => return None,
    })
}

fn numbers(list: Option<&Value>) -> String {
    let list = list.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(Value::as_u64).map(|n| n.to_string()).collect::<Vec<_>>().join(", ")
}

/// The page of what an entry is about.
pub(super) fn page(leaf: &Leaf<Value>) -> Option<String> {
    let subject = leaf.subject.as_deref()?;
    let season = format!("/seasons/{subject}");
    let text = |name: &str| leaf.public.get(name).and_then(Value::as_str);
    Some(match leaf.kind.as_str() {
        "season.opened" | "vote.opened" | "vote.closed" | "roll.enrolled" | "roll.marked" | "ballot.cast" => season,
        "idea.posted" | "idea.shown" | "idea.answered" | "idea.split" | "idea.commented" => {
            format!("{season}/ideas/{}", text("idea")?)
        }
        "project.added" => format!("{season}/projects/{}", leaf.public.get("number").and_then(Value::as_u64)?),
        "verdict.published" => format!("{season}/result"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use ui::Locale;

    use super::*;

    fn leaf(kind: &str, public: Value) -> Leaf<Value> {
        let (subject, day) = (Some("7-s".to_owned()), Some("2026-11-22".to_owned()));
        Leaf { v: 1, id: "7-x".into(), kind: kind.into(), subject, at: None, day, public, commit: None }
    }

    #[test]
    fn an_entry_speaks_and_leads_to_what_it_is_about() {
        let w = Words::of(Locale::ZhHans);
        let cases = [
            (leaf("season.opened", json!({ "name": "星选" })), Some("星选"), Some("/seasons/7-s")),
            (
                leaf("project.added", json!({ "number": 3, "name": "长椅" })),
                Some("长椅"),
                Some("/seasons/7-s/projects/3"),
            ),
            (leaf("ballot.cast", json!({ "choices": [1, 5] })), Some("1, 5"), Some("/seasons/7-s")),
            (leaf("idea.posted", json!({ "idea": "7-i" })), Some(""), Some("/seasons/7-s/ideas/7-i")),
            (
                leaf("verdict.published", json!({ "ballots": 8, "winners": [1, 2] })),
                Some("8"),
                Some("/seasons/7-s/result"),
            ),
            (leaf("unknown.done", json!({})), None, None),
            // damaged facts give no link and no panic
            (leaf("project.added", json!(7)), Some(""), None),
        ];
        for (leaf, words, href) in cases {
            let told = sentence(w, &leaf);
            assert_eq!(told.is_some(), words.is_some(), "{}", leaf.kind);
            assert!(told.is_none_or(|told| told.contains(words.unwrap_or(""))), "{}", leaf.kind);
            assert_eq!(page(&leaf).as_deref(), href);
        }
        assert_eq!(kind(w, "unknown.done"), w.t("entry-other"));
        assert_ne!(kind(w, "vote.closed"), w.t("entry-other"));
    }
}

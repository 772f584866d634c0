//! Facts in, a reasoned answer out.

use kernel::{FieldError, Refusal};

use super::NewVerdict;

/// Bytes of parameters and of an outcome at most: the log's public part holds both.
pub const MAX_JSON: usize = 4_000;
/// Characters of an explanation at most.
pub const MAX_TEXT: usize = 2_000;

/// What a verdict must be to stand in the register.
pub(crate) fn fits(new: &NewVerdict<'_>) -> Result<(), Refusal> {
    let lines = [
        ("kind", new.kind, 40),
        ("subject_kind", new.subject_kind, 40),
        ("subject", new.subject, 60),
        ("rule", new.rule, 80),
        ("rule_set", new.rule_set, 80),
    ];
    let too_long = |field, most: usize| FieldError::new(field, "too-long").with_limit(i64::try_from(most).unwrap_or(0));
    let mut errors = Vec::new();
    for (field, text, most) in lines {
        if text.is_empty() {
            errors.push(FieldError::new(field, "required"));
        } else if text.chars().nth(most).is_some() {
            errors.push(too_long(field, most));
        } else if text.chars().any(char::is_control) {
            errors.push(FieldError::new(field, "control-characters"));
        }
    }
    for (field, value) in [("parameters", &new.parameters), ("outcome", &new.outcome)] {
        if !value.is_object() {
            errors.push(FieldError::new(field, "not-an-object"));
        } else if value.to_string().len() > MAX_JSON {
            errors.push(too_long(field, MAX_JSON));
        }
    }
    let explained = &new.explained;
    let size = explained.text.chars().count() + explained.texts.iter().map(|(_, t)| t.chars().count()).sum::<usize>();
    if size > MAX_TEXT || explained.ints.len() + explained.texts.len() > 20 {
        errors.push(too_long("explained", MAX_TEXT));
    } else if explained.key.is_empty() && explained.text.trim().is_empty() {
        errors.push(FieldError::new("explained", "required"));
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::invalid(errors)) }
}

#[cfg(test)]
mod tests {
    use kernel::Site;
    use ledger::tree::Hash;
    use serde_json::json;

    use super::*;
    use crate::verdict::Explained;

    #[test]
    fn what_is_not_bounded_or_not_said_is_refused() {
        let place: kernel::PlaceId = "1-0123456789abcdefghjk".parse().unwrap();
        let site = Site { home: place.home(), place, above: Vec::new() };
        let good = NewVerdict {
            site: &site,
            kind: "lot",
            subject_kind: "season",
            subject: "1-0123456789abcdefghjk",
            title: "",
            matter: None,
            rule: "greedy",
            rule_set: "lots/2026-11",
            parameters: json!({}),
            inputs: Hash([0; 32]),
            outcome: json!({ "chosen": 3 }),
            passed: None,
            explained: Explained::by_text("抽签"),
        };
        assert_eq!(fits(&good), Ok(()));
        let long = "x".repeat(81);
        let fields = |bad: &NewVerdict<'_>| -> Vec<_> {
            fits(bad).unwrap_err().fields.iter().map(|f| (f.field, f.code)).collect()
        };
        assert_eq!(fields(&NewVerdict { kind: "", ..good.clone() }), [("kind", "required")]);
        assert_eq!(fields(&NewVerdict { rule: &long, ..good.clone() }), [("rule", "too-long")]);
        assert_eq!(fields(&NewVerdict { subject: "a\nb", ..good.clone() }), [("subject", "control-characters")]);
        assert_eq!(fields(&NewVerdict { outcome: json!([1]), ..good.clone() }), [("outcome", "not-an-object")]);
        let heavy = json!({ "a": "x".repeat(MAX_JSON) });
        assert_eq!(fields(&NewVerdict { parameters: heavy, ..good.clone() }), [("parameters", "too-long")]);
        assert_eq!(
            fields(&NewVerdict { explained: Explained::default(), ..good.clone() }),
            [("explained", "required")]
        );
        let wordy = Explained::by_text("字".repeat(MAX_TEXT + 1));
        assert_eq!(fields(&NewVerdict { explained: wordy, ..good }), [("explained", "too-long")]);
    }
}

//! What lets a reader check for themselves.

use maud::{Markup, html};

use crate::words::Words;

/// A fingerprint: shortened for the eye, whole in a block that one click selects. `label` may be empty for the usual
/// one; `hash` is shown as it comes (hexadecimal or base64).
#[must_use]
pub fn proof(w: Words, label: &str, hash: &str) -> Markup {
    let label = if label.is_empty() { w.t("proof-hash") } else { label };
    html! {
        div.proof {
            p.small.soft { (label) }
            @match shortened(hash) {
                Some((start, end)) => {
                    p.short { (start) "…" (end) }
                    (fold(w.t("proof-full"), &code(hash)))
                }
                None => { p.short { (hash) } }
            }
        }
    }
}

/// The first and the last eight characters of what is longer than twenty.
fn shortened(hash: &str) -> Option<(&str, &str)> {
    if hash.chars().count() <= 20 {
        return None;
    }
    let start = hash.char_indices().nth(8)?.0;
    let end = hash.char_indices().nth_back(7)?.0;
    Some((&hash[..start], &hash[end..]))
}

/// Something folded away that opens without script.
#[must_use]
pub fn fold(summary: &str, body: &Markup) -> Markup {
    html! { details.more { summary { span { (summary) } } (body) } }
}

/// A command or a long value, selected whole by one click.
#[must_use]
pub fn code(text: &str) -> Markup {
    html! { code.code translate="no" { (text) } }
}

/// Steps with large numbers.
#[must_use]
pub fn steps(list: &[Markup]) -> Markup {
    html! { ol.steps { @for step in list { li { (step) } } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_shortened_at_characters() {
        assert_eq!(shortened("12345678901234567890"), None);
        assert_eq!(shortened("0123456789abcdef01234"), Some(("01234567", "def01234")));
        assert_eq!(shortened(&"指".repeat(30)), Some((&*"指".repeat(8), &*"指".repeat(8))));
    }
}

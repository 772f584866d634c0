//! Alone in its file, because it adds to the count of misses that the other tests read.

use ui::{Locale, Words, words};

#[test]
fn a_missing_key_is_seen_and_counted() {
    let before = words::misses();
    assert_eq!(Words::of(Locale::Ko).t("no-such-key-here"), "⟦no-such-key-here⟧");
    assert_eq!(Words::of(Locale::En).t_with("no-such-key-here", &[("n", 1.into())]), "⟦no-such-key-here⟧");
    assert_eq!(words::misses(), before + 2);
    assert!(!Words::of(Locale::En).has("no-such-key-here"));
    // A message that wants arguments is not given without them.
    assert_eq!(Words::of(Locale::En).t("count-people"), "⟦count-people⟧");
}
